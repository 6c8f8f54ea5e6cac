//! The checker sees missing purposes, long files, unfinished work, silenced tests, sleeps and foreign paths.

use super::checker::{self, Sources};
use super::{texts, verdict};

fn raw(file: &str, text: &str) -> Vec<String> {
    checker::check(&Sources::from([(file.to_owned(), text.to_owned())]))
        .iter()
        .map(ToString::to_string)
        .collect()
}

#[test]
fn a_file_says_what_it_is_for() {
    assert_eq!(raw("src/runs.rs", "struct A;\n"), ["src/runs.rs: purpose: the file does not open with //!"]);
    assert_eq!(raw("tests/a.rs", "\n//! Late.\n"), ["tests/a.rs: purpose: the file does not open with //!"]);
    assert!(raw("src/runs.rs", "//! Runs.\n").is_empty());
}

#[test]
fn a_file_is_at_most_500_lines_long() {
    let text = |lines: usize| format!("//! Long.\n{}", "\n".repeat(lines - 1));
    assert!(raw("src/runs.rs", &text(500)).is_empty());
    assert_eq!(raw("src/runs.rs", &text(501)), ["src/runs.rs: length: 501 lines, at most 500"]);
    assert_eq!(raw("benches/a.rs", &text(900)), ["benches/a.rs: length: 900 lines, at most 500"]);
}

#[test]
fn broken_code_is_not_passed_over() {
    let found = raw("src/runs.rs", "//! Runs.\nfn f( {\n");
    assert!(found.len() == 1 && found[0].starts_with("src/runs.rs: not Rust: "), "{found:?}");
}

// Spaces inside the marks below: a plain search for them must not find this file.
#[test]
fn nothing_is_left_unfinished_or_silenced() {
    for file in ["src/runs.rs", "tests/a.rs", "benches/a.rs"] {
        let at = |rest: &str| [format!("{file}: {rest}")];
        assert_eq!(verdict(&[(file, "fn f() { todo !(); }")]), at("unfinished: todo!"));
        assert_eq!(
            verdict(&[(file, "fn f() { vec![unimplemented !()]; }")]),
            at("unfinished: unimplemented!")
        );
        assert_eq!(verdict(&[(file, "fn f() { std :: dbg !(1); }")]), at("unfinished: dbg!"));
        let found = verdict(&[(file, "# [ignore] fn f() {}")]);
        assert_eq!(found, [format!("{file}:2: silenced test: the attribute `ignore`")]);
        let found = verdict(&[(file, "proptest! {\n # [ignore = \"slow\"] fn f() {}\n}")]);
        assert_eq!(found, [format!("{file}:3: silenced test: the attribute `ignore`")]);
    }
    assert!(verdict(&[("src/runs.rs", "fn todo() -> bool { a.todo != dbg }")]).is_empty());
}

#[test]
fn nothing_sleeps() {
    let text = "use std::thread as t;\nfn f() { t::sleep(d); }";
    assert_eq!(verdict(&[("tests/a.rs", text)]), ["tests/a.rs:3: sleep: t::sleep"]);
    assert_eq!(verdict(&[("src/jobs.rs", text)]), ["src/jobs.rs:3: sleep: t::sleep"]);
    let text = "use std::thread::{self, sleep};";
    assert_eq!(
        verdict(&[("src/jobs.rs", text)]),
        [format!("src/jobs.rs:2: sleep: std::{}", ["thread", "sleep"].join("::"))]
    );
    assert!(verdict(&[("tests/a.rs", "use std::thread;\nfn f() { thread::spawn(g); }")]).is_empty());
}

fn places(text: &str) -> Vec<String> {
    let texts = Sources::from([("docs/a.md".to_owned(), text.to_owned())]);
    texts::check(&texts).iter().map(ToString::to_string).collect()
}

#[test]
fn paths_of_one_machine_are_found() {
    for root in ["tmp", "home", "root", "Users"] {
        let path = format!("/{root}/ada/mlruns");
        let expected = [format!("docs/a.md:2: machine path: a path under /{root}")];
        assert_eq!(places(&format!("first\nopen {path}")), expected);
        assert_eq!(places(&format!("first\nfile://{path}")), expected);
        assert_eq!(places(&format!("first\n\"{path}\"")), expected);
        assert!(places(&format!("https://example.org{path}")).is_empty(), "a part of an address");
        assert!(places(&format!("src{path} ~/{root}")).is_empty(), "a part of a longer path");
    }
    let outside = ["..", "shared", "data"].join("/");
    assert_eq!(places(&outside), ["docs/a.md:1: outside the project: a neighbour of the project's folder"]);
}
