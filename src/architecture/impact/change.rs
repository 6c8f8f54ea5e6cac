//! What can change, and what of a drawing there is to change.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::architecture::model::{Architecture, Node, NodeId};

/// What changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// One node.
    Node(NodeId),
    /// What flows under this name, wherever it flows.
    Artifact(String),
    /// A tool, wherever boxes name it.
    Swap {
        /// The tool that goes, as boxes name it.
        from: String,
        /// What comes in its place; empty as long as nobody has chosen. It changes nothing in how far the change goes.
        to: String,
    },
}

impl Change {
    /// Whether this node changes itself.
    pub fn begins_at(&self, node: &Node) -> bool {
        match self {
            Self::Node(id) => node.id == *id,
            Self::Artifact(_) => false,
            Self::Swap { from, .. } => node.tools.contains(from),
        }
    }

    /// It in the words of a sentence that begins with *if*: `dbt changes`. `tool` gives a tool's name.
    pub fn clause(&self, drawing: &Architecture, tool: impl Fn(&str) -> String) -> String {
        match self {
            Self::Node(id) => {
                let title = drawing.nodes.get(id).map_or(id.as_str(), Node::title);
                format!("{title} changes")
            }
            Self::Artifact(word) => format!("“{}” changes", word.replace('_', " ")),
            Self::Swap { from, to } if to.is_empty() => format!("{} is replaced", tool(from)),
            Self::Swap { from, to } => format!("{} is replaced by {}", tool(from), tool(to)),
        }
    }
}

/// A word of a drawing and how often it stands there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    /// It.
    pub word: String,
    /// In how many flows, or boxes.
    pub count: usize,
}

/// What flows between nodes of the drawing, with the number of flows, the most frequent first.
pub fn artifacts_in(drawing: &Architecture) -> Vec<Counted> {
    let has = |id: &NodeId| drawing.nodes.contains_key(id);
    let whole = drawing.flows.iter().filter(|flow| has(&flow.from) && has(&flow.to));
    counted(whole.map(|flow| flow.artifact.as_str()))
}

/// The tools that boxes of the drawing name, with the number of these boxes, the most frequent first.
pub fn tools_in(drawing: &Architecture) -> Vec<Counted> {
    let named = drawing.nodes.values().flat_map(|node| node.tools.iter().collect::<BTreeSet<_>>());
    counted(named.map(String::as_str))
}

fn counted<'a>(words: impl Iterator<Item = &'a str>) -> Vec<Counted> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for word in words.filter(|word| !word.is_empty()) {
        *counts.entry(word).or_default() += 1;
    }
    let mut all: Vec<Counted> =
        counts.into_iter().map(|(word, count)| Counted { word: word.to_owned(), count }).collect();
    all.sort_by_key(|counted| Reverse(counted.count));
    all
}
