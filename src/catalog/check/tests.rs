//! One small catalog per rule, and the same text without the fault.

use super::*;
use crate::catalog::category::Category;
use crate::catalog::read::{categories, read_entry};
use crate::catalog::words::Layer;

mod categories_rules;
mod claim_rules;
mod date_rules;
mod entry_rules;
mod source_rules;

/// Rules with their lines.
type Fires = &'static [(&'static str, Option<usize>)];

const TODAY: Date = jiff::civil::date(2026, 12, 1);

/// Keys with their values.
type Keys<'a> = &'a [(&'a str, &'a str)];

/// The head of the judged file; what a test adds begins in line 3.
const NAME: &str = "name = \"A\"\n";

fn stores() -> Vec<Category> {
    let text = "[[category]]\nid = \"store\"\nname = \"Store\"\nstage = \"feature\"\n\
                [[category]]\nid = \"depot\"\nname = \"Depot\"\nmerged_into = \"store\"\n";
    categories(text, "categories.toml").unwrap().0
}

/// The error and warning rules that fire for `tools/a.toml` with this text after its id, with their lines.
fn fires(text: &str) -> Vec<(&'static str, Option<usize>)> {
    findings(text).iter().map(|f| (f.rule, f.line)).collect()
}

fn findings(text: &str) -> Vec<Finding> {
    let texts = [
        ("tools/a.toml", format!("id = \"a\"\n{text}\n")),
        ("tools/b.toml", "id = \"b\"\nname = \"B\"\n".to_owned()),
    ];
    judged(&texts)
}

fn judged(texts: &[(&str, String)]) -> Vec<Finding> {
    let files: Vec<EntryFile> = texts.iter().map(|(file, text)| read_entry(text, file).unwrap()).collect();
    let entries = files.iter().map(|f| f.entry.clone()).collect();
    let (catalog, _) = Catalog::new(stores(), &[(Layer::Bundled, entries)]);
    check(&files, &catalog, TODAY)
}

/// The severity of the only finding.
fn severity(text: &str) -> Severity {
    let found = findings(text);
    assert_eq!(found.len(), 1, "{found:?}");
    found[0].severity
}

const EVIDENCE: &str =
    "url = \"https://a.dev/docs\"\nlocator = \"one writer … at a time\"\naccessed = \"2026-11-01\"\n";

/// A reviewed con of nine lines without a fault; `more` is laid over its keys.
fn claim(id: &str, more: Keys<'_>) -> String {
    claim_with(id, more, EVIDENCE)
}

fn claim_with(id: &str, more: Keys<'_>, evidence: &str) -> String {
    let text = format!("It keeps {id} in one file.");
    let mut keys = vec![
        ("id", id),
        ("polarity", "con"),
        ("topic", "ops"),
        ("text", text.as_str()),
        ("reviewed_on", "2026-11-01"),
        ("stale_after", "2027-11-01"),
        ("status", "reviewed"),
    ];
    for (key, value) in more {
        keys.retain(|(k, _)| k != key);
        if !value.is_empty() {
            keys.push((key, value));
        }
    }
    let lines: Vec<String> = keys.iter().map(|(key, value)| format!("{key} = {value:?}")).collect();
    let source = if evidence.is_empty() { String::new() } else { format!("[[claim.evidence]]\n{evidence}") };
    format!("[[claim]]\n{}\n{source}", lines.join("\n"))
}

fn relation(kind: &str, target: &str, evidence: &str) -> String {
    let source =
        if evidence.is_empty() { String::new() } else { format!("[[relation.evidence]]\n{evidence}") };
    format!("[[relation]]\ntype = \"{kind}\"\ntarget = \"{target}\"\n{source}")
}

/// Two pros, two cons and an alternative: enough for a judged tool to be left in peace.
fn balanced() -> String {
    let pro = [("polarity", "pro")];
    let claims =
        [claim("alpha", &pro), claim("beta", &pro), claim("gamma", &[]), claim("delta", &[])].concat();
    // The four texts differ in one word of five: distinct words make them distinct claims.
    let claims = claims
        .replace("It keeps alpha in one file.", "Restarts resume from the last checkpoint.")
        .replace("It keeps beta in one file.", "Roles can be granted for each project.")
        .replace("It keeps gamma in one file.", "A second scheduler needs PostgreSQL.");
    format!("{}{claims}", relation("alternative_to", "b", EVIDENCE))
}

fn table(cases: &[(String, Fires)]) {
    for (text, expected) in cases {
        assert_eq!(fires(text), *expected, "{text}");
    }
}
