//! What is marked on the boxes of a drawing: what the rules found there, how far a change goes, or what differs.

use std::collections::{BTreeMap, BTreeSet};

use crate::architecture::impact::Steps;
use crate::architecture::model::{Flow, NodeId};
use crate::architecture::{Change, Impact};
use crate::problem::Severity;
use crate::shown::counted;

/// What a badge on a box says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// The worst of what the rules found there, and how much there is.
    Found(Severity, usize),
    /// The drawing that it is held against has no such box.
    OnlyHere,
    /// The drawing that it is held against has it otherwise.
    Differs,
    /// A change begins there.
    Changes,
    /// A change arrives there after so many flows.
    ChangesAfter(usize),
    /// A change arrives there once feedback has closed the loops.
    ChangesByFeedback,
}

/// All marks of a drawing, and what goes with them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marked {
    /// By box.
    pub at: BTreeMap<NodeId, Mark>,
    /// Whether they tell of a change, so that boxes without a mark step back.
    pub is_change: bool,
    /// What changes wherever it flows, if the change is one of an artifact.
    pub artifact: Option<String>,
    /// Consumers at which the change arrives without any gate before them.
    pub unguarded: BTreeSet<NodeId>,
    /// What they show, in words without a full stop; empty where they are findings.
    pub told: String,
}

impl Marked {
    /// What the rules found, by box.
    pub fn findings(at_node: &BTreeMap<NodeId, (Severity, usize)>) -> Self {
        let mark = |(id, found): (&NodeId, &(Severity, usize))| (id.clone(), Mark::Found(found.0, found.1));
        Self { at: at_node.iter().map(mark).collect(), ..Self::default() }
    }

    /// How far a change goes, up to some ring; all of it where there is none. `clause` says it with the names of tools, as
    /// [`Change::clause`] does.
    pub fn change(change: &Change, clause: &str, impact: &Impact, ring: Option<usize>) -> Self {
        let steps = Steps::of(impact);
        let seen = steps.of.iter().filter(|(_, step)| ring.is_none_or(|ring| **step <= ring));
        let mark = |step: usize| match step {
            0 => Mark::Changes,
            step if step == steps.last => Mark::ChangesByFeedback,
            step => Mark::ChangesAfter(step),
        };
        let is_whole = ring.is_none_or(|ring| ring >= steps.last);
        let unguarded = impact.unguarded_consumers.iter().filter(|_| is_whole);
        Self {
            at: seen.map(|(id, step)| (id.clone(), mark(*step))).collect(),
            is_change: true,
            artifact: if let Change::Artifact(word) = change { Some(word.clone()) } else { None },
            unguarded: unguarded.cloned().collect(),
            told: match ring.filter(|_| !is_whole) {
                None => format!("What follows when {clause}"),
                Some(ring) => {
                    format!("What follows when {clause}, after up to {}", counted(ring, "flow", "flows"))
                }
            },
        }
    }

    /// Whether a flow is what changes.
    pub fn changes(&self, flow: &Flow) -> bool {
        self.artifact.as_ref() == Some(&flow.artifact)
    }
}
