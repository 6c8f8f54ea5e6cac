//! Quick fixes: changes of the drawing after which a finding is gone.
//!
//! Each rule proposes what its suggestion means for this drawing, what is there already first; every proposal is then
//! tried on a copy. Only what removes the finding and brings no new error is offered.

mod bridge;
mod draft;
mod gates;
mod links;
mod making;
mod parts;
mod proposals;
mod running;

use std::collections::BTreeSet;

use super::finding::{Finding, Place};
use super::lint;
use crate::architecture::edit::Edit;
use crate::architecture::model::Architecture;
use crate::problem::Severity;

/// A change that removes a finding, as one step of undo.
#[derive(Clone, Debug, PartialEq)]
pub struct Fix {
    /// What it does, as on a button.
    pub label: String,
    /// The change; new nodes have no position, so the layout places them.
    pub edit: Edit,
}

/// More than anybody chooses from.
const OFFERED: usize = 4;

/// The fixes of a finding, the least intrusive first.
///
/// None when the rule asks for a decision that no drawing shows (a
/// tool, a redesign), when nothing that could be proposed keeps the promise, or when the finding is not in `drawing`.
pub fn fixes(drawing: &Architecture, finding: &Finding) -> Vec<Fix> {
    let before = lint(drawing);
    let is_same = |other: &Finding| other.rule.id == finding.rule.id && other.place == finding.place;
    if !before.iter().any(is_same) {
        return Vec::new();
    }
    let errors = errors(&before);
    let mut offered: Vec<Fix> = Vec::new();
    for fix in proposals::proposals(drawing, finding) {
        if offered.len() == OFFERED {
            break;
        }
        if offered.iter().any(|other| other.edit == fix.edit || other.label == fix.label) {
            continue;
        }
        let mut changed = drawing.clone();
        changed.apply(fix.edit.clone());
        let after = lint(&changed);
        if !after.iter().any(is_same) && self::errors(&after).is_subset(&errors) {
            offered.push(fix);
        }
    }
    offered
}

fn errors(findings: &[Finding]) -> BTreeSet<(&str, &Place)> {
    findings
        .iter()
        .filter(|finding| finding.severity == Severity::Error)
        .map(|finding| (finding.rule.id.as_str(), &finding.place))
        .collect()
}
