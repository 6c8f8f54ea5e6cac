//! Two to five tools side by side: facts aligned in rows, claims by topic, and what the tools are to each other.

pub(in crate::catalog) mod between;
pub mod csv;
mod facts;
pub mod markdown;
pub mod record;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::collection::Catalog;
use super::entry::{Claim, Evidence, ToolId};
use super::tool::Tool;
use super::words::{LicenseClass, RelationKind, Stage};

pub use between::Between;
pub use facts::{Cell, Fact};

/// Fewer cannot be compared.
pub const FEWEST: usize = 2;
/// More do not fit beside each other.
pub const MOST: usize = 5;

/// Tools side by side. Every list of cells is as long as [`Comparison::tools`] and in its order.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// The tools, in the order in which they were asked for.
    pub tools: Vec<Compared>,
    /// Ids that the catalog does not have.
    pub unknown: Vec<ToolId>,
    /// Tools beyond the fifth, which are not compared.
    pub left_out: Vec<ToolId>,
    /// The main category, where all have the same.
    pub category: Option<String>,
    /// One row for each fact: those that differ first, each group in the order of [`Fact::ALL`].
    pub rows: Vec<Row>,
    /// One row for each topic of a claim: what most tools have claims on first, then by name.
    pub topics: Vec<Topic>,
    /// The relations from one of the tools to another one, in the order of the tools.
    pub between: Vec<Between>,
    /// The day on which claims are judged as fresh or stale.
    pub today: Date,
}

/// The head of a column.
#[derive(Clone, Debug)]
pub struct Compared {
    /// Stable slug.
    pub id: ToolId,
    /// Its name.
    pub name: String,
    /// One sentence.
    pub summary: Option<String>,
    /// The first lifecycle stage, whose hue it has everywhere.
    pub stage: Option<Stage>,
    /// How open its licence is.
    pub license_class: LicenseClass,
    /// What can stand instead of it, those of its main category first.
    pub alternatives: Vec<Alternative>,
}

/// A tool that does the same job, and who says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alternative {
    /// The other tool.
    pub id: ToolId,
    /// Its name.
    pub name: String,
    /// The sources of the relation, from either end.
    pub sources: Vec<Evidence>,
}

/// A fact of all tools.
#[derive(Clone, Debug)]
pub struct Row {
    /// Which.
    pub fact: Fact,
    /// What is known of it.
    pub cells: Vec<Cell>,
    /// Whether all cells say the same; what nobody knows of any of them counts as the same.
    pub is_equal: bool,
}

/// The claims on one topic.
#[derive(Clone, Debug)]
pub struct Topic {
    /// Such as `ops` or `scale`.
    pub topic: String,
    /// The claims of each tool: pros, then cons, caveats and facts.
    pub cells: Vec<Vec<Claim>>,
}

impl Comparison {
    /// Compares the tools of the catalog with these ids, the first five of them; an id that comes again counts once.
    pub fn of(catalog: &Catalog, ids: &[ToolId], today: Date) -> Self {
        let mut tools: Vec<&Tool> = Vec::new();
        let (mut unknown, mut left_out): (Vec<ToolId>, Vec<ToolId>) = (Vec::new(), Vec::new());
        for (at, id) in ids.iter().enumerate() {
            if ids[..at].contains(id) {
                continue;
            }
            match catalog.get(id) {
                None => unknown.push(id.clone()),
                Some(_) if tools.len() == MOST => left_out.push(id.clone()),
                Some(tool) => tools.push(tool),
            }
        }
        let first = tools.first().and_then(|tool| tool.category.clone());
        Self {
            category: first.filter(|first| tools.iter().all(|tool| tool.category.as_ref() == Some(first))),
            rows: rows(&tools),
            topics: topics(&tools),
            between: between::of(&tools),
            tools: tools.iter().map(|tool| compared(catalog, tool)).collect(),
            unknown,
            left_out,
            today,
        }
    }

    /// Whether there are enough tools to compare.
    pub fn is_enough(&self) -> bool {
        self.tools.len() >= FEWEST
    }

    /// The rows that differ.
    pub fn differences(&self) -> &[Row] {
        &self.rows[..self.rows.partition_point(|row| !row.is_equal)]
    }

    /// The rows whose cells all say the same.
    pub fn equalities(&self) -> &[Row] {
        &self.rows[self.differences().len()..]
    }

    /// The names as a list in a sentence: `MLflow, Aim and ClearML`.
    pub fn names(&self) -> String {
        let names: Vec<&str> = self.tools.iter().map(|tool| tool.name.as_str()).collect();
        match names.as_slice() {
            [] => String::new(),
            [one] => (*one).to_owned(),
            [most @ .., last] => format!("{} and {last}", most.join(", ")),
        }
    }
}

/// A tool and what can stand instead of it, as many as can be compared: what to begin with.
pub fn with_alternatives(catalog: &Catalog, id: &ToolId) -> Vec<ToolId> {
    let others = catalog.get(id).map(|tool| alternatives(catalog, tool)).unwrap_or_default();
    let others = others.into_iter().map(|other| other.id).filter(|other| other != id);
    std::iter::once(id.clone()).chain(others).take(MOST).collect()
}

fn compared(catalog: &Catalog, tool: &Tool) -> Compared {
    Compared {
        id: tool.id.clone(),
        name: tool.name.clone(),
        summary: tool.summary.clone(),
        stage: tool.stages.first().copied(),
        license_class: tool.license_class(),
        alternatives: alternatives(catalog, tool),
    }
}

/// Named by the tool itself in the order of its file, then by others in the order of their names; each group with
/// those of the same main category first.
fn alternatives(catalog: &Catalog, tool: &Tool) -> Vec<Alternative> {
    let own = tool.relations.iter().filter_map(|relation| Some((catalog.get(&relation.target)?, relation)));
    let mut found: Vec<(bool, Alternative)> = Vec::new();
    for (other, relation) in own.chain(catalog.pointing_at(&tool.id)) {
        if relation.kind != RelationKind::AlternativeTo {
            continue;
        }
        if let Some((_, known)) = found.iter_mut().find(|(_, known)| known.id == other.id) {
            known.sources.extend(relation.evidence.iter().cloned());
        } else {
            let is_elsewhere = tool.category.is_none() || other.category != tool.category;
            let (id, name) = (other.id.clone(), other.name.clone());
            found.push((is_elsewhere, Alternative { id, name, sources: relation.evidence.clone() }));
        }
    }
    found.sort_by_key(|(is_elsewhere, _)| *is_elsewhere);
    found.into_iter().map(|(_, other)| other).collect()
}

fn rows(tools: &[&Tool]) -> Vec<Row> {
    let mut rows: Vec<Row> = Fact::ALL
        .iter()
        .map(|fact| {
            let cells: Vec<Cell> = tools.iter().map(|tool| fact.of(tool)).collect();
            let is_equal = cells.windows(2).all(|pair| pair[0].says_the_same(&pair[1]));
            Row { fact: *fact, cells, is_equal }
        })
        .collect();
    rows.sort_by_key(|row| row.is_equal);
    rows
}

fn topics(tools: &[&Tool]) -> Vec<Topic> {
    let mut found: BTreeMap<&str, Vec<Vec<Claim>>> = BTreeMap::new();
    for (at, tool) in tools.iter().enumerate() {
        for claim in &tool.claims {
            let cells = found.entry(&claim.topic).or_insert_with(|| vec![Vec::new(); tools.len()]);
            cells[at].push(claim.clone());
        }
    }
    let topics = found.into_iter().map(|(topic, cells)| Topic { topic: topic.to_owned(), cells });
    let mut topics: Vec<Topic> = topics.collect();
    topics.sort_by_key(|topic| topic.cells.iter().filter(|cell| cell.is_empty()).count());
    topics
}
