//! Reads run sources in the background and keeps watching them: new runs and steps reach the model as they are
//! written, without a lock held in between.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::App;
use crate::action::{Action, Owner, SeriesAction, SeriesKey, SourceAction, SourceId};
use crate::address::Origin;
use crate::jobs::Job;
use crate::problem::Problem;
use crate::runs::{Curve, Mapping, RunSet, Series, Status};
use crate::store::runs::cache::Cache;
use crate::store::runs::{self, Change, Cursor, Error, Known, Look, Patience, Pulse, Reader};

/// A series as the watch knows it.
#[derive(Clone, Debug)]
struct Mark {
    request: u64,
    cursor: Cursor,
    /// Longer ones are thinned when they are read anew.
    most: usize,
}

/// What the readers of a source share.
#[derive(Default)]
pub(super) struct Watched {
    known: Mutex<BTreeMap<SeriesKey, Mark>>,
    /// What is drawn.
    followed: Mutex<BTreeSet<SeriesKey>>,
    /// Whether some window shows the source.
    in_sight: AtomicBool,
    /// Whether to look though no file changes: the watch may have looked before a series was known or drawn.
    look: AtomicBool,
    /// A reader that nobody uses now: opening one takes longer than a short series.
    spare: Mutex<Option<Box<dyn Reader>>>,
}

fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Watched {
    /// A series was read for a request.
    fn know(&self, key: &SeriesKey, mark: Mark) {
        held(&self.known).insert(key.clone(), mark);
    }

    /// The watch came further, unless the series was read anew meanwhile.
    fn advance(&self, key: &SeriesKey, mark: Mark) {
        if let Some(known) = held(&self.known).get_mut(key).filter(|known| known.request == mark.request) {
            *known = mark;
        }
    }

    /// A series cannot be read any more: it is not looked at until it is asked for again.
    fn give_up(&self, key: &SeriesKey, request: u64) {
        let mut known = held(&self.known);
        if known.get(key).is_some_and(|known| known.request == request) {
            known.remove(key);
        }
    }

    /// Follows these from now on; what came to them meanwhile is looked for at once.
    pub(super) fn follow(&self, keys: BTreeSet<SeriesKey>, forgotten: &[SeriesKey], in_sight: bool) {
        self.in_sight.store(in_sight, Ordering::Release);
        let mut known = held(&self.known);
        for key in forgotten {
            known.remove(key);
        }
        let before = std::mem::replace(&mut *held(&self.followed), keys);
        if held(&self.followed).iter().any(|key| !before.contains(key) && known.contains_key(key)) {
            self.look.store(true, Ordering::Release);
        }
    }

    /// Keeps a reader for the next that asks.
    fn lay_aside(&self, mut reader: Box<dyn Reader>) {
        reader.rest();
        reader.settle();
        *held(&self.spare) = Some(reader);
    }

    fn is_followed(&self, key: &SeriesKey) -> bool {
        held(&self.followed).contains(key)
    }

    /// What is drawn and known.
    fn marks(&self) -> Vec<(SeriesKey, Mark)> {
        let known = held(&self.known);
        let followed = held(&self.followed);
        followed.iter().filter_map(|key| Some((key.clone(), known.get(key)?.clone()))).collect()
    }
}

/// Why a source cannot be read.
pub(super) struct Failure {
    pub sentence: String,
    /// Whether a copy of it could be read.
    asks_for_a_copy: bool,
}

impl std::convert::From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self { sentence: error.to_string(), asks_for_a_copy: error.asks_for_a_copy() }
    }
}

/// How a source is read.
#[derive(Clone)]
pub(super) struct Way {
    pub origin: Origin,
    /// What the columns of a table are.
    pub mapping: Option<Mapping>,
    /// Where it is kept what was read.
    pub cache: Option<Cache>,
}

impl Way {
    /// Opens the source; a table by its mapping, or by a guess where it has other columns by now, with what to say of that.
    pub fn open(&self) -> Result<(Box<dyn Reader>, Option<Problem>), Failure> {
        let (path, reader, odd) = match (&self.origin, &self.mapping) {
            (Origin::Demo, _) => return Ok((runs::open_demo()?, None)),
            (Origin::Path(path), None) => (path, runs::open(path)?, None),
            (Origin::Path(path), mapping) => {
                match runs::tables::open(path, mapping.as_ref(), Patience::Window) {
                    Err(error @ (Error::Mapping { .. } | Error::NoMapped(_) | Error::NoTable(_))) => {
                        let message = format!(
                            "How this was read before does not fit any more, so it is guessed: {error}"
                        );
                        (path, runs::open(path)?, Some(Problem::warning(message, self.origin.name())))
                    }
                    outcome => (path, outcome?, None),
                }
            }
            (other, _) => {
                let sentence = format!("This address names no run store that can be read yet: {other}");
                return Err(Failure { sentence, asks_for_a_copy: false });
            }
        };
        Ok(match &self.cache {
            Some(cache) => (cache.around(path, reader), odd),
            None => (reader, odd),
        })
    }
}

/// What is told when the reading of a source ended by a defect of the program.
pub(super) const DEFECT: &str = "Reading this ended by a defect of the program; everything else goes on";

pub(super) fn tell(job: &Job<Action>, source: SourceId, action: SourceAction) -> bool {
    job.send(Action::Source(source, action))
}

impl App {
    /// Reads a source's runs, then watches it until it is closed.
    pub(super) fn load_source(
        &mut self,
        source: SourceId,
        (origin, mapping): (Origin, Option<Mapping>),
        request: u64,
    ) {
        let watched = Arc::new(Watched::default());
        self.watched.insert(source, Arc::clone(&watched));
        let label = format!("reading rows of {}", origin.name());
        let way = Way { origin, mapping, cache: self.profile.run_cache() };
        self.jobs.start(label, Some(Owner::Source(source)), move |job| {
            let keep_going = |rows| {
                job.progress(rows, 0);
                !job.is_cancelled()
            };
            let _told = job.if_it_panics(|job| {
                let error = DEFECT.to_owned();
                job.send_last(Action::Source(
                    source,
                    SourceAction::Failed { request, error, asks_for_a_copy: false },
                ));
            });
            let first = way.open().and_then(|(mut reader, odd)| {
                let (runs, mut problems) = reader.runs_while(false, &keep_going)?;
                problems.extend(odd);
                let runs = runs.with_kind(reader.kind());
                Ok((reader, (runs, problems)))
            });
            if job.is_cancelled() {
                job.send_last(Action::Source(source, SourceAction::Stopped { request }));
                return;
            }
            let (reader, (runs, problems)) = match first {
                Ok(found) => found,
                Err(Failure { sentence: error, asks_for_a_copy }) => {
                    tell(job, source, SourceAction::Failed { request, error, asks_for_a_copy });
                    return;
                }
            };
            let runs = Arc::new(runs);
            if !tell(job, source, SourceAction::Loaded { request, runs: Arc::clone(&runs), problems }) {
                job.send_last(Action::Source(source, SourceAction::Stopped { request }));
                return;
            }
            if reader.is_live() {
                job.be_quiet();
                Watch { job, source, request, watched: &watched, reader, runs }.run();
            }
        });
    }

    /// How an open source is read.
    pub(super) fn way_to(&self, source: SourceId) -> Option<Way> {
        let of = self.state.sources.get(&source)?;
        let (origin, mapping) = (of.origin.clone(), of.mapping.clone());
        Some(Way { origin, mapping, cache: self.profile.run_cache() })
    }

    /// Reads series over a connection of their own, so that the watch is not held up.
    pub(super) fn load_series(&mut self, source: SourceId, request: u64, keys: Vec<SeriesKey>, most: usize) {
        let Some(way) = self.way_to(source) else { return };
        let watched = self.watched.get(&source).cloned().unwrap_or_default();
        self.jobs.start("reading metrics", Some(Owner::Source(source)), move |job| {
            let spare = held(&watched.spare).take();
            let opened = spare.map_or_else(|| way.open().map(|(reader, _)| reader), Ok);
            let mut reader = opened.map_err(|failure| failure.sentence);
            read_series(job, (source, request, most), &mut reader, keys, &watched);
            // What is left is no answer that anybody waits for.
            job.be_quiet();
            if let Ok(reader) = reader {
                watched.lay_aside(reader);
            }
        });
    }

    /// Reads all points of a window of a thinned series.
    pub(super) fn load_window(&mut self, source: SourceId, request: u64, key: SeriesKey, steps: (i64, i64)) {
        let Some(way) = self.way_to(source) else { return };
        let watched = self.watched.get(&source).cloned().unwrap_or_default();
        self.jobs.start_quiet("reading points", Some(Owner::Source(source)), move |job| {
            let spare = held(&watched.spare).take();
            let reader = spare.map_or_else(|| way.open().map(|(reader, _)| reader), Ok);
            // Without the points of the window the thinned series stays, which is true as well.
            let none = SeriesAction::NoWindow(steps);
            let answer =
                |series| tell(job, source, SourceAction::Series { request, key: key.clone(), series });
            let Ok(mut reader) = reader else {
                answer(none);
                return;
            };
            let _told = job.if_it_panics(|_| {
                answer(SeriesAction::NoWindow(steps));
            });
            let read = reader.window(&key.run, &key.metric, steps, &|| !job.is_cancelled());
            answer(read.map_or(none, |series| SeriesAction::Window(steps, Arc::new(Curve::new(series)))));
            watched.lay_aside(reader);
        });
    }

    /// Sorts points into a series.
    pub(super) fn merge_series(
        &mut self,
        source: SourceId,
        (request, turn): (u64, u64),
        key: SeriesKey,
        mut curve: Arc<Curve>,
        points: Vec<Arc<Series>>,
    ) {
        self.jobs.start_quiet("sorting points", Some(Owner::Source(source)), move |job| {
            let _told = job.if_it_panics(|job| {
                let series = SeriesAction::Failed(DEFECT.to_owned());
                tell(job, source, SourceAction::Series { request, key: key.clone(), series });
            });
            let own = Arc::make_mut(&mut curve);
            for points in points {
                own.append(&points);
            }
            let series = SeriesAction::Merged(turn, curve);
            tell(job, source, SourceAction::Series { request, key: key.clone(), series });
        });
    }
}

fn read_series(
    job: &Job<Action>,
    (source, request, most): (SourceId, u64, usize),
    reader: &mut Result<Box<dyn Reader>, String>,
    keys: Vec<SeriesKey>,
    watched: &Watched,
) {
    let total = keys.len() as u64;
    let answer = |key: &SeriesKey, series| {
        tell(job, source, SourceAction::Series { request, key: key.clone(), series })
    };
    let ended = |why: &str| {
        let why = why.to_owned();
        job.send_last(Action::Source(source, SourceAction::SeriesStopped { request, why }));
    };
    let stopped = || ended("Reading was stopped before its end.");
    let _told = job.if_it_panics(|_| ended(DEFECT));
    let mut told = BTreeSet::new();
    let mut left = keys;
    while let Some(run) = left.first().map(|key| key.run.clone()) {
        job.progress(total - left.len() as u64, total);
        let (mut own, others): (Vec<_>, Vec<_>) = left.into_iter().partition(|key| key.run == run);
        // What was unticked meanwhile is not read any more; nobody waits for it.
        own.retain(|key| watched.is_followed(key));
        let metrics: Vec<&str> = own.iter().map(|key| key.metric.as_str()).collect();
        let read = match reader {
            Ok(reader) => {
                let read = reader.curves_of(&run, &metrics, most, &|| !job.is_cancelled());
                read.map_err(|error| error.to_string())
            }
            Err(error) => Err(error.clone()),
        };
        if job.is_cancelled() {
            return stopped();
        }
        match read {
            Ok((all, problems)) => {
                // A damaged table is the same for every run.
                for problem in problems.into_iter().filter(|problem| told.insert(problem.message.clone())) {
                    job.send(Action::Notice(problem));
                }
                for (key, (curve, cursor)) in own.iter().zip(all) {
                    // Told before it is known: what the watch finds next must come after it.
                    if !answer(key, SeriesAction::Whole(Arc::new(curve))) {
                        return stopped();
                    }
                    watched.know(key, Mark { request, cursor, most });
                }
            }
            Err(error) => {
                for key in &own {
                    answer(key, SeriesAction::Failed(error.clone()));
                }
            }
        }
        left = others;
    }
    if job.is_cancelled() {
        stopped();
    }
    // The watch may have looked between the reading and the knowing.
    watched.look.store(true, Ordering::Release);
}

/// The watch over an open source.
struct Watch<'a> {
    job: &'a Job<Action>,
    source: SourceId,
    request: u64,
    watched: &'a Watched,
    reader: Box<dyn Reader>,
    runs: Arc<RunSet>,
}

/// The watch was cancelled.
struct Ended;

impl Watch<'_> {
    /// Looks as the pulse of a watch tells; asks the database only when a file has changed.
    fn run(mut self) {
        let mut pulse = Pulse::new(Duration::ZERO);
        loop {
            let is_running = self.runs.runs.iter().any(|run| run.status == Status::Running);
            if self.job.wait(pulse.wait(is_running)) {
                return;
            }
            // Nobody looks: nothing is read, and what changes meanwhile is found when somebody does.
            if !self.watched.in_sight.load(Ordering::Acquire) {
                continue;
            }
            if self.reader.changed() {
                pulse.changed();
            }
            if self.watched.look.swap(false, Ordering::AcqRel) {
                pulse.ask(Look::Steps);
            }
            for look in Look::ALL {
                if !pulse.is_due(look) {
                    continue;
                }
                let begun = Instant::now();
                let outcome = match look {
                    Look::Steps => self.look_at_steps(false),
                    Look::Table => self.look_at_table(),
                    Look::Count => self.look_at_steps(true),
                };
                match outcome {
                    Ok(outcome) => pulse.done(look, begun, outcome),
                    Err(Ended) => return,
                }
            }
            if let Some(error) = pulse.end_round() {
                let request = self.request;
                let failed = SourceAction::Failed { request, error, asks_for_a_copy: false };
                if !tell(self.job, self.source, failed) {
                    return;
                }
            }
        }
    }

    /// News of what is drawn.
    fn look_at_steps(&mut self, thorough: bool) -> Result<Result<(), Error>, Ended> {
        let marks = self.watched.marks();
        let known: Vec<Known<'_>> = marks
            .iter()
            .map(|(key, mark)| Known { run: &key.run, metric: &key.metric, cursor: &mark.cursor })
            .collect();
        if known.is_empty() {
            return Ok(Ok(()));
        }
        let news = match self.reader.changes(&known, thorough, &|| !self.job.is_cancelled()) {
            Ok(news) => news,
            Err(Error::Stopped(_)) => return Err(Ended),
            Err(error) => return Ok(Err(error)),
        };
        for ((key, Mark { request, most, .. }), news) in marks.into_iter().zip(news) {
            let series = match news {
                Ok((change, cursor)) => {
                    self.watched.advance(&key, Mark { request, cursor, most });
                    match change {
                        Change::Nothing => continue,
                        Change::Added(points) => SeriesAction::Added(Arc::new(points)),
                        Change::Whole(points) => {
                            SeriesAction::Whole(Arc::new(Curve::of_at_most(points, most)))
                        }
                    }
                }
                Err(error) => {
                    self.watched.give_up(&key, request);
                    SeriesAction::Failed(error.to_string())
                }
            };
            if !tell(self.job, self.source, SourceAction::Series { request, key, series }) {
                return Err(Ended);
            }
        }
        Ok(Ok(()))
    }

    fn look_at_table(&mut self) -> Result<Result<(), Error>, Ended> {
        let (runs, problems) = match self.reader.runs_while(false, &|_| !self.job.is_cancelled()) {
            Ok(found) => found,
            Err(Error::Stopped(_)) => return Err(Ended),
            Err(error) => return Ok(Err(error)),
        };
        self.runs = Arc::new(runs.with_kind(self.reader.kind()));
        let (request, runs) = (self.request, Arc::clone(&self.runs));
        let is_heard = tell(self.job, self.source, SourceAction::Loaded { request, runs, problems });
        if is_heard { Ok(Ok(())) } else { Err(Ended) }
    }
}

#[cfg(test)]
mod tests;
