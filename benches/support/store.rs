//! The `MLflow` store that the budgets name, made once from the schema that the real client 3.17.2 wrote: 2,000 runs and
//! 5,026,700 points.
//!
//! Run 0 has a million points of `loss`, the next ten a hundred thousand each, all others 300; every run has four more
//! metrics of 300 points, 15 final values, 20 parameters and 8 tags. Rows lie as training leaves them: run after run,
//! the metrics of a step side by side, under run ids without an order.

use std::path::{Path, PathBuf};

use rusqlite::{Connection, Transaction, params};

use super::content::Numbers;

/// How many runs there are.
pub const RUNS: usize = 2_000;
/// How many points they have together.
pub const POINTS: usize = 5_026_700;
/// The metrics with a history.
pub const CURVES: [&str; 5] = ["loss", "accuracy", "lr", "val/loss", "val/accuracy"];
/// Metrics that were logged once, at the end.
const FINALS: usize = 15;
/// When the first run began, in milliseconds.
const BEGUN: i64 = 1_700_000_000_000;

/// The id of a run, 32 hexadecimal digits as `MLflow` makes them. Run 0 is the long one.
pub fn run_id(at: usize) -> String {
    let mut numbers = Numbers(at as u64 ^ 0x5eed);
    numbers.next();
    (0..32).map(|_| char::from(b"0123456789abcdef"[numbers.below(16)])).collect()
}

/// How many points of `loss` a run has.
pub fn length(at: usize) -> usize {
    match at {
        0 => 1_000_000,
        1..=10 => 100_000,
        _ => 300,
    }
}

/// The store, kept for the next bench. It is whole or not there.
pub fn big() -> PathBuf {
    made("store-2000.db", RUNS, length)
}

/// The same with few points, to see that a bench works.
pub fn small() -> PathBuf {
    made("store-small.db", 200, |at| length(at) / 100 + 100)
}

fn made(name: &str, runs: usize, length: impl Fn(usize) -> usize) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let file = folder.join(name);
    if file.exists() {
        return file;
    }
    let half = folder.join(format!("{name}.half"));
    // Not copied: the fixture may be read-only, and its copy would be.
    std::fs::write(&half, std::fs::read("tests/fixtures/mlflow/mlflow3.db").unwrap()).unwrap();
    let mut connection = Connection::open(&half).unwrap();
    fill(&mut connection, runs, length).unwrap();
    drop(connection);
    std::fs::rename(&half, &file).unwrap();
    file
}

fn fill(connection: &mut Connection, runs: usize, length: impl Fn(usize) -> usize) -> rusqlite::Result<()> {
    // A gigabyte of pages in memory: every row is put into four trees, each at a place of its own.
    connection.execute_batch(
        "PRAGMA foreign_keys = OFF; PRAGMA synchronous = OFF; PRAGMA journal_mode = OFF;
         PRAGMA locking_mode = EXCLUSIVE; PRAGMA cache_size = -1000000;",
    )?;
    let tables: Vec<String> = connection
        .prepare(
            "SELECT name FROM sqlite_schema WHERE type = 'table'
             AND name NOT IN ('alembic_version', 'experiments', 'workspaces')",
        )?
        .query_map([], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    for table in tables {
        connection.execute(&format!("DELETE FROM \"{table}\""), [])?;
    }
    connection.execute_batch("VACUUM")?;
    let transaction = connection.transaction()?;
    let mut numbers = Numbers(5);
    for at in 0..runs {
        add_run(&transaction, at, length(at), &mut numbers)?;
    }
    transaction.commit()
}

/// A run as `MLflow`'s client writes one from its start to its end.
fn add_run(
    transaction: &Transaction<'_>,
    at: usize,
    length: usize,
    numbers: &mut Numbers,
) -> rusqlite::Result<()> {
    let run = run_id(at);
    let begun = BEGUN + at as i64 * 60_000;
    let time = |step: usize| begun + 1_000 + step as i64 * 10;
    transaction
        .prepare_cached(
            "INSERT INTO runs (run_uuid, name, source_type, status, start_time, end_time, lifecycle_stage,
                 artifact_uri, experiment_id, user_id, source_name, entry_point_name, source_version)
             VALUES (?1, ?2, 'UNKNOWN', 'FINISHED', ?3, ?4, 'active', ?5, 0, 'analyst', '', '', '')",
        )?
        .execute(params![
            run,
            format!("clever-run-{at}"),
            begun,
            time(length) + 1_000,
            format!("/data/runs/mlartifacts/0/{run}/artifacts")
        ])?;
    for (table, count) in [("params", 20), ("tags", 8)] {
        let sql = format!("INSERT INTO {table} (key, value, run_uuid) VALUES (?1, ?2, ?3)");
        let mut insert = transaction.prepare_cached(&sql)?;
        for key in 0..count {
            insert.execute(params![format!("{table}_{key:02}"), format!("value {}", at % 50 + key), run])?;
        }
    }
    let mut point = transaction.prepare_cached(
        "INSERT INTO metrics (key, value, timestamp, run_uuid, step, is_nan) VALUES (?1, ?2, ?3, ?4, ?5, 0)",
    )?;
    let mut latest = transaction.prepare_cached(
        "INSERT INTO latest_metrics (key, value, timestamp, step, is_nan, run_uuid)
         VALUES (?1, ?2, ?3, ?4, 0, ?5)",
    )?;
    for step in 0..length {
        let curves = if step < 300 { CURVES.len() } else { 1 };
        for key in &CURVES[..curves] {
            let value = numbers.next();
            point.execute(params![key, value, time(step), run, step as i64])?;
            let last = if *key == CURVES[0] { length } else { length.min(300) };
            if step + 1 == last {
                latest.execute(params![key, value, time(step), step as i64, run])?;
            }
        }
    }
    for key in 0..FINALS {
        let (key, value) = (format!("final_{key:02}"), numbers.next());
        point.execute(params![key, value, time(length), run, 0])?;
        latest.execute(params![key, value, time(length), 0, run])?;
    }
    Ok(())
}

/// The size of a file, in GB.
pub fn gigabytes(file: &Path) -> f64 {
    std::fs::metadata(file).map_or(0.0, |data| data.len() as f64 / 1e9)
}

/// Asks the system to let go of what it keeps of a file in memory: whether it did, as far as that can be told.
pub fn let_go(file: &Path) -> Result<(), String> {
    let said = |program: &str, arguments: &[&str]| {
        let output = std::process::Command::new(program)
            .args(arguments)
            .arg(file)
            .output()
            .map_err(|error| format!("{program} could not be started ({error})"))?;
        let text = String::from_utf8_lossy(&output.stdout).trim().to_owned();
        output.status.success().then_some(text).ok_or_else(|| format!("{program} failed"))
    };
    // A whole file without a length to copy: only the advice is given (`dd`'s manual, `nocache`).
    let target = format!("of={}", file.display());
    let dropped = std::process::Command::new("dd")
        .args([target.as_str(), "oflag=nocache", "conv=notrunc,fdatasync", "count=0"])
        .stderr(std::process::Stdio::null())
        .status()
        .map_err(|error| format!("dd could not be started ({error})"))?;
    if !dropped.success() {
        return Err("dd failed".to_owned());
    }
    let kept = said("fincore", &["-n", "-b", "-o", "RES"])?;
    let kept: u64 = kept.parse().map_err(|error| format!("fincore said {kept:?} ({error})"))?;
    if kept < 1_000_000 { Ok(()) } else { Err(format!("{} MB stayed in memory", kept / 1_000_000)) }
}
