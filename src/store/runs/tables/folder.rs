//! Folders whose subfolders each hold a table, as Lightning makes them: `lightning_logs/version_0/metrics.csv`.

use std::fs;
use std::path::{Path, PathBuf};

use crate::store::runs::{Error, sniff};

/// What loggers call their tables.
const NAMES: [&str; 7] =
    ["metrics.csv", "metrics.jsonl", "progress.csv", "results.csv", "history.csv", "log.csv", "log.jsonl"];
/// More are not opened; how many is told.
const MOST_TABLES: usize = 10_000;

/// The tables of a folder: the names of its subfolders with the files in them, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Stamp {
    found: Vec<(String, PathBuf)>,
    /// How many more there are.
    pub left_out: usize,
    /// Tables beside those, of which only the first of a folder is read.
    pub beside: Vec<PathBuf>,
}

impl Stamp {
    /// Those that lie there now. Whether they are tables is not looked at.
    pub fn of(folder: &Path) -> Result<Self, Error> {
        let entries = fs::read_dir(folder).map_err(|error| sniff::unreadable(folder, &error))?;
        let mut beside = Vec::new();
        let mut table = |entry: fs::DirEntry| {
            let path = entry.path();
            let mut files = NAMES.iter().map(|name| path.join(name)).filter(|file| sniff::is_ordinary(file));
            let file = files.next()?;
            beside.extend(files);
            Some((entry.file_name().to_string_lossy().into_owned(), file))
        };
        let mut found: Vec<_> = entries.filter_map(|entry| entry.ok().and_then(&mut table)).collect();
        found.sort();
        let left_out = found.len().saturating_sub(MOST_TABLES);
        found.truncate(MOST_TABLES);
        beside.sort();
        Ok(Self { found, left_out, beside })
    }

    /// The names of subfolders with their files.
    pub fn tables(&self) -> Vec<(String, PathBuf)> {
        self.found.clone()
    }
}
