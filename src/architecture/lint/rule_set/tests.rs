//! What the shipped sets hold, and what comes of several of them and of a drawing's own choices.

use super::*;
use crate::architecture::lint::{lint, rule};
use crate::architecture::sketch::sketch;

#[test]
fn the_sets_speak_of_rules_that_there_are() {
    assert_eq!(rule_sets().len(), 4);
    for set in rule_sets() {
        for id in set.on.iter().chain(&set.off).chain(set.severity.keys()) {
            assert!(rule(id).is_some(), "{} names {id}", set.id);
        }
        assert!(set.on.iter().all(|id| !set.off.contains(id)), "{} contradicts itself", set.id);
        let same =
            |(id, severity): (&String, &Severity)| rule(id).is_some_and(|rule| rule.severity == *severity);
        assert!(!set.severity.iter().any(same), "{} changes a severity into itself", set.id);
        let named: std::collections::BTreeSet<&String> =
            set.on.iter().chain(&set.off).chain(set.severity.keys()).collect();
        assert_eq!(set.changes().count(), named.len(), "all that {} does is told", set.id);
    }
}

/// A level of maturity cannot be reached by not looking.
#[test]
fn no_set_turns_off_what_maturity_reads() {
    let read: Vec<&Rule> = rules().iter().filter(|rule| !rule.can_be_off()).collect();
    assert!(!read.is_empty() && read.len() < rules().len());
    for rule in read {
        assert!(rule_sets().iter().all(|set| !set.off.contains(&rule.id)), "{}", rule.id);
    }
}

#[test]
fn sets_apply_one_after_another() {
    let under = |id: &str, sets: &[&str]| {
        let sets: Vec<String> = sets.iter().map(|set| (*set).to_owned()).collect();
        severity_by_sets(rule(id).unwrap(), &sets)
    };
    assert_eq!(under("GOV02", &[]), Some(Severity::Info));
    assert_eq!(under("GOV02", &["regulated"]), Some(Severity::Warning));
    assert_eq!(under("GOV02", &["sketch"]), None);
    assert_eq!(under("GOV02", &["regulated", "sketch"]), None);
    assert_eq!(under("GOV02", &["sketch", "regulated"]), Some(Severity::Warning));
    assert_eq!(under("GOV02", &["nobody knows"]), Some(Severity::Info));
    assert!(rules().iter().all(|rule| severity_by_sets(rule, &[]) == Some(rule.severity)));
}

#[test]
fn a_set_says_what_it_does_to_each_rule() {
    let told = |set: &str, id: &str| {
        let mut changes = rule_set(set).unwrap().changes();
        changes.find(|(rule, _)| rule.id == id).map(|(_, change)| change)
    };
    assert_eq!(told("regulated", "GOV02"), Some(Change::Stricter(Severity::Warning)));
    assert_eq!(told("regulated", "DAT07"), Some(Change::On), "it is as it is by itself, and stays on");
    assert_eq!(told("sketch", "GOV02"), Some(Change::Off));
    assert_eq!(told("sketch", "STR01"), None);
}

/// A box without a tool: STR06, a hint that the set for sketches turns off; a training that nobody tracks: TRN01.
fn drawing(sets: &[&str], rules: &[(&str, &str)]) -> Architecture {
    let mut drawing = sketch("src:source_batch=x tr:training; src->tr:raw_data");
    drawing.ruleset = sets.iter().map(|set| (*set).to_owned()).collect();
    drawing.rules = rules.iter().map(|(id, word)| ((*id).to_owned(), (*word).to_owned())).collect();
    drawing
}

#[test]
fn what_a_drawing_says_of_a_rule_comes_after_its_sets() {
    for (sets, rules, tool, tracking) in [
        (&[][..], &[][..], Some(Severity::Info), Some(Severity::Error)),
        (&["sketch"], &[], None, Some(Severity::Error)),
        (&["sketch"], &[("STR06", "error")], Some(Severity::Error), Some(Severity::Error)),
        (&[], &[("STR06", "off"), ("TRN01", "info")], None, Some(Severity::Info)),
        (&[], &[("STR06", "sometimes")], Some(Severity::Info), Some(Severity::Error)),
        (&[], &[("TRN01", "off")], Some(Severity::Info), Some(Severity::Error)),
    ] {
        let findings = lint(&drawing(sets, rules));
        let found =
            |id: &str| findings.iter().find(|finding| finding.rule.id == id).map(|finding| finding.severity);
        let by_itself = rule("TRN01").unwrap().severity;
        let tracking = if tracking == Some(Severity::Error) { Some(by_itself) } else { tracking };
        assert_eq!((found("STR06"), found("TRN01")), (tool, tracking), "{sets:?} {rules:?}");
    }
}
