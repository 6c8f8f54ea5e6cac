//! How a foreign database is touched: read-only, slice by slice, leaving nothing behind.
//!
//! A store in rollback-journal mode is read over one read-only connection on which no transaction stays open.
//! A store in WAL mode at rest (no `-wal` beside it) would get `-wal` and `-shm` files by merely opening it, so
//! it is opened as immutable, anew for every slice, and a slice during which the files changed is thrown away.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use rusqlite::limits::Limit;
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

/// What tells one state of the store's files from another.
///
/// Sizes and times alone miss a commit within one tick of the file system's clock, so SQLite's own counters are
/// looked at too: bytes 24..28 of the database (file format, section 1.3.6), raised by every commit through a
/// rollback journal, and the first 48 bytes of the log's index (WAL format, section 2.1), rewritten by every
/// commit into the log.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Stamp {
    files: [Option<(u64, SystemTime, FileId)>; 2],
    counter: Option<[u8; 28]>,
    index: Option<[u8; 48]>,
}

/// Device and inode: another file under the same name is another store.
type FileId = (u64, u64);

#[cfg(unix)]
fn id_of(data: &fs::Metadata) -> FileId {
    use std::os::unix::fs::MetadataExt as _;
    (data.dev(), data.ino())
}

/// Elsewhere an open file cannot be replaced.
#[cfg(not(unix))]
fn id_of(_data: &fs::Metadata) -> FileId {
    (0, 0)
}

/// Only while no slice is read: it opens and closes files. See [`one_at_a_time`].
fn stamp_of(path: &Path) -> Stamp {
    let of = |path: &Path| {
        let data = fs::metadata(path).ok()?;
        Some((data.len(), data.modified().ok()?, id_of(&data)))
    };
    Stamp {
        files: [of(path), of(&sniff::beside(path, "-wal"))],
        counter: sniff::first_bytes(path),
        index: sniff::first_bytes(&sniff::beside(path, "-shm")),
    }
}

/// How a file may be read now.
enum Way {
    /// Through a rollback journal: one connection, kept.
    Journal,
    /// A log with its index: a connection for each slice.
    Log,
    /// Written through a log, which is not there now: immutable, a connection for each slice.
    AtRest,
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
    connection: Option<(FileId, Connection)>,
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
        let wrap = |source| Error::Sql { reason: first_line(&source), path: "demo:".to_owned() };
        let mut connection = Connection::open_in_memory().map_err(wrap)?;
        connection.deserialize_bytes("main", bytes).map_err(wrap)?;
        connection.pragma_update(None, "query_only", true).map_err(wrap)?;
        Ok(Self { place: Place::Bytes, connection: Some(((0, 0), connection)) })
    }

    /// What errors call it.
    pub fn name(&self) -> String {
        match &self.place {
            Place::File(path) => path.display().to_string(),
            Place::Bytes => "demo:".to_owned(),
        }
    }

    /// Closes the file until the next slice: a writer that ends its log must find nobody holding it.
    pub fn rest(&mut self) {
        if matches!(self.place, Place::File(_)) {
            let _alone = one_at_a_time();
            self.connection = None;
        }
    }

    /// Size and times now; takes no lock.
    pub fn stamp(&self) -> Stamp {
        match &self.place {
            Place::File(path) => {
                let _alone = one_at_a_time();
                stamp_of(path)
            }
            Place::Bytes => Stamp::default(),
        }
    }

    /// Runs one short read. `read` must use up its statements and ask for a bounded number of rows; it is run
    /// again when the file changed meanwhile or a writer was in the way.
    pub fn slice<T>(&mut self, mut read: impl FnMut(&Connection) -> rusqlite::Result<T>) -> Result<T, Error> {
        /// A writer that changes the file in the midst of this many slices in a row is not waited for.
        const CHANGES: usize = 20;
        /// Each of these has already waited for 250 ms.
        const LOCKS: usize = 8;
        let (mut changes, mut locks) = (0, 0);
        loop {
            match self.try_slice(&mut read) {
                Err(Error::Unsteady(_) | Error::LoneLog(_)) if changes < CHANGES => changes += 1,
                Err(Error::Busy(_)) if locks < LOCKS => locks += 1,
                outcome => return outcome,
            }
        }
    }

    fn try_slice<T>(
        &mut self,
        read: &mut impl FnMut(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, Error> {
        let _alone = one_at_a_time();
        let path = match &self.place {
            Place::Bytes => None,
            Place::File(path) => Some(path.clone()),
        };
        let mut keep = true;
        if let Some(path) = &path {
            let data = fs::metadata(path).map_err(|error| sniff::unreadable(path, &error))?;
            let id = id_of(&data);
            match way_of(path)? {
                Way::AtRest => {
                    self.connection = None;
                    return self.slice_at_rest(path, read);
                }
                // A writer that closes its log must find no reader holding it, else the log stays behind.
                Way::Log => keep = false,
                Way::Journal => {}
            }
            if self.connection.as_ref().is_none_or(|(of, _)| *of != id) {
                self.connection = Some((id, self.open(path, false)?));
            }
        }
        let Some((_, connection)) = &self.connection else { return Err(Error::Missing(self.name())) };
        let outcome = read(connection);
        if !keep {
            self.connection = None;
        }
        outcome.map_err(|source| self.explain(&source))
    }

    fn slice_at_rest<T>(
        &self,
        path: &Path,
        read: &mut impl FnMut(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, Error> {
        let before = stamp_of(path);
        let connection = self.open(path, true)?;
        let outcome = read(&connection);
        drop(connection);
        if stamp_of(path) != before {
            return Err(Error::Unsteady(self.name()));
        }
        outcome.map_err(|source| self.explain(&source))
    }

    fn open(&self, path: &Path, immutable: bool) -> Result<Connection, Error> {
        let flags =
            OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let uri = uri_of(path, if immutable { "immutable=1" } else { "mode=ro" });
        let open = || {
            let connection = Connection::open_with_flags(uri, flags)?;
            connection.busy_timeout(Duration::from_millis(250))?;
            connection.pragma_update(None, "query_only", true)?;
            connection.set_limit(Limit::SQLITE_LIMIT_LENGTH, LONGEST)?;
            Ok(connection)
        };
        open().map_err(|source| self.explain(&source))
    }

    fn explain(&self, source: &rusqlite::Error) -> Error {
        let path = self.name();
        let journal = matches!(&self.place, Place::File(path) if sniff::has_journal(path));
        match source.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Error::Busy(path),
            Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen) if journal => Error::HotJournal(path),
            Some(ErrorCode::DatabaseCorrupt) => Error::Damaged { path },
            Some(ErrorCode::NotADatabase) => Error::NotDatabase(path),
            // SQLite repeats the statement, and whatever names a foreign file has put into it.
            _ => Error::Sql { reason: first_line(source), path },
        }
    }
}

/// The longest text or row that is read, in bytes: MLflow's own are a thousand times shorter, and a hostile file may
/// make up any length.
const LONGEST: i32 = 4_000_000;

/// How long a slice goes on reading rows. Opening, locking and the last row come on top, so this stays well below
/// the 50 ms for which a slice may hold its lock.
pub(in crate::store) const ROWS_FOR: Duration = Duration::from_millis(20);

/// Ends a slice when its time is over: rows of text can be a thousand times as long as others.
pub(in crate::store) struct Pace {
    until: Instant,
    rows: u32,
}

impl Pace {
    /// Begins now.
    pub fn start(time: Duration) -> Self {
        Self { until: Instant::now() + time, rows: 0 }
    }

    /// Counts a row, and says whether it is to be the last. The first rows are always read, so that every slice
    /// comes further.
    pub fn is_over(&mut self) -> bool {
        /// Rows between two looks at the clock.
        const ROWS: u32 = 16;
        self.rows += 1;
        self.rows.is_multiple_of(ROWS) && Instant::now() >= self.until
    }
}

/// What SQLite says, without the statement that it says it of.
fn first_line(error: &rusqlite::Error) -> String {
    let text = match error {
        rusqlite::Error::SqlInputError { msg, .. } => msg.clone(),
        other => other.to_string(),
    };
    text.lines().next().unwrap_or_default().to_owned()
}

fn way_of(path: &Path) -> Result<Way, Error> {
    let log = fs::metadata(sniff::beside(path, "-wal")).ok().map(|data| data.len());
    // SQLite looks at a log beside the file whatever its header says.
    if log.is_none() && !sniff::is_wal(path) {
        return Ok(Way::Journal);
    }
    let has_index = sniff::beside(path, "-shm").exists();
    match log {
        Some(_) if has_index => Ok(Way::Log),
        None | Some(0) => Ok(Way::AtRest),
        // Also the blink in which a writer opens or closes its log, so it is worth another look.
        Some(_) => Err(Error::LoneLog(path.display().to_string())),
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
