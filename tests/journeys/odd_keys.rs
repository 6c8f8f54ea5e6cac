//! MLflow stores with keys and times that no client of good will writes: NULs, control characters, year 292 million.

use std::path::{Path, PathBuf};

use egui_kittest::kittest::Queryable as _;
use mlops_atlas::app::Start;

use mlops_atlas::address::{Location, Origin, StoreLocation};
use mlops_atlas::cli::runs::{Format, ListArgs, RunsArgs, RunsCommand, SeriesArgs, run};
use mlops_atlas::store::runs::open;
use rusqlite::Connection;
use serde_json::{Value, json};

use crate::headless;

/// A copy of a fixture, and the id of a run in it.
fn store(number: u8) -> (tempfile::TempDir, PathBuf, String) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("mlflow.db");
    std::fs::copy(format!("tests/fixtures/mlflow/mlflow{number}.db"), &file).unwrap();
    let sql = "SELECT run_uuid FROM runs WHERE lifecycle_stage = 'active' ORDER BY rowid LIMIT 1";
    let id = Connection::open(&file).unwrap().query_row(sql, [], |row| row.get(0)).unwrap();
    (folder, file, id)
}

fn text_answer(command: RunsCommand) -> (u8, String, String) {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let status = run(&RunsArgs { command, map: None, copy: false }, &mut out, &mut err).unwrap();
    (status, String::from_utf8(out).unwrap(), String::from_utf8(err).unwrap())
}

fn list(file: &Path, order_by: &[&str], json: bool) -> (u8, String, String) {
    let order_by = order_by.iter().map(ToString::to_string).collect();
    let source = file.to_path_buf();
    text_answer(RunsCommand::List(ListArgs { source: vec![source], order_by, json, ..Default::default() }))
}

/// The run of a `runs list --json`.
fn listed(file: &Path, id: &str) -> Value {
    let all: Value = serde_json::from_str(&list(file, &[], true).1).unwrap();
    all.as_array().unwrap().iter().find(|run| run["id"] == id).unwrap().clone()
}

const KEYS: [&str; 4] = ["loss\0a", "loss\0b", "loss\u{1b}[31m", "loss\n"];

fn with_odd_keys(number: u8) -> (tempfile::TempDir, PathBuf, String) {
    let (folder, file, id) = store(number);
    let writer = Connection::open(&file).unwrap();
    for (n, key) in KEYS.into_iter().enumerate() {
        let value = n as f64;
        let metric = "INSERT INTO metrics (key, value, timestamp, run_uuid, step, is_nan) VALUES (?1, ?2, 1, ?3, 0, 0)";
        writer.execute(metric, (key, value, &id)).unwrap();
        let latest = "INSERT INTO latest_metrics (key, value, timestamp, run_uuid, step, is_nan) VALUES (?1, ?2, 1, ?3, 0, 0)";
        writer.execute(latest, (key, value, &id)).unwrap();
        for table in ["params", "tags"] {
            let insert = format!("INSERT INTO {table} (key, value, run_uuid) VALUES (?1, ?2, ?3)");
            writer.execute(&insert, (key, format!("value\0{n}"), &id)).unwrap();
        }
    }
    (folder, file, id)
}

#[test]
fn keys_that_differ_after_a_nul_are_two_keys() {
    for number in [1, 3] {
        let (_folder, file, id) = with_odd_keys(number);
        let mut reader = open(&file).unwrap();
        let (set, problems) = reader.runs(false).unwrap();
        assert_eq!(problems, []);
        let run = set.run(&id).unwrap();
        for (n, key) in KEYS.into_iter().enumerate() {
            assert_eq!(run.metric(set.metric_key(key).unwrap()), Some(n as f64), "{key:?}");
            let value = format!("value\0{n}");
            assert_eq!(run.param(set.param_key(key).unwrap()).unwrap().as_ref(), value, "{key:?}");
            assert_eq!(run.tag(set.tag_key(key).unwrap()).unwrap().as_ref(), value, "{key:?}");
        }
        // One read serves several, and each gets its own points.
        let series = reader.series_of(&id, &KEYS, &|| true).unwrap().0;
        let values: Vec<Vec<f64>> = series.into_iter().map(|(series, _)| series.values).collect();
        assert_eq!(values, [[0.0], [1.0], [2.0], [3.0]], "store {number}");
        let run = listed(&file, &id);
        for (n, key) in KEYS.into_iter().enumerate() {
            assert_eq!(
                (&run["metrics"][key], &run["params"][key]),
                (&json!(n as f64), &json!(format!("value\0{n}")))
            );
        }
    }
}

#[test]
fn a_key_that_nobody_can_type_is_asked_for_by_what_is_shown_of_it() {
    let (_folder, file, id) = with_odd_keys(3);
    let series = |metric: &[&str], format| {
        RunsCommand::Series(SeriesArgs {
            source: file.clone(),
            run: vec![id.clone()],
            metric: metric.iter().map(ToString::to_string).collect(),
            format,
            ..Default::default()
        })
    };
    for (shown, value) in
        [("loss\\u{0}a", 0.0), ("loss\\u{0}b", 1.0), ("loss\\u{1b}[31m", 2.0), ("loss\\n", 3.0)]
    {
        let (status, out, err) = text_answer(series(&[shown], Some(Format::Json)));
        assert_eq!((status, err.as_str()), (0, ""), "{shown}");
        let points: Value = serde_json::from_str(&out).unwrap();
        assert_eq!(points, json!([{"step": 0, "timestamp": 1, "value": value}]), "{shown}");
        let (status, _, err) = list(&file, &[&format!("metrics.`{shown}` DESC")], true);
        assert_eq!((status, err.as_str()), (0, ""));
    }
    let (_, out, _) = text_answer(series(&["loss\\u{0}a", "loss\\n"], Some(Format::Jsonl)));
    assert!(out.contains(r#""metric":"loss\u0000a""#) && out.contains(r#""metric":"loss\n""#), "{out}");
    // Ordering by such a key orders.
    let ordered: Value = serde_json::from_str(&list(&file, &["metrics.`loss\\u{0}b`"], true).1).unwrap();
    assert_eq!(ordered[0]["id"], json!(id));
    // On a terminal a run stays on its line and colours nothing.
    let (_, out, _) = list(&file, &[], false);
    assert!(!out.contains(['\0', '\u{1b}']) && out.contains("loss\\u{0}a=0"), "{out}");
    // Addresses keep them.
    let store = StoreLocation {
        metrics: KEYS.map(ToOwned::to_owned).to_vec(),
        ..StoreLocation::of(Origin::Path("/a/mlflow.db".into()))
    };
    let location = Location::Store(Box::new(store));
    let text = location.to_string();
    assert!(!text.contains(char::is_control), "{text}");
    assert_eq!(text.parse::<Location>().unwrap(), location);
}

#[test]
fn a_time_that_no_date_can_show_is_none_and_told_and_a_number_in_json() {
    let (_folder, file, id) = store(3);
    for (start, end) in
        [(i64::MAX, i64::MIN), (i64::MIN, i64::MAX), (400_000_000_000_000, -400_000_000_000_000)]
    {
        let update = "UPDATE runs SET start_time = ?1, end_time = ?2 WHERE run_uuid = ?3";
        Connection::open(&file).unwrap().execute(update, (start, end, &id)).unwrap();
        let (set, problems) = open(&file).unwrap().runs(false).unwrap();
        let run = set.run(&id).unwrap();
        assert_eq!((run.start_time, run.end_time, run.duration()), (None, None, None));
        assert_eq!(problems.len(), 1, "{problems:?}");
        assert!(problems[0].message.starts_with("1 run starts or ends beyond the years"), "{problems:?}");
        let listed = listed(&file, &id);
        assert_eq!((&listed["start_time"], &listed["end_time"]), (&json!(start), &json!(end)));
    }
    // Before 1970 is early, and still a date; the first and the last moment that a date can show are shown.
    let [first, last] = [jiff::Timestamp::MIN, jiff::Timestamp::MAX].map(|time| time.as_second() * 1_000);
    for (start, end) in [(-1, 0), (first, last)] {
        let update = "UPDATE runs SET start_time = ?1, end_time = ?2 WHERE run_uuid = ?3";
        Connection::open(&file).unwrap().execute(update, (start, end, &id)).unwrap();
        let (set, problems) = open(&file).unwrap().runs(false).unwrap();
        assert_eq!((set.run(&id).unwrap().start_time, problems), (Some(start * 1_000), vec![]));
        let run = listed(&file, &id);
        assert_eq!((&run["start_time"], &run["end_time"]), (&json!(start), &json!(end)));
    }
}

#[test]
fn a_window_shows_what_cannot_be_seen() {
    let (_folder, file, id) = with_odd_keys(3);
    let location = Location::Store(Box::new(StoreLocation {
        ticked: vec![id.clone()],
        metrics: vec!["loss\0a".to_owned(), "loss\0b".to_owned()],
        selected: Some(id),
        ..StoreLocation::of(Origin::Path(file))
    }));
    let mut harness = headless::open(Start { locations: vec![location], ..Start::default() });
    for _ in 0..100_000 {
        harness.run_steps(1);
        if !harness.state().is_loading() {
            break;
        }
    }
    harness.run_steps(4);
    for shown in ["Remove filter loss\\u{0}a", "Remove filter loss\\u{0}b", "value\\u{0}0"] {
        assert!(harness.query_all_by_label(shown).next().is_some(), "{shown}");
    }
}
