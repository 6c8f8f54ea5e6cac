//! What a change does: changing anything changes everything, counted.
//!
//! Influence goes along every flow but observations, mere starts and permissions. What leaves a consumer, a feedback
//! collector, a notebook or monitoring has passed through people or the outside world: the *direct* effect ends there,
//! the *full* effect goes on.
//!
//! Three things can change. With *a node*, the node is ring 0 and the walk starts there, whatever it is. With *a tool*
//! that is replaced, all nodes that name it change at once: together they are ring 0, and each is passed as a single
//! changed node is. With *an artifact*, the flows that carry it change: there is no ring 0, and every node that accepts
//! one of them is ring 1; where the artifact is an observation, a start or a permission, these are told or started only.
//! A set of starting nodes with one member gives what that node gives.

mod change;
mod riskiest;
mod steps;
mod walk;

use std::collections::BTreeMap;

use serde::Serialize;

use super::graph::{Artifacts, Condensed, Graph, Kinds, Marks, artifacts, kinds};
use super::lint::checks::{CONSUMER, INFLUENCE, PREDICTIONS, SERVING, TRAINING, undeclared};
use super::model::{Architecture, NodeId};
pub use change::{Change, Counted, artifacts_in, tools_in};
pub use riskiest::riskiest;
pub use steps::Steps;
use walk::Start;

/// What a change does. All lists are sorted.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Impact {
    /// How many other nodes change before the world reacts.
    pub direct: usize,
    /// How many other nodes change once feedback has closed the loops.
    pub full: usize,
    /// `full` as a share of all nodes that are not changed themselves, 0 to 1 in steps of 0.01.
    pub cace: f64,
    /// The directly affected nodes by their distance in flows, from 1.
    pub rings: BTreeMap<usize, Vec<NodeId>>,
    /// Directly affected trainings.
    pub retrain: Vec<NodeId>,
    /// Directly affected evaluations.
    pub revalidate: Vec<NodeId>,
    /// Directly affected serving.
    pub redeploy: Vec<NodeId>,
    /// Directly affected consumers.
    pub consumers: Vec<NodeId>,
    /// Consumers that the change reaches without passing data validation, evaluation, governance, a router or
    /// guardrails.
    pub unguarded_consumers: Vec<NodeId>,
    /// Whether the change comes back to where it began: a changed node, or a changed flow, lies on a loop.
    pub in_loop: bool,
    /// Nodes that change only because feedback closes a loop.
    pub via_feedback: Vec<NodeId>,
    /// Nodes that are told or started, and do not change.
    pub notified: Vec<NodeId>,
    /// Serving, changed nodes included, of which not all consumers are drawn (rule DEB04): what the change does beyond
    /// them is not known.
    pub undeclared: Vec<NodeId>,
    /// Nodes that change themselves: ring 0. None where an artifact changes.
    pub changed: Vec<NodeId>,
}

const SOFT: Kinds = kinds(&["consumer", "feedback_collector", "experiment", "monitoring"]);
/// Kinds that hold a change up.
pub const GATE_KINDS: [&str; 5] =
    ["data_validation", "evaluation", "traffic_control", "guardrails", "governance"];
const GATES: Kinds = kinds(&GATE_KINDS);
const WEAK: Artifacts =
    artifacts(&["trigger", "approval", "pipeline", "metadata", "alert", "metrics", "telemetry"]);

/// What a change of `node` does; nothing when there is no such node.
pub fn impact(drawing: &Architecture, node: &NodeId) -> Option<Impact> {
    impact_of(drawing, &Change::Node(node.clone()))
}

/// What a change does; nothing when the drawing has no such node, artifact or tool.
pub fn impact_of(drawing: &Architecture, change: &Change) -> Option<Impact> {
    let g = Graph::new(drawing);
    let start = Start::of(&g, change)?;
    let direct = start.rings(&g, SOFT, Kinds::NONE);
    let full = start.rings(&g, Kinds::NONE, Kinds::NONE);
    let unguarded = start.rings(&g, SOFT, GATES);
    let told = start.reach(&g, INFLUENCE.or(WEAK));
    let undeclared = undeclared(&g);

    let is_other = |node: usize| !start.nodes[node];
    let is_direct = |node: usize| is_other(node) && direct[node].is_some();
    let is_full = |node: usize| is_other(node) && full[node].is_some();
    let list = |holds: &dyn Fn(usize) -> bool| -> Vec<NodeId> {
        (0..g.len()).filter(|node| holds(*node)).map(|node| g.nodes[node].id.clone()).collect()
    };
    let directly = |kinds: Kinds| list(&|node| is_direct(node) && g.is(node, kinds));
    let mut by_distance: BTreeMap<usize, Vec<NodeId>> = BTreeMap::new();
    for node in (0..g.len()).filter(|node| is_direct(*node)) {
        by_distance.entry(direct[node].unwrap_or_default()).or_default().push(g.nodes[node].id.clone());
    }
    let count = |holds: &dyn Fn(usize) -> bool| (0..g.len()).filter(|node| holds(*node)).count();
    let affected = count(&is_full);
    // Answers that change are read wherever the serving that gives them is read.
    let gives: Marks = start.givers(&g, PREDICTIONS);
    Some(Impact {
        direct: count(&is_direct),
        full: affected,
        cace: share(affected, count(&is_other)),
        rings: by_distance,
        retrain: directly(TRAINING),
        revalidate: directly(kinds(&["evaluation"])),
        redeploy: directly(SERVING),
        consumers: directly(CONSUMER),
        unguarded_consumers: list(&|node| {
            is_other(node) && unguarded[node].is_some() && g.is(node, CONSUMER)
        }),
        in_loop: start.is_in_loop(&Condensed::new(&g, INFLUENCE)),
        via_feedback: list(&|node| is_full(node) && !is_direct(node)),
        notified: list(&|node| told[node] && is_other(node) && !is_full(node)),
        undeclared: list(&|node| undeclared[node] && (direct[node].is_some() || gives[node])),
        changed: list(&|node| start.nodes[node]),
    })
}

/// A share in steps of 0.01. The nearest step to the quotient as a double; halfway the even one.
fn share(part: usize, whole: usize) -> f64 {
    let quotient = part as f64 / whole.max(1) as f64;
    // Printing rounds the exact value of the double, which a product with 100 would not.
    format!("{quotient:.2}").parse().unwrap_or(quotient)
}

#[cfg(test)]
mod tests;
