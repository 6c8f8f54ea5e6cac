//! Open documents: opening, changing, saving and closing them, and what is said about each.
//!
//! Nothing here knows a kind: all that differs between kinds is asked of `document::Content`, of `Derived` and,
//! for where a kind is shown, of `Location`.

pub(super) mod derived;
mod document;
mod saving;

use crate::action::{DocumentAction, DocumentId, Effect, Recent};
use crate::address::{DocumentKind, Location, Origin};
use crate::problem::{Problem, Severity};
use crate::state::State;

pub use document::{Document, DocumentState};

/// Opens what a location names, unless it is open already; what could not be opened before is tried again.
pub(super) fn open(state: &mut State, kind: DocumentKind, origin: &Origin, effects: &mut Vec<Effect>) {
    if let Some((id, open)) = state.document_of(origin) {
        let is = open.kind();
        if !matches!(open.state, DocumentState::Failed(_)) {
            if is != kind {
                // Its text said what it is, whatever the location takes it for.
                state.replace_shown(origin, &Location::of_document(is, origin.clone()), effects);
            }
            return;
        }
        state.documents.remove(&id);
    }
    let document = DocumentId(state.new_id());
    let start = match origin {
        Origin::Template(_) | Origin::Path(_) | Origin::Untitled(_) => {
            effects.push(Effect::LoadDocument { document, kind, origin: origin.clone() });
            DocumentState::Loading
        }
        Origin::Demo | Origin::Url(_) => {
            DocumentState::Failed(format!("This address names no {}.", kind.word()))
        }
    };
    state.documents.insert(document, Document::new(kind, origin.clone(), start));
}

/// Closes a document, unless that would lose something. Changes that are not saved stay in the journal and come
/// back with it.
pub(super) fn close(state: &mut State, origin: &Origin, effects: &mut Vec<Effect>) -> bool {
    let Some((id, document)) = state.document_of(origin) else { return true };
    if document.is_dirty() {
        let at = document.origin.name();
        if !document.is_journaled {
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
    effects.push(Effect::CloseDocument(id));
    state.documents.remove(&id);
    true
}

fn info(message: &str, at: String) -> Problem {
    Problem { severity: Severity::Info, message: message.to_owned(), at }
}

fn remember(document: &Document, effects: &mut Vec<Effect>) {
    if matches!(document.origin, Origin::Path(_) | Origin::Template(_)) {
        let location = Location::of_document(document.kind(), document.origin.clone());
        effects.push(Effect::Remember(Recent {
            address: location.to_string(),
            title: document.title(),
            opened_at: 0,
        }));
    }
}

pub(super) fn apply(state: &mut State, id: DocumentId, action: DocumentAction, effects: &mut Vec<Effect>) {
    let Some(document) = state.documents.get_mut(&id) else { return };
    let name = document.origin.name();
    let word = document.kind().word();
    if is_asked(&action) && document.state != DocumentState::Ready {
        let message = format!("This {word} is not open, so nothing can be done with it.");
        state.notice(Problem::warning(message, name));
        return;
    }
    if is_change(&action) && document.read_only {
        let message = format!(
            "This {word} is open in another MLOps Atlas and cannot be changed here. Save it under another name to \
             change that one."
        );
        state.notice(Problem::warning(message, name));
        return;
    }
    match action {
        DocumentAction::Opened { content, text, problems, journal, read_only } => {
            document.read_only = read_only;
            let lost = problems.iter().filter(|problem| problem.severity == Severity::Error);
            document.left_out = lost.map(|problem| format!("{} ({})", problem.message, problem.at)).collect();
            document.fill(content, text, journal);
            document.arrange(id, effects);
            remember(document, effects);
            if document.history.is_dirty() {
                state.notice(info(
                    "Unsaved changes were brought back. Undo takes them away again, one by one.",
                    name.clone(),
                ));
            }
            state.notice_all(&problems, &name);
        }
        DocumentAction::OpenAs(kind, origin) => open_as(state, id, kind, origin, effects),
        DocumentAction::ForgetJournal => effects.push(Effect::ClearJournal(id)),
        DocumentAction::KeepCopy => effects.push(Effect::KeepCopy(id)),
        DocumentAction::Failed(sentence) => {
            document.state = DocumentState::Failed(sentence.clone());
            // Nothing of it is open: others may save there.
            effects.push(Effect::CloseDocument(id));
            state.notice(Problem::error(sentence, name));
        }
        DocumentAction::Edit(edit) => document.edit(id, &edit, effects),
        DocumentAction::Undo => document.step(id, false, effects),
        DocumentAction::Redo => document.step(id, true, effects),
        DocumentAction::Discard if document.is_dirty() => {
            document.discard(id, effects);
            state.notice(info("The changes that were not saved are gone; Undo brings them back.", name));
        }
        DocumentAction::Discard => state.notice(info("Nothing here is unsaved.", name)),
        DocumentAction::Save => saving::save(state, id, effects),
        DocumentAction::SaveAs => effects.push(saving::ask_where(id, document)),
        DocumentAction::SaveTo(path) => effects.push(saving::to(id, document, &path)),
        DocumentAction::Journaled(is_journaled) => document.is_journaled = is_journaled,
        DocumentAction::ChangedOnDisk(text) => {
            document.warned_of = Some(text);
            let message = "The file changed on disk since it was read or saved here, so nothing was written. \
                           Save under another name to keep both, or save again to replace what is there.";
            state.notice(Problem::warning(message, name));
        }
        DocumentAction::Arranged { revision, arranged } => document.take(id, revision, arranged, effects),
        DocumentAction::Saved { path, text } => saving::saved(state, id, path, text, effects),
    }
}

/// Whether a person asks for it, and the document has to be there for it.
fn is_asked(action: &DocumentAction) -> bool {
    matches!(action, DocumentAction::Save | DocumentAction::SaveAs | DocumentAction::SaveTo(_))
        || is_change(action)
}

/// Whether it changes the document.
fn is_change(action: &DocumentAction) -> bool {
    matches!(
        action,
        DocumentAction::Edit(_) | DocumentAction::Undo | DocumentAction::Redo | DocumentAction::Discard
    )
}

/// Shows another document in the place of one that is not opened for itself.
fn open_as(state: &mut State, id: DocumentId, kind: DocumentKind, origin: Origin, effects: &mut Vec<Effect>) {
    let Some(instead) = state.documents.remove(&id) else { return };
    effects.push(Effect::CloseDocument(id));
    for navigation in state.windows.navigations() {
        navigation.rename_reference(&instead.origin, &origin);
    }
    state.replace_shown(&instead.origin, &Location::of_document(kind, origin), effects);
}
