//! `mlops-atlas runs watch` as a process of its own, over stores that this one writes: what it tells is what was written.

use std::io::{BufRead as _, BufReader, Lines, Read as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};

use rusqlite::Connection;
use serde_json::{Value, json};

/// A store with a run that is running.
struct Store {
    file: PathBuf,
    writer: Connection,
}

impl Store {
    fn at(file: PathBuf, mode: &str) -> Self {
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::copy("tests/fixtures/mlflow/mlflow3.db", &file).unwrap();
        let writer = Connection::open(&file).unwrap();
        writer.execute_batch("PRAGMA busy_timeout = 20000; PRAGMA foreign_keys = OFF; DELETE FROM runs; DELETE FROM metrics").unwrap();
        writer.pragma_update(None, "journal_mode", mode).unwrap();
        let store = Self { file, writer };
        store.begin("first");
        store
    }

    fn begin(&self, run: &str) {
        let sql = "INSERT INTO runs (run_uuid, name, source_type, source_name, entry_point_name, user_id, status,
                   start_time, source_version, lifecycle_stage, artifact_uri, experiment_id)
                   SELECT ?1, 'name of ' || ?1, 'LOCAL', 'train.py', '', 'demo', 'RUNNING', 5, '', 'active', '',
                   experiment_id FROM experiments WHERE lifecycle_stage = 'active' LIMIT 1";
        self.writer.execute(sql, [run]).unwrap();
    }

    fn log(&self, run: &str, metric: &str, step: i64, value: f64) {
        let sql = "INSERT INTO metrics (key, value, timestamp, run_uuid, step, is_nan) VALUES (?1, ?2, 1000, ?3, ?4, 0)";
        self.writer.execute(sql, (metric, value, run, step)).unwrap();
    }

    fn end(&self, run: &str) {
        let sql = "UPDATE runs SET status = 'FINISHED', end_time = 9 WHERE run_uuid = ?1";
        assert_eq!(self.writer.execute(sql, [run]).unwrap(), 1);
    }
}

/// The watching process.
struct Watch {
    child: Child,
    lines: Option<Lines<BufReader<ChildStdout>>>,
}

impl Watch {
    fn start(sources: &[&Path], words: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_mlops-atlas"))
            .args(["runs", "watch"])
            .args(sources)
            .args(words)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = child.stdout.take().map(|out| BufReader::new(out).lines());
        Self { child, lines }
    }

    /// The next line.
    fn next(&mut self) -> Value {
        let line = self.lines.as_mut().and_then(Iterator::next);
        let line = line.unwrap_or_else(|| panic!("it ended: {}", self.said())).unwrap();
        serde_json::from_str(&line).unwrap()
    }

    fn said(&mut self) -> String {
        let mut said = String::new();
        self.child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
        said
    }

    /// What else it tells, once it has ended by itself, and how it ended.
    fn end(mut self) -> (Vec<Value>, Option<i32>, String) {
        let rest =
            self.lines.take().unwrap().map(|line| serde_json::from_str(&line.unwrap()).unwrap()).collect();
        let said = self.said();
        (rest, self.child.wait().unwrap().code(), said)
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        // It may have ended by itself.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

#[test]
fn everything_that_is_written_is_told_as_it_comes_until_the_run_has_finished() {
    for mode in ["delete", "wal"] {
        let folder = folder();
        let store = Store::at(folder.path().join("mlflow.db"), mode);
        store.log("first", "loss", 0, 1.0);
        let mut watch = Watch::start(&[&store.file], &["--until-finished"]);
        let run = json!({"event": "run", "run": "first", "name": "name of first", "experiment": "Default",
                         "status": "RUNNING", "start_time": 5, "end_time": null});
        assert_eq!(watch.next(), run, "{mode}");
        // What was there is not told.
        store.log("first", "loss", 1, 0.5);
        let point = |run: &str, metric: &str, step: i64, value: Value| json!({"event": "point", "run": run, "metric": metric, "step": step, "timestamp": 1000, "value": value});
        let metric = |run: &str| json!({"event": "metric", "run": run, "metric": "loss"});
        assert_eq!(watch.next(), metric("first"));
        assert_eq!(watch.next(), point("first", "loss", 1, json!(0.5)));
        store.log("first", "loss", -7, f64::MAX);
        assert_eq!(watch.next(), point("first", "loss", -7, json!("Infinity")));
        // A run that begins with a point.
        store.writer.execute_batch("BEGIN").unwrap();
        store.begin("second");
        store.log("second", "loss", 3, 0.25);
        store.writer.execute_batch("COMMIT").unwrap();
        let second = watch.next();
        assert_eq!((&second["event"], &second["run"]), (&json!("run"), &json!("second")));
        assert_eq!(watch.next(), metric("second"));
        assert_eq!(watch.next(), point("second", "loss", 3, json!(0.25)));
        store
            .writer
            .execute_batch("UPDATE runs SET lifecycle_stage = 'deleted' WHERE run_uuid = 'second'")
            .unwrap();
        assert_eq!(watch.next(), json!({"event": "gone", "run": "second"}));
        // The last points of a run are there with its end.
        store.writer.execute_batch("BEGIN").unwrap();
        store.log("first", "loss", 9, 0.125);
        store.end("first");
        store.writer.execute_batch("COMMIT").unwrap();
        let (mut rest, status, said) = watch.end();
        assert_eq!((status, said.as_str()), (Some(0), ""), "{mode}");
        rest.sort_by_key(|line| line["event"].to_string());
        assert_eq!(rest[0], point("first", "loss", 9, json!(0.125)));
        assert_eq!((&rest[1]["status"], &rest[1]["end_time"]), (&json!("FINISHED"), &json!(9)));
        assert_eq!(rest.len(), 2, "{rest:?}");
        let beside = std::fs::read_dir(folder.path()).unwrap().count();
        drop(store);
        assert_eq!(beside, if mode == "wal" { 3 } else { 1 });
    }
}

#[test]
fn all_that_is_there_is_told_when_that_is_asked_for() {
    let folder = folder();
    let store = Store::at(folder.path().join("mlflow.db"), "delete");
    for step in 0..3 {
        store.log("first", "val/loss", step, 0.5);
        store.log("first", "acc", step, 0.5);
    }
    store.end("first");
    let watch = Watch::start(&[&store.file], &["--all", "--metric", "val/*", "--until-finished"]);
    let (lines, status, _) = watch.end();
    let events: Vec<_> = lines.iter().map(|line| line["event"].as_str().unwrap()).collect();
    assert_eq!((status, events), (Some(0), vec!["run", "metric", "point", "point", "point"]));
}

/// A deleted run is not told of; once it is restored, all of it is.
#[test]
fn a_run_that_is_restored_comes_with_its_points() {
    let folder = folder();
    let store = Store::at(folder.path().join("mlflow.db"), "delete");
    store.begin("second");
    for step in 0..3 {
        store.log("second", "loss", step, 0.5);
    }
    let latest = "INSERT INTO latest_metrics (key, value, timestamp, step, is_nan, run_uuid)
                  VALUES ('loss', 0.5, 1000, 2, 0, 'second')";
    store.writer.execute(latest, []).unwrap();
    let stage = |stage: &str| {
        let sql = "UPDATE runs SET lifecycle_stage = ?1 WHERE run_uuid = 'second'";
        assert_eq!(store.writer.execute(sql, [stage]).unwrap(), 1);
    };
    stage("deleted");
    let mut watch = Watch::start(&[&store.file], &["--all"]);
    assert_eq!(watch.next()["run"], "first");
    store.log("first", "acc", 0, 1.0);
    assert_eq!(watch.next()["event"], "metric");
    assert_eq!(watch.next()["run"], "first");
    stage("active");
    let told: Vec<(Value, Value)> =
        (0..5).map(|_| watch.next()).map(|line| (line["event"].clone(), line["run"].clone())).collect();
    let events = ["run", "metric", "point", "point", "point"].map(|event| (json!(event), json!("second")));
    assert_eq!(told, events);
}

#[test]
fn lines_of_several_sources_tell_theirs() {
    let folder = folder();
    let [a, b] = ["a", "b"].map(|name| Store::at(folder.path().join(name).join("mlflow.db"), "delete"));
    let mut watch = Watch::start(&[&a.file, &b.file], &["--until-finished"]);
    let source = |store: &Store| json!(store.file.display().to_string());
    for store in [&a, &b] {
        assert_eq!(watch.next()["source"], source(store));
    }
    b.log("first", "loss", 0, 1.0);
    assert_eq!(watch.next()["source"], source(&b));
    let point = watch.next();
    assert_eq!((&point["event"], &point["source"]), (&json!("point"), &source(&b)));
    a.end("first");
    assert_eq!(watch.next()["source"], source(&a));
    b.end("first");
    let (rest, status, _) = watch.end();
    assert_eq!((rest.len(), status), (1, Some(0)));
}

#[test]
fn the_watch_ends_well_when_nobody_reads_on() {
    let folder = folder();
    let store = Store::at(folder.path().join("mlflow.db"), "delete");
    let mut watch = Watch::start(&[&store.file], &[]);
    assert_eq!(watch.next()["event"], "run");
    // The reader goes away.
    drop(watch.lines.take());
    store.log("first", "loss", 0, 1.0);
    assert_eq!(watch.child.wait().unwrap().code(), Some(0));
    assert_eq!(watch.said(), "");
}

#[test]
fn a_run_that_is_nowhere_and_a_store_that_is_none_are_told_at_once() {
    let folder = folder();
    let store = Store::at(folder.path().join("mlflow.db"), "delete");
    let (lines, status, said) = Watch::start(&[&store.file], &["--run", "nobody"]).end();
    assert_eq!((lines.len(), status), (0, Some(2)));
    assert!(said.contains("no run with the id nobody"), "{said}");
    let absent = folder.path().join("absent.db");
    let (_, status, said) = Watch::start(&[&absent], &[]).end();
    assert!(status == Some(2) && said.trim_end().ends_with("absent.db"), "{said}");
}

/// A store that is gone is told once, and goes on when it is there again.
#[test]
fn a_store_that_goes_away_and_comes_back_is_followed_on() {
    let folder = folder();
    let store = Store::at(folder.path().join("mlflow.db"), "delete");
    let mut watch = Watch::start(&[&store.file], &[]);
    assert_eq!(watch.next()["event"], "run");
    let away = folder.path().join("away.db");
    std::fs::rename(&store.file, &away).unwrap();
    let problem = watch.next();
    assert_eq!(problem["event"], "problem");
    assert!(problem["message"].as_str().unwrap().ends_with("mlflow.db"), "{problem}");
    std::fs::rename(&away, &store.file).unwrap();
    store.log("first", "loss", 0, 1.0);
    assert_eq!(watch.next()["event"], "metric");
    assert_eq!(watch.next()["event"], "point");
}

/// A folder is followed for stores that come into it, and tells their runs from the first on.
#[test]
fn a_store_that_comes_into_a_folder_is_followed_too() {
    let folder = folder();
    let first = Store::at(folder.path().join("a.db"), "delete");
    let mut watch = Watch::start(&[folder.path()], &[]);
    assert_eq!(watch.next()["run"], "first");
    first.log("first", "loss", 0, 1.0);
    assert_eq!(watch.next()["event"], "metric");
    assert_eq!(watch.next()["step"], 0);
    let second = Store::at(folder.path().join("b.db"), "wal");
    second.log("first", "loss", 7, 2.0);
    let mut told = Vec::new();
    while told.last().is_none_or(|line: &Value| line["step"] != 7) {
        told.push(watch.next());
    }
    assert!(told.iter().all(|line| line["run"] == "b.db/first"), "{told:?}");
    first.log("first", "loss", 1, 0.5);
    let line = watch.next();
    assert_eq!((&line["run"], &line["step"]), (&json!("first"), &json!(1)));
}

/// A table says of no run whether it is running, so nothing would tell the end.
#[test]
fn waiting_for_an_end_that_nothing_tells_is_an_error() {
    for source in ["tests/fixtures/tables/wide.csv", "tests/fixtures/trackio/demo-project.db"] {
        let (lines, code, said) = Watch::start(&[Path::new(source)], &["--until-finished"]).end();
        assert_eq!((lines.len(), code), (0, Some(2)), "{said}");
        assert!(said.contains("no run here tells whether it is running"), "{said}");
    }
}

/// Between two trials of a study nothing is running; who waits for the end may wait for the next to begin.
#[test]
fn the_end_may_wait_for_another_run() {
    let folder = folder();
    let store = Store::at(folder.path().join("mlflow.db"), "delete");
    store.end("first");
    let (lines, code, said) = Watch::start(&[&store.file], &["--until-finished", "--from-now"]).end();
    assert_eq!((lines.len(), code, said.as_str()), (0, Some(0), ""), "by itself it does not wait");

    let words = ["--until-finished", "--settle", "1000000", "--all"];
    let mut watch = Watch::start(&[&store.file], &words);
    let mut told = Vec::new();
    for run in ["second", "third"] {
        store.begin(run);
        store.log(run, "loss", 3, 0.5);
        while told.last().is_none_or(|line: &Value| line["run"] != run || line["step"] != 3) {
            told.push(watch.next());
        }
        store.end(run);
        while told.last().is_none_or(|line: &Value| line["status"] != "FINISHED") {
            told.push(watch.next());
        }
    }
    assert_eq!(watch.child.try_wait().unwrap(), None, "it still waits");
}
