//! `architecture impact`: what the change of one box does to the others.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;

use super::ArchitectureCliError;
use crate::architecture::{Architecture, Impact, Node, NodeId, impact};
use crate::cli::one_line;

pub(super) const EXAMPLES: &str = "Examples:
  mlops-atlas architecture impact ours.architecture.json --node lake
  mlops-atlas architecture impact template:oss-classic --node dbt --json";

/// The arguments of `architecture impact`.
#[derive(Clone, Debug, Args)]
pub struct ImpactArguments {
    /// The drawing: a file, or template:ID
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// The id of the node that changes
    #[arg(long, value_name = "ID")]
    pub node: String,
    /// Print one JSON value: an object of counts, lists of ids, and the rings by their distance
    #[arg(long)]
    pub json: bool,
}

/// Prints the answer; 1 when some of the file could not be read.
pub(super) fn run(
    arguments: &ImpactArguments,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<u8, ArchitectureCliError> {
    let (drawing, lost) = super::open(&arguments.file, err)?;
    let node = NodeId(arguments.node.clone());
    let Some(impact) = impact(&drawing, &node) else {
        let known = drawing.nodes.values().flat_map(|node| {
            let id = node.id.as_str();
            [(id, id), (node.label.as_str(), id)]
        });
        let hint =
            if drawing.nodes.is_empty() { "it has none".to_owned() } else { super::near(&node.0, known) };
        return Err(ArchitectureCliError::UnknownNode { hint, id: node.0 });
    };
    if arguments.json {
        writeln!(out, "{}", serde_json::to_string(&impact)?)?;
    } else {
        report(&drawing, &node, &impact, out)?;
    }
    Ok(lost)
}

fn report(
    drawing: &Architecture,
    node: &NodeId,
    impact: &Impact,
    out: &mut dyn Write,
) -> Result<(), ArchitectureCliError> {
    let label = |id: &NodeId| drawing.nodes.get(id).map_or(id.as_str(), Node::title).to_owned();
    let list = |ids: &[NodeId]| ids.iter().map(label).collect::<Vec<_>>().join(", ");
    let others = drawing.nodes.len() - 1;
    writeln!(out, "A change of {} in: {}", one_line(&label(node)), one_line(&drawing.title))?;
    writeln!(
        out,
        "{} of {others} other boxes change directly, {} ({:.0} %) once feedback has closed the loops",
        impact.direct,
        impact.full,
        impact.cace * 100.0
    )?;
    if impact.in_loop {
        writeln!(out, "The change comes back to where it began")?;
    }
    let mut lines: Vec<(String, String)> =
        impact.rings.iter().map(|(ring, ids)| (format!("after {ring}"), list(ids))).collect();
    let unguarded =
        if impact.consumers.is_empty() { String::new() } else { or_none(list(&impact.unguarded_consumers)) };
    for (name, value) in [
        ("retrain", list(&impact.retrain)),
        ("revalidate", list(&impact.revalidate)),
        ("redeploy", list(&impact.redeploy)),
        ("consumers", list(&impact.consumers)),
        ("unguarded", unguarded),
        ("undeclared", list(&impact.undeclared)),
        ("by feedback", list(&impact.via_feedback)),
        ("notified", list(&impact.notified)),
    ] {
        lines.push((name.to_owned(), value));
    }
    writeln!(out)?;
    for (name, value) in lines.into_iter().filter(|(_, value)| !value.is_empty()) {
        writeln!(out, "  {name:<12} {}", one_line(&value))?;
    }
    if !impact.undeclared.is_empty() {
        writeln!(
            out,
            "\nNot all consumers of what is undeclared are drawn: the change goes further than is known"
        )?;
    }
    Ok(())
}

fn or_none(text: String) -> String {
    if text.is_empty() { "none: a gate is on every way to a consumer".to_owned() } else { text }
}
