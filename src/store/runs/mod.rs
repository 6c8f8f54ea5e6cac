//! Readers of experiment trackers' stores. A foreign store is read in short slices, no lock is held between
//! them, and nothing beside the file is created or changed.

pub(in crate::store) mod access;
mod error;
pub mod mlflow;
mod recognise;
mod sniff;

use std::path::{Path, PathBuf};

use crate::problem::Problem;
use crate::runs::{RunSet, Series, SourceKind};

pub use error::Error;
pub use mlflow::Mlflow;
use recognise::{Recognised, recognise};

/// What a store is read through: the only thing a tracker implements.
pub trait Reader: Send {
    /// What kind of store it is.
    fn kind(&self) -> SourceKind;

    /// All active runs of active experiments, or with `deleted` the deleted ones too. `keep_going` is told
    /// before each slice how many rows were read so far; when it says no, [`Error::Stopped`] is returned.
    fn runs_while(&mut self, deleted: bool, keep_going: &dyn Fn(u64) -> bool) -> RunsAndProblems;

    /// The same, to the end.
    fn runs(&mut self, deleted: bool) -> RunsAndProblems {
        self.runs_while(deleted, &|_| true)
    }

    /// All points of some metrics of one run, in the order of `metrics`; a walk over the run's rows serves all
    /// of them. `keep_going` is asked before each slice; when it says no, [`Error::Stopped`] is returned.
    fn series_of(
        &mut self,
        run: &str,
        metrics: &[&str],
        keep_going: &dyn Fn() -> bool,
    ) -> Result<Vec<(Series, Cursor)>, Error>;

    /// The same of one metric, to the end and without its cursor.
    fn series(&mut self, run: &str, metric: &str) -> Result<Series, Error> {
        Ok(self.series_of(run, &[metric], &|| true)?.pop().unwrap_or_default().0)
    }

    /// Whether anything was written since the last call; looks at the files' times and counters only, takes
    /// no lock.
    fn changed(&mut self) -> bool;

    /// Lets go of the store until the next question.
    fn rest(&mut self);

    /// What came to some series since their cursors were made, and their cursors now, in the order of `known`. Costs
    /// as much as what was written, not as what is known; rows that were taken away are noticed only when it is to
    /// be `thorough`, which counts what is known.
    fn changes(&mut self, known: &[Known<'_>], thorough: bool) -> Result<Vec<(Change, Cursor)>, Error>;
}

/// All runs, and what was odd in the store.
pub type RunsAndProblems = Result<(RunSet, Vec<Problem>), Error>;

/// How far a series was read. Readers make it, and only readers of the same store can use it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// The last row of the store that was taken in: all up to it are known, none behind it.
    position: i64,
    /// Tells the row that stood there from one that took its number.
    fingerprint: u64,
    /// How many rows up to there are counted when it is asked whether some were taken away.
    rows: u64,
}

impl Default for Cursor {
    /// Before the first row.
    fn default() -> Self {
        Self { position: i64::MIN, fingerprint: 0, rows: 0 }
    }
}

/// A series that is followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known<'a> {
    /// The run's id.
    pub run: &'a str,
    /// The metric's key.
    pub metric: &'a str,
    /// How far it was read.
    pub cursor: Cursor,
}

/// What came to a series.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// Nothing.
    Nothing,
    /// More points, of whatever steps.
    Added(Series),
    /// Points were taken away or renumbered: the series as it is now.
    Whole(Series),
}

/// Opens whatever store lies at `path`; of several in a folder `mlflow.db`, else the first that can be read.
pub fn open(path: &Path) -> Result<Box<dyn Reader>, Error> {
    let (mut first, mut not_yet, mut failed) = (None, None, None);
    for recognised in recognise(path)? {
        match recognised {
            Recognised::Readable(file, store) => {
                let is_usual = file.file_name().is_some_and(|name| name == "mlflow.db");
                if is_usual || first.is_none() {
                    first = Some(store);
                }
                if is_usual {
                    break;
                }
            }
            Recognised::NotYet(path, kind) => {
                not_yet.get_or_insert_with(|| Error::NotYet { kind, path: sniff::shown(&path) });
            }
            Recognised::Unreadable(error) => {
                failed.get_or_insert(error);
            }
        }
    }
    match first {
        Some(store) => Ok(store),
        None => Err(not_yet.or(failed).unwrap_or_else(|| Error::NoStore(sniff::shown(path)))),
    }
}

/// Opens the store that is compiled in.
pub fn open_demo() -> Result<Box<dyn Reader>, Error> {
    Ok(Box::new(Mlflow::open_bytes(include_bytes!("../../../data/demo/mlflow.db"))?))
}

/// A store that was found, for `runs sources`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Where it is.
    pub path: PathBuf,
    /// What it is.
    pub kind: SourceKind,
    /// How many active runs it has; 0 where that cannot be read yet.
    pub runs: usize,
}

/// The stores at a path: the file itself; or the folder itself, and what lies directly in it. What cannot be read,
/// or not yet, is also a problem. An error when nothing was found at all.
pub fn sources(path: &Path) -> Result<(Vec<Found>, Vec<Problem>), Error> {
    let (mut found, mut problems, mut first_error) = (Vec::new(), Vec::new(), None);
    for recognised in recognise(path)? {
        let error = match recognised {
            Recognised::Readable(path, mut store) => match store.count() {
                Ok(runs) => {
                    found.push(Found { path, kind: store.kind(), runs });
                    continue;
                }
                Err(error) => error,
            },
            Recognised::NotYet(path, kind) => {
                let error = Error::NotYet { kind, path: sniff::shown(&path) };
                found.push(Found { path, kind, runs: 0 });
                error
            }
            Recognised::Unreadable(error) => error,
        };
        problems.push(Problem::warning(error.to_string(), path.display().to_string()));
        first_error.get_or_insert(error);
    }
    if found.is_empty() {
        Err(first_error.unwrap_or_else(|| Error::NoStore(sniff::shown(path))))
    } else {
        Ok((found, problems))
    }
}
