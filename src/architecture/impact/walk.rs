//! Where a change begins in the graph, and how far it goes from there.

use std::collections::VecDeque;

use super::Change;
use crate::architecture::graph::{Artifacts, Condensed, Direction, Graph, Kinds, Link, Marks};
use crate::architecture::lint::checks::INFLUENCE;

/// Where a change begins: some nodes, or some flows.
pub(super) struct Start<'g> {
    /// Nodes that change themselves.
    pub nodes: Marks,
    /// Flows that change themselves.
    links: Vec<Link<'g>>,
}

impl<'g> Start<'g> {
    /// Where this change begins; nothing when the drawing has no such thing.
    pub fn of(g: &Graph<'g>, change: &Change) -> Option<Self> {
        let is_changed = |link: &&Link<'_>| matches!(change, Change::Artifact(word) if link.word == word);
        let start = Self {
            nodes: g.nodes.iter().map(|node| change.begins_at(node)).collect(),
            links: g.links.iter().filter(is_changed).copied().collect(),
        };
        (start.nodes.contains(&true) || !start.links.is_empty()).then_some(start)
    }

    /// The distance of every influenced node from where the change begins; 0 for nodes that change themselves. Goes on
    /// from these whatever they are, from nothing else that `stops`, and never into what is `closed`.
    pub fn rings(&self, g: &Graph<'_>, stops: Kinds, closed: Kinds) -> Vec<Option<usize>> {
        let goes = |node: usize, artifact: Artifacts| artifact.meets(INFLUENCE) && !g.is(node, closed);
        let changed = (0..g.len()).filter(|node| self.nodes[*node]).map(|node| (node, 0));
        let accepting =
            self.links.iter().filter(|link| goes(link.to, link.artifact)).map(|link| (link.to, 1));
        let mut waiting: VecDeque<(usize, usize)> = changed.chain(accepting).collect();
        let mut distance = vec![None; g.len()];
        while let Some((node, far)) = waiting.pop_front() {
            if distance[node].is_some() {
                continue;
            }
            distance[node] = Some(far);
            if self.nodes[node] || !g.is(node, stops) {
                let hops = g.hops(node, Direction::Down).iter();
                waiting
                    .extend(hops.filter(|hop| goes(hop.node, hop.artifact)).map(|hop| (hop.node, far + 1)));
            }
        }
        distance
    }

    /// What is reached over at least one flow of these artifacts, the changed flows included.
    pub fn reach(&self, g: &Graph<'_>, artifacts: Artifacts) -> Marks {
        let mut starts = self.nodes.clone();
        let accepting =
            || self.links.iter().filter(|link| link.artifact.meets(artifacts)).map(|link| link.to);
        accepting().for_each(|node| starts[node] = true);
        let mut reached = g.reach(&starts, artifacts);
        accepting().for_each(|node| reached[node] = true);
        reached
    }

    /// The nodes that give a changed flow of these artifacts away.
    pub fn givers(&self, g: &Graph<'_>, artifacts: Artifacts) -> Marks {
        let mut givers = vec![false; g.len()];
        for link in self.links.iter().filter(|link| link.artifact.meets(artifacts)) {
            givers[link.from] = true;
        }
        givers
    }

    /// Whether a changed node or a changed flow lies on one of these loops.
    pub fn is_in_loop(&self, loops: &Condensed<'_, '_>) -> bool {
        loops.loops().iter().any(|members| {
            let holds = |node: usize| members.binary_search(&node).is_ok();
            let is_on =
                |link: &Link<'_>| link.artifact.meets(INFLUENCE) && holds(link.from) && holds(link.to);
            members.iter().any(|node| self.nodes[*node]) || self.links.iter().any(is_on)
        })
    }
}
