//! What the panels ask of a drawing and the catalog: found once for each of their states, not in every frame.

use std::sync::Arc;

use crate::action::DocumentId;
use crate::architecture::fill::{Candidates, Usage, candidates};
use crate::architecture::test_score::{Suggestion, suggest};
use crate::architecture::{Breach, NodeId, constraints};
use crate::state::{Drawing, State};

/// A state of a document and the place of the catalog in memory, which is another one after every change of it.
type Of = (DocumentId, u64, usize);

/// The answers that were found last.
#[derive(Clone, Debug, Default)]
pub struct AskedMemory {
    suggested: Option<(Of, Vec<Suggestion>)>,
    breaches: Option<(Of, Vec<Breach>)>,
    candidates: Option<(Of, NodeId, Option<Candidates>)>,
    usage: Option<Usage>,
}

fn of(state: &State, id: DocumentId, drawing: Drawing<'_>) -> Of {
    (id, drawing.document.revision, Arc::as_ptr(&state.catalog) as usize)
}

impl AskedMemory {
    /// Tests of the ML Test Score that the drawing suggests.
    pub(super) fn suggested(&mut self, state: &State, id: DocumentId, drawing: Drawing<'_>) -> &[Suggestion] {
        let of = of(state, id, drawing);
        if self.suggested.as_ref().is_none_or(|(known, _)| *known != of) {
            self.suggested = Some((of, suggest(drawing.architecture)));
        }
        self.suggested.as_ref().map_or(&[], |(_, found)| found)
    }

    /// What does not keep the constraints for sure.
    pub(super) fn breaches(&mut self, state: &State, id: DocumentId, drawing: Drawing<'_>) -> &[Breach] {
        let of = of(state, id, drawing);
        if self.breaches.as_ref().is_none_or(|(known, _)| *known != of) {
            self.breaches = Some((of, constraints::check(drawing.architecture, &state.catalog)));
        }
        self.breaches.as_ref().map_or(&[], |(_, found)| found)
    }

    /// Tools that could fill a box.
    pub(super) fn candidates(
        &mut self,
        state: &State,
        id: DocumentId,
        drawing: Drawing<'_>,
        node: &NodeId,
    ) -> Option<&Candidates> {
        let of = of(state, id, drawing);
        if self.candidates.as_ref().is_none_or(|(known, at, _)| *known != of || at != node) {
            let templates = || state.templates.iter().map(|template| template.architecture.clone());
            let usage = self.usage.get_or_insert_with(|| Usage::of(&templates().collect::<Vec<_>>()));
            let found = candidates(drawing.architecture, node, &state.catalog, usage);
            self.candidates = Some((of, node.clone(), found));
        }
        self.candidates.as_ref().and_then(|(.., found)| found.as_ref())
    }
}
