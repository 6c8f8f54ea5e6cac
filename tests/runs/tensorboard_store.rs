//! What is read of event files is what TensorBoard's own readers say, to the last bit. Its answers are stored beside the
//! files (`tests/fixtures/tensorboard/README.md`).

use std::collections::BTreeMap;
use std::path::Path;

use base64::Engine as _;
use mlops_atlas::problem::{Problem, Severity};
use mlops_atlas::runs::{Content, Run, RunSet, SourceKind};
use mlops_atlas::store::runs::{Reader, open, sources};
use serde_json::{Map, Value, json};

fn fixture(name: &str) -> String {
    format!("tests/fixtures/tensorboard/{name}")
}

fn answers(name: &str) -> Value {
    let text = std::fs::read_to_string(fixture(&format!("{name}.answers.json"))).unwrap();
    serde_json::from_str(&text).unwrap()
}

/// A number as the answers hold it, in all its bits.
fn number(value: f64) -> String {
    match value {
        value if value.is_nan() => "NaN".to_owned(),
        f64::INFINITY => "Infinity".to_owned(),
        f64::NEG_INFINITY => "-Infinity".to_owned(),
        value => format!("{:016x}", value.to_bits()),
    }
}

fn expected_number(value: &Value) -> String {
    value.as_str().map_or_else(|| number(value.as_f64().unwrap()), ToOwned::to_owned)
}

/// A parameter's text says the same number, flag or text.
fn says(text: &str, value: &Value) -> bool {
    match value {
        Value::Number(number) => text.parse().ok() == number.as_f64(),
        Value::Bool(flag) => text == flag.to_string(),
        other => Some(text) == other.as_str(),
    }
}

fn compare_run(set: &RunSet, run: &Run, theirs: &Value) {
    let object = |name: &str| theirs[name].as_object().unwrap();
    let id = theirs["id"].as_str().unwrap();
    assert_eq!((&*run.id, &*run.name, run.experiment_name(set)), (id, id, ""));
    assert_eq!(run.status.word(), theirs["status"].as_str().unwrap(), "{id}");
    assert_eq!(
        json!([set.start_ms(run), set.end_ms(run)]),
        json!([theirs["start_time"], theirs["end_time"]]),
        "{id}"
    );
    let metrics: BTreeMap<&str, String> =
        run.metrics.iter().map(|(key, value)| (&*set.metric_keys[*key as usize], number(*value))).collect();
    let expected =
        object("metrics").iter().map(|(key, value)| (key.as_str(), expected_number(value))).collect();
    assert_eq!(metrics, expected, "{id}");
    let params: BTreeMap<&str, &str> =
        run.params.iter().map(|(key, text)| (&*set.param_keys[*key as usize], &**text)).collect();
    let names = |map: &Map<String, Value>| map.keys().cloned().collect::<std::collections::BTreeSet<_>>();
    assert!(params.keys().copied().eq(names(object("params"))), "{id}: {params:?}");
    for (key, text) in params {
        assert!(says(text, &theirs["params"][key]), "{id}, {key}: {text} and {}", theirs["params"][key]);
    }
    let tags: Map<String, Value> =
        run.tags.iter().map(|(key, text)| (set.tag_keys[*key as usize].to_string(), json!(**text))).collect();
    assert_eq!(&tags, object("tags"), "{id}");
}

/// Numbers of runs, series, points and artifacts, after all of them were compared.
fn compare(name: &str) -> [usize; 4] {
    let theirs = answers(name);
    assert_eq!(theirs["tensorboard"], "2.21.0");
    let mut store = open(Path::new(&fixture(name))).unwrap();
    assert_eq!(store.kind(), SourceKind::Tensorboard);
    let (set, problems) = store.runs(false).unwrap();
    // What other plugins wrote is told, and nothing else is to be.
    let told = problems.iter().filter(|problem| problem.severity > Severity::Info);
    assert_eq!(told.collect::<Vec<_>>(), [] as [&Problem; 0]);
    let runs = theirs["runs"].as_array().unwrap();
    assert_eq!(set.runs.len(), runs.len());
    let (mut series, mut points, mut artifacts) = (0, 0, 0);
    for run in runs {
        let id = run["id"].as_str().unwrap();
        compare_run(&set, set.run(id).unwrap(), run);
        for (tag, expected) in theirs["series"][id].as_object().unwrap() {
            let ours = store.series(id, tag).unwrap();
            let point = |point: &Value| {
                let whole = |name: &str| point[name].as_i64().unwrap();
                (whole("step"), whole("timestamp"), expected_number(&point["value"]))
            };
            let mut expected: Vec<_> = expected.as_array().unwrap().iter().map(point).collect();
            let mut read: Vec<_> = ours
                .points()
                .map(|point| (point.step, point.time_ms().unwrap(), number(point.value)))
                .collect();
            // In the order of the files here, by step there.
            expected.sort();
            read.sort();
            assert_eq!(read, expected, "{id}, {tag}");
            assert!(ours.steps.is_sorted());
            (series, points) = (series + 1, points + read.len());
        }
        artifacts += compare_artifacts(store.as_mut(), id, theirs["artifacts"][id].as_array().unwrap());
    }
    [runs.len(), series, points, artifacts]
}

fn compare_artifacts(store: &mut dyn Reader, run: &str, theirs: &[Value]) -> usize {
    let (ours, problems) = store.artifacts(run).unwrap();
    assert_eq!(problems, []);
    assert_eq!(ours.len(), theirs.len(), "{run}: {ours:?}");
    for (artifact, expected) in ours.iter().zip(theirs) {
        let told = json!({"path": &*artifact.path, "kind": artifact.kind.id(), "step": artifact.step, "time": artifact.time});
        for (field, value) in told.as_object().unwrap() {
            assert_eq!(value, &expected[field], "{run}: {artifact:?}");
        }
        let content = match store.content(run, artifact).unwrap() {
            Content::Bytes(bytes) => json!(base64::engine::general_purpose::STANDARD.encode(bytes)),
            Content::Text(text) => json!(text),
            // TensorBoard makes floats of them.
            Content::Histogram(bins) => {
                json!(
                    bins.iter()
                        .map(|bin| [bin.from, bin.to, bin.count].map(|number| number as f32))
                        .collect::<Vec<_>>()
                )
            }
        };
        let expected = match &expected["content"] {
            Value::Array(bins) => {
                let floats = |bin: &Value| {
                    bin.as_array()
                        .unwrap()
                        .iter()
                        .map(|number| number.as_f64().unwrap() as f32)
                        .collect::<Vec<_>>()
                };
                json!(bins.iter().map(floats).collect::<Vec<_>>())
            }
            other => other.clone(),
        };
        assert_eq!(content, expected, "{run}: {artifact:?}");
    }
    theirs.len()
}

#[test]
fn the_logs_of_tensorboardx_are_what_tensorboard_reads() {
    assert_eq!(compare("logs"), [8, 13, 2208, 15]);
}

#[test]
fn every_kind_of_tensorboards_own_writer_is_what_tensorboard_reads() {
    assert_eq!(compare("kinds"), [7, 19, 49, 19]);
}

#[test]
fn a_folder_is_one_source_with_all_its_runs_and_a_file_is_one_run() {
    for (name, runs) in [("logs", 8), ("logs/run_0", 2), ("logs/run_0/train/hp", 1), ("kinds", 7)] {
        let path = fixture(name);
        let (found, problems) = sources(Path::new(&path)).unwrap();
        assert_eq!(problems, []);
        let found: Vec<_> =
            found.iter().map(|found| (found.path.to_str().unwrap(), found.kind, found.runs)).collect();
        assert_eq!(found, [(path.as_str(), SourceKind::Tensorboard, runs)]);
    }
    let file = fixture("logs/run_1/train/events.out.tfevents.1795403731.host");
    let mut store = open(Path::new(&file)).unwrap();
    assert_eq!(store.count().unwrap(), 1);
    assert_eq!(store.series(".", "loss/total").unwrap().len(), 500);
}
