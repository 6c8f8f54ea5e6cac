//! What lies at a path, told before SQLite touches it.

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use super::error::Error;

/// The bytes every SQLite file begins with (file format, section 1.3).
pub(super) const MAGIC: &[u8; 16] = b"SQLite format 3\0";

/// A path as sentences name it.
pub(super) fn shown(path: &Path) -> String {
    path.display().to_string()
}

pub(super) fn unreadable(path: &Path, error: &std::io::Error) -> Error {
    if error.kind() == std::io::ErrorKind::NotFound {
        Error::Missing(shown(path))
    } else {
        Error::Unreadable { reason: error.to_string(), path: shown(path) }
    }
}

/// Opens an ordinary file. It is looked at first: opening a pipe, which may lie in the place of a file since, waits for
/// somebody to write.
pub(super) fn open_file(path: &Path) -> Result<fs::File, Error> {
    let failed = |error: std::io::Error| unreadable(path, &error);
    if !fs::metadata(path).map_err(failed)?.is_file() {
        return Err(Error::NoFile(shown(path)));
    }
    fs::File::open(path).map_err(failed)
}

/// Whether SQLite should be asked at all. Reads the first 100 bytes; whether all of the file is there is not asked, since
/// without a lock a file that a writer makes longer looks cut short: see [`cut_short`].
pub(super) fn check(path: &Path) -> Result<(), Error> {
    // Looked at before it is opened: opening a pipe waits for somebody to write, and files of the system that say
    // they are empty may never end.
    let data = fs::metadata(path).map_err(|error| unreadable(path, &error))?;
    let length = data.len();
    if !data.is_file() {
        return Err(Error::NoFile(shown(path)));
    }
    if length == 0 {
        return Err(Error::Empty(shown(path)));
    }
    let mut file = fs::File::open(path).map_err(|error| unreadable(path, &error))?;
    let mut head = Vec::with_capacity(100);
    file.by_ref().take(100).read_to_end(&mut head).map_err(|error| unreadable(path, &error))?;
    if head.is_empty() {
        return Err(Error::Empty(shown(path)));
    }
    if !head.starts_with(MAGIC) {
        return Err(match text_in(&head) {
            Some(Encoding::Utf8) => Error::Text(shown(path)),
            Some(Encoding::Other) => Error::Encoding(shown(path)),
            None => Error::NotDatabase(shown(path)),
        });
    }
    Ok(())
}

/// How a text is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Encoding {
    Utf8,
    /// Such as UTF-16 and the 8-bit ones that older spreadsheets write.
    Other,
}

/// Whether a file that begins so is a text; the head may end in the midst of a letter.
fn text_in(head: &[u8]) -> Option<Encoding> {
    let is_control = |byte: &u8| *byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0c | 0x1b);
    if head.starts_with(&[0xff, 0xfe]) || head.starts_with(&[0xfe, 0xff]) {
        return Some(Encoding::Other);
    }
    if head.iter().any(is_control) {
        return None;
    }
    match std::str::from_utf8(head) {
        Err(error) if error.error_len().is_some() => {
            // Letters of an 8-bit encoding stand among others; what is compressed or encrypted has more of them.
            let high = head.iter().filter(|byte| **byte >= 0x80).count();
            (high * 4 < head.len()).then_some(Encoding::Other)
        }
        _ => Some(Encoding::Utf8),
    }
}

/// Whether the file is shorter than its header says; to be asked only when SQLite has found that out under its lock.
pub(super) fn cut_short(path: &Path) -> Option<Error> {
    // The header before the length: a file that grows meanwhile must not look short.
    let head = first_bytes::<100>(path);
    let actual = fs::metadata(path).ok()?.len();
    let number = |at: usize| {
        let bytes = head.as_ref().and_then(|head| head.get(at..at + 4)).unwrap_or(&[0; 4]);
        bytes.iter().fold(0_u64, |sum, byte| sum << 8 | u64::from(*byte))
    };
    // Page size at 16 (1 stands for 65536), page count at 28, valid only when the numbers at 24 and 92 agree (file
    // format, section 1.3).
    let page = match number(16) >> 16 {
        1 => 65_536,
        size => size,
    };
    let expected = page * number(28);
    let is_short = head.is_none() || (number(24) == number(92) && actual < expected);
    is_short.then(|| Error::Truncated { expected: expected.max(512), actual, path: shown(path) })
}

/// Whether the header says that the file is written through a write-ahead log (byte 18 is 2).
pub(super) fn is_wal(path: &Path) -> bool {
    first_bytes::<20>(path).is_some_and(|head| head[18] == 2)
}

/// Whether it is a file that holds something: reading it comes to an end.
pub(super) fn is_ordinary(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|data| holds_something(&data))
}

fn holds_something(data: &fs::Metadata) -> bool {
    data.is_file() && data.len() > 0
}

/// The first bytes of a file, if it has so many.
pub(super) fn first_bytes<const N: usize>(path: &Path) -> Option<[u8; N]> {
    head_of(path, &fs::metadata(path).ok()?)
}

/// The same of a file that was asked already what it is.
pub(super) fn head_of<const N: usize>(path: &Path, data: &fs::Metadata) -> Option<[u8; N]> {
    let mut head = [0; N];
    if !holds_something(data) {
        return None;
    }
    fs::File::open(path).and_then(|mut file| file.read_exact(&mut head)).ok().map(|()| head)
}

/// A file beside the database: `mlflow.db-wal`.
pub(super) fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

/// Whether a rollback journal with a header is left: a writer is at work, or was interrupted.
pub(super) fn has_journal(path: &Path) -> bool {
    first_bytes(&beside(path, "-journal")).is_some_and(|head| head != [0; 8])
}
