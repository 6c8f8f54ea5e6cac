//! The rows of the runs table: which runs it shows, in which order. Sorted by a job; until that answers, the rows of
//! before stay.

use std::sync::Arc;

use crate::action::{Effect, SourceId, WindowId};
use crate::address::{Location, RunColumns, SortKey};
use crate::runs::{Filter, Grammar, Grouping, OrderKey, RunSet, Table, TableWish};
use crate::state::State;

/// What rows depend on.
#[derive(Clone, Debug, PartialEq)]
struct Basis {
    source: SourceId,
    revision: u64,
    experiment: Option<String>,
    filter: String,
    order: Vec<SortKey>,
    columns: RunColumns,
    group: Vec<String>,
}

/// The rows that are shown.
#[derive(Debug, Default)]
pub struct RunRows {
    shown: Option<Shown>,
    asked: Option<(u64, Basis)>,
}

#[derive(Debug)]
struct Shown {
    basis: Basis,
    runs: Arc<RunSet>,
    table: Arc<Table>,
}

impl RunRows {
    /// The runs of a source and their table; none until it was made once.
    pub fn of(&self, source: SourceId) -> Option<(&Arc<RunSet>, &Arc<Table>)> {
        let shown = self.shown.as_ref().filter(|shown| shown.basis.source == source)?;
        Some((&shown.runs, &shown.table))
    }

    /// Whether another order was asked for.
    pub fn is_waiting(&self) -> bool {
        self.asked.is_some()
    }

    /// Its job was ended.
    pub(super) fn forget_asked(&mut self, source: SourceId) {
        self.asked.take_if(|(_, basis)| basis.source == source);
    }

    /// Its source was closed.
    pub(super) fn forget(&mut self, source: SourceId) {
        self.forget_asked(source);
        self.shown.take_if(|shown| shown.basis.source == source);
    }

    pub(super) fn take(&mut self, request: u64, runs: Arc<RunSet>, table: Arc<Table>) {
        if let Some((_, basis)) = self.asked.take_if(|(asked, _)| *asked == request) {
            self.shown = Some(Shown { basis, runs, table });
        }
    }
}

/// Asks for the rows that a window shows, unless they are here or asked for.
pub(super) fn refresh(state: &mut State, window: WindowId, id: SourceId, effects: &mut Vec<Effect>) {
    let Location::Store(store) = state.location(window) else { return };
    let Some(source) = state.sources.get(&id).filter(|source| source.origin == store.origin) else { return };
    let Some(runs) = source.runs.clone() else { return };
    let wanted = Basis {
        source: id,
        revision: source.revision,
        experiment: store.experiment.clone(),
        filter: store.filter.clone(),
        order: store.order.clone(),
        columns: store.columns.clone(),
        group: store.charts.group.clone(),
    };
    let rows = &state.window(window).runs;
    let is_shown = rows.shown.as_ref().is_some_and(|shown| shown.basis == wanted);
    if rows.asked.as_ref().is_some_and(|(_, asked)| *asked == wanted) {
        return;
    }
    if is_shown {
        // Whatever else was asked for is not wanted any more.
        state.windows.get_mut(window).runs.asked = None;
        return;
    }
    let order = wanted.order.iter().filter_map(|sort| OrderKey::parse(&sort.key, sort.descending)).collect();
    // One that makes no sense is told where it is typed, and leaves no run out.
    let filter = Filter::parse(&wanted.filter, Grammar::Extended).unwrap_or_default();
    let experiment = wanted.experiment.clone();
    let grouping = Grouping::parse(&wanted.group);
    let wish = TableWish { experiment, filter, order, grouping, columns: wanted.columns.wish() };
    let request = state.new_id();
    state.windows.get_mut(window).runs.asked = Some((request, wanted));
    effects.push(Effect::OrderRuns { window, source: id, request, runs, wish });
}
