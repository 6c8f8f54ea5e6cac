//! What becomes of unsaved edits when their document is opened again.

use crate::address::DocumentKind;
use crate::document::{Content, DocumentEdit};
use crate::history::Editable as _;
use crate::store::atlas_db::Journal;
use crate::store::document_files;

/// Unsaved edits, read.
#[derive(Debug)]
pub(super) struct Unsaved {
    /// What they were made on.
    kind: DocumentKind,
    /// The text that they apply to, where it is known.
    base: Option<String>,
    edits: Vec<DocumentEdit>,
    /// How many rows could not be used.
    pub(super) unreadable: usize,
}

/// What to do with unsaved edits.
#[derive(Debug, PartialEq)]
pub(super) enum Fate {
    /// Make them again on what was read.
    Replay(Vec<DocumentEdit>),
    /// Nothing: the file holds them. The program ended between writing it and forgetting them.
    Saved,
    /// Keep them apart: the file is not what they were made on.
    Apart,
}

impl Unsaved {
    /// Reads the rows as edits of what their text says it is, else of what the document is opened as.
    pub(super) fn read(journal: Journal, opened_as: DocumentKind) -> Self {
        let kind = journal.base.as_deref().and_then(document_files::kind_in).unwrap_or(opened_as);
        // An edit after a lost one would be applied to something else than it was made on.
        let edits: Vec<DocumentEdit> =
            journal.edits.iter().map_while(|row| DocumentEdit::from_json(kind, row).ok()).collect();
        let unreadable = journal.edits.len() - edits.len();
        Self { kind, base: journal.base, edits, unreadable }
    }

    /// What the journal of a new document begins with.
    pub(super) fn of_new(kind: DocumentKind, base: String, edit: DocumentEdit) -> Self {
        Self { kind, base: Some(base), edits: vec![edit], unreadable: 0 }
    }

    /// How many rows in front could be read.
    pub(super) fn readable(&self) -> usize {
        self.edits.len()
    }

    /// Whether the edits can be made again without the file.
    pub(super) fn has_base(&self) -> bool {
        self.base.is_some()
    }

    /// Compares what the edits were made on with what the file holds now.
    pub(super) fn fate(self, text: &str, content: &Content) -> Fate {
        let Some(base) = self.base.filter(|base| base != text) else { return Fate::Replay(self.edits) };
        let Ok((mut edited, _)) = Content::read(self.kind, &base) else { return Fate::Apart };
        for edit in self.edits {
            edited.apply(edit);
        }
        if edited == *content { Fate::Saved } else { Fate::Apart }
    }

    /// The text that the edits of a document without a file apply to; in version 1 all began empty.
    pub(super) fn base_without_file(&self) -> String {
        self.base.clone().unwrap_or_else(|| Content::empty(self.kind).to_text())
    }
}

#[cfg(test)]
mod tests;
