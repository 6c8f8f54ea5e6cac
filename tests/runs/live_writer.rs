//! A second process writes as fast as it can, in every journal mode, while this one reads again and again: a living
//! writer is never taken for a dead one, nor a growing file for one that is cut short.

use std::io::{BufRead as _, BufReader, Read as _};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

use mlops_atlas::store::runs::{Patience, open_with};
use rusqlite::Connection;

/// Set for the process that writes: the store, and its journal mode.
const STORE: &str = "MLOPS_ATLAS_TEST_LIVE_STORE";
const MODE: &str = "MLOPS_ATLAS_TEST_LIVE_JOURNAL";
const RUN: &str = "00000000000000000000000000000001";

/// The writing process: it is this test, started by the one below. Without a store in its environment it has nothing
/// to do. It writes until its standard input ends.
#[test]
fn writer() {
    let Some(store) = std::env::var_os(STORE) else { return };
    let mode = std::env::var(MODE).unwrap();
    let (ended, has_ended) = std::sync::mpsc::sync_channel::<()>(1);
    std::thread::scope(|scope| {
        scope.spawn(move || {
            std::io::stdin().lines().for_each(drop);
            drop(ended);
        });
        let mut step = 0_i64;
        while has_ended.try_recv() != Err(std::sync::mpsc::TryRecvError::Disconnected) {
            // Opened anew now and then, as a client that logs from a new process does.
            let writer = Connection::open(&store).unwrap();
            writer.execute_batch("PRAGMA busy_timeout = 20000; PRAGMA synchronous = OFF;").unwrap();
            writer.pragma_update(None, "journal_mode", &mode).unwrap();
            for _ in 0..20 {
                // A few pages each, so that the file grows.
                let insert = "INSERT INTO metrics (key, value, timestamp, run_uuid, step, is_nan)
                              WITH RECURSIVE number (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM number LIMIT 50)
                              SELECT 'loss', 0.5, n, ?1, ?2, 0 FROM number";
                writer.pragma_update(None, "foreign_keys", false).unwrap();
                writer.execute(insert, (RUN, step)).unwrap();
                if step == 0 {
                    println!("ready");
                }
                step += 1;
            }
        }
    });
}

/// The process, and what it goes on to say.
fn start(store: &Path, mode: &str) -> (Child, BufReader<ChildStdout>) {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "live_writer::writer", "--nocapture"])
        .env(STORE, store)
        .env(MODE, mode)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut output = BufReader::new(child.stdout.take().unwrap());
    let mut lines = output.by_ref().lines().map_while(Result::ok);
    assert!(lines.any(|line| line.ends_with("ready")), "nothing was written");
    (child, output)
}

#[test]
fn a_living_writer_is_never_taken_for_a_dead_one() {
    for mode in ["delete", "truncate", "persist", "wal"] {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("mlflow.db");
        std::fs::copy("tests/fixtures/mlflow/mlflow3.db", &file).unwrap();
        let (mut writer, output) = start(&file, mode);
        let mut points = 0;
        for look in 0..60 {
            let series =
                open_with(&file, Patience::Command).and_then(|mut reader| reader.series(RUN, "loss"));
            let series = series.unwrap_or_else(|error| panic!("{mode}, look {look}: {error}"));
            assert!(series.len() >= points, "{mode}, look {look}: {} after {points}", series.len());
            assert_eq!(series.len() % 50, 0, "{mode}: half a commit was read");
            points = series.len();
        }
        drop(writer.stdin.take());
        assert!(output.lines().all(|line| line.is_ok()));
        assert!(writer.wait().unwrap().success());
        println!("journal {mode}: {points} points at the last look");
    }
}
