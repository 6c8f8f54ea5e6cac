//! What a store's version has.

use rusqlite::OptionalExtension as _;

use crate::store::runs::Error;
use crate::store::runs::access::{Access, Identity};
use crate::store::runs::recognise::tables::{self, Index};

/// The tables that are read, with the columns without which nothing can be read of them.
const TABLES: [(&str, &[&str]); 9] = [
    ("studies", &["study_id", "study_name"]),
    ("study_directions", &["study_id", "objective"]),
    ("study_system_attributes", &["study_id", "key", "value_json"]),
    ("trials", &["trial_id", "number", "study_id", "state", "datetime_start", "datetime_complete"]),
    ("trial_params", &["trial_id", "param_name", "param_value", "distribution_json"]),
    // Before 2.4 it held what was reported meanwhile, and no objective.
    ("trial_values", &["trial_id", "objective", "value"]),
    ("trial_intermediate_values", &["trial_id", "step", "intermediate_value"]),
    ("trial_user_attributes", &["trial_id", "key", "value_json"]),
    ("trial_system_attributes", &["trial_id", "key", "value_json"]),
];

/// What the store's version has.
#[derive(Clone, Debug)]
pub(super) struct Shape {
    /// Where this was seen.
    identity: Option<Identity>,
    /// Tables that are not there, or not with the columns that they have since 2.4.
    pub absent: Vec<&'static str>,
    /// Tables that cannot be read by the numbers of their rows.
    pub unnumbered: Vec<&'static str>,
    /// The column that tells infinite values of objectives, as SQL names it; `NULL` before 3.0, which had none.
    pub value_type: &'static str,
    /// The same of intermediate values.
    pub intermediate_type: &'static str,
    /// Whether times are UTC, as since 5.0; before they were local where they were written. Nothing but the version that made
    /// the store tells.
    pub is_utc: bool,
    /// A unique index of the intermediate values over trial and step: how SQL names it.
    pub step_index: Option<String>,
}

impl Shape {
    /// Of an open database; none where it is no Optuna store.
    pub fn of(access: &mut Access) -> Result<Option<Self>, Error> {
        let names = tables::names(access)?;
        if !names.contains("studies") || !names.contains("trials") {
            return Ok(None);
        }
        let shape = access.slice(|connection| {
            let has = |table: &str, wanted: &[&str]| {
                let columns = tables::columns(connection, table)?;
                Ok::<_, rusqlite::Error>(wanted.iter().all(|name| columns.iter().any(|own| own == name)))
            };
            let (mut absent, mut unnumbered) = (Vec::new(), Vec::new());
            for (table, columns) in TABLES {
                if !has(table, columns)? {
                    absent.push(table);
                } else if !tables::is_numbered(connection, table)? {
                    unnumbered.push(table);
                }
            }
            if absent.contains(&"studies") || absent.contains(&"trials") {
                return Ok(None);
            }
            let column =
                |table, name| Ok::<_, rusqlite::Error>(if has(table, &[name])? { name } else { "NULL" });
            let step_index = tables::index(connection, "trial_intermediate_values", &["trial_id", "step"])?;
            let made_by: Option<String> = if has("version_info", &["library_version"])? {
                let sql = "SELECT CAST(library_version AS TEXT) FROM version_info LIMIT 1";
                connection.query_row(sql, [], |row| row.get(0)).optional()?.flatten()
            } else {
                None
            };
            let major = made_by.and_then(|version| version.split('.').next()?.parse::<u32>().ok());
            Ok(Some(Self {
                identity: None,
                is_utc: major.is_some_and(|major| major >= 5),
                absent,
                unnumbered,
                value_type: column("trial_values", "value_type")?,
                intermediate_type: column("trial_intermediate_values", "intermediate_value_type")?,
                step_index: step_index.filter(|index: &Index| index.is_unique).map(|index| index.name),
            }))
        })?;
        Ok(shape.map(|shape| Self { identity: access.identity(), ..shape }))
    }

    /// Where it was seen.
    pub fn identity(&self) -> Option<Identity> {
        self.identity
    }

    /// Whether a table is there.
    pub fn has(&self, table: &str) -> bool {
        !self.absent.contains(&table)
    }
}
