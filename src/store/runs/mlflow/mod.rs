//! MLflow's SQLite store, of any version: columns and indexes are looked for, versions are never compared.

mod by_row;
mod by_step;
mod changes;
mod datasets;
mod models;
mod rows;
mod series;
mod shape;
mod table;
mod tail;

use std::borrow::Cow;
use std::cell::Cell;
use std::path::Path;
use std::time::{Duration, Instant};

use rusqlite::OptionalExtension as _;
use rusqlite::types::ValueRef;

use self::shape::Shape;
pub(super) use self::table::{tell_by_tags, time_of};
use super::access::{Access, Identity, Pace, Patience, ROWS_FOR, Stamp};
use super::artifact_files::{self, Root};
use super::mark::Marked;
use super::pass::{Reading, SLICE};
use super::steady::{Steady, database};
use super::{Cursor, Error, Known, News, Reader, RunsAndProblems, SeriesAndProblems, SourceStamp, Tail};
use crate::problem::Problem;
use crate::runs::{Artifact, Content, SourceKind};

/// The rows of all metrics.
const METRICS: Marked =
    Marked { table: "metrics", columns: Cow::Borrowed("step, timestamp, value, is_nan, run_uuid, key") };

/// An open MLflow store.
pub struct Mlflow {
    access: Access,
    /// How long a slice reads rows.
    rows_for: Duration,
    shape: Shape,
    /// Whether the table of runs fitted into one slice when it was read last.
    is_small: bool,
    seen: Stamp,
}

impl Mlflow {
    /// Opens a store that was compiled in.
    pub fn open_bytes(bytes: &'static [u8]) -> Result<Self, Error> {
        let access = Access::bytes(bytes)?;
        let name = access.name();
        Self::over(access)?.ok_or(Error::Foreign(name))
    }

    /// None where the database is no MLflow store.
    fn over(mut access: Access) -> Result<Option<Self>, Error> {
        let seen = access.stamp();
        let shape = Shape::of(&mut access)?;
        Ok(shape.map(|shape| Self { access, rows_for: ROWS_FOR, shape, is_small: false, seen }))
    }

    /// A reading of several tables.
    fn reading<'a>(&'a mut self, keep_going: &'a dyn Fn(u64) -> bool) -> Reading<'a> {
        Reading {
            access: &mut self.access,
            unnumbered: &self.shape.unnumbered,
            later: &self.shape.later,
            rows_for: self.rows_for,
            keep_going,
            rows: 0,
            problems: Vec::new(),
        }
    }

    /// Where a run's artifacts lie.
    fn artifact_uri(&mut self, run: &str) -> Result<Option<String>, Error> {
        self.steadily(|store| {
            if !store.shape.has_artifact_uri {
                return Ok(None);
            }
            store.access.slice(|connection| {
                let sql = "SELECT artifact_uri FROM runs WHERE run_uuid = ?1 COLLATE BINARY LIMIT 1";
                let uri = |row: &rusqlite::Row<'_>| Ok(row.get_ref(0)?.as_str().ok().map(ToOwned::to_owned));
                Ok(connection.prepare_cached(sql)?.query_row([run], uri).optional()?.flatten())
            })
        })
    }
}

impl Steady for Mlflow {
    fn access(&mut self) -> &mut Access {
        &mut self.access
    }

    fn seen_in(&self) -> Option<Identity> {
        self.shape.identity()
    }

    fn look_again(&mut self) -> Result<(), Error> {
        self.shape = Shape::of(&mut self.access)?.ok_or_else(|| Error::Foreign(self.access.name()))?;
        Ok(())
    }
}

impl Mlflow {
    /// The table of runs, within one slice where it fits into it.
    fn table(&mut self, deleted: bool, keep_going: &dyn Fn(u64) -> bool) -> RunsAndProblems {
        let is_stopped = Cell::new(false);
        let asked = |rows| {
            is_stopped.set(!keep_going(rows));
            !is_stopped.get()
        };
        if self.is_small
            && let Some(view) = self.access.enter(self.rows_for)?
        {
            let read = table::read(self, deleted, &asked);
            if let Some(found) = self.access.leave(view, read) {
                return Ok(found);
            }
            if is_stopped.get() {
                return Err(Error::Stopped(self.access.name()));
            }
        }
        let begun = Instant::now();
        let found = table::read(self, deleted, keep_going)?;
        self.is_small = begun.elapsed() < self.rows_for;
        Ok(found)
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
    fn probe(path: &Path, patience: Patience) -> Result<Option<Box<dyn Reader>>, Error> {
        let Some(access) = database(path, patience)? else { return Ok(None) };
        Ok(Self::over(access)?.map(|store| Box::new(store) as Box<dyn Reader>))
    }

    fn kind(&self) -> SourceKind {
        SourceKind::MlflowSqlite
    }

    fn is_live(&self) -> bool {
        self.access.is_file()
    }

    fn count(&mut self) -> Result<usize, Error> {
        self.access.begin();
        self.access.slice(|connection| {
            let sql = "SELECT count(*) FROM runs JOIN experiments USING (experiment_id)
                       WHERE runs.lifecycle_stage = 'active' AND experiments.lifecycle_stage = 'active'";
            connection.query_row(sql, [], |row| row.get::<_, i64>(0)).map(|count| count as usize)
        })
    }

    fn runs_while(&mut self, deleted: bool, keep_going: &dyn Fn(u64) -> bool) -> RunsAndProblems {
        self.steadily(|store| store.table(deleted, keep_going))
    }

    fn series_of(&mut self, run: &str, metrics: &[&str], keep_going: &dyn Fn() -> bool) -> SeriesAndProblems {
        self.steadily(|store| series::read(store, run, metrics, keep_going))
    }

    fn changes(
        &mut self,
        known: &[Known<'_>],
        thorough: bool,
        keep_going: &dyn Fn() -> bool,
    ) -> Result<Vec<News>, Error> {
        self.steadily(|store| changes::since(store, known, thorough, keep_going))
    }

    fn stamp(&mut self) -> Option<SourceStamp> {
        self.access.stamp().words()
    }

    fn tail(&mut self, since: Option<&Cursor>) -> Result<Option<Tail>, Error> {
        self.steadily(|store| tail::since(store, since)).map(Some)
    }

    fn artifacts(&mut self, run: &str) -> Result<(Vec<Artifact>, Vec<Problem>), Error> {
        let Some(address) = self.artifact_uri(run)? else { return Ok(Default::default()) };
        artifact_files::list(&address, self.access.folder())
    }

    fn content(&mut self, run: &str, artifact: &Artifact) -> Result<Content, Error> {
        let root = match (self.artifact_uri(run)?, self.access.folder()) {
            (Some(address), Some(base)) => Root::named(&address, base)?,
            _ => None,
        };
        root.ok_or_else(|| Error::NoContent { run: run.to_owned() })?.content(run, artifact)
    }

    fn rest(&mut self) {
        self.access.rest();
    }

    fn changed(&mut self) -> bool {
        self.access.has_changed(&mut self.seen)
    }
}

#[cfg(test)]
impl Mlflow {
    /// A store of which each slice reads as little as it may.
    pub(super) fn probe_hasty(path: &Path) -> Self {
        let access = Access::file(path, Patience::Window).unwrap();
        Self { rows_for: Duration::ZERO, ..Self::over(access).unwrap().unwrap() }
    }
}

#[cfg(test)]
mod tests {
    use rusqlite::Connection;

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
            let access = Access::file(&file, Patience::Window).unwrap();
            let mut store = Mlflow::over(access).unwrap().unwrap();
            let whole = all_of(&mut store);
            // As if every row took longer than a slice may: each look at the clock ends one.
            store.rows_for = Duration::ZERO;
            assert_eq!(all_of(&mut store), whole);
        }
    }

    #[test]
    fn a_small_table_is_read_within_one_view_and_no_lock_is_left() {
        let run = "(SELECT run_uuid FROM runs WHERE lifecycle_stage = 'active' LIMIT 1)";
        let write = |writer: &Connection, key: &str| {
            let insert = format!("INSERT INTO params (key, value, run_uuid) VALUES (?1, 'x', {run})");
            writer.execute(&insert, [key]).unwrap();
        };
        for mode in ["delete", "wal"] {
            let folder = tempfile::tempdir().unwrap();
            let file = folder.path().join("mlflow.db");
            std::fs::write(&file, std::fs::read("tests/fixtures/mlflow/mlflow3.db").unwrap()).unwrap();
            // It waits for nobody.
            let writer = Connection::open(&file).unwrap();
            writer.pragma_update(None, "journal_mode", mode).unwrap();
            write(&writer, "before");
            let access = Access::file(&file, Patience::Window).unwrap();
            let mut store = Mlflow::over(access).unwrap().unwrap();
            let by_slices = all_of(&mut store);
            (store.is_small, store.rows_for) = (true, Duration::from_hours(1));
            assert_eq!(all_of(&mut store), by_slices);
            let has =
                |set: &crate::runs::RunSet, key: &str| set.param_keys.iter().any(|known| &**known == key);
            if mode == "wal" {
                // What comes between two of its slices belongs to the next reading.
                let (set, _) = store
                    .runs_while(true, &|rows| {
                        if rows == 0 {
                            write(&writer, "meanwhile");
                        }
                        true
                    })
                    .unwrap();
                assert!(has(&set, "before") && !has(&set, "meanwhile"));
                assert!(has(&store.runs(true).unwrap().0, "meanwhile"));
            }
            write(&writer, "after");
            assert!(has(&store.runs(true).unwrap().0, "after"));
            // What does not fit is read slice by slice.
            (store.is_small, store.rows_for) = (true, Duration::ZERO);
            assert!(has(&store.runs(true).unwrap().0, "after"));
            assert!(!store.is_small);
        }
    }
}
