//! Which tools of the catalog could fill a box, the best first, each with its reasons and their sources.

#[cfg(test)]
mod tests;

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::integrations::{entry, told};
use super::jobs::{Fit, Models, Usage, fit, job};
use crate::architecture::constraints::{Standing, ToolBreach};
use crate::architecture::model::{Architecture, Node, NodeId};
use crate::catalog::{Catalog, Evidence, Kind, LicenseClass, RelationKind, Status, Tool, ToolId};

/// The tools that could fill a box.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidates {
    /// The box.
    pub node: NodeId,
    /// Whether they are those for language models, which other tools serve, because the drawing shows such models.
    pub of_language_models: bool,
    /// Those that break no constraint, the best first: archived ones last, then by fit, tools of neighbouring boxes
    /// and of other boxes that they are told to work with, licence class, status, what is not known of their
    /// constraints, reference designs that put them here, tier and name.
    pub tools: Vec<Candidate>,
    /// Those that would be among them but break a constraint, by name.
    pub excluded: Vec<Excluded>,
}

/// A tool that could fill a box.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Which tool.
    pub tool: ToolId,
    /// Its name.
    pub name: String,
    /// How surely it does the job.
    pub fit: Fit,
    /// With how many tools of boxes next to this one it is told to work.
    pub neighbours: usize,
    /// Why it is here and where it stands: what it does, what it works with, licence and status.
    pub reasons: Vec<Reason>,
    /// Constraints of which the catalog does not tell whether it keeps them.
    pub unknown: Vec<ToolBreach>,
}

/// Something that speaks for a tool or is to be known of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// It in a sentence.
    pub text: String,
    /// Where it can be read; empty for what follows from the catalog's own order.
    pub sources: Vec<Evidence>,
}

impl Reason {
    fn new(text: String) -> Self {
        Self { text, sources: Vec::new() }
    }
}

/// A tool that a constraint keeps out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excluded {
    /// Which tool.
    pub tool: ToolId,
    /// Its name.
    pub name: String,
    /// The constraints that it breaks, never empty.
    pub broken: Vec<ToolBreach>,
}

/// The tools that could fill this box, beside those that it names; none if there is no such box.
pub fn candidates(
    drawing: &Architecture,
    node: &NodeId,
    catalog: &Catalog,
    usage: &Usage,
) -> Option<Candidates> {
    let node = drawing.nodes.get(node)?;
    let models = Models::of(drawing);
    let mut found = Candidates {
        node: node.id.clone(),
        of_language_models: job(&node.kind, models) != job(&node.kind, Models::Any),
        tools: Vec::new(),
        excluded: Vec::new(),
    };
    let Some(job) = job(&node.kind, models) else { return Some(found) };
    let chosen = Chosen::around(drawing, node, catalog);
    let mut ranked = Vec::new();
    for (row, tool) in catalog.tools().iter().enumerate() {
        let Some((fit, category)) = fit(job, tool, catalog) else { continue };
        if node.tools.iter().any(|name| name == tool.id.as_str()) {
            continue;
        }
        let (broken, unknown): (Vec<_>, Vec<_>) =
            drawing.constraints.judge(tool).into_iter().partition(|judged| judged.is == Standing::Broken);
        let (id, name) = (tool.id.clone(), tool.name.clone());
        if !broken.is_empty() {
            found.excluded.push(Excluded { tool: id, name, broken });
            continue;
        }
        let designs = usage.designs(&node.kind, tool.id.as_str());
        let mut reasons = vec![Reason::new(why(tool, fit, category))];
        reasons.extend((!designs.is_empty()).then(|| Reason::new(in_designs(designs))));
        let (neighbours, others) = chosen.works_with(tool, &mut reasons);
        reasons.extend([license(tool), status(tool)]);
        let key = (
            tool.status.status == Status::Archived,
            fit,
            Reverse(neighbours),
            Reverse(others),
            license_rank(tool),
            status_rank(tool),
            unknown.len(),
            Reverse(designs.len()),
            tool.tier.unwrap_or(u8::MAX),
            row,
        );
        ranked.push((key, Candidate { tool: id, name, fit, neighbours, reasons, unknown }));
    }
    ranked.sort_by_key(|(key, _)| *key);
    found.tools = ranked.into_iter().map(|(_, candidate)| candidate).collect();
    Some(found)
}

/// OSI approved first, then open cores; last what restricts use or was not read.
pub(super) fn license_rank(tool: &Tool) -> u8 {
    match tool.license_class() {
        LicenseClass::Osi => 0,
        LicenseClass::OpenCore => 1,
        LicenseClass::SourceAvailable | LicenseClass::Unknown => 2,
    }
}

/// Alive first, then what nobody looked at.
pub(super) fn status_rank(tool: &Tool) -> u8 {
    match tool.status.status {
        Status::Alive => 0,
        Status::Unknown => 1,
        Status::Idle => 2,
        Status::Archived => 3,
    }
}

/// By what a tool does a job, in a sentence.
pub(super) fn why(tool: &Tool, fit: Fit, category: Option<&str>) -> String {
    match (fit, category) {
        (_, _) if tool.kind == Some(Kind::Spec) => {
            "It is a specification: something else has to implement it.".to_owned()
        }
        (Fit::Main, Some(name)) => format!("Its category, {name}, is for this."),
        (Fit::Also, Some(name)) => format!("{name}, which is for this, is among its further categories."),
        (Fit::Perhaps, Some(name)) => format!("Its category, {name}, holds tools for this among others."),
        (Fit::Perhaps, None) => {
            format!("It can do this among other things: {}", tool.summary.as_deref().unwrap_or(&tool.name))
        }
        (_, None) => format!("Its entry says so: {}", tool.summary.as_deref().unwrap_or(&tool.name)),
    }
}

fn in_designs(designs: &[String]) -> String {
    let named = designs.iter().take(3).map(String::as_str).collect::<Vec<_>>().join("; ");
    match designs.len() {
        1 => format!("A reference design puts it here: {named}."),
        more @ (2 | 3) => format!("{more} reference designs put it here: {named}."),
        more => format!("{more} reference designs put it here, such as {named}."),
    }
}

fn license(tool: &Tool) -> Reason {
    let license = &tool.license;
    let class = license.class.title();
    let text = match &license.spdx {
        _ if license.class == LicenseClass::Unknown => "Nobody has read its licence yet.".to_owned(),
        Some(spdx) => format!("Its licence is {spdx}: {class}."),
        None => format!("Its licence: {class}."),
    };
    let file = license.source.as_ref().map(|url| Evidence {
        url: url.clone(),
        title: Some("licence file".to_owned()),
        locator: None,
        accessed: license.checked_on,
    });
    Reason { text, sources: file.into_iter().collect() }
}

fn status(tool: &Tool) -> Reason {
    let seen = tool.status.seen_on.map(|day| format!(", as seen on {day}")).unwrap_or_default();
    Reason::new(match tool.status.status {
        Status::Alive => format!("It is worked on{seen}."),
        Status::Idle => format!("No work on it was seen for long{seen}."),
        Status::Archived => format!("Its owners say that it has ended{seen}."),
        Status::Unknown => "Whether it is worked on is not in the catalog.".to_owned(),
    })
}

/// The tools that the other boxes name, once each, those of neighbouring boxes first.
struct Chosen<'c> {
    tools: Vec<(&'c Tool, &'c Node, bool)>,
}

impl<'c> Chosen<'c> {
    fn around(drawing: &'c Architecture, node: &Node, catalog: &'c Catalog) -> Self {
        let own = drawing.flows.iter().filter(|flow| flow.touches(&node.id));
        let next: BTreeSet<&NodeId> = own.flat_map(|flow| [&flow.from, &flow.to]).collect();
        let mut others: Vec<_> = drawing
            .nodes
            .values()
            .filter(|other| other.id != node.id)
            .map(|other| (other, next.contains(&other.id)))
            .collect();
        others.sort_by_key(|(_, is_next)| !is_next);
        let mut tools: Vec<(&Tool, &Node, bool)> = Vec::new();
        for (other, is_next) in others {
            for tool in other.tools.iter().filter_map(|name| entry(catalog, name)) {
                if tools.iter().all(|(known, ..)| known.id != tool.id) {
                    tools.push((tool, other, is_next));
                }
            }
        }
        Self { tools }
    }

    /// Says with whom the tool is told to work; counts neighbours and others.
    fn works_with(&self, tool: &Tool, reasons: &mut Vec<Reason>) -> (usize, usize) {
        let mut counts = [0; 2];
        for (chosen, node, is_next) in &self.tools {
            let place = if node.label.is_empty() { node.id.as_str() } else { &node.label };
            if chosen.id == tool.id {
                let text = format!("It is in the drawing already, in \"{place}\".");
                reasons.push(Reason::new(text));
                counts[usize::from(!is_next)] += 1;
                continue;
            }
            let relations = told(tool, chosen);
            for relation in &relations {
                let details = relation.details();
                let details = if details.is_empty() { details } else { format!(" ({details})") };
                let text = format!("{}, which is in \"{place}\"{details}.", relation.sentence());
                reasons.push(Reason { text, sources: relation.sources.clone() });
            }
            if relations.iter().any(|relation| relation.kind != RelationKind::AlternativeTo) {
                counts[usize::from(!is_next)] += 1;
            }
        }
        let [neighbours, others] = counts;
        (neighbours, others)
    }
}
