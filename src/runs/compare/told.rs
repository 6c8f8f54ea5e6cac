//! A comparison of runs as rows for CSV, and as a page in Markdown.

use super::{Cell, Change, Comparison, Row, Sameness, Section};
use crate::rows::{Rows, number};
use crate::shown::{counted, markdown};

impl Comparison {
    /// A row for each key, a column for each run: `section`, `key`, whether it `differs`, whether more is `better`, then the
    /// runs.
    ///
    /// Behind the metrics stand their changes from the baseline as rows of their own: the difference, percent, and what it
    /// means. What a run does not have is empty; an empty text is `(empty)`.
    pub fn rows(&self) -> Rows {
        let head = ["section", "key", "differs", "better"].map(str::to_owned).into_iter();
        let head = head.chain(self.runs.iter().map(|run| run.title.clone())).collect();
        let mut rows = Vec::new();
        for section in Section::ALL {
            let own = self.section(section);
            rows.extend(
                own.iter().map(|row| line(row, section.id(), |at| row.cells[at].text().into_owned())),
            );
            if section == Section::Metrics {
                let figure = |value: Option<f64>| value.map(number).unwrap_or_default();
                rows.extend(own.iter().map(|row| changes(row, "change", |change| figure(change.absolute))));
                rows.extend(own.iter().map(|row| changes(row, "change %", |change| figure(change.percent))));
                rows.extend(
                    own.iter().map(|row| changes(row, "verdict", |change| change.turn.id().to_owned())),
                );
            }
        }
        Rows { head, rows }
    }

    /// A page for people: which runs, then a table for each section, those that differ first, and changes of metrics beside
    /// their values. It ends with a line feed.
    pub fn markdown(&self) -> String {
        let titles: Vec<String> = self.runs.iter().map(|run| markdown(&run.title)).collect();
        let mut out = vec![format!("# {} side by side\n\n", counted(self.runs.len(), "run", "runs"))];
        out.extend(
            self.runs.iter().zip(&titles).map(|(run, title)| format!("- {title}: {}\n", markdown(&run.id))),
        );
        if let Some(baseline) = titles.get(self.baseline) {
            out.push(format!("\nMetrics are held against {baseline}. What a run does not have is empty.\n"));
        }
        for section in Section::ALL {
            let rows = self.section(section);
            if rows.is_empty() {
                continue;
            }
            out.push(format!("\n## {}\n\n| | | {} |\n", section.title(), titles.join(" | ")));
            out.push(format!("| --- | --- |{}\n", " --- |".repeat(titles.len())));
            out.extend(rows.iter().map(page_line));
        }
        for (count, what) in [(self.unknown.len(), "not in the store"), (self.left_out.len(), "left out")] {
            if count > 0 {
                out.push(format!("\n{}: {what}.\n", counted(count, "more run", "more runs")));
            }
        }
        out.concat()
    }
}

fn word(sameness: Sameness) -> &'static str {
    match sameness {
        Sameness::Differs => "yes",
        Sameness::Respelled => "spelling only",
        Sameness::Same => "no",
    }
}

fn line(row: &Row, section: &str, cell: impl Fn(usize) -> String) -> Vec<String> {
    let better = row.guess.as_ref().map_or("", |guess| guess.direction.id());
    let start = [section, &row.key, word(row.sameness), better].map(str::to_owned).into_iter();
    start.chain((0..row.cells.len()).map(cell)).collect()
}

fn changes(row: &Row, section: &str, text: impl Fn(&Change) -> String) -> Vec<String> {
    line(row, section, |at| row.changes.get(at).and_then(Option::as_ref).map(&text).unwrap_or_default())
}

fn page_line(row: &Row) -> String {
    let differs = match row.sameness {
        Sameness::Differs => "differs",
        Sameness::Respelled => "same number",
        Sameness::Same => "same",
    };
    let cells = row
        .cells
        .iter()
        .enumerate()
        .map(|(at, cell)| page_cell(cell, row.changes.get(at).copied().flatten()));
    format!("| {} | {differs} | {} |\n", markdown(&row.key), cells.collect::<Vec<_>>().join(" | "))
}

/// A value, and behind it how it changed: `0.25 (−50.0 %, better)`.
fn page_cell(cell: &Cell, change: Option<Change>) -> String {
    let text = markdown(&cell.text());
    let Some(change) = change else { return text };
    let sign = |value: f64| if value > 0.0 { "+" } else { "" };
    let figure = match (change.percent, change.absolute) {
        (Some(percent), _) => Some(format!("{}{percent:.1} %", sign(percent))),
        (None, Some(absolute)) => Some(format!("{}{}", sign(absolute), number(absolute))),
        (None, None) => None,
    };
    let parts: Vec<String> = figure.into_iter().chain([change.turn.id().to_owned()]).collect();
    format!("{text} ({})", parts.join(", "))
}
