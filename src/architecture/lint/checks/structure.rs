//! The drawing as a drawing: connections, types, order, and whether anything comes out of it.

use std::collections::BTreeMap;

use super::{CONSUMER, Check, DATA, Found, Graph, INFLUENCE, Kinds, SERVING, SOURCES, kinds};
use crate::architecture::graph::{Artifacts, Condensed, Direction, Link, artifacts};
use crate::architecture::kinds::{self as vocabulary, Kind};

/// The checks of this group.
pub(super) const CHECKS: &[(&str, Check)] = &[
    ("STR01", disconnected),
    ("STR02", type_mismatch),
    ("STR03", backward_flow),
    ("STR04", no_value_path),
    ("STR05", processing_cycle),
    ("STR06", no_tool),
];

/// Kinds that need no tool.
pub(super) const WITHOUT_TOOL: Kinds = kinds(&["consumer", "governance"]);

/// What may go to an earlier lane: what steers, observes or comes back.
const BACKWARD: Artifacts = artifacts(&[
    "feedback",
    "labels",
    "predictions",
    "events",
    "telemetry",
    "trigger",
    "alert",
    "metrics",
    "metadata",
    "config",
    "code",
    "approval",
    "package",
    "pipeline",
    "documents",
    "context",
]);

fn disconnected(g: &Graph<'_>, found: &mut Found<'_, '_>) {
    let lone = |node| [Direction::Down, Direction::Up].iter().all(|way| g.hops(node, *way).is_empty());
    found.nodes_where(0..g.len(), lone);
}

/// A flow from or to a kind that this version does not know is not judged.
fn type_mismatch(g: &Graph<'_>, found: &mut Found<'_, '_>) {
    let known: Vec<Option<&'static Kind>> = g.nodes.iter().map(|node| vocabulary::kind(&node.kind)).collect();
    for link in &g.links {
        let (Some(from), Some(to)) = (known[link.from], known[link.to]) else { continue };
        let emits = from.emits.iter().any(|artifact| artifact == link.word);
        let accepts = to.accepts.iter().any(|artifact| artifact == link.word);
        let detail = match (emits, accepts) {
            (true, true) => continue,
            (true, false) => format!("{} does not accept it", to.label),
            (false, true) => format!("{} does not emit it", from.label),
            (false, false) => format!("{} does not emit it, {} does not accept it", from.label, to.label),
        };
        found.flow_of(link.from, link.to, link.word, &detail);
    }
}

/// Whether what flows there may go to an earlier lane.
pub(in crate::architecture::lint) fn may_go_back(g: &Graph<'_>, link: &Link<'_>) -> bool {
    const MODEL: Artifacts = artifacts(&["model"]);
    const EMBEDDING: Kinds = kinds(&["embedding"]);
    let embeds = link.artifact.meets(MODEL) && g.is(link.to, EMBEDDING);
    embeds || link.artifact.meets(BACKWARD)
}

/// A flow between lanes of which this version does not know one is not judged. What goes back from one node to another
/// is told at once.
fn backward_flow(g: &Graph<'_>, found: &mut Found<'_, '_>) {
    let lanes = vocabulary::lanes();
    let lane: Vec<Option<usize>> =
        g.nodes.iter().map(|node| lanes.iter().position(|lane| lane.id == node.stage)).collect();
    let platform = lanes.iter().position(|lane| lane.id == "platform");
    let mut backward: BTreeMap<(usize, usize), Vec<&str>> = BTreeMap::new();
    for link in &g.links {
        let (Some(from), Some(to)) = (lane[link.from], lane[link.to]) else { continue };
        if to < from && Some(from) != platform && !may_go_back(g, link) {
            backward.entry((link.from, link.to)).or_default().push(link.word);
        }
    }
    for ((from, to), words) in backward {
        found.flow(from, to, &words.join(" and "));
    }
}

fn no_value_path(g: &Graph<'_>, found: &mut Found<'_, '_>) {
    let influenced = g.reach(&g.marked(SOURCES), INFLUENCE);
    if !g.of(CONSUMER).any(|consumer| influenced[consumer]) {
        found.graph("");
    }
}

fn processing_cycle(g: &Graph<'_>, found: &mut Found<'_, '_>) {
    const DECLARED: Kinds = SERVING.or(kinds(&[
        "labeling",
        "feedback_collector",
        "data_store",
        "federated_coordinator",
        "experiment",
        "consumer",
    ]));
    for members in Condensed::new(g, DATA).loops() {
        if !members.iter().any(|node| g.is(*node, DECLARED)) {
            found.nodes(&members, "");
        }
    }
}

fn no_tool(g: &Graph<'_>, found: &mut Found<'_, '_>) {
    found.nodes_where(0..g.len(), |node| g.nodes[node].tools.is_empty() && !g.is(node, WITHOUT_TOOL));
}
