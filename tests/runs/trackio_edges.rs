//! Trackio stores at their edges: projects that grow while they are followed, runs that are renamed or deleted, stores of
//! older versions, rows that are no JSON, damaged pages.

use std::cell::Cell;
use std::path::{Path, PathBuf};

use mlops_atlas::runs::LeftOut;
use mlops_atlas::store::runs::{Change, Error, Known, Reader, open};
use proptest::prelude::*;
use rusqlite::Connection;

use crate::followed::{begin, came};
use crate::listing::listing;

const LOG: &str = "INSERT INTO metrics (run_id, timestamp, run_name, step, metrics)
                   VALUES (?1, '2026-11-23T04:00:00+00:00', 'run', ?2, CAST(?3 AS BLOB))";
const MEASURE: &str = "INSERT INTO system_metrics (run_id, timestamp, run_name, metrics)
                       VALUES (?1, '2026-11-23T04:00:00+00:00', 'run', CAST(?2 AS BLOB))";

fn copied() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("demo-project.db");
    std::fs::copy("tests/fixtures/trackio/demo-project.db", &file).unwrap();
    (folder, file)
}

fn run_named(reader: &mut dyn Reader, name: &str) -> String {
    reader.runs(false).unwrap().0.runs.iter().find(|run| &*run.name == name).unwrap().id.to_string()
}

fn added(change: Change) -> Vec<(i64, f64)> {
    match change {
        Change::Added(points) => points.points().map(|point| (point.step, point.value)).collect(),
        other => panic!("no points were added: {other:?}"),
    }
}

#[test]
fn new_rows_come_by_themselves_beside_a_living_writer() {
    let (folder, file) = copied();
    let mut reader = open(&file).unwrap();
    let reader = reader.as_mut();
    let run = run_named(reader, "run-1");
    let (known, mut loss) = begin(reader, &run, "train/loss");
    let mut cpu = begin(reader, &run, "system/cpu").1;
    let mut fresh = begin(reader, &run, "fresh").1;
    reader.changed();
    assert!(!reader.changed());
    let writer = Connection::open(&file).unwrap();
    writer.execute(LOG, (&run, 100, r#"{"train/loss":0.5,"fresh":"NaN"}"#)).unwrap();
    writer.execute(LOG, ("another", 100, r#"{"train/loss":0.75}"#)).unwrap();
    // A late and a repeated step.
    writer.execute(LOG, (&run, -3, r#"{"train/loss":9.0}"#)).unwrap();
    writer.execute(LOG, (&run, 100, r#"{"train/loss":1.0}"#)).unwrap();
    for value in [11.0, 12.0] {
        writer.execute(MEASURE, (&run, format!("{{\"cpu\":{value:?}}}"))).unwrap();
    }
    assert!(reader.changed());
    assert_eq!(
        added(came(reader, &run, "train/loss", &mut loss, false)),
        [(-3, 9.0), (100, 0.5), (100, 1.0)]
    );
    let Change::Added(points) = came(reader, &run, "fresh", &mut fresh, false) else {
        panic!("nothing came")
    };
    assert!(points.len() == 1 && points.values[0].is_nan());
    // The places of rows are steps, whoever follows them since when.
    assert_eq!(added(came(reader, &run, "system/cpu", &mut cpu, true)), [(1, 11.0), (2, 12.0)]);
    for thorough in [false, true] {
        assert_eq!(came(reader, &run, "train/loss", &mut loss, thorough), Change::Nothing);
        assert_eq!(came(reader, &run, "system/cpu", &mut cpu, thorough), Change::Nothing);
    }
    let (whole, _) = begin(reader, &run, "train/loss");
    assert_eq!(whole.len(), known.len() + 3);
    assert_eq!(begin(reader, &run, "system/cpu").0.steps, [0, 1, 2]);
    assert_eq!(reader.runs(false).unwrap().0.runs.len(), 6);
    drop(writer);
    assert_eq!(listing(folder.path()).len(), 1, "the log is still there");
}

#[test]
fn a_run_that_was_deleted_or_whose_rows_were_is_read_again() {
    let (_folder, file) = copied();
    let mut reader = open(&file).unwrap();
    let reader = reader.as_mut();
    let (first, last) = (run_named(reader, "run-0"), run_named(reader, "run-4"));
    let mut cursors = [&first, &last].map(|run| begin(reader, run, "acc").1);
    let writer = Connection::open(&file).unwrap();
    // Before the last row of the table only a thorough look sees it.
    writer.execute("DELETE FROM metrics WHERE run_id = ?1 AND step < 10", [&first]).unwrap();
    assert_eq!(came(reader, &first, "acc", &mut cursors[0].clone(), false), Change::Nothing);
    let Change::Whole(points) = came(reader, &first, "acc", &mut cursors[0], true) else {
        panic!("nothing came")
    };
    assert_eq!(points.steps, (10..60).collect::<Vec<i64>>());
    writer.execute("DELETE FROM metrics WHERE run_id = ?1", [&last]).unwrap();
    let Change::Whole(points) = came(reader, &last, "acc", &mut cursors[1], false) else {
        panic!("nothing came")
    };
    assert!(points.is_empty());
    assert_eq!((reader.runs(false).unwrap().0.runs.len(), reader.count().unwrap()), (4, 4));
    // Numbers of rows that are gone are not given again.
    writer.execute(LOG, (&first, 60, r#"{"acc":1.0}"#)).unwrap();
    let change = came(reader, &first, "acc", &mut cursors[0], false);
    assert!(matches!(&change, Change::Whole(points) if points.len() == 51), "{change:?}");
    assert_eq!(came(reader, &first, "acc", &mut cursors[0], true), Change::Nothing);
}

/// Stores before runs had ids, and those whose JSON is a text.
#[test]
fn older_stores_have_runs_by_their_names() {
    let (_folder, file) = copied();
    let mut newest = open(Path::new("tests/fixtures/trackio/demo-project.db")).unwrap();
    let expected = newest.runs(false).unwrap().0;
    let writer = Connection::open(&file).unwrap();
    writer
        .execute_batch(
            "CREATE TABLE old (id INTEGER PRIMARY KEY AUTOINCREMENT, timestamp TEXT, run_name TEXT, step INTEGER, metrics TEXT);
             INSERT INTO old SELECT id, substr(timestamp, 1, 26), run_name, step, CAST(metrics AS TEXT) FROM metrics;
             DROP TABLE metrics;
             ALTER TABLE old RENAME TO metrics;
             CREATE TABLE old (id INTEGER PRIMARY KEY, run_name TEXT, config TEXT);
             INSERT INTO old SELECT id, run_name, CAST(config AS TEXT) FROM configs;
             DROP TABLE configs;
             ALTER TABLE old RENAME TO configs;
             DROP TABLE system_metrics;",
        )
        .unwrap();
    drop(writer);
    let mut reader = open(&file).unwrap();
    let (set, problems) = reader.runs(false).unwrap();
    assert!(problems.is_empty(), "{problems:?}");
    assert_eq!(set.runs.len(), 5);
    for run in &set.runs {
        let same = expected.runs.iter().find(|own| own.name == run.name).unwrap();
        assert_eq!(run.id, run.name);
        let texts = |list: &[(u32, std::sync::Arc<str>)]| {
            list.iter().map(|(_, text)| text.clone()).collect::<Vec<_>>()
        };
        assert_eq!(texts(&run.params), texts(&same.params));
        let series = reader.series(&run.id, "train/loss").unwrap();
        assert_eq!(series.values, newest.series(&same.id, "train/loss").unwrap().values);
    }
}

#[test]
fn rows_that_are_no_json_are_counted_and_placed_and_the_rest_is_read() {
    let (_folder, file) = copied();
    let writer = Connection::open(&file).unwrap();
    let mut reader = open(&file).unwrap();
    let reader = reader.as_mut();
    let run = run_named(reader, "run-0");
    let deep = format!("{{\"acc\":{}", "[".repeat(100_000));
    for (id, json) in [(3, "{\"acc\":0.5"), (4, ""), (5, "[1]"), (6, &deep), (7, "{\"acc\":NaN}")] {
        writer.execute("UPDATE metrics SET metrics = ?2 WHERE id = ?1", (id, json)).unwrap();
    }
    let long = "UPDATE metrics SET metrics = '{\"acc\":1.0,\"x\":\"' || hex(zeroblob(9000000)) || '\"}' WHERE id = 10";
    writer.execute(long, []).unwrap();
    writer.execute("UPDATE metrics SET step = 'late' WHERE id = 8", []).unwrap();
    writer.execute("UPDATE metrics SET timestamp = 'noon' WHERE id = 9", []).unwrap();
    writer.execute("UPDATE configs SET config = '{' WHERE run_id = ?1", [&run]).unwrap();
    let (set, problems) = reader.runs(false).unwrap();
    let told: Vec<&str> = problems.iter().map(|problem| problem.message.as_str()).collect();
    let expected = [
        "7 rows of the table metrics cannot be read and are left out, the first is row 3",
        "1 rows of the table configs cannot be read and are left out, the first is row 1",
    ];
    assert_eq!(told, expected);
    assert_eq!((set.runs.len(), set.run(&run).unwrap().params.len()), (5, 0));
    let (mut all, problems) = reader.series_of(&run, &["acc"], &|| true).unwrap();
    let (series, mut cursor) = all.pop().unwrap();
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert!(
        problems[0].message.starts_with("6 rows of this run hold no JSON object, or a very long one,"),
        "{}",
        problems[0].message
    );
    assert_eq!(series.left_out, Some(LeftOut { count: 1, first_step: None }));
    assert_eq!(series.steps, [0, 1, 8].into_iter().chain(10..60).collect::<Vec<i64>>());
    assert_eq!(series.beyond, 1);
    assert_eq!(came(reader, &run, "acc", &mut cursor, true), Change::Nothing);
}

/// One walk serves all metrics of a run, and a writer is free between its slices.
#[test]
fn a_series_longer_than_a_slice_is_whole() {
    let (_folder, file) = copied();
    let mut reader = open(&file).unwrap();
    let mut writer = Connection::open(&file).unwrap();
    let all = writer.transaction().unwrap();
    for at in 0..50_000_i64 {
        // Half of all rows are of one step; 7 and 50,000 have no common factor.
        let n = at * 7 % 50_000;
        all.execute(LOG, ("long", (n - 25_000).max(0), format!("{{\"one\":{n},\"two\":-{n}}}"))).unwrap();
    }
    all.commit().unwrap();
    let calls = Cell::new(0_i64);
    let keep_going = || {
        calls.set(calls.get() + 1);
        if calls.get() == 2 {
            writer.execute(LOG, ("long", 99_999, r#"{"one":0.5}"#)).unwrap();
        }
        true
    };
    let (read, problems) = reader.series_of("long", &["two", "never", "one"], &keep_going).unwrap();
    assert!(problems.is_empty() && calls.get() > 2, "{problems:?}, {} slices", calls.get());
    let mut expected: Vec<(i64, i64)> = (0..50_000).map(|n| ((n - 25_000).max(0), n)).collect();
    expected.sort_unstable();
    let points: Vec<(i64, i64)> = read[2].0.points().map(|point| (point.step, point.value as i64)).collect();
    assert!(points == expected, "{} of 50,000", points.len());
    assert_eq!((read[0].0.len(), read[1].0.len()), (50_000, 0));
    // What came meanwhile comes next.
    let mut cursor = read[2].1.clone();
    assert_eq!(added(came(reader.as_mut(), "long", "one", &mut cursor, true)), [(99_999, 0.5)]);
    let error = reader.series_of("long", &["one"], &|| false).unwrap_err();
    assert!(matches!(error, Error::Stopped(_)), "{error}");
}

/// A page of the table, found by what it holds, and one of the index over runs.
#[test]
fn a_damaged_page_costs_what_is_on_it() {
    let (_folder, file) = copied();
    let mut reader = open(&file).unwrap();
    let run = run_named(reader.as_mut(), "run-0");
    let whole = reader.series(&run, "acc").unwrap();
    let bytes = std::fs::read(&file).unwrap();
    let wanted = br#""acc":0.5}"#;
    let at = bytes.windows(wanted.len()).position(|part| part == wanted).unwrap() / 4096 * 4096;
    let mut damaged = bytes.clone();
    damaged[at..at + 4096].fill(0xA5);
    std::fs::write(&file, damaged).unwrap();
    let mut reader = open(&file).unwrap();
    let (set, problems) = reader.runs(false).unwrap();
    assert!(
        problems.iter().any(|problem| problem.message.contains("The table metrics is damaged")),
        "{problems:?}"
    );
    assert_eq!(set.runs.len(), 5);
    let (mut all, problems) = reader.series_of(&run, &["acc"], &|| true).unwrap();
    let (series, mut cursor) = all.pop().unwrap();
    assert!(!problems.is_empty());
    assert!(!series.is_empty() && series.len() < whole.len(), "{} points", series.len());
    assert_eq!(came(reader.as_mut(), &run, "acc", &mut cursor, false), Change::Nothing);
}

#[test]
fn a_store_that_is_replaced_is_read_anew_and_nothing_is_left_beside_it() {
    let (folder, file) = copied();
    let before = listing(folder.path());
    let mut reader = open(&file).unwrap();
    let run = run_named(reader.as_mut(), "run-2");
    let mut cursor = begin(reader.as_mut(), &run, "acc").1;
    assert!(listing(folder.path()) == before);
    let next = folder.path().join("next");
    std::fs::copy("tests/fixtures/trackio/edges.db", &next).unwrap();
    std::fs::rename(&next, &file).unwrap();
    assert!(reader.changed());
    let change = came(reader.as_mut(), &run, "acc", &mut cursor, false);
    assert!(matches!(&change, Change::Whole(points) if points.is_empty()), "{change:?}");
    assert_eq!(reader.runs(false).unwrap().0.runs.len(), 2);
    assert_eq!(listing(folder.path()).len(), 1);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// Whatever pieces a run is written in, what came piece by piece is the series of the whole.
    #[test]
    fn pieces_of_any_size_give_the_series_of_the_whole(
        pieces in prop::collection::vec(prop::collection::vec((0..2_usize, -5..50_i64, -1e9..1e9_f64), 0..12), 0..6)
    ) {
        let (_folder, file) = copied();
        let mut reader = open(&file).unwrap();
        let mut writer = Connection::open(&file).unwrap();
        let runs = ["a", "b"];
        let metrics = ["own", "system/own"];
        let mut known = Vec::new();
        for run in runs {
            for (series, cursor) in reader.series_of(run, &metrics, &|| true).unwrap().0 {
                known.push((run, series, cursor));
            }
        }
        for piece in pieces {
            let all = writer.transaction().unwrap();
            for (run, step, value) in piece {
                all.execute(LOG, (runs[run], step, format!("{{\"own\":{value:?}}}"))).unwrap();
                all.execute(MEASURE, (runs[run], format!("{{\"own\":{value:?}}}"))).unwrap();
            }
            all.commit().unwrap();
            let asked: Vec<Known<'_>> = known
                .iter()
                .enumerate()
                .map(|(at, (run, _, cursor))| Known { run, metric: metrics[at % 2], cursor })
                .collect();
            let news = reader.changes(&asked, true, &|| true).unwrap();
            for ((_, series, cursor), news) in known.iter_mut().zip(news) {
                let (change, now) = news.unwrap();
                match change {
                    Change::Added(points) => { series.append(&points); }
                    Change::Nothing => {}
                    Change::Whole(_) => prop_assert!(false, "a store that only grows was read again"),
                }
                *cursor = now;
            }
        }
        for (at, (run, series, cursor)) in known.iter().enumerate() {
            let (whole, end) = begin(reader.as_mut(), run, metrics[at % 2]);
            prop_assert_eq!(&whole, series);
            prop_assert_eq!(&end, cursor);
        }
    }
}

/// A row that is too long costs itself, wherever it lies: also at the end, which tells how far was read.
#[test]
fn a_long_last_row_harms_no_other() {
    let (_folder, file) = copied();
    let writer = Connection::open(&file).unwrap();
    let mut reader = open(&file).unwrap();
    let reader = reader.as_mut();
    let run = run_named(reader, "run-1");
    let (known, mut cursor) = begin(reader, &run, "acc");
    let long = format!("{{\"acc\":1.0,\"x\":\"{}\"}}", "x".repeat(17_000_000));
    writer.execute(LOG, (&run, 100, long)).unwrap();
    assert_eq!(came(reader, &run, "acc", &mut cursor, true), Change::Nothing);
    let (mut all, problems) = reader.series_of(&run, &["acc"], &|| true).unwrap();
    assert_eq!((all.pop().unwrap().0.values, problems.len()), (known.values, 1));
    writer.execute(LOG, (&run, 101, "{\"acc\":0.5}")).unwrap();
    assert_eq!(added(came(reader, &run, "acc", &mut cursor, true)), [(101, 0.5)]);
}
