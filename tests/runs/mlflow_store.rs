//! MLflow stores of three versions: what the generators are known to have written is what is read, bad files are
//! told apart, and nothing beside a store is touched.

use std::path::{Path, PathBuf};

use mlops_atlas::runs::{Run, RunSet, Status};
use mlops_atlas::store::runs::{Change, Error, Known, Reader, open};
use rusqlite::Connection;

use crate::listing::listing;

fn copy(number: u8) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("mlflow.db");
    std::fs::copy(format!("tests/fixtures/mlflow/mlflow{number}.db"), &file).unwrap();
    (folder, file)
}

fn named<'a>(set: &'a RunSet, name: &str) -> &'a Run {
    set.runs.iter().find(|run| &*run.name == name).unwrap()
}

fn series(reader: &mut dyn Reader, run: &Run, metric: &str) -> Vec<(i64, f64)> {
    reader.series(&run.id, metric).unwrap().points().map(|p| (p.step, p.value)).collect()
}

#[test]
fn the_newest_schema_is_read_as_it_was_written() {
    let (_folder, file) = copy(3);
    let mut reader = open(&file).unwrap();
    let (set, problems) = reader.runs(false).unwrap();
    assert!(problems.is_empty());
    assert!(set.runs.iter().all(|run| &*run.name != "soft-deleted"));
    assert!(set.experiments.iter().any(|experiment| experiment.name == "edge-cases ünïcode / slash"));
    let statuses = [
        ("crashed", Status::Failed),
        ("killed", Status::Killed),
        ("still-running", Status::Running),
        ("scheduled", Status::Scheduled),
    ];
    for (name, status) in statuses {
        assert_eq!(named(&set, name).status, status);
    }
    let parent = named(&set, "sweep-parent").id.clone();
    assert_eq!(set.runs.iter().filter(|run| run.parent.as_ref() == Some(&parent)).count(), 12);
    let odd = named(&set, "nan-inf 🙂");
    let weird = series(reader.as_mut(), odd, "weird");
    let values: Vec<f64> = weird.iter().map(|(_, value)| *value).collect();
    assert_eq!((values[0], values[2], values[3]), (1.0, f64::INFINITY, f64::NEG_INFINITY));
    assert!(values[1].is_nan());
    assert_eq!(values[5..], [5e-324, 0.0]);
    let steps = series(reader.as_mut(), odd, "steps_dup_negative");
    assert_eq!(steps, [(-5, -7.5), (0, 0.0), (2, 3.0), (3, 4.5)]);
    let last = set.metric_key("last_is_nan").and_then(|key| odd.metric(key)).unwrap();
    assert!(last.is_nan());
    let (all, _) = reader.runs(true).unwrap();
    assert!(all.runs.iter().any(|run| &*run.name == "soft-deleted"));
}

#[test]
fn older_schemas_are_read_as_they_were_written() {
    for number in [1, 2] {
        let (_folder, file) = copy(number);
        let mut reader = open(&file).unwrap();
        let (set, _) = reader.runs(false).unwrap();
        assert_eq!(set.runs.len(), 8);
        let child = named(&set, "child-3");
        assert_eq!(set.param_key("lr").and_then(|key| child.param(key)).map(|lr| &**lr), Some("0.001"));
        let loss = series(reader.as_mut(), child, "loss");
        assert_eq!(loss.iter().map(|(step, _)| *step).collect::<Vec<_>>(), (0..100).collect::<Vec<i64>>());
        let failed = set.runs.iter().find(|run| run.status == Status::Failed).unwrap();
        assert!(series(reader.as_mut(), failed, "weird")[1].1.is_nan());
    }
}

#[test]
fn reading_leaves_nothing_behind() {
    for (number, wal) in [(1, false), (2, false), (3, false), (3, true)] {
        let (folder, file) = copy(number);
        if wal {
            let writer = Connection::open(&file).unwrap();
            writer.pragma_update(None, "journal_mode", "wal").unwrap();
        }
        let before = listing(folder.path());
        let mut reader = open(&file).unwrap();
        let (set, _) = reader.runs(false).unwrap();
        let run = set.runs.iter().find(|run| !run.metrics.is_empty()).unwrap();
        let metric = set.metric_keys[run.metrics[0].0 as usize].clone();
        assert!(!series(reader.as_mut(), run, &metric).is_empty());
        drop(reader);
        assert_eq!(listing(folder.path()), before, "store {number}, WAL {wal}");
    }
}

#[test]
fn new_steps_of_a_running_job_are_seen_in_both_journal_modes() {
    for mode in ["delete", "wal"] {
        let (_folder, file) = copy(3);
        let writer = Connection::open(&file).unwrap();
        writer.pragma_update(None, "journal_mode", mode).unwrap();
        let mut reader = open(&file).unwrap();
        let (set, _) = reader.runs(false).unwrap();
        let run = named(&set, "still-running");
        reader.changed();
        let mut cursor = reader.series_of(&run.id, &["loss"], &|| true).unwrap().0.pop().unwrap().1;
        let mut came = |reader: &mut dyn Reader| {
            let known = Known { run: &run.id, metric: "loss", cursor: &cursor };
            let (change, now) = reader.changes(&[known], false, &|| true).unwrap().pop().unwrap().unwrap();
            cursor = now;
            change
        };
        assert_eq!(came(reader.as_mut()), Change::Nothing);
        let insert = "INSERT INTO metrics (key, value, timestamp, run_uuid, step, is_nan) VALUES ('loss', ?1, ?2, ?3, ?4, 0)";
        writer.execute(insert, (0.5, 1_700_000_000_000_i64, &*run.id, 4)).unwrap();
        assert!(reader.changed());
        match came(reader.as_mut()) {
            Change::Added(points) => assert_eq!((points.steps, points.values), (vec![4], vec![0.5])),
            other => panic!("{mode}: {other:?}"),
        }
        writer.execute(insert, (9.0, 1_700_000_000_001_i64, &*run.id, -2)).unwrap();
        match came(reader.as_mut()) {
            Change::Added(points) => assert_eq!(points.steps, [-2]),
            other => panic!("{mode}: {other:?}"),
        }
    }
}

#[test]
fn bad_files_are_told_apart_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    std::fs::write(path("empty.db"), "").unwrap();
    std::fs::write(path("text.db"), "Dear diary,\ntoday I trained.\n").unwrap();
    std::fs::write(path("noise.db"), [0xA7_u8, 0x00, 0xFF, 0x13].repeat(300)).unwrap();
    let whole = std::fs::read("tests/fixtures/mlflow/mlflow1.db").unwrap();
    std::fs::write(path("short.db"), &whole[..whole.len() / 2]).unwrap();
    std::fs::write(path("stub.db"), &whole[..60]).unwrap();
    Connection::open(path("foreign.db")).unwrap().execute_batch("CREATE TABLE notes (text)").unwrap();
    std::fs::create_dir(path("folder")).unwrap();
    let before = listing_files(folder.path());
    let check = |name: &str, fits: fn(&Error) -> bool| {
        let error = open(&path(name)).err().unwrap_or_else(|| panic!("{name} was opened"));
        let sentence = error.to_string();
        assert!(fits(&error), "{name}: {sentence}");
        assert!(sentence.contains(name) && !sentence.contains('\n'), "{sentence}");
    };
    check("empty.db", |error| matches!(error, Error::Empty(_)));
    check("text.db", |error| matches!(error, Error::Text(_)));
    check("noise.db", |error| matches!(error, Error::NotDatabase(_)));
    check("short.db", |error| matches!(error, Error::Truncated { .. }));
    check("stub.db", |error| matches!(error, Error::Truncated { .. }));
    check("foreign.db", |error| matches!(error, Error::Foreign { .. }));
    check("folder", |error| matches!(error, Error::NoStore(_)));
    check("absent.db", |error| matches!(error, Error::Missing(_)));
    assert_eq!(listing_files(folder.path()), before);
}

fn listing_files(folder: &Path) -> Vec<(PathBuf, u64)> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
    let mut files: Vec<_> = entries.map(|entry| (entry.path(), entry.metadata().unwrap().len())).collect();
    files.sort();
    files
}
