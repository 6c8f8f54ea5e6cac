//! Journeys through Runs: odd points, empty charts, long first reads, large tables.

use std::path::PathBuf;
use std::sync::Arc;

use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use mlops_atlas::action::{Action, WindowAction, WindowId};
use mlops_atlas::address::{Location, Origin};
use mlops_atlas::app::{App, Look, Picture, Start, picture};
use mlops_atlas::runs::Table;
use mlops_atlas::state::{Source, SourceState};
use mlops_atlas::store::atlas_db::Profile;
use rusqlite::Connection;

use crate::headless;
use crate::window::{shows, start, store, until};

const INSERT: &str =
    "INSERT INTO metrics (key, value, timestamp, run_uuid, step, is_nan) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
const LATEST: &str = "INSERT OR REPLACE INTO latest_metrics (key, value, timestamp, run_uuid, step, is_nan)
                      VALUES (?1, ?2, ?3, ?4, ?5, ?6)";

fn copy() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("mlflow.db");
    std::fs::copy("tests/fixtures/mlflow/mlflow3.db", &file).unwrap();
    (folder, file)
}

/// A run with no metrics, by name.
fn begin(writer: &Connection, id: &str) {
    let insert = "INSERT INTO runs (run_uuid, name, status, start_time, lifecycle_stage, experiment_id)
                  SELECT ?1, ?1, 'RUNNING', 1, 'active', experiment_id FROM runs LIMIT 1";
    writer.execute(insert, [id]).unwrap();
}

fn log(
    writer: &Connection,
    run: &str,
    metric: &str,
    step: i64,
    value: impl rusqlite::ToSql + Copy,
    is_nan: bool,
) {
    writer.execute(INSERT, (metric, value, step, run, step, is_nan)).unwrap();
    writer.execute(LATEST, (metric, 0.5, step, run, step, is_nan)).unwrap();
}

fn source<'a>(harness: &'a Harness<'_, App>) -> &'a Source {
    harness.state().state().focused_source(WindowId::MAIN).unwrap().1
}

/// The table of runs.
fn table(harness: &Harness<'_, App>) -> Option<Arc<Table>> {
    let state = harness.state().state();
    let (_, table) = state.window(WindowId::MAIN).runs.of(state.focused_source(WindowId::MAIN)?.0)?;
    Some(Arc::clone(table))
}

fn notices(harness: &Harness<'_, App>) -> Vec<String> {
    harness.state().state().notices.iter().map(|notice| notice.problem.message.clone()).collect()
}

#[test]
fn odd_points_are_told_once_and_shown_at_the_chart_ever_after() {
    let (_folder, file) = copy();
    let writer = Connection::open(&file).unwrap();
    for run in ["first", "second"] {
        begin(&writer, run);
        for step in 0..4 {
            log(&writer, run, "odd", step, 0.5, false);
        }
    }
    for step in [7, 8] {
        log(&writer, "first", "odd", step, "much", false);
    }
    // The same step at another time.
    writer.execute(INSERT, ("odd", 0.75, 900, "second", 2, false)).unwrap();
    let mut harness = start(store(&file, &["first", "second"], &["odd"]));
    until(&mut harness, "the line of odd points", |harness| {
        shows(harness, "2 points left out: no numbers, from step 7 on · 1 point repeats a step")
    });
    until(&mut harness, "the notice", |harness| {
        notices(harness)
            == [
                "2 points are no numbers and are left out, the first at step 7",
                "A point has the same step as another; both are drawn",
            ]
    });
    harness.get_by_label_contains("points left out").hover();
    until(&mut harness, "the details", |harness| {
        shows(harness, "first: 2 points are no numbers")
            && shows(harness, "second: A point has the same step")
    });
    let ids: Vec<u64> = harness.state().state().notices.iter().map(|notice| notice.id).collect();
    for id in ids {
        harness.state_mut().push(Action::Dismiss(id));
    }
    // More of them come while the run is watched: the line counts on, nobody is told again.
    log(&writer, "first", "odd", 9, "more", false);
    log(&writer, "first", "odd", 10, 0.5, false);
    until(&mut harness, "the new count", |harness| {
        shows(harness, "3 points left out: no numbers, from step 7 on")
    });
    log(&writer, "first", "odd", 11, 0.5, false);
    until(&mut harness, "the last point", |harness| shows(harness, "Chart of odd: 2 lines, 11 points"));
    assert_eq!(notices(&harness), [""; 0]);
}

/// Plots divide by their range: the least numbers there are, the largest, and constants must all be drawn.
#[test]
fn numbers_of_every_size_are_drawn() {
    let (_folder, file) = copy();
    let writer = Connection::open(&file).unwrap();
    begin(&writer, "one");
    let sizes = [("tiny", 1e-310), ("least", 5e-324), ("huge", 1.7e306), ("rate", 0.0)];
    for (metric, size) in sizes {
        for step in 0..100 {
            log(&writer, "one", metric, step, size * step as f64 + 1e-3 * f64::from(metric == "rate"), false);
        }
    }
    for (metric, _) in sizes {
        let mut harness = start(store(&file, &["one"], &[metric]));
        let chart = format!("Chart of {metric}: 1 lines, 100 points");
        until(&mut harness, &chart, |harness| shows(harness, &chart));
        harness.run_steps(4);
    }
}

/// Two values at one step are a stroke upwards, not an area; steep strokes are as thick as others.
#[test]
fn a_step_with_two_values_is_drawn_as_a_line() {
    let (_folder, file) = copy();
    let writer = Connection::open(&file).unwrap();
    begin(&writer, "one");
    for step in 0..3 {
        log(&writer, "one", "spike", step, 0.0, false);
    }
    writer.execute(INSERT, ("spike", 1.0, 900, "one", 1, false)).unwrap();
    let look = Look { size: [1600, 1000], scale: 1.0, dark: false };
    let Picture { view, failure, .. } = picture(store(&file, &["one"], &["spike"]), &[], look, None).unwrap();
    let image = view.picture();
    assert_eq!(failure, None);
    let mut blue = 0;
    for (x, y) in (790..1590).flat_map(|x| (130..900).map(move |y| (x, y))) {
        let [red, _, blueness, _] = image.pixel(x, y).unwrap();
        blue += usize::from(blueness > red.saturating_add(60));
    }
    // Twice up and down a plot of some 750 by 700 pixels, and along its foot: about 4,000; half of it would be
    // a hundred times as much.
    assert!((1_500..8_000).contains(&blue), "{blue} pixels of the line's colour");
}

#[test]
fn a_chart_of_a_metric_that_nobody_logged_offers_others() {
    let (_folder, file) = copy();
    let writer = Connection::open(&file).unwrap();
    for (run, metrics) in [("one", ["loss", "acc"]), ("two", ["loss", "f1"]), ("three", ["loss", "acc"])] {
        begin(&writer, run);
        for metric in metrics {
            log(&writer, run, metric, 0, 0.5, false);
            log(&writer, run, metric, 1, 0.25, false);
        }
    }
    begin(&writer, "four");
    log(&writer, "four", "val_loss", 0, 0.5, false);
    let mut harness = start(store(&file, &["one", "two", "three"], &["val_loss", "acc"]));
    until(&mut harness, "why the chart is empty", |harness| {
        shows(harness, "None of the 3 ticked runs logged `val_loss`")
    });
    assert!(shows(&harness, "1 of the ticked runs did not log it"));
    // `acc` has a chart already.
    for (metric, count) in [("loss", 1), ("f1", 1), ("acc", 0)] {
        assert_eq!(harness.query_all_by_label(metric).count(), count, "{metric}");
    }
    harness.get_by_label("loss").click();
    until(&mut harness, "the other metric", |harness| shows(harness, "Chart of loss: 3 lines, 6 points"));
    let Location::Store(location) = harness.state().state().location(WindowId::MAIN) else {
        panic!("elsewhere")
    };
    assert_eq!(location.metrics, ["loss", "acc"]);
    assert!(!shows(&harness, "ticked runs logged"));
}

#[test]
fn a_chart_of_nothing_but_nan_says_so() {
    let (_folder, file) = copy();
    let writer = Connection::open(&file).unwrap();
    begin(&writer, "lost");
    for step in 0..5 {
        log(&writer, "lost", "loss", step, 0.0, true);
    }
    let mut harness = start(store(&file, &["lost"], &["loss", "absent"]));
    until(&mut harness, "that all is NaN", |harness| shows(harness, "All 5 points of `loss` are NaN"));
    assert!(shows(&harness, "The ticked run did not log `absent`"));
    log(&writer, "lost", "loss", 5, 0.5, false);
    until(&mut harness, "a number", |harness| !shows(harness, "are NaN"));
}

/// A store whose first read takes many slices.
fn large() -> (tempfile::TempDir, PathBuf) {
    let (folder, file) = copy();
    let insert = "INSERT INTO tags (key, value, run_uuid)
                  WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number LIMIT 500000)
                  SELECT printf('tag %07d', n), 'x', 'none' FROM number";
    let writer = Connection::open(&file).unwrap();
    // Tags of runs that are gone: read through, and forgotten.
    writer.pragma_update(None, "foreign_keys", false).unwrap();
    writer.execute(insert, []).unwrap();
    (folder, file)
}

/// Whether the status bar says how many rows were read, in thousands.
fn reads_rows(harness: &Harness<'_, App>) -> bool {
    let said = "reading rows of mlflow.db ";
    harness.query_all_by_label_contains(said).any(|node| {
        let node = node.accesskit_node();
        // The words of plain text are its value.
        let label = node.label().or_else(|| node.value()).unwrap_or_default();
        label
            .split_once(said)
            .is_some_and(|(_, rows)| rows.split_once(',').is_some_and(|(_, last)| last.len() == 3))
    })
}

#[test]
fn a_long_first_read_shows_its_rows_and_can_be_stopped_and_started_again() {
    let (_folder, file) = large();
    let mut harness = start(store(&file, &[], &[]));
    until(&mut harness, "rows so far", reads_rows);
    harness.get_by_label("Cancel: reading rows of mlflow.db").click();
    until(&mut harness, "that it was stopped", |harness| {
        shows(harness, "Reading was stopped before its end.")
    });
    assert_eq!(notices(&harness), [""; 0]);
    // The job that was stopped ends a moment after it was told.
    until(&mut harness, "the end of the reading", |harness| harness.state().state().jobs.is_empty());
    assert!(source(&harness).runs.is_none());
    harness.get_by_label("Try again").click();
    until(&mut harness, "the runs", |harness| source(harness).state == SourceState::Ready);
    // The watch that follows is no job to wait for.
    until(&mut harness, "the end of the job", |harness| shows(harness, "no jobs"));
    assert_eq!(source(&harness).runs.as_ref().unwrap().runs.len(), 28);
}

#[test]
fn closing_a_store_ends_its_first_read_with_the_slice() {
    let (_folder, file) = large();
    let mut harness = start(store(&file, &[], &[]));
    until(&mut harness, "rows so far", reads_rows);
    harness.state_mut().push(WindowAction::Close);
    harness.run_steps(1);
    let rows = |harness: &Harness<'_, App>| harness.state().state().jobs.first().map(|job| job.progress.0);
    if let Some(at_close) = rows(&harness) {
        until(&mut harness, "the end of the job", |harness| {
            let now = rows(harness);
            assert!(now.is_none_or(|now| now <= at_close + 20_000), "{now:?} rows, {at_close} when closed");
            now.is_none()
        });
    }
    assert!(harness.state().state().sources.is_empty());
    assert_eq!(notices(&harness), [""; 0]);
}

#[test]
fn a_stopped_reading_of_metrics_is_told_at_the_chart_and_can_be_done_again() {
    let (_folder, file) = copy();
    let writer = Connection::open(&file).unwrap();
    begin(&writer, "one");
    log(&writer, "one", "loss", 0, 0.5, false);
    let mut harness = start(store(&file, &[], &[]));
    until(&mut harness, "the runs", |harness| source(harness).state == SourceState::Ready);
    // A writer that keeps the store locked makes the reading wait.
    writer.execute_batch("BEGIN EXCLUSIVE").unwrap();
    harness.state_mut().push(WindowAction::Narrow(store(&file, &["one"], &["loss"])));
    until(&mut harness, "the job", |harness| shows(harness, "Cancel: reading metrics"));
    harness.get_by_label("Cancel: reading metrics").click();
    until(&mut harness, "that it was stopped", |harness| shows(harness, "1 not read"));
    assert!(harness.state().state().jobs.is_empty());
    writer.execute_batch("ROLLBACK").unwrap();
    harness.get_by_label("read again").click();
    until(&mut harness, "the point", |harness| shows(harness, "Chart of loss: 1 lines, 1 points"));
    assert!(!shows(&harness, "not read"));
}

/// Only rows in sight are laid out, and frames leave the order of the rows alone.
#[test]
fn ten_thousand_runs_with_two_hundred_columns_are_drawn_as_few() {
    let (_folder, file) = copy();
    let writer = Connection::open(&file).unwrap();
    let fill = "WITH RECURSIVE number (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM number LIMIT 10000)
        INSERT INTO runs (run_uuid, name, status, start_time, end_time, lifecycle_stage, experiment_id)
        SELECT printf('run%05d', n), 'run ' || n, 'FINISHED', n, n + 1000, 'active',
            (SELECT experiment_id FROM experiments WHERE lifecycle_stage = 'active') FROM number;
        WITH RECURSIVE number (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM number LIMIT 1500000)
        INSERT INTO latest_metrics (key, value, timestamp, run_uuid, step, is_nan)
        SELECT printf('metric %03d', n / 10000), n * 0.001, 0, printf('run%05d', n % 10000), 0, 0 FROM number;
        WITH RECURSIVE number (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM number LIMIT 500000)
        INSERT INTO params (key, value, run_uuid)
        SELECT printf('param %03d', n / 10000), 'value ' || n, printf('run%05d', n % 10000) FROM number;";
    let fast = "PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY; PRAGMA cache_size = -200000;";
    writer.execute_batch(&format!("{fast} PRAGMA foreign_keys = OFF; BEGIN; {fill} COMMIT;")).unwrap();
    drop(writer);
    let mut harness = start(store(&file, &[], &[]));
    until(&mut harness, "the runs", |harness| source(harness).state == SourceState::Ready);
    harness.run_steps(4);
    until(&mut harness, "the rows", |harness| table(harness).is_some());
    harness.run_steps(4);
    let before = table(&harness).unwrap();
    assert!(before.rows.len() >= 10_000);
    assert_eq!(source(&harness).runs.as_ref().unwrap().columns.len(), 200);
    let begun = std::time::Instant::now();
    harness.run_steps(30);
    eprintln!("a frame of 10,000 runs × 200 columns: {:?}", begun.elapsed() / 30);
    let ticks = harness.query_all_by_label_contains("Draw ").count();
    assert!((10..60).contains(&ticks), "{ticks} rows laid out");
    let heads = harness.query_all_by_label_contains("Sort by ").count();
    assert!((5..20).contains(&heads), "{heads} heads laid out");
    assert!(Arc::ptr_eq(&before, &table(&harness).unwrap()));
    harness.get_by_label("Sort by Run").click();
    until(&mut harness, "another order", |harness| !Arc::ptr_eq(&before, &table(harness).unwrap()));
}

/// Presses Enter on the command that exports a table, found in the palette.
fn export_by_palette(harness: &mut Harness<'_, App>) {
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::K);
    harness.run_steps(4);
    let field = harness.get_by_role_and_label(egui::accesskit::Role::TextInput, "Search everything");
    field.type_text("this table as CSV");
    harness.run_steps(4);
    harness.key_press(egui::Key::Enter);
    harness.run_steps(4);
}

#[test]
fn the_table_is_saved_as_csv_from_its_bar_and_from_the_palette() {
    let (_folder, file) = copy();
    let by_bar = |harness: &mut Harness<'_, App>| {
        harness.get_by_label("Export this table as CSV…").click();
        harness.run_steps(4);
    };
    for ask in [&by_bar as &dyn Fn(&mut Harness<'_, App>), &export_by_palette] {
        let mut harness = start(store(&file, &[], &[]));
        until(&mut harness, "the runs", |harness| table(harness).is_some());
        harness.run_steps(4);
        ask(&mut harness);
        // Without a window there is no dialog: the file that would be proposed is told.
        let notices = &harness.state().state().notices;
        let told: Vec<&str> = notices.iter().map(|notice| notice.problem.at.as_str()).collect();
        assert_eq!(told, ["mlflow-runs.csv"]);
        assert!(notices[0].problem.message.contains("no window to ask for a place"));
    }
}

#[test]
fn a_store_that_cannot_be_read_saves_nothing_and_says_so() {
    let (_folder, file) = copy();
    std::fs::write(&file, "no database at all").unwrap();
    let mut harness = start(store(&file, &[], &[]));
    until(&mut harness, "the failure", |harness| matches!(source(harness).state, SourceState::Failed(_)));
    export_by_palette(&mut harness);
    assert_eq!(notices(&harness).last().unwrap(), "Nothing was saved: the runs have not been read.");
}

/// What a writer left undone when it died is offered to be taken back, in a copy.
#[test]
fn a_store_with_the_journal_of_a_dead_writer_opens_as_a_copy() {
    let (_folder, file) = copy();
    let writer = rusqlite::Connection::open(&file).unwrap();
    // A tiny cache makes the unfinished transaction reach the file, as a killed writer's does.
    writer.execute_batch("PRAGMA cache_size = 2; BEGIN; UPDATE metrics SET value = value + 1;").unwrap();
    let dead = tempfile::tempdir().unwrap();
    for name in ["mlflow.db", "mlflow.db-journal"] {
        std::fs::copy(file.with_file_name(name), dead.path().join(name)).unwrap();
    }
    let profile = tempfile::tempdir().unwrap();
    let mut harness = headless::open(Start {
        locations: vec![store(&dead.path().join("mlflow.db"), &[], &[])],
        profile: Profile::at(profile.path()),
        ..Start::default()
    });
    until(&mut harness, "the offer", |harness| shows(harness, "Open a copy"));
    harness.get_by_label("Open a copy").click();
    until(&mut harness, "the runs", |harness| table(harness).is_some());
    assert_eq!(std::fs::read_dir(dead.path()).unwrap().count(), 2, "the store is as it was");
    let Location::Store(shown) = harness.state().state().location(WindowId::MAIN) else { panic!("no store") };
    let Origin::Path(path) = &shown.origin else { panic!("no path") };
    assert!(path.starts_with(profile.path()), "{path:?}");
}

#[test]
fn a_path_pasted_into_the_palette_opens_what_lies_there() {
    let (_folder, file) = copy();
    let mut harness = start(Location::Home(None));
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::K);
    harness.run_steps(4);
    let field = harness.get_by_role_and_label(egui::accesskit::Role::TextInput, "Search everything");
    field.type_text(file.to_str().unwrap());
    harness.run_steps(4);
    harness.key_press(egui::Key::Enter);
    until(&mut harness, "the runs", |harness| table(harness).is_some());
}
