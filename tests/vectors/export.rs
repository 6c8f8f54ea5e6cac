//! Exporting what the window shows: as large, scrolled as it is, without what floats over it.

use std::path::Path;

use mlops_atlas::action::{Action, Ask, WindowId};
use mlops_atlas::app::{App, Start};
use mlops_atlas::problem::{Problem, Severity};
use mlops_atlas::ui::export::headless::Headless;
use mlops_atlas::ui::export::vectors::Missing;
use mlops_atlas::ui::theme;

use super::support::texts;

const SIZE: [u32; 2] = [1280, 800];

/// Passes until something is so; one that never comes fails the test instead of hanging it.
fn until(app: &mut App, window: &mut Headless, what: &str, is_so: impl Fn(&App) -> bool) {
    let ctx = window.context().clone();
    for _ in 0..20_000 {
        app.logic(&ctx);
        drop(window.frame(Vec::new(), |ui| app.ui(ui)));
        if is_so(app) {
            window.settle(6, |ui| app.ui(ui));
            return;
        }
    }
    panic!("never seen: {what}");
}

/// Exports the view and returns what was said of it.
fn export(app: &mut App, window: &mut Headless, path: &Path) -> Problem {
    let at = path.display().to_string();
    app.push(Action::Ask(Ask::Export(WindowId::MAIN, path.to_owned())));
    until(app, window, &at, |app| app.state().notices.iter().any(|notice| notice.problem.at == at));
    app.state().notices.iter().find(|notice| notice.problem.at == at).unwrap().problem.clone()
}

fn open(address: &str) -> (App, Headless) {
    let mut app = App::new(Start { locations: vec![address.parse().unwrap()], ..Start::default() }).unwrap();
    let mut window = Headless::new(SIZE, 1.0, |ctx| theme::install(ctx, true));
    until(&mut app, &mut window, address, |app| !app.is_loading());
    (app, window)
}

#[test]
fn a_scrolled_view_is_exported_as_it_is_seen() {
    let folder = tempfile::tempdir().unwrap();
    let (mut app, mut window) = open("atlas:landscape");
    let wheel = egui::Event::MouseWheel {
        unit: egui::MouseWheelUnit::Point,
        delta: egui::vec2(0.0, -900.0),
        phase: egui::TouchPhase::Move,
        source: egui::MouseWheelSource::Unknown,
        modifiers: egui::Modifiers::NONE,
    };
    let top = window.drawing("", Missing::Keep);
    drop(window.frame(vec![egui::Event::PointerMoved(egui::pos2(640.0, 500.0)), wheel], |ui| app.ui(ui)));
    drop(window.frame(vec![egui::Event::PointerGone], |ui| app.ui(ui)));
    app.push(Action::Notice(Problem::warning("A notice that hides a corner.".to_owned(), "here")));
    for name in ["seen.svg", "seen.pdf", "seen.png"] {
        let told = export(&mut app, &mut window, &folder.path().join(name));
        assert_eq!(told.severity, Severity::Info, "{told:?}");
    }
    let scrolled = window.drawing("", Missing::Keep);
    let svg = std::fs::read_to_string(folder.path().join("seen.svg")).unwrap();
    let (seen, top, window_has) = (texts(&svg), texts(top.svg()), texts(scrolled.svg()));
    assert_ne!(seen, top, "it is scrolled");
    assert!(window_has.iter().any(|text| text.starts_with("A notice")), "{window_has:?}");
    assert!(!seen.iter().any(|text| text.starts_with("A notice")), "notices are left out");
    // The rows of the table: everything between the frame and the notice is the same.
    let shared = seen.iter().filter(|text| window_has.contains(text)).count();
    assert!(shared * 100 >= seen.len() * 95, "{shared} of {} texts", seen.len());
    assert!(std::fs::read(folder.path().join("seen.pdf")).unwrap().starts_with(b"%PDF"));
    let png = std::fs::File::open(folder.path().join("seen.png")).unwrap();
    let info = png::Decoder::new(std::io::BufReader::new(png)).read_info().unwrap();
    assert_eq!([info.info().width, info.info().height], SIZE);
}

#[test]
fn a_place_that_cannot_be_written_or_a_name_without_a_known_ending_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let (mut app, mut window) = open("atlas:settings");
    std::fs::create_dir(folder.path().join("taken.svg")).unwrap();
    for (name, why) in
        [("taken.svg", "there is a folder of this name"), ("view.jpg", "Choose a name that ends in")]
    {
        let told = export(&mut app, &mut window, &folder.path().join(name));
        assert!(told.severity == Severity::Error && told.message.contains(why), "{told:?}");
    }
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}
