//! Looks for run stores beside the current folder and its parents; never a scan of the disk.

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

/// What something found looks like from outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FoundKind {
    /// A SQLite database.
    Database,
    /// A folder of MLflow's file store.
    MlrunsFolder,
    /// A folder with TensorBoard event files.
    Logdir,
}

/// Something found.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Found {
    /// Where it is.
    pub path: PathBuf,
    /// What it looks like.
    pub kind: FoundKind,
}

const MOST_LEVELS: usize = 6;
const MOST_ENTRIES: usize = 200;
const MOST_FOUND: usize = 50;

/// What lies in `folder`, then in its parents; folders that cannot be read are skipped.
pub fn nearby(folder: &Path) -> Vec<Found> {
    let _alone = super::runs::access::one_at_a_time();
    let mut found = Vec::new();
    for level in folder.ancestors().take(MOST_LEVELS) {
        let mut here: Vec<Found> = entries(level).iter().filter_map(|path| look_at(path)).collect();
        here.sort();
        found.extend(here);
    }
    found.truncate(MOST_FOUND);
    found
}

/// The first entries of a folder, in no order.
fn entries(folder: &Path) -> Vec<PathBuf> {
    let Ok(read) = fs::read_dir(folder) else { return Vec::new() };
    read.take(MOST_ENTRIES).filter_map(|entry| Some(entry.ok()?.path())).collect()
}

fn look_at(path: &Path) -> Option<Found> {
    let kind = if path.is_dir() {
        let is_mlruns = path.file_name().is_some_and(|name| name == "mlruns");
        let has_events = || {
            let is_event = |path: &PathBuf| {
                path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("events.out.tfevents"))
            };
            entries(path).iter().any(is_event)
        };
        if is_mlruns {
            FoundKind::MlrunsFolder
        } else if has_events() {
            FoundKind::Logdir
        } else {
            return None;
        }
    } else if path.extension().is_some_and(|extension| extension == "db") && is_sqlite(path) {
        FoundKind::Database
    } else {
        return None;
    };
    Some(Found { path: path.to_path_buf(), kind })
}

/// Every SQLite file begins with these sixteen bytes (file format, section 1.3).
fn is_sqlite(path: &Path) -> bool {
    let mut head = [0; 16];
    // A pipe would be waited for.
    fs::metadata(path).is_ok_and(|data| data.is_file())
        && fs::File::open(path).and_then(|mut file| file.read_exact(&mut head)).is_ok()
        && head == *b"SQLite format 3\0"
}
