//! Foundations against the lifecycle: what each hosts at each stage, where it has nothing, and who could fill that.

mod judge;

use std::collections::BTreeSet;

use super::collection::Catalog;
use super::criteria::{Criterion, Host};
use super::entry::Foundation;
use super::matrix::{Counting, rank};
use super::tool::Tool;
use super::words::{Maturity, Stage, Status, Verdict};

pub use judge::{Judgement, judge};

/// A project as a foundation has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Project {
    /// Its place in [`Catalog::tools`].
    pub row: usize,
    /// How far it is.
    pub maturity: Maturity,
    /// The source's own word, where it says more than `maturity`.
    pub raw: Option<String>,
}

/// What a foundation hosts at a stage.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// The projects, the furthest first, of one level the best known first; archived ones last.
    pub projects: Vec<Project>,
}

impl Cell {
    /// How many are of this level.
    pub fn count(&self, maturity: Maturity) -> usize {
        self.projects.iter().filter(|project| project.maturity == maturity).count()
    }

    /// How many the foundation has not given up.
    pub fn living(&self) -> usize {
        self.projects.len() - self.count(Maturity::Archived)
    }

    /// Whether nothing that the foundation has not given up is here.
    pub fn is_gap(&self) -> bool {
        self.living() == 0
    }
}

/// A foundation with its projects along the lifecycle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The foundation's name.
    pub org: String,
    /// One cell a stage, in lifecycle order.
    pub cells: Vec<Cell>,
    /// How many of its projects it has not given up, each counted once; those of no stage too.
    pub living: usize,
    /// How many it has given up.
    pub archived: usize,
    /// Whether the catalog knows what it asks for.
    pub has_criteria: bool,
}

impl Row {
    /// What it hosts at a stage.
    pub fn at(&self, stage: Stage) -> &Cell {
        &self.cells[stage as usize]
    }
}

/// All foundations against the lifecycle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Portfolio {
    /// Those whose criteria are known, in the order of their file, then the others, the largest first.
    pub rows: Vec<Row>,
    /// The tools of each stage that no foundation hosts, the best known first; in lifecycle order.
    pub unhosted: Vec<Vec<usize>>,
    /// How many tools no foundation hosts, those of no stage among them.
    pub unhosted_all: usize,
    /// How many tools of each stage are hosted and not given up, or hosted by nobody, each counted once.
    pub totals: Vec<usize>,
    /// Whether a tool stands in its first stage only or in all.
    pub counting: Counting,
    /// The most living projects, or tools without a foundation, in one cell.
    pub most: usize,
}

impl Portfolio {
    /// Counts the tools at `rows` of [`Catalog::tools`].
    pub fn of(catalog: &Catalog, rows: &[usize], counting: Counting) -> Self {
        let known = catalog.hosts().iter().map(|host| empty(&host.org, true));
        let mut found: Vec<Row> = known.collect();
        let mut unhosted = vec![Vec::new(); Stage::ALL.len()];
        let mut unhosted_all = 0;
        for (row, tool) in rows.iter().filter_map(|row| Some((*row, catalog.tools().get(*row)?))) {
            let stages = counting.stages(tool);
            if tool.foundations.is_empty() {
                unhosted_all += 1;
                for stage in stages {
                    unhosted[*stage as usize].push(row);
                }
            }
            for foundation in &tool.foundations {
                let at = found.iter().position(|known| known.org == foundation.org);
                let at = at.unwrap_or_else(|| {
                    found.push(empty(&foundation.org, false));
                    found.len() - 1
                });
                let project = project(row, foundation);
                *(if project.maturity == Maturity::Archived {
                    &mut found[at].archived
                } else {
                    &mut found[at].living
                }) += 1;
                for stage in stages {
                    found[at].cells[*stage as usize].projects.push(project.clone());
                }
            }
        }
        let known = catalog.hosts().len();
        found[known..].sort_by(|a, b| b.living.cmp(&a.living).then_with(|| a.org.cmp(&b.org)));
        for cell in found.iter_mut().flat_map(|row| &mut row.cells) {
            cell.projects.sort_by_key(|project| (project.maturity, rank(catalog, project.row)));
        }
        for rows in &mut unhosted {
            rows.sort_by_key(|row| rank(catalog, *row));
        }
        let total = |stage: &Stage| {
            let projects = found.iter().flat_map(|row| &row.at(*stage).projects);
            let living = projects.filter(|project| project.maturity != Maturity::Archived);
            let rows = living.map(|project| project.row).chain(unhosted[*stage as usize].iter().copied());
            rows.collect::<BTreeSet<usize>>().len()
        };
        let totals = Stage::ALL.iter().map(total).collect();
        let living = found.iter().flat_map(|row| &row.cells).map(Cell::living);
        let most = living.chain(unhosted.iter().map(Vec::len)).max().unwrap_or_default();
        Self { rows: found, unhosted, unhosted_all, totals, counting, most }
    }

    /// The row of a foundation.
    pub fn row(&self, org: &str) -> Option<&Row> {
        self.rows.iter().find(|row| row.org == org)
    }
}

fn empty(org: &str, has_criteria: bool) -> Row {
    let cells = vec![Cell::default(); Stage::ALL.len()];
    Row { org: org.to_owned(), cells, living: 0, archived: 0, has_criteria }
}

fn project(row: usize, foundation: &Foundation) -> Project {
    let maturity = maturity(foundation);
    let said = foundation.maturity.as_deref();
    let raw =
        foundation.raw.clone().or_else(|| said.filter(|word| *word != maturity.id()).map(str::to_owned));
    Project { row, maturity, raw }
}

/// The level that a foundation gives, in the words that most foundations use.
///
/// A word that none of them uses, or none at all, is no reason to doubt that the project is hosted.
pub fn maturity(foundation: &Foundation) -> Maturity {
    let word = foundation.maturity.as_deref().unwrap_or_default().trim().to_lowercase();
    match word.as_str() {
        "graduated" | "graduation" | "top-level" => Maturity::Graduated,
        "incubating" | "incubation" | "podling" => Maturity::Incubating,
        "sandbox" => Maturity::Sandbox,
        "archived" | "emeritus" | "retired" | "attic" => Maturity::Archived,
        _ => Maturity::Hosted,
    }
}

/// A foundation at a stage: where it has nothing, somebody could enter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap {
    /// The foundation's name.
    pub org: String,
    /// The stage.
    pub stage: Stage,
}

/// A tool without a foundation that could fill a gap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Its place in [`Catalog::tools`].
    pub row: usize,
    /// What is known of it against each criterion, in the order of the criteria.
    pub judgements: Vec<Judgement>,
}

impl Candidate {
    /// How many criteria came out this way.
    pub fn count(&self, verdict: Verdict) -> usize {
        self.judgements.iter().filter(|judgement| judgement.verdict == verdict).count()
    }
}

/// Who could enter a foundation at a stage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidates {
    /// Where.
    pub gap: Gap,
    /// What the foundation asks for; nothing if the catalog does not know.
    pub host: Option<Host>,
    /// The tools: those that lack least first, then those that have most, then the best known; the ended ones last.
    pub tools: Vec<Candidate>,
}

impl Candidates {
    /// What is asked for.
    pub fn criteria(&self) -> &[Criterion] {
        self.host.as_ref().map_or(&[], |host| &host.criteria)
    }
}

/// The tools at `rows` that no foundation hosts and that stand at the stage of the gap, each against what its
/// foundation asks for.
///
/// Only entries are asked: what they do not tell is unknown.
pub fn candidates(catalog: &Catalog, rows: &[usize], counting: Counting, gap: &Gap) -> Candidates {
    let Gap { org, stage } = gap;
    let host = catalog.hosts().iter().find(|host| host.org == *org);
    let criteria = host.map_or(&[][..], |host| &host.criteria);
    let fits = |tool: &Tool| tool.foundations.is_empty() && counting.stages(tool).contains(stage);
    let mut tools: Vec<Candidate> = rows
        .iter()
        .filter_map(|row| Some((*row, catalog.tools().get(*row).filter(|tool| fits(tool))?)))
        .map(|(row, tool)| {
            let judgements = criteria.iter().map(|criterion| judge(catalog, org, criterion, tool)).collect();
            Candidate { row, judgements }
        })
        .collect();
    tools.sort_by_cached_key(|candidate| {
        let tool = catalog.tools().get(candidate.row);
        let has_ended = tool.is_some_and(|tool| tool.status.status == Status::Archived);
        let met = std::cmp::Reverse(candidate.count(Verdict::Met));
        (has_ended, candidate.count(Verdict::Missing), met, rank(catalog, candidate.row))
    });
    Candidates { gap: gap.clone(), host: host.cloned(), tools }
}

#[cfg(test)]
mod tests;
