//! The JSON shapes of `tools list`, `show`, `export` and `check`, which others rely on.

use std::io::Write;

use serde::Serialize;

use super::ToolsError;
use crate::catalog::{
    Claim, ClaimStatus, Evidence, Finding, LicenseClass, Polarity, Relation, RelationKind, Stage, Tool, Via,
};

#[derive(Serialize)]
struct ToolJson<'a> {
    id: &'a str,
    name: &'a str,
    summary: Option<&'a str>,
    homepage: Option<&'a str>,
    repos: Vec<RepoJson<'a>>,
    license: LicenseJson<'a>,
    category: Option<&'a str>,
    stages: &'a [Stage],
    foundations: Vec<FoundationJson<'a>>,
    claims: Vec<ClaimJson<'a>>,
    relations: Vec<RelationJson<'a>>,
}

#[derive(Serialize)]
struct RepoJson<'a> {
    url: &'a str,
}

#[derive(Serialize)]
struct LicenseJson<'a> {
    spdx: Option<&'a str>,
    class: LicenseClass,
}

#[derive(Serialize)]
struct FoundationJson<'a> {
    org: &'a str,
    maturity: Option<&'a str>,
}

#[derive(Serialize)]
pub(super) struct ClaimJson<'a> {
    polarity: Polarity,
    topic: &'a str,
    text: &'a str,
    evidence: Vec<EvidenceJson<'a>>,
    reviewed_on: Option<String>,
    stale_after: Option<String>,
    status: ClaimStatus,
}

#[derive(Serialize)]
pub(super) struct EvidenceJson<'a> {
    url: &'a str,
    title: Option<&'a str>,
    locator: Option<&'a str>,
    accessed: Option<String>,
}

#[derive(Serialize)]
struct RelationJson<'a> {
    #[serde(rename = "type")]
    kind: RelationKind,
    target: &'a str,
    via: Option<ViaJson<'a>>,
    since: Option<&'a str>,
    evidence: Vec<EvidenceJson<'a>>,
}

#[derive(Serialize)]
pub(super) struct ViaJson<'a> {
    artifact: Option<&'a str>,
    interface: Option<&'a str>,
}

impl<'a> From<&'a Tool> for ToolJson<'a> {
    fn from(tool: &'a Tool) -> Self {
        let foundations = tool.foundations.iter();
        Self {
            id: tool.id.as_str(),
            name: &tool.name,
            summary: tool.summary.as_deref(),
            homepage: tool.homepage.as_deref(),
            repos: tool.repos.iter().map(|r| RepoJson { url: &r.url }).collect(),
            license: LicenseJson { spdx: tool.license.spdx.as_deref(), class: tool.license.class },
            category: tool.category.as_deref(),
            stages: &tool.stages,
            foundations: foundations
                .map(|f| FoundationJson { org: &f.org, maturity: f.maturity.as_deref() })
                .collect(),
            claims: tool.claims.iter().map(claim).collect(),
            relations: tool.relations.iter().map(relation).collect(),
        }
    }
}

pub(super) fn claim(claim: &Claim) -> ClaimJson<'_> {
    ClaimJson {
        polarity: claim.polarity,
        topic: &claim.topic,
        text: &claim.text,
        evidence: claim.evidence.iter().map(evidence).collect(),
        reviewed_on: claim.reviewed_on.map(|d| d.to_string()),
        stale_after: claim.stale_after.map(|d| d.to_string()),
        status: claim.status,
    }
}

pub(super) fn evidence(evidence: &Evidence) -> EvidenceJson<'_> {
    EvidenceJson {
        url: &evidence.url,
        title: evidence.title.as_deref(),
        locator: evidence.locator.as_deref(),
        accessed: evidence.accessed.map(|d| d.to_string()),
    }
}

fn relation(relation: &Relation) -> RelationJson<'_> {
    RelationJson {
        kind: relation.kind,
        target: relation.target.as_str(),
        via: relation.via.as_ref().map(via),
        since: relation.since.as_deref(),
        evidence: relation.evidence.iter().map(evidence).collect(),
    }
}

pub(super) fn via(via: &Via) -> ViaJson<'_> {
    ViaJson { artifact: via.artifact.as_deref(), interface: via.interface.as_deref() }
}

/// One JSON value and a line feed.
pub(super) fn print(value: &impl Serialize, out: &mut dyn Write) -> Result<(), ToolsError> {
    serde_json::to_writer_pretty(&mut *out, value)?;
    writeln!(out)?;
    Ok(())
}

pub(super) fn tools(tools: &[&Tool], out: &mut dyn Write) -> Result<(), ToolsError> {
    print(&tools.iter().map(|t| ToolJson::from(*t)).collect::<Vec<_>>(), out)
}

pub(super) fn tool(tool: &Tool, out: &mut dyn Write) -> Result<(), ToolsError> {
    print(&ToolJson::from(tool), out)
}

pub(super) fn findings(findings: &[Finding], out: &mut dyn Write) -> Result<(), ToolsError> {
    print(&findings, out)
}
