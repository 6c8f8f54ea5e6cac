//! What came to series since they were read: the rows behind the last known one, whosever they are, so that a look
//! costs as much as was written and not as much as is known. Mostly it is one slice.

use std::collections::{BTreeMap, HashMap};
use std::time::Duration;

use rusqlite::Connection;
use rusqlite::types::ValueRef;

use super::rows::{Rows, Walked};
use super::series::{self, Reached};
use super::{Error, METRICS, Mlflow, Pace, SLICE};
use crate::store::runs::access::damaged;
use crate::store::runs::mark::Mark;
use crate::store::runs::{Change, Cursor, Known, News};

/// When more rows than this came, a series is read again by its index instead.
const FAR: i64 = 200_000;

/// A series whose rows are told from others by the mark it was read to.
struct Marked<'a> {
    /// Its place among those that were asked for.
    at: usize,
    known: Known<'a>,
    end: Mark,
    counted: u64,
}

/// See [`Reader::changes`](crate::store::runs::Reader::changes).
pub(super) fn since(
    store: &mut Mlflow,
    known: &[Known<'_>],
    thorough: bool,
    keep_going: &dyn Fn() -> bool,
) -> Result<Vec<News>, Error> {
    let (mut marked, mut again) = (Vec::new(), Vec::new());
    let mut news: Vec<News> = known.iter().map(|known| Ok((Change::Nothing, known.cursor.clone()))).collect();
    for (at, known) in known.iter().enumerate() {
        match Reached::of(known.cursor) {
            Some(Reached::Row { end, counted }) => marked.push(Marked { at, known: *known, end, counted }),
            // Reading around damage takes long, and hardly anybody writes into a damaged store.
            Some(Reached::Damage) if !thorough => {}
            Some(Reached::Damage) | None => again.push(at),
        }
    }
    match look(store, &marked, thorough, keep_going) {
        Ok(looked) => {
            for (marked, looked) in marked.iter().zip(looked) {
                match looked {
                    Some(looked) => news[marked.at] = Ok(looked),
                    None => again.push(marked.at),
                }
            }
        }
        // Whether it is about these series, only reading them tells.
        Err(error) if error.is_of_rows() => again.extend(marked.iter().map(|marked| marked.at)),
        Err(error) => return Err(error),
    }
    let mut by_run: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for at in again {
        by_run.entry(known[at].run).or_default().push(at);
    }
    for (run, members) in by_run {
        let metrics: Vec<&str> = members.iter().map(|at| known[*at].metric).collect();
        match series::read(store, run, &metrics, keep_going) {
            Ok((all, _)) => {
                for (at, (series, cursor)) in members.into_iter().zip(all) {
                    news[at] = Ok((Change::Whole(series), cursor));
                }
            }
            Err(error) if error.is_of_rows() && members.len() == 1 => news[members[0]] = Err(error),
            Err(error) if error.is_of_rows() => {
                for at in members {
                    news[at] = alone(store, run, known[at].metric, keep_going)?;
                }
            }
            Err(error) => return Err(error),
        }
    }
    Ok(news)
}

/// One series, where several of its run cannot be read together.
fn alone(store: &mut Mlflow, run: &str, metric: &str, keep_going: &dyn Fn() -> bool) -> Result<News, Error> {
    match series::read(store, run, &[metric], keep_going) {
        Ok((mut all, _)) => {
            let (series, cursor) = all.pop().unwrap_or_default();
            Ok(Ok((Change::Whole(series), cursor)))
        }
        Err(error) if error.is_of_rows() => Ok(Err(error)),
        Err(error) => Err(error),
    }
}

/// What came to each; none where it is to be read again from its beginning.
fn look(
    store: &mut Mlflow,
    marked: &[Marked<'_>],
    thorough: bool,
    keep_going: &dyn Fn() -> bool,
) -> Result<Vec<Option<(Change, Cursor)>>, Error> {
    if marked.is_empty() {
        return Ok(Vec::new());
    }
    let Look { end, mut is_lost, rows } = walk(store, marked, keep_going)?;
    if thorough {
        for (is_lost, marked) in is_lost.iter_mut().zip(marked).filter(|(is_lost, _)| !**is_lost) {
            let Known { run, metric, .. } = marked.known;
            *is_lost = series::count(store, run, metric, marked.end, keep_going)? != marked.counted;
        }
    }
    let news = marked.iter().zip(rows).zip(is_lost).map(|((marked, rows), is_lost)| {
        let cursor = Reached::Row { end, counted: marked.counted + rows.counted }.cursor();
        let change = if rows.is_empty() { Change::Nothing } else { Change::Added(rows.into_series()) };
        (!is_lost).then_some((change, cursor))
    });
    Ok(news.collect())
}

/// The rows behind the marks of some series.
struct Look {
    /// The last row there is.
    end: Mark,
    /// Whether a series is to be read again from its beginning.
    is_lost: Vec<bool>,
    rows: Vec<Rows>,
}

fn walk(store: &mut Mlflow, marked: &[Marked<'_>], keep_going: &dyn Fn() -> bool) -> Result<Look, Error> {
    store.shape.check("metrics", &store.access)?;
    let mut by_run: HashMap<&[u8], Vec<usize>> = HashMap::new();
    for (at, marked) in marked.iter().enumerate() {
        by_run.entry(marked.known.run.as_bytes()).or_default().push(at);
    }
    let counts_run = store.shape.step_index.is_none();
    let walk = Walk { marked, by_run, counts_run, time: store.rows_for };
    let (end, is_lost, from, first) = store.access.slice(|connection| {
        let end = METRICS.last(connection)?;
        let is_lost = lost(connection, marked, end)?;
        let standing = marked.iter().zip(&is_lost).filter(|(_, is_lost)| !**is_lost);
        let from = standing.map(|(marked, _)| marked.end.position).min();
        let first = from.map(|from| walk.slice(connection, from, end.position)).transpose()?;
        Ok((end, is_lost, from, first))
    })?;
    let mut rows = vec![Rows::default(); marked.len()];
    let mut next = from.zip(first).map(|(_, slice)| slice);
    while let Some((found, reached)) = next.take() {
        for (at, own) in found {
            rows[at].counted += 1;
            if let Some(walked) = own {
                rows[at].take(&walked);
            }
        }
        if reached < end.position {
            if !keep_going() {
                return Err(Error::Stopped(store.access.name()));
            }
            next =
                Some(METRICS.slice(end, &mut store.access, |connection| {
                    walk.slice(connection, reached, end.position)
                })?);
        }
    }
    Ok(Look { end, is_lost, rows })
}

/// Which series lie before a row that does not stand any more, or too far back.
fn lost(connection: &Connection, marked: &[Marked<'_>], end: Mark) -> rusqlite::Result<Vec<bool>> {
    let mut stands = BTreeMap::new();
    let mut is_lost = Vec::with_capacity(marked.len());
    for Marked { end: mark, .. } in marked {
        let known_to_stand = stands.get(mark).copied();
        let stands_now = known_to_stand.map_or_else(|| METRICS.has(connection, *mark), Ok)?;
        stands.insert(*mark, stands_now);
        let is_far = *mark != Mark::START && end.position.saturating_sub(mark.position) > FAR;
        is_lost.push(!stands_now || is_far);
    }
    Ok(is_lost)
}

/// Rows of a slice: the series they count for, and their point where it is the series' own.
type Found = Vec<(usize, Option<Walked>)>;

/// A walk over the rows of all runs.
struct Walk<'a> {
    marked: &'a [Marked<'a>],
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
                    let Marked { known, end, .. } = &self.marked[*at];
                    let is_own = known.metric.as_bytes() == key;
                    if id > end.position && (is_own || self.counts_run) {
                        found.push((*at, is_own.then(|| Walked::of(row)).transpose()?));
                    }
                }
            }
            // A damaged page may lead back, and would be walked for ever.
            if id <= from {
                return Err(damaged());
            }
            if pace.is_over() || count == SLICE {
                return Ok((found, id));
            }
        }
        Ok((found, end))
    }
}
