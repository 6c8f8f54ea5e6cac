//! What was read of files, kept as long as they are as they were: a store of thousands of runs is tens of thousands of
//! small files, and hardly any of them changes between two looks.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use serde::de::DeserializeOwned;

use super::layout::Keyed;
use super::meta::{self, Unread};
use super::stamp::Stamp;

/// What one file gave.
#[derive(Debug)]
struct Kept<T> {
    stamp: Option<Stamp>,
    /// Whether any later change would show in the stamp.
    is_settled: bool,
    /// Of which round of looks the last one was.
    round: u64,
    value: Result<T, Unread>,
}

/// `meta.yaml` files of one kind, by path.
#[derive(Debug)]
pub(super) struct Metas<T> {
    kept: HashMap<PathBuf, Kept<T>>,
    round: u64,
}

impl<T> Default for Metas<T> {
    fn default() -> Self {
        Self { kept: HashMap::new(), round: 0 }
    }
}

impl<T: DeserializeOwned> Metas<T> {
    /// Begins a round: what no look of it asks for is dropped at its end.
    pub fn begin(&mut self) {
        self.round += 1;
    }

    /// Ends the round.
    pub fn end(&mut self) {
        let round = self.round;
        self.kept.retain(|_, kept| kept.round == round);
    }

    /// What a file holds, and its stamp.
    pub fn get(&mut self, file: &Path, now: SystemTime) -> (Result<&T, &Unread>, Option<Stamp>) {
        let stamp = Stamp::of_file(file);
        let is_known = self.kept.get(file).is_some_and(|kept| kept.stamp == stamp && kept.is_settled);
        if !is_known {
            let value = meta::read(file, stamp);
            // What could not be read may be readable the next time.
            let is_settled = value.is_ok() && stamp.is_none_or(|stamp| stamp.is_settled(now));
            let kept = Kept { stamp, is_settled, round: self.round, value };
            match self.kept.get_mut(file) {
                // A client is about to write it anew: what it held is what it will hold, or almost.
                Some(before) if kept.value.as_ref().err() == Some(&Unread::Empty) && before.value.is_ok() => {
                    before.is_settled = false;
                }
                Some(before) => *before = kept,
                None => {
                    self.kept.insert(file.to_path_buf(), kept);
                }
            }
        }
        match self.kept.get_mut(file) {
            Some(kept) => {
                kept.round = self.round;
                (kept.value.as_ref(), stamp)
            }
            None => (Err(&Unread::Absent), stamp),
        }
    }
}

/// What the file of one key gave.
#[derive(Debug)]
pub(super) struct Entry<T> {
    pub key: Box<str>,
    pub stamp: Stamp,
    is_settled: bool,
    pub value: T,
}

/// The entries of files that are sorted by key: those that are as they were out of `old`, which is sorted as well, and
/// the others read, with what they gave before.
pub(super) fn renewed<T>(
    old: Vec<Entry<T>>,
    files: Vec<Keyed>,
    now: SystemTime,
    mut read: impl FnMut(&Keyed, Option<T>) -> T,
) -> Vec<Entry<T>> {
    let mut old = old.into_iter().peekable();
    let mut new = Vec::with_capacity(files.len());
    for file in files {
        let before = std::iter::from_fn(|| old.next_if(|entry| *entry.key <= *file.key));
        let before = before.last().filter(|entry| *entry.key == *file.key);
        new.push(match before {
            Some(entry) if entry.stamp == file.stamp && entry.is_settled => entry,
            before => {
                let value = read(&file, before.map(|entry| entry.value));
                let is_settled = file.stamp.is_settled(now);
                Entry { key: file.key.into(), stamp: file.stamp, is_settled, value }
            }
        });
    }
    new
}
