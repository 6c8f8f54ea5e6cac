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

use std::collections::HashMap;
use std::sync::LazyLock;

pub use finding::{Finding, Place};
pub use fix::{Fix, fixes};
pub use rule::{Group, Rule, rule, rules};
pub use rule_set::{Change, Choice, RuleSet, rule_set, rule_sets, severity, severity_by_sets};

use super::graph::Graph;
use super::model::Architecture;
use crate::shown::is_readable;
use checks::Check;
use found::Found;

/// Each rule with its check; a test holds that none is left out.
static CHECKS: LazyLock<Vec<(&'static Rule, Check)>> =
    LazyLock::new(|| rules().iter().filter_map(|rule| Some((rule, checks::check(&rule.id)?))).collect());

/// What is wrong in a drawing, in the order of the rules and then of the places; at most 10,000 places of a rule.
///
/// The drawing's rule sets, and what it says of single rules, say which rules apply and how much they matter. What the drawing suppresses with a reason is
/// in the list and says so.
pub fn lint(drawing: &Architecture) -> Vec<Finding> {
    let graph = Graph::new(drawing);
    let mut findings = Vec::new();
    for (rule, check) in CHECKS.iter() {
        let Some(severity) = severity(rule, drawing) else { continue };
        let mut found = Found::new(&graph, rule, severity);
        check(&graph, &mut found);
        findings.append(&mut found.finish());
    }
    suppress(drawing, &mut findings);
    findings
}

/// Tells of the findings that people live with why they do; of two reasons for the same the later one counts.
fn suppress(drawing: &Architecture, findings: &mut [Finding]) {
    let mut reasons: HashMap<&str, HashMap<&[String], &str>> = HashMap::new();
    for suppression in drawing.suppressed.iter().filter(|given| is_readable(&given.reason)) {
        reasons.entry(&suppression.rule).or_default().insert(&suppression.at, &suppression.reason);
    }
    for finding in findings {
        // Only what a rule is suppressed at all for is written as a place.
        if let Some(of_rule) = reasons.get(finding.rule.id.as_str()) {
            let reason = of_rule.get(finding.place.at().as_slice());
            finding.suppressed = reason.map(|reason| (*reason).to_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_has_a_check() {
        assert_eq!(CHECKS.len(), rules().len());
    }
}
