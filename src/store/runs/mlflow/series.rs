//! One metric of one run: in key order where the index allows it, else in one pass over the run's rows.

use rusqlite::{Connection, Row};

use super::{Mlflow, SLICE, value_of};
use crate::runs::{Point, Series};
use crate::store::runs::{Error, Tail};

fn point_of(row: &Row<'_>) -> rusqlite::Result<(i64, Point)> {
    let value = value_of(row.get(3)?, row.get(4)?);
    let time = row.get::<_, i64>(2)?.saturating_mul(1_000);
    Ok((row.get(0)?, Point { step: row.get(1)?, time, value }))
}

pub(super) fn read(
    store: &mut Mlflow,
    run: &str,
    metric: &str,
    keep_going: &dyn Fn() -> bool,
) -> Result<Series, Error> {
    let mut points = Vec::new();
    if store.shape.has_step_index {
        by_step(store, run, metric, i64::MIN, &mut points, keep_going)?;
    } else {
        by_row(store, run, metric, &mut points, keep_going)?;
    }
    Ok(Series::from_points(points))
}

/// From `step` on. A slice ends somewhere among the rows of one step, so the next begins there.
fn by_step(
    store: &mut Mlflow,
    run: &str,
    metric: &str,
    from: i64,
    points: &mut Vec<Point>,
    keep_going: &dyn Fn() -> bool,
) -> Result<(), Error> {
    let (mut step, mut row) = (from, i64::MIN);
    while keep_going() {
        let slice = store.access.slice(|connection| step_slice(connection, run, metric, step, row))?;
        let Some((last_row, last)) = slice.last() else { break };
        (row, step) = (*last_row, last.step);
        let full = slice.len() as i64 >= SLICE;
        points.extend(slice.into_iter().map(|(_, point)| point));
        if !full {
            break;
        }
    }
    Ok(())
}

fn step_slice(
    connection: &Connection,
    run: &str,
    metric: &str,
    step: i64,
    row: i64,
) -> rusqlite::Result<Vec<(i64, Point)>> {
    let mut at = connection.prepare_cached(include_str!("../../sql/mlflow_series_at.sql"))?;
    let params = (run, metric, step, row, SLICE);
    let mut slice = at.query_map(params, point_of)?.collect::<rusqlite::Result<Vec<_>>>()?;
    let left = SLICE - slice.len() as i64;
    if left > 0 {
        let mut after = connection.prepare_cached(include_str!("../../sql/mlflow_series_after.sql"))?;
        for point in after.query_map((run, metric, step, left), point_of)? {
            slice.push(point?);
        }
    }
    Ok(slice)
}

/// Stores before 3.x: all rows of the run in the order of their rowids, the metric picked out of them.
fn by_row(
    store: &mut Mlflow,
    run: &str,
    metric: &str,
    points: &mut Vec<Point>,
    keep_going: &dyn Fn() -> bool,
) -> Result<(), Error> {
    let index = if store.shape.has_run_index { "INDEXED BY index_metrics_run_uuid" } else { "" };
    // `+rowid` would lose the index's order; rows of one run come by rowid from it.
    let sql = format!(
        "SELECT rowid, step, timestamp, value, is_nan, key = ?2 FROM metrics {index}
         WHERE run_uuid = ?1 AND rowid > ?3 ORDER BY rowid LIMIT ?4"
    );
    let mut last = i64::MIN;
    while keep_going() {
        let mut count = 0;
        let slice = store.access.slice(|connection| {
            let mut statement = connection.prepare_cached(&sql)?;
            let mut rows = statement.query((run, metric, last, SLICE))?;
            let mut slice = Vec::new();
            let mut end = last;
            count = 0;
            while let Some(row) = rows.next()? {
                count += 1;
                let (rowid, point) = point_of(row)?;
                end = rowid;
                if row.get(5)? {
                    slice.push(point);
                }
            }
            Ok((slice, end))
        })?;
        points.extend(slice.0);
        last = slice.1;
        if count < SLICE {
            break;
        }
    }
    Ok(())
}

/// Counts first: rows that came late with smaller steps are told by the count alone.
pub(super) fn tail(
    store: &mut Mlflow,
    run: &str,
    metric: &str,
    known: usize,
    last_step: i64,
) -> Result<Tail, Error> {
    if !store.shape.has_step_index {
        let series = read(store, run, metric, &|| true)?;
        return Ok(if series.len() == known { Tail::Nothing } else { Tail::Whole(series) });
    }
    let count = store.access.slice(|connection| {
        let sql = "SELECT count(*) FROM metrics INDEXED BY index_metrics_run_uuid_key_step
                   WHERE run_uuid = ?1 AND key = ?2";
        connection.prepare_cached(sql)?.query_row((run, metric), |row| row.get::<_, i64>(0))
    })?;
    if count as usize == known {
        return Ok(Tail::Nothing);
    }
    let mut points = Vec::new();
    if last_step < i64::MAX {
        by_step(store, run, metric, last_step + 1, &mut points, &|| true)?;
    }
    let added = Series::from_points(points);
    // More may have been written between the count and the read; less means that rows came before the end.
    if known + added.len() >= count as usize {
        Ok(if added.is_empty() { Tail::Nothing } else { Tail::Added(added) })
    } else {
        read(store, run, metric, &|| true).map(Tail::Whole)
    }
}
