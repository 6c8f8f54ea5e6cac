//! `architecture tools`: who could fill the boxes of a drawing, and what follows from the tools in them.

mod allowed;
mod json;

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;

pub use allowed::AllowedArguments;

use super::{ArchitectureCliError, catalog_of, constraints_lines, line, open, print_json, unknown_node};
use crate::architecture::constraints::{Breach, Standing, check};
use crate::architecture::fill::{
    Candidates, Cover, Gap, Integrations, Models, Need, Operations, Record, Scope, Usage, candidates, cover,
    gaps, integrations, job, operations,
};
use crate::architecture::{Architecture, Edit, NodeId};
use crate::catalog::{Catalog, ToolId};
use crate::store::architecture_files::templates;

pub(super) const EXAMPLES: &str = "Examples:
  mlops-atlas architecture tools ours.architecture.json
  mlops-atlas architecture tools ours.architecture.json --node registry
  mlops-atlas architecture tools template:google-l2 --anew --license osi --without-kubernetes
  mlops-atlas architecture tools template:google-l2 --json

Lists who could fill each box without tools (the best first, with the reasons), the fewest tools for all of them under the
constraints of the drawing and of the options, what the catalog tells of the tools at either end of each flow, and what the
tools need to run. What the catalog does not tell is said to be unknown. Exits with 1 if a constraint is broken.
In JSON: {candidates,cover,integrations,operations,breaches}, with --node only {candidates}.";

/// How many candidates of a box are printed.
const MOST: usize = 5;

/// The arguments of `architecture tools`.
#[derive(Clone, Debug, Args)]
pub struct ToolsArguments {
    /// The drawing: a file, or template:ID
    #[arg(value_name = "FILE")]
    pub file: String,
    /// Only who could fill this box, whatever tools it names
    #[arg(long, value_name = "ID", conflicts_with = "anew")]
    pub node: Option<String>,
    /// Ask for the fewest tools as if no box named any
    #[arg(long)]
    pub anew: bool,
    /// What is allowed
    #[command(flatten)]
    pub allowed: AllowedArguments,
    /// Print one JSON value
    #[arg(long)]
    pub json: bool,
    /// Lay this workspace's catalog/tools/*.toml over the shipped catalog
    #[arg(long, value_name = "DIR")]
    pub workspace: Option<PathBuf>,
}

pub(super) fn run(
    arguments: &ToolsArguments,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<u8, ArchitectureCliError> {
    let (mut drawing, mut status) = open(Path::new(&arguments.file), err)?;
    drawing.apply(Edit::SetConstraints(arguments.allowed.over(&drawing.constraints)));
    let (catalog, told) = catalog_of(arguments.workspace.as_deref(), err)?;
    status = status.max(told);
    let usage = Usage::of(&templates());
    let of = |node: &NodeId| candidates(&drawing, node, &catalog, &usage);
    if let Some(id) = &arguments.node {
        let found =
            of(&NodeId(id.clone())).ok_or_else(|| unknown_node(&drawing, id, Path::new(&arguments.file)))?;
        if arguments.json {
            print_json(&serde_json::json!({"candidates": [json::candidates(&found)]}), out)?;
        } else {
            plain_candidates(&drawing, &found, usize::MAX, out)?;
        }
        return Ok(status);
    }
    let is_open = |id: &&NodeId| {
        let node = drawing.nodes.get(*id);
        node.is_some_and(|node| {
            node.tools.is_empty() && job(&node.kind, Models::Any).is_some_and(|job| !job.given)
        })
    };
    let scope = if arguments.anew { Scope::All } else { Scope::Open };
    let cover = cover(&drawing, &catalog, &usage, scope);
    let answers = Answers {
        candidates: drawing.nodes.keys().filter(is_open).filter_map(of).collect(),
        gaps: gaps(&drawing, &cover.unfilled, &catalog),
        cover,
        integrations: integrations(&drawing, &catalog),
        operations: operations(&drawing, &catalog),
        breaches: check(&drawing, &catalog),
    };
    if arguments.json {
        print_json(&json::answers(&answers), out)?;
    } else {
        plain(&drawing, &catalog, &answers, out)?;
    }
    let is_broken = answers.breaches.iter().any(|breach| breach.is == Standing::Broken);
    Ok(status.max(u8::from(is_broken)))
}

/// All that was asked.
struct Answers {
    candidates: Vec<Candidates>,
    cover: Cover,
    gaps: Vec<Gap>,
    integrations: Integrations,
    operations: Operations,
    breaches: Vec<Breach>,
}

fn label<'a>(drawing: &'a Architecture, id: &'a NodeId) -> &'a str {
    drawing.nodes.get(id).map(|node| node.label.as_str()).filter(|label| !label.is_empty()).unwrap_or(&id.0)
}

fn plain_candidates(
    drawing: &Architecture,
    found: &Candidates,
    most: usize,
    out: &mut dyn Write,
) -> Result<(), ArchitectureCliError> {
    line(&format!("{} ({})", label(drawing, &found.node), found.node), out)?;
    if found.tools.is_empty() {
        line("  nobody in the catalog is known to fill it", out)?;
    }
    for candidate in found.tools.iter().take(most) {
        line(&format!("  {}", candidate.name), out)?;
        let unknown = candidate.unknown.iter().map(|judged| &judged.message);
        for text in candidate.reasons.iter().map(|reason| &reason.text).chain(unknown) {
            line(&format!("    {text}"), out)?;
        }
    }
    let rest: Vec<_> = found.tools.iter().skip(most).map(|candidate| candidate.name.as_str()).collect();
    if !rest.is_empty() {
        line(&format!("  and {}", rest.join(", ")), out)?;
    }
    for excluded in &found.excluded {
        for judged in &excluded.broken {
            line(&format!("  not {}: {}", excluded.name, judged.message), out)?;
        }
    }
    Ok(())
}

fn plain(
    drawing: &Architecture,
    catalog: &Catalog,
    answers: &Answers,
    out: &mut dyn Write,
) -> Result<(), ArchitectureCliError> {
    if !answers.candidates.is_empty() {
        line("Boxes without tools", out)?;
    }
    for found in &answers.candidates {
        plain_candidates(drawing, found, MOST, out)?;
    }
    plain_cover(drawing, catalog, &answers.cover, out)?;
    for gap in &answers.gaps {
        line(&format!("    {}: {}", label(drawing, &gap.node), gap.message), out)?;
    }
    plain_integrations(&answers.integrations, out)?;
    plain_operations(&answers.operations, out)?;
    if !answers.breaches.is_empty() {
        constraints_lines(&answers.breaches, out)?;
    }
    Ok(())
}

fn plain_cover(
    drawing: &Architecture,
    catalog: &Catalog,
    cover: &Cover,
    out: &mut dyn Write,
) -> Result<(), ArchitectureCliError> {
    let certain = if cover.is_exact { "" } else { " found; fewer may do" };
    line(&format!("Fewest tools: {} in all, {} now{certain}", cover.total, cover.now), out)?;
    for chosen in &cover.tools {
        let nodes: Vec<_> = chosen.nodes.iter().map(|node| label(drawing, node)).collect();
        let kept = if chosen.is_kept { " (there already)" } else { "" };
        let names = |id: &ToolId| catalog.get(id).map_or_else(|| id.to_string(), |tool| tool.name.clone());
        let others: Vec<_> = chosen.others.iter().map(names).collect();
        let others = if others.is_empty() { String::new() } else { format!("; else {}", others.join(", ")) };
        line(&format!("  {}{kept}: {}{others}", chosen.name, nodes.join(", ")), out)?;
        for judged in &chosen.unknown {
            line(&format!("    {}", judged.message), out)?;
        }
    }
    let unfilled: Vec<_> = cover.unfilled.iter().map(|node| label(drawing, node)).collect();
    if !unfilled.is_empty() {
        line(&format!("  nobody is known for: {}", unfilled.join(", ")), out)?;
    }
    Ok(())
}

fn plain_integrations(found: &Integrations, out: &mut dyn Write) -> Result<(), ArchitectureCliError> {
    let known = found.flows.iter().filter(|flow| flow.is_known()).count();
    let (all, unfilled) = (found.flows.len(), found.unfilled.len());
    line(
        &format!("Integrations: told for {known} of {all} flows, {unfilled} more have an end without tools"),
        out,
    )?;
    for flow in &found.flows {
        let told: Vec<String> = flow
            .pairs
            .iter()
            .filter_map(|pair| match &pair.record {
                Record::Same => Some(format!("{} is at both ends", pair.from)),
                Record::Told(relations) => {
                    Some(relations.iter().map(|relation| relation.sentence()).collect::<Vec<_>>().join(", "))
                }
                Record::Standards(names) => {
                    Some(format!("{} and {} both speak {}", pair.from, pair.to, names.join(", ")))
                }
                Record::None | Record::NoEntry => None,
            })
            .collect();
        let told = if told.is_empty() { "no record".to_owned() } else { told.join("; ") };
        line(&format!("  {} {}: {told}", if flow.is_known() { "+" } else { "?" }, flow.flow), out)?;
    }
    Ok(())
}

fn plain_operations(bill: &Operations, out: &mut dyn Write) -> Result<(), ArchitectureCliError> {
    line(&format!("Operations of {} tools", bill.tools.len()), out)?;
    for (what, Need { yes, no, unknown }) in
        [("Kubernetes", &bill.kubernetes), ("a GPU", &bill.gpu), ("a network", &bill.network)]
    {
        let (no, unknown) = (no.len(), unknown.len());
        let who = if yes.is_empty() { "nobody".to_owned() } else { yes.join(", ") };
        line(&format!("  needs {what}: {who}; {no} do not, {unknown} unknown"), out)?;
    }
    for (what, known, unknown) in [
        ("languages", &bill.languages, &bill.languages_unknown),
        ("runs as", &bill.deploy, &bill.deploy_unknown),
    ] {
        let counts: Vec<_> = known.iter().map(|(name, by)| format!("{name} {}", by.len())).collect();
        line(&format!("  {what}: {}; {} unknown", counts.join(", "), unknown.len()), out)?;
    }
    for service in &bill.services {
        let by: Vec<_> = service.by.iter().map(|(by, _)| by.as_str()).collect();
        let drawn = if service.is_drawn { "" } else { ", not in the drawing" };
        line(&format!("  can run on {}{drawn}: {}", service.name, by.join(", ")), out)?;
    }
    Ok(())
}
