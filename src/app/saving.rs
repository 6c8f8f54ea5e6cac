//! Writes documents, and keeps apart the edits that a file does not fit any more.

use std::path::PathBuf;
use std::sync::Arc;

use super::App;
use super::documents::key_of;
use crate::action::{Action, DocumentAction, DocumentId, WorkspaceAction};
use crate::address::Origin;
use crate::document::Content;
use crate::problem::Problem;
use crate::state::Document;
use crate::store::document_files;

/// What is to be written where.
pub(super) struct Saving {
    pub(super) document: DocumentId,
    pub(super) path: PathBuf,
    pub(super) content: Content,
    /// The texts in its own file that may be replaced without asking.
    pub(super) over: Vec<Arc<str>>,
}

impl App {
    /// Writes a document at once, not in the background: closing the window right after must not lose it.
    ///
    /// Nothing is written over a document that is open elsewhere, nor over a change that nobody here has seen.
    pub(super) fn save_document(&mut self, saving: Saving) {
        let Saving { document, path, content, over } = saving;
        let at = path.display().to_string();
        let key = key_of(&Origin::Path(path.clone()));
        if let Some(other) = self.holder_of(&key).filter(|other| *other != document) {
            let sentence = format!(
                "“{}” is open from this file here, so nothing was written. Close it first, or save \
                 under another name.",
                self.title_of(other)
            );
            self.complain(sentence, at);
            return;
        }
        let (is_same_file, mine) =
            self.held.get(&document).map_or((false, false), |held| (held.key == key, !held.elsewhere));
        let taken = if is_same_file && mine { Ok(None) } else { self.take(key.clone()).map(Some) };
        let Ok(taken) = taken else {
            let sentence = "This file is open in another MLOps Atlas, so nothing was written. Close it there, or \
                            save under another name.";
            self.complain(sentence.to_owned(), at);
            return;
        };
        if is_same_file {
            match document_files::present(&path) {
                Ok(Some(text)) if !over.iter().any(|known| **known == *text) => {
                    self.apply_now(Action::Document(document, DocumentAction::ChangedOnDisk(text.into())));
                    return;
                }
                Ok(_) => {}
                Err(error) => {
                    self.complain(error.to_string(), at);
                    return;
                }
            }
        }
        let text = content.to_text();
        if let Err(error) = document_files::save_text(&path, &text) {
            self.complain(error.to_string(), at);
            return;
        }
        if mine {
            self.clear_journal(document);
        }
        if let Some(held) = taken {
            self.held.insert(document, held);
            if self.db.journal(&key).is_ok_and(|journal| journal.is_some()) {
                // Edits of what stood in this file before it was replaced just now.
                self.keep_copy(document);
            }
        }
        let saved = DocumentAction::Saved { path, text: text.into() };
        self.apply_now(Action::Document(document, saved));
        // It may be a new one of the workspace's.
        self.actions.push(WorkspaceAction::Look.into());
    }

    fn title_of(&self, document: DocumentId) -> String {
        self.state.documents.get(&document).map_or_else(String::new, Document::title)
    }

    /// Applies an answer before anything that waits: an edit must not slip between a file and what is said of it.
    fn apply_now(&mut self, action: Action) {
        for effect in self.state.apply(action) {
            self.perform(effect);
        }
    }

    /// Makes the unsaved edits of a document a document of their own.
    pub(super) fn keep_copy(&mut self, document: DocumentId) {
        let Some(key) = self.held.get(&document).map(|held| held.key.clone()) else { return };
        let (number, copy) = self.reserve_number();
        if let Err(error) = self.db.journal_move(&key, &copy.key) {
            self.complain(error.to_string(), key);
            return;
        }
        // Nobody has it open: whoever chooses it takes the right again.
        drop(copy);
        let message = format!(
            "The file is not what its unsaved changes were made on, so they were not put into it. They are kept \
             apart as “{}”, which Home lists under Continue.",
            Origin::Untitled(number).name()
        );
        self.actions.push(Action::Notice(Problem::warning(message, key)));
        self.refresh_drafts();
    }
}
