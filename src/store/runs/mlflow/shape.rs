//! What a store's version has, and what of it can be relied on: names of indexes say nothing, their columns do.

use super::{Error, SourceKind};
use crate::store::runs::access::{Access, Identity};
use crate::store::runs::pass;
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
    pub unnumbered: Vec<&'static str>,
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
                if !tables::is_numbered(connection, table)? {
                    unnumbered.push(table);
                }
            }
            Ok(Self {
                identity: None,
                has_run_name: tables::columns(connection, "runs")?.iter().any(|column| column == "name"),
                step_index: tables::index(connection, "metrics", &["run_uuid", "key", "step"])?
                    .map(|index| index.name),
                run_index: tables::index(connection, "metrics", &["run_uuid"])?.map(|index| index.name),
                unnumbered,
            })
        })?;
        shape.identity = access.identity();
        Ok(Some(shape))
    }

    /// Whether it was seen in what a reading sees now.
    pub fn is_of(&self, identity: Option<Identity>) -> bool {
        self.identity == identity
    }

    /// An error for a table that cannot be read row by row.
    pub fn check(&self, table: &str, access: &Access) -> Result<(), Error> {
        pass::check(table, &self.unnumbered, access)
    }
}
