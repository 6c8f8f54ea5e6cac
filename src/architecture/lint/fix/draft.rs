//! A fix while it is written, and what proposals ask the drawing for.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use serde_json::Value;

use super::Fix;
use crate::architecture::edit::Edit;
use crate::architecture::graph::{Artifacts, Condensed, Direction, Graph, Kinds};
use crate::architecture::kinds::{self as vocabulary, Kind};
use crate::architecture::model::{Architecture, Flow, FlowKey, Node, NodeId};

/// A drawing and its graph.
pub(super) struct Scene<'a> {
    pub drawing: &'a Architecture,
    pub graph: Graph<'a>,
}

impl<'a> Scene<'a> {
    pub fn new(drawing: &'a Architecture) -> Self {
        Self { drawing, graph: Graph::new(drawing) }
    }

    pub fn id(&self, node: usize) -> &'a NodeId {
        &self.graph.nodes[node].id
    }

    /// A node's name in a label.
    pub fn title(&self, node: usize) -> &'a str {
        self.graph.nodes[node].title()
    }

    /// The nodes of these kinds, those that are the fewest flows away from `node` first (whichever way they go),
    /// without itself; at most three.
    pub fn nearest(&self, node: usize, kinds: Kinds) -> Vec<usize> {
        let mut seen = vec![false; self.graph.len()];
        seen[node] = true;
        let mut waiting = VecDeque::from([node]);
        let mut near = Vec::new();
        while let Some(at) = waiting.pop_front() {
            if at != node && self.graph.is(at, kinds) {
                near.push(at);
            }
            for hop in [Direction::Down, Direction::Up].iter().flat_map(|way| self.graph.hops(at, *way)) {
                if !std::mem::replace(&mut seen[hop.node], true) {
                    waiting.push_back(hop.node);
                }
            }
        }
        near.extend(self.graph.of(kinds).filter(|other| !seen[*other]));
        near.truncate(3);
        near
    }

    /// What lies after a node (`Down`) or before it (`Up`) along these artifacts.
    pub fn along(&self, node: usize, artifacts: Artifacts, direction: Direction) -> Vec<bool> {
        Condensed::new(&self.graph, artifacts).gather(direction, false, |other| other == node, |a, b| a || b)
    }

    /// Those of `artifacts` that may go from one node to another, in their order.
    pub fn allowed<'s>(&self, from: usize, to: usize, artifacts: &[&'s str]) -> Vec<&'s str> {
        let kind = |node: usize| vocabulary::kind(&self.graph.nodes[node].kind);
        let (Some(from), Some(to)) = (kind(from), kind(to)) else { return Vec::new() };
        artifacts.iter().copied().filter(|artifact| emits(from, artifact) && accepts(to, artifact)).collect()
    }

    /// The words of the flows from one node to another that are among `artifacts`.
    pub fn words(&self, from: usize, to: usize, artifacts: Artifacts) -> Vec<&'a str> {
        self.graph
            .links
            .iter()
            .filter(|link| link.from == from && link.to == to && link.artifact.meets(artifacts))
            .map(|link| link.word)
            .collect()
    }
}

/// Whether an artifact may leave a kind.
pub(super) fn emits(kind: &Kind, artifact: &str) -> bool {
    kind.emits.iter().any(|emitted| emitted == artifact)
}

/// Whether an artifact may come to a kind.
pub(super) fn accepts(kind: &Kind, artifact: &str) -> bool {
    kind.accepts.iter().any(|accepted| accepted == artifact)
}

/// The edits of a fix, collected.
pub(super) struct Draft<'a> {
    drawing: &'a Architecture,
    edits: Vec<Edit>,
    added: BTreeSet<NodeId>,
    props: BTreeMap<NodeId, serde_json::Map<String, Value>>,
}

impl<'a> Draft<'a> {
    pub fn new(drawing: &'a Architecture) -> Self {
        Self { drawing, edits: Vec::new(), added: BTreeSet::new(), props: BTreeMap::new() }
    }

    /// A new node of a kind in its usual lane, with a free id.
    pub fn add(&mut self, kind: &str) -> NodeId {
        let id = self.drawing.free_id(kind, |id| self.added.contains(id));
        let node = Node {
            id: id.clone(),
            kind: kind.to_owned(),
            stage: vocabulary::kind(kind).map_or_else(String::new, |kind| kind.stage.clone()),
            label: vocabulary::label(kind).to_owned(),
            ..Node::default()
        };
        self.added.insert(id.clone());
        self.edits.push(Edit::AddNode(node, None));
        id
    }

    pub fn flow(&mut self, from: &NodeId, to: &NodeId, artifact: &str) {
        let (from, to, artifact) = (from.clone(), to.clone(), artifact.to_owned());
        self.edits.push(Edit::AddFlow(Flow { from, to, artifact, ..Flow::default() }));
    }

    pub fn remove_flow(&mut self, from: &NodeId, to: &NodeId, artifact: &str) {
        let key = FlowKey { from: from.clone(), to: to.clone(), artifact: artifact.to_owned() };
        self.edits.push(Edit::Remove { nodes: BTreeSet::new(), flows: BTreeSet::from([key]) });
    }

    pub fn remove_node(&mut self, node: &NodeId) {
        self.edits.push(Edit::Remove { nodes: BTreeSet::from([node.clone()]), flows: BTreeSet::new() });
    }

    pub fn stage(&mut self, node: &NodeId, stage: &str) {
        self.edits.push(Edit::SetStage { node: node.clone(), stage: stage.to_owned() });
    }

    /// Names other tools in a box.
    pub fn tools(&mut self, node: &NodeId, tools: Vec<String>) {
        self.edits.push(Edit::SetTools { node: node.clone(), tools });
    }

    /// Sets one property; the others of the node stay.
    pub fn prop(&mut self, node: &NodeId, key: &str, value: Value) {
        let own = || self.drawing.nodes.get(node).map(|node| node.props.clone()).unwrap_or_default();
        let props = self.props.entry(node.clone()).or_insert_with(own);
        props.insert(key.to_owned(), value);
        self.edits.push(Edit::SetProps { node: node.clone(), props: props.clone() });
    }

    /// The fix, under what a button says.
    pub fn done(self, label: String) -> Fix {
        Fix { label, edit: Edit::Batch(self.edits) }
    }
}
