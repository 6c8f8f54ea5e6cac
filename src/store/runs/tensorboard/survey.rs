//! Which folders below one hold event files. Each of them is a run.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use super::file::{CONTINUED_WITHIN, head};
use super::records::length_of;
use crate::problem::Problem;
use crate::store::runs::access::settled;
use crate::store::runs::cursor::Fingerprint;
use crate::store::runs::recognise::heads::is_event_record;
use crate::store::runs::{Patience, SourceStamp};

/// How far is looked.
const MOST_LEVELS: usize = 16;
const MOST_FOLDERS: usize = 50_000;
const MOST_NAMES: usize = 2_000_000;
const MOST_RUNS: usize = 10_000;

/// A run with more files than this is made up.
const MOST_FILES: usize = 10_000;

/// Files that are looked into where no name tells which hold events.
const LOOKED_INTO: usize = 20;

/// Such files in all.
const MOST_LOOKS: usize = 5_000;

/// What the first record fits into: a time and the format's version.
const FIRST_RECORD: u64 = 300;

/// What lies in a folder.
#[derive(Debug, Default)]
struct Entries {
    /// Files with the name that TensorBoard gives to event files.
    named: Vec<PathBuf>,
    /// Some others.
    others: Vec<PathBuf>,
    /// Folders, and whether each is a link to one.
    folders: Vec<(PathBuf, bool)>,
    count: usize,
}

impl Entries {
    fn of(folder: &Path, most: usize) -> Self {
        let mut found = Self::default();
        for entry in fs::read_dir(folder).into_iter().flatten().take(most).filter_map(Result::ok) {
            found.count += 1;
            let path = entry.path();
            let Ok(own) = entry.file_type() else { continue };
            let is_folder = own.is_dir() || (own.is_symlink() && path.is_dir());
            if is_folder {
                found.folders.push((path, own.is_symlink()));
            } else if is_named(&path) {
                found.named.push(path);
            } else {
                found.others.push(path);
            }
        }
        found.named.sort();
        found.others.sort();
        found.others.truncate(LOOKED_INTO);
        found.folders.sort();
        found
    }

    /// The event files among them. Their name tells them; where no file has it, some are looked into, as long as there are
    /// `looks`.
    fn event_files(self, looks: &mut usize) -> Vec<PathBuf> {
        if self.named.is_empty() {
            *looks = looks.saturating_sub(self.others.len());
            if *looks == 0 {
                return Vec::new();
            }
            let holds = |path: &PathBuf| is_event_record(&head(path, FIRST_RECORD));
            self.others.into_iter().filter(holds).collect()
        } else {
            self.named
        }
    }

    /// Whether some of them hold events indeed; of files whose names do not say so, some `others` are looked into.
    fn has_events(&self, others: usize) -> bool {
        let begins = |path: &PathBuf| length_of(&head(path, FIRST_RECORD)).is_some();
        let holds = |path: &PathBuf| is_event_record(&head(path, FIRST_RECORD));
        self.named.iter().take(LOOKED_INTO).any(begins) || self.others.iter().take(others).any(holds)
    }
}

/// TensorBoard's rule. The profiler leaves files that hold nothing.
fn is_named(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.contains("tfevents") && !name.ends_with(".profile-empty")
}

/// Whether a file is one of events.
pub(super) fn is_event_file(path: &Path) -> bool {
    let head = head(path, FIRST_RECORD);
    is_event_record(&head) || (is_named(path) && length_of(&head).is_some())
}

/// Whether a folder, or one directly in it, holds events. At a glance names are believed in that there is nothing to look for.
pub(super) fn is_log_folder(path: &Path, patience: Patience) -> bool {
    let ([own, folders, below], [looks, looks_below]) = match patience {
        Patience::Glance => ([500, 50, 50], [0, 0]),
        Patience::Window | Patience::Command => ([100_000, 500, 10_000], [LOOKED_INTO, 5]),
    };
    let entries = Entries::of(path, own);
    let mut folders = entries.folders.iter().take(folders);
    entries.has_events(looks) || folders.any(|(folder, _)| Entries::of(folder, below).has_events(looks_below))
}

/// The event files of a folder in TensorBoard's order.
pub(super) fn event_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Entries::of(folder, MOST_NAMES).event_files(&mut { usize::MAX });
    files.truncate(MOST_FILES);
    files
}

/// What lies below a folder, or a file alone.
#[derive(Debug, Default)]
pub(super) struct Survey {
    /// The folders of runs by name: their path below the first one, `.` for that itself.
    pub runs: BTreeMap<String, PathBuf>,
    /// What was not looked at.
    pub problems: Vec<Problem>,
    folders: Vec<PathBuf>,
    files: Vec<PathBuf>,
    names: usize,
    /// How many more files are looked into.
    looks: usize,
}

impl Survey {
    pub fn of(root: &Path) -> Self {
        let mut survey = Self { looks: MOST_LOOKS, ..Self::default() };
        if root.is_dir() {
            let chain = &mut vec![root.canonicalize().unwrap_or_else(|_| root.to_path_buf())];
            let is_whole = survey.walk(root, "", chain);
            if !is_whole {
                let message = format!(
                    "This is more than is looked through ({MOST_RUNS} runs, {MOST_FOLDERS} folders in {MOST_LEVELS} \
                     levels); open a folder below it: {}",
                    root.display()
                );
                survey.problems.push(Problem::warning(message, root.display().to_string()));
            }
        } else {
            survey.runs.insert(".".to_owned(), root.to_path_buf());
            survey.files.push(root.to_path_buf());
        }
        survey
    }

    /// Looks through a folder and those below; `chain` holds where it and those above it really lie. False where something
    /// was left out.
    fn walk(&mut self, folder: &Path, name: &str, chain: &mut Vec<PathBuf>) -> bool {
        if self.folders.len() == MOST_FOLDERS || self.names >= MOST_NAMES || chain.len() > MOST_LEVELS {
            return false;
        }
        self.folders.push(folder.to_path_buf());
        let entries = Entries::of(folder, MOST_NAMES - self.names);
        self.names += entries.count;
        let mut is_whole = self.names < MOST_NAMES;
        for (below, is_link) in &entries.folders {
            let own = below.file_name().unwrap_or_default();
            let real =
                if *is_link { below.canonicalize().ok() } else { chain.last().map(|real| real.join(own)) };
            // A link may lead back to a folder that it lies in.
            let Some(real) = real.filter(|real| !chain.contains(real)) else { continue };
            chain.push(real);
            let own = own.to_string_lossy();
            let name = if name.is_empty() { own.into_owned() } else { format!("{name}/{own}") };
            is_whole &= self.walk(below, &name, chain);
            chain.pop();
        }
        let files = entries.event_files(&mut self.looks);
        if files.is_empty() {
            return is_whole;
        }
        let name = if name.is_empty() { "." } else { name };
        if self.runs.len() == MOST_RUNS || self.runs.contains_key(name) {
            return false;
        }
        self.runs.insert(name.to_owned(), folder.to_path_buf());
        self.files.extend(files.into_iter().take(MOST_FILES));
        is_whole
    }

    /// Whether a file holds events indeed; names alone may say anything.
    pub fn has_events(&self) -> bool {
        self.files.iter().take(1_000).any(|file| is_event_file(file))
    }

    /// The state of the files in words. What was written within [`CONTINUED_WITHIN`] is another each time: until then a record
    /// that is cut short may still be continued.
    pub fn words(&self) -> Option<SourceStamp> {
        let (mut state, mut last) = (Fingerprint::new(), SystemTime::UNIX_EPOCH);
        for path in self.folders.iter().chain(&self.files) {
            let data = fs::metadata(path).ok()?;
            let written = data.modified().ok()?;
            let nanos = written.duration_since(SystemTime::UNIX_EPOCH).ok()?.as_nanos();
            state = state.add(path.as_os_str().as_encoded_bytes());
            state = state.add(&nanos.to_le_bytes()).add(&data.len().to_le_bytes());
            last = last.max(written);
        }
        let root = self.folders.first().map_or(&[][..], |root| root.as_os_str().as_encoded_bytes());
        let has_rested = last.elapsed().is_ok_and(|age| age >= CONTINUED_WITHIN);
        let state = if has_rested { state } else { settled(state, SystemTime::now()) };
        Some(SourceStamp { file: Fingerprint::new().add(root).word(), state: state.word() })
    }

    /// A word that is another one when files or folders are written to. A folder that was changed a moment ago is told by
    /// the number of its entries as well, since the system's clock may give the next change the same time.
    pub fn stamp(&self) -> u64 {
        const MOMENT: Duration = Duration::from_secs(2);
        let now = SystemTime::now();
        let mut print = Fingerprint::new();
        for (path, is_folder) in
            self.folders.iter().map(|path| (path, true)).chain(self.files.iter().map(|path| (path, false)))
        {
            let Ok(data) = fs::metadata(path) else {
                print = print.add(b"gone");
                continue;
            };
            let changed = data.modified().unwrap_or(SystemTime::UNIX_EPOCH);
            let age = now.duration_since(changed).unwrap_or_default();
            let nanos = changed.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_nanos();
            let count = if !is_folder {
                data.len()
            } else if age < MOMENT {
                fs::read_dir(path).map_or(0, |entries| entries.take(MOST_NAMES).count() as u64)
            } else {
                0
            };
            print = print.add(&nanos.to_le_bytes()).add(&count.to_le_bytes());
        }
        print.word()
    }
}
