//! `mlops-atlas tools compare`: two to five tools side by side, as Markdown, CSV, JSON or a decision record.

mod json;

use std::io::Write;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use jiff::civil::Date;

use super::output::Output;
use super::{ToolsError, catalog, named};
use crate::catalog::compare::{Comparison, FEWEST, MOST, csv, markdown, record};

pub(super) const EXAMPLES: &str = "Examples:
  mlops-atlas tools compare mlflow aim clearml
  mlops-atlas tools compare mlflow aim --format csv --out trackers.csv
  mlops-atlas tools compare mlflow aim --format madr --out decisions/0001-tracker.md
  mlops-atlas tools compare feast feathr --json

madr writes a decision record whose outcome is left open; a file that is there already is not replaced without --force.";

/// How `tools compare` writes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum CompareFormat {
    /// A page with a table and the claims by topic.
    #[default]
    Md,
    /// A line for each value: row, tool, value, source, read.
    Csv,
    /// One JSON value.
    Json,
    /// A decision record.
    Madr,
}

/// The arguments of `tools compare`.
#[derive(Clone, Debug, Default, Args)]
pub struct CompareArgs {
    /// Two to five tools, by id, name or alias.
    #[arg(value_name = "ID", required = true)]
    pub ids: Vec<String>,
    /// How to write; Markdown if left out, JSON with --json.
    #[arg(long, value_enum)]
    pub format: Option<CompareFormat>,
    /// Print one JSON value: the comparison, or with --out the path.
    #[arg(long)]
    pub json: bool,
    /// The file to write, instead of the screen; its path is then the answer.
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Replace a decision record that exists.
    #[arg(long)]
    pub force: bool,
    /// Lay this workspace's catalog/tools/*.toml over the shipped catalog; left out, none is read, not even inside of one.
    #[arg(long, value_name = "DIR")]
    pub workspace: Option<PathBuf>,
    /// The day on which claims are judged as fresh or stale; today if left out.
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub today: Option<Date>,
}

pub(super) fn run(args: &CompareArgs, out: &mut dyn Write, err: &mut dyn Write) -> Result<u8, ToolsError> {
    let format = format(args)?;
    let (catalog, status) = catalog(args.workspace.as_deref(), err)?;
    let mut ids = Vec::new();
    for given in &args.ids {
        let id = &named(&catalog, given)?.id;
        if !ids.contains(id) {
            ids.push(id.clone());
        }
    }
    if !(FEWEST..=MOST).contains(&ids.len()) {
        return Err(ToolsError::Count(ids.len()));
    }
    let today = args.today.unwrap_or_else(|| jiff::Zoned::now().date());
    let comparison = Comparison::of(&catalog, &ids, today);
    let text = match format {
        CompareFormat::Md => markdown::page(&comparison),
        CompareFormat::Csv => csv::table(&comparison),
        CompareFormat::Madr => record::madr(&comparison),
        CompareFormat::Json => json::text(&comparison)?,
    };
    // A record may have been filled in by a person; what a table says can be made again.
    let keeps_old = format == CompareFormat::Madr && !args.force;
    Output { text, file: args.out.as_deref(), json: args.json, keeps_old }.put(out)?;
    Ok(status)
}

fn format(args: &CompareArgs) -> Result<CompareFormat, ToolsError> {
    let is_printed_json = args.json && args.out.is_none();
    match args.format {
        Some(CompareFormat::Md) if is_printed_json => Err(ToolsError::TwoFormats("md")),
        Some(CompareFormat::Csv) if is_printed_json => Err(ToolsError::TwoFormats("csv")),
        Some(CompareFormat::Madr) if is_printed_json => Err(ToolsError::TwoFormats("madr")),
        None if is_printed_json => Ok(CompareFormat::Json),
        format => Ok(format.unwrap_or_default()),
    }
}
