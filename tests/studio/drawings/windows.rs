//! A drawing that another process has open is read-only here: with a real second process.

use mlops_atlas::action::{DocumentAction, WindowAction};
use mlops_atlas::address::{DocumentKind, Origin};
use mlops_atlas::architecture::Edit;
use mlops_atlas::store::architecture_files;
use mlops_atlas::store::atlas_db::Profile;
use tempfile::tempdir;

use super::child::Second;
use super::{Atlas, file_in};

#[test]
fn the_second_window_reads_and_may_save_a_copy() {
    let home = tempdir().unwrap();
    let (path, base) = file_in(home.path());
    let mut atlas = Atlas::at(home.path());
    atlas.open_path(&path);
    atlas.retitle("Changed here, not saved");
    let mut second = Second::start(home.path(), "save elsewhere", path.to_str().unwrap());
    assert_eq!(second.hear().unwrap(), "read-only");
    assert_eq!(
        second.hear().unwrap(),
        base.title,
        "the edit is refused, and those of here are not shown there"
    );
    let told = second.hear().unwrap();
    assert!(told.contains("open in another MLOps Atlas and cannot be changed here"), "{told}");
    assert!(!told.contains("under Continue"), "what is being edited here is no leftover there: {told}");
    assert_eq!(second.hear().unwrap(), "Mine", "a copy can be changed");
    assert_eq!(architecture_files::open(&home.path().join("copy.architecture.json")).unwrap().0, base);
    second.end();
    // The copy's journal and that of here are two.
    assert_eq!(atlas.architecture().title, "Changed here, not saved");
    drop(atlas);
    let mut atlas = Atlas::at(home.path());
    atlas.open_path(&path);
    assert_eq!(atlas.architecture().title, "Changed here, not saved");
    assert!(!atlas.drawing().read_only);
}

#[test]
fn a_window_that_ends_or_crashes_gives_the_drawing_free() {
    let home = tempdir().unwrap();
    let (path, base) = file_in(home.path());
    let name = path.to_str().unwrap();
    for crash in [false, true] {
        let mut second = Second::start(home.path(), "hold", name);
        assert_eq!(second.hear().unwrap(), "writable");
        let mut atlas = Atlas::at(home.path());
        atlas.open_path(&path);
        assert!(atlas.drawing().read_only);
        for action in [
            DocumentAction::Edit(Edit::SetTitle("x".to_owned()).into()),
            DocumentAction::Undo,
            DocumentAction::Discard,
        ] {
            atlas.drawing_act(action);
            assert_eq!(*atlas.architecture(), base);
            assert!(atlas.says("cannot be changed here"));
        }
        atlas.drawing_act(DocumentAction::SaveTo(path.clone()));
        assert!(atlas.says("open in another MLOps Atlas, so nothing was written"), "{:?}", atlas.told());
        if crash {
            second.kill();
        } else {
            second.end();
        }
        atlas.act(WindowAction::Close);
        atlas.open_path(&path);
        assert!(!atlas.drawing().read_only);
        atlas.retitle("Mine again");
        atlas.drawing_act(DocumentAction::Discard);
    }
    let mut beside: Vec<_> =
        std::fs::read_dir(home.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
    beside.retain(|name| !name.to_string_lossy().starts_with("atlas.db"));
    beside.sort();
    assert_eq!(beside, ["locks", "ours.architecture.json"], "the home is the drawing's folder in this test");
}

#[test]
fn a_template_that_another_window_works_on_can_be_started_from_here_too() {
    let home = tempdir().unwrap();
    let mut second = Second::start(home.path(), "edit", "template:edge");
    while second.hear().unwrap() != "2" {}
    let mut atlas = Atlas::at(home.path());
    atlas.open(Origin::Template("edge".to_owned()));
    assert_eq!(*atlas.architecture(), architecture_files::template("edge").unwrap());
    assert_eq!(atlas.drawing().origin, Origin::Untitled(1));
    assert!(atlas.says("a drawing of its own"), "{:?}", atlas.told());
    assert!(!atlas.drawing().read_only && !atlas.drawing().is_dirty());
    atlas.retitle("Mine");
    second.kill();
    drop(atlas);
    let mut atlas = Atlas::at(home.path());
    atlas.open(Origin::Untitled(1));
    assert_eq!(atlas.architecture().title, "Mine");
    atlas.open(Origin::Template("edge".to_owned()));
    assert!(atlas.architecture().title.starts_with("Edit "), "{}", atlas.architecture().title);
}

#[test]
fn saving_over_a_drawing_of_another_window_is_refused() {
    let home = tempdir().unwrap();
    let (path, base) = file_in(home.path());
    let mut second = Second::start(home.path(), "hold", path.to_str().unwrap());
    second.hear().unwrap();
    let mut atlas = Atlas::at(home.path());
    atlas.act(WindowAction::New(DocumentKind::Drawing));
    atlas.retitle("Other");
    atlas.drawing_act(DocumentAction::SaveTo(path.clone()));
    assert!(atlas.says("open in another MLOps Atlas, so nothing was written"), "{:?}", atlas.told());
    assert_eq!(architecture_files::open(&path).unwrap().0, base);
    assert!(atlas.drawing().is_dirty());
    second.end();
}

#[test]
fn without_a_usable_profile_nothing_is_locked_and_nothing_complained_of() {
    let home = tempdir().unwrap();
    let (path, _) = file_in(home.path());
    std::fs::write(home.path().join("blocked"), "a file where the folder should be").unwrap();
    for profile in [Profile::empty(), Profile::at(home.path().join("blocked"))] {
        let mut atlases = [Atlas::start(profile.clone()), Atlas::start(profile)];
        for atlas in &mut atlases {
            let before = atlas.told();
            atlas.open_path(&path);
            assert!(!atlas.drawing().read_only);
            atlas.retitle("Changed");
            assert_eq!(atlas.architecture().title, "Changed");
            assert_eq!(atlas.told(), before);
        }
    }
}
