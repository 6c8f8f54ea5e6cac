//! `mlops-atlas runs list`: chosen columns in every format, several sources, and folders of several stores.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

/// The exit status, and what stands on stdout and stderr.
fn answer(sources: &[&Path], words: &[&str]) -> (Option<i32>, String, String) {
    let output = assert_cmd::Command::cargo_bin("mlops-atlas")
        .unwrap()
        .args(["runs", "list"])
        .args(sources)
        .args(words)
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

fn fixture(folder: &Path, name: &str, number: u8) -> PathBuf {
    let file = folder.join(name);
    std::fs::create_dir_all(file.parent().unwrap()).unwrap();
    std::fs::copy(format!("tests/fixtures/mlflow/mlflow{number}.db"), &file).unwrap();
    file
}

/// A run of the first fixture, as `sqlite3` and `date -u` say.
const CHILD: &str = "0c0090884864483c8bd68435dd6c4ec2";

#[test]
fn chosen_columns_are_all_that_is_printed() {
    let folder = tempfile::tempdir().unwrap();
    let file = fixture(folder.path(), "mlflow.db", 1);
    let ask = |columns: &str, format: &str| {
        let words = ["--order-by", "run_name", "--limit", "2", "--columns", columns, "--format", format];
        let (status, out, err) = answer(&[&file], &words);
        assert_eq!((status, err.as_str()), (Some(0), ""), "{columns}");
        out
    };
    let csv = ask("name,id,duration,metrics.loss,params.*", "csv");
    let lines: Vec<&str> = csv.lines().collect();
    assert_eq!(lines[0], "run_name,run_id,duration_s,metrics.loss,params.lr,params.opt");
    assert_eq!(lines[2], format!("child-1,{CHILD},0.112,0.04431775216048489,0.1,sgd"));
    let table = ask("id,status,metrics.loss", "table");
    let lines: Vec<&str> = table.lines().collect();
    assert_eq!(lines.len(), 3);
    // Every cell begins where its head does.
    let at = |line: &str, text: &str| line.find(text).unwrap();
    assert_eq!(at(lines[0], "status"), at(lines[2], "FINISHED"));
    assert_eq!(at(lines[0], "metrics.loss"), at(lines[2], "0.04431775216048489"));
    let expected = json!({"id": CHILD, "metrics": {"loss": 0.04431775216048489}, "status": "FINISHED",
                          "params": {"lr": "0.1"}, "duration": 112});
    let columns = "id,metrics.loss,status,params.lr,duration";
    let list: Value = serde_json::from_str(&ask(columns, "json")).unwrap();
    assert_eq!(list[1], expected);
    let lines = ask(columns, "jsonl");
    assert_eq!(serde_json::from_str::<Value>(lines.lines().nth(1).unwrap()).unwrap(), expected);
    // What a run does not have is not there.
    let list: Value = serde_json::from_str(&ask("metrics.weird,metrics.loss", "json")).unwrap();
    assert_eq!(list[1], json!({"metrics": {"loss": 0.04431775216048489}}));
}

#[test]
fn lines_of_json_are_the_list() {
    let folder = tempfile::tempdir().unwrap();
    let file = fixture(folder.path(), "mlflow.db", 3);
    let list: Vec<Value> = serde_json::from_str(&answer(&[&file], &["--json"]).1).unwrap();
    let lines = answer(&[&file], &["--format", "jsonl"]).1;
    let lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines, list);
    assert!(!list.is_empty());
    assert_eq!(answer(&[&file], &["--json", "--limit", "0"]).1, "[]\n");
}

#[test]
fn a_column_that_no_run_has_is_answered_with_the_nearest() {
    let folder = tempfile::tempdir().unwrap();
    let file = fixture(folder.path(), "mlflow.db", 1);
    for (column, near) in [
        ("statsu", "status"),
        ("metrics.lose", "metrics.loss"),
        ("metrics.lo?", "metrics.loss"),
        ("", "id, name"),
    ] {
        let (status, out, err) = answer(&[&file], &["--columns", column]);
        assert_eq!((status, out.as_str(), err.lines().count()), (Some(2), "", 1), "{column}");
        assert!(err.contains(&format!("no run has the column {column}")) && err.contains(near), "{err}");
    }
}

#[test]
fn runs_of_several_sources_tell_theirs() {
    let folder = tempfile::tempdir().unwrap();
    let (a, b) = (fixture(folder.path(), "a.db", 1), fixture(folder.path(), "b.db", 3));
    let absent = folder.path().join("absent.db");
    let (status, out, err) = answer(&[&a, &absent, &b], &["--json"]);
    assert_eq!((status, err.lines().count()), (Some(1), 1), "{err}");
    assert!(err.trim_end().ends_with("absent.db"), "{err}");
    let list: Vec<Value> = serde_json::from_str(&out).unwrap();
    for (file, rest) in [(&a, &b), (&b, &a)] {
        let alone: Vec<Value> = serde_json::from_str(&answer(&[file], &["--json"]).1).unwrap();
        let shown = json!(file.display().to_string());
        let own = list.iter().filter(|run| run["source"] == shown).map(|run| {
            let mut run = run.clone();
            run.as_object_mut().unwrap().remove("source");
            run
        });
        assert_eq!(own.collect::<Vec<_>>(), alone, "{}", rest.display());
    }
    let csv = answer(&[&a, &b], &["--format", "csv"]).1;
    assert!(csv.starts_with("source,run_id,") && csv.lines().all(|line| !line.starts_with(',')), "{csv}");
    let csv = answer(&[&a, &b], &["--format", "csv", "--columns", "id", "--limit", "1"]).1;
    assert!(csv.starts_with("source,run_id\n"), "{csv}");
    let (status, out, err) = answer(&[&absent, &absent], &[]);
    assert_eq!((status, out.as_str(), err.lines().count()), (Some(2), "", 2), "{err}");
}

#[test]
fn several_stores_of_a_folder_are_one_source() {
    let folder = tempfile::tempdir().unwrap();
    fixture(folder.path(), "one.db", 1);
    let list = |path: &Path| -> Vec<Value> {
        let (_, out, _) = answer(&[path], &["--json"]);
        serde_json::from_str(&out).unwrap()
    };
    let one = list(&folder.path().join("one.db"));
    // A folder with one store is that store.
    assert_eq!(list(folder.path()), one);
    fixture(folder.path(), "two.db", 1);
    std::fs::write(folder.path().join("notes.txt"), "no store").unwrap();
    let both = list(folder.path());
    assert_eq!(both.len(), 2 * one.len());
    for lead in ["one.db/", "two.db/"] {
        let own = both.iter().filter(|run| run["id"].as_str().unwrap().starts_with(lead)).map(|run| {
            let mut run = run.clone();
            for key in ["id", "experiment"] {
                run[key] = json!(run[key].as_str().unwrap().strip_prefix(lead).unwrap());
            }
            run
        });
        assert_eq!(own.collect::<Vec<_>>(), one, "{lead}");
    }
    let series = |run: &str| {
        let output = assert_cmd::Command::cargo_bin("mlops-atlas")
            .unwrap()
            .args(["runs", "series"])
            .arg(folder.path())
            .args(["--run", run, "--metric", "loss", "--json"])
            .output()
            .unwrap();
        (output.status.code(), String::from_utf8(output.stdout).unwrap())
    };
    let (status, points) = series(&format!("two.db/{CHILD}"));
    assert_eq!(status, Some(0));
    assert!(points.contains("0.04431775216048489"), "{points}");
    assert_eq!(series(&format!("three.db/{CHILD}")).0, Some(2));
    // A store that cannot be read is told; the others are there.
    let whole = std::fs::read(folder.path().join("two.db")).unwrap();
    std::fs::write(folder.path().join("two.db"), &whole[..whole.len() / 2]).unwrap();
    let (status, out, err) = answer(&[folder.path()], &["--json"]);
    assert_eq!((status, err.lines().count()), (Some(1), 1), "{err}");
    assert!(err.contains("cut short") && err.trim_end().ends_with("two.db"), "{err}");
    assert_eq!(serde_json::from_str::<Vec<Value>>(&out).unwrap(), one);
}
