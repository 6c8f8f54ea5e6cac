//! `mlops-atlas tools export`: the tools that match, as CSV, JSON or Markdown.

use std::io::Write;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::output::Output;
use super::{ListArgs, ToolsError, catalog, json, matching_rows, no_such};
use crate::catalog::columns::Basis;
use crate::catalog::{Column, Coverage, GroupBy, SortBy, Tool, export, sort};

pub(super) const EXAMPLES: &str = "Examples:
  mlops-atlas tools export --out tools.csv
  mlops-atlas tools export --stage monitor --format md --out monitoring.md
  mlops-atlas tools export --license osi --format json
  mlops-atlas tools export --columns name,licence,claims --sort stage,-claims --group stage

Columns: name, summary, stage, category, licence, licence-class, foundation, maturity, language, deploy, airgap, k8s,
gpu, status, seen, first-release, claims, pros, cons, caveats, stale, reviewed, depth, relations.";

/// How `tools export` writes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ExportFormat {
    /// A line for each tool.
    #[default]
    Csv,
    /// What `tools list --json` prints.
    Json,
    /// A table, then the claims with links to their sources.
    Md,
}

/// The arguments of `tools export`: the filters of `tools list`, and where to.
#[derive(Clone, Debug, Default, Args)]
pub struct ExportArgs {
    /// Which tools.
    #[command(flatten)]
    pub list: ListArgs,
    /// Only these columns of the window's table, by comma; the columns of before if left out.
    #[arg(long, value_name = "COLUMNS", value_delimiter = ',')]
    pub columns: Vec<String>,
    /// The columns to order by, the first one first, the largest first after a hyphen: stage,-claims.
    #[arg(long, value_name = "COLUMNS", value_delimiter = ',', allow_hyphen_values = true)]
    pub sort: Vec<String>,
    /// What to group the rows of --columns by: category, stage, foundation, licence, language, status.
    #[arg(long, value_name = "WHAT", requires = "columns")]
    pub group: Option<String>,
    /// How to write; CSV if left out, JSON with --json.
    #[arg(long, value_enum)]
    pub format: Option<ExportFormat>,
    /// The file to write, instead of the screen; its path is then the answer.
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

pub(super) fn run(args: &ExportArgs, out: &mut dyn Write, err: &mut dyn Write) -> Result<u8, ToolsError> {
    let is_printed_json = args.list.json && args.out.is_none();
    let format = match args.format {
        Some(ExportFormat::Csv) if is_printed_json => return Err(ToolsError::TwoFormats("csv")),
        Some(ExportFormat::Md) if is_printed_json => return Err(ToolsError::TwoFormats("md")),
        None if is_printed_json => ExportFormat::Json,
        format => format.unwrap_or_default(),
    };
    let columns = args.columns.iter().map(|given| column(given)).collect::<Result<Vec<_>, _>>()?;
    let order = args.sort.iter().map(|given| sort_by(given)).collect::<Result<Vec<_>, _>>()?;
    let by = args.group.as_deref().map(group_by).transpose()?;
    let (catalog, status) = catalog(args.list.workspace.as_deref(), err)?;
    let today = args.list.today.unwrap_or_else(|| jiff::Zoned::now().date());
    let coverage = Coverage::new(&catalog, None, today);
    let basis = Basis { catalog: &catalog, coverage: &coverage, today, own: &[] };
    let mut rows = matching_rows(&catalog, &args.list)?;
    sort(&basis, &mut rows, &order);
    let text = if columns.is_empty() {
        let tools: Vec<&Tool> = rows.iter().filter_map(|row| catalog.tools().get(*row)).collect();
        match format {
            ExportFormat::Csv => export::csv(&tools),
            ExportFormat::Md => export::markdown_page(&tools),
            ExportFormat::Json => as_text(|out| json::tools(&tools, out))?,
        }
    } else {
        let table = export::Table::of(basis, columns, &rows, by);
        match format {
            ExportFormat::Csv => table.csv(),
            ExportFormat::Md => table.markdown(),
            ExportFormat::Json => as_text(|out| json::table(&table, out))?,
        }
    };
    Output { text, file: args.out.as_deref(), json: args.list.json, keeps_old: false }.put(out)?;
    Ok(status)
}

fn as_text(write: impl FnOnce(&mut Vec<u8>) -> Result<(), ToolsError>) -> Result<String, ToolsError> {
    let mut text = Vec::new();
    write(&mut text)?;
    Ok(String::from_utf8_lossy(&text).into_owned())
}

/// What a person keeps for themselves is in no export, and has no column here.
fn offered() -> Vec<&'static str> {
    Column::ALL.iter().filter(|column| !column.is_private()).map(|column| column.id()).collect()
}

fn column(given: &str) -> Result<Column, ToolsError> {
    let found = Column::from_id(given.trim()).filter(|column| !column.is_private());
    found.ok_or_else(|| no_such("column", &offered(), given))
}

fn sort_by(given: &str) -> Result<SortBy, ToolsError> {
    let found = SortBy::parse(given.trim()).filter(|by| !by.column.is_private());
    found.ok_or_else(|| no_such("column", &offered(), given))
}

fn group_by(given: &str) -> Result<GroupBy, ToolsError> {
    let found = GroupBy::ALL.into_iter().find(|by| by.id() == given);
    found.ok_or_else(|| no_such("group", &GroupBy::ALL.map(GroupBy::id), given))
}
