//! Rows of MLflow's `metrics` table taken in as points.

use rusqlite::Row;
use rusqlite::types::ValueRef;

use super::value_of;
use crate::runs::{LeftOut, Point, Series};

/// A row as it is walked: its place, and its point where all is of the right type.
pub(super) struct Walked {
    pub row: i64,
    step: Option<i64>,
    point: Option<Point>,
    /// Whether no date can show the point's time.
    is_beyond: bool,
}

impl Walked {
    /// Of a row that begins with `rowid, step, timestamp, value, is_nan`.
    pub fn of(row: &Row<'_>) -> rusqlite::Result<Self> {
        let step = whole(row.get_ref(1)?);
        let value = value_of(row.get_ref(3)?, row.get_ref(4)?);
        let time = row.get_ref(2)?.as_i64().ok();
        let is_beyond = time.is_some_and(|time| jiff::Timestamp::from_millisecond(time).is_err());
        let point = match (step, time, value) {
            (Some(step), Some(time), Some(value)) => {
                Some(Point { step, time: time.saturating_mul(1_000), value })
            }
            _ => None,
        };
        Ok(Self { row: row.get(0)?, step, point, is_beyond })
    }
}

/// A step, of a column that may hold anything.
fn whole(value: ValueRef<'_>) -> Option<i64> {
    match value {
        ValueRef::Integer(step) => Some(step),
        // Beyond this, a double has no single integer of its own.
        ValueRef::Real(step) if step.fract() == 0.0 && step.abs() < 9e15 => Some(step as i64),
        _ => None,
    }
}

/// What was read of a series.
#[derive(Clone, Debug, Default)]
pub(super) struct Rows {
    points: Vec<Point>,
    /// Rows of the metric whose step, value or time is of a wrong type.
    left_out: Option<LeftOut>,
    /// Points whose time no date can show.
    beyond: usize,
    /// Rows that the cursor counts: the metric's own, or all of the run.
    pub counted: u64,
}

impl Rows {
    /// Takes a row of the metric.
    pub fn take(&mut self, walked: &Walked) {
        if let Some(point) = walked.point {
            self.points.push(point);
            self.beyond += usize::from(walked.is_beyond);
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
        Series { left_out: self.left_out, beyond: self.beyond, ..Series::from_points(self.points) }
    }
}
