//! Numbers of all values of metrics, of those runs for which nothing else decides.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::bound::Aggregates;
use super::clause::Aggregate;
use super::{Filter, RunSet};
use crate::runs::{Run, Series};

/// Gives the points of metrics of the run at a place in [`RunSet::runs`], in the order of the metrics; none where they cannot
/// be read.
pub type ReadSeries<'a> = Box<dyn FnMut(u32, &Run, &[&str]) -> Option<Vec<Series>> + 'a>;

/// Numbers that are read when a filter asks for them, each run once. The points of one run are held at a time.
pub struct ReadAggregates<'a> {
    set: &'a RunSet,
    asked: Vec<(Aggregate, String)>,
    read: RefCell<ReadSeries<'a>>,
    /// Of one run those that were asked for, in that order.
    known: RefCell<BTreeMap<u32, Vec<Option<f64>>>>,
}

impl<'a> ReadAggregates<'a> {
    /// Those that a filter asks of a set.
    pub fn new(filter: &Filter, set: &'a RunSet, read: ReadSeries<'a>) -> Self {
        // A key may be typed as it is shown.
        let own = |key: String| match set.metric_key(&key).and_then(|at| set.metric_keys.get(at as usize)) {
            Some(name) => name.to_string(),
            None => key,
        };
        let asked = filter.aggregated().into_iter().map(|(what, key)| (what, own(key))).collect();
        Self { set, asked, read: RefCell::new(read), known: RefCell::default() }
    }

    fn read(&self, row: u32) -> Vec<Option<f64>> {
        let run = &self.set.runs[row as usize];
        let has = |key: &str| self.set.metric_key(key).is_some_and(|key| run.metric(key).is_some());
        let mut metrics: Vec<&str> =
            self.asked.iter().map(|(_, key)| key.as_str()).filter(|key| has(key)).collect();
        metrics.sort_unstable();
        metrics.dedup();
        let all = if metrics.is_empty() { None } else { (self.read.borrow_mut())(row, run, &metrics) };
        let of = |(what, key): &(Aggregate, String)| {
            let at = metrics.binary_search(&key.as_str()).ok()?;
            what.of(&all.as_ref()?.get(at)?.values)
        };
        self.asked.iter().map(of).collect()
    }
}

impl Aggregates for ReadAggregates<'_> {
    fn of(&self, row: u32, what: Aggregate, metric: &str) -> Option<f64> {
        let at = self.asked.iter().position(|(own, key)| *own == what && key == metric)?;
        if let Some(known) = self.known.borrow().get(&row) {
            return known[at];
        }
        let read = self.read(row);
        let found = read[at];
        self.known.borrow_mut().insert(row, read);
        found
    }
}
