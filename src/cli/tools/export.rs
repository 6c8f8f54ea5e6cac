//! `mlops-atlas tools export`: the tools that match, as CSV, JSON or Markdown.

use std::io::Write;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::output::Output;
use super::{ListArgs, ToolsError, catalog, json, matching};
use crate::catalog::export;

pub(super) const EXAMPLES: &str = "Examples:
  mlops-atlas tools export --out tools.csv
  mlops-atlas tools export --stage monitor --format md --out monitoring.md
  mlops-atlas tools export --license osi --format json";

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
    let (catalog, status) = catalog(args.list.workspace.as_deref(), err)?;
    let tools = matching(&catalog, &args.list)?;
    let text = match format {
        ExportFormat::Csv => export::csv(&tools),
        ExportFormat::Md => export::markdown_page(&tools),
        ExportFormat::Json => {
            let mut text = Vec::new();
            json::tools(&tools, &mut text)?;
            String::from_utf8_lossy(&text).into_owned()
        }
    };
    Output { text, file: args.out.as_deref(), json: args.list.json, keeps_old: false }.put(out)?;
    Ok(status)
}
