//! Journeys through tables: how one is read is told above its runs, chosen on a sheet by name and key, and kept.

use egui::Key;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use mlops_atlas::action::WindowId;
use mlops_atlas::app::{App, Start};
use mlops_atlas::store::atlas_db::Profile;

use crate::headless;
use crate::window::{shows, start, store, until};

/// Runs of the open source: their ids and the names of metrics.
fn runs(harness: &Harness<'_, App>) -> (Vec<String>, Vec<String>) {
    let Some((_, source)) = harness.state().state().focused_source(WindowId::MAIN) else {
        return Default::default();
    };
    let Some(runs) = &source.runs else { return Default::default() };
    let ids = runs.runs.iter().map(|run| run.id.to_string()).collect();
    (ids, runs.metric_keys.iter().map(ToString::to_string).collect())
}

const TABLE: &str = "who,epoch,loss,acc\na,0,0.5,0.1\nb,0,0.4,0.2\na,1,0.3,0.3\nb,1,0.2,0.4\n";

#[test]
fn what_was_guessed_is_told_and_another_choice_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("table.csv");
    std::fs::write(&file, TABLE).unwrap();
    let mut harness = start(store(&file, &["table"], &["loss"]));
    until(&mut harness, "the line", |harness| {
        shows(harness, "Read as: run = file · step = epoch · time: none · metrics: loss, acc")
    });
    until(&mut harness, "the chart", |harness| shows(harness, "Chart of loss: 1 lines, 4 points"));
    harness.get_by_label("Change how the table is read").click();
    until(&mut harness, "the sheet", |harness| shows(harness, "How this table is read"));
    harness.get_by_label_contains("Run: The whole file").click();
    until(&mut harness, "the columns", |harness| shows(harness, "who"));
    harness.run_steps(2);
    harness.get_all_by_label("who").next().unwrap().click();
    until(&mut harness, "the choice", |harness| shows(harness, "Run: who"));
    harness.get_all_by_label("acc").last().unwrap().click();
    harness.run_steps(2);
    harness.get_by_label("Apply").click();
    until(&mut harness, "two runs", |harness| {
        let (ids, metrics) = runs(harness);
        ids == ["a", "b"] && metrics == ["loss"]
    });
    until(&mut harness, "the new line", |harness| {
        shows(harness, "Read as: run = who · step = epoch · time: none · metrics: loss")
    });
    assert!(!shows(&harness, "How this table is read"));
    let settings = &harness.state().state().settings;
    assert_eq!(settings.mapping_of(file.to_str().unwrap()), Some("run=who,step=epoch,metrics=loss"));
    // More rows come, and are read the same way.
    std::fs::write(&file, format!("{TABLE}c,0,0.9,0.9\n")).unwrap();
    until(&mut harness, "the third run", |harness| runs(harness).0 == ["a", "b", "c"]);
    // Back to the guess.
    harness.get_by_label("Change how the table is read").click();
    until(&mut harness, "the sheet again", |harness| shows(harness, "Guess again"));
    harness.get_by_label("Guess again").click();
    until(&mut harness, "one run", |harness| runs(harness).0 == ["table"]);
    assert_eq!(harness.state().state().settings.mapping_of(file.to_str().unwrap()), None);
}

#[test]
fn the_sheet_is_worked_by_the_keyboard_and_says_what_is_missing() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("table.csv");
    std::fs::write(&file, TABLE).unwrap();
    let mut harness = start(store(&file, &[], &[]));
    until(&mut harness, "the line", |harness| shows(harness, "Read as: run = file"));
    harness.get_by_label("Change how the table is read").click();
    until(&mut harness, "the sheet", |harness| shows(harness, "How this table is read"));
    for name in ["loss", "acc"] {
        harness.get_all_by_label(name).last().unwrap().focus();
        harness.run_steps(2);
        harness.key_press(Key::Space);
        harness.run_steps(2);
    }
    until(&mut harness, "what is missing", |harness| shows(harness, "Choose at least one metric"));
    harness.get_by_label("Apply").click();
    harness.run_steps(3);
    assert!(shows(&harness, "How this table is read"));
    harness.key_press(Key::Escape);
    until(&mut harness, "no sheet", |harness| !shows(harness, "How this table is read"));
    assert_eq!(runs(&harness).1, ["acc", "loss"]);
    // What was not applied is forgotten.
    harness.get_by_label("Change how the table is read").click();
    until(&mut harness, "the sheet again", |harness| shows(harness, "How this table is read"));
    assert!(!shows(&harness, "Choose at least one metric"));
}

/// A mapping that was kept does not stand in the way of a file that has other columns by now.
#[test]
fn a_kept_mapping_that_does_not_fit_is_told_and_guessed_anew() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("table.csv");
    std::fs::write(&file, TABLE).unwrap();
    let mut settings = mlops_atlas::settings::Settings::default();
    settings.keep_mapping(file.to_str().unwrap(), Some("run=trial,metrics=loss".to_owned()));
    let profile = folder.path().join("profile");
    std::fs::create_dir(&profile).unwrap();
    std::fs::write(profile.join("settings.toml"), settings.to_toml()).unwrap();
    let mut harness = headless::open(Start {
        locations: vec![store(&file, &[], &[])],
        profile: Profile::at(&profile),
        ..Start::default()
    });
    until(&mut harness, "the guess", |harness| shows(harness, "Read as: run = file · step = epoch"));
    until(&mut harness, "the notice", |harness| {
        let notices = &harness.state().state().notices;
        notices.iter().any(|notice| notice.problem.message.contains("there is no column called “trial”"))
    });
}
