//! One tool against one criterion: only what its entry tells, with the reason and where it was read.

use jiff::civil::Date;

use crate::catalog::collection::Catalog;
use crate::catalog::criteria::Criterion;
use crate::catalog::entry::{Claim, Evidence};
use crate::catalog::tool::Tool;
use crate::catalog::words::{ClaimStatus, LicenseClass, RelationKind, Status, ToldBy, Verdict};

/// What is known of a tool against a criterion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judgement {
    /// How it came out.
    pub verdict: Verdict,
    /// Why, in a sentence.
    pub reason: String,
    /// Where that was read; empty where the entry names no address.
    pub sources: Vec<Evidence>,
}

impl Judgement {
    fn new(verdict: Verdict, reason: impl Into<String>) -> Self {
        Self { verdict, reason: reason.into(), sources: Vec::new() }
    }

    fn unknown(reason: impl Into<String>) -> Self {
        Self::new(Verdict::Unknown, reason)
    }

    fn read_in(mut self, evidence: &[Evidence]) -> Self {
        self.sources.extend_from_slice(evidence);
        self
    }

    fn read_at(mut self, url: Option<&String>, accessed: Option<Date>) -> Self {
        let source = |url: &String| Evidence { url: url.clone(), title: None, locator: None, accessed };
        self.sources.extend(url.map(source));
        self
    }
}

/// Holds a tool against a criterion of the foundation `org`.
pub fn judge(catalog: &Catalog, org: &str, criterion: &Criterion, tool: &Tool) -> Judgement {
    match criterion.told_by {
        ToldBy::OsiLicense | ToldBy::Licenses => license(criterion, tool),
        ToldBy::Governance => governance(criterion, tool),
        ToldBy::Activity => activity(tool),
        ToldBy::Age => age(tool),
        ToldBy::Code => code(tool),
        ToldBy::Pytorch => pytorch(catalog, tool),
        ToldBy::Kubernetes => kubernetes(tool),
        ToldBy::Note => note(org, tool),
        ToldBy::Nothing => Judgement::unknown("No entry of the catalog tells this."),
    }
}

fn license(criterion: &Criterion, tool: &Tool) -> Judgement {
    let license = &tool.license;
    let spdx = license.spdx.as_deref();
    let said = spdx.unwrap_or("its licence");
    let found = match license.class {
        LicenseClass::Unknown => Judgement::unknown("Nobody read its licence file for the catalog."),
        LicenseClass::OpenCore => {
            Judgement::new(Verdict::Missing, format!("Open core, {said}: parts are under other terms."))
        }
        LicenseClass::SourceAvailable => {
            Judgement::new(Verdict::Missing, format!("Source available, {said}: OSI did not approve it."))
        }
        LicenseClass::Osi => match spdx {
            None => Judgement::unknown("Its entry says OSI approved and names no licence."),
            Some(spdx) => approved(criterion, spdx),
        },
    };
    found.read_at(license.source.as_ref(), license.checked_on)
}

/// A licence that OSI approved by its class, against the list of the criterion.
fn approved(criterion: &Criterion, spdx: &str) -> Judgement {
    let meets = |allowed: &dyn Fn(spdx::LicenseId) -> bool| {
        spdx::Expression::parse(spdx).is_ok_and(|e| e.evaluate(|need| need.license.id().is_some_and(allowed)))
    };
    if criterion.told_by == ToldBy::OsiLicense {
        return if meets(&spdx::LicenseId::is_osi_approved) {
            Judgement::new(
                Verdict::Met,
                format!("{spdx} is covered by the list of licences that OSI approved."),
            )
        } else {
            Judgement::unknown(format!(
                "Its entry says OSI approved; the list does not confirm it for {spdx}."
            ))
        };
    }
    if meets(&|id| criterion.licenses.iter().any(|allowed| allowed == id.name)) {
        Judgement::new(Verdict::Met, format!("{spdx} is covered by the foundation's list."))
    } else if !criterion.examples {
        Judgement::new(
            Verdict::Missing,
            format!("{spdx} is approved by OSI, and not covered by the foundation's list."),
        )
    } else if meets(&|id| !id.is_copyleft()) {
        Judgement::unknown(format!("{spdx} is approved by OSI; the foundation names other ones as examples."))
    } else {
        Judgement::new(Verdict::Missing, format!("{spdx} is approved by OSI, and a copyleft licence."))
    }
}

fn governance(criterion: &Criterion, tool: &Tool) -> Judgement {
    let reviewed = |id: &str| tool.claims.iter().find(|c| c.id == id && c.status == ClaimStatus::Reviewed);
    let mut settled = criterion.readings.iter().filter(|reading| reading.tool == tool.id);
    if let Some((reading, claim)) = settled.find_map(|r| Some((r, reviewed(&r.claim)?))) {
        return Judgement::new(reading.verdict, claim.text.clone()).read_in(&claim.evidence);
    }
    let about = |claim: &&Claim| claim.topic == "governance" && claim.status != ClaimStatus::Disputed;
    let claims: Vec<&Claim> = tool.claims.iter().filter(about).collect();
    if claims.is_empty() {
        return Judgement::unknown("Its entry has no claim about its governance.");
    }
    let texts: Vec<&str> = claims.iter().map(|claim| claim.text.as_str()).collect();
    let found = Judgement::unknown(format!("Its entry says, which does not settle it: {}", texts.join(" ")));
    claims.iter().fold(found, |found, claim| found.read_in(&claim.evidence))
}

fn activity(tool: &Tool) -> Judgement {
    let on = tool.status.seen_on.map(|day| format!(" on {day}")).unwrap_or_default();
    match tool.status.status {
        Status::Alive => Judgement::new(Verdict::Met, format!("Work was seen{on}.")),
        Status::Idle => Judgement::new(Verdict::Missing, format!("No work was seen for long, as seen{on}.")),
        Status::Archived => {
            Judgement::new(Verdict::Missing, format!("Its owners say that it has ended, seen{on}."))
        }
        Status::Unknown if on.is_empty() => {
            Judgement::unknown("Nobody looked for the catalog whether it is worked on.")
        }
        Status::Unknown => {
            Judgement::unknown(format!("What was seen{on} leaves open whether it is worked on."))
        }
    }
}

/// The year of the first release is known, its day is not: half a year after the end of that year is safe.
fn age(tool: &Tool) -> Judgement {
    let Some(year) = tool.first_release_year else {
        return Judgement::unknown("Its entry does not tell the year of its first release.");
    };
    let seen = tool.status.seen_on.or(tool.license.checked_on);
    let old_enough = seen.is_some_and(|day| day >= Date::constant(year.saturating_add(1).min(9999), 7, 1));
    if old_enough {
        Judgement::new(Verdict::Met, format!("Its first release is of {year}."))
    } else {
        Judgement::unknown(format!("Its first release is of {year}; the entry does not tell the day."))
    }
}

fn code(tool: &Tool) -> Judgement {
    let Some(repo) = tool.primary_repo() else {
        return Judgement::unknown("Its entry names no repository.");
    };
    Judgement::new(Verdict::Met, "Its code is public.").read_at(Some(&repo.url), None)
}

fn pytorch(catalog: &Catalog, tool: &Tool) -> Judgement {
    if tool.id.as_str() == "pytorch" {
        return Judgement::new(Verdict::Met, "It is PyTorch.");
    }
    let works = |kind: RelationKind| kind != RelationKind::AlternativeTo;
    let own = tool.relations.iter().filter(|r| r.target.as_str() == "pytorch" && works(r.kind));
    let theirs =
        catalog.pointing_at(&tool.id).filter(|(from, r)| from.id.as_str() == "pytorch" && works(r.kind));
    let mut evidence =
        own.chain(theirs.map(|(_, relation)| relation)).map(|relation| &relation.evidence).peekable();
    if evidence.peek().is_none() {
        return Judgement::unknown("Its entry names no relation with PyTorch.");
    }
    let found = Judgement::unknown("Its entry says that it works with PyTorch, not with which releases.");
    evidence.fold(found, |found, evidence| found.read_in(evidence))
}

fn kubernetes(tool: &Tool) -> Judgement {
    Judgement::unknown(if tool.kubernetes == Some(true) {
        "It needs Kubernetes; whether it fits is for the foundation to say."
    } else if tool.deploy.iter().any(|way| way == "k8s") {
        "It can run on Kubernetes; whether it fits is for the foundation to say."
    } else {
        "Its entry does not tell that it runs on Kubernetes."
    })
}

fn note(org: &str, tool: &Tool) -> Judgement {
    match tool.note.as_deref().filter(|note| note.contains(org)) {
        Some(note) => Judgement::unknown(format!("Its note says, which does not settle it: {note}")),
        None => Judgement::unknown("Its entry does not tell this."),
    }
}
