//! The rules as a table: what each one says, why, and where it comes from.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::architecture::maturity;
use crate::problem::Severity;

/// One rule of `data/architecture/rules.json`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Three letters of its group and two digits: `DAT01`.
    pub id: String,
    /// A few words.
    pub name: String,
    /// What it is about.
    pub group: Group,
    /// How much a finding matters, unless the drawing's rule sets say otherwise.
    pub severity: Severity,
    /// Where the rule comes from.
    pub source: String,
    /// When it fires, exactly.
    pub condition: String,
    /// What a finding says; in braces what [`Finding::message`](super::Finding::message) names.
    pub message: String,
    /// Why it hurts, in one or two sentences.
    pub explanation: String,
    /// What to do.
    pub suggestion: String,
}

impl Rule {
    /// Whether it may be turned off. What the maturity reads may not: no level is reached by not looking.
    pub fn can_be_off(&self) -> bool {
        !maturity::reads(&self.id)
    }
}

/// What a rule is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Group {
    /// The drawing as a drawing.
    Structure,
    /// What is learned from.
    Data,
    /// How data becomes features.
    Features,
    /// How models are made.
    Training,
    /// How models are judged.
    Evaluation,
    /// Who decides, and what is on record.
    Governance,
    /// How models reach people.
    Delivery,
    /// What is seen of running models.
    Operation,
    /// What will be paid for later.
    Debt,
    /// What concerns language models with retrieval.
    Llm,
}

impl Group {
    /// All groups, in the order of the rules.
    pub const ALL: [Self; 10] = [
        Self::Structure,
        Self::Data,
        Self::Features,
        Self::Training,
        Self::Evaluation,
        Self::Governance,
        Self::Delivery,
        Self::Operation,
        Self::Debt,
        Self::Llm,
    ];

    /// Its name in words.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Structure => "Structure",
            Self::Data => "Data",
            Self::Features => "Features",
            Self::Training => "Training",
            Self::Evaluation => "Evaluation",
            Self::Governance => "Governance",
            Self::Delivery => "Delivery",
            Self::Operation => "Operation",
            Self::Debt => "Technical debt",
            Self::Llm => "Language models",
        }
    }
}

/// An unreadable table would be empty; the test below fails before that is ever shipped.
static RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../../../data/architecture/rules.json")).unwrap_or_default()
});

/// The 48 rules, grouped.
pub fn rules() -> &'static [Rule] {
    &RULES
}

/// The rule with this id.
pub fn rule(id: &str) -> Option<&'static Rule> {
    rules().iter().find(|rule| rule.id == id)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_table_is_whole() {
        let ids: BTreeSet<&str> = rules().iter().map(|rule| rule.id.as_str()).collect();
        assert_eq!((rules().len(), ids.len()), (48, 48));
        let count = |severity| rules().iter().filter(|rule| rule.severity == severity).count();
        assert_eq!(
            [Severity::Error, Severity::Warning, Severity::Info].map(count),
            [11, 27, 10],
            "as the research counts them"
        );
        let groups: Vec<Group> = rules().iter().map(|rule| rule.group).collect();
        assert!(groups.is_sorted(), "rules of a group stand together");
        assert_eq!(groups.into_iter().collect::<BTreeSet<_>>(), Group::ALL.into_iter().collect());
    }

    #[test]
    fn every_rule_says_why_and_what_to_do() {
        for rule in rules() {
            let sentences = rule.explanation.matches(['.', '?']).count();
            assert!((1..=2).contains(&sentences) && rule.explanation.ends_with('.'), "{}", rule.id);
            for text in [&rule.name, &rule.source, &rule.condition, &rule.message, &rule.suggestion] {
                assert!(!text.is_empty() && !text.ends_with('.'), "{}: {text}", rule.id);
            }
        }
    }
}
