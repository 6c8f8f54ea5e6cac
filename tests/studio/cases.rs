//! The stored answers of the reference, and the drawings that they are about.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use mlops_atlas::architecture::{Architecture, Edit, Flow, Node, NodeId};
use serde_json::Value;

pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reference")
}

pub fn stored() -> Value {
    serde_json::from_str(&std::fs::read_to_string(folder().join("answers.json")).unwrap()).unwrap()
}

/// The drawings that the reference speaks of: the templates as they were when the answers were written.
pub fn templates() -> BTreeMap<String, Architecture> {
    let text = std::fs::read_to_string(folder().join("templates.json")).unwrap();
    let all: Vec<Value> = serde_json::from_str(&text).unwrap();
    all.iter()
        .map(|template| {
            let (drawing, problems) = Architecture::from_json(&template.to_string()).unwrap();
            assert_eq!(problems.iter().filter(|problem| !problem.message.contains("`format`")).count(), 0);
            (drawing.id.clone(), drawing)
        })
        .collect()
}

pub fn texts(value: &Value) -> Vec<String> {
    value.as_array().unwrap().iter().map(|text| text.as_str().unwrap().to_owned()).collect()
}

/// A template after the change of a case.
pub fn changed(template: &Architecture, case: &Value) -> Architecture {
    let flow = |text: &String| {
        let (ends, artifact) = text.split_once(':').unwrap();
        let (from, to) = ends.split_once("->").unwrap();
        Flow { from: from.into(), to: to.into(), artifact: artifact.to_owned(), ..Flow::default() }
    };
    let flows = |value: &Value| texts(value).iter().map(flow).collect::<Vec<_>>();
    let gone: Vec<NodeId> = texts(&case["remove"]["nodes"]).into_iter().map(NodeId).collect();
    let lost: Vec<_> = flows(&case["remove"]["edges"]).iter().map(Flow::key).collect();
    let nodes: Vec<Node> = serde_json::from_value(case["put"]["nodes"].clone()).unwrap();
    let mut drawing = template.clone();
    drawing
        .apply(Edit::Remove { nodes: gone.iter().cloned().collect(), flows: lost.iter().cloned().collect() });
    let edits = nodes.into_iter().map(|node| Edit::AddNode(node, None));
    drawing.apply(Edit::Batch(edits.collect()));
    // What is put anew under its old id keeps the flows that are not told to be lost.
    let kept = template.flows.iter().filter(|flow| !lost.contains(&flow.key())).cloned();
    let added = kept.chain(flows(&case["put"]["edges"])).map(Edit::AddFlow);
    drawing.apply(Edit::Batch(added.collect()));
    drawing
}
