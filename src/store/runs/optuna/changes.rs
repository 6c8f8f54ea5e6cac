//! What came to series since they were read. Optuna writes rows of a trial again in their place, so a trial that has not
//! ended is read as a whole; one that has is written no more.

use std::collections::BTreeMap;

use super::series::{self, Entries, Reached, Trial};
use super::{Error, Optuna};
use crate::store::runs::{Change, Cursor, Known, News};

/// See [`Reader::changes`](crate::store::runs::Reader::changes).
pub(super) fn since(
    store: &mut Optuna,
    known: &[Known<'_>],
    thorough: bool,
    keep_going: &dyn Fn() -> bool,
) -> Result<Vec<News>, Error> {
    let mut news: Vec<News> = known.iter().map(|known| Ok((Change::Nothing, known.cursor.clone()))).collect();
    let mut by_run: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, known) in known.iter().enumerate() {
        let is_over = Reached::of(known.cursor).is_some_and(|reached| reached.is_over);
        if thorough || !is_over {
            by_run.entry(known.run).or_default().push(at);
        }
    }
    for (run, mut members) in by_run {
        // An error is told of each series, and cannot be copied: it is met again.
        while !members.is_empty() {
            match series::trial(store, run, keep_going) {
                Ok(trial) => {
                    for at in members.drain(..) {
                        news[at] = Ok(told(&trial, &known[at]));
                    }
                }
                Err(error) if error.is_of_rows() => {
                    if let Some(at) = members.pop() {
                        news[at] = Err(error);
                    }
                }
                Err(error) => return Err(error),
            }
        }
    }
    Ok(news)
}

/// What came to one series of a trial.
fn told(trial: &Trial, known: &Known<'_>) -> (Change, Cursor) {
    let none = Entries::default();
    let entries = trial.all.get(known.metric).unwrap_or(&none);
    let added = Reached::of(known.cursor).and_then(|reached| entries.since(reached));
    let change = match added {
        Some(added) if added.0.is_empty() => Change::Nothing,
        Some(added) => Change::Added(added.series()),
        None => Change::Whole(entries.series()),
    };
    (change, entries.reached(trial.is_over).cursor())
}
