//! Open run sources: their runs, and the series that are drawn.

mod drawn;
mod looked;
mod named;
mod rows;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::action::{Effect, Recent, SeriesKey, SourceAction, SourceId, WindowId};
use crate::address::{Location, Origin, StoreLocation};
use crate::problem::{Problem, Severity};
use crate::runs::{Mapping, RunSet};
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
    /// How its table is read where a person chose that; else it is guessed.
    pub mapping: Option<Mapping>,
    /// What was odd in it.
    pub problems: Vec<Problem>,
    /// Whether a copy of it could be read where it cannot be itself.
    pub asks_for_a_copy: bool,
    /// Series that were asked for: those that are drawn, and the last ones that were.
    pub series: BTreeMap<SeriesKey, Drawn>,
    /// Grows with every change of the runs.
    pub revision: u64,
    request: u64,
    /// By metric: grows with every change of one of its series.
    revisions: BTreeMap<String, u64>,
    /// What is drawn now; the watch looks for news of these only.
    followed: BTreeSet<SeriesKey>,
    /// Whether some window shows it; else nothing is looked for at all.
    in_sight: bool,
    /// What is being made of drawn series.
    looking: Option<u64>,
    /// Metrics whose oddities were told, by how much they matter; they are shown at the chart ever after.
    told: BTreeSet<(String, Severity)>,
}

impl Source {
    fn new(origin: Origin, mapping: Option<Mapping>, request: u64) -> Self {
        Self {
            origin,
            state: SourceState::Loading,
            runs: None,
            mapping,
            problems: Vec::new(),
            asks_for_a_copy: false,
            series: BTreeMap::new(),
            revision: 0,
            request,
            revisions: BTreeMap::new(),
            followed: BTreeSet::new(),
            in_sight: false,
            looking: None,
            told: BTreeSet::new(),
        }
    }

    /// Grows with every change of a series of the metric.
    pub fn revision_of(&self, metric: &str) -> u64 {
        self.revisions.get(metric).copied().unwrap_or_default()
    }
}

/// Follows what is drawn in any window, of every source, and forgets what was not drawn for long.
pub(super) fn follow(state: &mut State, effects: &mut Vec<Effect>) {
    let ids: Vec<SourceId> = state.sources.keys().copied().collect();
    for id in ids {
        drawn::refresh(state, id, effects);
        looked::refresh(state, id, effects);
    }
}

/// Opens the store that the location names, unless it is open, and brings rows and series up to date.
pub(super) fn show(state: &mut State, window: WindowId, store: &StoreLocation, effects: &mut Vec<Effect>) {
    let id = match state.source_of(&store.origin) {
        Some((id, _)) => id,
        None => open(state, store.origin.clone(), effects),
    };
    rows::refresh(state, window, id, effects);
}

/// In every window.
fn refresh(state: &mut State, id: SourceId, effects: &mut Vec<Effect>) {
    let windows: Vec<WindowId> = state.windows().map(|(window, _)| window).collect();
    for window in windows {
        rows::refresh(state, window, id, effects);
    }
    drawn::refresh(state, id, effects);
    looked::refresh(state, id, effects);
}

fn open(state: &mut State, origin: Origin, effects: &mut Vec<Effect>) -> SourceId {
    let id = SourceId(state.new_id());
    let request = state.new_id();
    // One that cannot be read any more is as good as none.
    let kept = kept_under(&origin).and_then(|path| state.settings.mapping_of(path)?.parse().ok());
    let mapping: Option<Mapping> = kept;
    state.sources.insert(id, Source::new(origin.clone(), mapping.clone(), request));
    effects.push(Effect::LoadSource { source: id, origin, mapping, request });
    id
}

/// The path under which a mapping is kept.
fn kept_under(origin: &Origin) -> Option<&str> {
    match origin {
        Origin::Path(path) => path.to_str().filter(|_| path.is_absolute()),
        _ => None,
    }
}

/// Keeps how a table is to be read, and reads it so.
fn map(state: &mut State, id: SourceId, mapping: Option<Mapping>, effects: &mut Vec<Effect>) {
    let Some(source) = state.sources.get_mut(&id) else { return };
    if let Some(path) = kept_under(&source.origin) {
        state.settings.keep_mapping(path, mapping.as_ref().map(ToString::to_string));
        effects.push(Effect::SaveSettings(state.settings.clone()));
    }
    source.mapping = mapping;
    reload(state, id, effects);
}

pub(super) fn close(state: &mut State, origin: &Origin, effects: &mut Vec<Effect>) {
    let Some((id, _)) = state.sources.iter().find(|(_, source)| source.origin == *origin) else { return };
    let id = *id;
    effects.push(Effect::CloseSource(id));
    state.sources.remove(&id);
    state.windows.iter_mut().for_each(|window| window.runs.forget(id));
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
            let before = std::mem::replace(&mut source.problems, problems);
            let news: Vec<Problem> =
                source.problems.iter().filter(|problem| !before.contains(problem)).cloned().collect();
            let origin = source.origin.clone();
            if first {
                remember(source, effects);
            }
            let name = state.source_name(&origin);
            state.notice_all(&news, &name);
            refresh(state, id, effects);
        }
        SourceAction::Failed { request, error, asks_for_a_copy } => {
            if request != source.request {
                return;
            }
            source.asks_for_a_copy = asks_for_a_copy;
            source.state = SourceState::Failed(error.clone());
            let origin = source.origin.clone();
            let name = state.source_name(&origin);
            state.notice(Problem::error(error, name));
        }
        SourceAction::Stopped { request } => {
            if request == source.request {
                source.state = SourceState::Failed("Reading was stopped before its end.".to_owned());
            }
        }
        SourceAction::Ordered { window, request, runs, table } => {
            if state.has_window(window) {
                state.windows.get_mut(window).runs.take(request, runs, table);
            }
        }
        SourceAction::Series { request, key, series } => {
            drawn::apply(state, id, request, &key, series, effects);
            looked::refresh(state, id, effects);
        }
        SourceAction::SeriesStopped { request, why } => drawn::stopped(source, request, &why),
        SourceAction::Looked { request, key, look, of, looked } => {
            looked::take(state, id, request, (key, look, of, looked));
        }
        SourceAction::LookedAll { request } => looked::ended(state, id, request, effects),
        SourceAction::Retry => {
            let failed = |_: &SeriesKey, drawn: &Drawn| matches!(drawn.state, DrawnState::Failed(_));
            drawn::ask_again(state, id, failed, effects);
        }
        SourceAction::LookCloser { key, steps } => drawn::look_closer(source, id, key, steps, effects),
        SourceAction::Copy => {
            if let Origin::Path(path) = &source.origin {
                effects.push(Effect::CopySource { source: id, path: path.clone() });
            }
        }
        SourceAction::Copied(path) => {
            let origin = source.origin.clone();
            state.replace_shown(&origin, &Location::store(Origin::Path(path)), effects);
        }
        SourceAction::Reload => reload(state, id, effects),
        SourceAction::Map(mapping) => map(state, id, mapping, effects),
    }
}

/// Everything is read again; what is shown stays until its news are here.
fn reload(state: &mut State, id: SourceId, effects: &mut Vec<Effect>) {
    let request = state.new_id();
    // Closing ends the jobs that would have answered.
    effects.push(Effect::CloseSource(id));
    for window in state.windows.iter_mut() {
        window.runs.forget_asked(id);
    }
    let Some(source) = state.sources.get_mut(&id) else { return };
    source.request = request;
    source.state = SourceState::Loading;
    source.looking = None;
    let (origin, mapping) = (source.origin.clone(), source.mapping.clone());
    effects.push(Effect::LoadSource { source: id, origin, mapping, request });
    let keys = source.followed.clone();
    source.series.retain(|key, _| keys.contains(key));
    let in_sight = state.is_in_sight(id);
    effects.push(Effect::Follow { source: id, keys, forgotten: Vec::new(), in_sight });
    drawn::ask_again(state, id, |_, _| true, effects);
}

fn remember(source: &Source, effects: &mut Vec<Effect>) {
    if source.origin != Origin::Demo {
        let address = Location::store(source.origin.clone()).to_string();
        effects.push(Effect::Remember(Recent { address, title: source.origin.name(), opened_at: 0 }));
    }
}

#[cfg(test)]
mod tests;
