//! Journeys from the tool table to the state of the catalog, a category and a tool, by accessible label.

use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use mlops_atlas::action::WindowId;
use mlops_atlas::address::{AddressError, Location, Place};
use mlops_atlas::app::{App, Start};
use mlops_atlas::catalog::Depth;

use crate::headless;

fn start(location: Location) -> Harness<'static, App> {
    let mut harness = headless::open(Start { locations: vec![location], ..Start::default() });
    harness.run_steps(4);
    harness
}

fn press(harness: &mut Harness<'_, App>, label: &str) -> String {
    harness.get_by_label(label).click();
    harness.run_steps(4);
    harness.state().state().location(WindowId::MAIN).to_string()
}

#[test]
fn from_the_table_over_the_state_of_the_catalog_to_a_tool_that_fits() {
    let mut harness = start(Location::start_of(Place::Landscape));
    assert_eq!(press(&mut harness, "State of the catalog"), "atlas:landscape/coverage");
    let coverage = harness.state().state().coverage.clone();
    let total = coverage.total;
    let figure = format!("{} complete, of {} tools", total.complete, total.all());
    assert!(harness.query_by_label(&figure).is_some(), "{figure}");
    let (_, split) =
        coverage.by_category.iter().find(|(name, _)| name == "Data quality & validation").unwrap();
    let row = format!(
        "Data quality & validation: {} complete, {} partial, {} basic",
        split.complete, split.partial, split.basic
    );
    let category = "atlas:landscape/category?name=Data%20quality%20%26%20validation";
    assert_eq!(press(&mut harness, &row), category);
    assert!(harness.query_by_label("What do you want to check?").is_some());
    // The first of its chips, in the first answers.
    harness.query_all_by_label("Pandera").next().unwrap().click();
    harness.run_steps(4);
    assert_eq!(
        harness.state().state().location(WindowId::MAIN).to_string(),
        "atlas:landscape/tool?id=pandera"
    );
}

#[test]
fn what_is_open_leads_to_its_tool() {
    let mut harness = start(Location::Coverage);
    let state = harness.state().state();
    let coverage = &state.coverage;
    let partial = state.catalog.tools().iter().find(|t| coverage.depth_of(&t.id) == Some(Depth::Partial));
    let draft = coverage.drafts.first().and_then(|claim| state.catalog.get(&claim.tool));
    let Some(tool) = partial.or(draft) else {
        assert!(harness.query_by_label("Every judged tool is complete.").is_some());
        return;
    };
    let (name, id) = (tool.name.clone(), tool.id.clone());
    assert_eq!(press(&mut harness, &name), Location::Tool(id).to_string());
}

#[test]
fn a_stage_of_the_state_of_the_catalog_leads_to_its_tools() {
    let mut harness = start(Location::Coverage);
    let frame = harness.state().state().coverage.by_stage[0].1;
    let row = format!("Frame: {} complete, {} partial, {} basic", frame.complete, frame.partial, frame.basic);
    assert_eq!(press(&mut harness, &row), "atlas:landscape/table?stage=frame");
}

#[test]
fn a_category_that_does_not_exist_is_told() {
    let mut harness = start(Location::Category("Blacksmiths".to_owned()));
    assert!(harness.query_by_label_contains("no category called Blacksmiths").is_some());
    assert_eq!(press(&mut harness, "Show all categories"), "atlas:landscape/coverage");
}

#[test]
fn the_palette_knows_categories_by_their_former_names() {
    let mut harness = start(Location::Coverage);
    press(&mut harness, "Search everything");
    harness.get_by_role(egui::accesskit::Role::TextInput).type_text("scientific comp");
    harness.run_steps(4);
    assert_eq!(press(&mut harness, "Data preparation"), "atlas:landscape/category?name=Data%20preparation");
}

#[test]
fn addresses_of_both_pages_are_read_back() {
    for address in ["atlas:landscape/coverage", "atlas:landscape/category?name=CI/CD%20for%20ML"] {
        let location: Location = address.parse().unwrap();
        assert_eq!((location.to_string().as_str(), location.place()), (address, Some(Place::Landscape)));
    }
    let error = "atlas:landscape/category".parse::<Location>().unwrap_err();
    assert!(matches!(error, AddressError::Missing { key: "name", .. }), "{error}");
}

#[test]
fn the_bar_of_the_board_says_what_its_marks_mean_where_there_is_room() {
    let dots = "Marks: three dots graduated, two dots incubating, one dot sandbox";
    let all = format!(
        "{dots}, a half circle open core, an empty circle source available, a question mark licence not known"
    );
    let mut harness = start("atlas:landscape/board".parse().unwrap());
    for (size, label) in [
        (egui::vec2(2100.0, 1000.0), Some(all.as_str())),
        (egui::vec2(1600.0, 1000.0), Some(dots)),
        (egui::vec2(1280.0, 720.0), Some(dots)),
        (egui::vec2(600.0, 420.0), None),
    ] {
        harness.set_size(size);
        harness.run_steps(4);
        let shown = harness.query_all_by_label_contains("Marks: ").count();
        assert_eq!(shown, usize::from(label.is_some()), "{size}");
        assert!(label.is_none_or(|label| harness.query_by_label(label).is_some()), "{size}");
    }
}
