//! What a report says of two tools of which one takes the place of the other.

use super::escaped;
use crate::architecture::fill::{Lost, Swap};
use crate::architecture::model::{Architecture, Node, NodeId};
use crate::catalog::Evidence;

/// The lines of a page: the facts of both, the limits, and what is told of the one only.
pub(super) fn lines(found: &Swap, drawing: &Architecture) -> Vec<String> {
    let mut lines = vec!["## What the catalog tells of the two tools".to_owned(), String::new()];
    if found.strangers.contains(&true) {
        lines.push("One of the tools has no entry in the catalog, so nothing can be compared.".to_owned());
    } else {
        lines.extend(["| Fact | It goes | It comes |", "|---|---|---|"].map(str::to_owned));
        for each in &found.facts {
            let [from, to] = [&each.from, &each.to]
                .map(|cell| format!("{}{}", escaped(&cell.text()), sources(&cell.sources)));
            lines.push(format!("| {} | {from} | {to} |", each.fact.title()));
        }
    }
    lines.push(String::new());
    lines.extend(found.limits.iter().map(|judged| format!("- {}", escaped(&judged.message))));
    if found.lost.is_empty() {
        lines.push("No relation at these flows is told of the tool that goes alone.".to_owned());
    } else {
        lines.push("Told of the tool that goes, with no record of the one that comes:".to_owned());
        lines.push(String::new());
        lines.extend(found.lost.iter().map(|lost| line(lost, drawing)));
    }
    lines.push(String::new());
    lines.push(format!(
        "Pairs told of both: {}; of the one that comes alone: {}; of neither: {}. No record is not a missing \
         integration: nobody wrote one down.",
        found.kept, found.gained, found.unknown
    ));
    lines
}

fn line(lost: &Lost, drawing: &Architecture) -> String {
    let name = |id: &NodeId| escaped(drawing.nodes.get(id).map_or(id.as_str(), Node::title));
    let told: Vec<String> = lost
        .relations
        .iter()
        .map(|relation| format!("{}{}", escaped(&relation.sentence()), sources(&relation.sources)))
        .collect();
    let perhaps = match lost.standards.as_slice() {
        [] => String::new(),
        names => format!("; both speak {}", escaped(&names.join(", "))),
    };
    format!("- {} → {}: {}{perhaps}", name(&lost.flow.from), name(&lost.flow.to), told.join("; "))
}

fn sources(sources: &[Evidence]) -> String {
    let mut links: Vec<String> = sources.iter().map(|source| format!("<{}>", source.url)).collect();
    links.dedup();
    if links.is_empty() { String::new() } else { format!(" ({})", links.join(", ")) }
}
