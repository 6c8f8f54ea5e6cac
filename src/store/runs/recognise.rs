//! What kind of store lies at a path, told by content; nothing is opened for writing.

pub(in crate::store::runs) mod heads;
pub(super) mod tables;

use std::cell::Cell;
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use self::heads::kind_of_head;
pub(super) use self::heads::table_form;
use super::access::{Access, one_at_a_time};
use super::error::Error;
use super::optuna::Optuna;
use super::trackio::Trackio;
use super::{Mlflow, MlflowFiles, Patience, Reader, Tables, Tensorboard, sniff};
use crate::problem::Problem;
use crate::runs::SourceKind;
use crate::shown::counted;

/// What asks whether a path is a tracker's own.
type Probe = fn(&Path, Patience) -> Result<Option<Box<dyn Reader>>, Error>;

/// Every tracker that can be read, in the order in which they are asked.
const PROBES: [Probe; 6] =
    [Mlflow::probe, Optuna::probe, Trackio::probe, MlflowFiles::probe, Tensorboard::probe, Tables::probe];

/// Enough for a head of some columns and a row of values.
const HEAD: u64 = 16_384;
/// Enough for one of thousands: read of texts whose first lines are so long.
const LONG_HEAD: u64 = 1 << 20;

/// What was found at a path.
pub(in crate::store) enum Recognised {
    /// A store that can be read.
    Readable(PathBuf, Box<dyn Reader>),
    /// A store of a kind that cannot be read yet.
    NotYet(PathBuf, SourceKind),
    /// What has a store's name, and why it is none.
    Unreadable(PathBuf, Error),
}

/// How thoroughly is looked.
pub(in crate::store) struct Search {
    patience: Patience,
    /// So many entries of a folder are looked at, the first by name of so many names.
    entries: usize,
    names: usize,
    /// How many more files are looked into.
    looks: Cell<usize>,
    /// Entries of folders that were not looked at.
    left_out: Cell<usize>,
}

impl Search {
    /// At what a person named.
    pub fn whole(patience: Patience) -> Self {
        Self {
            patience,
            entries: 2_000,
            names: 100_000,
            looks: Cell::new(usize::MAX),
            left_out: Cell::new(0),
        }
    }

    /// At what nobody has asked for: a bounded number of files, none of them waited for.
    pub fn glance() -> Self {
        Self {
            patience: Patience::Glance,
            entries: 200,
            names: 2_000,
            looks: Cell::new(2_000),
            left_out: Cell::new(0),
        }
    }

    /// What to say of entries that were not looked at, if there were any.
    pub fn left_out(&self, path: &Path) -> Option<Problem> {
        let count = self.left_out.get();
        let at_least = if count + self.entries >= self.names { "at least " } else { "" };
        let message = format!(
            "{at_least}{} of this folder {} not looked at; open stores among them by themselves",
            counted(count, "more entry", "more entries"),
            if count == 1 { "was" } else { "were" }
        );
        (count > 0).then(|| Problem::warning(message, sniff::shown(path)))
    }

    /// Why nothing was found at all.
    pub fn nothing(&self, path: &Path) -> Error {
        let path_shown = sniff::shown(path);
        if self.left_out.get() > 0 {
            Error::NoStoreAmong { looked: self.entries, path: path_shown }
        } else {
            Error::NoStore(path_shown)
        }
    }

    /// Everything at a path: the file itself; or the folder itself, and what lies directly in it, by name; where that is
    /// nothing, what lies in the folders there.
    pub fn at(&self, path: &Path) -> Result<Vec<Recognised>, Error> {
        let data = fs::metadata(path).map_err(|error| sniff::unreadable(path, &error))?;
        if !data.is_dir() {
            return Ok(vec![self.file(path)]);
        }
        fs::read_dir(path).map_err(|error| sniff::unreadable(path, &error))?;
        let mut found = Vec::new();
        let own = kind_of_folder(path);
        let is_aim = own == Some(SourceKind::Aim);
        found.extend(self.folder(path, own));
        // What lies in an `mlruns` folder is its own, each experiment a store by itself.
        let is_mlruns = |found: &Recognised| matches!(found, Recognised::Readable(_, store) if store.kind() == SourceKind::MlflowFiles);
        if is_aim || found.iter().any(is_mlruns) {
            return Ok(found);
        }
        let is_known = !found.is_empty();
        let is_log = |found: &Recognised| matches!(found, Recognised::Readable(_, store) if store.kind() == SourceKind::Tensorboard);
        let is_all_logs = found.iter().any(is_log);
        let entries = self.entries(path, self.entries);
        for entry in &entries {
            // What lies below a folder of logs is a run of it.
            found.extend(self.entry(entry, is_known).filter(|below| !is_all_logs || !is_log(below)));
        }
        // Runs with folders of their own for training and evaluation: all of them are one store, however deep they lie.
        // What nobody named is not looked through so far.
        let is_named = self.patience != Patience::Glance;
        if is_named && found.is_empty() {
            found = self.one_deeper(&entries, |_| true);
        } else if is_named && found.iter().all(is_log) {
            // Logs are found however deep they lie; what else may lie there has a database's name.
            found.extend(self.one_deeper(&entries, has_database_name));
        }
        if is_all_logs {
            // Whatever lies below is a run of the store.
            self.left_out.set(0);
        } else if found.iter().all(is_log) && (is_named || found.len() > 1) {
            found = Tensorboard::of_folder(path)
                .map(|store| Recognised::Readable(path.to_path_buf(), store))
                .into_iter()
                .collect();
            if !found.is_empty() {
                self.left_out.set(0);
            }
        }
        Ok(found)
    }

    /// What an entry of a folder is; of a folder that is a store itself only what a tracker takes for its own.
    fn entry(&self, entry: &Path, is_known: bool) -> Option<Recognised> {
        if entry.is_dir() {
            let kind = if is_known { None } else { kind_of_folder(entry) };
            self.folder(entry, kind)
        } else if entry.is_file() {
            self.file_in_folder(entry)
        } else {
            None
        }
    }

    /// What lies in the folders among some entries: many keep a folder for each tracker or project.
    fn one_deeper(&self, entries: &[PathBuf], fits: impl Fn(&Path) -> bool) -> Vec<Recognised> {
        /// Of each folder; and of all of them so many files are looked into.
        const MOST: usize = 200;
        const MOST_LOOKS: usize = 5_000;
        self.looks.set(self.looks.get().min(MOST_LOOKS));
        let folders = entries.iter().filter(|entry| entry.is_dir());
        folders
            .flat_map(|folder| self.entries(folder, MOST))
            .filter(|entry| fits(entry))
            .filter_map(|entry| self.entry(&entry, false))
            .collect()
    }

    /// The first tracker that takes a path for its own, or why that cannot be told.
    fn probed(&self, path: &Path) -> Option<Recognised> {
        PROBES.into_iter().find_map(|probe| match probe(path, self.patience) {
            Ok(store) => store.map(|store| Recognised::Readable(path.to_path_buf(), store)),
            Err(error) => Some(Recognised::Unreadable(path.to_path_buf(), error)),
        })
    }

    /// A folder that is a store as a whole.
    fn folder(&self, path: &Path, kind: Option<SourceKind>) -> Option<Recognised> {
        let not_yet = || kind.map(|kind| Recognised::NotYet(path.to_path_buf(), kind));
        self.probed(path).or_else(not_yet)
    }

    /// A file that was named by a person: whatever it is, something is said of it.
    fn file(&self, path: &Path) -> Recognised {
        self.probed(path).unwrap_or_else(|| match self.kind_of_file(path) {
            Ok(kind) => Recognised::NotYet(path.to_path_buf(), kind),
            Err(error) => Recognised::Unreadable(path.to_path_buf(), error),
        })
    }

    /// What a file is that no tracker takes for its own.
    fn kind_of_file(&self, path: &Path) -> Result<SourceKind, Error> {
        match Access::file(path, self.patience) {
            Ok(mut access) => tables::kind_not_yet(&tables::names(&mut access)?)
                .ok_or_else(|| Error::Foreign(sniff::shown(path))),
            Err(error @ (Error::Text(_) | Error::Encoding(_) | Error::NotDatabase(_))) => {
                match kind_of_head(&self.head(path)) {
                    Some((kind, _)) => Ok(kind),
                    None => Err(error),
                }
            }
            Err(error) => Err(error),
        }
    }

    /// A file that a folder holds: other programs' files are passed over, tables only taken for runs where they
    /// count steps.
    fn file_in_folder(&self, path: &Path) -> Option<Recognised> {
        if self.looks.get() == 0 {
            self.left_out.set(self.left_out.get() + 1);
            return None;
        }
        let head = self.head(path);
        let is_named = has_database_name(path);
        if is_named || head.starts_with(sniff::MAGIC) {
            return match self.file(path) {
                Recognised::Unreadable(..) if !is_named => None,
                recognised => Some(recognised),
            };
        }
        match kind_of_head(&head)? {
            (kind @ SourceKind::OptunaJournal, _) => Some(Recognised::NotYet(path.to_path_buf(), kind)),
            // Its folder is the store.
            (SourceKind::Tensorboard, _) | (_, false) => None,
            (_, true) => self.probed(path),
        }
    }

    /// The first entries of a folder by name; how many more there are is counted.
    fn entries(&self, folder: &Path, most: usize) -> Vec<PathBuf> {
        let read = fs::read_dir(folder).into_iter().flatten();
        let mut paths: Vec<PathBuf> =
            read.take(self.names).filter_map(|entry| Some(entry.ok()?.path())).collect();
        paths.sort();
        self.left_out.set(self.left_out.get() + paths.len().saturating_sub(most));
        paths.truncate(most);
        paths
    }

    /// The first bytes of a file; none where it cannot be read, or enough files were looked into.
    fn head(&self, path: &Path) -> Vec<u8> {
        let _alone = one_at_a_time();
        let mut head = Vec::new();
        if !sniff::is_ordinary(path) || self.looks.get() == 0 {
            return head;
        }
        self.looks.set(self.looks.get() - 1);
        let is_cut = |head: &[u8]| {
            head.len() as u64 == HEAD
                && !head.contains(&0)
                && memchr::memchr_iter(b'\n', head).take(2).count() < 2
        };
        let read = fs::File::open(path).and_then(|mut file| {
            file.by_ref().take(HEAD).read_to_end(&mut head)?;
            if self.patience != Patience::Glance && is_cut(&head) {
                file.take(LONG_HEAD - HEAD).read_to_end(&mut head)?;
            }
            Ok(())
        });
        read.map_or_else(|_| Vec::new(), |()| head)
    }
}

fn has_database_name(path: &Path) -> bool {
    path.extension().is_some_and(|end| end == "db" || end == "sqlite" || end == "sqlite3")
}

/// Whether a folder is a repository of Aim's; nothing else of it is a store.
fn kind_of_folder(folder: &Path) -> Option<SourceKind> {
    let is_aim = folder.join("run_metadata.sqlite").is_file()
        && ["meta", "seqs"].iter().any(|name| folder.join(name).is_dir());
    is_aim.then_some(SourceKind::Aim)
}
