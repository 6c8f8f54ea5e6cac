//! Drawings that look random and are the same everywhere.

use mlops_atlas::architecture::{Architecture, Edit, Flow, Node, NodeId, Point};

/// The lanes that nodes are put into.
const STAGES: [&str; 8] =
    ["sources", "data", "features", "train", "evaluate", "deliver", "operate", "platform"];

/// Numbers that look random and are the same everywhere.
pub fn numbers(mut state: u64) -> impl FnMut(usize) -> usize {
    move |below| {
        state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (state >> 33) as usize % below
    }
}

/// A drawing of `nodes` nodes in all eight lanes and of `flows` flows, most of them into the same lane or one of the
/// next two, some of them back.
pub fn random(nodes: usize, flows: usize, seed: u64) -> Architecture {
    let mut next = numbers(seed * 1_000 + 7);
    let mut drawing =
        Architecture { id: format!("random-{nodes}-{flows}-{seed}"), ..Architecture::default() };
    for i in 0..nodes {
        let id = NodeId(format!("n{i:04}"));
        let node = Node { id: id.clone(), stage: STAGES[i * 8 / nodes].to_owned(), ..Node::default() };
        drawing.nodes.insert(id, node);
    }
    while drawing.flows.len() < flows {
        let from = next(nodes);
        let to = (from + next((nodes / 4).max(2))) % nodes;
        let flow = Flow {
            from: NodeId(format!("n{from:04}")),
            to: NodeId(format!("n{to:04}")),
            artifact: "raw_data".to_owned(),
            ..Flow::default()
        };
        drawing.apply(Edit::AddFlow(flow));
    }
    drawing
}

/// The same with every node put anywhere inside a square, on each other too.
pub fn scattered(mut drawing: Architecture, side: i32, seed: u64) -> Architecture {
    let mut next = numbers(seed + 99);
    for id in drawing.nodes.keys() {
        let mut at = || next(side as usize) as i32 - side / 2;
        drawing.layout.insert(id.clone(), Point::new(at(), at()));
    }
    drawing
}
