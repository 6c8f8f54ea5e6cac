//! `mlops-atlas runs series` of many runs and metrics at once, and into files.

use std::path::{Path, PathBuf};

use rusqlite::Connection;
use serde_json::Value;

/// The exit status, and what stands on stdout and stderr.
fn answer(source: &Path, words: &[&str]) -> (Option<i32>, String, String) {
    let output = assert_cmd::Command::cargo_bin("mlops-atlas")
        .unwrap()
        .args(["runs", "series"])
        .arg(source)
        .args(words)
        .output()
        .unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code(), text(&output.stdout), text(&output.stderr))
}

/// Two runs: `a` has three metrics, `b` one.
fn store() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("mlflow.db");
    std::fs::copy("tests/fixtures/mlflow/mlflow3.db", &file).unwrap();
    let writer = Connection::open(&file).unwrap();
    writer
        .execute_batch(
            "PRAGMA foreign_keys = OFF; DELETE FROM metrics; DELETE FROM latest_metrics; DELETE FROM runs",
        )
        .unwrap();
    for (start, run) in ["a", "b"].iter().enumerate() {
        let sql = "INSERT INTO runs (run_uuid, name, source_type, source_name, entry_point_name, user_id, status,
                   start_time, source_version, lifecycle_stage, artifact_uri, experiment_id)
                   SELECT ?1, ?1, 'LOCAL', 'train.py', '', 'demo', 'FINISHED', ?2, '', 'active', '', experiment_id
                   FROM experiments WHERE lifecycle_stage = 'active' LIMIT 1";
        writer.execute(sql, (run, start as i64)).unwrap();
    }
    for (run, metric) in [("a", "loss"), ("a", "val/acc"), ("a", "val/loss"), ("b", "loss")] {
        for step in 0..3 {
            let sql = "INSERT INTO metrics (key, value, timestamp, run_uuid, step, is_nan)
                       VALUES (?1, ?2 + 0.5, ?2 * 1000, ?3, ?2, 0)";
            writer.execute(sql, (metric, step, run)).unwrap();
        }
        let sql = "INSERT INTO latest_metrics (key, value, timestamp, step, is_nan, run_uuid) VALUES (?1, 2.5, 2000, 2, 0, ?2)";
        writer.execute(sql, (metric, run)).unwrap();
    }
    (folder, file)
}

/// The series that an answer in CSV holds, in its order.
fn series(csv: &str) -> Vec<String> {
    let mut all = Vec::new();
    for line in csv.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let name = format!("{} {}", cells[0], cells[1]);
        if all.last() != Some(&name) {
            all.push(name);
        }
    }
    all
}

#[test]
fn many_series_are_asked_for_by_patterns_or_altogether() {
    let (_folder, file) = store();
    for (words, status, expected) in [
        (
            &["--all-runs", "--all-metrics"] as &[&str],
            0,
            &["a loss", "a val/acc", "a val/loss", "b loss"] as &[&str],
        ),
        (&["--all-runs", "--metric", "val/*"], 0, &["a val/acc", "a val/loss"]),
        (&["--run", "b", "--run", "a", "--metric", "loss"], 0, &["b loss", "a loss"]),
        (&["--run", "a", "--metric", "*oss", "--metric", "val/*"], 0, &["a loss", "a val/loss", "a val/acc"]),
        // What nobody logged, and a run that logged nothing of the kind, is told.
        (&["--all-runs", "--metric", "loss", "--metric", "f1"], 1, &["a loss", "b loss"]),
        (&["--run", "b", "--metric", "val/*"], 1, &[]),
    ] {
        let (ended, out, err) = answer(&file, words);
        assert_eq!(
            (ended, series(&out)),
            (Some(status), expected.iter().map(ToString::to_string).collect()),
            "{words:?}"
        );
        assert_eq!(err.lines().count(), status as usize, "{words:?}: {err}");
        assert!(out.starts_with("run,metric,step,timestamp,value\n"), "{out}");
    }
    let (status, out, err) = answer(&file, &["--run", "nobody", "--all-metrics"]);
    assert_eq!((status, out.as_str(), err.lines().count()), (Some(2), "", 1), "{err}");
}

#[test]
fn every_format_holds_the_same_points() {
    let (_folder, file) = store();
    let ask = |format: &str| answer(&file, &["--all-runs", "--all-metrics", "--format", format]).1;
    let list: Vec<Value> = serde_json::from_str(&ask("json")).unwrap();
    let lines: Vec<Value> = ask("jsonl").lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!((list.len(), &lines), (12, &list));
    let csv: Vec<String> = ask("csv").lines().skip(1).map(ToOwned::to_owned).collect();
    let rows: Vec<String> = list
        .iter()
        .map(|point| {
            let text = |key: &str| point[key].as_str().unwrap().to_owned();
            format!(
                "{},{},{},{},{}",
                text("run"),
                text("metric"),
                point["step"],
                point["timestamp"],
                point["value"]
            )
        })
        .collect();
    assert_eq!(csv, rows);
    assert_eq!(csv[1], "a,loss,1,1000,1.5");
    // An answer without points is one all the same.
    let none = answer(&file, &["--run", "b", "--metric", "f1", "--json"]);
    assert_eq!((none.0, none.1.as_str()), (Some(1), "[]\n"));
}

#[test]
fn a_file_is_written_whole_or_stays_as_it_was() {
    let (folder, file) = store();
    let out = folder.path().join("points.csv");
    let path = out.display().to_string();
    std::fs::write(&out, "before").unwrap();
    let (status, printed, err) = answer(&file, &["--run", "nobody", "--metric", "loss", "--out", &path]);
    assert_eq!((status, printed.as_str(), err.lines().count()), (Some(2), "", 1));
    assert_eq!(std::fs::read_to_string(&out).unwrap(), "before");
    let (status, printed, err) = answer(&file, &["--all-runs", "--metric", "loss", "--out", &path]);
    assert_eq!((status, printed.trim_end(), err.as_str()), (Some(0), path.as_str(), ""));
    assert_eq!(std::fs::read_to_string(&out).unwrap(), answer(&file, &["--all-runs", "--metric", "loss"]).1);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2, "nothing else is left");
    let nowhere = file.join("points.csv").display().to_string();
    let (status, _, err) = answer(&file, &["--all-runs", "--metric", "loss", "--out", &nowhere]);
    assert!(status == Some(2) && err.contains("could not be written"), "{err}");
}

#[test]
fn parquet_goes_into_a_file_or_a_pipe() {
    let (folder, file) = store();
    let out = folder.path().join("points.parquet");
    let words = ["--all-runs", "--all-metrics", "--format", "parquet"];
    let path = out.display().to_string();
    let (status, _, err) = answer(&file, &[&words[..], &["--out", &path]].concat());
    assert_eq!((status, err.as_str()), (Some(0), ""));
    let written = std::fs::read(&out).unwrap();
    assert!(written.starts_with(b"PAR1") && written.ends_with(b"PAR1"));
    let piped = assert_cmd::Command::cargo_bin("mlops-atlas")
        .unwrap()
        .args(["runs", "series"])
        .arg(&file)
        .args(words)
        .output()
        .unwrap();
    assert_eq!(piped.stdout, written);
}

/// A file called one thing and holding another is found out by nobody but its reader.
#[test]
fn the_name_of_the_file_says_its_form() {
    let (folder, file) = store();
    let ask = |name: &str, more: &[&str]| {
        let out = folder.path().join(name);
        let path = out.display().to_string();
        let answer = answer(&file, &[&["--all-runs", "--all-metrics", "--out", &path], more].concat());
        (answer.0, std::fs::read(&out).unwrap_or_default(), answer.2)
    };
    let beginnings: [(&str, &[u8]); 5] =
        [("p.parquet", b"PAR1"), ("p.json", b"["), ("p.JSONL", b"{"), ("p.csv", b"run,"), ("p.txt", b"run,")];
    for (name, beginning) in beginnings {
        let (status, bytes, err) = ask(name, &[]);
        assert!(status == Some(0) && bytes.starts_with(beginning), "{name}: {err}");
    }
    let (status, bytes, err) = ask("q.parquet", &["--format", "csv"]);
    assert_eq!((status, bytes.len()), (Some(2), 0));
    assert!(err.contains("says another form than --format csv"), "{err}");
}
