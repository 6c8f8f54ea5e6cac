//! Rows that MLflow does not write but a store may hold: steps that are no integers, times of no year, indexes that
//! are not what they are called. They cost themselves, are told, and nobody waits for ever.

use std::path::PathBuf;

use mlops_atlas::cli::runs::{Format, RunsArgs, RunsCommand, SeriesArgs, run};
use mlops_atlas::runs::LeftOut;
use mlops_atlas::store::runs::{Change, Error, Known, open};
use rusqlite::{Connection, ToSql};

const RUN: &str = "00000000000000000000000000000001";
const INSERT: &str =
    "INSERT INTO metrics (key, value, timestamp, run_uuid, step, is_nan) VALUES ('loss', ?1, ?2, ?3, ?4, 0)";

/// A copy of a fixture in which the run has been begun.
fn copy(number: u8) -> (tempfile::TempDir, PathBuf, Connection) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("mlflow.db");
    std::fs::copy(format!("tests/fixtures/mlflow/mlflow{number}.db"), &file).unwrap();
    let writer = Connection::open(&file).unwrap();
    let begin = "INSERT INTO runs (run_uuid, status, lifecycle_stage, experiment_id)
                 SELECT ?1, 'FINISHED', 'active', experiment_id FROM experiments LIMIT 1";
    writer.execute(begin, [RUN]).unwrap();
    (folder, file, writer)
}

/// The exit status, and the lines of stdout and of stderr.
fn series(file: &std::path::Path, format: Format) -> (u8, Vec<String>, Vec<String>) {
    let command = RunsCommand::Series(SeriesArgs {
        source: file.to_path_buf(),
        run: vec![RUN.to_owned()],
        metric: vec!["loss".to_owned()],
        format: Some(format),
        ..Default::default()
    });
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let status = run(&RunsArgs { command, map: None, copy: false }, &mut out, &mut err).unwrap();
    let lines = |bytes| String::from_utf8(bytes).unwrap().lines().map(ToOwned::to_owned).collect();
    (status, lines(out), lines(err))
}

#[test]
fn steps_that_are_no_integers_are_left_out_and_told() {
    for number in [1, 3] {
        let (_folder, file, mut writer) = copy(number);
        let all = writer.transaction().unwrap();
        for n in 0..20_000_i64 {
            all.execute(INSERT, (1.0, n, RUN, n)).unwrap();
            // More of each kind than a slice holds, some of them alike.
            let odd: [&dyn ToSql; 3] =
                [&(n as f64 + 0.5), &format!("step {}", n / 3), &n.to_be_bytes().to_vec()];
            for step in odd {
                all.execute(INSERT, rusqlite::params![2.0, n, RUN, step]).unwrap();
            }
        }
        all.commit().unwrap();
        let mut reader = open(&file).unwrap();
        let (series_and_cursor, problems) = reader.series_of(RUN, &["loss"], &|| true).unwrap();
        let (read, cursor) = &series_and_cursor[0];
        assert_eq!(problems, []);
        assert_eq!(read.steps, (0..20_000).collect::<Vec<i64>>(), "store {number}");
        assert_eq!(read.left_out, Some(LeftOut { count: 60_000, first_step: None }));
        let known = Known { run: RUN, metric: "loss", cursor };
        let news = reader.changes(&[known], true, &|| true).unwrap().pop().unwrap().unwrap();
        assert_eq!(news.0, Change::Nothing, "store {number}");
        writer.execute(INSERT, (1.0, 0, RUN, 7.25)).unwrap();
        writer.execute(INSERT, (1.0, 0, RUN, 20_000)).unwrap();
        match reader.changes(&[known], true, &|| true).unwrap().pop().unwrap().unwrap().0 {
            Change::Added(points) => {
                assert_eq!(points.steps, [20_000]);
                assert_eq!(points.left_out, Some(LeftOut { count: 1, first_step: None }));
            }
            other => panic!("store {number}: {other:?}"),
        }
        let (status, out, err) = series(&file, Format::Csv);
        assert_eq!((status, out.len(), err.len()), (1, 20_002, 1));
        assert!(err[0].contains("60001 points whose steps are no integers are left out"), "{err:?}");
    }
}

#[test]
fn times_that_no_date_can_show_are_told_and_never_another_time() {
    let (_folder, file, writer) = copy(3);
    // Nanoseconds taken for milliseconds, a year after 9999 and one before the calendar, and the ends of numbers.
    let times =
        [1_700_000_000_000_000_000_i64, 400_000_000_000_000, -400_000_000_000_000, i64::MAX, i64::MIN];
    for (step, time) in times.into_iter().enumerate() {
        writer.execute(INSERT, (0.5, time, RUN, step as i64)).unwrap();
    }
    writer.execute(INSERT, (0.5, 1_700_000_000_000_i64, RUN, 9)).unwrap();
    let (status, out, err) = series(&file, Format::Csv);
    let lines = [
        "step,timestamp,value",
        "0,,0.5",
        "1,400000000000000,0.5",
        "2,-400000000000000,0.5",
        "3,,0.5",
        "4,,0.5",
        "9,1700000000000,0.5",
    ];
    assert_eq!((status, out), (1, lines.map(ToOwned::to_owned).to_vec()));
    assert_eq!(err.len(), 1);
    assert!(err[0].contains("5 points have times beyond the years that a date can show"), "{err:?}");
    let (_, out, _) = series(&file, Format::Jsonl);
    assert_eq!(out[0], r#"{"step":0,"timestamp":null,"value":0.5}"#);
}

/// Names of indexes are no promise: the table behind one may be another, or there may be none.
#[test]
fn an_index_is_told_by_its_columns() {
    const NAME: &str = "index_metrics_run_uuid_key_step";
    let stands = [
        "CREATE INDEX index_metrics_run_uuid_key_step ON params (key)",
        "CREATE TABLE index_metrics_run_uuid_key_step (a)",
        "CREATE INDEX index_metrics_run_uuid_key_step ON metrics (run_uuid, key, step) WHERE step < 3",
        "CREATE INDEX index_metrics_run_uuid_key_step ON metrics (key, run_uuid, step)",
        "CREATE INDEX index_metrics_run_uuid_key_step ON metrics (run_uuid, key COLLATE NOCASE, step)",
        "CREATE INDEX index_metrics_run_uuid_key_step ON metrics (run_uuid, lower(key), step)",
        "CREATE INDEX \"of the \"\"steps\"\"\" ON metrics (run_uuid, key, step)",
        "DROP INDEX index_metrics_run_uuid",
    ];
    for other in stands {
        let (_folder, file, writer) = copy(3);
        for step in 0..10 {
            writer.execute(INSERT, (0.5, step, RUN, step)).unwrap();
        }
        writer.execute_batch(&format!("DROP INDEX {NAME}; {other}")).unwrap();
        let (status, out, err) = series(&file, Format::Csv);
        assert_eq!((status, out.len(), &err), (0, 11, &Vec::new()), "{other}");
    }
}

/// A table that cannot be read row by row costs itself; the others are shown.
#[test]
fn tables_without_numbered_rows_are_told() {
    let (_folder, file, writer) = copy(3);
    writer
        .execute_batch(
            "CREATE TABLE kept AS SELECT * FROM metrics; DROP TABLE metrics;
             CREATE TABLE metrics (key TEXT, value REAL, timestamp INTEGER, run_uuid TEXT, step INTEGER, is_nan INTEGER,
                 PRIMARY KEY (key, timestamp, step, run_uuid, value, is_nan)) WITHOUT ROWID;
             INSERT INTO metrics SELECT key, value, timestamp, run_uuid, step, is_nan FROM kept; DROP TABLE kept;
             CREATE INDEX index_metrics_run_uuid_key_step ON metrics (run_uuid, key, step);
             DROP TABLE tags;
             CREATE VIEW tags AS WITH RECURSIVE flood (rowid, run_uuid, key, value) AS
                 (SELECT 1, 'a', 'b', 'c' UNION ALL SELECT rowid + 1, run_uuid, key, value FROM flood)
                 SELECT * FROM flood;
             DROP TABLE params;
             CREATE TABLE params (key TEXT, value TEXT, run_uuid TEXT, rowid INTEGER DEFAULT 7);
             INSERT INTO params (key, value, run_uuid) VALUES ('a', 'b', 'c')",
        )
        .unwrap();
    let mut reader = open(&file).unwrap();
    let (set, problems) = reader.runs(false).unwrap();
    assert_eq!(set.runs.len(), 29);
    assert!(set.runs.iter().any(|run| !run.metrics.is_empty()));
    let told: Vec<bool> = problems
        .iter()
        .zip(["params", "tags"])
        .map(|(problem, table)| {
            problem.message.contains(&format!("The rows of the table {table} have no numbers"))
        })
        .collect();
    assert_eq!(told, [true, true], "{problems:?}");
    let error = reader.series(RUN, "loss").unwrap_err();
    assert!(matches!(error, Error::Unnumbered { table: "metrics", .. }), "{error}");
    // The watch hears it of the series, and goes on with the rest.
    let cursor = Default::default();
    let known = Known { run: RUN, metric: "loss", cursor: &cursor };
    let news = reader.changes(&[known], false, &|| true).unwrap().pop().unwrap();
    assert!(matches!(news, Err(Error::Unnumbered { .. })));
}
