//! The rules behind `tools check`: what a catalog must be so that people can trust it.
//!
//! Findings about single values (words, dates, links, SPDX expressions) come from [`super::read`]; the rules here
//! look at whole entries and at the catalog that they make.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::Serialize;

use super::collection::{Catalog, is_stale};
use super::entry::License;
use super::read::{EntryFile, Place};
use super::tool::Tool;
use super::words::{ClaimStatus, LicenseClass, Polarity};
use crate::problem::{Problem, Severity};

/// The longest text of a claim, in characters.
pub const CLAIM_CHARS: usize = 240;
/// The longest summary, in characters.
pub const SUMMARY_CHARS: usize = 140;

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
/// The findings come file by file in the order of their lines, then those about the whole catalog.
pub fn check(files: &[EntryFile], catalog: &Catalog, today: Date) -> Vec<Finding> {
    let mut all = Vec::new();
    for file in files {
        let mut judge = Judge { file, catalog, findings: file.findings.clone() };
        judge.identity();
        judge.placement();
        judge.claims();
        judge.relations();
        if let Some(license) = &file.entry.license {
            judge.license(license);
        }
        if let Some(tool) = catalog.get(&file.entry.id) {
            judge.balance(tool);
            judge.staleness(tool, today);
        }
        let mut findings = judge.findings;
        findings.sort_by_key(|f| f.line);
        all.extend(findings);
    }
    all.extend(counts(files, catalog));
    all
}

/// Whether anything is wrong enough that `tools check` fails.
pub fn has_errors(findings: &[Finding]) -> bool {
    findings.iter().any(|f| f.severity == Severity::Error)
}

struct Judge<'a> {
    file: &'a EntryFile,
    catalog: &'a Catalog,
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

    fn identity(&mut self) {
        let id = &self.file.entry.id;
        let stem = self.file.file.rsplit('/').next().and_then(|name| name.strip_suffix(".toml"));
        if stem != Some(id.as_str()) {
            self.error(
                "id-file-name",
                Place::Key("id"),
                format!("the file of {id} must be called {id}.toml"),
            );
        }
        if self.catalog.get(id).is_none() {
            self.error("missing-field", Place::Key("id"), "a tool needs `name`".to_owned());
        }
        if let Some(summary) = &self.file.entry.summary {
            let chars = summary.chars().count();
            if chars > SUMMARY_CHARS {
                let message = format!("a summary has at most {SUMMARY_CHARS} characters, this one {chars}");
                self.error("summary-too-long", Place::Key("summary"), message);
            }
        }
    }

    fn placement(&mut self) {
        let named = self.file.entry.category.iter().map(|c| ("category", c));
        let also = self.file.entry.also_in.iter().flatten().map(|c| ("also_in", c));
        for (key, category) in named.chain(also).collect::<Vec<_>>() {
            if !self.catalog.categories().iter().any(|c| c.name == *category) {
                let message = format!("{category:?} is no category of categories.toml");
                self.error("unknown-category", Place::Key(key), message);
            }
        }
    }

    fn claims(&mut self) {
        let mut seen = BTreeSet::new();
        for (i, claim) in self.file.entry.claims.iter().enumerate() {
            let place = Place::Claim(i);
            if claim.evidence.is_empty() {
                let message = format!("the claim {:?} has no evidence: add a [[claim.evidence]]", claim.id);
                self.error("claim-without-evidence", place, message);
            }
            let chars = claim.text.chars().count();
            if chars > CLAIM_CHARS {
                let message = format!(
                    "a claim says one fact in at most {CLAIM_CHARS} characters, {:?} has {chars}",
                    claim.id
                );
                self.error("claim-too-long", place, message);
            }
            if !seen.insert(&claim.id) {
                let message = format!("the claim id {:?} is used twice in this file", claim.id);
                self.error("duplicate-claim", place, message);
            }
        }
    }

    fn relations(&mut self) {
        for (i, relation) in self.file.entry.relations.iter().enumerate() {
            if self.catalog.get(&relation.target).is_none() {
                let message = format!("{} is no tool of the catalog", relation.target);
                self.error("relation-target", Place::Relation(i), message);
            }
        }
    }

    /// A class other than unknown says that somebody read the licence file: which, and when?
    fn license(&mut self, license: &License) {
        let place = Place::Key("license");
        if license.class == LicenseClass::Unknown {
            return;
        }
        if license.source.is_none() || license.checked_on.is_none() {
            let message = format!(
                "the class {} needs the `source` that was read and the day, `checked_on`; else it is unknown",
                license.class.id()
            );
            self.error("license-unread", place, message);
        }
        if license.class == LicenseClass::Osi && license.spdx.as_deref().is_some_and(|s| !osi_approved(s)) {
            let message =
                "the class is osi, but its SPDX expression needs a licence that OSI did not approve";
            self.error("license-class", place, message.to_owned());
        }
    }

    fn balance(&mut self, tool: &Tool) {
        if tool.count(Polarity::Pro) >= 2 && tool.count(Polarity::Con) == 0 {
            let message =
                format!("{} has two or more pros and not one con: every tool has limits", tool.name);
            self.error("one-sided", Place::Key("claim"), message);
        }
    }

    fn staleness(&mut self, tool: &Tool, today: Date) {
        for (i, claim) in self.file.entry.claims.iter().enumerate() {
            let shown = tool.claims.iter().any(|c| c.id == claim.id && c.text == claim.text);
            if shown && is_stale(claim, today) {
                let message =
                    format!("the claim {:?} is past its `stale_after`: read its source again", claim.id);
                self.find("stale-claim", Severity::Warning, Place::Claim(i), message);
            }
        }
    }
}

/// Whether a strict SPDX expression can be met with licences that OSI approved.
fn osi_approved(expression: &str) -> bool {
    spdx::Expression::parse(expression)
        .is_ok_and(|e| e.evaluate(|need| need.license.id().is_some_and(spdx::LicenseId::is_osi_approved)))
}

/// One line per kind of thing that is not known yet.
fn counts(files: &[EntryFile], catalog: &Catalog) -> Vec<Finding> {
    let tools: Vec<&Tool> = files.iter().filter_map(|f| catalog.get(&f.entry.id)).collect();
    let claims = || tools.iter().flat_map(|t| &t.claims);
    let drafts = claims().filter(|c| c.status == ClaimStatus::Draft).count();
    let unknown = tools.iter().filter(|t| t.license_class() == LicenseClass::Unknown).count();
    let info = |rule, message| Finding {
        rule,
        severity: Severity::Info,
        at: "catalog".to_owned(),
        line: None,
        message,
    };
    let mut found = Vec::new();
    if drafts > 0 {
        let message =
            format!("{drafts} of {} claims are drafts: nobody read their sources again", claims().count());
        found.push(info("draft-claims", message));
    }
    if unknown > 0 {
        let message = format!("the licence of {unknown} of {} tools is unknown", tools.len());
        found.push(info("unknown-licences", message));
    }
    found
}

#[cfg(test)]
mod tests;
