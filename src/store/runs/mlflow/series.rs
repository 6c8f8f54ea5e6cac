//! Whole series of one run. Only rows that were there when the reading began are taken, so that what comes meanwhile
//! is told by [`super::changes`].

use rusqlite::Row;
use rusqlite::types::ValueRef;

use super::rows::{Rows, Walked};
use super::{Error, METRICS, Mlflow, SeriesAndProblems, by_row, by_step};
use crate::problem::Problem;
use crate::runs::Series;
use crate::store::runs::Cursor;
use crate::store::runs::mark::Mark;

/// How far a series was read.
pub(super) enum Reached {
    /// To a row, that one included; so many rows up to there are counted when it is asked whether some were taken away.
    Row { end: Mark, counted: u64 },
    /// As far as damaged pages let it: nothing tells what comes behind.
    Damage,
}

impl Reached {
    /// Nothing where another reader made the cursor.
    pub fn of(cursor: &Cursor) -> Option<Self> {
        match *cursor.words() {
            [] => Some(Self::Row { end: Mark::START, counted: 0 }),
            [position, fingerprint, counted] => {
                Some(Self::Row { end: Mark { position: position as i64, fingerprint }, counted })
            }
            [_] => Some(Self::Damage),
            _ => None,
        }
    }

    pub fn cursor(self) -> Cursor {
        match self {
            Self::Row { end, counted } => Cursor::new([end.position as u64, end.fingerprint, counted]),
            Self::Damage => Cursor::new([0]),
        }
    }
}

/// See [`Reader::series_of`](crate::store::runs::Reader::series_of).
pub(super) fn read(
    store: &mut Mlflow,
    run: &str,
    metrics: &[&str],
    keep_going: &dyn Fn() -> bool,
) -> SeriesAndProblems {
    store.shape.check("metrics", &store.access)?;
    match undamaged(store, run, metrics, keep_going) {
        Ok(all) => Ok((all, Vec::new())),
        Err(Error::Damaged { .. }) => around_damage(store, run, metrics, keep_going),
        Err(error) => Err(error),
    }
}

fn undamaged(
    store: &mut Mlflow,
    run: &str,
    metrics: &[&str],
    keep_going: &dyn Fn() -> bool,
) -> Result<Vec<(Series, Cursor)>, Error> {
    let end = store.access.slice(|connection| METRICS.last(connection))?;
    let all = match store.shape.step_index.clone() {
        Some(index) => metrics
            .iter()
            .map(|metric| by_step::read(store, &index, (run, metric), end, keep_going))
            .collect::<Result<_, _>>()?,
        None => by_row::read(store, run, metrics, end, keep_going)?,
    };
    let finished = |rows: Rows| {
        let cursor = Reached::Row { end, counted: rows.counted }.cursor();
        (rows.into_series(), cursor)
    };
    Ok(all.into_iter().map(finished).collect())
}

/// All rows of the table that can be read, without its indexes.
fn around_damage(
    store: &mut Mlflow,
    run: &str,
    metrics: &[&str],
    keep_going: &dyn Fn() -> bool,
) -> SeriesAndProblems {
    let sql = "SELECT rowid, step, timestamp, value, is_nan, run_uuid, key FROM metrics NOT INDEXED
               WHERE rowid >= ?1 ORDER BY rowid LIMIT ?2";
    let map = |row: &Row<'_>| {
        let (ValueRef::Text(own), ValueRef::Text(key)) = (row.get_ref(5)?, row.get_ref(6)?) else {
            return Ok(None);
        };
        let at = metrics.iter().position(|metric| metric.as_bytes() == key && own == run.as_bytes());
        at.map(|at| Ok((at, Walked::of(row)?))).transpose()
    };
    let mut all = vec![Rows::default(); metrics.len()];
    let keep_going = |_| keep_going();
    let mut reading = store.reading(&keep_going);
    reading.pass(("metrics", false), sql, map, |(at, walked)| all[at].take(&walked))?;
    let mut problems = reading.problems;
    if problems.is_empty() {
        let message = "An index of the table metrics is damaged, so every row of the table was looked at; nothing is \
                       lost. REINDEX, run in a copy by the sqlite3 command, makes a new one";
        problems.push(Problem::warning(message, store.access.name()));
    }
    let all = all.into_iter().map(|rows| (rows.into_series(), Reached::Damage.cursor())).collect();
    Ok((all, problems))
}

/// How many rows there are up to a mark, that one included, as [`Reached::Row`] counts them.
pub(super) fn count(
    store: &mut Mlflow,
    run: &str,
    metric: &str,
    end: Mark,
    keep_going: &dyn Fn() -> bool,
) -> Result<u64, Error> {
    match store.shape.step_index.clone() {
        Some(index) => by_step::count(store, &index, (run, metric), end.position, keep_going),
        None => by_row::count(store, run, end, keep_going),
    }
}
