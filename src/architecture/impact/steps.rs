//! A change step by step, as one tells it to others: ring after ring, and at last what feedback adds and who is unguarded.

use std::collections::BTreeMap;

use super::{Change, Impact};
use crate::architecture::model::{Architecture, Node, NodeId};

/// More names than these nobody reads from a wall.
const MOST_NAMES: usize = 8;

/// In which step a change arrives at each node.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Steps {
    /// The step of every node that changes: 0 for those that change themselves, then the distance in flows, and
    /// [`Self::last`] for those that only feedback reaches.
    pub of: BTreeMap<NodeId, usize>,
    /// The last step, one after the last ring: what feedback closes, and who is unguarded. At least 1.
    pub last: usize,
}

impl Steps {
    /// The steps of a change.
    pub fn of(impact: &Impact) -> Self {
        let last = impact.rings.keys().next_back().copied().unwrap_or(0) + 1;
        let changed = impact.changed.iter().map(|node| (node, 0));
        let rings = impact.rings.iter().flat_map(|(ring, nodes)| nodes.iter().map(|node| (node, *ring)));
        let back = impact.via_feedback.iter().map(|node| (node, last));
        let of = changed.chain(rings).chain(back).map(|(node, step)| (node.clone(), step)).collect();
        Self { of, last }
    }

    /// How many rings there are, without ring 0.
    pub fn rings(&self) -> usize {
        self.last - 1
    }

    /// Where one stands: `Ring 2 of 4`, or `In the end`.
    pub fn place(&self, step: usize) -> String {
        if step >= self.last { "In the end".to_owned() } else { format!("Ring {step} of {}", self.rings()) }
    }
}

impl Impact {
    /// What happens in a step, in sentences.
    pub fn told(&self, step: usize, drawing: &Architecture, change: &Change) -> String {
        let name = |id: &NodeId| drawing.nodes.get(id).map_or(id.as_str(), Node::title).to_owned();
        let names = |ids: &[NodeId]| listed(ids.iter().map(name));
        if step == 0 {
            return match change {
                Change::Node(_) => format!("Changes: {}.", names(&self.changed)),
                Change::Swap { .. } => format!("Named by: {}.", names(&self.changed)),
                Change::Artifact(word) => {
                    let count = drawing.flows.iter().filter(|flow| flow.artifact == *word).count();
                    let flows =
                        if count == 1 { "1 flow carries".to_owned() } else { format!("{count} flows carry") };
                    format!("{flows} it.")
                }
            };
        }
        if let Some(nodes) = self.rings.get(&step) {
            let flows = if step == 1 { "1 flow".to_owned() } else { format!("{step} flows") };
            return format!("After {flows}: {}.", names(nodes));
        }
        let back = match self.via_feedback.as_slice() {
            [] => "Nothing more comes back by feedback.".to_owned(),
            back => format!("And back by feedback: {}.", names(back)),
        };
        let guarded = match self.unguarded_consumers.as_slice() {
            [] if self.consumers.is_empty() => "No consumer is reached.".to_owned(),
            [] => "A gate is on every way to a consumer.".to_owned(),
            bare => format!("Reached without any gate: {}.", names(bare)),
        };
        let unknown = match self.undeclared.as_slice() {
            [] => String::new(),
            some => format!("Who reads {} is not drawn: nobody knows what changes there.", names(some)),
        };
        let told = [back, guarded, unknown].into_iter().filter(|sentence| !sentence.is_empty());
        told.collect::<Vec<_>>().join(" ")
    }
}

/// Names as a list in a sentence, the last ones counted where there are many.
fn listed(names: impl ExactSizeIterator<Item = String>) -> String {
    let more = names.len().saturating_sub(MOST_NAMES);
    let text = names.take(MOST_NAMES).collect::<Vec<_>>().join(", ");
    if more == 0 { text } else { format!("{text} and {more} more") }
}
