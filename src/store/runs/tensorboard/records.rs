//! Records of an event file (`TFRecord`): the length in 8 bytes, its checksum in 4, the data, their checksum in 4.
//!
//! All numbers are little-endian. A checksum is CRC-32C, turned and shifted by a constant.

use std::io::{self, Read, Seek, SeekFrom};

/// Bytes asked for at once.
pub(super) const CHUNK: usize = 1 << 20;

/// Bytes of a record beside its data.
pub(super) const AROUND: u64 = 16;

const HEAD: usize = 12;

/// A longer record is passed over. Values are far shorter; only graphs are of such a size.
const LONGEST: u64 = 64 << 20;

/// What comes next in a file.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Next<'a> {
    /// A record that is as it was written.
    Record {
        /// Its first byte.
        at: u64,
        data: &'a [u8],
    },
    /// Data of which the checksum does not fit; what follows can be read.
    Damaged { at: u64 },
    /// A record longer than any that is read.
    TooLong { at: u64 },
    /// A length of which the checksum does not fit: nobody knows where the next record begins.
    Lost { at: u64 },
    /// The end; so many bytes of a record that is not all there yet are left.
    End { left: u64 },
}

/// The checksum as the format writes it.
pub(super) fn checksum(bytes: &[u8]) -> u32 {
    crc32c::crc32c(bytes).rotate_right(15).wrapping_add(0xa282_ead8)
}

/// The length of the data that a record's head tells, if its checksum fits.
pub(super) fn length_of(head: &[u8]) -> Option<u64> {
    let (length, rest) = head.split_first_chunk::<8>()?;
    let told = u32::from_le_bytes(*rest.first_chunk()?);
    (checksum(length) == told).then(|| u64::from_le_bytes(*length))
}

/// Walks over the records of a file from one of them on.
pub(super) struct Records<R> {
    source: R,
    /// Where the walk ends, though the file may grow meanwhile.
    end: u64,
    /// The place of `buffer[from]` in the file.
    at: u64,
    buffer: Vec<u8>,
    from: usize,
    chunk: usize,
}

impl<R: Read + Seek> Records<R> {
    /// From the record at a place, to the last that ends before `end`.
    pub fn from(mut source: R, at: u64, end: u64, chunk: usize) -> io::Result<Self> {
        source.seek(SeekFrom::Start(at))?;
        Ok(Self { source, end, at, buffer: Vec::new(), from: 0, chunk })
    }

    /// Where the next record begins.
    pub fn at(&self) -> u64 {
        self.at
    }

    /// The checksum at the end of the record before; 0 before the first.
    pub fn mark(&self) -> u32 {
        let before = self.from.checked_sub(4).and_then(|at| self.buffer.get(at..self.from));
        before.and_then(|bytes| bytes.first_chunk()).map_or(0, |bytes| u32::from_le_bytes(*bytes))
    }

    /// The next record. Asked again after the end it tells the end again.
    pub fn next(&mut self) -> io::Result<Next<'_>> {
        let at = self.at;
        if !self.has(HEAD)? {
            return Ok(Next::End { left: self.end.saturating_sub(at) });
        }
        let head = &self.buffer[self.from..self.from + HEAD];
        let Some(length) = length_of(head) else { return Ok(Next::Lost { at }) };
        // A length may be any number: nothing is added to it before it was compared.
        if length > self.end.saturating_sub(at + AROUND) || at + AROUND > self.end {
            return Ok(Next::End { left: self.end - at });
        }
        if length > LONGEST {
            self.pass_over(length + AROUND)?;
            return Ok(Next::TooLong { at });
        }
        let whole = (length + AROUND) as usize;
        if !self.has(whole)? {
            return Ok(Next::End { left: self.end.saturating_sub(at) });
        }
        let record = self.from..self.from + whole;
        self.from += whole;
        self.at += whole as u64;
        let (data, told) = self.buffer[record].split_at(whole - 4);
        let data = &data[HEAD..];
        let is_whole = told.first_chunk().is_some_and(|told| checksum(data) == u32::from_le_bytes(*told));
        Ok(if is_whole { Next::Record { at, data } } else { Next::Damaged { at } })
    }

    /// Whether so many bytes lie before the end; they are in the buffer then.
    fn has(&mut self, count: usize) -> io::Result<bool> {
        let held = self.buffer.len() - self.from;
        if held >= count {
            return Ok(true);
        }
        // The last checksum stays in front of what follows.
        let kept = self.from.saturating_sub(4);
        self.buffer.drain(..kept);
        self.from -= kept;
        let ahead = self.end.saturating_sub(self.at + held as u64);
        let wanted = (self.chunk.max(count - held) as u64).min(ahead);
        self.source.by_ref().take(wanted).read_to_end(&mut self.buffer)?;
        Ok(self.buffer.len() - self.from >= count)
    }

    /// Goes on behind a record that is not read, its last checksum excepted.
    fn pass_over(&mut self, whole: u64) -> io::Result<()> {
        self.at += whole;
        self.buffer.clear();
        self.from = 0;
        self.source.seek(SeekFrom::Start(self.at - 4))?;
        self.source.by_ref().take(4).read_to_end(&mut self.buffer)?;
        self.from = self.buffer.len();
        Ok(())
    }
}

#[cfg(test)]
mod tests;
