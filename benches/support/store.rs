//! MLflow stores of the sizes that the budgets name, made once from the schema that the real client 3.17.2 wrote.

use std::path::{Path, PathBuf};

use rusqlite::{Connection, params};

use super::content::Numbers;

/// The run that has a million points of `loss`.
pub const LONG_RUN: &str = "00000000000000000000000000000001";

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_TARGET_TMPDIR"))
}

/// A store file made by `fill`, kept for the next bench. It is whole or not there.
fn made(name: &str, fill: impl FnOnce(&mut Connection) -> rusqlite::Result<()>) -> PathBuf {
    let file = folder().join(name);
    if file.exists() {
        return file;
    }
    let half = folder().join(format!("{name}.half"));
    // Not copied: the fixture may be read-only, and its copy would be.
    std::fs::write(&half, std::fs::read("tests/fixtures/mlflow/mlflow3.db").unwrap()).unwrap();
    let mut connection = Connection::open(&half).unwrap();
    connection.execute_batch("PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY;").unwrap();
    let empty = "DELETE FROM metrics; DELETE FROM latest_metrics; DELETE FROM params; DELETE FROM tags;
                 DELETE FROM inputs; DELETE FROM runs; PRAGMA page_size = 4096; VACUUM;";
    connection.execute_batch(empty).unwrap();
    fill(&mut connection).unwrap();
    drop(connection);
    std::fs::rename(&half, &file).unwrap();
    file
}

fn add_run(connection: &Connection, run: &str, at: i64) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO runs (run_uuid, name, source_type, status, start_time, end_time, lifecycle_stage,
                 artifact_uri, experiment_id, user_id, source_name, entry_point_name, source_version)
             VALUES (?1, ?2, 'LOCAL', 'FINISHED', ?3, ?4, 'active', '', 0, 'user', '', '', '')",
        )?
        .execute(params![
            run,
            format!("run {at}"),
            1_700_000_000_000 + at * 60_000,
            1_700_000_050_000 + at * 60_000
        ])
        .map(drop)
}

fn add_point(connection: &Connection, run: &str, key: &str, step: i64, value: f64) -> rusqlite::Result<()> {
    connection
        .prepare_cached("INSERT INTO metrics (key, value, timestamp, run_uuid, step, is_nan) VALUES (?1, ?2, ?3, ?4, ?5, 0)")?
        .execute(params![key, value, 1_700_000_000_000 + step * 10, run, step])
        .map(drop)
}

/// A million points of one metric, beside a second metric of a tenth as many.
pub fn long_series() -> PathBuf {
    made("long-series.db", |connection| {
        let mut numbers = Numbers(3);
        let transaction = connection.transaction()?;
        add_run(&transaction, LONG_RUN, 0)?;
        for step in 0..1_000_000 {
            add_point(&transaction, LONG_RUN, "loss", step, numbers.next())?;
            if step % 10 == 0 {
                add_point(&transaction, LONG_RUN, "accuracy", step, numbers.next())?;
            }
        }
        transaction.commit()
    })
}

/// 2,000 runs with 25 metrics of 100 points, 20 parameters and 8 tags each: five million points.
pub fn many_runs() -> PathBuf {
    made("many-runs.db", |connection| {
        let mut numbers = Numbers(5);
        let transaction = connection.transaction()?;
        for at in 0..2_000_i64 {
            let run = format!("{at:032x}");
            add_run(&transaction, &run, at)?;
            for metric in 0..25 {
                let key = format!("validation/metric_{metric:02}");
                let mut value = 0.0;
                for step in 0..100 {
                    value = numbers.next();
                    add_point(&transaction, &run, &key, step, value)?;
                }
                transaction
                    .prepare_cached("INSERT INTO latest_metrics (key, value, timestamp, step, is_nan, run_uuid) VALUES (?1, ?2, ?3, 99, 0, ?4)")?
                    .execute(params![key, value, 1_700_000_000_990_i64, run])?;
            }
            for (table, count) in [("params", 20), ("tags", 8)] {
                let sql = format!("INSERT INTO {table} (key, value, run_uuid) VALUES (?1, ?2, ?3)");
                let mut insert = transaction.prepare_cached(&sql)?;
                for key in 0..count {
                    insert.execute(params![
                        format!("{table}_{key:02}"),
                        format!("value {}", at % 50 + key),
                        run
                    ])?;
                }
            }
        }
        transaction.commit()
    })
}

/// What a short program in Python prints, as seconds; the reason where there is no Python or it fails.
pub fn python_seconds(program: &str, python: &str, arguments: &[&str]) -> Result<f64, String> {
    let output = std::process::Command::new(python)
        .args(["-c", program])
        .args(arguments)
        .output()
        .map_err(|error| format!("{python} could not be started ({error})"))?;
    if !output.status.success() {
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        return Err(text.lines().last().unwrap_or("Python failed").to_owned());
    }
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.trim().parse().map_err(|error| format!("Python answered {text:?} ({error})"))
}

/// The size of a file, in GB.
pub fn gigabytes(file: &Path) -> f64 {
    std::fs::metadata(file).map_or(0.0, |data| data.len() as f64 / 1e9)
}
