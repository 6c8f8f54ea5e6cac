//! Optuna stores of two versions: what is listed and drawn is what Optuna's own client of that version answered, and
//! nothing beside a store is touched.

use std::path::{Path, PathBuf};

use mlops_atlas::runs::{SourceKind, Status};
use mlops_atlas::store::runs::open;
use serde_json::Value;

use crate::trackers;

fn fixture(name: &str) -> PathBuf {
    Path::new("tests/fixtures/optuna").join(name)
}

fn compare(store: &str, answers: &str, version: &str, counts: [usize; 3]) {
    let theirs: Value = serde_json::from_slice(&std::fs::read(fixture(answers)).unwrap()).unwrap();
    assert_eq!(theirs["optuna"], version);
    // The figures are counted in the tables by SQL: an answer that holds nothing would agree with a program that says
    // nothing.
    trackers::compare_stored(&fixture(store), &trackers::with_local_times(theirs), counts);
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
