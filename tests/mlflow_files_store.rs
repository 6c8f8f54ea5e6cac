//! `mlruns` folders of three versions: what the own client of each said of it is what is read, exactly; a damaged,
//! hostile or moved store gives what is left of it; and nothing in a store is touched.

#![expect(clippy::unwrap_used, reason = "a test that cannot make its file has failed")]

mod mlruns;

use mlops_atlas::cli::runs::{ListFormat, RunsArgs, RunsCommand, run};
use mlops_atlas::runs::{Content, SourceKind, Status};
use mlops_atlas::store::runs::{Error, open};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

use mlruns::{Store, listing, named};

/// A value in a form that compares exactly: numbers as the bits of their double, with one zero.
fn exact(value: &Value) -> String {
    match value {
        Value::Number(number) => format!("{:016x}", (number.as_f64().unwrap() + 0.0).to_bits()),
        Value::Object(entries) => {
            let entries = entries.iter().map(|(key, value)| (key, exact(value)));
            format!("{:?}", entries.collect::<std::collections::BTreeMap<_, _>>())
        }
        Value::Array(list) => format!("{:?}", list.iter().map(exact).collect::<Vec<_>>()),
        other => other.to_string(),
    }
}

/// Points as a sorted list: a multiset.
fn points(series: &Value) -> Vec<String> {
    let mut points: Vec<String> = series.as_array().unwrap().iter().map(exact).collect();
    points.sort();
    points
}

fn list(path: &Path) -> Value {
    let command = RunsCommand::List {
        source: path.to_path_buf(),
        order_by: Vec::new(),
        limit: None,
        deleted: false,
        format: ListFormat::Json,
        json: true,
    };
    let (mut out, mut err) = (Vec::new(), Vec::new());
    assert_eq!(
        run(&RunsArgs { command }, &mut out, &mut err).unwrap(),
        0,
        "{}",
        String::from_utf8_lossy(&err)
    );
    serde_json::from_slice(&out).unwrap()
}

fn number(value: f64) -> Value {
    match value {
        value if value.is_nan() => json!("NaN"),
        f64::INFINITY => json!("Infinity"),
        f64::NEG_INFINITY => json!("-Infinity"),
        value => json!(value),
    }
}

/// The figures are those of the generator: an empty answer would agree with an empty one.
#[test]
fn every_store_is_read_as_its_own_client_reads_it() {
    let answers: Value =
        serde_json::from_slice(&std::fs::read("tests/fixtures/mlruns/answers.json").unwrap()).unwrap();
    let counts =
        [("mlruns1", [11, 14, 73, 0, 4]), ("mlruns2", [11, 14, 73, 2, 4]), ("mlruns3", [11, 15, 74, 5, 4])];
    for (name, expected) in counts.into_iter().chain([("sample", [4, 4, 154, 0, 3])]) {
        let store = Path::new("tests/fixtures/mlruns").join(name);
        let theirs = &answers[name];
        let by_id = |list: &Value| {
            let list = list.as_array().unwrap().iter();
            list.map(|run| (run["id"].as_str().unwrap().to_owned(), exact(run))).collect::<Vec<_>>()
        };
        let (mut ours, mut wanted) = (by_id(&list(&store)), by_id(&theirs["runs"]));
        ours.sort();
        wanted.sort();
        assert_eq!(ours, wanted, "{name}");
        let mut reader = open(&store).unwrap();
        assert_eq!((reader.kind(), reader.count().unwrap()), (SourceKind::MlflowFiles, wanted.len()));
        let (mut series_compared, mut points_compared, mut artifacts_compared) = (0, 0, 0);
        for (run, all) in theirs["series"].as_object().unwrap() {
            for (metric, history) in all.as_object().unwrap() {
                let series = reader.series(run, metric).unwrap();
                let ours: Vec<Value> = series
                    .points()
                    .map(|point| {
                        json!({"step": point.step, "timestamp": point.time_ms(), "value": number(point.value)})
                    })
                    .collect();
                let mut history = history.clone();
                if metric == "on data" {
                    // The client forgets the step of a line that names a dataset; it stands in the file.
                    assert_eq!(history[0]["step"], 0);
                    history[0]["step"] = json!(4);
                }
                assert_eq!(points(&Value::Array(ours)), points(&history), "{name}: {run} {metric}");
                series_compared += 1;
                points_compared += series.len();
            }
        }
        let set = reader.runs(false).unwrap().0;
        let mut models: Vec<Value> = set
            .models
            .iter()
            .map(|model| {
                json!({
                    "name": &*model.name, "version": model.version, "run": model.run.as_deref(),
                    "status": &*model.status, "stage": &*model.stage, "source": &*model.source,
                    "aliases": model.aliases.iter().map(|alias| &**alias).collect::<Vec<_>>(),
                })
            })
            .collect();
        models.sort_by_key(|model| {
            (model["name"].to_string(), model["version"].as_i64(), model["source"].to_string())
        });
        let wanted: Vec<String> = theirs["models"].as_array().unwrap().iter().map(exact).collect();
        assert_eq!(models.iter().map(exact).collect::<Vec<_>>(), wanted, "{name}");
        for (run, wanted) in theirs["artifacts"].as_object().unwrap() {
            let (found, problems) = reader.artifacts(run).unwrap();
            let ours = found.iter().map(|found| exact(&json!({"path": &*found.path, "size": found.size})));
            let wanted: Vec<String> = wanted.as_array().unwrap().iter().map(exact).collect();
            assert_eq!((ours.collect::<Vec<_>>(), problems.len()), (wanted, 0), "{name}: {run}");
            artifacts_compared += found.len();
        }
        let counted =
            [set.runs.len(), series_compared, points_compared, set.models.len(), artifacts_compared];
        assert_eq!(counted, expected, "{name}");
    }
}

#[test]
fn deleted_runs_and_experiments_are_there_when_asked_for() {
    for name in ["mlruns1", "mlruns2", "mlruns3"] {
        let mut reader = open(&Path::new("tests/fixtures/mlruns").join(name)).unwrap();
        let names = |deleted: bool, reader: &mut dyn mlops_atlas::store::runs::Reader| {
            let set = reader.runs(deleted).unwrap().0;
            set.runs.iter().map(|run| run.name.to_string()).collect::<Vec<_>>()
        };
        let active = names(false, reader.as_mut());
        assert!(!active.iter().any(|name| name == "deleted" || name == "with its experiment"));
        let all = names(true, reader.as_mut());
        assert_eq!(all.len(), active.len() + 2);
        assert!(["deleted", "with its experiment"].iter().all(|name| all.iter().any(|run| run == name)));
        let set = reader.runs(true).unwrap().0;
        let child = named(&set, "yes");
        assert_eq!(child.parent.as_ref(), Some(&named(&set, "parent: 'quoted' \"twice\" # no comment").id));
        assert_eq!(child.experiment_name(&set).chars().last(), Some('é'));
        assert_eq!(named(&set, "weird").status, Status::Failed);
        assert_eq!(named(&set, "killed").status, Status::Killed);
    }
}
