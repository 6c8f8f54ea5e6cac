//! Series of one run in the order of its rows: one walk serves all its metrics. For stores before MLflow 3, and those
//! whose indexes are not what their names say.

use rusqlite::Connection;
use rusqlite::types::ValueRef;

use super::rows::{Rows, Walked};
use super::{Error, METRICS, Mlflow, Pace, SLICE};
use crate::store::runs::access::damaged;
use crate::store::runs::mark::Mark;

/// What one slice found.
#[derive(Default)]
struct Slice {
    /// Rows of the metrics, with the metric's place.
    found: Vec<(usize, Walked)>,
    /// Rows of the run.
    count: u64,
    /// The last row that was looked at.
    end: Option<i64>,
    is_last: bool,
}

/// One run.
struct Walk<'a> {
    sql: &'a str,
    run: &'a str,
    metrics: &'a [&'a str],
}

impl Walk<'_> {
    /// The rows from a number on.
    fn slice(
        &self,
        connection: &Connection,
        from: i64,
        last: i64,
        mut pace: Pace,
    ) -> rusqlite::Result<Slice> {
        let mut statement = connection.prepare_cached(self.sql)?;
        let mut rows = statement.query((self.run, from, last, SLICE))?;
        let (mut slice, mut seen) = (Slice::default(), 0);
        while let Some(row) = rows.next()? {
            let id: i64 = row.get(0)?;
            if id < from || slice.end.is_some_and(|end| id <= end) {
                return Err(damaged());
            }
            (slice.end, seen) = (Some(id), seen + 1);
            if let (ValueRef::Text(run), ValueRef::Text(key)) = (row.get_ref(5)?, row.get_ref(6)?)
                && run == self.run.as_bytes()
            {
                slice.count += 1;
                if let Some(at) = self.metrics.iter().position(|metric| metric.as_bytes() == key) {
                    slice.found.push((at, Walked::of(row)?));
                }
            }
            if pace.is_over() {
                return Ok(slice);
            }
        }
        slice.is_last = seen < SLICE;
        Ok(slice)
    }
}

/// The rows of some metrics up to a mark, that one included; each counts all rows of the run.
pub(super) fn read(
    store: &mut Mlflow,
    run: &str,
    metrics: &[&str],
    last: Mark,
    keep_going: &dyn Fn() -> bool,
) -> Result<Vec<Rows>, Error> {
    // Without an index over the run all rows are looked at; SQLite would sort them first by another one.
    let rows = match &store.shape.run_index {
        Some(index) => format!("INDEXED BY {index} WHERE run_uuid = ?1 COLLATE BINARY"),
        None => "NOT INDEXED WHERE ?1 = ?1".to_owned(),
    };
    let sql = format!(
        "SELECT rowid, step, timestamp, value, is_nan, run_uuid, key FROM metrics {rows}
         AND rowid >= ?2 AND rowid <= ?3 ORDER BY rowid LIMIT ?4"
    );
    let walk = Walk { sql: &sql, run, metrics };
    let mut all = vec![Rows::default(); metrics.len()];
    let (mut next, mut count) = (Some(i64::MIN), 0);
    while let Some(from) = next {
        if !keep_going() {
            return Err(Error::Stopped(store.access.name()));
        }
        let time = store.rows_for;
        let slice = METRICS.slice(last, &mut store.access, |connection| {
            walk.slice(connection, from, last.position, Pace::start(time))
        })?;
        for (at, walked) in &slice.found {
            all[*at].take(walked);
        }
        count += slice.count;
        next = slice.end.and_then(|end| end.checked_add(1)).filter(|_| !slice.is_last);
    }
    for rows in &mut all {
        rows.counted = count;
    }
    Ok(all)
}

/// Rows counted at once, from the index alone: about 10 ms.
const COUNTED: i64 = 200_000;

/// How many rows of a run there are up to a mark, that one included: what [`read`] counts.
pub(super) fn count(
    store: &mut Mlflow,
    run: &str,
    last: Mark,
    keep_going: &dyn Fn() -> bool,
) -> Result<u64, Error> {
    let Some(index) = store.shape.run_index.clone() else {
        let none = read(store, run, &[""], last, keep_going)?;
        return Ok(none.first().map_or(0, |rows| rows.counted));
    };
    let sql = format!(
        "SELECT count(*), max(rowid) FROM (SELECT rowid FROM metrics INDEXED BY {index}
         WHERE run_uuid = ?1 COLLATE BINARY AND rowid >= ?2 AND rowid <= ?3 ORDER BY rowid LIMIT ?4)"
    );
    let (mut next, mut count) = (Some(i64::MIN), 0);
    while let Some(from) = next {
        if !keep_going() {
            return Err(Error::Stopped(store.access.name()));
        }
        let (counted, end): (i64, Option<i64>) = store.access.slice(|connection| {
            let mut statement = connection.prepare_cached(&sql)?;
            statement.query_row((run, from, last.position, COUNTED), |row| Ok((row.get(0)?, row.get(1)?)))
        })?;
        count += counted as u64;
        next = end.filter(|end| counted == COUNTED && *end >= from).and_then(|end| end.checked_add(1));
    }
    Ok(count)
}
