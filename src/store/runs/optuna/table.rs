//! The runs table: each of its tables read in slices by rowid, then joined in memory.

use std::collections::HashMap;

use jiff::tz::TimeZone;
use rusqlite::Row;
use rusqlite::types::ValueRef;

use super::param::Distributions;
use super::rows::{Odd, attribute, number, time, value_of};
use super::shape::Shape;
use super::study::Objectives;
use super::{Error, INTERMEDIATE, Optuna, Reading};
use crate::problem::Problem;
use crate::runs::{Experiment, Keys, Run, RunSet, Status};
use crate::store::runs::access::bounded;
use crate::store::runs::raw::{bytes, text};

/// A study's place among the experiments, and its objectives.
struct Study {
    id: i64,
    name: String,
    objectives: Objectives,
}

/// A trial's place among the runs, and that of its study.
type Places = HashMap<i64, (usize, Option<usize>)>;

/// See [`Reader::runs_while`](crate::store::runs::Reader::runs_while).
pub(super) fn read(
    store: &mut Optuna,
    keep_going: &dyn Fn(u64) -> bool,
) -> Result<(RunSet, Vec<Problem>), Error> {
    let (shape, zone) = (store.shape.clone(), store.zone());
    let mut table = Table { reading: store.reading(keep_going), shape, problems: Vec::new() };
    let studies = table.studies()?;
    let (mut runs, places) = table.trials(&studies, &zone)?;
    let metrics = table.metrics(&studies, &places, &mut runs)?;
    let params = table.params(&places, &mut runs)?;
    let tags = table.tags(&places, &mut runs)?;
    let Table { reading, shape, mut problems } = table;
    let at = reading.access.name();
    problems.splice(0..0, reading.problems);
    if !shape.absent.is_empty() {
        let message = format!(
            "This store lacks what Optuna keeps since 2.4 in {}, so that is missing here. `optuna storage upgrade`, run on a \
             copy, makes what an older version did not have",
            shape.absent.join(", ")
        );
        problems.push(Problem::warning(message, at));
    }
    let experiments =
        studies.into_iter().map(|study| Experiment { id: study.id.to_string(), name: study.name }).collect();
    Ok((RunSet::collected(experiments, [metrics, params, tags], runs), problems))
}

/// A reading of all tables.
struct Table<'a> {
    reading: Reading<'a>,
    shape: Shape,
    problems: Vec<Problem>,
}

impl Table<'_> {
    /// Reads a table that may be missing, and tells what is odd in it.
    fn pass<T>(
        &mut self,
        table: &'static str,
        sql: &str,
        map: impl FnMut(&Row<'_>) -> rusqlite::Result<Option<T>>,
        odd: &mut Odd,
        mut take: impl FnMut(T, &mut Odd),
    ) -> Result<(), Error> {
        if !self.shape.has(table) {
            return Ok(());
        }
        let is_needed = table == "trials" || table == "studies";
        self.reading.pass((table, is_needed), sql, map, |row| take(row, odd))?;
        self.problems.extend(odd.problem(table, &self.reading.access.name()));
        Ok(())
    }

    fn studies(&mut self) -> Result<Vec<Study>, Error> {
        let mut studies = Vec::new();
        let sql = "SELECT rowid, study_id, study_name FROM studies WHERE rowid >= ?1 ORDER BY rowid LIMIT ?2";
        let map =
            |row: &Row<'_>| Ok(Some((row.get(0)?, row.get_ref(1)?.as_i64().ok(), text(row.get_ref(2)?))));
        let mut odd = Odd::none("studies have no number and are left out");
        self.pass("studies", sql, map, &mut odd, |(row, id, name): (i64, _, _), odd| match id {
            Some(id) => studies.push(Study { id, name, objectives: Objectives::default() }),
            None => odd.add(row),
        })?;
        studies.sort_by(|a, b| a.name.cmp(&b.name).then_with(|| a.id.cmp(&b.id)));
        let places: HashMap<i64, usize> =
            studies.iter().enumerate().map(|(at, study)| (study.id, at)).collect();
        let place = |value: ValueRef<'_>| value.as_i64().ok().and_then(|id| places.get(&id).copied());
        let sql = "SELECT rowid, study_id FROM study_directions WHERE rowid >= ?1 ORDER BY rowid LIMIT ?2";
        let map = |row: &Row<'_>| Ok(place(row.get_ref(1)?));
        let mut odd = Odd::none("");
        self.pass("study_directions", sql, map, &mut odd, |at, _| studies[at].objectives.count += 1)?;
        let names = bounded("value_json");
        let sql = &format!(
            "SELECT rowid, study_id, {names} FROM study_system_attributes
             WHERE key = 'study:metric_names' AND rowid >= ?1 ORDER BY rowid LIMIT ?2"
        );
        let map = |row: &Row<'_>| {
            let at = place(row.get_ref(1)?);
            Ok(at.zip(row.get_ref(2).ok().map(|json| bytes(json).to_vec())))
        };
        self.pass("study_system_attributes", sql, map, &mut odd, |(at, json), _| {
            let own = &mut studies[at].objectives;
            *own = std::mem::take(own).named(&json);
        })?;
        Ok(studies)
    }

    fn trials(&mut self, studies: &[Study], zone: &TimeZone) -> Result<(Vec<Run>, Places), Error> {
        let by_id: HashMap<i64, usize> =
            studies.iter().enumerate().map(|(at, study)| (study.id, at)).collect();
        let (mut runs, mut places) = (Vec::new(), Places::new());
        let sql = "SELECT rowid, trial_id, number, study_id, state, datetime_start, datetime_complete
                   FROM trials WHERE rowid >= ?1 ORDER BY rowid LIMIT ?2";
        let map = |row: &Row<'_>| {
            let Ok(id) = row.get_ref(1)?.as_i64() else { return Ok(Some((row.get(0)?, None))) };
            let study = row.get_ref(3)?.as_i64().ok().and_then(|id| by_id.get(&id).copied());
            let (start, end) = (time(row.get_ref(5)?, zone), time(row.get_ref(6)?, zone));
            let is_odd = start.is_err() || end.is_err();
            let run = Run {
                name: format!("trial-{}", text(row.get_ref(2)?)).into(),
                experiment: study.map_or(u32::MAX, |at| at as u32),
                status: status(&text(row.get_ref(4)?)),
                start_time: start.unwrap_or_default(),
                end_time: end.unwrap_or_default(),
                ..Run::bare(id.to_string())
            };
            Ok(Some((row.get(0)?, Some((id, study, run, is_odd)))))
        };
        let mut odd =
            Odd::none("trials start or end at what is no time, or have no number; that is left out");
        self.pass("trials", sql, map, &mut odd, |(row, trial): (i64, _), odd| {
            let Some((id, study, run, is_odd)) = trial else { return odd.add(row) };
            if is_odd {
                odd.add(row);
            }
            places.insert(id, (runs.len(), study));
            runs.push(run);
        })?;
        Ok((runs, places))
    }

    /// The values of objectives, and the intermediate one with the greatest step.
    fn metrics(&mut self, studies: &[Study], places: &Places, runs: &mut [Run]) -> Result<Keys, Error> {
        let mut keys = Keys::default();
        let unnamed = Objectives::default();
        let sql = format!(
            "SELECT rowid, trial_id, objective, value, {} FROM trial_values
             WHERE rowid >= ?1 ORDER BY rowid LIMIT ?2",
            self.shape.value_type
        );
        let map = |row: &Row<'_>| {
            let place = row.get_ref(1)?.as_i64().ok().and_then(|id| places.get(&id));
            let Some((at, study)) = place else { return Ok(None) };
            let objectives = study.map_or(&unnamed, |study| &studies[study].objectives);
            let name = row.get_ref(2)?.as_i64().ok().and_then(|objective| objectives.name(objective));
            let value = value_of(row.get_ref(3)?, row.get_ref(4)?);
            Ok(Some((row.get(0)?, *at, name.zip(value))))
        };
        let mut odd = Odd::none("values of objectives are no numbers and are left out");
        self.pass(
            "trial_values",
            &sql,
            map,
            &mut odd,
            |(row, at, value): (i64, usize, _), odd| match value {
                Some((name, value)) => {
                    let key = keys.place(&name);
                    // In a table without its unique index an objective may have several.
                    if !runs[at].metrics.iter().any(|(own, _)| *own == key) {
                        runs[at].metrics.push((key, value));
                    }
                }
                None => odd.add(row),
            },
        )?;
        let sql = format!(
            "SELECT rowid, trial_id, step, intermediate_value, {} FROM trial_intermediate_values
             WHERE rowid >= ?1 ORDER BY rowid LIMIT ?2",
            self.shape.intermediate_type
        );
        let map = |row: &Row<'_>| {
            let place = row.get_ref(1)?.as_i64().ok().and_then(|id| places.get(&id));
            let Some((at, _)) = place else { return Ok(None) };
            let value = value_of(row.get_ref(3)?, row.get_ref(4)?);
            Ok(Some((row.get(0)?, *at, row.get_ref(2)?.as_i64().ok().zip(value))))
        };
        let mut latest: Vec<Option<(i64, f64)>> = vec![None; runs.len()];
        let mut odd = Odd::none("intermediate values or their steps are no numbers and are left out");
        let table = "trial_intermediate_values";
        self.pass(table, &sql, map, &mut odd, |(row, at, point): (i64, usize, _), odd| match point {
            Some((step, value)) => {
                if latest[at].is_none_or(|(last, _)| last <= step) {
                    latest[at] = Some((step, value));
                }
            }
            None => odd.add(row),
        })?;
        for (run, latest) in runs.iter_mut().zip(latest) {
            if let Some((_, value)) = latest {
                run.metrics.push((keys.place(INTERMEDIATE), value));
            }
        }
        Ok(keys)
    }

    fn params(&mut self, places: &Places, runs: &mut [Run]) -> Result<Keys, Error> {
        let (mut keys, mut distributions) = (Keys::default(), Distributions::default());
        let sql = "SELECT rowid, trial_id, param_name, param_value, distribution_json FROM trial_params
                   WHERE rowid >= ?1 ORDER BY rowid LIMIT ?2";
        let map = |row: &Row<'_>| {
            let place = row.get_ref(1)?.as_i64().ok().and_then(|id| places.get(&id));
            let Some((at, _)) = place else { return Ok(None) };
            let value = number(row.get_ref(3)?);
            let text_of = |value| distributions.text(bytes(row.get_ref(4).ok()?), value);
            Ok(Some((row.get(0)?, *at, text(row.get_ref(2)?), value.and_then(text_of))))
        };
        let mut odd = Odd::none("parameters have no value that their distribution tells, and are left out");
        self.pass(
            "trial_params",
            sql,
            map,
            &mut odd,
            |(row, at, name, value): (i64, usize, String, _), odd| match value {
                Some(value) => runs[at].params.push((keys.place(&name), value.into())),
                None => odd.add(row),
            },
        )?;
        Ok(keys)
    }

    /// Attributes of both kinds. A system attribute with the name of one of the user's gets a name of its own.
    fn tags(&mut self, places: &Places, runs: &mut [Run]) -> Result<Keys, Error> {
        let mut keys = Keys::default();
        for (table, is_system) in [("trial_user_attributes", false), ("trial_system_attributes", true)] {
            let sql = format!(
                "SELECT rowid, trial_id, key, value_json FROM {table} WHERE rowid >= ?1 ORDER BY rowid LIMIT ?2"
            );
            let map = |row: &Row<'_>| {
                let place = row.get_ref(1)?.as_i64().ok().and_then(|id| places.get(&id));
                let Some((at, _)) = place else { return Ok(None) };
                Ok(Some((*at, text(row.get_ref(2)?), attribute(row.get_ref(3)?))))
            };
            let mut odd = Odd::none("");
            self.pass(table, &sql, map, &mut odd, |(at, key, value): (usize, String, String), _| {
                let tags = &mut runs[at].tags;
                let mut place = keys.place(&key);
                if is_system && tags.iter().any(|(tag, _)| *tag == place) {
                    place = keys.place(&format!("system_attrs:{key}"));
                }
                tags.push((place, value.into()));
            })?;
        }
        Ok(keys)
    }
}

/// A trial that runs is a run that runs; everything else Optuna's own word says best.
fn status(word: &str) -> Status {
    match word {
        "RUNNING" => Status::Running,
        word => Status::Other(word.to_owned()),
    }
}
