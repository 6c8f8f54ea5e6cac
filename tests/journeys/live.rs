//! A second process writes into a store, as a training job does, while the window shows it: new steps reach the
//! chart, new runs the table, and a run's end its state; the writer is never kept from writing.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::{Duration, SystemTime};

use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use mlops_atlas::action::{SeriesKey, WindowId};
use mlops_atlas::app::App;
use mlops_atlas::runs::{Run, Status};
use rusqlite::Connection;

use crate::window::{shows, start, store, until};

/// Set for the process that writes: the store, and its journal mode.
const STORE: &str = "MLOPS_ATLAS_TEST_STORE";
const MODE: &str = "MLOPS_ATLAS_TEST_JOURNAL";

const NEW_RUN: &str = "00000000000000000000000000000abc";

/// Since 1970.
fn micros() -> u128 {
    SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap().as_micros()
}

/// What `log_metric` writes, in one transaction (tracking/store/sqlalchemy of MLflow: the row, and the latest
/// value where its step is not before the known one).
fn log_metric(writer: &mut Connection, run: &str, key: &str, step: i64, value: f64) {
    let now = (micros() / 1_000) as i64;
    let all = writer.transaction().unwrap();
    let insert =
        "INSERT INTO metrics (key, value, timestamp, run_uuid, step, is_nan) VALUES (?1, ?2, ?3, ?4, ?5, 0)";
    all.execute(insert, (key, value, now, run, step)).unwrap();
    let latest = "INSERT INTO latest_metrics (key, value, timestamp, step, is_nan, run_uuid)
                  VALUES (?1, ?2, ?3, ?5, 0, ?4)
                  ON CONFLICT (key, run_uuid) DO UPDATE SET value = ?2, timestamp = ?3, step = ?5
                  WHERE step <= ?5";
    all.execute(latest, (key, value, now, run, step)).unwrap();
    all.commit().unwrap();
}

fn begin(writer: &mut Connection, run: &str, name: &str) {
    let all = writer.transaction().unwrap();
    let insert = "INSERT INTO runs (run_uuid, name, source_type, source_name, entry_point_name, user_id, status,
                  start_time, source_version, lifecycle_stage, artifact_uri, experiment_id)
                  SELECT ?1, ?2, 'LOCAL', 'train.py', '', 'demo', 'RUNNING', ?3, '', 'active', '', experiment_id
                  FROM runs WHERE lifecycle_stage = 'active' LIMIT 1";
    all.execute(insert, (run, name, (micros() / 1_000) as i64)).unwrap();
    let tag = "INSERT INTO tags (key, value, run_uuid) VALUES ('mlflow.runName', ?1, ?2)";
    all.execute(tag, (name, run)).unwrap();
    all.commit().unwrap();
}

/// The writing process: it is this test, started by the journey below with a store in its environment; without
/// one it has nothing to do. It obeys one line at a time and answers each after the commit.
#[test]
fn writer() {
    let Some(store) = std::env::var_os(STORE) else { return };
    let mut writer = Connection::open(store).unwrap();
    // As MLflow sets for every session.
    writer.execute_batch("PRAGMA foreign_keys = ON; PRAGMA busy_timeout = 20000;").unwrap();
    writer.pragma_update(None, "journal_mode", std::env::var(MODE).unwrap()).unwrap();
    println!("ready");
    for line in std::io::stdin().lines() {
        let line = line.unwrap();
        match line.split(' ').collect::<Vec<_>>().as_slice() {
            ["step", run, step] => log_metric(&mut writer, run, "loss", step.parse().unwrap(), 0.25),
            ["burst", run, last] => {
                for step in 1..=last.parse().unwrap() {
                    log_metric(&mut writer, run, "loss", step, 0.25);
                }
            }
            ["begin", run] => begin(&mut writer, run, "newcomer"),
            ["finish", run] => {
                let update = "UPDATE runs SET status = 'FINISHED', end_time = ?1 WHERE run_uuid = ?2";
                assert_eq!(writer.execute(update, ((micros() / 1_000) as i64, *run)).unwrap(), 1);
            }
            other => panic!("no command: {other:?}"),
        }
        println!("committed {}", micros());
    }
}

struct Writer {
    child: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
}

impl Writer {
    fn start(store: &Path, mode: &str) -> Self {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "live::writer", "--nocapture"])
            .env(STORE, store)
            .env(MODE, mode)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let input = child.stdin.take();
        let output = BufReader::new(child.stdout.take().unwrap());
        let mut writer = Self { child, input, output };
        writer.answer("ready");
        writer
    }

    /// The rest of the next line with this word; the test harness prints lines of its own.
    fn answer(&mut self, word: &str) -> String {
        let mut line = String::new();
        while self.output.read_line(&mut line).unwrap() > 0 {
            if let Some((_, rest)) = line.trim_end().split_once(word) {
                return rest.trim().to_owned();
            }
            line.clear();
        }
        panic!("the writer ended without saying {word}");
    }

    /// Has one thing written; returns when it was committed.
    fn write(&mut self, line: &str) -> u128 {
        self.begin(line);
        self.answer("committed").parse().unwrap()
    }

    /// Has one thing written, meanwhile.
    fn begin(&mut self, line: &str) {
        writeln!(self.input.as_mut().unwrap(), "{line}").unwrap();
    }

    fn end(mut self) {
        self.input = None;
        assert!(self.child.wait().unwrap().success());
    }
}

fn copy(number: u8) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("mlflow.db");
    std::fs::copy(format!("tests/fixtures/mlflow/mlflow{number}.db"), &file).unwrap();
    (folder, file)
}

fn run<'a>(harness: &'a Harness<'_, App>, id: &str) -> Option<&'a Run> {
    let (_, source) = harness.state().state().focused_source(WindowId::MAIN)?;
    source.runs.as_ref()?.run(id)
}

fn steps(harness: &Harness<'_, App>, run: &str) -> Option<Vec<i64>> {
    let (_, source) = harness.state().state().focused_source(WindowId::MAIN)?;
    let drawn = source.series.get(&SeriesKey { run: run.to_owned(), metric: "loss".to_owned() })?;
    drawn.curve.as_ref().map(|curve| curve.series().steps.clone())
}

/// The whole journey; the times from commit to picture, shortest first.
fn journey(number: u8, mode: &str) -> Vec<Duration> {
    let (folder, file) = copy(number);
    let mut writer = Writer::start(&file, mode);
    let run_id = "00000000000000000000000000000001";
    writer.write(&format!("begin {run_id}"));
    writer.write(&format!("step {run_id} 0"));
    let mut harness = start(store(&file, &[run_id, NEW_RUN], &["loss"]));
    until(&mut harness, "the first point", |harness| steps(harness, run_id) == Some(vec![0]));
    assert!(run(&harness, run_id).unwrap().status == Status::Running);
    let mut times = Vec::new();
    for step in 1..=8 {
        let committed = writer.write(&format!("step {run_id} {step}"));
        let label = format!("Chart of loss: 1 lines, {} points", step + 1);
        until(&mut harness, &label, |harness| shows(harness, &label));
        times.push(Duration::from_micros(micros().saturating_sub(committed) as u64));
        assert_eq!(steps(&harness, run_id).unwrap(), (0..=step).collect::<Vec<i64>>());
    }
    // A late row is found as well, though it is not behind the last one.
    writer.write(&format!("step {run_id} -3"));
    until(&mut harness, "the late step", |harness| {
        steps(harness, run_id).is_some_and(|steps| steps[0] == -3)
    });

    assert!(run(&harness, NEW_RUN).is_none());
    writer.write(&format!("begin {NEW_RUN}"));
    until(&mut harness, "the new run", |harness| {
        run(harness, NEW_RUN).is_some() && harness.query_all_by_label("Draw newcomer").count() == 2
    });
    writer.write(&format!("step {NEW_RUN} 0"));
    until(&mut harness, "its line", |harness| shows(harness, "Chart of loss: 2 lines, 11 points"));

    assert_eq!(harness.query_all_by_label("newcomer, running").count(), 2);
    writer.write(&format!("finish {run_id}"));
    until(&mut harness, "the end", |harness| shows(harness, "newcomer, finished"));
    assert_eq!(harness.query_all_by_label("newcomer, running").count(), 1);
    assert!(run(&harness, run_id).unwrap().end_time.is_some());
    writer.end();
    drop(harness);
    // The writer took its log away as it ended: no reader held it.
    let names: Vec<_> =
        std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names, ["mlflow.db"], "store {number}, journal {mode}");
    times.sort();
    times
}

#[test]
fn a_running_job_is_followed_through_a_rollback_journal() {
    println!("commit to picture, store 3, journal delete: {:?}", journey(3, "delete"));
}

#[test]
fn a_running_job_is_followed_through_a_write_ahead_log() {
    println!("commit to picture, store 3, journal wal: {:?}", journey(3, "wal"));
}

#[test]
fn a_running_job_of_an_old_store_is_followed() {
    println!("commit to picture, store 1, journal delete: {:?}", journey(1, "delete"));
}

/// What is written while the chart's first read is under way, or just before the watch begins, must not be missed.
#[test]
fn no_step_is_missed_between_reading_and_watching() {
    for (number, mode) in [(3, "delete"), (3, "wal"), (1, "delete")] {
        let (_folder, file) = copy(number);
        let mut writer = Writer::start(&file, mode);
        writer.write(&format!("begin {NEW_RUN}"));
        writer.write(&format!("step {NEW_RUN} 0"));
        writer.begin(&format!("burst {NEW_RUN} 100"));
        let mut harness = start(store(&file, &[NEW_RUN], &["loss"]));
        until(&mut harness, "the first points", |harness| steps(harness, NEW_RUN).is_some());
        writer.answer("committed");
        let all: Vec<i64> = (0..=100).collect();
        until(&mut harness, "all points", |harness| steps(harness, NEW_RUN).as_ref() == Some(&all));
        let label = "Chart of loss: 1 lines, 101 points";
        until(&mut harness, label, |harness| shows(harness, label));
        writer.end();
    }
}
