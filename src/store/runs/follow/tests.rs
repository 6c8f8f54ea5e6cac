//! A store that is written while it is followed, by both ways: what is told is what was written, each once.

use std::path::{Path, PathBuf};

use rusqlite::Connection;

use super::*;
use crate::store::runs::{Cursor, Known, Mlflow, Patience, RunsAndProblems, SeriesAndProblems, Tail};

/// The same store without the order in which it was written, as most trackers' are.
struct WithoutOrder(Box<dyn Reader>);

impl Reader for WithoutOrder {
    fn probe(_: &Path, _: Patience) -> Result<Option<Box<dyn Reader>>, Error> {
        Ok(None)
    }
    fn kind(&self) -> crate::runs::SourceKind {
        self.0.kind()
    }
    fn is_live(&self) -> bool {
        self.0.is_live()
    }
    fn count(&mut self) -> Result<usize, Error> {
        self.0.count()
    }
    fn runs_while(&mut self, deleted: bool, keep_going: &dyn Fn(u64) -> bool) -> RunsAndProblems {
        self.0.runs_while(deleted, keep_going)
    }
    fn series_of(&mut self, run: &str, metrics: &[&str], keep_going: &dyn Fn() -> bool) -> SeriesAndProblems {
        self.0.series_of(run, metrics, keep_going)
    }
    fn changed(&mut self) -> bool {
        self.0.changed()
    }
    fn rest(&mut self) {
        self.0.rest();
    }
    fn changes(
        &mut self,
        known: &[Known<'_>],
        thorough: bool,
        keep_going: &dyn Fn() -> bool,
    ) -> Result<Vec<crate::store::runs::News>, Error> {
        self.0.changes(known, thorough, keep_going)
    }
}

struct Store {
    _folder: tempfile::TempDir,
    file: PathBuf,
    writer: Connection,
}

impl Store {
    /// A copy of a fixture with two runs that are running: `old` has two points of `loss`, `new` has none.
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("mlflow.db");
        std::fs::write(&file, std::fs::read("tests/fixtures/mlflow/mlflow3.db").unwrap()).unwrap();
        let writer = Connection::open(&file).unwrap();
        writer.execute_batch("PRAGMA foreign_keys = OFF; DELETE FROM metrics; DELETE FROM latest_metrics; DELETE FROM runs").unwrap();
        let store = Self { _folder: folder, file, writer };
        store.begin("old");
        store.log("old", "loss", &[0, 1]);
        store.begin("new");
        store
    }

    fn begin(&self, run: &str) {
        let sql = "INSERT INTO runs (run_uuid, name, source_type, source_name, entry_point_name, user_id, status,
                   start_time, source_version, lifecycle_stage, artifact_uri, experiment_id)
                   SELECT ?1, ?1, 'LOCAL', 'train.py', '', 'demo', 'RUNNING', (SELECT count(*) FROM runs), '', 'active', '',
                   experiment_id FROM experiments WHERE lifecycle_stage = 'active' LIMIT 1";
        self.writer.execute(sql, [run]).unwrap();
    }

    fn log(&self, run: &str, metric: &str, steps: &[i64]) {
        for step in steps {
            let sql = "INSERT INTO metrics (key, value, timestamp, run_uuid, step, is_nan)
                       VALUES (?1, ?2 / 2.0, ?2, ?3, ?2, 0)";
            self.writer.execute(sql, (metric, step, run)).unwrap();
            let sql = "INSERT OR REPLACE INTO latest_metrics (key, value, timestamp, step, is_nan, run_uuid)
                       VALUES (?1, ?2 / 2.0, ?2, ?2, 0, ?3)";
            self.writer.execute(sql, (metric, step, run)).unwrap();
        }
    }

    fn execute(&self, sql: &str) {
        self.writer.execute_batch(sql).unwrap();
    }

    fn follow(&self, has_order: bool, wanted: Wanted, from: From) -> (Follow, Vec<String>) {
        let reader = Mlflow::probe(&self.file, Patience::Command).unwrap().unwrap();
        let reader = if has_order { reader } else { Box::new(WithoutOrder(reader)) };
        let mut told = Vec::new();
        let follow = Follow::begin(reader, wanted, from, &mut |event| {
            told.push(word(event));
            true
        });
        (follow.unwrap(), told)
    }
}

/// An event in a few words.
fn word(event: Event<'_>) -> String {
    match event {
        Event::Run(_, run) => format!("{} is {}", run.name, run.status.word()),
        Event::Gone(run) => format!("{run} is gone"),
        Event::Metric(run, metric) => format!("{run} logs {metric}"),
        Event::Replaced(run, metric) => format!("{run} {metric} anew"),
        Event::Points(run, metric, points) => format!("{run} {metric} {:?}", points.steps),
        Event::Problem(sentence) => sentence.to_owned(),
    }
}

impl Follow {
    /// All that has happened, whatever is due.
    fn told(&mut self) -> Vec<String> {
        let mut told = Vec::new();
        for _ in 0..2 {
            self.look_to_the_end(&mut |event| {
                told.push(word(event));
                true
            })
            .unwrap();
        }
        told
    }
}

#[test]
fn what_comes_from_now_on_is_told_once_by_both_ways() {
    for has_order in [true, false] {
        let store = Store::new();
        let (mut follow, told) = store.follow(has_order, Wanted::default(), From::Now);
        assert_eq!(told, ["old is RUNNING", "new is RUNNING"]);
        assert_eq!(follow.told(), [""; 0]);
        store.log("old", "loss", &[2, 3]);
        store.log("new", "acc", &[7]);
        let mut told = follow.told();
        told.sort();
        assert_eq!(told, ["new acc [7]", "new logs acc", "old loss [2, 3]"], "{has_order}");
        // A late step, a run that begins, and one that ends.
        store.log("old", "loss", &[-1]);
        store.begin("third");
        store.log("third", "loss", &[0]);
        store.execute("UPDATE runs SET status = 'FINISHED' WHERE run_uuid = 'old'");
        let mut told = follow.told();
        let at = |told: &[String], text: &str| told.iter().position(|told| told == text);
        assert!(at(&told, "third is RUNNING") < at(&told, "third logs loss"), "{told:?}");
        assert!(at(&told, "third logs loss") < at(&told, "third loss [0]"), "{told:?}");
        told.sort();
        let expected =
            ["old is FINISHED", "old loss [-1]", "third is RUNNING", "third logs loss", "third loss [0]"];
        assert_eq!(told, expected, "{has_order}");
        store.execute("UPDATE runs SET lifecycle_stage = 'deleted' WHERE run_uuid = 'third'");
        assert_eq!(follow.told(), ["third is gone"]);
        store.log("third", "loss", &[1]);
        assert_eq!(follow.told(), [""; 0], "{has_order}");
        assert!(follow.is_running(), "new is");
        store.execute("UPDATE runs SET status = 'FAILED' WHERE run_uuid = 'new'");
        assert_eq!(follow.told(), ["new is FAILED"]);
        assert!(!follow.is_running());
    }
}

#[test]
fn what_is_there_is_told_first_where_that_is_asked_for() {
    for has_order in [true, false] {
        let store = Store::new();
        store.execute("UPDATE runs SET lifecycle_stage = 'deleted' WHERE run_uuid = 'new'");
        store.log("new", "loss", &[5]);
        store.log("old", "val/loss", &[4]);
        let wanted = Wanted { metrics: vec![Pattern::new("*loss")], ..Wanted::default() };
        let (mut follow, mut told) = store.follow(has_order, wanted, From::Start);
        store.log("old", "acc", &[1]);
        told.extend(follow.told());
        told.sort();
        let expected =
            ["old is RUNNING", "old logs loss", "old logs val/loss", "old loss [0, 1]", "old val/loss [4]"];
        assert_eq!(told, expected, "{has_order}");
        let wanted = Wanted { runs: ["new".to_owned()].into(), ..Wanted::default() };
        let (mut follow, mut told) = store.follow(has_order, wanted, From::Start);
        told.extend(follow.told());
        assert_eq!(told, [""; 0], "{has_order}");
    }
}

/// A restored copy, rows that were taken away, numbers given again.
#[test]
fn a_series_that_does_not_continue_is_told_anew() {
    for has_order in [true, false] {
        let store = Store::new();
        store.log("new", "quiet", &[0]);
        store.execute("UPDATE runs SET status = 'FINISHED' WHERE run_uuid = 'new'");
        let (mut follow, _) = store.follow(has_order, Wanted::default(), From::Now);
        store.log("old", "loss", &[2, 3]);
        assert_eq!(follow.told(), ["old loss [2, 3]"]);
        store.execute("DELETE FROM metrics WHERE step > 1");
        store.log("old", "loss", &[8]);
        store.log("old", "acc", &[9]);
        let mut told = follow.told();
        // By its own cursor every series has to be looked at.
        told.retain(|told| !told.starts_with("new quiet"));
        told.sort();
        assert_eq!(
            told,
            ["old acc [9]", "old logs acc", "old loss [0, 1, 8]", "old loss anew"],
            "{has_order}"
        );
        store.log("old", "loss", &[10]);
        assert_eq!(follow.told(), ["old loss [10]"]);
    }
}

#[test]
fn whoever_wants_no_more_is_told_no_more() {
    let store = Store::new();
    let (mut follow, _) = store.follow(true, Wanted::default(), From::Now);
    store.log("old", "a", &[1]);
    store.log("old", "b", &[1]);
    let mut told = 0;
    let outcome = follow.look_to_the_end(&mut |_| {
        told += 1;
        false
    });
    assert!(matches!(outcome, Err(Error::Stopped(_))));
    assert_eq!(told, 1);
}

/// The store as a whole, in whatever slices.
#[test]
fn slices_of_any_length_make_the_whole() {
    let store = Store::new();
    store.log("new", "acc", &(0..500).collect::<Vec<_>>());
    store.log("old", "loss", &(2..300).rev().collect::<Vec<_>>());
    let tail = |reader: &mut dyn Reader, end: &Cursor| -> Tail { reader.tail(Some(end)).unwrap().unwrap() };
    let mut reader = Mlflow::probe(&store.file, Patience::Command).unwrap().unwrap();
    let whole = tail(reader.as_mut(), &Cursor::default());
    assert!(!whole.has_more && !whole.is_anew);
    let mut hasty = Mlflow::probe_hasty(&store.file);
    let (mut end, mut slices, mut steps) = (Cursor::default(), 0, BTreeMap::<String, Vec<i64>>::new());
    loop {
        let slice = tail(&mut hasty, &end);
        for came in slice.came {
            steps.entry(format!("{} {}", came.run, came.metric)).or_default().extend(&came.points.steps);
        }
        (end, slices) = (slice.end, slices + 1);
        if !slice.has_more {
            break;
        }
    }
    assert!(slices > 10, "{slices}");
    for came in &whole.came {
        let mut own = steps.remove(&format!("{} {}", came.run, came.metric)).unwrap();
        own.sort_unstable();
        assert_eq!(own, came.points.steps);
    }
    assert!(steps.is_empty());
    assert_eq!(end, whole.end);
    assert_eq!(reader.tail(None).unwrap().unwrap().end, end);
}
