//! Looking at runs by accessible label: filter, columns, order, axes, smoothing, groups, comparing, the page of a run.

use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use mlops_atlas::action::{Action, WindowAction, WindowId};
use mlops_atlas::address::{Location, Origin, StoreLocation, StoreView, TextForm};
use mlops_atlas::app::App;
use mlops_atlas::runs::{RunSet, Smoothing, Table, XAxis};

use crate::window::{shows, start, until};

/// What the window shows of the store.
fn here(harness: &Harness<'_, App>) -> StoreLocation {
    match harness.state().state().location(WindowId::MAIN) {
        Location::Store(store) => (**store).clone(),
        other => panic!("{other} is no store"),
    }
}

fn shown<'a>(harness: &'a Harness<'_, App>) -> Option<(&'a RunSet, &'a Table)> {
    let state = harness.state().state();
    let (id, _) = state.focused_source(WindowId::MAIN)?;
    state.window(WindowId::MAIN).runs.of(id).map(|(runs, table)| (&**runs, &**table))
}

fn rows(harness: &Harness<'_, App>) -> usize {
    shown(harness).map_or(0, |(_, table)| table.rows.len())
}

fn words(harness: &Harness<'_, App>) -> Vec<String> {
    let table = shown(harness).unwrap().1;
    table.columns.iter().map(|column| column.word.clone()).collect()
}

fn press(harness: &mut Harness<'_, App>, label: &str) {
    harness.get_by_label(label).click_accesskit();
    harness.run_steps(6);
}

/// The demo store, read.
fn demo() -> Harness<'static, App> {
    let mut harness = start(Location::store(Origin::Demo));
    until(&mut harness, "the runs", |harness| rows(harness) > 0);
    harness.run_steps(4);
    harness
}

fn type_filter(harness: &mut Harness<'_, App>, text: &str) {
    harness.get_by_label("Filter runs").focus();
    harness.run_steps(2);
    harness.get_by_label("Filter runs").type_text(text);
    harness.run_steps(4);
}

/// Ticks the first runs of the table.
fn tick(harness: &mut Harness<'_, App>, count: usize) {
    let (runs, table) = shown(harness).unwrap();
    let names: Vec<String> =
        table.rows.iter().take(count).map(|row| runs.runs[*row as usize].shown_name().to_owned()).collect();
    for name in names {
        press(harness, &format!("Draw {name}"));
    }
}

#[test]
fn a_filter_leaves_runs_out_and_a_wrong_one_changes_nothing() {
    let mut harness = demo();
    let all = rows(&harness);
    type_filter(&mut harness, "metrics.`val/accuracy` > 0.97");
    until(&mut harness, "fewer runs", |harness| rows(harness) < all);
    let (runs, table) = shown(&harness).unwrap();
    let key = runs.metric_key("val/accuracy").unwrap();
    let fits = |row: &u32| runs.runs[*row as usize].metric(key).is_some_and(|value| value > 0.97);
    assert!(table.rows.iter().all(fits));
    assert_eq!(table.rows.len(), runs.runs.iter().filter(|run| run.metric(key) > Some(0.97)).count());
    let fitting = rows(&harness);

    harness.get_by_label("Filter runs").type_text(" AND metrics.loss");
    harness.run_steps(8);
    assert_eq!(rows(&harness), fitting, "what is not finished leaves the table as it is");
    assert_eq!(here(&harness).filter, "metrics.`val/accuracy` > 0.97");
    assert!(
        shows(&harness, "\u{e4e0}") || harness.query_all_by_role(egui::accesskit::Role::Alert).count() > 0
    );
}

/// Ctrl+F, some letters, an arrow and Enter: no pointer, and the address holds what came of it.
#[test]
fn a_filter_is_completed_by_the_keyboard_alone() {
    let mut harness = demo();
    harness.key_press_modifiers(Modifiers::COMMAND, Key::F);
    harness.run_steps(4);
    harness.get_by_label("Filter runs").type_text("status = 'fail");
    harness.run_steps(4);
    harness.key_press(Key::Enter);
    until(&mut harness, "the failed runs", |harness| here(harness).filter.contains("FAILED"));
    until(&mut harness, "their rows", |harness| rows(harness) == 2);
    let address = harness.state().state().location(WindowId::MAIN).to_string();
    assert!(address.contains("filter=status"), "{address}");
}

#[test]
fn columns_are_pinned_and_put_away_and_rows_sorted_by_two_of_them() {
    let mut harness = demo();
    press(&mut harness, "Columns");
    harness.get_by_label("Find a column").focus();
    harness.run_steps(2);
    harness.get_by_label("Find a column").type_text("test/f1");
    harness.run_steps(4);
    press(&mut harness, "Pin metrics.test/f1");
    until(&mut harness, "the pinned column", |harness| words(harness)[0] == "metrics.test/f1");
    press(&mut harness, "Hide metrics.test/f1");
    until(&mut harness, "no such column", |harness| !words(harness).contains(&"metrics.test/f1".to_owned()));
    assert_eq!(here(&harness).columns.hidden, ["metrics.test/f1"]);
    harness.key_press(Key::Escape);
    harness.run_steps(4);

    press(&mut harness, "Sort by State");
    harness.key_down_modifiers(Modifiers::SHIFT, Key::A);
    harness.get_by_label("Sort by Duration").click_modifiers(Modifiers::SHIFT);
    harness.run_steps(6);
    let order: Vec<String> = here(&harness).order.iter().map(|key| key.key.clone()).collect();
    assert_eq!(order, ["status", "duration"]);
}

#[test]
fn charts_are_smoothed_over_time_by_logarithm_and_in_groups() {
    let mut harness = demo();
    type_filter(&mut harness, "metrics.`train/loss` > 0 AND metrics.`val/accuracy` > 0");
    until(&mut harness, "fewer runs", |harness| rows(harness) < 75);
    tick(&mut harness, 4);
    assert_eq!(here(&harness).ticked.len(), 4);
    press(&mut harness, "Charts");
    assert_eq!(here(&harness).view, StoreView::Charts);
    let drawn = |harness: &Harness<'_, App>| {
        harness.query_all_by_label_contains("Chart of ").count() > 0
            && !shows(harness, ": 0 lines")
            && !harness.state().is_loading()
    };
    until(&mut harness, "the lines", drawn);
    for (name, now, then) in [
        ("x axis", "x: step", "relative time"),
        ("Smoothing", "no smoothing", "EMA"),
        ("Group", "each run", "status"),
    ] {
        press(&mut harness, &format!("{name}: {now}"));
        press(&mut harness, then);
    }
    press(&mut harness, "Log y");
    until(&mut harness, "the lines again", drawn);
    let charts = here(&harness).charts;
    assert_eq!((&charts.look.x, charts.log_y), (&XAxis::Relative, true));
    assert!(matches!(charts.look.smoothing, Smoothing::Ema(_)));
    assert_eq!(charts.group, ["status"]);
    until(&mut harness, "four runs of one state as one line", |harness| shows(harness, ": 1 lines, "));
    assert!(!shows(&harness, ": 4 lines"));
    // Going back is going to the table.
    harness.key_press_modifiers(Modifiers::ALT, Key::ArrowLeft);
    harness.run_steps(4);
    assert_eq!(here(&harness).view, StoreView::Table);
}

#[test]
fn ticked_runs_are_compared_and_a_person_says_what_is_better() {
    let mut harness = demo();
    type_filter(&mut harness, "metrics.`val/loss` > 0");
    until(&mut harness, "fewer runs", |harness| rows(harness) < 75);
    tick(&mut harness, 3);
    press(&mut harness, "Compare");
    let second = here(&harness).ticked[1].clone();
    let name = shown(&harness).unwrap().0.run(&second).unwrap().shown_name().to_owned();
    press(&mut harness, &format!("Hold all against {name}"));
    assert_eq!(here(&harness).compare.baseline.as_ref(), Some(&second));
    press(&mut harness, "Direction of val/loss: less is better");
    press(&mut harness, "Direction of val/loss: more is better");
    assert_eq!(here(&harness).compare.lower, ["val/loss"]);
    let page = harness.state().state().text(WindowId::MAIN, TextForm::Markdown).unwrap();
    assert!(page.text.starts_with("# 3 runs side by side") && page.text.contains(&name), "{}", page.text);
    assert!(page.name.ends_with("compared.md"), "{}", page.name);
    press(&mut harness, "Differences only");
    assert!(here(&harness).compare.only_different);
    press(&mut harness, &format!("Take {name} out"));
    assert_eq!(here(&harness).ticked.len(), 2);
}

#[test]
fn the_page_of_a_run_leads_to_the_runs_below_it() {
    let mut harness = demo();
    type_filter(&mut harness, "svc-grid");
    until(&mut harness, "a run", |harness| rows(harness) < 20);
    let (runs, table) = shown(&harness).unwrap();
    let parent = table.rows.iter().map(|row| &runs.runs[*row as usize]).find(|run| &*run.name == "svc-grid");
    let label = format!("svc-grid, {}", parent.unwrap().status.word().to_lowercase());
    let id = parent.unwrap().id.to_string();
    harness.get_all_by_label(&label).next().unwrap().click_accesskit();
    harness.run_steps(6);
    press(&mut harness, "Run");
    assert_eq!(here(&harness).view, StoreView::Run);
    assert!(shows(&harness, "svc-C1-g0.05"), "its children are there");
    harness.get_all_by_label("svc-C1-g0.05").next().unwrap().click_accesskit();
    harness.run_steps(6);
    let selected = here(&harness).selected.unwrap();
    assert_ne!(selected, id);
    assert_eq!(shown(&harness).unwrap().0.run(&selected).unwrap().parent.as_deref(), Some(&*id));
}

/// A folder with an MLflow database and an Optuna study: a run of each, whose metric has one name, in one chart.
#[test]
fn runs_of_two_trackers_are_lines_of_one_chart() {
    let folder = tempfile::tempdir().unwrap();
    for (from, to) in [("mlflow/mlflow3.db", "mlflow.db"), ("optuna/optuna5.db", "study.db")] {
        std::fs::copy(format!("tests/fixtures/{from}"), folder.path().join(to)).unwrap();
    }
    let mut harness = start(Location::store(Origin::Path(folder.path().to_path_buf())));
    until(&mut harness, "the runs", |harness| rows(harness) > 0);
    let ticked: Vec<String> = {
        let runs = shown(&harness).unwrap().0;
        let of = |lead: &str| {
            let logged =
                runs.runs.iter().find(|run| run.id.starts_with(lead) && runs.has_metric(&run.id, "loss"));
            logged.unwrap().id.to_string()
        };
        vec![of("mlflow.db/"), of("study.db/")]
    };
    let mut location = here(&harness);
    (location.ticked, location.metrics, location.view) = (ticked, vec!["loss".to_owned()], StoreView::Charts);
    let go = WindowAction::Go(Location::Store(Box::new(location)));
    harness.state_mut().push(Action::Window(WindowId::MAIN, go));
    until(&mut harness, "both lines", |harness| shows(harness, "Chart of loss: 2 lines, "));
}

/// What was half typed for one store is not there for another.
#[test]
fn a_wrong_filter_does_not_follow_to_another_store() {
    let mut harness = demo();
    type_filter(&mut harness, "metrics.loss >");
    assert!(harness.query_all_by_role(egui::accesskit::Role::Alert).count() > 0);
    let other = Location::store(Origin::Path("tests/fixtures/mlflow/mlflow3.db".into()));
    harness.state_mut().push(Action::Window(WindowId::MAIN, WindowAction::Go(other)));
    until(&mut harness, "the other runs", |harness| rows(harness) == 28);
    harness.run_steps(4);
    assert_eq!(harness.query_all_by_role(egui::accesskit::Role::Alert).count(), 0);
}
