//! What is seen of running models, and who acts on it.

use super::{Artifacts, CONSUMER, Check, Found, Graph, Kinds, SERVING, SOURCES, artifacts, kinds};
use crate::architecture::graph::Direction;

/// The checks of this group.
pub(super) const CHECKS: &[(&str, Check)] = &[
    ("MON01", unobserved),
    ("MON02", inputs_unseen),
    ("MON03", nobody_acts),
    ("MON04", no_ground_truth),
    ("MON05", silent_change),
];

const MONITORING: Kinds = kinds(&["monitoring"]);

fn unobserved(g: &Graph<'_>, found: &mut Found<'_, '_>) {
    found.nodes_where(g.of(SERVING), |serving| !g.sends(serving, Artifacts::ANY, MONITORING));
}

fn inputs_unseen(g: &Graph<'_>, found: &mut Found<'_, '_>) {
    const INPUTS: Artifacts = artifacts(&["features", "online_features", "events", "raw_data"]);
    if !g.of(MONITORING).any(|monitoring| g.gets(monitoring, INPUTS, Kinds::ANY)) {
        found.nodes_where(g.of(MONITORING), |_| true);
    }
}

fn nobody_acts(g: &Graph<'_>, found: &mut Found<'_, '_>) {
    const ACTS: Artifacts = artifacts(&["alert", "trigger"]);
    found.nodes_where(g.of(MONITORING), |monitoring| !g.sends(monitoring, ACTS, Kinds::ANY));
}

fn no_ground_truth(g: &Graph<'_>, found: &mut Found<'_, '_>) {
    const OUTCOMES: Artifacts = artifacts(&["feedback", "labels"]);
    let told = g.reach(&g.marked(CONSUMER.or(kinds(&["feedback_collector"]))), OUTCOMES);
    let mut judges = g.of(MONITORING.or(kinds(&["evaluation"])));
    if g.has(SERVING) && !judges.any(|judge| told[judge]) {
        found.graph("");
    }
}

fn silent_change(g: &Graph<'_>, found: &mut Found<'_, '_>) {
    const WATCHED: Kinds = MONITORING.or(kinds(&["data_validation"]));
    let near: Vec<bool> = (0..g.len()).map(|node| g.sends(node, Artifacts::ANY, WATCHED)).collect();
    found.nodes_where(g.of(SOURCES), |source| {
        g.set(source, "external")
            && !near[source]
            && !g.hops(source, Direction::Down).iter().any(|hop| near[hop.node])
    });
}
