//! Journeys through the comparison of tools by accessible label, and its address.

use egui::vec2;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use mlops_atlas::action::WindowId;
use mlops_atlas::address::{AddressError, Location, Place};
use mlops_atlas::app::{App, Start};

use crate::headless;

fn start(address: &str) -> Harness<'static, App> {
    let mut harness = headless::open(Start { locations: vec![address.parse().unwrap()], ..Start::default() });
    harness.run_steps(4);
    harness
}

fn here(harness: &Harness<'_, App>) -> String {
    harness.state().state().location(WindowId::MAIN).to_string()
}

fn press(harness: &mut Harness<'_, App>, label: &str) -> String {
    harness.get_by_label(label).click();
    harness.run_steps(4);
    here(harness)
}

fn shows(harness: &Harness<'_, App>, label: &str) -> bool {
    harness.query_all_by_label_contains(label).count() > 0
}

/// Where the program last said that something would be saved.
fn last_notice(harness: &Harness<'_, App>) -> String {
    harness.state().state().notices.last().map(|notice| notice.problem.at.clone()).unwrap_or_default()
}

#[test]
fn from_a_tool_to_a_comparison_to_a_decision_record() {
    let mut harness = start("atlas:landscape/tool?id=aim");
    let address = press(&mut harness, "Compare");
    assert!(address.starts_with("atlas:landscape/compare?tools=aim,"), "{address}");
    let compared = harness.state().state().window(WindowId::MAIN).comparison.as_ref().unwrap().tools.clone();
    assert!((2..=5).contains(&compared.len()) && compared.iter().any(|tool| tool.id.as_str() == "mlflow"));
    for tool in compared.iter().skip(1) {
        press(&mut harness, &format!("Remove {} from the comparison", tool.name));
    }
    assert_eq!(here(&harness), "atlas:landscape/compare?tools=aim");
    assert!(shows(&harness, "Aim stands alone"));
    harness.get_by_label("Add a tool").focus();
    harness.run_steps(2);
    harness.get_by_label("Add a tool").type_text("clearm");
    harness.run_steps(4);
    assert_eq!(press(&mut harness, "ClearML"), "atlas:landscape/compare?tools=aim,clearml");
    assert!(shows(&harness, "ClearML, Licence: "), "each value says whose it is");
    for polarity in ["Pro", "Con", "Caveat"] {
        assert!(harness.query_all_by_label(polarity).count() > 0, "polarity in words: {polarity}");
    }
    assert!(shows(&harness, "ClearML on integration: 2 for it, 0 against it"));
    // Without a window nobody can be asked for a place: the program says what it would have saved.
    press(&mut harness, "Decision record");
    assert_eq!(last_notice(&harness), "0001-aim-clearml.md");
    for (format, name) in [("Markdown", "aim-clearml.md"), ("CSV", "aim-clearml.csv")] {
        press(&mut harness, "Export");
        press(&mut harness, format);
        assert_eq!(last_notice(&harness), name);
    }
    harness.key_press_modifiers(egui::Modifiers::ALT, egui::Key::ArrowLeft);
    harness.run_steps(4);
    assert_eq!(
        here(&harness),
        "atlas:landscape/tool?id=aim",
        "adding and removing are one step of the history"
    );
}

#[test]
fn a_record_is_proposed_in_the_decisions_of_the_folder_that_is_a_workspace() {
    let folder = tempfile::tempdir().unwrap();
    let decisions = folder.path().join("decisions");
    std::fs::create_dir(&decisions).unwrap();
    std::fs::write(decisions.join("0006-store.md"), "").unwrap();
    let location = "atlas:landscape/compare?tools=mlflow,aim".parse().unwrap();
    let nearby = Some(folder.path().to_owned());
    let mut harness = headless::open(Start { locations: vec![location], nearby, ..Start::default() });
    harness.run_steps(4);
    press(&mut harness, "Decision record");
    assert_eq!(last_notice(&harness), decisions.join("0007-mlflow-aim.md").display().to_string());
    assert_eq!(std::fs::read_dir(&decisions).unwrap().count(), 1, "nothing is written unasked");
}

#[test]
fn equal_rows_are_folded_until_they_are_wanted() {
    let mut harness = start("atlas:landscape/compare?tools=mlflow,aim,clearml");
    let comparison = harness.state().state().window(WindowId::MAIN).comparison.clone().unwrap();
    let equal = comparison.equalities();
    assert!(!equal.is_empty() && !comparison.differences().is_empty());
    let row = format!("MLflow, {}: ", equal[0].fact.title());
    let different = format!("MLflow, {}: ", comparison.differences()[0].fact.title());
    assert!(shows(&harness, &different) && !shows(&harness, &row));
    press(&mut harness, &format!("differences first · {} equal rows folded", equal.len()));
    assert!(shows(&harness, &different) && shows(&harness, &row));
    harness.run_steps(30);
    let fold = format!("Fold {} equal rows", equal.len());
    let rect = harness.get_by_label(&fold).rect();
    assert!(rect.top() > 100.0 && rect.bottom() < 1000.0, "they are brought into sight: {rect}");
    press(&mut harness, &fold);
    assert!(!shows(&harness, &row));
}

#[test]
fn the_table_the_palette_and_the_keyboard_lead_there() {
    let mut harness = start("atlas:landscape/table?selected=aim");
    let by_button = press(&mut harness, "Compare");
    assert!(by_button.starts_with("atlas:landscape/compare?tools=aim,"), "{by_button}");
    let mut harness = start("atlas:landscape/tool?id=aim");
    press(&mut harness, "Search everything");
    harness.get_by_role(egui::accesskit::Role::TextInput).type_text("compare tools");
    harness.run_steps(4);
    assert_eq!(press(&mut harness, "Compare tools"), by_button, "the command");
    let mut harness = start("atlas:home");
    press(&mut harness, "Search everything");
    harness.get_by_role(egui::accesskit::Role::TextInput).type_text("compare aim");
    harness.run_steps(4);
    assert_eq!(press(&mut harness, "Compare Aim with its alternatives"), by_button, "with the tool's name");
    // Ctrl+F is the place's own search; Enter adds what is lit.
    let mut harness = start("atlas:landscape/compare?tools=mlflow");
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::F);
    harness.run_steps(4);
    harness.get_by_label("Add a tool").type_text("feast");
    harness.run_steps(4);
    harness.key_press(egui::Key::Enter);
    harness.run_steps(4);
    assert_eq!(here(&harness), "atlas:landscape/compare?tools=mlflow,feast");
}

#[test]
fn what_cannot_be_compared_is_told() {
    let mut harness = start("atlas:landscape/compare");
    assert!(shows(&harness, "Compare two to five tools"));
    press(&mut harness, "Decision record");
    assert_eq!(last_notice(&harness), "", "there is nothing to record");
    let mut harness = start("atlas:landscape/compare?tools=mlflow,nobody,aim,clearml,feast,kserve,pandera");
    assert!(shows(&harness, "The catalog has no tool with the id nobody."));
    assert!(shows(&harness, "pandera is left out until one of the five is removed"));
    assert!(!shows(&harness, "Pandera"));
    let address = press(&mut harness, "Take nobody out of the comparison");
    assert_eq!(address, "atlas:landscape/compare?tools=mlflow,aim,clearml,feast,kserve,pandera");
    press(&mut harness, "Remove Feast from the comparison");
    assert!(shows(&harness, "Open Pandera"), "the next one moves in");
}

#[test]
fn it_fits_into_small_windows() {
    for (tools, count) in [("mlflow,aim", 2), ("mlflow,aim,clearml,tensorboard,weights-and-biases", 5)] {
        let mut harness = start(&format!("atlas:landscape/compare?tools={tools}"));
        for size in [vec2(1600.0, 1000.0), vec2(1280.0, 720.0), vec2(600.0, 420.0)] {
            harness.set_size(size);
            harness.run_steps(4);
            let window = egui::Rect::from_min_size(egui::Pos2::ZERO, size);
            for label in ["Decision record", "Export", "Add a tool", "Remove MLflow from the comparison"] {
                let rect = harness.get_by_label(label).rect();
                assert!(window.contains_rect(rect), "{label} at {rect} in {size} with {count}");
            }
            let heads: Vec<_> =
                harness.query_all_by_label_contains(" from the comparison").map(|node| node.rect()).collect();
            let inside = heads.iter().filter(|rect| window.contains_rect(**rect)).count();
            assert!(inside == count || size.x < 1000.0, "{inside} of {count} in {size}");
            let row = harness.query_all_by_label_contains("MLflow, ").next().unwrap().rect();
            assert!(row.top() > heads[0].bottom() && row.width() > 20.0, "{row} in {size}");
        }
    }
}

#[test]
fn addresses_are_read_back() {
    for address in [
        "atlas:landscape/compare",
        "atlas:landscape/compare?tools=mlflow",
        "atlas:landscape/compare?tools=mlflow,aim,h2o-3",
    ] {
        let location: Location = address.parse().unwrap();
        assert_eq!((location.to_string().as_str(), location.place()), (address, Some(Place::Landscape)));
    }
    let encoded: Location = "atlas:landscape/compare?tools=mlflow%2Caim,".parse().unwrap();
    assert_eq!(encoded.to_string(), "atlas:landscape/compare?tools=mlflow,aim");
    let error = "atlas:landscape/compare?tools=mlflow,A%20B".parse::<Location>().unwrap_err();
    assert!(matches!(&error, AddressError::Value { value, .. } if value == "A B"), "{error}");
}
