//! What `runs list` and `runs series` say of a Trackio store is what Trackio's own client says.
//!
//! Each reads a copy of its own. The counts are those of the tables, by SQL: a client that answered with nothing would agree
//! with a program that says nothing.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::client;

const VERSION: (&str, &str) = ("trackio", "0.43.0");

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/trackio").join(name)
}

#[test]
fn trackio_agrees() {
    client::compare("dump_trackio.py", &fixture("demo-project.db"), client::ZONE, VERSION, [5, 23, 613]);
}

#[test]
fn trackio_agrees_at_its_edges() {
    client::compare("dump_trackio.py", &fixture("edges.db"), client::ZONE, VERSION, [2, 9, 29]);
}

/// What the client writes now is what it reads now.
#[test]
fn a_project_that_is_written_now_agrees() {
    let folder = tempfile::tempdir().unwrap();
    let output = Command::new(client::python()).arg(fixture("write.py")).arg(folder.path()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    client::compare("dump_trackio.py", &folder.path().join("edges.db"), client::ZONE, VERSION, [2, 9, 29]);
}
