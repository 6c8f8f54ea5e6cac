//! Rule sets: what matters more or not at all in a kind of project.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::rule::Rule;
use crate::problem::Severity;

/// One set of `data/architecture/rulesets.json`. A drawing names some, and they apply in its order.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleSet {
    /// What a drawing's `ruleset` says.
    pub id: String,
    /// Its name.
    pub title: String,
    /// For whom it is, in one sentence.
    pub summary: String,
    /// Rules that it adds again when a set before it has turned them off.
    pub on: Vec<String>,
    /// Rules that it turns off.
    pub off: Vec<String>,
    /// Rules that matter more or less in it.
    pub severity: BTreeMap<String, Severity>,
}

/// An unreadable table would be empty; the test below fails before that is ever shipped.
static SETS: LazyLock<Vec<RuleSet>> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../../../data/architecture/rulesets.json")).unwrap_or_default()
});

/// All rule sets.
pub fn rule_sets() -> &'static [RuleSet] {
    &SETS
}

/// The rule set with this id.
pub fn rule_set(id: &str) -> Option<&'static RuleSet> {
    rule_sets().iter().find(|set| set.id == id)
}

/// How much a finding of a rule matters under some sets, of which unknown ones do nothing; `None` when it is off.
pub(super) fn severity(rule: &Rule, sets: &[String]) -> Option<Severity> {
    let (mut severity, mut is_on) = (rule.severity, true);
    for set in sets.iter().filter_map(|set| rule_set(set)) {
        is_on = set.on.contains(&rule.id) || (is_on && !set.off.contains(&rule.id));
        severity = set.severity.get(&rule.id).copied().unwrap_or(severity);
    }
    is_on.then_some(severity)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::architecture::lint::{rule, rules};

    #[test]
    fn the_sets_speak_of_rules_that_there_are() {
        assert_eq!(rule_sets().len(), 4);
        for set in rule_sets() {
            for id in set.on.iter().chain(&set.off).chain(set.severity.keys()) {
                assert!(rule(id).is_some(), "{} names {id}", set.id);
            }
            assert!(set.on.iter().all(|id| !set.off.contains(id)), "{} contradicts itself", set.id);
            let same = |(id, severity): (&String, &Severity)| {
                rule(id).is_some_and(|rule| rule.severity == *severity)
            };
            assert!(!set.severity.iter().any(same), "{} changes a severity into itself", set.id);
        }
    }

    /// A level of maturity cannot be reached by not looking.
    #[test]
    fn no_set_turns_off_what_maturity_reads() {
        for read in ["TRN01", "TRN03", "TRN04", "EVA01", "EVA02", "DEP02", "MON01", "MON03"] {
            assert!(rule_sets().iter().all(|set| !set.off.iter().any(|off| off == read)), "{read}");
        }
    }

    #[test]
    fn sets_apply_one_after_another() {
        let under = |id: &str, sets: &[&str]| {
            let sets: Vec<String> = sets.iter().map(|set| (*set).to_owned()).collect();
            severity(rule(id).unwrap(), &sets)
        };
        assert_eq!(under("GOV02", &[]), Some(Severity::Info));
        assert_eq!(under("GOV02", &["regulated"]), Some(Severity::Warning));
        assert_eq!(under("GOV02", &["sketch"]), None);
        assert_eq!(under("GOV02", &["regulated", "sketch"]), None);
        assert_eq!(under("GOV02", &["sketch", "regulated"]), Some(Severity::Warning));
        assert_eq!(under("GOV02", &["nobody knows"]), Some(Severity::Info));
        assert!(rules().iter().all(|rule| severity(rule, &[]) == Some(rule.severity)));
    }
}
