//! Reads run sources in the background and keeps watching them: new runs and steps reach the model as they are
//! written, without a lock held in between.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::App;
use crate::action::{Action, SeriesKey, SourceAction, SourceId};
use crate::address::Origin;
use crate::jobs::Job;
use crate::runs::{RunSet, Series, Status};
use crate::store::runs::{self, Error, Known, Reader, Tail};

/// How much of a series is known.
#[derive(Clone, Copy, Debug)]
struct Extent {
    len: usize,
    last_step: i64,
    left_out: usize,
}

impl Extent {
    fn of(series: &Series) -> Self {
        Self {
            len: series.len(),
            last_step: series.steps.last().copied().unwrap_or(i64::MIN),
            left_out: series.left_out.map_or(0, |rows| rows.count),
        }
    }

    fn with(self, tail: Self) -> Self {
        Self {
            len: self.len + tail.len,
            last_step: self.last_step.max(tail.last_step),
            left_out: self.left_out + tail.left_out,
        }
    }
}

/// The series of a source that are drawn.
#[derive(Debug, Default)]
pub(super) struct Watched {
    known: Mutex<BTreeMap<SeriesKey, Extent>>,
    /// Whether the store changed while a series was read: the watch may have looked before it was known.
    look: AtomicBool,
}

impl Watched {
    fn know(&self, key: &SeriesKey, extent: Extent) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.insert(key.clone(), extent);
    }

    /// By run, since a walk over a run's rows serves all its metrics.
    fn by_run(&self) -> BTreeMap<String, Vec<(String, Extent)>> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let mut runs: BTreeMap<String, Vec<_>> = BTreeMap::new();
        for (key, extent) in &*known {
            runs.entry(key.run.clone()).or_default().push((key.metric.clone(), *extent));
        }
        runs
    }
}

fn open(origin: &Origin) -> Result<Box<dyn Reader>, String> {
    match origin {
        Origin::Demo => runs::open_demo().map_err(|error| error.to_string()),
        Origin::Path(path) => runs::open(path).map_err(|error| error.to_string()),
        other => Err(format!("This address names no run store that can be read yet: {other}")),
    }
}

fn tell(job: &Job<Action>, source: SourceId, action: SourceAction) -> bool {
    job.send(Action::Source(source, action))
}

impl App {
    /// Reads a source's runs, then watches it until it is closed.
    pub(super) fn load_source(&mut self, source: SourceId, origin: Origin, request: u64) {
        let watched = Arc::new(Watched::default());
        self.watched.insert(source, Arc::clone(&watched));
        let label = format!("reading rows of {}", origin.name());
        self.jobs.start(label, Some(source.0), move |job| {
            let keep_going = |rows| {
                job.progress(rows, 0);
                !job.is_cancelled()
            };
            let first = open(&origin).and_then(|mut reader| match reader.runs_while(false, &keep_going) {
                Ok(found) => Ok((reader, found)),
                Err(error) => Err(error.to_string()),
            });
            if job.is_cancelled() {
                job.send_last(Action::Source(source, SourceAction::Stopped { request }));
                return;
            }
            let (reader, (runs, problems)) = match first {
                Ok(found) => found,
                Err(error) => {
                    tell(job, source, SourceAction::Failed { request, error });
                    return;
                }
            };
            let runs = Arc::new(runs);
            tell(job, source, SourceAction::Loaded { request, runs: Arc::clone(&runs), problems });
            if origin != Origin::Demo {
                job.be_quiet();
                Watch { job, source, request, watched: &watched, reader, runs }.run();
            }
        });
    }

    /// Reads series over a connection of their own, so that the watch is not held up.
    pub(super) fn load_series(&mut self, source: SourceId, keys: Vec<SeriesKey>) {
        let Some(origin) = self.state.sources.get(&source).map(|source| source.origin.clone()) else {
            return;
        };
        let watched = self.watched.get(&source).cloned().unwrap_or_default();
        self.jobs.start("reading metrics", Some(source.0), move |job| {
            read_series(job, source, open(&origin), keys, &watched);
        });
    }
}

fn read_series(
    job: &Job<Action>,
    source: SourceId,
    mut reader: Result<Box<dyn Reader>, String>,
    keys: Vec<SeriesKey>,
    watched: &Watched,
) {
    let total = keys.len() as u64;
    let mut left = keys;
    while let Some(run) = left.first().map(|key| key.run.clone()) {
        job.progress(total - left.len() as u64, total);
        let (own, others): (Vec<_>, Vec<_>) = left.into_iter().partition(|key| key.run == run);
        let metrics: Vec<&str> = own.iter().map(|key| key.metric.as_str()).collect();
        let read = match &mut reader {
            Ok(reader) => {
                reader.series_of(&run, &metrics, &|| !job.is_cancelled()).map_err(|error| error.to_string())
            }
            Err(error) => Err(error.clone()),
        };
        if job.is_cancelled() {
            let undone = SourceAction::SeriesStopped([own, others].concat());
            job.send_last(Action::Source(source, undone));
            return;
        }
        match read {
            Ok(all) => {
                for (key, series) in own.into_iter().zip(all) {
                    let extent = Extent::of(&series);
                    let series = Arc::new(series);
                    // Told before it is known: what the watch finds next must come after it.
                    tell(job, source, SourceAction::Series { key: key.clone(), series });
                    watched.know(&key, extent);
                }
            }
            Err(error) => {
                for key in own {
                    tell(job, source, SourceAction::SeriesFailed { key, error: error.clone() });
                }
            }
        }
        // The watch may have looked between the reading and the knowing.
        if reader.as_mut().is_ok_and(|reader| reader.changed()) {
            watched.look.store(true, Ordering::Release);
        }
        left = others;
    }
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
    /// Looks every 100 ms while a run is running, else every 2 s; asks the database only when a file has
    /// changed.
    fn run(mut self) {
        /// The first failures may be the blink in which a writer opens or closes its log.
        const TOLD_AFTER: u32 = 3;
        let (mut steps_due, mut table_due) = (false, false);
        let mut table_from = Instant::now();
        let mut failures = 0;
        loop {
            let running = self.runs.runs.iter().any(|run| run.status == Status::Running);
            if self.job.wait(Duration::from_millis(if running { 100 } else { 2_000 })) {
                return;
            }
            if self.reader.changed() {
                (steps_due, table_due) = (true, true);
            }
            steps_due |= self.watched.look.swap(false, Ordering::AcqRel);
            let mut failure = None;
            if steps_due {
                match self.look_at_steps() {
                    Ok(outcome) => {
                        steps_due = outcome.is_err();
                        failure = outcome.err();
                    }
                    Err(Ended) => return,
                }
            }
            let begun = Instant::now();
            if table_due && begun >= table_from {
                match self.look_at_table() {
                    Ok(outcome) => {
                        table_due = outcome.is_err();
                        failure = failure.or_else(|| outcome.err());
                    }
                    Err(Ended) => return,
                }
                // A large table takes long to read again: it rests ten times as long as that took.
                table_from = Instant::now() + begun.elapsed() * 10;
            }
            // A writer in the way is no failure: it is waited for at the next look.
            match failure.filter(|error| !matches!(error, Error::Busy(_) | Error::Unsteady(_))) {
                None => failures = 0,
                Some(error) => {
                    failures += 1;
                    table_due = true;
                    let failed = SourceAction::Failed { request: self.request, error: error.to_string() };
                    if failures == TOLD_AFTER && !tell(self.job, self.source, failed) {
                        return;
                    }
                }
            }
        }
    }

    fn look_at_steps(&mut self) -> Result<Result<(), Error>, Ended> {
        for (run, series) in self.watched.by_run() {
            let known: Vec<Known<'_>> = series
                .iter()
                .map(|(metric, Extent { len, last_step, left_out })| Known {
                    metric,
                    len: *len,
                    last_step: *last_step,
                    left_out: *left_out,
                })
                .collect();
            let tails = match self.reader.tails(&run, &known) {
                Ok(tails) => tails,
                Err(error) => return Ok(Err(error)),
            };
            // The series carry what was left out of them.
            drop(self.reader.problems());
            for ((metric, before), tail) in series.into_iter().zip(tails) {
                let (points, whole): (Series, bool) = match tail {
                    Tail::Nothing => continue,
                    Tail::Added(points) => (points, false),
                    Tail::Whole(points) => (points, true),
                };
                let key = SeriesKey { run: run.clone(), metric };
                let came = Extent::of(&points);
                self.watched.know(&key, if whole { came } else { before.with(came) });
                let series = Arc::new(points);
                let action = if whole {
                    SourceAction::Series { key, series }
                } else {
                    SourceAction::Tail { key, series }
                };
                if !tell(self.job, self.source, action) {
                    return Err(Ended);
                }
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
        self.runs = Arc::new(runs);
        let (request, runs) = (self.request, Arc::clone(&self.runs));
        let is_heard = tell(self.job, self.source, SourceAction::Loaded { request, runs, problems });
        if is_heard { Ok(Ok(())) } else { Err(Ended) }
    }
}

#[cfg(test)]
mod tests;
