//! `architecture consensus`: what the drawings of a folder agree on, and a drawing of it.

use std::borrow::Cow;
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;
use serde::Serialize;

use super::{ArchitectureCliError, open, print_json, save};
use crate::architecture::consensus::{Consensus, Counted, Shared, consensus};
use crate::cli::{one_line, tell};
use crate::shown::clipped;
use crate::store::architecture_files;
use crate::store::document_files::identity;

pub(super) const EXAMPLES: &str = "Examples:
  mlops-atlas architecture consensus designs
  mlops-atlas architecture consensus designs --min 0.6 --out common.architecture.json
  mlops-atlas architecture consensus designs --reported --json

Counts for each kind of box, and for each kind of flow (from, artifact, to), how many of the folder's *.architecture.json have
it. The file of --out is never among them. Exits with 1 if a file could not be read as a whole; the others are counted.
Drawings are called by their files. In JSON: {drawings:[{file,title}],kinds:[{kind,share,with,without,tools:[{tool,drawings}]}],
flows:[{from,artifact,to,share,with,without}],out}.";

/// The arguments of `architecture consensus`.
#[derive(Clone, Debug, Args)]
pub struct ConsensusArguments {
    /// The folder with the drawings
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// The share of the drawings that must have what is drawn, above 0 and at most 1
    #[arg(long, value_name = "SHARE", default_value_t = 0.5, value_parser = share)]
    pub min: f64,
    /// Count only what the drawings' sources report, not what was added to complete them
    #[arg(long)]
    pub reported: bool,
    /// Write a drawing of what that share has
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Replace the file if it exists
    #[arg(long)]
    pub force: bool,
    /// Print one JSON value
    #[arg(long)]
    pub json: bool,
}

fn share(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(share) if share > 0.0 && share <= 1.0 => Ok(share),
        _ => Err(format!("{text} is no share; write a number above 0 and at most 1, such as 0.5")),
    }
}

#[derive(Serialize)]
struct Told<'a> {
    drawings: Vec<ToldDrawing<'a>>,
    kinds: Vec<ToldKind<'a>>,
    flows: Vec<ToldFlow<'a>>,
    out: Option<String>,
}

#[derive(Serialize)]
struct ToldDrawing<'a> {
    file: &'a str,
    title: Cow<'a, str>,
}

#[derive(Serialize)]
struct ToldKind<'a> {
    kind: &'a str,
    share: f64,
    with: Vec<&'a str>,
    without: Vec<&'a str>,
    tools: Vec<ToldTool<'a>>,
}

#[derive(Serialize)]
struct ToldTool<'a> {
    tool: &'a str,
    drawings: usize,
}

#[derive(Serialize)]
struct ToldFlow<'a> {
    from: &'a str,
    artifact: &'a str,
    to: &'a str,
    share: f64,
    with: Vec<&'a str>,
    without: Vec<&'a str>,
}

pub(super) fn run(
    arguments: &ConsensusArguments,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<u8, ArchitectureCliError> {
    let mut status = 0;
    let (mut drawings, mut names) = (Vec::new(), Vec::new());
    let own = arguments.out.as_deref().map(identity);
    for path in architecture_files::in_folder(&arguments.folder)? {
        if own.as_ref().is_some_and(|own| *own == identity(&path)) {
            continue;
        }
        match open(&path, err) {
            Ok((read, lost)) => {
                drawings.push(read);
                names.push(path.file_name().unwrap_or_default().to_string_lossy().into_owned());
                status = status.max(lost);
            }
            Err(ArchitectureCliError::File(error)) => status = status.max(tell(&[error.to_string()], err)?),
            Err(other) => return Err(other),
        }
    }
    if drawings.is_empty() {
        return Err(ArchitectureCliError::NoDrawings(arguments.folder.clone()));
    }
    let counted = if arguments.reported { Counted::Reported } else { Counted::All };
    let found = consensus(&drawings, counted);
    if let Some(path) = &arguments.out {
        save(path, &found.derive(arguments.min), arguments.force)?;
    }
    if arguments.json {
        print_json(&told(&found, &names, arguments.out.as_deref()), out)?;
    } else {
        plain(&found, &names, arguments, out)?;
    }
    Ok(status)
}

fn told<'a>(found: &'a Consensus, names: &'a [String], out: Option<&Path>) -> Told<'a> {
    let titles =
        |places: &[usize]| places.iter().filter_map(|at| names.get(*at)).map(String::as_str).collect();
    let drawings = names.iter().zip(&found.drawings);
    Told {
        drawings: drawings.map(|(file, voice)| ToldDrawing { file, title: clipped(&voice.title) }).collect(),
        kinds: found
            .kinds
            .iter()
            .map(|kind| ToldKind {
                kind: &kind.what,
                share: found.share(kind),
                with: titles(&kind.with),
                without: titles(&kind.without),
                tools: found
                    .tools_of(&kind.what)
                    .iter()
                    .map(|(tool, drawings)| ToldTool { tool, drawings: *drawings })
                    .collect(),
            })
            .collect(),
        flows: found
            .flows
            .iter()
            .map(|flow| ToldFlow {
                from: &flow.what.from,
                artifact: &flow.what.artifact,
                to: &flow.what.to,
                share: found.share(flow),
                with: titles(&flow.with),
                without: titles(&flow.without),
            })
            .collect(),
        out: out.map(|path| path.display().to_string()),
    }
}

/// What at least the share has: a line each, with how many have it and who has not.
fn plain(
    found: &Consensus,
    files: &[String],
    arguments: &ConsensusArguments,
    out: &mut dyn Write,
) -> Result<(), ArchitectureCliError> {
    let all = found.drawings.len();
    let counts = if arguments.reported { "what their sources report" } else { "all that is drawn" };
    let percent = (arguments.min * 1_000.0).round() / 10.0;
    let drawings = if all == 1 { "drawing" } else { "drawings" };
    writeln!(out, "{all} {drawings}; {counts} counts; in at least {percent} % of them:")?;
    let mut line = |name: &str, with: usize, without: &[usize]| -> Result<(), ArchitectureCliError> {
        /// More titles than these nobody reads on a line.
        const NAMED: usize = 4;
        let mut names: Vec<_> = without.iter().filter_map(|at| files.get(*at)).map(String::as_str).collect();
        let more = names.len().saturating_sub(NAMED);
        names.truncate(NAMED);
        let more = if more == 0 { String::new() } else { format!(" and {more} more") };
        let lacking =
            if names.is_empty() { String::new() } else { format!("  not in {}{more}", names.join("; ")) };
        Ok(writeln!(out, "{with:>3} of {all}  {}", one_line(&format!("{name}{lacking}")))?)
    };
    let is_kept = |share: f64| share >= arguments.min;
    for Shared { what, with, without } in found.kinds.iter().filter(|kind| is_kept(found.share(kind))) {
        line(what, with.len(), without)?;
    }
    for Shared { what, with, without } in found.flows.iter().filter(|flow| is_kept(found.share(flow))) {
        line(&format!("{} -> {}: {}", what.from, what.to, what.artifact), with.len(), without)?;
    }
    if let Some(path) = &arguments.out {
        writeln!(out, "{}", path.display())?;
    }
    Ok(())
}
