//! The end of a reading: the last row of a table when it began. Rows are only ever added behind it, since Trackio gives
//! no number of a row again (SQLite, "AUTOINCREMENT").

use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension as _, Row};

use super::shape::Source;
use crate::store::runs::cursor::Fingerprint;

/// A row, told from one that took its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Mark {
    pub position: i64,
    pub fingerprint: u64,
}

impl Mark {
    /// Before the first row.
    pub const START: Self = Self { position: i64::MIN, fingerprint: 0 };

    /// The last row of the table; before the first where there is none.
    pub fn last(connection: &Connection, source: &Source) -> rusqlite::Result<Self> {
        Ok(mark(connection, source, "ORDER BY rowid DESC LIMIT 1", None)?.unwrap_or(Self::START))
    }

    /// Whether the same row still stands there: runs can be deleted and renamed, and `VACUUM` may renumber all.
    pub fn stands(self, connection: &Connection, source: &Source) -> rusqlite::Result<bool> {
        if self == Self::START {
            return Ok(true);
        }
        Ok(mark(connection, source, "WHERE rowid = ?1", Some(self.position))? == Some(self))
    }
}

fn mark(
    connection: &Connection,
    source: &Source,
    which: &str,
    at: Option<i64>,
) -> rusqlite::Result<Option<Mark>> {
    let Source { table, run, step, .. } = source;
    let sql = format!("SELECT rowid, {run}, timestamp, {step}, metrics FROM {table} {which}");
    let of = |row: &Row<'_>| {
        let mut print = Fingerprint::new();
        for column in 1..5 {
            print = match row.get_ref(column)? {
                ValueRef::Null => print.add(b"n"),
                ValueRef::Integer(value) => print.add(b"i").add(&value.to_le_bytes()),
                ValueRef::Real(value) => print.add(b"r").add(&value.to_bits().to_le_bytes()),
                ValueRef::Text(bytes) | ValueRef::Blob(bytes) => print.add(b"b").add(bytes),
            };
        }
        Ok(Mark { position: row.get(0)?, fingerprint: print.word() })
    };
    connection.prepare_cached(&sql)?.query_row(rusqlite::params_from_iter(at), of).optional()
}
