//! What a store's version has, and what of it can be relied on: names of indexes say nothing, their columns do.

use rusqlite::Connection;

use super::{Error, SourceKind};
use crate::store::runs::access::{Access, Identity};
use crate::store::runs::recognise::tables;

/// The tables every MLflow store has.
const TABLES: [&str; 6] = ["experiments", "runs", "metrics", "latest_metrics", "params", "tags"];

/// The tables that make it one.
const NEEDED: [&str; 3] = ["experiments", "runs", "metrics"];

/// What the store's version has.
#[derive(Debug, Default)]
pub(super) struct Shape {
    /// Where this was seen.
    identity: Option<Identity>,
    /// `runs.name`, absent before 1.30.
    pub has_run_name: bool,
    /// An index of `metrics` over `run_uuid`, `key` and `step`, since 3.x: how SQL names it.
    pub step_index: Option<String>,
    /// The same over `run_uuid` alone.
    pub run_index: Option<String>,
    /// Tables that cannot be read by the numbers of their rows.
    unnumbered: Vec<&'static str>,
}

impl Shape {
    /// Of an open database; none where it is no MLflow store.
    pub fn of(access: &mut Access) -> Result<Option<Self>, Error> {
        let names = tables::names(access)?;
        if !NEEDED.into_iter().all(|table| names.contains(table)) {
            return Ok(None);
        }
        if let Some(table) = TABLES.into_iter().find(|table| !names.contains(*table)) {
            return Err(Error::Incomplete { kind: SourceKind::MlflowSqlite, table, path: access.name() });
        }
        let mut shape = access.slice(|connection| {
            let mut unnumbered = Vec::new();
            for table in TABLES {
                if !is_numbered(connection, table)? {
                    unnumbered.push(table);
                }
            }
            Ok(Self {
                identity: None,
                has_run_name: columns(connection, "runs")?.iter().any(|column| column == "name"),
                step_index: index(connection, &["run_uuid", "key", "step"])?,
                run_index: index(connection, &["run_uuid"])?,
                unnumbered,
            })
        })?;
        shape.identity = access.identity();
        Ok(Some(shape))
    }

    /// Where it was seen.
    pub fn identity(&self) -> Option<Identity> {
        self.identity
    }

    /// An error for a table that cannot be read row by row.
    pub fn check(&self, table: &str, access: &Access) -> Result<(), Error> {
        match self.unnumbered.iter().find(|unnumbered| **unnumbered == table) {
            Some(table) => Err(Error::Unnumbered { table, path: access.name() }),
            None => Ok(()),
        }
    }
}

fn columns(connection: &Connection, table: &str) -> rusqlite::Result<Vec<String>> {
    let mut statement = connection.prepare_cached("SELECT name FROM pragma_table_xinfo(?1)")?;
    statement.query_map([table], |row| row.get(0))?.collect()
}

/// Whether `rowid` is the number of a row: a view has none, nor a table without, and a column may hide it.
fn is_numbered(connection: &Connection, table: &str) -> rusqlite::Result<bool> {
    let mut statement = connection.prepare_cached(
        "SELECT count(*) FROM pragma_table_list(?1) WHERE schema = 'main' AND type = 'table' AND NOT wr",
    )?;
    let has_numbers = statement.query_row([table], |row| row.get::<_, i64>(0))? > 0;
    Ok(has_numbers && !columns(connection, table)?.iter().any(|column| column.eq_ignore_ascii_case("rowid")))
}

/// An index of `metrics` over just these columns that holds every row, in the order of their bytes.
fn index(connection: &Connection, wanted: &[&str]) -> rusqlite::Result<Option<String>> {
    let mut statement = connection.prepare_cached(include_str!("../../sql/mlflow_indexes.sql"))?;
    let mut rows = statement.query([])?;
    // Each index with how many of its columns are as wanted, in the order of the rows.
    let mut found: Vec<(String, bool, usize)> = Vec::new();
    while let Some(row) = rows.next()? {
        let (name, column, is_plain): (String, Option<String>, bool) =
            (row.get(0)?, row.get(1)?, row.get(2)?);
        if found.last().is_none_or(|(last, ..)| *last != name) {
            found.push((name, true, 0));
        }
        if let Some((_, fits, count)) = found.last_mut() {
            *fits &= is_plain && wanted.get(*count).copied() == column.as_deref();
            *count += 1;
        }
    }
    let first = found.into_iter().find(|(_, fits, count)| *fits && *count == wanted.len());
    Ok(first.map(|(name, ..)| format!("\"{}\"", name.replace('"', "\"\""))))
}
