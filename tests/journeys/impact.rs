//! Journeys by accessible label: what an artifact or another tool changes, told step by step, and what the sources of a
//! drawing report of it.

use std::collections::BTreeSet;

use egui::Key;
use egui_kittest::kittest::Queryable as _;
use mlops_atlas::action::{Action, PresentAction, WindowAction, WindowId};
use mlops_atlas::address::{DrawingLocation, Location, Origin, Place, ToolSwap};
use mlops_atlas::app::Start;
use mlops_atlas::architecture::{Judged, NodeId};
use mlops_atlas::state::WhatIf;
use mlops_atlas::store::atlas_db::Profile;

use crate::headless;
use crate::headless::drawings::{Atlas, drawing, settle};

fn start(location: Location) -> Atlas {
    let mut harness =
        headless::open(Start { profile: Profile::empty(), locations: vec![location], ..Start::default() });
    settle(&mut harness);
    harness
}

fn template(id: &str) -> Location {
    Location::drawing(Origin::Template(id.to_owned()))
}

fn here(harness: &Atlas) -> &DrawingLocation {
    let Location::Drawing(here) = harness.state().state().location(WindowId::MAIN) else { panic!() };
    here
}

fn asked(harness: &Atlas) -> &WhatIf {
    harness.state().state().window(WindowId::MAIN).what_if().unwrap()
}

fn press(harness: &mut Atlas, label: &str) {
    harness.get_by_label(label).click();
    harness.run_steps(4);
}

fn key(harness: &mut Atlas, key: Key) {
    harness.key_press(key);
    harness.run_steps(4);
}

fn shows(harness: &Atlas, label: &str) -> bool {
    harness.query_all_by_label_contains(label).count() > 0
}

fn told(harness: &Atlas) -> Vec<&str> {
    harness.state().state().notices.iter().map(|notice| notice.problem.message.as_str()).collect()
}

#[test]
fn an_artifact_is_chosen_and_whoever_accepts_it_is_marked() {
    let mut harness = start(template("oss-classic"));
    press(&mut harness, "Impact");
    assert!(shows(&harness, "What if something changes?"), "nothing is chosen yet");
    press(&mut harness, "An artifact");
    // The artifact of most flows is taken at once; another one is two presses away.
    let first = here(&harness).artifact.clone().unwrap();
    let flows =
        |word: &str| drawing(&harness).architecture.flows.iter().filter(|flow| flow.artifact == word).count();
    let most = drawing(&harness).architecture.flows.iter().map(|flow| flows(&flow.artifact)).max();
    assert_eq!(Some(flows(&first)), most);
    press(&mut harness, &format!("Artifact: {}", first.replace('_', " ")));
    press(&mut harness, "features");
    assert_eq!(here(&harness).artifact.as_deref(), Some("features"));
    assert!(shows(&harness, "If “features” changes…"));
    let architecture = drawing(&harness).architecture;
    let accepting: BTreeSet<NodeId> = architecture
        .flows
        .iter()
        .filter(|flow| flow.artifact == "features")
        .map(|flow| flow.to.clone())
        .collect();
    let marked: BTreeSet<NodeId> = asked(&harness).impact.rings[&1].iter().cloned().collect();
    assert!(!accepting.is_empty());
    assert_eq!(marked, accepting);
    for node in accepting.iter().map(|id| &architecture.nodes[id]) {
        harness.get_by_label(&format!("{}, {}, changes after 1 flow", node.title(), node.stage));
    }
    press(&mut harness, "CSV");
    let proposed: Vec<&str> =
        harness.state().state().notices.iter().map(|notice| notice.problem.at.as_str()).collect();
    assert_eq!(proposed, ["mlflow-airflow-feast-kserve-seldon-impact-of-features.csv"]);
}

#[test]
fn a_tool_is_swapped_for_one_that_fits_or_for_any_other() {
    let mut harness = start(template("oss-classic"));
    press(&mut harness, "Impact");
    press(&mut harness, "A tool swap");
    let first = here(&harness).swap.clone().unwrap();
    assert_eq!(first.to, "", "what comes in its place is for the person to say");
    let name = |harness: &Atlas, id: &str| {
        let catalog = &harness.state().state().catalog;
        let tool = mlops_atlas::catalog::ToolId::new(id).unwrap();
        catalog.get(&tool).unwrap().name.clone()
    };
    let shown = name(&harness, &first.from);
    press(&mut harness, &format!("Replace: {shown}"));
    press(&mut harness, "Feast");
    let naming = |harness: &Atlas| {
        let nodes = drawing(harness).architecture.nodes.values();
        nodes.filter(|node| node.tools.iter().any(|tool| tool == "feast")).count()
    };
    assert!(shows(&harness, "If Feast is replaced…"));
    assert_eq!(asked(&harness).impact.changed.len(), naming(&harness));
    assert!(asked(&harness).swap.is_none(), "nothing to compare with yet");
    harness.get_by_label("Find a tool to put in its place").click();
    harness.run_steps(2);
    harness.get_by_label("Find a tool to put in its place").type_text("hopsw");
    harness.run_steps(4);
    press(&mut harness, "Hopsworks");
    let swap = ToolSwap { from: "feast".to_owned(), to: "hopsworks".to_owned() };
    assert_eq!(here(&harness).swap, Some(swap));
    assert!(shows(&harness, "If Feast is replaced by Hopsworks…"));
    assert!(shows(&harness, "What is known of the two tools"));
    // The licences of both were read: Apache-2.0 and AGPL-3.0.
    let licence = &asked(&harness).swap.as_ref().unwrap().facts[0];
    assert!(licence.from.text().contains("Apache-2.0"), "{licence:?}");
    assert!(licence.to.text().contains("AGPL-3.0"), "{licence:?}");
    press(&mut harness, "Choose another tool than Hopsworks");
    assert_eq!(here(&harness).swap.clone().unwrap().to, "");
    // A card that is pressed asks about the node again.
    let node = drawing(&harness).architecture.nodes.values().next().unwrap();
    let title = format!("{}, {}", node.title(), node.stage);
    harness.get_by_label_contains(&title).click();
    harness.run_steps(4);
    assert_eq!((here(&harness).swap.clone(), here(&harness).selected.len()), (None, 1));
}

#[test]
fn the_answer_is_kept_while_the_question_is_the_same() {
    let mut harness = start(template("oss-classic"));
    press(&mut harness, "Impact");
    press(&mut harness, "An artifact");
    let place = |harness: &Atlas| asked(harness).clause.as_ptr();
    let before = place(&harness);
    press(&mut harness, "Step through");
    press(&mut harness, "Next step");
    assert_eq!(here(&harness).ring, Some(1));
    assert_eq!(place(&harness), before, "a step is no other question");
    press(&mut harness, "Show all");
    assert_eq!((here(&harness).ring, place(&harness)), (None, before));
}

#[test]
fn a_clicker_steps_through_the_rings_and_then_goes_on() {
    let swap = DrawingLocation {
        panel: mlops_atlas::address::DrawingPanel::Impact,
        swap: Some(ToolSwap { from: "feast".to_owned(), to: String::new() }),
        ring: Some(0),
        ..DrawingLocation::of(Origin::Template("oss-classic".to_owned()))
    };
    let stepped = Location::Drawing(swap.clone());
    let (plain, last) =
        (Location::Drawing(DrawingLocation { ring: None, ..swap }), Location::start_of(Place::Present));
    let mut harness = start(Location::Home(None));
    for view in [&plain, &stepped, &last] {
        harness.state_mut().push(WindowAction::Go(view.clone()));
        harness.state_mut().push(WindowAction::Present(PresentAction::Bookmark));
    }
    harness.state_mut().push(Action::from(WindowAction::Go(plain.clone())));
    settle(&mut harness);
    assert_eq!(harness.state().state().bookmarks.len(), 3);
    key(&mut harness, Key::F5);
    assert!(!shows(&harness, "Ring "), "all is shown at once");
    key(&mut harness, Key::PageDown);
    assert_eq!(*harness.state().state().location(WindowId::MAIN), stepped, "a view without steps goes on");
    let rings = asked(&harness).impact.rings.len();
    assert!(rings >= 2);
    for ring in 0..=rings {
        let place = format!("If Feast is replaced · Ring {ring} of {rings}");
        assert!(shows(&harness, &place), "{place}");
        key(&mut harness, Key::PageDown);
    }
    assert!(shows(&harness, "If Feast is replaced · In the end"));
    let back = asked(&harness).impact.via_feedback.clone();
    assert!(!back.is_empty() && shows(&harness, "And back by feedback: "));
    key(&mut harness, Key::PageUp);
    assert_eq!(here(&harness).ring, Some(rings));
    // What comes later is not given away.
    let later = &drawing(&harness).architecture.nodes[&back[0]];
    harness.get_by_label(&format!("{}, {}, not reached yet", later.title(), later.stage));
    key(&mut harness, Key::PageDown);
    key(&mut harness, Key::PageDown);
    assert_eq!(
        *harness.state().state().location(WindowId::MAIN),
        last,
        "after the last step the next bookmark"
    );
    key(&mut harness, Key::PageUp);
    assert_eq!(here(&harness).ring, Some(0));
    key(&mut harness, Key::PageUp);
    assert_eq!(
        *harness.state().state().location(WindowId::MAIN),
        plain,
        "before the first step the one before"
    );
}

#[test]
fn as_reported_everything_is_said_of_the_reported_part_and_nothing_is_changed() {
    let mut harness = start(template("google-l1"));
    let whole = drawing(&harness).architecture.clone();
    let part = whole.as_reported();
    let (of_whole, of_part) = (Judged::of(&whole).findings.len(), Judged::of(&part).findings.len());
    assert_ne!(of_whole, of_part);
    harness.get_by_label(&format!("Findings {of_whole}"));
    press(&mut harness, "As reported");
    harness.get_by_label(&format!("Findings {of_part}"));
    assert!(shows(&harness, &format!("as reported · {} nodes", part.nodes.len())), "the status bar, too");
    assert_eq!(drawing(&harness).placement.positions.len(), part.nodes.len());
    // Neither keys nor the palette change what is not all there.
    let node = part.nodes.values().next().unwrap();
    let label = format!("{}, {}", node.title(), node.stage);
    harness.get_by_label_contains(&label).click();
    harness.run_steps(4);
    for refused in [Key::Delete, Key::F2] {
        key(&mut harness, refused);
        assert!(told(&harness).iter().any(|text| text.starts_with("This is what the sources report.")));
        let ids: Vec<u64> = harness.state().state().notices.iter().map(|notice| notice.id).collect();
        for id in ids {
            harness.state_mut().push(Action::Dismiss(id));
        }
        harness.run_steps(4);
    }
    assert!(harness.query_by_label("Name of the node").is_none());
    let at = harness.get_by_label_contains(&label).rect().center();
    harness.drag_at(at);
    harness.run_steps(2);
    harness.hover_at(at + egui::vec2(60.0, 40.0));
    harness.run_steps(2);
    harness.drop_at(at + egui::vec2(60.0, 40.0));
    harness.run_steps(4);
    assert!(!drawing(&harness).document.is_dirty());
    // The impact is of this part, too.
    press(&mut harness, "Impact");
    assert_eq!(asked(&harness).impact.changed, std::slice::from_ref(&node.id));
    let reached = |harness: &Atlas| asked(harness).steps.of.len();
    assert!(reached(&harness) <= part.nodes.len());
    press(&mut harness, "Show the complete drawing");
    assert!(!drawing(&harness).is_reported);
    assert_eq!(*drawing(&harness).architecture, whole);
    harness.get_by_label(&format!("Findings {of_whole}"));
}

#[test]
fn the_level_of_the_reported_part_stands_beside_that_of_the_whole() {
    let mut harness = start(template("oss-classic"));
    press(&mut harness, "Maturity");
    harness.get_by_label("Google: 2 of 2");
    let part = Judged::of(&drawing(&harness).architecture.as_reported()).maturity;
    assert!(part.google < 2, "what was added makes the level");
    let google = format!("As reported: level {}", part.google);
    assert!(harness.query_all_by_label(&google).count() > 0, "{google}");
    // An error beside the highest level is said.
    let trainings = drawing(&harness).architecture.nodes.values();
    assert!(trainings.count() > 0);
    let (id, document) = harness.state().state().focused_document(WindowId::MAIN).unwrap();
    assert!(document.drawing().unwrap().judged.counts()[0] == 0 && !shows(&harness, "errors open"));
    let flow = mlops_atlas::architecture::Flow {
        from: drawing(&harness).architecture.nodes.keys().next().unwrap().clone(),
        to: drawing(&harness).architecture.nodes.keys().next().unwrap().clone(),
        artifact: "approval".to_owned(),
        ..Default::default()
    };
    let edit = mlops_atlas::architecture::Edit::AddFlow(flow);
    harness.state_mut().push(Action::Document(id, mlops_atlas::action::DocumentAction::Edit(edit.into())));
    settle(&mut harness);
    let errors = drawing(&harness).judged.counts()[0];
    assert_eq!(
        (drawing(&harness).judged.maturity.google, errors),
        (2, 1),
        "no box of this kind gives approvals"
    );
    assert!(
        shows(&harness, "Google: the highest level")
            && shows(&harness, "It has that level with 1 error open.")
    );
    press(&mut harness, "With 1 error open");
    assert_eq!(here(&harness).panel, mlops_atlas::address::DrawingPanel::Findings);
}
