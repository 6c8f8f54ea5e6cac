//! Open documents: drawings with their history, placement and routes, computed once per change.

use std::path::Path;
use std::sync::Arc;

use crate::action::{DocumentId, DrawingAction, Effect, Recent};
use crate::address::{Location, Origin};
use crate::architecture::{Architecture, Edit, Placement, Route, place, route};
use crate::history::{Editable, History};
use crate::problem::{Problem, Severity};
use crate::state::State;

/// A bundled template with its counts, for the list of starts.
#[derive(Clone, Debug)]
pub struct Template {
    /// Its id.
    pub id: String,
    /// The drawing.
    pub architecture: Architecture,
    /// Where the parts would be drawn.
    pub placement: Placement,
}

/// Something open. Dashboards, decks and decisions will stand beside the drawings.
#[derive(Debug)]
pub enum Document {
    /// An architecture.
    Drawing(Box<Drawing>),
}

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
}

impl Drawing {
    fn new(origin: Origin, state: DrawingState, architecture: Architecture) -> Self {
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
        }
    }

    /// What it is called: its title, else its file's name.
    pub fn title(&self) -> String {
        if self.architecture.title.is_empty() { self.origin.name() } else { self.architecture.title.clone() }
    }

    fn changed(&mut self) {
        let placement = place(&self.architecture);
        self.routes = Arc::new(route(&self.architecture, &placement));
        self.placement = Arc::new(placement);
        self.revision += 1;
    }
}

pub(super) fn start_new(state: &mut State, effects: &mut Vec<Effect>) {
    let number = state.new_id();
    let origin = Origin::Untitled(number);
    let drawing = Drawing::new(origin.clone(), DrawingState::Ready, Architecture::default());
    state.documents.insert(DocumentId(number), Document::Drawing(Box::new(drawing)));
    state.go(Location::Drawing { origin, selected: Vec::new() }, effects);
}

/// Opens what a location names, unless it is open already.
pub(super) fn open(state: &mut State, origin: &Origin, effects: &mut Vec<Effect>) {
    if state.drawing_of(origin).is_some() {
        return;
    }
    let id = DocumentId(state.new_id());
    let drawing = match origin {
        Origin::Template(name) => match state.templates.iter().find(|template| template.id == *name) {
            Some(template) => {
                Drawing::new(origin.clone(), DrawingState::Ready, template.architecture.clone())
            }
            None => failed(origin, format!("There is no template called {name}.")),
        },
        Origin::Path(_) => {
            effects.push(Effect::LoadDrawing(id, origin.clone()));
            Drawing::new(origin.clone(), DrawingState::Loading, Architecture::default())
        }
        Origin::Untitled(_) => {
            failed(origin, "This drawing was never saved and is gone with its session.".to_owned())
        }
        Origin::Demo | Origin::Url(_) => failed(origin, "This address names no drawing.".to_owned()),
    };
    if matches!(drawing.state, DrawingState::Ready) {
        remember(&drawing, effects);
    }
    state.documents.insert(id, Document::Drawing(Box::new(drawing)));
}

fn failed(origin: &Origin, sentence: String) -> Drawing {
    Drawing::new(origin.clone(), DrawingState::Failed(sentence), Architecture::default())
}

pub(super) fn close(state: &mut State, origin: &Origin, effects: &mut Vec<Effect>) {
    let Some((id, drawing)) = state.drawing_of(origin) else { return };
    if drawing.history.is_dirty() {
        state.notice(Problem {
            severity: Severity::Warning,
            message: "This drawing has changes that are not saved. Save it, or undo them, before closing it."
                .to_owned(),
            at: origin.name(),
        });
        // Going away keeps the document open, so nothing is lost.
        return;
    }
    effects.push(Effect::CancelJobs(id.0));
    state.documents.remove(&id);
}

fn remember(drawing: &Drawing, effects: &mut Vec<Effect>) {
    if matches!(drawing.origin, Origin::Path(_) | Origin::Template(_)) {
        let location = Location::Drawing { origin: drawing.origin.clone(), selected: Vec::new() };
        effects.push(Effect::Remember(Recent {
            address: location.to_string(),
            title: drawing.title(),
            opened_at: 0,
        }));
    }
}

pub(super) fn apply(state: &mut State, id: DocumentId, action: DrawingAction, effects: &mut Vec<Effect>) {
    let Some(Document::Drawing(drawing)) = state.documents.get_mut(&id) else { return };
    match action {
        DrawingAction::Opened { architecture, problems, journal } => {
            opened(drawing, *architecture, journal);
            remember(drawing, effects);
            let name = drawing.origin.name();
            if drawing.history.is_dirty() {
                state.notice(Problem {
                    severity: Severity::Info,
                    message: "Unsaved changes of an earlier session were brought back.".to_owned(),
                    at: name.clone(),
                });
            }
            state.notice_all(&problems, &name);
        }
        DrawingAction::Failed(sentence) => {
            drawing.state = DrawingState::Failed(sentence.clone());
            let name = drawing.origin.name();
            state.notice(Problem::error(sentence, name));
        }
        DrawingAction::Edit(edit) => {
            if !edit.is_noop_on(&drawing.architecture) {
                journal(drawing.origin.to_string(), &edit, effects);
                let label = edit.label();
                let architecture = Arc::make_mut(&mut drawing.architecture);
                drawing.history.edit(architecture, label, *edit);
                drawing.changed();
            }
        }
        DrawingAction::Undo => step(drawing, effects, false),
        DrawingAction::Redo => step(drawing, effects, true),
        DrawingAction::Save => match &drawing.origin {
            Origin::Path(path) => effects.push(save(id, drawing, path)),
            _ => effects.push(Effect::PickSave { document: id, name: file_name(drawing) }),
        },
        DrawingAction::SaveAs => effects.push(Effect::PickSave { document: id, name: file_name(drawing) }),
        DrawingAction::SaveTo(path) => effects.push(save(id, drawing, &path)),
        DrawingAction::Saved(path) => {
            effects.push(Effect::ClearJournal(drawing.origin.to_string()));
            let before = std::mem::replace(&mut drawing.origin, Origin::Path(path));
            drawing.history.mark_saved();
            remember(drawing, effects);
            let origin = drawing.origin.clone();
            let shown = matches!(state.location(), Location::Drawing { origin, .. } if *origin == before);
            if shown && before != origin {
                state.navigation.leave(Location::Drawing { origin, selected: Vec::new() });
            }
        }
    }
}

fn opened(drawing: &mut Drawing, architecture: Architecture, journal: Vec<Edit>) {
    drawing.architecture = Arc::new(architecture);
    drawing.state = DrawingState::Ready;
    for edit in journal {
        let label = edit.label();
        drawing.history.edit(Arc::make_mut(&mut drawing.architecture), label, edit);
    }
    drawing.changed();
}

fn step(drawing: &mut Drawing, effects: &mut Vec<Effect>, forward: bool) {
    let architecture = Arc::make_mut(&mut drawing.architecture);
    let applied =
        if forward { drawing.history.redo(architecture) } else { drawing.history.undo(architecture) };
    if let Some(edit) = applied {
        journal(drawing.origin.to_string(), &edit, effects);
        drawing.changed();
    }
}

fn journal(document: String, edit: &Edit, effects: &mut Vec<Effect>) {
    // Edits are plain data: writing them as JSON cannot fail.
    if let Ok(edit) = serde_json::to_string(edit) {
        effects.push(Effect::Journal { document, edit });
    }
}

fn save(document: DocumentId, drawing: &Drawing, path: &Path) -> Effect {
    Effect::SaveDrawing {
        document,
        path: path.to_path_buf(),
        architecture: Arc::clone(&drawing.architecture),
    }
}

fn file_name(drawing: &Drawing) -> String {
    let title = drawing.title();
    let slug: String =
        title.to_lowercase().chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect();
    let slug = slug.split('-').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-");
    format!("{}.architecture.json", if slug.is_empty() { "drawing" } else { &slug })
}
