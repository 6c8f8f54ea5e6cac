//! Stages against something else, in counts: where the lifecycle is crowded and where it is empty.

use super::collection::Catalog;
use super::groups::{GroupBy, groups};
use super::tool::Tool;
use super::words::Stage;

/// In which of its stages a tool counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Counting {
    /// In all of them, so that the stages of a row add up to more than its tools.
    #[default]
    All,
    /// In the first one only.
    First,
}

impl Counting {
    /// Both, in the order in which they are offered.
    pub const BOTH: [Self; 2] = [Self::All, Self::First];

    /// The word in addresses and on the command line.
    pub fn id(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::First => "first",
        }
    }

    /// The stages in which a tool counts, in lifecycle order.
    pub fn stages(self, tool: &Tool) -> &[Stage] {
        match self {
            Self::All => &tool.stages,
            Self::First => tool.stages.get(..1).unwrap_or_default(),
        }
    }
}

/// How well known a tool is, the best known least: its tier, its claims, its name.
pub fn rank(catalog: &Catalog, row: usize) -> impl Ord + use<> {
    let tool = catalog.tools().get(row);
    let tier = tool.and_then(|tool| tool.tier).unwrap_or(u8::MAX);
    (tier, std::cmp::Reverse(tool.map_or(0, |tool| tool.claims.len())), row)
}

/// A row of the matrix.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// What its tools have in common.
    pub title: String,
    /// Whether the catalog names it: `No foundation` is named by nobody.
    pub is_named: bool,
    /// The tools at each stage as places in [`Catalog::tools`], the best known first; in lifecycle order.
    pub cells: Vec<Vec<usize>>,
    /// How many tools it has, each counted once; those of no stage among them.
    pub total: usize,
}

impl Row {
    /// The tools at a stage.
    pub fn at(&self, stage: Stage) -> &[usize] {
        &self.cells[stage as usize]
    }
}

/// Tools in groups against the stages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Matrix {
    /// The groups that have tools.
    pub rows: Vec<Row>,
    /// What they are groups of.
    pub by: GroupBy,
    /// In which of its stages a tool counts.
    pub counting: Counting,
    /// How many tools count at each stage, each counted once; in lifecycle order.
    pub totals: Vec<usize>,
    /// How many tools there are, each counted once.
    pub all: usize,
    /// How many of them have no stage and so stand in no cell.
    pub without_stage: usize,
    /// The most tools in one cell.
    pub most: usize,
}

impl Matrix {
    /// Counts the tools at `rows` of [`Catalog::tools`].
    pub fn of(catalog: &Catalog, rows: &[usize], by: GroupBy, counting: Counting) -> Self {
        let tools = || rows.iter().filter_map(|row| catalog.tools().get(*row));
        let rows: Vec<Row> = groups(catalog, rows, by)
            .into_iter()
            .map(|group| {
                let mut cells = vec![Vec::new(); Stage::ALL.len()];
                for row in &group.rows {
                    let stages = catalog.tools().get(*row).map_or(&[][..], |tool| counting.stages(tool));
                    for stage in stages {
                        cells[*stage as usize].push(*row);
                    }
                }
                for cell in &mut cells {
                    cell.sort_by_key(|row| rank(catalog, *row));
                }
                let first = group.rows.first().and_then(|row| catalog.tools().get(*row));
                let is_named = first.is_some_and(|tool| names(tool, by, &group.title));
                Row { title: group.title, is_named, cells, total: group.rows.len() }
            })
            .collect();
        let at = |stage: &Stage| tools().filter(|tool| counting.stages(tool).contains(stage)).count();
        Self {
            by,
            counting,
            totals: Stage::ALL.iter().map(at).collect(),
            all: tools().count(),
            without_stage: tools().filter(|tool| tool.stages.is_empty()).count(),
            most: rows.iter().flat_map(|row| &row.cells).map(Vec::len).max().unwrap_or_default(),
            rows,
        }
    }

    /// The cells without tools, as places in `rows` with stages.
    pub fn gaps(&self) -> impl Iterator<Item = (usize, Stage)> + '_ {
        self.rows.iter().enumerate().flat_map(|(at, row)| {
            Stage::ALL.iter().filter(|stage| row.at(**stage).is_empty()).map(move |stage| (at, *stage))
        })
    }
}

/// Whether a tool's own values name the group that it stands in.
fn names(tool: &Tool, by: GroupBy, title: &str) -> bool {
    match by {
        GroupBy::Category => tool.is_in(title),
        GroupBy::Stage => tool.stages.iter().any(|stage| stage.title() == title),
        GroupBy::Foundation => tool.foundations.iter().any(|foundation| foundation.org == title),
        GroupBy::License => true,
        GroupBy::Status => tool.status.status.title() == title,
        GroupBy::Language => tool.languages.iter().any(|language| language == title),
    }
}

#[cfg(test)]
mod tests;
