//! Why a store cannot be read: one sentence each, with the path last.

use crate::runs::SourceKind;

/// Why a store cannot be read.
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "each variant is its sentence")]
pub enum Error {
    #[error("There is nothing at this path: {0}")]
    Missing(String),
    #[error("The system does not let this be read ({reason}): {path}")]
    Unreadable { reason: String, path: String },
    #[error("This folder holds no run store that is known here, nor does any folder directly in it: {0}")]
    NoStore(String),
    #[error("This is no ordinary file, so it is not opened: {0}")]
    NoFile(String),
    #[error("This file is empty; a store that was just begun has tables after its first run: {0}")]
    Empty(String),
    #[error("This is a text file, not a run store: {0}")]
    Text(String),
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
    #[error("This SQLite database is no MLflow store: it has no table called {table}: {path}")]
    Foreign { table: &'static str, path: String },
    #[error(
        "A writer was interrupted and left a journal beside the store, so reading it now could show torn \
         data. Open it once with its own program, or copy both files elsewhere and open the copy: {0}"
    )]
    HotJournal(String),
    #[error(
        "Beside the store lies a write-ahead log without its index (-wal without -shm), and reading it would \
         create a file there. Open the store once with its own program, or copy both files elsewhere and \
         open the copy with that: {0}"
    )]
    LoneLog(String),
    #[error("Reading was stopped before its end: {0}")]
    Stopped(String),
    #[error("The store is kept locked by a writer; try again when it has finished: {0}")]
    Busy(String),
    #[error("The store changed all the time while it was read; try again: {0}")]
    Unsteady(String),
    #[error(
        "The store is damaged, so that SQLite cannot read it (a page is not what it should be). Copy it again \
         from where it came, or save what is left: {}: {path}", recover(.path)
    )]
    Damaged { path: String },
    #[error("SQLite cannot read this store ({reason}): {path}")]
    Sql { reason: String, path: String },
}

/// The command that saves what is left of a damaged database, as a shell reads it.
pub(super) fn recover(path: &str) -> String {
    format!("sqlite3 '{}' .recover | sqlite3 recovered.db", path.replace('\'', "'\\''"))
}
