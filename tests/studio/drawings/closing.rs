//! Closing, discarding and quitting with changes that are not saved; the journal of earlier versions.

use egui::{RawInput, ViewportCommand, ViewportEvent, ViewportId};
use mlops_atlas::action::{DocumentAction, WindowAction, WindowId};
use mlops_atlas::address::{DocumentKind, Location, Origin, Place};
use mlops_atlas::store::atlas_db::{AtlasDb, Profile};
use tempfile::tempdir;

use super::{Atlas, file_in};

#[test]
fn closing_keeps_what_is_not_saved_and_says_so() {
    for profile in [None, Some(())] {
        let home = tempdir().unwrap();
        let (path, _) = file_in(home.path());
        let mut atlas =
            Atlas::start(profile.map_or_else(Profile::empty, |()| Profile::at(home.path().join("profile"))));
        atlas.open_path(&path);
        atlas.retitle("Mine");
        atlas.act(WindowAction::Close);
        assert_eq!(*atlas.app.state().location(WindowId::MAIN), Location::start_of(Place::Studio));
        assert!(atlas.app.state().documents.is_empty());
        let until = if profile.is_some() { "kept and come back" } else { "kept until the program ends and" };
        assert!(
            atlas.says("Closed with changes that are not saved") && atlas.says(until),
            "{:?}",
            atlas.told()
        );
        assert_eq!(atlas.drafts(), ["Mine"]);
        atlas.open_path(&path);
        assert_eq!(atlas.architecture().title, "Mine");
    }
}

#[test]
fn closing_without_changes_says_nothing() {
    let home = tempdir().unwrap();
    let (path, _) = file_in(home.path());
    let mut atlas = Atlas::at(home.path());
    atlas.open_path(&path);
    atlas.retitle("Mine");
    atlas.drawing_act(DocumentAction::Undo);
    atlas.act(WindowAction::Close);
    assert_eq!(atlas.told(), Vec::<String>::new());
    assert_eq!(atlas.drafts().len(), 0);
}

#[test]
fn discarding_is_one_step_that_can_be_undone() {
    let home = tempdir().unwrap();
    let (path, base) = file_in(home.path());
    let mut atlas = Atlas::at(home.path());
    atlas.open_path(&path);
    for number in 1..=3 {
        atlas.edit(super::numbered(number));
    }
    let edited = atlas.architecture().clone();
    atlas.drawing_act(DocumentAction::Discard);
    assert_eq!(*atlas.architecture(), base);
    assert!(!atlas.drawing().is_dirty() && atlas.drafts().is_empty());
    atlas.drawing_act(DocumentAction::Undo);
    assert_eq!(*atlas.architecture(), edited);
    // The journal follows: what was brought back by undo survives, too.
    drop(atlas);
    let mut atlas = Atlas::at(home.path());
    atlas.open_path(&path);
    assert_eq!(*atlas.architecture(), edited);
}

#[test]
fn an_empty_drawing_that_was_never_changed_leaves_nothing() {
    let home = tempdir().unwrap();
    let mut atlas = Atlas::at(home.path());
    atlas.act(WindowAction::New(DocumentKind::Drawing));
    assert!(!atlas.drawing().is_dirty());
    drop(atlas);
    let mut atlas = Atlas::at(home.path());
    assert!(atlas.drafts().is_empty());
    atlas.open(Origin::Untitled(1));
    assert!(atlas.says("never saved and holds no changes"), "{:?}", atlas.told());
}

/// Presses the window's close button; whether the window stays.
fn close_button(atlas: &mut Atlas) -> bool {
    let mut input = RawInput::default();
    input.viewports.entry(ViewportId::ROOT).or_default().events.push(ViewportEvent::Close);
    let ctx = atlas.ctx.clone();
    let mut output = ctx.run_ui(input, |_| atlas.app.logic(&ctx));
    // Nothing is drawn here.
    output.textures_delta.clear();
    let stays = output.viewport_output[&ViewportId::ROOT].commands.contains(&ViewportCommand::CancelClose);
    atlas.settle();
    stays
}

#[test]
fn quitting_is_stopped_once_where_nothing_can_be_kept() {
    let home = tempdir().unwrap();
    let (path, _) = file_in(home.path());
    let mut kept = Atlas::at(home.path());
    kept.open_path(&path);
    kept.retitle("Mine");
    assert!(!close_button(&mut kept), "the journal keeps it");
    drop(kept);
    assert!(Atlas::at(home.path()).says("Changes that were not saved are still here: “Mine”"));

    let mut atlas = Atlas::start(Profile::empty());
    atlas.open_path(&path);
    assert!(!close_button(&mut atlas), "nothing would be lost");
    atlas.retitle("Mine");
    assert!(close_button(&mut atlas));
    assert!(atlas.says("nothing can be kept for the next start"), "{:?}", atlas.told());
    atlas.retitle("Mine, more");
    assert!(close_button(&mut atlas), "more would be lost than was warned of");
    assert!(!close_button(&mut atlas), "asked twice");
}

#[test]
fn what_the_journal_cannot_take_is_not_closed_and_is_written_later_in_order() {
    let home = tempdir().unwrap();
    let (path, base) = file_in(home.path());
    let mut atlas = Atlas::at(home.path());
    atlas.open_path(&path);
    atlas.retitle("One");
    let db = rusqlite::Connection::open(home.path().join("atlas.db")).unwrap();
    db.execute_batch("ALTER TABLE journal RENAME TO away").unwrap();
    atlas.edit(super::numbered(1));
    assert!(atlas.says("this change is not remembered"), "{:?}", atlas.told());
    atlas.edit(super::numbered(2));
    atlas.act(WindowAction::Close);
    assert!(atlas.says("so it stays open") && atlas.drawing().is_dirty(), "{:?}", atlas.told());
    assert!(close_button(&mut atlas), "quitting would lose two edits");
    db.execute_batch("ALTER TABLE away RENAME TO journal").unwrap();
    atlas.edit(super::numbered(3));
    let edited = atlas.architecture().clone();
    atlas.act(WindowAction::Close);
    assert!(atlas.app.state().documents.is_empty(), "now all of them are kept");
    drop(atlas);
    let mut atlas = Atlas::at(home.path());
    atlas.open_path(&path);
    assert_eq!((atlas.architecture(), atlas.steps()), (&edited, 4));
    atlas.undo_all();
    assert_eq!(*atlas.architecture(), base);
}

#[test]
fn an_unreadable_row_of_the_journal_costs_only_what_follows_it() {
    let home = tempdir().unwrap();
    let (path, base) = file_in(home.path());
    let mut atlas = Atlas::at(home.path());
    atlas.open_path(&path);
    for number in 1..=3 {
        atlas.edit(super::numbered(number));
    }
    drop(atlas);
    let db = rusqlite::Connection::open(home.path().join("atlas.db")).unwrap();
    db.execute("UPDATE journal SET edit = '{\"of_a_later_version\":1}' WHERE seq = 2", []).unwrap();
    drop(db);
    let mut atlas = Atlas::at(home.path());
    atlas.open_path(&path);
    assert!(atlas.says("The last 2 of its unsaved changes cannot be read"), "{:?}", atlas.told());
    assert_eq!(*atlas.architecture(), super::after(&base, 1));
    // Nothing was thrown away: a version that can read it finds it.
    let db = rusqlite::Connection::open(home.path().join("atlas.db")).unwrap();
    let sql = "SELECT count(*) FROM journal WHERE document LIKE 'aside:%' || ?1";
    let kept: i64 = db.query_row(sql, [path.to_str().unwrap()], |row| row.get(0)).unwrap();
    assert_eq!(kept, 3);
    assert_eq!(atlas.app.state().drafts.documents.len(), 1, "what was set aside is no draft of its own");
    drop(db);
    // What is edited from here on is safe again.
    atlas.retitle("Later");
    drop(atlas);
    let mut atlas = Atlas::at(home.path());
    atlas.open_path(&path);
    assert_eq!((atlas.architecture().title.as_str(), atlas.steps()), ("Later", 2));
}

#[test]
fn back_leads_to_the_saved_drawing_not_to_the_number_it_had() {
    let home = tempdir().unwrap();
    let path = home.path().join("new.architecture.json");
    let mut atlas = Atlas::at(home.path());
    atlas.act(WindowAction::New(DocumentKind::Drawing));
    atlas.retitle("New");
    let untitled = atlas.drawing().origin.clone();
    atlas.act(WindowAction::Go(Location::start_of(Place::Studio)));
    atlas.open(untitled);
    atlas.drawing_act(DocumentAction::SaveTo(path.clone()));
    atlas.act(WindowAction::Back);
    atlas.act(WindowAction::Back);
    assert_eq!(atlas.drawing().origin, Origin::Path(path));
    assert_eq!(atlas.architecture().title, "New");
}

#[test]
fn a_journal_of_version_1_is_brought_back() {
    let home = tempdir().unwrap();
    let (path, base) = file_in(home.path());
    let real = std::fs::canonicalize(&path).unwrap();
    let db = rusqlite::Connection::open(home.path().join("atlas.db")).unwrap();
    db.execute_batch(include_str!("../../../src/store/sql/atlas_1.sql")).unwrap();
    db.execute("INSERT INTO recents VALUES ('atlas:data', 'Data', 5)", []).unwrap();
    for (document, edit) in [
        (real.to_str().unwrap(), r#"{"set_title":"From before"}"#),
        ("untitled:3", r#"{"set_title":"Never saved"}"#),
        ("template:edge", r#"{"set_title":"A template"}"#),
    ] {
        db.execute("INSERT INTO journal (document, edit) VALUES (?1, ?2)", [document, edit]).unwrap();
    }
    drop(db);
    let mut atlas = Atlas::at(home.path());
    assert_eq!(atlas.drafts().len(), 3);
    assert_eq!(atlas.app.state().recents.len(), 1, "what was there stays");
    atlas.open_path(&path);
    assert_eq!(atlas.architecture().title, "From before");
    atlas.undo_all();
    assert_eq!(*atlas.architecture(), base);
    atlas.open(Origin::Untitled(3));
    assert_eq!(atlas.architecture().title, "Never saved");
    atlas.open(Origin::Template("edge".to_owned()));
    assert_eq!(atlas.architecture().title, "A template");
    drop(atlas);
    let (_, problems) = AtlasDb::open(&Profile::at(home.path())).unwrap();
    assert_eq!(problems, []);
    let db = rusqlite::Connection::open(home.path().join("atlas.db")).unwrap();
    let version: i64 = db.query_row("PRAGMA user_version", [], |row| row.get(0)).unwrap();
    assert_eq!(version, 3);
}
