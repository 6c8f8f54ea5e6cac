//! Orders of the runs table: numbers before NaN before what is missing, ties by start time and id.

use std::cmp::Ordering;

use super::Field;
use super::run::{Key, Run, RunSet};

/// What a table is sorted by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderKey {
    column: Field,
    descending: bool,
    /// Whether texts are never numbers, as MLflow has it.
    is_mlflow: bool,
}

/// A cell as it sorts. Parameters that read as numbers sort as numbers, before those that do not.
enum Cell<'a> {
    Number(f64),
    Text(&'a str),
    NotANumber,
    Missing,
}

impl Cell<'_> {
    fn rank(&self) -> u8 {
        match self {
            Self::Number(_) => 0,
            Self::Text(_) => 1,
            Self::NotANumber => 2,
            Self::Missing => 3,
        }
    }
}

fn number<'a>(value: f64) -> Cell<'a> {
    if value.is_nan() { Cell::NotANumber } else { Cell::Number(value) }
}

impl OrderKey {
    /// Whether some run of the store has what it sorts by.
    pub fn is_known_in(&self, set: &RunSet) -> bool {
        self.name().is_empty() || self.column.key(set).is_some()
    }

    /// Its key where it is a metric, parameter or tag, in MLflow's words.
    pub fn name(&self) -> String {
        match &self.column {
            Field::Metric(_) | Field::Param(_) | Field::Tag(_) => self.column.word(),
            _ => String::new(),
        }
    }

    /// Reads MLflow's words, see [`Field::parse`].
    pub fn parse(text: &str, descending: bool) -> Option<Self> {
        Field::parse(text).map(|column| Self { column, descending, is_mlflow: false })
    }

    /// As MLflow sorts: every parameter and tag as a text.
    pub(super) fn mlflow(column: Field, descending: bool) -> Self {
        Self { column, descending, is_mlflow: true }
    }

    /// Whether both sort by the same.
    pub(super) fn is_of_same(&self, other: &Self) -> bool {
        self.column == other.column
    }

    fn cell<'a>(&self, key: Option<Key>, set: &'a RunSet, run: &'a Run) -> Cell<'a> {
        let time = |time: Option<i64>| time.map_or(Cell::Missing, |time| Cell::Number(time as f64));
        let text = |text: Option<&'a std::sync::Arc<str>>| match text {
            Some(text) if self.is_mlflow => Cell::Text(text),
            Some(text) => text.trim().parse().map_or(Cell::Text(text), number),
            None => Cell::Missing,
        };
        match &self.column {
            Field::StartTime => time(run.start_time),
            Field::EndTime => time(run.end_time),
            Field::Duration => time(run.duration()),
            Field::Name if self.is_mlflow && run.name.is_empty() => Cell::Missing,
            Field::Name => Cell::Text(&run.name),
            Field::Id => Cell::Text(&run.id),
            Field::Status => Cell::Text(run.status.word()),
            Field::Experiment => Cell::Text(run.experiment_name(set)),
            Field::Parent => text(run.parent.as_ref()),
            Field::ArtifactUri => text(run.artifact_uri.as_ref()),
            Field::Dataset => {
                run.datasets.iter().map(|used| &*used.name).min().map_or(Cell::Missing, Cell::Text)
            }
            Field::UserId => text(run.user.as_ref()),
            Field::Metric(_) => key.and_then(|key| run.metric(key)).map_or(Cell::Missing, number),
            Field::Param(_) => text(key.and_then(|key| run.param(key))),
            Field::Tag(_) => text(key.and_then(|key| run.tag(key))),
        }
    }
}

fn compare(a: &Cell<'_>, b: &Cell<'_>, descending: bool) -> Ordering {
    let turned = |order: Ordering| if descending { order.reverse() } else { order };
    match (a, b) {
        (Cell::Number(a), Cell::Number(b)) => turned(a.total_cmp(b)),
        (Cell::Text(a), Cell::Text(b)) => turned(a.cmp(b)),
        // NaN and what is missing stay last whichever way the column is turned.
        _ => a.rank().cmp(&b.rank()),
    }
}

impl RunSet {
    /// Places in [`RunSet::runs`] in this order; ties, and no keys at all, by newest start, then id.
    pub fn order(&self, keys: &[OrderKey]) -> Vec<u32> {
        self.sorted(&(0..self.runs.len() as u32).collect::<Vec<_>>(), keys)
    }

    /// Some of those places in the same order. Its cost grows with them, not with the runs.
    pub fn sorted(&self, rows: &[u32], keys: &[OrderKey]) -> Vec<u32> {
        let run = |row: &u32| &self.runs[*row as usize];
        // What decides lies beside each other, so that comparing does not walk through all runs.
        let columns: Vec<(Vec<Cell<'_>>, bool)> = keys
            .iter()
            .map(|order| {
                let key = order.column.key(self);
                (rows.iter().map(|row| order.cell(key, self, run(row))).collect(), order.descending)
            })
            .collect();
        let ties: Vec<(Option<i64>, &str)> =
            rows.iter().map(|row| (run(row).start_time, &*run(row).id)).collect();
        let mut order: Vec<u32> = (0..rows.len() as u32).collect();
        order.sort_unstable_by(|a, b| {
            let (at, other) = (*a as usize, *b as usize);
            columns
                .iter()
                .map(|(cells, descending)| compare(&cells[at], &cells[other], *descending))
                .find(|order| order.is_ne())
                .unwrap_or_else(|| {
                    let ((start, id), (other_start, other_id)) = (ties[at], ties[other]);
                    // Runs of several stores may have one id.
                    other_start.cmp(&start).then_with(|| id.cmp(other_id)).then(a.cmp(b))
                })
        });
        order.into_iter().map(|at| rows[at as usize]).collect()
    }
}
