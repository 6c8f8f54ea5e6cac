//! `mlops-atlas runs list --filter`: only runs that fit are listed, numbers of all values are read where they decide, and what
//! no run has is said.

use std::path::{Path, PathBuf};

use mlops_atlas::cli::runs::{ListArgs, RunsArgs, RunsCommand, run};
use rusqlite::Connection;
use serde_json::Value;

fn store() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("mlflow.db");
    std::fs::copy("tests/fixtures/mlflow/mlflow3.db", &file).unwrap();
    (folder, file)
}

/// The names of the listed runs, sorted, and what is said beside them.
fn listed(sources: &[&Path], filter: &str) -> (u8, Vec<String>, Vec<String>) {
    let args = ListArgs {
        source: sources.iter().map(|path| path.to_path_buf()).collect(),
        columns: vec!["name".to_owned()],
        filter: Some(filter.to_owned()),
        json: true,
        ..Default::default()
    };
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let args = RunsArgs { command: RunsCommand::List(args), map: None, copy: false };
    let status = run(&args, &mut out, &mut err).unwrap();
    let list: Vec<Value> = serde_json::from_slice(&out).unwrap();
    let mut names: Vec<String> = list.iter().map(|run| run["name"].as_str().unwrap().to_owned()).collect();
    names.sort();
    let err = String::from_utf8(err).unwrap().lines().map(ToOwned::to_owned).collect();
    (status, names, err)
}

/// The names of runs of which SQL says that they fit.
fn by_sql(file: &Path, having: &str) -> Vec<String> {
    let sql = format!(
        "SELECT name FROM runs JOIN metrics USING (run_uuid)
         WHERE key = 'train/loss' AND runs.lifecycle_stage = 'active' GROUP BY run_uuid HAVING {having} ORDER BY name"
    );
    let connection = Connection::open(file).unwrap();
    let mut statement = connection.prepare(&sql).unwrap();
    statement.query_map([], |row| row.get(0)).unwrap().map(|name| name.unwrap()).collect()
}

#[test]
fn numbers_of_all_values_are_read_for_a_filter_that_asks_for_them() {
    let (_folder, file) = store();
    let least = by_sql(&file, "min(value) < 0.45");
    assert!(!least.is_empty() && least.len() < 12, "{least:?}");
    assert_eq!(listed(&[&file], "min(metrics.`train/loss`) < 0.45"), (0, least.clone(), vec![]));
    assert_eq!(listed(&[&file], "NOT min(metrics.train/loss) >= 0.45 AND params.lr IS NOT NULL").1, {
        let mut all = least.clone();
        // It has a learning rate and no losses.
        all.push("registered".to_owned());
        all.sort();
        all
    });
    let between = by_sql(&file, "max(value) BETWEEN 2.48 AND 2.5");
    assert_eq!(listed(&[&file], "max(metrics.train/loss) BETWEEN 2.48 AND 2.5").1, between);
    let both = by_sql(&file, "max(value) > 2.5 AND min(value) < 0.45");
    assert!(!both.is_empty() && both.len() < least.len() && !between.is_empty(), "{both:?}");
    assert_eq!(listed(&[&file], "max(metrics.train/loss) > 2.5 AND min(metrics.train/loss) < 0.45").1, both);
    // Of two sources each run's own.
    let (_other, second) = store();
    let both = listed(&[&file, &second], "min(metrics.train/loss) < 0.45").1;
    assert_eq!(both.len(), 2 * least.len());
}

#[test]
fn what_no_run_has_is_said_and_fits_nothing() {
    let (_folder, file) = store();
    let (status, names, err) = listed(&[&file], "metrics.bestacc > 0");
    assert_eq!((status, names.len()), (0, 0));
    assert_eq!(err, ["mlops-atlas: no run has metrics.bestacc; the nearest: metrics.best_acc"]);
}
