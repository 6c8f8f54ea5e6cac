//! `architecture export`: a drawing as a picture, or as a text for other programs and for documents.

mod picture;

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser as _, ValueParser};
use jiff::civil::Date;

use super::ArchitectureCliError;
use crate::app::drawing_files;
use crate::architecture::export::{Format, Marked, Taken, Target};
use crate::architecture::{Arrangement, Change, Judged, NodeId, Reported, impact_of};
use crate::cli::tell;
use crate::store::whole_file::{is_same, is_there, write_all_new, write_all_whole};
use picture::{PICTURES, PictureArguments};

pub(super) const EXAMPLES: &str = "Examples:
  mlops-atlas architecture export template:rag-ops --format pdf --page a4 --out rag.pdf
  mlops-atlas architecture export ours.architecture.json --format png --scale 3 --transparent --out ours.png
  mlops-atlas architecture export template:kreuzberger --format pdf --impact ing --out change.pdf
  mlops-atlas architecture export template:rag-ops --format mermaid
  mlops-atlas architecture export ours.architecture.json --format drawio --out ours.drawio
  mlops-atlas architecture export template:oss-classic --format markdown --reported --out report.md
  mlops-atlas architecture export ours.architecture.json --format adr --out decisions/0002-platform.md

Formats: svg, png and pdf (the drawing alone, with title and key), mermaid and mermaid-swimlane, d2, drawio (places and
routes are kept), structurizr (one relation for each pair of boxes), markdown (a report with licences, findings, maturity and
the riskiest boxes; its picture is written beside it, or drawn by Mermaid on the screen), adr (a decision record in the shape
of MADR), csv (the bill of materials). Boxes and lanes have ids of their own, and only http and https addresses become links.
Exits with 1 when flows were left out, since an end of each does not exist, or letters are boxes, since no font has them; for pictures of any view see mlops-atlas render
--help.";

/// The arguments of `architecture export`.
#[derive(Clone, Debug, Args)]
pub struct ExportArguments {
    /// The drawing: a file, or template:ID
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// What to write
    #[arg(long, value_name = "FORMAT", value_parser = targets())]
    pub format: Target,
    /// The file to write, instead of the screen, which takes no pictures; its path is then the answer
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
    /// The day that stands in pictures and decision records; today if left out
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub today: Option<Date>,
    /// Lay this workspace's catalog/tools/*.toml over the shipped catalog
    #[arg(long, value_name = "DIR")]
    pub workspace: Option<PathBuf>,
    /// Mark in pictures what changes with this box, instead of findings
    #[arg(long, value_name = "NODE", conflicts_with = "unmarked")]
    pub impact: Option<String>,
    /// How pictures are made
    #[command(flatten)]
    pub picture: PictureArguments,
}

fn targets() -> ValueParser {
    let names: Vec<&str> = Target::all().map(Target::id).collect();
    PossibleValuesParser::new(names)
        .try_map(|id| Target::from_id(&id).ok_or_else(|| format!("{id} is no format")))
        .into()
}

pub(super) fn run(
    arguments: &ExportArguments,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<u8, ArchitectureCliError> {
    let has_picture = match arguments.format {
        Target::Picture(_) => true,
        // On the screen Mermaid draws it.
        Target::Text(Format::Markdown) => arguments.out.is_some(),
        Target::Text(_) => false,
    };
    let idle = (arguments.impact.is_some() && !has_picture).then_some(("--impact", PICTURES));
    if let Some((word, formats)) = idle.or_else(|| arguments.picture.idle(arguments.format, has_picture)) {
        return Err(ArchitectureCliError::Idle { word, formats, format: arguments.format.id() });
    }
    let (drawing, lost) = super::open(&arguments.file, err)?;
    let (catalog, unread) = super::catalog_of(arguments.workspace.as_deref(), err)?;
    let arrangement = Arrangement::of(&drawing);
    let reported = if arguments.reported { Reported::of(&drawing, &arrangement, None) } else { None };
    if arguments.reported && reported.is_none() {
        return Err(ArchitectureCliError::NothingReported(arguments.file.clone()));
    }
    let today = arguments.today.unwrap_or_else(|| jiff::Zoned::now().date());
    let catalog = Arc::new(catalog);
    let taken = match reported {
        Some(part) => Taken {
            drawing: part.architecture,
            placement: part.placement,
            routes: part.routes,
            judged: Arc::unwrap_or_clone(part.judged),
            is_unjudged: false,
            catalog,
            is_reported: true,
            today,
            marks: None,
        },
        None => Taken {
            placement: Arc::clone(arrangement.placement()),
            routes: arrangement.routes().to_vec(),
            judged: Judged::of(&drawing),
            is_unjudged: false,
            drawing,
            catalog,
            is_reported: false,
            today,
            marks: None,
        },
    };
    let marks = match &arguments.impact {
        None => None,
        Some(node) => {
            let change = Change::Node(NodeId(node.clone()));
            let impact = impact_of(&taken.drawing, &change)
                .ok_or_else(|| super::impact::missing(&taken.drawing, &arguments.file, change.clone()))?;
            let clause = change.clause(&taken.drawing, str::to_owned);
            Some(Marked::change(&change, &clause, &impact, None))
        }
    };
    let taken = Arc::new(Taken { marks, ..taken });
    let missing: Vec<String> = match (&arguments.out, arguments.format) {
        (None, Target::Picture(_)) => return Err(ArchitectureCliError::PictureToScreen),
        (None, Target::Text(format)) => {
            let exported = taken.export().text(format);
            out.write_all(exported.text.as_bytes())?;
            exported.warnings().collect()
        }
        (Some(path), format) => {
            let Written { paths, missing, notes } = write(arguments, &taken, format, path)?;
            // Nothing is missing for that.
            tell(&notes, err)?;
            if arguments.json {
                writeln!(out, "{}", serde_json::to_string(&paths)?)?;
            } else {
                paths.iter().try_for_each(|path| writeln!(out, "{path}"))?;
            }
            missing
        }
    };
    let missing = missing.iter().map(|sentence| format!("{sentence}: {}", arguments.file.display()));
    let partial = tell(&missing.collect::<Vec<_>>(), err)?;
    Ok(lost.max(unread).max(partial))
}

/// What was written.
struct Written {
    /// The files, the one that was asked for first.
    paths: Vec<String>,
    /// What is missing in them, a sentence each.
    missing: Vec<String>,
    /// What is worth knowing, the same.
    notes: Vec<String>,
}

/// Writes the files.
fn write(
    arguments: &ExportArguments,
    taken: &Arc<Taken>,
    format: Target,
    path: &Path,
) -> Result<Written, ArchitectureCliError> {
    if is_same(path, &arguments.file) {
        return Err(ArchitectureCliError::OverInput(path.to_owned()));
    }
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
    let means = Target::from_id(&ending).filter(|target| matches!(target, Target::Picture(_)));
    if means.is_some_and(|means| means != format) {
        return Err(ArchitectureCliError::OtherEnding { format: format.id(), path: path.to_owned() });
    }
    // A picture that is drawn for nothing would take seconds.
    if !arguments.force && is_there(path) {
        return Err(ArchitectureCliError::Exists(path.to_owned()));
    }
    let made = drawing_files(taken, format, arguments.picture.options(), path)
        .map_err(|source| ArchitectureCliError::Picture { source, path: path.to_owned() })?;
    let written = if arguments.force { write_all_whole(&made.files) } else { write_all_new(&made.files) };
    written.map_err(|(path, source)| match source.kind() {
        io::ErrorKind::AlreadyExists => ArchitectureCliError::Exists(path.to_owned()),
        _ => ArchitectureCliError::Out { source, path: path.to_owned() },
    })?;
    // What was asked for is the first of the answer.
    let paths = made.files.iter().rev().map(|(path, _)| path.display().to_string()).collect();
    Ok(Written { paths, missing: made.missing, notes: made.notes })
}
