//! Walks over small graphs, with answers found by hand.

use super::*;
use crate::architecture::model::Flow;

/// A drawing of nodes `a`, `b`, … of a kind each, with flows written like `ab:code`.
fn drawing(kinds: &[&str], flows: &[&str]) -> Architecture {
    let mut drawing = Architecture::default();
    for (kind, letter) in kinds.iter().zip('a'..) {
        let id = NodeId(letter.to_string());
        drawing.nodes.insert(id.clone(), Node { id, kind: (*kind).to_owned(), ..Node::default() });
    }
    for flow in flows {
        let (ends, artifact) = flow.split_once(':').unwrap();
        let (from, to) = ends.split_at(1);
        let artifact = artifact.to_owned();
        drawing.flows.push(Flow { from: from.into(), to: to.into(), artifact, ..Flow::default() });
    }
    drawing.flows.sort_by_key(Flow::key);
    drawing
}

const CODE: Artifacts = artifacts(&["code"]);

#[test]
fn only_whole_flows_are_walked() {
    let drawing = drawing(&["ci", "cd"], &["ab:code", "ax:code", "xb:code", "ab:gold"]);
    let graph = Graph::new(&drawing);
    assert_eq!(graph.links.len(), 2);
    assert_eq!(graph.hops(0, Direction::Down).len(), 2);
    assert!(graph.sends(0, CODE, Kinds::ANY) && !graph.gets(0, Artifacts::ANY, Kinds::ANY));
}

#[test]
fn a_start_is_reached_only_over_a_flow() {
    // a -> b -> c -> b, and d alone.
    let drawing = drawing(&["ci"; 4], &["ab:code", "bc:code", "cb:code", "da:config"]);
    let graph = Graph::new(&drawing);
    assert_eq!(graph.reach(&vec![true, false, false, false], CODE), [false, true, true, false]);
    assert_eq!(graph.reach(&vec![false, false, false, true], CODE), [false; 4]);
}

#[test]
fn a_way_around_may_begin_in_what_it_avoids() {
    // ci (a) -> cd (b) -> training (c); the direct way from d avoids b.
    let drawing = drawing(&["ci", "cd", "training", "ci"], &["ab:code", "bc:code", "dc:code", "da:code"]);
    let graph = Graph::new(&drawing);
    let around = graph.leads_to(kinds(&["training"]), CODE, kinds(&["cd"]));
    assert_eq!(around, [false, true, false, true]);
}

#[test]
fn loops_are_found_at_any_depth() {
    let count = 200_000;
    let mut drawing = Architecture::default();
    let id = |at: usize| NodeId(format!("{at:06}"));
    for at in 0..count {
        drawing.nodes.insert(id(at), Node { id: id(at), ..Node::default() });
        let (from, to) = (id(at), id((at + 1) % count));
        drawing.flows.push(Flow { from, to, artifact: "code".to_owned(), ..Flow::default() });
    }
    let graph = Graph::new(&drawing);
    let loops = Condensed::new(&graph, CODE).loops();
    assert_eq!(loops.iter().map(Vec::len).collect::<Vec<_>>(), [count]);
}

#[test]
fn a_loop_is_more_than_one_node_or_one_that_feeds_itself() {
    let drawing = drawing(&["ci"; 5], &["ab:code", "ba:code", "cc:code", "bd:code", "de:code"]);
    let graph = Graph::new(&drawing);
    let mut loops = Condensed::new(&graph, CODE).loops();
    loops.sort();
    assert_eq!(loops, [vec![0, 1], vec![2]]);
    assert_eq!(Condensed::new(&graph, CODE).longest_chain(), 4, "a loop of two, then two more");
}

#[test]
fn what_is_gathered_has_come_over_a_flow() {
    // a -> b <-> c -> d; e alone.
    let drawing = drawing(&["ci"; 5], &["ab:code", "bc:code", "cb:code", "cd:code"]);
    let graph = Graph::new(&drawing);
    let condensed = Condensed::new(&graph, CODE);
    let gather = |way| condensed.gather(way, 0_u64, |node| 1 << node, |a, b| a | b);
    assert_eq!(gather(Direction::Down), [0b0, 0b111, 0b111, 0b111, 0b0]);
    assert_eq!(gather(Direction::Up), [0b1110, 0b1110, 0b1110, 0b0, 0b0]);
}

#[test]
fn blocks_cover_every_node_once() {
    let mut drawing = Architecture::default();
    for at in 0..130 {
        let id = NodeId(format!("{at:03}"));
        let kind = if at % 2 == 0 { "ci" } else { "cd" }.to_owned();
        drawing.nodes.insert(id.clone(), Node { id, kind, ..Node::default() });
    }
    let graph = Graph::new(&drawing);
    let blocks = Blocks::of(&graph, kinds(&["ci"]));
    let found: Vec<Vec<usize>> = blocks.iter().map(|block| block.nodes_in(u64::MAX).collect()).collect();
    assert_eq!(found.iter().map(Vec::len).collect::<Vec<_>>(), [64, 1]);
    assert_eq!(found[1], [128]);
    let bits: Vec<u64> = blocks.iter().map(|block| block.bit(128)).collect();
    assert_eq!(bits, [0, 1]);
}
