//! Writing documents to files: what may be replaced without asking, and what a written file changes.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{Document, remember};
use crate::action::{DocumentId, Effect};
use crate::address::Origin;
use crate::problem::Problem;
use crate::state::{State, presenting};

/// Writes to the document's own file, or asks for one.
pub(super) fn save(state: &mut State, id: DocumentId, effects: &mut Vec<Effect>) {
    let Some(document) = state.documents.get_mut(&id) else { return };
    let path = match &document.origin {
        Origin::Path(path) if !document.read_only => path,
        _ => return effects.push(ask_where(id, document)),
    };
    let lost = std::mem::take(&mut document.left_out);
    if lost.is_empty() {
        effects.push(to(id, document, path));
    } else {
        let message = format!(
            "Nothing was written: it would drop {} things of the file that were not understood. Save under \
             another name to keep both, or save again to drop them: {}",
            lost.len(),
            lost.join("; ")
        );
        let at = document.origin.name();
        state.notice(Problem::warning(message, at));
    }
}

/// Asks for a file to write to.
pub(super) fn ask_where(id: DocumentId, document: &Document) -> Effect {
    Effect::PickSave { document: id, kind: document.kind(), name: document.file_name() }
}

/// Writes to `path`.
pub(super) fn to(document: DocumentId, of: &Document, path: &Path) -> Effect {
    Effect::SaveDocument {
        document,
        path: path.to_path_buf(),
        content: of.content.clone(),
        over: of.warned_of.iter().chain([&of.saved]).cloned().collect(),
    }
}

/// Takes the new file as the document's own. Applied right after writing, before any further edit.
pub(super) fn saved(
    state: &mut State,
    id: DocumentId,
    path: PathBuf,
    text: Arc<str>,
    effects: &mut Vec<Effect>,
) {
    let Some(document) = state.documents.get_mut(&id) else { return };
    let before = std::mem::replace(&mut document.origin, Origin::Path(path));
    document.history.mark_saved();
    document.saved = text;
    document.warned_of = None;
    document.left_out.clear();
    document.is_only_copy = false;
    document.read_only = false;
    remember(document, effects);
    let origin = document.origin.clone();
    if before == origin {
        return;
    }
    // What could not be opened from there before is what was just written.
    state.documents.retain(|other, document| *other == id || document.origin != origin);
    for navigation in state.windows.navigations() {
        navigation.rename(&before, &origin);
    }
    for bookmark in &mut state.bookmarks {
        bookmark.rename_document(&before, &origin);
    }
    presenting::remember(state, effects);
}
