//! The checker sees every forbidden import, however it is smuggled in, and lets the same code pass where it may be.

use super::verdict;

/// A store and a view to be smuggled.
const STORE: (&str, &str) = ("src/store/mod.rs", "pub struct Reader;\npub mod files {\n pub fn read() {}\n}");

fn one(file: &str, text: &str) -> Vec<String> {
    verdict(&[STORE, ("src/lib.rs", ""), (file, text)])
}

#[test]
fn a_noun_that_imports_the_store_is_found() {
    let expected = ["src/runs.rs:2: direction: runs -> store through crate::store::Reader"];
    assert_eq!(one("src/runs.rs", "use crate::store::Reader;"), expected);
    assert!(one("src/cli/runs.rs", "use crate::store::Reader;").is_empty());
}

#[test]
fn every_noun_is_kept_from_the_shell() {
    for noun in super::table::NOUNS {
        for shell in ["state", "action", "command", "ui", "store", "jobs", "app", "cli"] {
            let found = one(&format!("src/{noun}/part.rs"), &format!("use crate::{shell}::Thing;"));
            let expected =
                format!("src/{noun}/part.rs:2: direction: {noun} -> {shell} through crate::{shell}::Thing");
            assert_eq!(found, [expected]);
        }
    }
}

#[test]
fn between_nouns_only_the_listed_edges_pass() {
    assert!(one("src/architecture/mod.rs", "use crate::catalog::ToolId;").is_empty());
    assert_eq!(
        one("src/catalog/mod.rs", "use crate::architecture::Node;"),
        ["src/catalog/mod.rs:2: direction: catalog -> architecture through crate::architecture::Node"]
    );
    assert_eq!(one("src/problem.rs", "use crate::catalog::Tool;").len(), 1);
}

#[test]
fn the_shell_has_directions_too() {
    for (from, to) in [
        ("ui/home", "store"),
        ("ui/home", "jobs"),
        ("ui/home", "app"),
        ("ui/home", "cli"),
        ("store/files", "ui"),
        ("store/files", "state"),
        ("store/files", "action"),
        ("state", "store"),
        ("state", "app"),
        ("state", "ui"),
        ("jobs", "state"),
        ("cli/tools", "state"),
        ("cli/tools", "ui::theme"),
    ] {
        let found = one(&format!("src/{from}.rs"), &format!("use crate::{to}::Thing;"));
        assert_eq!(found.len(), 1, "{from} -> {to}: {found:?}");
    }
    assert!(one("src/cli/tools.rs", "use crate::ui::export::Image;").is_empty());
    assert!(
        one("src/app/files.rs", "use crate::{jobs::Jobs, state::State, store::Reader, ui::View};").is_empty()
    );
}

#[test]
fn a_re_export_is_followed_to_where_it_leads() {
    let found = verdict(&[
        STORE,
        ("src/cli/mod.rs", "pub use crate::store::Reader as Harmless;"),
        ("src/app.rs", "pub use crate::cli::Harmless as Plain;"),
        ("src/main.rs", "use mlops_atlas::app::Plain;"),
        ("src/ui/mod.rs", "fn f(_: crate::app::Plain) {}"),
    ]);
    // Each stop on the way is an edge, and so is the end.
    let expected = [
        "src/app.rs:2: direction: app -> cli through crate::cli::Harmless",
        "src/ui/mod.rs:2: direction: ui -> app through crate::app::Plain",
        "src/ui/mod.rs:2: direction: ui -> cli through crate::app::Plain",
        "src/ui/mod.rs:2: direction: ui -> store through crate::app::Plain",
    ];
    assert_eq!(found, expected);
}

#[test]
fn an_allowed_module_cannot_hand_egui_on() {
    let state = "src/state.rs:2: egui outside ui: egui through egui";
    let found = verdict(&[
        ("src/state.rs", "pub use egui;"),
        ("src/state/part.rs", "fn f(_: super::egui::Pos2) {}"),
        ("src/ui/mod.rs", "use crate::state::egui::Ui;"),
    ]);
    assert_eq!(found, [state, "src/state/part.rs:2: egui outside ui: egui through super::egui::Pos2"]);
    // Through the one noun that others may import, by a type alias.
    let found = verdict(&[
        ("src/catalog/mod.rs", "pub type At = egui::Pos2;"),
        ("src/architecture/mod.rs", "use crate::catalog::At;"),
    ]);
    assert_eq!(
        found,
        [
            "src/architecture/mod.rs:2: egui outside ui: egui through crate::catalog::At",
            "src/catalog/mod.rs:2: egui outside ui: egui through egui::Pos2",
        ]
    );
}

#[test]
fn a_glob_hides_nothing() {
    let found = verdict(&[
        STORE,
        ("src/catalog/mod.rs", "pub use crate::store::*;"),
        ("src/practice/mod.rs", "use crate::catalog::*;\nfn f(_: Reader) {}"),
    ]);
    assert_eq!(
        found,
        [
            "src/catalog/mod.rs:2: direction: catalog -> store through crate::store",
            "src/practice/mod.rs:3: direction: practice -> store through Reader",
        ]
    );
    let found = verdict(&[
        ("src/ui/mod.rs", "pub use egui::*;"),
        ("src/app.rs", "pub use crate::ui::*;"),
        ("src/cli/mod.rs", "fn f(_: crate::app::Pos2) {}"),
    ]);
    assert!(found.contains(&"src/cli/mod.rs:2: egui outside ui: egui through crate::app::Pos2".to_owned()));
    assert!(one("src/runs/series.rs", "use super::*;\nfn f() -> Option<Vec<u8>> { None }").is_empty());
}

#[test]
fn paths_upwards_are_followed() {
    let expected =
        ["src/runs/filter/parse.rs:2: direction: runs -> store through super::super::super::store"];
    assert_eq!(one("src/runs/filter/parse.rs", "use super::super::super::store;"), expected);
    let inline = "mod tests {\n use super::super::store::files;\n}";
    let expected = ["src/runs.rs:3: direction: runs -> store through super::super::store::files"];
    assert_eq!(one("src/runs.rs", inline), expected);
    assert!(one("src/store/mlflow/open.rs", "use super::super::files;").is_empty());
}

#[test]
fn groups_and_renames_are_followed() {
    assert_eq!(
        one("src/catalog/mod.rs", "use std as s;\nfn f() { let _ = s::fs::read(\"a\"); }"),
        ["src/catalog/mod.rs:3: files outside store: std::fs through s::fs::read"]
    );
    assert_eq!(
        one("src/catalog/mod.rs", "use std::{collections::BTreeMap, fs as f};"),
        ["src/catalog/mod.rs:2: files outside store: std::fs through std::fs"]
    );
    assert_eq!(
        one("src/catalog/mod.rs", "use crate::{self as c};\nfn f(_: c::store::Reader) {}"),
        ["src/catalog/mod.rs:3: direction: catalog -> store through c::store::Reader"]
    );
    assert_eq!(
        one("src/catalog/mod.rs", "extern crate self as me;\nfn f() { me::store::files::read() }"),
        ["src/catalog/mod.rs:3: direction: catalog -> store through me::store::files::read"]
    );
    assert_eq!(
        one("src/catalog/mod.rs", "extern crate rusqlite as r;"),
        ["src/catalog/mod.rs:2: files outside store: rusqlite through ::rusqlite"]
    );
}

#[test]
fn a_full_path_in_code_is_an_import() {
    assert_eq!(
        one("src/practice/mod.rs", "fn f() { crate::store::files::read(); }"),
        ["src/practice/mod.rs:2: direction: practice -> store through crate::store::files::read"]
    );
    assert_eq!(
        one("src/practice/mod.rs", "fn f() { let _ = ::std::fs::read(\"a\"); }"),
        ["src/practice/mod.rs:2: files outside store: std::fs through ::std::fs::read"]
    );
    assert_eq!(one("src/practice/mod.rs", "impl From<crate::store::Reader> for u8 {}").len(), 1);
    assert_eq!(one("src/practice/mod.rs", "fn f() { <crate::store::Reader>::open(); }").len(), 2);
}

#[test]
fn macros_and_attributes_hide_nothing() {
    assert_eq!(
        one("src/runs.rs", "fn f() { assert!(matches!(1, crate::store::Reader)); }"),
        ["src/runs.rs:2: direction: runs -> store through crate::store::Reader"]
    );
    assert_eq!(
        one("src/runs.rs", "macro_rules! m { () => { $crate::store::files::read() } }"),
        ["src/runs.rs:2: direction: runs -> store through crate::store::files::read"]
    );
    assert_eq!(
        one("src/runs.rs", "#[derive(S)]\n#[serde(with = \"crate::store::files\")]\nstruct A;"),
        ["src/runs.rs:3: direction: runs -> store through crate::store::files"]
    );
    assert!(
        one("src/runs.rs", "/// See [`crate::store::Reader`].\nfn f() { format!(\"crate::store\"); }")
            .is_empty()
    );
    assert!(one("src/runs.rs", "fn f() { format!(\"{}\", a.store.fs); }").is_empty());
}

#[test]
fn code_of_tests_is_no_exception() {
    let text = "#[cfg(test)]\nmod tests {\n fn f() { std::fs::read(\"a\"); }\n}";
    let expected = ["src/history.rs:4: files outside store: std::fs through std::fs::read"];
    assert_eq!(one("src/history.rs", text), expected);
}

#[test]
fn other_crates_have_their_places() {
    for (path, place, elsewhere) in [
        ("egui::Ui", "src/ui/home.rs", "src/state.rs"),
        ("eframe::App", "src/app.rs", "src/cli/mod.rs"),
        ("egui::Context", "src/app.rs", "src/app/effects.rs"),
        ("epaint::Shape", "src/main.rs", "src/jobs.rs"),
        ("egui_plot::Line", "src/ui/runs/charts.rs", "src/runs/mod.rs"),
        ("rusqlite::Connection", "src/store/atlas_db.rs", "src/app/files.rs"),
        ("std::fs::File", "src/store/mod.rs", "src/ui/mod.rs"),
        ("std::net::TcpStream", "src/store/mod.rs", "src/jobs.rs"),
        ("reqwest::Client", "src/store/github.rs", "src/runs/mod.rs"),
        ("rfd::FileDialog", "src/app/files.rs", "src/ui/mod.rs"),
        ("usvg::Tree", "src/ui/export/vectors.rs", "src/app/export.rs"),
        ("std::thread::Builder", "src/jobs/job.rs", "src/store/mod.rs"),
        ("rayon::join", "src/jobs.rs", "src/architecture/layout/mod.rs"),
        ("anyhow::Result", "src/main.rs", "src/cli/mod.rs"),
        ("std::time::SystemTime", "src/app.rs", "src/ui/mod.rs"),
        ("jiff::Zoned::now", "src/cli/tools.rs", "src/state.rs"),
    ] {
        let text = format!("fn f(_: {path}) {{}}");
        assert!(one(place, &text).is_empty(), "{path} in {place}");
        let found = one(elsewhere, &text);
        assert!(found.len() == 1 && found[0].contains(path), "{path} in {elsewhere}: {found:?}");
    }
    assert_eq!(one("src/store/mod.rs", "use std::process::Command;").len(), 1);
    assert!(one("src/main.rs", "use std::process::ExitCode;").is_empty());
}

#[test]
fn a_noun_asks_nothing_of_the_file_system() {
    let expected = ["src/catalog/mod.rs:2: files outside store: .exists()"];
    assert_eq!(one("src/catalog/mod.rs", "fn f(p: &std::path::Path) -> bool { p.exists() }"), expected);
    assert_eq!(one("src/catalog/mod.rs", "fn f() { assert!(p.exists()); }"), expected);
    assert_eq!(
        one("src/catalog/mod.rs", "use std::path::Path;\nfn f() { Path::exists(p); }"),
        ["src/catalog/mod.rs:3: files outside store: std::path::Path::exists"]
    );
}

#[test]
fn a_new_module_must_be_put_into_the_table() {
    let expected = ["src/helpers.rs: unknown module: name it in the table, with its edges and their reasons"];
    assert_eq!(one("src/helpers.rs", ""), expected);
}

#[test]
fn sources_that_no_rule_reads_are_found() {
    assert_eq!(
        one("src/runs.rs", "#[path = \"store/x.rs\"]\nmod x;"),
        ["src/runs.rs:2: hidden source: #[path] puts a module where its name does not say"]
    );
    assert_eq!(
        one("src/runs.rs", "include!(\"x.in\");"),
        ["src/runs.rs:2: hidden source: include! brings code that no rule reads"]
    );
}

#[test]
fn circles_of_imports_come_to_an_end() {
    let found = verdict(&[
        ("src/runs/mod.rs", "pub use crate::catalog::A as B;\npub use png::png;"),
        ("src/catalog/mod.rs", "pub use crate::runs::B as A;\nuse crate::catalog::*;\nfn f(_: Unknown) {}"),
    ]);
    assert!(found.iter().all(|line| line.contains("direction: ")) && found.len() == 2, "{found:?}");
}

#[test]
fn the_table_says_why_and_names_only_known_modules() {
    let known = [super::table::NOUNS, super::table::SHELL].concat();
    for edge in super::table::EDGES {
        assert!(edge.why.len() > 10);
        for name in edge.from.iter().chain(edge.to) {
            let top = name.split("::").next().unwrap();
            assert!(known.contains(&top), "{name} is in neither list");
        }
        for noun in edge.from.iter().filter(|from| super::table::NOUNS.contains(from)) {
            let to_nouns = edge.to.iter().all(|to| super::table::NOUNS.contains(to));
            assert!(to_nouns, "{noun} may import nouns only");
        }
    }
    assert!(super::table::OUTSIDE.iter().all(|rule| rule.why.len() > 10));
}
