//! Why no tool surely fills a box.

use std::collections::BTreeMap;

use super::jobs::{Models, fit, job};
use crate::architecture::constraints::Standing;
use crate::architecture::model::{Architecture, NodeId};
use crate::catalog::{Catalog, Status, Tool, ToolId};

/// Why nobody is known for a box.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Why {
    /// The box is of a kind that this version does not know.
    UnknownKind,
    /// Tools do its job, and each breaks a constraint.
    KeptOut,
    /// Tools did its job, and all of them have ended.
    Ended,
    /// Tools do a part of its job, or do it beside something else.
    OnlyPerhaps,
    /// No tool of the catalog does its job.
    Nobody,
}

/// A box that no tool surely fills.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap {
    /// The box.
    pub node: NodeId,
    /// Why.
    pub why: Why,
    /// The tools that the reason speaks of, by name; none for [`Why::UnknownKind`] and [`Why::Nobody`].
    pub tools: Vec<ToolId>,
    /// It in a sentence.
    pub message: String,
}

/// Why a kind of box has nobody, in the words of [`Gap`].
type Reason = (Why, Vec<ToolId>, String);

/// Why no tool that may be chosen surely does the job of these boxes, for those of which that is so and which exist.
pub fn gaps(drawing: &Architecture, nodes: &[NodeId], catalog: &Catalog) -> Vec<Gap> {
    let models = Models::of(drawing);
    let mut known: BTreeMap<&str, Option<Reason>> = BTreeMap::new();
    let of_node = |id: &NodeId| {
        let kind = drawing.nodes.get(id)?.kind.as_str();
        let reason = known.entry(kind).or_insert_with(|| reason(drawing, kind, models, catalog));
        let (why, tools, message) = reason.clone()?;
        Some(Gap { node: id.clone(), why, tools, message })
    };
    nodes.iter().filter_map(of_node).collect()
}

fn reason(drawing: &Architecture, kind: &str, models: Models, catalog: &Catalog) -> Option<Reason> {
    let Some(job) = job(kind, models) else {
        return Some((Why::UnknownKind, Vec::new(), format!("This version does not know the kind {kind}.")));
    };
    let able = |is_sure: bool| {
        let does =
            move |tool: &&Tool| fit(job, tool, catalog).is_some_and(|(fit, _)| fit.is_sure() == is_sure);
        catalog.tools().iter().filter(does)
    };
    let breaks = |tool: &Tool| {
        let judged = drawing.constraints.judge(tool).into_iter();
        judged.filter(|judged| judged.is == Standing::Broken).map(|judged| judged.message).next()
    };
    let (ended, alive): (Vec<&Tool>, Vec<&Tool>) =
        able(true).partition(|tool| tool.status.status == Status::Archived);
    let kept_out: Vec<_> = alive.iter().filter_map(|tool| Some((*tool, breaks(tool)?))).collect();
    if kept_out.len() < alive.len() {
        return None;
    }
    let perhaps: Vec<&Tool> =
        able(false).filter(|tool| tool.status.status != Status::Archived && breaks(tool).is_none()).collect();
    let (why, tools, message) = match (kept_out.as_slice(), ended.as_slice(), perhaps.as_slice()) {
        ([(_, broken)], ..) => (Why::KeptOut, alive, format!("One tool is for this. {broken}")),
        ([(_, broken), ..], ..) => {
            let message = format!("{} tools are for this, and each breaks a limit: {broken}", alive.len());
            (Why::KeptOut, alive, message)
        }
        ([], [_, ..], _) => (Why::Ended, ended, "What was for this has ended.".to_owned()),
        ([], [], [_, ..]) => {
            let message = "No tool of the catalog is for this; some do a part of it.".to_owned();
            (Why::OnlyPerhaps, perhaps, message)
        }
        ([], [], []) => (Why::Nobody, Vec::new(), "The catalog has no tool for this.".to_owned()),
    };
    let tools = tools.into_iter().map(|tool| tool.id.clone()).collect();
    Some((why, tools, message))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::architecture::sketch::{catalog, sketch};

    #[test]
    fn a_gap_has_the_reason_that_can_be_acted_on() {
        let tool = |id: &str, category: &str, rest: &str| {
            format!("id = \"{id}\"\nname = \"{id}\"\ncategory = \"{category}\"\n{rest}")
        };
        let texts = [
            tool("f1", "Feature store", "kubernetes = true\n"),
            tool("f2", "Feature store", "kubernetes = true\n[status]\nstate = \"archived\"\n"),
            tool("v", "Vector databases", "[status]\nstate = \"archived\"\n"),
            tool("mlflow", "Elsewhere", ""),
        ];
        let catalog = catalog(&texts.iter().map(String::as_str).collect::<Vec<_>>());
        let mut drawing = sketch("f:feature_store v:vector_index g:governance l:labeling t:teleport");
        let told = |drawing: &Architecture| -> Vec<_> {
            let nodes: Vec<NodeId> = drawing.nodes.keys().cloned().collect();
            gaps(drawing, &nodes, &catalog)
                .into_iter()
                .map(|gap| (gap.node.to_string(), gap.why, gap.tools.len()))
                .collect()
        };
        let others = [
            ("g".to_owned(), Why::OnlyPerhaps, 1),
            ("l".to_owned(), Why::Nobody, 0),
            ("t".to_owned(), Why::UnknownKind, 0),
            ("v".to_owned(), Why::Ended, 1),
        ];
        assert_eq!(told(&drawing), others, "f1 fills the feature store");
        drawing.constraints.without_kubernetes = true;
        assert_eq!(told(&drawing)[0], ("f".to_owned(), Why::KeptOut, 1));
        let found = gaps(&drawing, &["f".into(), "nowhere".into()], &catalog);
        let messages: Vec<&str> = found.iter().map(|gap| gap.message.as_str()).collect();
        assert_eq!(messages, ["One tool is for this. f1 needs Kubernetes."]);
    }
}
