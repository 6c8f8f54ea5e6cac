//! A tracker's own client and the built program, each asked about a store.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

use crate::installed::installed;
use crate::listing::listing;
use crate::trackers;

/// What is local to both where times have a meaning: neither UTC nor a zone whose name a system need know.
pub const ZONE: &str = "CET-1CEST,M3.5.0,M10.5.0/3";

/// The answer on stdout, after a check that the command succeeded.
fn json(output: &Output, what: &str) -> Value {
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{what} ended with {}: {errors}", output.status);
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{what}: {error}; {errors}"))
}

/// The Python that `.ci/install-peers` gives the clients of all trackers but MLflow. A missing one is a failure.
pub fn python() -> PathBuf {
    installed("trackers/bin/python")
}

/// What the client reads in a copy of the store, by a script of `tests/peers`.
fn ask_client(script: &str, store: &Path, zone: &str) -> Value {
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join(store.file_name().unwrap());
    std::fs::copy(store, &copy).unwrap_or_else(|error| panic!("{error}: {}", store.display()));
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/peers").join(script);
    let mut command = Command::new(python());
    command.arg(script).arg(&copy).arg("--series").current_dir(folder.path()).env("TZ", zone);
    json(&command.output().unwrap(), "the client")
}

/// What the built program says: `mlops-atlas runs COMMAND STORE ARGUMENTS --json`.
fn ask_program(store: &Path, zone: &str, command: &str, arguments: &[&str]) -> Value {
    let profile = tempfile::tempdir().unwrap();
    let mut program = Command::new(env!("CARGO_BIN_EXE_mlops-atlas"));
    program.args(["runs", command]).arg(store).args(arguments).arg("--json");
    program.env("MLOPS_ATLAS_HOME", profile.path()).env("TZ", zone).current_dir(profile.path());
    json(&program.output().unwrap(), &format!("runs {command} {arguments:?}"))
}

/// Compares what both say, where the clocks are those of a zone, of copies of a store, counts what was compared, and sees to it that the program changed nothing.
pub fn compare(script: &str, store: &Path, zone: &str, version: (&str, &str), counts: [usize; 3]) {
    let theirs = ask_client(script, store, zone);
    assert_eq!(theirs[version.0], version.1, "run .ci/install-peers");
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join(store.file_name().unwrap());
    std::fs::copy(store, &copy).unwrap();
    let before = listing(folder.path());
    let compared =
        trackers::compare(&theirs, |command, arguments| ask_program(&copy, zone, command, arguments));
    assert_eq!(compared, counts, "{}", store.display());
    assert!(listing(folder.path()) == before, "reading changed something beside {}", store.display());
}
