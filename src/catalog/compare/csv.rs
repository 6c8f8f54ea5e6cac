//! A comparison as CSV, one line for each value and claim of each tool: `row,tool,value,source,read`.

use super::Comparison;
use crate::catalog::entry::Evidence;
use crate::catalog::escape::pages;
use crate::rows::csv_line;

/// Writes the head and a line for each cell of the facts, each claim, relation and alternative.
///
/// Several sources of one value stand in one cell, a blank between them, and the days on which they were read in the
/// same order; what was not read again is `unknown`.
pub fn table(comparison: &Comparison) -> String {
    let mut out = csv_line(["row", "tool", "value", "source", "read"]);
    let mut add =
        |row: &str, tool: &str, value: &str, sources: &[Evidence], seen: Option<jiff::civil::Date>| {
            let urls: Vec<&str> = pages(sources).map(|source| source.url.as_str()).collect();
            let days =
                pages(sources).map(|source| day(source.accessed)).chain(seen.map(|seen| day(Some(seen))));
            out.push_str(&csv_line([row, tool, value, &urls.join(" "), &days.collect::<Vec<_>>().join(" ")]));
        };
    for row in &comparison.rows {
        for (tool, cell) in comparison.tools.iter().zip(&row.cells) {
            add(row.fact.title(), tool.id.as_str(), &cell.text(), &cell.sources, cell.seen_on);
        }
    }
    for topic in &comparison.topics {
        for (tool, claims) in comparison.tools.iter().zip(&topic.cells) {
            for claim in claims {
                let row = format!("{}: {}", claim.polarity.title(), topic.topic);
                add(&row, tool.id.as_str(), &claim.text, &claim.evidence, None);
            }
            if claims.is_empty() {
                add(&format!("Claims: {}", topic.topic), tool.id.as_str(), "unknown", &[], None);
            }
        }
    }
    for relation in &comparison.between {
        add("Between", relation.from.as_str(), &relation.sentence(), &relation.sources, None);
    }
    for tool in &comparison.tools {
        for other in &tool.alternatives {
            add("Alternative", tool.id.as_str(), &other.name, &other.sources, None);
        }
        if tool.alternatives.is_empty() {
            add("Alternative", tool.id.as_str(), "unknown", &[], None);
        }
    }
    out
}

fn day(read: Option<jiff::civil::Date>) -> String {
    read.map_or_else(|| "unknown".to_owned(), |day| day.to_string())
}
