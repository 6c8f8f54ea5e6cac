//! What came to a series since it was read: only rows after the known ones are fetched, and the known ones
//! are counted, since a late row is told by nothing else.

use std::collections::BTreeMap;

use super::Mlflow;
use super::series::{Rows, by_row, by_step, count_rows, count_steps, read};
use crate::runs::Series;
use crate::store::runs::{Error, Tail};

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
}

/// All points, remembered for [`tail`].
pub(super) fn whole(
    store: &mut Mlflow,
    run: &str,
    metric: &str,
    keep_going: &dyn Fn() -> bool,
) -> Result<Series, Error> {
    let rows = read(store, run, metric, keep_going)?;
    let key = (run.to_owned(), metric.to_owned());
    if rows.complete {
        let Rows { odd, walked, last_row, .. } = rows;
        store.marks.insert(key, Mark { points: rows.points.len(), odd, walked, last_row });
    } else {
        store.marks.remove(&key);
    }
    Ok(rows.finish(store, run, metric))
}

/// See [`Reader::tail`](crate::store::runs::Reader::tail).
pub(super) fn tail(
    store: &mut Mlflow,
    run: &str,
    metric: &str,
    known: usize,
    last_step: i64,
) -> Result<Tail, Error> {
    let key = (run.to_owned(), metric.to_owned());
    let mark = store.marks.get(&key).copied();
    let fetched = if store.shape.has_step_index {
        let odd = mark.map_or(0, |mark| mark.odd);
        fetch_by_step(store, run, metric, known + odd, last_step)?
            .map(|rows| (mark.unwrap_or_default(), rows))
    } else {
        // Without a mark nothing tells known rows from new ones; the first look sets it.
        match mark.filter(|mark| mark.points == known) {
            Some(mark) => fetch_by_row(store, run, metric, mark)?.map(|rows| (mark, rows)),
            None => None,
        }
    };
    let added = fetched.filter(|(_, rows)| rows.points.iter().all(|point| point.step > last_step));
    let Some((mark, rows)) = added else {
        let series = whole(store, run, metric, &|| true)?;
        let is_known = series.len() == known && series.steps.last().is_none_or(|last| *last == last_step);
        // Where there was a mark, something is known to differ.
        return Ok(if is_known && mark.is_none() { Tail::Nothing } else { Tail::Whole(series) });
    };
    let mark = Mark {
        points: known + rows.points.len(),
        odd: mark.odd + rows.odd,
        walked: mark.walked + rows.walked,
        last_row: rows.last_row,
    };
    store.marks.insert(key, mark);
    let added = rows.finish(store, run, metric);
    Ok(if added.is_empty() { Tail::Nothing } else { Tail::Added(added) })
}

/// The rows after the last step; none when rows came or went before it.
fn fetch_by_step(
    store: &mut Mlflow,
    run: &str,
    metric: &str,
    known_rows: usize,
    last_step: i64,
) -> Result<Option<Rows>, Error> {
    if known_rows > 0 && count_steps(store, run, metric, last_step)? != known_rows {
        return Ok(None);
    }
    match last_step.checked_add(1) {
        Some(next) => by_step(store, run, metric, next, &|| true).map(Some),
        None => Ok(Some(Rows::default())),
    }
}

/// The rows after the last one walked; none when rows came or went before it.
fn fetch_by_row(store: &mut Mlflow, run: &str, metric: &str, mark: Mark) -> Result<Option<Rows>, Error> {
    if count_rows(store, run, mark.last_row)? != mark.walked {
        return Ok(None);
    }
    by_row(store, run, metric, mark.last_row, &|| true).map(Some)
}
