//! `mlops-atlas architecture`: templates and new drawings.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::{Args, Subcommand};
use serde::Serialize;
use thiserror::Error;

use super::nearest::nearest;
use crate::store::architecture_files;
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
    /// The file exists.
    #[error("the file exists already; add --force to replace it: {}", .0.display())]
    Exists(PathBuf),
    /// The drawing could not be written.
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

/// Runs a command, prints its answer to `out` and returns the exit code.
pub fn run(command: &ArchitectureCommand, out: &mut dyn Write) -> Result<u8, ArchitectureCliError> {
    match command {
        ArchitectureCommand::Templates { json } => templates(*json, out),
        ArchitectureCommand::New(arguments) => new(arguments, out),
    }
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
    let id = &arguments.template;
    let drawing = architecture_files::template(id)
        .ok_or_else(|| ArchitectureCliError::UnknownTemplate { hint: hint(id), id: id.clone() })?;
    let path = &arguments.out;
    if arguments.force {
        architecture_files::save(path, &drawing)?;
    } else {
        architecture_files::create(path, &drawing).map_err(|error| match error {
            FileError::Exists { path } => ArchitectureCliError::Exists(path),
            other => ArchitectureCliError::File(other),
        })?;
    }
    let shown = path.display().to_string();
    if arguments.json {
        writeln!(out, "{}", serde_json::to_string(&[shown])?)?;
    } else {
        writeln!(out, "{shown}")?;
    }
    Ok(0)
}

/// The three templates most like `id`, or all when none is.
fn hint(id: &str) -> String {
    let all: Vec<String> = architecture_files::templates().into_iter().map(|drawing| drawing.id).collect();
    let near = nearest(id, all.iter().map(|known| (known.as_str(), known.as_str())));
    if near.is_empty() {
        return format!("choose one of {}", all.join(", "));
    }
    format!("did you mean {}?", near.join(", "))
}
