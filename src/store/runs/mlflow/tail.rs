//! What came to a series since it was read: only rows after the known ones are fetched, and the known ones
//! are counted, since a late row is told by nothing else.

use std::collections::BTreeMap;

use super::Mlflow;
use super::series::{Rows, by_row, by_step, count_rows, count_steps, read};
use crate::runs::Series;
use crate::store::runs::{Error, Known, Tail};

/// How far the rows of a series were walked, by run and metric.
pub(super) type Marks = BTreeMap<(String, String), Mark>;

/// How far a series was walked.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Mark {
    points: usize,
    odd: usize,
    /// Of all the run's metrics; used where the walk is by rowid.
    walked: usize,
    last_row: i64,
    /// Of the last row, point or not; used where the walk is by step.
    last_step: i64,
}

/// All points of some metrics, remembered for [`tails`].
pub(super) fn whole(
    store: &mut Mlflow,
    run: &str,
    metrics: &[&str],
    keep_going: &dyn Fn() -> bool,
) -> Result<Vec<Series>, Error> {
    let read = read(store, run, metrics, keep_going)?;
    let mut all = Vec::with_capacity(read.len());
    for (metric, rows) in metrics.iter().zip(read) {
        let key = (run.to_owned(), (*metric).to_owned());
        if rows.complete {
            let mark = Mark {
                points: rows.points.len(),
                odd: rows.odd(),
                walked: rows.walked,
                last_row: rows.last_row,
                last_step: rows.last_step,
            };
            store.marks.insert(key, mark);
        } else {
            store.marks.remove(&key);
        }
        all.push(rows.finish(store, run, metric));
    }
    Ok(all)
}

/// See [`Reader::tails`](crate::store::runs::Reader::tails).
pub(super) fn tails(store: &mut Mlflow, run: &str, known: &[Known<'_>]) -> Result<Vec<Tail>, Error> {
    let marks: Vec<Option<Mark>> = known
        .iter()
        .map(|known| {
            let mark = store.marks.get(&(run.to_owned(), known.metric.to_owned())).copied();
            mark.filter(|mark| mark.points == known.len)
        })
        .collect();
    let fetched = if store.shape.has_step_index {
        let one = |(known, mark): (&Known<'_>, &Option<Mark>)| fetch_by_step(store, run, known, *mark);
        known.iter().zip(&marks).map(one).collect::<Result<Vec<_>, _>>()?
    } else {
        fetch_by_row(store, run, known, &marks)?
    };
    let mut tails = vec![Tail::Nothing; known.len()];
    let mut again = Vec::new();
    for (at, rows) in fetched.into_iter().enumerate() {
        let Known { metric, len, last_step, .. } = known[at];
        let is_after = |rows: &Rows| {
            // Without a mark nothing tells whether rows that are no points were there before.
            (marks[at].is_some() || rows.odd() == 0) && rows.points.iter().all(|point| point.step > last_step)
        };
        match rows.filter(is_after) {
            None => again.push(at),
            Some(rows) => {
                let before = marks[at].unwrap_or_default();
                let mark = Mark {
                    points: len + rows.points.len(),
                    odd: before.odd + rows.odd(),
                    walked: before.walked + rows.walked,
                    last_row: rows.last_row,
                    last_step: rows.last_step,
                };
                store.marks.insert((run.to_owned(), metric.to_owned()), mark);
                let added = rows.finish(store, run, metric);
                if !(added.is_empty() && added.left_out.is_none()) {
                    tails[at] = Tail::Added(added);
                }
            }
        }
    }
    if again.is_empty() {
        return Ok(tails);
    }
    let metrics: Vec<&str> = again.iter().map(|at| known[*at].metric).collect();
    for (at, series) in again.into_iter().zip(whole(store, run, &metrics, &|| true)?) {
        let Known { len, last_step, left_out, .. } = known[at];
        let is_known = series.len() == len
            && series.left_out.map_or(0, |rows| rows.count) == left_out
            && series.steps.last().is_none_or(|last| *last == last_step);
        // Where there was a mark, something is known to differ.
        if !is_known || marks[at].is_some() {
            tails[at] = Tail::Whole(series);
        }
    }
    Ok(tails)
}

/// The rows after the last step; none when rows came or went before it.
fn fetch_by_step(
    store: &mut Mlflow,
    run: &str,
    known: &Known<'_>,
    mark: Option<Mark>,
) -> Result<Option<Rows>, Error> {
    let Known { metric, len, last_step, .. } = *known;
    let (known_rows, last_step) =
        mark.map_or((len, last_step), |mark| (mark.points + mark.odd, mark.last_step));
    if known_rows > 0 && count_steps(store, run, metric, last_step)? != known_rows {
        return Ok(None);
    }
    match last_step.checked_add(1) {
        Some(next) => by_step(store, run, metric, next, &|| true).map(Some),
        None => Ok(Some(Rows { last_step, ..Rows::default() })),
    }
}

/// The rows after the last ones walked; none when rows came or went before them, or when nothing tells known
/// rows from new ones. Metrics that were walked equally far are read by one walk.
fn fetch_by_row(
    store: &mut Mlflow,
    run: &str,
    known: &[Known<'_>],
    marks: &[Option<Mark>],
) -> Result<Vec<Option<Rows>>, Error> {
    let mut walks: BTreeMap<(i64, usize), Vec<usize>> = BTreeMap::new();
    for (at, mark) in marks.iter().enumerate() {
        if let Some(mark) = mark {
            walks.entry((mark.last_row, mark.walked)).or_default().push(at);
        }
    }
    let mut fetched = vec![None; known.len()];
    for ((last_row, walked), members) in walks {
        if count_rows(store, run, last_row)? != walked {
            continue;
        }
        let metrics: Vec<&str> = members.iter().map(|at| known[*at].metric).collect();
        let rows = by_row(store, run, &metrics, last_row, &|| true)?;
        for (at, rows) in members.into_iter().zip(rows) {
            fetched[at] = Some(rows);
        }
    }
    Ok(fetched)
}
