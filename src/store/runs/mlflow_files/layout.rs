//! Where things lie in a store: experiments, their runs, and the files of a run by key.

use std::fs;
use std::path::{Path, PathBuf};

use super::meta::{self, ExperimentMeta};
use super::stamp::Stamp;
use crate::store::runs::artifact_files::below;
use crate::store::runs::{Error, Patience, sniff};

/// Where deleted experiments go.
const TRASH: &str = ".trash";

/// Registered models, in the store's folder; logged ones, in an experiment's.
pub(super) const MODELS: &str = "models";

/// Folders of an experiment that are no runs.
const NO_RUNS: [&str; 4] = ["tags", "datasets", "traces", MODELS];

/// Folders or files beside each other that are looked at; MLflow has no such limit, a hostile folder has no other.
const MOST_ENTRIES: usize = 200_000;

/// Folders within each other that one key makes: a key has at most 250 letters.
const MOST_LEVELS: usize = 128;

/// Files of one run that are read.
const MOST_FILES: usize = 20_000;

/// The folder of a store, or of one experiment of it.
#[derive(Clone, Debug)]
pub(super) struct Layout {
    pub root: PathBuf,
    /// Whether the folder is an experiment's own.
    pub is_experiment: bool,
}

impl Layout {
    /// Of a folder that holds experiments, or is one; none where it does neither.
    pub fn of(path: &Path, patience: Patience) -> Result<Option<Self>, Error> {
        let data = fs::metadata(path).map_err(|error| sniff::unreadable(path, &error))?;
        if !data.is_dir() {
            return Ok(None);
        }
        let of = |is_experiment| Some(Self { root: path.to_path_buf(), is_experiment });
        if is_experiment(path) {
            return Ok(of(true));
        }
        let most = if patience == Patience::Glance { 100 } else { 2_000 };
        let entries = fs::read_dir(path).map_err(|error| sniff::unreadable(path, &error))?;
        let mut folders = entries.flatten().take(most).map(|entry| entry.path());
        Ok(if folders.any(|folder| is_experiment(&folder)) { of(false) } else { None })
    }

    /// The folders that may be experiments: active ones, and with `deleted` the others too.
    pub fn experiments(&self, deleted: bool) -> Result<Vec<PathBuf>, Error> {
        if self.is_experiment {
            fs::metadata(&self.root).map_err(|error| sniff::unreadable(&self.root, &error))?;
            return Ok(vec![self.root.clone()]);
        }
        let active = folders(&self.root).map_err(|error| sniff::unreadable(&self.root, &error))?;
        let is_hidden =
            |path: &PathBuf| path.file_name().is_some_and(|name| name.as_encoded_bytes()[0] == b'.');
        let mut all = active;
        all.retain(|path| !path.ends_with(MODELS) && !is_hidden(path));
        if deleted {
            all.extend(folders(&self.trash()).unwrap_or_default());
        }
        Ok(all)
    }

    /// Where deleted experiments lie.
    pub fn trash(&self) -> PathBuf {
        self.root.join(TRASH)
    }

    /// The folder of a run, active or deleted.
    pub fn run(&self, id: &str) -> Option<PathBuf> {
        let own = below(id).filter(|path| path.components().count() == 1)?;
        let places = self.experiments(true).ok()?;
        let mut paths = places.into_iter().map(|place| place.join(&own));
        paths.find(|path| Stamp::of_file(&path.join("meta.yaml")).is_some())
    }
}

/// The folders of an experiment that may be runs.
pub(super) fn runs(experiment: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut all = folders(experiment)?;
    all.retain(|path| !NO_RUNS.iter().any(|name| path.ends_with(name)));
    Ok(all)
}

fn is_experiment(folder: &Path) -> bool {
    let file = folder.join("meta.yaml");
    // Most folders have none, and that costs one question.
    let stamp = Stamp::of_file(&file);
    stamp.is_some()
        && meta::read::<ExperimentMeta>(&file, stamp)
            .is_ok_and(|meta| meta.experiment_id.is_some() && meta.artifact_location.is_some())
}

/// The folders in a folder, by name. A link to a folder counts: large experiments are moved to other disks.
pub(super) fn folders(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder)?.flatten().take(MOST_ENTRIES) {
        let is_folder = entry.file_type().is_ok_and(|kind| {
            kind.is_dir() || (kind.is_symlink() && fs::metadata(entry.path()).is_ok_and(|data| data.is_dir()))
        });
        if is_folder {
            paths.push(entry.path());
        }
    }
    paths.sort();
    Ok(paths)
}

/// A file that a key names.
#[derive(Debug)]
pub(super) struct Keyed {
    pub key: String,
    pub path: PathBuf,
    pub stamp: Stamp,
}

/// The files below a folder, each with its path there as its key, by key.
#[derive(Debug, Default)]
pub(super) struct KeyedFiles {
    pub files: Vec<Keyed>,
    /// What is no ordinary file, or has a name that is no text.
    pub odd: Vec<PathBuf>,
    /// Whether there are more, or they lie deeper, than is looked at.
    pub is_cut: bool,
}

/// See [`KeyedFiles`]; none where there is no such folder.
pub(super) fn keyed(folder: &Path) -> KeyedFiles {
    let mut found = KeyedFiles::default();
    let mut next = vec![(folder.to_path_buf(), String::new(), 0)];
    while let Some((path, prefix, level)) = next.pop() {
        let Ok(entries) = fs::read_dir(&path) else { continue };
        for entry in entries.flatten() {
            if found.files.len() + found.odd.len() + next.len() >= MOST_FILES {
                found.is_cut = true;
                break;
            }
            let (path, name) = (entry.path(), entry.file_name());
            // Of the entry itself: a link is not followed.
            let (Some(name), Ok(data)) = (name.to_str(), entry.metadata()) else {
                found.odd.push(path);
                continue;
            };
            let key = format!("{prefix}{name}");
            if data.is_file() {
                found.files.push(Keyed { key, stamp: Stamp::of(&data), path });
            } else if !data.is_dir() {
                found.odd.push(path);
            } else if level < MOST_LEVELS {
                next.push((path, format!("{key}/"), level + 1));
            } else {
                found.is_cut = true;
            }
        }
    }
    found.files.sort_by(|a, b| a.key.cmp(&b.key));
    found
}
