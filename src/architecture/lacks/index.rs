//! Drawings by the kinds of their boxes and flows, gathered once: what is lacked is asked of these many times.

use std::collections::{BTreeMap, BTreeSet};

use super::{FlowKind, flow_kind, is_allowed};
use crate::architecture::edit::Edit;
use crate::architecture::kinds;
use crate::architecture::model::{Architecture, Flow, Node, NodeId};

/// What one's own drawing has; it may grow.
#[derive(Default)]
pub(super) struct Own {
    /// The boxes of each kind; those without a kind are of none.
    pub nodes: BTreeMap<String, BTreeSet<NodeId>>,
    /// The kinds of its flows.
    pub flows: BTreeSet<FlowKind>,
    kind_of: BTreeMap<NodeId, String>,
    /// Different boxes that a flow joins, either way round, by their kinds.
    joined: BTreeMap<(String, String), BTreeSet<(NodeId, NodeId)>>,
    /// Flows with an end that does not exist, by that end: a box of that name would make them count.
    loose: BTreeMap<NodeId, Vec<Flow>>,
}

impl Own {
    pub fn of(drawing: &Architecture) -> Self {
        let mut own = Self::default();
        for node in drawing.nodes.values() {
            own.know(node);
        }
        for flow in &drawing.flows {
            own.join(flow);
        }
        own
    }

    /// The pairs of boxes of these kinds that have to do with each other.
    pub fn joined(&self, from: &str, to: &str) -> Option<&BTreeSet<(NodeId, NodeId)>> {
        self.joined.get(&(from.to_owned(), to.to_owned()))
    }

    /// Takes up the boxes and flows that an edit has added to the drawing.
    pub fn grow(&mut self, edit: &Edit) {
        match edit {
            Edit::AddNode(node, _) => {
                self.know(node);
                for flow in self.loose.remove(&node.id).unwrap_or_default() {
                    self.join(&flow);
                }
            }
            Edit::AddFlow(flow) => self.join(flow),
            Edit::Batch(edits) => edits.iter().for_each(|edit| self.grow(edit)),
            _ => {}
        }
    }

    fn know(&mut self, node: &Node) {
        if !node.kind.is_empty() {
            self.nodes.entry(node.kind.clone()).or_default().insert(node.id.clone());
        }
        self.kind_of.insert(node.id.clone(), node.kind.clone());
    }

    fn join(&mut self, flow: &Flow) {
        let (from, to) = match (self.kind_of.get(&flow.from), self.kind_of.get(&flow.to)) {
            (Some(from), Some(to)) => (from.clone(), to.clone()),
            (known, _) => {
                let end = if known.is_none() { &flow.from } else { &flow.to };
                self.loose.entry(end.clone()).or_default().push(flow.clone());
                return;
            }
        };
        if from.is_empty() || to.is_empty() {
            return;
        }
        if flow.from != flow.to {
            let (a, b) = (flow.from.clone(), flow.to.clone());
            self.joined.entry((to.clone(), from.clone())).or_default().insert((b.clone(), a.clone()));
            self.joined.entry((from.clone(), to.clone())).or_default().insert((a, b));
        }
        self.flows.insert(FlowKind { from, artifact: flow.artifact.clone(), to });
    }
}

/// A reference design.
pub(super) struct Design<'a> {
    pub drawing: &'a Architecture,
    /// Its kinds of boxes, in the order of the vocabulary; those that it does not know come last, by name.
    pub kinds: Vec<&'a str>,
    /// The kinds of its flows.
    pub flows: BTreeSet<FlowKind>,
    nodes: BTreeMap<&'a str, Vec<&'a Node>>,
    degree: BTreeMap<&'a NodeId, usize>,
}

impl<'a> Design<'a> {
    pub fn of(drawing: &'a Architecture) -> Self {
        let mut nodes: BTreeMap<&str, Vec<&Node>> = BTreeMap::new();
        for node in drawing.nodes.values().filter(|node| !node.kind.is_empty()) {
            nodes.entry(&node.kind).or_default().push(node);
        }
        let mut degree: BTreeMap<&NodeId, usize> = BTreeMap::new();
        for flow in &drawing.flows {
            *degree.entry(&flow.from).or_default() += 1;
            if flow.from != flow.to {
                *degree.entry(&flow.to).or_default() += 1;
            }
        }
        let mut kinds: Vec<&str> = nodes.keys().copied().collect();
        let place = |id: &str| kinds::kinds().iter().position(|kind| kind.id == id).unwrap_or(usize::MAX);
        kinds.sort_by_cached_key(|id| (place(id), *id));
        let flows = drawing.flows.iter().filter_map(|flow| flow_kind(drawing, flow)).collect();
        Self { drawing, kinds, flows, nodes, degree }
    }

    /// The box that stands for a kind: the one with the most flows, of these the first.
    pub fn pattern(&self, kind: &str) -> Option<&'a Node> {
        let degree = |node: &Node| self.degree.get(&node.id).copied().unwrap_or(0);
        let nodes = self.nodes.get(kind)?.iter().copied();
        nodes.min_by_key(|node| (std::cmp::Reverse(degree(node)), &node.id))
    }

    /// The last box of a kind.
    pub fn last(&self, kind: &str) -> Option<&'a Node> {
        self.nodes.get(kind)?.last().copied()
    }

    /// The flows that the vocabulary allows between each kind and others.
    pub fn wanted(&self) -> BTreeMap<&str, Vec<&FlowKind>> {
        let mut wanted: BTreeMap<&str, Vec<&FlowKind>> = BTreeMap::new();
        for flow in self.flows.iter().filter(|flow| flow.from != flow.to && is_allowed(flow)) {
            wanted.entry(&flow.from).or_default().push(flow);
            wanted.entry(&flow.to).or_default().push(flow);
        }
        wanted
    }
}
