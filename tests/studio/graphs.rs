//! The random graphs of `answers.py`: the same numbers, the same choices in the same order.

use mlops_atlas::architecture::kinds::{Kind, artifacts, kind, kinds, lanes};
use mlops_atlas::architecture::{Architecture, Flow, Node, NodeId};
use serde_json::{Map, Value, json};

const DOMAINS: [&str; 6] = ["general", "healthcare", "finance", "social", "media", ""];
const SWITCHES: [&str; 7] = ["versioned", "external", "pii", "labelled", "schedule", "holdout", "custom"];
const CHECKS: [&str; 3] = ["baseline", "bias", "slices"];
const PATHS: [&str; 13] = [
    "source_batch",
    "source_stream",
    "source_documents",
    "ingestion",
    "transformation",
    "embedding",
    "vector_index",
    "training",
    "serving_online",
    "serving_stream",
    "guardrails",
    "consumer",
    "feedback_collector",
];

/// Knuth's MMIX generator.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (self.0 >> 33) as usize % limit
    }
}

/// A switch in one of the positions that people write.
fn position(at: usize) -> Value {
    [
        json!(true),
        json!(true),
        json!(true),
        json!(false),
        json!(0),
        json!(2),
        json!("yes"),
        json!(""),
        json!([]),
        json!(["x"]),
    ][at]
        .clone()
}

fn node(r: &mut Numbers, at: usize, pool: &[&'static Kind]) -> Node {
    let kind = pool[r.below(pool.len())];
    let stage = if r.below(8) == 0 { lanes()[r.below(8)].id.clone() } else { kind.stage.clone() };
    let tools = if r.below(4) == 0 { vec![] } else { vec!["x".to_owned()] };
    let mut props = Map::new();
    for switch in SWITCHES {
        if r.below(6) == 0 {
            props.insert(switch.to_owned(), position(r.below(10)));
        }
    }
    if r.below(2) == 0 {
        props.insert("paradigm".to_owned(), json!(["supervised", "supervised", "llm"][r.below(3)]));
    }
    if r.below(4) == 0 {
        props.insert("status".to_owned(), json!(["experimental", "live"][r.below(2)]));
    }
    if r.below(2) == 0 {
        let chosen = r.below(8);
        let checks: Vec<&str> = CHECKS
            .into_iter()
            .enumerate()
            .filter(|(bit, _)| chosen >> bit & 1 == 1)
            .map(|(_, c)| c)
            .collect();
        props.insert("checks".to_owned(), json!(checks));
    }
    Node { id: NodeId(format!("n{at}")), kind: kind.id.clone(), stage, tools, props, ..Node::default() }
}

/// Graph number `seed`.
pub fn graph(seed: u64) -> Architecture {
    let r = &mut Numbers(seed);
    let span = [20, 60, 296][r.below(3)];
    let count = 5 + r.below(span);
    let wanted = count * (2 + r.below(5)) / 2;
    let sensible = r.below(4) > 0;
    let domain = DOMAINS[r.below(6)].to_owned();
    let all: Vec<&Kind> = kinds().iter().collect();
    let mut pool = all.clone();
    if r.below(3) == 2 {
        pool = PATHS.into_iter().map(|id| kind(id).unwrap()).collect();
    } else if r.below(2) == 0 {
        pool.retain(|_| r.below(2) == 0);
        if pool.is_empty() {
            pool = all;
        }
    }
    let mut drawing = Architecture { id: format!("random-{seed}"), domain, ..Architecture::default() };
    let nodes: Vec<Node> = (0..count).map(|at| node(r, at, &pool)).collect();
    let mut flows = std::collections::BTreeMap::new();
    for _ in 0..wanted * 6 {
        if flows.len() == wanted {
            break;
        }
        let (from, to) = (r.below(count), r.below(count));
        if from == to && r.below(4) > 0 {
            continue;
        }
        let (from, to) = (&nodes[from], &nodes[to]);
        let artifact = if sensible && r.below(30) > 0 {
            let (emits, accepts) = (&kind(&from.kind).unwrap().emits, &kind(&to.kind).unwrap().accepts);
            let ids = artifacts().iter().map(|artifact| &artifact.id);
            let common: Vec<&String> = ids.filter(|id| emits.contains(id) && accepts.contains(id)).collect();
            if common.is_empty() {
                continue;
            }
            common[r.below(common.len())].clone()
        } else {
            artifacts().get(r.below(25)).map_or("gold", |artifact| &artifact.id).to_owned()
        };
        let flow = Flow { from: from.id.clone(), to: to.id.clone(), artifact, ..Flow::default() };
        flows.insert(flow.key(), flow);
    }
    drawing.flows = flows.into_values().collect();
    drawing.nodes = nodes.into_iter().map(|node| (node.id.clone(), node)).collect();
    drawing
}

/// A graph in one text.
pub fn drawn(drawing: &Architecture) -> String {
    let mut lines = vec![drawing.domain.clone()];
    for at in 0..drawing.nodes.len() {
        let Node { id, kind, stage, tools, props, .. } = &drawing.nodes[&NodeId(format!("n{at}"))];
        lines.push(format!("{id} {kind} {stage} {} {}", tools.len(), Value::Object(props.clone())));
    }
    lines.extend(drawing.flows.iter().map(|flow| flow.key().to_string()));
    lines.join("\n")
}

/// FNV-1a.
pub fn digest(text: &str) -> String {
    let start = 0xcbf2_9ce4_8422_2325_u64;
    let value =
        text.bytes().fold(start, |value, byte| (value ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    format!("{value:016x}")
}
