//! Why a store cannot be read: one sentence each, with the path last.

use std::path::Path;

use crate::runs::SourceKind;
use crate::runs::mapping::MappingError;

/// Why a store cannot be read.
#[derive(Clone, Debug, thiserror::Error)]
#[expect(missing_docs, reason = "each variant is its sentence")]
pub enum Error {
    #[error("There is nothing at this path: {0}")]
    Missing(String),
    #[error("The system does not let this be read ({reason}): {path}")]
    Unreadable { reason: String, path: String },
    #[error("This folder holds no run store that is known here, nor does any folder directly in it: {0}")]
    NoStore(String),
    #[error(
        "None of the first {looked} entries of this folder is a run store that is known here, and the others were not \
         looked at; name the store itself: {path}"
    )]
    NoStoreAmong { looked: usize, path: String },
    #[error("This is no ordinary file, so it is not opened: {0}")]
    NoFile(String),
    #[error("This file is empty; a store that was just begun has tables after its first run: {0}")]
    Empty(String),
    #[error("This is a text file, not a run store: {0}")]
    Text(String),
    #[error("This text is not in UTF-8, which is the only encoding that is read. Save it as UTF-8: {0}")]
    Encoding(String),
    #[error(
        "This is no SQLite database: its first bytes are not SQLite's. It may be encrypted, compressed or \
         something else altogether: {0}"
    )]
    NotDatabase(String),
    #[error(
        "This database is cut short: it should have {expected} bytes and has {actual}. Copy it again from \
         where it came: {path}"
    )]
    Truncated { expected: u64, actual: u64, path: String },
    #[error("This was recognised as {}, which this version cannot read yet: {path}", .kind.id())]
    NotYet { kind: SourceKind, path: String },
    #[error("The table cannot be read so: {reason}: {path}")]
    Mapping { reason: MappingError, path: String },
    #[error("{0}")]
    NoMapped(String),
    #[error("This is no table, so there are no columns to choose from: {0}")]
    NoTable(String),
    #[error("This SQLite database holds no run store that is known here: {0}")]
    Foreign(String),
    #[error(
        "The rows of the table {table} have no numbers of their own (it is made WITHOUT ROWID, has a column of that \
         name or is a view), so it cannot be read in short pieces. Copy the store with its own program: {path}"
    )]
    Unnumbered { table: &'static str, path: String },
    #[error(
        "A writer was interrupted and left a journal beside the store, so reading it now could show torn \
         data. Open a copy (in the window by the button, on the command line with --copy), or open it once with its \
         own program: {0}"
    )]
    HotJournal(String),
    #[error(
        "Beside the store lies a write-ahead log without its index (-wal without -shm), and reading it would \
         create a file there. Open a copy (in the window by the button, on the command line with --copy), or open \
         the store once with its own program: {0}"
    )]
    LoneLog(String),
    #[error("This run left nothing of that name that can be read: {run}")]
    NoContent { run: String },
    #[error("This is too large to be shown: it has {bytes} bytes, and {most} are the most: {path}")]
    TooLarge { bytes: u64, most: u64, path: String },
    #[error("Reading was stopped before its end: {0}")]
    Stopped(String),
    #[error("The store is kept locked by a writer; try again when it has finished: {0}")]
    Busy(String),
    #[error(
        "SQLite cannot get its locks on the write-ahead log beside the store. Try again when fewer programs have it \
         open; on a network drive, where such locks do not work, close its writer and copy the store to this \
         machine: {0}"
    )]
    Locks(String),
    #[error(
        "The store lies on another machine, where SQLite's locks cannot be relied on: reading it there could show torn \
         data, and harm who writes it. Open a copy (in the window by the button, on the command line with --copy): {0}"
    )]
    Network(String),
    #[error("The store could not be copied ({reason}): {path}")]
    Uncopied { reason: String, path: String },
    #[error("The store changed all the time while it was read; try again: {0}")]
    Unsteady(String),
    #[error(
        "The store was replaced or rebuilt (as VACUUM does) again and again while it was read; try again when that \
         has ended: {0}"
    )]
    Replaced(String),
    #[error(
        "The store is damaged, so that SQLite cannot read it (a page is not what it should be). Copy it again \
         from where it came, or save what is left: {}: {path}", recover(.path)
    )]
    Damaged { path: String },
    #[error("A row that is asked for is longer than 16 MB, which is the most that is read: {0}")]
    TooLong(String),
    #[error("SQLite cannot read this store ({reason}): {path}")]
    Sql { reason: String, path: String },
}

impl Error {
    /// Whether a writer is in the way, who will go on: worth a wait, and no word.
    pub fn ends_by_itself(&self) -> bool {
        matches!(self, Self::Busy(_) | Self::Locks(_) | Self::Unsteady(_))
    }

    /// Whether a living writer can leave this for a blink, so that it is said only of what stays.
    pub(super) fn may_be_a_blink(&self) -> bool {
        matches!(self, Self::HotJournal(_) | Self::LoneLog(_) | Self::Truncated { .. })
    }

    /// Whether a copy of the store could be read: see [`copied`](super::copied()).
    pub fn asks_for_a_copy(&self) -> bool {
        self.to_copy().is_some()
    }

    /// The store of which a copy could be read.
    pub fn to_copy(&self) -> Option<&Path> {
        match self {
            Self::HotJournal(path) | Self::LoneLog(path) | Self::Locks(path) | Self::Network(path) => {
                Some(Path::new(path))
            }
            _ => None,
        }
    }

    /// Whether it is about some rows of a store, of which others can be read.
    pub(super) fn is_of_rows(&self) -> bool {
        matches!(self, Self::Damaged { .. } | Self::Sql { .. } | Self::Unnumbered { .. } | Self::TooLong(_))
    }
}

/// The command that saves what is left of a damaged database, as a shell reads it.
pub(super) fn recover(path: &str) -> String {
    format!("sqlite3 '{}' .recover | sqlite3 recovered.db", path.replace('\'', "'\\''"))
}
