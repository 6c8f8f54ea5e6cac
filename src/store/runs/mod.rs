//! Readers of experiment trackers' stores.
//!
//! A foreign store is read in short slices, no lock is held between them, and no file is created or changed beside it;
//! what SQLite itself does with a log is told at the head of `access`.

pub(in crate::store) mod access;
mod artifact_files;
pub mod cache;
mod copied;
mod cursor;
mod error;
mod follow;
mod mark;
pub mod mlflow;
pub mod mlflow_files;
mod optuna;
mod pass;
mod pulse;
mod python;
mod raw;
pub(in crate::store) mod recognise;
mod sniff;
mod steady;
pub mod tables;
pub mod tensorboard;
mod times;
mod together;
mod trackio;

use std::path::{Path, PathBuf};

use crate::problem::Problem;
use crate::runs::{Artifact, Content, Curve, Mapped, Mapping, RunSet, Series, SourceKind};

pub use access::Patience;
pub use copied::copied;
pub use cursor::{Came, Change, Cursor, Known, Tail};
pub use error::Error;
pub use follow::{Event, Follow, From, Wanted};
pub use mlflow::Mlflow;
pub use mlflow_files::MlflowFiles;
pub use pulse::{Look, Pulse, pause};
use recognise::{Recognised, Search};
pub use tables::Tables;
pub use tensorboard::Tensorboard;
pub use together::{Folder, Part, open_each};

/// What a store is read through: the only thing a tracker implements.
pub trait Reader: Send {
    /// Opens what lies at `path`, a file or a folder, if its content is this tracker's; none where it is not. An error
    /// where it cannot be told, or where it is and cannot be read.
    fn probe(path: &Path, patience: Patience) -> Result<Option<Box<dyn Reader>>, Error>
    where
        Self: Sized;

    /// What kind of store it is.
    fn kind(&self) -> SourceKind;

    /// Whether others may write into it, so that it is worth watching.
    fn is_live(&self) -> bool;

    /// How many active runs of active experiments there are.
    fn count(&mut self) -> Result<usize, Error>;

    /// All active runs of active experiments, or with `deleted` the deleted ones too. `keep_going` is told
    /// before each slice how many rows were read so far; when it says no, [`Error::Stopped`] is returned.
    fn runs_while(&mut self, deleted: bool, keep_going: &dyn Fn(u64) -> bool) -> RunsAndProblems;

    /// The same, to the end.
    fn runs(&mut self, deleted: bool) -> RunsAndProblems {
        self.runs_while(deleted, &|_| true)
    }

    /// All points of some metrics of one run, in the order of `metrics`; a walk over the run's rows serves all
    /// of them. `keep_going` is asked before each slice; when it says no, [`Error::Stopped`] is returned.
    fn series_of(&mut self, run: &str, metrics: &[&str], keep_going: &dyn Fn() -> bool) -> SeriesAndProblems;

    /// The same of one metric, to the end, without its cursor and what was odd.
    fn series(&mut self, run: &str, metric: &str) -> Result<Series, Error> {
        let (mut all, _) = self.series_of(run, &[metric], &|| true)?;
        Ok(all.pop().unwrap_or_default().0)
    }

    /// The same ready to be drawn, each thinned where it has more points than `most`.
    fn curves_of(
        &mut self,
        run: &str,
        metrics: &[&str],
        most: usize,
        keep_going: &dyn Fn() -> bool,
    ) -> CurvesAndProblems {
        let (all, problems) = self.series_of(run, metrics, keep_going)?;
        let curve = |(series, cursor)| (Curve::of_at_most(series, most), cursor);
        Ok((all.into_iter().map(curve).collect(), problems))
    }

    /// All points of one metric of one run from a step to another, both included, and one more on each side.
    fn window(
        &mut self,
        run: &str,
        metric: &str,
        (from, to): (i64, i64),
        keep_going: &dyn Fn() -> bool,
    ) -> Result<Series, Error> {
        cut_out(self, run, metric, (from, to), keep_going)
    }

    /// Whether anything was written since the last call; looks at the files' times and counters only, takes
    /// no lock.
    fn changed(&mut self) -> bool;

    /// Which state the store is in now; none where that cannot be told. Looks at the files' times and counters only,
    /// takes no lock.
    fn stamp(&mut self) -> Option<SourceStamp> {
        None
    }

    /// Lets go of the store until the next question.
    fn rest(&mut self);

    /// Finishes what no answer waited for.
    fn settle(&mut self) {}

    /// What came to some series since their cursors were made, in the order of `known`. Costs as much as what was
    /// written, not as what is known; rows that were taken away are noticed only when it is to be `thorough`, which
    /// counts what is known. `keep_going` as for [`Reader::series_of`].
    fn changes(
        &mut self,
        known: &[Known<'_>],
        thorough: bool,
        keep_going: &dyn Fn() -> bool,
    ) -> Result<Vec<News>, Error>;

    /// What came to any series since the store was read to `since`, a slice of it in the order in which it was written;
    /// without `since` only how far the store is written now. None where the store does not tell the order in which
    /// points came: there each series is followed by itself, see [`Reader::changes`].
    fn tail(&mut self, _since: Option<&Cursor>) -> Result<Option<Tail>, Error> {
        Ok(None)
    }

    /// How a table is read as runs; none where the store says itself what is a run.
    fn mapping(&self) -> Option<Mapped> {
        None
    }

    /// What a run left besides numbers, by path, then by step. A bounded number of them; what is left out is told.
    fn artifacts(&mut self, _run: &str) -> Result<(Vec<Artifact>, Vec<Problem>), Error> {
        Ok((Vec::new(), Vec::new()))
    }

    /// What one of these artifacts holds; an error where that is more than a person can look at.
    fn content(&mut self, run: &str, _artifact: &Artifact) -> Result<Content, Error> {
        Err(Error::NoContent { run: run.to_owned() })
    }
}

/// A window of a series that is read whole.
fn cut_out<R: Reader + ?Sized>(
    reader: &mut R,
    run: &str,
    metric: &str,
    (from, to): (i64, i64),
    keep_going: &dyn Fn() -> bool,
) -> Result<Series, Error> {
    let (mut all, _) = reader.series_of(run, &[metric], keep_going)?;
    Ok(all.pop().unwrap_or_default().0.between(from, to))
}

/// What tells one state of a store from another: words that mean the same in every build.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SourceStamp {
    /// Another when other files stand in their place.
    pub file: u64,
    /// Another as soon as anything was written.
    pub state: u64,
}

/// All runs, and what was odd in the store.
pub type RunsAndProblems = Result<(RunSet, Vec<Problem>), Error>;

/// Series, how far each was read, and what of them could not be read.
pub type SeriesAndProblems = Result<(Vec<(Series, Cursor)>, Vec<Problem>), Error>;

/// Series ready to be drawn, how far each was read, and what of them could not be read.
pub type CurvesAndProblems = Result<(Vec<(Curve, Cursor)>, Vec<Problem>), Error>;

/// What came to one series and how far it is known now, or why that one cannot be read any more.
pub type News = Result<(Change, Cursor), Error>;

/// Opens whatever lies at `path`: a store, or all stores of a folder as one.
pub fn open(path: &Path) -> Result<Box<dyn Reader>, Error> {
    open_with(path, Patience::Window)
}

/// The same, for one who waits longer or not at all.
pub fn open_with(path: &Path, patience: Patience) -> Result<Box<dyn Reader>, Error> {
    together::open(path, patience)
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
    /// How it is read, where that had to be guessed.
    pub mapping: Option<Mapping>,
}

/// The stores at a path: the file itself; or the folder itself, and what lies directly in it. What cannot be read,
/// or not yet, is also a problem. An error when nothing was found at all.
pub fn sources(path: &Path) -> Result<(Vec<Found>, Vec<Problem>), Error> {
    let (mut found, mut problems, mut first_error) = (Vec::new(), Vec::new(), None);
    let search = Search::whole(Patience::Window);
    for recognised in search.at(path)? {
        let error = match recognised {
            Recognised::Readable(path, mut store) => match store.count() {
                Ok(runs) => {
                    let mapping = store.mapping().map(|mapped| mapped.mapping);
                    found.push(Found { path, kind: store.kind(), runs, mapping });
                    continue;
                }
                Err(error) => error,
            },
            Recognised::NotYet(path, kind) => {
                let error = Error::NotYet { kind, path: sniff::shown(&path) };
                found.push(Found { path, kind, runs: 0, mapping: None });
                error
            }
            Recognised::Unreadable(_, error) => error,
        };
        problems.push(Problem::warning(error.to_string(), path.display().to_string()));
        first_error.get_or_insert(error);
    }
    problems.extend(search.left_out(path));
    if found.is_empty() {
        Err(first_error.unwrap_or_else(|| search.nothing(path)))
    } else {
        Ok((found, problems))
    }
}
