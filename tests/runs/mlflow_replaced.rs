//! Stores that become other ones while they are read: what was read of the first is no part of the answer.

use std::cell::Cell;
use std::path::{Path, PathBuf};

use mlops_atlas::store::runs::{Change, Error, Known, Reader, open};
use rusqlite::Connection;

const RUN: &str = "00000000000000000000000000000001";

fn copy(number: u8, folder: &Path, name: &str) -> PathBuf {
    let file = folder.join(name);
    std::fs::copy(format!("tests/fixtures/mlflow/mlflow{number}.db"), &file).unwrap();
    file
}

/// Logs this many points of one run, all with this value.
fn log(file: &Path, count: i64, value: f64) {
    let insert = "INSERT INTO metrics (key, value, timestamp, run_uuid, step, is_nan)
                  WITH RECURSIVE number (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM number LIMIT ?1)
                  SELECT 'long', ?2, n, ?3, n, 0 FROM number";
    let writer = Connection::open(file).unwrap();
    writer.pragma_update(None, "foreign_keys", false).unwrap();
    writer.execute(insert, (count, value, RUN)).unwrap();
}

/// Reads the series, doing something before its second slice; how many points there are of each value.
fn read(reader: &mut dyn Reader, between: impl Fn()) -> Result<[usize; 2], Error> {
    let calls = Cell::new(0);
    let keep_going = || {
        calls.set(calls.get() + 1);
        if calls.get() == 2 {
            between();
        }
        true
    };
    let (mut all, problems) = reader.series_of(RUN, &["long"], &keep_going)?;
    assert_eq!(problems, []);
    assert!(calls.get() > 2, "all was read by {} slices", calls.get());
    let values = all.pop().unwrap().0.values;
    let count = |wanted: f64| values.iter().filter(|value| **value == wanted).count();
    Ok([count(1.0), count(2.0)])
}

#[cfg(unix)]
#[test]
fn a_store_replaced_between_two_slices_is_read_from_its_beginning() {
    for number in [1, 3] {
        let folder = tempfile::tempdir().unwrap();
        let file = copy(number, folder.path(), "mlflow.db");
        log(&file, 60_000, 1.0);
        let next = copy(number, folder.path(), "next");
        log(&next, 50_000, 2.0);
        let mut reader = open(&file).unwrap();
        let found = read(reader.as_mut(), || std::fs::rename(&next, &file).unwrap()).unwrap();
        assert_eq!(found, [0, 50_000], "store {number}");
    }
}

/// A store of another version has other indexes.
#[cfg(unix)]
#[test]
fn a_store_replaced_by_one_of_another_version_is_read_as_that() {
    for (before, after) in [(1, 3), (3, 1)] {
        let folder = tempfile::tempdir().unwrap();
        let file = copy(before, folder.path(), "mlflow.db");
        log(&file, 60_000, 1.0);
        let next = copy(after, folder.path(), "next");
        log(&next, 50_000, 2.0);
        let mut reader = open(&file).unwrap();
        let found = read(reader.as_mut(), || std::fs::rename(&next, &file).unwrap()).unwrap();
        assert_eq!(found, [0, 50_000], "store {before}, then {after}");
    }
}

#[cfg(unix)]
#[test]
fn a_store_that_is_replaced_again_and_again_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let file = copy(3, folder.path(), "mlflow.db");
    log(&file, 60_000, 1.0);
    let whole = std::fs::read(&file).unwrap();
    let mut reader = open(&file).unwrap();
    let replace = || {
        let next = folder.path().join("next");
        std::fs::write(&next, &whole).unwrap();
        std::fs::rename(&next, &file).unwrap();
        true
    };
    let error = reader.series_of(RUN, &["long"], &replace).unwrap_err();
    assert!(matches!(error, Error::Replaced(_)), "{error}");
    assert!(error.to_string().ends_with("mlflow.db"));
    let error = reader.runs_while(true, &|_| replace()).unwrap_err();
    assert!(matches!(error, Error::Replaced(_)), "{error}");
    // It is read as soon as that ends.
    assert_eq!(reader.series(RUN, "long").unwrap().len(), 60_000);
}

/// `VACUUM` gives the rows of a table without any index new numbers: those not yet read move to numbers that were
/// passed.
#[test]
fn rows_renumbered_between_two_slices_are_neither_lost_nor_doubled() {
    for mode in ["delete", "wal"] {
        let folder = tempfile::tempdir().unwrap();
        let file = copy(1, folder.path(), "mlflow.db");
        let writer = Connection::open(&file).unwrap();
        writer.pragma_update(None, "journal_mode", mode).unwrap();
        writer
            .execute_batch(
                "CREATE TABLE bare AS SELECT * FROM metrics; DROP TABLE metrics; ALTER TABLE bare RENAME TO metrics;",
            )
            .unwrap();
        log(&file, 60_000, 1.0);
        log(&file, 60_000, 2.0);
        writer.execute("DELETE FROM metrics WHERE value = 1.0", []).unwrap();
        let mut reader = open(&file).unwrap();
        let found = read(reader.as_mut(), || writer.execute_batch("VACUUM").unwrap()).unwrap();
        assert_eq!(found, [0, 60_000], "{mode}");
    }
}

/// A table's rows must not be joined with those of another store.
#[cfg(unix)]
#[test]
fn runs_are_all_of_one_store() {
    let folder = tempfile::tempdir().unwrap();
    let file = copy(3, folder.path(), "mlflow.db");
    let tag = |file: &Path, value: &str| {
        let insert = "INSERT INTO tags (key, value, run_uuid)
                      WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number LIMIT 90000)
                      SELECT 'tag ' || n, ?1, (SELECT run_uuid FROM runs LIMIT 1) FROM number";
        Connection::open(file).unwrap().execute(insert, [value]).unwrap();
    };
    tag(&file, "old");
    let next = copy(3, folder.path(), "next");
    tag(&next, "new");
    let rename = |writer: &Connection| writer.execute("UPDATE runs SET name = 'of the next'", []).unwrap();
    rename(&Connection::open(&next).unwrap());
    let mut reader = open(&file).unwrap();
    let is_done = Cell::new(false);
    let keep_going = |rows| {
        if rows > 20_000 && !is_done.replace(true) {
            std::fs::rename(&next, &file).unwrap();
        }
        true
    };
    let (set, problems) = reader.runs_while(true, &keep_going).unwrap();
    assert!(is_done.get() && problems.is_empty(), "{problems:?}");
    assert!(set.runs.iter().all(|run| &*run.name == "of the next"));
    let tags: Vec<_> = set.runs.iter().flat_map(|run| &run.tags).map(|(_, value)| &**value).collect();
    assert_eq!(tags.iter().filter(|value| **value == "new").count(), 90_000);
    assert!(!tags.contains(&"old"));
}

#[cfg(unix)]
#[test]
fn news_of_a_store_that_was_replaced_are_the_whole_series() {
    for number in [1, 3] {
        let folder = tempfile::tempdir().unwrap();
        let file = copy(number, folder.path(), "mlflow.db");
        log(&file, 100, 1.0);
        let mut reader = open(&file).unwrap();
        let cursor = reader.series_of(RUN, &["long"], &|| true).unwrap().0.pop().unwrap().1;
        let next = copy(number, folder.path(), "next");
        log(&next, 200, 2.0);
        std::fs::rename(&next, &file).unwrap();
        let known = Known { run: RUN, metric: "long", cursor: &cursor };
        match reader.changes(&[known], false, &|| true).unwrap().pop().unwrap().unwrap().0 {
            Change::Whole(series) => assert_eq!(series.values, [2.0; 200], "store {number}"),
            other => panic!("store {number}: {other:?}"),
        }
        // A cursor of some other reader is of no use, and no harm.
        let foreign = mlops_atlas::store::runs::Cursor::new([1, 2, 3, 4, 5]);
        let known = Known { run: RUN, metric: "long", cursor: &foreign };
        let news = reader.changes(&[known], false, &|| true).unwrap().pop().unwrap().unwrap().0;
        assert!(matches!(news, Change::Whole(series) if series.len() == 200));
    }
}
