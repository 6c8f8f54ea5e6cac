//! What came to series since they were read: the rows behind the last known one, whosever they are, so that a look
//! costs as much as was written and not as much as is known.

use std::collections::{BTreeMap, HashMap};

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
    let end = last_row(store)?;
    let (again, fresh): (Vec<usize>, Vec<usize>) = {
        let mut stands = BTreeMap::new();
        let mut is_lost = Vec::with_capacity(known.len());
        for known in known {
            is_lost.push(is_lost_of(store, known, end, thorough, &mut stands)?);
        }
        (0..known.len()).partition(|at| is_lost[*at])
    };
    let mut changes: Vec<(Change, Cursor)> =
        known.iter().map(|known| (Change::Nothing, known.cursor)).collect();
    for (at, rows) in fresh.iter().zip(behind(store, known, &fresh, end.position)?) {
        let cursor = Cursor {
            position: end.position,
            fingerprint: end.fingerprint,
            rows: known[*at].cursor.rows + rows.counted,
        };
        let change = if rows.is_empty() { Change::Nothing } else { Change::Added(rows.into_series()) };
        changes[*at] = (change, cursor);
    }
    let mut runs: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for at in again {
        runs.entry(known[at].run).or_default().push(at);
    }
    for (run, members) in runs {
        let metrics: Vec<&str> = members.iter().map(|at| known[*at].metric).collect();
        for (at, (series, cursor)) in members.into_iter().zip(series::read(store, run, &metrics, &|| true)?) {
            changes[at] = (Change::Whole(series), cursor);
        }
    }
    Ok(changes)
}

/// Whether a series is to be read again from its beginning.
fn is_lost_of(
    store: &mut Mlflow,
    known: &Known<'_>,
    end: Mark,
    thorough: bool,
    stands: &mut BTreeMap<(i64, u64), bool>,
) -> Result<bool, Error> {
    let Cursor { position, fingerprint, rows } = known.cursor;
    let mark = Mark { position, fingerprint };
    let stands = if let Some(stands) = stands.get(&(position, fingerprint)) {
        *stands
    } else {
        let now = still_stands(store, mark)?;
        stands.insert((position, fingerprint), now);
        now
    };
    let is_far = position != i64::MIN && end.position.saturating_sub(position) > FAR;
    Ok(!stands || is_far || (thorough && series::count(store, known.run, known.metric, position)? != rows))
}

/// The rows of some series behind their cursors, up to a rowid.
fn behind(store: &mut Mlflow, known: &[Known<'_>], fresh: &[usize], end: i64) -> Result<Vec<Rows>, Error> {
    let mut all = vec![Rows::default(); fresh.len()];
    let mut by_run: HashMap<&[u8], Vec<usize>> = HashMap::new();
    for (place, at) in fresh.iter().enumerate() {
        by_run.entry(known[*at].run.as_bytes()).or_default().push(place);
    }
    let Some(mut from) = fresh.iter().map(|at| known[*at].cursor.position).min() else { return Ok(all) };
    let counts_run = !store.shape.has_step_index;
    while from < end {
        let time = store.rows_for;
        let (found, reached) = store.access.slice(|connection| {
            let mut pace = Pace::start(time);
            let mut statement = connection.prepare_cached(include_str!("../../sql/mlflow_rows_after.sql"))?;
            let mut rows = statement.query((from, end, SLICE))?;
            let (mut found, mut reached, mut count) = (Vec::new(), end, 0);
            while let Some(row) = rows.next()? {
                count += 1;
                let id: i64 = row.get(0)?;
                if let (ValueRef::Text(run), ValueRef::Text(key)) = (row.get_ref(5)?, row.get_ref(6)?) {
                    for place in by_run.get(run).into_iter().flatten() {
                        let Known { metric, cursor, .. } = known[fresh[*place]];
                        let is_own = metric.as_bytes() == key;
                        if id > cursor.position && (is_own || counts_run) {
                            found.push((*place, is_own.then(|| Walked::of(row)).transpose()?));
                        }
                    }
                }
                if pace.is_over() || count == SLICE {
                    reached = id;
                    break;
                }
            }
            Ok((found, reached))
        })?;
        for (place, own) in found {
            all[place].counted += 1;
            if let Some(walked) = own {
                all[place].take(&walked);
            }
        }
        from = reached;
    }
    Ok(all)
}
