//! A comparison of runs as rows, for CSV and Markdown.

use super::{Change, Comparison, Row, Section};
use crate::rows::{Rows, number};

impl Comparison {
    /// A row for each key, a column for each run: `section`, `key`, whether it `differs`, whether more is `better`, then the
    /// runs. Behind the metrics stand their changes from the baseline as rows of their own: the difference, percent, and
    /// what it means. What a run does not have is empty; an empty text is `(empty)`.
    pub fn rows(&self) -> Rows {
        let head = ["section", "key", "differs", "better"].map(str::to_owned).into_iter();
        let head = head.chain(self.runs.iter().map(|run| run.title.clone())).collect();
        let mut rows = Vec::new();
        for section in Section::ALL {
            rows.extend(self.section(section).iter().map(line));
            if section == Section::Metrics {
                let figure = |value: Option<f64>| value.map(number).unwrap_or_default();
                let metrics = self.section(section);
                rows.extend(
                    metrics.iter().map(|row| changes(row, "change", |change| figure(change.absolute))),
                );
                rows.extend(
                    metrics.iter().map(|row| changes(row, "change %", |change| figure(change.percent))),
                );
                rows.extend(
                    metrics.iter().map(|row| changes(row, "verdict", |change| change.turn.id().to_owned())),
                );
            }
        }
        Rows { head, rows }
    }

    /// The same for people: a heading and a table of what differs, then what is the same, and what changes are held against.
    pub fn markdown(&self) -> String {
        self.rows().markdown()
    }
}

fn start(row: &Row, section: &str) -> Vec<String> {
    let differs = match row.sameness {
        super::Sameness::Differs => "yes",
        super::Sameness::Respelled => "spelling only",
        super::Sameness::Same => "no",
    };
    let better = row.guess.as_ref().map_or("", |guess| guess.direction.id());
    [section, &row.key, differs, better].map(str::to_owned).to_vec()
}

fn line(row: &Row) -> Vec<String> {
    let mut line = start(row, row.section.id());
    line.extend(row.cells.iter().map(|cell| cell.text().into_owned()));
    line
}

fn changes(row: &Row, section: &str, text: impl Fn(&Change) -> String) -> Vec<String> {
    let mut line = start(row, section);
    line.extend(row.changes.iter().map(|change| change.as_ref().map(&text).unwrap_or_default()));
    line
}
