//! How a foreign database is touched: read-only and slice by slice, each slice one view of the store.
//!
//! A store in rollback-journal mode is read over one read-only connection on which no transaction stays open, and
//! nothing beside it is created or changed. A store in WAL mode at rest (no `-wal` beside it) would get `-wal` and
//! `-shm` files by merely opening it, so it is opened as immutable, anew for every slice, and a slice during which the
//! files changed is thrown away. While a writer has its log open, SQLite marks in the log's index (`-shm`) how far
//! this reader sees, as every reader does; and when the writer closes its log in the midst of a slice, it cannot take
//! `-wal` and `-shm` away and they stay until the store is closed the next time. They hold nothing that is missing in
//! the store.

mod files;
mod network;
mod patience;
mod view;

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use rusqlite::limits::Limit;
use rusqlite::{Connection, ErrorCode, OpenFlags};

use self::files::{FileId, Way, uri_of};
use self::view::Held;
use super::error::Error;
use super::sniff;

pub(super) use self::files::{Stamp, settled};
pub use self::patience::Patience;
pub(super) use self::patience::{Pace, ROWS_FOR};

static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

/// Holds off every other look of this process at foreign databases.
///
/// On POSIX systems closing any handle of a file drops all locks that the process has on it, SQLite's
/// included (see "How To Corrupt An SQLite Database File", 2.2). So no file is closed while a slice reads.
pub(in crate::store) fn one_at_a_time() -> MutexGuard<'static, ()> {
    ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Where the rows come from.
enum Place {
    File(PathBuf),
    Bytes,
}

/// What all slices of one reading have to see: the same file, with its rows under the same numbers. `VACUUM`, which
/// may renumber rows, raises the schema's version, as does every change of a table or an index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Identity {
    file: FileId,
    schema: i64,
}

/// A connection for a slice.
struct Connected {
    id: FileId,
    /// Whether it is kept for the next slice.
    is_kept: bool,
    /// What the files said before it was opened, where it is read as immutable.
    before: Option<Stamp>,
    connection: Connection,
}

/// A foreign database.
pub(super) struct Access {
    place: Place,
    patience: Patience,
    /// Kept between slices, without any statement or transaction, unless the store is read as immutable.
    connection: Option<(FileId, Connection)>,
    /// What the present reading has seen so far.
    seen: Option<Identity>,
    held: Option<Held>,
}

impl Access {
    /// Checks that SQLite may be asked about this file.
    pub fn file(path: &Path, patience: Patience) -> Result<Self, Error> {
        let _alone = one_at_a_time();
        sniff::check(path)?;
        if network::is_network(path) {
            return Err(Error::Network(sniff::shown(path)));
        }
        Ok(Self {
            place: Place::File(path.to_path_buf()),
            patience,
            connection: None,
            seen: None,
            held: None,
        })
    }

    /// A database in memory that was compiled in.
    pub fn bytes(bytes: &'static [u8]) -> Result<Self, Error> {
        let wrap = |source| Error::Sql { reason: first_line(&source), path: "demo:".to_owned() };
        let mut connection = Connection::open_in_memory().map_err(wrap)?;
        connection.deserialize_bytes("main", bytes).map_err(wrap)?;
        connection.pragma_update(None, "query_only", true).map_err(wrap)?;
        let connection = Some((FileId::default(), connection));
        Ok(Self { place: Place::Bytes, patience: Patience::Window, connection, seen: None, held: None })
    }

    /// The folder that the file lies in; none where there is no file.
    pub fn folder(&self) -> Option<&Path> {
        match &self.place {
            Place::File(path) => path.parent(),
            Place::Bytes => None,
        }
    }

    /// Whether others may write into it.
    pub fn is_file(&self) -> bool {
        matches!(self.place, Place::File(_))
    }

    /// What errors call it.
    pub fn name(&self) -> String {
        match &self.place {
            Place::File(path) => sniff::shown(path),
            Place::Bytes => "demo:".to_owned(),
        }
    }

    /// Closes the file until the next slice: a writer that ends its log must find nobody holding it.
    pub fn rest(&mut self) {
        if self.is_file() {
            let _alone = one_at_a_time();
            self.connection = None;
        }
    }

    /// Size and times now; takes no lock.
    pub fn stamp(&self) -> Stamp {
        match &self.place {
            Place::File(path) => {
                let _alone = one_at_a_time();
                Stamp::at(path)
            }
            Place::Bytes => Stamp::default(),
        }
    }

    /// Whether size, times or counters are others than they were; they are remembered.
    pub fn has_changed(&self, before: &mut Stamp) -> bool {
        let now = self.stamp();
        std::mem::replace(before, now.clone()) != now
    }

    /// Begins a reading of several slices: [`Error::Replaced`] when a later one sees another store than the first.
    pub fn begin(&mut self) {
        self.seen = None;
    }

    /// The same for a reading of a store that was seen before: [`Error::Replaced`] when its first slice sees another one.
    pub fn begin_at(&mut self, seen: Option<Identity>) {
        self.seen = seen;
    }

    /// What the present reading sees; none before its first slice.
    pub fn identity(&self) -> Option<Identity> {
        self.seen
    }

    /// Runs one short read over one view of the store. `read` must use up its statements and ask for a bounded number
    /// of rows; it is run again when the file changed meanwhile or a writer was in the way.
    pub fn slice<T>(&mut self, mut read: impl FnMut(&Connection) -> rusqlite::Result<T>) -> Result<T, Error> {
        match &self.held {
            Some(held) => held.slice(&mut read).ok_or_else(|| Error::Stopped(self.name())),
            None => self.patience.look(|| self.try_slice(&mut read)),
        }
    }

    fn try_slice<T>(
        &mut self,
        read: &mut impl FnMut(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, Error> {
        let _alone = one_at_a_time();
        let Place::File(path) = &self.place else {
            let Some((id, connection)) = &self.connection else { return Err(Error::Missing(self.name())) };
            let outcome = view(connection, *id, self.seen, read);
            return self.take(outcome);
        };
        let path = path.clone();
        let connected = self.connect(&path)?;
        let outcome = view(&connected.connection, connected.id, self.seen, read);
        self.disconnect(&path, connected)?;
        self.take(outcome)
    }

    /// Opens the file, or takes the connection that was kept.
    fn connect(&mut self, path: &Path) -> Result<Connected, Error> {
        let id = FileId::at(path).map_err(|error| sniff::unreadable(path, &error))?;
        let way = Way::to(path)?;
        if !matches!(way, Way::Journal) || self.connection.as_ref().is_none_or(|(of, _)| *of != id) {
            self.connection = None;
        }
        let before = matches!(way, Way::AtRest).then(|| Stamp::at(path));
        let connection = match self.connection.take() {
            Some((_, connection)) => connection,
            None => self.open(path, before.is_some())?,
        };
        Ok(Connected { id, is_kept: matches!(way, Way::Journal), before, connection })
    }

    /// An error where what was read is worth nothing.
    fn disconnect(&mut self, path: &Path, connected: Connected) -> Result<(), Error> {
        let Connected { id, is_kept, before, connection } = connected;
        // A writer that closes its log must find no reader holding it, else the log stays behind.
        if is_kept && connection.is_autocommit() {
            self.connection = Some((id, connection));
        } else {
            drop(connection);
        }
        // What was opened may be another file than the one that was looked at before.
        let is_same = FileId::at(path).is_ok_and(|now| now == id);
        if !is_same || before.is_some_and(|before| Stamp::at(path) != before) {
            self.connection = None;
            return Err(Error::Unsteady(self.name()));
        }
        Ok(())
    }

    fn take<T>(&mut self, outcome: rusqlite::Result<Option<(Identity, T)>>) -> Result<T, Error> {
        match outcome {
            Ok(Some((identity, value))) => {
                self.seen = Some(identity);
                Ok(value)
            }
            Ok(None) => Err(Error::Replaced(self.name())),
            Err(source) => Err(self.explain(&source)),
        }
    }

    fn open(&self, path: &Path, immutable: bool) -> Result<Connection, Error> {
        let flags =
            OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let uri = uri_of(path, if immutable { "immutable=1" } else { "mode=ro" });
        let open = || {
            let connection = Connection::open_with_flags(uri, flags)?;
            connection.busy_timeout(self.patience.of_one_look())?;
            connection.pragma_update(None, "query_only", true)?;
            connection.set_limit(Limit::SQLITE_LIMIT_LENGTH, LONGEST)?;
            Ok(connection)
        };
        open().map_err(|source| self.explain(&source))
    }

    fn explain(&self, source: &rusqlite::Error) -> Error {
        let path = self.name();
        let file = match &self.place {
            Place::File(path) => Some(path),
            Place::Bytes => None,
        };
        match source.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Error::Busy(path),
            Some(ErrorCode::FileLockingProtocolFailed) => Error::Locks(path),
            Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen)
                if file.is_some_and(|file| sniff::has_journal(file)) =>
            {
                Error::HotJournal(path)
            }
            // SQLite looked at the size under its lock; without one, a growing file looks cut short.
            Some(ErrorCode::DatabaseCorrupt) => {
                file.and_then(|file| sniff::cut_short(file)).unwrap_or(Error::Damaged { path })
            }
            Some(ErrorCode::NotADatabase) => {
                file.and_then(|file| sniff::cut_short(file)).unwrap_or(Error::NotDatabase(path))
            }
            Some(ErrorCode::TooBig) => Error::TooLong(path),
            // SQLite repeats the statement, and whatever names a foreign file has put into it.
            _ => Error::Sql { reason: first_line(source), path },
        }
    }
}

/// Reads within one transaction, so that all statements see the same commit; none when that is not the store that was
/// `seen` before.
fn view<T>(
    connection: &Connection,
    file: FileId,
    seen: Option<Identity>,
    read: &mut impl FnMut(&Connection) -> rusqlite::Result<T>,
) -> rusqlite::Result<Option<(Identity, T)>> {
    // It is rolled back as it goes out of scope.
    let view = connection.unchecked_transaction()?;
    let identity = identity(&view, file)?;
    if seen.is_some_and(|seen| seen != identity) {
        return Ok(None);
    }
    Ok(Some((identity, read(&view)?)))
}

fn identity(view: &Connection, file: FileId) -> rusqlite::Result<Identity> {
    let schema = view.prepare_cached("PRAGMA schema_version")?.query_row([], |row| row.get(0))?;
    Ok(Identity { file, schema })
}

/// What SQLite says of a damaged page, for damage that only a reader can see.
pub(super) fn damaged() -> rusqlite::Error {
    rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_CORRUPT), None)
}

/// Whether SQLite, or a reader, met a damaged page.
pub(super) fn is_damaged(error: &rusqlite::Error) -> bool {
    error.sqlite_error_code() == Some(ErrorCode::DatabaseCorrupt)
}

/// Whether SQLite met a row that is longer than [`LONGEST`].
pub(super) fn is_too_long(error: &rusqlite::Error) -> bool {
    error.sqlite_error_code() == Some(ErrorCode::TooBig)
}

/// A column as SQL selects it: nothing where it is longer than what is read, at which SQLite would stop; it tells the length
/// without reading it.
pub(super) fn bounded(column: &str) -> String {
    format!("CASE WHEN octet_length({column}) < {LONGEST} THEN {column} END")
}

/// The longest text or row that is read, in bytes: MLflow's own are a thousand times shorter, Trackio's may hold tables
/// of some megabytes, and a hostile file may make up any length.
pub(super) const LONGEST: i32 = 16_000_000;

/// What SQLite says, without the statement that it says it of.
fn first_line(error: &rusqlite::Error) -> String {
    let text = match error {
        rusqlite::Error::SqlInputError { msg, .. } => msg.clone(),
        other => other.to_string(),
    };
    text.lines().next().unwrap_or_default().to_owned()
}
