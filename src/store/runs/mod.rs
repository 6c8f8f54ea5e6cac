//! Readers of experiment trackers' stores. A foreign store is read in short slices, no lock is held between
//! them, and nothing beside the file is created or changed.

pub(in crate::store) mod access;
mod error;
pub mod mlflow;
mod sniff;

use std::path::{Path, PathBuf};

use crate::problem::Problem;
use crate::runs::{RunSet, Series, SourceKind};

pub use error::Error;
pub use mlflow::Mlflow;

/// What a store is read through: the only thing a tracker implements.
pub trait Reader: Send {
    /// What kind of store it is.
    fn kind(&self) -> SourceKind;

    /// All active runs of active experiments, or with `deleted` the deleted ones too.
    fn runs(&mut self, deleted: bool) -> Result<(RunSet, Vec<Problem>), Error>;

    /// All points of one metric of one run. `keep_going` is asked between slices; when it says no, what was
    /// read so far is returned.
    fn series(&mut self, run: &str, metric: &str, keep_going: &dyn Fn() -> bool) -> Result<Series, Error>;

    /// What came to a series that had `known` points up to `last_step`: only the new points where they all
    /// come after it, else everything.
    fn tail(&mut self, run: &str, metric: &str, known: usize, last_step: i64) -> Result<Tail, Error>;

    /// Whether anything was written since the last call; looks at the files' times and counters only, takes
    /// no lock.
    fn changed(&mut self) -> bool;

    /// What was odd in the series read since the last call.
    fn problems(&mut self) -> Vec<Problem>;
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

/// Opens whatever store lies at `path`; a folder is looked through one level deep for its first store.
pub fn open(path: &Path) -> Result<Box<dyn Reader>, Error> {
    let file = {
        let _alone = access::one_at_a_time();
        sniff::store_at(path)?
    };
    Ok(Box::new(Mlflow::open(&file)?))
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
    /// How many active runs it has.
    pub runs: usize,
}

/// The stores at a path: the file itself, or those one level below a folder. What looks like a store but
/// cannot be read becomes a problem.
pub fn sources(path: &Path) -> Result<(Vec<Found>, Vec<Problem>), Error> {
    let (mut found, mut problems, mut first_error) = (Vec::new(), Vec::new(), None);
    let files = sniff::candidates(path)?;
    for file in &files {
        let counted = Mlflow::open(file).and_then(|mut reader| Ok((reader.kind(), reader.count()?)));
        match counted {
            Ok((kind, runs)) => found.push(Found { path: file.clone(), kind, runs }),
            Err(error) if path.is_file() => return Err(error),
            Err(error) => {
                problems.push(Problem::warning(error.to_string(), file.display().to_string()));
                first_error.get_or_insert(error);
            }
        }
    }
    if found.is_empty() {
        Err(first_error.unwrap_or_else(|| sniff::no_store(path)))
    } else {
        Ok((found, problems))
    }
}
