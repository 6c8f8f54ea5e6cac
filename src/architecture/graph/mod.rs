//! A drawing as the dense graph on which rules and change impact walk.
//!
//! Nodes are numbers from 0 in the order of their ids; only flows with both ends are in it. All walks are linear in
//! nodes and flows and none recurses, so a drawing of any size or depth can be judged.

mod blocks;
mod condense;
mod sets;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use serde_json::Value;

pub(super) use blocks::Blocks;
pub(super) use condense::Condensed;
pub(super) use sets::{Artifacts, Kinds, artifacts, kinds};

use super::model::{Architecture, Node, NodeId};

/// Nodes as marks by number.
pub(super) type Marks = Vec<bool>;

/// Which way flows are followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    /// As they flow.
    Down,
    /// Against it.
    Up,
}

/// One flow seen from one of its ends.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hop {
    /// The node at the other end.
    pub node: usize,
    /// What flows.
    pub artifact: Artifacts,
}

/// A flow with both ends.
#[derive(Clone, Copy, Debug)]
pub(super) struct Link<'a> {
    /// The node that emits.
    pub from: usize,
    /// The node that accepts.
    pub to: usize,
    /// What flows.
    pub artifact: Artifacts,
    /// The word for it, also where this version does not know it.
    pub word: &'a str,
}

/// For each node the flows on one side of it, one after another.
struct Side {
    /// Where the hops of each node begin; one more at the end.
    starts: Vec<usize>,
    hops: Vec<Hop>,
}

impl Side {
    fn new(nodes: usize, links: &[Link<'_>], ends: impl Fn(&Link<'_>) -> (usize, usize)) -> Self {
        let mut starts = vec![0; nodes + 1];
        for link in links {
            starts[ends(link).0 + 1] += 1;
        }
        for node in 0..nodes {
            starts[node + 1] += starts[node];
        }
        let mut free = starts.clone();
        let mut hops = vec![Hop { node: 0, artifact: Artifacts::ANY }; links.len()];
        for link in links {
            let (here, there) = ends(link);
            hops[free[here]] = Hop { node: there, artifact: link.artifact };
            free[here] += 1;
        }
        Self { starts, hops }
    }

    fn of(&self, node: usize) -> &[Hop] {
        &self.hops[self.starts[node]..self.starts[node + 1]]
    }
}

/// A drawing's nodes and whole flows by number.
pub(super) struct Graph<'a> {
    /// The nodes in the order of their ids.
    pub nodes: Vec<&'a Node>,
    /// The kind of each node.
    pub kinds: Vec<Kinds>,
    /// The flows with both ends, in the order of the drawing.
    pub links: Vec<Link<'a>>,
    /// The drawing's field.
    pub domain: &'a str,
    down: Side,
    up: Side,
}

impl<'a> Graph<'a> {
    /// The graph of a drawing.
    pub fn new(drawing: &'a Architecture) -> Self {
        let nodes: Vec<&Node> = drawing.nodes.values().collect();
        let numbers: HashMap<&NodeId, usize> = drawing.nodes.keys().zip(0..).collect();
        let links: Vec<Link<'_>> = drawing
            .flows
            .iter()
            .filter_map(|flow| {
                Some(Link {
                    from: *numbers.get(&flow.from)?,
                    to: *numbers.get(&flow.to)?,
                    artifact: Artifacts::named(&flow.artifact),
                    word: &flow.artifact,
                })
            })
            .collect();
        Self {
            kinds: nodes.iter().map(|node| Kinds::named(&node.kind)).collect(),
            down: Side::new(nodes.len(), &links, |link| (link.from, link.to)),
            up: Side::new(nodes.len(), &links, |link| (link.to, link.from)),
            domain: &drawing.domain,
            nodes,
            links,
        }
    }

    /// How many nodes there are.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// The number of the node with this id.
    pub fn number(&self, id: &NodeId) -> Option<usize> {
        self.nodes.binary_search_by(|node| node.id.cmp(id)).ok()
    }

    /// Whether a node is of one of these kinds.
    pub fn is(&self, node: usize, kinds: Kinds) -> bool {
        self.kinds[node].meets(kinds)
    }

    /// The nodes of these kinds, in order.
    pub fn of(&self, kinds: Kinds) -> impl Iterator<Item = usize> {
        (0..self.len()).filter(move |node| self.is(*node, kinds))
    }

    /// Whether there is a node of one of these kinds.
    pub fn has(&self, kinds: Kinds) -> bool {
        self.kinds.iter().any(|kind| kind.meets(kinds))
    }

    /// The nodes of these kinds, as marks.
    pub fn marked(&self, kinds: Kinds) -> Marks {
        self.kinds.iter().map(|kind| kind.meets(kinds)).collect()
    }

    /// The flows that leave a node or arrive at it.
    pub fn hops(&self, node: usize, direction: Direction) -> &[Hop] {
        match direction {
            Direction::Down => self.down.of(node),
            Direction::Up => self.up.of(node),
        }
    }

    /// Whether one of these artifacts goes from a node to one of these kinds.
    pub fn sends(&self, node: usize, artifacts: Artifacts, to: Kinds) -> bool {
        self.touches(node, Direction::Down, artifacts, to)
    }

    /// Whether one of these artifacts comes to a node from one of these kinds.
    pub fn gets(&self, node: usize, artifacts: Artifacts, from: Kinds) -> bool {
        self.touches(node, Direction::Up, artifacts, from)
    }

    fn touches(&self, node: usize, direction: Direction, artifacts: Artifacts, other: Kinds) -> bool {
        self.hops(node, direction).iter().any(|hop| hop.artifact.meets(artifacts) && self.is(hop.node, other))
    }

    /// A property that is set to something: not to false, null, zero or nothing.
    pub fn set(&self, node: usize, property: &str) -> bool {
        match self.nodes[node].props.get(property) {
            None | Some(Value::Null) => false,
            Some(Value::Bool(value)) => *value,
            Some(Value::Number(number)) => number.as_f64() != Some(0.0),
            Some(Value::String(text)) => !text.is_empty(),
            Some(Value::Array(items)) => !items.is_empty(),
            Some(Value::Object(map)) => !map.is_empty(),
        }
    }

    /// Whether a property is this word.
    pub fn says(&self, node: usize, property: &str, word: &str) -> bool {
        self.nodes[node].props.get(property).and_then(Value::as_str) == Some(word)
    }

    /// What can be reached from any of `starts` over at least one flow of these artifacts.
    pub fn reach(&self, starts: &Marks, artifacts: Artifacts) -> Marks {
        self.flood(starts, artifacts, Direction::Down, |_| false)
    }

    /// From where any of `targets` is reached over at least one flow of these artifacts, when no node after the first
    /// one may be of the kinds to `avoid`.
    pub fn leads_to(&self, targets: Kinds, artifacts: Artifacts, avoid: Kinds) -> Marks {
        self.leads_to_around(targets, artifacts, |node| self.is(node, avoid))
    }

    /// The same, when no node after the first one may be one of `avoid`.
    pub fn leads_to_around(
        &self,
        targets: Kinds,
        artifacts: Artifacts,
        avoid: impl Fn(usize) -> bool,
    ) -> Marks {
        let targets: Marks = (0..self.len()).map(|node| self.is(node, targets) && !avoid(node)).collect();
        self.flood(&targets, artifacts, Direction::Up, avoid)
    }

    /// Marks what is found from `starts`; what is `closed` is marked and not gone through.
    fn flood(
        &self,
        starts: &Marks,
        artifacts: Artifacts,
        direction: Direction,
        closed: impl Fn(usize) -> bool,
    ) -> Marks {
        let mut found = vec![false; self.len()];
        let mut waiting: Vec<usize> = (0..self.len()).filter(|node| starts[*node]).collect();
        while let Some(node) = waiting.pop() {
            for hop in self.hops(node, direction).iter().filter(|hop| hop.artifact.meets(artifacts)) {
                if !std::mem::replace(&mut found[hop.node], true) && !closed(hop.node) {
                    waiting.push(hop.node);
                }
            }
        }
        found
    }
}
