//! Open documents: opening, changing, saving and closing them, and what is said about each.

mod drawing;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::action::{DocumentId, DrawingAction, Effect, Recent};
use crate::address::{Location, Origin};
use crate::architecture::{Architecture, Placement};
use crate::problem::{Problem, Severity};
use crate::state::State;

pub use drawing::{Drawing, DrawingState};

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

/// Opens what a location names, unless it is open already; what could not be opened before is tried again.
pub(super) fn open(state: &mut State, origin: &Origin, effects: &mut Vec<Effect>) {
    match state.drawing_of(origin).map(|(id, drawing)| (id, matches!(drawing.state, DrawingState::Failed(_))))
    {
        Some((_, false)) => return,
        Some((failed, true)) => {
            state.documents.remove(&failed);
        }
        None => {}
    }
    let id = DocumentId(state.new_id());
    let drawing = match origin {
        Origin::Template(_) | Origin::Path(_) | Origin::Untitled(_) => {
            effects.push(Effect::LoadDrawing(id, origin.clone()));
            Drawing::new(origin.clone(), DrawingState::Loading, Architecture::default())
        }
        Origin::Demo | Origin::Url(_) => Drawing::failed(origin, "This address names no drawing.".to_owned()),
    };
    state.documents.insert(id, Document::Drawing(Box::new(drawing)));
}

/// Closes a drawing, unless that would lose something. Changes that are not saved stay in the journal and come
/// back with it.
pub(super) fn close(state: &mut State, origin: &Origin, effects: &mut Vec<Effect>) -> bool {
    let Some((id, drawing)) = state.drawing_of(origin) else { return true };
    if drawing.is_dirty() {
        let at = drawing.origin.name();
        if !drawing.is_journaled {
            let message = "Its changes are not saved and could not be kept, so it stays open. Save it first.";
            state.notice(Problem::warning(message, at));
            return false;
        }
        let how_long = if state.drafts.outlive_the_program { "" } else { " until the program ends" };
        let message = format!(
            "Closed with changes that are not saved. They are kept{how_long} and come back when it is opened \
             again; Home lists it under Continue."
        );
        state.notice(info(&message, at));
    }
    effects.push(Effect::CancelJobs(id.0));
    state.documents.remove(&id);
    true
}

fn info(message: &str, at: String) -> Problem {
    Problem { severity: Severity::Info, message: message.to_owned(), at }
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
    let name = drawing.origin.name();
    if is_asked(&action) && drawing.state != DrawingState::Ready {
        state.notice(Problem::warning("This drawing is not open, so nothing can be done with it.", name));
        return;
    }
    if is_change(&action) && drawing.read_only {
        let message = "This drawing is open in another window and cannot be changed here. Save it under \
                       another name to change that one.";
        state.notice(Problem::warning(message, name));
        return;
    }
    match action {
        DrawingAction::Opened { architecture, text, problems, journal, read_only } => {
            drawing.read_only = read_only;
            let lost = problems.iter().filter(|problem| problem.severity == Severity::Error);
            drawing.left_out = lost.map(|problem| format!("{} ({})", problem.message, problem.at)).collect();
            drawing.fill(*architecture, text, journal);
            remember(drawing, effects);
            if drawing.is_dirty() {
                state.notice(info(
                    "Unsaved changes were brought back. Undo takes them away again, one by one.",
                    name.clone(),
                ));
            }
            state.notice_all(&problems, &name);
        }
        DrawingAction::OpenAs(origin) => open_as(state, id, origin, effects),
        DrawingAction::Failed(sentence) => {
            drawing.state = DrawingState::Failed(sentence.clone());
            // Nothing of it is open: others may save there.
            effects.push(Effect::CancelJobs(id.0));
            state.notice(Problem::error(sentence, name));
        }
        DrawingAction::Edit(edit) => {
            if !edit.is_noop_on(&drawing.architecture) {
                drawing.edit(id, &edit, effects);
            }
        }
        DrawingAction::Undo => drawing.step(id, false, effects),
        DrawingAction::Redo => drawing.step(id, true, effects),
        DrawingAction::Discard if drawing.is_dirty() => {
            drawing.discard(id, effects);
            state.notice(info("The changes that were not saved are gone; Undo brings them back.", name));
        }
        DrawingAction::Discard => state.notice(info("Nothing here is unsaved.", name)),
        DrawingAction::Save => match &drawing.origin {
            Origin::Path(path) if !drawing.read_only => {
                let lost = std::mem::take(&mut drawing.left_out);
                if lost.is_empty() {
                    effects.push(save(id, drawing, path));
                } else {
                    let message = format!(
                        "Nothing was written: it would drop {} things of the file that were not understood. Save \
                         under another name to keep both, or save again to drop them: {}",
                        lost.len(),
                        lost.join("; ")
                    );
                    state.notice(Problem::warning(message, name));
                }
            }
            _ => effects.push(Effect::PickSave { document: id, name: drawing.file_name() }),
        },
        DrawingAction::SaveAs => {
            effects.push(Effect::PickSave { document: id, name: drawing.file_name() });
        }
        DrawingAction::SaveTo(path) => effects.push(save(id, drawing, &path)),
        DrawingAction::Journaled(is_journaled) => drawing.is_journaled = is_journaled,
        DrawingAction::ChangedOnDisk(text) => {
            drawing.warned_of = Some(text);
            let message = "The file changed on disk since it was read or saved here, so nothing was written. \
                           Save under another name to keep both, or save again to replace what is there.";
            state.notice(Problem::warning(message, name));
        }
        DrawingAction::Saved { path, text } => saved(state, id, path, text, effects),
    }
}

/// Whether a person asks for it, and the drawing has to be there for it.
fn is_asked(action: &DrawingAction) -> bool {
    matches!(action, DrawingAction::Save | DrawingAction::SaveAs | DrawingAction::SaveTo(_))
        || is_change(action)
}

/// Whether it changes the drawing.
fn is_change(action: &DrawingAction) -> bool {
    matches!(
        action,
        DrawingAction::Edit(_) | DrawingAction::Undo | DrawingAction::Redo | DrawingAction::Discard
    )
}

fn save(document: DocumentId, drawing: &Drawing, path: &Path) -> Effect {
    Effect::SaveDrawing {
        document,
        path: path.to_path_buf(),
        architecture: Arc::clone(&drawing.architecture),
        over: drawing.warned_of.iter().chain([&drawing.saved]).cloned().collect(),
    }
}

/// Takes the new file as the drawing's own. Applied right after writing, before any further edit.
fn saved(state: &mut State, id: DocumentId, path: PathBuf, text: Arc<str>, effects: &mut Vec<Effect>) {
    let Some(Document::Drawing(drawing)) = state.documents.get_mut(&id) else { return };
    let before = std::mem::replace(&mut drawing.origin, Origin::Path(path));
    drawing.history.mark_saved();
    drawing.saved = text;
    drawing.warned_of = None;
    drawing.is_only_copy = false;
    drawing.read_only = false;
    remember(drawing, effects);
    let origin = drawing.origin.clone();
    if before == origin {
        return;
    }
    // What could not be opened from there before is what was just written.
    state.documents.retain(|other, document| match document {
        Document::Drawing(drawing) => *other == id || drawing.origin != origin,
    });
    state.navigation.rename(&before, &origin);
}

/// Shows another drawing in the place of one that is not opened for itself.
fn open_as(state: &mut State, id: DocumentId, origin: Origin, effects: &mut Vec<Effect>) {
    let Some(Document::Drawing(instead)) = state.documents.remove(&id) else { return };
    effects.push(Effect::CancelJobs(id.0));
    if matches!(state.location(), Location::Drawing { origin, .. } if *origin == instead.origin) {
        state.navigation.leave(Location::Drawing { origin, selected: Vec::new() });
        state.arrive(effects);
    }
}
