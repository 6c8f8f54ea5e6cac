//! dagre, the layout of Mermaid and many editors, on the same graphs: its time, and the crossings of its order with
//! the nodes held in their lanes.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use mlops_atlas::architecture::{Architecture, Placement, Point, crossings};
use serde_json::{Value, json};

/// Where `.ci/install-peers` puts it; an error says why it cannot run.
pub fn folder() -> Result<PathBuf, String> {
    let root = std::env::var_os("MLOPS_ATLAS_PEERS").map_or_else(
        || Path::new(&std::env::var_os("HOME").unwrap_or_default()).join(".cache/mlops-atlas-peers"),
        PathBuf::from,
    );
    let folder = root.join("dagre");
    let is_there = folder.join("node_modules/@dagrejs/dagre").is_dir();
    is_there.then_some(folder).ok_or_else(|| "dagre is not installed: .ci/install-peers".to_owned())
}

/// How long dagre laid the drawing out, and how often flows cross as straight lines when every lane is one column in
/// the order of dagre's heights.
pub fn dagre(folder: &Path, drawing: &Architecture, lanes: &Placement) -> Result<(Duration, usize), String> {
    let size = |id| drawing.size_of(id);
    let nodes: Vec<Value> =
        drawing.nodes.keys().map(|id| json!([id.as_str(), size(id).w, size(id).h])).collect();
    let ends = drawing.flows.iter().filter(|flow| flow.from != flow.to && drawing.has_ends(flow));
    let flows: Vec<Value> = ends.map(|flow| json!([flow.from.as_str(), flow.to.as_str()])).collect();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/peers/dagre/layout.mjs");
    let mut node = Command::new("node")
        .arg(script)
        .arg(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| format!("node does not start: {error}"))?;
    let input = json!({ "nodes": nodes, "flows": flows }).to_string();
    if let Some(mut pipe) = node.stdin.take() {
        pipe.write_all(input.as_bytes()).map_err(|error| error.to_string())?;
    }
    let output = node.wait_with_output().map_err(|error| error.to_string())?;
    let answer: Value =
        serde_json::from_slice(&output.stdout).map_err(|error| format!("dagre failed: {error}"))?;
    let time = Duration::from_secs_f64(answer["ms"].as_f64().unwrap_or_default() / 1e3);
    let height = |id: &str| answer["nodes"][id][1].as_f64().unwrap_or_default();
    let mut held = Placement::default();
    let mut rows: BTreeMap<&str, Vec<_>> = BTreeMap::new();
    for node in drawing.nodes.values() {
        rows.entry(&node.stage).or_default().push(&node.id);
    }
    for (at, lane) in lanes.lanes.iter().enumerate() {
        let mut ids = rows.remove(lane.stage.as_str()).unwrap_or_default();
        ids.sort_by(|a, b| height(a.as_str()).total_cmp(&height(b.as_str())));
        for (row, id) in ids.into_iter().enumerate() {
            held.positions.insert(id.clone(), Point::new(at as i32 * 286, row as i32 * 124));
            held.sizes.insert(id.clone(), drawing.size_of(id));
        }
    }
    Ok((time, crossings(drawing, &held)))
}
