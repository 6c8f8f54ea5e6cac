//! The runs table: each of its tables read in slices by rowid, then joined in memory.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use rusqlite::types::ValueRef;

use super::{Error, Mlflow, Reading, datasets, models, value_of};
use crate::problem::Problem;
use crate::runs::{Beyond, Experiment, Key, Keys, Run, RunSet, Status};
use crate::shown::counted;
use crate::store::runs::raw::text;

/// What MLflow keeps of runs among their tags: the run that each belongs to, and before 1.30 the name.
pub(in crate::store::runs) fn tell_by_tags(runs: &mut [Run], tags: &Keys) {
    let (name_tag, parent_tag) = (tags.find("mlflow.runName"), tags.find("mlflow.parentRunId"));
    for run in runs {
        let tag = |wanted: Option<Key>| {
            let found = run.tags.iter().find(|(tag, _)| Some(*tag) == wanted);
            found.map(|(_, text)| Arc::clone(text))
        };
        // Before 1.30 the name is a tag only.
        let name = if run.name.is_empty() { tag(name_tag) } else { None };
        let parent = tag(parent_tag);
        run.name = name.unwrap_or_else(|| Arc::clone(&run.name));
        run.parent = parent;
    }
}

/// See [`Reader::runs_while`](crate::store::runs::Reader::runs_while).
pub(super) fn read(
    store: &mut Mlflow,
    deleted: bool,
    keep_going: &dyn Fn(u64) -> bool,
) -> Result<(RunSet, Vec<Problem>), Error> {
    let name = if store.shape.has_run_name { "name" } else { "NULL" };
    let uri = if store.shape.has_artifact_uri { "artifact_uri" } else { "NULL" };
    let user = if store.shape.has_user { "user_id" } else { "NULL" };
    let mut reading = store.reading(keep_going);
    let (experiments, hidden) = experiments(&mut reading, deleted)?;
    let Runs { list: mut runs, odd: odd_runs, beyond } =
        runs(&mut reading, [name, uri, user], deleted, &experiments, &hidden)?;
    let places: HashMap<Arc<str>, usize> =
        runs.iter().enumerate().map(|(at, run)| (Arc::clone(&run.id), at)).collect();
    let mut metrics = Keys::default();
    let metrics_sql = include_str!("../../sql/mlflow_metrics.sql");
    let map = |row: &rusqlite::Row<'_>| {
        let Some(at) = row.get_ref(1)?.as_str().ok().and_then(|id| places.get(id)) else { return Ok(None) };
        let key = metrics.place(&text(row.get_ref(2)?));
        Ok(Some((*at, key, value_of(row.get_ref(3)?, row.get_ref(4)?))))
    };
    let mut odd_values = 0;
    reading.pass(("latest_metrics", false), metrics_sql, map, |(at, key, value)| match value {
        Some(value) => runs[at].metrics.push((key, value)),
        None => odd_values += 1,
    })?;
    let (mut params, mut tags) = (Keys::default(), Keys::default());
    for (table, keys, is_param) in [("params", &mut params, true), ("tags", &mut tags, false)] {
        let sql = format!(
            "SELECT rowid, run_uuid, key, value FROM {table} WHERE rowid >= ?1 ORDER BY rowid LIMIT ?2"
        );
        let map = |row: &rusqlite::Row<'_>| {
            let Some(at) = row.get_ref(1)?.as_str().ok().and_then(|id| places.get(id)) else {
                return Ok(None);
            };
            Ok(Some((*at, (keys.place(&text(row.get_ref(2)?)), text(row.get_ref(3)?).into()))))
        };
        reading.pass((table, false), &sql, map, |(at, pair)| {
            let run = &mut runs[at];
            if is_param { run.params.push(pair) } else { run.tags.push(pair) }
        })?;
    }
    tell_by_tags(&mut runs, &tags);
    datasets::add(&mut reading, &mut runs, &places)?;
    let models = models::read(&mut reading, &experiments)?;
    let odd = [
        (odd_runs, ["run starts or ends", "runs start or end"], "at what is no time; it is left out"),
        (
            beyond.len(),
            ["run starts or ends", "runs start or end"],
            "beyond the years that a date can show; JSON gives the number",
        ),
        (
            odd_values,
            ["latest value of a metric is", "latest values of metrics are"],
            "no number and left out",
        ),
    ];
    let told = odd.into_iter().filter(|(count, ..)| *count > 0);
    let at = reading.access.name();
    let mut problems = reading.problems;
    problems.extend(told.map(|(count, [one, many], what)| {
        Problem::warning(format!("{} {what}", counted(count, one, many)), at.clone())
    }));
    let set = RunSet::collected(experiments, [metrics, params, tags], runs);
    Ok((set.with_beyond(beyond).with_models(models), problems))
}

/// The rows of the table of runs.
struct Runs {
    list: Vec<Run>,
    /// How many of them have a time that is no number.
    odd: usize,
    beyond: BTreeMap<Arc<str>, Beyond>,
}

/// Microseconds since 1970; or milliseconds, where no date can show them.
pub(in crate::store::runs) type Time = (Option<i64>, Option<i64>);

/// Of milliseconds since 1970.
pub(in crate::store::runs) fn time_of(ms: i64) -> Time {
    let shown = jiff::Timestamp::from_millisecond(ms).ok().map(jiff::Timestamp::as_microsecond);
    (shown, if shown.is_some() { None } else { Some(ms) })
}

fn experiments(
    reading: &mut Reading<'_>,
    deleted: bool,
) -> Result<(Vec<Experiment>, HashSet<String>), Error> {
    let sql = "SELECT rowid, experiment_id, name, lifecycle_stage = 'deleted' FROM experiments
               WHERE rowid >= ?1 ORDER BY rowid LIMIT ?2";
    let map = |row: &rusqlite::Row<'_>| {
        let gone = row.get::<_, Option<bool>>(3)?.unwrap_or(false);
        Ok(Some((Experiment { id: text(row.get_ref(1)?), name: text(row.get_ref(2)?) }, gone)))
    };
    let (mut experiments, mut hidden) = (Vec::new(), HashSet::new());
    reading.pass(("experiments", true), sql, map, |(experiment, gone)| {
        if gone && !deleted {
            hidden.insert(experiment.id);
        } else {
            experiments.push(experiment);
        }
    })?;
    experiments.sort_by(|a, b| a.name.cmp(&b.name).then_with(|| a.id.cmp(&b.id)));
    Ok((experiments, hidden))
}

fn runs(
    reading: &mut Reading<'_>,
    [name, uri, user]: [&str; 3],
    deleted: bool,
    experiments: &[Experiment],
    hidden: &HashSet<String>,
) -> Result<Runs, Error> {
    let sql = format!(
        "SELECT rowid, run_uuid, {name}, experiment_id, status, start_time, end_time, lifecycle_stage, {uri}, {user}
         FROM runs WHERE rowid >= ?1 ORDER BY rowid LIMIT ?2"
    );
    let by_id: HashMap<&str, u32> =
        experiments.iter().enumerate().map(|(at, experiment)| (experiment.id.as_str(), at as u32)).collect();
    let mut runs = Vec::new();
    let map = |row: &rusqlite::Row<'_>| {
        let experiment = text(row.get_ref(3)?);
        let gone = text(row.get_ref(7)?) == "deleted";
        if (gone && !deleted) || hidden.contains(&experiment) {
            return Ok(None);
        }
        let mut is_odd = false;
        let mut time = |at: usize| -> rusqlite::Result<Time> {
            let time = row.get_ref(at)?.as_i64_or_null();
            is_odd |= time.is_err();
            Ok(time.ok().flatten().map_or((None, None), time_of))
        };
        let ((start_time, start_beyond), (end_time, end_beyond)) = (time(5)?, time(6)?);
        let told = |value: ValueRef<'_>| (value != ValueRef::Null).then(|| text(value).into());
        let run = Run {
            artifact_uri: told(row.get_ref(8)?),
            user: told(row.get_ref(9)?),
            name: text(row.get_ref(2)?).into(),
            experiment: by_id.get(experiment.as_str()).copied().unwrap_or(u32::MAX),
            status: Status::parse(&text(row.get_ref(4)?)),
            start_time,
            end_time,
            ..Run::bare(text(row.get_ref(1)?))
        };
        Ok(Some((run, is_odd, [start_beyond, end_beyond])))
    };
    let (mut odd, mut beyond) = (0, BTreeMap::new());
    reading.pass(("runs", true), &sql, map, |(run, is_odd, times)| {
        if times != [None, None] {
            beyond.insert(Arc::clone(&run.id), times);
        }
        runs.push(run);
        odd += usize::from(is_odd);
    })?;
    Ok(Runs { list: runs, odd, beyond })
}
