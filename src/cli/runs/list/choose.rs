//! The runs that fit a filter. Numbers of all values of a metric are read of those runs only for which nothing else decides.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::Told;
use crate::cli::runs::RunsError;
use crate::runs::filter::{Aggregate, Aggregates, Context};
use crate::runs::{Filter, FilterError, Grammar, RunSet};
use crate::store::runs::Reader;

/// What was wrong with a text of a grammar.
pub(super) fn refused(what: &str, text: &str, why: FilterError) -> RunsError {
    RunsError::Grammar { what: what.to_owned(), character: why.character(text), why }
}

/// Readers in the order of their runs.
#[derive(Default)]
pub(super) struct Series {
    /// Each with the place behind its last run.
    readers: Vec<(usize, Box<dyn Reader>)>,
}

impl Series {
    /// The reader of the next runs, and how many these are.
    pub fn add(&mut self, reader: Box<dyn Reader>, count: usize) {
        let before = self.readers.last().map_or(0, |(end, _)| *end);
        self.readers.push((before + count, reader));
    }
}

/// Numbers of metrics that are read when somebody asks.
struct Lazy<'a> {
    set: &'a RunSet,
    asked: Vec<(Aggregate, String)>,
    series: RefCell<Series>,
    /// Of one run those that were asked for, in that order.
    known: RefCell<BTreeMap<u32, Vec<Option<f64>>>>,
    told: RefCell<&'a mut Told>,
}

impl Lazy<'_> {
    /// One run's points are held at a time.
    fn read(&self, row: u32) -> Vec<Option<f64>> {
        let run = &self.set.runs[row as usize];
        let has = |key: &str| self.set.metric_key(key).is_some_and(|key| run.metric(key).is_some());
        let mut metrics: Vec<&str> =
            self.asked.iter().map(|(_, key)| key.as_str()).filter(|key| has(key)).collect();
        metrics.sort_unstable();
        metrics.dedup();
        let mut series = self.series.borrow_mut();
        let reader = series.readers.iter_mut().find(|(end, _)| (row as usize) < *end);
        let Some((_, reader)) = reader.filter(|_| !metrics.is_empty()) else {
            return vec![None; self.asked.len()];
        };
        let mut told = self.told.borrow_mut();
        let all = match reader.series_of(&run.id, &metrics, &|| true) {
            Ok((all, problems)) => {
                for problem in &problems {
                    told.problem(problem);
                }
                all
            }
            Err(error) => {
                told.missing(error.to_string());
                return vec![None; self.asked.len()];
            }
        };
        let of = |(what, key): &(Aggregate, String)| {
            let at = metrics.binary_search(&key.as_str()).ok()?;
            what.of(&all.get(at)?.0.values)
        };
        self.asked.iter().map(of).collect()
    }
}

impl Aggregates for Lazy<'_> {
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

/// What somebody asked for.
pub(super) struct Choice {
    filter: Filter,
}

impl Choice {
    /// Reads a filter.
    pub fn new(text: &str, is_mlflow: bool) -> Result<Self, RunsError> {
        let grammar = if is_mlflow { Grammar::Mlflow } else { Grammar::Extended };
        Filter::parse(text, grammar).map(|filter| Self { filter }).map_err(|why| refused("filter", text, why))
    }

    /// Keeps the rows that fit, and says what no run has.
    pub fn keep(&self, rows: &mut Vec<u32>, set: &RunSet, series: Series, told: &mut Told) {
        for (name, near) in self.filter.unknown(set) {
            let meant =
                if near.is_empty() { String::new() } else { format!("; the nearest: {}", near.join(", ")) };
            told.note(format!("no run has {name}{meant}"));
        }
        // A key may be typed as it is shown.
        let own = |key: String| match set.metric_key(&key).and_then(|at| set.metric_keys.get(at as usize)) {
            Some(name) => name.to_string(),
            None => key,
        };
        let lazy = Lazy {
            set,
            asked: self.filter.aggregated().into_iter().map(|(what, key)| (what, own(key))).collect(),
            series: RefCell::new(series),
            known: RefCell::default(),
            told: RefCell::new(told),
        };
        let context = Context { now: jiff::Timestamp::now().as_microsecond(), aggregates: &lazy };
        let bound = self.filter.bind(set, &context);
        rows.retain(|row| bound.matches(*row));
    }
}
