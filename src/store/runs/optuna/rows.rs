//! Columns of Optuna's tables that may hold anything.

use jiff::tz::TimeZone;
use rusqlite::types::ValueRef;

use crate::problem::Problem;
use crate::store::runs::raw::text;
use crate::store::runs::times;

/// A value with the column that tells how it is to be taken, if there is one: what is not finite is no number there.
pub(super) fn value_of(value: ValueRef<'_>, kind: ValueRef<'_>) -> Option<f64> {
    match kind {
        ValueRef::Text(b"INF_POS") => Some(f64::INFINITY),
        ValueRef::Text(b"INF_NEG") => Some(f64::NEG_INFINITY),
        ValueRef::Text(b"NAN") => Some(f64::NAN),
        _ => number(value),
    }
}

/// A number.
pub(super) fn number(value: ValueRef<'_>) -> Option<f64> {
    match value {
        ValueRef::Real(value) => Some(value),
        ValueRef::Integer(value) => Some(value as f64),
        ValueRef::Null | ValueRef::Text(_) | ValueRef::Blob(_) => None,
    }
}

/// A time of a zone, in microseconds since 1970; an error for what is neither NULL nor a time.
pub(super) fn time(value: ValueRef<'_>, zone: &TimeZone) -> Result<Option<i64>, ()> {
    match value {
        ValueRef::Null => Ok(None),
        ValueRef::Text(bytes) => {
            let time = std::str::from_utf8(bytes).ok().and_then(|text| times::parse(text, zone));
            time.map(Some).ok_or(())
        }
        _ => Err(()),
    }
}

/// What an attribute's JSON says: a text without its quotes, everything else as it stands.
pub(super) fn attribute(json: ValueRef<'_>) -> String {
    let json = text(json);
    serde_json::from_str::<String>(&json).unwrap_or(json)
}

/// Rows that cannot be read.
#[derive(Debug)]
pub(super) struct Odd {
    what: &'static str,
    count: u64,
    first: i64,
}

impl Odd {
    /// None yet: `what` says of several of them what they are and what becomes of them.
    pub fn none(what: &'static str) -> Self {
        Self { what, count: 0, first: 0 }
    }

    /// One more.
    pub fn add(&mut self, row: i64) {
        if self.count == 0 {
            self.first = row;
        }
        self.count += 1;
    }

    /// What is to be told of them.
    pub fn problem(&self, table: &str, store: &str) -> Option<Problem> {
        let Self { what, count, first } = self;
        let message = format!("{count} {what}, the first in row {first} of the table {table}");
        (self.count > 0).then(|| Problem::warning(message, store))
    }
}
