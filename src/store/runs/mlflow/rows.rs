//! Rows of MLflow's `metrics` table: taking them in, and telling whether those of before are still there.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension as _, Row};

use super::value_of;
use crate::runs::{LeftOut, Point, Series};

/// A row as it is walked: its place, and its point where all is of the right type.
pub(super) struct Walked {
    pub row: i64,
    pub step: i64,
    point: Option<Point>,
}

impl Walked {
    /// Of a row that begins with `rowid, step, timestamp, value, is_nan`.
    pub fn of(row: &Row<'_>) -> rusqlite::Result<Self> {
        let (id, step) = (row.get(0)?, row.get::<_, Option<i64>>(1).unwrap_or_default().unwrap_or_default());
        let value = value_of(row.get_ref(3)?, row.get_ref(4)?);
        let time = row.get_ref(2)?.as_i64().ok();
        let point =
            value.zip(time).map(|(value, time)| Point { step, time: time.saturating_mul(1_000), value });
        Ok(Self { row: id, step, point })
    }
}

/// What was read of a series.
#[derive(Clone, Debug, Default)]
pub(super) struct Rows {
    points: Vec<Point>,
    /// Rows of the metric whose value or time is of a wrong type.
    left_out: Option<LeftOut>,
    /// Rows that the cursor counts: the metric's own, or all of the run.
    pub counted: u64,
}

impl Rows {
    /// Takes a row of the metric.
    pub fn take(&mut self, walked: &Walked) {
        if let Some(point) = walked.point {
            self.points.push(point);
            return;
        }
        let odd = LeftOut { count: 1, first_step: walked.step };
        self.left_out = Some(self.left_out.map_or(odd, |before| before.and(odd)));
    }

    /// Whether there is nothing to tell of.
    pub fn is_empty(&self) -> bool {
        self.points.is_empty() && self.left_out.is_none()
    }

    /// The sorted series.
    pub fn into_series(self) -> Series {
        Series { left_out: self.left_out, ..Series::from_points(self.points) }
    }
}

/// A row that rows behind it are told from: rows are only ever added behind the last one, since MLflow inserts them
/// without a rowid of its own (SQLite, "Rowid Tables").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    pub position: i64,
    pub fingerprint: u64,
}

/// The last row of the table; before the first where there is none.
pub(super) fn last_row(connection: &Connection) -> rusqlite::Result<Mark> {
    let sql = "SELECT rowid, step, timestamp, value, is_nan, run_uuid, key FROM metrics \
               ORDER BY rowid DESC LIMIT 1";
    Ok(mark(connection, sql, None)?.unwrap_or(Mark { position: i64::MIN, fingerprint: 0 }))
}

/// Whether the same row still stands there: after a deletion its number may be given again, and `VACUUM` may
/// renumber all.
pub(super) fn still_stands(connection: &Connection, before: Mark) -> rusqlite::Result<bool> {
    let sql = "SELECT rowid, step, timestamp, value, is_nan, run_uuid, key FROM metrics WHERE rowid = ?1";
    if before.position == i64::MIN {
        return Ok(true);
    }
    Ok(mark(connection, sql, Some(before.position))? == Some(before))
}

fn mark(connection: &Connection, sql: &str, at: Option<i64>) -> rusqlite::Result<Option<Mark>> {
    let mut statement = connection.prepare_cached(sql)?;
    let of = |row: &Row<'_>| {
        let mut hasher = DefaultHasher::new();
        for column in 1..7 {
            match row.get_ref(column)? {
                ValueRef::Null => 0_u8.hash(&mut hasher),
                ValueRef::Integer(value) => value.hash(&mut hasher),
                ValueRef::Real(value) => value.to_bits().hash(&mut hasher),
                ValueRef::Text(bytes) | ValueRef::Blob(bytes) => bytes.hash(&mut hasher),
            }
        }
        Ok(Mark { position: row.get(0)?, fingerprint: hasher.finish() })
    };
    statement.query_row(rusqlite::params_from_iter(at), of).optional()
}
