//! One open document: what it holds with its history, and what is known of its file.

use std::sync::Arc;

use super::derived::Derived;
use crate::action::{DocumentId, Effect};
use crate::address::{DocumentKind, Origin};
use crate::document::{Arranged, Content, DocumentEdit};
use crate::history::History;

/// What an open document is waiting for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DocumentState {
    /// The file is being read.
    Loading,
    /// It is here.
    Ready,
    /// It could not be read: one sentence.
    Failed(String),
}

/// An open document.
///
/// The history is the same for every kind, since edits and their inverses are values; only what is derived from
/// the content differs.
#[derive(Debug)]
pub struct Document {
    /// Where it came from and is saved to.
    pub origin: Origin,
    /// Loading, ready or failed.
    pub state: DocumentState,
    /// What it holds; nothing but its kind is known until it is ready.
    pub content: Content,
    /// Undo and redo.
    pub history: History<DocumentEdit>,
    /// Grows with every change; views compare it to know whether their caches are old.
    pub revision: u64,
    /// Grows with every change of what the content means: answers about it outlive those that only put parts elsewhere.
    pub meaning_revision: u64,
    /// Whether another process has it open: it cannot be changed here.
    pub read_only: bool,
    /// Whether the journal holds all edits that are not saved; false after it could not be written.
    pub is_journaled: bool,
    pub(super) derived: Derived,
    /// The revision from which a job computes what is derived. One at a time: its answer tells whether another
    /// has to.
    arranging: Option<u64>,
    /// What was read or saved last; what the edits in the journal apply to.
    pub(super) saved: Arc<str>,
    /// What the file held when it was last told to have changed on disk; saving again may replace it.
    pub(super) warned_of: Option<Arc<str>>,
    /// What of the file was not understood and is in nothing that is written: told once before the file is replaced.
    pub(super) left_out: Vec<String>,
    /// Whether `saved` stands in no file either: a copy that was brought back.
    pub(super) is_only_copy: bool,
}

impl Document {
    /// One without content, to be filled or not.
    pub(super) fn new(kind: DocumentKind, origin: Origin, state: DocumentState) -> Self {
        let content = Content::empty(kind);
        Self {
            origin,
            state,
            derived: Derived::of(&content),
            arranging: None,
            content,
            history: History::default(),
            revision: 0,
            meaning_revision: 0,
            read_only: false,
            is_journaled: true,
            saved: Arc::from(""),
            warned_of: None,
            left_out: Vec::new(),
            is_only_copy: false,
        }
    }

    /// Which kind it is; before it is read, what it is to be shown as.
    pub fn kind(&self) -> DocumentKind {
        self.content.kind()
    }

    /// What it is called: its title, else its file's name.
    pub fn title(&self) -> String {
        match self.content.title() {
            "" => self.origin.name(),
            title => title.to_owned(),
        }
    }

    /// Whether it holds something that stands in no file.
    pub fn is_dirty(&self) -> bool {
        self.history.is_dirty() || self.is_only_copy
    }

    /// Takes what was read, and makes the edits again that were never saved.
    pub(super) fn fill(&mut self, content: Content, text: Arc<str>, journal: Vec<DocumentEdit>) {
        let is_blank = *text == *Content::empty(content.kind()).to_text();
        self.is_only_copy = matches!(self.origin, Origin::Untitled(_)) && !is_blank && !journal.is_empty();
        self.saved = text;
        self.content = content;
        self.state = DocumentState::Ready;
        for edit in journal {
            // What only keeps a new document is no step.
            if self.content.is_changed_by(&edit) {
                self.history.edit(&mut self.content, edit.label(), edit);
            }
        }
        self.changed();
    }

    /// Makes one change, undoable and in the journal, unless it would change nothing.
    pub(super) fn edit(&mut self, id: DocumentId, edit: &DocumentEdit, effects: &mut Vec<Effect>) {
        if self.content.is_changed_by(edit) {
            self.history.edit(&mut self.content, edit.label(), edit.clone());
            self.followed(id, edit, effects);
        }
    }

    /// Takes the last change back, or makes it again.
    pub(super) fn step(&mut self, id: DocumentId, forward: bool, effects: &mut Vec<Effect>) {
        let content = &mut self.content;
        let applied = if forward { self.history.redo(content) } else { self.history.undo(content) };
        if let Some(edit) = applied {
            self.followed(id, &edit, effects);
        }
    }

    /// Goes back to what was read or saved last, in one step that can be undone.
    pub(super) fn discard(&mut self, id: DocumentId, effects: &mut Vec<Effect>) {
        let Some(back) = self.content.edit_back_to(&self.saved) else { return };
        self.history.edit(&mut self.content, "Discard the changes", back);
        self.history.mark_saved();
        self.is_only_copy = false;
        self.changed();
        self.arrange(id, effects);
        effects.push(Effect::ClearJournal(id));
    }

    fn changed(&mut self) {
        self.derived.renew(&self.content);
        self.revision += 1;
        self.meaning_revision += 1;
    }

    /// Asks for what takes longer than a frame, unless all is there or it was asked for.
    pub(super) fn arrange(&mut self, document: DocumentId, effects: &mut Vec<Effect>) {
        if self.derived.is_rough() && self.arranging.is_none() {
            self.arranging = Some(self.revision);
            let content = self.content.clone();
            effects.push(Effect::Arrange { document, revision: self.revision, content });
        }
    }

    /// Takes what was computed, unless the content has changed since: then it is asked for anew.
    pub(super) fn take(
        &mut self,
        id: DocumentId,
        revision: u64,
        arranged: Arranged,
        effects: &mut Vec<Effect>,
    ) {
        self.arranging = None;
        if revision == self.revision {
            self.derived.take(arranged);
        }
        self.arrange(id, effects);
    }

    /// Whether it is being read, or not yet drawn as it will be.
    pub fn is_waiting(&self) -> bool {
        self.state == DocumentState::Loading || self.derived.is_rough()
    }

    /// Brings what is derived up to date after an edit, and puts the edit into the journal.
    fn followed(&mut self, document: DocumentId, edit: &DocumentEdit, effects: &mut Vec<Effect>) {
        self.derived.follow(&self.content, edit);
        self.revision += 1;
        self.meaning_revision += u64::from(!edit.keeps_meaning());
        self.arrange(document, effects);
        if !self.is_dirty() {
            // Everything was taken back: the file holds all there is, and a crash now has nothing to bring back.
            effects.push(Effect::ClearJournal(document));
        } else if let Ok(edit) = serde_json::to_string(edit) {
            // Edits are plain data: writing them as JSON cannot fail.
            let (title, base) = (self.title(), Arc::clone(&self.saved));
            effects.push(Effect::Journal { document, title, base, edit });
        }
    }

    /// The name to propose for its file.
    pub(super) fn file_name(&self) -> String {
        let title = self.title();
        let slug: String =
            title.to_lowercase().chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect();
        let slug = slug.split('-').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-");
        let kind = self.kind();
        format!("{}{}", if slug.is_empty() { kind.word() } else { &slug }, kind.ending())
    }
}
