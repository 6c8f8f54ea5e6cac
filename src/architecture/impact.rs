//! What changes when one box changes: changing anything changes everything, counted.
//!
//! Influence goes along every flow but observations, mere starts and permissions. What leaves a consumer, a feedback
//! collector, a notebook or monitoring has passed through people or the outside world: the *direct* effect ends there,
//! the *full* effect goes on.

use std::collections::{BTreeMap, VecDeque};

use serde::Serialize;

use super::graph::{Artifacts, Condensed, Direction, Graph, Kinds, artifacts, kinds};
use super::lint::checks::{CONSUMER, INFLUENCE, SERVING, TRAINING, undeclared};
use super::model::{Architecture, NodeId};

/// What a change of one node does. All lists are sorted.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Impact {
    /// How many other nodes change before the world reacts.
    pub direct: usize,
    /// How many other nodes change once feedback has closed the loops.
    pub full: usize,
    /// `full` as a share of all other nodes, 0 to 1 in steps of 0.01.
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
    /// Whether the change comes back to the node.
    pub in_loop: bool,
    /// Nodes that change only because feedback closes a loop.
    pub via_feedback: Vec<NodeId>,
    /// Nodes that are told or started, and do not change.
    pub notified: Vec<NodeId>,
    /// Serving, the changed node itself included, of which not all consumers are drawn (rule DEB04): what the change
    /// does beyond them is not known.
    #[serde(skip)]
    pub undeclared: Vec<NodeId>,
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
    let g = Graph::new(drawing);
    let changed = g.number(node)?;
    let direct = rings(&g, changed, SOFT, Kinds::NONE);
    let full = rings(&g, changed, Kinds::NONE, Kinds::NONE);
    let unguarded = rings(&g, changed, SOFT, GATES);
    let start = (0..g.len()).map(|node| node == changed).collect();
    let told = g.reach(&start, INFLUENCE.or(WEAK));

    let undeclared = undeclared(&g);

    let is_direct = |node: usize| node != changed && direct[node].is_some();
    let is_full = |node: usize| node != changed && full[node].is_some();
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
    Some(Impact {
        direct: count(&is_direct),
        full: affected,
        cace: share(affected, g.len() - 1),
        rings: by_distance,
        retrain: directly(TRAINING),
        revalidate: directly(kinds(&["evaluation"])),
        redeploy: directly(SERVING),
        consumers: directly(CONSUMER),
        unguarded_consumers: list(&|node| {
            node != changed && unguarded[node].is_some() && g.is(node, CONSUMER)
        }),
        in_loop: Condensed::new(&g, INFLUENCE).loops().iter().any(|members| members.contains(&changed)),
        via_feedback: list(&|node| is_full(node) && !is_direct(node)),
        notified: list(&|node| told[node] && node != changed && !is_full(node)),
        undeclared: list(&|node| undeclared[node] && direct[node].is_some()),
    })
}

/// The distance of every influenced node from `start`, whose own is 0. Goes on from `start` whatever it is, from
/// nothing else that `stops`, and never into what is `closed`.
fn rings(g: &Graph<'_>, start: usize, stops: Kinds, closed: Kinds) -> Vec<Option<usize>> {
    let mut distance = vec![None; g.len()];
    distance[start] = Some(0);
    let mut waiting = VecDeque::from([(start, 0)]);
    while let Some((node, far)) = waiting.pop_front() {
        if node != start && g.is(node, stops) {
            continue;
        }
        for hop in g.hops(node, Direction::Down) {
            if hop.artifact.meets(INFLUENCE) && distance[hop.node].is_none() && !g.is(hop.node, closed) {
                distance[hop.node] = Some(far + 1);
                waiting.push_back((hop.node, far + 1));
            }
        }
    }
    distance
}

/// A share in steps of 0.01. The nearest step to the quotient as a double; halfway the even one.
fn share(part: usize, whole: usize) -> f64 {
    let quotient = part as f64 / whole.max(1) as f64;
    // Printing rounds the exact value of the double, which a product with 100 would not.
    format!("{quotient:.2}").parse().unwrap_or(quotient)
}

#[cfg(test)]
mod tests {
    use super::share;

    #[test]
    fn shares_are_rounded_as_they_are_read() {
        // 1/8 and 3/8 lie exactly halfway; the doubles of 1/200 and 29/200 lie just above and just below halfway.
        let cases = [(1, 8, 0.12), (3, 8, 0.38), (1, 200, 0.01), (29, 200, 0.14), (2, 3, 0.67), (0, 0, 0.0)];
        for (part, whole, expected) in cases {
            assert_eq!(share(part, whole), expected, "{part}/{whole}");
        }
    }
}
