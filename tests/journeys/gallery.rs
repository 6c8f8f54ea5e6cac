//! Journeys by accessible label: finding a drawing in the gallery, starting from it, and holding one's own against it.

mod held;

use std::fs;
use std::path::{Path, PathBuf};

use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use mlops_atlas::action::{Action, DocumentAction, WindowAction, WindowId};
use mlops_atlas::address::{DrawingLocation, DrawingPanel, Location, Origin};
use mlops_atlas::app::Start;
use mlops_atlas::architecture::{Architecture, Edit, NodeId};
use mlops_atlas::state::{Compared, Reference};
use mlops_atlas::store::architecture_files;
use mlops_atlas::store::atlas_db::Profile;
use mlops_atlas::store::locks;

use crate::headless;
use crate::headless::drawings::{Atlas, drawing, settle};

fn start(address: &str, workspace: Option<&Path>) -> Atlas {
    let start = Start {
        profile: Profile::empty(),
        workspace: workspace.map(Path::to_owned),
        locations: vec![address.parse().unwrap()],
        ..Start::default()
    };
    let mut harness = headless::open(start);
    settle(&mut harness);
    harness
}

fn here(harness: &Atlas) -> String {
    harness.state().state().location(WindowId::MAIN).to_string()
}

fn go(harness: &mut Atlas, address: &str) {
    harness.state_mut().push(WindowAction::Go(address.parse().unwrap()));
    settle(harness);
}

fn shows(harness: &Atlas, label: &str) -> bool {
    harness.query_all_by_label(label).count() > 0
}

/// Brings something into sight and presses it.
fn reach(harness: &mut Atlas, label: &str) {
    harness.get_all_by_label_contains(label).next().unwrap().scroll_to_me();
    harness.run_steps(4);
    harness.get_all_by_label_contains(label).next().unwrap().click();
    settle(harness);
}

/// Types into a field.
fn write(harness: &mut Atlas, field: &str, text: &str) {
    harness.get_by_label(field).click();
    harness.run_steps(2);
    harness.get_by_label(field).type_text(text);
    settle(harness);
}

fn key(harness: &mut Atlas, modifiers: Modifiers, key: Key) {
    harness.key_press_modifiers(modifiers, key);
    settle(harness);
}

/// Titles of the drawings that are offered, by their ids or file names.
fn offered(harness: &Atlas) -> Vec<String> {
    let shown = harness.state().state().window(WindowId::MAIN).gallery.as_ref().unwrap();
    shown.rows.iter().map(|at| shown.gallery.origins[*at].name()).collect()
}

#[test]
fn from_an_empty_drawing_over_the_gallery_to_what_it_lacks_and_back() {
    let mut harness = start("atlas:studio", None);
    reach(&mut harness, "Empty drawing");
    assert!(drawing(&harness).architecture.nodes.is_empty());
    key(&mut harness, Modifiers::COMMAND, Key::Num3);
    assert!(shows(&harness, "15 drawings"));
    reach(&mut harness, "Finance: 1");
    assert_eq!(here(&harness), "atlas:studio?domain=finance");
    assert!(shows(&harness, "1 of 15 drawings") && shows(&harness, "Template Streaming fraud detection"));
    assert!(!shows(&harness, "Template Edge / embedded fleet"));

    reach(&mut harness, "Compare with my drawing: Streaming fraud detection");
    let Location::Drawing(shown) = harness.state().state().location(WindowId::MAIN).clone() else { panic!() };
    assert_eq!(shown.panel, DrawingPanel::Compare);
    assert_eq!(shown.against, Some(Origin::Template("fraud-stream".to_owned())));
    // Its boxes are of 22 kinds, each of which is missing; flows come when both of their ends are there.
    assert!(shows(&harness, "Missing here · 22"));
    reach(&mut harness, "Add: Training is missing");
    assert!(shows(&harness, "Missing here · 21"));
    reach(&mut harness, "Add: Model evaluation gate is missing");
    assert!(shows(&harness, "Missing here · 20"));
    let ids: Vec<&str> = drawing(&harness).architecture.nodes.keys().map(NodeId::as_str).collect();
    assert_eq!(ids, ["ev", "tr"]);
    let flows: Vec<String> =
        drawing(&harness).architecture.flows.iter().map(|flow| flow.key().to_string()).collect();
    assert_eq!(flows, ["tr->ev:model"], "it is wired to what it has to do with");
    assert_eq!(drawing(&harness).document.history.labels().count(), 2);
    // What was added last is selected, and lies where the layout puts it.
    let Location::Drawing(shown) = harness.state().state().location(WindowId::MAIN).clone() else { panic!() };
    assert_eq!(shown.selected, ["ev"]);
    assert_eq!(drawing(&harness).placement.positions.len(), 2);

    key(&mut harness, Modifiers::COMMAND, Key::Z);
    assert!(shows(&harness, "Missing here · 21"));
    assert_eq!(drawing(&harness).architecture.nodes.len(), 1);
    reach(&mut harness, "Add all");
    let compared = harness.state().state().window(WindowId::MAIN).compared.as_ref().unwrap();
    let Reference::Ready(held) = &compared.with else { panic!() };
    assert_eq!(held.lacks, []);
    assert!(shows(&harness, "No difference"), "of an empty drawing it becomes the template");
    assert_eq!(drawing(&harness).document.history.labels().count(), 2, "all of it is one step");
    let kinds = |drawing: &Architecture| {
        let mut kinds: Vec<String> = drawing.nodes.values().map(|node| node.kind.clone()).collect();
        kinds.sort();
        kinds.dedup();
        kinds
    };
    let template = architecture_files::template("fraud-stream").unwrap();
    assert_eq!(kinds(drawing(&harness).architecture), kinds(&template));
    key(&mut harness, Modifiers::COMMAND, Key::Z);
    assert_eq!(drawing(&harness).architecture.nodes.len(), 1);
}

#[test]
fn what_starts_from_a_template_is_ones_own_and_the_template_stays() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ours.architecture.json");
    let mut harness = start("atlas:studio?domain=industrial", None);
    reach(&mut harness, "Start from it: Edge / embedded fleet");
    assert_eq!(drawing(&harness).document.origin, Origin::Untitled(1));
    assert_eq!(drawing(&harness).document.title(), "Edge / embedded fleet (copy)");
    assert!(shows(&harness, "· not saved"), "it stands in no file");
    let template = architecture_files::template("edge").unwrap();
    let mut expected = template.clone();
    expected.title = "Edge / embedded fleet (copy)".to_owned();
    assert_eq!(*drawing(&harness).architecture, expected);

    let node = template.nodes[&NodeId::from("act")].clone();
    harness.get_by_label(&format!("{}, {}", node.label, node.stage)).click();
    settle(&mut harness);
    harness.key_press(Key::F2);
    harness.run_steps(4);
    harness.get_by_label("Name of the node").type_text(" of ours");
    harness.run_steps(4);
    key(&mut harness, Modifiers::NONE, Key::Enter);
    let renamed = drawing(&harness).architecture.nodes[&NodeId::from("act")].label.clone();
    assert!(renamed.contains(" of ours"), "{renamed}");
    let (id, _) = harness.state().state().focused_drawing(WindowId::MAIN).unwrap();
    // No dialog can be shown here: this is what its answer does.
    harness.state_mut().push(Action::Document(id, DocumentAction::SaveTo(path.clone())));
    settle(&mut harness);
    let (saved, _) = architecture_files::open(&path).unwrap();
    assert_eq!(saved.nodes[&NodeId::from("act")].label, renamed);

    go(&mut harness, "atlas:studio/drawing?file=template:edge");
    assert_eq!(*drawing(&harness).architecture, template);
    assert!(harness.state().state().drafts.documents.is_empty());
}

#[test]
fn any_drawing_is_a_template_of_ones_own() {
    let mut harness = start("atlas:studio/drawing?file=template:recsys", None);
    let by_palette = |harness: &mut Atlas| {
        key(harness, Modifiers::COMMAND, Key::K);
        harness.event(egui::Event::Text("start from this".to_owned()));
        harness.run_steps(4);
        key(harness, Modifiers::NONE, Key::Enter);
    };
    by_palette(&mut harness);
    assert_eq!(drawing(&harness).document.origin, Origin::Untitled(1));
    by_palette(&mut harness);
    assert_eq!(drawing(&harness).document.origin, Origin::Untitled(2));
    assert_eq!(drawing(&harness).document.title(), "Multi-stage recommender (copy) (copy)");
    assert_eq!(harness.state().state().documents.len(), 3, "each is there beside the others");
}

#[test]
fn a_changed_template_says_so_and_offers_the_ways_out() {
    let mut harness = start("atlas:studio/drawing?file=template:edge", None);
    assert!(!shows(&harness, "Make it my own"));
    reach(&mut harness, "Without Kubernetes");
    reach(&mut harness, "Make it my own");
    assert_eq!(drawing(&harness).document.origin, Origin::Untitled(1));
    assert!(drawing(&harness).architecture.constraints.without_kubernetes, "with its changes");
    go(&mut harness, "atlas:studio/drawing?file=template:edge");
    reach(&mut harness, "Discard");
    assert_eq!(*drawing(&harness).architecture, architecture_files::template("edge").unwrap());
    assert!(!shows(&harness, "Make it my own"));
}

/// Which of the bundled templates fit, counted in their files by hand.
#[test]
fn filters_narrow_as_their_addresses_say() {
    let mut harness = start("atlas:studio", None);
    for (query, expected) in [
        ("kind=guardrails", vec!["fraud-stream", "rag-ops", "recsys"]),
        ("kind=guardrails&kind=vector_index", vec!["rag-ops", "recsys"]),
        ("tool=flower", vec!["fed-health"]),
        ("tool=flower&tool=feast", vec![]),
        ("domain=media&domain=travel", vec!["airbnb", "metaflow"]),
        ("text=hospitals", vec!["fed-health"]),
        // The name in the catalog; boxes have its id.
        ("text=Apache%20Kafka&domain=finance", vec!["fraud-stream"]),
        ("domain=nowhere", vec![]),
    ] {
        go(&mut harness, &format!("atlas:studio?{query}"));
        assert_eq!(offered(&harness), expected, "{query}");
    }
}

#[test]
fn where_nothing_fits_the_filter_that_keeps_all_out_is_one_press_away() {
    let mut harness = start("atlas:studio?domain=finance&tool=flower", None);
    assert!(shows(&harness, "No drawing has all of this"));
    assert!(shows(&harness, "Without the domain Finance: 1 drawing"));
    reach(&mut harness, "Without the tool Flower: 1 drawing");
    assert_eq!(here(&harness), "atlas:studio?domain=finance");
    reach(&mut harness, "Remove filter domain: Finance");
    assert_eq!(here(&harness), "atlas:studio");
    // A long list is searched, and a value of it is chosen by its box.
    write(&mut harness, "Find in Tools", "flower");
    assert!(!shows(&harness, "Feast: 7"));
    reach(&mut harness, "Flower: 1");
    assert_eq!(offered(&harness), ["fed-health"]);
    reach(&mut harness, "clear all");
    assert_eq!(here(&harness), "atlas:studio");
}

/// A workspace with a drawing that was made from a template, and one that is none.
fn team() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("my team");
    fs::create_dir(&root).unwrap();
    let mut ours = architecture_files::template("edge").unwrap();
    "Our fleet".clone_into(&mut ours.title);
    let act = ours.nodes.get_mut(&NodeId::from("act")).unwrap();
    act.tools = vec!["mender".to_owned()];
    ours.nodes.remove(&NodeId::from("fb"));
    ours.flows.retain(|flow| !flow.touches(&"fb".into()));
    architecture_files::save(&root.join("ours.architecture.json"), &ours).unwrap();
    fs::write(root.join("broken.architecture.json"), "no JSON at all").unwrap();
    (folder, root)
}

#[test]
fn the_drawings_of_a_workspace_stand_beside_the_templates() {
    let (_folder, root) = team();
    let mut harness = start("atlas:studio", Some(&root));
    assert!(shows(&harness, "my team · 1") && shows(&harness, "Templates · 15"));
    assert!(shows(&harness, "16 drawings") && shows(&harness, "Drawing Our fleet"));
    assert_eq!(offered(&harness)[0], "ours.architecture.json");
    assert!(harness.state().state().documents.is_empty(), "nothing was opened for that");
    assert!(shows(&harness, "Cannot be shown · 1"));
    reach(&mut harness, "Start from it: Our fleet");
    assert_eq!(drawing(&harness).document.title(), "Our fleet (copy)");
    // Written by somebody else meanwhile: the picture is of what is there now.
    let mut changed = architecture_files::template("recsys").unwrap();
    changed.title = "Our shop".to_owned();
    architecture_files::save(&root.join("ours.architecture.json"), &changed).unwrap();
    go(&mut harness, "atlas:studio?kind=vector_index");
    harness.state_mut().push(mlops_atlas::action::WorkspaceAction::Look);
    // The look is a quiet job: what it starts is waited for.
    for _ in 0..5_000 {
        harness.run_steps(1);
        if offered(&harness).len() == 3 {
            break;
        }
    }
    settle(&mut harness);
    assert_eq!(offered(&harness), ["ours.architecture.json", "rag-ops", "recsys"]);
    reach(&mut harness, "Drawing Our shop");
    assert_eq!(drawing(&harness).document.title(), "Our shop");
}

#[test]
fn a_card_that_the_keyboard_comes_to_says_when_to_take_it_and_opens() {
    let mut harness = start("atlas:studio?domain=industrial", None);
    assert!(!shows(&harness, "Take it when"));
    harness.get_by_label("Template Edge / embedded fleet").focus();
    harness.run_steps(4);
    assert!(shows(&harness, "Take it when") && shows(&harness, "Rather not when"));
    let template = architecture_files::template("edge").unwrap();
    let reported = template.nodes.values().filter(|node| node.is_reported()).count()
        + template.flows.iter().filter(|flow| flow.is_reported()).count();
    let share = 100.0 * reported as f64 / (template.nodes.len() + template.flows.len()) as f64;
    assert!(shows(&harness, &format!("{share:.0} % of boxes and flows are reported by its sources")));
    key(&mut harness, Modifiers::NONE, Key::Enter);
    assert_eq!(here(&harness), "atlas:studio/drawing?file=template:edge");
}

#[test]
fn of_a_thousand_drawings_those_in_sight_are_made_and_the_keyboard_comes_to_all() {
    let folder = tempfile::tempdir().unwrap();
    for at in 1..=1_000 {
        let path = folder.path().join(format!("d{at:04}.architecture.json"));
        let drawing = Architecture { title: format!("Of many {at}"), ..Architecture::default() };
        architecture_files::save(&path, &drawing).unwrap();
    }
    let mut harness = start("atlas:studio", Some(folder.path()));
    assert_eq!(offered(&harness).len(), 1_015);
    let cards = |harness: &Atlas| harness.query_all_by_label_contains("Drawing Of many").count();
    let has = |harness: &Atlas, at: usize| {
        let label = format!("Drawing Of many {at}");
        let card = harness.query_all_by_label(&label).next();
        card.map(|card| (card.accesskit_node().is_focused(), card.rect()))
    };
    // Cards of 312 points in 1,000, four in a line.
    assert!((4..=20).contains(&cards(&harness)), "{} cards", cards(&harness));
    harness.get_by_label("Drawing Of many 1").focus();
    harness.run_steps(4);
    // The last of all is a template; the 900th is 115 before it, 28 lines of four and three more.
    key(&mut harness, Modifiers::NONE, Key::End);
    assert!(has(&harness, 1).is_none() && cards(&harness) <= 20);
    for _ in 0..28 {
        key(&mut harness, Modifiers::NONE, Key::ArrowUp);
    }
    for _ in 0..3 {
        key(&mut harness, Modifiers::NONE, Key::ArrowLeft);
    }
    let (has_keyboard, rect) = has(&harness, 900).unwrap();
    assert!(has_keyboard && rect.top() > 0.0 && rect.bottom() < 1_000.0, "{has_keyboard} {rect:?}");
    // Tab goes over what can be pressed on a card to the next one, in lines that were not made before as well.
    for at in 900..908 {
        assert!(has(&harness, at).unwrap().0, "{at}");
        key(&mut harness, Modifiers::NONE, Key::Tab);
        key(&mut harness, Modifiers::NONE, Key::Tab);
    }
    for at in (900..908).rev() {
        key(&mut harness, Modifiers::SHIFT, Key::Tab);
        key(&mut harness, Modifiers::SHIFT, Key::Tab);
        assert!(has(&harness, at).unwrap().0, "back at {at}");
    }
    // Scrolled away from, it keeps the keyboard.
    let (_, rect) = has(&harness, 900).unwrap();
    harness.hover_at(rect.center());
    harness.event(egui::Event::MouseWheel {
        unit: egui::MouseWheelUnit::Point,
        delta: egui::vec2(0.0, -6_000.0),
        phase: egui::TouchPhase::Move,
        source: egui::MouseWheelSource::Unknown,
        modifiers: Modifiers::NONE,
    });
    settle(&mut harness);
    let (has_keyboard, rect) = has(&harness, 900).unwrap();
    assert!(has_keyboard && rect.bottom() < 0.0, "{has_keyboard} {rect:?}");
    key(&mut harness, Modifiers::NONE, Key::Enter);
    assert!(here(&harness).ends_with("d0900.architecture.json"), "{}", here(&harness));
}
