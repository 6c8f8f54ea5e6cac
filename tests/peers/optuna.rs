//! What `runs list` and `runs series` say of an Optuna store is what Optuna's own client says.
//!
//! Each reads a copy of its own. The counts are those of the tables, by SQL: a client that answered with nothing would agree
//! with a program that says nothing.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use mlops_atlas::runs::Series;
use mlops_atlas::store::runs::{Change, Cursor, Known, Reader, open};

use crate::client;

const VERSION: (&str, &str) = ("optuna", "5.0.0");

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/optuna").join(name)
}

#[test]
fn optuna_5_agrees() {
    client::compare("dump_optuna.py", &fixture("optuna5.db"), client::ZONE, VERSION, [62, 119, 688]);
}

#[test]
fn optuna_5_agrees_at_its_edges() {
    client::compare("dump_optuna.py", &fixture("optuna5_edges.db"), client::ZONE, VERSION, [23, 41, 139]);
}

/// The client refuses older stores until they are upgraded, which keeps their old distributions. It then takes their times
/// for UTC, which they are only where local time is that.
#[test]
fn an_upgraded_store_agrees() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("upgraded.db");
    std::fs::copy(fixture("optuna2.db"), &store).unwrap();
    let upgrade = "import sys, optuna\n\
                   optuna.storages.RDBStorage(sys.argv[1], skip_compatibility_check=True).upgrade()";
    let url = format!("sqlite:///{}", store.display());
    let output = Command::new(client::python()).args(["-c", upgrade, &url]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    client::compare("dump_optuna.py", &store, "UTC", VERSION, [20, 37, 93]);
}

/// Trials that report, with a client that waits for a lock no longer than Optuna does by itself.
const STUDY: &str = "
import sys, optuna
def objective(trial):
    x = trial.suggest_float('x', 0, 1)
    for step in range(8):
        trial.report(x + step, step)
    return x
study = optuna.create_study(study_name='live', storage=sys.argv[1], sampler=optuna.samplers.RandomSampler(seed=1))
study.optimize(objective, n_trials=25)
";

/// A reader that looks all the time costs the study nothing but time, and sees all of it.
#[test]
fn a_study_beside_a_reader_ends_undisturbed() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("live.db");
    std::fs::copy(fixture("optuna5.db"), &store).unwrap();
    let url = format!("sqlite:///{}", store.display());
    let mut study = Command::new(client::python()).args(["-c", STUDY, &url]).spawn().unwrap();
    let mut reader = open(&store).unwrap();
    let mut known: BTreeMap<String, (Series, Cursor)> = BTreeMap::new();
    let mut whole = 0;
    let mut look = |reader: &mut dyn Reader| {
        let (set, problems) = reader.runs(false).unwrap();
        assert!(problems.is_empty(), "{problems:?}");
        for run in set.runs.iter().filter(|run| run.experiment_name(&set) == "live") {
            known.entry(run.id.to_string()).or_default();
        }
        let asked: Vec<Known<'_>> = known
            .iter()
            .map(|(run, (_, cursor))| Known { run, metric: "intermediate_value", cursor })
            .collect();
        let news = reader.changes(&asked, false, &|| true).unwrap();
        for ((series, cursor), news) in known.values_mut().zip(news) {
            let (change, now) = news.unwrap();
            match change {
                Change::Nothing => {}
                Change::Added(points) => {
                    series.append(&points);
                }
                Change::Whole(_) => whole += 1,
            }
            *cursor = now;
        }
    };
    let status = loop {
        if let Some(status) = study.try_wait().unwrap() {
            break status;
        }
        if reader.changed() {
            look(reader.as_mut());
        }
    };
    assert!(status.success(), "the study ended with {status}");
    look(reader.as_mut());
    assert_eq!((known.len(), whole), (25, 0));
    for (run, (series, _)) in &known {
        assert_eq!(series.steps, (0..8).collect::<Vec<i64>>(), "trial {run}");
        assert_eq!(series, &reader.series(run, "intermediate_value").unwrap());
    }
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}
