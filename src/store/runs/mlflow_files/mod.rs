//! MLflow's file store, an `mlruns` folder: a folder for each experiment and run, a small file for each value.
//!
//! Nothing is locked or written. Files are told apart by length and time, and what did not change is not read again.

mod changes;
mod datasets;
mod kept;
mod layout;
mod lines;
mod listing;
mod meta;
mod models;
mod odd;
mod points;
mod stamp;
mod values;
mod watch;

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use self::layout::Layout;
use self::listing::Table;
use self::meta::RunMeta;
use self::stamp::Stamp;
use self::watch::Watch;
use super::artifact_files::{self, Root};
use super::{Error, Known, News, Patience, Reader, RunsAndProblems, SeriesAndProblems, sniff};
use crate::problem::Problem;
use crate::runs::{Artifact, Content, SourceKind};

/// An open `mlruns` folder.
pub struct MlflowFiles {
    layout: Layout,
    table: Table,
    watch: Watch,
    /// Where runs were found that somebody asked for.
    places: HashMap<String, PathBuf>,
}

impl MlflowFiles {
    fn over(layout: Layout) -> Self {
        Self { layout, table: Table::default(), watch: Watch::default(), places: HashMap::new() }
    }

    /// The folder of a run, active or deleted.
    fn run(&mut self, id: &str) -> Option<PathBuf> {
        let known = self.places.get(id).filter(|path| path.is_dir());
        if let Some(path) = known {
            return Some(path.clone());
        }
        let path = self.layout.run(id)?;
        self.places.insert(id.to_owned(), path.clone());
        Some(path)
    }

    /// A run's own folder of artifacts, which also moves with the store, where it holds something; else where the run
    /// says that they lie.
    fn artifact_place(&mut self, run: &str) -> Option<Place> {
        let folder = self.run(run)?;
        let own = folder.join("artifacts");
        if own.read_dir().is_ok_and(|mut entries| entries.next().is_some()) {
            return Some(Place::Own(own));
        }
        let file = folder.join("meta.yaml");
        let meta = meta::read::<RunMeta>(&file, Stamp::of_file(&file)).ok()?;
        meta.artifact_uri.map(Place::Named)
    }
}

/// Where artifacts lie.
enum Place {
    Own(PathBuf),
    Named(String),
}

impl Reader for MlflowFiles {
    fn probe(path: &Path, patience: Patience) -> Result<Option<Box<dyn Reader>>, Error> {
        let layout = Layout::of(path, patience)?;
        Ok(layout.map(|layout| Box::new(Self::over(layout)) as Box<dyn Reader>))
    }

    fn kind(&self) -> SourceKind {
        SourceKind::MlflowFiles
    }

    fn is_live(&self) -> bool {
        true
    }

    fn count(&mut self) -> Result<usize, Error> {
        self.table.count(&self.layout)
    }

    fn runs_while(&mut self, deleted: bool, keep_going: &dyn Fn(u64) -> bool) -> RunsAndProblems {
        let (set, problems, watch) = self.table.read(&self.layout, deleted, keep_going)?;
        self.watch = watch;
        Ok((set, problems))
    }

    fn series_of(&mut self, run: &str, metrics: &[&str], keep_going: &dyn Fn() -> bool) -> SeriesAndProblems {
        changes::series_of(self, run, metrics, keep_going)
    }

    fn changes(
        &mut self,
        known: &[Known<'_>],
        thorough: bool,
        keep_going: &dyn Fn() -> bool,
    ) -> Result<Vec<News>, Error> {
        changes::since(self, known, thorough, keep_going)
    }

    /// No file stays open.
    fn rest(&mut self) {}

    fn changed(&mut self) -> bool {
        self.watch.changed()
    }

    fn artifacts(&mut self, run: &str) -> Result<(Vec<Artifact>, Vec<Problem>), Error> {
        match self.artifact_place(run) {
            Some(Place::Own(path)) => Ok(Root::at(&path)?.map(|root| root.list()).unwrap_or_default()),
            Some(Place::Named(address)) => artifact_files::list(&address, Some(&self.layout.root)),
            None => Ok(Default::default()),
        }
    }

    fn content(&mut self, run: &str, artifact: &Artifact) -> Result<Content, Error> {
        let root = match self.artifact_place(run) {
            Some(Place::Own(path)) => Root::at(&path)?,
            Some(Place::Named(address)) => Root::named(&address, &self.layout.root)?,
            None => None,
        };
        root.ok_or_else(|| Error::NoContent { run: run.to_owned() })?.content(run, artifact)
    }
}

/// The file of a run's metric.
fn metric_file(run: &Path, metric: &str) -> Option<PathBuf> {
    Some(run.join("metrics").join(artifact_files::below(metric)?))
}

/// What errors and problems call a file.
fn name(path: &Path) -> String {
    sniff::shown(path)
}
