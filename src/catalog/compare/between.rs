//! What the compared tools are to each other: each relation once, with the sources of both ends.

use crate::catalog::collection::Catalog;
use crate::catalog::entry::{Evidence, Relation, ToolId, Via};
use crate::catalog::tool::Tool;
use crate::catalog::words::RelationKind;

/// A relation from one of the compared tools to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Between {
    /// Whose relation it is.
    pub from: ToolId,
    /// Its name.
    pub from_name: String,
    /// How it stands to the other.
    pub kind: RelationKind,
    /// The other.
    pub to: ToolId,
    /// Its name.
    pub to_name: String,
    /// What passes between them.
    pub via: Option<Via>,
    /// The version or day since when.
    pub since: Option<String>,
    /// How it is set up, as each end says it.
    pub how: Vec<String>,
    /// Its sources.
    pub sources: Vec<Evidence>,
}

impl Between {
    /// The relations among these tools, in their order; a mutual one that both ends tell of is one.
    pub fn among(tools: &[&Tool]) -> Vec<Self> {
        of(tools)
    }

    /// All relations of a tool: its own, then what others say of it; a mutual one that both ends tell of is one. A tool
    /// without an entry is called by its id.
    pub fn around(catalog: &Catalog, tool: &Tool) -> Vec<Self> {
        let name = |id: &ToolId| catalog.get(id).map_or_else(|| id.to_string(), |other| other.name.clone());
        let own = tool.relations.iter();
        let mut found: Vec<Self> =
            own.map(|relation| between(tool, (&relation.target, name(&relation.target)), relation)).collect();
        for (other, relation) in catalog.pointing_at(&tool.id).filter(|(other, _)| other.id != tool.id) {
            let same = |known: &&mut Self| known.kind == relation.kind && known.to == other.id;
            match found.iter_mut().find(same).filter(|known| is_mutual(known.kind)) {
                Some(known) => join(known, relation),
                None => found.push(between(other, (&tool.id, tool.name.clone()), relation)),
            }
        }
        found
    }

    /// `Aim integrates with MLflow`.
    pub fn sentence(&self) -> String {
        format!("{} {} {}", self.from_name, words(self.kind), self.to_name)
    }

    /// What passes through what, and since when; may be empty.
    pub fn details(&self) -> String {
        let via = self.via.as_ref().map(|via| match (&via.artifact, &via.interface) {
            (Some(artifact), Some(interface)) => format!("{artifact} over {interface}"),
            (Some(one), None) | (None, Some(one)) => one.clone(),
            (None, None) => String::new(),
        });
        let since = self.since.as_ref().map(|since| format!("since {since}"));
        let parts = via.into_iter().chain(since).filter(|part| !part.is_empty());
        parts.collect::<Vec<_>>().join(" · ")
    }
}

/// The relation as a verb.
pub(in crate::catalog) fn words(kind: RelationKind) -> String {
    match kind {
        RelationKind::AlternativeTo => format!("is an {}", kind.title()),
        RelationKind::PartOf => format!("is {}", kind.title()),
        _ => kind.title().to_owned(),
    }
}

/// Whether it is the same from both ends.
pub(in crate::catalog) fn is_mutual(kind: RelationKind) -> bool {
    matches!(kind, RelationKind::AlternativeTo | RelationKind::IntegratesWith)
}

/// The relations among these tools, in their order; a mutual one that both ends tell of is one.
pub(in crate::catalog) fn of(tools: &[&Tool]) -> Vec<Between> {
    let mut found: Vec<Between> = Vec::new();
    for tool in tools {
        for relation in &tool.relations {
            let Some(other) = tools.iter().find(|other| other.id == relation.target && other.id != tool.id)
            else {
                continue;
            };
            let same = |known: &&mut Between| {
                known.kind == relation.kind && known.from == other.id && known.to == tool.id
            };
            match found.iter_mut().find(same).filter(|known| is_mutual(known.kind)) {
                Some(known) => join(known, relation),
                None => found.push(between(tool, (&other.id, other.name.clone()), relation)),
            }
        }
    }
    found
}

fn between(tool: &Tool, (to, to_name): (&ToolId, String), relation: &Relation) -> Between {
    Between {
        from: tool.id.clone(),
        from_name: tool.name.clone(),
        kind: relation.kind,
        to: to.clone(),
        to_name,
        via: relation.via.clone(),
        since: relation.since.clone(),
        how: relation.how.iter().cloned().collect(),
        sources: relation.evidence.clone(),
    }
}

/// Adds what the other end says.
fn join(known: &mut Between, relation: &Relation) {
    known.via = known.via.take().or_else(|| relation.via.clone());
    known.since = known.since.take().or_else(|| relation.since.clone());
    known.how.extend(relation.how.iter().filter(|how| !known.how.contains(how)).cloned().collect::<Vec<_>>());
    known.sources.extend(relation.evidence.iter().cloned());
}
