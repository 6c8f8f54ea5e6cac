//! What `runs list` and `runs series` say of event files is what TensorBoard's own readers say.
//!
//! Its event accumulator reads a copy, and so does the built program. A missing client is a failure. The accumulator is
//! asked to keep what lies beyond the step of a restart (`purge_orphaned_data=False`), since here no point is taken away.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

use crate::installed::installed;
use crate::listing::listing;

/// A number in all its bits, with one zero; anything else as it is.
fn exact(value: &Value) -> String {
    value.as_f64().map_or_else(|| value.to_string(), |number| format!("{:016x}", (number + 0.0).to_bits()))
}

/// The answer on stdout, after a check that the command succeeded.
fn json(output: &Output, what: &str) -> Value {
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{what} ended with {}: {errors}", output.status);
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{what}: {error}; {errors}"))
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let to = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &to);
        } else {
            std::fs::write(to, std::fs::read(&path).unwrap()).unwrap();
        }
    }
}

fn ask_client(folder: &Path) -> Value {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/peers/dump_tensorboard.py");
    let output = Command::new(installed("trackers/bin/python"))
        .arg(script)
        .arg(folder)
        .arg("--series")
        .output()
        .unwrap();
    json(&output, "TensorBoard")
}

fn ask(folder: &Path, command: &str, arguments: &[&str]) -> Value {
    let profile = tempfile::tempdir().unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_mlops-atlas"))
        .args(["runs", command])
        .arg(folder)
        .args(arguments)
        .arg("--json")
        .env("MLOPS_ATLAS_HOME", profile.path())
        .current_dir(profile.path())
        .output()
        .unwrap();
    json(&output, &format!("runs {command} {arguments:?}"))
}

/// A run's fields as `field` or `field/key`.
fn fields(run: &Value) -> BTreeMap<String, Value> {
    let mut found = BTreeMap::new();
    for (name, value) in run.as_object().unwrap() {
        // So that a missing object and an empty one differ.
        found.insert(name.clone(), if value.is_object() { Value::Null } else { value.clone() });
        for (key, value) in value.as_object().into_iter().flatten() {
            found.insert(format!("{name}/{key}"), value.clone());
        }
    }
    found
}

/// A parameter is a text here; TensorBoard keeps its type.
fn is_same(field: &str, ours: &Value, theirs: &Value) -> bool {
    match (field.starts_with("params/"), ours.as_str(), theirs) {
        (true, Some(text), Value::Number(number)) => text.parse().ok() == number.as_f64(),
        (true, Some(text), Value::Bool(flag)) => text == flag.to_string(),
        _ => exact(ours) == exact(theirs),
    }
}

fn points(series: &Value) -> Vec<(i64, i64, String)> {
    let point = |point: &Value| {
        assert_eq!(point.as_object().unwrap().len(), 3, "a point has three fields: {point}");
        (point["step"].as_i64().unwrap(), point["timestamp"].as_i64().unwrap(), exact(&point["value"]))
    };
    let mut points: Vec<_> = series.as_array().unwrap().iter().map(point).collect();
    points.sort();
    points
}

/// Compares everything; `counts` are the numbers of runs, series and points.
fn compare(name: &str, counts: [usize; 3]) {
    let folder = tempfile::tempdir().unwrap();
    let logs = folder.path().join("logs");
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/tensorboard").join(name), &logs);
    let before = listing(&logs);
    let theirs = ask_client(&logs);
    assert_eq!(theirs["tensorboard"], "2.21.0", "run .ci/install-peers");
    let by_id = |list: &Value| -> BTreeMap<String, BTreeMap<String, Value>> {
        let runs = list.as_array().unwrap();
        let found: BTreeMap<_, _> =
            runs.iter().map(|run| (run["id"].as_str().unwrap().to_owned(), fields(run))).collect();
        assert_eq!(found.len(), runs.len(), "no run is listed twice");
        found
    };
    let (ours, expected) = (by_id(&ask(&logs, "list", &[])), by_id(&theirs["runs"]));
    assert!(ours.keys().eq(expected.keys()), "{:?}", ours.keys());
    for (id, run) in &expected {
        assert!(ours[id].keys().eq(run.keys()), "{id}: {:?}", ours[id]);
        for (field, value) in run {
            assert!(
                is_same(field, &ours[id][field], value),
                "{field} of {id}: {} and {value}",
                ours[id][field]
            );
        }
    }
    let (mut series_compared, mut points_compared) = (0, 0);
    for (id, series) in theirs["series"].as_object().unwrap() {
        for (tag, history) in series.as_object().unwrap() {
            let answer = ask(&logs, "series", &["--run", id, "--metric", tag]);
            let expected = points(history);
            assert_eq!(points(&answer), expected, "{tag} of {id}");
            series_compared += 1;
            points_compared += expected.len();
        }
    }
    assert_eq!([expected.len(), series_compared, points_compared], counts);
    assert_eq!(listing(&logs), before, "reading leaves everything as it is");
}

#[test]
fn tensorboard_agrees_on_the_logs_of_tensorboardx() {
    compare("logs", [8, 13, 2208]);
}

#[test]
fn tensorboard_agrees_on_every_kind_of_its_own_writer() {
    compare("kinds", [7, 19, 49]);
}

#[test]
fn the_comparison_sees_small_differences() {
    let value = |value: f64| serde_json::json!(value);
    assert!(!is_same("metrics/a", &value(0.1), &value(0.1_f64.next_up())));
    assert!(!is_same("params/a", &Value::from("0.1"), &value(0.1_f64.next_up())));
    assert!(!is_same("params/a", &Value::from("true"), &Value::from(false)));
    assert!(is_same("params/a", &Value::from("0.1"), &value(0.1)));
}
