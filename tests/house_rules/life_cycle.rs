//! The checker sees a kind of document that is named where all kinds are treated alike.

use super::table::LIFE_CYCLE;
use super::{code, verdict};

/// What a life cycle could name.
const TREE: [(&str, &str); 3] = [
    ("src/lib.rs", ""),
    ("src/document.rs", "pub enum Content { Drawing }\npub enum DocumentEdit { Drawing }"),
    ("src/address.rs", "pub enum DocumentKind { Drawing }\npub enum Location { Drawing, Drawings, Home }"),
];

fn found(file: &str, text: &str) -> Vec<String> {
    verdict(&[TREE[0], TREE[1], TREE[2], (file, text)])
}

#[test]
fn a_kind_in_the_life_cycle_is_found_under_every_name() {
    for text in [
        "fn f(c: C) { crate::document::Content::Drawing; }",
        "use crate::document::Content;\nfn f(c: Content) { match c { Content::Drawing => {} } }",
        "use crate::document::Content as C;\nfn f(c: C) { if let C::Drawing = c {} }",
        "use crate::document::DocumentEdit::*;\nfn f() { Drawing; }",
        "use crate::address::DocumentKind;\nfn f() { vec![DocumentKind::Drawing]; }",
        "use crate::address::Location;\nfn f() { matches!(l, Location::Drawings); }",
        "use crate::architecture::Architecture;",
        "use crate::architecture::Edit as Change;",
    ] {
        let found = found("src/state/documents.rs", text);
        assert!(found.iter().any(|rule| rule.contains(": life cycle of one kind: ")), "{text}: {found:?}");
    }
    let text = "use crate::store::architecture_files;";
    assert_eq!(
        found("src/app/saving.rs", text),
        ["src/app/saving.rs:2: life cycle of one kind: crate::store::architecture_files"]
    );
}

#[test]
fn kinds_may_be_named_elsewhere_and_all_kinds_anywhere() {
    let text = "use crate::document::Content;\nfn f(c: Content) { match c { Content::Drawing => {} } }";
    assert!(found("src/state/documents/derived.rs", text).is_empty());
    let text =
        "use crate::address::{DocumentKind, Location};\nfn f() { DocumentKind::default(); Location::Home; }";
    assert!(found("src/app/drafts.rs", text).is_empty());
}

#[test]
fn the_life_cycle_is_where_the_rule_looks_for_it() {
    let code = code();
    let missing: Vec<_> = LIFE_CYCLE.iter().filter(|file| !code.contains_key(**file)).collect();
    assert!(missing.is_empty(), "these files are named in the table and do not exist: {missing:?}");
}
