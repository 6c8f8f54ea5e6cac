//! The end of a reading: the last row of a table when it began. Rows are only ever added behind it, since trackers insert
//! them without a rowid of their own (SQLite, "Rowid Tables" and "AUTOINCREMENT").

use std::borrow::Cow;

use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension as _, Row};

use super::access::Access;
use super::cursor::Fingerprint;
use super::error::Error;

/// A row, told from one that took its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Mark {
    pub position: i64,
    pub fingerprint: u64,
}

impl Mark {
    /// Before the first row.
    pub const START: Self = Self { position: i64::MIN, fingerprint: 0 };
}

/// A table whose rows are marked.
#[derive(Clone, Debug)]
pub(super) struct Marked {
    pub table: &'static str,
    /// What tells a row from one that took its number, as SQL selects it.
    pub columns: Cow<'static, str>,
}

impl Marked {
    /// The last row of the table; before the first where there is none.
    pub fn last(&self, connection: &Connection) -> rusqlite::Result<Mark> {
        Ok(self.row(connection, "ORDER BY rowid DESC LIMIT 1", None)?.unwrap_or(Mark::START))
    }

    /// The row of a number, where there is one.
    pub fn at(&self, connection: &Connection, position: i64) -> rusqlite::Result<Option<Mark>> {
        self.row(connection, "WHERE rowid = ?1", Some(position))
    }

    /// Whether the same row still stands there: after a deletion its number may be given again, and `VACUUM` may renumber
    /// all. A row before it that got another number moved this one too.
    pub fn has(&self, connection: &Connection, mark: Mark) -> rusqlite::Result<bool> {
        Ok(mark == Mark::START || self.at(connection, mark.position)? == Some(mark))
    }

    /// A slice of a reading that ends at a mark, if that row still stands.
    pub fn slice<T>(
        &self,
        mark: Mark,
        access: &mut Access,
        mut read: impl FnMut(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, Error> {
        let of = |connection: &Connection| {
            if self.has(connection, mark)? { read(connection).map(Some) } else { Ok(None) }
        };
        access.slice(of)?.ok_or_else(|| Error::Replaced(access.name()))
    }

    fn row(&self, connection: &Connection, which: &str, at: Option<i64>) -> rusqlite::Result<Option<Mark>> {
        let Self { table, columns } = self;
        let sql = format!("SELECT rowid, {columns} FROM {table} {which}");
        let mut statement = connection.prepare_cached(&sql)?;
        let count = statement.column_count();
        let of = |row: &Row<'_>| {
            let mut print = Fingerprint::new();
            for column in 1..count {
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
}
