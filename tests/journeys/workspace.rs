//! A folder as workspace: dropped, seen everywhere, read again when its files change, closed without a trace.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use mlops_atlas::action::{
    Action, DocumentAction, Effect, RemarkAction, WindowAction, WindowId, WorkspaceAction,
};
use mlops_atlas::address::{Location, Origin};
use mlops_atlas::app::{App, Look, Start, picture};
use mlops_atlas::architecture::Edit;
use mlops_atlas::catalog::ToolId;
use mlops_atlas::settings::Settings;
use mlops_atlas::state::{Content, State};
use mlops_atlas::store::catalog_files::bundled_catalog;
use mlops_atlas::store::workspace;

use crate::headless;

const SHELF: &str = "id = \"shelf\"\nname = \"Shelf\"\nsummary = \"Our own catalogue of training sets.\"\n\
                     category = \"Feature store\"\nstages = [\"feature\"]\n\n[[claim]]\nid = \"owners\"\n\
                     polarity = \"pro\"\ntopic = \"governance\"\ntext = \"Every training set has an owner.\"\n\
                     status = \"draft\"\n[[claim.evidence]]\nurl = \"https://wiki.shelf.dev/owners\"\n";
const FEAST: &str = "id = \"feast\"\n# A line.\nsummary = \"The feature store that our own team runs.\"\n";

/// A workspace with an own tool, changed values of a shipped one, a drawing and a decision.
fn team() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("my team");
    fs::create_dir_all(root.join("catalog/tools")).unwrap();
    fs::create_dir(root.join("decisions")).unwrap();
    for (name, text) in [
        ("catalog/tools/shelf.toml", SHELF),
        ("catalog/tools/feast.toml", FEAST),
        ("decisions/0001-tracker.md", "# Choose a tracker\n"),
    ] {
        fs::write(root.join(name), text).unwrap();
    }
    let template = fs::read_to_string("data/architecture/templates/oss-classic.architecture.json").unwrap();
    fs::write(root.join("ours.architecture.json"), template).unwrap();
    (folder, root)
}

/// A folder that is let go over the window.
#[derive(Debug)]
struct Dropped(PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        Err("a folder has no bytes".to_owned())
    }
}

fn window(at: &str) -> Harness<'static, App> {
    let mut harness = headless::open(Start { locations: vec![at.parse().unwrap()], ..Start::default() });
    harness.run_steps(3);
    harness
}

/// Frames until nothing is waited for; a job that never ends fails the journey instead of hanging it.
fn settle(harness: &mut Harness<'_, App>) {
    for _ in 0..5_000 {
        harness.run_steps(1);
        if !harness.state().is_loading() {
            harness.run_steps(4);
            return;
        }
    }
    panic!("still loading: {}", harness.state().state().location(WindowId::MAIN));
}

fn drop_folder(harness: &mut Harness<'_, App>, folder: &Path) {
    harness.input_mut().dropped_files.push(Arc::new(Dropped(folder.to_owned())));
    harness.run_steps(2);
    settle(harness);
}

/// Chooses a hit of the palette.
fn choose(harness: &mut Harness<'_, App>, text: &str, hit: &str) {
    harness.key_press_modifiers(Modifiers::COMMAND, Key::K);
    harness.run_steps(3);
    harness.get_by_role_and_label(Role::TextInput, "Search everything").type_text(text);
    harness.run_steps(3);
    // It may be below the edge of a long list.
    harness.get_by_role_and_label(Role::ListBoxOption, hit).click_accesskit();
    harness.run_steps(3);
    settle(harness);
}

fn go(harness: &mut Harness<'_, App>, address: &str) {
    let location: Location = address.parse().unwrap();
    harness.state_mut().push(mlops_atlas::action::WindowAction::Go(location));
    harness.run_steps(4);
    settle(harness);
}

fn here(harness: &Harness<'_, App>) -> String {
    harness.state().state().location(WindowId::MAIN).to_string()
}

fn count(harness: &Harness<'_, App>) -> usize {
    harness.state().state().catalog.tools().len()
}

fn notices(harness: &Harness<'_, App>) -> Vec<(String, String)> {
    let notices = harness.state().state().notices.iter();
    notices.map(|notice| (notice.problem.message.clone(), notice.problem.at.clone())).collect()
}

fn shows(harness: &Harness<'_, App>, label: &str) -> bool {
    harness.query_all_by_label_contains(label).count() > 0
}

#[test]
fn a_tool_of_the_workspace_is_found_read_with_its_marks_and_gone_when_it_is_closed() {
    let (_folder, root) = team();
    let shipped = bundled_catalog().0.tools().len();
    let mut harness = window("atlas:landscape?text=training%20sets");
    assert!(!shows(&harness, "Shelf"));
    drop_folder(&mut harness, &root);
    assert_eq!(count(&harness), shipped + 1);
    assert_eq!(notices(&harness), [], "nothing is wrong with it");
    assert!(shows(&harness, "Shelf, with the workspace"), "the table is filtered anew");

    choose(&mut harness, "shelf", "Shelf");
    assert_eq!(here(&harness), "atlas:landscape/tool?id=shelf");
    harness.get_by_label("Shelf: from catalog/tools/shelf.toml");
    harness.get_by_label("Every training set has an owner.");
    harness.get_by_label("Pro: from catalog/tools/shelf.toml:7");
    assert!(shows(&harness, "draft: the source was not read again yet"));

    go(&mut harness, "atlas:landscape/tool?id=feast");
    harness.get_by_label("The feature store that our own team runs.");
    harness.get_by_label("Summary: from catalog/tools/feast.toml:3");
    assert!(!shows(&harness, "Status: from"), "what it does not name is the shipped one");

    choose(&mut harness, "close work", "Close the workspace");
    assert!(harness.state().state().workspace.is_none());
    assert_eq!(count(&harness), shipped);
    assert!(!shows(&harness, "our own team") && !shows(&harness, "from catalog/tools"));
    go(&mut harness, "atlas:landscape/tool?id=shelf");
    harness.get_by_label("No such tool");
}

#[test]
fn a_broken_file_is_told_with_its_line_and_the_rest_is_usable() {
    let (_folder, root) = team();
    fs::write(root.join("catalog/tools/broken.toml"), "id = \"broken\"\nname = \n").unwrap();
    fs::write(root.join("catalog/tools/other.toml"), "id = \"other\"\n").unwrap();
    let mut harness = window("atlas:home");
    drop_folder(&mut harness, &root);
    let told = notices(&harness);
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!(told[0].1, "catalog/tools/broken.toml:2");
    assert!(told[0].0.starts_with("this is not TOML") && told[0].0.contains("And 1 more"), "{}", told[0].0);

    harness.get_by_label("2 problems").click();
    settle(&mut harness);
    assert_eq!(here(&harness), "atlas:landscape/coverage");
    harness.get_by_label("Copy catalog/tools/other.toml:1");
    harness.get_by_label("Copy catalog/tools/broken.toml:2").click();
    let copied = (0..3).any(|_| {
        harness.run_steps(1);
        let place = "catalog/tools/broken.toml:2";
        let mut commands = harness.output().platform_output.commands.iter();
        commands.any(|command| matches!(command, egui::OutputCommand::CopyText(text) if text == place))
    });
    assert!(copied);
    harness.query_all_by_label("Shelf").next().unwrap().click();
    settle(&mut harness);
    harness.get_by_label("Every training set has an owner.");

    // Mended, and read again by its command: nothing is wrong any more.
    fs::write(root.join("catalog/tools/broken.toml"), "id = \"broken\"\nname = \"Mended\"\n").unwrap();
    fs::remove_file(root.join("catalog/tools/other.toml")).unwrap();
    choose(&mut harness, "workspace again", "Read the workspace again");
    assert_eq!(harness.state().state().workspace.as_ref().unwrap().contents.problems, []);
    go(&mut harness, "atlas:landscape/tool?id=broken");
    harness.get_by_label("Mended: from catalog/tools/broken.toml");
}

#[test]
fn files_that_changed_are_read_when_the_window_comes_to_the_front_and_not_before() {
    let (_folder, root) = team();
    let mut harness = window("atlas:landscape/tool?id=shelf");
    drop_folder(&mut harness, &root);
    fs::write(root.join("catalog/tools/shelf.toml"), SHELF.replace("\"Shelf\"", "\"Bookshelf\"")).unwrap();
    harness.run_steps(20);
    assert!(!shows(&harness, "Bookshelf") && !harness.state().is_loading());
    harness.input_mut().focused = false;
    harness.run_steps(2);
    harness.input_mut().focused = true;
    for _ in 0..5_000 {
        harness.run_steps(1);
        if shows(&harness, "Bookshelf: from catalog/tools/shelf.toml") {
            return;
        }
    }
    panic!("the change was never seen");
}

#[test]
fn home_lists_documents_and_decisions_and_links_are_short() {
    let (_folder, root) = team();
    let start = Start { nearby: Some(root.clone()), ..Start::default() };
    let mut harness = headless::open(start);
    settle(&mut harness);
    harness.get_by_label("Workspace my team");
    harness.get_by_label("2 entries of its own");
    harness.get_by_label("0001 Choose a tracker");
    harness.get_by_label("ours").click();
    settle(&mut harness);
    assert!(here(&harness).ends_with("/my%20team/ours.architecture.json"), "{}", here(&harness));
    choose(&mut harness, "copy link", "Copy a link to this view");
    assert_eq!(notices(&harness).last().unwrap().1, "atlas:studio/drawing?file=ours.architecture.json");
    go(&mut harness, "atlas:home");
    choose(&mut harness, "atlas:studio/drawing?file=ours.architecture.json", "Go to this address");
    assert!(here(&harness).ends_with("/my%20team/ours.architecture.json"), "{}", here(&harness));
    let state = harness.state().state();
    assert_eq!(state.documents.len(), 1, "the same drawing, not a second one");
}

#[test]
fn what_is_named_by_id_lives_on_when_the_workspace_comes_and_goes() {
    let (_folder, root) = team();
    fs::write(root.join("catalog/tools/zzz.toml"), "id = \"zzz\"\nname = \"Zzz\"\n").unwrap();
    let mut harness = window("atlas:landscape/compare?tools=feast,shelf");
    let unknown = |harness: &Harness<'_, App>| {
        harness.state().state().window(WindowId::MAIN).comparison.as_ref().unwrap().unknown.clone()
    };
    let shelf = ToolId::new("shelf").unwrap();
    assert_eq!(unknown(&harness), std::slice::from_ref(&shelf));
    drop_folder(&mut harness, &root);
    assert_eq!(unknown(&harness), []);
    harness
        .state_mut()
        .push(mlops_atlas::action::Action::Remark(RemarkAction::Shortlist(shelf.clone(), true)));
    // What was found for half-typed words are places in the catalog that is about to go.
    harness.get_by_label("Add a tool").focus();
    harness.run_steps(2);
    harness.get_by_label("Add a tool").type_text("zzz");
    harness.run_steps(3);
    assert!(shows(&harness, "Zzz"));
    harness.state_mut().push(WorkspaceAction::Close);
    harness.run_steps(4);
    assert_eq!(unknown(&harness), std::slice::from_ref(&shelf));
    assert!(harness.state().state().remarks.of(&shelf).unwrap().shortlisted);
    assert_eq!(here(&harness), "atlas:landscape/compare?tools=feast,shelf");
}

#[test]
fn an_address_in_a_picture_is_read_from_the_workspace_on() {
    let (_folder, root) = team();
    let look = Look { size: [1200, 800], scale: 1.0, dark: true };
    let location = "atlas:studio/drawing?file=ours.architecture.json".parse().unwrap();
    let drawn = picture(location, std::slice::from_ref(&root), look, None).unwrap();
    assert_eq!((drawn.failure, drawn.problems), (None, Vec::new()));
}

#[test]
fn saving_a_drawing_of_the_workspace_keeps_the_catalog_and_all_that_was_found_in_it() {
    let (_folder, root) = team();
    let mut harness = window("atlas:landscape");
    drop_folder(&mut harness, &root);
    let origin = Origin::Path(root.join("ours.architecture.json"));
    harness.state_mut().push(WindowAction::Go(Location::of_origin(origin.clone())));
    settle(&mut harness);
    let state = harness.state().state();
    let (id, _) = state.document_of(&origin).unwrap();
    let (catalog, revision) = (Arc::clone(&state.catalog), state.catalog_revision);
    let title = |harness: &Harness<'_, App>| {
        let workspace = harness.state().state().workspace.as_ref().unwrap();
        (workspace.contents.drawings[0].1.title.clone(), workspace.contents.cards[0].title.clone())
    };
    let renamed = Edit::SetTitle("Renamed and saved".to_owned());
    harness.state_mut().push(Action::Document(id, DocumentAction::Edit(renamed.into())));
    harness.state_mut().push(Action::Document(id, DocumentAction::Save));
    let expected = ("Renamed and saved".to_owned(), "Renamed and saved".to_owned());
    // The look after saving is a quiet job: what it starts is waited for.
    let seen = (0..5_000).any(|_| {
        harness.run_steps(1);
        title(&harness) == expected
    });
    assert!(seen, "the workspace has the new drawing: {:?}", title(&harness));
    let state = harness.state().state();
    assert!(Arc::ptr_eq(&catalog, &state.catalog) && revision == state.catalog_revision);
    // An entry that is written is another catalog.
    fs::write(root.join("catalog/tools/shelf.toml"), SHELF.replace("\"Shelf\"", "\"Book shelf\"")).unwrap();
    harness.state_mut().push(WorkspaceAction::Look);
    let is_new = (0..5_000).any(|_| {
        harness.run_steps(1);
        harness.state().state().catalog_revision != revision
    });
    assert!(is_new && !Arc::ptr_eq(&catalog, &harness.state().state().catalog));
}

#[test]
fn answers_that_nobody_waits_for_any_more_are_dropped() {
    let (_folder, root) = team();
    let (_other, other) = team();
    let today = jiff::civil::date(2026, 12, 1);
    let (catalog, _) = bundled_catalog();
    let shipped = catalog.tools().len();
    let content = Content { catalog, practice: Default::default(), templates: Vec::new() };
    let mut state = State::new(content, Settings::default(), today);
    let request = |effects: Vec<Effect>| {
        let asked = effects.into_iter().find_map(|effect| match effect {
            Effect::ReadWorkspace { request, .. } => Some(request),
            _ => None,
        });
        asked.unwrap()
    };
    let contents = Arc::new(workspace::read(&root, today, None).unwrap());
    let read = |request| WorkspaceAction::Read { request, contents: Arc::clone(&contents) };

    let first = request(state.apply(WorkspaceAction::Open(root.clone()).into()));
    let again = request(state.apply(WorkspaceAction::Reload.into()));
    state.apply(read(first).into());
    assert_eq!(state.catalog.tools().len(), shipped, "it was asked for again since");
    state.apply(read(again).into());
    assert_eq!(state.catalog.tools().len(), shipped + 1);

    // A failed reading keeps what was read before.
    let third = request(state.apply(WorkspaceAction::Reload.into()));
    state.apply(WorkspaceAction::Failed { request: third, error: "gone".to_owned() }.into());
    assert_eq!(state.catalog.tools().len(), shipped + 1);

    // Another one takes its place once it was read; until then, and where it cannot be read, this one stays.
    let root_of = |state: &State| state.workspace.as_ref().map(|open| open.path.clone());
    let failing = request(state.apply(WorkspaceAction::Open(other.clone()).into()));
    assert_eq!((state.catalog.tools().len(), root_of(&state)), (shipped + 1, Some(root.clone())));
    state.apply(WorkspaceAction::Failed { request: failing, error: "locked".to_owned() }.into());
    assert_eq!((state.catalog.tools().len(), root_of(&state)), (shipped + 1, Some(root.clone())));
    let told = &state.notices.last().unwrap().problem;
    assert!(told.message.contains("stays open") && told.at == other.display().to_string(), "{told:?}");
    let next = request(state.apply(WorkspaceAction::Open(other.clone()).into()));
    state.apply(read(third).into());
    assert_eq!(root_of(&state), Some(root.clone()), "an answer of before");
    let contents_of_other = Arc::new(workspace::read(&other, today, None).unwrap());
    state.apply(WorkspaceAction::Read { request: next, contents: contents_of_other }.into());
    assert_eq!((state.catalog.tools().len(), root_of(&state)), (shipped + 1, Some(other.clone())));
    let last = request(state.apply(WorkspaceAction::Reload.into()));
    state.apply(WorkspaceAction::Close.into());
    state.apply(read(last).into());
    assert_eq!(state.catalog.tools().len(), shipped);
    assert!(state.workspace.is_none());
    let fourth = request(state.apply(WorkspaceAction::Open(root).into()));
    state.apply(WorkspaceAction::Failed { request: fourth, error: "no such folder".to_owned() }.into());
    assert!(state.workspace.is_none(), "what was never read is not open");
}
