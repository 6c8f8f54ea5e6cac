//! `mlops-atlas runs` asked for columns with odd names, for runs that do not exist, and for stores of which
//! something cannot be read: the answer stands on stdout, what is missing from it on stderr.

use std::path::{Path, PathBuf};

use mlops_atlas::cli::runs::{
    Format, ListArgs, ListFormat, RunsArgs, RunsCommand, RunsError, SeriesArgs, SourcesArgs, run,
};
use rusqlite::Connection;
use serde_json::Value;

fn store() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("mlflow.db");
    std::fs::copy("tests/fixtures/mlflow/mlflow1.db", &file).unwrap();
    (folder, file)
}

/// The exit status, the value on stdout and the lines on stderr.
fn full_answer(command: RunsCommand) -> Result<(u8, Value, Vec<String>), RunsError> {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let status = run(&RunsArgs { command, map: None, copy: false }, &mut out, &mut err)?;
    let lines = String::from_utf8(err).unwrap().lines().map(ToOwned::to_owned).collect();
    Ok((status, serde_json::from_slice(&out).unwrap(), lines))
}

/// The same of a command that has nothing to complain of, or only by its status.
fn answer(command: RunsCommand) -> Result<(u8, Value), RunsError> {
    full_answer(command).map(|(status, value, lines)| {
        assert_eq!(status == 0, lines.is_empty(), "{lines:?}");
        (status, value)
    })
}

fn list(file: &Path) -> RunsCommand {
    let source = file.to_path_buf();
    RunsCommand::List(ListArgs { source: vec![source], limit: Some(1), json: true, ..Default::default() })
}

fn sources(paths: &[&Path]) -> RunsCommand {
    RunsCommand::Sources(SourcesArgs {
        paths: paths.iter().map(|path| path.to_path_buf()).collect(),
        json: true,
    })
}

fn series(file: &Path, id: &str, metric: &str) -> RunsCommand {
    RunsCommand::Series(SeriesArgs {
        source: file.to_path_buf(),
        run: vec![id.to_owned()],
        metric: vec![metric.to_owned()],
        format: Some(Format::Json),
        ..Default::default()
    })
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
    let list = RunsCommand::List(ListArgs {
        source: vec![file.clone()],
        order_by: vec!["metrics.`a,b` DESC, run_name".to_owned()],
        limit: Some(4),
        json: true,
        ..Default::default()
    });
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

#[test]
fn stores_stand_on_stdout_and_what_cannot_be_read_on_stderr() {
    let (folder, file) = store();
    let absent = folder.path().join("absent.db");
    let path = file.display().to_string();
    let found = serde_json::json!([{"path": path, "kind": "mlflow-sqlite", "runs": 8}]);
    assert_eq!(full_answer(sources(&[&file])).unwrap(), (0, found.clone(), vec![]));
    let (status, value, lines) = full_answer(sources(&[&absent, &file])).unwrap();
    assert_eq!((status, value), (1, found.clone()));
    assert!(lines.len() == 1 && lines[0].ends_with("absent.db"), "{lines:?}");
    // A broken file beside it in the folder.
    let whole = std::fs::read(&file).unwrap();
    std::fs::write(folder.path().join("short.db"), &whole[..whole.len() / 2]).unwrap();
    let (status, value, lines) = full_answer(sources(&[folder.path()])).unwrap();
    assert_eq!((status, value), (1, found));
    assert!(
        lines.len() == 1 && lines[0].contains("cut short") && lines[0].ends_with("short.db"),
        "{lines:?}"
    );
    // Nothing at all could be read.
    let error = full_answer(sources(&[&absent, &absent])).unwrap_err();
    assert!(error.to_string().ends_with("absent.db"), "{error}");
}

#[test]
fn every_unreadable_path_is_told_even_when_nothing_can_be_read() {
    let (folder, _file) = store();
    let path = |name: &str| folder.path().join(name);
    let program = assert_cmd::Command::cargo_bin("mlops-atlas")
        .unwrap()
        .args(["runs", "sources", "--json"])
        .args([path("one.db"), path("two.db")])
        .output()
        .unwrap();
    assert_eq!((program.status.code(), program.stdout.as_slice()), (Some(2), b"".as_slice()));
    let lines = String::from_utf8(program.stderr).unwrap();
    let names: Vec<bool> =
        lines.lines().zip(["one.db", "two.db"]).map(|(line, name)| line.ends_with(name)).collect();
    assert_eq!((lines.lines().count(), names), (2, vec![true, true]), "{lines}");
}

#[test]
fn what_is_odd_in_a_store_is_told_on_stderr() {
    let (_folder, file) = store();
    let id = "ad590860d4bb4f55afdd50658bb65ae1";
    let writer = Connection::open(&file).unwrap();
    assert_eq!(full_answer(list(&file)).unwrap().2, [""; 0]);
    writer.execute("UPDATE runs SET start_time = 'noon' WHERE run_uuid = ?1", [id]).unwrap();
    let odd = "UPDATE metrics SET value = 'much' WHERE run_uuid = ?1 AND key = 'weird' AND value > 1e300";
    assert_eq!(writer.execute(odd, [id]).unwrap(), 1);
    let (status, value, lines) = full_answer(list(&file)).unwrap();
    assert_eq!((status, value.as_array().unwrap().len()), (1, 1));
    assert!(lines.len() == 1 && lines[0].contains("1 run starts or ends"), "{lines:?}");
    let (status, value, lines) = full_answer(series(&file, id, "weird")).unwrap();
    assert_eq!((status, value.as_array().unwrap().len()), (1, 3));
    assert!(lines.len() == 1 && lines[0].contains("is no number and is left out"), "{lines:?}");
    let (_, _, lines) = full_answer(series(&file, id, "never")).unwrap();
    assert!(
        lines.len() == 1 && lines[0].contains("never logged") && lines[0].ends_with("metric never"),
        "{lines:?}"
    );
}

/// Whoever reads on must not take a head for a whole, empty answer.
#[test]
fn nothing_stands_on_stdout_before_something_was_read() {
    let (_folder, file) = store();
    let mut command = series(&file, "nobody", "weird");
    let RunsCommand::Series(SeriesArgs { format, .. }) = &mut command else { unreachable!() };
    *format = Some(Format::Csv);
    let (mut out, mut err) = (Vec::new(), Vec::new());
    run(&RunsArgs { command, map: None, copy: false }, &mut out, &mut err).unwrap_err();
    assert_eq!((String::from_utf8(out).unwrap(), err), (String::new(), Vec::new()));
}

/// Names of files are bytes; some of them are no text.
#[cfg(target_os = "linux")]
#[test]
fn a_path_that_is_no_text_is_read_like_any_other() {
    use std::os::unix::ffi::OsStrExt as _;
    let (folder, file) = store();
    let odd = folder.path().join(std::ffi::OsStr::from_bytes(b"\xff\n.db"));
    std::fs::rename(file, &odd).unwrap();
    let answer = |words: &[&str]| {
        let (noun, rest) = words.split_at(2);
        let output = assert_cmd::Command::cargo_bin("mlops-atlas")
            .unwrap()
            .args(noun)
            .arg(&odd)
            .args(rest)
            .output()
            .unwrap();
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{words:?}");
        assert_eq!(output.status.code(), Some(0), "{words:?}");
        String::from_utf8_lossy(&output.stdout).lines().count()
    };
    assert_eq!(answer(&["runs", "sources"]), 1);
    assert_eq!(answer(&["runs", "list", "--limit", "3"]), 3);
    let id = "ad590860d4bb4f55afdd50658bb65ae1";
    assert_eq!(answer(&["runs", "series", "--run", id, "--metric", "weird"]), 5);
}

/// The lines of `runs list --format csv`.
fn csv(file: &Path, order_by: &str, limit: Option<usize>) -> Vec<String> {
    let (source, order_by) = (file.to_path_buf(), vec![order_by.to_owned()]);
    let command = RunsCommand::List(ListArgs {
        source: vec![source],
        order_by,
        limit,
        format: ListFormat::Csv,
        ..Default::default()
    });
    let (mut out, mut err) = (Vec::new(), Vec::new());
    assert_eq!(run(&RunsArgs { command, map: None, copy: false }, &mut out, &mut err).unwrap(), 0);
    assert!(err.is_empty());
    String::from_utf8(out).unwrap().lines().map(ToOwned::to_owned).collect()
}

#[test]
fn runs_are_listed_as_csv_in_their_order_with_every_key() {
    let (_folder, file) = store();
    let head = "run_id,run_name,experiment,status,start_time,end_time,duration_s,parent,\
                metrics.loss,metrics.weird,params.lr,params.opt";
    // As `sqlite3` and `date -u` say.
    let child_1 = "0c0090884864483c8bd68435dd6c4ec2,child-1,old-exp,FINISHED,\
                   2026-11-23T03:12:35.6Z,2026-11-23T03:12:35.712Z,0.112,e99107e15c82440c831a20a5625ba741,\
                   0.04431775216048489,,0.1,sgd";
    let lines = csv(&file, "run_name", None);
    assert_eq!((lines.len(), lines[0].as_str(), lines[2].as_str()), (9, head, child_1), "{lines:#?}");
    assert_eq!(csv(&file, "run_name DESC", Some(1))[1..], [lines[8].clone()]);
    assert_eq!(csv(&file, "run_name", Some(0)), [head]);
}

#[test]
fn a_format_and_json_at_once_are_refused() {
    let program = assert_cmd::Command::cargo_bin("mlops-atlas")
        .unwrap()
        .args(["runs", "list", "demo:", "--format", "csv", "--json"])
        .assert()
        .code(2);
    let said = String::from_utf8(program.get_output().stderr.clone()).unwrap();
    assert!(said.contains("'--format <FORMAT>' cannot be used with '--json'"), "{said}");
}

/// The journal of a dead writer: nothing is read where it lies, and with `--copy` what was true before.
#[test]
fn a_store_with_the_journal_of_a_dead_writer_is_read_as_a_copy() {
    let (_folder, file) = store();
    let writer = Connection::open(&file).unwrap();
    // A tiny cache makes the unfinished transaction reach the file, as a killed writer's does.
    writer
        .execute_batch(
            "PRAGMA cache_size = 2; BEGIN; UPDATE runs SET name = 'torn'; UPDATE metrics SET value = 7;",
        )
        .unwrap();
    let dead = tempfile::tempdir().unwrap();
    for name in ["mlflow.db", "mlflow.db-journal"] {
        std::fs::copy(file.with_file_name(name), dead.path().join(name)).unwrap();
    }
    let home = tempfile::tempdir().unwrap();
    let ask = |source: &Path, more: &[&str]| {
        let mut command = assert_cmd::Command::cargo_bin("mlops-atlas").unwrap();
        let command = command.args(["runs", "list", "--json"]).arg(source).args(more);
        command.env("MLOPS_ATLAS_HOME", home.path()).output().unwrap()
    };
    // In a folder it is the only store.
    for source in [dead.path().join("mlflow.db"), dead.path().to_path_buf()] {
        let refused = ask(&source, &[]);
        assert_eq!(refused.status.code(), Some(2));
        assert!(String::from_utf8_lossy(&refused.stderr).contains("--copy"));
        let answered = ask(&source, &["--copy"]);
        assert_eq!(answered.status.code(), Some(0), "{}", String::from_utf8_lossy(&answered.stderr));
        let runs: Value = serde_json::from_slice(&answered.stdout).unwrap();
        assert_eq!(runs.as_array().unwrap().len(), 8);
        assert!(runs.as_array().unwrap().iter().all(|run| run["name"] != "torn"));
        assert_eq!(std::fs::read_dir(dead.path()).unwrap().count(), 2, "the store is as it was");
    }
}

/// What is read is never written over, nor anything in it.
#[test]
fn an_answer_is_not_written_over_the_store() {
    let (folder, file) = store();
    let whole = std::fs::read(&file).unwrap();
    let id = "ad590860d4bb4f55afdd50658bb65ae1";
    let beside = |suffix: &str| folder.path().join(format!("mlflow.db{suffix}"));
    for (source, out) in [
        (&*file, file.clone()),
        (&file, beside("-wal")),
        (&file, beside("-shm")),
        (&file, folder.path().join("new/../mlflow.db-journal")),
        (folder.path(), folder.path().join("points.csv")),
        (folder.path(), folder.path().join("new/deep/points.csv")),
        (
            folder.path(),
            folder.path().join("../other/..").join(folder.path().file_name().unwrap()).join("p.csv"),
        ),
    ] {
        let args = SeriesArgs {
            source: source.to_path_buf(),
            run: vec![id.to_owned()],
            metric: vec!["weird".to_owned()],
            out: Some(out),
            ..Default::default()
        };
        let error = full_answer(RunsCommand::Series(args)).unwrap_err();
        assert!(matches!(error, RunsError::IntoSource(_)), "{error}");
    }
    assert_eq!(std::fs::read(&file).unwrap(), whole);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}

/// A pipe beside a database would be waited for.
#[cfg(unix)]
#[test]
fn a_pipe_in_the_place_of_a_journal_is_told() {
    let (folder, file) = store();
    let pipe = folder.path().join("mlflow.db-journal");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let error = full_answer(list(&file)).unwrap_err();
    assert!(error.to_string().ends_with("mlflow.db-journal"), "{error}");
}

/// What a guess leaves out is said, and is no failure.
#[test]
fn a_table_of_which_columns_are_not_read_says_which() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("t.csv");
    std::fs::write(&file, "epoch,loss,took\n0,0.5,3 s\n1,0.25,4 s\n").unwrap();
    let (status, _, lines) = full_answer(list(&file)).unwrap();
    let shown = file.display();
    let note = format!(
        "mlops-atlas: Read as: run = file · step = epoch · time: none · metrics: loss · left out: took (another way is \
         chosen with --map): {shown}"
    );
    assert_eq!((status, lines), (0, vec![note]));
}
