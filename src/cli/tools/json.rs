//! The JSON shapes of `tools list`, `show`, `export` and `check`, which others rely on.

use std::collections::BTreeMap;
use std::io::Write;

use serde::Serialize;
use serde_json::{Map, Value};

use super::ToolsError;
use crate::catalog::compare::Between;
use crate::catalog::export::Table;
use crate::catalog::{
    Claim, ClaimStatus, Column, Evidence, Field, Finding, Layer, LicenseClass, Polarity, Relation,
    RelationKind, Stage, Tool, Via,
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
    docs: Option<&'a str>,
    kind: Option<&'static str>,
    languages: &'a [String],
    deploy: &'a [String],
    status: &'static str,
    seen_on: Option<String>,
    /// Which values come from another layer than the shipped one.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    layers: BTreeMap<&'static str, Layer>,
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
    #[serde(skip_serializing_if = "is_shipped")]
    layer: Layer,
}

#[derive(Serialize)]
pub(in crate::cli) struct EvidenceJson<'a> {
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
    #[serde(skip_serializing_if = "is_shipped")]
    layer: Layer,
}

#[derive(Serialize)]
struct ViaJson<'a> {
    artifact: Option<&'a str>,
    interface: Option<&'a str>,
}

/// What is told of two tools, from both ends.
#[derive(Serialize)]
pub(in crate::cli) struct BetweenJson<'a> {
    from: &'a str,
    #[serde(rename = "type")]
    kind: RelationKind,
    to: &'a str,
    via: Option<ViaJson<'a>>,
    since: Option<&'a str>,
    how: &'a [String],
    evidence: Vec<EvidenceJson<'a>>,
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
            docs: tool.docs.as_deref(),
            kind: tool.kind.map(|kind| kind.id()),
            category: tool.category.as_deref(),
            stages: &tool.stages,
            languages: &tool.languages,
            deploy: &tool.deploy,
            status: tool.status.status.id(),
            seen_on: tool.status.seen_on.map(|date| date.to_string()),
            foundations: foundations
                .map(|f| FoundationJson { org: &f.org, maturity: f.maturity.as_deref() })
                .collect(),
            claims: tool.claims.iter().map(claim).collect(),
            relations: tool.relations.iter().map(relation).collect(),
            layers: overlaid(tool).map(|(field, layer)| (field.key(), layer)).collect(),
        }
    }
}

/// What is shipped is the rule and not told.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands it over so")]
fn is_shipped(layer: &Layer) -> bool {
    *layer == Layer::Bundled
}

/// The values that another layer than the shipped one gave.
pub(super) fn overlaid(tool: &Tool) -> impl Iterator<Item = (Field, Layer)> {
    let layers = Field::ALL.iter().filter_map(|field| Some((*field, tool.layer_of(*field)?)));
    layers.filter(|(_, layer)| *layer > Layer::Bundled)
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
        layer: claim.layer,
    }
}

pub(in crate::cli) fn evidence(evidence: &Evidence) -> EvidenceJson<'_> {
    EvidenceJson {
        url: &evidence.url,
        title: evidence.title.as_deref(),
        locator: evidence.locator.as_deref(),
        accessed: evidence.accessed.map(|d| d.to_string()),
    }
}

pub(in crate::cli) fn between(between: &Between) -> BetweenJson<'_> {
    BetweenJson {
        from: between.from.as_str(),
        kind: between.kind,
        to: between.to.as_str(),
        via: between.via.as_ref().map(via),
        since: between.since.as_deref(),
        how: &between.how,
        evidence: between.sources.iter().map(evidence).collect(),
    }
}

fn relation(relation: &Relation) -> RelationJson<'_> {
    RelationJson {
        kind: relation.kind,
        target: relation.target.as_str(),
        via: relation.via.as_ref().map(via),
        since: relation.since.as_deref(),
        evidence: relation.evidence.iter().map(evidence).collect(),
        layer: relation.layer,
    }
}

fn via(via: &Via) -> ViaJson<'_> {
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

/// A table by the words of its columns: whole numbers as such, what is not known as null.
pub(super) fn table(table: &Table<'_>, out: &mut dyn Write) -> Result<(), ToolsError> {
    let cell = |column: &Column, row: usize| match column.text(&table.basis, row) {
        None => Value::Null,
        Some(text) if column.is_number() => text.parse::<i64>().map_or(Value::String(text), Value::from),
        Some(text) => Value::String(text),
    };
    let object = |(group, row): &(String, usize)| {
        let group = table.grouped_by.map(|_| ("group".to_owned(), Value::String(group.clone())));
        let cells = table.columns.iter().map(|column| (column.id().to_owned(), cell(column, *row)));
        group.into_iter().chain(cells).collect::<Map<_, _>>()
    };
    print(&table.rows.iter().map(object).collect::<Vec<_>>(), out)
}

pub(super) fn tool(tool: &Tool, out: &mut dyn Write) -> Result<(), ToolsError> {
    print(&ToolJson::from(tool), out)
}

pub(super) fn findings(findings: &[Finding], out: &mut dyn Write) -> Result<(), ToolsError> {
    print(&findings, out)
}
