//! The runs that fit a filter. Numbers of all values of a metric are read of those runs only for which nothing else decides.

use super::Told;
use crate::cli::runs::RunsError;
use crate::runs::filter::{Context, ReadAggregates};
use crate::runs::{Filter, FilterError, Grammar, Run, RunSet};
use crate::store::runs::Reader;

/// What was wrong with a text of a grammar.
pub(super) fn refused(what: &str, text: &str, why: FilterError) -> RunsError {
    RunsError::Grammar { what: what.to_owned(), character: why.character(text), why }
}

/// Readers in the order of their runs.
#[derive(Default)]
pub(in crate::cli::runs) struct Series {
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

/// What somebody asked for.
pub(in crate::cli::runs) struct Choice {
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
        let mut readers = series.readers;
        let read = Box::new(|row: u32, run: &Run, metrics: &[&str]| {
            let (_, reader) = readers.iter_mut().find(|(end, _)| (row as usize) < *end)?;
            match reader.series_of(&run.id, metrics, &|| true) {
                Ok((all, problems)) => {
                    for problem in &problems {
                        told.problem(problem);
                    }
                    Some(all.into_iter().map(|(series, _)| series).collect())
                }
                Err(error) => {
                    told.missing(error.to_string());
                    None
                }
            }
        });
        let read = ReadAggregates::new(&self.filter, set, read);
        let context = Context { now: jiff::Timestamp::now().as_microsecond(), aggregates: &read };
        let bound = self.filter.bind(set, &context);
        rows.retain(|row| bound.matches(*row));
    }
}
