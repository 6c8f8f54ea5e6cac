//! What `runs list` and `runs series` say of a store is what the own clients of `MLflow` say.
//!
//! Each store is read by the client of its own version, in a virtual environment that
//! `.ci/install-peers` makes, and by the built program, each on a copy of its own. A missing
//! client is a failure. One answer differs on purpose: `MLflow` keeps ±infinity as the largest
//! double and its clients report that number; here it must be shown as the infinity it was.

use mlops_atlas::store::runs::open;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::installed::installed;
use crate::mlruns::answers;

/// A value in a form that compares exactly: numbers as the bits of their double, with one zero.
fn exact(value: &Value) -> String {
    match value {
        Value::Number(number) => {
            let number = number.as_f64().unwrap() + 0.0;
            format!("{number:e} {:016x}", number.to_bits())
        }
        other => other.to_string(),
    }
}

/// `exact`, with the client's largest double read as the infinity that was logged.
fn exact_of_client(value: &Value) -> String {
    match value.as_f64() {
        Some(f64::MAX) => exact(&Value::from("Infinity")),
        Some(f64::MIN) => exact(&Value::from("-Infinity")),
        _ => exact(value),
    }
}

/// A run's fields as `field` or `metrics/key` to exact values.
type Fields = BTreeMap<String, String>;

/// Runs by id; fails when an id comes twice, which a set would hide.
fn runs(list: &Value, metric: fn(&Value) -> String) -> BTreeMap<String, Fields> {
    let mut found = BTreeMap::new();
    for run in list.as_array().unwrap() {
        let mut fields = Fields::new();
        for (name, value) in run.as_object().unwrap() {
            match value {
                Value::Object(entries) => {
                    // So that a missing object and an empty one differ.
                    fields.insert(name.clone(), "an object".into());
                    let exact = if name == "metrics" { metric } else { exact };
                    for (key, value) in entries {
                        fields.insert(format!("{name}/{key}"), exact(value));
                    }
                }
                value => {
                    fields.insert(name.clone(), exact(value));
                }
            }
        }
        let id = run["id"].as_str().unwrap().to_owned();
        assert!(found.insert(id.clone(), fields).is_none(), "run {id} is listed twice");
    }
    found
}

/// Points as a sorted list of (step, timestamp, exact value): a multiset.
fn points(series: &Value, value: fn(&Value) -> String) -> Vec<(i64, i64, String)> {
    let point = |point: &Value| {
        assert_eq!(point.as_object().unwrap().len(), 3, "a point has three fields: {point}");
        (point["step"].as_i64().unwrap(), point["timestamp"].as_i64().unwrap(), value(&point["value"]))
    };
    let mut points: Vec<_> = series.as_array().unwrap().iter().map(point).collect();
    points.sort();
    points
}

/// The answer on stdout, after a check that the command succeeded.
fn json(output: &Output, what: &str) -> Value {
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{what} ended with {}: {errors}", output.status);
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{what}: {error}; {errors}"))
}

/// What the client reads in a copy of the store.
fn ask_client(python: &Path, store: &Path, wanted: &[&str]) -> Value {
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join("mlflow.db");
    std::fs::copy(store, &copy).unwrap_or_else(|error| panic!("{error}: {}", store.display()));
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/peers/dump_runs.py");
    let output =
        Command::new(python).arg(script).arg(&copy).args(wanted).current_dir(folder.path()).output().unwrap();
    json(&output, "the MLflow client")
}

/// A folder with a copy of the store, for the program alone.
struct Copy {
    folder: tempfile::TempDir,
    profile: tempfile::TempDir,
}

impl Copy {
    fn of(store: &Path) -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::copy(store, folder.path().join("mlflow.db")).unwrap();
        Self { folder, profile: tempfile::tempdir().unwrap() }
    }

    fn store(&self) -> PathBuf {
        self.folder.path().join("mlflow.db")
    }

    /// `mlops-atlas runs COMMAND STORE ARGUMENTS --json`.
    fn ask(&self, command: &str, arguments: &[&str]) -> Value {
        let output = Command::new(env!("CARGO_BIN_EXE_mlops-atlas"))
            .args(["runs", command])
            .arg(self.store())
            .args(arguments)
            .arg("--json")
            .env("MLOPS_ATLAS_HOME", self.profile.path())
            .current_dir(self.profile.path())
            .output()
            .unwrap();
        json(&output, &format!("runs {command} {arguments:?}"))
    }

    /// Reading left the store's bytes alone and made nothing beside it.
    fn assert_untouched(&self, original: &Path) {
        let names: Vec<_> =
            std::fs::read_dir(self.folder.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
        assert_eq!(names, ["mlflow.db"]);
        let same = std::fs::read(self.store()).unwrap() == std::fs::read(original).unwrap();
        assert!(same, "reading changed the store's bytes");
    }
}

/// Compares everything; `version` is the client's, `counts` its numbers of runs, series, points and models.
fn compare(version: &str, store: &str, counts: [usize; 4]) {
    let store = Path::new(env!("CARGO_MANIFEST_DIR")).join(store);
    let theirs = ask_client(
        &installed(&format!("mlflow-{}/bin/python", &version[..1])),
        &store,
        &["--series", "--models"],
    );
    assert_eq!(theirs["mlflow"], version, "run .ci/install-peers");
    let copy = Copy::of(&store);

    let expected = runs(&theirs["runs"], exact_of_client);
    let listed = runs(&copy.ask("list", &[]), exact);
    let ids = |runs: &BTreeMap<String, Fields>| runs.keys().cloned().collect::<BTreeSet<_>>();
    assert_eq!(ids(&listed), ids(&expected), "the ids of {}", store.display());
    for (id, run) in &expected {
        assert_eq!(&listed[id], run, "run {id} of {}", store.display());
    }

    let (mut series_compared, mut points_compared) = (0, 0);
    for (id, histories) in theirs["series"].as_object().unwrap() {
        for (metric, history) in histories.as_object().unwrap() {
            let expected = points(history, exact_of_client);
            let answer = copy.ask("series", &["--run", id, "--metric", metric]);
            assert_eq!(points(&answer, exact), expected, "{metric} of run {id} of {}", store.display());
            series_compared += 1;
            points_compared += expected.len();
        }
    }
    let set = open(&copy.store()).unwrap().runs(false).unwrap().0;
    let wanted: Vec<String> = theirs["models"].as_array().unwrap().iter().map(answers::exact).collect();
    assert_eq!(answers::models(&set), wanted, "the models of {}", store.display());

    // Figures of the generators' stores: a client that answered with nothing would agree with
    // a program that says nothing.
    assert_eq!([expected.len(), series_compared, points_compared, wanted.len()], counts);
    copy.assert_untouched(&store);
}

#[test]
fn mlflow_1_agrees() {
    compare("1.30.1", "tests/fixtures/mlflow/mlflow1.db", [8, 7, 604, 1]);
}

#[test]
fn mlflow_2_agrees() {
    compare("2.22.5", "tests/fixtures/mlflow/mlflow2.db", [8, 7, 604, 1]);
}

#[test]
fn mlflow_3_agrees() {
    compare("3.17.2", "tests/fixtures/mlflow/mlflow3.db", [28, 69, 3962, 3]);
}

#[test]
fn the_demo_store_agrees() {
    compare("3.17.2", "data/demo/mlflow.db", [75, 422, 10_037, 0]);
}

/// Addresses with a scheme, with what a URI escapes, and bare paths: the client lists what is listed here.
#[test]
fn artifacts_agree() {
    for (version, name) in [("1", "mlflow1"), ("2", "mlflow2"), ("3", "mlflow3")] {
        let copy =
            Copy::of(&Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/fixtures/mlflow/{name}.db")));
        let files = tempfile::tempdir().unwrap();
        let root = files.path().join("a b/ü");
        std::fs::create_dir_all(root.join("plots/empty")).unwrap();
        std::fs::write(root.join("plots/a b.png"), [1, 2, 3]).unwrap();
        std::fs::write(root.join("notes.txt"), "hällo").unwrap();
        let runs = open(&copy.store()).unwrap().runs(false).unwrap().0.runs;
        let uris = [
            format!("file://{}/a%20b/%C3%BC", files.path().display()),
            root.display().to_string(),
            format!("{}/none", files.path().display()),
        ];
        let writer = rusqlite::Connection::open(copy.store()).unwrap();
        for (run, uri) in runs.iter().zip(&uris) {
            writer.execute("UPDATE runs SET artifact_uri = ?1 WHERE run_uuid = ?2", (uri, &*run.id)).unwrap();
        }
        drop(writer);
        let theirs = ask_client(
            &installed(&format!("mlflow-{}/bin/python", &version[..1])),
            &copy.store(),
            &["--artifacts"],
        );
        let mut reader = open(&copy.store()).unwrap();
        for (run, count) in runs.iter().zip([2, 2, 0]) {
            let ours = answers::artifacts(&reader.artifacts(&run.id).unwrap().0);
            let wanted: Vec<String> =
                theirs["artifacts"][&*run.id].as_array().unwrap().iter().map(answers::exact).collect();
            assert_eq!((&ours, ours.len()), (&wanted, count), "{name}: {:?}", run.artifact_uri);
        }
    }
}

#[test]
fn the_comparison_sees_small_differences() {
    let one = serde_json::json!([{"step": 1, "timestamp": 2, "value": 0.1}]);
    let two = serde_json::json!([{"step": 1, "timestamp": 2, "value": 0.1f64.next_up()}]);
    assert_ne!(points(&one, exact), points(&two, exact));
    let twice = serde_json::json!([one[0], one[0]]);
    assert_ne!(points(&one, exact), points(&twice, exact));
    let largest = Value::from(f64::MAX);
    assert_ne!(exact(&largest), exact_of_client(&largest));
    assert_eq!(exact(&Value::from("-Infinity")), exact_of_client(&Value::from(f64::MIN)));
    assert_ne!(exact(&Value::from("NaN")), exact(&Value::from(0.0)));
}
