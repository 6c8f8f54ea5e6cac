//! Series of tables, and what came to them: the points behind those that were known, where the file still begins with
//! the very rows that had those.

use std::collections::{BTreeMap, BTreeSet};

use super::Tables;
use super::file::{Reached, Table};
use crate::runs::Series;
use crate::store::runs::cursor::Fingerprint;
use crate::store::runs::{Change, Cursor, Error, Known, News, sniff};

/// How far one series was read.
struct Mark {
    reached: Reached,
    /// Of the mapping.
    mapping: u64,
    /// Points up to there.
    count: usize,
}

impl Mark {
    fn of(cursor: &Cursor) -> Option<Self> {
        let [offset, near, whole, mapping, count] = *cursor.words() else { return None };
        Some(Self { reached: Reached { offset, near, whole }, mapping, count: count as usize })
    }

    fn cursor(table: &Table, count: usize) -> Cursor {
        let Reached { offset, near, whole } = table.reached;
        Cursor::new([offset, near, whole, mapping_word(table), count as u64])
    }
}

fn mapping_word(table: &Table) -> u64 {
    Fingerprint::new().add(table.mapped.mapping.to_string().as_bytes()).word()
}

/// All points of a series with its cursor.
pub(super) fn whole(table: &Table, run: &str, metric: &str) -> (Series, Cursor) {
    let points = table.content.points(run, metric, 0).unwrap_or_default();
    let cursor = Mark::cursor(table, points.len());
    (Series::from_points(points), cursor)
}

/// See [`Reader::changes`](crate::store::runs::Reader::changes). The tables were read to their ends.
pub(super) fn since(tables: &Tables, known: &[Known<'_>], thorough: bool) -> Result<Vec<News>, Error> {
    let mut verdicts: BTreeMap<(usize, u64, u64, u64), bool> = BTreeMap::new();
    let places: Vec<Option<usize>> =
        known.iter().map(|known| tables.open.iter().position(|table| table.content.has(known.run))).collect();
    for (at, table) in tables.open.iter().enumerate() {
        let marks = known.iter().zip(&places).filter(|(_, place)| **place == Some(at));
        let marks: BTreeSet<(u64, u64, u64)> = marks
            .filter_map(|(known, _)| Mark::of(known.cursor))
            .map(|Mark { reached: Reached { offset, near, whole }, .. }| (offset, near, whole))
            .collect();
        if marks.is_empty() {
            continue;
        }
        let path = &table.path;
        let mut file = sniff::open_file(path)?;
        let offsets: Vec<u64> = marks.iter().map(|(offset, _, _)| *offset).collect();
        let wholes = if thorough { table.whole_to(&mut file, &offsets)? } else { Vec::new() };
        for (number, (offset, near, whole)) in marks.into_iter().enumerate() {
            let is_same = offset <= table.reached.offset
                && table.is_at_row(&mut file, offset, near)?
                && wholes.get(number).is_none_or(|now| *now == whole);
            verdicts.insert((at, offset, near, whole), is_same);
        }
    }
    let news = known.iter().zip(places).map(|(known, place)| {
        let Some(place) = place else {
            // The run is not there any more.
            return Ok((gone(known.cursor), Cursor::default()));
        };
        let table = &tables.open[place];
        let mark = Mark::of(known.cursor).filter(|mark| {
            let Reached { offset, near, whole } = mark.reached;
            mark.mapping == mapping_word(table)
                && verdicts.get(&(place, offset, near, whole)).is_some_and(|is_same| *is_same)
        });
        let tail = mark.and_then(|mark| {
            let points = table.content.points(known.run, known.metric, mark.count);
            // A series that had no point may still have none.
            let points = points.or_else(|| (mark.count == 0).then(Vec::new))?;
            Some((mark.count, points))
        });
        let Some((count, points)) = tail else {
            let (series, cursor) = whole(table, known.run, known.metric);
            let is_new = known.cursor.words().is_empty();
            let change = if is_new && series.is_empty() { Change::Nothing } else { Change::Whole(series) };
            return Ok((change, cursor));
        };
        let cursor = Mark::cursor(table, count + points.len());
        let change =
            if points.is_empty() { Change::Nothing } else { Change::Added(Series::from_points(points)) };
        Ok((change, cursor))
    });
    Ok(news.collect())
}

/// What became of a series whose run is nowhere: nothing, where it never had points.
fn gone(cursor: &Cursor) -> Change {
    match Mark::of(cursor) {
        Some(_) => Change::Whole(Series::default()),
        None => Change::Nothing,
    }
}
