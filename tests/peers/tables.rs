//! What `runs list` and `runs series` say of tables is what pandas and Python read in them, by a client that runs now.

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

use crate::installed::installed;

const FIXTURES: &str = "tests/fixtures/tables";

fn json(output: &Output, what: &str) -> Value {
    let errors = String::from_utf8_lossy(&output.stderr);
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{what}: {error}; {errors}"))
}

fn program(arguments: &[&str], profile: &Path) -> Value {
    let output = Command::new(env!("CARGO_BIN_EXE_mlops-atlas"))
        .arg("runs")
        .args(arguments)
        .arg("--json")
        .env("MLOPS_ATLAS_HOME", profile)
        .output()
        .unwrap();
    json(&output, &format!("{arguments:?}"))
}

/// Numbers as the bits of their doubles, objects by key.
fn exact(value: &Value) -> String {
    match value {
        Value::Number(number) => format!("{:016x}", number.as_f64().unwrap().to_bits()),
        Value::Object(entries) => {
            let mut parts: Vec<String> =
                entries.iter().map(|(key, value)| format!("{key:?}: {}", exact(value))).collect();
            parts.sort();
            format!("{{{}}}", parts.join(", "))
        }
        other => other.to_string(),
    }
}

fn sorted(list: &Value) -> Vec<String> {
    let mut all: Vec<String> = list.as_array().unwrap().iter().map(exact).collect();
    all.sort();
    all
}

#[test]
fn pandas_and_python_agree() {
    let profile = tempfile::tempdir().unwrap();
    let output = Command::new(installed("trackers/bin/python"))
        .args(["tests/peers/dump_tables.py", FIXTURES])
        .output()
        .unwrap();
    let theirs = json(&output, "pandas");
    let (mut runs, mut points) = (0, 0);
    for (name, table) in theirs["tables"].as_object().unwrap() {
        let path = format!("{FIXTURES}/{name}");
        assert_eq!(sorted(&program(&["list", &path], profile.path())), sorted(&table["runs"]), "{name}");
        runs += table["runs"].as_array().unwrap().len();
        for (run, all) in table["series"].as_object().unwrap() {
            for (metric, expected) in all.as_object().unwrap() {
                let own = program(&["series", &path, "--run", run, "--metric", metric], profile.path());
                assert_eq!(sorted(&own), sorted(expected), "{name}, run {run}, {metric}");
                points += expected.as_array().unwrap().len();
            }
        }
    }
    assert_eq!((runs, points), (16, 316));
}
