//! Journeys through lifecycle and portfolio by accessible label: a cell to its tools, a gap to who could fill it.

use egui::accesskit::Role;
use egui::vec2;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use mlops_atlas::action::WindowId;
use mlops_atlas::address::Location;
use mlops_atlas::app::{App, Start};
use mlops_atlas::catalog::{Matrix, Portfolio, Stage, ToolId, Verdict};
use mlops_atlas::cli::schema::{self, SchemaName};
use mlops_atlas::state::State;

use crate::headless;

fn start(address: &str) -> Harness<'static, App> {
    let mut harness = headless::open(Start { locations: vec![address.parse().unwrap()], ..Start::default() });
    harness.run_steps(4);
    harness
}

fn state<'h>(harness: &'h Harness<'_, App>) -> &'h State {
    harness.state().state()
}

fn address(harness: &Harness<'_, App>) -> String {
    state(harness).location(WindowId::MAIN).to_string()
}

fn matrix<'h>(harness: &'h Harness<'_, App>) -> &'h Matrix {
    state(harness).window(WindowId::MAIN).tools.matrix.as_ref().unwrap()
}

fn portfolio<'h>(harness: &'h Harness<'_, App>) -> &'h Portfolio {
    state(harness).window(WindowId::MAIN).tools.portfolio.as_ref().unwrap()
}

/// Presses what is called so, or begins so if that is more than one word: lists of names would be long.
fn press(harness: &mut Harness<'_, App>, label: &str) {
    harness.query_all_by_label_contains(label).next().unwrap().click();
    harness.run_steps(4);
}

#[test]
fn a_cell_of_the_lifecycle_leads_to_its_tools() {
    let mut harness = start("atlas:landscape/lifecycle?by=foundation");
    let row = matrix(&harness).rows.iter().find(|row| row.title == "CNCF").unwrap();
    let count = row.at(Stage::Serve).len();
    press(&mut harness, &format!("CNCF, Serve: {count} tools: "));
    assert_eq!(address(&harness), "atlas:landscape/table?stage=serve&foundation=CNCF");
    assert_eq!(state(&harness).window(WindowId::MAIN).tools.rows.len(), count, "as many as the cell said");
}

#[test]
fn a_filter_stays_when_a_cell_is_opened() {
    let mut harness = start("atlas:landscape/lifecycle?by=licence&foundation=CNCF");
    let count = matrix(&harness).rows[0].at(Stage::Train).len();
    press(&mut harness, "OSI approved, Train: ");
    assert_eq!(address(&harness), "atlas:landscape/table?stage=train&licence=osi&foundation=CNCF");
    assert_eq!(state(&harness).window(WindowId::MAIN).tools.rows.len(), count);
}

#[test]
fn from_a_gap_of_the_portfolio_over_a_candidate_to_its_page() {
    let mut harness = start("atlas:landscape/portfolio");
    let row = portfolio(&harness).row("PyTorch Foundation").unwrap();
    assert!(row.at(Stage::Monitor).is_gap());
    press(&mut harness, "PyTorch Foundation, Monitor: gap");
    assert_eq!(address(&harness), "atlas:landscape/portfolio?gap=monitor:PyTorch%20Foundation");
    let found = state(&harness).window(WindowId::MAIN).tools.candidates.clone().unwrap();
    let first = &found.tools[0];
    let tool = state(&harness).catalog.tools()[first.row].clone();
    assert!(tool.foundations.is_empty() && tool.stages.contains(&Stage::Monitor));
    let count = |verdict| first.count(verdict);
    let (met, missing, unknown) = (count(Verdict::Met), count(Verdict::Missing), count(Verdict::Unknown));
    press(&mut harness, &format!("{}: {met} met, {missing} missing, {unknown} unknown", tool.name));
    for (criterion, judgement) in found.criteria().iter().zip(&first.judgements) {
        let text = format!("{}: {}", judgement.verdict.title(), criterion.text);
        assert!(harness.query_by_label(&text).is_some(), "{text}");
    }
    press(&mut harness, "Open its page");
    assert_eq!(address(&harness), Location::Tool(tool.id).to_string());
}

#[test]
fn a_gap_of_a_foundation_in_the_lifecycle_leads_to_the_portfolio_and_closes() {
    let mut harness = start("atlas:landscape/lifecycle?by=foundation");
    press(&mut harness, "PyTorch Foundation, Govern: gap");
    let open = "atlas:landscape/portfolio?by=foundation&gap=govern:PyTorch%20Foundation";
    assert_eq!(address(&harness), open);
    harness.get_by_label("Close the candidates").click();
    harness.run_steps(4);
    assert_eq!(address(&harness), "atlas:landscape/portfolio?by=foundation");
}

#[test]
fn counting_first_stages_is_a_switch_and_part_of_the_address() {
    let mut harness = start("atlas:landscape/lifecycle");
    let all: usize = matrix(&harness).totals.iter().sum();
    harness.get_by_label("First stage").click();
    harness.run_steps(4);
    assert_eq!(address(&harness), "atlas:landscape/lifecycle?count=first");
    let matrix = matrix(&harness);
    let first: usize = matrix.totals.iter().sum();
    assert!(first < all && first + matrix.without_stage == matrix.all, "{first} of {all}");
}

#[test]
fn the_arrow_keys_walk_and_enter_opens() {
    let mut harness = start("atlas:landscape/lifecycle?by=foundation");
    let column = Stage::ALL.iter().position(|stage| *stage == Stage::Train).unwrap();
    let row = matrix(&harness).rows.iter().position(|row| row.title == "CNCF").unwrap();
    // The first press shows where one is: at the first cell.
    let downs = std::iter::repeat_n(egui::Key::ArrowDown, row + 1);
    for key in downs.chain(std::iter::repeat_n(egui::Key::ArrowRight, column)) {
        harness.key_press(key);
        harness.run_steps(2);
    }
    harness.key_press(egui::Key::Enter);
    harness.run_steps(4);
    assert_eq!(address(&harness), "atlas:landscape/table?stage=train&foundation=CNCF");
}

#[test]
fn one_tool_and_none_are_shown_too() {
    let one = "atlas:landscape/portfolio?text=kserve&foundation=CNCF&stage=serve";
    let mut harness = start(one);
    let shown = state(&harness).window(WindowId::MAIN).tools.rows.len();
    assert!(shown >= 1, "the catalog has KServe");
    assert!(harness.query_all_by_label_contains("CNCF, Serve: ").count() == 1);
    for view in ["lifecycle", "portfolio"] {
        harness = start(&format!("atlas:landscape/{view}?text=nosuchtoolatall"));
        harness.get_by_label("Clear the filter").click();
        harness.run_steps(4);
        assert_eq!(address(&harness), format!("atlas:landscape/{view}"));
    }
}

#[test]
fn many_rows_scroll_under_their_stages_and_small_windows_keep_both() {
    let mut harness = start("atlas:landscape/lifecycle");
    let rows = matrix(&harness).rows.len();
    assert!(rows >= 40, "{rows}");
    for size in [vec2(1600.0, 1000.0), vec2(1280.0, 720.0), vec2(600.0, 420.0)] {
        harness.set_size(size);
        harness.run_steps(4);
        let label = format!("{}, Frame: ", matrix(&harness).rows[0].title);
        assert!(harness.query_all_by_label_contains(&label).count() == 1, "{label} in {size}");
    }
    // Far below, where nothing was drawn before.
    for _ in 0..=rows {
        harness.key_press(egui::Key::ArrowDown);
        harness.run_steps(1);
    }
    harness.run_steps(4);
    let last = format!("{}, Frame: ", matrix(&harness).rows[rows - 1].title);
    assert!(harness.query_all_by_label_contains(&last).count() == 1, "{last}");
}

#[test]
fn addresses_of_both_views_are_read_back_and_wrong_ones_say_why() {
    for address in [
        "atlas:landscape/lifecycle?by=licence&count=first&stage=serve",
        "atlas:landscape/portfolio?gap=serve:LF%20AI%20%26%20Data&selected=mlflow",
    ] {
        assert_eq!(address.parse::<Location>().unwrap().to_string(), address);
    }
    for wrong in
        ["lifecycle?count=second", "portfolio?gap=serve", "portfolio?gap=deploy:CNCF", "portfolio?gap=serve:"]
    {
        let error = format!("atlas:landscape/{wrong}").parse::<Location>().unwrap_err().to_string();
        assert!(error.contains("is not understood"), "{error}");
    }
}

/// The files say who decides, and what the catalog reads into claims is there.
#[test]
fn the_shipped_criteria_are_sourced_and_their_readings_exist() {
    let harness = start("atlas:landscape/portfolio");
    let catalog = &state(&harness).catalog;
    let orgs: Vec<&str> = catalog.hosts().iter().map(|host| host.org.as_str()).collect();
    assert_eq!(orgs, ["LF AI & Data", "CNCF", "Apache Software Foundation", "PyTorch Foundation"]);
    for criterion in catalog.hosts().iter().flat_map(|host| &host.criteria) {
        assert!(
            criterion.source.accessed.is_some() && criterion.source.locator.is_some(),
            "{}",
            criterion.id
        );
        assert!(criterion.text.ends_with('.'), "{}", criterion.text);
    }
    assert!(catalog.get(&ToolId::new("scikit-learn").unwrap()).is_some());
    assert_eq!(mlops_atlas::catalog::check::check_foundations(catalog, "foundations.toml"), []);
}

#[test]
fn the_criteria_are_valid_against_their_schema_and_broken_ones_are_not() {
    let schema = schema::text(SchemaName::Foundations);
    let schema = jsonschema::validator_for(&serde_json::from_str(schema).unwrap()).unwrap();
    let root = std::env::var_os("CARGO_MANIFEST_DIR").map(std::path::PathBuf::from).unwrap();
    let text = std::fs::read_to_string(root.join("data/catalog/foundations.toml")).unwrap();
    let errors: Vec<String> =
        schema.iter_errors(&toml::from_str(&text).unwrap()).map(|e| e.to_string()).collect();
    assert!(errors.is_empty(), "{errors:?}");
    for broken in ["told_by = \"activity\"", "accessed = \"2026-11-30\"", "licenses = [\"Apache-2.0\"]"] {
        let value: serde_json::Value = toml::from_str(&text.replace(broken, "")).unwrap();
        assert!(!schema.is_valid(&value), "must not be valid without {broken}");
    }
}

/// What the palette offers for the words of the command that exports a table.
fn asked(harness: &mut Harness<'static, App>) -> bool {
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::K);
    harness.run_steps(4);
    harness.get_by_role_and_label(Role::TextInput, "Search everything").type_text("this table as CSV");
    harness.run_steps(4);
    harness.query_by_label("Export this table as CSV…").is_some()
}

#[test]
fn the_counts_in_sight_are_exported_as_csv_and_only_where_there_are_some() {
    for (address, file) in [
        ("atlas:landscape/lifecycle?by=foundation", "landscape-lifecycle-by-foundation.csv"),
        ("atlas:landscape/portfolio", "landscape-portfolio.csv"),
        ("atlas:landscape/coverage", "state-of-the-catalog.csv"),
        ("atlas:landscape/graph?tool=feast", "relations-feast.csv"),
        ("atlas:practice/numbers", "numbers.csv"),
    ] {
        let mut harness = start(address);
        assert!(asked(&mut harness), "{address}");
        harness.key_press(egui::Key::Enter);
        harness.run_steps(6);
        // Without a window there is no dialog: the file that would be proposed is told.
        let told: Vec<&str> =
            state(&harness).notices.iter().map(|notice| notice.problem.at.as_str()).collect();
        assert_eq!(told, [file], "{address}");
    }
    for address in ["atlas:present", "atlas:landscape/graph", "atlas:settings"] {
        assert!(!asked(&mut start(address)), "{address}");
    }
}

#[test]
fn the_command_line_writes_the_same_rows() {
    let run = |words: &[&str]| {
        let output = assert_cmd::Command::cargo_bin("mlops-atlas").unwrap().args(words).output().unwrap();
        (output.status.code(), String::from_utf8(output.stdout).unwrap())
    };
    let harness = start("atlas:landscape/lifecycle?by=foundation");
    let csv = matrix(&harness).table().csv();
    assert_eq!(run(&["tools", "matrix", "--by", "foundation", "--csv"]), (Some(0), csv));
    let harness = start("atlas:landscape/portfolio");
    assert_eq!(run(&["tools", "portfolio", "--csv"]), (Some(0), portfolio(&harness).table().csv()));
    assert_eq!(run(&["tools", "portfolio", "--csv", "--json"]).0, Some(2));
}
