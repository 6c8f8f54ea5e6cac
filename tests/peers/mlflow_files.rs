//! What is read of `mlruns` folders is what the own clients of `MLflow` read of them, asked now.
//!
//! Each store is read by the client of its own version out of one copy, and by the built program out of another. A
//! missing client is a failure. One answer differs on purpose: the clients forget the step of a line that names a
//! dataset, which stands in the file.

use std::path::Path;
use std::process::Command;

use mlops_atlas::store::runs::open;
use serde_json::{Value, json};

use crate::installed::installed;
use crate::mlruns::answers::{artifacts, exact, models, points};
use crate::mlruns::{Store, listing};

/// The answer on stdout of a command that succeeds.
fn json_of(command: &mut Command) -> Value {
    let output = command.output().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?}: {errors}");
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{command:?}: {error}: {errors}"))
}

/// `mlops-atlas runs COMMAND STORE ARGUMENTS --json`.
fn ask(store: &Store, profile: &Path, command: &str, arguments: &[&str]) -> Value {
    json_of(
        Command::new(env!("CARGO_BIN_EXE_mlops-atlas"))
            .args(["runs", command])
            .arg(store.path())
            .args(arguments)
            .arg("--json")
            .env("MLOPS_ATLAS_HOME", profile)
            .current_dir(profile),
    )
}

/// Compares everything; `counts` are the numbers of runs, series, points, models and artifacts.
fn compare(version: &str, name: &str, counts: [usize; 5]) {
    let [theirs_copy, store] = [Store::of(name), Store::of(name)];
    theirs_copy.complete(name);
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/peers/dump_runs.py");
    let theirs = json_of(
        Command::new(installed(&format!("mlflow-{}/bin/python", &version[..1])))
            .arg(script)
            .arg(theirs_copy.path())
            .args(["--series", "--models", "--artifacts"])
            .current_dir(theirs_copy.folder.path()),
    );
    assert_eq!(theirs["mlflow"], version, "run .ci/install-peers");
    let theirs =
        theirs.to_string().replace(theirs_copy.path().to_str().unwrap(), &format!("/data/runs/{name}"));
    let theirs: Value = serde_json::from_str(&theirs).unwrap();

    let before = listing(store.folder.path());
    let profile = tempfile::tempdir().unwrap();
    let sorted = |list: &Value| {
        let mut runs: Vec<String> =
            list.as_array().unwrap().iter().map(|run| format!("{} {}", run["id"], exact(run))).collect();
        runs.sort();
        runs
    };
    let runs = sorted(&theirs["runs"]);
    assert_eq!(sorted(&ask(&store, profile.path(), "list", &[])), runs);
    let (mut series_compared, mut points_compared, mut artifacts_compared) = (0, 0, 0);
    for (run, all) in theirs["series"].as_object().unwrap() {
        for (metric, history) in all.as_object().unwrap() {
            let ours = points(&ask(&store, profile.path(), "series", &["--run", run, "--metric", metric]));
            let mut history = history.clone();
            if metric == "on data" {
                assert_eq!(history[0]["step"], 0);
                history[0]["step"] = json!(4);
            }
            assert_eq!(ours, points(&history), "{name}: {run} {metric}");
            series_compared += 1;
            points_compared += ours.len();
        }
    }
    let mut reader = open(&store.path()).unwrap();
    let set = reader.runs(false).unwrap().0;
    let wanted: Vec<String> = theirs["models"].as_array().unwrap().iter().map(exact).collect();
    assert_eq!(models(&set), wanted);
    for (run, wanted) in theirs["artifacts"].as_object().unwrap() {
        let ours = artifacts(&reader.artifacts(run).unwrap().0);
        assert_eq!(ours, wanted.as_array().unwrap().iter().map(exact).collect::<Vec<_>>(), "{name}: {run}");
        artifacts_compared += ours.len();
    }
    let counted = [runs.len(), series_compared, points_compared, wanted.len(), artifacts_compared];
    assert_eq!(counted, counts);
    assert!(listing(store.folder.path()) == before, "reading changed {name}");
}

#[test]
fn mlflow_1_agrees() {
    compare("1.30.1", "mlruns1", [11, 14, 73, 0, 4]);
}

#[test]
fn mlflow_2_agrees() {
    compare("2.22.5", "mlruns2", [11, 14, 73, 2, 4]);
}

#[test]
fn mlflow_3_agrees() {
    compare("3.17.2", "mlruns3", [11, 15, 74, 5, 4]);
}

#[test]
fn mlflow_3_agrees_on_what_scripts_write() {
    compare("3.17.2", "sample", [4, 4, 154, 0, 3]);
}
