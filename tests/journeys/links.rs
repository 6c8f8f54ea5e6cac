//! Journeys by accessible label: where boxes lead, who is in charge, and the runs of a box.

use std::path::Path;

use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use mlops_atlas::action::{Action, DocumentAction, WindowId};
use mlops_atlas::address::{Location, Origin};
use mlops_atlas::app::Start;
use mlops_atlas::architecture::{Architecture, NodeId, NodeLinks};
use mlops_atlas::state::SourceState;
use mlops_atlas::store::architecture_files;
use mlops_atlas::store::atlas_db::Profile;

use crate::headless;
use crate::headless::drawings::{Atlas, drawing, settle};

/// The box that is selected in all of them.
const BOX: &str = "registry";

/// The drawing at `origin` with one box selected.
fn start(origin: Origin, profile: Profile) -> Atlas {
    let Location::Drawing(mut here) = Location::drawing(origin) else { panic!("it is a drawing") };
    here.selected = vec![BOX.to_owned()];
    let locations = vec![Location::Drawing(here)];
    let mut harness = headless::open(Start { profile, locations, ..Start::default() });
    settle(&mut harness);
    harness
}

/// A drawing with one box of these links, in a file called `ours.architecture.json`.
fn file(folder: &Path, links: NodeLinks) -> Origin {
    let mut drawing = architecture_files::template("edge").unwrap();
    let mut node = drawing.nodes.values().next().unwrap().clone();
    node.id = BOX.into();
    "Our registry".clone_into(&mut node.label);
    *node.links = links;
    drawing.nodes.insert(BOX.into(), node);
    let path = folder.join("ours.architecture.json");
    architecture_files::save(&path, &drawing).unwrap();
    Origin::Path(path)
}

fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|&text| text.to_owned()).collect()
}

fn links(drawing: &Architecture) -> &NodeLinks {
    &drawing.nodes[&NodeId::from(BOX)].links
}

fn steps(harness: &Atlas) -> usize {
    drawing(harness).document.history.labels().count()
}

fn has(harness: &Atlas, label: &str) -> bool {
    harness.query_all_by_label(label).count() > 0
}

/// Brings something into sight and presses it.
fn press(harness: &mut Atlas, label: &str) {
    harness.get_by_label(label).scroll_to_me();
    harness.run_steps(4);
    harness.get_by_label(label).click();
    settle(harness);
}

fn key(harness: &mut Atlas, modifiers: Modifiers, key: Key) {
    harness.key_press_modifiers(modifiers, key);
    settle(harness);
}

/// Chooses what is added, and types it into the field, which has the keyboard already.
fn add(harness: &mut Atlas, what: &str, text: &str) {
    press(harness, "Add link");
    press(harness, what);
    replace(harness, what, text);
}

/// Types into the field that is open, in the place of what is there.
fn replace(harness: &mut Atlas, field: &str, text: &str) {
    assert!(harness.get_by_label(field).is_focused(), "{field} has not the keyboard");
    key(harness, Modifiers::COMMAND, Key::A);
    key(harness, Modifiers::NONE, Key::Delete);
    harness.get_by_label(field).type_text(text);
    harness.run_steps(4);
    key(harness, Modifiers::NONE, Key::Enter);
}

#[test]
fn a_box_is_given_links_that_are_undone_saved_and_lead_to_its_runs() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("our runs")).unwrap();
    let store = folder.path().join("our runs/mlflow.db");
    std::fs::copy("tests/fixtures/mlflow/mlflow3.db", &store).unwrap();
    let mut harness = start(file(folder.path(), NodeLinks::default()), Profile::empty());
    assert!(!has(&harness, "Links") && has(&harness, "Add link"), "where nothing is said, nothing is shown");
    add(&mut harness, "Owner", "  Platform team ");
    add(&mut harness, "Owner", "Data team");
    add(&mut harness, "Link", "https://example.org/registry/");
    add(&mut harness, "Repository", "https://example.org/git");
    add(&mut harness, "Run store", "our runs/mlflow.db");
    let whole = NodeLinks {
        links: texts(&["https://example.org/registry/"]),
        owners: texts(&["Platform team", "Data team"]),
        repository: Some("https://example.org/git".to_owned()),
        runs: Some("our runs/mlflow.db".to_owned()),
    };
    assert_eq!((links(drawing(&harness).architecture), steps(&harness)), (&whole, 5));
    for label in
        ["Links", "Platform team", "Open https://example.org/registry/", "Open https://example.org/git"]
    {
        assert!(has(&harness, label), "{label}");
    }
    press(&mut harness, "Add link");
    assert!(!has(&harness, "Repository") && !has(&harness, "Run store"), "there is one of each at most");
    key(&mut harness, Modifiers::NONE, Key::Escape);

    press(&mut harness, "Change the owner Platform team");
    replace(&mut harness, "Owner", "");
    assert_eq!(links(drawing(&harness).architecture).owners, ["Data team"]);
    key(&mut harness, Modifiers::COMMAND, Key::Z);
    assert_eq!(links(drawing(&harness).architecture), &whole);
    key(&mut harness, Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    assert_eq!(links(drawing(&harness).architecture).owners, ["Data team"]);
    press(&mut harness, "Change the owner Data team");
    replace(&mut harness, "Owner", "Platform team");

    assert_eq!(harness.query_all_by_label("· not saved").count(), 1);
    key(&mut harness, Modifiers::COMMAND, Key::S);
    assert_eq!(harness.query_all_by_label("· not saved").count(), 0);
    let text = std::fs::read_to_string(folder.path().join("ours.architecture.json")).unwrap();
    let (saved, problems) = Architecture::from_json(&text).unwrap();
    assert_eq!(
        (links(&saved), problems),
        (&NodeLinks { owners: texts(&["Platform team"]), ..whole }, vec![])
    );

    press(&mut harness, "Show the runs of our runs/mlflow.db");
    let state = harness.state().state();
    assert_eq!(state.location(WindowId::MAIN), &Location::store(Origin::Path(store.clone())));
    let (_, source) = state.source_of(&Origin::Path(store)).unwrap();
    assert_eq!(source.state, SourceState::Ready);
    assert!(source.runs.is_some());
}

#[test]
fn what_is_no_page_of_the_web_has_no_press_and_says_why() {
    let folder = tempfile::tempdir().unwrap();
    let odd = NodeLinks {
        links: texts(&["javascript:alert(1)", "https://example.org@example.com/", "https://example.org"]),
        owners: texts(&["<b>\"A\"</b>\nteam"]),
        repository: Some("git@example.org:ours.git".to_owned()),
        runs: Some("template:edge".to_owned()),
    };
    let mut harness = start(file(folder.path(), odd.clone()), Profile::empty());
    let opened: Vec<String> = harness
        .query_all_by_label_contains("Open ")
        .filter_map(|node| node.accesskit_node().label())
        .filter(|label| label.contains("example") || label.contains("javascript") || label.contains("git@"))
        .collect();
    assert_eq!(opened, ["Open https://example.org"]);
    let not_opened = "Not opened: only http and https addresses are opened.";
    assert_eq!(harness.query_all_by_label(not_opened).count(), 2, "the link and the repository");
    assert_eq!(harness.query_all_by_label_contains("leads to example.com").count(), 1);
    assert!(has(&harness, "Not opened: this is no store of runs."));
    assert_eq!(harness.query_all_by_label_contains("Show the runs").count(), 0);
    for label in ["javascript:alert(1)", "git@example.org:ours.git", "<b>\"A\"</b>\\nteam"] {
        assert!(has(&harness, label), "{label}");
    }
    // Leaving a field changes nothing, and nothing is rewritten by looking at it.
    press(&mut harness, "Change the repository git@example.org:ours.git");
    harness.get_by_label("Repository").type_text("x");
    harness.run_steps(4);
    key(&mut harness, Modifiers::NONE, Key::Escape);
    assert!(!has(&harness, "Repository"));
    press(&mut harness, "Change the owner <b>\"A\"</b>\\nteam");
    key(&mut harness, Modifiers::NONE, Key::Enter);
    assert_eq!((links(drawing(&harness).architecture), steps(&harness)), (&odd, 0));
}

#[test]
fn a_path_needs_a_file_to_start_at_and_what_is_fixed_is_only_read() {
    let home = tempfile::tempdir().unwrap();
    let runs = |path: &str| NodeLinks { runs: Some(path.to_owned()), ..NodeLinks::default() };
    let origin = file(home.path(), runs("mlruns"));
    let mut first = start(origin.clone(), Profile::at(home.path()));
    let second = start(origin, Profile::at(home.path()));
    assert!(has(&first, "Change the run store mlruns") && has(&first, "Add link"));
    assert!(has(&second, "Show the runs of mlruns"));
    assert!(!has(&second, "Change the run store mlruns") && !has(&second, "Add link"));

    let content = drawing(&first).document.content.clone();
    first
        .state_mut()
        .push(Action::Window(WindowId::MAIN, mlops_atlas::action::WindowAction::NewFrom(content)));
    settle(&mut first);
    let Location::Drawing(mut here) = first.state().state().location(WindowId::MAIN).clone() else {
        panic!()
    };
    here.selected = vec![BOX.to_owned()];
    let there = mlops_atlas::action::WindowAction::Narrow(Location::Drawing(here));
    first.state_mut().push(Action::Window(WindowId::MAIN, there));
    settle(&mut first);
    assert!(matches!(drawing(&first).document.origin, Origin::Untitled(_)));
    assert_eq!(first.query_all_by_label_contains("Show the runs of").count(), 0);
    assert_eq!(first.query_all_by_label_contains("Save the drawing to show the runs").count(), 1);
    // Its first file gives it a folder.
    let path = home.path().join("new.architecture.json");
    let (id, _) = first.state().state().focused_drawing(WindowId::MAIN).unwrap();
    first.state_mut().push(Action::Document(id, DocumentAction::SaveTo(path)));
    settle(&mut first);
    assert!(has(&first, "Show the runs of mlruns"));
}

#[test]
fn a_press_elsewhere_keeps_what_was_typed() {
    let mut harness = start(Origin::Template("edge".to_owned()), Profile::empty());
    let (id, label) = {
        let node = drawing(&harness).architecture.nodes.values().next().unwrap();
        (node.id.clone(), format!("{}, {}", node.label, node.stage))
    };
    press(&mut harness, &label);
    assert!(!has(&harness, "Links") && has(&harness, "Add link"));
    press(&mut harness, "Add link");
    press(&mut harness, "Owner");
    harness.get_by_label("Owner").type_text("Edge team");
    harness.run_steps(4);
    let other = drawing(&harness).architecture.nodes.values().nth(1).unwrap();
    let other = format!("{}, {}", other.label, other.stage);
    press(&mut harness, &other);
    assert_eq!(drawing(&harness).architecture.nodes[&id].links.owners, ["Edge team"]);
    assert!(!has(&harness, "Edge team"), "it is the other box's turn");
}
