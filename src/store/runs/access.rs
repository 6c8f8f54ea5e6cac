//! How a foreign database is touched: read-only, slice by slice, leaving nothing behind.
//!
//! A store in rollback-journal mode is read over one read-only connection on which no transaction stays open.
//! A store in WAL mode at rest (no `-wal` beside it) would get `-wal` and `-shm` files by merely opening it, so
//! it is opened as immutable, anew for every slice, and a slice during which the files changed is thrown away.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use rusqlite::{Connection, ErrorCode, OpenFlags};

use super::error::Error;
use super::sniff;

static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

/// Holds off every other look of this process at foreign databases.
///
/// On POSIX systems closing any handle of a file drops all locks that the process has on it, SQLite's
/// included (see "How To Corrupt An SQLite Database File", 2.2). So no file is closed while a slice reads.
pub(in crate::store) fn one_at_a_time() -> MutexGuard<'static, ()> {
    ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Size and time of the database and its log.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Stamp([Option<(u64, SystemTime)>; 2]);

fn stamp_of(path: &Path) -> Stamp {
    let of = |path: &Path| fs::metadata(path).ok().and_then(|data| Some((data.len(), data.modified().ok()?)));
    Stamp([of(path), of(&sniff::beside(path, "-wal"))])
}

/// Where the rows come from.
enum Place {
    File(PathBuf),
    Bytes,
}

/// A foreign database.
pub(super) struct Access {
    place: Place,
    /// Kept between slices, without any statement or transaction, unless the store is read as immutable.
    connection: Option<Connection>,
}

impl Access {
    /// Checks that SQLite may be asked about this file.
    pub fn file(path: &Path) -> Result<Self, Error> {
        let _alone = one_at_a_time();
        sniff::check(path)?;
        Ok(Self { place: Place::File(path.to_path_buf()), connection: None })
    }

    /// A database in memory that was compiled in.
    pub fn bytes(bytes: &'static [u8]) -> Result<Self, Error> {
        let wrap = |source| Error::Sql { source, path: "demo:".to_owned() };
        let mut connection = Connection::open_in_memory().map_err(wrap)?;
        connection.deserialize_bytes("main", bytes).map_err(wrap)?;
        connection.pragma_update(None, "query_only", true).map_err(wrap)?;
        Ok(Self { place: Place::Bytes, connection: Some(connection) })
    }

    /// What errors call it.
    pub fn name(&self) -> String {
        match &self.place {
            Place::File(path) => path.display().to_string(),
            Place::Bytes => "demo:".to_owned(),
        }
    }

    /// Size and times now; takes no lock.
    pub fn stamp(&self) -> Stamp {
        match &self.place {
            Place::File(path) => stamp_of(path),
            Place::Bytes => Stamp::default(),
        }
    }

    /// Runs one short read. `read` must use up its statements and ask for a bounded number of rows.
    pub fn slice<T>(&mut self, mut read: impl FnMut(&Connection) -> rusqlite::Result<T>) -> Result<T, Error> {
        let _alone = one_at_a_time();
        /// A writer that changes the file in the midst of this many slices in a row is not waited for.
        const ATTEMPTS: usize = 20;
        let path = match &self.place {
            Place::Bytes => None,
            Place::File(path) => Some(path.clone()),
        };
        for _ in 0..ATTEMPTS {
            let Some(path) = &path else { break };
            if !sniff::is_wal(path) || sniff::beside(path, "-wal").exists() {
                break;
            }
            self.connection = None;
            let before = stamp_of(path);
            let connection = self.open(path, true)?;
            let outcome = read(&connection);
            drop(connection);
            if stamp_of(path) == before {
                return outcome.map_err(|source| self.explain(source));
            }
        }
        if let Some(path) = &path {
            if sniff::is_wal(path) && !sniff::beside(path, "-wal").exists() {
                return Err(Error::Unsteady(self.name()));
            }
            if self.connection.is_none() {
                self.connection = Some(self.open(path, false)?);
            }
        }
        let Some(connection) = &self.connection else { return Err(Error::Missing(self.name())) };
        let outcome = read(connection);
        if path.as_deref().is_some_and(sniff::is_wal) {
            // A writer that closes its log must find no reader holding it, else the log stays behind.
            self.connection = None;
        }
        outcome.map_err(|source| self.explain(source))
    }

    fn open(&self, path: &Path, immutable: bool) -> Result<Connection, Error> {
        let flags =
            OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let uri = uri_of(path, if immutable { "immutable=1" } else { "mode=ro" });
        let open = || {
            let connection = Connection::open_with_flags(uri, flags)?;
            connection.busy_timeout(Duration::from_millis(250))?;
            connection.pragma_update(None, "query_only", true)?;
            Ok(connection)
        };
        open().map_err(|source| self.explain(source))
    }

    fn explain(&self, source: rusqlite::Error) -> Error {
        let path = self.name();
        let journal = matches!(&self.place, Place::File(path) if sniff::has_journal(path));
        match source.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Error::Busy(path),
            Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen) if journal => Error::HotJournal(path),
            Some(ErrorCode::NotADatabase) => Error::NotDatabase(path),
            _ => Error::Sql { source, path },
        }
    }
}

/// SQLite's URI of a path: every byte that means something in a URI is escaped.
fn uri_of(path: &Path, query: &str) -> String {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    let mut uri = String::from("file:");
    for byte in absolute.as_os_str().as_encoded_bytes() {
        if byte.is_ascii_alphanumeric() || b"/-_.~:\\".contains(byte) {
            uri.push(char::from(*byte));
        } else {
            uri.push('%');
            for nibble in [byte >> 4, byte & 15] {
                uri.push(char::from(b"0123456789ABCDEF"[usize::from(nibble)]));
            }
        }
    }
    format!("{uri}?{query}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_keeps_its_meaning_in_a_uri() {
        let uri = uri_of(Path::new("/data/a b?c#d%e/ü.db"), "mode=ro");
        assert_eq!(uri, "file:/data/a%20b%3Fc%23d%25e/%C3%BC.db?mode=ro");
    }
}
