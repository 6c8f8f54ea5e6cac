//! `tools relations`: what stands around tools, as text or JSON.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::PathBuf;

use clap::Args;
use serde::Serialize;

use super::{ToolsError, catalog, json, named, no_such};
use crate::catalog::neighbourhood::{Edge, MOST, Neighbourhood, Subject, Tie, Wish};
use crate::catalog::standard::Says;
use crate::catalog::{Catalog, RelationKind};

pub(super) const EXAMPLES: &str = "Examples:
  mlops-atlas tools relations mlflow
  mlops-atlas tools relations kserve --depth 2 --type runs_on --type implements
  mlops-atlas tools relations mlflow feast --derived --json
  mlops-atlas tools relations mlflow --csv

A derived relation joins two tools whose entries name the same standard; it is printed with the two statements that it
follows from, and no entry says that the two work together.";

/// The arguments of `tools relations`.
#[derive(Clone, Debug, Default, Args)]
pub struct RelationsArgs {
    /// The tools' ids, names or aliases.
    #[arg(value_name = "ID", required = true)]
    pub ids: Vec<String>,
    /// How many relations far.
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u8).range(1..=2))]
    pub depth: u8,
    /// Only relations of this type; may be repeated.
    #[arg(long = "type", value_name = "TYPE")]
    pub kinds: Vec<String>,
    /// Also tools that share a standard with these.
    #[arg(long)]
    pub derived: bool,
    /// Print the relations as CSV.
    #[arg(long, conflicts_with = "json")]
    pub csv: bool,
    /// Print one JSON value.
    #[arg(long)]
    pub json: bool,
    /// Lay this workspace's catalog/tools/*.toml over the shipped catalog.
    #[arg(long, value_name = "DIR")]
    pub workspace: Option<PathBuf>,
}

pub(super) fn run(args: &RelationsArgs, out: &mut dyn Write, err: &mut dyn Write) -> Result<u8, ToolsError> {
    let (catalog, status) = catalog(args.workspace.as_deref(), err)?;
    let centres = args.ids.iter().map(|id| named(&catalog, id).map(|tool| tool.id.clone()));
    let wish = Wish {
        centres: centres.collect::<Result<_, _>>()?,
        depth: args.depth.clamp(1, 2),
        kinds: kinds(&args.kinds)?,
        derived: args.derived,
    };
    let found = Neighbourhood::of(&catalog, &wish, MOST);
    if args.csv {
        write!(out, "{}", found.table(&catalog).csv())?;
    } else if args.json {
        json::print(&FoundJson::new(&catalog, &wish, &found), out)?;
    } else {
        plain(&catalog, &found, out)?;
    }
    Ok(status)
}

fn kinds(given: &[String]) -> Result<Option<BTreeSet<RelationKind>>, ToolsError> {
    if given.is_empty() {
        return Ok(None);
    }
    let list: Vec<&str> = RelationKind::ALL.iter().map(|kind| kind.id()).collect();
    let one = |word: &String| RelationKind::from_id(word).ok_or_else(|| no_such("type", &list, word));
    given.iter().map(one).collect::<Result<_, _>>().map(Some)
}

#[derive(Serialize)]
struct FoundJson<'a> {
    centres: Vec<&'a str>,
    nodes: Vec<NodeJson<'a>>,
    relations: Vec<json::BetweenJson<'a>>,
    derived: Vec<DerivedJson<'a>>,
    left_out: Vec<&'a str>,
}

#[derive(Serialize)]
struct NodeJson<'a> {
    id: &'a str,
    name: &'a str,
    steps: u8,
}

/// Two tools that share a standard, with the statements that this follows from.
#[derive(Serialize)]
struct DerivedJson<'a> {
    standard: &'a str,
    tools: [&'a str; 2],
    follows_from: [Vec<StatementJson<'a>>; 2],
}

#[derive(Serialize)]
#[serde(untagged)]
enum StatementJson<'a> {
    Listed { entry: &'a str, interfaces: &'static str },
    Related { entry: &'a str, relation: RelationKind, target: &'a str, evidence: Vec<json::EvidenceJson<'a>> },
}

impl<'a> FoundJson<'a> {
    fn new(catalog: &'a Catalog, wish: &'a Wish, found: &'a Neighbourhood) -> Self {
        let nodes = found.nodes.iter().filter_map(|node| {
            let Subject::Tool(row) = node.subject else { return None };
            let id = catalog.tools().get(row)?.id.as_str();
            Some(NodeJson { id, name: &node.name, steps: node.steps })
        });
        let told = found.edges.iter().filter_map(|edge| match &edge.tie {
            Tie::Told(between) => Some(between),
            Tie::Speaks(_) => None,
        });
        let left_out = found.left_out.iter().filter_map(|row| catalog.tools().get(*row));
        Self {
            centres: wish.centres.iter().map(|id| id.as_str()).collect(),
            nodes: nodes.collect(),
            relations: told.flatten().map(json::between).collect(),
            derived: derived(found).iter().map(|pair| pair.json(catalog)).collect(),
            left_out: left_out.map(|tool| tool.id.as_str()).collect(),
        }
    }
}

/// One in the middle and another tool that speaks the same standard.
struct Pair<'f> {
    standard: &'f str,
    ends: [(usize, &'f [Says]); 2],
}

impl<'f> Pair<'f> {
    fn json<'a>(&self, catalog: &'a Catalog) -> DerivedJson<'a>
    where
        'f: 'a,
    {
        let id = |row: usize| catalog.tools().get(row).map_or("", |tool| tool.id.as_str());
        let statement = |row: usize, says: Says| match says {
            Says::Listed(role) => StatementJson::Listed { entry: id(row), interfaces: role.verb() },
            Says::Related(..) => {
                let relation = says.relation(catalog).map(|(_, relation)| relation);
                StatementJson::Related {
                    entry: id(row),
                    relation: relation.map_or(RelationKind::IntegratesWith, |relation| relation.kind),
                    target: relation.map_or("", |relation| relation.target.as_str()),
                    evidence: relation.into_iter().flat_map(|r| &r.evidence).map(json::evidence).collect(),
                }
            }
        };
        DerivedJson {
            standard: self.standard,
            tools: self.ends.map(|(row, _)| id(row)),
            follows_from: self
                .ends
                .map(|(row, says)| says.iter().map(|says| statement(row, *says)).collect()),
        }
    }
}

/// Every pair of one in the middle with another tool that shares a standard with it, and has no relation with it that
/// the catalog tells.
fn derived(found: &Neighbourhood) -> Vec<Pair<'_>> {
    let spoken: Vec<(&Edge, &[Says])> = found
        .edges
        .iter()
        .filter_map(|edge| match &edge.tie {
            Tie::Speaks(says) => Some((edge, says.as_slice())),
            Tie::Told(_) => None,
        })
        .collect();
    let row_of = |node: usize| match found.nodes.get(node)?.subject {
        Subject::Tool(row) => Some(row),
        Subject::Standard => None,
    };
    let mut pairs = Vec::new();
    for (inner, one) in &spoken {
        // Of the two ends only that of a line from the middle is a tool first.
        let (Some(row), Some(standard)) = (row_of(inner.from), found.nodes.get(inner.to)) else { continue };
        for (outer, two) in &spoken {
            let is_known = outer.to == inner.to && outer.from <= inner.from;
            // What a source tells needs not be derived.
            let other = outer.other(inner.to).filter(|other| !found.is_told(inner.from, *other));
            if let Some(other) = other.and_then(row_of).filter(|_| !is_known) {
                pairs.push(Pair { standard: &standard.name, ends: [(row, one), (other, two)] });
            }
        }
    }
    pairs
}

fn plain(catalog: &Catalog, found: &Neighbourhood, out: &mut dyn Write) -> Result<(), ToolsError> {
    let mut told = 0;
    for between in found.edges.iter().filter_map(|edge| match &edge.tie {
        Tie::Told(between) => Some(between),
        Tie::Speaks(_) => None,
    }) {
        for one in between {
            told += 1;
            let details = one.details();
            let details = if details.is_empty() { details } else { format!(" ({details})") };
            writeln!(out, "{}{details}", one.sentence())?;
            for source in &one.sources {
                writeln!(out, "    {} {}", source.name(), source.url)?;
            }
        }
    }
    let mut pairs = 0;
    for pair in derived(found) {
        if pairs == 0 {
            writeln!(
                out,
                "\nDerived: both entries name the standard, and no entry says that the two work together."
            )?;
        }
        pairs += 1;
        let name = |row: usize| catalog.tools().get(row).map_or("", |tool| tool.name.as_str());
        let [(one, _), (two, _)] = pair.ends;
        writeln!(out, "{} and {} share {}", name(one), name(two), pair.standard)?;
        for (row, says) in pair.ends {
            let sentence = crate::catalog::neighbourhood::speaks(catalog, name(row), pair.standard, says);
            writeln!(out, "    {sentence}")?;
        }
    }
    let tools = found.nodes.iter().filter(|node| node.subject != Subject::Standard).count();
    let plural = |count: usize, word: &str| format!("{count} {word}{}", if count == 1 { "" } else { "s" });
    write!(out, "\n{} of {}", plural(told, "relation"), plural(tools, "tool"))?;
    if pairs > 0 {
        write!(out, ", {pairs} derived")?;
    }
    if found.left_out.is_empty() {
        return Ok(writeln!(out)?);
    }
    let names = found.left_out.iter().filter_map(|row| catalog.tools().get(*row));
    let names: Vec<&str> = names.map(|tool| tool.id.as_str()).collect();
    Ok(writeln!(out, ", and {} more in reach: {}", names.len(), names.join(", "))?)
}
