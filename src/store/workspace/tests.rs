//! What is a workspace, what is read of it, and what is read again.

use super::*;
use crate::architecture::Architecture;

const TODAY: Date = jiff::civil::date(2026, 12, 1);

#[test]
fn a_decision_gets_the_next_number_of_its_workspace() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    let named = || numbered(Some(root), "decisions", "a-b.md");
    assert_eq!(numbered(None, "decisions", "a-b.md"), Path::new("0001-a-b.md"));
    assert_eq!(named(), root.join("decisions/0001-a-b.md"));
    fs::create_dir(root.join("decisions")).unwrap();
    for name in ["0002-x.md", "0011-y.md", "README.md", "99999999999-too-long.md"] {
        fs::write(root.join("decisions").join(name), "").unwrap();
    }
    assert_eq!(named(), root.join("decisions/0012-a-b.md"));
}

#[test]
fn a_folder_is_a_workspace_by_what_lies_in_it() {
    for (what, is_file, expected) in [
        ("catalog/tools", false, true),
        ("decisions", false, true),
        ("ours.architecture.json", true, true),
        ("OURS.Architecture.JSON", true, true),
        (".architecture.json", true, false),
        ("package.json", true, false),
        ("ours.architecture.json", false, false),
        ("catalog", false, false),
        ("decisions", true, false),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(what);
        if is_file {
            fs::write(&path, "{}").unwrap();
        } else {
            fs::create_dir_all(&path).unwrap();
        }
        assert_eq!(is_workspace(folder.path()), expected, "{what}, file: {is_file}");
        assert!(!is_workspace(&folder.path().join("absent")));
    }
}

#[test]
fn documents_and_decisions_are_listed_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    fs::create_dir_all(root.join("decisions/old.md")).unwrap();
    let empty = Architecture::default().to_json();
    for (name, text) in [
        ("b.architecture.json", empty.as_str()),
        ("a.architecture.json", "no JSON at all"),
        ("notes.json", "{}"),
        ("decisions/0002-serving.md", "---\nstatus: accepted\n---\n\n# Serve with KServe\n"),
        ("decisions/0001-tracker.md", "# 0001 Choose a tracker\n# Another\n"),
        ("decisions/0003-empty.md", ""),
        ("decisions/picture.png", ""),
    ] {
        fs::write(root.join(name), text).unwrap();
    }
    let contents = read(root, TODAY, None).unwrap();
    let titles: Vec<&str> = contents.documents.iter().map(|file| file.title.as_str()).collect();
    assert_eq!(titles, ["a", "b"]);
    let titles: Vec<&str> = contents.decisions.iter().map(|file| file.title.as_str()).collect();
    assert_eq!(titles, ["0001 Choose a tracker", "0002 Serve with KServe", "0003-empty"]);
    assert_eq!(contents.problems, []);
    // What is no drawing is none; why is told by whoever opens it.
    let drawn: Vec<&Path> = contents.drawings.iter().map(|(path, _)| path.as_path()).collect();
    assert_eq!((drawn, contents.cards.len()), (vec![root.join("b.architecture.json").as_path()], 1));
    let unread: Vec<&str> = contents.unread.iter().map(|file| file.title.as_str()).collect();
    assert_eq!(unread, ["a"]);
}

#[test]
fn the_drawings_that_can_be_read_are_there_in_the_order_of_their_names() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    for (name, text) in [
        ("b.architecture.json", r#"{"nodes":[],"title":"B"}"#),
        ("c.architecture.json", "no JSON at all"),
        ("a.architecture.json", r#"{"nodes":[],"title":"A"}"#),
        ("notes.json", r#"{"nodes":[],"title":"Notes"}"#),
    ] {
        fs::write(root.join(name), text).unwrap();
    }
    let contents = read(root, TODAY, None).unwrap();
    let drawings: Vec<(&Path, &str)> =
        contents.drawings.iter().map(|(path, drawing)| (path.as_path(), drawing.title.as_str())).collect();
    let path = |name: &str| root.join(name);
    let (a, b) = (path("a.architecture.json"), path("b.architecture.json"));
    assert_eq!(drawings, [(a.as_path(), "A"), (b.as_path(), "B")]);
    assert_eq!((contents.documents.len(), contents.problems.len()), (3, 0));
}

#[test]
fn the_fingerprint_changes_with_every_file_that_counts_and_with_no_other() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    fs::create_dir_all(root.join("catalog/tools")).unwrap();
    fs::create_dir_all(root.join("decisions")).unwrap();
    let mut last = fingerprint(root);
    assert_eq!(fingerprint(root), last);
    for (name, is_entry) in [
        ("catalog/tools/a.toml", true),
        ("decisions/1.md", false),
        ("x.architecture.json", false),
        ("catalog/categories.toml", true),
    ] {
        for text in ["one", "three"] {
            fs::write(root.join(name), text).unwrap();
            let next = fingerprint(root);
            let changed = (next.entries != last.entries, next.documents != last.documents);
            assert_eq!(changed, (is_entry, !is_entry), "{name} is written: {text}");
            last = next;
        }
    }
    fs::write(root.join("train.py"), "").unwrap();
    assert_eq!(fingerprint(root), last, "code is no part of it");
    fs::remove_file(root.join("decisions/1.md")).unwrap();
    assert_ne!(fingerprint(root), last);
}

#[test]
fn only_what_has_changed_is_read_again() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    fs::create_dir_all(root.join("catalog/tools")).unwrap();
    let write = |name: &str, text: &str| fs::write(root.join(name), text).unwrap();
    write("catalog/tools/own.toml", "id = \"own\"\nname = \"Own\"\n");
    write("a.architecture.json", r#"{"nodes":[],"title":"A"}"#);
    write("b.architecture.json", r#"{"nodes":[],"title":"B"}"#);
    let first = read(root, TODAY, None).unwrap();
    write("b.architecture.json", r#"{"nodes":[],"title":"B, longer"}"#);
    let second = read(root, TODAY, Some(&first)).unwrap();
    assert!(Arc::ptr_eq(&first.catalog, &second.catalog) && Arc::ptr_eq(&first.index, &second.index));
    assert_eq!((second.entries.len(), &second.problems), (1, &first.problems));
    let same = |a: &Contents, b: &Contents, at: usize| {
        Arc::ptr_eq(&a.drawings[at].1, &b.drawings[at].1) && Arc::ptr_eq(&a.cards[at], &b.cards[at])
    };
    assert!(same(&first, &second, 0) && !same(&first, &second, 1));
    assert_eq!((&*second.drawings[1].1.title, &*second.cards[1].title), ("B, longer", "B, longer"));

    write("catalog/tools/own.toml", "id = \"own\"\nname = \"Our own\"\n");
    let third = read(root, TODAY, Some(&second)).unwrap();
    assert!(!Arc::ptr_eq(&second.catalog, &third.catalog));
    assert!(same(&second, &third, 0) && same(&second, &third, 1));
    // Claims age: on another day they are judged anew.
    let tomorrow = read(root, TODAY.tomorrow().unwrap(), Some(&third)).unwrap();
    assert!(!Arc::ptr_eq(&tomorrow.catalog, &third.catalog) && same(&third, &tomorrow, 1));
}

#[cfg(unix)]
#[test]
fn links_that_lead_nowhere_are_told_and_harm_nothing() {
    use std::os::unix::fs::symlink;
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    fs::create_dir_all(root.join("catalog/tools")).unwrap();
    symlink("loop.toml", root.join("catalog/tools/loop.toml")).unwrap();
    symlink("nowhere", root.join("catalog/tools/gone.toml")).unwrap();
    symlink(".", root.join("catalog/tools/self")).unwrap();
    fs::write(root.join("catalog/tools/own.toml"), "id = \"own\"\nname = \"Own\"\n").unwrap();
    let contents = read(root, TODAY, None).unwrap();
    let places: Vec<&str> = contents.problems.iter().map(|problem| problem.at.as_str()).collect();
    assert_eq!(places, ["catalog/tools/gone.toml", "catalog/tools/loop.toml"]);
    assert_eq!(contents.entries.len(), 1);

    fs::remove_dir_all(root.join("catalog/tools")).unwrap();
    symlink("tools", root.join("catalog/tools")).unwrap();
    let contents = read(root, TODAY, None).unwrap();
    assert_eq!(contents.problems.len(), 1, "{:?}", contents.problems);
    assert_eq!(contents.problems[0].at, "catalog/tools");
}

#[test]
fn a_folder_that_is_not_there_is_refused_by_name() {
    let error = read(Path::new("/nowhere/at all"), TODAY, None).unwrap_err().to_string();
    assert!(error.ends_with(": /nowhere/at all"), "{error}");
}
