//! A comparison as one Markdown page: the table of facts, the claims by topic with links to their sources, relations.

use jiff::civil::Date;

use super::{Between, Cell, Comparison};
use crate::catalog::collection::is_stale;
use crate::catalog::entry::Claim;
use crate::catalog::escape::{markdown, markdown_sources};
use crate::catalog::words::{ClaimStatus, Polarity};

/// Writes the page; it ends with a line feed.
pub fn page(comparison: &Comparison) -> String {
    let mut out = vec![format!("# {}\n\n", markdown(&comparison.names()))];
    out.push(facts(comparison));
    out.push("\n## Pros and cons\n".to_owned());
    for topic in &comparison.topics {
        out.push(format!("\n### {}\n", markdown(&topic.topic)));
        for (tool, claims) in comparison.tools.iter().zip(&topic.cells) {
            out.push(format!("\n**{}**\n\n", markdown(&tool.name)));
            for claim in claims {
                let sign = sign(claim.polarity);
                out.push(format!("- {sign} {}\n", claim_text(claim, comparison.today)));
            }
            if claims.is_empty() {
                out.push("- nothing written down\n".to_owned());
            }
        }
    }
    if comparison.topics.is_empty() {
        out.push("\nNothing has been read and written down about these tools yet.\n".to_owned());
    }
    out.push("\n## Between them\n\n".to_owned());
    out.push(between(comparison));
    out.push("\n## Instead of them\n\n".to_owned());
    out.push(alternatives(comparison));
    out.push(format!("\n{}\n", origin(comparison)));
    out.concat()
}

/// The facts as a table, those that differ first.
fn facts(comparison: &Comparison) -> String {
    let names = comparison.tools.iter().map(|tool| markdown(&tool.name));
    let mut out = vec![line(std::iter::once(String::new()).chain(names))];
    out.push(line((0..=comparison.tools.len()).map(|_| "---".to_owned())));
    for row in &comparison.rows {
        let title =
            if row.is_equal { format!("{} (equal)", row.fact.title()) } else { row.fact.title().to_owned() };
        out.push(line(std::iter::once(title).chain(row.cells.iter().map(cell_text))));
    }
    out.concat()
}

fn line(cells: impl Iterator<Item = String>) -> String {
    format!("| {} |\n", cells.collect::<Vec<_>>().join(" | "))
}

/// A value with its note, its sources and its day.
pub(in crate::catalog) fn cell_text(cell: &Cell) -> String {
    let mut text = markdown(&cell.text());
    let seen = cell.seen_on.map(|day| format!("seen {day}"));
    let sources = Some(markdown_sources(&cell.sources)).filter(|sources| !sources.is_empty());
    let aside: Vec<String> =
        cell.note.as_deref().map(markdown).into_iter().chain(seen).chain(sources).collect();
    if !aside.is_empty() {
        text = format!("{text} ({})", aside.join("; "));
    }
    text
}

/// A claim with what limits it and its sources, on one line.
pub(in crate::catalog) fn claim_text(claim: &Claim, today: Date) -> String {
    let mut aside = Vec::new();
    if let Some(versions) = claim.applies_to.as_deref().filter(|versions| !versions.is_empty()) {
        aside.push(format!("applies to {}", markdown(versions)));
    }
    match claim.status {
        ClaimStatus::Draft => aside.push("draft: the source was not read again yet".to_owned()),
        ClaimStatus::Disputed => aside.push("disputed".to_owned()),
        ClaimStatus::Reviewed => {}
    }
    if is_stale(claim, today) {
        aside.push("stale: past its review date".to_owned());
    }
    let sources = markdown_sources(&claim.evidence);
    aside.push(if sources.is_empty() { "no source".to_owned() } else { sources });
    format!("{} ({})", markdown(&claim.text), aside.join("; "))
}

pub(in crate::catalog) const fn sign(polarity: Polarity) -> &'static str {
    match polarity {
        Polarity::Pro => "Pro:",
        Polarity::Con => "Con:",
        Polarity::Caveat => "Caveat:",
        Polarity::Fact => "Fact:",
    }
}

/// The relations among the tools as a list.
pub(super) fn between(comparison: &Comparison) -> String {
    relations(&comparison.between, "No relation between them is written down.")
}

/// Relations as a list, or that there is `none`.
pub(in crate::catalog) fn relations(relations: &[Between], none: &str) -> String {
    let mut out = Vec::new();
    for relation in relations {
        let details = Some(markdown(&relation.details())).filter(|details| !details.is_empty());
        let how = relation.how.iter().map(|how| markdown(how));
        let sources = Some(markdown_sources(&relation.sources)).filter(|sources| !sources.is_empty());
        let parts: Vec<String> = how.chain(sources.map(|sources| format!("({sources})"))).collect();
        let details = details.map_or_else(String::new, |details| format!(" · {details}"));
        let colon = if parts.is_empty() { "" } else { ": " };
        let sentence = markdown(&relation.sentence());
        out.push(format!("- {sentence}{details}{colon}{}\n", parts.join(" ")));
    }
    if out.is_empty() {
        out.push(format!("{none}\n"));
    }
    out.concat()
}

/// What stands instead of each tool, a line each.
pub(super) fn alternatives(comparison: &Comparison) -> String {
    let mut out = Vec::new();
    for tool in &comparison.tools {
        let others = tool.alternatives.iter().map(|other| {
            let sources = markdown_sources(&other.sources);
            let name = markdown(&other.name);
            if sources.is_empty() { name } else { format!("{name} ({sources})") }
        });
        let others: Vec<String> = others.collect();
        let others = if others.is_empty() { "unknown".to_owned() } else { others.join(", ") };
        out.push(format!("- {}: {others}\n", markdown(&tool.name)));
    }
    out.concat()
}

/// What the figures rest on, in sentences.
pub(super) fn origin(comparison: &Comparison) -> String {
    judged_on(comparison.today)
}

pub(in crate::catalog) fn judged_on(today: Date) -> String {
    format!(
        "Claims are judged as fresh or stale on {today}. A value without a source is what the catalog's entry of the tool \
         says; unknown means that nobody read it yet."
    )
}
