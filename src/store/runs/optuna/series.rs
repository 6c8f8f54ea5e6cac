//! All series of one trial: they are short, so that all are read whenever one is asked for.

use std::collections::BTreeMap;

use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension as _, Row};

use super::rows::{time, value_of};
use super::shape::Shape;
use super::study::Objectives;
use super::{Error, INTERMEDIATE, Optuna};
use crate::problem::Problem;
use crate::runs::{LeftOut, Point, Series};
use crate::store::runs::access::bounded;
use crate::store::runs::cursor::Fingerprint;
use crate::store::runs::raw::{bytes, text};
use crate::store::runs::{Cursor, SeriesAndProblems};

/// A row of a series.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    row: i64,
    step: Option<i64>,
    time: Option<i64>,
    value: Option<f64>,
}

impl Entry {
    /// A number that tells it from what it was before its row was written again.
    fn print(self) -> u64 {
        let word = |word: Option<u64>| {
            word.map_or_else(
                || Fingerprint::new().add(b"n"),
                |word| Fingerprint::new().add(&word.to_le_bytes()),
            )
        };
        let words =
            [Some(self.row as u64), self.step.map(|step| step as u64), self.time.map(|time| time as u64)];
        let all = words.into_iter().chain([self.value.map(f64::to_bits)]);
        all.fold(Fingerprint::new(), |print, own| print.add(&word(own).word().to_le_bytes())).word()
    }
}

/// What was read of a series.
#[derive(Clone, Debug, Default)]
pub(super) struct Entries(pub Vec<Entry>);

impl Entries {
    /// The sorted series.
    pub fn series(&self) -> Series {
        let (mut points, mut left_out, mut beyond) = (Vec::with_capacity(self.0.len()), None, 0);
        for Entry { step, time, value, .. } in &self.0 {
            if let (Some(step), Some(value)) = (*step, *value) {
                beyond += usize::from(time.is_none());
                points.push(Point { step, time: time.unwrap_or(i64::MIN), value });
            } else {
                let odd = LeftOut { count: 1, first_step: *step };
                left_out = Some(left_out.map_or(odd, |before: LeftOut| before.and(odd)));
            }
        }
        Series { left_out, beyond, ..Series::from_points(points) }
    }

    /// How far this was read.
    pub fn reached(&self, is_over: bool) -> Reached {
        let last = self.0.iter().map(|entry| entry.row).max().unwrap_or(i64::MIN);
        Reached { is_over, last, ..self.up_to(last) }
    }

    /// What was known, if it stands as it was: rows are only ever added behind it, or written again in their place.
    fn up_to(&self, last: i64) -> Reached {
        let known = self.0.iter().filter(|entry| entry.row <= last);
        let start = Reached { is_over: false, last, count: 0, sum: 0 };
        known.fold(start, |reached, entry| Reached {
            count: reached.count + 1,
            sum: reached.sum.wrapping_add(entry.print()),
            ..reached
        })
    }

    /// What came since; none where what was known does not stand.
    pub fn since(&self, known: Reached) -> Option<Self> {
        let now = self.up_to(known.last);
        let stands = (now.count, now.sum) == (known.count, known.sum);
        stands.then(|| Self(self.0.iter().filter(|entry| entry.row > known.last).copied().collect()))
    }
}

/// How far a series was read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reached {
    /// Whether the trial had ended: Optuna writes nothing more into it.
    pub is_over: bool,
    /// The greatest number of a row.
    last: i64,
    /// How many rows.
    count: u64,
    /// The sum of what tells them apart, in whatever order.
    sum: u64,
}

impl Reached {
    /// Nothing where another reader made the cursor.
    pub fn of(cursor: &Cursor) -> Option<Self> {
        match *cursor.words() {
            [] => Some(Self { is_over: false, last: i64::MIN, count: 0, sum: 0 }),
            [is_over, last, count, sum] => {
                Some(Self { is_over: is_over != 0, last: last as i64, count, sum })
            }
            _ => None,
        }
    }

    /// In words.
    pub fn cursor(self) -> Cursor {
        Cursor::new([u64::from(self.is_over), self.last as u64, self.count, self.sum])
    }
}

/// A trial with all its series by their names.
#[derive(Debug, Default)]
pub(super) struct Trial {
    /// Whether it has ended.
    pub is_over: bool,
    /// Its series.
    pub all: BTreeMap<String, Entries>,
    /// What of it cannot be read.
    pub problems: Vec<Problem>,
}

/// See [`Reader::series_of`](crate::store::runs::Reader::series_of).
pub(super) fn read(
    store: &mut Optuna,
    run: &str,
    metrics: &[&str],
    keep_going: &dyn Fn() -> bool,
) -> SeriesAndProblems {
    let mut trial = trial(store, run, keep_going)?;
    let none = Entries::default();
    let found = metrics.iter().map(|metric| {
        let entries = trial.all.get(*metric).unwrap_or(&none);
        (entries.series(), entries.reached(trial.is_over).cursor())
    });
    let found = found.collect();
    Ok((found, std::mem::take(&mut trial.problems)))
}

/// What the trial says of itself, and its objectives.
struct Head {
    is_over: bool,
    start: Option<i64>,
    end: Option<i64>,
    values: Vec<(String, Entry)>,
}

/// Everything of one trial; nothing where there is none of that id.
pub(super) fn trial(store: &mut Optuna, run: &str, keep_going: &dyn Fn() -> bool) -> Result<Trial, Error> {
    let Some(id) = run.parse::<i64>().ok().filter(|id| id.to_string() == run) else {
        return Ok(Trial::default());
    };
    if !keep_going() {
        return Err(Error::Stopped(store.access.name()));
    }
    let (shape, zone) = (store.shape.clone(), store.zone());
    let head = store.access.slice(|connection| head(connection, id, &shape, &zone))?;
    let Some(Head { is_over, start, end, values }) = head else { return Ok(Trial::default()) };
    let mut all: BTreeMap<String, Entries> = BTreeMap::new();
    for (name, entry) in values {
        all.entry(name).or_default().0.push(Entry { time: end.or(start), ..entry });
    }
    let mut problems = Vec::new();
    if shape.has("trial_intermediate_values") {
        let (mut entries, odd) = intermediate(store, id, keep_going)?;
        for entry in &mut entries {
            entry.time = start.or(end);
        }
        if !entries.is_empty() {
            all.entry(INTERMEDIATE.to_owned()).or_default().0.append(&mut entries);
        }
        problems = odd;
    }
    Ok(Trial { is_over, all, problems })
}

/// What was reported meanwhile: by the index over trial and step, or all rows of the table where there is none or it is
/// damaged.
fn intermediate(
    store: &mut Optuna,
    id: i64,
    keep_going: &dyn Fn() -> bool,
) -> Result<(Vec<Entry>, Vec<Problem>), Error> {
    const TABLE: &str = "trial_intermediate_values";
    let value = format!("intermediate_value, {}", store.shape.intermediate_type);
    let index = store.shape.step_index.clone();
    let keep_going = |_| keep_going();
    let entry = |row: &Row<'_>, step: ValueRef<'_>, at: usize| {
        let value = value_of(row.get_ref(2)?, row.get_ref(3)?);
        rusqlite::Result::Ok(Entry { row: row.get(at)?, step: step.as_i64().ok(), time: None, value })
    };
    if let Some(index) = index {
        let mut entries = Vec::new();
        let mut reading = store.reading(&keep_going);
        let own = format!("FROM {TABLE} INDEXED BY {index} WHERE trial_id = {id}");
        let sql = format!(
            "SELECT step, rowid, {value} {own} AND typeof(step) = 'integer' AND step >= ?1 ORDER BY step LIMIT ?2"
        );
        let map = |row: &Row<'_>| entry(row, row.get_ref(0)?, 1).map(Some);
        reading.pass((TABLE, false), &sql, map, |entry| entries.push(entry))?;
        let sql = format!(
            "SELECT rowid, step, {value} {own} AND typeof(step) <> 'integer' AND rowid >= ?1 ORDER BY rowid LIMIT ?2"
        );
        let map = |row: &Row<'_>| entry(row, row.get_ref(1)?, 0).map(Some);
        reading.pass((TABLE, false), &sql, map, |entry| entries.push(entry))?;
        if reading.problems.is_empty() {
            return Ok((entries, Vec::new()));
        }
    }
    let mut entries = Vec::new();
    let mut reading = store.reading(&keep_going);
    let sql = format!(
        "SELECT rowid, step, {value}, trial_id FROM {TABLE} NOT INDEXED WHERE rowid >= ?1 ORDER BY rowid LIMIT ?2"
    );
    let map = |row: &Row<'_>| {
        let is_own = row.get_ref(4)?.as_i64().is_ok_and(|own| own == id);
        is_own.then(|| entry(row, row.get_ref(1)?, 0)).transpose()
    };
    reading.pass((TABLE, false), &sql, map, |entry| entries.push(entry))?;
    Ok((entries, reading.problems))
}

fn head(
    connection: &Connection,
    id: i64,
    shape: &Shape,
    zone: &jiff::tz::TimeZone,
) -> rusqlite::Result<Option<Head>> {
    let sql = "SELECT study_id, state, datetime_start, datetime_complete FROM trials WHERE trial_id = ?1";
    let of = |row: &Row<'_>| {
        let times = [2, 3].map(|at| row.get_ref(at).ok().and_then(|value| time(value, zone).ok().flatten()));
        Ok((row.get_ref(0)?.as_i64().ok(), text(row.get_ref(1)?), times))
    };
    let Some((study, state, [start, end])) =
        connection.prepare_cached(sql)?.query_row([id], of).optional()?
    else {
        return Ok(None);
    };
    let objectives = objectives(connection, study, shape)?;
    let mut values = Vec::new();
    if shape.has("trial_values") {
        /// More objectives than anybody has.
        const MOST: i64 = 10_000;
        let sql = format!(
            "SELECT rowid, objective, value, {} FROM trial_values WHERE trial_id = ?1 ORDER BY objective, rowid LIMIT ?2",
            shape.value_type
        );
        let mut statement = connection.prepare_cached(&sql)?;
        let mut rows = statement.query((id, MOST))?;
        while let Some(row) = rows.next()? {
            let value = value_of(row.get_ref(2)?, row.get_ref(3)?);
            let entry = Entry { row: row.get(0)?, step: Some(0), time: None, value };
            let name = row.get_ref(1)?.as_i64().ok().and_then(|objective| objectives.name(objective));
            values.extend(name.map(|name| (name, entry)));
        }
    }
    let is_over = ["COMPLETE", "PRUNED", "FAIL"].contains(&state.as_str());
    Ok(Some(Head { is_over, start, end, values }))
}

fn objectives(connection: &Connection, study: Option<i64>, shape: &Shape) -> rusqlite::Result<Objectives> {
    let mut objectives = Objectives::default();
    let Some(study) = study else { return Ok(objectives) };
    if shape.has("study_directions") {
        let sql = "SELECT count(*) FROM study_directions WHERE study_id = ?1";
        objectives.count =
            connection.prepare_cached(sql)?.query_row([study], |row| row.get::<_, i64>(0))? as usize;
    }
    if shape.has("study_system_attributes") {
        let sql = format!(
            "SELECT {} FROM study_system_attributes WHERE study_id = ?1 AND key = 'study:metric_names' LIMIT 1",
            bounded("value_json")
        );
        let json = connection
            .prepare_cached(&sql)?
            .query_row([study], |row| Ok(bytes(row.get_ref(0)?).to_vec()))
            .optional()?;
        if let Some(json) = json {
            objectives = objectives.named(&json);
        }
    }
    Ok(objectives)
}
