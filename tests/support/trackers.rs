//! Compares what the program says of a store with what the tracker's own client says, both in the JSON of
//! `tests/peers/dump_runs.py`: every field of every run, every point of every series, numbers bit by bit.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use clap::Parser as _;
use mlops_atlas::cli::runs::{RunsArgs, run};
use serde_json::Value;

use crate::listing::listing;

/// `mlops-atlas runs`, parsed as the program parses it.
#[derive(clap::Parser)]
struct Line {
    #[command(flatten)]
    args: RunsArgs,
}

/// What `mlops-atlas runs COMMAND STORE … --json` says, which must be said without a doubt.
pub fn ask(store: &Path, command: &str, arguments: &[&str]) -> Value {
    let line = ["runs", command, store.to_str().unwrap(), "--json"];
    let line = Line::try_parse_from(line.iter().chain(arguments)).unwrap();
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let status = run(&line.args, &mut out, &mut err).unwrap();
    assert_eq!((status, String::from_utf8_lossy(&err).as_ref()), (0, ""), "{command} {arguments:?}");
    serde_json::from_slice(&out).unwrap()
}

/// Compares the stored answer of a client with what the program says of a copy of the store, counts what was compared, and
/// sees to it that reading changed nothing.
pub fn compare_stored(store: &Path, theirs: &Value, counts: [usize; 3]) {
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join(store.file_name().unwrap());
    std::fs::copy(store, &copy).unwrap();
    let before = listing(folder.path());
    let compared = compare(theirs, |command, arguments| ask(&copy, command, arguments));
    assert_eq!(compared, counts, "{}", store.display());
    assert!(listing(folder.path()) == before, "reading changed something beside {}", store.display());
}

/// A value in a form that compares exactly: numbers as the bits of their double.
fn exact(value: &Value) -> String {
    match value {
        Value::Number(number) => {
            let number = number.as_f64().unwrap();
            format!("{number:e} {:016x}", number.to_bits())
        }
        other => other.to_string(),
    }
}

/// Runs by id, each as `field` or `metrics/key` to exact values; fails when an id comes twice, which a set would hide.
fn runs(list: &Value) -> BTreeMap<String, BTreeMap<String, String>> {
    let mut found = BTreeMap::new();
    for run in list.as_array().unwrap() {
        let mut fields = BTreeMap::new();
        for (name, value) in run.as_object().unwrap() {
            if let Value::Object(entries) = value {
                // So that a missing object and an empty one differ.
                fields.insert(name.clone(), "an object".to_owned());
                fields.extend(entries.iter().map(|(key, value)| (format!("{name}/{key}"), exact(value))));
            } else {
                fields.insert(name.clone(), exact(value));
            }
        }
        let id = run["id"].as_str().unwrap().to_owned();
        assert!(found.insert(id.clone(), fields).is_none(), "run {id} is listed twice");
    }
    found
}

/// Points as a multiset: trackers that write many rows at one moment do not order them.
fn points(series: &Value) -> Vec<(i64, String, String)> {
    let point = |point: &Value| {
        assert_eq!(point.as_object().unwrap().len(), 3, "a point has three fields: {point}");
        (point["step"].as_i64().unwrap(), exact(&point["timestamp"]), exact(&point["value"]))
    };
    let mut points: Vec<_> = series.as_array().unwrap().iter().map(point).collect();
    points.sort();
    points
}

/// Compares everything of the client's answer with what `ask` says, which is given the arguments of `runs list` and
/// `runs series` behind the store; gives the numbers of runs, series and points.
pub fn compare(theirs: &Value, ask: impl Fn(&str, &[&str]) -> Value) -> [usize; 3] {
    let (expected, listed) = (runs(&theirs["runs"]), runs(&ask("list", &[])));
    let ids = |runs: &BTreeMap<String, _>| runs.keys().cloned().collect::<BTreeSet<_>>();
    assert_eq!(ids(&listed), ids(&expected), "the ids of the runs");
    for (id, run) in &expected {
        assert_eq!(&listed[id], run, "run {id}");
    }
    let mut counts = [expected.len(), 0, 0];
    for (id, histories) in theirs["series"].as_object().unwrap() {
        for (metric, history) in histories.as_object().unwrap() {
            let answer = ask("series", &["--run", id, "--metric", metric]);
            let history = points(history);
            assert_eq!(points(&answer), history, "{metric} of run {id}");
            counts[1] += 1;
            counts[2] += history.len();
        }
    }
    counts
}

/// The same with local times, which the answer has as texts, as ms since 1970.
pub fn with_local_times(answer: Value) -> Value {
    match answer {
        Value::Object(entries) => Value::Object(
            entries
                .into_iter()
                .map(|(key, value)| match (key.as_str(), &value) {
                    ("start_time" | "end_time" | "timestamp", Value::String(text)) => {
                        let time: jiff::civil::DateTime = text.parse().unwrap();
                        let time = time.to_zoned(jiff::tz::TimeZone::system()).unwrap();
                        (key, Value::from(time.timestamp().as_millisecond()))
                    }
                    _ => (key, with_local_times(value)),
                })
                .collect(),
        ),
        Value::Array(items) => Value::Array(items.into_iter().map(with_local_times).collect()),
        other => other,
    }
}
