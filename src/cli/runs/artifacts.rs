//! `mlops-atlas runs artifacts`: what a run left besides numbers, and what one of these holds.

use std::io::{self, IsTerminal as _, Write};
use std::path::PathBuf;

use clap::Args;
use serde_json::{Value, json};

use super::{How, RunsError, Told, check_out, is_stdout, one_line, open};
use crate::nearest::nearest;
use crate::rows::{csv_line, number};
use crate::runs::{Artifact, Content};
use crate::store::whole_file::write_whole;

const EXAMPLES: &str = "Examples:
  mlops-atlas runs artifacts mlflow.db --run 1f0e…
  mlops-atlas runs artifacts lightning_logs --run version_0 --json
  mlops-atlas runs artifacts lightning_logs --run version_0 --path samples --step 200 --out sample.png

Bytes and texts are written as they are, a histogram as CSV (from, to, count). Without --step the last of a path is meant.";

/// The arguments of `mlops-atlas runs artifacts`.
#[derive(Clone, Debug, Default, Args)]
#[command(after_help = EXAMPLES)]
pub struct ArtifactsArgs {
    /// A file, a folder or `demo:`.
    pub source: PathBuf,
    /// The run's id.
    #[arg(long)]
    pub run: String,
    /// The artifact whose content is wanted.
    #[arg(long)]
    pub path: Option<String>,
    /// The step that it was logged at.
    #[arg(long, requires = "path", allow_negative_numbers = true)]
    pub step: Option<i64>,
    /// A file to write, whole or not at all; its path is the answer then.
    #[arg(long, value_name = "FILE", requires = "path")]
    pub out: Option<PathBuf>,
    /// Print the list as one JSON value.
    #[arg(long, conflicts_with = "path")]
    pub json: bool,
}

/// Prints the list or the content, and tells on `err` what is missing; gives the exit status.
pub(super) fn print(
    args: &ArtifactsArgs,
    how: How<'_>,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<u8, RunsError> {
    let mut reader = open(&args.source, how)?;
    let (artifacts, problems) = reader.artifacts(&args.run)?;
    if artifacts.is_empty() && reader.runs(true)?.0.run(&args.run).is_none() {
        let store = args.source.display().to_string();
        return Err(RunsError::NoRun { run: args.run.clone(), store });
    }
    match &args.path {
        None if args.json => {
            let list: Vec<Value> = artifacts.iter().map(about).collect();
            writeln!(out, "{}", json!(list))?;
        }
        None => artifacts.iter().try_for_each(|artifact| writeln!(out, "{}", line(artifact)))?,
        Some(path) => {
            let fits = |artifact: &&Artifact| {
                *artifact.path == **path && args.step.is_none_or(|step| artifact.step == Some(step))
            };
            let found = artifacts.iter().rfind(fits).ok_or_else(|| absent(args, path, &artifacts))?;
            put(&reader.content(&args.run, found)?, args, out)?;
        }
    }
    let mut told = Told::default();
    // What is odd elsewhere is no matter of one that was given out.
    if args.path.is_none() {
        for problem in &problems {
            told.problem(problem);
        }
    }
    Ok(told.tell(err)?)
}

fn put(content: &Content, args: &ArtifactsArgs, out: &mut dyn Write) -> Result<(), RunsError> {
    let bins: String;
    let bytes = match content {
        Content::Bytes(bytes) => bytes.as_slice(),
        Content::Text(text) => text.as_bytes(),
        Content::Histogram(all) => {
            let rows = all.iter().map(|bin| csv_line([bin.from, bin.to, bin.count].map(number)));
            bins = std::iter::once(csv_line(["from", "to", "count"])).chain(rows).collect();
            bins.as_bytes()
        }
    };
    let Some(path) = args.out.as_ref().filter(|path| !is_stdout(path)) else {
        if matches!(content, Content::Bytes(_)) && io::stdout().is_terminal() {
            return Err(RunsError::NoText);
        }
        return Ok(out.write_all(bytes)?);
    };
    check_out(path, &args.source)?;
    write_whole(path, bytes).map_err(|source| RunsError::Out { source, path: path.display().to_string() })?;
    Ok(writeln!(out, "{}", path.display())?)
}

/// The run has no such artifact: what is nearest, or at which steps it was logged.
fn absent(args: &ArtifactsArgs, path: &str, artifacts: &[Artifact]) -> RunsError {
    let steps: Vec<String> = artifacts
        .iter()
        .filter(|artifact| *artifact.path == *path)
        .filter_map(|artifact| artifact.step)
        .map(|step| step.to_string())
        .collect();
    let near = if let (Some(_), Some(first), Some(last)) = (args.step, steps.first(), steps.last()) {
        format!("it was logged at {} steps from {first} to {last}", steps.len())
    } else {
        let known = artifacts.iter().map(|artifact| (&*artifact.path, &*artifact.path));
        let near = nearest(path, known);
        if near.is_empty() {
            "runs artifacts SOURCE --run ID lists what there is".to_owned()
        } else {
            format!("the nearest: {}", near.join(", "))
        }
    };
    RunsError::NoArtifact { run: args.run.clone(), path: path.to_owned(), near }
}

fn about(artifact: &Artifact) -> Value {
    json!({
        "path": &*artifact.path,
        "kind": artifact.kind.id(),
        "step": artifact.step,
        "timestamp": artifact.time.map(|micros| micros / 1_000),
        "size": artifact.size,
    })
}

fn line(artifact: &Artifact) -> String {
    let step = artifact.step.map(|step| format!("step {step}")).unwrap_or_default();
    let size = artifact.size.map(|size| format!("{size} bytes")).unwrap_or_default();
    format!("{:<10} {size:>16} {step:>12}  {}", artifact.kind.id(), one_line(&artifact.path))
}
