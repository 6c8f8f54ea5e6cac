//! Open run sources: their runs, and the series that are drawn.

mod drawn;
mod rows;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::action::{Effect, Recent, SeriesKey, SourceAction, SourceId, WindowId};
use crate::address::{Location, Origin, StoreLocation};
use crate::problem::{Problem, Severity};
use crate::runs::RunSet;
use crate::state::State;

pub use drawn::{Drawn, DrawnState, repeated_sentence};
pub use rows::RunRows;

/// What an open source is waiting for. The runs of before stay visible while it loads again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SourceState {
    /// Being read.
    Loading,
    /// Here, and watched.
    Ready,
    /// Could not be read: one sentence.
    Failed(String),
}

/// An open run store.
#[derive(Debug)]
pub struct Source {
    /// Where it is.
    pub origin: Origin,
    /// Loading, ready or failed.
    pub state: SourceState,
    /// Its runs, once read.
    pub runs: Option<Arc<RunSet>>,
    /// What was odd in it.
    pub problems: Vec<Problem>,
    /// Series that were asked for: those that are drawn, and the last ones that were.
    pub series: BTreeMap<SeriesKey, Drawn>,
    /// Grows with every change of the runs.
    pub revision: u64,
    request: u64,
    /// By metric: grows with every change of one of its series.
    revisions: BTreeMap<String, u64>,
    /// What is drawn now; the watch looks for news of these only.
    followed: BTreeSet<SeriesKey>,
    /// Metrics whose oddities were told, by how much they matter; they are shown at the chart ever after.
    told: BTreeSet<(String, Severity)>,
}

impl Source {
    fn new(origin: Origin, request: u64) -> Self {
        Self {
            origin,
            state: SourceState::Loading,
            runs: None,
            problems: Vec::new(),
            series: BTreeMap::new(),
            revision: 0,
            request,
            revisions: BTreeMap::new(),
            followed: BTreeSet::new(),
            told: BTreeSet::new(),
        }
    }

    /// Grows with every change of a series of the metric.
    pub fn revision_of(&self, metric: &str) -> u64 {
        self.revisions.get(metric).copied().unwrap_or_default()
    }
}

/// Opens the store that the location names, unless it is open, and brings rows and series up to date.
pub(super) fn show(state: &mut State, window: WindowId, store: &StoreLocation, effects: &mut Vec<Effect>) {
    let id = match state.source_of(&store.origin) {
        Some((id, _)) => id,
        None => open(state, store.origin.clone(), effects),
    };
    rows::refresh(state, window, id, effects);
    drawn::refresh(state, id, effects);
}

/// In every window.
fn refresh(state: &mut State, id: SourceId, effects: &mut Vec<Effect>) {
    let windows: Vec<WindowId> = state.windows().map(|(window, _)| window).collect();
    for window in windows {
        rows::refresh(state, window, id, effects);
    }
    drawn::refresh(state, id, effects);
}

fn open(state: &mut State, origin: Origin, effects: &mut Vec<Effect>) -> SourceId {
    let id = SourceId(state.new_id());
    let request = state.new_id();
    state.sources.insert(id, Source::new(origin.clone(), request));
    effects.push(Effect::LoadSource { source: id, origin, request });
    id
}

pub(super) fn close(state: &mut State, origin: &Origin, effects: &mut Vec<Effect>) {
    let Some((id, _)) = state.sources.iter().find(|(_, source)| source.origin == *origin) else { return };
    let id = *id;
    effects.push(Effect::CloseSource(id));
    state.sources.remove(&id);
}

pub(super) fn apply(state: &mut State, id: SourceId, action: SourceAction, effects: &mut Vec<Effect>) {
    let Some(source) = state.sources.get_mut(&id) else { return };
    match action {
        SourceAction::Loaded { request, runs, problems } => {
            if request != source.request {
                return;
            }
            let first = source.runs.is_none();
            source.state = SourceState::Ready;
            source.runs = Some(runs);
            source.revision += 1;
            source.problems.clone_from(&problems);
            if first {
                loaded_first(state, id, &problems, effects);
            }
            refresh(state, id, effects);
        }
        SourceAction::Failed { request, error } => {
            if request != source.request {
                return;
            }
            source.state = SourceState::Failed(error.clone());
            let name = source.origin.name();
            state.notice(Problem::error(error, name));
        }
        SourceAction::Stopped { request } => {
            if request == source.request && source.runs.is_none() {
                source.state = SourceState::Failed("Reading was stopped before its end.".to_owned());
            }
        }
        SourceAction::Ordered { window, request, runs, rows } => {
            state.window_mut(window).runs.take(request, runs, rows);
        }
        SourceAction::Series { request, key, series } => {
            drawn::apply(state, id, request, &key, series, effects);
        }
        SourceAction::SeriesStopped { request } => drawn::stopped(source, request),
        SourceAction::Retry => {
            let failed = |drawn: &Drawn| matches!(drawn.state, DrawnState::Failed(_));
            drawn::ask_again(state, id, failed, effects);
        }
        SourceAction::Reload => reload(state, id, effects),
    }
}

/// Everything is read again; what is shown stays until its news are here.
fn reload(state: &mut State, id: SourceId, effects: &mut Vec<Effect>) {
    let request = state.new_id();
    let Some(source) = state.sources.get_mut(&id) else { return };
    source.request = request;
    source.state = SourceState::Loading;
    let origin = source.origin.clone();
    effects.push(Effect::CloseSource(id));
    effects.push(Effect::LoadSource { source: id, origin, request });
    drawn::forget_undrawn(source);
    effects.push(Effect::Follow { source: id, keys: source.followed.clone(), forgotten: Vec::new() });
    drawn::ask_again(state, id, |_| true, effects);
}

fn loaded_first(state: &mut State, id: SourceId, problems: &[Problem], effects: &mut Vec<Effect>) {
    let Some(source) = state.sources.get(&id) else { return };
    let origin = source.origin.clone();
    let name = origin.name();
    if !matches!(origin, Origin::Demo) {
        let address = Location::store(origin).to_string();
        effects.push(Effect::Remember(Recent { address, title: name.clone(), opened_at: 0 }));
    }
    state.notice_all(problems, &name);
}

#[cfg(test)]
mod tests;
