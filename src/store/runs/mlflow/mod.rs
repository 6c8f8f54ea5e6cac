//! MLflow's SQLite store, of any version: columns and indexes are looked for, versions are never compared.

mod by_row;
mod by_step;
mod changes;
mod mark;
mod rows;
mod series;
mod shape;
mod table;
mod tail;

use std::path::Path;
use std::time::Duration;

use rusqlite::types::ValueRef;

use self::shape::Shape;
use super::access::{Access, Pace, Patience, ROWS_FOR, Stamp};
use super::{Cursor, Error, Known, News, Reader, RunsAndProblems, SeriesAndProblems, Tail};
use crate::runs::SourceKind;

/// Rows asked for at once: about 10 ms of reading where they are short. See [`Pace`] for where they are not.
const SLICE: i64 = 20_000;

/// An open MLflow store.
pub struct Mlflow {
    access: Access,
    /// How long a slice reads rows.
    rows_for: Duration,
    shape: Shape,
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
        Ok(shape.map(|shape| Self { access, rows_for: ROWS_FOR, shape, seen }))
    }

    /// Reads something in several slices of one and the same store. When it is replaced or renumbered meanwhile, what
    /// was read is worth nothing, and the reading begins again, a few times.
    fn steadily<T>(&mut self, mut read: impl FnMut(&mut Self) -> Result<T, Error>) -> Result<T, Error> {
        const AGAIN: usize = 4;
        // Mostly it is the store whose shape is known, and nothing is to be asked before.
        if let Some(seen) = self.shape.identity() {
            self.access.begin_with(seen);
            match read(self) {
                Err(Error::Replaced(_)) => {}
                outcome => return outcome,
            }
        }
        let mut again = 0;
        loop {
            match self.once(&mut read) {
                Err(Error::Replaced(_)) if again < AGAIN => again += 1,
                outcome => return outcome,
            }
        }
    }

    fn once<T>(&mut self, read: &mut impl FnMut(&mut Self) -> Result<T, Error>) -> Result<T, Error> {
        self.access.begin();
        self.access.slice(|_| Ok(()))?;
        if self.shape.identity() != self.access.identity() {
            self.shape = Shape::of(&mut self.access)?.ok_or_else(|| Error::Foreign(self.access.name()))?;
        }
        read(self)
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
        let access = match Access::file(path, patience) {
            Ok(access) => access,
            Err(Error::NoFile(_) | Error::Text(_) | Error::NotDatabase(_)) => return Ok(None),
            Err(error) => return Err(error),
        };
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
        self.steadily(|store| table::read(store, deleted, keep_going))
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

    fn tail(&mut self, since: Option<&Cursor>) -> Result<Option<Tail>, Error> {
        self.steadily(|store| tail::since(store, since)).map(Some)
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
impl Mlflow {
    /// A store of which each slice reads as little as it may.
    pub(super) fn probe_hasty(path: &Path) -> Self {
        let access = Access::file(path, Patience::Window).unwrap();
        Self { rows_for: Duration::ZERO, ..Self::over(access).unwrap().unwrap() }
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
            let access = Access::file(&file, Patience::Window).unwrap();
            let mut store = Mlflow::over(access).unwrap().unwrap();
            let whole = all_of(&mut store);
            // As if every row took longer than a slice may: each look at the clock ends one.
            store.rows_for = Duration::ZERO;
            assert_eq!(all_of(&mut store), whole);
        }
    }
}
