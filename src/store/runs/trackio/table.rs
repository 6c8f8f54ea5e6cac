//! The runs table: every row of the store is looked at once, since Trackio keeps no latest values.

use std::collections::HashMap;
use std::sync::Arc;

use rusqlite::Row;
use rusqlite::types::ValueRef;

use super::json::{self, Logged};
use super::shape::{Shape, Source};
use super::walk::{Walked, columns};
use super::{Error, Reading, SYSTEM, Trackio, config};
use crate::problem::Problem;
use crate::runs::{Experiment, Key, Keys, Run, RunSet, Status};
use crate::store::runs::raw::{bytes, text};
use crate::store::runs::times;

/// The state of a run that Trackio keeps no word of.
const UNKNOWN: &str = "UNKNOWN";

/// What is known of a run so far.
struct Growing {
    run: Run,
    /// The latest value of each metric with its step and time.
    latest: HashMap<Key, (i64, i64, f64)>,
    /// Rows of what was measured of the machine.
    measured: i64,
    is_configured: bool,
}

/// Rows that are no JSON object, or have no step, by table: how many, and the first.
#[derive(Default)]
struct Odd(Vec<(&'static str, u64, i64)>);

impl Odd {
    fn row(&mut self, table: &'static str, row: i64) {
        match self.0.iter_mut().find(|(own, ..)| *own == table) {
            Some((_, count, _)) => *count += 1,
            None => self.0.push((table, 1, row)),
        }
    }

    fn problems(&self, store: &str) -> Vec<Problem> {
        let sentence = |(table, count, first): &(&str, u64, i64)| {
            format!(
                "{count} rows of the table {table} cannot be read and are left out, the first is row {first}"
            )
        };
        self.0.iter().map(|rows| Problem::warning(sentence(rows), store)).collect()
    }
}

/// See [`Reader::runs_while`](crate::store::runs::Reader::runs_while).
pub(super) fn read(
    store: &mut Trackio,
    keep_going: &dyn Fn(u64) -> bool,
) -> Result<(RunSet, Vec<Problem>), Error> {
    let (shape, project, zone) = (store.shape.clone(), store.project(), store.zone.clone());
    let mut reading = store.reading(keep_going);
    let mut table = Table {
        zone,
        places: HashMap::new(),
        runs: Vec::new(),
        metrics: Keys::default(),
        odd: Odd::default(),
    };
    table.logs(&mut reading, &shape.logs)?;
    if let Some(system) = &shape.system {
        table.system(&mut reading, system)?;
    }
    let (params, tags) = table.configs(&mut reading, &shape)?;
    let mut problems = reading.problems;
    problems.extend(shape.lacking.iter().map(|table| {
        let message = format!("The table {table} lacks columns and is not read; everything else is");
        Problem::error(message, reading.access.name())
    }));
    problems.extend(table.odd.problems(&reading.access.name()));
    let runs = table.runs.into_iter().map(|growing| {
        let metrics = growing.latest.into_iter().map(|(key, (_, _, value))| (key, value)).collect();
        Run { metrics, ..growing.run }
    });
    let runs = runs.collect();
    let experiments = vec![Experiment { id: project.clone(), name: project }];
    Ok((RunSet::collected(experiments, [table.metrics, params, tags], runs), problems))
}

struct Table {
    zone: jiff::tz::TimeZone,
    places: HashMap<Arc<str>, usize>,
    runs: Vec<Growing>,
    metrics: Keys,
    odd: Odd,
}

/// What one row logged: numbers by their keys.
struct Logs {
    row: i64,
    step: Option<i64>,
    time: Option<i64>,
    numbers: Vec<(Key, f64)>,
    is_json: bool,
}

impl Logs {
    fn of(walked: &Walked<'_>, keys: &mut Keys, prefix: &str) -> Self {
        let mut numbers = Vec::new();
        let mut name = prefix.to_owned();
        let read = json::each(walked.json, |key, value| {
            if let Logged::Number(value) = value {
                name.truncate(prefix.len());
                name.push_str(key);
                numbers.push((keys.place(&name), value));
            }
        });
        // A row that breaks off in its midst is none at all.
        let is_json = read.is_ok();
        if !is_json {
            numbers.clear();
        }
        Self { row: walked.row, step: walked.step, time: walked.time, numbers, is_json }
    }
}

impl Growing {
    fn take(&mut self, step: i64, logs: &Logs) {
        let time = logs.time.unwrap_or(i64::MIN);
        for (key, value) in &logs.numbers {
            let latest = self.latest.entry(*key).or_insert((step, time, *value));
            if (latest.0, latest.1) <= (step, time) {
                *latest = (step, time, *value);
            }
        }
    }
}

impl Table {
    fn logs(&mut self, reading: &mut Reading<'_>, source: &Source) -> Result<(), Error> {
        let Self { zone, places, runs, metrics, odd } = self;
        let Source { run, table, .. } = source;
        let sql = format!(
            "SELECT {}, {run}, run_name FROM {table} WHERE rowid >= ?1 ORDER BY rowid LIMIT ?2",
            columns(source)
        );
        let map = |row: &Row<'_>| {
            let logs = Logs::of(&Walked::of(row, zone)?, metrics, "");
            let id =
                matches!(row.get_ref(4)?, ValueRef::Text(_)).then(|| row.get_ref(4).map(text)).transpose()?;
            Ok(Some((id, text(row.get_ref(5)?), logs)))
        };
        reading.pass((table, true), &sql, map, |(id, name, logs): (Option<String>, String, Logs)| {
            let Some(id) = id else { return odd.row(table, logs.row) };
            let at = *places.entry(id.as_str().into()).or_insert_with(|| {
                let status = Status::Other(UNKNOWN.to_owned());
                let run = Run { status, ..Run::bare(id.as_str()) };
                runs.push(Growing { run, latest: HashMap::new(), measured: 0, is_configured: false });
                runs.len() - 1
            });
            let growing = &mut runs[at];
            if *growing.run.name != *name {
                growing.run.name = name.into();
            }
            let start = growing.run.start_time;
            growing.run.start_time = start.into_iter().chain(logs.time).min();
            match logs.step {
                Some(step) if logs.is_json => growing.take(step, &logs),
                _ => odd.row(table, logs.row),
            }
        })
    }

    fn system(&mut self, reading: &mut Reading<'_>, source: &Source) -> Result<(), Error> {
        let Self { zone, places, runs, metrics, odd } = self;
        let Source { run, table, .. } = source;
        let sql = format!(
            "SELECT {}, {run} FROM {table} WHERE rowid >= ?1 ORDER BY rowid LIMIT ?2",
            columns(source)
        );
        let map = |row: &Row<'_>| {
            let place = row.get_ref(4)?.as_str().ok().and_then(|run| places.get(run).copied());
            let Some(at) = place else { return Ok(None) };
            Ok(Some((at, Logs::of(&Walked::of(row, zone)?, metrics, SYSTEM))))
        };
        reading.pass((table, false), &sql, map, |(at, logs): (usize, Logs)| {
            let growing = &mut runs[at];
            growing.take(growing.measured, &logs);
            growing.measured += 1;
            if !logs.is_json {
                odd.row(table, logs.row);
            }
        })
    }

    fn configs(&mut self, reading: &mut Reading<'_>, shape: &Shape) -> Result<(Keys, Keys), Error> {
        const TABLE: &str = "configs";
        let (mut params, mut tags) = (Keys::default(), Keys::default());
        let Some(run) = shape.configs else { return Ok((params, tags)) };
        let Self { zone, places, runs, odd, .. } = self;
        let sql =
            format!("SELECT rowid, {run}, config FROM {TABLE} WHERE rowid >= ?1 ORDER BY rowid LIMIT ?2");
        let map = |row: &Row<'_>| {
            let place = row.get_ref(1)?.as_str().ok().and_then(|run| places.get(run).copied());
            let Some(at) = place else { return Ok(None) };
            Ok(Some((row.get(0)?, at, config::read(bytes(row.get_ref(2)?)))))
        };
        reading.pass((TABLE, false), &sql, map, |(row, at, read): (i64, usize, _)| {
            let growing = &mut runs[at];
            let Some([own, added]) = read else { return odd.row(TABLE, row) };
            // Trackio itself shows the first.
            if std::mem::replace(&mut growing.is_configured, true) {
                return;
            }
            let run = &mut growing.run;
            if run.start_time.is_none() {
                let created = added.iter().find(|(key, _)| key == "_Created");
                run.start_time = created.and_then(|(_, text)| times::parse(text, zone));
            }
            let place = |keys: &mut Keys, list: Vec<(String, String)>| {
                list.into_iter().map(|(key, value)| (keys.place(&key), value.into())).collect()
            };
            run.params = place(&mut params, own);
            run.tags = place(&mut tags, added);
        })?;
        Ok((params, tags))
    }
}
