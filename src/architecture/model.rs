//! What an architecture drawing consists of.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::constraints::Constraints;
use super::guide::Guide;
use super::kinds;
use super::links::NodeLinks;
use super::test_score::Answers;

/// Identifies a node inside one drawing; any text, compared byte by byte.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct NodeId(pub String);

impl NodeId {
    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for NodeId {
    fn from(id: &str) -> Self {
        Self(id.to_owned())
    }
}

impl fmt::Display for NodeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A place on the canvas in units of one pixel at zoom 100 %; x to the right, y down.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Point {
    /// To the right.
    pub x: i32,
    /// Down.
    pub y: i32,
}

impl Point {
    /// The point at `x`, `y`.
    pub const fn new(x: i32, y: i32) -> Self {
        Self { x, y }
    }
}

/// Width and height of a node in the units of [`Point`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Size {
    /// Width.
    pub w: i32,
    /// Height.
    pub h: i32,
}

impl Size {
    /// The size of a node for which the file names none.
    pub const NODE: Self = Self { w: 190, h: 64 };
}

impl Default for Size {
    fn default() -> Self {
        Self::NODE
    }
}

/// A box of the drawing: one component of the system.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Node {
    /// Unique in the drawing.
    pub id: NodeId,
    /// One of [`kinds::kinds`](super::kinds::kinds), or a text this version does not know.
    pub kind: String,
    /// Its lane: one of [`kinds::lanes`](super::kinds::lanes), or a text this version does not know.
    pub stage: String,
    /// Catalog ids of the tools that fill the box; text without an entry is kept as it is.
    pub tools: Vec<String>,
    /// What is written on the card.
    pub label: String,
    /// Facts that the lint rules read (`versioned`, `checks`, …).
    pub props: Map<String, Value>,
    /// `reported` by the drawing's source, or `added` so that the drawing is complete.
    pub basis: Option<String>,
    /// Where this node is described, as addresses.
    pub source: Vec<String>,
    /// Where it leads, and who is in charge; apart, since few boxes say so and all are copied.
    #[serde(skip_serializing_if = "NodeLinks::is_empty")]
    pub links: Box<NodeLinks>,
    /// Keys of the file that this version does not know.
    pub extra: Map<String, Value>,
}

impl Node {
    /// What it is called in a sentence: its label, else the name of its kind, else its id.
    pub fn title(&self) -> &str {
        match self.label.trim() {
            "" => kinds::kind(&self.kind).map_or(self.id.as_str(), |kind| kind.label.as_str()),
            label => label,
        }
    }

    /// The address that the box of a picture links to: the first of [`Node::addresses`].
    pub fn address(&self) -> Option<&str> {
        self.addresses().next()
    }
}

/// A typed connection: `artifact` goes from one node to another. (from, to, artifact) is its identity.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Flow {
    /// The node that emits.
    pub from: NodeId,
    /// The node that accepts.
    pub to: NodeId,
    /// One of [`kinds::artifacts`](super::kinds::artifacts), or a text this version does not know.
    pub artifact: String,
    /// `reported` by the drawing's source, or `added` so that the drawing is complete.
    pub basis: Option<String>,
    /// Where this flow is described, as addresses.
    pub source: Vec<String>,
    /// Keys of the file that this version does not know.
    pub extra: Map<String, Value>,
}

/// The identity of a [`Flow`].
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct FlowKey {
    /// The node that emits.
    pub from: NodeId,
    /// The node that accepts.
    pub to: NodeId,
    /// What flows.
    pub artifact: String,
}

impl Flow {
    /// Its identity.
    pub fn key(&self) -> FlowKey {
        FlowKey { from: self.from.clone(), to: self.to.clone(), artifact: self.artifact.clone() }
    }

    /// Whether its identity is `key`; spares the copies of [`Flow::key`].
    pub fn is(&self, key: &FlowKey) -> bool {
        self.from == key.from && self.to == key.to && self.artifact == key.artifact
    }

    /// The class of what flows; control where this version does not know it, so that it is taken for neither data nor a model.
    pub fn class(&self) -> kinds::ArtifactClass {
        kinds::artifact(&self.artifact).map_or(kinds::ArtifactClass::Control, |artifact| artifact.class)
    }

    /// Whether it starts or ends at `node`.
    pub fn touches(&self, node: &NodeId) -> bool {
        self.from == *node || self.to == *node
    }
}

impl FlowKey {
    /// The parts in the order in which flows are sorted.
    pub fn parts(&self) -> (&str, &str, &str) {
        (&self.from.0, &self.to.0, &self.artifact)
    }
}

impl fmt::Display for FlowKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}->{}:{}", self.from, self.to, self.artifact)
    }
}

/// A finding of the rules that people have decided to live with.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Suppression {
    /// The id of a [rule](super::lint::Rule), also one that this version does not know.
    pub rule: String,
    /// The place, as [`Place::at`](super::lint::Place::at) writes it; nothing for the whole drawing.
    pub at: Vec<String>,
    /// Why, in a person's words. Without one nothing is suppressed.
    pub reason: String,
    /// Keys of the file that this version does not know.
    pub extra: Map<String, Value>,
}

/// A drawing: what an `*.architecture.json` file holds.
///
/// Flows may name nodes that do not exist (the reader says so): they survive a round trip, are neither
/// placed nor routed, and take no part in rules.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Architecture {
    /// Names the drawing in addresses and on the command line.
    pub id: String,
    /// One line.
    pub title: String,
    /// One or two sentences.
    pub summary: String,
    /// The field it is for: `general`, `finance`, …
    pub domain: String,
    /// Where the design is described, as addresses.
    pub source: Vec<String>,
    /// The boxes; each key equals its node's `id`.
    pub nodes: BTreeMap<NodeId, Node>,
    /// The connections, sorted by identity, each identity once. An index into it is what
    /// [`Route::flow`](super::Route) holds.
    pub flows: Vec<Flow>,
    /// Top-left corners that somebody chose; nodes without one are placed by [`place`](super::place).
    pub layout: BTreeMap<NodeId, Point>,
    /// Sizes that differ from [`Size::NODE`].
    pub size: BTreeMap<NodeId, Size>,
    /// Findings that are told no more, in the order of the file.
    pub suppressed: Vec<Suppression>,
    /// Names of [rule sets](super::lint::RuleSet), which apply one after another.
    pub ruleset: Vec<String>,
    /// What it says of single rules, after the sets: a [severity or off](super::lint::Choice) by the id of a rule, both
    /// also where this version does not know them.
    pub rules: BTreeMap<String, String>,
    /// What it is good for, if somebody wrote that down.
    pub guide: Option<Guide>,
    /// What an organisation allows in it.
    pub constraints: Constraints,
    /// The answers to the ML Test Score.
    pub test_score: Answers,
    /// Keys of the file that this version does not know.
    pub extra: Map<String, Value>,
}

impl Architecture {
    /// The size of a node, which need not exist.
    pub fn size_of(&self, node: &NodeId) -> Size {
        self.size.get(node).copied().unwrap_or_default()
    }

    /// The flow with this identity.
    pub fn flow(&self, key: &FlowKey) -> Option<&Flow> {
        self.flow_index(key).ok().and_then(|at| self.flows.get(at))
    }

    /// Where the flow is in `flows`, or where it would have to go.
    pub(super) fn flow_index(&self, key: &FlowKey) -> Result<usize, usize> {
        self.flows.binary_search_by(|flow| {
            (flow.from.0.as_str(), flow.to.0.as_str(), flow.artifact.as_str()).cmp(&key.parts())
        })
    }

    /// An id for a new node: `wanted`, or the first of `wanted-2`, `wanted-3`, … that no node has and nobody else
    /// `takes`.
    pub fn free_id(&self, wanted: &str, takes: impl Fn(&NodeId) -> bool) -> NodeId {
        let numbered = (2_u64..).map(|number| format!("{wanted}-{number}"));
        let mut ids = std::iter::once(wanted.to_owned()).chain(numbered).map(NodeId);
        ids.find(|id| !self.nodes.contains_key(id) && !takes(id)).unwrap_or_default()
    }

    /// Whether both ends of a flow exist.
    pub fn has_ends(&self, flow: &Flow) -> bool {
        self.nodes.contains_key(&flow.from) && self.nodes.contains_key(&flow.to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_node_without_a_label_is_called_what_it_is() {
        let node = |label: &str, kind: &str| Node {
            id: "n1".into(),
            label: label.to_owned(),
            kind: kind.to_owned(),
            ..Node::default()
        };
        assert_eq!(node(" Feast ", "feature_store").title(), "Feast");
        assert_eq!(node(" ", "feature_store").title(), "Feature store");
        assert_eq!(node("", "oracle").title(), "n1");
    }
}
