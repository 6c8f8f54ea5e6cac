//! The rules behind `tools check`: what a catalog must be so that people can trust it.
//!
//! Findings about single values (words, dates, links, SPDX expressions) come from [`super::read`]; the rules here
//! look at whole entries and at the catalog that they make. How much is known is counted in [`super::coverage`].

mod address;
mod categories;
mod claims;
mod dates;
mod entry;
mod evidence;
mod foundations;
mod license;
mod relations;
mod wording;

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;

use super::collection::Catalog;
use super::entry::ToolId;
use super::read::{EntryFile, Place};
use crate::problem::{Problem, Severity};

pub use categories::{QUESTIONS, check_categories};
pub use claims::{CLAIM_CHARS, TOPICS};
pub use entry::SUMMARY_CHARS;
pub use foundations::check_foundations;

/// Something that a rule found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The rule's name, such as `claim-without-evidence`.
    pub rule: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// The file, or `catalog` for what is about all of it.
    pub at: String,
    /// The line in the file, counted from 1.
    pub line: Option<usize>,
    /// A sentence.
    pub message: String,
}

impl From<Finding> for Problem {
    fn from(finding: Finding) -> Self {
        let at = match finding.line {
            Some(line) => format!("{}:{line}", finding.at),
            None => finding.at,
        };
        Self { severity: finding.severity, message: finding.message, at }
    }
}

/// Judges the files of one layer, `catalog` being what they make together with the layers below.
///
/// The findings come file by file in the order of their lines.
pub fn check(files: &[EntryFile], catalog: &Catalog, today: Date) -> Vec<Finding> {
    let mut all = Vec::new();
    let mut first_of: BTreeMap<&ToolId, &str> = BTreeMap::new();
    for file in files {
        let mut judge = Judge { file, catalog, today, findings: file.findings.clone() };
        let first = *first_of.entry(&file.entry.id).or_insert(&file.file);
        if first != file.file {
            judge.same_id(first);
        }
        judge.entry();
        judge.addresses();
        judge.claims();
        judge.relations();
        judge.license();
        judge.dates();
        let mut findings = judge.findings;
        findings.sort_by_key(|f| f.line);
        all.extend(findings);
    }
    all
}

/// Whether anything is wrong enough that `tools check` fails.
pub fn has_errors(findings: &[Finding]) -> bool {
    findings.iter().any(|f| f.severity == Severity::Error)
}

/// Looks at one file and gathers what the rules find; each theme's rules are in a file of their own.
struct Judge<'a> {
    file: &'a EntryFile,
    catalog: &'a Catalog,
    today: Date,
    findings: Vec<Finding>,
}

impl Judge<'_> {
    fn find(&mut self, rule: &'static str, severity: Severity, place: Place, message: String) {
        let (at, line) = (self.file.file.clone(), self.file.line(place));
        self.findings.push(Finding { rule, severity, at, line, message });
    }

    fn error(&mut self, rule: &'static str, place: Place, message: String) {
        self.find(rule, Severity::Error, place, message);
    }

    fn warning(&mut self, rule: &'static str, place: Place, message: String) {
        self.find(rule, Severity::Warning, place, message);
    }
}

#[cfg(test)]
mod tests;
