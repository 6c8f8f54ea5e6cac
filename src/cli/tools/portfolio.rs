//! `tools portfolio`: what foundations host along the lifecycle, their gaps, and who could fill them.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;
use serde::Serialize;

use super::matrix::{Count, head, ids, line};
use super::{ToolsError, catalog, json, no_such, stage};
use crate::catalog::portfolio::{Candidate, Cell, Row};
use crate::catalog::{Candidates, Catalog, Gap, Maturity, Portfolio, Stage, Verdict, candidates};

pub(super) const EXAMPLES: &str = "Examples:
  mlops-atlas tools portfolio
  mlops-atlas tools portfolio --foundation CNCF
  mlops-atlas tools portfolio --foundation 'LF AI & Data' --stage serve --json

With a foundation, its gaps are listed with the tools that no foundation hosts and that could fill them; with a stage
as well, each of these tools is held against what the foundation asks for. Only the entries of the catalog are asked:
what they do not tell is unknown. Projects that a foundation has archived fill no gap.";

/// The arguments of `tools portfolio`.
#[derive(Clone, Debug, Default, Args)]
pub struct PortfolioArgs {
    /// Only this foundation, with its gaps and who could fill them.
    #[arg(long, value_name = "NAME")]
    pub foundation: Option<String>,
    /// Only this stage of that foundation, with all that is known of the tools that could fill it.
    #[arg(long, value_name = "STAGE", requires = "foundation")]
    pub stage: Option<String>,
    /// In which of its stages a tool counts.
    #[arg(long, value_enum, default_value_t)]
    pub count: Count,
    /// Print the counts of all foundations as CSV.
    #[arg(long, conflicts_with_all = ["json", "foundation"])]
    pub csv: bool,
    /// Print one JSON value.
    #[arg(long)]
    pub json: bool,
    /// Lay this workspace's catalog/tools/*.toml over the shipped catalog; left out, none is read, not even inside of one.
    #[arg(long, value_name = "DIR")]
    pub workspace: Option<PathBuf>,
}

pub(super) fn run(args: &PortfolioArgs, out: &mut dyn Write, err: &mut dyn Write) -> Result<u8, ToolsError> {
    let (catalog, status) = catalog(args.workspace.as_deref(), err)?;
    let rows: Vec<usize> = (0..catalog.tools().len()).collect();
    let portfolio = Portfolio::of(&catalog, &rows, args.count.into());
    let Some(given) = &args.foundation else {
        if args.csv {
            write!(out, "{}", portfolio.table().csv())?;
        } else if args.json {
            let rows = portfolio.rows.iter().map(|row| RowJson::new(&catalog, row, &[], None));
            json::print(&rows.collect::<Vec<_>>(), out)?;
        } else {
            overview(&portfolio, out)?;
        }
        return Ok(status);
    };
    let wanted = portfolio.rows.iter().find(|row| row.org.to_lowercase() == given.to_lowercase());
    let Some(row) = wanted else {
        let list: Vec<&str> = portfolio.rows.iter().map(|row| row.org.as_str()).collect();
        return Err(no_such("foundation", &list, given));
    };
    let only = args.stage.as_deref().map(stage).transpose()?;
    let asked = Stage::ALL.iter().filter(|s| only.map_or_else(|| row.at(**s).is_gap(), |only| only == **s));
    let found: Vec<Candidates> = asked
        .map(|stage| Gap { org: row.org.clone(), stage: *stage })
        .map(|gap| candidates(&catalog, &rows, args.count.into(), &gap))
        .collect();
    if args.json {
        json::print(&RowJson::new(&catalog, row, &found, only), out)?;
    } else if only.is_some() {
        found.iter().try_for_each(|found| in_full(&catalog, found, out))?;
    } else {
        foundation(&catalog, row, &found, out)?;
    }
    Ok(status)
}

#[derive(Serialize)]
struct RowJson<'a> {
    org: &'a str,
    projects: usize,
    archived: usize,
    criteria_known: bool,
    stages: Vec<StageJson<'a>>,
}

#[derive(Serialize)]
struct StageJson<'a> {
    stage: Stage,
    gap: bool,
    projects: Vec<ProjectJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    candidates: Option<Vec<CandidateJson<'a>>>,
}

#[derive(Serialize)]
struct ProjectJson<'a> {
    id: &'a str,
    maturity: Maturity,
    raw: Option<&'a str>,
}

#[derive(Serialize)]
struct CandidateJson<'a> {
    id: &'a str,
    met: usize,
    missing: usize,
    unknown: usize,
    criteria: Vec<CriterionJson<'a>>,
}

#[derive(Serialize)]
struct CriterionJson<'a> {
    id: &'a str,
    text: &'a str,
    asked_in: &'a str,
    verdict: Verdict,
    reason: &'a str,
    sources: Vec<SourceJson<'a>>,
}

#[derive(Serialize)]
struct SourceJson<'a> {
    url: &'a str,
    accessed: Option<String>,
}

impl<'a> RowJson<'a> {
    fn new(catalog: &'a Catalog, row: &'a Row, found: &'a [Candidates], only: Option<Stage>) -> Self {
        let stages = Stage::ALL.iter().filter(|stage| only.is_none_or(|only| only == **stage));
        Self {
            org: &row.org,
            projects: row.living,
            archived: row.archived,
            criteria_known: row.has_criteria,
            stages: stages
                .map(|stage| StageJson {
                    stage: *stage,
                    gap: row.at(*stage).is_gap(),
                    projects: projects(catalog, row.at(*stage)),
                    candidates: found.iter().find(|found| found.gap.stage == *stage).map(|found| {
                        found.tools.iter().map(|tool| CandidateJson::new(catalog, found, tool)).collect()
                    }),
                })
                .collect(),
        }
    }
}

fn projects<'a>(catalog: &'a Catalog, cell: &'a Cell) -> Vec<ProjectJson<'a>> {
    let named = cell.projects.iter().filter_map(|project| Some((catalog.tools().get(project.row)?, project)));
    named
        .map(|(tool, project)| ProjectJson {
            id: tool.id.as_str(),
            maturity: project.maturity,
            raw: project.raw.as_deref(),
        })
        .collect()
}

impl<'a> CandidateJson<'a> {
    fn new(catalog: &'a Catalog, found: &'a Candidates, candidate: &'a Candidate) -> Self {
        let judged = found.criteria().iter().zip(&candidate.judgements);
        Self {
            id: ids(catalog, &[candidate.row]).first().copied().unwrap_or_default(),
            met: candidate.count(Verdict::Met),
            missing: candidate.count(Verdict::Missing),
            unknown: candidate.count(Verdict::Unknown),
            criteria: judged
                .map(|(criterion, judgement)| CriterionJson {
                    id: &criterion.id,
                    text: &criterion.text,
                    asked_in: &criterion.source.url,
                    verdict: judgement.verdict,
                    reason: &judgement.reason,
                    sources: judgement
                        .sources
                        .iter()
                        .map(|source| SourceJson {
                            url: &source.url,
                            accessed: source.accessed.map(|day| day.to_string()),
                        })
                        .collect(),
                })
                .collect(),
        }
    }
}

fn overview(portfolio: &Portfolio, out: &mut dyn Write) -> Result<(), ToolsError> {
    head("Foundation", out)?;
    for row in &portfolio.rows {
        line(&row.org, row.cells.iter().map(Cell::living), row.living, out)?;
    }
    let unhosted = portfolio.unhosted.iter().map(Vec::len);
    line("No foundation", unhosted, portfolio.unhosted_all, out)?;
    writeln!(out, "\nGaps are shown as –; archived projects are not counted. A project counts once in ALL.")?;
    Ok(())
}

fn foundation(
    catalog: &Catalog,
    row: &Row,
    found: &[Candidates],
    out: &mut dyn Write,
) -> Result<(), ToolsError> {
    writeln!(out, "{}: {} projects, {} archived\n", row.org, row.living, row.archived)?;
    for (stage, cell) in Stage::ALL.iter().zip(&row.cells) {
        let named = cell.projects.iter().filter_map(|p| Some((catalog.tools().get(p.row)?, p.maturity)));
        let texts: Vec<String> =
            named.map(|(tool, maturity)| format!("{} ({})", tool.name, maturity.id())).collect();
        let gap = if cell.is_gap() { "gap " } else { "" };
        writeln!(out, "{:<10}{gap}{}", stage.title(), texts.join(", "))?;
    }
    if found.iter().any(|found| found.host.is_none()) {
        writeln!(out, "\nThe catalog does not know what this foundation asks for.")?;
    }
    for found in found {
        let tools = found.tools.iter().filter_map(|c| Some((catalog.tools().get(c.row)?, c)));
        let texts: Vec<String> =
            tools.map(|(tool, candidate)| format!("{} {}", tool.name, signs(candidate))).collect();
        let texts = if texts.is_empty() { "nobody".to_owned() } else { texts.join(", ") };
        writeln!(out, "\n{} could be filled by {texts}", found.gap.stage.title())?;
    }
    if !found.is_empty() {
        writeln!(
            out,
            "\n+ met, - missing, ? unknown of what the foundation asks for, as far as entries tell."
        )?;
    }
    Ok(())
}

fn signs(candidate: &Candidate) -> String {
    let count = |verdict| candidate.count(verdict);
    format!("(+{} -{} ?{})", count(Verdict::Met), count(Verdict::Missing), count(Verdict::Unknown))
}

fn in_full(catalog: &Catalog, found: &Candidates, out: &mut dyn Write) -> Result<(), ToolsError> {
    let stage = found.gap.stage.title();
    writeln!(
        out,
        "{} tools of {stage} that no foundation hosts, against {}",
        found.tools.len(),
        found.gap.org
    )?;
    match &found.host {
        Some(host) => writeln!(out, "{}", host.decides)?,
        None => writeln!(out, "The catalog does not know what this foundation asks for.")?,
    }
    for candidate in &found.tools {
        let Some(tool) = catalog.tools().get(candidate.row) else { continue };
        writeln!(out, "\n{} {}", tool.name, signs(candidate))?;
        for (criterion, judgement) in found.criteria().iter().zip(&candidate.judgements) {
            let sign = judgement.verdict.sign();
            writeln!(out, "  {sign} {} {}", criterion.text, judgement.reason)?;
            for source in &judgement.sources {
                let read = source.accessed.map(|day| format!(", read {day}")).unwrap_or_default();
                writeln!(out, "      {}{read}", source.url)?;
            }
        }
    }
    Ok(())
}
