//! What is told of a store's files from outside: which file it is, whether it was written, how it may be read.

use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

use super::super::SourceStamp;
use super::super::cursor::Fingerprint;
use super::super::error::Error;
use super::super::sniff;

/// Another file under the same name is another store. An inode alone is given again as soon as the file that had it
/// is gone, so the moment at which the file was made is looked at too, where the file system knows it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::store::runs) struct FileId {
    node: (u64, u64),
    made: Option<SystemTime>,
}

impl FileId {
    /// Of the file that lies at a path now.
    pub fn at(path: &Path) -> std::io::Result<Self> {
        fs::metadata(path).map(|data| Self::of(&data))
    }

    fn of(data: &fs::Metadata) -> Self {
        Self { node: node_of(data), made: data.created().ok() }
    }
}

#[cfg(unix)]
fn node_of(data: &fs::Metadata) -> (u64, u64) {
    use std::os::unix::fs::MetadataExt as _;
    (data.dev(), data.ino())
}

/// Elsewhere an open file cannot be replaced.
#[cfg(not(unix))]
fn node_of(_data: &fs::Metadata) -> (u64, u64) {
    (0, 0)
}

/// What tells one state of the store's files from another.
///
/// Sizes and times alone miss a commit within one tick of the file system's clock, so one of SQLite's own counters is
/// looked at too. Beside a log that is the first 48 bytes of the log's index (WAL format, section 2.1), rewritten by every
/// commit into the log; else bytes 24..28 of the database (file format, section 1.3.6), raised by every commit through a
/// rollback journal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::store::runs) struct Stamp {
    files: [Option<(u64, SystemTime, FileId)>; 2],
    counter: Option<[u8; 28]>,
    index: Option<[u8; 48]>,
}

impl Stamp {
    /// Only while no slice is read: it opens and closes files. See [`super::one_at_a_time`].
    ///
    /// Asked many times a second while somebody trains, so each file is asked as little as will do.
    pub fn at(path: &Path) -> Self {
        let of = |data: &fs::Metadata| Some((data.len(), data.modified().ok()?, FileId::of(data)));
        let (data, log) = (fs::metadata(path).ok(), fs::metadata(sniff::beside(path, "-wal")).ok());
        let index = log.as_ref().and_then(|_| sniff::first_bytes(&sniff::beside(path, "-shm")));
        let counter = data.as_ref().filter(|_| index.is_none()).and_then(|data| sniff::head_of(path, data));
        Self { files: [data.as_ref().and_then(of), log.as_ref().and_then(of)], counter, index }
    }
}

impl Stamp {
    /// The same in words; none where there is no file. What was written a moment ago may be written again within a tick of
    /// the clock, so until it has settled each look gives another word.
    pub fn words(&self) -> Option<SourceStamp> {
        let written = self.files.iter().flatten().map(|(_, written, _)| *written).max()?;
        let nanos = |time: SystemTime| {
            time.duration_since(SystemTime::UNIX_EPOCH).map_or(0, |since| since.as_nanos() as u64)
        };
        let (_, _, id) = self.files[0].as_ref()?;
        let number = |print: Fingerprint, number: u64| print.add(&number.to_le_bytes());
        let file =
            [id.node.0, id.node.1, id.made.map_or(0, nanos)].into_iter().fold(Fingerprint::new(), number);
        let mut state = file;
        for (length, written, id) in self.files.iter().flatten() {
            state = [*length, nanos(*written), id.node.0, id.node.1].into_iter().fold(state, number);
        }
        let state = state.add(self.counter.as_ref().map_or(&[], |bytes| &bytes[..]));
        let state = state.add(self.index.as_ref().map_or(&[], |bytes| &bytes[..]));
        Some(SourceStamp { file: file.word(), state: settled(state, written).word() })
    }
}

/// A word that is the same for the same state, or one of its own where that was written too short a time ago to be told from
/// the next: clocks of file systems tick every two seconds at worst.
pub(in crate::store::runs) fn settled(state: Fingerprint, written: SystemTime) -> Fingerprint {
    const TICK: Duration = Duration::from_secs(3);
    static LOOKS: AtomicU64 = AtomicU64::new(0);
    if written.elapsed().is_ok_and(|age| age >= TICK) {
        return state;
    }
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    let look = LOOKS.fetch_add(1, Ordering::Relaxed);
    state.add(&now.as_nanos().to_le_bytes()).add(&look.to_le_bytes())
}

/// How a file may be read now.
pub(super) enum Way {
    /// Through a rollback journal: one connection, kept.
    Journal,
    /// A log with its index: a connection for each slice.
    Log,
    /// Written through a log, which is not there now: immutable, a connection for each slice.
    AtRest,
}

impl Way {
    /// How the file at a path may be read now.
    pub fn to(path: &Path) -> Result<Self, Error> {
        // SQLite would open it, and opening a pipe waits for somebody to write.
        for suffix in ["", "-journal", "-wal", "-shm"] {
            let beside = sniff::beside(path, suffix);
            if fs::metadata(&beside).is_ok_and(|data| !data.is_file()) {
                return Err(Error::NoFile(sniff::shown(&beside)));
            }
        }
        let log = fs::metadata(sniff::beside(path, "-wal")).ok().map(|data| data.len());
        // SQLite looks at a log beside the file whatever its header says.
        if log.is_none() && !sniff::is_wal(path) {
            return Ok(Self::Journal);
        }
        let has_index = sniff::beside(path, "-shm").exists();
        match log {
            Some(_) if has_index => Ok(Self::Log),
            None | Some(0) => Ok(Self::AtRest),
            // Also the blink in which a writer opens or closes its log, so it is worth another look.
            Some(_) => Err(Error::LoneLog(sniff::shown(path))),
        }
    }
}

/// SQLite's URI of a path: every byte that means something in a URI is escaped.
pub(super) fn uri_of(path: &Path, query: &str) -> String {
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
