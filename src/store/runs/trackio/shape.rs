//! What a store's version has.

use rusqlite::Connection;

use crate::store::runs::Error;
use crate::store::runs::access::{Access, Identity, bounded};
use crate::store::runs::mark::Marked;
use crate::store::runs::recognise::tables;

/// A table with a row for each call that logged something.
#[derive(Clone, Debug)]
pub(super) struct Source {
    /// Its name.
    pub table: &'static str,
    /// The column with the run: its id, or in old versions its name, as SQL names it.
    pub run: &'static str,
    /// The column with the step; `NULL` where there is none.
    pub step: &'static str,
    /// The second column of the index.
    pub order: &'static str,
    /// An index over run and `order`: how SQL names it.
    pub index: Option<String>,
}

impl Source {
    fn of(
        connection: &Connection,
        table: &'static str,
        [step, order]: [&'static str; 2],
    ) -> rusqlite::Result<Option<Self>> {
        let columns = tables::columns(connection, table)?;
        let has = |name: &str| columns.iter().any(|column| column == name);
        if !["run_name", "timestamp", "metrics", order].into_iter().all(has) {
            return Ok(None);
        }
        let run = if has("run_id") { "run_id" } else { "run_name" };
        let index = tables::index(connection, table, &[run, order])?.map(|index| index.name);
        Ok(Some(Self { table, run, step, order, index }))
    }

    /// Its rows, told from others by all they hold but the end of what is long.
    pub fn marked(&self) -> Marked {
        let Self { table, run, step, .. } = self;
        let json = bounded("metrics");
        let columns =
            format!("{run}, timestamp, {step}, octet_length(metrics), substr(CAST({json} AS BLOB), 1, 4096)");
        Marked { table, columns: columns.into() }
    }
}

/// What the store's version has.
#[derive(Clone, Debug)]
pub(super) struct Shape {
    /// Where this was seen.
    identity: Option<Identity>,
    /// What was logged.
    pub logs: Source,
    /// What was measured of the machine; absent in old versions.
    pub system: Option<Source>,
    /// The column with the run in the table of configurations, which old versions did not have.
    pub configs: Option<&'static str>,
    /// Tables that are there and lack a column that is read of them.
    pub lacking: Vec<&'static str>,
    /// Tables that cannot be read by the numbers of their rows.
    pub unnumbered: Vec<&'static str>,
}

impl Shape {
    /// Of an open database; none where it is no Trackio store.
    pub fn of(access: &mut Access) -> Result<Option<Self>, Error> {
        let names = tables::names(access)?;
        // MLflow's store has a table of that name too.
        if !names.contains("metrics") || names.contains("runs") {
            return Ok(None);
        }
        let shape = access.slice(|connection| {
            let Some(logs) = Source::of(connection, "metrics", ["step", "step"])? else { return Ok(None) };
            let system = Source::of(connection, "system_metrics", ["NULL", "timestamp"])?;
            let columns = tables::columns(connection, "configs")?;
            let has = |name: &str| columns.iter().any(|column| column == name);
            let run = ["run_id", "run_name"].into_iter().find(|name| has(name));
            let mut unnumbered = Vec::new();
            for table in ["metrics", "system_metrics", "configs"] {
                if names.contains(table) && !tables::is_numbered(connection, table)? {
                    unnumbered.push(table);
                }
            }
            let configs = run.filter(|_| has("config"));
            let read = [("system_metrics", system.is_some()), ("configs", configs.is_some())];
            let lacking = read.into_iter().filter(|(table, is_read)| !is_read && names.contains(*table));
            let lacking = lacking.map(|(table, _)| table).collect();
            Ok(Some(Self { identity: None, logs, system, configs, lacking, unnumbered }))
        })?;
        Ok(shape.map(|shape| Self { identity: access.identity(), ..shape }))
    }

    /// Where it was seen.
    pub fn identity(&self) -> Option<Identity> {
        self.identity
    }
}
