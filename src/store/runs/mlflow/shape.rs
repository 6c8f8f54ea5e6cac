//! What a store's version has, and what of it can be relied on: names of indexes say nothing, their columns do.

use super::Error;
use crate::store::runs::access::{Access, Identity};
use crate::store::runs::pass;
use crate::store::runs::recognise::tables;

/// The tables every MLflow store has; what one cannot be read of is told, and the others are read.
const TABLES: [&str; 6] = ["experiments", "runs", "metrics", "latest_metrics", "params", "tags"];

/// The tables that make it one.
const NEEDED: [&str; 3] = ["experiments", "runs", "metrics"];

/// Tables that not every version has, each with the columns that are read of it.
const LATER: [(&str, &[&str]); 7] = [
    ("datasets", &["dataset_uuid", "name", "digest"]),
    ("inputs", &["input_uuid", "source_type", "source_id", "destination_type", "destination_id"]),
    ("input_tags", &["input_uuid", "name", "value"]),
    ("model_versions", &["name", "version", "run_id", "status", "current_stage", "source"]),
    ("model_version_tags", &["name", "version", "key", "value"]),
    ("registered_model_aliases", &["name", "version", "alias"]),
    (
        "logged_models",
        &["name", "source_run_id", "status", "artifact_location", "lifecycle_stage", "experiment_id"],
    ),
];

/// What the store's version has.
#[derive(Debug, Default)]
pub(super) struct Shape {
    /// Where this was seen.
    identity: Option<Identity>,
    /// `runs.name`, absent before 1.30.
    pub has_run_name: bool,
    /// `runs.artifact_uri`, which every version has.
    pub has_artifact_uri: bool,
    /// `runs.user_id`, which every version has.
    pub has_user: bool,
    /// Those of [`LATER`] that can be read.
    pub later: Vec<&'static str>,
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
        let mut shape = access.slice(|connection| {
            let mut unnumbered = Vec::new();
            for table in TABLES.into_iter().filter(|table| names.contains(*table)) {
                if !tables::is_numbered(connection, table)? {
                    unnumbered.push(table);
                }
            }
            let mut later = Vec::new();
            for (table, wanted) in LATER.into_iter().filter(|(table, _)| names.contains(*table)) {
                let columns = tables::columns(connection, table)?;
                let has_all = wanted.iter().all(|wanted| columns.iter().any(|column| column == wanted));
                if has_all && tables::is_numbered(connection, table)? {
                    later.push(table);
                }
            }
            let of_runs = tables::columns(connection, "runs")?;
            let has = |wanted: &str| of_runs.iter().any(|column| column == wanted);
            Ok(Self {
                identity: None,
                has_run_name: has("name"),
                has_artifact_uri: has("artifact_uri"),
                has_user: has("user_id"),
                later,
                step_index: tables::index(connection, "metrics", &["run_uuid", "key", "step"])?
                    .map(|index| index.name),
                run_index: tables::index(connection, "metrics", &["run_uuid"])?.map(|index| index.name),
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
        pass::check(table, &self.unnumbered, access)
    }
}
