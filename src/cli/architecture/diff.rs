//! `architecture diff` and `architecture lacks`: two versions of a drawing, and a drawing beside a reference design.

use std::io::Write;
use std::path::Path;

use clap::Args;
use serde_json::{Value, json};

use super::{ArchitectureCliError, open, print_json};
use crate::architecture::diff::{Diff, diff};
use crate::architecture::lacks::{Lack, Missing, lacks};
use crate::architecture::{Architecture, NodeId};
use crate::cli::one_line;

pub(super) const DIFF_EXAMPLES: &str = "Examples:
  mlops-atlas architecture diff ours-2025.architecture.json ours.architecture.json
  mlops-atlas architecture diff template:oss-classic ours.architecture.json --json

Exits with 0 if the two are equal and with 1 if they differ. Boxes are compared by id in kind, stage, tools (in any order),
label and props; flows by what flows from which box to which. What decides how a drawing is judged counts too: suppressed,
ruleset, rules, constraints and test_score. Order, places, sizes, title, summary, domain, notes, sources and basis are no
difference. In JSON: {added:{nodes,edges},removed:{nodes,edges},changed:[{id,fields}]}, with settings:[key] if any differ.";

pub(super) const LACKS_EXAMPLES: &str = "Examples:
  mlops-atlas architecture lacks ours.architecture.json template:google-l2
  mlops-atlas architecture lacks ours.architecture.json target.architecture.json --json

Exits with 1 if anything is missing. In JSON: [{kind,message,nodes,edges}] or [{from,artifact,to,message,nodes,edges}], with
the boxes and flows that would add it.";

/// The arguments of `architecture diff`.
#[derive(Clone, Debug, Args)]
pub struct DiffArguments {
    /// The drawing as it was: a file, or template:ID
    #[arg(value_name = "OLD")]
    pub old: String,
    /// The drawing as it is
    #[arg(value_name = "NEW")]
    pub new: String,
    /// Print one JSON value
    #[arg(long)]
    pub json: bool,
}

/// The arguments of `architecture lacks`.
#[derive(Clone, Debug, Args)]
pub struct LacksArguments {
    /// The drawing: a file, or template:ID
    #[arg(value_name = "FILE")]
    pub file: String,
    /// The reference design: a file, or template:ID
    #[arg(value_name = "REFERENCE")]
    pub reference: String,
    /// Print one JSON value
    #[arg(long)]
    pub json: bool,
}

pub(super) fn run_diff(
    arguments: &DiffArguments,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<u8, ArchitectureCliError> {
    let (old, lost_of_old) = open(Path::new(&arguments.old), err)?;
    let (new, lost_of_new) = open(Path::new(&arguments.new), err)?;
    let found = diff(&old, &new);
    if arguments.json {
        print_json(&found, out)?;
    } else {
        plain(&found, out)?;
    }
    Ok(lost_of_old.max(lost_of_new).max(u8::from(!found.is_empty())))
}

/// A line for each difference, `+`, `-` or `~` first.
fn plain(found: &Diff, out: &mut dyn Write) -> Result<(), ArchitectureCliError> {
    for (sign, parts) in [('-', &found.removed), ('+', &found.added)] {
        for NodeId(id) in &parts.nodes {
            writeln!(out, "{sign} {}", one_line(id))?;
        }
        for flow in &parts.flows {
            writeln!(out, "{sign} {}", one_line(&flow.to_string()))?;
        }
    }
    for changed in &found.changed {
        let fields: Vec<_> = changed.fields.iter().map(|field| field.key()).collect();
        let id = &changed.id.0;
        writeln!(out, "~ {}: {}", one_line(id), fields.join(", "))?;
    }
    for key in &found.settings {
        writeln!(out, "~ the drawing's {key}")?;
    }
    Ok(())
}

pub(super) fn run_lacks(
    arguments: &LacksArguments,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<u8, ArchitectureCliError> {
    let (mine, lost_of_mine) = open(Path::new(&arguments.file), err)?;
    let (reference, lost_of_reference) = open(Path::new(&arguments.reference), err)?;
    let found = lacks(&mine, &reference);
    if arguments.json {
        let listed: Vec<Value> = found.iter().map(|lack| lack_json(&mine, lack)).collect();
        print_json(&listed, out)?;
    } else {
        for lack in &found {
            writeln!(out, "{}", one_line(&lack.message))?;
        }
    }
    Ok(lost_of_mine.max(lost_of_reference).max(u8::from(!found.is_empty())))
}

fn lack_json(mine: &Architecture, lack: &Lack) -> Value {
    let mut with = mine.clone();
    with.apply(lack.edit.clone());
    let added = diff(mine, &with).added;
    let mut value = match &lack.missing {
        Missing::Kind(kind) => json!({"kind": kind}),
        Missing::Flow(flow) => json!({"from": flow.from, "artifact": flow.artifact, "to": flow.to}),
    };
    if let Value::Object(map) = &mut value {
        map.insert("message".to_owned(), json!(lack.message));
        map.insert("nodes".to_owned(), json!(added.nodes));
        map.insert("edges".to_owned(), json!(added.flows));
    }
    value
}
