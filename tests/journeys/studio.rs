//! Journeys with drawings by accessible label, without a window.

use egui::vec2;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use mlops_atlas::action::{Action, DocumentAction, WindowId};
use mlops_atlas::address::{Location, Origin, Place};
use mlops_atlas::app::{App, Start};
use mlops_atlas::architecture::{Architecture, Edit, Flow, Node, NodeId, Point, place, route};
use mlops_atlas::state::Drawing;
use mlops_atlas::store::architecture_files;
use mlops_atlas::store::atlas_db::Profile;

use crate::headless;

type Atlas = Harness<'static, App>;

fn start(profile: Profile, location: Location) -> Atlas {
    let mut harness = headless::open(Start { profile, locations: vec![location], ..Start::default() });
    settle(&mut harness);
    harness
}

/// Frames until no job is waited for; a job that never ends fails the journey instead of hanging it.
fn settle(harness: &mut Atlas) {
    for _ in 0..100_000 {
        harness.run_steps(4);
        if !harness.state().is_loading() {
            return;
        }
    }
    panic!("still loading: {}", harness.state().state().location(WindowId::MAIN));
}

fn drawing(harness: &Atlas) -> Drawing<'_> {
    harness.state().state().focused_drawing(WindowId::MAIN).unwrap().1
}

fn steps(harness: &Atlas) -> usize {
    drawing(harness).document.history.labels().count()
}

fn place_of(harness: &Atlas, node: &str) -> Point {
    drawing(harness).placement.positions[&NodeId::from(node)]
}

fn push(harness: &mut Atlas, action: DocumentAction) {
    let (id, _) = harness.state().state().focused_drawing(WindowId::MAIN).unwrap();
    harness.state_mut().push(Action::Document(id, action));
    settle(harness);
}

/// Drags a node by its label, in several small movements as a hand does.
fn drag(harness: &mut Atlas, label: &str, by: egui::Vec2) {
    let from = harness.get_by_label(label).rect().center();
    harness.drag_at(from);
    harness.run_steps(1);
    for part in 1..=8_u8 {
        harness.hover_at(from + by * (f32::from(part) / 8.0));
        harness.run_steps(1);
    }
    harness.drop_at(from + by);
    settle(harness);
}

fn notice_ids(harness: &Atlas) -> Vec<u64> {
    harness.state().state().notices.iter().map(|notice| notice.id).collect()
}

#[test]
fn from_a_template_over_moves_and_undo_to_a_file_that_opens_equal() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ours.architecture.json");
    let mut harness = start(Profile::empty(), Location::start_of(Place::Studio));
    let template = harness.state().state().templates.iter().find(|template| template.id == "edge").unwrap();
    let (card, node) = (
        format!("Template {}", template.architecture.title),
        template.architecture.nodes.values().find(|node| node.stage == "train").unwrap().clone(),
    );
    harness.get_by_label(&card).click();
    settle(&mut harness);
    assert_eq!(drawing(&harness).document.origin, Origin::Template("edge".to_owned()));
    assert_eq!(harness.query_all_by_label("· not saved").count(), 0);

    let before = place_of(&harness, node.id.as_str());
    let others = |harness: &Atlas| {
        let mut places = drawing(harness).placement.positions.clone();
        places.remove(&node.id);
        places
    };
    let others_before = others(&harness);
    let label = format!("{}, {}", node.label, node.stage);
    drag(&mut harness, &label, vec2(40.0, 24.0));
    let moved = place_of(&harness, node.id.as_str());
    assert!(moved.x > before.x && moved.y > before.y, "{before:?} -> {moved:?}");
    assert_eq!(others(&harness), others_before, "the others stay where they were");
    assert_eq!(steps(&harness), 1, "one drag is one step");
    assert_eq!(harness.query_all_by_label("· not saved").count(), 1);

    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::Z);
    settle(&mut harness);
    assert_eq!(place_of(&harness, node.id.as_str()), before);
    assert_eq!(steps(&harness), 0);
    assert_eq!(harness.query_all_by_label("· not saved").count(), 0);

    drag(&mut harness, &label, vec2(-60.0, 32.0));
    let moved = place_of(&harness, node.id.as_str());
    assert!(moved.x < before.x && moved.y > before.y, "{before:?} -> {moved:?}");
    // No dialog can be shown here: this is what its answer does.
    push(&mut harness, DocumentAction::SaveTo(path.clone()));
    assert_eq!(drawing(&harness).document.origin, Origin::Path(path.clone()));
    assert_eq!(harness.query_all_by_label("· not saved").count(), 0);
    let saved = drawing(&harness).architecture.clone();
    assert_eq!(saved.layout[&node.id], moved);

    let location = Location::of_origin(Origin::Path(path.clone()));
    let harness = start(Profile::empty(), location);
    assert_eq!(*drawing(&harness).architecture, saved);
    assert_eq!(place_of(&harness, node.id.as_str()), moved);
    let text = std::fs::read_to_string(&path).unwrap();
    let (read, problems) = Architecture::from_json(&text).unwrap();
    assert_eq!((read.to_json(), problems), (text, Vec::new()));
}

#[test]
fn unsaved_work_is_chosen_on_home_and_goes_on() {
    let home = tempfile::tempdir().unwrap();
    let profile = Profile::at(home.path());
    let mut harness = start(profile.clone(), Location::start_of(Place::Studio));
    harness.get_by_label("Empty drawing").click();
    settle(&mut harness);
    let title = mlops_atlas::architecture::Edit::SetTitle("Our platform".to_owned());
    push(&mut harness, DocumentAction::Edit(title.into()));
    drop(harness);

    let mut harness = start(profile, Location::Home(None));
    assert_eq!(harness.query_all_by_label_contains("Home lists them under Continue").count(), 1);
    for id in notice_ids(&harness) {
        harness.state_mut().push(Action::Dismiss(id));
    }
    settle(&mut harness);
    harness.get_by_label("Our platform").click();
    settle(&mut harness);
    assert_eq!(drawing(&harness).document.title(), "Our platform");
    assert_eq!(harness.query_all_by_label("· not saved").count(), 1);
    assert_eq!(harness.query_all_by_label_contains("Unsaved changes were brought back").count(), 1);
}

#[test]
fn a_drawing_of_another_window_shows_that_it_is_read_only() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("ours.architecture.json");
    architecture_files::save(&path, &architecture_files::template("edge").unwrap()).unwrap();
    let location = Location::of_origin(Origin::Path(path));
    let first = start(Profile::at(home.path()), location.clone());
    let mut second = start(Profile::at(home.path()), location);
    let chip = "Read-only: open in another MLOps Atlas";
    assert_eq!(first.query_all_by_label(chip).count(), 0);
    assert_eq!(second.query_all_by_label(chip).count(), 1);
    let path = home.path().join("copy.architecture.json");
    push(&mut second, DocumentAction::SaveTo(path));
    assert_eq!(second.query_all_by_label(chip).count(), 0);
}

fn key(harness: &mut Atlas, modifiers: egui::Modifiers, key: egui::Key) {
    harness.key_press_modifiers(modifiers, key);
    settle(harness);
}

fn label_of(harness: &Atlas, stage: &str) -> (NodeId, String) {
    let node = drawing(harness).architecture.nodes.values().find(|node| node.stage == stage).unwrap();
    (node.id.clone(), format!("{}, {}", node.label, node.stage))
}

#[test]
fn tidying_is_one_step_for_all_or_for_the_selection_alone() {
    let location = Location::of_origin(Origin::Template("edge".to_owned()));
    let mut harness = start(Profile::empty(), location);
    let as_placed = drawing(&harness).placement.positions.clone();
    let ((first, one), (second, two)) = (label_of(&harness, "train"), label_of(&harness, "data"));
    drag(&mut harness, &one, vec2(30.0, 160.0));
    drag(&mut harness, &two, vec2(-20.0, 170.0));
    let by_hand = drawing(&harness).placement.positions.clone();
    assert!(by_hand[&first] != as_placed[&first] && by_hand[&second] != as_placed[&second]);

    // The second one is still selected from being dragged.
    key(&mut harness, egui::Modifiers::NONE, egui::Key::T);
    assert_eq!(steps(&harness), 3);
    let mut tidied = drawing(&harness).placement.positions.clone();
    assert_ne!(tidied[&second], by_hand[&second]);
    tidied.insert(second.clone(), by_hand[&second]);
    assert_eq!(tidied, by_hand, "nothing else moves");
    key(&mut harness, egui::Modifiers::COMMAND, egui::Key::Z);
    assert_eq!(drawing(&harness).placement.positions, by_hand);

    key(&mut harness, egui::Modifiers::SHIFT, egui::Key::T);
    assert_eq!(steps(&harness), 3);
    assert_eq!(drawing(&harness).placement.positions, as_placed);
    key(&mut harness, egui::Modifiers::COMMAND, egui::Key::Z);
    assert_eq!(drawing(&harness).placement.positions, by_hand);
}

#[test]
fn a_large_drawing_is_drawn_as_routing_it_whole_would_draw_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("large.architecture.json");
    let mut large = Architecture::default();
    for at in 0..600 {
        let id = NodeId(format!("n{at:03}"));
        let stage = ["sources", "data", "train"][at / 200].to_owned();
        large.nodes.insert(id.clone(), Node { id, stage, label: format!("Node {at}"), ..Node::default() });
    }
    for at in 0..500 {
        let [from, to] = [at, at + 97].map(|at| NodeId(format!("n{at:03}")));
        large.flows.push(Flow { from, to, artifact: "events".to_owned(), ..Flow::default() });
    }
    architecture_files::save(&path, &large).unwrap();
    let mut harness = start(Profile::empty(), Location::of_origin(Origin::Path(path)));
    let (placement, routes) = (place(&large), route(&large, &place(&large)));
    assert_eq!(**drawing(&harness).placement, placement);
    assert_eq!(drawing(&harness).routes, routes);
    let positions = [(NodeId::from("n300"), Some(Point::new(40, 40)))].into();
    push(&mut harness, DocumentAction::Edit(Edit::Move { positions }.into()));
    let now = drawing(&harness);
    assert_eq!(**now.placement, place(now.architecture));
    assert_eq!(now.routes, route(now.architecture, now.placement));
}
