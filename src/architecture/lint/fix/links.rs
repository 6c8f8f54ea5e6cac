//! Connections that are missing: to what is there already, or to something new.

use super::Fix;
use super::draft::{Draft, Scene, accepts, emits};
use crate::architecture::graph::Kinds;
use crate::architecture::kinds as vocabulary;

/// Connects a node to the nearest of these kinds by the first of the artifacts that both allow.
pub(super) fn to_nearest(scene: &Scene<'_>, from: usize, kinds: Kinds, artifacts: &[&str]) -> Vec<Fix> {
    let nearest = scene.nearest(from, kinds);
    nearest.into_iter().filter_map(|to| connection(scene, from, to, artifacts)).collect()
}

/// Connects the nearest of these kinds to a node by the first of the artifacts that both allow.
pub(super) fn from_nearest(scene: &Scene<'_>, to: usize, kinds: Kinds, artifacts: &[&str]) -> Vec<Fix> {
    let nearest = scene.nearest(to, kinds);
    nearest.into_iter().filter_map(|from| connection(scene, from, to, artifacts)).collect()
}

/// One connection, unless the ends do not allow it.
pub(super) fn connection(scene: &Scene<'_>, from: usize, to: usize, artifacts: &[&str]) -> Option<Fix> {
    let artifact = *scene.allowed(from, to, artifacts).first()?;
    let mut draft = Draft::new(scene.drawing);
    draft.flow(scene.id(from), scene.id(to), artifact);
    Some(draft.done(format!("Connect “{}” to “{}” with {artifact}", scene.title(from), scene.title(to))))
}

/// A new node of `kind` for a node: who feeds it, and whom it feeds, each with what flows. A flow that an end does not
/// allow is left out.
pub(super) fn new_node(
    scene: &Scene<'_>,
    kind: &str,
    it_is_for: usize,
    feeds_it: &[(usize, &str)],
    it_feeds: &[(usize, &str)],
) -> Option<Fix> {
    let own = vocabulary::kind(kind)?;
    let other = |node: usize| vocabulary::kind(&scene.graph.nodes[node].kind);
    let mut draft = Draft::new(scene.drawing);
    let id = draft.add(kind);
    for (node, artifact) in feeds_it {
        if accepts(own, artifact) && other(*node).is_some_and(|kind| emits(kind, artifact)) {
            draft.flow(scene.id(*node), &id, artifact);
        }
    }
    for (node, artifact) in it_feeds {
        if emits(own, artifact) && other(*node).is_some_and(|kind| accepts(kind, artifact)) {
            draft.flow(&id, scene.id(*node), artifact);
        }
    }
    Some(draft.done(format!("Add {} for “{}”", vocabulary::label(kind), scene.title(it_is_for))))
}
