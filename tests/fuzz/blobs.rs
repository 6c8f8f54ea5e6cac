//! JSON in the rows of SQLite stores: what Trackio logs and configures, Optuna's distributions and attributes, and what
//! MLflow keeps in tags.

use std::path::{Path, PathBuf};

use mlops_atlas::store::runs::{Reader, open};
use proptest::prelude::*;
use rusqlite::Connection;
use serde_json::{Value, json};

use super::told::{Followed, Look, Told, everything};
use super::{Damage, tried};

/// A value of JSON, with what trackers mean something by.
fn value() -> impl Strategy<Value = Value> {
    let word = prop_oneof![
        Just("NaN"),
        Just("Infinity"),
        Just("-Infinity"),
        Just("trackio.table"),
        Just("trackio.image"),
        Just("CategoricalDistribution"),
        Just("IntDistribution"),
        Just("FloatDistribution"),
        Just("int"),
        Just("categorical"),
    ];
    let number = prop_oneof![
        any::<f64>().prop_map(|number| json!(number)),
        any::<i64>().prop_map(|number| json!(number)),
        any::<u64>().prop_map(|number| json!(number))
    ];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        number,
        word.prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 32, 6, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..6).prop_map(Value::Array),
            proptest::collection::vec((key(), inner), 0..6)
                .prop_map(|entries| Value::Object(entries.into_iter().collect())),
        ]
    })
}

fn key() -> impl Strategy<Value = String> {
    let known = [
        "name",
        "attributes",
        "choices",
        "type",
        "low",
        "high",
        "_type",
        "_value",
        "file_path",
        "step",
        "timestamp",
        "_Group",
        "a.b",
    ];
    prop_oneof![proptest::sample::select(known.to_vec()).prop_map(str::to_owned), ".{0,8}"]
}

/// An object as text, and how it is damaged.
fn object() -> impl Strategy<Value = (Value, Vec<Damage>)> {
    let entries = proptest::collection::vec((key(), value()), 0..6);
    let object = entries.prop_map(|entries| Value::Object(entries.into_iter().collect()));
    let damage = prop_oneof![1 => Just(Vec::new()), 1 => proptest::collection::vec(Damage::any(), 1..4)];
    (object, damage)
}

fn text((object, damage): &(Value, Vec<Damage>)) -> Vec<u8> {
    let mut text = object.to_string().into_bytes();
    for damage in damage {
        damage.on(&mut text);
    }
    text
}

struct Store {
    _folder: tempfile::TempDir,
    path: PathBuf,
    writer: Connection,
}

impl Store {
    fn copy(fixture: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let from = Path::new("tests/fixtures").join(fixture);
        let path = folder.path().join(from.file_name().unwrap());
        std::fs::copy(from, &path).unwrap();
        let writer = Connection::open(&path).unwrap();
        writer.pragma_update(None, "synchronous", "OFF").unwrap();
        Self { _folder: folder, path, writer }
    }

    fn read(&self) -> Vec<Told> {
        self.answer(open(&self.path).unwrap().as_mut())
    }

    fn answer(&self, reader: &mut dyn Reader) -> Vec<Told> {
        everything(reader, self.path.parent().unwrap()).unwrap().runs
    }
}

/// The number that Trackio means by a value.
fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => match text.as_str() {
            "NaN" => Some(f64::NAN),
            "Infinity" => Some(f64::INFINITY),
            "-Infinity" => Some(f64::NEG_INFINITY),
            _ => None,
        },
        _ => None,
    }
}

/// When all rows that are tried were logged.
const TIME: &str = "2026-11-23T04:00:00+00:00";

#[test]
fn trackio_logs_and_configurations() {
    let store = Store::copy("trackio/demo-project.db");
    let runs: Vec<String> = store.read().into_iter().map(|told| told.run).collect();
    let run = &runs[0];
    let whole = r#"{"fuzz/known": 0.5}"#;
    let values = (object(), object(), any::<bool>(), [Look::any(), Look::any()], any::<bool>());
    tried("Trackio", &values, |(logged, config, is_text, looks, removes)| {
        let as_kept = if is_text { "CAST(?1 AS TEXT)" } else { "?1" };
        for table in ["metrics", "system_metrics"] {
            let sql = format!("DELETE FROM {table} WHERE run_id = ?1 AND timestamp = '{TIME}'");
            store.writer.execute(&sql, [run]).unwrap();
        }
        let insert = |json: &[u8], step: i64| {
            let sql = format!(
                "INSERT INTO metrics (run_id, timestamp, run_name, step, metrics)
                 VALUES (?2, '{TIME}', 'run', ?3, {as_kept})"
            );
            store.writer.execute(&sql, (json, run, step)).unwrap();
        };
        insert(whole.as_bytes(), 100);
        let mut follower = open(&store.path).unwrap();
        let besides = [(run.as_str(), "name"), (run, "low"), (run, "system/name"), (run, "fuzz/none")];
        let mut followed = Followed::begin(follower.as_mut(), &besides);
        insert(&text(&logged), 101);
        let sql = format!(
            "INSERT INTO system_metrics (run_id, timestamp, run_name, metrics) VALUES (?2, '{TIME}', 'run', {as_kept})"
        );
        store.writer.execute(&sql, (text(&logged), run)).unwrap();
        followed.look(follower.as_mut(), looks[0]);
        insert(whole.as_bytes(), 102);
        followed.look(follower.as_mut(), looks[1]);
        followed.is_all_of(open(&store.path).unwrap().as_mut(), "followed");
        if removes {
            // Rows that are gone are noticed by a thorough look.
            let sql = "DELETE FROM metrics WHERE run_id = ?1 AND step = 101";
            store.writer.execute(sql, [run]).unwrap();
            followed.look(follower.as_mut(), Look { thorough: true, ..looks[0] });
            followed.is_all_of(open(&store.path).unwrap().as_mut(), "followed to where a row is gone");
            insert(&text(&logged), 101);
        }
        let sql = format!("UPDATE configs SET config = {as_kept} WHERE run_id = ?2");
        store.writer.execute(&sql, (text(&config), run)).unwrap();
        let told = store.read();
        assert_eq!(told.iter().map(|told| &told.run).collect::<Vec<_>>(), runs.iter().collect::<Vec<_>>());
        let own = &told[0];
        assert_eq!(own.points("fuzz/known"), [(100, 0.5), (102, 0.5)]);
        let (logged, damage) = &logged;
        for (key, value) in logged.as_object().unwrap().iter().filter(|_| damage.is_empty()) {
            let points: Vec<_> = own.points(key).into_iter().filter(|(step, _)| *step == 101).collect();
            let is_own = key != "step" && key != "timestamp";
            let known = number(value).filter(|_| is_own).map(|number| (101, number));
            assert_eq!(format!("{points:?}"), format!("{:?}", known.as_slice()), "{key}");
        }
    });
}

#[test]
fn optuna_distributions_and_attributes() {
    let store = Store::copy("optuna/optuna5.db");
    let runs = store.read();
    let texts = [
        "trial_user_attributes",
        "trial_system_attributes",
        "study_user_attributes",
        "study_system_attributes",
    ];
    tried("Optuna", &(object(), value(), any::<f64>()), |(distribution, attribute, number)| {
        let distribution = text(&distribution);
        store
            .writer
            .execute(
                "UPDATE trial_params SET distribution_json = CAST(?1 AS TEXT), param_value = ?2",
                (&distribution, number),
            )
            .unwrap();
        for table in texts {
            let sql = format!("UPDATE {table} SET value_json = ?1");
            store.writer.execute(&sql, [attribute.to_string()]).unwrap();
        }
        let told = store.read();
        assert_eq!(told.len(), runs.len());
        for (told, before) in told.iter().zip(&runs) {
            // What the values are called stands among the attributes, how they went does not.
            let points = |told: &Told| {
                let mut points: Vec<String> = told
                    .all_series()
                    .iter()
                    .map(|(_, series)| format!("{:?}", series.points().collect::<Vec<_>>()))
                    .collect();
                points.sort_unstable();
                points.retain(|points| points != "[]");
                points
            };
            assert_eq!((&told.run, points(told)), (&before.run, points(before)));
        }
    });
}

#[test]
fn mlflow_tags_that_hold_json() {
    let store = Store::copy("mlflow/mlflow3.db");
    let before = store.read();
    let keys = ["mlflow.log-model.history", "mlflow.loggedArtifacts", "mlflow.datasets"];
    tried("MLflow", &object(), |object| {
        for key in keys {
            let sql = "INSERT OR REPLACE INTO tags (key, value, run_uuid) SELECT ?1, CAST(?2 AS TEXT), run_uuid FROM runs";
            store.writer.execute(sql, (key, text(&object))).unwrap();
        }
        let sql = "UPDATE datasets SET dataset_schema = CAST(?1 AS TEXT), dataset_profile = CAST(?1 AS TEXT), dataset_source = CAST(?1 AS TEXT)";
        store.writer.execute(sql, [text(&object)]).unwrap();
        let told = store.read();
        assert_eq!(told.len(), before.len());
        for (told, before) in told.iter().zip(&before) {
            assert_eq!(
                format!("{:?}", (&told.params, &told.series)),
                format!("{:?}", (&before.params, &before.series))
            );
            assert!(keys.iter().all(|key| told.tags.iter().any(|(own, _)| own == key)));
        }
    });
}
