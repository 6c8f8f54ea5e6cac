//! Whole series of one run: in key order where the index allows it, else in one pass over the run's rows. Only rows
//! that were there when the reading began are taken, so that what comes meanwhile is told by [`super::changes`].

use rusqlite::Connection;
use rusqlite::types::ValueRef;

use super::rows::{Mark, Rows, Walked, last_row};
use super::{Mlflow, Pace, SLICE};
use crate::runs::Series;
use crate::store::runs::{Cursor, Error};

/// See [`Reader::series_of`](crate::store::runs::Reader::series_of).
pub(super) fn read(
    store: &mut Mlflow,
    run: &str,
    metrics: &[&str],
    keep_going: &dyn Fn() -> bool,
) -> Result<Vec<(Series, Cursor)>, Error> {
    let Mark { position, fingerprint } = store.access.slice(last_row)?;
    let all = if store.shape.has_step_index {
        let one = |metric: &&str| by_step(store, run, metric, position, keep_going);
        metrics.iter().map(one).collect::<Result<_, _>>()?
    } else {
        by_row(store, run, metrics, position, keep_going)?
    };
    let finished = |rows: Rows| {
        let cursor = Cursor { position, fingerprint, rows: rows.counted };
        (rows.into_series(), cursor)
    };
    Ok(all.into_iter().map(finished).collect())
}

/// A slice ends somewhere among the rows of one step, so the next begins there.
fn by_step(
    store: &mut Mlflow,
    run: &str,
    metric: &str,
    last: i64,
    keep_going: &dyn Fn() -> bool,
) -> Result<Rows, Error> {
    let (mut step, mut row) = (i64::MIN, i64::MIN);
    let mut rows = Rows::default();
    loop {
        if !keep_going() {
            return Err(Error::Stopped(store.access.name()));
        }
        let time = store.rows_for;
        let (slice, is_last) = store
            .access
            .slice(|connection| step_slice(connection, run, metric, (step, row), Pace::start(time)))?;
        if let Some(last) = slice.last() {
            (row, step) = (last.row, last.step);
        }
        for walked in slice.iter().filter(|walked| walked.row <= last) {
            rows.take(walked);
            rows.counted += 1;
        }
        if is_last {
            return Ok(rows);
        }
    }
}

/// The rows after a row of a step, and whether they are the last.
fn step_slice(
    connection: &Connection,
    run: &str,
    metric: &str,
    (step, row): (i64, i64),
    mut pace: Pace,
) -> rusqlite::Result<(Vec<Walked>, bool)> {
    let mut slice = Vec::new();
    let mut at = connection.prepare_cached(include_str!("../../sql/mlflow_series_at.sql"))?;
    for found in at.query_map((run, metric, step, row, SLICE), Walked::of)? {
        slice.push(found?);
        if pace.is_over() {
            return Ok((slice, false));
        }
    }
    let left = SLICE - slice.len() as i64;
    if left > 0 {
        let mut after = connection.prepare_cached(include_str!("../../sql/mlflow_series_after.sql"))?;
        for found in after.query_map((run, metric, step, left), Walked::of)? {
            slice.push(found?);
            if pace.is_over() {
                return Ok((slice, false));
            }
        }
    }
    let is_last = (slice.len() as i64) < SLICE;
    Ok((slice, is_last))
}

fn run_index(store: &Mlflow) -> &'static str {
    if store.shape.has_run_index { "INDEXED BY index_metrics_run_uuid" } else { "" }
}

/// Stores before 3.x: all rows of the run in the order of their rowids, the metrics picked out of them. One walk
/// serves all of them: its length stands in each.
fn by_row(
    store: &mut Mlflow,
    run: &str,
    metrics: &[&str],
    last: i64,
    keep_going: &dyn Fn() -> bool,
) -> Result<Vec<Rows>, Error> {
    let index = run_index(store);
    // `+rowid` would lose the index's order; rows of one run come by rowid from it.
    let sql = format!(
        "SELECT rowid, step, timestamp, value, is_nan, key FROM metrics {index}
         WHERE run_uuid = ?1 AND rowid > ?2 AND rowid <= ?3 ORDER BY rowid LIMIT ?4"
    );
    let mut all = vec![Rows::default(); metrics.len()];
    let (mut from, mut count, mut complete) = (i64::MIN, 0, false);
    while !complete {
        if !keep_going() {
            return Err(Error::Stopped(store.access.name()));
        }
        let time = store.rows_for;
        let (found, seen, end, is_last) = store.access.slice(|connection| {
            let mut pace = Pace::start(time);
            let mut statement = connection.prepare_cached(&sql)?;
            let mut rows = statement.query((run, from, last, SLICE))?;
            let (mut found, mut seen, mut end, mut is_cut) = (Vec::new(), 0, from, false);
            while let Some(row) = rows.next()? {
                seen += 1;
                end = row.get(0)?;
                if let ValueRef::Text(key) = row.get_ref(5)?
                    && let Some(at) = metrics.iter().position(|metric| metric.as_bytes() == key)
                {
                    found.push((at, Walked::of(row)?));
                }
                is_cut = pace.is_over();
                if is_cut {
                    break;
                }
            }
            Ok((found, seen, end, !is_cut && seen < SLICE))
        })?;
        for (at, walked) in &found {
            all[*at].take(walked);
        }
        from = end;
        count += seen as u64;
        complete = is_last;
    }
    for rows in &mut all {
        rows.counted = count;
    }
    Ok(all)
}

/// Rows counted at once, from a covering index: about 10 ms.
const COUNTED: i64 = 200_000;

/// How many rows there are up to a rowid, that one included: of the metric where the index allows it, else of the
/// run. The same as [`Rows::counted`] of a reading.
pub(super) fn count(store: &mut Mlflow, run: &str, metric: &str, last: i64) -> Result<u64, Error> {
    if store.shape.has_step_index {
        count_steps(store, run, metric, last)
    } else {
        count_rows(store, run, last)
    }
}

fn count_steps(store: &mut Mlflow, run: &str, metric: &str, last: i64) -> Result<u64, Error> {
    // No real step is the least number; a row there would only make the series be read again.
    let (mut from, mut count) = (i64::MIN, 0);
    while from < i64::MAX {
        let (counted, end) = store.access.slice(|connection| {
            let mut ends = connection.prepare_cached(include_str!("../../sql/mlflow_step_after.sql"))?;
            let mut ends = ends.query((run, metric, from, COUNTED))?;
            let end = ends.next()?.map(|row| row.get(0)).transpose()?.unwrap_or(i64::MAX);
            let mut counts = connection.prepare_cached(include_str!("../../sql/mlflow_count_steps.sql"))?;
            let counted: i64 = counts.query_row((run, metric, from, end, last), |row| row.get(0))?;
            Ok((counted as u64, end))
        })?;
        count += counted;
        from = end;
    }
    Ok(count)
}

fn count_rows(store: &mut Mlflow, run: &str, last: i64) -> Result<u64, Error> {
    let index = run_index(store);
    let sql = format!(
        "SELECT count(*), max(rowid) FROM (SELECT rowid FROM metrics {index}
         WHERE run_uuid = ?1 AND rowid > ?2 AND rowid <= ?3 ORDER BY rowid LIMIT ?4)"
    );
    let (mut from, mut count) = (i64::MIN, 0);
    loop {
        let (counted, end) = store.access.slice(|connection| {
            let mut statement = connection.prepare_cached(&sql)?;
            statement.query_row((run, from, last, COUNTED), |row| {
                Ok((row.get::<_, i64>(0)?, row.get::<_, Option<i64>>(1)?))
            })
        })?;
        count += counted as u64;
        match end {
            Some(end) if counted == COUNTED => from = end,
            _ => return Ok(count),
        }
    }
}
