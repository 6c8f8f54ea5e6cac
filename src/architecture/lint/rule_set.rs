//! Rule sets: what matters more or not at all in a kind of project, and what a drawing says of single rules.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::rule::{Rule, rules};
use crate::architecture::model::Architecture;
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

/// What a set does to a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// It is told, also where a set before turned it off.
    On,
    /// It is not told.
    Off,
    /// It matters more than by itself.
    Stricter(Severity),
    /// It matters less than by itself.
    Looser(Severity),
}

impl RuleSet {
    /// The rules that it changes, in their order, each with what it does to it.
    pub fn changes(&self) -> impl Iterator<Item = (&'static Rule, Change)> + '_ {
        rules().iter().filter_map(|rule| {
            let change = match self.severity.get(&rule.id) {
                _ if self.off.contains(&rule.id) => Change::Off,
                Some(severity) if *severity > rule.severity => Change::Stricter(*severity),
                Some(severity) if *severity < rule.severity => Change::Looser(*severity),
                _ if self.on.contains(&rule.id) => Change::On,
                _ => return None,
            };
            Some((rule, change))
        })
    }
}

/// What a drawing says of a single rule, whatever its sets say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// It is not told.
    Off,
    /// It is told, and matters so much.
    Severity(Severity),
}

impl Choice {
    /// All of them, the strictest first.
    pub const ALL: [Self; 4] = [
        Self::Severity(Severity::Error),
        Self::Severity(Severity::Warning),
        Self::Severity(Severity::Info),
        Self::Off,
    ];

    /// Its word in files.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Severity(Severity::Info) => "info",
            Self::Severity(Severity::Warning) => "warning",
            Self::Severity(Severity::Error) => "error",
        }
    }

    /// The one with this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|choice| choice.word() == word)
    }

    /// What a drawing says of a rule, if it says something that this version knows and follows.
    pub fn of(drawing: &Architecture, rule: &Rule) -> Option<Self> {
        let choice = Self::from_word(drawing.rules.get(&rule.id)?)?;
        (choice != Self::Off || rule.can_be_off()).then_some(choice)
    }
}

/// How much a finding of a rule matters in a drawing; `None` when it is off.
pub fn severity(rule: &Rule, drawing: &Architecture) -> Option<Severity> {
    match Choice::of(drawing, rule) {
        Some(Choice::Off) => None,
        Some(Choice::Severity(severity)) => Some(severity),
        None => severity_by_sets(rule, &drawing.ruleset),
    }
}

/// The same under some sets alone, of which unknown ones do nothing.
pub fn severity_by_sets(rule: &Rule, sets: &[String]) -> Option<Severity> {
    let (mut severity, mut is_on) = (rule.severity, true);
    for set in sets.iter().filter_map(|set| rule_set(set)) {
        is_on = set.on.contains(&rule.id) || (is_on && !set.off.contains(&rule.id));
        severity = set.severity.get(&rule.id).copied().unwrap_or(severity);
    }
    is_on.then_some(severity)
}

#[cfg(test)]
mod tests;
