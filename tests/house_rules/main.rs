//! The house rules: which module may import which, where files, threads and colours live, how long a file is.
//!
//! `house_rules/table.rs` holds the rules with their reasons; the checker itself is tested on trees that break
//! them (`directions`, `drawing`, `life_cycle`, `manners`), and then held against this project.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod checker;
mod directions;
mod drawing;
mod life_cycle;
mod manners;
mod mentions;
mod packaging;
mod table;
mod texts;
mod tree;

use std::path::{Path, PathBuf};

use checker::{Sources, Violation};

/// Where code lives.
const CODE: &[&str] = &["src", "tests", "benches", "examples"];

/// Where other texts live.
const TEXTS: &[&str] = &[".ci", "assets", "data", "docs", "packaging"];

/// Folders that programs leave behind and that are not part of the project.
const LEFT_BEHIND: &[&str] = &["__pycache__", ".venv", "target"];

/// The project's folder: that of this run, since a build may be older than a move of the folder.
fn root() -> PathBuf {
    std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into()).into()
}

/// What the checker says about files given as (path, text without the opening line).
fn verdict(files: &[(&str, &str)]) -> Vec<String> {
    let sources = files.iter().map(|(file, text)| ((*file).to_owned(), format!("//! A file.\n{text}\n")));
    checker::check(&sources.collect()).iter().map(ToString::to_string).collect()
}

/// Reads every text below `dir` (bytes that are not text are left out) into `into`.
fn read_below(root: &Path, dir: &Path, into: &mut Sources) {
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            if !LEFT_BEHIND.iter().any(|left| name.starts_with(left)) {
                read_below(root, &path, into);
            }
        } else {
            read_one(root, &path, into);
        }
    }
}

fn read_one(root: &Path, path: &Path, into: &mut Sources) {
    if let Ok(text) = String::from_utf8(std::fs::read(path).unwrap()) {
        let name =
            path.strip_prefix(root).unwrap().components().map(|part| part.as_os_str().to_string_lossy());
        into.insert(name.collect::<Vec<_>>().join("/"), text);
    }
}

/// All texts of this project: those in its folders and those beside `Cargo.toml`.
fn project() -> Sources {
    let root = root();
    let mut texts = Sources::new();
    for folder in CODE.iter().chain(TEXTS).map(|folder| root.join(folder)).filter(|folder| folder.is_dir()) {
        read_below(&root, &folder, &mut texts);
    }
    let kinds = ["md", "toml", "sh"];
    for path in std::fs::read_dir(&root).unwrap().map(|entry| entry.unwrap().path()) {
        if path.is_file() && path.extension().is_some_and(|kind| kinds.iter().any(|known| kind == *known)) {
            read_one(&root, &path, &mut texts);
        }
    }
    texts
}

/// The Rust files of this project.
fn code() -> Sources {
    let mut code = project();
    code.retain(|file, _| Path::new(file).extension().is_some_and(|kind| kind == "rs"));
    code
}

fn lines(violations: &[Violation]) -> String {
    violations.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n  ")
}

#[test]
fn this_project_keeps_the_rules() {
    let code = code();
    assert!(
        code.contains_key("src/main.rs") && code.contains_key("tests/house_rules/main.rs"),
        "files are found"
    );
    let found = checker::check(&code);
    assert!(found.is_empty(), "{} broken rules:\n  {}", found.len(), lines(&found));
}

#[test]
fn no_text_names_a_path_of_one_machine() {
    let texts = project();
    assert!(texts.contains_key("README.md"), "texts are found");
    let found = texts::check(&texts);
    assert!(found.is_empty(), "{} places:\n  {}", found.len(), lines(&found));
}

/// Prints the median, so that growth is seen before a file fails at the limit.
#[test]
fn files_are_short_in_the_middle() {
    let mut lengths: Vec<_> = code()
        .iter()
        .filter(|(file, _)| file.starts_with("src/"))
        .map(|(file, text)| (text.lines().count(), file.clone()))
        .collect();
    lengths.sort();
    let median = lengths[lengths.len() / 2].0;
    let (longest, file) = lengths.last().unwrap();
    println!("{} files in src, median {median} lines, longest {file} with {longest}", lengths.len());
    assert!(median <= 150, "half of the files in src have more than {median} lines; aim at 150");
}
