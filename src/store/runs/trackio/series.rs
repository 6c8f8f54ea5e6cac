//! Whole series of one run. One walk over its rows serves all of them; only rows that were there when it began are taken,
//! so that what comes meanwhile is told by [`super::changes`].

use std::collections::HashMap;

use super::json::{self, Logged};
use super::shape::Source;
use super::walk::{Walk, Walked};
use super::{Error, SYSTEM, Trackio};
use crate::problem::Problem;
use crate::runs::{LeftOut, Point, Series};
use crate::store::runs::mark::Mark;
use crate::store::runs::{Cursor, SeriesAndProblems};

/// How far the rows of a run were read in one table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Reached {
    /// The last row of the table.
    pub end: Mark,
    /// How many rows of the run there are up to there, that one included.
    pub counted: u64,
}

impl Reached {
    const START: Self = Self { end: Mark::START, counted: 0 };

    fn words(self) -> [u64; 3] {
        [self.end.position as u64, self.end.fingerprint, self.counted]
    }

    /// Of a cursor: what was logged, and what was measured of the machine. None where another reader made it, or pages
    /// were damaged so that nothing tells what comes behind.
    pub fn of(cursor: &Cursor) -> Option<[Self; 2]> {
        let of = |words: &[u64]| Self {
            end: Mark { position: words[0] as i64, fingerprint: words[1] },
            counted: words[2],
        };
        match cursor.words() {
            [] => Some([Self::START; 2]),
            words if words.len() == 6 => Some([of(&words[..3]), of(&words[3..])]),
            _ => None,
        }
    }
}

/// The cursor of a series.
pub(super) fn cursor(reached: [Reached; 2]) -> Cursor {
    Cursor::new([reached[0].words(), reached[1].words()].concat())
}

/// The cursor of a series of which pages are damaged.
fn cursor_of_damage() -> Cursor {
    Cursor::new([0])
}

/// Whether a cursor is of a series of which pages are damaged.
pub(super) fn is_damaged(cursor: &Cursor) -> bool {
    cursor.words().len() == 1
}

/// What was read of a series.
#[derive(Clone, Debug, Default)]
pub(super) struct Points {
    taken: Vec<Point>,
    /// The row of the last one: a key that comes twice in a row counts once, as its last value.
    row: Option<i64>,
    left_out: Option<LeftOut>,
    beyond: usize,
}

impl Points {
    /// Takes a value that was logged in a row.
    pub fn take(&mut self, row: i64, step: Option<i64>, time: Option<i64>, value: f64) {
        let Some(step) = step else {
            let odd = LeftOut { count: 1, first_step: None };
            self.left_out = Some(self.left_out.map_or(odd, |before| before.and(odd)));
            return;
        };
        if self.row.replace(row) == Some(row) {
            self.taken.pop();
        } else {
            self.beyond += usize::from(time.is_none());
        }
        self.taken.push(Point { step, time: time.unwrap_or(i64::MIN), value });
    }

    /// Whether there is nothing to tell of.
    pub fn is_empty(&self) -> bool {
        self.taken.is_empty() && self.left_out.is_none()
    }

    /// The sorted series.
    pub fn series(self) -> Series {
        Series { left_out: self.left_out, beyond: self.beyond, ..Series::from_points(self.taken) }
    }
}

/// A row with the numbers of those series that are asked for, by their places.
struct Row {
    id: i64,
    step: Option<i64>,
    time: Option<i64>,
    numbers: Vec<(usize, f64)>,
    is_json: bool,
}

/// See [`Reader::series_of`](crate::store::runs::Reader::series_of).
pub(super) fn read(
    store: &mut Trackio,
    run: &str,
    metrics: &[&str],
    keep_going: &dyn Fn() -> bool,
) -> SeriesAndProblems {
    let mut all = vec![Points::default(); metrics.len()];
    let shape = store.shape.clone();
    let wanted: HashMap<&str, usize> = metrics.iter().enumerate().map(|(at, metric)| (*metric, at)).collect();
    let Read { reached: logs, mut is_whole, mut problems } =
        source(store, &shape.logs, run, &wanted, &mut all, keep_going)?;
    let mut reached = [logs, Reached::START];
    let measured: HashMap<&str, usize> =
        wanted.iter().filter_map(|(metric, at)| Some((metric.strip_prefix(SYSTEM)?, *at))).collect();
    if let (Some(system), false) = (&shape.system, measured.is_empty()) {
        let read = source(store, system, run, &measured, &mut all, keep_going)?;
        reached[1] = read.reached;
        is_whole &= read.is_whole;
        problems.extend(read.problems);
    }
    let cursor = |metric: &str| match reached {
        _ if !is_whole => cursor_of_damage(),
        [logs, _] if !metric.starts_with(SYSTEM) => cursor([logs, Reached::START]),
        both => cursor(both),
    };
    // A metric that is asked for twice is told twice.
    let found = metrics.iter().map(|metric| (all[wanted[metric]].clone().series(), cursor(metric)));
    let found = found.collect();
    Ok((found, problems))
}

/// How far one table was read.
struct Read {
    reached: Reached,
    /// Whether no page of it is damaged.
    is_whole: bool,
    problems: Vec<Problem>,
}

/// Reads the rows of one table.
fn source(
    store: &mut Trackio,
    source: &Source,
    run: &str,
    wanted: &HashMap<&str, usize>,
    all: &mut [Points],
    keep_going: &dyn Fn() -> bool,
) -> Result<Read, Error> {
    let end = store.access.slice(|connection| source.marked().last(connection))?;
    let map = |walked: &Walked<'_>| {
        let mut numbers = Vec::new();
        let read = json::each(walked.json, |key, value| {
            if let (Some(at), Logged::Number(value)) = (wanted.get(key), value) {
                numbers.push((*at, value));
            }
        });
        // A row that breaks off in its midst is none at all.
        let is_json = read.is_ok();
        if !is_json {
            numbers.clear();
        }
        Row { id: walked.row, step: walked.step, time: walked.time, numbers, is_json }
    };
    // Without a column for it, a row's place among those of its run is its step.
    let (mut rows, mut odd) = (Vec::new(), 0_u64);
    let (mut counted, mut first_odd) = (0, 0);
    let has_steps = source.step != "NULL";
    let mut problems = Walk { source, run, end }.all(store, keep_going, map, |row: Row| {
        counted += 1;
        if !row.is_json {
            first_odd = if odd == 0 { row.id } else { first_odd };
            odd += 1;
        }
        if has_steps {
            for (at, value) in row.numbers {
                all[at].take(row.id, row.step, row.time, value);
            }
        } else {
            rows.push(row);
        }
    })?;
    let is_whole = problems.is_empty();
    rows.sort_by_key(|row| row.id);
    for (step, row) in rows.into_iter().enumerate() {
        for (at, value) in row.numbers {
            all[at].take(row.id, Some(step as i64), row.time, value);
        }
    }
    if odd > 0 {
        let table = source.table;
        let message = format!(
            "{odd} rows of this run hold no JSON object, or a very long one, and are left out, the first in row {first_odd} of the table {table}"
        );
        problems.push(Problem::warning(message, store.access.name()));
    }
    Ok(Read { reached: Reached { end, counted }, is_whole, problems })
}
