//! An event file: how far it was read, and whether what was read still stands in it.

use std::fs::{self, File};
use std::io::{self, Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use super::records::AROUND;
use crate::store::runs::access::one_at_a_time;
use crate::store::runs::cursor::Fingerprint;

/// How far a file was read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Reached {
    /// Of the file's name and first bytes, which stay as they are while it grows; 0 before its first record.
    pub print: u64,
    /// Where the next record begins.
    pub offset: u64,
    /// The checksum at the end of the record before that.
    pub mark: u32,
}

/// A record that is cut short is waited for so long. Writers keep what they log for two minutes at most before they write
/// it (`flush_secs` of `TensorFlow` and `PyTorch`), so nobody writes its rest later.
pub(super) const CONTINUED_WITHIN: Duration = Duration::from_mins(10);

/// Length and time of the last change.
type Size = (u64, Option<SystemTime>);

/// An event file of a run.
#[derive(Debug)]
pub(super) struct EventFile {
    pub path: PathBuf,
    pub reached: Reached,
    /// Length and time when it was read.
    seen: Option<Size>,
    /// Where a record begins of which not even the length can be trusted.
    pub lost: Option<u64>,
    /// Bytes of a record at the end that is not all there, and when the file was changed last.
    pub left: Option<(u64, SystemTime)>,
    /// Why the system does not let it be read.
    pub unreadable: Option<String>,
}

impl EventFile {
    /// Of which nothing was read.
    pub fn new(path: &Path) -> Self {
        let path = path.to_path_buf();
        Self { path, reached: Reached::default(), seen: None, lost: None, left: None, unreadable: None }
    }

    /// Whether what was read of it stands no more: it is gone, shorter, or another one. The file is opened only where its
    /// length or its time are not those of before, or where it is to be `thorough`.
    pub fn is_replaced(&self, thorough: bool) -> bool {
        if self.reached.offset == 0 {
            return false;
        }
        let now = size(&self.path).ok();
        let is_same = now.is_some() && now == self.seen;
        (thorough || !is_same) && !self.reached.stands(&self.path)
    }

    /// Whether bytes may have come since it was read.
    pub fn has_news(&self) -> bool {
        size(&self.path).ok() != self.seen
    }

    /// Opens it, with its length now; what comes later is found at the next look.
    pub fn open(&mut self) -> io::Result<(File, u64)> {
        let (file, size) = open(&self.path)?;
        if self.reached.offset > 0 && !self.reached.stands_in(&file, size.0, &self.path)? {
            return Err(io::Error::other("it was replaced while it was read"));
        }
        self.seen = Some(size);
        if self.reached.print == 0 {
            self.reached.print = print(&self.path, &file).unwrap_or_default();
        }
        Ok((file, size.0))
    }

    /// Notes that it was not read to its end, so that it is read on though nothing changes.
    pub fn leave_early(&mut self, unreadable: Option<String>) {
        (self.seen, self.unreadable) = (None, unreadable);
    }

    /// Notes how reading it ended: how many bytes are left behind the last record.
    pub fn leave(&mut self, left: u64) {
        let time = self.seen.and_then(|(_, time)| time);
        self.left = time.filter(|_| left > 0).map(|time| (left, time));
    }
}

impl Reached {
    /// Whether the file at a path begins so, and still has the same record before the offset.
    pub fn stands(self, path: &Path) -> bool {
        let look = || {
            let (file, (length, _)) = open(path)?;
            self.stands_in(&file, length, path)
        };
        look().unwrap_or(false)
    }

    fn stands_in(self, mut file: &File, length: u64, path: &Path) -> io::Result<bool> {
        if self.offset < AROUND || length < self.offset || print(path, file)? != self.print {
            return Ok(false);
        }
        let mut mark = [0; 4];
        file.seek(SeekFrom::Start(self.offset - 4))?;
        file.read_exact(&mut mark)?;
        Ok(u32::from_le_bytes(mark) == self.mark)
    }
}

/// Length and time of an ordinary file.
fn size(path: &Path) -> io::Result<Size> {
    let data = fs::metadata(path)?;
    Ok((data.len(), data.modified().ok()))
}

/// Opens an ordinary file. It is looked at first: opening a pipe waits for somebody to write.
fn open(path: &Path) -> io::Result<(File, Size)> {
    if !fs::metadata(path)?.is_file() {
        return Err(io::Error::other("it is no ordinary file"));
    }
    let file = File::open(path)?;
    let data = file.metadata()?;
    Ok((file, (data.len(), data.modified().ok())))
}

/// An ordinary file with its length.
pub(super) fn open_whole(path: &Path) -> io::Result<(File, u64)> {
    open(path).map(|(file, (length, _))| (file, length))
}

/// A fingerprint of the name and the first bytes: as many as the shortest record has. They hold the length of the first
/// record and the smallest digits of its time.
fn print(path: &Path, mut file: &File) -> io::Result<u64> {
    let mut head = [0; AROUND as usize];
    file.seek(SeekFrom::Start(0))?;
    file.read_exact(&mut head)?;
    let name = path.file_name().unwrap_or_default().as_encoded_bytes();
    // 0 stands for a file without a record.
    Ok(Fingerprint::new().add(name).add(&head).word().max(1))
}

/// The first bytes of an ordinary file, at most so many; none where it cannot be read.
pub(super) fn head(path: &Path, most: u64) -> Vec<u8> {
    // It may be a database that somebody reads.
    let _alone = one_at_a_time();
    let mut head = Vec::new();
    let read = open(path).and_then(|(file, _)| file.take(most).read_to_end(&mut head));
    if read.is_ok() { head } else { Vec::new() }
}
