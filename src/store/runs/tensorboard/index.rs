//! What was read of a run: each tag with its points, its hyperparameters, where its artifacts lie. Each byte of a file is
//! read once; what comes later is added.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use super::event::{Event, Value, What};
use super::file::EventFile;
use super::oddities::{Oddities, Oddity};
use super::places::{Place, places};
use super::records::{CHUNK, Next, Records};
use super::session::Session;
use super::tag::{Found, Kind, Tag};
use super::tensor;
use crate::runs::Point;
use crate::store::runs::Error;

/// A run with more tags than this is made up.
const MOST_TAGS: usize = 100_000;

/// A walk asks after so many records whether to go on.
const ASKED_AFTER: u64 = 1 << 14;

/// Who else wants the values that are walked over.
pub(super) trait Also {
    /// From where on values of the file with this fingerprint are wanted.
    fn from(&self, print: u64) -> u64;
    /// A value of a record at a place in a file.
    fn take(&mut self, file: u64, at: u64, tag: &str, found: Found);
}

/// Nobody.
impl Also for () {
    fn from(&self, _: u64) -> u64 {
        u64::MAX
    }

    fn take(&mut self, _: u64, _: u64, _: &str, _: Found) {}
}

/// See the head of this file.
#[derive(Debug)]
pub(super) struct Index {
    /// In the order in which TensorBoard reads them: by name.
    pub files: Vec<EventFile>,
    places: HashMap<Arc<str>, u32>,
    pub tags: Vec<Tag>,
    /// The time of the first event, in microseconds since 1970, where a date can show it.
    pub began: Option<i64>,
    pub session: Session,
    pub artifacts: Vec<Place>,
    /// How many more artifacts there are than are listed.
    pub more_artifacts: u64,
    pub oddities: Oddities,
    /// Whether points are kept. Where not, only the latest are known, and series are read from the files.
    pub keeps: bool,
    /// How many points are kept.
    pub points: usize,
}

impl Index {
    /// Of which nothing was read.
    pub fn new(files: &[PathBuf]) -> Self {
        Self {
            files: files.iter().map(|path| EventFile::new(path)).collect(),
            places: HashMap::new(),
            tags: Vec::new(),
            began: None,
            session: Session::default(),
            artifacts: Vec::new(),
            more_artifacts: 0,
            oddities: Oddities::default(),
            keeps: true,
            points: 0,
        }
    }

    /// Whether the run has other files now than those that can be read on: one was taken away or replaced, or one came whose
    /// place is before another.
    pub fn is_outdated(&self, files: &[PathBuf], thorough: bool) -> bool {
        let known = self.files.iter().map(|file| &file.path);
        let are_first = files.len() >= self.files.len() && known.eq(&files[..self.files.len()]);
        !are_first || self.files.iter().any(|file| file.is_replaced(thorough))
    }

    /// Takes further files in.
    pub fn add(&mut self, files: &[PathBuf]) {
        self.files.extend(files[self.files.len()..].iter().map(|path| EventFile::new(path)));
    }

    /// A tag.
    pub fn tag(&self, name: &str) -> Option<&Tag> {
        self.places.get(name).map(|at| &self.tags[*at as usize])
    }

    /// Reads on in every file, keeps at most `room` points, and returns how many records it walked over. What was read so
    /// far stands when `keep_going` says no.
    pub fn read(
        &mut self,
        room: usize,
        also: &mut impl Also,
        keep_going: &dyn Fn(u64) -> bool,
    ) -> Result<u64, Error> {
        let mut walked = 0;
        for at in 0..self.files.len() {
            let is_wanted = also.from(self.files[at].reached.print) < self.files[at].reached.offset;
            if is_wanted || self.files[at].has_news() {
                self.files[at].unreadable = None;
                walked += self.read_file(at, also, &|more| keep_going(walked + more))?;
            }
            if self.points > room {
                self.let_go();
            }
        }
        Ok(walked)
    }

    /// Lets go of all points.
    fn let_go(&mut self) {
        (self.keeps, self.points) = (false, 0);
        self.tags.iter_mut().for_each(Tag::let_go);
    }

    fn read_file(
        &mut self,
        number: usize,
        also: &mut impl Also,
        keep_going: &dyn Fn(u64) -> bool,
    ) -> Result<u64, Error> {
        let (source, end) = match self.files[number].open() {
            Ok(opened) => opened,
            Err(error) => {
                self.files[number].leave_early(Some(error.to_string()));
                return Ok(0);
            }
        };
        let print = self.files[number].reached.print;
        let from = also.from(print);
        let start = from.min(self.files[number].reached.offset);
        let mut walked = 0;
        let mut records = match Records::from(source, start, end, CHUNK) {
            Ok(records) => records,
            Err(error) => {
                self.files[number].leave_early(Some(error.to_string()));
                return Ok(0);
            }
        };
        self.files[number].lost = None;
        loop {
            let next = match records.next() {
                Ok(next) => next,
                Err(error) => {
                    self.files[number].leave_early(Some(error.to_string()));
                    return Ok(walked);
                }
            };
            let place = |at: u64| (number as u32, at);
            let known = self.files[number].reached.offset;
            let odd = match next {
                Next::Record { at, data } => {
                    let taking = Taking { place: place(at), is_new: at >= known };
                    let mut own = |tag: &str, found| {
                        if at >= from {
                            also.take(print, at, tag, found);
                        }
                    };
                    let is_sound = self.take(taking, data, &mut own);
                    (!is_sound).then_some((Oddity::Malformed, at))
                }
                Next::Damaged { at } => Some((Oddity::Damaged, at)),
                Next::TooLong { at } => Some((Oddity::TooLong, at)),
                Next::Lost { at } => {
                    self.files[number].lost = Some(at);
                    self.files[number].leave(0);
                    return Ok(walked);
                }
                Next::End { left } => {
                    self.files[number].leave(left);
                    return Ok(walked);
                }
            };
            if let Some((oddity, at)) = odd.filter(|(_, at)| *at >= known) {
                self.oddities.count(oddity, place(at));
            }
            if records.at() > known {
                let reached = &mut self.files[number].reached;
                (reached.offset, reached.mark) = (records.at(), records.mark());
            }
            walked += 1;
            if walked % ASKED_AFTER == 0 && !keep_going(walked) {
                self.files[number].leave_early(None);
                return Err(Error::Stopped(self.files[number].path.display().to_string()));
            }
        }
    }

    /// Takes an event in; false where it is malformed.
    fn take(&mut self, taking: Taking, data: &[u8], own: &mut impl FnMut(&str, Found)) -> bool {
        let Ok(event) = Event::of(data) else { return false };
        let (time, is_shown) = event.time;
        if self.began.is_none() && is_shown {
            self.began = Some(time);
        }
        let mut is_sound = true;
        for value in event.values() {
            match value {
                Ok(value) => is_sound &= self.take_value(taking, &event, &value, own),
                Err(_) => return false,
            }
        }
        is_sound
    }

    fn take_value(
        &mut self,
        taking: Taking,
        event: &Event<'_>,
        value: &Value<'_>,
        own: &mut impl FnMut(&str, Found),
    ) -> bool {
        let name = String::from_utf8_lossy(value.tag);
        let at = match self.places.get(&*name) {
            Some(at) => *at as usize,
            None if self.tags.len() == MOST_TAGS => {
                if taking.is_new {
                    self.oddities.count(Oddity::TooManyTags, taking.place);
                }
                return true;
            }
            None => {
                let name: Arc<str> = name.into();
                self.tags.push(Tag::new(Arc::clone(&name)));
                self.places.insert(name, self.tags.len() as u32 - 1);
                self.tags.len() - 1
            }
        };
        let tag = &mut self.tags[at];
        if let Some((plugin, content)) = value.plugin {
            tag.name_kind(plugin);
            if plugin == b"hparams" && taking.is_new && !self.session.take(content) {
                return false;
            }
        }
        let number = match (value.what, tag.kind) {
            // Whatever the plugin, as TensorBoard has it.
            (What::Number(number), _) => Some(f64::from(number)),
            (What::Tensor(tensor), Kind::Scalars) => tensor::number(tensor),
            // Before plugins had names, a tensor with one number was a scalar as well.
            (What::Tensor(tensor), Kind::Unnamed) => match tensor::number(tensor) {
                Some(number) => Some(number),
                None => return true,
            },
            (what, kind) => {
                if taking.is_new {
                    let listed = places(what, kind, (at as u32, event), taking.place, &mut self.artifacts);
                    self.more_artifacts += listed;
                }
                return true;
            }
        };
        let (time, is_shown) = event.time;
        let found = match number {
            Some(value) => Found::Point(Point { step: event.step, time, value }, is_shown),
            None => Found::Odd(event.step),
        };
        own(&tag.name, found);
        if taking.is_new {
            self.points += tag.take(found, taking.place.0, self.keeps);
        }
        true
    }
}

/// How a record is taken.
#[derive(Clone, Copy)]
struct Taking {
    /// The number of its file, and where it begins.
    place: (u32, u64),
    /// Whether it was not read before.
    is_new: bool,
}
