//! Runs side by side: a row for each key, those that differ first, and how metrics changed from one of the runs.

mod cell;
mod change;
mod rows;
mod told;

use std::collections::BTreeMap;
use std::sync::Arc;

use super::direction::{Direction, Guess};
use super::origin::Origin;
use super::{Run, RunSet};

pub use cell::{Cell, Sameness};
pub use change::{Change, Turn};

/// Fewer cannot be compared.
pub const FEWEST: usize = 2;
/// More do not fit beside each other.
pub const MOST: usize = 20;

/// What a row is about, in the order in which rows are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Section {
    /// What every run has: experiment, state, times, the run it belongs to.
    Attributes,
    /// Parameters.
    Parameters,
    /// Latest values of metrics.
    Metrics,
    /// Datasets, by name and use; a cell is the digest.
    Datasets,
    /// Tags that tell of the code, see [`Origin`].
    Code,
    /// Tags that tell of the environment.
    Environment,
    /// All other tags.
    Tags,
}

impl Section {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 7] = [
        Self::Attributes,
        Self::Parameters,
        Self::Metrics,
        Self::Datasets,
        Self::Code,
        Self::Environment,
        Self::Tags,
    ];

    /// What it is called.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Attributes => "Attributes",
            Self::Parameters => "Parameters",
            Self::Metrics => "Metrics",
            Self::Datasets => "Datasets",
            Self::Code => "Code",
            Self::Environment => "Environment",
            Self::Tags => "Tags",
        }
    }

    /// Its word in a file.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Attributes => "attribute",
            Self::Parameters => "parameter",
            Self::Metrics => "metric",
            Self::Datasets => "dataset",
            Self::Code => "code",
            Self::Environment => "environment",
            Self::Tags => "tag",
        }
    }
}

/// The head of a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compared {
    /// The run's place in [`RunSet::runs`].
    pub row: u32,
    /// Its id.
    pub id: Arc<str>,
    /// Its name; with the beginning of its id where it has none, or another one of the runs has the same.
    pub title: String,
}

/// One key of all runs.
#[derive(Clone, Debug)]
pub struct Row {
    /// What it is about.
    pub section: Section,
    /// The key; of attributes a word in small letters.
    pub key: Arc<str>,
    /// What a tag tells of code or environment.
    pub origin: Option<Origin>,
    /// What each run has, in the order of [`Comparison::runs`]; not all of them are missing.
    pub cells: Vec<Cell>,
    /// Whether they say the same.
    pub sameness: Sameness,
    /// Of metrics: whether more is better, and why.
    pub guess: Option<Guess>,
    /// Of metrics: what became of the baseline's value in each run, as many as there are cells; none for the baseline
    /// itself, and where one of both is missing. Empty for all other rows.
    pub changes: Vec<Option<Change>>,
}

impl Row {
    /// Whether the runs do not say the same.
    pub fn differs(&self) -> bool {
        self.sameness == Sameness::Differs
    }
}

/// Runs side by side. Every list of cells is as long as [`Comparison::runs`] and in its order.
#[derive(Clone, Debug, Default)]
pub struct Comparison {
    /// The runs, in the order in which they were asked for.
    pub runs: Vec<Compared>,
    /// The place among them of the one that metrics are held against.
    pub baseline: usize,
    /// Ids that the set does not have.
    pub unknown: Vec<String>,
    /// Runs beyond the twentieth, which are not compared.
    pub left_out: Vec<String>,
    /// The rows, section after section; in each those that differ first, then by name (attributes in an order of their
    /// own). What no run has is no row.
    pub rows: Vec<Row>,
}

impl Comparison {
    /// Compares the runs with these ids, the first twenty of them; an id that comes again counts once. Metrics are held
    /// against the run `baseline`, or the first one where that is none of them. What a person set for the direction of a
    /// metric, by its key, counts before every guess.
    pub fn of<T: AsRef<str>>(
        set: &RunSet,
        ids: &[T],
        baseline: Option<&str>,
        by_person: &BTreeMap<String, Direction>,
    ) -> Self {
        let mut found = Self::default();
        let mut runs: Vec<&Run> = Vec::new();
        for (at, id) in ids.iter().map(AsRef::as_ref).enumerate() {
            if ids[..at].iter().any(|earlier| earlier.as_ref() == id) {
                continue;
            }
            match set.row(id).and_then(|row| Some((row, set.runs.get(row as usize)?))) {
                None => found.unknown.push(id.to_owned()),
                Some(_) if runs.len() == MOST => found.left_out.push(id.to_owned()),
                Some((row, run)) => {
                    found.runs.push(Compared { row, id: Arc::clone(&run.id), title: String::new() });
                    runs.push(run);
                }
            }
        }
        for (column, title) in found.runs.iter_mut().zip(titles(&runs)) {
            column.title = title;
        }
        found.baseline = runs.iter().position(|run| Some(&*run.id) == baseline).unwrap_or(0);
        found.rows = rows::Of { set, runs: &runs, baseline: found.baseline }.all(by_person);
        found
    }

    /// Whether there are enough runs to compare.
    pub fn is_enough(&self) -> bool {
        self.runs.len() >= FEWEST
    }

    /// The rows of a section, those that differ first.
    pub fn section(&self, section: Section) -> &[Row] {
        let from = self.rows.partition_point(|row| row.section < section);
        let to = self.rows.partition_point(|row| row.section <= section);
        &self.rows[from..to]
    }

    /// How many rows differ.
    pub fn differences(&self) -> usize {
        self.rows.iter().filter(|row| row.differs()).count()
    }
}

/// A name for each run that no other of them has.
fn titles(runs: &[&Run]) -> Vec<String> {
    let is_double =
        |run: &&Run| runs.iter().filter(|other| other.shown_name() == run.shown_name()).count() > 1;
    runs.iter()
        .map(|run| match run.shown_name() {
            name if is_double(run) => {
                let start: String = run.id.chars().take(8).collect();
                let is_enough = runs.iter().filter(|other| other.id.starts_with(&start)).count() == 1;
                format!("{name} ({})", if is_enough { &start } else { &*run.id })
            }
            name => name.to_owned(),
        })
        .collect()
}
