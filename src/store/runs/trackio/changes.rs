//! What came to series since they were read: the rows behind the last known one, whosever they are, so that a look costs
//! as much as was written and not as much as is known.

use std::collections::{BTreeMap, HashMap};

use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row};

use super::json::{self, Logged};
use super::series::{self, Points, Reached, cursor, is_damaged};
use super::shape::Source;
use super::walk::{Walked, columns};
use super::{Error, SYSTEM, Trackio};
use crate::store::runs::access::{Pace, damaged};
use crate::store::runs::mark::Mark;
use crate::store::runs::pass::SLICE;
use crate::store::runs::{Change, Known, News};

/// A series whose rows are told from others by the marks it was read to.
struct Followed<'a> {
    /// Its place among those that were asked for.
    at: usize,
    known: Known<'a>,
    reached: [Reached; 2],
    points: Points,
    is_lost: bool,
}

/// See [`Reader::changes`](crate::store::runs::Reader::changes).
pub(super) fn since(
    store: &mut Trackio,
    known: &[Known<'_>],
    thorough: bool,
    keep_going: &dyn Fn() -> bool,
) -> Result<Vec<News>, Error> {
    let mut news: Vec<News> = known.iter().map(|known| Ok((Change::Nothing, known.cursor.clone()))).collect();
    let (mut followed, mut again) = (Vec::new(), Vec::new());
    for (at, known) in known.iter().enumerate() {
        match Reached::of(known.cursor) {
            Some(reached) => {
                followed.push(Followed {
                    at,
                    known: *known,
                    reached,
                    points: Points::default(),
                    is_lost: false,
                });
            }
            // Reading around damage takes long, and hardly anybody writes into a damaged store.
            None if is_damaged(known.cursor) && !thorough => {}
            None => again.push(at),
        }
    }
    match look(store, &mut followed, thorough, keep_going) {
        Ok(()) => {}
        // Whether it is about these series, only reading them tells.
        Err(error) if error.is_of_rows() => followed.iter_mut().for_each(|followed| followed.is_lost = true),
        Err(error) => return Err(error),
    }
    for Followed { at, reached, points, is_lost, .. } in followed {
        if is_lost {
            again.push(at);
        } else {
            let change = if points.is_empty() { Change::Nothing } else { Change::Added(points.series()) };
            news[at] = Ok((change, cursor(reached)));
        }
    }
    let mut by_run: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for at in again {
        by_run.entry(known[at].run).or_default().push(at);
    }
    for (run, mut members) in by_run {
        // An error is told of each series, and cannot be copied: it is met again.
        while !members.is_empty() {
            let metrics: Vec<&str> = members.iter().map(|at| known[*at].metric).collect();
            match series::read(store, run, &metrics, keep_going) {
                Ok((all, _)) => {
                    for (at, (series, cursor)) in members.drain(..).zip(all) {
                        news[at] = Ok((Change::Whole(series), cursor));
                    }
                }
                Err(error) if error.is_of_rows() => {
                    if let Some(at) = members.pop() {
                        news[at] = Err(error);
                    }
                }
                Err(error) => return Err(error),
            }
        }
    }
    Ok(news)
}

/// Looks behind the marks in both tables.
fn look(
    store: &mut Trackio,
    followed: &mut [Followed<'_>],
    thorough: bool,
    keep_going: &dyn Fn() -> bool,
) -> Result<(), Error> {
    let shape = store.shape.clone();
    for (which, source) in [(0, Some(&shape.logs)), (1, shape.system.as_ref())] {
        let Some(source) = source else { continue };
        let mut own: Vec<&mut Followed<'_>> = followed
            .iter_mut()
            .filter(|followed| which == 0 || followed.known.metric.starts_with(SYSTEM))
            .collect();
        if own.is_empty() {
            continue;
        }
        Look { source, which }.behind(store, &mut own, keep_going)?;
        if thorough {
            // Once for all metrics of a run that were read to the same row.
            let mut counts: BTreeMap<(&str, Mark), u64> = BTreeMap::new();
            for followed in own {
                if !keep_going() {
                    return Err(Error::Stopped(store.access.name()));
                }
                let Reached { end, counted } = followed.reached[which];
                let run = followed.known.run;
                let now = match counts.get(&(run, end)) {
                    Some(now) => *now,
                    None => *counts.entry((run, end)).or_insert(count(store, source, run, end)?),
                };
                followed.is_lost |= now != counted;
            }
        }
    }
    Ok(())
}

/// How many rows of a run there are up to a mark, that one included.
fn count(store: &mut Trackio, source: &Source, run: &str, end: Mark) -> Result<u64, Error> {
    let Source { table, run: column, .. } = source;
    let index =
        source.index.as_ref().map_or_else(|| "NOT INDEXED".to_owned(), |index| format!("INDEXED BY {index}"));
    let sql = format!("SELECT count(*) FROM {table} {index} WHERE {column} = ?1 AND rowid <= ?2");
    store.access.slice(|connection| {
        let mut statement = connection.prepare_cached(&sql)?;
        statement.query_row((run, end.position), |row| row.get::<_, i64>(0)).map(|count| count as u64)
    })
}

/// A row behind the marks, with the numbers of followed series by their places.
struct Came {
    row: i64,
    step: Option<i64>,
    time: Option<i64>,
    /// The series of its run.
    of: Vec<usize>,
    numbers: Vec<(usize, f64)>,
}

/// One table.
struct Look<'a> {
    source: &'a Source,
    /// Which of the two marks is its.
    which: usize,
}

impl Look<'_> {
    fn behind(
        &self,
        store: &mut Trackio,
        own: &mut [&mut Followed<'_>],
        keep_going: &dyn Fn() -> bool,
    ) -> Result<(), Error> {
        let (source, which) = (self.source, self.which);
        let marked = source.marked();
        let marks: Vec<Mark> = own.iter().map(|followed| followed.reached[which].end).collect();
        let (end, lost) = store.access.slice(|connection| {
            let mut stands = BTreeMap::new();
            for mark in &marks {
                if !stands.contains_key(mark) {
                    stands.insert(*mark, marked.has(connection, *mark)?);
                }
            }
            let lost: Vec<bool> = marks.iter().map(|mark| !stands[mark]).collect();
            Ok((marked.last(connection)?, lost))
        })?;
        for (followed, is_lost) in own.iter_mut().zip(&lost) {
            followed.is_lost |= is_lost;
        }
        let mut by_run: HashMap<Vec<u8>, Vec<usize>> = HashMap::new();
        for (at, followed) in own.iter().enumerate().filter(|(_, followed)| !followed.is_lost) {
            by_run.entry(followed.known.run.as_bytes().to_vec()).or_default().push(at);
        }
        let keys: Vec<&str> = own
            .iter()
            .map(|followed| followed.known.metric)
            .map(|metric| if which == 0 { metric } else { metric.strip_prefix(SYSTEM).unwrap_or(metric) })
            .collect();
        let standing = marks.iter().zip(&lost).filter(|(_, is_lost)| !**is_lost);
        let mut next = standing.map(|(mark, _)| mark.position).min().filter(|from| *from < end.position);
        while let Some(from) = next {
            if !keep_going() {
                return Err(Error::Stopped(store.access.name()));
            }
            let (zone, time) = (store.zone.clone(), store.rows_for);
            let (came, reached) = marked.slice(end, &mut store.access, |connection| {
                let map = |row: &Row<'_>| {
                    let ValueRef::Text(run) = row.get_ref(4)? else { return Ok(None) };
                    let Some(members) = by_run.get(run) else { return Ok(None) };
                    let walked = Walked::of(row, &zone)?;
                    let of: Vec<usize> =
                        members.iter().copied().filter(|at| walked.row > marks[*at].position).collect();
                    let mut numbers = Vec::new();
                    let read = json::each(walked.json, |key, value| {
                        if let Logged::Number(value) = value {
                            numbers.extend(of.iter().filter(|at| keys[**at] == key).map(|at| (*at, value)));
                        }
                    });
                    if read.is_err() {
                        numbers.clear();
                    }
                    Ok(Some(Came { row: walked.row, step: walked.step, time: walked.time, of, numbers }))
                };
                self.slice(connection, [from, end.position], Pace::start(time), map)
            })?;
            for Came { row, step, time, of, numbers } in came {
                for (at, value) in numbers {
                    let counted = own[at].reached[which].counted as i64;
                    own[at].points.take(row, if which == 0 { step } else { Some(counted) }, time, value);
                }
                for at in of {
                    own[at].reached[which].counted += 1;
                }
            }
            next = reached;
        }
        for followed in own.iter_mut().filter(|followed| !followed.is_lost) {
            followed.reached[which].end = end;
        }
        Ok(())
    }

    /// The next rows behind a number up to another, and how far they reach; none where they are the last.
    fn slice<T>(
        &self,
        connection: &Connection,
        [from, end]: [i64; 2],
        mut pace: Pace,
        map: impl Fn(&Row<'_>) -> rusqlite::Result<Option<T>>,
    ) -> rusqlite::Result<(Vec<T>, Option<i64>)> {
        let Source { table, run, .. } = self.source;
        let sql = format!(
            "SELECT {}, {run} FROM {table} WHERE rowid > ?1 AND rowid <= ?2 ORDER BY rowid LIMIT ?3",
            columns(self.source)
        );
        let mut statement = connection.prepare_cached(&sql)?;
        let mut rows = statement.query((from, end, SLICE))?;
        let (mut found, mut last, mut count) = (Vec::new(), from, 0);
        while let Some(row) = rows.next()? {
            let id: i64 = row.get(0)?;
            // A damaged page may lead back, and would be walked for ever.
            if id <= last {
                return Err(damaged());
            }
            (last, count) = (id, count + 1);
            found.extend(map(row)?);
            if pace.is_over() || count == SLICE {
                return Ok((found, Some(last).filter(|last| *last < end)));
            }
        }
        Ok((found, None))
    }
}
