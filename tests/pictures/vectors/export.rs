//! Exporting what the window shows: as large, scrolled as it is, without what floats over it.

use std::path::Path;

use mlops_atlas::action::{Action, Ask, Extent, WindowId};
use mlops_atlas::app::{App, Start};
use mlops_atlas::problem::{Problem, Severity};
use mlops_atlas::ui::export::headless::Headless;
use mlops_atlas::ui::export::vectors::Missing;
use mlops_atlas::ui::theme;

use crate::drawn::texts;

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
    export_of(app, window, path, Extent::Seen)
}

fn export_of(app: &mut App, window: &mut Headless, path: &Path, extent: Extent) -> Problem {
    let at = path.display().to_string();
    app.push(Action::Ask(Ask::Export(WindowId::MAIN, path.to_owned(), extent)));
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

/// Every tool of these rows that no text names, whole or cut with an ellipsis.
fn unnamed(app: &App, texts: &[String]) -> Vec<String> {
    let state = app.state();
    let rows = &state.window(WindowId::MAIN).tools.rows;
    let is_named = |name: &str| {
        let cut = |text: &String| {
            text.strip_suffix('…').is_some_and(|head| head.len() > 3 && name.starts_with(head.trim_end()))
        };
        texts.iter().any(|text| text == name || cut(text))
    };
    rows.iter().map(|row| state.catalog.tools()[*row].name.clone()).filter(|name| !is_named(name)).collect()
}

#[test]
fn a_whole_board_is_one_page_with_every_tool_and_what_it_is_of() {
    let folder = tempfile::tempdir().unwrap();
    for (address, head) in [
        ("atlas:landscape/board", "All 410 tools of the catalog".to_owned()),
        ("atlas:landscape/board?by=stage&-stage=train&licence=osi", String::new()),
    ] {
        let (mut app, mut window) = open(address);
        let path = folder.path().join("board.svg");
        let told = export_of(&mut app, &mut window, &path, Extent::Whole);
        assert_eq!(told.severity, Severity::Info, "{told:?}");
        let svg = std::fs::read_to_string(&path).unwrap();
        let texts = texts(&svg);
        assert_eq!(unnamed(&app, &texts), [""; 0], "{address}");
        assert!(
            !unnamed(&app, &self::texts(window.drawing("", Missing::Keep).svg())).is_empty(),
            "some are unseen"
        );
        let (rows, all) =
            (app.state().window(WindowId::MAIN).tools.rows.len(), app.state().catalog.tools().len());
        let filtered = format!("{rows} of {all} tools: not stage: train, licence: osi");
        assert!(texts.contains(if head.is_empty() { &filtered } else { &head }), "{texts:?}");
        assert!(texts.iter().any(|text| text.contains(&app.state().today.to_string())), "the date");
        for chrome in ["Home", "100 %", "show fewer"] {
            assert!(!texts.iter().any(|text| text == chrome), "{chrome} is of the window");
        }
        let tree = usvg::Tree::from_str(&svg, &usvg::Options::default()).unwrap();
        let shape = tree.size().width() / tree.size().height();
        assert!((1.1..1.8).contains(&shape), "a page that prints: {:?}", tree.size());
        let pdf = export_of(&mut app, &mut window, &folder.path().join("board.pdf"), Extent::Whole);
        assert_eq!(pdf.severity, Severity::Info, "{pdf:?}");
        std::fs::remove_file(folder.path().join("board.pdf")).unwrap();
        std::fs::remove_file(path).unwrap();
    }
}

#[test]
fn what_is_not_drawn_whole_is_told_and_nothing_is_written() {
    let folder = tempfile::tempdir().unwrap();
    for address in ["atlas:settings", "atlas:landscape/table", "atlas:landscape/board?text=qqqqqq"] {
        let (mut app, mut window) = open(address);
        let told = export_of(&mut app, &mut window, &folder.path().join("whole.pdf"), Extent::Whole);
        let is_told = told.message.contains("Only a board with at least one tool is drawn whole");
        assert!(told.severity == Severity::Error && is_told, "{address}: {told:?}");
    }
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}
