//! Killed at any moment, the work is there at the next start: with a real second process.

use mlops_atlas::action::WindowAction;
use mlops_atlas::address::{DocumentKind, Origin};
use mlops_atlas::architecture::Architecture;
use mlops_atlas::store::architecture_files;
use tempfile::tempdir;

use super::child::Second;
use super::{Atlas, after, file_in};

/// Starts a process that edits `origin`, kills it after it announced `moment` edits; returns the name of the
/// drawing and how many edits it announced in all.
fn edit_and_kill(home: &std::path::Path, what: &str, origin: &str, moment: usize) -> (String, i32) {
    let mut second = Second::start(home, what, origin);
    let name = second.hear().unwrap();
    let mut announced = 0;
    for _ in 0..moment {
        announced = second.hear().unwrap().parse().unwrap();
    }
    let last = second.kill().iter().filter_map(|line| line.parse().ok()).max();
    (name, last.unwrap_or(announced))
}

/// Every announced edit is in the shown drawing, at most one more (committed, but not announced any more), and
/// undo goes back to `base`.
fn assert_all_is_there(atlas: &mut Atlas, base: &Architecture, announced: i32) {
    let count = atlas.steps() as i32;
    assert!(count == announced || count == announced + 1, "{count} edits of {announced} announced");
    assert_eq!(*atlas.architecture(), after(base, count));
    assert!(atlas.says("Unsaved changes were brought back"), "{:?}", atlas.told());
    assert!(atlas.drawing().is_dirty());
    atlas.undo_all();
    assert_eq!(atlas.architecture(), base);
    assert!(!atlas.drawing().history.is_dirty());
}

#[test]
fn edits_of_a_file_survive_a_kill_at_any_moment() {
    for moment in [1, 2, 7, 50] {
        let home = tempdir().unwrap();
        let (path, base) = file_in(home.path());
        let text = std::fs::read(&path).unwrap();
        let (_, announced) = edit_and_kill(home.path(), "edit", path.to_str().unwrap(), moment);
        assert!(announced >= moment as i32);
        let mut atlas = Atlas::at(home.path());
        assert!(atlas.says("Home lists them under Continue"), "{:?}", atlas.told());
        atlas.open_path(&path);
        assert_all_is_there(&mut atlas, &base, announced);
        assert_eq!(std::fs::read(&path).unwrap(), text, "the file itself was never touched");
        drop(atlas);
        let mut atlas = Atlas::at(home.path());
        atlas.open_path(&path);
        assert_eq!((atlas.steps(), atlas.drafts().len()), (0, 0), "what was undone does not come back");
    }
}

#[test]
fn edits_of_a_drawing_without_a_file_survive_a_kill() {
    let home = tempdir().unwrap();
    let (first, announced) = edit_and_kill(home.path(), "edit", "", 1);
    let (second, more) = edit_and_kill(home.path(), "edit", "", 20);
    assert_ne!(first, second, "a new drawing never takes the number of one in the journal");
    let mut atlas = Atlas::at(home.path());
    assert_eq!(atlas.drafts().len(), 2);
    atlas.act(WindowAction::New(DocumentKind::Drawing));
    let third = atlas.drawing().origin.to_string();
    assert!(third != first && third != second && atlas.architecture().nodes.is_empty(), "{third}");
    for (name, announced) in [(first, announced), (second, more)] {
        atlas.open(Origin::parse(&name));
        assert_all_is_there(&mut atlas, &Architecture::default(), announced);
    }
    assert_eq!(atlas.drafts().len(), 0);
}

#[test]
fn edits_of_an_unsaved_template_survive_a_kill() {
    for moment in [1, 25] {
        let home = tempdir().unwrap();
        let (name, announced) = edit_and_kill(home.path(), "edit", "template:edge", moment);
        let mut atlas = Atlas::at(home.path());
        assert_eq!(atlas.drafts().len(), 1);
        atlas.open(Origin::parse(&name));
        assert_all_is_there(&mut atlas, &architecture_files::template("edge").unwrap(), announced);
    }
}

#[test]
fn edits_and_saves_survive_a_kill_at_any_moment_together() {
    for moment in [1, 3, 4, 6, 40] {
        let home = tempdir().unwrap();
        let (path, base) = file_in(home.path());
        let (_, announced) = edit_and_kill(home.path(), "edit and save", path.to_str().unwrap(), moment);
        let mut atlas = Atlas::at(home.path());
        atlas.open_path(&path);
        let title = &atlas.architecture().title;
        let count: i32 = title.strip_prefix("Edit ").unwrap_or("0").parse().unwrap();
        assert!(count == announced || count == announced + 1, "{count} edits of {announced} announced");
        assert_eq!(*atlas.architecture(), after(&base, count));
        // Killed between writing the file and forgetting the journal, the edits must not come back twice.
        assert!(!atlas.says("kept apart"), "{:?}", atlas.told());
        let saved = architecture_files::open(&path).unwrap().0;
        assert_eq!(*atlas.architecture() == saved, !atlas.drawing().is_dirty());
        atlas.undo_all();
        assert_eq!(*atlas.architecture(), saved);
    }
}
