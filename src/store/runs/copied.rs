//! A copy of a database that cannot be read where it lies, made in a folder of the program's own and put in order there: what
//! a dead writer left undone is taken back, and what only stands in the log is written into the file.

use std::fs;
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use rusqlite::Connection;

use super::access::{Stamp, one_at_a_time};
use super::cursor::Fingerprint;
use super::error::Error;
use super::sniff;

/// Copies that this process has begun.
static COPIES: AtomicU64 = AtomicU64::new(0);

/// The file, and what may lie beside it that belongs to it.
const SUFFIXES: [&str; 3] = ["", "-journal", "-wal"];

/// Copies the database at `path`, with its journal or log, into a folder below `folder`, and gives the copy's path.
///
/// The same state of the same file is copied once; copies of its earlier states are removed. `keep_going` is told how many bytes
/// were copied, and how many there are.
pub fn copied(path: &Path, folder: &Path, keep_going: &dyn Fn(u64, u64) -> bool) -> Result<PathBuf, Error> {
    /// A writer at work makes another state of it again and again.
    const TRIES: usize = 3;
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    let source = Fingerprint::new().add(absolute.as_os_str().as_encoded_bytes()).word();
    let name = path.file_name().ok_or_else(|| Error::NoFile(sniff::shown(path)))?;
    let failed =
        |error: &std::io::Error| Error::Uncopied { reason: error.to_string(), path: sniff::shown(path) };
    for _ in 0..TRIES {
        let before = State::of(path);
        let name_of_state = before.word().ok_or_else(|| Error::Missing(sniff::shown(path)))?;
        let place = folder.join(format!("{source:016x}-{name_of_state:016x}"));
        let copy = place.join(name);
        if copy.is_file() {
            return Ok(copy);
        }
        // Nobody else's, of whatever process.
        let number = COPIES.fetch_add(1, Ordering::Relaxed);
        let half = folder.join(format!("{source:016x}.{}.{number}.half", std::process::id()));
        drop(fs::remove_dir_all(&half));
        fs::create_dir_all(&half).map_err(|error| failed(&error))?;
        let taken = take(path, &half.join(name), keep_going);
        match taken {
            Ok(true) if State::of(path) == before => {
                put_in_order(&half.join(name))
                    .map_err(|source| Error::Sql { reason: source.to_string(), path: sniff::shown(path) })?;
                if let Err(error) = fs::rename(&half, &place) {
                    drop(fs::remove_dir_all(&half));
                    // Somebody else may have been quicker.
                    return if copy.is_file() { Ok(copy) } else { Err(failed(&error)) };
                }
                remove_others(folder, &format!("{source:016x}-"), &place);
                return Ok(copy);
            }
            Ok(true) => {}
            Ok(false) => {
                drop(fs::remove_dir_all(&half));
                return Err(Error::Stopped(sniff::shown(path)));
            }
            Err(error) => {
                drop(fs::remove_dir_all(&half));
                return Err(failed(&error));
            }
        }
    }
    Err(Error::Unsteady(sniff::shown(path)))
}

/// What is copied: another when any of the files is.
#[derive(PartialEq)]
struct State {
    own: Stamp,
    journal: Option<u64>,
}

impl State {
    fn of(path: &Path) -> Self {
        let _alone = one_at_a_time();
        let journal = fs::metadata(sniff::beside(path, "-journal")).ok().map(|data| data.len());
        Self { own: Stamp::at(path), journal }
    }

    /// A word for it, of its own while it may still be written within a tick of the clock; none where there is no file.
    fn word(&self) -> Option<u64> {
        let journal = self.journal.unwrap_or_default().to_le_bytes();
        Some(Fingerprint::new().add(&self.own.words()?.state.to_le_bytes()).add(&journal).word())
    }
}

/// Copies the files; false where it was stopped.
fn take(path: &Path, copy: &Path, keep_going: &dyn Fn(u64, u64) -> bool) -> std::io::Result<bool> {
    let files = SUFFIXES.map(|suffix| (sniff::beside(path, suffix), sniff::beside(copy, suffix)));
    let length = |path: &Path| fs::metadata(path).map_or(0, |data| data.len());
    let total = files.iter().map(|(from, _)| length(from)).sum();
    let mut done = 0;
    let mut buffer = vec![0; 1 << 20];
    for (from, to) in files.iter().filter(|(from, _)| from.is_file()) {
        let (mut from, mut to) = (fs::File::open(from)?, fs::File::create(to)?);
        let copied = loop {
            match from.read(&mut buffer).and_then(|read| to.write_all(&buffer[..read]).map(|()| read)) {
                Ok(0) => break Ok(true),
                Ok(read) => done += read as u64,
                Err(error) => break Err(error),
            }
            if !keep_going(done, total) {
                break Ok(false);
            }
        };
        // Others of this process may hold locks on it.
        let _alone = one_at_a_time();
        drop(from);
        if !copied? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Lets SQLite do what the next writer of the store would do.
fn put_in_order(copy: &Path) -> rusqlite::Result<()> {
    let connection = Connection::open(copy)?;
    connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get::<_, i64>(0))?;
    // Without a log the copy is one file.
    connection.query_row("PRAGMA journal_mode = delete", [], |_| Ok(()))
}

/// Earlier copies of a source go, those of others after a month, and what an interrupted copying left after a day. What cannot
/// be removed now is tried again with the next copy.
fn remove_others(folder: &Path, prefix: &str, but: &Path) {
    const DAY: Duration = Duration::from_hours(24);
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = PathBuf::from(entry.file_name());
        let made = entry.metadata().and_then(|data| data.modified());
        let age = made.ok().and_then(|made| made.elapsed().ok()).unwrap_or_default();
        let kept_for = if name.extension().is_some_and(|end| end == "half") { DAY } else { 30 * DAY };
        if entry.path() != but && (name.to_string_lossy().starts_with(prefix) || age > kept_for) {
            drop(fs::remove_dir_all(entry.path()));
        }
    }
}
