//! MLflow's SQLite store, of any version: columns and indexes are looked for, versions are never compared.

mod changes;
mod rows;
mod series;
mod table;

use std::collections::BTreeSet;
use std::path::Path;
use std::time::Duration;

use rusqlite::types::ValueRef;

use super::access::{Access, Pace, ROWS_FOR, Stamp};
use super::{Change, Cursor, Error, Known, Reader, RunsAndProblems};
use crate::runs::{Series, SourceKind};

/// Rows asked for at once: about 10 ms of reading where they are short. See [`Pace`] for where they are not.
const SLICE: i64 = 20_000;

/// The tables every MLflow store has.
const TABLES: [&str; 6] = ["experiments", "runs", "metrics", "latest_metrics", "params", "tags"];

/// Whose tables these are, when they are not MLflow's.
fn other_kind(has: impl Fn(&str) -> bool) -> Option<SourceKind> {
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

/// An open MLflow store.
pub struct Mlflow {
    access: Access,
    /// How long a slice reads rows.
    rows_for: Duration,
    shape: Shape,
    seen: Stamp,
}

/// What the store's version has.
#[derive(Debug, Default)]
struct Shape {
    /// `runs.name`, absent before 1.30.
    has_run_name: bool,
    /// `index_metrics_run_uuid_key_step`, since 3.x.
    has_step_index: bool,
    /// `index_metrics_run_uuid`.
    has_run_index: bool,
}

impl Mlflow {
    /// Opens a file.
    pub fn open(path: &Path) -> Result<Self, Error> {
        Self::over(Access::file(path)?)
    }

    /// Opens a store that was compiled in.
    pub fn open_bytes(bytes: &'static [u8]) -> Result<Self, Error> {
        Self::over(Access::bytes(bytes)?)
    }

    fn over(mut access: Access) -> Result<Self, Error> {
        let seen = access.stamp();
        let names: BTreeSet<String> = access.slice(|connection| {
            let mut statement = connection.prepare_cached(include_str!("../../sql/mlflow_tables.sql"))?;
            statement.query_map([], |row| row.get(0))?.collect()
        })?;
        let path = access.name();
        let has = |name: &str| names.contains(name);
        if let Some(table) = TABLES.into_iter().find(|table| !has(table)) {
            return Err(match other_kind(has) {
                Some(kind) => Error::NotYet { kind, path },
                None => Error::Foreign { table, path },
            });
        }
        let has_run_name = access.slice(|connection| {
            let mut statement = connection.prepare_cached("SELECT name FROM pragma_table_info('runs')")?;
            let columns: Vec<String> =
                statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
            Ok(columns.iter().any(|column| column == "name"))
        })?;
        let shape = Shape {
            has_run_name,
            has_step_index: has("index_metrics_run_uuid_key_step"),
            has_run_index: has("index_metrics_run_uuid"),
        };
        Ok(Self { access, rows_for: ROWS_FOR, shape, seen })
    }

    /// How many active runs of active experiments there are.
    pub fn count(&mut self) -> Result<usize, Error> {
        self.access.slice(|connection| {
            let sql = "SELECT count(*) FROM runs JOIN experiments USING (experiment_id)
                       WHERE runs.lifecycle_stage = 'active' AND experiments.lifecycle_stage = 'active'";
            connection.query_row(sql, [], |row| row.get::<_, i64>(0)).map(|count| count as usize)
        })
    }
}

/// MLflow stores NaN as 0 with a flag, and infinities as the largest finite numbers. None for what is no number.
fn value_of(value: ValueRef<'_>, is_nan: ValueRef<'_>) -> Option<f64> {
    match value {
        _ if matches!(is_nan, ValueRef::Integer(flag) if flag != 0) => Some(f64::NAN),
        ValueRef::Real(f64::MAX) => Some(f64::INFINITY),
        ValueRef::Real(f64::MIN) => Some(f64::NEG_INFINITY),
        ValueRef::Real(value) => Some(value),
        ValueRef::Integer(value) => Some(value as f64),
        ValueRef::Null | ValueRef::Text(_) | ValueRef::Blob(_) => None,
    }
}

impl Reader for Mlflow {
    fn kind(&self) -> SourceKind {
        SourceKind::MlflowSqlite
    }

    fn runs_while(&mut self, deleted: bool, keep_going: &dyn Fn(u64) -> bool) -> RunsAndProblems {
        table::read(self, deleted, keep_going)
    }

    fn series_of(
        &mut self,
        run: &str,
        metrics: &[&str],
        keep_going: &dyn Fn() -> bool,
    ) -> Result<Vec<(Series, Cursor)>, Error> {
        series::read(self, run, metrics, keep_going)
    }

    fn changes(&mut self, known: &[Known<'_>], thorough: bool) -> Result<Vec<(Change, Cursor)>, Error> {
        changes::since(self, known, thorough)
    }

    fn rest(&mut self) {
        self.access.rest();
    }

    fn changed(&mut self) -> bool {
        let now = self.access.stamp();
        let changed = now != self.seen;
        self.seen = now;
        changed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Everything that can be read of a store, in words.
    fn all_of(store: &mut Mlflow) -> String {
        let (set, problems) = store.runs(true).unwrap();
        let mut parts = vec![format!("{problems:?} {:?} {:?}", set.experiments, set.tag_keys)];
        for run in &set.runs {
            parts.push(format!("{run:?}"));
            for key in &set.metric_keys {
                parts.push(format!("{key} {:?}", store.series(&run.id, key).unwrap()));
            }
        }
        parts.join("\n")
    }

    #[test]
    fn a_slice_that_ends_early_loses_and_doubles_nothing() {
        for number in 1..=3 {
            let folder = tempfile::tempdir().unwrap();
            let file = folder.path().join("mlflow.db");
            let fixture = format!("tests/fixtures/mlflow/mlflow{number}.db");
            std::fs::write(&file, std::fs::read(fixture).unwrap()).unwrap();
            let mut store = Mlflow::open(&file).unwrap();
            let whole = all_of(&mut store);
            // As if every row took longer than a slice may: each look at the clock ends one.
            store.rows_for = Duration::ZERO;
            assert_eq!(all_of(&mut store), whole);
        }
    }
}
