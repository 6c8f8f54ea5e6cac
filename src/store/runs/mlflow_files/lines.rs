//! The lines of a metric's file, read from where the last reading ended.
//!
//! A client only ever appends lines. What was read stands as long as the last line that was read stands where it
//! stood; a thorough look compares all of it. A last line without an end waits until it has one.

use std::fs;
use std::io::{Read as _, Seek as _, SeekFrom};
use std::path::Path;

use super::stamp::Stamp;
use crate::store::runs::cursor::Fingerprint;
use crate::store::runs::{Cursor, Error, sniff};

/// What a longer line holds beyond is not looked at: a point takes less than a hundred bytes.
const LONGEST: usize = 1 << 16;

/// Read at once: some milliseconds of work.
const PIECE: usize = 1 << 18;

/// How far a file was read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Reach {
    /// Of the file when it was read.
    pub stamp: Stamp,
    /// Where the last whole line ended.
    pub end: u64,
    /// How many bytes that line has, its end included.
    last_length: u64,
    /// Of that line.
    last: u64,
    /// Of all lines.
    all: u64,
}

impl Reach {
    /// As a cursor.
    pub fn cursor(self) -> Cursor {
        let Self { stamp, end, last_length, last, all } = self;
        Cursor::new([stamp.length, stamp.time as u64, end, last_length, last, all])
    }

    /// Out of one; none where this reader did not make it.
    pub fn of(cursor: &Cursor) -> Option<Self> {
        let [length, time, end, last_length, last, all] = *cursor.words() else { return None };
        (last_length <= end).then_some(Self {
            stamp: Stamp { length, time: time as i64 },
            end,
            last_length,
            last,
            all,
        })
    }

    fn take(&mut self, line: &[u8], length: u64) {
        self.last = Fingerprint::new().add(line).word();
        self.all = Fingerprint::new().add(&self.all.to_le_bytes()).add(&self.last.to_le_bytes()).word();
        self.last_length = length;
        self.end += length;
    }

    /// Whether there is an unfinished line behind.
    pub fn has_rest(&self) -> bool {
        self.stamp.length > self.end
    }
}

/// Reads the whole lines behind `from` and hands each over with its place; gives how far that was. None, and nothing is
/// handed over, where what was read before does not stand any more. A file that is as it was is not opened, unless the
/// look is to be `thorough`.
pub(super) fn read_on(
    path: &Path,
    from: Reach,
    thorough: bool,
    keep_going: &dyn Fn() -> bool,
    mut take: impl FnMut(&[u8], u64),
) -> Result<Option<Reach>, Error> {
    let unreadable = |error: std::io::Error| sniff::unreadable(path, &error);
    let data = fs::symlink_metadata(path).map_err(unreadable)?;
    if !data.is_file() {
        return Err(Error::NoFile(sniff::shown(path)));
    }
    let stamp = Stamp::of(&data);
    if stamp.length < from.end {
        return Ok(None);
    }
    if stamp == from.stamp && !thorough {
        return Ok(Some(from));
    }
    let mut file = fs::File::open(path).map_err(unreadable)?;
    if from.end > 0 {
        let start = if thorough { 0 } else { from.end - from.last_length };
        let mut seen = Reach { end: start, ..Reach::default() };
        walk(&mut file, path, &mut seen, from.end, keep_going, |_, _| ())?;
        let stands = seen.end == from.end
            && seen.last == from.last
            && seen.last_length == from.last_length
            && (!thorough || seen.all == from.all);
        if !stands {
            return Ok(None);
        }
    }
    let mut reach = Reach { stamp, ..from };
    walk(&mut file, path, &mut reach, stamp.length, keep_going, &mut take)?;
    Ok(Some(reach))
}

/// The whole lines from where `reach` is up to a place in the file.
fn walk(
    file: &mut fs::File,
    path: &Path,
    reach: &mut Reach,
    to: u64,
    keep_going: &dyn Fn() -> bool,
    mut take: impl FnMut(&[u8], u64),
) -> Result<(), Error> {
    let unreadable = |error: std::io::Error| sniff::unreadable(path, &error);
    if reach.end >= to {
        return Ok(());
    }
    file.seek(SeekFrom::Start(reach.end)).map_err(unreadable)?;
    let mut left = to - reach.end;
    // What was read of a line that is not at its end yet, and how many bytes that are.
    let (mut begun, mut length) = (Vec::new(), 0_u64);
    let mut piece = vec![0; PIECE.min(left as usize)];
    while left > 0 {
        let wanted = PIECE.min(left as usize);
        let count = file.read(&mut piece[..wanted]).map_err(unreadable)?;
        if count == 0 {
            break;
        }
        left -= count as u64;
        let mut rest = &piece[..count];
        while let Some(at) = memchr::memchr(b'\n', rest) {
            let (line, after) = rest.split_at(at);
            rest = &after[1..];
            let start = reach.end;
            if length == 0 {
                let kept = &line[..line.len().min(LONGEST)];
                take(kept, start);
                reach.take(kept, at as u64 + 1);
            } else {
                let room = LONGEST.saturating_sub(begun.len());
                begun.extend_from_slice(&line[..line.len().min(room)]);
                take(&begun, start);
                reach.take(&begun, length + at as u64 + 1);
                begun.clear();
                length = 0;
            }
        }
        let room = LONGEST.saturating_sub(begun.len());
        begun.extend_from_slice(&rest[..rest.len().min(room)]);
        length += rest.len() as u64;
        if left > 0 && !keep_going() {
            return Err(Error::Stopped(sniff::shown(path)));
        }
    }
    Ok(())
}
