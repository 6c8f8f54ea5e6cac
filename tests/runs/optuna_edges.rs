//! Optuna stores at their edges: trials that begin, report, end and vanish while they are followed, a study whose client does
//! not wait, columns of a wrong type, damaged and incomplete stores.

use std::cell::Cell;
use std::path::{Path, PathBuf};
use std::time::Duration;

use mlops_atlas::runs::{LeftOut, RunSet};
use mlops_atlas::store::runs::{Change, Error, Known, Reader, open};
use rusqlite::Connection;

use crate::followed::{begin, came};

const REPORT: &str =
    "INSERT INTO trial_intermediate_values (trial_id, step, intermediate_value, intermediate_value_type)
                      VALUES (?1, ?2, ?3, 'FINITE')";

fn copied(name: &str) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("study.db");
    std::fs::copy(Path::new("tests/fixtures/optuna").join(name), &file).unwrap();
    (folder, file)
}

fn added(change: Change) -> Vec<i64> {
    match change {
        Change::Added(points) => points.steps,
        other => panic!("no points were added: {other:?}"),
    }
}

fn of_state(set: &RunSet, state: &str) -> String {
    set.runs.iter().find(|run| run.status.word() == state).unwrap().id.to_string()
}

#[test]
fn what_a_running_trial_reports_comes_by_itself_whatever_its_step() {
    let (_folder, file) = copied("optuna5.db");
    let mut reader = open(&file).unwrap();
    let run = of_state(&reader.runs(false).unwrap().0, "RUNNING");
    let reader = reader.as_mut();
    let writer = Connection::open(&file).unwrap();
    let metric = "intermediate_value";
    let (before, mut cursor) = begin(reader, &run, metric);
    assert!(before.is_empty());
    let report = |step: i64, value: f64| writer.execute(REPORT, (&run, step, value)).unwrap();
    report(5, 0.5);
    report(7, 0.25);
    assert!(reader.changed());
    assert_eq!(added(came(reader, &run, metric, &mut cursor, false)), [5, 7]);
    // A late one, and an early one after it.
    report(100_000, 0.125);
    report(0, 4.0);
    assert_eq!(added(came(reader, &run, metric, &mut cursor, true)), [0, 100_000]);
    for thorough in [false, true] {
        assert_eq!(came(reader, &run, metric, &mut cursor, thorough), Change::Nothing);
    }
    // Optuna writes a repeated report into the same row.
    writer
        .execute(
            "UPDATE trial_intermediate_values SET intermediate_value = 9 WHERE trial_id = ?1 AND step = 5",
            [&run],
        )
        .unwrap();
    let Change::Whole(points) = came(reader, &run, metric, &mut cursor, false) else {
        panic!("nothing came")
    };
    assert_eq!((points.steps, points.values), (vec![0, 5, 7, 100_000], vec![4.0, 9.0, 0.25, 0.125]));
    writer.execute("DELETE FROM trial_intermediate_values WHERE trial_id = ?1 AND step = 7", [&run]).unwrap();
    let Change::Whole(points) = came(reader, &run, metric, &mut cursor, false) else {
        panic!("nothing came")
    };
    assert_eq!(points.steps, [0, 5, 100_000]);
    assert_eq!(came(reader, &run, metric, &mut cursor, true), Change::Nothing);
    assert_eq!(begin(reader, &run, metric), (points, cursor));
}

#[test]
fn a_trial_that_ends_gets_its_objective_and_is_followed_no_more() {
    let (_folder, file) = copied("optuna5.db");
    let mut reader = open(&file).unwrap();
    let run = of_state(&reader.runs(false).unwrap().0, "RUNNING");
    let reader = reader.as_mut();
    let writer = Connection::open(&file).unwrap();
    let mut cursor = begin(reader, &run, "value").1;
    writer
        .execute_batch(&format!(
            "INSERT INTO trial_values (trial_id, objective, value, value_type) VALUES ({run}, 0, NULL, 'INF_NEG');
             UPDATE trials SET state = 'COMPLETE', datetime_complete = '2026-11-23 05:00:00.000001' WHERE trial_id = {run};"
        ))
        .unwrap();
    let Change::Added(points) = came(reader, &run, "value", &mut cursor, false) else {
        panic!("nothing came")
    };
    assert_eq!((points.steps, points.values), (vec![0], vec![f64::NEG_INFINITY]));
    let (set, _) = reader.runs(false).unwrap();
    let ended = set.run(&run).unwrap();
    assert_eq!(ended.status.word(), "COMPLETE");
    assert_eq!(ended.end_time, Some(points.times[0]));
    // Nothing is asked about a trial that has ended, so that many of them cost nothing.
    let known = [Known { run: &run, metric: "value", cursor: &cursor }];
    let calls = Cell::new(0);
    let counting = || {
        calls.set(calls.get() + 1);
        true
    };
    reader.changes(&known, false, &counting).unwrap();
    assert_eq!(calls.get(), 0);
    // A study can be deleted with all its trials; that is looked for now and then.
    writer.execute("DELETE FROM trial_values WHERE trial_id = ?1", [&run]).unwrap();
    writer.execute("DELETE FROM trials WHERE trial_id = ?1", [&run]).unwrap();
    assert_eq!(came(reader, &run, "value", &mut cursor, false), Change::Nothing);
    let Change::Whole(points) = came(reader, &run, "value", &mut cursor, true) else {
        panic!("nothing came")
    };
    assert!(points.is_empty());
    assert!(reader.runs(false).unwrap().0.run(&run).is_none());
}

#[test]
fn trials_appear_and_many_reports_are_read_in_slices_between_which_a_writer_is_free() {
    let (folder, file) = copied("optuna5.db");
    let mut reader = open(&file).unwrap();
    let before = reader.runs(false).unwrap().0;
    let mut writer = Connection::open(&file).unwrap();
    // Optuna's client waits five seconds; this one not at all.
    writer.busy_timeout(Duration::ZERO).unwrap();
    let all = writer.transaction().unwrap();
    all.execute("INSERT INTO trials (trial_id, number, study_id, state, datetime_start) VALUES (900, 77, 2, 'RUNNING', '2026-11-23 05:00:00')", []).unwrap();
    for at in 0..60_000_i64 {
        // 7 and 60,000 have no common factor: every step once, out of order.
        all.execute(REPORT, (900, at * 7 % 60_000, at as f64)).unwrap();
    }
    all.commit().unwrap();
    let (set, problems) = reader.runs(false).unwrap();
    assert!(problems.is_empty(), "{problems:?}");
    assert_eq!(set.runs.len(), before.runs.len() + 1);
    let run = set.run("900").unwrap();
    assert_eq!((&*run.name, run.experiment_name(&set)), ("trial-77", "multi"));
    let calls = Cell::new(0_i64);
    let keep_going = || {
        calls.set(calls.get() + 1);
        writer.execute("UPDATE trials SET number = number WHERE trial_id = 1", []).unwrap();
        true
    };
    let (series, mut cursor) =
        reader.series_of("900", &["intermediate_value"], &keep_going).unwrap().0.pop().unwrap();
    assert!(calls.get() > 3, "{} slices", calls.get());
    assert_eq!(series.steps, (0..60_000).collect::<Vec<i64>>());
    writer.execute(REPORT, (900, -1, 0.5)).unwrap();
    assert_eq!(added(came(reader.as_mut(), "900", "intermediate_value", &mut cursor, false)), [-1]);
    let error = reader.series_of("900", &["intermediate_value"], &|| false).unwrap_err();
    assert!(matches!(error, Error::Stopped(_)), "{error}");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}

/// A store whose index is gone is read row by row, and gives the same.
#[test]
fn a_store_without_its_indexes_gives_the_same() {
    let (_folder, file) = copied("optuna5.db");
    let writer = Connection::open(&file).unwrap();
    writer
        .execute_batch(
            "CREATE TABLE copied AS SELECT * FROM trial_intermediate_values;
             DROP TABLE trial_intermediate_values;
             ALTER TABLE copied RENAME TO trial_intermediate_values;",
        )
        .unwrap();
    let mut whole = open(Path::new("tests/fixtures/optuna/optuna5.db")).unwrap();
    let mut bare = open(&file).unwrap();
    let set = whole.runs(false).unwrap().0;
    assert_eq!(format!("{:?}", bare.runs(false).unwrap().0.runs), format!("{:?}", set.runs));
    for run in &set.runs {
        let series = |reader: &mut dyn Reader| reader.series(&run.id, "intermediate_value").unwrap();
        let (own, other) = (series(bare.as_mut()), series(whole.as_mut()));
        assert_eq!(format!("{own:?}"), format!("{other:?}"), "run {}", run.id);
    }
}

#[test]
fn what_cannot_be_read_is_counted_and_placed_and_the_rest_is_read() {
    let (_folder, file) = copied("optuna5.db");
    let writer = Connection::open(&file).unwrap();
    writer
        .execute_batch(
            "PRAGMA foreign_keys = OFF;
             UPDATE trial_params SET distribution_json = '{\"name\": \"Nothing\"}' WHERE param_id = 3;
             UPDATE trial_params SET param_value = 99 WHERE param_id IN (SELECT param_id FROM trial_params
                 WHERE param_name = 'opt' LIMIT 2);
             UPDATE trial_values SET value = 'much' WHERE trial_id = 1;
             UPDATE trial_intermediate_values SET intermediate_value = NULL WHERE trial_id = 1 AND step = 3;
             UPDATE trial_intermediate_values SET step = 'late' WHERE trial_id = 1 AND step = 4;
             UPDATE trial_intermediate_values SET step = 5.5 WHERE trial_id = 1 AND step = 5;
             UPDATE trials SET datetime_start = 'noon' WHERE trial_id = 2;
             UPDATE trials SET study_id = 77 WHERE trial_id = 3;",
        )
        .unwrap();
    let mut reader = open(&file).unwrap();
    let (set, problems) = reader.runs(false).unwrap();
    let told: Vec<&str> = problems.iter().map(|problem| problem.message.as_str()).collect();
    let row = |table: &str, id: &str, which: &str| {
        let sql = format!("SELECT min(rowid) FROM {table} WHERE {which}");
        let row: i64 = writer.query_row(&sql, [], |row| row.get(0)).unwrap();
        (id.to_owned(), format!("the first in row {row} of the table {table}"))
    };
    let expected = [
        row("trials", "1 trials start or end at what is no time", "trial_id = 2"),
        row("trial_values", "1 values of objectives are no numbers", "trial_id = 1"),
        row(
            "trial_intermediate_values",
            "3 intermediate values or their steps",
            "trial_id = 1 AND (typeof(step) <> 'integer' OR (intermediate_value IS NULL AND intermediate_value_type = 'FINITE'))",
        ),
        row("trial_params", "2 parameters have no value", "param_id = 3 OR param_value = 99"),
    ];
    assert_eq!(told.len(), expected.len(), "{told:?}");
    for (told, (begin, end)) in told.iter().zip(&expected) {
        assert!(told.starts_with(begin) && told.ends_with(end), "{told}: {end}");
    }
    assert_eq!(set.runs.len(), 62);
    assert_eq!((set.run("2").unwrap().start_time, set.run("3").unwrap().experiment_name(&set)), (None, ""));
    let (series, _) = begin(reader.as_mut(), "1", "intermediate_value");
    assert_eq!(series.left_out, Some(LeftOut { count: 3, first_step: Some(3) }));
    assert_eq!(series.steps, [0, 1, 2].into_iter().chain(6..20).collect::<Vec<i64>>());
    assert_eq!(begin(reader.as_mut(), "1", "value").0.left_out.map(|odd| odd.count), Some(1));
    for nobody in ["", "0", "01", "+1", "1 ", "x", "99999999999999999999"] {
        assert!(reader.series(nobody, "value").unwrap().is_empty(), "{nobody}");
    }
}

#[test]
fn a_store_of_an_older_version_is_told_what_it_lacks() {
    let (_folder, file) = copied("optuna2.db");
    let writer = Connection::open(&file).unwrap();
    // As before 2.4: reports among the values, directions in the studies.
    writer
        .execute_batch(
            "DROP TABLE trial_intermediate_values; DROP TABLE study_directions; DROP TABLE trial_values;
             CREATE TABLE trial_values (trial_value_id INTEGER PRIMARY KEY, trial_id INTEGER, step INTEGER, value FLOAT);",
        )
        .unwrap();
    let (set, problems) = open(&file).unwrap().runs(false).unwrap();
    assert_eq!(problems.len(), 1, "{problems:?}");
    let told = &problems[0].message;
    assert!(told.contains("study_directions, trial_values, trial_intermediate_values"), "{told}");
    assert_eq!((set.runs.len(), set.metric_keys.len()), (20, 0));
    assert!(!set.param_keys.is_empty());
}

#[test]
fn a_damaged_page_costs_what_is_on_it() {
    let (_folder, file) = copied("optuna5.db");
    let page: i64 = Connection::open(&file)
        .unwrap()
        .query_row(
            "SELECT max(pageno) FROM dbstat WHERE name = 'trial_params' AND pagetype = 'leaf'",
            [],
            |row| row.get(0),
        )
        .unwrap_or(0);
    // Without SQLite's table of pages, a page of parameters is found by what it holds.
    let mut bytes = std::fs::read(&file).unwrap();
    let at = if page > 0 {
        (page as usize - 1) * 4096
    } else {
        let wanted = b"CategoricalDistribution";
        let last = bytes.windows(wanted.len()).rposition(|part| part == wanted).unwrap();
        last / 4096 * 4096
    };
    bytes[at..at + 4096].fill(0xA5);
    std::fs::write(&file, bytes).unwrap();
    let (set, problems) = open(&file).unwrap().runs(false).unwrap();
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert!(problems[0].message.contains("The table trial_params is damaged"), "{}", problems[0].message);
    assert_eq!(set.runs.len(), 62);
    assert!(set.runs.iter().any(|run| !run.params.is_empty()));
}

#[test]
fn nothing_is_read_where_nothing_was_written() {
    let (folder, file) = copied("optuna5.db");
    let before = std::fs::read(&file).unwrap();
    let mut reader = open(&file).unwrap();
    reader.runs(false).unwrap();
    reader.changed();
    for _ in 0..3 {
        assert!(!reader.changed());
    }
    reader.rest();
    assert!(std::fs::read(&file).unwrap() == before);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    // A store that was cut short is told.
    std::fs::write(&file, &before[..before.len() / 2]).unwrap();
    let error = open(&file).err().unwrap();
    assert!(matches!(error, Error::Truncated { .. }), "{error}");
}

/// A store that an older version made keeps local times, one that 5.0 made keeps UTC. The number is that of Python's
/// `datetime(2026, 11, 23, 3, 14, 15, 56707, tzinfo=timezone.utc).timestamp()`.
#[test]
fn the_meaning_of_times_depends_on_who_made_the_store() {
    let (_folder, file) = copied("optuna5.db");
    let start = || open(&file).unwrap().runs(false).unwrap().0.run("1").unwrap().start_time.unwrap();
    let utc = 1_795_403_655_056_707;
    assert_eq!(start(), utc);
    let local: jiff::civil::DateTime = "2026-11-23T03:14:15.056707".parse().unwrap();
    let local = local.to_zoned(jiff::tz::TimeZone::system()).unwrap().timestamp().as_microsecond();
    let writer = Connection::open(&file).unwrap();
    for (version, time) in [("4.9.0", local), ("5.0.0b1", utc), ("10.1.0", utc), ("", local)] {
        writer.execute("UPDATE version_info SET library_version = ?1", [version]).unwrap();
        assert_eq!(start(), time, "{version}");
    }
}

/// Texts that are too long cost themselves, and are counted as the rows that they are in.
#[test]
fn texts_of_hostile_length_harm_no_trial() {
    let (_folder, file) = copied("optuna5.db");
    let whole = open(&file).unwrap().runs(false).unwrap().0;
    let writer = Connection::open(&file).unwrap();
    let long = "INSERT OR REPLACE INTO study_system_attributes (study_id, key, value_json)
                SELECT study_id, 'study:metric_names', hex(zeroblob(9000000)) FROM studies LIMIT 1";
    writer.execute(long, []).unwrap();
    let of_trials = "INSERT INTO trial_user_attributes (trial_id, key, value_json)
                     SELECT trial_id, 'long', hex(zeroblob(9000000)) FROM trials LIMIT 3";
    writer.execute(of_trials, []).unwrap();
    let mut reader = open(&file).unwrap();
    let (set, problems) = reader.runs(false).unwrap();
    assert_eq!(set.runs.len(), whole.runs.len());
    let told: Vec<&str> = problems.iter().map(|problem| problem.message.as_str()).collect();
    assert!(told.len() == 1 && told[0].starts_with("3 rows of the table trial_user_attributes"), "{told:?}");
    for run in &set.runs {
        let (all, _) = reader.series_of(&run.id, &["value", "values_0"], &|| true).unwrap();
        assert!(all.iter().all(|(series, _)| series.len() <= 1));
    }
}
