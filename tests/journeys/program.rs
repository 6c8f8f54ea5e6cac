//! Journeys through the whole program by accessible label, without a window.

use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use mlops_atlas::action::{Action, Ask, WindowId};
use mlops_atlas::address::{Location, Origin, Place};
use mlops_atlas::app::{App, Start};

use crate::headless;

fn start(location: Location) -> Harness<'static, App> {
    headless::open(Start { locations: vec![location], ..Start::default() })
}

#[test]
fn from_the_search_to_a_tool_and_its_source() {
    let mut harness = start(Location::start_of(Place::Landscape));
    harness.run_steps(4);
    let all = harness.state().state().window(WindowId::MAIN).tools.rows.len();
    harness.get_by_label("Search tools").focus();
    harness.run_steps(2);
    harness.get_by_label("Search tools").type_text("feast");
    harness.run_steps(4);
    assert!(harness.state().state().window(WindowId::MAIN).tools.rows.len() < all);
    harness.get_by_label("Feast").click();
    harness.run_steps(4);
    harness.get_by_label("Open its page").click();
    harness.run_steps(4);
    assert!(
        matches!(harness.state().state().location(WindowId::MAIN), Location::Tool(id) if id.as_str() == "feast")
    );
    assert!(harness.query_all_by_label_contains("Open source https://").count() > 0);
}

/// A drawing or a catalog may come from anybody.
#[test]
fn a_link_that_looks_like_another_is_not_opened_and_says_why() {
    let mut harness = start(Location::start_of(Place::Home));
    harness.run_steps(4);
    for (url, why) in [
        ("https://github.com@evil.example/x", "leads to evil.example"),
        ("https://p\u{430}ypal.com", "Cyrillic, Latin"),
        ("https://git\0hub.com", "control characters"),
        ("javascript:alert(1)", "only http and https"),
    ] {
        harness.state_mut().push(Action::Ask(Ask::OpenUrl(url.to_owned())));
        harness.run_steps(4);
        let notices = &harness.state().state().notices;
        let said = notices.iter().filter(|notice| notice.problem.message.contains(why)).count();
        assert_eq!(said, 1, "{url:?}: {notices:?}");
        assert!(!notices.iter().any(|notice| notice.problem.at.contains('\0')), "{notices:?}");
    }
    let before = harness.state().state().notices.len();
    harness.state_mut().push(Action::Ask(Ask::OpenUrl("https://github.com/feast-dev/feast".to_owned())));
    harness.run_steps(4);
    assert_eq!(harness.state().state().notices.len(), before);
}

#[test]
fn a_template_can_be_changed_and_changed_back() {
    let origin = Origin::Template("oss-classic".to_owned());
    let mut harness = start(Location::drawing(origin));
    harness.run_steps(4);
    let count = |harness: &Harness<'_, App>| {
        harness
            .state()
            .state()
            .focused_drawing(WindowId::MAIN)
            .map(|(_, drawing)| drawing.architecture.nodes.len())
    };
    let before = count(&harness);
    harness.get_by_label("Training, train").click();
    harness.run_steps(4);
    harness.key_press(egui::Key::Delete);
    harness.run_steps(4);
    assert_eq!(count(&harness), before.map(|nodes| nodes - 1));
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::Z);
    harness.run_steps(4);
    assert_eq!(count(&harness), before);
}

/// Frames until no job is waited for; a job that never ends fails the journey instead of hanging it.
fn load(harness: &mut Harness<'_, App>) {
    for _ in 0..100_000 {
        harness.run_steps(1);
        if !harness.state().is_loading() {
            harness.run_steps(4);
            return;
        }
    }
    panic!("still loading: {}", harness.state().state().location(WindowId::MAIN));
}

#[test]
fn from_a_store_to_a_sorted_table_and_a_chart_with_points() {
    let mut harness = start(Location::store(Origin::Demo));
    load(&mut harness);
    let first = |harness: &Harness<'_, App>| {
        let state = harness.state().state();
        let (runs, table) =
            state.window(WindowId::MAIN).runs.of(state.focused_source(WindowId::MAIN).unwrap().0).unwrap();
        runs.runs[table.rows[0] as usize].shown_name().to_owned()
    };
    harness.get_by_label("Sort by Run").click();
    harness.run_steps(4);
    load(&mut harness);
    let (_, source) = harness.state().state().focused_source(WindowId::MAIN).unwrap();
    let runs = source.runs.as_ref().unwrap();
    let least = runs.runs.iter().map(|run| run.shown_name()).min().unwrap().to_owned();
    let name = first(&harness);
    assert_eq!(name, least);
    harness.get_by_label(&format!("Draw {name}")).click();
    load(&mut harness);
    let (_, source) = harness.state().state().focused_source(WindowId::MAIN).unwrap();
    assert!(!source.series.is_empty());
    let count = |text: &str| harness.query_all_by_label_contains(text).count();
    assert!(count(": 1 lines, ") > count(": 1 lines, 0 points"), "no chart has points");
}
