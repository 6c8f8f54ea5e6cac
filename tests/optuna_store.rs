//! Optuna stores of two versions: what is listed and drawn is what Optuna's own client of that version answered, and
//! nothing beside a store is touched.

#![expect(clippy::unwrap_used, reason = "a test that cannot make its file has failed")]

mod trackers;

use std::path::{Path, PathBuf};

use clap::Parser as _;
use mlops_atlas::cli::runs::{RunsArgs, run};
use mlops_atlas::runs::{SourceKind, Status};
use mlops_atlas::store::runs::open;
use serde_json::Value;

/// `mlops-atlas runs`, parsed as the program parses it.
#[derive(clap::Parser)]
struct Line {
    #[command(flatten)]
    args: RunsArgs,
}

/// What `mlops-atlas runs COMMAND STORE … --json` says.
fn ask(store: &Path, command: &str, arguments: &[&str]) -> Value {
    let line = ["runs", command, store.to_str().unwrap(), "--json"];
    let line = Line::try_parse_from(line.iter().chain(arguments)).unwrap();
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let status = run(&line.args, &mut out, &mut err).unwrap();
    assert_eq!((status, String::from_utf8_lossy(&err).as_ref()), (0, ""), "{command} {arguments:?}");
    serde_json::from_slice(&out).unwrap()
}

fn fixture(name: &str) -> PathBuf {
    Path::new("tests/fixtures/optuna").join(name)
}

fn compare(store: &str, answers: &str, version: &str, counts: [usize; 3]) {
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join("study.db");
    std::fs::copy(fixture(store), &copy).unwrap();
    let before = std::fs::read(&copy).unwrap();
    let theirs: Value = serde_json::from_slice(&std::fs::read(fixture(answers)).unwrap()).unwrap();
    assert_eq!(theirs["optuna"], version);
    let theirs = trackers::with_local_times(theirs);
    let compared = trackers::compare(&theirs, |command, arguments| ask(&copy, command, arguments));
    // Counted in the tables by SQL: an answer that holds nothing would agree with a program that says nothing.
    assert_eq!(compared, counts, "{store}");
    assert!(std::fs::read(&copy).unwrap() == before, "reading changed {store}");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "something was made beside {store}");
}

#[test]
fn a_study_of_optuna_5_is_what_its_client_says() {
    compare("optuna5.db", "answers5.json", "5.0.0", [62, 119, 688]);
}

#[test]
fn odd_values_names_and_choices_are_what_the_client_says() {
    compare("optuna5_edges.db", "answers5_edges.json", "5.0.0", [23, 41, 139]);
}

#[test]
fn a_study_of_optuna_2_is_what_its_own_client_says() {
    compare("optuna2.db", "answers2.json", "2.10.1", [20, 37, 93]);
}

#[test]
fn studies_are_experiments_and_states_are_told_in_optunas_words() {
    let mut store = open(&fixture("optuna5_edges.db")).unwrap();
    assert_eq!((store.kind(), store.is_live()), (SourceKind::Optuna, true));
    let (set, problems) = store.runs(false).unwrap();
    assert!(problems.is_empty(), "{problems:?}");
    assert_eq!(store.count().unwrap(), set.runs.len());
    let names: Vec<&str> = set.experiments.iter().map(|experiment| experiment.name.as_str()).collect();
    assert_eq!(names, ["edges / ünïcode", "empty", "one named", "several", "states", "taken names"]);
    let states: Vec<&Status> =
        set.runs.iter().filter(|run| run.experiment_name(&set) == "states").map(|run| &run.status).collect();
    let other = |word: &str| Status::Other(word.to_owned());
    assert_eq!(states, [&Status::Running, &other("WAITING"), &other("COMPLETE")]);
}
