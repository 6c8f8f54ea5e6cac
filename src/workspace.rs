//! What lies in a workspace, a folder of shared files: own entries laid over the shipped catalog, documents, decisions.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use jiff::civil::Date;

use crate::address::DocumentKind;
use crate::architecture::Architecture;
use crate::architecture::gallery::Card;
use crate::catalog::read::{EntryFile, Place};
use crate::catalog::{Catalog, Claim, Coverage, Field, Index, Relation, ToolId};
use crate::problem::{Problem, Severity};

/// All that was read of a workspace at one moment.
#[derive(Clone, Debug, Default)]
pub struct Contents {
    /// The shipped catalog with the workspace's entries over it.
    pub catalog: Arc<Catalog>,
    /// What finds its tools.
    pub index: Arc<Index>,
    /// How much of it is known.
    pub coverage: Arc<Coverage>,
    /// The entries that could be used, by the tool they speak of; more than one only by mistake, the last on top.
    pub entries: BTreeMap<ToolId, Vec<EntryFile>>,
    /// What is wrong with its files, the worst first; the place is `catalog/tools/feast.toml:3`.
    pub problems: Vec<Problem>,
    /// Documents in its top folder, by name.
    pub documents: Vec<DocumentFile>,
    /// The drawings among them that could be read, in the same order.
    pub drawings: Vec<(PathBuf, Arc<Architecture>)>,
    /// What a gallery tells of each of the drawings.
    pub cards: Vec<Arc<Card>>,
    /// The documents that could not be read, or that were one too many; opening one tells why.
    pub unread: Vec<DocumentFile>,
    /// Decision records, by name.
    pub decisions: Vec<DecisionFile>,
    /// What was wrong with the entries alone, and the day on which they were judged.
    pub judged: (Vec<Problem>, Date),
    /// The stamps of the files of the drawings, in the same order: another number as soon as the file is written.
    pub stamps: Vec<u64>,
    /// Of all files that were looked into.
    pub fingerprint: Fingerprint,
}

/// Numbers that change as soon as a file is added, taken away or written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Fingerprint {
    /// Of own entries, and of what stands beside them.
    pub entries: u64,
    /// Of documents and decisions.
    pub documents: u64,
}

/// A document in a workspace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentFile {
    /// What its name promises.
    pub kind: DocumentKind,
    /// Its name without the ending of its kind.
    pub title: String,
    /// Where it is.
    pub path: PathBuf,
}

/// A decision record in a workspace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecisionFile {
    /// Its first heading, else the name of its file.
    pub title: String,
    /// Where it is.
    pub path: PathBuf,
}

impl Contents {
    /// The file and line that name a value of a tool: `catalog/tools/feast.toml:3`.
    pub fn place_of_field(&self, tool: &ToolId, field: Field) -> Option<String> {
        self.place_of(tool, |_| Some(Place::Key(field.key())))
    }

    /// The file and line where a claim begins.
    pub fn place_of_claim(&self, tool: &ToolId, claim: &Claim) -> Option<String> {
        let same = |own: &Claim| own.id == claim.id;
        self.place_of(tool, |file| file.entry.claims.iter().position(same).map(Place::Claim))
    }

    /// The file and line where a relation begins.
    pub fn place_of_relation(&self, tool: &ToolId, relation: &Relation) -> Option<String> {
        let same = |own: &Relation| (own.kind, &own.target) == (relation.kind, &relation.target);
        self.place_of(tool, |file| file.entry.relations.iter().position(same).map(Place::Relation))
    }

    /// The file that speaks of a tool.
    pub fn file_of(&self, tool: &ToolId) -> Option<&str> {
        self.entries.get(tool)?.last().map(|entry| entry.file.as_str())
    }

    /// How many problems are more than notes.
    pub fn wrong(&self) -> usize {
        self.problems.iter().filter(|problem| problem.severity > Severity::Info).count()
    }

    /// The topmost file that has this place.
    fn place_of(&self, tool: &ToolId, at: impl Fn(&EntryFile) -> Option<Place>) -> Option<String> {
        self.entries.get(tool)?.iter().rev().find_map(|file| {
            let line = file.line(at(file)?)?;
            Some(format!("{}:{line}", file.file))
        })
    }
}
