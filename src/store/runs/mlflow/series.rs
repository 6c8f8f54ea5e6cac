//! One metric of one run: in key order where the index allows it, else in one pass over the run's rows.

use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row};

use super::{Mlflow, Pace, SLICE, value_of};
use crate::problem::Problem;
use crate::runs::{LeftOut, Point, Series};
use crate::store::runs::Error;

/// A row as it is walked: its place, and its point where all is of the right type.
struct Walked {
    row: i64,
    step: i64,
    point: Option<Point>,
}

fn walked(row: &Row<'_>) -> rusqlite::Result<Walked> {
    let (id, step) = (row.get(0)?, row.get::<_, Option<i64>>(1).unwrap_or_default().unwrap_or_default());
    let value = value_of(row.get_ref(3)?, row.get_ref(4)?);
    let time = row.get_ref(2)?.as_i64().ok();
    let point = value.zip(time).map(|(value, time)| Point { step, time: time.saturating_mul(1_000), value });
    Ok(Walked { row: id, step, point })
}

/// What was read of a series, and how far.
#[derive(Clone, Debug, Default)]
pub(super) struct Rows {
    /// The points, in no order.
    pub points: Vec<Point>,
    /// Rows of the metric whose value or time is of a wrong type.
    pub left_out: Option<LeftOut>,
    /// Rows that were walked over, of whatever metric.
    pub walked: usize,
    /// The step of the last row, point or not, where the walk was by step; what it began after when none came.
    pub last_step: i64,
    /// The last rowid, where the walk was by rowid.
    pub last_row: i64,
    /// Whether the walk came to its end.
    pub complete: bool,
}

impl Rows {
    fn take(&mut self, walked: &Walked) {
        if let Some(point) = walked.point {
            self.points.push(point);
            return;
        }
        let odd = LeftOut { count: 1, first_step: walked.step };
        self.left_out = Some(self.left_out.map_or(odd, |before| before.and(odd)));
    }

    /// How many rows of the metric are no points.
    pub fn odd(&self) -> usize {
        self.left_out.map_or(0, |left_out| left_out.count)
    }

    /// The sorted series, and a problem for what had to be left out.
    pub fn finish(self, store: &mut Mlflow, run: &str, metric: &str) -> Series {
        if let Some(left_out) = self.left_out {
            let at = format!("{}: run {run}, metric {metric}", store.access.name());
            store.problems.push(Problem::warning(left_out.sentence(), at));
        }
        Series { left_out: self.left_out, ..Series::from_points(self.points) }
    }
}

/// Everything, read again where rows came or went behind the reader's back; for each metric in turn.
pub(super) fn read(
    store: &mut Mlflow,
    run: &str,
    metrics: &[&str],
    keep_going: &dyn Fn() -> bool,
) -> Result<Vec<Rows>, Error> {
    if store.shape.has_step_index {
        return metrics.iter().map(|metric| read_by_step(store, run, metric, keep_going)).collect();
    }
    let mut rows = Vec::new();
    for _ in 0..ATTEMPTS {
        rows = by_row(store, run, metrics, i64::MIN, keep_going)?;
        // All metrics were read by one walk.
        let Some(walk) = rows.first().filter(|walk| walk.complete) else { break };
        if count_rows(store, run, walk.last_row)? == walk.walked {
            break;
        }
    }
    Ok(rows)
}

/// A writer that adds early steps all the time is not waited for: the watch will see them.
const ATTEMPTS: usize = 3;

fn read_by_step(
    store: &mut Mlflow,
    run: &str,
    metric: &str,
    keep_going: &dyn Fn() -> bool,
) -> Result<Rows, Error> {
    let mut rows = Rows::default();
    for _ in 0..ATTEMPTS {
        rows = by_step(store, run, metric, i64::MIN, keep_going)?;
        if !rows.complete || count_steps(store, run, metric, rows.last_step)? == rows.walked {
            break;
        }
    }
    Ok(rows)
}

/// From `step` on. A slice ends somewhere among the rows of one step, so the next begins there.
pub(super) fn by_step(
    store: &mut Mlflow,
    run: &str,
    metric: &str,
    from: i64,
    keep_going: &dyn Fn() -> bool,
) -> Result<Rows, Error> {
    let (mut step, mut row) = (from, i64::MIN);
    let mut rows = Rows { last_step: from.saturating_sub(1), ..Rows::default() };
    while keep_going() {
        let time = store.rows_for;
        let (slice, is_last) = store
            .access
            .slice(|connection| step_slice(connection, run, metric, (step, row), Pace::start(time)))?;
        if let Some(last) = slice.last() {
            (row, step) = (last.row, last.step);
            rows.last_step = step;
        }
        rows.walked += slice.len();
        for walked in &slice {
            rows.take(walked);
        }
        if is_last {
            rows.complete = true;
            break;
        }
    }
    Ok(rows)
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
    for found in at.query_map((run, metric, step, row, SLICE), walked)? {
        slice.push(found?);
        if pace.is_over() {
            return Ok((slice, false));
        }
    }
    let left = SLICE - slice.len() as i64;
    if left > 0 {
        let mut after = connection.prepare_cached(include_str!("../../sql/mlflow_series_after.sql"))?;
        for found in after.query_map((run, metric, step, left), walked)? {
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
/// serves all of them: its extent stands in each.
pub(super) fn by_row(
    store: &mut Mlflow,
    run: &str,
    metrics: &[&str],
    from: i64,
    keep_going: &dyn Fn() -> bool,
) -> Result<Vec<Rows>, Error> {
    let index = run_index(store);
    // `+rowid` would lose the index's order; rows of one run come by rowid from it.
    let sql = format!(
        "SELECT rowid, step, timestamp, value, is_nan, key FROM metrics {index}
         WHERE run_uuid = ?1 AND rowid > ?2 ORDER BY rowid LIMIT ?3"
    );
    let mut all = vec![Rows { last_row: from, ..Rows::default() }; metrics.len()];
    let (mut last, mut count, mut complete) = (from, 0, false);
    while !complete && keep_going() {
        let time = store.rows_for;
        let (found, seen, end, is_last) = store.access.slice(|connection| {
            let mut pace = Pace::start(time);
            let mut statement = connection.prepare_cached(&sql)?;
            let mut rows = statement.query((run, last, SLICE))?;
            let (mut found, mut seen, mut end, mut is_cut) = (Vec::new(), 0, last, false);
            while let Some(row) = rows.next()? {
                seen += 1;
                end = row.get(0)?;
                if let ValueRef::Text(key) = row.get_ref(5)?
                    && let Some(at) = metrics.iter().position(|metric| metric.as_bytes() == key)
                {
                    found.push((at, walked(row)?));
                }
                is_cut = pace.is_over();
                if is_cut {
                    break;
                }
            }
            Ok((found, seen, end, !is_cut && (seen as i64) < SLICE))
        })?;
        for (at, walked) in &found {
            all[*at].take(walked);
        }
        last = end;
        count += seen;
        complete = is_last;
    }
    for rows in &mut all {
        (rows.walked, rows.last_row, rows.complete) = (count, last, complete);
    }
    Ok(all)
}

/// Rows counted at once, from a covering index: about 10 ms.
const COUNTED: i64 = 200_000;

/// How many rows of the metric there are up to a step, that one included.
pub(super) fn count_steps(store: &mut Mlflow, run: &str, metric: &str, last: i64) -> Result<usize, Error> {
    // No real step is the least number; a row there would only make the series be read again.
    let (mut from, mut count) = (i64::MIN, 0);
    while from < last {
        let (counted, end) = store.access.slice(|connection| {
            let mut ends = connection.prepare_cached(include_str!("../../sql/mlflow_step_after.sql"))?;
            let mut ends = ends.query((run, metric, from, COUNTED))?;
            let end = ends.next()?.map(|row| row.get(0)).transpose()?.unwrap_or(last).min(last);
            let mut counts = connection.prepare_cached(include_str!("../../sql/mlflow_count_steps.sql"))?;
            let counted: i64 = counts.query_row((run, metric, from, end), |row| row.get(0))?;
            Ok((counted as usize, end))
        })?;
        count += counted;
        from = end;
    }
    Ok(count)
}

/// How many rows of the run there are up to a rowid, that one included.
pub(super) fn count_rows(store: &mut Mlflow, run: &str, last: i64) -> Result<usize, Error> {
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
        count += counted as usize;
        match end {
            Some(end) if counted == COUNTED => from = end,
            _ => return Ok(count),
        }
    }
}
