//! A series in the order of an index over run, key and step, since MLflow 3: nothing else of the run is looked at.

use rusqlite::{Connection, Row};

use super::rows::{Rows, Walked};
use super::{Error, METRICS, Mlflow, Pace, SLICE};
use crate::store::runs::access::damaged;
use crate::store::runs::mark::Mark;
use crate::store::runs::raw::Raw;

/// The last row that was read.
#[derive(Clone, Debug, PartialEq)]
struct Place {
    step: Raw,
    row: i64,
}

/// One metric of one run.
struct Walk<'a> {
    index: &'a str,
    run: &'a str,
    metric: &'a str,
}

impl Walk<'_> {
    /// A statement over the rows that fit a condition: `?1` and `?2` are run and metric.
    fn sql(&self, columns: &str, condition: &str) -> String {
        format!(
            "SELECT {columns} FROM metrics INDEXED BY {} WHERE run_uuid = ?1 COLLATE BINARY
             AND key = ?2 COLLATE BINARY AND {condition}",
            self.index
        )
    }

    /// The rows after one, in the order of the index, where they reach to, and whether they are the last.
    fn slice(
        &self,
        connection: &Connection,
        from: Option<&Place>,
        mut pace: Pace,
    ) -> rusqlite::Result<(Vec<Walked>, Option<Place>, bool)> {
        const COLUMNS: &str = "rowid, step, timestamp, value, is_nan";
        let (mut slice, mut end) = (Vec::new(), from.cloned());
        let mut take = |row: &Row<'_>| -> rusqlite::Result<bool> {
            let walked = Walked::of(row)?;
            let place = Place { step: Raw::of(row.get_ref(1)?), row: walked.row };
            // An index whose pages are not in order could lead back, and be read for ever.
            let rises = end.as_ref().is_none_or(|end| {
                end.step.is_before(&place.step) || (end.step == place.step && end.row < place.row)
            });
            if !rises {
                return Err(damaged());
            }
            slice.push(walked);
            end = Some(place);
            Ok(pace.is_over() || slice.len() as i64 == SLICE)
        };
        // A slice ends somewhere among the rows of one step, so the next begins there.
        let (step, row) = from.map_or((&Raw::Null, None), |from| (&from.step, Some(from.row)));
        let condition = if row.is_some() { "step IS ?3 AND rowid > ?4" } else { "step IS ?3 AND ?4 IS NULL" };
        let sql = self.sql(COLUMNS, &format!("{condition} ORDER BY rowid LIMIT ?5"));
        let mut at = connection.prepare_cached(&sql)?;
        let mut rows = at.query((self.run, self.metric, step, row, SLICE))?;
        let mut is_cut = false;
        while !is_cut && let Some(row) = rows.next()? {
            is_cut = take(row)?;
        }
        drop(rows);
        // Behind those without a step come the numbers.
        let (condition, step) = match step {
            Raw::Null => ("step >= ?3", &Raw::Real(f64::NEG_INFINITY)),
            step => ("step > ?3", step),
        };
        let sql = self.sql(COLUMNS, &format!("{condition} ORDER BY step, rowid LIMIT ?4"));
        let mut after = connection.prepare_cached(&sql)?;
        if !is_cut {
            let mut rows = after.query((self.run, self.metric, step, SLICE))?;
            while !is_cut && let Some(row) = rows.next()? {
                is_cut = take(row)?;
            }
        }
        Ok((slice, end, !is_cut))
    }
}

/// The rows of a metric up to a mark, that one included.
pub(super) fn read(
    store: &mut Mlflow,
    index: &str,
    (run, metric): (&str, &str),
    last: Mark,
    keep_going: &dyn Fn() -> bool,
) -> Result<Rows, Error> {
    let walk = Walk { index, run, metric };
    let (mut from, mut is_last, mut rows) = (None, false, Rows::default());
    while !is_last {
        if !keep_going() {
            return Err(Error::Stopped(store.access.name()));
        }
        let time = store.rows_for;
        let (slice, end, ends) = METRICS.slice(last, &mut store.access, |connection| {
            walk.slice(connection, from.as_ref(), Pace::start(time))
        })?;
        for walked in slice.iter().filter(|walked| walked.row <= last.position) {
            rows.take(walked);
            rows.counted += 1;
        }
        (from, is_last) = (end, ends);
    }
    Ok(rows)
}

/// Rows counted at once, from the index alone: about 10 ms.
const COUNTED: i64 = 200_000;

/// How many rows there are up to a rowid, that one included: what [`read`] counts.
pub(super) fn count(
    store: &mut Mlflow,
    index: &str,
    (run, metric): (&str, &str),
    last: i64,
    keep_going: &dyn Fn() -> bool,
) -> Result<u64, Error> {
    let walk = Walk { index, run, metric };
    let mut count = 0;
    let mut from = Some(Raw::Null);
    while let Some(step) = from.take() {
        if !keep_going() {
            return Err(Error::Stopped(store.access.name()));
        }
        let (counted, end) = store.access.slice(|connection| {
            let (after, step) = match &step {
                Raw::Null => ("step >= ?3", &Raw::Real(f64::NEG_INFINITY)),
                step => ("step > ?3", step),
            };
            // The step that ends a bounded count.
            let sql = walk.sql("step", &format!("{after} ORDER BY step LIMIT 1 OFFSET ?4"));
            let mut ends = connection.prepare_cached(&sql)?;
            let mut ends = ends.query((run, metric, step, COUNTED))?;
            let end = ends.next()?.map(|row| row.get_ref(0).map(Raw::of)).transpose()?;
            let until = if end.is_some() { "step <= ?4" } else { "?4 IS NULL" };
            let sql = walk.sql("count(*)", &format!("{after} AND {until} AND rowid <= ?5"));
            let mut counts = connection.prepare_cached(&sql)?;
            let counted: i64 = counts.query_row((run, metric, step, &end, last), |row| row.get(0))?;
            Ok((counted as u64, end))
        })?;
        if end.as_ref().is_some_and(|end| !step.is_before(end)) {
            return Err(Error::Damaged { path: store.access.name() });
        }
        count += counted;
        from = end;
    }
    let none = store.access.slice(|connection| {
        // As a literal it would not be looked up in the index of a column that says it is never NULL.
        let mut without = connection.prepare_cached(&walk.sql("count(*)", "step IS ?3 AND rowid <= ?4"))?;
        without.query_row((run, metric, Raw::Null, last), |row| row.get::<_, i64>(0))
    })?;
    Ok(count + none as u64)
}
