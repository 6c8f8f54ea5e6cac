//! Reads what a document holds, and says what becomes of it and of its unsaved edits.

use std::path::PathBuf;

use super::App;
use super::recovery::{Fate, Unsaved};
use crate::action::{Action, DocumentAction, DocumentId, Owner, ReferenceFile};
use crate::address::{DocumentKind, Origin};
use crate::store::document_files::{self, Opened};
use crate::store::stamp::stamp;

/// A document that is being read.
#[derive(Debug)]
pub(super) struct Loading {
    pub(super) document: DocumentId,
    /// What it is to be shown as.
    pub(super) kind: DocumentKind,
    pub(super) origin: Origin,
    /// Its edits that were never saved.
    pub(super) unsaved: Option<Unsaved>,
    /// Whether another process has it open.
    pub(super) read_only: bool,
}

impl Loading {
    /// What a document and its unsaved edits become; what happens to the journal comes first, since the document
    /// can be edited as soon as it is there.
    fn done(self, opened: Opened) -> Vec<Action> {
        let Self { document, kind, origin, unsaved, read_only } = self;
        let Opened { content, text, problems } = opened;
        if content.kind() != kind {
            let instead = DocumentAction::OpenAs(content.kind(), origin);
            return vec![Action::Document(document, instead)];
        }
        let (before, journal) = match unsaved.map(|unsaved| unsaved.fate(&text, &content)) {
            None => (None, Vec::new()),
            Some(Fate::Replay(edits)) => (None, edits),
            Some(Fate::Saved) => (Some(DocumentAction::ForgetJournal), Vec::new()),
            Some(Fate::Apart) => (Some(DocumentAction::KeepCopy), Vec::new()),
        };
        let opened = DocumentAction::Opened { content, text: text.into(), problems, journal, read_only };
        let actions = before.into_iter().chain([opened]);
        actions.map(|action| Action::Document(document, action)).collect()
    }

    /// What is said when it cannot be read, in one sentence.
    fn failed(self, sentence: String) -> Vec<Action> {
        let can_be_kept = self.unsaved.is_some_and(|unsaved| unsaved.has_base());
        let keep = can_be_kept.then_some(Action::Document(self.document, DocumentAction::KeepCopy));
        let failed = Action::Document(self.document, DocumentAction::Failed(sentence));
        keep.into_iter().chain([failed]).collect()
    }
}

impl App {
    /// Reads a file in the background.
    pub(super) fn load_file(&mut self, loading: Loading, path: PathBuf) {
        let name = loading.origin.name();
        self.jobs.start(format!("reading {name}"), Some(Owner::Document(loading.document)), move |job| {
            let actions = match document_files::open(&path, loading.kind) {
                Ok(opened) => loading.done(opened),
                Err(error) => loading.failed(error.to_string()),
            };
            for action in actions {
                job.send(action);
            }
        });
    }

    /// Reads a file that documents are held against, unless it still has the stamp that is known.
    pub(super) fn read_reference(
        &mut self,
        path: PathBuf,
        kind: DocumentKind,
        request: u64,
        known: Option<u64>,
    ) {
        self.jobs.start_quiet("reading what is compared", None, move |job| {
            // Before it is read: what is written meanwhile is seen the next time.
            let stamp = stamp(&path);
            if known == Some(stamp) {
                return;
            }
            let opened = document_files::open(&path, kind);
            let content = opened.map(|opened| opened.content).map_err(|error| error.to_string());
            job.send_last(Action::Reference(ReferenceFile { path, request, stamp, content }));
        });
    }

    /// Reads a text that stands in no file.
    pub(super) fn load_text(&mut self, loading: Loading, text: String) {
        match Opened::from_text(text, loading.kind) {
            Ok(opened) => {
                for action in loading.done(opened) {
                    self.actions.push(action);
                }
            }
            Err(error) => {
                let failed = DocumentAction::Failed(error.to_string());
                self.actions.push(Action::Document(loading.document, failed));
            }
        }
    }
}
