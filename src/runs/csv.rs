//! The table of runs as CSV: all its metrics and parameters, in every digit.

use std::borrow::Cow;
use std::iter;

use super::{Run, RunSet};
use crate::rows::{csv_line, number};

/// The columns before metrics and parameters, by MLflow's words where it has them.
const FIXED: [&str; 8] =
    ["run_id", "run_name", "experiment", "status", "start_time", "end_time", "duration_s", "parent"];

/// The head, then a line for each of the runs at these places in [`RunSet::runs`], in their order.
///
/// `metrics.KEY` and `params.KEY` are all keys of the set, by name, so that equal stores give equal heads whatever is
/// filtered. Times are RFC 3339 in UTC, and empty where no date can show them; so is whatever a run does not have.
pub fn csv_lines<'a>(set: &'a RunSet, rows: &'a [u32]) -> impl Iterator<Item = String> + 'a {
    let runs = rows.iter().filter_map(|row| set.runs.get(*row as usize));
    iter::once(head(set)).chain(runs.map(|run| line(set, run)))
}

fn head(set: &RunSet) -> String {
    let metrics = set.metric_keys.iter().map(|key| Cow::Owned(format!("metrics.{key}")));
    let params = set.param_keys.iter().map(|key| Cow::Owned(format!("params.{key}")));
    csv_line(FIXED.into_iter().map(Cow::Borrowed).chain(metrics).chain(params))
}

fn line(set: &RunSet, run: &Run) -> String {
    let fixed: [Cow<'_, str>; FIXED.len()] = [
        (*run.id).into(),
        (*run.name).into(),
        run.experiment_name(set).into(),
        run.status.word().into(),
        time(run.start_time).into(),
        time(run.end_time).into(),
        run.duration().map(seconds).unwrap_or_default().into(),
        run.parent.as_deref().unwrap_or_default().into(),
    ];
    let metrics = (0..set.metric_keys.len()).map(|key| {
        let value = run.metric(key as u32);
        value.map_or(Cow::Borrowed(""), |value| Cow::Owned(number(value)))
    });
    let params =
        (0..set.param_keys.len()).map(|key| Cow::Borrowed(run.param(key as u32).map_or("", |text| &**text)));
    csv_line(fixed.into_iter().chain(metrics).chain(params))
}

pub(super) fn time(micros: Option<i64>) -> String {
    let time = micros.and_then(|micros| jiff::Timestamp::from_microsecond(micros).ok());
    time.map(|time| time.to_string()).unwrap_or_default()
}

pub(super) fn seconds(micros: i64) -> String {
    (micros as f64 / 1e6).to_string()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::runs::{Experiment, Status};

    fn texts(words: &[&str]) -> Vec<Arc<str>> {
        words.iter().map(|word| Arc::from(*word)).collect()
    }

    /// Three runs of which the first has everything and most of it is odd.
    fn set() -> RunSet {
        let full = Run {
            name: "=HYPERLINK(\"x\")".into(),
            experiment: 1,
            status: Status::Finished,
            // 2023-11-14 22:13:20 UTC, as `date -u -d @1700000000` says.
            start_time: Some(1_700_000_000_000_000),
            end_time: Some(1_700_000_090_500_000),
            parent: Some("b".into()),
            metrics: vec![(0, -0.125), (1, f64::NAN)],
            params: vec![(0, "-0.5".into()), (1, "two\nlines, \"quoted\"".into())],
            tags: vec![(0, "never written".into())],
            ..Run::bare("a")
        };
        let other = Run {
            status: Status::Other("Waiting".to_owned()),
            start_time: Some(-1),
            metrics: vec![(0, f64::NEG_INFINITY), (1, f64::INFINITY)],
            params: vec![(0, "-cmd|x".into())],
            ..Run::bare("b")
        };
        let experiment = |name: &str| Experiment { id: name.to_owned(), name: name.to_owned() };
        let keys = [texts(&["loss", "val/acc"]), texts(&["lr", "note"]), texts(&["t"])];
        RunSet::new(vec![experiment("Default"), experiment("e,f")], keys, vec![full, other, Run::bare("c")])
    }

    #[test]
    fn every_run_has_every_column_in_the_order_of_the_rows() {
        let set = set();
        let lines: Vec<String> = csv_lines(&set, &[2, 0, 1]).collect();
        assert_eq!(
            lines,
            [
                "run_id,run_name,experiment,status,start_time,end_time,duration_s,parent,\
                 metrics.loss,metrics.val/acc,params.lr,params.note\n",
                "c,,Default,RUNNING,,,,,,,,\n",
                "a,\"'=HYPERLINK(\"\"x\"\")\",\"e,f\",FINISHED,2023-11-14T22:13:20Z,2023-11-14T22:14:50.5Z,90.5,b,\
                 -0.125,NaN,-0.5,\"two\nlines, \"\"quoted\"\"\"\n",
                "b,,Default,Waiting,1969-12-31T23:59:59.999999Z,,,,-Infinity,Infinity,'-cmd|x,\n",
            ]
        );
    }

    #[test]
    fn a_filter_takes_rows_away_and_no_column() {
        let set = set();
        let head = csv_lines(&set, &[]).collect::<String>();
        assert_eq!(head.lines().count(), 1);
        assert!(head.ends_with("params.lr,params.note\n"), "{head}");
    }
}
