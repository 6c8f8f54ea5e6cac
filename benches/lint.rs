//! Rules, maturity and change impact on drawings of 100 and 1,000 nodes.

#![expect(clippy::unwrap_used, reason = "a bench that cannot start says so by failing")]

mod support;

use std::hint::black_box;
use std::time::Duration;

use mlops_atlas::architecture::kinds::{Kind, kind, kinds};
use mlops_atlas::architecture::{Architecture, Flow, NodeId, impact, lint, maturity};
use support::{content, in_turns, row, shown};

/// The drawing of the other benches, with two flows a node of what both ends allow: paths and loops, as people draw
/// them, instead of one artifact that no rule follows.
fn typed(nodes: usize) -> Architecture {
    let mut drawing = content::drawing(nodes);
    let mut numbers = content::Numbers(13);
    let ids: Vec<NodeId> = drawing.nodes.keys().cloned().collect();
    let of = |id: &NodeId| -> &'static Kind { kind(&drawing.nodes[id].kind).unwrap() };
    let mut flows = std::collections::BTreeMap::new();
    while flows.len() < nodes * 2 {
        let (from, to) = (&ids[numbers.below(nodes)], &ids[numbers.below(nodes)]);
        let allowed: Vec<&String> =
            of(from).emits.iter().filter(|artifact| of(to).accepts.contains(artifact)).collect();
        if let Some(artifact) = allowed.get(numbers.below(allowed.len().max(1))) {
            let flow =
                Flow { from: from.clone(), to: to.clone(), artifact: (*artifact).clone(), ..Flow::default() };
            flows.insert(flow.key(), flow);
        }
    }
    drawing.flows = flows.into_values().collect();
    drawing
}

fn main() {
    assert_eq!(kinds().len(), 38, "the vocabulary is read before anything is measured");
    let (small, large) = (typed(100), typed(1_000));
    let (few, many) = (lint(&small), lint(&large));
    let some = large.nodes.keys().nth(500).unwrap();
    let [hundred, thousand, level, change] = in_turns(
        31,
        &mut [
            &mut || drop(black_box(lint(&small))),
            &mut || drop(black_box(lint(&large))),
            &mut || drop(black_box(maturity(&large, &many))),
            &mut || drop(black_box(impact(&large, some))),
        ],
    );
    let (soon, later) = (Duration::from_millis(5), Duration::from_millis(50));
    row(&format!("48 rules, 100 nodes, {} findings", few.len()), &shown(hundred), "5 ms", hundred < soon);
    row(
        &format!("48 rules, 1,000 nodes, {} findings", many.len()),
        &shown(thousand),
        "50 ms",
        thousand < later,
    );
    row("maturity, 1,000 nodes", &shown(level), "50 ms", level < later);
    row("impact of a change, 1,000 nodes", &shown(change), "50 ms", change < later);
}
