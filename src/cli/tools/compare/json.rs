//! The JSON shape of `tools compare`; claims and evidence look as they do in `tools show`.

use serde::Serialize;

use crate::catalog::{Comparison, Evidence};
use crate::cli::tools::ToolsError;
use crate::cli::tools::json::{BetweenJson, ClaimJson, EvidenceJson, between, claim, evidence, print};

#[derive(Serialize)]
struct ComparisonJson<'a> {
    tools: Vec<ToolJson<'a>>,
    category: Option<&'a str>,
    rows: Vec<RowJson<'a>>,
    claims: Vec<TopicJson<'a>>,
    between: Vec<BetweenJson<'a>>,
    alternatives: Vec<AlternativesJson<'a>>,
    today: String,
}

#[derive(Serialize)]
struct ToolJson<'a> {
    id: &'a str,
    name: &'a str,
}

#[derive(Serialize)]
struct RowJson<'a> {
    row: &'static str,
    equal: bool,
    cells: Vec<CellJson<'a>>,
}

#[derive(Serialize)]
struct CellJson<'a> {
    tool: &'a str,
    value: String,
    known: bool,
    note: Option<&'a str>,
    evidence: Vec<EvidenceJson<'a>>,
    seen_on: Option<String>,
}

#[derive(Serialize)]
struct TopicJson<'a> {
    topic: &'a str,
    cells: Vec<ClaimsJson<'a>>,
}

#[derive(Serialize)]
struct ClaimsJson<'a> {
    tool: &'a str,
    claims: Vec<ClaimJson<'a>>,
}

#[derive(Serialize)]
struct AlternativesJson<'a> {
    tool: &'a str,
    alternatives: Vec<AlternativeJson<'a>>,
}

#[derive(Serialize)]
struct AlternativeJson<'a> {
    id: &'a str,
    name: &'a str,
    evidence: Vec<EvidenceJson<'a>>,
}

fn all(sources: &[Evidence]) -> Vec<EvidenceJson<'_>> {
    sources.iter().map(evidence).collect()
}

impl<'a> From<&'a Comparison> for ComparisonJson<'a> {
    fn from(comparison: &'a Comparison) -> Self {
        let tools = || comparison.tools.iter().map(|tool| tool.id.as_str());
        let rows = comparison.rows.iter().map(|row| RowJson {
            row: row.fact.title(),
            equal: row.is_equal,
            cells: tools()
                .zip(&row.cells)
                .map(|(tool, cell)| CellJson {
                    tool,
                    value: cell.text(),
                    known: cell.is_known(),
                    note: cell.note.as_deref(),
                    evidence: all(&cell.sources),
                    seen_on: cell.seen_on.map(|day| day.to_string()),
                })
                .collect(),
        });
        let claims = comparison.topics.iter().map(|topic| TopicJson {
            topic: &topic.topic,
            cells: tools()
                .zip(&topic.cells)
                .map(|(tool, claims)| ClaimsJson { tool, claims: claims.iter().map(claim).collect() })
                .collect(),
        });
        let alternatives = comparison.tools.iter().map(|tool| AlternativesJson {
            tool: tool.id.as_str(),
            alternatives: tool
                .alternatives
                .iter()
                .map(|other| AlternativeJson {
                    id: other.id.as_str(),
                    name: &other.name,
                    evidence: all(&other.sources),
                })
                .collect(),
        });
        Self {
            tools: comparison.tools.iter().map(|t| ToolJson { id: t.id.as_str(), name: &t.name }).collect(),
            category: comparison.category.as_deref(),
            rows: rows.collect(),
            claims: claims.collect(),
            between: comparison.between.iter().map(between).collect(),
            alternatives: alternatives.collect(),
            today: comparison.today.to_string(),
        }
    }
}

/// The comparison as one value and a line feed.
pub(super) fn text(comparison: &Comparison) -> Result<String, ToolsError> {
    let mut text = Vec::new();
    print(&ComparisonJson::from(comparison), &mut text)?;
    Ok(String::from_utf8_lossy(&text).into_owned())
}
