//! MLflow stores at their edges: series longer than a slice, writers at work between slices, journals and logs
//! left behind, replaced files, values of the wrong type.

use std::cell::{Cell, RefCell};
use std::path::{Path, PathBuf};
use std::time::Duration;

use mlops_atlas::runs::{LeftOut, RunSet, Status};
use mlops_atlas::store::runs::{Change, Error, Known, Reader, copied, open};
use rusqlite::Connection;

use crate::followed::{begin, came};
use crate::listing::listing;

const INSERT: &str =
    "INSERT INTO metrics (key, value, timestamp, run_uuid, step, is_nan) VALUES (?1, ?2, ?3, ?4, ?5, 0)";

fn copy(number: u8) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("mlflow.db");
    std::fs::copy(format!("tests/fixtures/mlflow/mlflow{number}.db"), &file).unwrap();
    (folder, file)
}

fn steps(change: Change) -> Vec<i64> {
    match change {
        Change::Added(points) => points.steps,
        other => panic!("no points were added: {other:?}"),
    }
}

fn failed_run(set: &RunSet) -> String {
    set.runs.iter().find(|run| run.status.word() == "FAILED").unwrap().id.to_string()
}

/// 30,000 points at step 0 and 30,000 at steps of their own, another metric's rows in between; every schema
/// must give each once, though rows come in an order of no meaning.
#[test]
fn a_series_longer_than_a_slice_is_whole() {
    for number in [1, 2, 3] {
        let (_folder, file) = copy(number);
        let mut reader = open(&file).unwrap();
        let run = failed_run(&reader.runs(false).unwrap().0);
        let mut writer = Connection::open(&file).unwrap();
        let all = writer.transaction().unwrap();
        for at in 0..60_000_i64 {
            // 7 and 60,000 have no common factor: every number once, out of order.
            let n = at * 7 % 60_000;
            let step = if n < 30_000 { 0 } else { 59_999 - n };
            all.execute(INSERT, ("long", n as f64, n, &run, step)).unwrap();
            if at % 3 == 0 {
                all.execute(INSERT, ("other", 0.0, n, &run, n)).unwrap();
            }
        }
        all.commit().unwrap();
        let series = reader.series(&run, "long").unwrap();
        let mut expected: Vec<(i64, i64)> =
            (0..60_000).map(|n| (if n < 30_000 { 0 } else { 59_999 - n }, n * 1_000)).collect();
        expected.sort_unstable();
        let read: Vec<(i64, i64)> = series.points().map(|point| (point.step, point.time)).collect();
        assert!(read == expected, "store {number}: {} of 60,000", read.len());
    }
}

/// A writer that does not wait must find no lock between slices. What it adds meanwhile is no part of the answer, and
/// is not missed afterwards.
#[test]
fn a_writer_is_free_between_slices_and_its_late_rows_come_next() {
    for number in [1, 3] {
        let (_folder, file) = copy(number);
        let mut reader = open(&file).unwrap();
        let run = failed_run(&reader.runs(false).unwrap().0);
        let mut writer = Connection::open(&file).unwrap();
        writer.busy_timeout(Duration::ZERO).unwrap();
        let all = writer.transaction().unwrap();
        for step in 0..50_000_i64 {
            all.execute(INSERT, ("long", 1.0, step, &run, step)).unwrap();
        }
        all.commit().unwrap();
        let calls = Cell::new(0_i64);
        let keep_going = || {
            calls.set(calls.get() + 1);
            if calls.get() == 2 {
                for step in [-1, 60_000] {
                    writer.execute(INSERT, ("long", 2.0, 0, &run, step)).unwrap();
                }
            }
            true
        };
        let (series, mut cursor) = reader.series_of(&run, &["long"], &keep_going).unwrap().0.pop().unwrap();
        assert!(calls.get() > 2);
        assert_eq!((series.len(), series.steps[0]), (50_000, 0), "store {number}");
        let change = came(reader.as_mut(), &run, "long", &mut cursor, true);
        assert_eq!(steps(change), [-1, 60_000], "store {number}");
        assert_eq!(came(reader.as_mut(), &run, "long", &mut cursor, true), Change::Nothing);
    }
}

#[test]
fn changes_are_only_what_is_new_in_every_schema() {
    for number in [1, 2, 3] {
        let (_folder, file) = copy(number);
        let mut reader = open(&file).unwrap();
        let run = failed_run(&reader.runs(false).unwrap().0);
        let writer = Connection::open(&file).unwrap();
        let metric = if number == 3 { "loss" } else { "fresh" };
        let reader = reader.as_mut();
        let (known, mut cursor) = begin(reader, &run, metric);
        assert_eq!(came(reader, &run, metric, &mut cursor, true), Change::Nothing);
        writer.execute(INSERT, (metric, 5.0, 1, &run, 1)).unwrap();
        writer.execute(INSERT, ("unrelated", 5.0, 1, &run, 1)).unwrap();
        assert_eq!(steps(came(reader, &run, metric, &mut cursor, false)), [1], "store {number}");
        assert_eq!(came(reader, &run, metric, &mut cursor, true), Change::Nothing);
        // A late step is new all the same.
        writer.execute(INSERT, (metric, 6.0, 1, &run, -7)).unwrap();
        writer.execute(INSERT, ("unrelated", 5.0, 1, &run, 2)).unwrap();
        assert_eq!(steps(came(reader, &run, metric, &mut cursor, false)), [-7], "store {number}");
        // Only a thorough look counts what was there before.
        writer.execute("DELETE FROM metrics WHERE key = ?1 AND step = 1", [metric]).unwrap();
        assert_eq!(came(reader, &run, metric, &mut cursor, false), Change::Nothing);
        match came(reader, &run, metric, &mut cursor, true) {
            Change::Whole(points) => assert_eq!(points.len(), known.len() + 1, "store {number}"),
            other => panic!("store {number}: {other:?}"),
        }
    }
}

/// A deleted last row gives its number to the next one, and `VACUUM` may give all rows new numbers.
#[test]
fn rows_that_were_renumbered_are_read_again() {
    for number in [1, 3] {
        let (_folder, file) = copy(number);
        let mut reader = open(&file).unwrap();
        let run = failed_run(&reader.runs(false).unwrap().0);
        let reader = reader.as_mut();
        let writer = Connection::open(&file).unwrap();
        let log = |step: i64| writer.execute(INSERT, ("loss", 0.5, step, &run, step)).unwrap();
        for step in 100..110 {
            log(step);
        }
        let (before, mut cursor) = begin(reader, &run, "loss");
        writer.execute("DELETE FROM metrics WHERE step = 109", []).unwrap();
        log(200);
        let whole = |change: Change| match change {
            Change::Whole(points) => points.steps,
            other => panic!("store {number}: {other:?}"),
        };
        let mut expected: Vec<i64> = before.steps.iter().copied().filter(|step| *step != 109).collect();
        expected.push(200);
        assert_eq!(whole(came(reader, &run, "loss", &mut cursor, false)), expected);
        writer.execute("DELETE FROM metrics WHERE step = 104", []).unwrap();
        writer.execute_batch("VACUUM").unwrap();
        log(300);
        expected.retain(|step| *step != 104);
        expected.push(300);
        assert_eq!(whole(came(reader, &run, "loss", &mut cursor, true)), expected);
        assert_eq!(came(reader, &run, "loss", &mut cursor, true), Change::Nothing);
    }
}

/// A file system's clock may tick slower than a writer commits.
#[test]
fn a_commit_within_one_tick_of_the_clock_is_noticed() {
    for mode in ["delete", "wal"] {
        let (folder, file) = copy(3);
        let writer = Connection::open(&file).unwrap();
        writer.pragma_update(None, "journal_mode", mode).unwrap();
        let update = "UPDATE latest_metrics SET value = value + 1";
        writer.execute(update, []).unwrap();
        let mut reader = open(&file).unwrap();
        reader.changed();
        assert!(!reader.changed());
        let written = if mode == "wal" { folder.path().join("mlflow.db-wal") } else { file.clone() };
        let data = std::fs::metadata(&written).unwrap();
        if mode == "wal" {
            // The log begins anew, so that it does not grow.
            writer.query_row("PRAGMA wal_checkpoint(RESTART)", [], |_| Ok(())).unwrap();
            reader.changed();
        }
        writer.execute(update, []).unwrap();
        assert_eq!(std::fs::metadata(&written).unwrap().len(), data.len());
        let handle = std::fs::File::options().write(true).open(&written).unwrap();
        handle.set_modified(data.modified().unwrap()).unwrap();
        assert!(reader.changed(), "{mode}");
    }
}

/// Every run with its latest metrics, in words.
fn values(file: &Path) -> String {
    format!("{:?}", open(file).unwrap().runs(true).unwrap().0.runs)
}

/// The same of a copy of a store, which is made once for one state of it.
fn values_of_copy(file: &Path) -> String {
    let folder = tempfile::tempdir().unwrap();
    let write_at =
        |time| std::fs::File::options().append(true).open(file).unwrap().set_modified(time).unwrap();
    // What was written just now is another state at each look.
    let long_ago = std::time::UNIX_EPOCH + Duration::from_secs(1_700_000_000);
    let log = file.with_file_name("mlflow.db-wal");
    if log.exists() {
        std::fs::File::options().append(true).open(&log).unwrap().set_modified(long_ago).unwrap();
    }
    write_at(long_ago);
    let copy = copied(file, folder.path(), &|_, _| true).unwrap();
    let made = std::fs::metadata(&copy).unwrap().modified().unwrap();
    assert_eq!(copied(file, folder.path(), &|_, _| true).unwrap(), copy);
    assert_eq!(std::fs::metadata(&copy).unwrap().modified().unwrap(), made);
    assert_eq!(listing(copy.parent().unwrap()).len(), 1, "it is one file");
    let seen = values(&copy);
    // Of the next state there is another copy, and only that.
    write_at(std::time::UNIX_EPOCH);
    let next = copied(file, folder.path(), &|_, _| true).unwrap();
    assert!(next != copy && next.is_file() && !copy.exists());
    write_at(made);
    let stopped = copied(file, folder.path(), &|_, _| false).unwrap_err();
    assert!(matches!(stopped, Error::Stopped(_)));
    seen
}

#[test]
fn a_journal_left_by_a_dead_writer_is_told_and_left_alone() {
    let (_folder, file) = copy(3);
    let writer = Connection::open(&file).unwrap();
    // A tiny cache makes the unfinished transaction reach the file, as a killed writer's does.
    writer.execute_batch("PRAGMA cache_size = 2; BEGIN; UPDATE metrics SET value = value + 1;").unwrap();
    let dead = tempfile::tempdir().unwrap();
    for suffix in ["", "-journal"] {
        let name = format!("mlflow.db{suffix}");
        std::fs::copy(file.with_file_name(&name), dead.path().join(&name)).unwrap();
    }
    let before = listing(dead.path());
    let error = open(&dead.path().join("mlflow.db")).and_then(|mut reader| reader.runs(false)).unwrap_err();
    assert!(matches!(error, Error::HotJournal(_)) && error.asks_for_a_copy(), "{error}");
    // A copy says what was true before the transaction that nobody ended.
    writer.execute_batch("ROLLBACK").unwrap();
    assert_eq!(values_of_copy(&dead.path().join("mlflow.db")), values(&file));
    assert_eq!(listing(dead.path()), before);
}

#[test]
fn a_log_without_its_index_is_told_and_left_alone() {
    let (_folder, file) = copy(3);
    let writer = Connection::open(&file).unwrap();
    writer.pragma_update(None, "journal_mode", "wal").unwrap();
    writer.execute("UPDATE metrics SET value = value + 1", []).unwrap();
    let copied = tempfile::tempdir().unwrap();
    for suffix in ["", "-wal"] {
        let name = format!("mlflow.db{suffix}");
        std::fs::copy(file.with_file_name(&name), copied.path().join(&name)).unwrap();
    }
    let before = listing(copied.path());
    let error = open(&copied.path().join("mlflow.db")).and_then(|mut reader| reader.runs(false)).unwrap_err();
    assert!(matches!(error, Error::LoneLog(_)), "{error}");
    assert!(error.asks_for_a_copy());
    // A copy has what stands in the log alone.
    assert_eq!(values_of_copy(&copied.path().join("mlflow.db")), values(&file));
    assert_eq!(listing(copied.path()).keys().collect::<Vec<_>>(), before.keys().collect::<Vec<_>>());
    assert_eq!(listing(copied.path()), before);
}

#[cfg(unix)]
#[test]
fn a_store_that_was_replaced_is_read_anew() {
    let (folder, file) = copy(1);
    let mut reader = open(&file).unwrap();
    let run = failed_run(&reader.runs(false).unwrap().0);
    let next = folder.path().join("next");
    std::fs::copy("tests/fixtures/mlflow/mlflow1.db", &next).unwrap();
    Connection::open(&next).unwrap().execute(INSERT, ("fresh", 1.0, 0, &run, 0)).unwrap();
    std::fs::rename(&next, &file).unwrap();
    assert_eq!(reader.series(&run, "fresh").unwrap().len(), 1);
    std::fs::remove_file(&file).unwrap();
    let error = reader.series(&run, "fresh").unwrap_err();
    assert!(matches!(error, Error::Missing(_)), "{error}");
}

#[cfg(unix)]
#[test]
fn a_path_may_hold_what_means_something_in_a_uri() {
    let (folder, file) = copy(3);
    let odd = folder.path().join("runs #1?mode=rw&x%20y ü.db");
    std::fs::rename(file, &odd).unwrap();
    assert_eq!(open(&odd).unwrap().runs(false).unwrap().0.runs.len(), 28);
    assert_eq!(listing(folder.path()).len(), 1);
}

#[test]
fn values_of_a_wrong_type_are_left_out_and_told() {
    let (_folder, file) = copy(3);
    let writer = Connection::open(&file).unwrap();
    let mut reader = open(&file).unwrap();
    let run = failed_run(&reader.runs(false).unwrap().0);
    writer.execute("UPDATE latest_metrics SET value = 'much' WHERE run_uuid = ?1", [&run]).unwrap();
    writer.execute("UPDATE runs SET start_time = 'noon' WHERE run_uuid = ?1", [&run]).unwrap();
    writer.execute("UPDATE metrics SET value = 'much' WHERE run_uuid = ?1 AND key = 'loss'", [&run]).unwrap();
    let (set, problems) = reader.runs(false).unwrap();
    let odd = set.run(&run).unwrap();
    assert_eq!((odd.start_time, odd.metrics.len()), (None, 0));
    assert_eq!(set.runs.len(), 28);
    assert_eq!(problems.len(), 2, "{problems:?}");
    assert!(reader.series(&run, "loss").unwrap().is_empty());
}

/// Odd rows behind the last point must not make every look read the whole series again.
#[test]
fn an_odd_row_at_the_end_is_counted_once() {
    for number in [1, 3] {
        let (_folder, file) = copy(number);
        let mut reader = open(&file).unwrap();
        let run = failed_run(&reader.runs(false).unwrap().0);
        let writer = Connection::open(&file).unwrap();
        for step in 0..3 {
            writer.execute(INSERT, ("odd", 1.0, step, &run, step)).unwrap();
        }
        writer.execute(INSERT, ("odd", "much", 7, &run, 7)).unwrap();
        let reader = reader.as_mut();
        let (series, mut cursor) = begin(reader, &run, "odd");
        assert_eq!((series.len(), series.left_out), (3, Some(LeftOut { count: 1, first_step: Some(7) })));
        assert_eq!(came(reader, &run, "odd", &mut cursor, true), Change::Nothing, "store {number}");
        writer.execute(INSERT, ("odd", "more", 8, &run, 8)).unwrap();
        writer.execute(INSERT, ("odd", 1.0, 9, &run, 9)).unwrap();
        match came(reader, &run, "odd", &mut cursor, true) {
            Change::Added(points) => {
                assert_eq!(points.steps, [9]);
                assert_eq!(points.left_out, Some(LeftOut { count: 1, first_step: Some(8) }));
            }
            other => panic!("store {number}: {other:?}"),
        }
        assert_eq!(came(reader, &run, "odd", &mut cursor, true), Change::Nothing, "store {number}");
    }
}

/// Several metrics of an old store: about as many slices as one of them takes, since one walk serves all.
#[test]
fn one_walk_serves_all_metrics_of_a_run() {
    let (_folder, file) = copy(1);
    let mut reader = open(&file).unwrap();
    let run = failed_run(&reader.runs(false).unwrap().0);
    let mut writer = Connection::open(&file).unwrap();
    let all = writer.transaction().unwrap();
    for step in 0..30_000_i64 {
        for (metric, value) in [("one", 1.0), ("two", 2.0)] {
            all.execute(INSERT, (metric, value, step, &run, step)).unwrap();
        }
    }
    all.commit().unwrap();
    let slices = |reader: &mut dyn Reader, metrics: &[&str]| {
        let calls = Cell::new(0);
        let keep_going = || {
            calls.set(calls.get() + 1);
            true
        };
        (reader.series_of(&run, metrics, &keep_going).unwrap().0, calls.get())
    };
    // Slices end by time as well, and a busy machine makes more of them: the fewest of some readings tell.
    const READINGS: usize = 7;
    let mut fewest = |metrics: &[&str]| {
        let readings: Vec<_> = (0..READINGS).map(|_| slices(reader.as_mut(), metrics)).collect();
        readings.into_iter().min_by_key(|(_, calls)| *calls).unwrap()
    };
    let (one, alone) = fewest(&["one"]);
    let (both, together) = fewest(&["two", "never", "one"]);
    assert!(alone > 3 && together < alone * 2, "{alone} slices alone, {together} together");
    assert_eq!(both[2], one[0]);
    assert_eq!((both[0].0.len(), both[0].0.values[0], both[1].0.len()), (30_000, 2.0, 0));
    // News of all come by one walk as well, each metric's own.
    writer.execute(INSERT, ("two", 2.0, 0, &run, 30_000)).unwrap();
    let known = |at: usize, metric: &'static str| Known { run: &run, metric, cursor: &both[at].1 };
    let changes = reader.changes(&[known(2, "one"), known(1, "never"), known(0, "two")], true, &|| true);
    let changes: Vec<Change> = changes.unwrap().into_iter().map(|news| news.unwrap().0).collect();
    assert_eq!(changes[..2], [Change::Nothing, Change::Nothing]);
    assert!(matches!(&changes[2], Change::Added(points) if points.steps == [30_000]), "{:?}", changes[2]);
}

#[test]
fn no_experiment_is_dropped_however_many_there_are() {
    let (_folder, file) = copy(3);
    let mut writer = Connection::open(&file).unwrap();
    let all = writer.transaction().unwrap();
    let insert = "INSERT INTO experiments (experiment_id, name, artifact_location, lifecycle_stage)
                  WITH RECURSIVE number (n) AS (SELECT 1000 UNION ALL SELECT n + 1 FROM number LIMIT 25000)
                  SELECT n, 'experiment ' || n, '', iif(n % 5 = 0, 'deleted', 'active') FROM number";
    assert_eq!(all.execute(insert, []).unwrap(), 25_000);
    all.execute("UPDATE runs SET experiment_id = 25999 WHERE status = 'RUNNING'", []).unwrap();
    all.commit().unwrap();
    let before = open(Path::new("tests/fixtures/mlflow/mlflow3.db")).unwrap().runs(false).unwrap().0;
    let (set, problems) = open(&file).unwrap().runs(false).unwrap();
    assert!(problems.is_empty(), "{problems:?}");
    assert_eq!(set.experiments.len(), before.experiments.len() + 20_000);
    let running = set.runs.iter().find(|run| run.status == Status::Running).unwrap();
    assert_eq!(running.experiment_name(&set), "experiment 25999");
}

/// Who closes a store during its first read waits for one slice at most.
#[test]
fn a_long_read_of_the_runs_ends_with_the_slice() {
    let (_folder, file) = copy(3);
    let mut writer = Connection::open(&file).unwrap();
    let all = writer.transaction().unwrap();
    let insert = "INSERT INTO tags (key, value, run_uuid)
                  WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number LIMIT 90000)
                  SELECT 'tag ' || n, 'x', (SELECT run_uuid FROM runs LIMIT 1) FROM number";
    all.execute(insert, []).unwrap();
    all.commit().unwrap();
    let mut reader = open(&file).unwrap();
    let told = RefCell::new(Vec::new());
    reader
        .runs_while(false, &|rows| {
            told.borrow_mut().push(rows);
            true
        })
        .unwrap();
    let rows = told.take();
    // Every slice was asked for, and none was longer than 20,000 rows.
    assert!(rows.len() > 7 && rows[0] == 0 && rows.is_sorted(), "{rows:?}");
    assert!(rows.windows(2).all(|pair| pair[1] - pair[0] <= 20_000), "{rows:?}");
    assert!(rows[rows.len() - 1] >= 70_000, "{rows:?}");
    // Slices end by time as well, so another read may have others; six it has in any case.
    for stop in [0, 1, 5] {
        let calls = Cell::new(0);
        let error = reader
            .runs_while(false, &|_| {
                calls.set(calls.get() + 1);
                calls.get() <= stop
            })
            .unwrap_err();
        assert!(matches!(error, Error::Stopped(_)), "{error}");
        assert_eq!(calls.get(), stop + 1);
    }
    assert!(reader.runs(false).is_ok());
}

/// SQLite would look at the log, and make an index for it beside the store.
#[test]
fn a_log_left_beside_a_store_without_logs_is_refused_and_nothing_is_made() {
    let (folder, file) = copy(3);
    std::fs::write(file.with_file_name("mlflow.db-wal"), [1; 4096]).unwrap();
    let before = listing(folder.path());
    let Err(error) = open(&file) else { panic!("the log was read") };
    assert!(matches!(error, Error::LoneLog(_)), "{error}");
    assert_eq!(listing(folder.path()), before);
    // An empty one holds nothing, and the store is read without looking at it.
    std::fs::write(file.with_file_name("mlflow.db-wal"), []).unwrap();
    let before = listing(folder.path());
    assert!(!open(&file).unwrap().runs(false).unwrap().0.runs.is_empty());
    assert_eq!(listing(folder.path()), before);
}

/// Opening a pipe would wait for a writer that never comes.
#[cfg(unix)]
#[test]
fn a_pipe_is_not_opened() {
    let folder = tempfile::tempdir().unwrap();
    let pipe = folder.path().join("mlflow.db");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let Err(error) = open(&pipe) else { panic!("a pipe is no store") };
    assert!(matches!(error, Error::NoFile(_)), "{error}");
    assert!(open(folder.path()).is_err());
}

/// A column may make up any length; a drawing of it would take gigabytes. What is not so long is read.
#[test]
fn texts_of_hostile_length_are_left_out_and_told() {
    let (_folder, file) = copy(3);
    let whole = open(&file).unwrap().runs(false).unwrap().0;
    let writer = Connection::open(&file).unwrap();
    let long = "UPDATE params SET value = (SELECT hex(zeroblob(9000000))) WHERE rowid IN (2, 3, 5)";
    writer.execute(long, []).unwrap();
    drop(writer);
    let (set, problems) = open(&file).unwrap().runs(false).unwrap();
    let count = |set: &RunSet| set.runs.iter().map(|run| run.params.len()).sum::<usize>();
    assert_eq!((set.runs.len(), count(&set)), (whole.runs.len(), count(&whole) - 3));
    let told: Vec<&str> = problems.iter().map(|problem| problem.message.as_str()).collect();
    assert_eq!(
        told,
        [
            "3 rows of the table params, the first with the rowid 2, are longer than 16 MB and left out; all others are read"
        ]
    );
}
