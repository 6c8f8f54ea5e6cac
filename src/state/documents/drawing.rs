//! One open drawing: the model with its history, placement and routes, computed once per change.

use std::sync::Arc;

use crate::action::{DocumentId, Effect};
use crate::address::Origin;
use crate::architecture::{Architecture, Edit, Placement, Route, place, route};
use crate::history::{Editable, History};

/// What an open drawing is waiting for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DrawingState {
    /// The file is being read.
    Loading,
    /// It is here.
    Ready,
    /// It could not be read: one sentence.
    Failed(String),
}

impl Editable for Architecture {
    type Edit = Edit;

    fn apply(&mut self, edit: Edit) -> Edit {
        Self::apply(self, edit)
    }
}

/// An open architecture.
#[derive(Debug)]
pub struct Drawing {
    /// Where it came from and is saved to.
    pub origin: Origin,
    /// Loading, ready or failed.
    pub state: DrawingState,
    /// The model.
    pub architecture: Arc<Architecture>,
    /// Undo and redo.
    pub history: History<Edit>,
    /// Where everything is drawn.
    pub placement: Arc<Placement>,
    /// How flows run between the nodes.
    pub routes: Arc<Vec<Route>>,
    /// Grows with every change; views compare it to know whether their caches are old.
    pub revision: u64,
    /// Whether another window has it open: it cannot be changed here.
    pub read_only: bool,
    /// What was read or saved last; what the edits in the journal apply to.
    pub(super) saved: Arc<str>,
    /// What the file held when it was last told to have changed on disk; saving again may replace it.
    pub(super) warned_of: Option<Arc<str>>,
    /// What of the file was not understood and is in nothing that is written: told once before the file is replaced.
    pub(super) left_out: Vec<String>,
    /// Whether the journal holds all edits that are not saved; false after it could not be written.
    pub is_journaled: bool,
    /// Whether `saved` stands in no file either: a copy that was brought back.
    pub(super) is_only_copy: bool,
}

impl Drawing {
    pub(super) fn new(origin: Origin, state: DrawingState, architecture: Architecture) -> Self {
        let placement = place(&architecture);
        let routes = route(&architecture, &placement);
        Self {
            origin,
            state,
            architecture: Arc::new(architecture),
            history: History::default(),
            placement: Arc::new(placement),
            routes: Arc::new(routes),
            revision: 0,
            read_only: false,
            saved: Arc::from(""),
            warned_of: None,
            left_out: Vec::new(),
            is_only_copy: false,
            is_journaled: true,
        }
    }

    pub(super) fn failed(origin: &Origin, sentence: String) -> Self {
        Self::new(origin.clone(), DrawingState::Failed(sentence), Architecture::default())
    }

    /// What it is called: its title, else its file's name.
    pub fn title(&self) -> String {
        if self.architecture.title.is_empty() { self.origin.name() } else { self.architecture.title.clone() }
    }

    /// Whether it holds something that stands in no file.
    pub fn is_dirty(&self) -> bool {
        self.history.is_dirty() || self.is_only_copy
    }

    /// Takes what was read, and makes the edits again that were never saved.
    pub(super) fn fill(&mut self, architecture: Architecture, text: Arc<str>, journal: Vec<Edit>) {
        let is_blank = *text == *Architecture::default().to_json();
        self.is_only_copy = matches!(self.origin, Origin::Untitled(_)) && !is_blank && !journal.is_empty();
        self.saved = text;
        self.architecture = Arc::new(architecture);
        self.state = DrawingState::Ready;
        for edit in journal {
            let label = edit.label();
            self.history.edit(Arc::make_mut(&mut self.architecture), label, edit);
        }
        self.changed();
    }

    /// Makes one change, undoable and in the journal.
    pub(super) fn edit(&mut self, id: DocumentId, edit: &Edit, effects: &mut Vec<Effect>) {
        self.history.edit(Arc::make_mut(&mut self.architecture), edit.label(), edit.clone());
        self.followed(edit);
        self.journal(id, edit, effects);
    }

    /// Takes the last change back, or makes it again.
    pub(super) fn step(&mut self, id: DocumentId, forward: bool, effects: &mut Vec<Effect>) {
        let architecture = Arc::make_mut(&mut self.architecture);
        let applied = if forward { self.history.redo(architecture) } else { self.history.undo(architecture) };
        if let Some(edit) = applied {
            self.followed(&edit);
            self.journal(id, &edit, effects);
        }
    }

    /// Goes back to what was read or saved last, in one step that can be undone.
    pub(super) fn discard(&mut self, id: DocumentId, effects: &mut Vec<Effect>) {
        let Ok((saved, _)) = Architecture::from_json(&self.saved) else { return };
        let back = Edit::between(&self.architecture, &saved);
        self.history.edit(Arc::make_mut(&mut self.architecture), "Discard the changes", back);
        self.history.mark_saved();
        self.is_only_copy = false;
        self.changed();
        effects.push(Effect::ClearJournal(id));
    }

    /// Brings what is derived up to date after an edit.
    fn followed(&mut self, edit: &Edit) {
        if edit.touches_geometry() {
            self.changed();
        } else {
            self.revision += 1;
        }
    }

    fn changed(&mut self) {
        let placement = place(&self.architecture);
        self.routes = Arc::new(route(&self.architecture, &placement));
        self.placement = Arc::new(placement);
        self.revision += 1;
    }

    fn journal(&self, document: DocumentId, edit: &Edit, effects: &mut Vec<Effect>) {
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
        format!("{}.architecture.json", if slug.is_empty() { "drawing" } else { &slug })
    }
}
