//! `architecture export`: a drawing as a text for other programs and for documents.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser as _};
use jiff::civil::Date;

use super::ArchitectureCliError;
use crate::architecture::export::{Export, Format};
use crate::architecture::{Arrangement, Judged, Reported};
use crate::cli::tell;
use crate::store::whole_file::{write_new, write_whole};

pub(super) const EXAMPLES: &str = "Examples:
  mlops-atlas architecture export template:rag-ops --format mermaid
  mlops-atlas architecture export ours.architecture.json --format drawio --out ours.drawio
  mlops-atlas architecture export template:oss-classic --format markdown --reported --out report.md
  mlops-atlas architecture export ours.architecture.json --format adr --out decisions/0002-platform.md

Formats: mermaid and mermaid-swimlane, d2, drawio (places and routes are kept), structurizr (one relation for each pair of
boxes), markdown (a report with licences, findings, maturity and the riskiest boxes), adr (a decision record in the shape of
MADR), csv (the bill of materials). Boxes and lanes have ids of their own, and only http and https addresses become links.
Exits with 1 when flows were left out, since an end of each does not exist; for pictures see mlops-atlas render --help.";

/// The arguments of `architecture export`.
#[derive(Clone, Debug, Args)]
pub struct ExportArguments {
    /// The drawing: a file, or template:ID
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// What to write
    #[arg(long, value_name = "FORMAT", value_parser = formats())]
    pub format: Format,
    /// The file to write, instead of the screen; its path is then the answer
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Replace the file if it exists
    #[arg(long, requires = "out")]
    pub force: bool,
    /// Only what the drawing's sources report
    #[arg(long)]
    pub reported: bool,
    /// Print one JSON value, a list with the path
    #[arg(long, requires = "out")]
    pub json: bool,
    /// The day that stands in a decision record; today if left out
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub today: Option<Date>,
    /// Lay this workspace's catalog/tools/*.toml over the shipped catalog
    #[arg(long, value_name = "DIR")]
    pub workspace: Option<PathBuf>,
}

fn formats() -> impl clap::builder::TypedValueParser<Value = Format> {
    // Only names of formats get through the first parser.
    PossibleValuesParser::new(Format::ALL.map(Format::id))
        .map(|id| Format::from_id(&id).unwrap_or(Format::Mermaid))
}

pub(super) fn run(
    arguments: &ExportArguments,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<u8, ArchitectureCliError> {
    let (drawing, lost) = super::open(&arguments.file, err)?;
    let (catalog, unread) = super::catalog_of(arguments.workspace.as_deref(), err)?;
    let arrangement = Arrangement::of(&drawing);
    let reported = if arguments.reported { Reported::of(&drawing, &arrangement, None) } else { None };
    if arguments.reported && reported.is_none() {
        return Err(ArchitectureCliError::NothingReported(arguments.file.clone()));
    }
    let whole = Judged::of(&drawing);
    let today = arguments.today.unwrap_or_else(|| jiff::Zoned::now().date());
    let export = match &reported {
        Some(part) => Export {
            drawing: &part.architecture,
            placement: &part.placement,
            routes: &part.routes,
            judged: &part.judged,
            catalog: &catalog,
            is_reported: true,
            today,
        },
        None => Export {
            drawing: &drawing,
            placement: arrangement.placement(),
            routes: arrangement.routes(),
            judged: &whole,
            catalog: &catalog,
            is_reported: false,
            today,
        },
    };
    let exported = export.text(arguments.format);
    match &arguments.out {
        None => out.write_all(exported.text.as_bytes())?,
        Some(path) => {
            let bytes = exported.text.as_bytes();
            let written = if arguments.force { write_whole(path, bytes) } else { write_new(path, bytes) };
            written.map_err(|source| match source.kind() {
                io::ErrorKind::AlreadyExists => ArchitectureCliError::Exists(path.clone()),
                _ => ArchitectureCliError::Out { source, path: path.clone() },
            })?;
            let shown = path.display().to_string();
            if arguments.json {
                writeln!(out, "{}", serde_json::to_string(&[shown])?)?;
            } else {
                writeln!(out, "{shown}")?;
            }
        }
    }
    let left_out =
        exported.left_out_sentence().map(|sentence| format!("{sentence}: {}", arguments.file.display()));
    let partial = tell(&left_out.into_iter().collect::<Vec<_>>(), err)?;
    Ok(lost.max(unread).max(partial))
}
