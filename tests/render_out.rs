//! `render --out` at targets that are there already: replaced whole, through links, or refused in one sentence.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test that cannot make its files has failed")]

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::Path;

/// The exit status and stderr of a small picture written to `out`.
fn render(out: &Path) -> (Option<i32>, String) {
    let mut program = assert_cmd::Command::cargo_bin("mlops-atlas").unwrap();
    let words = ["render", "atlas:settings", "--size", "200x200", "--scale", "0.5", "--out"];
    let output = program.args(words).arg(out).output().unwrap();
    (output.status.code(), String::from_utf8(output.stderr).unwrap())
}

fn is_png(path: &Path) -> bool {
    fs::read(path).unwrap().starts_with(b"\x89PNG")
}

#[test]
fn a_picture_replaces_a_file_whole_and_follows_a_link() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::write(at("old.png"), "old").unwrap();
    fs::set_permissions(at("old.png"), fs::Permissions::from_mode(0o640)).unwrap();
    fs::create_dir(at("inner")).unwrap();
    fs::write(at("inner/real.png"), "old").unwrap();
    symlink("inner/real.png", at("link.png")).unwrap();
    symlink("inner/new.png", at("dangling.png")).unwrap();
    for name in ["old.png", "link.png", "dangling.png", "made/new.png"] {
        assert_eq!(render(&at(name)), (Some(0), String::new()), "{name}");
        assert!(is_png(&at(name)), "{name}");
    }
    assert_eq!(fs::metadata(at("old.png")).unwrap().permissions().mode() & 0o777, 0o640);
    assert!(at("link.png").is_symlink() && is_png(&at("inner/real.png")));
    assert!(at("dangling.png").is_symlink() && is_png(&at("inner/new.png")));
    for folder in [folder.path(), &at("inner")] {
        let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
        let left: Vec<_> = names.filter(|name| name.to_string_lossy().ends_with(".tmp")).collect();
        assert_eq!(left, [""; 0], "nothing is left behind");
    }
}

#[test]
fn what_is_no_file_to_be_replaced_is_refused_in_one_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::create_dir(at("folder.png")).unwrap();
    fs::write(at("kept.png"), "kept").unwrap();
    fs::set_permissions(at("kept.png"), fs::Permissions::from_mode(0o444)).unwrap();
    symlink("/dev/null", at("device.png")).unwrap();
    fs::write(at("file"), "").unwrap();
    for (name, why) in [
        ("folder.png", "there is a folder of this name"),
        ("kept.png", "the file is read-only"),
        ("device.png", "no ordinary file"),
        ("file/new.png", "in a folder that is a file"),
    ] {
        let (status, said) = render(&at(name));
        assert_eq!((status, said.lines().count()), (Some(2), 1), "{name}: {said}");
        assert!(said.contains(why) && said.trim_end().ends_with(name), "{name}: {said}");
    }
    assert_eq!(fs::read_to_string(at("kept.png")).unwrap(), "kept");
    assert!(Path::new("/dev/null").metadata().unwrap().permissions().mode() & 0o111 == 0);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 4, "nothing is made");
}
