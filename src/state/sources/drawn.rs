//! The series of a source that are drawn: asking for them, taking them in, forgetting them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Source;
use super::looked::{Looks, other_of};
use crate::action::{Effect, SeriesAction, SeriesKey, SourceId};
use crate::address::Location;
use crate::problem::{Problem, Severity};
use crate::runs::{Curve, Look, Looked, Series};
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
    /// Its points as they were last read, perhaps thinned; they stay while they are read again.
    pub curve: Option<Arc<Curve>>,
    /// Steps of a thinned series and all points between them.
    window: Option<((i64, i64), Arc<Curve>)>,
    /// The window that was asked for last.
    asked: Option<(i64, i64)>,
    /// Loading, ready or failed.
    pub state: DrawnState,
    request: u64,
    /// Grows from one wish to the next: what was not wanted for long is forgotten first.
    wanted_at: u64,
    /// Whether a job sorts points in; what comes meanwhile waits.
    merging: Option<u64>,
    waiting: Vec<Arc<Series>>,
    /// Grows with every change of the points.
    pub(super) revision: u64,
    pub(super) looks: Looks,
}

impl Drawn {
    fn waiting(request: u64) -> Self {
        Self {
            curve: None,
            window: None,
            asked: None,
            state: DrawnState::Loading,
            request,
            wanted_at: request,
            merging: None,
            waiting: Vec::new(),
            revision: 0,
            looks: Looks::default(),
        }
    }

    /// The series as a chart wants it that does not draw it as it was logged; none as long as it is not made.
    pub fn looked(&self, look: &Look) -> Option<&Arc<Looked>> {
        self.looks.get(look)
    }

    /// How many points of it are in memory.
    fn points(&self) -> usize {
        let curves = self.curve.iter().chain(self.window.as_ref().map(|(_, curve)| curve));
        curves.map(|curve| curve.series().len()).sum()
    }

    /// All points between two steps, these included, where they are here.
    pub fn window(&self, from: f64, to: f64) -> Option<&Arc<Curve>> {
        let ((first, last), curve) = self.window.as_ref()?;
        (*first as f64 <= from && to <= *last as f64).then_some(curve)
    }

    /// Whether another length is allowed now than the one that it was read for, by so much that it matters.
    fn is_of_other_length(&self, most: usize) -> bool {
        self.state == DrawnState::Ready
            && self.curve.as_ref().is_some_and(|curve| {
                let is_too_long = !curve.is_thinned() && curve.points() / 2 > most;
                is_too_long || (curve.is_thinned() && curve.points() <= most / 2)
            })
    }
}

/// How many points a series may have that is not thinned, where so many are drawn.
pub(super) fn most_points(drawn: usize) -> usize {
    /// Of all series together; they take about 25 bytes each.
    const WINDOW: usize = 4_000_000;
    WINDOW / drawn.max(1)
}

/// Asks for the series that some window draws and that were not asked for yet, and has them followed.
pub(super) fn refresh(state: &mut State, id: SourceId, effects: &mut Vec<Effect>) {
    let Some(source) = state.sources.get(&id) else { return };
    let mut followed = BTreeSet::new();
    let in_sight = state.is_in_sight(id);
    for (_, window) in state.windows() {
        let (Location::Store(store), Some(runs)) = (window.location(), &source.runs) else { continue };
        if store.origin != source.origin {
            continue;
        }
        for run in &store.ticked {
            let logged = store.metrics.iter().filter(|metric| runs.has_metric(run, metric));
            followed.extend(logged.map(|metric| SeriesKey { run: run.clone(), metric: metric.clone() }));
            let other = other_of(run, &store.charts.look);
            followed.extend(other.filter(|other| runs.has_metric(run, &other.metric)));
        }
    }
    if followed == source.followed && in_sight == source.in_sight {
        return;
    }
    let wanted_at = state.new_id();
    let Some(source) = state.sources.get_mut(&id) else { return };
    let (mut missing, mut again) = (Vec::new(), Vec::new());
    let most = most_points(followed.len());
    for key in &followed {
        match source.series.get_mut(key) {
            Some(drawn) => {
                drawn.wanted_at = wanted_at;
                if drawn.is_of_other_length(most) {
                    (drawn.request, drawn.state) = (wanted_at, DrawnState::Loading);
                    (drawn.merging, drawn.waiting) = (None, Vec::new());
                    again.push(key.clone());
                }
            }
            None => missing.push(key.clone()),
        }
    }
    for key in &missing {
        source.series.insert(key.clone(), Drawn::waiting(wanted_at));
        changed(source, &key.metric);
    }
    source.followed.clone_from(&followed);
    source.in_sight = in_sight;
    for (other, forgotten) in forget_some(state) {
        let Some(source) = state.sources.get(&other).filter(|_| other != id) else { continue };
        let (keys, in_sight) = (source.followed.clone(), source.in_sight);
        effects.push(Effect::Follow { source: other, keys, forgotten, in_sight });
    }
    let forgotten = Vec::new();
    effects.push(Effect::Follow { source: id, keys: followed, forgotten, in_sight });
    missing.extend(again);
    if !missing.is_empty() {
        effects.push(Effect::LoadSeries { source: id, request: wanted_at, keys: missing, most });
    }
}

/// Reads series again that are drawn and fit; what is drawn of them stays meanwhile.
pub(super) fn ask_again(
    state: &mut State,
    id: SourceId,
    fits: impl Fn(&SeriesKey, &Drawn) -> bool,
    effects: &mut Vec<Effect>,
) {
    let request = state.new_id();
    let Some(source) = state.sources.get_mut(&id) else { return };
    let mut keys = Vec::new();
    for key in &source.followed {
        if let Some(drawn) = source.series.get_mut(key).filter(|drawn| fits(key, drawn)) {
            (drawn.request, drawn.state) = (request, DrawnState::Loading);
            (drawn.merging, drawn.waiting) = (None, Vec::new());
            keys.push(key.clone());
        }
    }
    for key in &keys {
        changed(source, &key.metric);
    }
    let most = most_points(source.followed.len());
    if !keys.is_empty() {
        effects.push(Effect::LoadSeries { source: id, request, keys, most });
    }
}

/// Asks for all points of a window of a thinned series, unless they are here or on their way.
pub(super) fn look_closer(
    source: &mut Source,
    id: SourceId,
    key: SeriesKey,
    steps: (i64, i64),
    effects: &mut Vec<Effect>,
) {
    let Some(drawn) = source.series.get_mut(&key) else { return };
    let is_thinned = drawn.curve.as_ref().is_some_and(|curve| curve.is_thinned());
    let is_asked = drawn.asked.is_some_and(|(from, to)| from <= steps.0 && steps.1 <= to);
    if !is_thinned || is_asked {
        return;
    }
    // Moving a little asks for nothing.
    let width = steps.1.saturating_sub(steps.0);
    let wider = (steps.0.saturating_sub(width), steps.1.saturating_add(width));
    drawn.asked = Some(wider);
    effects.push(Effect::LoadWindow { source: id, request: drawn.request, key, steps: wider });
}

/// Forgets what was not drawn for the longest time, of all sources, as far as it takes too much room. What is still
/// being read is not drawn either: its answer would come for nobody.
fn forget_some(state: &mut State) -> BTreeMap<SourceId, Vec<SeriesKey>> {
    /// About 40 bytes each.
    const MOST_POINTS: usize = 1_000_000;
    let mut undrawn = Vec::new();
    for (id, source) in &state.sources {
        for (key, drawn) in source.series.iter().filter(|(key, _)| !source.followed.contains(*key)) {
            let is_here = drawn.state == DrawnState::Ready;
            undrawn.push((drawn.wanted_at, *id, key.clone(), drawn.points(), is_here));
        }
    }
    undrawn.sort_unstable_by(|a, b| b.cmp(a));
    let mut kept = 0;
    let mut forgotten: BTreeMap<SourceId, Vec<SeriesKey>> = BTreeMap::new();
    for (_, id, key, points, is_here) in undrawn {
        kept += points;
        if is_here && kept <= MOST_POINTS {
            continue;
        }
        if let Some(source) = state.sources.get_mut(&id) {
            source.series.remove(&key);
            forgotten.entry(id).or_default().push(key);
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
    // A number that no merge had before.
    let turn = state.new_id();
    let Some(source) = state.sources.get_mut(&id) else { return };
    let Some(drawn) = source.series.get_mut(key).filter(|drawn| drawn.request == request) else { return };
    match answer {
        SeriesAction::Whole(curve) => {
            (drawn.curve, drawn.state) = (Some(curve), DrawnState::Ready);
            drawn.revision += 1;
            (drawn.window, drawn.asked) = (None, None);
            (drawn.merging, drawn.waiting) = (None, Vec::new());
        }
        SeriesAction::Window(steps, curve) => {
            if drawn.asked == Some(steps) {
                drawn.window = Some((steps, curve));
            }
        }
        SeriesAction::NoWindow(steps) => {
            if drawn.asked == Some(steps) {
                drawn.asked = None;
            }
            return;
        }
        SeriesAction::Added(points) => {
            let Some(curve) = &mut drawn.curve else { return };
            let within = |(from, to): (i64, i64)| {
                points.points().filter(move |point| from <= point.step && point.step <= to)
            };
            if let Some((steps, window)) = &mut drawn.window {
                let own = Series::from_points(within(*steps).collect());
                if !own.is_empty() {
                    Arc::make_mut(window).append(&own);
                }
            }
            // A window that is on its way may be without them: whoever still wants it asks again.
            let is_here = drawn.window.as_ref().map(|(steps, _)| *steps) == drawn.asked;
            if !is_here && drawn.asked.is_some_and(|steps| within(steps).next().is_some()) {
                drawn.asked = None;
            }
            if drawn.merging.is_some() || !curve.takes_cheaply(&points) {
                // Points in the midst of a long series: a job sorts them in, one at a time.
                drawn.waiting.push(points);
                merge(drawn, id, key, turn, effects);
                return;
            }
            Arc::make_mut(curve).append(&points);
            drawn.revision += 1;
        }
        SeriesAction::Merged(turn, curve) => {
            // It was read anew meanwhile.
            if drawn.merging != Some(turn) {
                return;
            }
            (drawn.curve, drawn.merging) = (Some(curve), None);
            drawn.revision += 1;
            merge(drawn, id, key, turn + 1, effects);
        }
        SeriesAction::Failed(error) => {
            drawn.state = DrawnState::Failed(error.clone());
            // Points that were being sorted in are lost, so what is drawn would lack them.
            if drawn.merging.take().is_some() {
                (drawn.curve, drawn.waiting) = (None, Vec::new());
            }
            changed(source, &key.metric);
            let origin = source.origin.clone();
            let at = format!("{}, run {}, metric {}", state.source_name(&origin), key.run, key.metric);
            state.notice(Problem { severity: Severity::Warning, message: error, at });
            return;
        }
    }
    changed(source, &key.metric);
    tell_odd(state, id, key);
}

/// Has the points that wait sorted in, unless that is being done or none waits.
fn merge(drawn: &mut Drawn, source: SourceId, key: &SeriesKey, turn: u64, effects: &mut Vec<Effect>) {
    let is_free = drawn.merging.is_none() && !drawn.waiting.is_empty();
    let Some(curve) = drawn.curve.clone().filter(|_| is_free) else {
        return;
    };
    drawn.merging = Some(turn);
    let points = std::mem::take(&mut drawn.waiting);
    let (request, key) = (drawn.request, key.clone());
    effects.push(Effect::MergeSeries { source, request, turn, key, curve, points });
}

/// A request was stopped before its end.
pub(super) fn stopped(source: &mut Source, request: u64, why: &str) {
    let mut metrics = BTreeSet::new();
    for (key, drawn) in &mut source.series {
        if drawn.request == request && drawn.state == DrawnState::Loading {
            drawn.state = DrawnState::Failed(why.to_owned());
            metrics.insert(key.metric.clone());
        }
    }
    for metric in metrics {
        changed(source, &metric);
    }
}

pub(super) fn changed(source: &mut Source, metric: &str) {
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
    let oddities = curve.series().oddities();
    let (severity, message) = match oddities.first() {
        Some(_) => (Severity::Warning, oddities.join("; ")),
        None if curve.repeated() > 0 => (Severity::Info, repeated_sentence(curve.repeated())),
        None => return,
    };
    if source.told.insert((key.metric.clone(), severity)) {
        let origin = source.origin.clone();
        let at = format!("{}, run {}, metric {}", state.source_name(&origin), key.run, key.metric);
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
