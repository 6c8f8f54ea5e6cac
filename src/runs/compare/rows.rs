//! The rows of a comparison of runs.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::cell::is_name;
use super::{Cell, Change, Row, Sameness, Section};
use crate::runs::direction::Direction;
use crate::runs::origin::Origin;
use crate::runs::{Run, RunSet};

/// What rows are made of.
pub(super) struct Of<'a> {
    pub set: &'a RunSet,
    pub runs: &'a [&'a Run],
    pub baseline: usize,
}

impl Of<'_> {
    /// All of them, in their order.
    pub fn all(&self, by_person: &BTreeMap<String, Direction>) -> Vec<Row> {
        let mut rows = self.attributes();
        rows.extend(self.params());
        rows.extend(self.metrics(by_person));
        rows.extend(self.datasets());
        rows.extend(self.tags());
        rows.sort_by(|a, b| {
            let order = (a.section, !a.differs()).cmp(&(b.section, !b.differs()));
            let by_name = || if a.section == Section::Attributes { None } else { Some(a.key.cmp(&b.key)) };
            order.then_with(|| by_name().unwrap_or(std::cmp::Ordering::Equal))
        });
        rows
    }

    fn row(&self, section: Section, key: &str, cell: impl Fn(&Run) -> Cell) -> Option<Row> {
        let cells: Vec<Cell> = self.runs.iter().map(|run| cell(run)).collect();
        if cells.iter().all(Cell::is_missing) {
            return None;
        }
        let counts_spelling = !matches!(section, Section::Parameters | Section::Tags) || is_name(key);
        let sameness = Sameness::of(&cells, counts_spelling);
        Some(Row {
            section,
            key: key.into(),
            origin: None,
            cells,
            sameness,
            guess: None,
            changes: Vec::new(),
        })
    }

    fn attributes(&self) -> Vec<Row> {
        let text = |text: &str| if text.is_empty() { Cell::Missing } else { Cell::Text(text.into()) };
        let time = |time: Option<i64>| time.map_or(Cell::Missing, Cell::Moment);
        let row = |key: &str, cell: &dyn Fn(&Run) -> Cell| self.row(Section::Attributes, key, cell);
        [
            row("experiment", &|run| text(run.experiment_name(self.set))),
            row("status", &|run| text(run.status.word())),
            row("start_time", &|run| time(run.start_time)),
            row("end_time", &|run| time(run.end_time)),
            row("duration", &|run| run.duration().map_or(Cell::Missing, Cell::Span)),
            row("parent", &|run| run.parent.as_ref().map_or(Cell::Missing, |id| Cell::Text(Arc::clone(id)))),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    fn params(&self) -> impl Iterator<Item = Row> {
        self.set.param_keys.iter().enumerate().filter_map(|(key, name)| {
            self.row(Section::Parameters, name, |run| Cell::of_text(run.param(key as u32)))
        })
    }

    fn metrics(&self, by_person: &BTreeMap<String, Direction>) -> impl Iterator<Item = Row> {
        self.set.metric_keys.iter().enumerate().filter_map(|(key, name)| {
            let value = |run: &Run| run.metric(key as u32);
            let row =
                self.row(Section::Metrics, name, |run| value(run).map_or(Cell::Missing, Cell::Number))?;
            let guess = Direction::of(name, self.set, self.runs, by_person);
            let from = self.runs.get(self.baseline).and_then(|run| value(run));
            let change = |(at, run): (usize, &&Run)| {
                (at != self.baseline)
                    .then(|| Change::of(from?, value(run)?, guess.direction).into())
                    .flatten()
            };
            let changes = self.runs.iter().enumerate().map(change).collect();
            Some(Row { guess: Some(guess), changes, ..row })
        })
    }

    /// A row for each name and use; several states of one dataset stand in one cell.
    fn datasets(&self) -> Vec<Row> {
        let mut keys: Vec<(&str, &str)> = self
            .runs
            .iter()
            .flat_map(|run| run.datasets.iter().map(|dataset| (&*dataset.name, &*dataset.context)))
            .collect();
        keys.sort_unstable();
        keys.dedup();
        let row = |(name, context): (&str, &str)| {
            let key = if context.is_empty() { name.to_owned() } else { format!("{name} ({context})") };
            self.row(Section::Datasets, &key, |run| {
                let own = run.datasets.iter().filter(|used| *used.name == *name && *used.context == *context);
                let mut digests: Vec<&str> = own.map(|used| &*used.digest).collect();
                digests.sort_unstable();
                digests.dedup();
                match digests.as_slice() {
                    [] => Cell::Missing,
                    [""] => Cell::Text("no digest".into()),
                    several => Cell::Text(several.join(", ").into()),
                }
            })
        };
        keys.into_iter().filter_map(row).collect()
    }

    fn tags(&self) -> impl Iterator<Item = Row> {
        self.set.tag_keys.iter().enumerate().filter_map(|(key, name)| {
            let origin = Origin::of(name);
            let section = match origin {
                Some(origin) if origin.is_code() => Section::Code,
                Some(_) => Section::Environment,
                None => Section::Tags,
            };
            let row = self.row(section, name, |run| Cell::of_text(run.tag(key as u32)))?;
            Some(Row { origin, ..row })
        })
    }
}
