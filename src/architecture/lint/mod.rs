//! Rules that a drawing is held against.
//!
//! [`rules`] is the table, [`lint`] gives what is wrong in a drawing. A rule never fails: what this version does not
//! know (kinds, lanes, artifacts) and flows without both ends take no part in the rules that would need to know it.

pub(in crate::architecture) mod checks;
mod finding;
pub mod fix;
mod found;
mod rule;
mod rule_set;

use std::sync::LazyLock;

pub use finding::{Finding, Place};
pub use fix::{Fix, fixes};
pub use rule::{Group, Rule, rule, rules};
pub use rule_set::{RuleSet, rule_set, rule_sets};

use super::graph::Graph;
use super::model::Architecture;
use checks::Check;
use found::Found;

/// Each rule with its check; a test holds that none is left out.
static CHECKS: LazyLock<Vec<(&'static Rule, Check)>> =
    LazyLock::new(|| rules().iter().filter_map(|rule| Some((rule, checks::check(&rule.id)?))).collect());

/// What is wrong in a drawing, in the order of the rules and then of the places; at most 10,000 places of a rule.
///
/// The drawing's rule sets say which rules apply and how much they matter. What the drawing suppresses with a reason is
/// in the list and says so.
pub fn lint(drawing: &Architecture) -> Vec<Finding> {
    let graph = Graph::new(drawing);
    let mut findings = Vec::new();
    for (rule, check) in CHECKS.iter() {
        let Some(severity) = rule_set::severity(rule, &drawing.ruleset) else { continue };
        let mut found = Found::new(&graph, rule, severity);
        check(&graph, &mut found);
        findings.append(&mut found.finish());
    }
    let reasons = drawing.suppressed.iter().filter(|suppression| !suppression.reason.trim().is_empty());
    for suppression in reasons {
        for finding in findings.iter_mut().filter(|finding| finding.is_meant_by(suppression)) {
            finding.suppressed = Some(suppression.reason.clone());
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_has_a_check() {
        assert_eq!(CHECKS.len(), rules().len());
    }
}
