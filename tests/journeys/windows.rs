//! Journeys through several windows by accessible label. Without a screen they lie inside the first one, or are drawn
//! by a stand-in for the desktop.

mod desktop;

use egui::accesskit::Role;
use egui::{Key, Modifiers, Rect, pos2, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use egui_kittest::{Harness, Node};
use mlops_atlas::action::{Action, Ask, Extent, PresentAction, WindowAction, WindowId};
use mlops_atlas::address::{Location, Origin, Place};
use mlops_atlas::app::{App, Start};
use mlops_atlas::catalog::ToolId;

use desktop::Desktop;

use crate::headless;

type Atlas = Harness<'static, App>;

const MAIN: WindowId = WindowId::MAIN;
const BOTH: Modifiers = Modifiers::COMMAND.plus(Modifiers::SHIFT);

fn start(location: Location) -> Atlas {
    let mut harness = headless::open(Start { locations: vec![location], ..Start::default() });
    settle(&mut harness);
    harness
}

/// Frames until no job is waited for; a job that never ends fails the journey instead of hanging it.
fn settle(harness: &mut Atlas) {
    for _ in 0..100_000 {
        harness.run_steps(6);
        if !harness.state().is_loading() {
            return;
        }
    }
    panic!("still loading");
}

fn press(harness: &mut Atlas, modifiers: Modifiers, key: Key) {
    harness.key_press_modifiers(modifiers, key);
    settle(harness);
}

fn windows(harness: &Atlas) -> Vec<(WindowId, Location)> {
    harness.state().state().windows().map(|(id, window)| (id, window.location().clone())).collect()
}

/// Opens a second window by its keys.
fn open_second(harness: &mut Atlas) -> WindowId {
    press(harness, BOTH, Key::N);
    let shown = windows(harness);
    assert_eq!(shown.len(), 2, "{shown:?}");
    shown[1].0
}

fn second(harness: &Atlas) -> Node<'_> {
    harness.get_by_role(Role::Window)
}

/// What has this label in the first window.
fn in_first<'a>(harness: &'a Atlas, label: &'a str) -> Node<'a> {
    let others: Vec<_> =
        second(harness).query_all_by_label(label).map(|node| node.accesskit_node().id()).collect();
    let mut own =
        harness.query_all_by_label(label).filter(|node| !others.contains(&node.accesskit_node().id()));
    let found = own.next().unwrap();
    assert!(own.next().is_none(), "two are called {label} in the first window");
    found
}

fn template(id: &str) -> Location {
    Location::drawing(Origin::Template(id.to_owned()))
}

fn told(harness: &Atlas) -> Vec<String> {
    harness.state().state().notices.iter().map(|notice| notice.problem.message.clone()).collect()
}

#[test]
fn a_second_window_goes_its_own_way_and_closes_alone() {
    let mut harness = start(Location::start_of(Place::Studio));
    let new = open_second(&mut harness);
    assert_eq!(windows(&harness)[1].1, Location::start_of(Place::Studio), "it shows what the first one did");
    second(&harness).get_by_label("Practice").click();
    settle(&mut harness);
    assert_eq!(*harness.state().state().location(new), Location::start_of(Place::Practice));
    assert_eq!(*harness.state().state().location(MAIN), Location::start_of(Place::Studio));
    assert_eq!(harness.get_all_by_role(Role::Window).count(), 1);
    assert!(harness.query_by_role_and_label(Role::Window, "Practice – MLOps Atlas").is_some());

    // Keys go to the window that was pressed last, and to no other.
    press(&mut harness, Modifiers::COMMAND, Key::Num5);
    assert_eq!(*harness.state().state().location(new), Location::Data);
    assert_eq!(*harness.state().state().location(MAIN), Location::start_of(Place::Studio));
    press(&mut harness, Modifiers::COMMAND, Key::K);
    assert_eq!(harness.query_all_by_role(Role::TextInput).count(), 1, "one palette is open");
    assert_eq!(harness.query_all_by_label("Close window").count(), 1);
    press(&mut harness, Modifiers::NONE, Key::Escape);

    press(&mut harness, BOTH, Key::W);
    assert_eq!(windows(&harness), [(MAIN, Location::start_of(Place::Studio))]);
    assert!(harness.query_by_role(Role::Window).is_none());
    assert!(told(&harness).is_empty(), "{:?}", told(&harness));

    // The first one says why it does not, and does not offer it.
    press(&mut harness, BOTH, Key::W);
    assert_eq!(windows(&harness).len(), 1);
    assert_eq!(told(&harness), ["This window closes with the program only: Ctrl+Q quits."]);
    press(&mut harness, Modifiers::COMMAND, Key::K);
    assert_eq!(harness.query_all_by_label("New window").count(), 1);
    assert_eq!(harness.query_all_by_label("Close window").count(), 0);
}

#[test]
fn an_edit_made_in_one_window_is_seen_in_the_other() {
    const NODE: &str = "Training, train";
    let mut harness = start(template("oss-classic"));
    open_second(&mut harness);
    assert_eq!(harness.query_all_by_label(NODE).count(), 2);
    second(&harness).get_by_label(NODE).click();
    settle(&mut harness);
    press(&mut harness, Modifiers::NONE, Key::Delete);
    assert_eq!(harness.query_all_by_label(NODE).count(), 0);
    assert_eq!(harness.query_all_by_label("· not saved").count(), 2, "both say so");
    // Redo has the keys of Undo, and Shift.
    press(&mut harness, Modifiers::COMMAND, Key::Z);
    assert_eq!(harness.query_all_by_label(NODE).count(), 2);
    press(&mut harness, BOTH, Key::Z);
    assert_eq!(harness.query_all_by_label(NODE).count(), 0);
    press(&mut harness, BOTH, Key::W);
    assert_eq!(harness.query_all_by_label("· not saved").count(), 1, "the change stays");
}

#[test]
fn no_two_views_share_a_camera_and_each_keeps_its_own() {
    const NODE: &str = "Training, train";
    let mut harness = start(template("oss-classic"));
    open_second(&mut harness);
    let (first, before) = (in_first(&harness, NODE).rect(), second(&harness).get_by_label(NODE).rect());
    press(&mut harness, Modifiers::COMMAND, Key::Minus);
    let zoomed = second(&harness).get_by_label(NODE).rect();
    assert!(zoomed.width() < before.width() * 0.95, "{before:?} -> {zoomed:?}");
    assert_eq!(in_first(&harness, NODE).rect(), first, "the other window's");
    // Another drawing in the same window, and back.
    let other = windows(&harness)[1].0;
    for there in [template("edge"), template("oss-classic")] {
        harness.state_mut().push(Action::Window(other, WindowAction::Go(there)));
        settle(&mut harness);
    }
    assert_eq!(second(&harness).get_by_label(NODE).rect(), zoomed);
    // A window that is closed is forgotten: the next one begins anew.
    press(&mut harness, BOTH, Key::W);
    open_second(&mut harness);
    let again = second(&harness).get_by_label(NODE).rect();
    assert!((again.width() - before.width()).abs() < 1.0, "{before:?} -> {again:?}");
}

#[test]
fn a_page_keeps_where_it_was_scrolled_to_and_the_next_one_begins_at_its_top() {
    let tool = |id: &str| Location::Tool(ToolId::new(id).unwrap());
    let go = |harness: &mut Atlas, there| {
        harness.state_mut().push(WindowAction::Go(there));
        settle(harness);
    };
    let top = |harness: &Atlas, name: &str| harness.get_by_role_and_label(Role::Label, name).rect().top();
    let mut harness = start(tool("mlflow"));
    harness.set_size(vec2(1000.0, 480.0));
    settle(&mut harness);
    let begin = top(&harness, "MLflow");
    harness.hover_at(pos2(500.0, 300.0));
    harness.event(egui::Event::MouseWheel {
        unit: egui::MouseWheelUnit::Point,
        delta: vec2(0.0, -60.0),
        phase: egui::TouchPhase::Move,
        source: egui::MouseWheelSource::Unknown,
        modifiers: Modifiers::NONE,
    });
    for _ in 0..10 {
        settle(&mut harness);
    }
    let scrolled = top(&harness, "MLflow");
    assert!(scrolled < begin - 30.0, "{begin} -> {scrolled}");
    go(&mut harness, tool("feast"));
    assert!((top(&harness, "Feast") - begin).abs() < 1.0, "another tool's page begins at its top");
    go(&mut harness, tool("mlflow"));
    assert!((top(&harness, "MLflow") - scrolled).abs() < 1.0);
    // In front of others, too, nobody has to find the place again.
    harness.state_mut().push(WindowAction::Present(PresentAction::Start));
    settle(&mut harness);
    harness.state_mut().push(WindowAction::Present(PresentAction::End));
    settle(&mut harness);
    assert!((top(&harness, "MLflow") - scrolled).abs() < 1.0);
}

#[test]
fn each_window_is_exported_as_itself_and_a_closed_one_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = start(Location::start_of(Place::Data));
    let other = open_second(&mut harness);
    let numbers = "atlas:practice/numbers".parse().unwrap();
    harness.state_mut().push(Action::Window(other, WindowAction::Go(numbers)));
    settle(&mut harness);
    let export = |harness: &mut Atlas, window, name: &str| {
        let path = folder.path().join(name);
        let before = told(harness).len();
        harness.state_mut().push(Action::Ask(Ask::Export(window, path.clone(), Extent::Seen)));
        for _ in 0..100_000 {
            harness.run_steps(1);
            if told(harness).len() > before {
                break;
            }
        }
        path
    };
    let size = |svg: &str| -> (f32, f32) {
        let of = |name: &str| {
            let rest = svg.split_once(&format!(" {name}=\"")).unwrap().1;
            rest.split_once('"').unwrap().0.parse().unwrap()
        };
        (of("width"), of("height"))
    };
    let own = std::fs::read_to_string(export(&mut harness, other, "second.svg")).unwrap();
    let first = std::fs::read_to_string(export(&mut harness, MAIN, "first.svg")).unwrap();
    let title = |svg: &str| svg.split("<title>").nth(1).unwrap().split("</title>").next().unwrap().to_owned();
    assert!(title(&own).contains("umbers") && title(&first) == "Data", "{} {}", title(&own), title(&first));
    // The harness keeps 8 points free at each side.
    assert_eq!(size(&first), (1584.0, 984.0));
    assert_ne!(size(&own), size(&first), "each is as large as its window");
    press(&mut harness, BOTH, Key::W);
    assert!(!harness.state().state().has_window(other));
    let before = told(&harness);
    let closed = folder.path().join("closed.svg");
    harness.state_mut().push(Action::Ask(Ask::Export(other, closed.clone(), Extent::Seen)));
    harness.run_steps(1);
    // Whatever was begun for it began before this one.
    export(&mut harness, MAIN, "again.svg");
    settle(&mut harness);
    assert!(!closed.exists());
    assert_eq!(told(&harness).len(), before.len() + 1);
}

#[test]
fn a_second_window_presents_what_the_first_one_steps() {
    let mut harness = start(Location::start_of(Place::Landscape));
    press(&mut harness, Modifiers::COMMAND, Key::D);
    press(&mut harness, Modifiers::COMMAND, Key::Num6);
    press(&mut harness, Modifiers::COMMAND, Key::D);
    press(&mut harness, Modifiers::SHIFT, Key::F5);
    let shown = windows(&harness);
    assert_eq!(shown.len(), 2, "{shown:?}");
    let led = shown[1].0;
    assert!(second(&harness).query_by_label("Search everything").is_none(), "no chrome before the audience");
    let is_main = |harness: &Atlas| harness.state().state().window(MAIN).presenting.on;
    assert!(!is_main(&harness));
    // The speaker turns to the first window, which shows itself beside the other one.
    let beside = pos2(1595.0, 500.0);
    assert!(!second(&harness).rect().contains(beside));
    harness.drag_at(beside);
    harness.drop_at(beside);
    press(&mut harness, Modifiers::COMMAND, Key::Num1);
    for (key, seen) in
        [(Key::Num1, Place::Landscape), (Key::PageDown, Place::Practice), (Key::PageUp, Place::Landscape)]
    {
        press(&mut harness, Modifiers::NONE, key);
        assert_eq!(*harness.state().state().location(led), Location::start_of(seen), "{key:?}");
        assert_eq!(*harness.state().state().location(MAIN), Location::Home(None), "{key:?}");
    }
    press(&mut harness, Modifiers::NONE, Key::B);
    assert!(harness.state().state().window(led).presenting.blank);
    harness.get_by_label("End presenting in the second window").click_accesskit();
    settle(&mut harness);
    assert_eq!(windows(&harness), [(MAIN, Location::Home(None))]);
}

#[test]
fn on_a_desktop_each_window_has_its_own_frame_keys_and_drops() {
    let mut harness = start(Location::start_of(Place::Studio));
    let desktop = Desktop::open(&harness.ctx);
    let other = open_second(&mut harness);
    let frame = desktop.frames();
    let [frame] = &frame[..] else { panic!("{} windows", frame.len()) };
    assert_eq!(frame.title.as_deref(), Some("Studio – MLOps Atlas"));
    assert_eq!((frame.fullscreen, frame.icon.is_some()), (Some(false), true));
    assert_eq!(harness.query_all_by_label("Practice").count(), 1, "it does not lie inside the first one");

    desktop.press(Modifiers::COMMAND, Key::Num6);
    settle(&mut harness);
    assert_eq!(
        windows(&harness),
        [(MAIN, Location::start_of(Place::Studio)), (other, Location::start_of(Place::Practice))]
    );
    assert_eq!(desktop.frames()[0].title.as_deref(), Some("Practice – MLOps Atlas"));

    let path = tempfile::tempdir().unwrap().path().join("none.architecture.json");
    desktop.drop_file(&path);
    settle(&mut harness);
    assert_eq!(*harness.state().state().location(other), Location::of_origin(Origin::Path(path)));
    assert_eq!(*harness.state().state().location(MAIN), Location::start_of(Place::Studio));

    desktop.press(Modifiers::NONE, Key::F5);
    settle(&mut harness);
    assert_eq!(desktop.frames()[0].fullscreen, Some(true));
    assert!(!harness.state().state().window(MAIN).presenting.on);
    desktop.press(Modifiers::NONE, Key::Escape);
    settle(&mut harness);
    assert_eq!(desktop.frames()[0].fullscreen, Some(false));

    desktop.close();
    settle(&mut harness);
    assert_eq!(windows(&harness), [(MAIN, Location::start_of(Place::Studio))]);
    assert!(desktop.frames().is_empty());
}

#[test]
fn two_windows_at_rest_ask_for_no_frame() {
    for is_embedded in [true, false] {
        let mut harness = start(Location::start_of(Place::Landscape));
        let _desktop = (!is_embedded).then(|| Desktop::open(&harness.ctx));
        open_second(&mut harness);
        harness.run_steps(30);
        let delay = harness.output().viewport_output.values().map(|output| output.repaint_delay).min();
        assert!(delay.unwrap() > std::time::Duration::from_hours(1), "{delay:?}, embedded: {is_embedded}");
    }
}

/// A view lies where it belongs: nothing of a window is drawn outside of it.
#[test]
fn notices_lie_inside_the_window_that_shows_them() {
    let mut harness = start(Location::start_of(Place::Data));
    open_second(&mut harness);
    press(&mut harness, Modifiers::COMMAND, Key::D);
    let window: Rect = second(&harness).rect();
    let notices: Vec<Rect> = harness.query_all_by_label("Dismiss").map(|node| node.rect()).collect();
    assert_eq!(notices.len(), 2, "one in each window");
    assert_eq!(
        notices.iter().filter(|notice| window.contains_rect(**notice)).count(),
        1,
        "{window:?} {notices:?}"
    );
}
