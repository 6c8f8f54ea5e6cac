//! What came to series since they were read: the rows behind the last known one, whosever they are, so that a look
//! costs as much as was written and not as much as is known. Mostly it is one slice.

use std::collections::{BTreeMap, HashMap};
use std::time::Duration;

use rusqlite::Connection;
use rusqlite::types::ValueRef;

use super::rows::{Mark, Rows, Walked, last_row, still_stands};
use super::{Mlflow, Pace, SLICE, series};
use crate::store::runs::{Change, Cursor, Error, Known};

/// When more rows than this came, a series is read again by its index instead.
const FAR: i64 = 200_000;

/// See [`Reader::changes`](crate::store::runs::Reader::changes).
pub(super) fn since(
    store: &mut Mlflow,
    known: &[Known<'_>],
    thorough: bool,
) -> Result<Vec<(Change, Cursor)>, Error> {
    let mut look = look(store, known)?;
    if thorough {
        for (at, known) in known.iter().enumerate().filter(|(at, _)| !look.is_lost[*at]).collect::<Vec<_>>() {
            let Cursor { position, rows, .. } = known.cursor;
            look.is_lost[at] = series::count(store, known.run, known.metric, position)? != rows;
        }
    }
    let mut changes = Vec::with_capacity(known.len());
    let mut again: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for ((at, known), rows) in known.iter().enumerate().zip(look.rows) {
        if look.is_lost[at] {
            again.entry(known.run).or_default().push(at);
        }
        let Mark { position, fingerprint } = look.end;
        let cursor = Cursor { position, fingerprint, rows: known.cursor.rows + rows.counted };
        let change = if rows.is_empty() { Change::Nothing } else { Change::Added(rows.into_series()) };
        changes.push((change, cursor));
    }
    for (run, members) in again {
        let metrics: Vec<&str> = members.iter().map(|at| known[*at].metric).collect();
        for (at, (series, cursor)) in members.into_iter().zip(series::read(store, run, &metrics, &|| true)?) {
            changes[at] = (Change::Whole(series), cursor);
        }
    }
    Ok(changes)
}

/// The rows behind the cursors of some series.
struct Look {
    /// The last row there is.
    end: Mark,
    /// Whether a series is to be read again from its beginning.
    is_lost: Vec<bool>,
    rows: Vec<Rows>,
}

fn look(store: &mut Mlflow, known: &[Known<'_>]) -> Result<Look, Error> {
    let mut by_run: HashMap<&[u8], Vec<usize>> = HashMap::new();
    for (at, known) in known.iter().enumerate() {
        by_run.entry(known.run.as_bytes()).or_default().push(at);
    }
    let walk = Walk { known, by_run, counts_run: !store.shape.has_step_index, time: store.rows_for };
    let (end, is_lost, from, first) = store.access.slice(|connection| {
        let end = last_row(connection)?;
        let is_lost = lost(connection, known, end)?;
        let standing = known.iter().zip(&is_lost).filter(|(_, is_lost)| !**is_lost);
        let from = standing.map(|(known, _)| known.cursor.position).min();
        let first = from.map(|from| walk.slice(connection, from, end.position)).transpose()?;
        Ok((end, is_lost, from, first))
    })?;
    let mut rows = vec![Rows::default(); known.len()];
    let mut next = from.zip(first).map(|(_, slice)| slice);
    while let Some((found, reached)) = next.take() {
        for (at, own) in found {
            rows[at].counted += 1;
            if let Some(walked) = own {
                rows[at].take(&walked);
            }
        }
        if reached < end.position {
            next = Some(store.access.slice(|connection| walk.slice(connection, reached, end.position))?);
        }
    }
    Ok(Look { end, is_lost, rows })
}

/// Which series lie before a row that does not stand any more, or too far back.
fn lost(connection: &Connection, known: &[Known<'_>], end: Mark) -> rusqlite::Result<Vec<bool>> {
    let mut stands = BTreeMap::new();
    let mut is_lost = Vec::with_capacity(known.len());
    for Known { cursor: Cursor { position, fingerprint, .. }, .. } in known {
        let mark = Mark { position: *position, fingerprint: *fingerprint };
        let known_to_stand = stands.get(&(*position, *fingerprint)).copied();
        let stands_now = known_to_stand.map_or_else(|| still_stands(connection, mark), Ok)?;
        stands.insert((*position, *fingerprint), stands_now);
        let is_far = *position != i64::MIN && end.position.saturating_sub(*position) > FAR;
        is_lost.push(!stands_now || is_far);
    }
    Ok(is_lost)
}

/// Rows of a slice: the series they count for, and their point where it is the series' own.
type Found = Vec<(usize, Option<Walked>)>;

/// A walk over the rows of all runs.
struct Walk<'a> {
    known: &'a [Known<'a>],
    by_run: HashMap<&'a [u8], Vec<usize>>,
    /// Whether cursors count all rows of their run.
    counts_run: bool,
    time: Duration,
}

impl Walk<'_> {
    /// The next rows behind `from` up to `end`, and how far they reach.
    fn slice(&self, connection: &Connection, from: i64, end: i64) -> rusqlite::Result<(Found, i64)> {
        let mut pace = Pace::start(self.time);
        let mut statement = connection.prepare_cached(include_str!("../../sql/mlflow_rows_after.sql"))?;
        let mut rows = statement.query((from, end, SLICE))?;
        let (mut found, mut count) = (Vec::new(), 0);
        while let Some(row) = rows.next()? {
            count += 1;
            let id: i64 = row.get(0)?;
            if let (ValueRef::Text(run), ValueRef::Text(key)) = (row.get_ref(5)?, row.get_ref(6)?) {
                for at in self.by_run.get(run).into_iter().flatten() {
                    let Known { metric, cursor, .. } = self.known[*at];
                    let is_own = metric.as_bytes() == key;
                    if id > cursor.position && (is_own || self.counts_run) {
                        found.push((*at, is_own.then(|| Walked::of(row)).transpose()?));
                    }
                }
            }
            if pace.is_over() || count == SLICE {
                return Ok((found, id));
            }
        }
        Ok((found, end))
    }
}
