//! Tables that Lightning, Keras, pandas and Python wrote are read as pandas and Python read them: every run, parameter,
//! latest value and point, with the mapping that is guessed. The answers are theirs, see
//! `tests/fixtures/tables/README.md`.

use std::collections::BTreeMap;
use std::path::Path;

use mlops_atlas::runs::{Run, RunSet};
use mlops_atlas::store::runs::open;
use serde_json::Value;

const FIXTURES: &str = "tests/fixtures/tables";

/// A number by its bits; words for what JSON has no number for.
fn exact(value: &Value) -> String {
    match value {
        Value::String(word) => word.clone(),
        number => format!("{:016x}", number.as_f64().unwrap().to_bits()),
    }
}

fn exact_of(value: f64) -> String {
    if value.is_nan() {
        "NaN".to_owned()
    } else if value.is_infinite() {
        if value > 0.0 { "Infinity" } else { "-Infinity" }.to_owned()
    } else {
        format!("{:016x}", value.to_bits())
    }
}

/// A run in words.
fn words(set: &RunSet, run: &Run) -> BTreeMap<String, String> {
    let metrics = run
        .metrics
        .iter()
        .map(|(key, value)| (format!("metric {}", set.metric_keys[*key as usize]), exact_of(*value)));
    let params = run
        .params
        .iter()
        .map(|(key, text)| (format!("param {}", set.param_keys[*key as usize]), text.to_string()));
    let about = [
        ("name".to_owned(), run.name.to_string()),
        ("status".to_owned(), run.status.word().to_owned()),
        ("start".to_owned(), format!("{:?}", set.start_ms(run))),
        ("end".to_owned(), format!("{:?}", set.end_ms(run))),
    ];
    assert!(run.tags.is_empty());
    about.into_iter().chain(metrics).chain(params).collect()
}

fn expected_words(run: &Value) -> BTreeMap<String, String> {
    let text = |key: &str| run[key].as_str().unwrap().to_owned();
    let metrics = run["metrics"].as_object().unwrap().iter();
    let params = run["params"].as_object().unwrap().iter();
    let about = [
        ("name".to_owned(), text("name")),
        ("status".to_owned(), text("status")),
        ("start".to_owned(), format!("{:?}", run["start_time"].as_i64())),
        ("end".to_owned(), format!("{:?}", run["end_time"].as_i64())),
    ];
    about
        .into_iter()
        .chain(metrics.map(|(key, value)| (format!("metric {key}"), exact(value))))
        .chain(params.map(|(key, value)| (format!("param {key}"), value.as_str().unwrap().to_owned())))
        .collect()
}

#[test]
fn every_table_is_read_as_pandas_and_python_read_it() {
    let answers = std::fs::read(Path::new(FIXTURES).join("answers.json")).unwrap();
    let answers: Value = serde_json::from_slice(&answers).unwrap();
    let (mut runs_compared, mut points_compared) = (0, 0);
    for (name, table) in answers["tables"].as_object().unwrap() {
        let mut store = open(&Path::new(FIXTURES).join(name)).unwrap();
        let (set, problems) = store.runs(false).unwrap();
        // The only list within the lines.
        let lists = usize::from(name == "lines.jsonl");
        assert_eq!(problems.len(), lists, "{name}: {problems:?}");
        let expected = table["runs"].as_array().unwrap();
        assert_eq!(set.runs.len(), expected.len(), "{name}");
        for run in expected {
            let id = run["id"].as_str().unwrap();
            let own = set.run(id).unwrap_or_else(|| panic!("{name} has no run {id}"));
            assert_eq!(words(&set, own), expected_words(run), "{name}, run {id}");
            runs_compared += 1;
            let series = table["series"][id].as_object().unwrap();
            for (metric, points) in series {
                let mut expected: Vec<(i64, Option<i64>, String)> = points
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(|point| {
                        (point["step"].as_i64().unwrap(), point["timestamp"].as_i64(), exact(&point["value"]))
                    })
                    .collect();
                let series = store.series(id, metric).unwrap();
                let mut found: Vec<(i64, Option<i64>, String)> = series
                    .points()
                    .map(|point| (point.step, point.time_ms(), exact_of(point.value)))
                    .collect();
                expected.sort();
                found.sort();
                assert_eq!(found, expected, "{name}, run {id}, {metric}");
                points_compared += expected.len();
            }
        }
    }
    // A file of answers that says nothing would agree with anything.
    assert_eq!((runs_compared, points_compared), (RUNS, POINTS));
}

/// As the generators made them: 1 + 3 + 1 + 3 + 3 + 1 + 2 + 2 runs, and in the same order 20 + 48 + 48 + 72 + 5 + 10 + 53 +
/// 60 points.
const RUNS: usize = 16;
const POINTS: usize = 316;

#[test]
fn the_guess_is_told_and_can_be_given_back() {
    let mappings = [
        ("keras.csv", "step=epoch,metrics=loss|mae|val_loss|val_mae"),
        ("wide.csv", "run=run_id,step=step,time=timestamp,metrics=loss|acc,params=lr|model"),
        ("indexed.csv", "step=\"\",metrics=loss|acc"),
        ("long.tsv", "run=run_id,step=step,metric=metric,value=value"),
        ("trials.csv", "run=trial,metrics=loss|f1,params=params_lr|params_net|started"),
        ("quoted.csv", "step=iteration,metrics=train; loss|\"the \"\"best\"\"\",params=note"),
        ("lines.jsonl", "run=run,step=step,time=time,metrics=loss|eval.f1|late/key|*,params=net"),
        ("lightning_logs", "step=step,metrics=epoch|train_loss|val/loss"),
    ];
    for (name, expected) in mappings {
        let mut store = open(&Path::new(FIXTURES).join(name)).unwrap();
        let (set, _) = store.runs(false).unwrap();
        let mapped = set.mapping.as_ref().unwrap();
        assert_eq!(mapped.mapping.to_string(), expected, "{name}");
        assert!(!mapped.reasons.is_empty() && !mapped.is_chosen, "{name}");
        assert_eq!(store.mapping().unwrap().mapping, mapped.mapping);
        assert_eq!(expected.parse().as_ref(), Ok(&mapped.mapping));
    }
}
