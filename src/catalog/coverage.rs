//! How much is known: whether a tool is complete and what it lacks, and the counts of the whole catalog.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::check::Finding;
use super::collection::{Catalog, is_stale};
use super::entry::{Claim, ToolId};
use super::tool::Tool;
use super::words::{ClaimStatus, Depth, Kind, LicenseClass, Polarity, RelationKind, Stage, Status};
use crate::problem::Severity;

mod report;

/// The least number of reviewed pros, and of reviewed cons and caveats, of a complete tool.
pub const LEAST: usize = 2;

/// How far one tool's entry has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completeness {
    /// Complete if nothing is missing, basic if nobody reviewed a claim yet, else partial.
    pub depth: Depth,
    /// What is missing, by the key in the file, or `pros`, `cons`, `alternative`; in the order of the file.
    ///
    /// `first_release_year`, `air_gap`, `gpu` and `kubernetes` are never among them: where no source tells,
    /// unknown is the honest value, and it is counted instead.
    pub missing: Vec<&'static str>,
}

/// The claims of a tool whose sources somebody read again.
pub fn reviewed(tool: &Tool) -> impl Iterator<Item = &Claim> {
    tool.claims.iter().filter(|c| c.status == ClaimStatus::Reviewed)
}

/// Judges one tool by what its entry holds, never by its fame or its tier.
pub fn completeness(tool: &Tool, catalog: &Catalog) -> Completeness {
    let count = |of: &[Polarity]| reviewed(tool).filter(|c| of.contains(&c.polarity)).count();
    // A specification is text: it is written in no programming language and deployed nowhere.
    let is_spec = tool.kind == Some(Kind::Spec);
    let license = &tool.license;
    let license_read = license.class != LicenseClass::Unknown
        && license.spdx.is_some()
        && license.source.is_some()
        && license.checked_on.is_some();
    let present = [
        ("summary", tool.summary.is_some()),
        ("kind", tool.kind.is_some()),
        ("category", tool.category.is_some()),
        ("stages", !tool.stages.is_empty()),
        ("homepage", tool.homepage.is_some()),
        ("docs", tool.docs.is_some()),
        ("languages", is_spec || !tool.languages.is_empty()),
        ("deploy", is_spec || !tool.deploy.is_empty()),
        ("license", license_read),
        // What was seen may leave it open whether the project goes on; that somebody looked is what counts.
        ("status", tool.status.seen_on.is_some()),
        ("alternative", has_alternative(tool, catalog)),
        ("pros", count(&[Polarity::Pro]) >= LEAST),
        ("cons", count(&[Polarity::Con, Polarity::Caveat]) >= LEAST),
    ];
    let missing: Vec<_> = present.iter().filter(|(_, there)| !there).map(|(name, _)| *name).collect();
    let depth = match (reviewed(tool).next(), missing.is_empty()) {
        (None, _) => Depth::Basic,
        (Some(_), false) => Depth::Partial,
        (Some(_), true) => Depth::Complete,
    };
    Completeness { depth, missing }
}

/// Whether another tool does the same job, told from either side, or the note says that none is known.
fn has_alternative(tool: &Tool, catalog: &Catalog) -> bool {
    let from_here = tool.relations.iter();
    let from_there = catalog.pointing_at(&tool.id).map(|(_, relation)| relation);
    from_here.chain(from_there).any(|r| r.kind == RelationKind::AlternativeTo)
        || tool.note.as_deref().is_some_and(says_none)
}

/// Whether a sentence of the note denies an alternative: "no alternative is named", "no other … alternative".
fn says_none(note: &str) -> bool {
    note.split_inclusive(['.', ';']).any(|sentence| {
        let lower = sentence.to_lowercase();
        lower.contains("alternative")
            && lower.split(|c: char| !c.is_alphanumeric()).any(|w| w == "no" || w == "none")
    })
}

/// How many tools are how far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Split {
    /// Nothing is missing.
    pub complete: usize,
    /// Judged, with something missing.
    pub partial: usize,
    /// Not judged yet.
    pub basic: usize,
}

impl Split {
    /// All of them.
    pub fn all(self) -> usize {
        self.complete + self.partial + self.basic
    }

    fn add(&mut self, depth: Depth) {
        match depth {
            Depth::Complete => self.complete += 1,
            Depth::Partial => self.partial += 1,
            Depth::Basic => self.basic += 1,
        }
    }
}

/// How often a value is unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unknown {
    /// The key in the file.
    pub field: &'static str,
    /// Among the complete tools.
    pub complete: usize,
    /// Among all tools.
    pub all: usize,
}

/// The place of a claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClaimAt {
    /// Its tool.
    pub tool: ToolId,
    /// Its id within the tool.
    pub claim: String,
}

/// What a catalog holds and lacks on some day; computed once, then only read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    tools: BTreeMap<ToolId, Completeness>,
    /// All tools.
    pub total: Split,
    /// Tools of each stage, a tool counting in each of its stages; every stage is there.
    pub by_stage: Vec<(Stage, Split)>,
    /// Tools of each category, those that are in it as well among them; every category is there.
    pub by_category: Vec<(String, Split)>,
    /// How often a value is unknown, most often first.
    pub unknown_by_field: Vec<Unknown>,
    /// How many partial tools lack a field, most often first.
    pub lacking: Vec<(&'static str, usize)>,
    /// Claims by what they say and how far they are checked: reviewed ones, then all.
    pub polarity: Vec<(Polarity, usize, usize)>,
    /// Claims whose sources nobody read again, in the order of their tools' names.
    pub drafts: Vec<ClaimAt>,
    /// Claims past their `stale_after`, in the order of their tools' names.
    pub stale: Vec<ClaimAt>,
    /// Relations.
    pub relations: usize,
    /// Relations that say what passes between the two.
    pub relations_with_via: usize,
}

impl Coverage {
    /// Counts the tools of `only`, or all, on the day `today`.
    pub fn new(catalog: &Catalog, only: Option<&BTreeSet<ToolId>>, today: Date) -> Self {
        let tools: Vec<&Tool> =
            catalog.tools().iter().filter(|t| only.is_none_or(|ids| ids.contains(&t.id))).collect();
        let mut out = Self {
            by_stage: Stage::ALL.iter().map(|s| (*s, Split::default())).collect(),
            by_category: catalog.categories().iter().map(|c| (c.name.clone(), Split::default())).collect(),
            polarity: Polarity::ALL.iter().map(|p| (*p, 0, 0)).collect(),
            ..Self::default()
        };
        let mut lacking: BTreeMap<&'static str, usize> = BTreeMap::new();
        for tool in &tools {
            let found = completeness(tool, catalog);
            out.total.add(found.depth);
            for (stage, split) in &mut out.by_stage {
                if tool.stages.contains(stage) {
                    split.add(found.depth);
                }
            }
            for (name, split) in &mut out.by_category {
                if tool.is_in(name) {
                    split.add(found.depth);
                }
            }
            if found.depth == Depth::Partial {
                for field in &found.missing {
                    *lacking.entry(field).or_default() += 1;
                }
            }
            out.claims_of(tool, today);
            out.relations += tool.relations.len();
            out.relations_with_via += tool.relations.iter().filter(|r| r.via.is_some()).count();
            out.tools.insert(tool.id.clone(), found);
        }
        out.lacking = lacking.into_iter().collect();
        out.lacking.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
        out.unknown_by_field = out.unknown(&tools);
        out
    }

    fn claims_of(&mut self, tool: &Tool, today: Date) {
        for claim in &tool.claims {
            let place = || ClaimAt { tool: tool.id.clone(), claim: claim.id.clone() };
            if let Some((_, read, all)) = self.polarity.iter_mut().find(|(p, _, _)| *p == claim.polarity) {
                *all += 1;
                *read += usize::from(claim.status == ClaimStatus::Reviewed);
            }
            if claim.status == ClaimStatus::Draft {
                self.drafts.push(place());
            }
            if is_stale(claim, today) {
                self.stale.push(place());
            }
        }
    }

    fn unknown(&self, tools: &[&Tool]) -> Vec<Unknown> {
        type Test = fn(&Tool) -> bool;
        let tests: [(&str, Test); 9] = [
            ("license", |t| t.license.class == LicenseClass::Unknown),
            ("status", |t| t.status.status == Status::Unknown),
            ("first_release_year", |t| t.first_release_year.is_none()),
            ("kubernetes", |t| t.kubernetes.is_none()),
            ("air_gap", |t| t.air_gap.is_none()),
            ("gpu", |t| t.gpu.is_none()),
            ("docs", |t| t.docs.is_none()),
            ("languages", |t| t.kind != Some(Kind::Spec) && t.languages.is_empty()),
            ("deploy", |t| t.kind != Some(Kind::Spec) && t.deploy.is_empty()),
        ];
        let complete = |t: &&&Tool| self.depth_of(&t.id) == Some(Depth::Complete);
        let mut out: Vec<Unknown> = tests
            .iter()
            .map(|(field, unknown)| Unknown {
                field,
                complete: tools.iter().filter(complete).filter(|t| unknown(t)).count(),
                all: tools.iter().filter(|t| unknown(t)).count(),
            })
            .collect();
        out.sort_by_key(|u| std::cmp::Reverse((u.complete, u.all)));
        out
    }

    /// How far a tool is, with what it lacks; nothing if it was not counted.
    pub fn of(&self, tool: &ToolId) -> Option<&Completeness> {
        self.tools.get(tool)
    }

    /// How far a tool is.
    pub fn depth_of(&self, tool: &ToolId) -> Option<Depth> {
        self.of(tool).map(|found| found.depth)
    }

    /// All claims, whatever they say.
    pub fn claims(&self) -> usize {
        self.polarity.iter().map(|(_, _, all)| all).sum()
    }

    /// The counts as findings of the rule `coverage`, about the catalog as a whole.
    pub fn findings(&self) -> Vec<Finding> {
        let info = |message| Finding {
            rule: "coverage",
            severity: Severity::Info,
            at: "catalog".to_owned(),
            line: None,
            message,
        };
        self.sentences().into_iter().map(info).collect()
    }
}

#[cfg(test)]
mod tests;
