//! The end of a reading: the last row of `metrics` when it began. Rows are only ever added behind it, since MLflow
//! inserts them without a rowid of its own (SQLite, "Rowid Tables").

use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension as _, Row};

use super::Error;
use crate::store::runs::access::Access;
use crate::store::runs::cursor::Fingerprint;

/// A row, told from one that took its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Mark {
    pub position: i64,
    pub fingerprint: u64,
}

const AT: &str = "SELECT rowid, step, timestamp, value, is_nan, run_uuid, key FROM metrics WHERE rowid = ?1";

impl Mark {
    /// Before the first row.
    pub const START: Self = Self { position: i64::MIN, fingerprint: 0 };

    /// The last row of the table; before the first where there is none.
    pub fn last(connection: &Connection) -> rusqlite::Result<Self> {
        let sql = "SELECT rowid, step, timestamp, value, is_nan, run_uuid, key FROM metrics \
                   ORDER BY rowid DESC LIMIT 1";
        Ok(mark(connection, sql, None)?.unwrap_or(Self::START))
    }

    /// The row of a number, where there is one.
    pub fn at(connection: &Connection, position: i64) -> rusqlite::Result<Option<Self>> {
        mark(connection, AT, Some(position))
    }

    /// Whether the same row still stands there: after a deletion its number may be given again, and `VACUUM` may
    /// renumber all. A row before it that got another number moved this one too.
    pub fn stands(self, connection: &Connection) -> rusqlite::Result<bool> {
        Ok(self == Self::START || Self::at(connection, self.position)? == Some(self))
    }

    /// A slice of a reading that ends here, if this row still stands.
    pub fn slice<T>(
        self,
        access: &mut Access,
        mut read: impl FnMut(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, Error> {
        let read =
            access.slice(
                |connection| {
                    if self.stands(connection)? { read(connection).map(Some) } else { Ok(None) }
                },
            )?;
        read.ok_or_else(|| Error::Replaced(access.name()))
    }
}

fn mark(connection: &Connection, sql: &str, at: Option<i64>) -> rusqlite::Result<Option<Mark>> {
    let mut statement = connection.prepare_cached(sql)?;
    let of = |row: &Row<'_>| {
        let mut print = Fingerprint::new();
        for column in 1..7 {
            print = match row.get_ref(column)? {
                ValueRef::Null => print.add(b"n"),
                ValueRef::Integer(value) => print.add(b"i").add(&value.to_le_bytes()),
                ValueRef::Real(value) => print.add(b"r").add(&value.to_bits().to_le_bytes()),
                ValueRef::Text(bytes) => print.add(b"t").add(bytes),
                ValueRef::Blob(bytes) => print.add(b"b").add(bytes),
            };
        }
        Ok(Mark { position: row.get(0)?, fingerprint: print.word() })
    };
    statement.query_row(rusqlite::params_from_iter(at), of).optional()
}
