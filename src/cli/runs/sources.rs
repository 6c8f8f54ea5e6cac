//! `mlops-atlas runs sources`: which stores lie at some paths.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;
use serde_json::{Value, json};

use super::{RunsError, Told, one_line};
use crate::runs::Mapping;
use crate::store::runs::{self, Error, Found};

/// The arguments of `mlops-atlas runs sources`.
#[derive(Clone, Debug, Default, Args)]
#[command(
    after_help = "Examples:\n  mlops-atlas runs sources mlflow.db\n  mlops-atlas runs sources . --json"
)]
pub struct SourcesArgs {
    /// Files or folders; a folder is looked through one level deep, and where nothing lies there one more.
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Print one JSON value.
    #[arg(long)]
    pub json: bool,
}

/// Prints what lies at the paths, and tells on `err` what cannot be read; gives the exit status.
pub(super) fn print(
    args: &SourcesArgs,
    map: Option<&Mapping>,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<u8, RunsError> {
    let (mut all, mut told, mut failures) = (Vec::new(), Told::default(), Vec::new());
    for path in &args.paths {
        let found = match map {
            None => runs::sources(path),
            Some(_) => runs::tables::source(path, map).map(|found| (vec![found], Vec::new())),
        };
        match found {
            Ok((found, problems)) => {
                all.extend(found);
                for mut problem in problems {
                    // Its message names the very file.
                    problem.at.clear();
                    told.problem(&problem);
                }
            }
            Err(error) => failures.push(error),
        }
    }
    if all.is_empty()
        && let Some(last) = failures.pop()
    {
        for error in &failures {
            told.missing(Error::to_string(error));
        }
        told.tell(err)?;
        return Err(last.into());
    }
    for error in &failures {
        told.missing(Error::to_string(error));
    }
    if args.json {
        let one = |found: &Found| {
            let path = found.path.display().to_string();
            let mut one = json!({"path": path, "kind": found.kind.id(), "runs": found.runs});
            if let Some(mapping) = &found.mapping {
                one["mapping"] = json!(mapping.to_string());
            }
            one
        };
        let list: Vec<Value> = all.iter().map(one).collect();
        writeln!(out, "{}", json!(list))?;
    } else {
        for Found { path, kind, runs, mapping } in &all {
            let path = path.display().to_string();
            let read_as = mapping.as_ref().map_or_else(String::new, |mapping| format!("  read as {mapping}"));
            let (kind, path) = (kind.id(), one_line(&path));
            writeln!(out, "{kind:<14} {runs:>6} runs  {path}{}", one_line(&read_as))?;
        }
    }
    Ok(told.tell(err)?)
}
