//! `architecture impact`: what the change of a box, an artifact or a tool does to the boxes.

mod json;
mod plain;

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{ArgGroup, Args};

use super::ArchitectureCliError;
use crate::architecture::fill::{Swap, swap};
use crate::architecture::impact::{artifacts_in, tools_in};
use crate::architecture::{Architecture, Change, Impact, NodeId, impact_of, kinds};
use crate::catalog::{Catalog, ToolId};
use crate::cli::{sentence, tell};
use crate::nearest::nearest;
use crate::problem::Severity;
use crate::store::catalog_files::{bundled_catalog, catalog_with};

pub(super) const EXAMPLES: &str = "Examples:
  mlops-atlas architecture impact ours.architecture.json --node lake
  mlops-atlas architecture impact template:oss-classic --node dbt --json
  mlops-atlas architecture impact template:oss-classic --artifact features
  mlops-atlas architecture impact template:oss-classic --swap feast=hopsworks

With --node, the box changes. With --artifact, whatever accepts it changes after one flow. With --swap, all boxes that name
the first tool change at once, and the catalog is asked what is known of the two tools: licence, status, Kubernetes and air
gap, and which relations at these boxes are told of the first one only. What it does not tell is unknown.
In JSON: {direct,full,cace,rings,retrain,revalidate,redeploy,consumers,unguarded_consumers,in_loop,via_feedback,notified,
undeclared,changed,change}, with --swap also swap: {strangers,facts,limits,lost,kept,gained,unknown}. `changed` are the boxes
that change themselves, `undeclared` those whose consumers are not all drawn, `change` is what was asked.";

/// The arguments of `architecture impact`.
#[derive(Clone, Debug, Args)]
#[command(group(ArgGroup::new("change").required(true).args(["node", "artifact", "swap"])))]
pub struct ImpactArguments {
    /// The drawing: a file, or template:ID
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// The id of the node that changes
    #[arg(long, value_name = "ID")]
    pub node: Option<String>,
    /// The artifact that changes wherever it flows
    #[arg(long, value_name = "ARTIFACT")]
    pub artifact: Option<String>,
    /// A tool that boxes name, and the tool that comes in its place
    #[arg(long, value_name = "FROM=TO", value_parser = pair)]
    pub swap: Option<(String, String)>,
    /// Print one JSON value: an object of counts, lists of ids, and the rings by their distance
    #[arg(long)]
    pub json: bool,
    /// Lay this workspace's catalog/tools/*.toml over the shipped catalog
    #[arg(long, value_name = "DIR", requires = "swap")]
    pub workspace: Option<PathBuf>,
}

fn pair(text: &str) -> Result<(String, String), String> {
    let wrong = || format!("{text} names no two tools; write it like feast=hopsworks");
    let (from, to) = text.split_once('=').ok_or_else(wrong)?;
    let [from, to] = [from.trim(), to.trim()];
    if from.is_empty() || to.is_empty() || from == to {
        return Err(wrong());
    }
    Ok((from.to_owned(), to.to_owned()))
}

impl ImpactArguments {
    /// What was asked; clap takes exactly one of the three.
    fn change(&self) -> Change {
        match (&self.swap, &self.artifact) {
            (Some((from, to)), _) => Change::Swap { from: from.clone(), to: to.clone() },
            (None, Some(artifact)) => Change::Artifact(artifact.clone()),
            (None, None) => Change::Node(NodeId(self.node.clone().unwrap_or_default())),
        }
    }
}

/// All that was found.
struct Answer<'a> {
    drawing: &'a Architecture,
    change: &'a Change,
    /// The change as a clause with the names of tools.
    clause: String,
    impact: Impact,
    swap: Option<Swap>,
}

/// Prints the answer; 1 when some of the file could not be read, or nothing is known of a tool.
pub(super) fn run(
    arguments: &ImpactArguments,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<u8, ArchitectureCliError> {
    let (drawing, mut status) = super::open(&arguments.file, err)?;
    let change = arguments.change();
    let Some(impact) = impact_of(&drawing, &change) else {
        return Err(missing(&drawing, &arguments.file, change));
    };
    let catalog = match (&change, &arguments.workspace) {
        (Change::Swap { .. }, Some(folder)) => Some(catalog_with(folder)?),
        (Change::Swap { .. }, None) => Some(bundled_catalog()),
        _ => None,
    };
    let catalog = match catalog {
        Some((catalog, problems)) => {
            let told = problems.iter().filter(|problem| problem.severity > Severity::Info);
            status = status.max(tell(&told.map(sentence).collect::<Vec<_>>(), err)?);
            Some(catalog)
        }
        None => None,
    };
    let entry = |tool: &str| catalog.as_ref()?.get(&ToolId::new(tool).ok()?);
    let name = |tool: &str| entry(tool).map_or_else(|| tool.to_owned(), |tool| tool.name.clone());
    let found = match (&change, &catalog) {
        (Change::Swap { from, to }, Some(catalog)) => {
            status = status.max(strangers(catalog, [from, to], err)?);
            swap(&drawing, from, to, catalog)
        }
        _ => None,
    };
    let clause = change.clause(&drawing, name);
    let answer = Answer { drawing: &drawing, change: &change, clause, impact, swap: found };
    if arguments.json {
        writeln!(out, "{}", serde_json::to_string(&json::answer(&answer))?)?;
    } else {
        plain::report(&answer, out)?;
        if let Change::Artifact(word) = &change
            && kinds::artifact(word).is_none()
        {
            writeln!(out, "\nThis version does not know this artifact, so what it does is unknown")?;
        }
    }
    Ok(status)
}

/// Says which of the tools have no entry, and what was perhaps meant; 1 if that is said.
fn strangers(
    catalog: &Catalog,
    tools: [&String; 2],
    err: &mut dyn Write,
) -> Result<u8, ArchitectureCliError> {
    let mut told = Vec::new();
    for tool in tools {
        if ToolId::new(tool).ok().is_some_and(|id| catalog.get(&id).is_some()) {
            continue;
        }
        let known = catalog.tools().iter().map(|tool| (tool.id.as_str(), tool.id.as_str()));
        let near = nearest(tool, known);
        let hint =
            if near.is_empty() { String::new() } else { format!("; did you mean {}?", near.join(", ")) };
        told.push(format!("the catalog has no entry, so nothing is known of it{hint}: {tool}"));
    }
    Ok(tell(&told, err)?)
}

/// What the drawing has instead of what was asked for.
pub(super) fn missing(drawing: &Architecture, file: &Path, change: Change) -> ArchitectureCliError {
    let file = file.display().to_string();
    let hint = |id: &str, words: &[String]| {
        if words.is_empty() {
            return "it has none".to_owned();
        }
        super::near(id, words.iter().map(|word| (word.as_str(), word.as_str())))
    };
    match change {
        Change::Node(node) => super::unknown_node(drawing, &node.0, Path::new(&file)),
        Change::Artifact(id) => {
            let words: Vec<String> = artifacts_in(drawing).into_iter().map(|one| one.word).collect();
            ArchitectureCliError::UnknownArtifact { hint: hint(&id, &words), id, file }
        }
        Change::Swap { from: id, .. } => {
            let words: Vec<String> = tools_in(drawing).into_iter().map(|one| one.word).collect();
            ArchitectureCliError::UnknownTool { hint: hint(&id, &words), id, file }
        }
    }
}
