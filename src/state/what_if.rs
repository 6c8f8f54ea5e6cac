//! What changes with the node, artifact or tool that a window asks about: found when it asks something else or the
//! drawing changes, never in a frame.

use std::sync::Arc;

use super::asked::Asked;
use super::{Drawing, State};
use crate::action::{DocumentId, WindowId};
use crate::address::{DrawingLocation, DrawingPanel, Location, ToolSwap};
use crate::architecture::fill::{Swap, swap};
use crate::architecture::impact::{GATE_KINDS, Steps};
use crate::architecture::{Change, Edit, Impact, NodeId, impact_of};
use crate::catalog::{Catalog, ToolId};

/// A change and what it does.
#[derive(Clone, Debug)]
pub struct WhatIf {
    question: Question,
    /// The change as a clause with the names of tools: `Feast is replaced by Hopsworks`.
    pub clause: String,
    /// What it does.
    pub impact: Impact,
    /// Gates that the change meets; what if there were none?
    pub gates: Vec<NodeId>,
    /// The gate that lets everything pass in thought, and what the change does then.
    pub without: Option<(NodeId, Impact)>,
    /// In which step the change, without that gate, arrives where.
    pub steps: Steps,
    /// What the catalog tells of the two tools, where one takes the place of another.
    pub swap: Option<Swap>,
}

/// What is asked of which state of a drawing and of the catalog.
#[derive(Clone, Debug)]
pub(super) struct Question {
    document: DocumentId,
    revision: (u64, bool),
    change: Change,
    without: Option<NodeId>,
    catalog: Arc<Catalog>,
}

impl Question {
    fn is(&self, other: &Self) -> bool {
        (self.document, self.revision) == (other.document, other.revision)
            && (&self.change, &self.without) == (&other.change, &other.without)
            && Arc::ptr_eq(&self.catalog, &other.catalog)
    }
}

/// What a location asks about, if anything: the swap before the artifact before the selected node.
fn change(here: &DrawingLocation) -> Option<Change> {
    if here.panel != DrawingPanel::Impact {
        return None;
    }
    if let Some(ToolSwap { from, to }) = here.swap.clone() {
        return Some(Change::Swap { from, to });
    }
    let artifact = here.artifact.clone().map(Change::Artifact);
    artifact.or_else(|| Some(Change::Node(NodeId(here.selected.first()?.clone()))))
}

impl WhatIf {
    /// What changes.
    pub fn change(&self) -> &Change {
        &self.question.change
    }

    /// What it does in the drawing as it is shown, without the gate that lets everything pass.
    pub fn shown(&self) -> &Impact {
        self.without.as_ref().map_or(&self.impact, |(_, impact)| impact)
    }

    fn of(drawing: Drawing<'_>, question: Question) -> Option<Self> {
        let Question { change, catalog, .. } = &question;
        let drawing = drawing.architecture;
        let found = impact_of(drawing, change)?;
        let is_gate = |id: &&NodeId| {
            drawing.nodes.get(*id).is_some_and(|node| GATE_KINDS.contains(&node.kind.as_str()))
        };
        let gates = found.rings.values().flatten().filter(is_gate).cloned().collect();
        let can_pass = |gate: &&NodeId| !found.changed.contains(gate) && drawing.nodes.contains_key(*gate);
        let without = question.without.as_ref().filter(can_pass).and_then(|gate| {
            // What went through it goes through it still, and nothing looks at it there.
            let mut passed = drawing.clone();
            passed.apply(Edit::SetKind { node: gate.clone(), kind: String::new() });
            Some((gate.clone(), impact_of(&passed, change)?))
        });
        let name = |tool: &str| {
            let entry = ToolId::new(tool).ok().and_then(|id| catalog.get(&id));
            entry.map_or_else(|| tool.to_owned(), |tool| tool.name.clone())
        };
        let swap = match change {
            Change::Swap { from, to } if !to.is_empty() => swap(drawing, from, to, catalog),
            _ => None,
        };
        Some(Self {
            clause: change.clause(drawing, name),
            steps: Steps::of(without.as_ref().map_or(&found, |(_, impact)| impact)),
            impact: found,
            gates,
            without,
            swap,
            question,
        })
    }

    /// What a window asks now, taken from what it asked `before` where that is the same.
    pub(super) fn follow(
        before: Option<Asked<Question, Self>>,
        state: &State,
        window: WindowId,
    ) -> Option<Asked<Question, Self>> {
        let Location::Drawing(here) = state.location(window) else { return None };
        let change = change(here)?;
        let (document, drawing) = state.drawing_of(&here.origin, here.reported)?;
        let question = Question {
            document,
            revision: drawing.meaning(),
            change,
            without: here.without.as_deref().map(NodeId::from),
            catalog: Arc::clone(&state.catalog),
        };
        Some(Asked::again(before, question, Question::is, |question| Self::of(drawing, question.clone())))
    }
}
