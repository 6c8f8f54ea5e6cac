//! What the rules say of a drawing, as views ask for it.

mod rows;

use std::collections::BTreeMap;

use super::edit::Edit;
use super::lint::{Finding, lint};
use super::maturity::{Maturity, maturity};
use super::model::{Architecture, NodeId};
use crate::problem::Severity;
pub(super) use rows::titles;

/// What the rules say of a drawing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judged {
    /// What is wrong, errors first, then in the order of the rules.
    pub findings: Vec<Finding>,
    /// What people have decided to live with, in the order of the rules.
    pub lived_with: Vec<Finding>,
    /// The worst of what is wrong at a node itself, and how much there is.
    pub at_node: BTreeMap<NodeId, (Severity, usize)>,
    /// How far the drawing has come.
    pub maturity: Maturity,
}

impl Judged {
    /// Holds a drawing against the rules.
    pub fn of(drawing: &Architecture) -> Self {
        let findings = lint(drawing);
        let maturity = maturity(drawing, &findings);
        let (mut findings, lived_with): (Vec<Finding>, Vec<Finding>) =
            findings.into_iter().partition(Finding::is_open);
        findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
        let mut at_node: BTreeMap<NodeId, (Severity, usize)> = BTreeMap::new();
        // What is said of a hint would drown what has to be mended.
        for finding in findings.iter().filter(|finding| finding.severity != Severity::Info) {
            for node in finding.place.nodes() {
                let (worst, count) = at_node.entry(node.clone()).or_insert((finding.severity, 0));
                (*worst, *count) = ((*worst).max(finding.severity), *count + 1);
            }
        }
        Self { findings, lived_with, at_node, maturity }
    }

    /// How many errors, warnings and hints there are.
    pub fn counts(&self) -> [usize; 3] {
        let open = |severity: Severity| self.findings.iter().filter(|one| one.severity == severity).count();
        [Severity::Error, Severity::Warning, Severity::Info].map(open)
    }

    /// Whether an edit leaves all of it as it is: it puts nodes elsewhere, or changes what no rule reads.
    pub fn outlives(edit: &Edit) -> bool {
        match edit {
            Edit::Move { .. }
            | Edit::Resize { .. }
            | Edit::SetTitle(_)
            | Edit::SetSummary(_)
            | Edit::SetConstraints(_)
            | Edit::SetTestAnswer { .. } => true,
            Edit::Batch(edits) => edits.iter().all(Self::outlives),
            _ => false,
        }
    }
}
