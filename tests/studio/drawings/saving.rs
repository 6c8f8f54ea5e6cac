//! Saving: never over a change that nobody here has seen, never over another open drawing.

use mlops_atlas::action::{Action, DocumentAction, WindowAction};
use mlops_atlas::address::{DocumentKind, Location, Origin, Place};
use mlops_atlas::architecture::{Architecture, Edit};
use mlops_atlas::store::architecture_files::{self, open, save};
use mlops_atlas::store::atlas_db::Profile;
use tempfile::tempdir;

use super::{Atlas, file_in};

#[test]
fn a_path_that_is_open_in_this_window_is_refused_by_name() {
    let home = tempdir().unwrap();
    let (path, base) = file_in(home.path());
    let mut atlas = Atlas::at(home.path());
    atlas.open_path(&path);
    atlas.act(WindowAction::New(DocumentKind::Drawing));
    atlas.retitle("Other");
    // The same file, written in another way.
    let other_way = home.path().join("locks").join("..").join("ours.architecture.json");
    for path in [path.clone(), other_way] {
        atlas.drawing_act(DocumentAction::SaveTo(path));
        let refused = format!("“{}” is open from this file here, so nothing was written", base.title);
        assert!(atlas.says(&refused), "{:?}", atlas.told());
        let notices: Vec<_> = atlas.app.state().notices.iter().map(|notice| notice.id).collect();
        for id in notices {
            atlas.act(Action::Dismiss(id));
        }
    }
    assert_eq!(open(&path).unwrap().0, base);
    assert!(atlas.drawing().is_dirty() && atlas.drawing().origin == Origin::Untitled(1));
    // Once it is closed, the file may be replaced.
    atlas.open_path(&path);
    atlas.act(WindowAction::Close);
    atlas.open(Origin::Untitled(1));
    atlas.drawing_act(DocumentAction::SaveTo(path.clone()));
    assert_eq!(open(&path).unwrap().0.title, "Other");
    assert!(!atlas.drawing().is_dirty());
    assert_eq!(atlas.drafts().len(), 0);
}

#[test]
fn a_file_that_changed_on_disk_is_replaced_only_when_asked_twice() {
    let home = tempdir().unwrap();
    let (path, base) = file_in(home.path());
    let mut atlas = Atlas::at(home.path());
    atlas.open_path(&path);
    atlas.retitle("Here");
    let theirs = Architecture { title: "Theirs".to_owned(), ..base.clone() };
    save(&path, &theirs).unwrap();
    atlas.drawing_act(DocumentAction::Save);
    assert!(atlas.says("changed on disk since it was read or saved here, so nothing was written"));
    assert_eq!(open(&path).unwrap().0, theirs);
    assert!(atlas.drawing().is_dirty());
    // Changed once more: what was agreed to is not what would be lost.
    let newer = Architecture { title: "Newer".to_owned(), ..base };
    save(&path, &newer).unwrap();
    atlas.drawing_act(DocumentAction::Save);
    assert_eq!(open(&path).unwrap().0, newer);
    atlas.drawing_act(DocumentAction::Save);
    assert_eq!(open(&path).unwrap().0.title, "Here");
    assert!(!atlas.drawing().is_dirty());
    // The usual way stays short.
    atlas.retitle("Here again");
    atlas.drawing_act(DocumentAction::Save);
    assert_eq!(open(&path).unwrap().0.title, "Here again");
    // A file that is gone has nothing to lose.
    std::fs::remove_file(&path).unwrap();
    atlas.retitle("Third");
    atlas.drawing_act(DocumentAction::Save);
    assert_eq!(open(&path).unwrap().0.title, "Third");
}

#[test]
fn what_was_not_understood_is_dropped_only_when_asked_twice() {
    let home = tempdir().unwrap();
    let (path, base) = file_in(home.path());
    let text = std::fs::read_to_string(&path).unwrap();
    let first = text.find("{\"id\":").unwrap();
    // A second node of the same id, and a node that is none: neither can be in the drawing.
    let end = first + text[first..].find('\n').unwrap();
    let odd = format!("{}{}\n7,\n{}", &text[..first], &text[first..end], &text[first..]);
    std::fs::write(&path, &odd).unwrap();
    let mut atlas = Atlas::at(home.path());
    atlas.open_path(&path);
    atlas.retitle("Mine");
    atlas.drawing_act(DocumentAction::Save);
    assert!(atlas.says("it would drop 2 things of the file that were not understood"), "{:?}", atlas.told());
    assert_eq!(std::fs::read_to_string(&path).unwrap(), odd);
    assert!(atlas.drawing().is_dirty());
    atlas.drawing_act(DocumentAction::Save);
    assert_eq!(open(&path).unwrap(), (Architecture { title: "Mine".to_owned(), ..base }, Vec::new()));
}

#[test]
fn an_edit_right_after_saving_is_not_taken_as_saved() {
    let home = tempdir().unwrap();
    let (path, _) = file_in(home.path());
    let mut atlas = Atlas::at(home.path());
    atlas.open_path(&path);
    atlas.retitle("Saved");
    // Both in one frame, as fast hands do.
    let id = atlas.id();
    atlas.app.push(Action::Document(id, DocumentAction::Save));
    atlas.act(Action::Document(id, DocumentAction::Edit(Edit::SetTitle("After".to_owned()).into())));
    assert_eq!(open(&path).unwrap().0.title, "Saved");
    assert!(atlas.drawing().is_dirty());
    drop(atlas);
    let mut atlas = Atlas::at(home.path());
    atlas.open_path(&path);
    assert_eq!(atlas.architecture().title, "After");
}

#[test]
fn edits_of_a_file_that_changed_meanwhile_are_kept_apart() {
    let home = tempdir().unwrap();
    let (path, base) = file_in(home.path());
    let mut atlas = Atlas::at(home.path());
    atlas.open_path(&path);
    atlas.retitle("Mine");
    drop(atlas);
    let theirs = Architecture { title: "Theirs".to_owned(), ..base.clone() };
    save(&path, &theirs).unwrap();
    let mut atlas = Atlas::at(home.path());
    atlas.open_path(&path);
    assert_eq!(*atlas.architecture(), theirs);
    assert!(!atlas.drawing().is_dirty());
    assert!(atlas.says("kept apart as “Untitled 1”"), "{:?}", atlas.told());
    // Work on the file goes on under its own name, beside the copy.
    atlas.retitle("Theirs, edited");
    assert_eq!(atlas.drafts(), ["Theirs, edited", "Mine"]);
    drop(atlas);
    let mut atlas = Atlas::at(home.path());
    atlas.open(atlas.draft_origin("Mine"));
    assert_eq!(*atlas.architecture(), Architecture { title: "Mine".to_owned(), ..base.clone() });
    atlas.undo_all();
    assert_eq!(*atlas.architecture(), base, "undo goes back to what the edits were made on");
    assert!(atlas.drawing().is_dirty(), "no file holds this any more");
    drop(atlas);
    let mut atlas = Atlas::at(home.path());
    atlas.open_path(&path);
    assert_eq!(atlas.architecture().title, "Theirs, edited");
}

#[test]
fn edits_that_the_file_holds_already_do_not_come_back() {
    let home = tempdir().unwrap();
    let (path, _) = file_in(home.path());
    let mut atlas = Atlas::at(home.path());
    atlas.open_path(&path);
    atlas.retitle("Mine");
    let written = atlas.architecture().clone();
    drop(atlas);
    // As after a crash between the writing of the file and the forgetting of the journal.
    save(&path, &written).unwrap();
    let mut atlas = Atlas::at(home.path());
    atlas.open_path(&path);
    assert_eq!((atlas.steps(), atlas.drafts().len()), (0, 0));
    assert!(!atlas.drawing().is_dirty() && !atlas.says("kept apart"), "{:?}", atlas.told());
}

#[test]
fn edits_of_a_file_that_is_gone_are_kept_apart() {
    let home = tempdir().unwrap();
    let (path, base) = file_in(home.path());
    for broken in [None, Some("not JSON")] {
        save(&path, &base).unwrap();
        let mut atlas = Atlas::at(home.path());
        atlas.open_path(&path);
        atlas.retitle("Mine");
        drop(atlas);
        std::fs::remove_file(&path).unwrap();
        if let Some(text) = broken {
            std::fs::write(&path, text).unwrap();
        }
        let mut atlas = Atlas::at(home.path());
        atlas.open_path(&path);
        assert!(atlas.says("kept apart"), "{:?}", atlas.told());
        atlas.open(atlas.draft_origin("Mine"));
        assert_eq!(*atlas.architecture(), Architecture { title: "Mine".to_owned(), ..base.clone() });
        // Discarded, nothing is left of it.
        atlas.drawing_act(DocumentAction::Discard);
        assert_eq!(atlas.drafts().len(), 0);
    }
}

#[test]
fn saving_over_a_file_with_unsaved_edits_of_its_own_keeps_those_apart() {
    let home = tempdir().unwrap();
    let (path, _) = file_in(home.path());
    let mut atlas = Atlas::at(home.path());
    atlas.open_path(&path);
    atlas.retitle("Of the file");
    atlas.act(WindowAction::Close);
    atlas.act(WindowAction::New(DocumentKind::Drawing));
    atlas.retitle("Other");
    atlas.drawing_act(DocumentAction::SaveTo(path.clone()));
    atlas.retitle("Other, edited");
    assert_eq!(atlas.drafts(), ["Other, edited", "Of the file"]);
    drop(atlas);
    let mut atlas = Atlas::at(home.path());
    atlas.open_path(&path);
    assert_eq!(atlas.architecture().title, "Other, edited");
    assert_eq!(atlas.steps(), 1);
}

#[test]
fn a_file_is_one_document_however_its_path_is_written() {
    let home = tempdir().unwrap();
    let (path, _) = file_in(home.path());
    std::fs::create_dir(home.path().join("sub")).unwrap();
    let mut atlas = Atlas::start(Profile::empty());
    atlas.open_path(&path);
    atlas.retitle("Changed");
    atlas.open_path(&home.path().join("sub/../ours.architecture.json"));
    assert_eq!(atlas.architecture().title, "Changed");
    assert_eq!(atlas.app.state().documents.len(), 1);
}

#[test]
fn what_cannot_be_opened_is_never_saved_and_is_tried_again() {
    let home = tempdir().unwrap();
    let path = home.path().join("broken.architecture.json");
    std::fs::write(&path, "not JSON").unwrap();
    let mut atlas = Atlas::at(home.path());
    atlas.open_path(&path);
    atlas.drawing_act(DocumentAction::Save);
    assert!(atlas.says("not open, so nothing can be done with it"));
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "not JSON");
    save(&path, &architecture_files::template("edge").unwrap()).unwrap();
    atlas.act(WindowAction::Go(Location::start_of(Place::Studio)));
    atlas.open_path(&path);
    assert_eq!(atlas.architecture().id, "edge");
}
