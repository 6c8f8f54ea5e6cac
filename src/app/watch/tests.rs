//! The watch against a reader that does as it is told: nothing is missed, nothing is told twice.

use std::collections::VecDeque;
use std::sync::Condvar;

use super::*;
use crate::jobs::{Jobs, Wake};
use crate::runs::{Point, Series, SourceKind};
use crate::store::runs::{News, Patience, RunsAndProblems, SeriesAndProblems};

const SOURCE: SourceId = SourceId(1);

/// A store with one running run; every answer is taken from the front of its list.
#[derive(Default)]
struct Scripted {
    changed: VecDeque<bool>,
    changes: VecDeque<Result<Change, Error>>,
    /// Whether what `changes` fails by is about the series alone.
    fails_alone: bool,
    tables: VecDeque<Error>,
}

fn series(steps: &[i64]) -> Series {
    Series::from_points(steps.iter().map(|step| Point { step: *step, time: 0, value: 0.5 }).collect())
}

fn running() -> RunSet {
    RunSet::new(Vec::new(), Default::default(), vec![crate::runs::Run::bare("r")])
}

impl Reader for Scripted {
    fn probe(_: &std::path::Path, _: Patience) -> Result<Option<Box<dyn Reader>>, Error> {
        Ok(None)
    }

    fn kind(&self) -> SourceKind {
        SourceKind::MlflowSqlite
    }

    fn is_live(&self) -> bool {
        true
    }

    fn count(&mut self) -> Result<usize, Error> {
        Ok(1)
    }

    fn runs_while(&mut self, _deleted: bool, _keep_going: &dyn Fn(u64) -> bool) -> RunsAndProblems {
        self.tables.pop_front().map_or_else(|| Ok((running(), Vec::new())), Err)
    }

    fn series_of(&mut self, _: &str, metrics: &[&str], _: &dyn Fn() -> bool) -> SeriesAndProblems {
        Ok((vec![(series(&[0]), Cursor::default()); metrics.len()], Vec::new()))
    }

    fn changes(
        &mut self,
        known: &[Known<'_>],
        thorough: bool,
        _: &dyn Fn() -> bool,
    ) -> Result<Vec<News>, Error> {
        // What is counted again is always as it was.
        let next = if thorough { None } else { self.changes.pop_front() };
        let mut news: Vec<News> = known.iter().map(|_| Ok((Change::Nothing, Cursor::default()))).collect();
        match next {
            Some(Ok(change)) => news.fill_with(|| Ok((change.clone(), Cursor::default()))),
            Some(Err(error)) if self.fails_alone => news[0] = Err(error),
            Some(Err(error)) => return Err(error),
            None => {}
        }
        Ok(news)
    }

    fn rest(&mut self) {}

    fn changed(&mut self) -> bool {
        self.changed.pop_front().unwrap_or(false)
    }
}

/// Rings of the bell, to wait for.
type Bell = Arc<(Mutex<u64>, Condvar)>;

fn jobs(capacity: usize) -> (Jobs<Action, Owner>, Bell) {
    let bell = Bell::default();
    let own = Arc::clone(&bell);
    let wake: Wake = Arc::new(move || {
        *own.0.lock().unwrap() += 1;
        own.1.notify_all();
    });
    (Jobs::new(capacity, wake), bell)
}

fn rung(bell: &Bell, times: u64) {
    let count = bell.0.lock().unwrap();
    drop(bell.1.wait_while(count, |count| *count < times).unwrap());
}

fn key(run: &str) -> SeriesKey {
    SeriesKey { run: run.to_owned(), metric: "loss".to_owned() }
}

/// What a watch over one known series tells, until it has told `enough` things.
fn told(reader: Scripted, look: bool, enough: usize) -> Vec<SourceAction> {
    let (mut jobs, bell) = jobs(64);
    let watched = Arc::new(Watched::default());
    watched.know(&key("r"), Mark { request: 3, cursor: Cursor::default(), most: usize::MAX });
    watched.follow([key("r"), key("not read yet")].into(), &[], true);
    watched.look.store(look, Ordering::Release);
    jobs.start("watch", Some(Owner::Source(SOURCE)), move |job| {
        let (reader, runs) = (Box::new(reader), Arc::new(running()));
        Watch { job, source: SOURCE, request: 7, watched: &watched, reader, runs }.run();
    });
    let mut got = Vec::new();
    let mut seen = 0;
    while got.len() < enough {
        seen += 1;
        rung(&bell, seen);
        got.extend(jobs.poll().into_iter().filter_map(|action| match action {
            Action::Source(SOURCE, action) => Some(action),
            _ => None,
        }));
    }
    got
}

/// Each action in a word.
fn words(actions: &[SourceAction]) -> Vec<String> {
    let word = |action: &SourceAction| match action {
        SourceAction::Series { request, series: SeriesAction::Added(points), .. } => {
            format!("added {:?} to {request}", points.steps)
        }
        SourceAction::Series { request, series: SeriesAction::Whole(curve), .. } => {
            format!("whole {:?} of {request}", curve.series().steps)
        }
        SourceAction::Loaded { request, .. } => format!("table {request}"),
        SourceAction::Failed { error, .. } => error.clone(),
        other => format!("{other:?}"),
    };
    actions.iter().map(word).collect()
}

#[test]
fn a_series_is_told_before_the_watch_knows_it() {
    let (mut jobs, bell) = jobs(1);
    let watched = Arc::new(Watched::default());
    watched.follow([key("a"), key("b")].into(), &[], true);
    let own = Arc::clone(&watched);
    jobs.start("read", Some(Owner::Source(SOURCE)), move |job| {
        let reader: Box<dyn Reader> = Box::new(Scripted::default());
        read_series(job, (SOURCE, 3, usize::MAX), &mut Ok(reader), vec![key("a"), key("b")], &own);
    });
    // Progress of the first, its message, progress of the second, whose message finds the channel full.
    rung(&bell, 4);
    let known =
        |watched: &Watched| -> Vec<SeriesKey> { watched.marks().into_iter().map(|mark| mark.0).collect() };
    assert_eq!(known(&watched), [key("a")]);
    assert!(!watched.look.load(Ordering::Acquire));
    let mut count = 0;
    let mut seen = 4;
    while count < 2 || !jobs.running().is_empty() {
        count += jobs.poll().len();
        if !jobs.running().is_empty() {
            seen += 1;
            rung(&bell, seen);
        }
    }
    assert_eq!(known(&watched), [key("a"), key("b")]);
    // The store may have changed while the second was read.
    assert!(watched.look.load(Ordering::Acquire));
}

#[test]
fn the_watch_looks_when_asked_though_no_file_changes() {
    let reader = Scripted { changes: [Ok(Change::Added(series(&[1])))].into(), ..Default::default() };
    assert_eq!(words(&told(reader, true, 1)), ["added [1] to 3"]);
}

#[test]
fn a_locked_store_is_looked_at_again_though_no_file_changes() {
    let busy = || Error::Busy("mlflow.db".to_owned());
    let reader = Scripted {
        changed: [true].into(),
        changes: [Err(busy()), Err(busy()), Err(busy()), Err(busy()), Ok(Change::Added(series(&[1])))].into(),
        tables: [busy()].into(),
        ..Default::default()
    };
    assert_eq!(words(&told(reader, false, 2))[..2], ["table 7", "added [1] to 3"]);
}

#[test]
fn a_store_that_cannot_be_read_any_more_is_told_once_and_read_again_when_it_can() {
    let missing = || Error::Missing("mlflow.db".to_owned());
    let reader = Scripted {
        changed: [true].into(),
        changes: std::iter::repeat_with(|| Err(missing()))
            .take(6)
            .chain([Ok(Change::Whole(series(&[5])))])
            .collect(),
        tables: std::iter::repeat_with(missing).take(9).collect(),
        ..Default::default()
    };
    let said = words(&told(reader, false, 3));
    assert_eq!(said, [missing().to_string(), "whole [5] of 3".to_owned(), "table 7".to_owned()]);
}

/// The others are followed as before, and the store is no worse than it was.
#[test]
fn a_series_that_cannot_be_read_any_more_is_told_by_itself_and_once() {
    let damaged = || Error::Damaged { path: "mlflow.db".to_owned() };
    let reader = Scripted {
        changed: [true; 3].into(),
        changes: std::iter::repeat_with(|| Err(damaged())).take(3).collect(),
        fails_alone: true,
        ..Default::default()
    };
    let said = told(reader, false, 4);
    let failed = said.iter().filter(|action| {
        matches!(action, SourceAction::Series { request: 3, key, series: SeriesAction::Failed(_) } if key.run == "r")
    });
    assert_eq!(failed.count(), 1);
    assert!(!said.iter().any(|action| matches!(action, SourceAction::Failed { .. })), "{:?}", words(&said));
}

/// A series that is not drawn costs nothing; when it is drawn again, its news are looked for at once.
#[test]
fn only_what_is_drawn_is_looked_at() {
    let watched = Watched::default();
    let mark = |request| Mark { request, cursor: Cursor::default(), most: usize::MAX };
    for run in ["a", "b"] {
        watched.know(&key(run), mark(1));
    }
    watched.follow([key("a")].into(), &[], true);
    assert!(watched.look.swap(false, Ordering::AcqRel));
    assert_eq!(watched.marks().len(), 1);
    watched.follow([].into(), &[], true);
    assert!(watched.marks().is_empty() && !watched.look.load(Ordering::Acquire));
    watched.follow([key("b")].into(), &[key("a")], true);
    assert!(watched.look.load(Ordering::Acquire));
    watched.follow([key("a"), key("b")].into(), &[], true);
    assert_eq!(watched.marks().len(), 1, "what was forgotten has to be read anew");
    // News of a reading that was replaced meanwhile are not taken for those of the new one.
    watched.know(&key("b"), mark(2));
    watched.advance(&key("b"), mark(1));
    assert_eq!(watched.marks()[0].1.request, 2);
}
