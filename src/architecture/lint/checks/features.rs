//! How data becomes features: once, and the same for training and serving.

use std::collections::BTreeMap;

use super::{
    Artifacts, Check, DATA, Found, Graph, Kinds, MODEL, SERVING, SOURCES, TRAINING, artifacts, kinds,
};
use crate::architecture::graph::{Blocks, Condensed, Direction};

/// The checks of this group.
pub(super) const CHECKS: &[(&str, Check)] = &[("FEA01", skew), ("FEA02", duplicated), ("FEA03", half_used)];

const STORE: Kinds = kinds(&["feature_store"]);
const TRANSFORMATION: Kinds = kinds(&["transformation"]);

/// Compares what produced the inputs of an online model with what produced the data it was trained on.
fn skew(g: &Graph<'_>, found: &mut Found<'_, '_>) {
    const ONLINE: Kinds = kinds(&["serving_online", "serving_stream"]);
    const INPUTS: Artifacts = artifacts(&["features", "online_features", "events"]);
    const PRODUCERS: Kinds = STORE.or(TRANSFORMATION).or(kinds(&["vector_index", "embedding"]));
    let trained = g.reach(&g.marked(TRAINING), MODEL);
    let served: Vec<usize> =
        g.of(ONLINE).filter(|serving| trained[*serving] && g.gets(*serving, INPUTS, Kinds::ANY)).collect();
    let (data, models) = (Condensed::new(g, DATA), Condensed::new(g, MODEL));
    let mut shared = vec![false; g.len()];
    for block in Blocks::of(g, PRODUCERS).iter() {
        let above = data.gather(Direction::Down, 0, |node| block.bit(node), |a, b| a | b);
        let behind_model = models.gather(
            Direction::Down,
            0,
            |node| if g.is(node, TRAINING) { above[node] } else { 0 },
            |a, b| a | b,
        );
        for &serving in &served {
            let mut behind_input = 0;
            for hop in g.hops(serving, Direction::Up).iter().filter(|hop| hop.artifact.meets(INPUTS)) {
                behind_input |= above[hop.node];
                if g.is(hop.node, STORE.or(TRANSFORMATION)) {
                    behind_input |= block.bit(hop.node);
                }
            }
            shared[serving] |= behind_input & behind_model[serving] != 0;
        }
    }
    found.nodes_where(served.into_iter(), |serving| !shared[serving]);
}

/// Two transformations differ when they feed different sets of trainings; a source is told when it feeds two such.
fn duplicated(g: &Graph<'_>, found: &mut Found<'_, '_>) {
    if g.has(STORE) {
        return;
    }
    let data = Condensed::new(g, DATA);
    // Each set of trainings gets a number, refined block by block; 0 is the empty set.
    let mut set = vec![0_usize; g.len()];
    for block in Blocks::of(g, TRAINING).iter() {
        let below = data.gather(Direction::Up, 0, |node| block.bit(node), |a, b| a | b);
        let mut numbers = BTreeMap::from([((0, 0), 0)]);
        for node in g.of(TRANSFORMATION) {
            let next = numbers.len();
            set[node] = *numbers.entry((set[node], below[node])).or_insert(next);
        }
    }
    // Of the sets below a node only the least and the greatest number matter: they differ when any two do.
    let extremes = data.gather(
        Direction::Up,
        (usize::MAX, 0),
        |node| match set[node] {
            0 => (usize::MAX, 0),
            number => (number, number),
        },
        |a, b| (a.0.min(b.0), a.1.max(b.1)),
    );
    found.nodes_where(g.of(SOURCES), |source| extremes[source].0 < extremes[source].1);
}

fn half_used(g: &Graph<'_>, found: &mut Found<'_, '_>) {
    let trains = g.leads_to(TRAINING, DATA, Kinds::NONE);
    let serves = g.leads_to(SERVING, DATA, Kinds::NONE);
    for store in g.of(STORE) {
        match (trains[store], serves[store]) {
            (true, false) => found.node_with(store, "training but no serving"),
            (false, true) => found.node_with(store, "serving but no training"),
            _ => {}
        }
    }
}
