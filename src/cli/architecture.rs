//! `mlops-atlas architecture`: templates, new drawings, and what is asked of drawings.

mod check;
mod consensus;
mod diff;
mod export;
mod impact;
mod test_score;
mod tools;

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use serde::Serialize;
use thiserror::Error;

pub use check::CheckArguments;
pub use consensus::ConsensusArguments;
pub use diff::{DiffArguments, LacksArguments};
pub use export::ExportArguments;
pub use impact::ImpactArguments;
pub use test_score::TestScoreArguments;
pub use tools::ToolsArguments;

use super::{one_line, sentence, tell};
use crate::app::NotDrawn;
use crate::architecture::constraints::Standing;
use crate::architecture::{Architecture, Breach};
use crate::catalog::Catalog;
use crate::nearest::nearest;
use crate::problem::{Problem, Severity};
use crate::store::architecture_files;
use crate::store::catalog_files::{CatalogFilesError, bundled_catalog, catalog_with};
use crate::store::document_files::Error as FileError;

/// What can be done with architecture drawings.
#[derive(Clone, Debug, Subcommand)]
pub enum ArchitectureCommand {
    /// List the bundled reference designs
    #[command(after_help = "Example:\n  mlops-atlas architecture templates --json")]
    Templates {
        /// Print one JSON value: [{id,title,domain,summary,nodes,edges}] with counts
        #[arg(long)]
        json: bool,
    },
    /// Start a drawing from a reference design
    #[command(
        after_help = "Example:\n  mlops-atlas architecture new --template oss-classic --out ours.architecture.json"
    )]
    New(NewArguments),
    /// Hold a drawing against the rules; exits with 1 on an error
    #[command(after_help = check::EXAMPLES)]
    Check(CheckArguments),
    /// Tell what the change of a box, an artifact or a tool does to the boxes
    #[command(after_help = impact::EXAMPLES)]
    Impact(ImpactArguments),
    /// Tell in what two drawings differ; exits with 1 if they do
    #[command(after_help = diff::DIFF_EXAMPLES)]
    Diff(DiffArguments),
    /// Tell what a reference design has and a drawing lacks; exits with 1 if it lacks anything
    #[command(after_help = diff::LACKS_EXAMPLES)]
    Lacks(LacksArguments),
    /// Count what the drawings of a folder agree on, and draw it
    #[command(after_help = consensus::EXAMPLES)]
    Consensus(ConsensusArguments),
    /// Find tools for the boxes of a drawing, and tell what its tools need; exits with 1 if a constraint is broken
    #[command(after_help = tools::EXAMPLES)]
    Tools(ToolsArguments),
    /// Count the ML Test Score of a system, and tell what its drawing suggests
    #[command(after_help = test_score::EXAMPLES)]
    TestScore(TestScoreArguments),
    /// Write a drawing as SVG, PNG, PDF, Mermaid, D2, draw.io, Structurizr, a report, a decision record or a table
    #[command(after_help = export::EXAMPLES)]
    Export(ExportArguments),
}

/// The arguments of `architecture new`.
#[derive(Clone, Debug, Args)]
pub struct NewArguments {
    /// The id of a reference design, as `architecture templates` lists it
    #[arg(long, value_name = "ID")]
    pub template: String,
    /// The file to write
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,
    /// Replace the file if it exists
    #[arg(long)]
    pub force: bool,
    /// Print one JSON value, a list with the path
    #[arg(long)]
    pub json: bool,
}

/// Why a command failed.
#[derive(Debug, Error)]
pub enum ArchitectureCliError {
    /// No such template.
    #[error("there is no template with this id; {hint}: {id}")]
    UnknownTemplate {
        /// Ids like it, or all.
        hint: String,
        /// What was asked for.
        id: String,
    },
    /// No such node.
    #[error("the drawing has no node {id}; {hint}: {file}")]
    UnknownNode {
        /// What was asked for.
        id: String,
        /// Ids like it, or all.
        hint: String,
        /// The drawing.
        file: String,
    },
    /// No such artifact.
    #[error("no flow of the drawing carries {id}; {hint}: {file}")]
    UnknownArtifact {
        /// What was asked for.
        id: String,
        /// Artifacts like it, or all.
        hint: String,
        /// The drawing.
        file: String,
    },
    /// No such tool.
    #[error("no box of the drawing names {id}; {hint}: {file}")]
    UnknownTool {
        /// What was asked for.
        id: String,
        /// Tools like it, or all.
        hint: String,
        /// The drawing.
        file: String,
    },
    /// Writing would lose what could not be read.
    #[error("parts of this file could not be read and would be lost, so nothing was written; write to another file: {}", .0.display())]
    Lossy(PathBuf),
    /// The file exists.
    #[error("the file exists already; add --force to replace it: {}", .0.display())]
    Exists(PathBuf),
    /// A workspace's catalog could not be read.
    #[error(transparent)]
    Catalog(#[from] CatalogFilesError),
    /// Nothing of a drawing says on what it rests.
    #[error("no part of the drawing says on what it rests, so nothing of it is reported; leave --reported out: {}", .0.display())]
    NothingReported(PathBuf),
    /// The drawing itself would be replaced.
    #[error("this is the drawing itself, which would be lost; name another file: {}", .0.display())]
    OverInput(PathBuf),
    /// A name says another kind of picture.
    #[error("the name's ending says another kind of picture than --format {format}; change one of the two: {}", .path.display())]
    OtherEnding {
        /// What was asked for.
        format: &'static str,
        /// The file.
        path: PathBuf,
    },
    /// A word of the command line that would do nothing.
    #[error("{word} goes with {formats} only, and does nothing for {format}; leave it out")]
    Idle {
        /// The word.
        word: &'static str,
        /// The formats that it is for.
        formats: &'static str,
        /// What was asked for.
        format: &'static str,
    },
    /// A picture is no text for a screen.
    #[error("a picture is not written to the screen; name a file with --out")]
    PictureToScreen,
    /// A picture could not be made.
    #[error("{source}: {}", .path.display())]
    Picture {
        /// Why.
        source: NotDrawn,
        /// The file.
        path: PathBuf,
    },
    /// An exported file could not be written.
    #[error("the file could not be written ({source}): {}", .path.display())]
    Out {
        /// What the system says.
        source: io::Error,
        /// The file.
        path: PathBuf,
    },
    /// A folder without drawings.
    #[error("no *.architecture.json in this folder can be read: {}", .0.display())]
    NoDrawings(PathBuf),
    /// A drawing could not be read or written.
    #[error(transparent)]
    File(#[from] FileError),
    /// The answer could not be printed.
    #[error("the answer could not be written: {0}")]
    Print(#[from] io::Error),
    /// The answer could not be put into JSON.
    #[error("the answer cannot be written as JSON: {0}")]
    Json(#[from] serde_json::Error),
}

#[derive(Serialize)]
struct Listed {
    id: String,
    title: String,
    domain: String,
    summary: String,
    nodes: usize,
    edges: usize,
}

/// Runs a command, prints its answer to `out`, tells on `err` what could not be read, and returns the exit code.
pub fn run(
    command: &ArchitectureCommand,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<u8, ArchitectureCliError> {
    match command {
        ArchitectureCommand::Templates { json } => templates(*json, out),
        ArchitectureCommand::New(arguments) => new(arguments, out),
        ArchitectureCommand::Check(arguments) => check::run(arguments, out, err),
        ArchitectureCommand::Impact(arguments) => impact::run(arguments, out, err),
        ArchitectureCommand::Diff(arguments) => diff::run_diff(arguments, out, err),
        ArchitectureCommand::Lacks(arguments) => diff::run_lacks(arguments, out, err),
        ArchitectureCommand::Consensus(arguments) => consensus::run(arguments, out, err),
        ArchitectureCommand::Tools(arguments) => tools::run(arguments, out, err),
        ArchitectureCommand::TestScore(arguments) => test_score::run(arguments, out, err),
        ArchitectureCommand::Export(arguments) => export::run(arguments, out, err),
    }
}

/// Opens a file, or `template:ID`; tells what is odd in it. With 1 when some of it could not be read.
fn open(path: &Path, err: &mut dyn Write) -> Result<(Architecture, u8), ArchitectureCliError> {
    if let Some(id) = path.to_str().and_then(|path| path.strip_prefix("template:")) {
        return Ok((template(id)?, 0));
    }
    let (drawing, problems) = architecture_files::open(path)?;
    let sentences: Vec<String> = problems.iter().map(sentence).collect();
    tell(&sentences, err)?;
    let lost = |problem: &Problem| problem.severity == Severity::Error;
    Ok((drawing, u8::from(problems.iter().any(lost))))
}

fn template(id: &str) -> Result<Architecture, ArchitectureCliError> {
    architecture_files::template(id)
        .ok_or_else(|| ArchitectureCliError::UnknownTemplate { hint: hint(id), id: id.to_owned() })
}

/// Writes a drawing; what is there already is replaced only by force.
fn save(path: &Path, drawing: &Architecture, force: bool) -> Result<(), ArchitectureCliError> {
    if force {
        return Ok(architecture_files::save(path, drawing)?);
    }
    architecture_files::create(path, drawing).map_err(|error| match error {
        FileError::Exists { path } => ArchitectureCliError::Exists(path),
        other => ArchitectureCliError::File(other),
    })
}

/// The shipped catalog, under that of a workspace if one is given; with 1 when some of it could not be read.
fn catalog_of(workspace: Option<&Path>, err: &mut dyn Write) -> Result<(Catalog, u8), ArchitectureCliError> {
    let (catalog, problems) = match workspace {
        Some(folder) => catalog_with(folder)?,
        None => bundled_catalog(),
    };
    let told = problems.iter().filter(|problem| problem.severity > Severity::Info);
    let status = tell(&told.map(sentence).collect::<Vec<_>>(), err)?;
    Ok((catalog, status))
}

/// One line of an answer, whatever the text holds.
fn line(text: &str, out: &mut dyn Write) -> Result<(), ArchitectureCliError> {
    Ok(writeln!(out, "{}", one_line(text))?)
}

/// What is broken of the constraints, and what nobody knows of them.
fn constraints_lines(breaches: &[Breach], out: &mut dyn Write) -> Result<(), ArchitectureCliError> {
    line("Constraints", out)?;
    for breach in breaches {
        let at = breach.node.as_ref().map(|node| format!("{node}: ")).unwrap_or_default();
        let is = if breach.is == Standing::Broken { "broken" } else { "unknown" };
        line(&format!("  {is}  {at}{}", breach.message), out)?;
    }
    Ok(())
}

/// One JSON value and a line feed.
fn print_json(value: &impl Serialize, out: &mut dyn Write) -> Result<(), ArchitectureCliError> {
    Ok(writeln!(out, "{}", serde_json::to_string_pretty(value)?)?)
}

fn templates(json: bool, out: &mut dyn Write) -> Result<u8, ArchitectureCliError> {
    let listed: Vec<_> = architecture_files::templates()
        .into_iter()
        .map(|drawing| Listed {
            nodes: drawing.nodes.len(),
            edges: drawing.flows.len(),
            id: drawing.id,
            title: drawing.title,
            domain: drawing.domain,
            summary: drawing.summary,
        })
        .collect();
    if json {
        writeln!(out, "{}", serde_json::to_string(&listed)?)?;
        return Ok(0);
    }
    let width = |text: fn(&Listed) -> &str| listed.iter().map(|row| text(row).len()).max().unwrap_or(0);
    let (ids, domains) = (width(|row| &row.id), width(|row| &row.domain));
    for row in &listed {
        let Listed { id, title, domain, nodes, edges, .. } = row;
        writeln!(out, "{id:ids$}  {domain:domains$}  {nodes:>3} nodes  {edges:>3} edges  {title}")?;
    }
    Ok(0)
}

fn new(arguments: &NewArguments, out: &mut dyn Write) -> Result<u8, ArchitectureCliError> {
    let drawing = template(&arguments.template)?;
    let path = &arguments.out;
    save(path, &drawing, arguments.force)?;
    let shown = path.display().to_string();
    if arguments.json {
        writeln!(out, "{}", serde_json::to_string(&[shown])?)?;
    } else {
        writeln!(out, "{shown}")?;
    }
    Ok(0)
}

/// What is said when a drawing has no node with this id: those most like it, by id or label.
fn unknown_node(drawing: &Architecture, id: &str, file: &Path) -> ArchitectureCliError {
    let known = drawing.nodes.values().flat_map(|node| {
        let id = node.id.as_str();
        [(id, id), (node.label.as_str(), id)]
    });
    let hint = if drawing.nodes.is_empty() { "it has none".to_owned() } else { near(id, known) };
    ArchitectureCliError::UnknownNode { id: id.to_owned(), hint, file: file.display().to_string() }
}

/// The three templates most like `id`, or all when none is.
fn hint(id: &str) -> String {
    let all: Vec<String> = architecture_files::templates().into_iter().map(|drawing| drawing.id).collect();
    near(id, all.iter().map(|known| (known.as_str(), known.as_str())))
}

/// Those most like `id` among names and what is answered for them, or all when none is like it.
fn near<'a>(id: &str, known: impl Iterator<Item = (&'a str, &'a str)> + Clone) -> String {
    let near = nearest(id, known.clone());
    if !near.is_empty() {
        return format!("did you mean {}?", near.join(", "));
    }
    let mut all: Vec<&str> = known.map(|(_, answer)| answer).collect();
    all.dedup();
    let more = all.len().saturating_sub(20);
    all.truncate(20);
    let more = if more == 0 { String::new() } else { format!(" and {more} more") };
    format!("choose one of {}{more}", all.join(", "))
}
