//! What `runs list` and `runs series` say of an Optuna store is what Optuna's own client says.
//!
//! Each reads a copy of its own. The counts are those of the tables, by SQL: a client that answered with nothing would agree
//! with a program that says nothing.
#![cfg(feature = "peers")]
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod trackers;

use std::path::{Path, PathBuf};
use std::process::Command;

use trackers::client;

const VERSION: (&str, &str) = ("optuna", "5.0.0");

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/optuna").join(name)
}

#[test]
fn optuna_5_agrees() {
    client::compare("dump_optuna.py", &fixture("optuna5.db"), client::ZONE, VERSION, [62, 119, 688]);
}

#[test]
fn optuna_5_agrees_at_its_edges() {
    client::compare("dump_optuna.py", &fixture("optuna5_edges.db"), client::ZONE, VERSION, [23, 41, 139]);
}

/// The client refuses older stores until they are upgraded, which keeps their old distributions. It then takes their times
/// for UTC, which they are only where local time is that.
#[test]
fn an_upgraded_store_agrees() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("upgraded.db");
    std::fs::copy(fixture("optuna2.db"), &store).unwrap();
    let upgrade = "import sys, optuna\n\
                   optuna.storages.RDBStorage(sys.argv[1], skip_compatibility_check=True).upgrade()";
    let url = format!("sqlite:///{}", store.display());
    let output = Command::new(client::python()).args(["-c", upgrade, &url]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    client::compare("dump_optuna.py", &store, "UTC", VERSION, [20, 37, 93]);
}
