//! Drawn series in the looks that charts want: over another axis, smoothed. A job makes them from what was read, one wish of
//! a source at a time; until it answers, what is drawn stays.

use std::sync::Arc;

use super::{Drawn, Source};
use crate::action::{Effect, LookWish, SeriesKey, SourceId};
use crate::address::{Location, StoreLocation};
use crate::runs::{Look, Looked, XAxis};
use crate::state::State;

/// A series in one look.
#[derive(Debug)]
struct InLook {
    look: Look,
    /// Of which state of the points it is, see [`Drawn::revision`].
    of: [u64; 2],
    /// None where it could not be made.
    looked: Option<Arc<Looked>>,
}

/// A series in the looks that are wanted, and the last one that was.
#[derive(Debug, Default)]
pub(super) struct Looks(Vec<InLook>);

impl Looks {
    /// In this look; as long as it is not there, in the last one over the same axis.
    pub fn get(&self, look: &Look) -> Option<&Arc<Looked>> {
        let of = |fits: &dyn Fn(&Look) -> bool| {
            self.0.iter().rev().filter(|one| fits(&one.look)).find_map(|one| one.looked.as_ref())
        };
        of(&|own| own == look).or_else(|| of(&|own| own.x == look.x))
    }

    fn has(&self, look: &Look, of: [u64; 2]) -> bool {
        self.0.iter().any(|one| one.look == *look && one.of == of)
    }

    fn put(
        &mut self,
        look: Look,
        of: [u64; 2],
        looked: Option<Arc<Looked>>,
        is_wanted: impl Fn(&Look) -> bool,
    ) {
        self.0.retain(|one| one.look != look && is_wanted(&one.look));
        self.0.push(InLook { look, of, looked });
    }
}

/// What a window wants of a source.
fn wish<'a>(location: &'a Location, source: &Source) -> Option<&'a StoreLocation> {
    match location {
        Location::Store(store) if store.origin == source.origin => {
            (!store.charts.look.is_plain()).then_some(&**store)
        }
        _ => None,
    }
}

/// The series that a look over another metric needs besides.
pub(super) fn other_of(run: &str, look: &Look) -> Option<SeriesKey> {
    match &look.x {
        XAxis::Metric(metric) => Some(SeriesKey { run: run.to_owned(), metric: metric.clone() }),
        _ => None,
    }
}

fn revision_of(drawn: Option<&Drawn>) -> u64 {
    drawn.map_or(0, |drawn| drawn.revision)
}

/// Asks for what some window wants and is not there, unless something is being made.
pub(super) fn refresh(state: &mut State, id: SourceId, effects: &mut Vec<Effect>) {
    let request = state.new_id();
    let Some(source) = state.sources.get(&id).filter(|source| source.looking.is_none()) else { return };
    let Some(runs) = source.runs.clone() else { return };
    let most = super::drawn::most_points(source.followed.len());
    let mut asked = None;
    for (_, window) in state.windows() {
        let Some(store) = wish(window.location(), source) else { continue };
        let look = &store.charts.look;
        let mut wanted = Vec::new();
        for key in source.followed.iter().filter(|key| store.metrics.contains(&key.metric)) {
            let Some(drawn) = source.series.get(key) else { continue };
            let Some(curve) = drawn.curve.clone().filter(|_| store.ticked.contains(&key.run)) else {
                continue;
            };
            let other = other_of(&key.run, look).and_then(|other| source.series.get(&other));
            let of = [drawn.revision, revision_of(other)];
            if !drawn.looks.has(look, of) {
                let start = runs.run(&key.run).and_then(|run| run.start_time);
                let other = other.and_then(|other| other.curve.clone());
                wanted.push(LookWish { key: key.clone(), of, curve, start, other });
            }
        }
        if !wanted.is_empty() {
            asked = Some((look.clone(), wanted));
            break;
        }
    }
    if let Some((look, wanted)) = asked {
        if let Some(source) = state.sources.get_mut(&id) {
            source.looking = Some(request);
        }
        effects.push(Effect::LookAt { source: id, request, look, most, wanted });
    }
}

/// Takes one series in a look.
pub(super) fn take(
    state: &mut State,
    id: SourceId,
    request: u64,
    (key, look, of, looked): (SeriesKey, Look, [u64; 2], Option<Arc<Looked>>),
) {
    let Some(source) = state.sources.get(&id).filter(|source| source.looking == Some(request)) else {
        return;
    };
    let wanted: Vec<Look> = state
        .windows()
        .filter_map(|(_, window)| wish(window.location(), source).map(|store| store.charts.look.clone()))
        .collect();
    let Some(source) = state.sources.get_mut(&id) else { return };
    if let Some(drawn) = source.series.get_mut(&key) {
        drawn.looks.put(look, of, looked, |look| wanted.contains(look));
        super::drawn::changed(source, &key.metric);
    }
}

/// All that was asked for has been answered, or will never be.
pub(super) fn ended(state: &mut State, id: SourceId, request: u64, effects: &mut Vec<Effect>) {
    if let Some(source) = state.sources.get_mut(&id) {
        source.looking.take_if(|asked| *asked == request);
    }
    refresh(state, id, effects);
}
