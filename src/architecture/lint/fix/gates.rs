//! Gates put on paths: validation, privacy, versions, evaluation, a registry, a router, guardrails.

use std::cmp::Reverse;

use super::Fix;
use super::draft::{Draft, Scene, accepts, emits};
use crate::architecture::graph::{Artifacts, Direction, Hop, Kinds};
use crate::architecture::kinds as vocabulary;
use crate::architecture::lint::checks::DATA;
use crate::architecture::model::NodeId;

/// Paths that need a gate.
pub(super) struct Paths {
    /// Where they begin.
    pub start: usize,
    /// What flows along them.
    pub artifacts: Artifacts,
    /// Where they end.
    pub targets: Kinds,
    /// Behind which kind they are in order.
    pub gate: &'static str,
    /// Whether the gate is to be the last one in its lane, or the first.
    pub late: bool,
}

/// How many flows of a path are tried as the one on which all paths meet.
const TRIED: usize = 200;

/// A set of connections, each from one node to another.
type Cut = Vec<(usize, usize)>;

/// Puts a gate where all paths meet, else behind their start, else before their ends: one that is there already, or a
/// new one.
pub(super) fn gates(scene: &Scene<'_>, paths: &Paths) -> Vec<Fix> {
    let Some(kind) = vocabulary::kind(paths.gate) else { return Vec::new() };
    let steps = steps(scene, paths, None);
    let lanes =
        |stage: &str| vocabulary::lanes().iter().position(|lane| lane.id == stage).unwrap_or_default();
    let far = |node: usize| lanes(&scene.graph.nodes[node].stage).abs_diff(lanes(&kind.stage));
    let mut meeting: Cut = steps
        .iter()
        .copied()
        .take(TRIED)
        .filter(|step| self::steps(scene, paths, Some(*step)).is_empty())
        .collect();
    meeting.sort_by_key(|(from, to)| {
        let (inside, outside) = if paths.late { (*from, *to) } else { (*to, *from) };
        (far(inside), Reverse(far(outside)))
    });
    meeting.truncate(2);
    let mut cuts: Vec<Cut> = meeting.into_iter().map(|step| vec![step]).collect();
    cuts.push(steps.iter().copied().filter(|(from, _)| *from == paths.start).collect());
    cuts.push(steps.iter().copied().filter(|(_, to)| scene.graph.is(*to, paths.targets)).collect());

    // A gate that is there belongs here when it has no such paths yet, or is on one of these; not when it guards others.
    let on_path = |node: usize| steps.iter().any(|(from, to)| *from == node || *to == node);
    let belongs = |gate: &usize| {
        let ways = [Direction::Down, Direction::Up];
        let mut hops = ways.iter().flat_map(|way| scene.graph.hops(*gate, *way));
        let guards = |hop: &&Hop| hop.artifact.meets(paths.artifacts);
        hops.clone().all(|hop| !guards(&hop)) || hops.any(|hop| guards(&hop) && on_path(hop.node))
    };
    let mut there = scene.nearest(paths.start, Kinds::named(paths.gate));
    there.retain(belongs);
    let mut fixes = Vec::new();
    for gate in there.into_iter().take(2).map(Some).chain([None]) {
        for cut in &cuts {
            let flows: Vec<(usize, usize, &str)> = cut
                .iter()
                .flat_map(|(from, to)| {
                    let words = scene.words(*from, *to, paths.artifacts);
                    words.into_iter().map(|word| (*from, *to, word))
                })
                .collect();
            let fits = |word: &str| accepts(kind, word) && emits(kind, word);
            if !flows.is_empty() && flows.iter().all(|(_, _, word)| fits(word)) {
                fixes.push(through(scene, paths, gate, &flows));
            }
        }
    }
    fixes
}

/// The connections that are on any path from the start to a target and pass no gate; without the one that is `cut`.
fn steps(scene: &Scene<'_>, paths: &Paths, cut: Option<(usize, usize)>) -> Cut {
    let g = &scene.graph;
    let gate = Kinds::named(paths.gate);
    let walk = |starts: Vec<usize>, direction: Direction| {
        let mut seen = vec![false; g.len()];
        for &start in &starts {
            seen[start] = true;
        }
        let mut waiting = starts;
        while let Some(node) = waiting.pop() {
            for hop in g.hops(node, direction) {
                let step = match direction {
                    Direction::Down => (node, hop.node),
                    Direction::Up => (hop.node, node),
                };
                let open = hop.artifact.meets(paths.artifacts) && Some(step) != cut && !g.is(hop.node, gate);
                if open && !std::mem::replace(&mut seen[hop.node], true) {
                    waiting.push(hop.node);
                }
            }
        }
        seen
    };
    let reached = walk(vec![paths.start], Direction::Down);
    let leading = walk(g.of(paths.targets).collect(), Direction::Up);
    let mut steps: Cut = g
        .links
        .iter()
        .filter(|link| link.artifact.meets(paths.artifacts))
        .filter(|link| reached[link.from] && reached[link.to] && leading[link.to])
        .map(|link| (link.from, link.to))
        .filter(|step| Some(*step) != cut)
        .collect();
    steps.dedup();
    steps
}

/// Leads flows through a gate.
fn through(scene: &Scene<'_>, paths: &Paths, gate: Option<usize>, flows: &[(usize, usize, &str)]) -> Fix {
    let mut draft = Draft::new(scene.drawing);
    let id = if let Some(node) = gate {
        scene.id(node).clone()
    } else {
        let id = draft.add(paths.gate);
        if paths.gate == "evaluation" {
            judged_by(scene, paths.start, &mut draft, &id);
        }
        if paths.gate == "traffic_control" {
            draft.prop(&id, "holdout", true.into());
        }
        id
    };
    for (from, to, artifact) in flows {
        let (from, to) = (scene.id(*from), scene.id(*to));
        draft.remove_flow(from, to, artifact);
        draft.flow(from, &id, artifact);
        draft.flow(&id, to, artifact);
    }
    let name = vocabulary::label(paths.gate);
    let all_from = |node| flows.iter().all(|(from, _, _)| *from == node);
    let all_to = |node| flows.iter().all(|(_, to, _)| *to == node);
    let &(from, to, _) = flows.first().unwrap_or(&(paths.start, paths.start, ""));
    let (before, after) = (scene.title(from), scene.title(to));
    let label = match (gate, all_from(from), all_to(to)) {
        (Some(gate), true, true) => format!("Lead it through “{}” before “{after}”", scene.title(gate)),
        (Some(gate), true, false) => format!("Lead all of “{before}” through “{}”", scene.title(gate)),
        (Some(gate), false, _) => format!("Lead all ways through “{}”", scene.title(gate)),
        (None, true, true) => format!("Put {name} between “{before}” and “{after}”"),
        (None, true, false) => format!("Put {name} behind “{before}”"),
        (None, false, true) => format!("Put {name} before “{after}”"),
        (None, false, false) => format!("Put {name} on all ways"),
    };
    draft.done(label)
}

/// Gives an evaluation the data that a training learns from.
fn judged_by(scene: &Scene<'_>, training: usize, draft: &mut Draft<'_>, evaluation: &NodeId) {
    let Some(kind) = vocabulary::kind("evaluation") else { return };
    let data = scene
        .graph
        .links
        .iter()
        .find(|link| link.to == training && link.artifact.meets(DATA) && accepts(kind, link.word));
    if let Some(link) = data {
        draft.flow(scene.id(link.from), evaluation, link.word);
    }
}
