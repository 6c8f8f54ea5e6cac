//! A mistake in a file of Practice costs what it is in, and no more; the files keep to their schema.

use jsonschema::Validator;
use mlops_atlas::cli::schema::{SchemaArgs, SchemaName, run};
use mlops_atlas::practice::Practice;
use mlops_atlas::problem::Severity;
use mlops_atlas::store::practice_files::{FILES, load};
use serde_json::Value;

const GOOD: &str = "[[debt]]\nid = \"good\"\ntitle = \"Good\"\ntext = \"x\"\n";

fn ids(practice: &Practice) -> Vec<&str> {
    practice.debts.iter().map(|debt| debt.id.as_str()).collect()
}

#[test]
fn an_unknown_key_costs_only_itself() {
    let text =
        format!("# Debt.\n\n[[debt]]\nid = \"a\"\ntitle = \"A\"\ncolour = \"red\"\ntext = \"x\"\n\n{GOOD}");
    let (practice, problems) = load(&[("debt.toml", &text)]);
    assert_eq!(ids(&practice), ["a", "good"]);
    assert_eq!(practice.debts[0].text, "x");
    assert_eq!(problems.len(), 1);
    assert_eq!(problems[0].at, "data/practice/debt.toml:6");
    assert_eq!(problems[0].severity, Severity::Warning);
    assert_eq!(problems[0].message, "debt 1 (a): there is no key colour, it is ignored");
}

#[test]
fn unknown_keys_inside_a_list_are_found_as_well() {
    let text = "[[debt]]\nid = \"a\"\ntitle = \"A\"\ntext = \"x\"\n\n[[debt.sources]]\ntitle = \"S\"\nkind = \"primary\"\n\
                red = \"2026\"\nhue = 1\n";
    let (practice, problems) = load(&[("debt.toml", text)]);
    assert_eq!(practice.debts[0].sources[0].title, "S");
    let at: Vec<&str> = problems.iter().map(|problem| problem.at.as_str()).collect();
    assert_eq!(at, ["data/practice/debt.toml:9", "data/practice/debt.toml:10"]);
}

#[test]
fn an_entry_without_a_needed_key_costs_only_itself() {
    let text = format!("[[debt]]\nid = \"a\"\ntitle = \"A\"\ntekst = \"x\"\n\n{GOOD}");
    let (practice, problems) = load(&[("debt.toml", &text)]);
    assert_eq!(ids(&practice), ["good"]);
    let told: Vec<(Severity, &str)> = problems.iter().map(|p| (p.severity, p.at.as_str())).collect();
    assert_eq!(
        told,
        [(Severity::Error, "data/practice/debt.toml:1"), (Severity::Warning, "data/practice/debt.toml:4")]
    );
    assert_eq!(problems[0].message, "debt 1 (a) is left out until this is put right: missing field `text`");
}

#[test]
fn a_value_of_the_wrong_kind_costs_only_its_entry() {
    let text = format!("{GOOD}\n[[debt]]\nid = \"b\"\ntitle = \"B\"\ntext = \"x\"\nstages = \"train\"\n");
    let (practice, problems) = load(&[("debt.toml", &text)]);
    assert_eq!(ids(&practice), ["good"]);
    assert_eq!(problems[0].at, "data/practice/debt.toml:10");
    assert!(problems[0].message.starts_with("debt 2 (b) is left out"), "{}", problems[0].message);
}

#[test]
fn a_missing_quote_costs_only_its_entry() {
    let second = "[[debt]]\nid = \"b\"\ntitle = \"B\ntext = \"x\"\n";
    let third = GOOD.replace("good", "last");
    let (practice, problems) = load(&[("debt.toml", &format!("{GOOD}\n{second}\n{third}"))]);
    assert_eq!(ids(&practice), ["good", "last"]);
    assert_eq!(problems.len(), 1);
    assert_eq!(problems[0].at, "data/practice/debt.toml:8");
    assert_eq!(problems[0].severity, Severity::Error);
    assert!(problems[0].message.starts_with("debt 2 (b) is left out"), "{}", problems[0].message);
}

#[test]
fn places_in_a_broken_file_are_those_of_the_whole_text() {
    let first = "[[debt]]\ntitle = \"ö\n";
    let second = "[[debt]]\nid = \"b\"\ntitle = \"B\"\nhue = 1\ntext = \"x\"\n";
    let (practice, problems) = load(&[("debt.toml", &format!("{first}{second}"))]);
    assert_eq!(ids(&practice), ["b"]);
    assert_eq!(problems[0].at, "data/practice/debt.toml:2");
    assert!(
        problems[0].message.starts_with("debt 1, which has no id, is left out"),
        "{}",
        problems[0].message
    );
    assert_eq!(problems[1].at, "data/practice/debt.toml:6");
    assert!(problems[1].message.starts_with("debt 2 (b)"), "{}", problems[1].message);
}

#[test]
fn a_table_of_another_name_is_told() {
    let (practice, problems) = load(&[("debt.toml", &format!("{GOOD}\n[[dept]]\nid = \"x\"\n"))]);
    assert_eq!(ids(&practice), ["good"]);
    assert_eq!(problems[0].at, "data/practice/debt.toml:6");
    assert_eq!(problems[0].message, "dept is not read here, only [[debt]] is");
}

#[test]
fn a_file_that_stands_for_no_section_is_told() {
    let (practice, problems) = load(&[("isues.toml", "")]);
    assert_eq!(practice, Practice::default());
    assert_eq!(problems[0].at, "data/practice/isues.toml");
}

fn schema() -> Validator {
    let mut out = Vec::new();
    run(&SchemaArgs { name: SchemaName::Practice }, &mut out).unwrap();
    jsonschema::validator_for(&serde_json::from_slice(&out).unwrap()).unwrap()
}

#[test]
fn every_file_keeps_to_the_published_schema() {
    let schema = schema();
    for (name, text) in FILES {
        let value: Value = toml::from_str(text).unwrap();
        let errors: Vec<String> =
            schema.iter_errors(&value).map(|e| format!("{} {e}", e.instance_path)).collect();
        assert!(errors.is_empty(), "{name}: {errors:?}");
    }
}

#[test]
fn the_schema_refuses_what_the_program_would_leave_out() {
    let schema = schema();
    let good: Value = toml::from_str(GOOD).unwrap();
    assert!(schema.is_valid(&good));
    for broken in [
        GOOD.replace("title", "titel"),
        GOOD.replace("[[debt]]", "[[dept]]"),
        format!("{GOOD}stages = [\"deploy\"]\n"),
        format!("{GOOD}rules = [\"debt 3\"]\n"),
        format!("{GOOD}[[debt.sources]]\ntitle = \"S\"\nkind = \"rumour\"\n"),
        format!("{GOOD}[[debt.sources]]\ntitle = \"S\"\nkind = \"primary\"\nread = \"November\"\n"),
    ] {
        let value: Value = toml::from_str(&broken).unwrap();
        assert!(!schema.is_valid(&value), "must not be valid: {broken}");
    }
}
