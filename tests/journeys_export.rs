//! Journeys by accessible label: a drawing leaves as a text, by the sheet, the strip of tools and the palette.

#![expect(clippy::unwrap_used, reason = "a journey that cannot start has failed")]

mod headless;

use std::path::PathBuf;

use egui::accesskit::Role;
use egui::{Key, Modifiers, OutputCommand};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use mlops_atlas::address::{Location, Origin};
use mlops_atlas::app::{App, Start};
use mlops_atlas::architecture::export::Format;
use mlops_atlas::store::atlas_db::Profile;

type Atlas = Harness<'static, App>;

fn start(location: Location) -> Atlas {
    let today = Some("2026-11-30".parse().unwrap());
    let profile = Profile::empty();
    let mut harness = headless::open(Start { profile, today, locations: vec![location], ..Start::default() });
    for _ in 0..10_000 {
        harness.run_steps(4);
        if !harness.state().is_loading() {
            return harness;
        }
    }
    panic!("still loading");
}

fn template() -> Location {
    Location::drawing(Origin::Template("rag-ops".to_owned()))
}

fn torture() -> Location {
    let file =
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/drawings/torture.architecture.json");
    Location::drawing(Origin::Path(file))
}

/// What was told, and of which file.
fn told(harness: &Atlas) -> Vec<(String, String)> {
    let notices = harness.state().state().notices.iter();
    notices.map(|notice| (notice.problem.message.clone(), notice.problem.at.clone())).collect()
}

fn press(harness: &mut Atlas, label: &str) {
    harness.get_by_label(label).click_accesskit();
    harness.run_steps(4);
}

/// What is on the clipboard after one more step.
fn copied(harness: &mut Atlas) -> Option<String> {
    harness.run_steps(1);
    let commands = &harness.output().platform_output.commands;
    commands.iter().find_map(|command| match command {
        OutputCommand::CopyText(text) => Some(text.clone()),
        _ => None,
    })
}

#[test]
fn every_format_is_on_the_sheet_and_has_a_file_name_of_its_own() {
    let mut harness = start(template());
    for (format, file) in [
        (Format::Mermaid, "retrieval-augmented-generation-with-operations-loop.mmd"),
        (Format::MermaidSwimlane, "retrieval-augmented-generation-with-operations-loop.mmd"),
        (Format::D2, "retrieval-augmented-generation-with-operations-loop.d2"),
        (Format::Drawio, "retrieval-augmented-generation-with-operations-loop.drawio"),
        (Format::Structurizr, "retrieval-augmented-generation-with-operations-loop.dsl"),
        (Format::Markdown, "retrieval-augmented-generation-with-operations-loop.md"),
        (Format::Adr, "0001-retrieval-augmented-generation-with-operations-loop.md"),
        (Format::Csv, "retrieval-augmented-generation-with-operations-loop.csv"),
    ] {
        press(&mut harness, "Export drawing…  Ctrl+E");
        harness.get_by_role_and_label(Role::Heading, "For documents");
        press(&mut harness, format.title());
        assert!(harness.query_by_label("For documents").is_none(), "the sheet is gone");
        // Without a window there is no dialog: the file that would be proposed is told.
        let (message, at) = told(&harness).pop().unwrap();
        assert!(message.starts_with("Nothing was saved"), "{message}");
        assert!(at.ends_with(file), "{at}");
    }
}

#[test]
fn the_sheet_is_used_by_keyboard_alone() {
    let mut harness = start(template());
    harness.key_press_modifiers(Modifiers::COMMAND, Key::E);
    harness.run_steps(4);
    assert!(harness.get_by_label("PNG, SVG or PDF").is_focused());
    harness.key_press(Key::Tab);
    harness.run_steps(2);
    assert!(harness.get_by_label("Mermaid flowchart").is_focused());
    harness.key_press(Key::Enter);
    harness.run_steps(4);
    assert!(told(&harness).pop().unwrap().1.ends_with("loop.mmd"));
    harness.key_press_modifiers(Modifiers::COMMAND, Key::E);
    harness.run_steps(4);
    harness.key_press(Key::Escape);
    harness.run_steps(4);
    assert!(harness.query_by_label("For documents").is_none());
}

#[test]
fn a_drawing_is_copied_as_mermaid_and_what_is_left_out_is_told() {
    let mut harness = start(torture());
    harness.key_press_modifiers(Modifiers::COMMAND, Key::K);
    harness.run_steps(3);
    harness.get_by_role_and_label(Role::TextInput, "Search everything").type_text("Copy as Mermaid");
    harness.run_steps(3);
    harness.get_by_role_and_label(Role::ListBoxOption, "Copy as Mermaid").click_accesskit();
    let text = (0..4).find_map(|_| copied(&mut harness)).unwrap();
    assert!(text.starts_with("---\ntitle: ") && text.contains("\nflowchart LR\n"), "{text}");
    let told: Vec<String> = told(&harness).into_iter().map(|(message, _)| message).collect();
    for sentence in [
        "2 flows were left out, since an end does not exist.",
        "17 boxes and 19 flows are on the clipboard as Mermaid.",
    ] {
        assert!(told.iter().any(|one| one == sentence), "{told:?}");
    }
}

#[test]
fn there_is_nothing_to_export_where_no_drawing_is_shown() {
    let mut harness = start("atlas:home".parse().unwrap());
    harness.key_press_modifiers(Modifiers::COMMAND, Key::E);
    harness.run_steps(4);
    assert!(harness.query_by_label("For documents").is_none());
    harness.key_press_modifiers(Modifiers::COMMAND, Key::K);
    harness.run_steps(3);
    harness.get_by_role_and_label(Role::TextInput, "Search everything").type_text("Export drawing");
    harness.run_steps(3);
    assert!(harness.query_by_role_and_label(Role::ListBoxOption, "Export drawing…").is_none());
}
