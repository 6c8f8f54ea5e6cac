//! `tools matrix`: the tools of each category, foundation or licence class at each stage.

use std::io::Write;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use serde::Serialize;

use super::{ToolsError, catalog, json};
use crate::catalog::{Catalog, Counting, GroupBy, Matrix, Stage};

pub(super) const EXAMPLES: &str = "Examples:
  mlops-atlas tools matrix
  mlops-atlas tools matrix --by foundation --count first
  mlops-atlas tools matrix --by license --json

A tool counts in all of its stages, so the stages of a row add up to more than its tools; with --count first it counts
in its first stage only.";

/// What the rows are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum By {
    /// Categories.
    #[default]
    Category,
    /// Foundations.
    Foundation,
    /// Licence classes.
    #[value(alias = "licence")]
    License,
}

/// In which of its stages a tool counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Count {
    /// In all of them.
    #[default]
    All,
    /// In the first one.
    First,
}

impl From<Count> for Counting {
    fn from(count: Count) -> Self {
        match count {
            Count::All => Self::All,
            Count::First => Self::First,
        }
    }
}

/// The arguments of `tools matrix`.
#[derive(Clone, Debug, Default, Args)]
pub struct MatrixArgs {
    /// What the rows are.
    #[arg(long, value_enum, default_value_t)]
    pub by: By,
    /// In which of its stages a tool counts.
    #[arg(long, value_enum, default_value_t)]
    pub count: Count,
    /// Print the counts as CSV.
    #[arg(long, conflicts_with = "json")]
    pub csv: bool,
    /// Print one JSON value.
    #[arg(long)]
    pub json: bool,
    /// Lay this workspace's catalog/tools/*.toml over the shipped catalog; left out, none is read, not even inside of one.
    #[arg(long, value_name = "DIR")]
    pub workspace: Option<PathBuf>,
}

pub(super) fn run(args: &MatrixArgs, out: &mut dyn Write, err: &mut dyn Write) -> Result<u8, ToolsError> {
    let (catalog, status) = catalog(args.workspace.as_deref(), err)?;
    let by = match args.by {
        By::Category => GroupBy::Category,
        By::Foundation => GroupBy::Foundation,
        By::License => GroupBy::License,
    };
    let rows: Vec<usize> = (0..catalog.tools().len()).collect();
    let matrix = Matrix::of(&catalog, &rows, by, args.count.into());
    if args.csv {
        write!(out, "{}", matrix.table().csv())?;
    } else if args.json {
        json::print(&MatrixJson::new(&catalog, &matrix), out)?;
    } else {
        plain(&matrix, out)?;
    }
    Ok(status)
}

/// The ids of tools, in the order of `rows`.
pub(super) fn ids<'c>(catalog: &'c Catalog, rows: &[usize]) -> Vec<&'c str> {
    rows.iter().filter_map(|row| catalog.tools().get(*row)).map(|tool| tool.id.as_str()).collect()
}

#[derive(Serialize)]
struct MatrixJson<'a> {
    by: &'static str,
    count: &'static str,
    rows: Vec<RowJson<'a>>,
    all: Vec<StageJson>,
    tools: usize,
    without_stage: usize,
}

#[derive(Serialize)]
struct RowJson<'a> {
    name: &'a str,
    tools: usize,
    stages: Vec<CellJson<'a>>,
}

#[derive(Serialize)]
struct CellJson<'a> {
    stage: Stage,
    gap: bool,
    tools: Vec<&'a str>,
}

#[derive(Serialize)]
struct StageJson {
    stage: Stage,
    tools: usize,
}

impl<'a> MatrixJson<'a> {
    fn new(catalog: &'a Catalog, matrix: &'a Matrix) -> Self {
        let cell = |(stage, rows): (&Stage, &Vec<usize>)| CellJson {
            stage: *stage,
            gap: rows.is_empty(),
            tools: ids(catalog, rows),
        };
        let row = |row: &'a crate::catalog::matrix::Row| RowJson {
            name: &row.title,
            tools: row.total,
            stages: Stage::ALL.iter().zip(&row.cells).map(cell).collect(),
        };
        let total = |(stage, tools): (&Stage, &usize)| StageJson { stage: *stage, tools: *tools };
        Self {
            by: if matrix.by == GroupBy::License { "license" } else { matrix.by.id() },
            count: matrix.counting.id(),
            rows: matrix.rows.iter().map(row).collect(),
            all: Stage::ALL.iter().zip(&matrix.totals).map(total).collect(),
            tools: matrix.all,
            without_stage: matrix.without_stage,
        }
    }
}

fn plain(matrix: &Matrix, out: &mut dyn Write) -> Result<(), ToolsError> {
    head(matrix.by.title(), out)?;
    for row in &matrix.rows {
        line(&row.title, row.cells.iter().map(Vec::len), row.total, out)?;
    }
    line("All tools", matrix.totals.iter().copied(), matrix.all, out)?;
    let gaps = matrix.gaps().count();
    let counts = match matrix.counting {
        Counting::All => "in all of its stages",
        Counting::First => "in its first stage only",
    };
    writeln!(out, "\n{gaps} gaps, shown as –. A tool counts {counts}, and once in ALL.")?;
    if matrix.without_stage > 0 {
        writeln!(out, "{} tools have no stage and stand in no column.", matrix.without_stage)?;
    }
    Ok(())
}

/// Widths of the names and of a stage.
const WIDTHS: (usize, usize) = (38, 9);

pub(super) fn head(title: &str, out: &mut dyn Write) -> Result<(), ToolsError> {
    let (names, stage) = WIDTHS;
    write!(out, "{:<names$}", title.to_uppercase())?;
    for each in Stage::ALL {
        write!(out, "{:>stage$}", each.id().to_uppercase())?;
    }
    Ok(writeln!(out, "{:>stage$}", "ALL")?)
}

pub(super) fn line(
    title: &str,
    counts: impl Iterator<Item = usize>,
    total: usize,
    out: &mut dyn Write,
) -> Result<(), ToolsError> {
    let (names, stage) = WIDTHS;
    write!(out, "{title:<names$}")?;
    for count in counts {
        let text = if count == 0 { "–".to_owned() } else { count.to_string() };
        write!(out, "{text:>stage$}")?;
    }
    Ok(writeln!(out, "{total:>stage$}")?)
}
