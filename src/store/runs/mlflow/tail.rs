//! What came to the whole store: the rows behind one, whosever they are. A look is a single slice, so that a writer who
//! is watched all the time does not feel it.

use std::collections::HashMap;
use std::sync::Arc;

use rusqlite::Connection;
use rusqlite::types::ValueRef;

use super::rows::{Rows, Walked};
use super::{Error, METRICS, Mlflow, Pace, SLICE};
use crate::store::runs::access::damaged;
use crate::store::runs::mark::Mark;
use crate::store::runs::{Came, Cursor, Tail};

/// The rows of one series.
struct Own {
    run: Arc<str>,
    metric: Arc<str>,
    rows: Rows,
}

/// See [`Reader::tail`](crate::store::runs::Reader::tail).
pub(super) fn since(store: &mut Mlflow, since: Option<&Cursor>) -> Result<Tail, Error> {
    store.shape.check("metrics", &store.access)?;
    let since = since.map(mark_of);
    let time = store.rows_for;
    store.access.slice(|connection| look(connection, since, Pace::start(time)))
}

/// Nothing where another reader made the cursor, so that no row has it.
fn mark_of(cursor: &Cursor) -> Mark {
    match *cursor.words() {
        [] => Mark::START,
        [position, fingerprint] => Mark { position: position as i64, fingerprint },
        _ => Mark { position: i64::MIN, fingerprint: 1 },
    }
}

fn cursor_of(mark: Mark) -> Cursor {
    if mark == Mark::START {
        Cursor::default()
    } else {
        Cursor::new([mark.position as u64, mark.fingerprint])
    }
}

fn look(connection: &Connection, since: Option<Mark>, pace: Pace) -> rusqlite::Result<Tail> {
    let last = METRICS.last(connection)?;
    let Some(since) = since.filter(|since| *since != last) else {
        return Ok(Tail { end: cursor_of(last), ..Tail::default() });
    };
    let is_anew = !METRICS.has(connection, since)?;
    let from = if is_anew { Mark::START } else { since };
    let (found, reached) = rows(connection, from.position, last.position, pace)?;
    let end = match reached {
        None => last,
        Some(row) => METRICS.at(connection, row)?.ok_or_else(damaged)?,
    };
    let came = found.into_iter().filter(|own| !own.rows.is_empty());
    Ok(Tail {
        is_anew,
        came: came
            .map(|Own { run, metric, rows }| Came { run, metric, points: rows.into_series() })
            .collect(),
        end: cursor_of(end),
        has_more: reached.is_some(),
    })
}

/// The rows behind one up to another, by series, and the row that was reached where that is not the last.
fn rows(
    connection: &Connection,
    from: i64,
    last: i64,
    mut pace: Pace,
) -> rusqlite::Result<(Vec<Own>, Option<i64>)> {
    let mut statement = connection.prepare_cached(include_str!("../../sql/mlflow_rows_after.sql"))?;
    let mut rows = statement.query((from, last, SLICE))?;
    let (mut found, mut count, mut before) = (Vec::<Own>::new(), 0, from);
    let mut places: HashMap<Vec<u8>, HashMap<Vec<u8>, usize>> = HashMap::new();
    while let Some(row) = rows.next()? {
        count += 1;
        let id: i64 = row.get(0)?;
        // A damaged page may lead back, and would be walked for ever.
        if id <= before {
            return Err(damaged());
        }
        before = id;
        if let (ValueRef::Text(run), ValueRef::Text(key)) = (row.get_ref(5)?, row.get_ref(6)?) {
            let known = places.get(run).and_then(|keys| keys.get(key)).copied();
            let at = known.unwrap_or_else(|| {
                let text = |bytes| Arc::from(String::from_utf8_lossy(bytes));
                found.push(Own { run: text(run), metric: text(key), rows: Rows::default() });
                places.entry(run.to_vec()).or_default().insert(key.to_vec(), found.len() - 1);
                found.len() - 1
            });
            found[at].rows.take(&Walked::of(row)?);
        }
        if pace.is_over() || count == SLICE {
            return Ok((found, (id < last).then_some(id)));
        }
    }
    Ok((found, None))
}
