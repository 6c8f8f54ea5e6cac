//! `render --out` at targets that are there already: replaced whole, through links, or refused in one sentence.

#![cfg(unix)]

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::Path;

/// The exit status and stderr of a small picture written to `out`.
fn render(out: &Path) -> (Option<i32>, String) {
    render_with(&["--scale", "0.5"], out)
}

fn render_with(words: &[&str], out: &Path) -> (Option<i32>, String) {
    let mut program = assert_cmd::Command::cargo_bin("mlops-atlas").unwrap();
    let command = ["render", "atlas:settings", "--size", "200x200"];
    let output = program.args(command).args(words).arg("--out").arg(out).output().unwrap();
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

#[test]
fn the_ending_of_the_name_says_what_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let read = |name: &str| fs::read(at(name)).unwrap();
    for (words, name) in
        [(&[][..], "a.svg"), (&["--scale", "3"], "b.svg"), (&["--outlined"], "c.svg"), (&[], "d.PDF")]
    {
        assert_eq!(render_with(words, &at(name)), (Some(0), String::new()), "{name}");
    }
    let svg = String::from_utf8(read("a.svg")).unwrap();
    assert!(svg.starts_with("<svg ") && svg.contains("</text>"), "{svg}");
    assert_eq!(svg.as_bytes(), read("b.svg"), "the scale changes nothing in vectors");
    let outlined = String::from_utf8(read("c.svg")).unwrap();
    assert!(outlined.starts_with("<svg ") && !outlined.contains("<text"), "{outlined}");
    assert!(read("d.PDF").starts_with(b"%PDF-"));

    // One view in all forms, each file the same as when it is asked for alone.
    let pdf = at("e.pdf");
    let more = ["--out", pdf.to_str().unwrap()];
    assert_eq!(render_with(&more, &at("e.svg")), (Some(0), String::new()));
    assert_eq!(read("e.svg"), read("a.svg"));
    assert_eq!(read("e.pdf").len(), read("d.PDF").len());

    for (words, name, why) in [
        (&[][..], "view.jpg", "a view is written as PNG, SVG or PDF"),
        (&[], "view", "a view is written as PNG, SVG or PDF"),
        (&["--outlined"], "view.pdf", "--outlined goes with SVG only"),
    ] {
        let (status, said) = render_with(words, &at(name));
        assert_eq!((status, said.lines().count()), (Some(2), 1), "{name}: {said}");
        assert!(said.contains(why) && said.trim_end().ends_with(name), "{name}: {said}");
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 6);
}

/// A view of something that is not there is drawn, and said to be incomplete.
#[test]
fn what_an_address_names_and_nothing_has_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("view.png");
    let render = |address: &str| {
        let mut program = assert_cmd::Command::cargo_bin("mlops-atlas").unwrap();
        let command = ["render", address, "--size", "400x300", "--scale", "0.5", "--out"];
        let output = program.args(command).arg(&out).output().unwrap();
        assert!(is_png(&out), "{address}: what there is, is drawn");
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    let drawing = "atlas:studio/drawing?file=template:kreuzberger";
    for (address, why) in [
        (
            format!("{drawing}&panel=impact&artifact=nowhere"),
            "no flow of the drawing carries this artifact: nowhere",
        ),
        (
            format!("{drawing}&panel=impact&swap-from=nowhere"),
            "no box of the drawing names this tool: nowhere",
        ),
        (
            format!("{drawing}&panel=impact&swap-from=mlflow&swap-to=nowhere"),
            "the catalog has no tool with this id: nowhere",
        ),
        (
            format!("{drawing}&panel=impact&node=ing&without=nowhere"),
            "the drawing has no node with this id: nowhere",
        ),
        (
            format!("{drawing}&panel=compare&against=template:nowhere"),
            "there is no template with this id: nowhere",
        ),
        ("atlas:studio/consensus?kind=nowhere".to_owned(), "no drawing has a box of this kind: nowhere"),
    ] {
        let (status, said) = render(&address);
        assert!(status == Some(1) && said.contains(why), "{address}: {status:?} {said}");
    }
    for address in [
        format!("{drawing}&panel=impact&artifact=metrics"),
        format!("{drawing}&panel=compare&against=template:edge"),
        "atlas:studio/consensus?kind=training".to_owned(),
    ] {
        assert_eq!(render(&address), (Some(0), String::new()), "{address}");
    }
}
