//! Kinds of stores that are told by the tables of a SQLite database.

use std::collections::BTreeSet;

use rusqlite::Connection;

use crate::runs::SourceKind;
use crate::store::runs::Error;
use crate::store::runs::access::Access;

/// The names of a database's tables and views.
pub(in crate::store::runs) fn names(access: &mut Access) -> Result<BTreeSet<String>, Error> {
    access.slice(|connection| {
        let mut statement = connection.prepare_cached(include_str!("../../sql/tables.sql"))?;
        statement.query_map([], |row| row.get(0))?.collect()
    })
}

/// The names of a table's columns; none where there is no such table.
pub(in crate::store::runs) fn columns(connection: &Connection, table: &str) -> rusqlite::Result<Vec<String>> {
    let mut statement = connection.prepare_cached("SELECT name FROM pragma_table_xinfo(?1)")?;
    statement.query_map([table], |row| row.get(0))?.collect()
}

/// Whether `rowid` is the number of a row: a view has none, nor a table without, and a column may hide it.
pub(in crate::store::runs) fn is_numbered(connection: &Connection, table: &str) -> rusqlite::Result<bool> {
    let mut statement = connection.prepare_cached(
        "SELECT count(*) FROM pragma_table_list(?1) WHERE schema = 'main' AND type = 'table' AND NOT wr",
    )?;
    let has_numbers = statement.query_row([table], |row| row.get::<_, i64>(0))? > 0;
    Ok(has_numbers && !columns(connection, table)?.iter().any(|column| column.eq_ignore_ascii_case("rowid")))
}

/// An index of a table.
#[derive(Clone, Debug)]
pub(in crate::store::runs) struct Index {
    /// How SQL names it.
    pub name: String,
    /// Whether no two rows are the same in it.
    pub is_unique: bool,
}

/// An index of a table over just these columns that holds every row, in the order of their bytes.
pub(in crate::store::runs) fn index(
    connection: &Connection,
    table: &str,
    wanted: &[&str],
) -> rusqlite::Result<Option<Index>> {
    let mut statement = connection.prepare_cached(include_str!("../../sql/indexes.sql"))?;
    let mut rows = statement.query([table])?;
    // Each index with how many of its columns are as wanted, in the order of the rows.
    let mut found: Vec<(Index, bool, usize)> = Vec::new();
    while let Some(row) = rows.next()? {
        let (name, column, is_plain): (String, Option<String>, bool) =
            (row.get(0)?, row.get(1)?, row.get(2)?);
        if found.last().is_none_or(|(last, ..)| last.name != name) {
            found.push((Index { name, is_unique: row.get(3)? }, true, 0));
        }
        if let Some((_, fits, count)) = found.last_mut() {
            *fits &= is_plain && wanted.get(*count).copied() == column.as_deref();
            *count += 1;
        }
    }
    let first = found.into_iter().find(|(_, fits, count)| *fits && *count == wanted.len());
    let quoted = |name: String| format!("\"{}\"", name.replace('"', "\"\""));
    Ok(first.map(|(index, ..)| Index { name: quoted(index.name), ..index }))
}

/// Whose tables these are, of those that cannot be read yet.
pub(super) fn kind_not_yet(names: &BTreeSet<String>) -> Option<SourceKind> {
    let has = |name: &str| names.contains(name);
    if has("run") && has("experiment") && has("run_tag") && has("note") {
        Some(SourceKind::Aim)
    } else {
        None
    }
}
