//! Closes the gap between what sources reach and what leads to consumers.

use super::Fix;
use super::draft::{Draft, Scene, accepts, emits};
use super::links::connection;
use super::proposals::{MONITORING, ORCHESTRATOR, REPOSITORY};
use crate::architecture::graph::{Kinds, kinds};
use crate::architecture::kinds::{self as vocabulary, Kind};
use crate::architecture::lint::checks::{CONSUMER, INFLUENCE, SERVING, SOURCES, TRAINING};

/// What carries influence from one component to the next, the most worked on first.
const CARRIERS: [&str; 12] = [
    "predictions",
    "model",
    "package",
    "model_update",
    "context",
    "training_set",
    "online_features",
    "features",
    "embeddings",
    "documents",
    "events",
    "raw_data",
];

/// As many nodes on a side of the gap as are looked at.
const SIDE: usize = 64;

/// One connection over the gap, or one new component in it.
pub(super) fn bridges(scene: &Scene<'_>) -> Vec<Fix> {
    let g = &scene.graph;
    let reached = g.reach(&g.marked(SOURCES), INFLUENCE);
    let leading = g.leads_to(CONSUMER, INFLUENCE, Kinds::NONE);
    // A notebook is no part of the way.
    let is_part = |node: &usize| !g.is(*node, kinds(&["experiment"]));
    // The furthest of what is reached, the earliest of what leads on.
    let mut before: Vec<usize> =
        (0..g.len()).filter(|node| reached[*node] || g.is(*node, SOURCES)).filter(is_part).collect();
    let mut after: Vec<usize> =
        (0..g.len()).filter(|node| leading[*node] || g.is(*node, CONSUMER)).filter(is_part).collect();
    let lane = |stage: &str| vocabulary::lanes().iter().position(|lane| lane.id == stage).unwrap_or_default();
    let lane_of = |node: usize| lane(&g.nodes[node].stage);
    before.sort_by_key(|node| std::cmp::Reverse(lane_of(*node)));
    after.sort_by_key(|node| lane_of(*node));
    before.truncate(SIDE);
    after.truncate(SIDE);

    let mut direct: Vec<(usize, usize)> =
        before.iter().flat_map(|from| after.iter().map(|to| (*from, *to))).collect();
    // Data that only a gate judges by becomes no prediction.
    direct.retain(|(from, to)| g.is(*from, TRAINING) || !g.is(*to, kinds(&["evaluation"])));
    direct.sort_by_key(|(from, to)| lane_of(*from).abs_diff(lane_of(*to)));
    let mut fixes: Vec<Fix> =
        direct.into_iter().filter_map(|(from, to)| connection(scene, from, to, &CARRIERS)).take(8).collect();

    let mut middles: Vec<(usize, Fix)> = vocabulary::kinds()
        .iter()
        .filter_map(|kind| {
            let own = lane(&kind.stage);
            let near = |node: &&usize| lane_of(**node).abs_diff(own);
            let from =
                before.iter().filter(|node| carrier(scene, Some(**node), kind).is_some()).min_by_key(near);
            let to = after.iter().filter(|node| taken(scene, kind, **node).is_some()).min_by_key(near);
            let far = from.map_or(0, |node| near(&node)) + to.map_or(0, |node| near(&node));
            Some((far, between(scene, kind, from.copied(), to.copied())?))
        })
        .collect();
    middles.sort_by_key(|(far, _)| *far);
    fixes.extend(middles.into_iter().map(|(_, fix)| fix).take(8));
    fixes
}

/// What can come from a node into a new one of this kind.
fn carrier(scene: &Scene<'_>, from: Option<usize>, kind: &Kind) -> Option<&'static str> {
    let from = vocabulary::kind(&scene.graph.nodes[from?].kind)?;
    CARRIERS.into_iter().find(|artifact| emits(from, artifact) && accepts(kind, artifact))
}

/// What can go from a new node of this kind to another one.
fn taken(scene: &Scene<'_>, kind: &Kind, to: usize) -> Option<&'static str> {
    let to = vocabulary::kind(&scene.graph.nodes[to].kind)?;
    CARRIERS.into_iter().find(|artifact| emits(kind, artifact) && accepts(to, artifact))
}

/// A new component between two nodes, with the company without which it would be an error of its own. Without a node
/// before it only a source will do, without one after it only a consumer.
fn between(scene: &Scene<'_>, kind: &Kind, from: Option<usize>, to: Option<usize>) -> Option<Fix> {
    let own = Kinds::named(&kind.id);
    let stands = match (from, to) {
        (Some(_), Some(_)) => true,
        (None, Some(_)) => own.meets(SOURCES),
        (Some(_), None) => own.meets(CONSUMER),
        (None, None) => false,
    };
    if !stands {
        return None;
    }
    let mut draft = Draft::new(scene.drawing);
    let id = draft.add(&kind.id);
    if let (Some(node), Some(artifact)) = (from, carrier(scene, from, kind)) {
        draft.flow(scene.id(node), &id, artifact);
    }
    if let Some((node, artifact)) = to.and_then(|node| Some((node, taken(scene, kind, node)?))) {
        draft.flow(&id, scene.id(node), artifact);
    }
    let near = |kinds: Kinds| scene.nearest(from.or(to)?, kinds).first().map(|node| scene.id(*node));
    if own.meets(SERVING) {
        draft.flow(&id, near(MONITORING)?, "telemetry");
    }
    if own.meets(TRAINING) {
        draft.flow(near(REPOSITORY)?, &id, "code");
        if let Some(orchestrator) = near(ORCHESTRATOR) {
            draft.flow(orchestrator, &id, "trigger");
        }
    }
    let name = vocabulary::label(&kind.id);
    let title = |node: Option<usize>| node.map_or("", |node| scene.title(node));
    Some(draft.done(match (from, to) {
        (Some(_), Some(_)) => format!("Put {name} between “{}” and “{}”", title(from), title(to)),
        _ => format!("Add {name} for “{}”", title(from.or(to))),
    }))
}
