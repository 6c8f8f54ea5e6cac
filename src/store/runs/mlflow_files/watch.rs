//! Whether anything was written since the last look, for the price of some thousand questions to the file system at
//! most, however large the store is.
//!
//! Every look asks for the folders (a run that begins or vanishes changes its experiment's) and for all small files of
//! those running runs that were written last. Everything else, runs that ended, running runs that nobody wrote into
//! for long (a killed process leaves its run running for ever) and models, is asked for in turn, a part of it at each
//! look: it is noticed some looks later.

use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::layout::{KeyedFiles, Layout, keyed};
use super::stamp::Stamp;
use crate::store::runs::cursor::Fingerprint;

/// Running runs that every look asks for.
const LIVELY: usize = 16;
/// Other running runs at each look.
const RUNNING: usize = 4;
/// Single files at each look.
const FILES: usize = 256;
/// Files of runs after which a look ends.
const MOST: usize = 4_000;

/// A run that runs.
#[derive(Debug)]
struct Running {
    folder: PathBuf,
    print: Print,
}

/// What tells one state of a run's files from another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Print {
    word: u64,
    /// When the newest was written.
    newest: i64,
    count: usize,
}

/// Of a run's `meta.yaml` and its files.
pub(super) fn print_of(meta: Option<Stamp>, all: &[KeyedFiles; 3]) -> Print {
    let mut word = Fingerprint::new();
    let (mut newest, mut count) = (i64::MIN, 0);
    let files = all.iter().flat_map(|files| &files.files).map(|file| (&*file.key, file.stamp));
    for (key, stamp) in meta.map(|stamp| ("", stamp)).into_iter().chain(files) {
        word = word.add(key.as_bytes()).add(&stamp.length.to_le_bytes()).add(&stamp.time.to_le_bytes());
        newest = newest.max(stamp.time);
        count += 1;
    }
    Print { word: word.word(), newest, count }
}

/// What is watched, as it was when it was looked at last.
#[derive(Debug, Default)]
pub(super) struct Watch {
    /// Whether a listing told what there is: before the first one everything is new.
    is_known: bool,
    folders: Vec<Folder>,
    files: Vec<(PathBuf, Option<Stamp>)>,
    running: Vec<Running>,
    /// Whether `running` is in order.
    is_ordered: bool,
    next_file: usize,
    next_running: usize,
}

/// A folder, as it was when it was looked at last.
#[derive(Debug)]
struct Folder {
    path: PathBuf,
    /// Its own length says nothing.
    time: Option<i64>,
    /// Whether what was begun in it later shows in its time: else it is told of once more when it does.
    is_settled: bool,
}

impl Folder {
    fn look(&mut self, now: SystemTime) -> bool {
        let stamp = Stamp::of_any(&self.path);
        let (time, is_settled) =
            (stamp.map(|stamp| stamp.time), stamp.is_none_or(|stamp| stamp.is_settled(now)));
        let changed = time != self.time || (is_settled && !self.is_settled);
        (self.time, self.is_settled) = (time, is_settled);
        changed
    }
}

impl Watch {
    /// Of a store of which a listing begins.
    pub fn of(layout: &Layout) -> Self {
        let mut watch = Self { is_known: true, ..Self::default() };
        watch.folder(&layout.root);
        watch.folder(&layout.trash());
        watch
    }

    /// A folder, which changes when something in it begins or vanishes.
    pub fn folder(&mut self, path: &Path) {
        let mut folder = Folder { path: path.to_path_buf(), time: None, is_settled: false };
        folder.look(SystemTime::now());
        self.folders.push(folder);
    }

    /// A file that hardly ever changes, as it was.
    pub fn file(&mut self, path: &Path, stamp: Option<Stamp>) {
        self.files.push((path.to_path_buf(), stamp));
    }

    /// A run that runs.
    pub fn running(&mut self, folder: &Path, print: Print) {
        self.running.push(Running { folder: folder.to_path_buf(), print });
    }

    /// See [`Reader::changed`](crate::store::runs::Reader::changed).
    pub fn changed(&mut self) -> bool {
        if !self.is_known {
            return true;
        }
        let mut changed = false;
        let now = SystemTime::now();
        for folder in &mut self.folders {
            changed |= folder.look(now);
        }
        for _ in 0..FILES.min(self.files.len()) {
            let (path, stamp) = &mut self.files[self.next_file];
            let now = Stamp::of_file(path);
            changed |= now != *stamp;
            *stamp = now;
            self.next_file = (self.next_file + 1) % self.files.len();
        }
        changed | self.look_at_running()
    }

    fn look_at_running(&mut self) -> bool {
        if !self.is_ordered {
            self.running.sort_by_key(|run| std::cmp::Reverse(run.print.newest));
            self.is_ordered = true;
        }
        let lively = LIVELY.min(self.running.len());
        let (lively, others) = self.running.split_at_mut(lively);
        let (mut changed, mut left) = (false, MOST);
        for _ in 0..RUNNING.min(others.len()) {
            self.next_running %= others.len();
            changed |= others[self.next_running].look(&mut left);
            self.next_running += 1;
        }
        for run in lively {
            changed |= run.look(&mut left);
        }
        self.is_ordered = !changed;
        changed
    }
}

impl Running {
    fn look(&mut self, left: &mut usize) -> bool {
        if *left == 0 {
            return false;
        }
        let all = ["metrics", "params", "tags"].map(|part| keyed(&self.folder.join(part)));
        let now = print_of(Stamp::of_file(&self.folder.join("meta.yaml")), &all);
        *left = left.saturating_sub(now.count);
        let changed = now != self.print;
        self.print = now;
        changed
    }
}
