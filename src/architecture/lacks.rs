//! What a reference design has and one's own drawing lacks, by kinds of boxes and of flows, each with the edit that
//! adds it.

mod index;
#[cfg(test)]
mod tests;

use super::edit::Edit;
use super::kinds;
use super::model::{Architecture, Flow, Node, NodeId};
use index::{Design, Own};

/// A flow by what it joins: (kind of the box that emits, artifact, kind of the box that accepts).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FlowKind {
    /// The kind that emits.
    pub from: String,
    /// What flows.
    pub artifact: String,
    /// The kind that accepts.
    pub to: String,
}

/// What is missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Missing {
    /// No box is of this kind.
    Kind(String),
    /// There are boxes of both kinds, and no such flow between any of them.
    Flow(FlowKind),
}

/// Something that the reference design has and the drawing lacks.
#[derive(Clone, Debug, PartialEq)]
pub struct Lack {
    /// What is missing.
    pub missing: Missing,
    /// It in a sentence.
    pub message: String,
    /// Adds it to the drawing as it is now.
    pub edit: Edit,
}

/// The kind of a flow, if both its ends exist and have one.
pub(super) fn flow_kind(drawing: &Architecture, flow: &Flow) -> Option<FlowKind> {
    let kind = |id| drawing.nodes.get(id).map(|node| node.kind.clone()).filter(|kind| !kind.is_empty());
    Some(FlowKind { from: kind(&flow.from)?, artifact: flow.artifact.clone(), to: kind(&flow.to)? })
}

/// What `template` has and `mine` lacks: kinds first, in the order of the vocabulary, then flows between kinds that
/// `mine` has.
///
/// Every edit stands alone. Once it was made, what is still missing is asked for again: two missing kinds that are
/// joined in the template give a missing flow as soon as both are there. Making the first edit again and again ends
/// with nothing missing.
pub fn lacks(mine: &Architecture, template: &Architecture) -> Vec<Lack> {
    lacks_with(mine, template, &str::to_owned)
}

/// The same, with `name` saying what a tool that a box names is called.
pub fn lacks_with(mine: &Architecture, template: &Architecture, name: &dyn Fn(&str) -> String) -> Vec<Lack> {
    let (own, design) = (Own::of(mine), Design::of(template));
    let wanted = design.wanted();
    let kinds = design.kinds.iter().filter(|kind| !own.nodes.contains_key(**kind)).filter_map(|kind| {
        let pattern = design.pattern(kind)?;
        let message = format!("{} is missing; there it is {}.", kinds::label(kind), named(pattern, name));
        let flows = wanted.get(kind).into_iter().flatten().copied();
        let edit = added((mine, &own), &design, pattern, flows);
        Some(Lack { missing: Missing::Kind((*kind).to_owned()), message, edit })
    });
    let both_there =
        |flow: &&FlowKind| own.nodes.contains_key(&flow.from) && own.nodes.contains_key(&flow.to);
    let flows = design.flows.difference(&own.flows).filter(both_there).filter_map(|flow| {
        let artifact = flow.artifact.replace('_', " ");
        let (from, to) = (kinds::label(&flow.from), kinds::label(&flow.to));
        let message = format!("No flow of {artifact} from {from} to {to}.");
        let edit = joined((mine, &own), &design, flow)?;
        Some(Lack { missing: Missing::Flow(flow.clone()), message, edit })
    });
    kinds.chain(flows).collect()
}

/// One edit after which nothing of `template` is missing in `mine`; an empty batch where nothing is.
///
/// It is what [`lacks`] asks for first, made again and again: no edit brings another kind than the missing one, and
/// none takes a flow away, so one pass over the kinds and then over the flows does the same.
pub fn complete(mine: &Architecture, template: &Architecture) -> Edit {
    let (mut own, design) = (Own::of(mine), Design::of(template));
    let (mut grown, mut edits) = (mine.clone(), Vec::new());
    let mut make = |edit: Edit, grown: &mut Architecture, own: &mut Own| {
        own.grow(&edit);
        grown.apply(edit.clone());
        match edit {
            Edit::Batch(parts) => edits.extend(parts),
            other => edits.push(other),
        }
    };
    let wanted = design.wanted();
    for kind in &design.kinds {
        if !own.nodes.contains_key(*kind)
            && let Some(pattern) = design.pattern(kind)
        {
            let flows = wanted.get(kind).into_iter().flatten().copied();
            make(added((&grown, &own), &design, pattern, flows), &mut grown, &mut own);
        }
    }
    for flow in &design.flows {
        if !own.flows.contains(flow)
            && let Some(edit) = joined((&grown, &own), &design, flow)
        {
            make(edit, &mut grown, &mut own);
        }
    }
    Edit::Batch(edits)
}

fn named(node: &Node, name: &dyn Fn(&str) -> String) -> String {
    let tools: Vec<String> = node.tools.iter().map(|tool| name(tool)).collect();
    let tools = if tools.is_empty() { String::new() } else { format!(" ({})", tools.join(", ")) };
    format!("“{}”{tools}", if node.label.is_empty() { node.id.as_str() } else { &node.label })
}

/// Whether the vocabulary lets this artifact go from one kind to the other.
fn is_allowed(flow: &FlowKind) -> bool {
    let holds = |list: Option<&Vec<String>>| list.is_some_and(|list| list.contains(&flow.artifact));
    holds(kinds::kind(&flow.from).map(|kind| &kind.emits))
        && holds(kinds::kind(&flow.to).map(|kind| &kind.accepts))
}

/// Adds a copy of `pattern` and joins it by the `wanted` kinds of flows with all nodes that are at their other ends.
fn added<'f>(
    (mine, own): (&Architecture, &Own),
    design: &Design<'_>,
    pattern: &Node,
    wanted: impl Iterator<Item = &'f FlowKind>,
) -> Edit {
    // A number must not make it another box of the template.
    let takes = |id: &NodeId| *id != pattern.id && design.drawing.nodes.contains_key(id);
    let id = mine.free_id(&pattern.id.0, takes);
    let node = Node {
        id: id.clone(),
        kind: pattern.kind.clone(),
        stage: pattern.stage.clone(),
        tools: pattern.tools.clone(),
        label: pattern.label.clone(),
        props: pattern.props.clone(),
        ..Node::default()
    };
    let mut edits = vec![Edit::AddNode(node, None)];
    for flow in wanted {
        let is_outward = flow.from == pattern.kind;
        let other = if is_outward { &flow.to } else { &flow.from };
        for end in own.nodes.get(other).into_iter().flatten() {
            let (from, to) = if is_outward { (&id, end) } else { (end, &id) };
            edits.push(flow_edit(from, to, &flow.artifact));
        }
    }
    Edit::Batch(edits)
}

fn flow_edit(from: &NodeId, to: &NodeId, artifact: &str) -> Edit {
    Edit::AddFlow(Flow {
        from: from.clone(),
        to: to.clone(),
        artifact: artifact.to_owned(),
        ..Flow::default()
    })
}

/// Adds such a flow between boxes that have to do with each other already; else between the first ones.
fn joined((mine, own): (&Architecture, &Own), design: &Design<'_>, flow: &FlowKind) -> Option<Edit> {
    if let Some(pairs) = own.joined(&flow.from, &flow.to) {
        let edits = pairs.iter().map(|(a, b)| flow_edit(a, b, &flow.artifact));
        return Some(Edit::Batch(edits.collect()));
    }
    let (from, to) = (own.nodes.get(&flow.from)?, own.nodes.get(&flow.to)?);
    let mut pairs = from.iter().flat_map(|a| to.iter().map(move |b| (a, b)));
    Some(match pairs.find(|(a, b)| a != b) {
        Some((a, b)) => Edit::Batch(vec![flow_edit(a, b, &flow.artifact)]),
        // A flow from a kind to itself needs a second box.
        None => added((mine, own), design, design.last(&flow.to)?, std::iter::once(flow)),
    })
}
