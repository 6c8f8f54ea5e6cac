//! Datasets, models and artifacts of MLflow's SQLite stores: what the own client of each version said is what is read,
//! and stores without the tables, or with rubbish in them, are read all the same.

use std::path::PathBuf;

use mlops_atlas::runs::{Content, RunSet};
use mlops_atlas::store::runs::{Error, open};
use rusqlite::Connection;
use serde_json::{Value, json};

use crate::mlruns::answers::{artifacts, exact, models};

fn copy(number: u8) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("mlflow.db");
    std::fs::copy(format!("tests/fixtures/mlflow/mlflow{number}.db"), &file).unwrap();
    (folder, file)
}

fn datasets(set: &RunSet, run: &str) -> Value {
    let used = set.run(run).unwrap().datasets.iter();
    used.map(|used| json!({"name": &*used.name, "digest": &*used.digest, "context": &*used.context}))
        .collect()
}

#[test]
fn every_version_is_read_as_its_own_client_reads_it() {
    let answers: Value =
        serde_json::from_slice(&std::fs::read("tests/fixtures/mlflow/answers.json").unwrap()).unwrap();
    for (number, counts) in [(1, [8, 0, 1]), (2, [8, 6, 1]), (3, [28, 25, 3])] {
        let (_folder, file) = copy(number);
        let (set, problems) = open(&file).unwrap().runs(false).unwrap();
        assert!(problems.is_empty(), "{problems:?}");
        let theirs = &answers[format!("mlflow{number}")];
        let wanted: Vec<String> = theirs["models"].as_array().unwrap().iter().map(exact).collect();
        assert_eq!(models(&set), wanted, "store {number}");
        let mut used = 0;
        for (id, run) in theirs["runs"].as_object().unwrap() {
            let wanted = run.get("datasets").cloned().unwrap_or_else(|| json!([]));
            assert_eq!(exact(&datasets(&set, id)), exact(&wanted), "store {number}, run {id}");
            assert_eq!(set.run(id).unwrap().artifact_uri.as_deref(), run["artifact_uri"].as_str());
            used += wanted.as_array().unwrap().len();
        }
        assert_eq!([set.runs.len(), used, set.models.len()], counts, "store {number}");
    }
}

#[test]
fn tables_and_columns_that_are_missing_or_odd_are_no_error() {
    let damages = [
        "DROP TABLE inputs",
        "DROP TABLE datasets",
        "DROP TABLE input_tags",
        "DROP TABLE model_versions",
        "DROP TABLE registered_model_aliases",
        "DROP TABLE model_version_tags",
        "DROP TABLE logged_models",
        "ALTER TABLE logged_models RENAME COLUMN status TO state",
        "ALTER TABLE inputs RENAME COLUMN source_id TO other",
        "UPDATE logged_models SET status = x'ff'",
        "UPDATE OR REPLACE inputs SET destination_id = 7",
        "UPDATE datasets SET name = x'fffe'",
        "UPDATE runs SET artifact_uri = NULL",
        "UPDATE runs SET artifact_uri = 5",
        "DROP TABLE datasets; CREATE VIEW datasets AS SELECT 1 AS dataset_uuid, 2 AS name, 3 AS digest",
        "ALTER TABLE runs RENAME COLUMN artifact_uri TO place",
    ];
    for damage in damages {
        let (_folder, file) = copy(3);
        let writer = Connection::open(&file).unwrap();
        writer.pragma_update(None, "foreign_keys", false).unwrap();
        writer.execute_batch(damage).unwrap();
        let mut reader = open(&file).unwrap();
        let (set, problems) = reader.runs(false).unwrap();
        assert_eq!((set.runs.len(), problems.len()), (28, 0), "{damage}: {problems:?}");
        for run in &set.runs {
            reader.artifacts(&run.id).unwrap();
        }
    }
    let (_folder, file) = copy(3);
    let writer = Connection::open(&file).unwrap();
    writer.pragma_update(None, "foreign_keys", false).unwrap();
    writer.execute_batch("DELETE FROM datasets").unwrap();
    let (set, problems) = open(&file).unwrap().runs(false).unwrap();
    assert!(set.runs.iter().all(|run| run.datasets.is_empty()));
    assert!(problems[0].message.starts_with("25 inputs of runs name a dataset"), "{problems:?}");
}

#[test]
fn deleted_models_and_prompts_are_none() {
    let (_folder, file) = copy(3);
    let names = || {
        let set = open(&file).unwrap().runs(false).unwrap().0;
        set.models.iter().map(|model| (model.name.to_string(), model.version)).collect::<Vec<_>>()
    };
    let net = |version| ("cifar-net".to_owned(), Some(version));
    assert_eq!(names(), [net(1), net(2), ("model".to_owned(), None)]);
    let writer = Connection::open(&file).unwrap();
    // As the client deletes a version, and marks a prompt.
    writer
        .execute_batch(
            "UPDATE model_versions SET current_stage = 'Deleted_Internal' WHERE version = 1;
             UPDATE logged_models SET lifecycle_stage = 'deleted';",
        )
        .unwrap();
    assert_eq!(names(), [net(2)]);
    writer
        .execute_batch(
            "INSERT INTO model_version_tags (name, version, key, value)
             VALUES ('cifar-net', 2, 'mlflow.prompt.is_prompt', 'true')",
        )
        .unwrap();
    assert_eq!(names(), []);
}

/// Runs of one database with artifacts under every kind of address.
#[test]
fn artifacts_lie_where_the_address_says() {
    let (folder, file) = copy(3);
    let root = folder.path().join("a b/art");
    std::fs::create_dir_all(root.join("plots")).unwrap();
    std::fs::write(root.join("plots/a.png"), [1, 2, 3]).unwrap();
    std::fs::write(root.join("notes.txt"), "hällo").unwrap();
    let mut reader = open(&file).unwrap();
    let run = reader.runs(false).unwrap().0.runs[0].id.to_string();
    let address = |address: &str| {
        let writer = Connection::open(&file).unwrap();
        writer.execute("UPDATE runs SET artifact_uri = ?1 WHERE run_uuid = ?2", (address, &run)).unwrap();
    };
    let shown = folder.path().display().to_string();
    for local in [format!("file://{shown}/a%20b/art"), format!("{shown}/a b/art"), "a b/art".to_owned()] {
        address(&local);
        let (found, problems) = reader.artifacts(&run).unwrap();
        let wanted = [json!({"path": "notes.txt", "size": 6}), json!({"path": "plots/a.png", "size": 3})];
        assert_eq!((artifacts(&found), problems.len()), (wanted.iter().map(exact).collect(), 0), "{local}");
        assert_eq!(reader.content(&run, &found[0]).unwrap(), Content::Text("hällo".to_owned()));
        assert_eq!(reader.content(&run, &found[1]).unwrap(), Content::Bytes(vec![1, 2, 3]));
        assert!(matches!(reader.content("no run", &found[1]), Err(Error::NoContent { .. })));
    }
    for elsewhere in ["s3://bucket/x", "mlflow-artifacts:/0/x", "file://server/share", "//server/share"] {
        address(elsewhere);
        let (found, problems) = reader.artifacts(&run).unwrap();
        assert_eq!((found.len(), problems[0].at.as_str()), (0, elsewhere));
        assert!(
            problems[0]
                .message
                .starts_with("The artifacts of this run do not lie in a folder of this machine")
        );
    }
}
