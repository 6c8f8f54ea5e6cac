//! What a store's version has.

use crate::store::runs::Error;
use crate::store::runs::access::{Access, Identity};
use crate::store::runs::recognise::tables::{self, Index};

/// The tables that are read.
const TABLES: [&str; 9] = [
    "studies",
    "study_directions",
    "study_system_attributes",
    "trials",
    "trial_params",
    "trial_values",
    "trial_intermediate_values",
    "trial_user_attributes",
    "trial_system_attributes",
];

/// What the store's version has.
#[derive(Clone, Debug)]
pub(super) struct Shape {
    /// Where this was seen.
    identity: Option<Identity>,
    /// Tables that are not there.
    pub absent: Vec<&'static str>,
    /// Tables that cannot be read by the numbers of their rows.
    pub unnumbered: Vec<&'static str>,
    /// The column that tells infinite values of objectives, as SQL names it; `NULL` before 3.0, which had none.
    pub value_type: &'static str,
    /// The same of intermediate values.
    pub intermediate_type: &'static str,
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
            let is_optuna = has("studies", &["study_id", "study_name"])?
                && has("trials", &["trial_id", "number", "study_id", "state"])?;
            if !is_optuna {
                return Ok(None);
            }
            let mut unnumbered = Vec::new();
            for table in TABLES {
                if names.contains(table) && !tables::is_numbered(connection, table)? {
                    unnumbered.push(table);
                }
            }
            let column =
                |table, name| Ok::<_, rusqlite::Error>(if has(table, &[name])? { name } else { "NULL" });
            let step_index = tables::index(connection, "trial_intermediate_values", &["trial_id", "step"])?;
            Ok(Some(Self {
                identity: None,
                // Before 2.4 the table of values held what was reported meanwhile.
                absent: TABLES.into_iter().filter(|table| !names.contains(*table)).collect(),
                unnumbered,
                value_type: column("trial_values", "value_type")?,
                intermediate_type: column("trial_intermediate_values", "intermediate_value_type")?,
                step_index: step_index.filter(|index: &Index| index.is_unique).map(|index| index.name),
            }))
        })?;
        Ok(shape.map(|shape| Self { identity: access.identity(), ..shape }))
    }

    /// Whether it was seen in what a reading sees now.
    pub fn is_of(&self, identity: Option<Identity>) -> bool {
        self.identity == identity
    }

    /// Whether a table is there.
    pub fn has(&self, table: &str) -> bool {
        !self.absent.contains(&table)
    }
}
