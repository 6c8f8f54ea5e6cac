//! Documents that start from another one: kept before anybody edits them, and apart from what they started from.

use mlops_atlas::action::{DocumentAction, WindowAction, WindowId};
use mlops_atlas::address::{DocumentKind, Location, Origin};
use mlops_atlas::document::Content;
use mlops_atlas::store::document_files::{open, template_text};
use tempfile::tempdir;

use super::Atlas;

fn template() -> Content {
    let kind = DocumentKind::Drawing;
    Content::read(kind, template_text(kind, "edge").unwrap()).unwrap().0
}

#[test]
fn a_copy_is_kept_before_anybody_edits_it() {
    let home = tempdir().unwrap();
    let mut atlas = Atlas::at(home.path());
    let copy = template().copied("edge");
    assert_eq!(copy.title(), "Edge / embedded fleet (copy)");
    atlas.act(WindowAction::NewFrom(copy.clone()));
    assert_eq!(atlas.drawing().origin, Origin::Untitled(1));
    assert_eq!((&atlas.drawing().content, atlas.steps(), atlas.drawing().is_dirty()), (&copy, 0, true));
    assert_eq!(atlas.drafts(), [copy.title()]);
    assert_eq!(atlas.told(), Vec::<String>::new(), "nothing was brought back");
    // The program ends, as after a crash: without closing anything.
    drop(atlas);

    let mut atlas = Atlas::at(home.path());
    assert_eq!(atlas.drafts(), [copy.title()]);
    atlas.open(Origin::Untitled(1));
    assert_eq!((&atlas.drawing().content, atlas.steps(), atlas.drawing().is_dirty()), (&copy, 0, true));
    atlas.retitle("Ours");
    atlas.drawing_act(DocumentAction::Undo);
    assert_eq!((&atlas.drawing().content, atlas.drawing().is_dirty()), (&copy, true), "it is in no file yet");
    atlas.act(WindowAction::Close);
    assert!(atlas.says("Closed with changes that are not saved"));
    atlas.open(Origin::Untitled(1));
    assert_eq!(atlas.drawing().content, copy);

    let path = home.path().join("ours.architecture.json");
    atlas.drawing_act(DocumentAction::SaveTo(path.clone()));
    assert_eq!(open(&path, DocumentKind::Drawing).unwrap().content, copy);
    assert!(!atlas.drawing().is_dirty() && atlas.drafts().is_empty());
}

#[test]
fn the_edits_of_a_copy_are_its_own() {
    let home = tempdir().unwrap();
    let mut atlas = Atlas::at(home.path());
    atlas.open(Origin::Template("edge".to_owned()));
    let content = atlas.drawing().content.clone();
    atlas.act(WindowAction::NewFrom(content.copied("edge")));
    atlas.retitle("Ours");
    drop(atlas);
    let mut atlas = Atlas::at(home.path());
    atlas.open(Origin::Template("edge".to_owned()));
    assert_eq!((&atlas.drawing().content, atlas.drawing().is_dirty()), (&template(), false));
    atlas.open(Origin::Untitled(1));
    assert_eq!((atlas.drawing().title().as_str(), atlas.steps()), ("Ours", 1));
    assert!(atlas.says("Unsaved changes were brought back"));
    atlas.undo_all();
    assert_eq!(atlas.drawing().content, content.copied("edge"));
    assert_eq!(
        *atlas.app.state().location(WindowId::MAIN),
        Location::of_document(DocumentKind::Drawing, Origin::Untitled(1))
    );
}

#[test]
fn a_copy_without_a_title_is_named_after_its_file() {
    assert_eq!(Content::empty(DocumentKind::Drawing).copied("ours.json").title(), "ours.json (copy)");
}
