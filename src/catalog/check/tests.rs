//! One small catalog per rule.

use super::*;
use crate::catalog::collection::Category;
use crate::catalog::read::read_entry;
use crate::catalog::words::{Layer, Stage};

/// Rules with their lines.
type Fires = &'static [(&'static str, Option<usize>)];

const TODAY: Date = jiff::civil::date(2026, 12, 1);

/// The error and warning rules that fire for `tools/a.toml` with this text after its id, with their lines.
fn fires(text: &str) -> Vec<(&'static str, Option<usize>)> {
    let texts = [
        ("tools/a.toml", format!("id = \"a\"\n{text}\n")),
        ("tools/b.toml", "id = \"b\"\nname = \"B\"\n".to_owned()),
    ];
    let files: Vec<EntryFile> = texts.iter().map(|(file, text)| read_entry(text, file).unwrap()).collect();
    judged(&files).into_iter().filter(|f| f.severity != Severity::Info).map(|f| (f.rule, f.line)).collect()
}

fn judged(files: &[EntryFile]) -> Vec<Finding> {
    let categories =
        vec![Category { id: "store".to_owned(), name: "Store".to_owned(), stage: Stage::Feature }];
    let entries = files.iter().map(|f| f.entry.clone()).collect();
    let (catalog, _) = Catalog::new(categories, &[(Layer::Bundled, entries)]);
    check(files, &catalog, TODAY)
}

fn claim(id: &str, polarity: &str, more: &str) -> String {
    format!(
        "[[claim]]\nid = \"{id}\"\npolarity = \"{polarity}\"\ntopic = \"ops\"\ntext = \"T\"\nstatus = \"reviewed\"\n{more}\n[[claim.evidence]]\nurl = \"https://example.org\"\n"
    )
}

#[test]
fn each_rule_fires_where_it_should() {
    let name = "name = \"A\"\n";
    let license = |more: &str| format!("{name}[license]\nclass = \"osi\"\n{more}");
    let read = "source = \"https://example.org/LICENSE\"\nchecked_on = \"2026-11-01\"";
    let cases: Vec<(String, Fires)> = vec![
        (name.to_owned(), &[]),
        (String::new(), &[("missing-field", Some(1))]),
        (format!("{name}summary = \"{}\"", "x".repeat(140)), &[]),
        (format!("{name}summary = \"{}\"", "x".repeat(141)), &[("summary-too-long", Some(3))]),
        (format!("{name}category = \"Store\""), &[]),
        (format!("{name}category = \"Shop\""), &[("unknown-category", Some(3))]),
        (format!("{name}also_in = [\"Shop\"]"), &[("unknown-category", Some(3))]),
        (format!("{name}{}", claim("x", "con", "")), &[]),
        (
            format!("{name}{}", claim("x", "con", "").split("[[claim.evidence]]").next().unwrap()),
            &[("claim-without-evidence", Some(3))],
        ),
        (
            format!("{name}{}", claim("x", "con", "").replace("\"T\"", &format!("\"{}\"", "é".repeat(240)))),
            &[],
        ),
        (
            format!("{name}{}", claim("x", "con", "").replace("\"T\"", &format!("\"{}\"", "é".repeat(241)))),
            &[("claim-too-long", Some(3))],
        ),
        (
            format!("{name}{}{}", claim("x", "con", ""), claim("x", "con", "")),
            &[("duplicate-claim", Some(12))],
        ),
        (format!("{name}{}{}", claim("x", "pro", ""), claim("y", "pro", "")), &[("one-sided", Some(3))]),
        (format!("{name}{}{}{}", claim("x", "pro", ""), claim("y", "pro", ""), claim("z", "con", "")), &[]),
        (format!("{name}{}", claim("x", "con", "stale_after = \"2026-12-01\"")), &[]),
        (format!("{name}{}", claim("x", "con", "stale_after = \"2026-11-30\"")), &[("stale-claim", Some(3))]),
        (format!("{name}[[relation]]\ntype = \"part_of\"\ntarget = \"b\""), &[]),
        (format!("{name}[[relation]]\ntype = \"part_of\"\ntarget = \"c\""), &[("relation-target", Some(3))]),
        (license("spdx = \"MIT\""), &[("license-unread", Some(3))]),
        (license(&format!("spdx = \"MIT OR BUSL-1.1\"\n{read}")), &[]),
        (license(&format!("spdx = \"BUSL-1.1\"\n{read}")), &[("license-class", Some(3))]),
    ];
    for (text, expected) in cases {
        assert_eq!(fires(&text), expected, "{text}");
    }
}

#[test]
fn a_file_is_called_like_its_tool() {
    let file = read_entry("id = \"a\"\nname = \"A\"\n", "tools/b.toml").unwrap();
    let found = judged(&[file]);
    assert_eq!(
        (found[0].rule, found[0].at.as_str(), found[0].line),
        ("id-file-name", "tools/b.toml", Some(1))
    );
    assert!(has_errors(&found));
}

#[test]
fn what_is_not_known_is_counted_once_for_the_whole_catalog() {
    let text = format!("id = \"a\"\nname = \"A\"\n{}", claim("x", "con", "").replace("reviewed", "draft"));
    let texts =
        [("a.toml", text.clone()), ("b.toml", text.replace("\"a\"", "\"b\"").replace("draft", "reviewed"))];
    let files: Vec<EntryFile> = texts.iter().map(|(file, text)| read_entry(text, file).unwrap()).collect();
    let found = judged(&files);
    let found: Vec<(&str, Severity, &str)> =
        found.iter().map(|f| (f.rule, f.severity, f.message.as_str())).collect();
    assert_eq!(
        found,
        [
            ("draft-claims", Severity::Info, "1 of 2 claims are drafts: nobody read their sources again"),
            ("unknown-licences", Severity::Info, "the licence of 2 of 2 tools is unknown"),
        ]
    );
}
