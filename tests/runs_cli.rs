//! `mlops-atlas runs` asked for columns with odd names and for runs that do not exist.

#![expect(clippy::unwrap_used, reason = "a test that cannot make its file has failed")]

use std::path::PathBuf;

use mlops_atlas::cli::runs::{Format, RunsArgs, RunsCommand, RunsError, run};
use rusqlite::Connection;
use serde_json::Value;

fn store() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("mlflow.db");
    std::fs::copy("tests/fixtures/mlflow/mlflow1.db", &file).unwrap();
    (folder, file)
}

fn answer(command: RunsCommand) -> Result<(u8, Value), RunsError> {
    let mut out = Vec::new();
    let status = run(&RunsArgs { command }, &mut out)?;
    Ok((status, serde_json::from_slice(&out).unwrap()))
}

fn series(file: &std::path::Path, id: &str, metric: &str) -> RunsCommand {
    RunsCommand::Series {
        source: file.display().to_string(),
        run: vec![id.to_owned()],
        metric: vec![metric.to_owned()],
        points: None,
        format: Format::Json,
        json: false,
    }
}

#[test]
fn a_comma_inside_quotes_belongs_to_the_key() {
    let (_folder, file) = store();
    let writer = Connection::open(&file).unwrap();
    for (name, value) in [("child-0", 1.0), ("child-1", 3.0), ("child-2", 2.0)] {
        let insert = "INSERT INTO latest_metrics (key, value, timestamp, step, is_nan, run_uuid)
                      SELECT 'a,b', ?1, 0, 0, 0, run_uuid FROM runs WHERE name = ?2";
        writer.execute(insert, (value, name)).unwrap();
    }
    let list = RunsCommand::List {
        source: file.display().to_string(),
        order_by: vec!["metrics.`a,b` DESC, run_name".to_owned()],
        limit: Some(4),
        deleted: false,
        json: true,
    };
    let (status, runs) = answer(list).unwrap();
    let names: Vec<_> = runs.as_array().unwrap().iter().map(|run| run["name"].as_str().unwrap()).collect();
    assert_eq!((status, names), (0, vec!["child-1", "child-2", "child-0", "child-3"]));
}

#[test]
fn a_run_that_does_not_exist_is_an_error_and_a_metric_that_was_not_logged_is_not() {
    let (_folder, file) = store();
    // The failed run of this fixture, with [1, NaN, +∞, −∞].
    let id = "ad590860d4bb4f55afdd50658bb65ae1";
    let (status, points) = answer(series(&file, id, "weird")).unwrap();
    let values: Vec<_> = points.as_array().unwrap().iter().map(|point| point["value"].clone()).collect();
    assert_eq!((status, values), (0, vec![1.0.into(), "NaN".into(), "Infinity".into(), "-Infinity".into()]));
    assert_eq!(answer(series(&file, id, "never")).unwrap(), (1, Value::Array(vec![])));
    let error = answer(series(&file, "nobody", "weird")).unwrap_err();
    assert!(matches!(error, RunsError::NoRun { .. }), "{error}");
    assert!(error.to_string().contains("nobody") && error.to_string().ends_with("mlflow.db"));
}
