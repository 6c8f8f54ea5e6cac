//! The answer of `architecture impact` for people.

use std::io::Write;

use super::Answer;
use crate::architecture::fill::{Standing, Swap};
use crate::architecture::{Change, Node, NodeId};
use crate::cli::architecture::ArchitectureCliError;
use crate::cli::one_line;

/// Prints the counts, who has to act, and what is known of two tools.
pub(super) fn report(answer: &Answer<'_>, out: &mut dyn Write) -> Result<(), ArchitectureCliError> {
    let (drawing, impact) = (answer.drawing, &answer.impact);
    let label = |id: &NodeId| drawing.nodes.get(id).map_or(id.as_str(), Node::title).to_owned();
    let list = |ids: &[NodeId]| ids.iter().map(label).collect::<Vec<_>>().join(", ");
    let others = drawing.nodes.len() - impact.changed.len();
    let boxes = if impact.changed.is_empty() { "boxes" } else { "other boxes" };
    writeln!(out, "If {} in: {}", one_line(&answer.clause), one_line(&drawing.title))?;
    writeln!(
        out,
        "{} of {others} {boxes} change before any feedback comes back, {} ({:.0} %) in the end",
        impact.direct,
        impact.full,
        impact.cace * 100.0
    )?;
    if impact.in_loop {
        writeln!(out, "The change comes back to where it began")?;
    }
    let named = if matches!(answer.change, Change::Node(_)) { String::new() } else { list(&impact.changed) };
    let mut lines = vec![("named by".to_owned(), named)];
    lines.extend(impact.rings.iter().map(|(ring, ids)| (format!("after {ring}"), list(ids))));
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
    if let Some(found) = &answer.swap {
        tools(found, out)?;
    }
    Ok(())
}

fn or_none(text: String) -> String {
    if text.is_empty() { "none: a gate is on every way to a consumer".to_owned() } else { text }
}

/// What the catalog tells of the two tools.
fn tools(found: &Swap, out: &mut dyn Write) -> Result<(), ArchitectureCliError> {
    writeln!(out, "\nWhat is known of the two tools")?;
    for each in &found.facts {
        let (from, to) = (each.from.text(), each.to.text());
        let text = match each.standing() {
            Standing::Same => format!("both {to}"),
            Standing::Differs | Standing::Unknown => format!("{from} -> {to}"),
        };
        writeln!(out, "  {:<14} {}", each.fact.title().to_lowercase(), one_line(&text))?;
    }
    for judged in &found.limits {
        writeln!(out, "  {}", one_line(&judged.message))?;
    }
    for lost in &found.lost {
        for relation in &lost.relations {
            // Two passages of one page have the same address.
            let mut urls: Vec<&str> = relation.sources.iter().map(|source| source.url.as_str()).collect();
            urls.dedup();
            let flow = lost.flow.to_string();
            writeln!(
                out,
                "  no record of this for the new one: {} ({flow})",
                one_line(&relation.sentence())
            )?;
            for url in urls {
                writeln!(out, "    {}", one_line(url))?;
            }
        }
        if !lost.standards.is_empty() {
            writeln!(out, "    perhaps through {}, which both speak", one_line(&lost.standards.join(", ")))?;
        }
    }
    writeln!(
        out,
        "  neighbouring tools: {} told of the old one only, {} of both, {} of the new one only, {} of neither",
        found.lost.len(),
        found.kept,
        found.gained,
        found.unknown
    )?;
    writeln!(out, "  no record is not a missing integration: nobody wrote one down")?;
    Ok(())
}
