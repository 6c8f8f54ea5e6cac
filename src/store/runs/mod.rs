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
    /// of them. `keep_going` is asked before each slice; when it says no, what was read so far is returned.
    fn series_of(
        &mut self,
        run: &str,
        metrics: &[&str],
        keep_going: &dyn Fn() -> bool,
    ) -> Result<Vec<Series>, Error>;

    /// The same of one metric.
    fn series(&mut self, run: &str, metric: &str, keep_going: &dyn Fn() -> bool) -> Result<Series, Error> {
        Ok(self.series_of(run, &[metric], keep_going)?.pop().unwrap_or_default())
    }

    /// What came to some series of one run: only the new points where they all come after the known ones, else
    /// everything.
    fn tails(&mut self, run: &str, known: &[Known<'_>]) -> Result<Vec<Tail>, Error>;

    /// The same of one metric that had `len` points up to `last_step` and nothing left out.
    fn tail(&mut self, run: &str, metric: &str, len: usize, last_step: i64) -> Result<Tail, Error> {
        Ok(self.tails(run, &[Known { metric, len, last_step, left_out: 0 }])?.pop().unwrap_or(Tail::Nothing))
    }

    /// Whether anything was written since the last call; looks at the files' times and counters only, takes
    /// no lock.
    fn changed(&mut self) -> bool;

    /// What was odd in the series read since the last call.
    fn problems(&mut self) -> Vec<Problem>;
}

/// All runs, and what was odd in the store.
pub type RunsAndProblems = Result<(RunSet, Vec<Problem>), Error>;

/// What is known of a series.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known<'a> {
    /// The metric's key.
    pub metric: &'a str,
    /// How many points.
    pub len: usize,
    /// The step of the last of them; the least number when there is none.
    pub last_step: i64,
    /// How many rows are known to be no points.
    pub left_out: usize,
}

/// What came to a series.
#[derive(Clone, Debug, PartialEq)]
pub enum Tail {
    /// Nothing.
    Nothing,
    /// Only points at the end.
    Added(Series),
    /// Points came between others, or were taken away: the series as it is now.
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
