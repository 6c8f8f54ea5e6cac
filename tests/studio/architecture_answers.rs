//! What is asked of drawings: differences, what a reference design has more, agreement, tools, and the ML Test Score.

mod agreement;
mod bundled;
mod differences;
mod format;
mod tools_cli;

use std::path::{Path, PathBuf};

/// Exit code, standard output and standard error of `mlops-atlas architecture …`.
fn answer(words: &[&str]) -> (i32, String, String) {
    let mut command = assert_cmd::Command::cargo_bin("mlops-atlas").unwrap();
    let output = command.arg("architecture").args(words).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

/// The JSON value of an answer with this exit code.
fn json(words: &[&str], code: i32) -> serde_json::Value {
    let (status, out, err) = answer(words);
    assert_eq!(status, code, "{words:?}: {err}");
    serde_json::from_str(&out).unwrap()
}

/// Writes `name.architecture.json` with these nodes (`id:kind`) and edges (`from->to:artifact`).
fn write(folder: &Path, name: &str, nodes: &[&str], edges: &[&str]) -> PathBuf {
    let nodes = nodes.iter().map(|text| {
        let (id, kind) = text.split_once(':').unwrap();
        serde_json::json!({"id": id, "kind": kind, "stage": "data", "tools": [], "label": id, "props": {}})
    });
    let edges = edges.iter().map(|text| {
        let (ends, artifact) = text.split_once(':').unwrap();
        let (from, to) = ends.split_once("->").unwrap();
        serde_json::json!({"from": from, "to": to, "artifact": artifact})
    });
    let value = serde_json::json!({
        "format": "mlops-atlas/architecture@1",
        "id": name,
        "title": name.to_uppercase(),
        "nodes": nodes.collect::<Vec<_>>(),
        "edges": edges.collect::<Vec<_>>(),
    });
    let path = folder.join(format!("{name}.architecture.json"));
    std::fs::write(&path, value.to_string()).unwrap();
    path
}

/// A path as an argument.
fn word(path: &Path) -> &str {
    path.to_str().unwrap()
}
