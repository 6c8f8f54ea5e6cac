//! Kinds of stores that are told by the tables of a SQLite database.

use std::collections::BTreeSet;

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

/// Whose tables these are, of those that cannot be read yet.
pub(super) fn kind_not_yet(names: &BTreeSet<String>) -> Option<SourceKind> {
    let has = |name: &str| names.contains(name);
    if has("trials") && has("studies") {
        Some(SourceKind::Optuna)
    } else if has("metrics") && has("configs") && !has("runs") {
        Some(SourceKind::Trackio)
    } else if has("run") && has("experiment") && has("run_tag") && has("note") {
        Some(SourceKind::Aim)
    } else {
        None
    }
}
