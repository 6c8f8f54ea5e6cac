//! The rows of one run in the order of an index, or of all runs in the order of their numbers.

use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row};

use super::shape::Source;
use super::{Error, Trackio};
use crate::problem::Problem;
use crate::store::runs::access::{Pace, bounded, damaged};
use crate::store::runs::mark::Mark;
use crate::store::runs::pass::SLICE;
use crate::store::runs::raw::Raw;
use crate::store::runs::times;

/// A row as it is walked. Its JSON is read while it is there.
pub(super) struct Walked<'a> {
    pub row: i64,
    /// The step, where the column holds an integer.
    pub step: Option<i64>,
    /// Microseconds since 1970.
    pub time: Option<i64>,
    /// A JSON object, in a text or in bytes.
    pub json: &'a [u8],
}

/// What is asked for with [`Walked::of`], behind which the caller's own columns may stand. JSON that is too long is none.
pub(super) fn columns(source: &Source) -> String {
    format!("rowid, {}, timestamp, {}", source.step, bounded("metrics"))
}

impl<'a> Walked<'a> {
    /// Of a row that begins with [`columns`].
    pub fn of(row: &'a Row<'_>, zone: &jiff::tz::TimeZone) -> rusqlite::Result<Self> {
        let time = row.get_ref(2)?.as_str().ok().and_then(|text| times::parse(text, zone));
        let json = match row.get_ref(3)? {
            ValueRef::Text(bytes) | ValueRef::Blob(bytes) => bytes,
            _ => &[],
        };
        Ok(Self { row: row.get(0)?, step: row.get_ref(1)?.as_i64().ok(), time, json })
    }
}

/// The last row that was read: what it has in the second column of the index, and its number.
type Place = (Raw, i64);

/// How the rows of a run are walked.
pub(super) struct Walk<'a> {
    pub source: &'a Source,
    pub run: &'a str,
    /// The last row that is looked at.
    pub end: Mark,
}

impl Walk<'_> {
    /// All rows of the run up to the end, as `map` understands them, which may see a row more than once. Around damaged
    /// pages they are looked for without the index, and what is lost is told.
    pub fn all<T>(
        &self,
        store: &mut Trackio,
        keep_going: &dyn Fn() -> bool,
        mut map: impl FnMut(&Walked<'_>) -> T,
        mut take: impl FnMut(T),
    ) -> Result<Vec<Problem>, Error> {
        if let Some(index) = self.source.index.clone() {
            let mut found = Vec::new();
            match self.by_index(store, &index, keep_going, &mut map, &mut |row| found.push(row)) {
                Ok(()) => {
                    found.into_iter().for_each(take);
                    return Ok(Vec::new());
                }
                Err(Error::Damaged { .. }) => {}
                Err(error) => return Err(error),
            }
        }
        let Source { table, run, .. } = self.source;
        let sql = format!(
            "SELECT {}, {run} FROM {table} NOT INDEXED WHERE rowid >= ?1 AND rowid <= {} ORDER BY rowid LIMIT ?2",
            columns(self.source),
            self.end.position
        );
        let zone = store.zone.clone();
        let keep_going = |_| keep_going();
        let mut reading = store.reading(&keep_going);
        let own = |row: &Row<'_>| {
            let is_own = matches!(row.get_ref(4)?, ValueRef::Text(run) if run == self.run.as_bytes());
            is_own.then(|| Ok(map(&Walked::of(row, &zone)?))).transpose()
        };
        reading.pass((table, false), &sql, own, &mut take)?;
        Ok(reading.problems)
    }

    fn by_index<T>(
        &self,
        store: &mut Trackio,
        index: &str,
        keep_going: &dyn Fn() -> bool,
        map: &mut impl FnMut(&Walked<'_>) -> T,
        take: &mut impl FnMut(T),
    ) -> Result<(), Error> {
        let (zone, time, marked) = (store.zone.clone(), store.rows_for, self.source.marked());
        let mut next = Some((Raw::Null, i64::MIN));
        while let Some(from) = next {
            if !keep_going() {
                return Err(Error::Stopped(store.access.name()));
            }
            let (found, end) = marked.slice(self.end, &mut store.access, |connection| {
                let pace = Pace::start(time);
                self.slice(connection, index, &from, pace, &mut |row| Ok(map(&Walked::of(row, &zone)?)))
            })?;
            found.into_iter().for_each(&mut *take);
            next = end;
        }
        Ok(())
    }

    /// The rows after one, and where they end; none where they are the last.
    fn slice<T>(
        &self,
        connection: &Connection,
        index: &str,
        from: &Place,
        mut pace: Pace,
        map: &mut impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> rusqlite::Result<(Vec<T>, Option<Place>)> {
        let Source { table, run, order, .. } = self.source;
        let (mut found, mut end) = (Vec::new(), from.clone());
        // A slice ends somewhere among the rows of one step, so the next begins there.
        let behind = if from.0 == Raw::Null { "NOT NULL AND ?3 IS NULL" } else { "> ?3" };
        let conditions =
            [format!("{order} IS ?3 AND rowid > ?5"), format!("{order} {behind} AND ?5 NOT NULL")];
        for condition in conditions {
            let sql = format!(
                "SELECT {}, {order} FROM {table} INDEXED BY {index}
                 WHERE {run} = ?1 AND rowid <= ?2 AND {condition} ORDER BY {order}, rowid LIMIT ?4",
                columns(self.source)
            );
            let mut statement = connection.prepare_cached(&sql)?;
            let mut rows = statement.query((self.run, self.end.position, &from.0, SLICE, from.1))?;
            while let Some(row) = rows.next()? {
                let place = (Raw::of(row.get_ref(4)?), row.get(0)?);
                // An index whose pages are not in order could lead back, and be read for ever.
                if !(end.0.is_before(&place.0) || (end.0 == place.0 && end.1 < place.1)) {
                    return Err(damaged());
                }
                found.push(map(row)?);
                end = place;
                if pace.is_over() || found.len() as i64 == SLICE {
                    return Ok((found, Some(end)));
                }
            }
        }
        Ok((found, None))
    }
}
