//! The series of a source that are drawn: asking for them, taking them in, forgetting them.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::Source;
use crate::action::{Effect, SeriesAction, SeriesKey, SourceId};
use crate::address::Location;
use crate::problem::{Problem, Severity};
use crate::runs::Curve;
use crate::state::State;

/// What a series is waiting for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DrawnState {
    /// Being read, perhaps again.
    Loading,
    /// Here, and followed while it is drawn.
    Ready,
    /// Could not be read: one sentence.
    Failed(String),
}

/// A series that was asked for.
#[derive(Debug)]
pub struct Drawn {
    /// Its points as they were last read; they stay while they are read again.
    pub curve: Option<Arc<Curve>>,
    /// Loading, ready or failed.
    pub state: DrawnState,
    request: u64,
    /// Grows from one wish to the next: what was not wanted for long is forgotten first.
    wanted_at: u64,
}

impl Drawn {
    fn points(&self) -> usize {
        self.curve.as_ref().map_or(0, |curve| curve.series().len())
    }
}

/// Asks for the series that some window draws and that were not asked for yet, and has them followed.
pub(super) fn refresh(state: &mut State, id: SourceId, effects: &mut Vec<Effect>) {
    let wanted_at = state.new_id();
    let Some(source) = state.sources.get(&id) else { return };
    let Some(runs) = &source.runs else { return };
    let mut followed = BTreeSet::new();
    for (_, window) in state.windows() {
        let Location::Store(store) = window.location() else { continue };
        if store.origin != source.origin {
            continue;
        }
        for run in &store.ticked {
            let logged = store.metrics.iter().filter(|metric| runs.has_metric(run, metric));
            followed.extend(logged.map(|metric| SeriesKey { run: run.clone(), metric: metric.clone() }));
        }
    }
    let Some(source) = state.sources.get_mut(&id) else { return };
    let mut missing = Vec::new();
    for key in &followed {
        match source.series.get_mut(key) {
            Some(drawn) => drawn.wanted_at = wanted_at,
            None => missing.push(key.clone()),
        }
    }
    for key in &missing {
        let drawn = Drawn { curve: None, state: DrawnState::Loading, request: wanted_at, wanted_at };
        source.series.insert(key.clone(), drawn);
        changed(source, &key.metric);
    }
    if followed != source.followed {
        source.followed.clone_from(&followed);
        let forgotten = forget_some(source);
        effects.push(Effect::Follow { source: id, keys: followed, forgotten });
    }
    if !missing.is_empty() {
        effects.push(Effect::LoadSeries { source: id, request: wanted_at, keys: missing });
    }
}

/// Reads series again that are drawn and fit; what is drawn of them stays meanwhile.
pub(super) fn ask_again(
    state: &mut State,
    id: SourceId,
    fits: impl Fn(&Drawn) -> bool,
    effects: &mut Vec<Effect>,
) {
    let request = state.new_id();
    let Some(source) = state.sources.get_mut(&id) else { return };
    let mut keys = Vec::new();
    for key in &source.followed {
        if let Some(drawn) = source.series.get_mut(key).filter(|drawn| fits(drawn)) {
            (drawn.request, drawn.state) = (request, DrawnState::Loading);
            keys.push(key.clone());
        }
    }
    for key in &keys {
        changed(source, &key.metric);
    }
    if !keys.is_empty() {
        effects.push(Effect::LoadSeries { source: id, request, keys });
    }
}

/// Forgets what is not drawn.
pub(super) fn forget_undrawn(source: &mut Source) {
    let Source { series, followed, .. } = source;
    series.retain(|key, _| followed.contains(key));
}

/// Forgets what was not drawn for the longest time, as far as it takes too much room. What is still being read is
/// not drawn either: its answer would come for nobody.
fn forget_some(source: &mut Source) -> Vec<SeriesKey> {
    /// About 40 bytes each.
    const MOST_POINTS: usize = 1_000_000;
    let Source { series, followed, .. } = source;
    let mut undrawn: Vec<(u64, SeriesKey)> = series
        .iter()
        .filter(|(key, _)| !followed.contains(*key))
        .map(|(key, drawn)| (drawn.wanted_at, key.clone()))
        .collect();
    undrawn.sort_unstable_by(|a, b| b.cmp(a));
    let mut kept = 0;
    let mut forgotten = Vec::new();
    for (_, key) in undrawn {
        kept += series.get(&key).map_or(0, Drawn::points);
        let is_here = series.get(&key).is_some_and(|drawn| drawn.state == DrawnState::Ready);
        if !is_here || kept > MOST_POINTS {
            series.remove(&key);
            forgotten.push(key);
        }
    }
    forgotten
}

/// Takes an answer, unless nobody waits for it any more.
pub(super) fn apply(
    state: &mut State,
    id: SourceId,
    request: u64,
    key: &SeriesKey,
    answer: SeriesAction,
    effects: &mut Vec<Effect>,
) {
    let Some(source) = state.sources.get_mut(&id) else { return };
    let Some(drawn) = source.series.get_mut(key).filter(|drawn| drawn.request == request) else { return };
    match answer {
        SeriesAction::Whole(curve) => (drawn.curve, drawn.state) = (Some(curve), DrawnState::Ready),
        SeriesAction::Added(points) => match &mut drawn.curve {
            Some(curve) if curve.takes_cheaply(&points) => Arc::make_mut(curve).append(&points),
            // Points in the midst of a long series: a job sorts them in.
            _ => {
                return ask_again(state, id, |drawn| drawn.request == request, effects);
            }
        },
        SeriesAction::Failed(error) => {
            drawn.state = DrawnState::Failed(error.clone());
            changed(source, &key.metric);
            let at = format!("{}, run {}, metric {}", source.origin.name(), key.run, key.metric);
            state.notice(Problem { severity: Severity::Warning, message: error, at });
            return;
        }
    }
    changed(source, &key.metric);
    tell_odd(state, id, key);
}

/// The person stopped a request before its end.
pub(super) fn stopped(source: &mut Source, request: u64) {
    let mut metrics = BTreeSet::new();
    for (key, drawn) in &mut source.series {
        if drawn.request == request && drawn.state == DrawnState::Loading {
            drawn.state = DrawnState::Failed("Reading was stopped before its end.".to_owned());
            metrics.insert(key.metric.clone());
        }
    }
    for metric in metrics {
        changed(source, &metric);
    }
}

fn changed(source: &mut Source, metric: &str) {
    match source.revisions.get_mut(metric) {
        Some(revision) => *revision += 1,
        None => {
            source.revisions.insert(metric.to_owned(), 1);
        }
    }
}

/// Tells once for each metric what is odd in its points; the chart shows it ever after.
fn tell_odd(state: &mut State, id: SourceId, key: &SeriesKey) {
    let Some(source) = state.sources.get_mut(&id) else { return };
    let Some(curve) = source.series.get(key).and_then(|drawn| drawn.curve.as_ref()) else { return };
    let (severity, message) = match curve.series().left_out {
        Some(left_out) => (Severity::Warning, left_out.sentence()),
        None if curve.repeated() > 0 => (Severity::Info, repeated_sentence(curve.repeated())),
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
