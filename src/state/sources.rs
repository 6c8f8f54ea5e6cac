//! Open run sources: their runs, the present order of the rows, and the series that are drawn.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::action::{Effect, Recent, SeriesKey, SourceAction, SourceId};
use crate::address::{Location, Origin, SortKey, StoreLocation};
use crate::problem::{Problem, Severity};
use crate::runs::{Key, OrderKey, Pyramid, RunSet, Series};
use crate::state::State;

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

/// A series that is drawn.
#[derive(Debug)]
pub enum Drawn {
    /// Being read.
    Loading,
    /// Here.
    Ready {
        /// Its points, for the tooltip and the table below.
        series: Arc<Series>,
        /// The same, reduced for any zoom.
        pyramid: Arc<Pyramid>,
        /// How many points have the same step as another.
        repeated: usize,
    },
    /// Could not be read: one sentence.
    Failed(String),
}

/// A column of the runs table beside name, state and start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunColumn {
    /// `metrics.KEY` or `params.KEY`, as in [`SortKey::key`].
    pub sort: String,
    /// The key.
    pub name: Arc<str>,
    /// Its place among the metrics, or among the parameters.
    pub key: Key,
    /// Whether it is a metric.
    pub is_metric: bool,
}

/// The columns of a set: most common first, then by name; nobody would look through more.
fn columns(runs: &RunSet) -> Vec<RunColumn> {
    const MOST_METRICS: usize = 150;
    const MOST_PARAMS: usize = 50;
    let best = |counts: Vec<u32>, most: usize| {
        let mut keys: Vec<usize> = (0..counts.len()).collect();
        keys.sort_by_key(|key| std::cmp::Reverse(counts[*key]));
        keys.truncate(most);
        keys
    };
    let metrics = best(runs.metric_counts(), MOST_METRICS).into_iter().map(|key| (key, true));
    let params = best(runs.param_counts(), MOST_PARAMS).into_iter().map(|key| (key, false));
    metrics
        .chain(params)
        .map(|(key, is_metric)| {
            let name = Arc::clone(if is_metric { &runs.metric_keys[key] } else { &runs.param_keys[key] });
            let sort = format!("{}.{name}", if is_metric { "metrics" } else { "params" });
            RunColumn { sort, name, key: key as Key, is_metric }
        })
        .collect()
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
    /// Indices into the runs in the order of the table, only the shown experiment.
    pub rows: Arc<Vec<u32>>,
    /// Series that were asked for.
    pub series: BTreeMap<SeriesKey, Drawn>,
    /// Metrics and parameters worth a column, the most common first, in MLflow's words.
    pub columns: Arc<Vec<RunColumn>>,
    /// Grows with every change of the runs and the drawn series.
    pub revision: u64,
    /// Metrics whose oddities were told, by how much they matter; they are shown at the chart ever after.
    told: BTreeSet<(String, Severity)>,
    request: u64,
    ordered_by: Option<(Vec<SortKey>, Option<String>)>,
}

impl Source {
    fn order(&mut self, store: &StoreLocation) {
        let wanted = (store.order.clone(), store.experiment.clone());
        let Some(runs) = &self.runs else { return };
        if self.ordered_by.as_ref() == Some(&wanted) {
            return;
        }
        let keys: Vec<OrderKey> =
            store.order.iter().filter_map(|sort| OrderKey::parse(&sort.key, sort.descending)).collect();
        let mut rows = runs.order(&keys);
        if let Some(experiment) = &store.experiment {
            rows.retain(|row| runs.runs[*row as usize].experiment_name(runs) == experiment);
        }
        self.rows = Arc::new(rows);
        self.ordered_by = Some(wanted);
    }

    /// Asks for the series that the location draws and that were not asked for yet.
    fn want(&mut self, store: &StoreLocation) -> Vec<SeriesKey> {
        let mut missing = Vec::new();
        let Some(runs) = &self.runs else { return missing };
        let before = self.series.len();
        for run in &store.ticked {
            for metric in &store.metrics {
                let key = SeriesKey { run: run.clone(), metric: metric.clone() };
                if !self.series.contains_key(&key) && runs.has_metric(run, metric) {
                    self.series.insert(key.clone(), Drawn::Loading);
                    missing.push(key);
                }
            }
        }
        self.revision += u64::from(self.series.len() > before);
        missing
    }
}

/// Opens the store that the location names, unless it is open, and brings rows and series up to date.
pub(super) fn show(state: &mut State, store: &StoreLocation, effects: &mut Vec<Effect>) {
    let id = match state.focused_source() {
        Some((id, _)) => id,
        None => open(state, store.origin.clone(), effects),
    };
    refresh(state, id, effects);
}

fn refresh(state: &mut State, id: SourceId, effects: &mut Vec<Effect>) {
    let Location::Store(store) = state.location().clone() else { return };
    let Some(source) = state.sources.get_mut(&id) else { return };
    if source.origin != store.origin {
        return;
    }
    source.order(&store);
    let missing = source.want(&store);
    if !missing.is_empty() {
        effects.push(Effect::LoadSeries(id, missing));
    }
}

fn open(state: &mut State, origin: Origin, effects: &mut Vec<Effect>) -> SourceId {
    let id = SourceId(state.new_id());
    let request = state.new_id();
    let source = Source {
        origin: origin.clone(),
        state: SourceState::Loading,
        runs: None,
        problems: Vec::new(),
        rows: Arc::default(),
        columns: Arc::default(),
        series: BTreeMap::new(),
        revision: 0,
        told: BTreeSet::new(),
        request,
        ordered_by: None,
    };
    state.sources.insert(id, source);
    effects.push(Effect::LoadSource { source: id, origin, request });
    id
}

pub(super) fn close(state: &mut State, origin: &Origin, effects: &mut Vec<Effect>) {
    let Some((id, _)) = state.sources.iter().find(|(_, source)| source.origin == *origin) else { return };
    let id = *id;
    effects.push(Effect::CancelJobs(id.0));
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
            source.columns = Arc::new(columns(&runs));
            source.runs = Some(runs);
            source.ordered_by = None;
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
        SourceAction::Series { key, series } => {
            // A series nobody waits for any more (its store was closed and opened again) is dropped.
            if let Some(drawn) = source.series.get_mut(&key) {
                let pyramid = Arc::new(Pyramid::build(&series));
                let repeated = series.repeated_steps(0);
                *drawn = Drawn::Ready { series, pyramid, repeated };
                source.revision += 1;
                tell_odd(state, id, &key);
            }
        }
        SourceAction::Tail { key, series } => {
            if let Some(Drawn::Ready { series: known, pyramid, repeated }) = source.series.get_mut(&key) {
                let before = known.len();
                if Arc::make_mut(known).append(&series) {
                    Arc::make_mut(pyramid).append(known);
                    *repeated += known.repeated_steps(before);
                } else {
                    *pyramid = Arc::new(Pyramid::build(known));
                    *repeated = known.repeated_steps(0);
                }
                source.revision += 1;
                tell_odd(state, id, &key);
            }
        }
        SourceAction::SeriesStopped(keys) => {
            for key in keys {
                if let Some(drawn @ Drawn::Loading) = source.series.get_mut(&key) {
                    *drawn = Drawn::Failed("Reading was stopped before its end.".to_owned());
                }
            }
            source.revision += 1;
        }
        SourceAction::SeriesFailed { key, error } => {
            source.series.insert(key.clone(), Drawn::Failed(error.clone()));
            source.revision += 1;
            let at = format!("{}, run {}, metric {}", source.origin.name(), key.run, key.metric);
            state.notice(Problem { severity: Severity::Warning, message: error, at });
        }
        SourceAction::Reload => {
            let request = state.new_id();
            let Some(source) = state.sources.get_mut(&id) else { return };
            source.request = request;
            source.state = SourceState::Loading;
            source.series.clear();
            let origin = source.origin.clone();
            effects.push(Effect::CancelJobs(id.0));
            effects.push(Effect::LoadSource { source: id, origin, request });
        }
    }
}

/// Tells once for each metric what is odd in its points; the chart shows it ever after.
fn tell_odd(state: &mut State, id: SourceId, key: &SeriesKey) {
    let Some(source) = state.sources.get_mut(&id) else { return };
    let Some(Drawn::Ready { series, repeated, .. }) = source.series.get(key) else { return };
    let (severity, message) = match series.left_out {
        Some(left_out) => (Severity::Warning, left_out.sentence()),
        None if *repeated > 0 => (Severity::Info, repeated_sentence(*repeated)),
        None => return,
    };
    let at = format!("{}, run {}, metric {}", source.origin.name(), key.run, key.metric);
    if source.told.insert((key.metric.clone(), severity)) {
        state.notice(Problem { severity, message, at });
    }
}

/// What to say of points that share their step.
pub fn repeated_sentence(count: usize) -> String {
    match count {
        1 => "A point has the same step as another; both are drawn".to_owned(),
        _ => format!("{count} points have the same step as another; all of them are drawn"),
    }
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
