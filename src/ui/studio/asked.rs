//! What the panels ask of a drawing and the catalog: found once for each of their states, not in every frame.

use std::sync::Arc;

use super::fill::{Fewest, Together};
use crate::action::DocumentId;
use crate::architecture::constraints::Standing;
use crate::architecture::fill::{
    Candidates, Operations, Scope, Stranger, Usage, candidates, operations, strangers,
};
use crate::architecture::test_score::{Suggestion, suggest};
use crate::architecture::{Breach, Node, NodeId, constraints};
use crate::shown::listed;
use crate::state::{Drawing, State};

/// A state of a document and of the catalog.
type Of = (DocumentId, (u64, bool), u64);

/// What does not keep the constraints of a drawing.
#[derive(Debug)]
pub(super) struct Breaches {
    /// What breaks them for sure.
    pub broken: Vec<Breach>,
    /// How many facts the catalog does not know.
    pub unknown: usize,
}

/// A tool without an entry as a row shows it.
#[derive(Debug)]
pub(super) struct StrangerRow {
    /// As the boxes name it.
    pub name: String,
    /// The boxes that name it.
    pub nodes: Vec<NodeId>,
    /// Where it is: `in Feature store, Training and 12 more`.
    pub places: String,
}

/// The answers that were found last.
#[derive(Clone, Debug, Default)]
pub struct AskedMemory {
    suggested: Option<(Of, Vec<Suggestion>)>,
    breaches: Option<(Of, Arc<Breaches>)>,
    candidates: Option<((Of, NodeId), Option<Candidates>)>,
    fewest: Option<((Of, Scope), Arc<Fewest>)>,
    together: Option<(Of, Arc<Together>)>,
    operations: Option<(Of, Arc<Operations>)>,
    strangers: Option<(Of, Arc<Vec<StrangerRow>>)>,
    usage: Option<Usage>,
}

fn of(state: &State, id: DocumentId, drawing: Drawing<'_>) -> Of {
    (id, drawing.revision(), state.catalog_revision)
}

/// The same for what is asked of the boxes, flows and constraints alone: dragging a box asks nothing again.
fn meaning_of(state: &State, id: DocumentId, drawing: Drawing<'_>) -> Of {
    (id, drawing.meaning(), of(state, id, drawing).2)
}

/// The answer that is kept for this question, else one that is found now.
fn keep<Q: PartialEq, A>(kept: &mut Option<(Q, A)>, question: Q, find: impl FnOnce() -> A) -> &A {
    kept.take_if(|(known, _)| *known != question);
    &kept.get_or_insert_with(|| (question, find())).1
}

fn usage<'u>(kept: &'u mut Option<Usage>, state: &State) -> &'u Usage {
    kept.get_or_insert_with(|| Usage::of(state.templates.iter().map(|template| &*template.architecture)))
}

impl AskedMemory {
    /// Tests of the ML Test Score that the drawing suggests.
    pub(super) fn suggested(&mut self, state: &State, id: DocumentId, drawing: Drawing<'_>) -> &[Suggestion] {
        let find = || suggest(drawing.architecture);
        keep(&mut self.suggested, of(state, id, drawing), find).as_slice()
    }

    /// What does not keep the constraints, for sure or perhaps.
    pub(super) fn breaches(&mut self, state: &State, id: DocumentId, drawing: Drawing<'_>) -> Arc<Breaches> {
        let find = || {
            let found = constraints::check(drawing.architecture, &state.catalog);
            let unknown = found.iter().filter(|breach| breach.is == Standing::Unknown).count();
            let broken = found.into_iter().filter(|breach| breach.is == Standing::Broken).collect();
            Arc::new(Breaches { broken, unknown })
        };
        Arc::clone(keep(&mut self.breaches, meaning_of(state, id, drawing), find))
    }

    /// Tools that could fill a box.
    pub(super) fn candidates(
        &mut self,
        state: &State,
        id: DocumentId,
        drawing: Drawing<'_>,
        node: &NodeId,
    ) -> Option<&Candidates> {
        let usage = usage(&mut self.usage, state);
        let find = || candidates(drawing.architecture, node, &state.catalog, usage);
        keep(&mut self.candidates, (meaning_of(state, id, drawing), node.clone()), find).as_ref()
    }

    /// The fewest tools for the drawing.
    pub(super) fn fewest(
        &mut self,
        state: &State,
        id: DocumentId,
        drawing: Drawing<'_>,
        scope: Scope,
    ) -> Arc<Fewest> {
        let usage = usage(&mut self.usage, state);
        let find = || Arc::new(Fewest::of(drawing, &state.catalog, usage, scope));
        Arc::clone(keep(&mut self.fewest, (meaning_of(state, id, drawing), scope), find))
    }

    /// What is known of the tools at the ends of the flows.
    pub(super) fn together(&mut self, state: &State, id: DocumentId, drawing: Drawing<'_>) -> Arc<Together> {
        let find = || Arc::new(Together::of(drawing.architecture, &state.catalog));
        Arc::clone(keep(&mut self.together, meaning_of(state, id, drawing), find))
    }

    /// What the tools need to run.
    pub(super) fn operations(
        &mut self,
        state: &State,
        id: DocumentId,
        drawing: Drawing<'_>,
    ) -> Arc<Operations> {
        let find = || Arc::new(operations(drawing.architecture, &state.catalog));
        Arc::clone(keep(&mut self.operations, meaning_of(state, id, drawing), find))
    }

    /// Tools without an entry, and the boxes that name them.
    pub(super) fn strangers(
        &mut self,
        state: &State,
        id: DocumentId,
        drawing: Drawing<'_>,
    ) -> Arc<Vec<StrangerRow>> {
        /// Boxes that are told by their titles.
        const TOLD: usize = 3;
        let row = |stranger: Stranger| {
            let title = |id| drawing.architecture.nodes.get(id).map_or("", Node::title);
            let titles: Vec<&str> = stranger.nodes.iter().map(title).collect();
            let places = format!("in {}", listed(&titles, TOLD));
            StrangerRow { name: stranger.name, nodes: stranger.nodes, places }
        };
        let find =
            || Arc::new(strangers(drawing.architecture, &state.catalog).into_iter().map(row).collect());
        Arc::clone(keep(&mut self.strangers, meaning_of(state, id, drawing), find))
    }
}
