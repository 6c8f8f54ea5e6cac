//! What stands around tools: their relations with others, one or two steps far, and who shares a standard with them.
//!
//! Relations come from the catalog with their sources. A *derived* one joins two tools that name the same standard; it
//! is never written down, and is drawn through a node of the standard's own, so that forty speakers of one protocol
//! are forty lines. Derived relations are followed from the tools in the middle only: more would join almost
//! everything with everything.

mod find;
mod layout;
mod rows;
#[cfg(test)]
pub(in crate::catalog) mod tests;

use std::collections::{BTreeMap, BTreeSet};

use super::collection::Catalog;
use super::compare::Between;
use super::compare::between::{is_mutual, words};
use super::entry::ToolId;
use super::standard::Says;
use super::words::{RelationKind, Stage};

pub use layout::{Heading, Layout, Place, Point, Room};

/// As many nodes as one picture can hold and still be read.
pub const MOST: usize = 150;

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wish {
    /// The tools in the middle.
    pub centres: Vec<ToolId>,
    /// How many relations far, 1 or 2.
    pub depth: u8,
    /// Only relations of these types; all if absent.
    pub kinds: Option<BTreeSet<RelationKind>>,
    /// Whether tools that share a standard with one in the middle are shown as well.
    pub derived: bool,
}

impl Wish {
    /// What a graph shows unless told otherwise: every relation of one tool.
    pub fn of(centres: Vec<ToolId>) -> Self {
        Self { centres, depth: 1, kinds: None, derived: false }
    }

    /// Whether relations of this type are wanted.
    pub fn wants(&self, kind: RelationKind) -> bool {
        self.kinds.as_ref().is_none_or(|kinds| kinds.contains(&kind))
    }
}

/// What a node stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A tool, by its place in [`Catalog::tools`].
    Tool(usize),
    /// A standard that tools share.
    Standard,
}

/// Why a node is there: how it stands to the one that it was found from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// It was asked for.
    Centre,
    /// The one that it was found from stands to it like this.
    Outward(RelationKind),
    /// It stands to the one that it was found from like this.
    Inward(RelationKind),
    /// A standard of a tool in the middle, or a tool that speaks it too.
    Derived,
}

impl Group {
    /// The words above the group, beside one tool in the middle or several: `Runs on`, `Runs on it`.
    pub fn title(self, centres: usize) -> String {
        let words = match self {
            Self::Centre => return String::new(),
            Self::Derived => return "Shares a standard".to_owned(),
            Self::Outward(kind) => kind.title().to_owned(),
            Self::Inward(kind) if centres > 1 => format!("{} one of these", kind.title()),
            Self::Inward(kind) => format!("{} it", kind.title()),
        };
        let mut letters = words.chars();
        letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
    }
}

/// A tool or a standard in the neighbourhood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// What it stands for.
    pub subject: Subject,
    /// Its name.
    pub name: String,
    /// The first stage of a tool.
    pub stage: Option<Stage>,
    /// How many relations away from the middle; a standard lies between.
    pub steps: u8,
    /// The node that it was found from, before it in [`Neighbourhood::nodes`]; none for those in the middle.
    pub parent: Option<usize>,
    /// How it stands to that one.
    pub group: Group,
}

/// What joins two nodes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tie {
    /// Relations of the catalog.
    Told(Vec<Between>),
    /// A tool speaks a standard, by these statements.
    Speaks(Vec<Says>),
}

/// A line between two nodes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edge {
    /// One end, an index into [`Neighbourhood::nodes`]: the one nearer to the middle.
    pub from: usize,
    /// The other; a tool where `from` is a standard, and a standard where it is spoken by one in the middle.
    pub to: usize,
    /// What joins them.
    pub tie: Tie,
}

impl Edge {
    /// Whether it follows from two entries and stands in none.
    pub fn is_derived(&self) -> bool {
        matches!(self.tie, Tie::Speaks(_))
    }

    /// The other end.
    pub fn other(&self, node: usize) -> Option<usize> {
        match node {
            node if node == self.from => Some(self.to),
            node if node == self.to => Some(self.from),
            _ => None,
        }
    }
}

/// How many of each there are, also of those that are switched off.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Relations by type, among all tools in reach.
    pub told: BTreeMap<RelationKind, usize>,
    /// Tools that share a standard with one in the middle and have no relation with it.
    pub derived: usize,
}

/// The tools around some tools, and what joins them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Neighbourhood {
    /// Those in the middle, then the others, each after the one that it was found from.
    pub nodes: Vec<Node>,
    /// What joins them, each pair once.
    pub edges: Vec<Edge>,
    /// What there is of each type.
    pub counts: Counts,
    /// Places in [`Catalog::tools`] of the tools that have no room, the most relevant first.
    pub left_out: Vec<usize>,
    /// Ids that were asked for and that the catalog does not have.
    pub unknown: Vec<ToolId>,
}

impl Neighbourhood {
    /// Looks around the wished tools. Where more than `most` nodes are in reach, the nearest stay: those in the
    /// middle, their relations, who shares a standard with them, then what is two steps away; of one distance those
    /// with the most relations to what is nearer, then those with the most claims, then by name.
    pub fn of(catalog: &Catalog, wish: &Wish, most: usize) -> Self {
        find::find(catalog, wish, most)
    }

    /// How many tools stand in the middle.
    pub fn centres(&self) -> usize {
        self.nodes.iter().filter(|node| node.group == Group::Centre).count()
    }

    /// The node that shows this tool.
    pub fn node_of(&self, row: usize) -> Option<usize> {
        self.nodes.iter().position(|node| node.subject == Subject::Tool(row))
    }

    /// The node that shows this standard.
    pub fn node_of_standard(&self, name: &str) -> Option<usize> {
        self.nodes.iter().position(|node| node.subject == Subject::Standard && node.name == name)
    }

    /// The edges that end at a node, those towards the middle first.
    pub fn edges_of(&self, node: usize) -> impl Iterator<Item = &Edge> {
        let ends_here = move |edge: &&Edge| edge.other(node).is_some();
        let inwards = move |edge: &&Edge| edge.to == node;
        let edges = self.edges.iter().filter(ends_here);
        edges.clone().filter(inwards).chain(edges.filter(move |edge| !inwards(edge)))
    }

    /// Whether a relation of the catalog joins these two nodes.
    pub fn is_told(&self, one: usize, other: usize) -> bool {
        self.edges.iter().any(|edge| !edge.is_derived() && edge.other(one) == Some(other))
    }

    /// Whether anything was found around the middle.
    pub fn is_alone(&self) -> bool {
        self.nodes.iter().all(|node| node.group == Group::Centre) && self.edges.is_empty()
    }

    /// A node in words: its name, what joins it with what is nearer to the middle, and who reports that, as in
    /// `Ray: MLflow integrates with Ray, reported by Ray docs`.
    pub fn told(&self, catalog: &Catalog, node: usize) -> String {
        let Some(shown) = self.nodes.get(node) else { return String::new() };
        let inward = self.edges_of(node).filter(|edge| edge.to == node);
        let sentences: Vec<String> = inward
            .flat_map(|edge| {
                let by = match &edge.tie {
                    Tie::Told(between) => between.iter().map(|one| one.sources.first()).collect(),
                    Tie::Speaks(_) => Vec::new(),
                };
                let sentences = self.sentences(catalog, edge).into_iter().enumerate();
                sentences.map(move |(at, sentence)| match by.get(at).copied().flatten() {
                    Some(source) => format!("{sentence}, reported by {}", source.name()),
                    None => sentence,
                })
            })
            .collect();
        let kind = match shown.subject {
            Subject::Standard => ", a standard",
            Subject::Tool(_) => "",
        };
        if sentences.is_empty() {
            return format!("{}{kind}", shown.name);
        }
        format!("{}{kind}: {}", shown.name, sentences.join("; "))
    }

    /// What an edge says, a sentence for each of its relations: `MLflow integrates with KServe`.
    pub fn sentences(&self, catalog: &Catalog, edge: &Edge) -> Vec<String> {
        match &edge.tie {
            Tie::Told(between) => between.iter().map(Between::sentence).collect(),
            Tie::Speaks(says) => {
                let is_standard = |node: &&Node| node.subject == Subject::Standard;
                let ends = [self.nodes.get(edge.from), self.nodes.get(edge.to)];
                let standard = ends.into_iter().flatten().find(is_standard);
                let tool = ends.into_iter().flatten().find(|node| !is_standard(node));
                let (Some(standard), Some(tool)) = (standard, tool) else { return Vec::new() };
                vec![speaks(catalog, &tool.name, &standard.name, says)]
            }
        }
    }
}

/// Why a tool speaks a standard: `Feast implements and reads OpenLineage, says its entry`, or `MLflow integrates with
/// KServe through Open Inference Protocol`.
pub fn speaks(catalog: &Catalog, tool: &str, standard: &str, says: &[Says]) -> String {
    let roles: Vec<&str> = says
        .iter()
        .filter_map(|says| match says {
            Says::Listed(role) => Some(role.verb()),
            Says::Related(..) => None,
        })
        .collect();
    if tool == standard && !roles.is_empty() {
        return format!("{tool} is the standard itself");
    }
    if let [but_last @ .., last] = roles.as_slice() {
        let verbs = if but_last.is_empty() {
            (*last).to_owned()
        } else {
            format!("{} and {last}", but_last.join(", "))
        };
        return format!("{tool} {verbs} {standard}, says its entry");
    }
    let told = says.iter().find_map(|says| {
        let (from, relation) = says.relation(catalog)?;
        let to = catalog.get(&relation.target).map_or(relation.target.as_str(), |tool| tool.name.as_str());
        let through = if to == standard { String::new() } else { format!(" through {standard}") };
        Some(format!("{} {} {to}{through}", from.name, words(relation.kind)))
    });
    told.unwrap_or_default()
}

/// How `other` stands to `parent` by the first of these relations.
fn group_of(between: &[Between], parent: &ToolId) -> Group {
    let Some(first) = between.first() else { return Group::Derived };
    if first.from == *parent || is_mutual(first.kind) {
        Group::Outward(first.kind)
    } else {
        Group::Inward(first.kind)
    }
}
