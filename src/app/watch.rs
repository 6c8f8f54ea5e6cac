//! Reads run sources in the background and keeps watching them: new runs and steps reach the model as they are
//! written, without a lock held in between.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::App;
use crate::action::{Action, SeriesKey, SourceAction, SourceId};
use crate::address::Origin;
use crate::jobs::Job;
use crate::runs::{RunSet, Series, Status};
use crate::store::runs::{self, Reader, Tail};

/// Jobs whose label begins so are not shown: they never end.
pub(super) const QUIET: &str = "watching";

/// The series of a source that are drawn: how many points are known, and the last step.
#[derive(Debug, Default)]
pub(super) struct Watched(Mutex<BTreeMap<SeriesKey, (usize, i64)>>);

impl Watched {
    fn know(&self, key: &SeriesKey, len: usize, last: Option<i64>) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.insert(key.clone(), (len, last.unwrap_or(i64::MIN)));
    }

    fn known(&self) -> Vec<(SeriesKey, (usize, i64))> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.iter().map(|(key, value)| (key.clone(), *value)).collect()
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
        let label = format!("{QUIET} {}", origin.name());
        self.jobs.start(label, Some(source.0), move |job| {
            let mut reader = match open(&origin) {
                Ok(reader) => reader,
                Err(error) => {
                    tell(job, source, SourceAction::Failed { request, error });
                    return;
                }
            };
            let read = |reader: &mut Box<dyn Reader>| match reader.runs(false) {
                Ok((runs, problems)) => Ok((Arc::new(runs), problems)),
                Err(error) => Err(error.to_string()),
            };
            let mut known = match read(&mut reader) {
                Ok((runs, problems)) => {
                    let known = Arc::clone(&runs);
                    tell(job, source, SourceAction::Loaded { request, runs, problems });
                    known
                }
                Err(error) => {
                    tell(job, source, SourceAction::Failed { request, error });
                    return;
                }
            };
            if origin == Origin::Demo {
                return;
            }
            watch(job, source, request, reader.as_mut(), &watched, &mut known);
        });
    }

    /// Reads series over a connection of their own, so that the watch is not held up.
    pub(super) fn load_series(&mut self, source: SourceId, keys: Vec<SeriesKey>) {
        let Some(origin) = self.state.sources.get(&source).map(|source| source.origin.clone()) else {
            return;
        };
        let watched = self.watched.get(&source).cloned().unwrap_or_default();
        self.jobs.start("reading metrics", Some(source.0), move |job| {
            let mut reader = open(&origin);
            let total = keys.len() as u64;
            for (done, key) in keys.into_iter().enumerate() {
                if total > 1 {
                    job.progress(done as u64, total);
                }
                let series = match &mut reader {
                    Ok(reader) => reader
                        .series(&key.run, &key.metric, &|| !job.is_cancelled())
                        .map_err(|error| error.to_string()),
                    Err(error) => Err(error.clone()),
                };
                if job.is_cancelled() {
                    return;
                }
                let action = match series {
                    Ok(series) => {
                        watched.know(&key, series.len(), series.steps.last().copied());
                        SourceAction::Series { key, series: Arc::new(series) }
                    }
                    Err(error) => SourceAction::SeriesFailed { key, error },
                };
                tell(job, source, action);
            }
        });
    }
}

/// Looks every 100 ms while a run is running, else every 2 s; asks the database only when a file has changed.
fn watch(
    job: &Job<Action>,
    source: SourceId,
    request: u64,
    reader: &mut dyn Reader,
    watched: &Watched,
    known: &mut Arc<RunSet>,
) {
    let mut rest = Duration::ZERO;
    loop {
        let running = known.runs.iter().any(|run| run.status == Status::Running);
        let pause = Duration::from_millis(if running { 100 } else { 2_000 });
        // A large table takes long to read again: it rests ten times as long as that took.
        if job.wait(pause.max(rest)) {
            return;
        }
        if !reader.changed() {
            rest = Duration::ZERO;
            continue;
        }
        let begun = Instant::now();
        for (key, (len, last)) in watched.known() {
            // A writer in the way is waited for at the next look; the drawing stays as it was.
            let Ok(tail) = reader.tail(&key.run, &key.metric, len, last) else { continue };
            let (points, whole): (Series, bool) = match tail {
                Tail::Nothing => continue,
                Tail::Added(points) => (points, false),
                Tail::Whole(points) => (points, true),
            };
            let len = if whole { points.len() } else { len + points.len() };
            watched.know(&key, len, points.steps.last().copied());
            let series = Arc::new(points);
            let action =
                if whole { SourceAction::Series { key, series } } else { SourceAction::Tail { key, series } };
            if !tell(job, source, action) {
                return;
            }
        }
        if let Ok((runs, problems)) = reader.runs(false) {
            *known = Arc::new(runs);
            let runs = Arc::clone(known);
            if !tell(job, source, SourceAction::Loaded { request, runs, problems }) {
                return;
            }
        }
        rest = begun.elapsed() * 10;
    }
}
