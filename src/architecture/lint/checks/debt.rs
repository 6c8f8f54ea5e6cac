//! What will be paid for later: loops through the world, cascades, jungles and sprawl.

use std::collections::BTreeSet;

use super::structure::WITHOUT_TOOL;
use super::{
    Artifacts, CONSUMER, Check, DATA, Found, Graph, INFLUENCE, Kinds, MODEL, PREDICTIONS, SERVING, SOURCES,
    TRAINING, artifacts, kinds,
};
use crate::architecture::graph::{Blocks, Condensed, Direction, Link, Marks};

/// The checks of this group.
pub(super) const CHECKS: &[(&str, Check)] = &[
    ("DEB01", direct_loop),
    ("DEB10", no_exploration),
    ("DEB02", hidden_loop),
    ("DEB03", correction_cascade),
    ("DEB04", undeclared_consumers),
    ("DEB05", glue_code),
    ("DEB06", pipeline_jungle),
    ("DEB07", dead_path),
    ("DEB08", hotspot),
    ("DEB09", sprawl),
];

const ROUTER: Kinds = kinds(&["traffic_control"]);

fn direct_loop(g: &Graph<'_>, found: &mut Found<'_, '_>) {
    if !g.has(ROUTER) {
        loops(g, found);
    }
}

fn no_exploration(g: &Graph<'_>, found: &mut Found<'_, '_>) {
    if g.has(ROUTER) && !g.of(ROUTER).any(|router| g.set(router, "holdout")) {
        loops(g, found);
    }
}

/// Each loop of influence through training and serving, told by these two.
fn loops(g: &Graph<'_>, found: &mut Found<'_, '_>) {
    for mut members in Condensed::new(g, INFLUENCE).loops() {
        members.retain(|node| g.is(*node, TRAINING.or(SERVING)));
        let any = |kinds| members.iter().any(|node| g.is(*node, kinds));
        if any(TRAINING) && any(SERVING) {
            found.nodes(&members, "");
        }
    }
}

/// Pairs of a serving and a training of another model that its consumers influence.
fn hidden_loop(g: &Graph<'_>, found: &mut Found<'_, '_>) {
    let owned = g.reach(&g.marked(TRAINING), MODEL);
    let servings: Vec<usize> = g.of(SERVING).filter(|serving| owned[*serving]).collect();
    let influence = Condensed::new(g, INFLUENCE);
    let (models, answers) = (Condensed::new(g, MODEL), Condensed::new(g, PREDICTIONS));
    for block in Blocks::of(g, TRAINING).iter() {
        let influenced = influence.gather(Direction::Up, 0, |node| block.bit(node), |a, b| a | b);
        let own = models.gather(Direction::Down, 0, |node| block.bit(node), |a, b| a | b);
        let by_consumers = answers.gather(
            Direction::Up,
            0,
            |node| if g.is(node, CONSUMER) { influenced[node] } else { 0 },
            |a, b| a | b,
        );
        for &serving in &servings {
            for training in block.nodes_in(by_consumers[serving] & !own[serving]) {
                found.nodes(&[serving, training], "");
                if found.is_full() {
                    return;
                }
            }
        }
    }
}

fn correction_cascade(g: &Graph<'_>, found: &mut Found<'_, '_>) {
    for link in &g.links {
        if link.artifact.meets(PREDICTIONS) && g.is(link.from, SERVING) && g.is(link.to, SERVING) {
            found.flow(link.from, link.to, "");
        }
    }
}

const STORE: Kinds = kinds(&["data_store"]);

/// Whether a flow brings predictions to where anybody can read them.
fn lands(g: &Graph<'_>, link: &Link<'_>) -> bool {
    link.artifact.meets(PREDICTIONS)
        && g.is(link.from, SERVING)
        && g.is(link.to, STORE)
        && !g.hops(link.to, Direction::Down).is_empty()
}

fn undeclared_consumers(g: &Graph<'_>, found: &mut Found<'_, '_>) {
    let used = g.leads_to(CONSUMER, PREDICTIONS, Kinds::NONE);
    for serving in g.of(SERVING).filter(|serving| !used[*serving]) {
        let sentence = format!("No consumer of “{}” is drawn", found.label(serving));
        found.node_with(serving, &sentence);
    }
    for link in g.links.iter().filter(|link| lands(g, link)) {
        let (from, to) = (found.label(link.from), found.label(link.to));
        let sentence = format!("Predictions of “{from}” land in “{to}”, where anybody can read them");
        found.flow(link.from, link.to, &sentence);
    }
}

/// The serving at which this rule fires.
pub(in crate::architecture) fn undeclared(g: &Graph<'_>) -> Marks {
    let mut undeclared = g.leads_to(CONSUMER, PREDICTIONS, Kinds::NONE);
    for (node, is_undeclared) in undeclared.iter_mut().enumerate() {
        *is_undeclared = !*is_undeclared && g.is(node, SERVING);
    }
    for link in g.links.iter().filter(|link| lands(g, link)) {
        undeclared[link.from] = true;
    }
    undeclared
}

fn glue_code(g: &Graph<'_>, found: &mut Found<'_, '_>) {
    let (mut judged, mut glued) = (0, 0);
    for node in (0..g.len()).filter(|node| !g.is(*node, WITHOUT_TOOL)) {
        judged += 1;
        glued += usize::from(g.nodes[node].tools.is_empty() || g.set(node, "custom"));
    }
    if glued * 100 > judged * 35 {
        found.graph(&format!("{glued} of {judged} boxes"));
    }
}

fn pipeline_jungle(g: &Graph<'_>, found: &mut Found<'_, '_>) {
    const STEPS: Kinds = kinds(&["transformation", "ingestion", "embedding"]);
    let chain = Condensed::within(g, Artifacts::ANY, STEPS).longest_chain();
    if chain > 4 {
        found.graph(&format!("Data preparation is a chain of {chain} steps"));
        return;
    }
    let edges: BTreeSet<(usize, usize)> = g
        .links
        .iter()
        .filter(|link| g.is(link.from, STEPS) && g.is(link.to, STEPS))
        .map(|link| (link.from, link.to))
        .collect();
    // Each edge that joins two parts makes one part less; what is left closes a ring.
    let mut parent: Vec<usize> = (0..g.len()).collect();
    let mut root = |mut node: usize, onto: Option<usize>| {
        while parent[node] != node {
            parent[node] = parent[parent[node]];
            node = parent[node];
        }
        if let Some(onto) = onto {
            parent[node] = onto;
        }
        node
    };
    let mut rings = 0;
    for (from, to) in edges {
        let onto = root(to, None);
        if root(from, None) == onto {
            rings += 1;
        } else {
            root(from, Some(onto));
        }
    }
    if rings > 3 {
        found.graph(&format!("Data preparation branches and meets again in {rings} ways"));
    }
}

fn dead_path(g: &Graph<'_>, found: &mut Found<'_, '_>) {
    const KEPT: Kinds = SERVING.or(kinds(&["model_registry", "federated_coordinator", "vector_index"]));
    let kept = g.leads_to(KEPT, MODEL.or(artifacts(&["embeddings"])), Kinds::NONE);
    found.nodes_where(g.of(TRAINING), |training| {
        !kept[training] && !g.says(training, "status", "experimental")
    });
}

fn hotspot(g: &Graph<'_>, found: &mut Found<'_, '_>) {
    let data = Condensed::new(g, DATA);
    let count = |counted: Kinds, direction: Direction| {
        let mut counts = vec![0_u32; g.len()];
        for block in Blocks::of(g, counted).iter() {
            let bits = data.gather(direction, 0, |node| block.bit(node), |a, b| a | b);
            for (count, bits) in counts.iter_mut().zip(bits) {
                *count += bits.count_ones();
            }
        }
        counts
    };
    let (sources, trainings) = (count(SOURCES, Direction::Down), count(TRAINING, Direction::Up));
    for training in g.of(TRAINING).filter(|training| sources[*training] > 8) {
        let sentence = format!("“{}” depends on {} sources", found.label(training), sources[training]);
        found.node_with(training, &sentence);
    }
    for node in g.of(kinds(&["feature_store", "transformation"])).filter(|node| trainings[*node] >= 3) {
        let sentence = format!("A change in “{}” reaches {} trainings", found.label(node), trainings[node]);
        found.node_with(node, &sentence);
    }
}

fn sprawl(g: &Graph<'_>, found: &mut Found<'_, '_>) {
    for (kind, enough, name) in [
        (kinds(&["feature_store"]), 1, "feature stores"),
        (kinds(&["model_registry"]), 1, "model registries"),
        (kinds(&["orchestrator"]), 2, "orchestrators"),
    ] {
        let all: Vec<usize> = g.of(kind).collect();
        if all.len() > enough {
            found.nodes(&all, &format!("{} {name}", all.len()));
        }
    }
}
