//! What a client answered and what is read here, in forms that compare exactly.

use std::collections::BTreeMap;

use mlops_atlas::runs::{Artifact, RunSet, Series};
use serde_json::{Value, json};

/// A value in a form that compares exactly: numbers as the bits of their double, with one zero.
pub fn exact(value: &Value) -> String {
    match value {
        Value::Number(number) => format!("{:016x}", (number.as_f64().unwrap() + 0.0).to_bits()),
        Value::Object(entries) => {
            let entries = entries.iter().map(|(key, value)| (key, exact(value)));
            format!("{:?}", entries.collect::<BTreeMap<_, _>>())
        }
        Value::Array(list) => format!("{:?}", list.iter().map(exact).collect::<Vec<_>>()),
        other => other.to_string(),
    }
}

/// Points as a sorted list: a multiset.
pub fn points(series: &Value) -> Vec<String> {
    let mut points: Vec<String> = series.as_array().unwrap().iter().map(exact).collect();
    points.sort();
    points
}

fn number(value: f64) -> Value {
    match value {
        value if value.is_nan() => json!("NaN"),
        f64::INFINITY => json!("Infinity"),
        f64::NEG_INFINITY => json!("-Infinity"),
        value => json!(value),
    }
}

/// The same of a series that was read.
pub fn points_of(series: &Series) -> Vec<String> {
    let point = |point: mlops_atlas::runs::Point| json!({"step": point.step, "timestamp": point.time_ms(), "value": number(point.value)});
    points(&series.points().map(point).collect())
}

/// Models in the order of `dump_runs.py`.
pub fn models(set: &RunSet) -> Vec<String> {
    let mut models: Vec<_> = set.models.iter().collect();
    models.sort_by_key(|model| (&model.name, model.version.unwrap_or(0), &model.source));
    let one = |model: &mlops_atlas::runs::Model| {
        json!({
            "name": &*model.name, "version": model.version, "run": model.run.as_deref(),
            "status": &*model.status, "stage": &*model.stage, "source": &*model.source,
            "aliases": model.aliases.iter().map(|alias| &**alias).collect::<Vec<_>>(),
        })
    };
    models.into_iter().map(|model| exact(&one(model))).collect()
}

/// Artifacts in the order of `dump_runs.py`.
pub fn artifacts(found: &[Artifact]) -> Vec<String> {
    found.iter().map(|found| exact(&json!({"path": &*found.path, "size": found.size}))).collect()
}
