//! A shortlist goes from one person to another: exported, dropped on the other's window, taken back.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use mlops_atlas::action::{Action, RemarkAction, WindowId};
use mlops_atlas::app::{App, Start};
use mlops_atlas::catalog::ToolId;
use mlops_atlas::cli::schema::{SchemaName, text};
use mlops_atlas::remarks::Remark;
use mlops_atlas::store::atlas_db::Profile;

use crate::headless;

/// A file as the desktop drops it.
#[derive(Debug)]
struct Dropped(PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        std::fs::read(&self.0).map_err(|error| error.to_string())
    }
}

fn open(folder: &Path, at: &str, shortlists: Vec<PathBuf>) -> Harness<'static, App> {
    let profile = Profile::at(folder);
    let today = Some("2026-11-30".parse().unwrap());
    let locations = vec![at.parse().unwrap()];
    let start = Start { profile, today, locations, shortlists, ..Start::default() };
    let mut harness = headless::open(start);
    harness.run_steps(3);
    harness
}

fn notices(harness: &Harness<'_, App>) -> Vec<(String, String)> {
    let notices = harness.state().state().notices.iter();
    notices.map(|notice| (notice.problem.message.clone(), notice.problem.at.clone())).collect()
}

/// Frames until a notice starts so; a job that never answers fails the journey instead of hanging it.
fn told(harness: &mut Harness<'_, App>, start: &str) -> (String, String) {
    for _ in 0..5_000 {
        harness.run_steps(1);
        if let Some(notice) = notices(harness).into_iter().find(|(message, _)| message.starts_with(start)) {
            harness.run_steps(3);
            return notice;
        }
    }
    panic!("never told: {start}, but {:?}", notices(harness));
}

fn press(harness: &mut Harness<'_, App>, label: &str) {
    harness.get_by_label(label).click_accesskit();
    harness.run_steps(3);
}

/// Carries out a command of the palette.
fn choose(harness: &mut Harness<'_, App>, command: &str) {
    harness.key_press_modifiers(Modifiers::COMMAND, Key::K);
    harness.run_steps(3);
    harness.get_by_role_and_label(Role::TextInput, "Search everything").type_text(command);
    harness.run_steps(3);
    harness.get_by_role_and_label(Role::ListBoxOption, command).click_accesskit();
    harness.run_steps(3);
}

fn drop_file(harness: &mut Harness<'_, App>, file: &Path) {
    harness.input_mut().dropped_files.push(Arc::new(Dropped(file.to_owned())));
    harness.run_steps(2);
}

fn kept(harness: &Harness<'_, App>, tool: &str) -> Option<Remark> {
    harness.state().state().remarks.of(&ToolId::new(tool).unwrap()).cloned()
}

fn remark(note: &str, rating: Option<u8>, shortlisted: bool) -> Remark {
    Remark { note: note.to_owned(), rating, shortlisted }
}

#[test]
fn a_shortlist_of_somebody_else_is_taken_in_and_taken_back_in_one_step() {
    let folder = tempfile::tempdir().unwrap();
    let (mine, theirs) = (folder.path().join("mine"), folder.path().join("theirs"));
    let file = folder.path().join("serving.shortlist.toml");

    let mut harness = open(&mine, "atlas:landscape/tool?id=kserve", Vec::new());
    choose(&mut harness, "Export the shortlist…");
    told(&mut harness, "Nothing is on the shortlist yet");
    press(&mut harness, "Shortlist");
    press(&mut harness, "Rate KServe 4 of 5");
    harness.get_by_label("My note on KServe").focus();
    harness.run_steps(2);
    harness.get_by_label("My note on KServe").type_text("Ask \"platform\"");
    harness.run_steps(2);
    // What the dialog answers, which nobody can see here.
    harness.state_mut().push(Action::Remark(RemarkAction::Export(file.clone())));
    let (message, at) = told(&mut harness, "The shortlist is written");
    assert_eq!(message, "The shortlist is written: 1 tool, with 1 rating and 1 note.");
    assert_eq!(at, file.display().to_string());
    let expected = "format = \"mlops-atlas/shortlist@1\"\ndate = \"2026-11-30\"\n\n[[tool]]\nid = \"kserve\"\nrating = \
                    4\nnote = \"Ask \\\"platform\\\"\"\n";
    let written = std::fs::read_to_string(&file).unwrap();
    assert_eq!(written, expected);
    drop(harness);

    // The other one has a word of their own on one tool, and their catalog does not know another.
    std::fs::write(
        &file,
        format!("{written}\n[[tool]]\nid = \"feast\"\nrating = 1\n\n[[tool]]\nid = \"ours\"\n"),
    )
    .unwrap();
    let mut harness = open(&theirs, "atlas:landscape/tool?id=feast", Vec::new());
    press(&mut harness, "Rate Feast 5 of 5");
    drop_file(&mut harness, &file);
    let (message, at) = told(&mut harness, "2 tools came onto the shortlist");
    assert!(message.contains("Undo"), "{message}");
    assert_eq!(at, file.display().to_string());
    let (own, _) = told(&mut harness, "Your own word was kept");
    assert!(own.ends_with("rating of feast (line 10)."), "{own}");
    let (unknown, _) = told(&mut harness, "ours (line 14) is no tool of the catalog");
    assert!(unknown.contains("workspace"), "{unknown}");
    let here = harness.state().state().location(WindowId::MAIN).to_string();
    assert_eq!(here, "atlas:landscape/table?shortlist=yes");
    assert!(harness.query_all_by_label_contains("KServe").count() > 0);
    assert_eq!(kept(&harness, "feast"), Some(remark("", Some(5), true)));
    assert_eq!(kept(&harness, "kserve"), Some(remark("Ask \"platform\"", Some(4), true)));
    assert_eq!(kept(&harness, "ours"), None);

    harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    harness.run_steps(3);
    assert_eq!(kept(&harness, "feast"), Some(remark("", Some(5), false)), "the rating was made before");
    assert_eq!(kept(&harness, "kserve"), None);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Y);
    harness.run_steps(3);
    // No orderly end: what was imported is committed.
    std::mem::forget(harness);
    let mut harness = open(&theirs, "atlas:home", vec![file.clone()]);
    assert_eq!(kept(&harness, "kserve"), Some(remark("Ask \"platform\"", Some(4), true)));
    told(&mut harness, "Nothing has changed");
}

#[test]
fn a_file_that_is_none_changes_nothing_and_says_where_and_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = open(&folder.path().join("profile"), "atlas:landscape/tool?id=feast", Vec::new());
    press(&mut harness, "Shortlist");
    let before = harness.state().state().location(WindowId::MAIN).to_string();
    for (name, bytes, place, told_as) in [
        ("a", b"format = \"mlops-atlas/shortlist@1\"\n[[tool]\n".as_slice(), ":2", "nothing was imported"),
        ("b", b"[[tool]]\nid = \"aim\"\n", ":1", "nothing was imported"),
        (
            "c",
            b"\nformat = \"mlops-atlas/shortlist@9\"\n[[tool]]\nid = \"aim\"\n",
            ":2",
            "nothing was imported",
        ),
        ("d", b"format = \"mlops-atlas/shortlist@1\"\n# \xff\n", ":2", "the file is not UTF-8 text"),
    ] {
        let file = folder.path().join(format!("{name}.shortlist.toml"));
        std::fs::write(&file, bytes).unwrap();
        drop_file(&mut harness, &file);
        let at = format!("{}{place}", file.display());
        let mut said = Vec::new();
        for _ in 0..5_000 {
            harness.run_steps(1);
            said = notices(&harness);
            if said.iter().any(|(message, _)| message.starts_with(told_as) && message.ends_with(&at)) {
                break;
            }
        }
        assert!(said.iter().any(|(message, _)| message.ends_with(&at)), "{name}: {said:?}");
        assert_eq!(kept(&harness, "aim"), None, "{name}");
        assert_eq!(kept(&harness, "feast"), Some(remark("", None, true)), "{name}");
        assert_eq!(harness.state().state().location(WindowId::MAIN).to_string(), before, "{name}");
    }
}

/// What the program wrote, as a JSON value, and what it is not to read.
#[test]
fn a_written_file_is_valid_against_the_schema_and_a_broken_one_is_not() {
    let schema = serde_json::from_str(text(SchemaName::Shortlist)).unwrap();
    let schema = jsonschema::validator_for(&schema).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("all.shortlist.toml");
    let mut harness = open(&folder.path().join("profile"), "atlas:home", Vec::new());
    for (tool, rating, note) in
        [("aim", Some(1), "two\nlines \"\"\""), ("feast", Some(5), ""), ("mlflow", None, "n")]
    {
        let id = ToolId::new(tool).unwrap();
        harness.state_mut().push(Action::Remark(RemarkAction::Shortlist(id.clone(), true)));
        harness.state_mut().push(Action::Remark(RemarkAction::Rate(id.clone(), rating)));
        harness.state_mut().push(Action::Remark(RemarkAction::Note(id, note.to_owned())));
    }
    harness.run_steps(2);
    harness.state_mut().push(Action::Remark(RemarkAction::Export(file.clone())));
    told(&mut harness, "The shortlist is written: 3 tools, with 2 ratings and 2 notes");
    let value: serde_json::Value = toml::from_str(&std::fs::read_to_string(&file).unwrap()).unwrap();
    let errors: Vec<String> = schema.iter_errors(&value).map(|error| error.to_string()).collect();
    assert_eq!(errors, [""; 0]);
    assert_eq!(value["tool"].as_array().unwrap().len(), 3);
    for (path, broken) in [
        ("/format", serde_json::json!("mlops-atlas/shortlist@2")),
        ("/date", serde_json::json!("30.11.2026")),
        ("/tool/0/id", serde_json::json!("Not An Id")),
        ("/tool/0/rating", serde_json::json!(6)),
        ("/tool/0/note", serde_json::json!(" ")),
        ("/tool/0", serde_json::json!({"rating": 3})),
        ("/tool/0", serde_json::json!({"id": "aim", "notes": "n"})),
    ] {
        let mut value = value.clone();
        *value.pointer_mut(path).unwrap() = broken;
        assert!(!schema.is_valid(&value), "must not be valid: {path}");
    }
}
