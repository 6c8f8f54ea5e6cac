//! One table that is read as it grows: only bytes behind the last whole row are parsed again.

use std::fs::{self, File};
use std::io::{Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use super::csv::{Rows, Step};
use super::held::{Content, Row};
use super::json::{self, Cell};
use super::odd::Odd;
use super::sample::{Form, Sample};
use super::{MOST_LINE, settings};
use crate::runs::mapping::is_step_name;
use crate::runs::{Mapped, Mapping};
use crate::store::runs::cursor::Fingerprint;
use crate::store::runs::{Error, sniff};

/// Bytes that are read at once, and looked at for the fingerprint at both ends.
const CHUNK: usize = 65_536;
const NEAR: u64 = 1_024;
/// So many rows without an end are passed over.
const MOST_PASSED: usize = 100;
/// A last row without a line end is whole when the file was not written for so long: writers have buffers.
const REST: Duration = Duration::from_mins(1);

/// What tells one state of a file from another.
pub(super) type Stamp = Option<(u64, SystemTime)>;

/// How far a table was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Reached {
    /// Bytes up to the end of the last whole row.
    pub offset: u64,
    /// Of the bytes at both ends of these.
    pub near: u64,
    /// Of all of them.
    pub whole: u64,
}

/// A table.
pub(super) struct Table {
    pub path: PathBuf,
    /// What its only run is called, or what the ids of its runs begin with.
    own: Arc<str>,
    is_prefix: bool,
    chosen: Option<Mapping>,
    form: Form,
    pub mapped: Mapped,
    /// Whether further rows could change what was guessed.
    is_open: bool,
    pub content: Content,
    pub reached: Reached,
    /// Of the line at the end of what was read, from 1 on.
    line: u64,
    /// For what the bytes behind the last whole row wait; none where there are none.
    waits: Option<Waits>,
    passed: usize,
    seen: Stamp,
    /// Parameters that lie beside it.
    settings: Vec<(String, String)>,
}

impl Table {
    /// Looks at the head of the file; reads no rows yet. None where it is no table.
    pub fn open(
        path: &Path,
        own: Arc<str>,
        is_prefix: bool,
        chosen: Option<&Mapping>,
    ) -> Result<Option<Self>, Error> {
        let Some(sample) = Sample::of(path)? else { return Ok(None) };
        let mapped = sample.mapped(path, chosen)?;
        let content = Content::new(&mapped.mapping, Arc::clone(&own), is_prefix);
        let reached = Reached { offset: 0, near: 0, whole: 0 };
        let mut table = Self {
            path: path.to_path_buf(),
            own,
            is_prefix,
            chosen: chosen.cloned(),
            form: sample.form,
            is_open: sample.is_open,
            mapped,
            content,
            reached,
            line: 1,
            waits: None,
            passed: 0,
            seen: None,
            settings: Vec::new(),
        };
        table.begin(&sample);
        Ok(Some(table))
    }

    /// Stands behind the head, with nothing read.
    fn begin(&mut self, sample: &Sample) {
        self.form = sample.form;
        self.is_open = sample.is_open;
        self.content = Content::new(&self.mapped.mapping, Arc::clone(&self.own), self.is_prefix);
        if self.is_csv() {
            for column in &self.mapped.columns {
                self.content.column(column);
            }
        }
        let head = &sample.bytes[..sample.begin];
        self.line = 1 + lines(head);
        let whole = Fingerprint::new().add_more(head).word();
        self.reached = Reached { offset: head.len() as u64, near: 0, whole };
        (self.waits, self.passed, self.seen) = (None, 0, None);
        self.settings = settings::beside(&self.path).unwrap_or_else(|reason| {
            self.content.odd.add(Odd::Settings, 1, &reason);
            Vec::new()
        });
    }

    /// Of the runs in a list.
    pub fn settings(&self) -> &[(String, String)] {
        &self.settings
    }

    /// Whether a column is called as steps are.
    pub fn counts_steps(&self) -> bool {
        self.mapped.columns.iter().any(|column| is_step_name(column))
    }

    fn is_csv(&self) -> bool {
        matches!(self.form, Form::Csv(_))
    }

    /// What kind of text it is.
    pub fn form(&self) -> Form {
        self.form
    }

    /// Whether the file was written since it was read last, or has rested so that its last row counts.
    pub fn is_changed(&self) -> bool {
        let now = stamp(&self.path);
        now != self.seen || self.has_rested(now)
    }

    /// Whether the last row counts by now, though it has no end.
    fn has_rested(&self, now: Stamp) -> bool {
        self.waits == Some(Waits::ForRest) && now.is_some_and(|(_, at)| is_at_rest(at))
    }

    /// Reads what came; everything again where the file is another. `keep_going` is asked between pieces of the file.
    pub fn refresh(&mut self, thorough: bool, keep_going: &dyn Fn() -> bool) -> Result<(), Error> {
        let stamp = stamp(&self.path);
        if stamp.is_some() && stamp == self.seen && !self.has_rested(stamp) && !thorough {
            return Ok(());
        }
        let mut file = sniff::open_file(&self.path)?;
        let length = file.metadata().map_err(|error| sniff::unreadable(&self.path, &error))?.len();
        let mut stands = self.seen.is_some() && self.stands(&mut file, length)?;
        if stands && thorough {
            stands = self.whole_to(&mut file, &[self.reached.offset])? == [self.reached.whole];
        }
        if !stands || self.is_open {
            let none =
                || sniff::check(&self.path).err().unwrap_or_else(|| Error::NoTable(sniff::shown(&self.path)));
            let sample = Sample::of(&self.path)?.ok_or_else(none)?;
            let mapped = sample.mapped(&self.path, self.chosen.as_ref())?;
            if !stands || mapped.mapping != self.mapped.mapping || sample.form != self.form {
                self.mapped = mapped;
                self.begin(&sample);
            } else {
                self.mapped = mapped;
                self.is_open = sample.is_open;
            }
        }
        let at_rest = stamp.is_some_and(|(_, at)| is_at_rest(at));
        self.content.odd.take_back(&Odd::Waiting);
        self.read(&mut file, length, at_rest, keep_going)?;
        self.reached.near = self.near(&mut file, self.reached.offset)?;
        if let Some(waits) = self.waits {
            let until =
                if waits == Waits::ForRest { "; it is when the file has rested for a minute" } else { "" };
            self.content.odd.add(Odd::Waiting, self.line, until);
        }
        self.seen = stamp;
        Ok(())
    }

    /// Whether the file still begins as it did, and goes on with a row of its own.
    fn stands(&self, file: &mut File, length: u64) -> Result<bool, Error> {
        Ok(length >= self.reached.offset && self.is_at_row(file, self.reached.offset, self.reached.near)?)
    }

    /// Whether a row ends at an offset, up to which both ends of the file have this fingerprint.
    pub fn is_at_row(&self, file: &mut File, offset: u64, near: u64) -> Result<bool, Error> {
        if self.near(file, offset)? != near {
            return Ok(false);
        }
        let mut around = [b'\n'; 2];
        file.seek(SeekFrom::Start(offset.saturating_sub(1)))
            .and_then(|_| file.take(2).read(&mut around))
            .map_err(|error| sniff::unreadable(&self.path, &error))?;
        Ok(around.iter().any(|byte| matches!(byte, b'\n' | b'\r')))
    }

    /// Of the first and last bytes up to an offset; another number where the file is shorter.
    pub fn near(&self, file: &mut File, offset: u64) -> Result<u64, Error> {
        let mut fingerprint = Fingerprint::new().add(&offset.to_le_bytes());
        for from in [0, offset.saturating_sub(NEAR)] {
            let mut bytes = Vec::new();
            file.seek(SeekFrom::Start(from))
                .and_then(|_| file.by_ref().take(NEAR.min(offset - from)).read_to_end(&mut bytes))
                .map_err(|error| sniff::unreadable(&self.path, &error))?;
            fingerprint = fingerprint.add(&bytes);
        }
        Ok(fingerprint.word())
    }

    /// Of all bytes up to each of these offsets, which ascend.
    pub fn whole_to(&self, file: &mut File, offsets: &[u64]) -> Result<Vec<u64>, Error> {
        let failed = |error: std::io::Error| sniff::unreadable(&self.path, &error);
        file.seek(SeekFrom::Start(0)).map_err(failed)?;
        let (mut fingerprint, mut at, mut found) = (Fingerprint::new(), 0, Vec::new());
        let mut chunk = vec![0; CHUNK];
        for offset in offsets {
            while at < *offset {
                let wanted = (*offset - at).min(CHUNK as u64) as usize;
                let read = file.read(&mut chunk[..wanted]).map_err(failed)?;
                if read == 0 {
                    break;
                }
                fingerprint = fingerprint.add_more(&chunk[..read]);
                at += read as u64;
            }
            found.push(fingerprint.word());
        }
        Ok(found)
    }

    fn read(
        &mut self,
        file: &mut File,
        length: u64,
        at_rest: bool,
        keep_going: &dyn Fn() -> bool,
    ) -> Result<(), Error> {
        self.waits = None;
        while self.reached.offset < length {
            let outcome = match self.form {
                Form::Csv(comma) => self.read_rows(file, length, comma, at_rest, keep_going),
                Form::Jsonl => self.read_lines(file, length, keep_going),
            }?;
            match outcome {
                Read::End => return Ok(()),
                Read::Waiting => {
                    self.waits = Some(if self.is_csv() { Waits::ForRest } else { Waits::ForItsEnd });
                    return Ok(());
                }
                Read::TooLong if self.passed == MOST_PASSED => {
                    self.content.odd.add(Odd::Stopped, self.line, "");
                    let whole = self.whole_to(file, &[length])?;
                    (self.reached.offset, self.reached.whole) = (length, whole[0]);
                    return Ok(());
                }
                Read::TooLong => {
                    let (line, at) = (self.line, self.reached.offset);
                    self.pass_line(file, length)?;
                    if self.reached.offset == at {
                        self.waits = Some(Waits::ForItsEnd);
                        return Ok(());
                    }
                    self.passed += 1;
                    self.content.odd.add(Odd::TooLong, line, "");
                }
            }
        }
        Ok(())
    }

    /// Takes the rows of CSV from where reading ended.
    fn read_rows(
        &mut self,
        file: &mut File,
        length: u64,
        comma: u8,
        at_rest: bool,
        keep_going: &dyn Fn() -> bool,
    ) -> Result<Read, Error> {
        let mut bytes = Bytes::from(file, self.reached, length, &self.path)?;
        let mut rows = Rows::new(comma);
        let mut line = self.line;
        loop {
            if !keep_going() {
                return Err(Error::Stopped(sniff::shown(&self.path)));
            }
            let Some((chunk, at)) = bytes.next(file, &self.path)? else { break };
            let mut used = 0;
            while used < chunk.len() {
                let was_between = rows.is_between();
                let (step, more) = rows.take(&chunk[used..]);
                let taken = &chunk[used..used + more];
                if was_between {
                    self.line = line;
                }
                line += lines(taken);
                bytes.fingerprint = bytes.fingerprint.add_more(taken);
                used += more;
                match step {
                    Step::Row => self.take_row(&mut rows),
                    Step::More if rows.is_between() => {}
                    Step::More => continue,
                    Step::TooLong => return Ok(Read::TooLong),
                }
                self.line = line;
                self.reached.offset = at + used as u64;
                self.reached.whole = bytes.fingerprint.word();
            }
        }
        if rows.is_between() {
            return Ok(Read::End);
        }
        if !at_rest {
            return Ok(Read::Waiting);
        }
        if rows.end() == Step::Row {
            self.take_row(&mut rows);
        }
        (self.line, self.reached.offset, self.reached.whole) = (line, length, bytes.fingerprint.word());
        Ok(Read::End)
    }

    fn take_row(&mut self, rows: &mut Rows) {
        let (text, ends) = rows.fields();
        let expected = self.mapped.columns.len();
        if ends.len() == expected {
            // A field ends between letters, as a comma does, so fields are texts where the row is one.
            let whole = std::str::from_utf8(text).ok();
            let mut start = 0;
            let field = |end: &usize| {
                let range = std::mem::replace(&mut start, *end)..*end;
                match whole.and_then(|whole| whole.get(range.clone())) {
                    Some(field) => Cell::Text(field.into()),
                    None => Cell::Text(String::from_utf8_lossy(&text[range])),
                }
            };
            let held = self.content.columns();
            let row: Row<'_> = (0..).zip(ends.iter().take(held).map(field)).collect();
            self.content.odd.add_many(Odd::ManyKeys, ends.len().saturating_sub(held), self.line, "");
            self.content.take(&row, self.line);
        } else {
            let example = format!("{} in the place of {expected}", ends.len());
            self.content.odd.add(Odd::Fields, self.line, &example);
        }
        rows.next();
    }

    /// Takes the lines of JSON from where reading ended.
    fn read_lines(
        &mut self,
        file: &mut File,
        length: u64,
        keep_going: &dyn Fn() -> bool,
    ) -> Result<Read, Error> {
        let mut bytes = Bytes::from(file, self.reached, length, &self.path)?;
        let mut line: Vec<u8> = Vec::new();
        loop {
            if !keep_going() {
                return Err(Error::Stopped(sniff::shown(&self.path)));
            }
            let Some((chunk, at)) = bytes.next(file, &self.path)? else { break };
            let mut used = 0;
            while used < chunk.len() {
                let end = memchr::memchr(b'\n', &chunk[used..]).map_or(chunk.len(), |end| used + end + 1);
                let part = &chunk[used..end];
                bytes.fingerprint = bytes.fingerprint.add_more(part);
                used = end;
                line.extend_from_slice(part);
                if line.len() > MOST_LINE {
                    return Ok(Read::TooLong);
                }
                if !part.ends_with(b"\n") {
                    continue;
                }
                if !self.take_line(&line) {
                    let text = String::from_utf8_lossy(&line);
                    self.content.odd.add(Odd::NoObject, self.line, text.trim());
                }
                line.clear();
                self.line += 1;
                self.reached.offset = at + used as u64;
                self.reached.whole = bytes.fingerprint.word();
            }
        }
        if line.is_empty() {
            return Ok(Read::End);
        }
        // An object that is whole is whole, whatever follows.
        if !self.take_line(&line) {
            return Ok(Read::Waiting);
        }
        (self.reached.offset, self.reached.whole) = (length, bytes.fingerprint.word());
        Ok(Read::End)
    }

    /// Whether it was an object, or blank.
    fn take_line(&mut self, line: &[u8]) -> bool {
        let text = String::from_utf8_lossy(line);
        let text = text.trim();
        if text.is_empty() {
            return true;
        }
        let Some(object) = json::object(text) else { return false };
        let (mut row, mut beyond) = (Row::new(), 0);
        let content = &mut self.content;
        let left_out = json::flatten(&object, &mut |key, cell| match content.column(key) {
            Some(column) => row.push((column, cell)),
            None => beyond += 1,
        });
        content.odd.add_many(Odd::Lists, left_out.lists, self.line, "");
        content.odd.add_many(Odd::LongKeys, left_out.long, self.line, "");
        content.odd.add_many(Odd::ManyKeys, beyond, self.line, "");
        content.take(&row, self.line);
        true
    }

    /// Passes over a line that is too long, or begins a row that is; stays where it has no end yet.
    fn pass_line(&mut self, file: &mut File, length: u64) -> Result<(), Error> {
        let mut bytes = Bytes::from(file, self.reached, length, &self.path)?;
        while let Some((chunk, at)) = bytes.next(file, &self.path)? {
            let end = memchr::memchr(b'\n', &chunk);
            let part = &chunk[..end.map_or(chunk.len(), |end| end + 1)];
            bytes.fingerprint = bytes.fingerprint.add_more(part);
            if end.is_some() {
                self.line += 1;
                self.reached.offset = at + part.len() as u64;
                self.reached.whole = bytes.fingerprint.word();
                return Ok(());
            }
        }
        Ok(())
    }
}

/// For what a last row waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Waits {
    /// That nobody writes for a while: it is whole then.
    ForRest,
    /// That it ends, whatever else.
    ForItsEnd,
}

/// How reading ended.
enum Read {
    End,
    /// Within a row that may go on.
    Waiting,
    TooLong,
}

/// The bytes of a file from somewhere on, up to the length that it had.
struct Bytes {
    at: u64,
    length: u64,
    fingerprint: Fingerprint,
}

impl Bytes {
    fn from(file: &mut File, reached: Reached, length: u64, path: &Path) -> Result<Self, Error> {
        file.seek(SeekFrom::Start(reached.offset)).map_err(|error| sniff::unreadable(path, &error))?;
        Ok(Self { at: reached.offset, length, fingerprint: Fingerprint::of(reached.whole) })
    }

    /// More of them and where they begin; none at the end.
    fn next(&mut self, file: &mut File, path: &Path) -> Result<Option<(Vec<u8>, u64)>, Error> {
        let wanted = (self.length - self.at).min(CHUNK as u64) as usize;
        let mut chunk = vec![0; wanted];
        let read = file.read(&mut chunk).map_err(|error| sniff::unreadable(path, &error))?;
        chunk.truncate(read);
        let at = self.at;
        self.at += read as u64;
        Ok((read > 0).then_some((chunk, at)))
    }
}

fn lines(bytes: &[u8]) -> u64 {
    memchr::memchr_iter(b'\n', bytes).count() as u64
}

/// The state of a file now.
pub(super) fn stamp(path: &Path) -> Stamp {
    let data = fs::metadata(path).ok()?;
    Some((data.len(), data.modified().ok()?))
}

fn is_at_rest(written: SystemTime) -> bool {
    SystemTime::now().duration_since(written).is_ok_and(|age| age >= REST)
}
