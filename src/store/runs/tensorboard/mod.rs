//! TensorBoard's event files: a folder that holds some is a run, named by its path below the folder that was opened.
//!
//! All points are kept. Where a run was started again at an earlier step, TensorBoard takes what it has beyond that step
//! away (when a file says `SessionLog.START`, or of old versions when steps go back); here they stay, and the same step
//! may come twice. Its own values of hyperparameters stand in the run whose folder holds them, which for some writers is
//! a folder below the one with the curves.

mod changes;
mod event;
mod file;
mod index;
mod messages;
mod oddities;
mod places;
mod records;
mod session;
mod store;
mod survey;
mod table;
mod tag;
mod tensor;
mod wire;

use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard};

use self::store::Store;
use self::tag::Kind;
use super::{Error, Known, News, Patience, Reader, RunsAndProblems, SeriesAndProblems, SourceStamp};
use crate::problem::Problem;
use crate::runs::{Artifact, Content, SourceKind};

/// An open folder of event files, or one such file.
pub struct Tensorboard {
    store: Arc<Mutex<Store>>,
    /// Of sizes and times, when somebody asked last or first read something.
    seen: Option<u64>,
}

/// Whoever panicked while holding it may have left half a record taken in: everything is read again.
fn held(store: &Mutex<Store>) -> MutexGuard<'_, Store> {
    store.lock().unwrap_or_else(|poisoned| {
        let mut own = poisoned.into_inner();
        own.forget();
        store.clear_poison();
        own
    })
}

impl Tensorboard {
    /// Opens a folder however deep the event files in it lie; none where there are none.
    pub(super) fn of_folder(path: &Path) -> Option<Box<dyn Reader>> {
        let own = Self::open(path);
        let has_events = own.held().survey().has_events();
        has_events.then(|| Box::new(own) as Box<dyn Reader>)
    }

    fn open(path: &Path) -> Self {
        Self { store: store::shared(path), seen: None }
    }

    fn held(&self) -> MutexGuard<'_, Store> {
        held(&self.store)
    }

    /// The store, to be read: what is written from now on is a change.
    fn reading(&mut self) -> MutexGuard<'_, Store> {
        let mut store = held(&self.store);
        self.seen.get_or_insert_with(|| store.survey().stamp());
        store
    }
}

impl Reader for Tensorboard {
    fn probe(path: &Path, patience: Patience) -> Result<Option<Box<dyn Reader>>, Error> {
        let is_own =
            if path.is_dir() { survey::is_log_folder(path, patience) } else { survey::is_event_file(path) };
        Ok(is_own.then(|| Box::new(Self::open(path)) as Box<dyn Reader>))
    }

    fn kind(&self) -> SourceKind {
        SourceKind::Tensorboard
    }

    fn is_live(&self) -> bool {
        true
    }

    fn count(&mut self) -> Result<usize, Error> {
        Ok(self.held().survey_again().runs.len())
    }

    fn runs_while(&mut self, _deleted: bool, keep_going: &dyn Fn(u64) -> bool) -> RunsAndProblems {
        let mut store = self.reading();
        let read = table::read(&mut store, keep_going)?;
        // Each run may go while the others are read, but not the store.
        if !store.root.exists() {
            return Err(Error::Missing(store.root.display().to_string()));
        }
        Ok(read)
    }

    fn series_of(&mut self, run: &str, metrics: &[&str], keep_going: &dyn Fn() -> bool) -> SeriesAndProblems {
        let mut store = self.reading();
        let all = changes::whole(&mut store, run, metrics, keep_going)?;
        let problems = store.index(run).map(table::problems_of).unwrap_or_default();
        Ok((all, problems))
    }

    fn stamp(&mut self) -> Option<SourceStamp> {
        self.held().survey().words()
    }

    fn changed(&mut self) -> bool {
        let now = self.held().survey().stamp();
        self.seen.replace(now).is_some_and(|seen| seen != now)
    }

    fn rest(&mut self) {}

    fn changes(
        &mut self,
        known: &[Known<'_>],
        thorough: bool,
        keep_going: &dyn Fn() -> bool,
    ) -> Result<Vec<News>, Error> {
        changes::since(&mut self.reading(), known, thorough, keep_going)
    }

    fn artifacts(&mut self, run: &str) -> Result<(Vec<Artifact>, Vec<Problem>), Error> {
        let mut store = self.reading();
        store.prepared(run, false, &|| true)?;
        let Some(index) = store.read(run, &mut (), &|_| true)? else { return Ok(Default::default()) };
        let all = index.artifacts.iter().map(|place| place.artifact(&index.tags[place.tag as usize].name));
        let mut all: Vec<Artifact> = all.collect();
        all.sort_by(|a, b| (&a.path, a.step).cmp(&(&b.path, b.step)));
        Ok((all, table::problems_of(index)))
    }

    fn content(&mut self, run: &str, artifact: &Artifact) -> Result<Content, Error> {
        let mut store = self.reading();
        let none = || Error::NoContent { run: run.to_owned() };
        let index = store.prepared(run, false, &|| true)?.ok_or_else(none)?;
        let (number, at) = places::place_of(artifact);
        let file = index.files.get(number).ok_or_else(none)?;
        let kind_of = |tag: &str| index.tag(tag).map_or(Kind::Unnamed, |tag| tag.kind);
        places::content(&file.path, at, artifact, kind_of)?.ok_or_else(none)
    }
}
