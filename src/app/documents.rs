//! Documents between the model, their files, the journal and other processes.

use super::App;
use super::drafts::Unwritten;
use super::loading::Loading;
use super::recovery::Unsaved;
use crate::action::{Action, DocumentAction, DocumentId, WindowAction, WindowId};
use crate::address::{DocumentKind, Location, Origin};
use crate::document::{Content, DocumentEdit};
use crate::problem::{Problem, Severity};
use crate::store::{document_files, locks};

/// An open document as the journal and other processes know it.
#[derive(Debug)]
pub(super) struct Held {
    /// Its name in the journal: absolute path, `template:ID` or `untitled:N`.
    pub(super) key: String,
    /// The right to change it; none where nothing can be locked, or where another process has it.
    _lock: Option<locks::Lock>,
    /// Whether another process has the right.
    pub(super) elsewhere: bool,
}

/// A new document that is about to be opened.
#[derive(Debug)]
pub(super) struct Reserved {
    held: Held,
    /// What it starts from.
    text: String,
    /// What it is called, and an edit that changes nothing, where its journal is to hold it before anybody edits it.
    kept: Option<(String, DocumentEdit)>,
}

/// What the journal and the locks call a document, however its path was written.
pub(super) fn key_of(origin: &Origin) -> String {
    match origin {
        Origin::Path(path) => document_files::identity(path).display().to_string(),
        other => other.to_string(),
    }
}

impl App {
    fn answer(&mut self, document: DocumentId, action: DocumentAction) {
        self.actions.push(Action::Document(document, action));
    }

    fn fail(&mut self, document: DocumentId, sentence: String) {
        self.answer(document, DocumentAction::Failed(sentence));
    }

    /// Takes the right to change a document, if nobody else has it.
    pub(super) fn take(&self, key: String) -> Result<Held, locks::Elsewhere> {
        locks::lock(&self.profile, &key).map(|lock| Held { key, _lock: lock, elsewhere: false })
    }

    /// The document of this process that goes by this name.
    pub(super) fn holder_of(&self, key: &str) -> Option<DocumentId> {
        self.held.iter().find(|(_, held)| held.key == key).map(|(document, _)| *document)
    }

    /// Finds a number that no document has: none in the journal, none in this or another process.
    pub(super) fn reserve_number(&mut self) -> (u64, Held) {
        loop {
            self.last_untitled += 1;
            let key = key_of(&Origin::Untitled(self.last_untitled));
            // A journal that cannot be read holds nothing that could be mixed up with a new document.
            let is_taken = self.db.journal(&key).is_ok_and(|journal| journal.is_some());
            if !is_taken && let Ok(held) = self.take(key) {
                return (self.last_untitled, held);
            }
        }
    }

    /// Prepares a new document that starts from `text`, and says where it is.
    fn reserve(&mut self, text: String) -> Origin {
        let (number, held) = self.reserve_number();
        self.reserved = Some(Reserved { held, text, kept: None });
        Origin::Untitled(number)
    }

    pub(super) fn new_document(&mut self, window: WindowId, kind: DocumentKind) {
        let origin = self.reserve(Content::empty(kind).to_text());
        let go = WindowAction::Go(Location::of_document(kind, origin));
        self.actions.push(Action::Window(window, go));
    }

    /// Starts a document that holds `content`. It stands in no file, so the journal has it at once, with an edit that
    /// changes nothing.
    pub(super) fn new_from(&mut self, window: WindowId, content: &Content) {
        let text = content.to_text();
        let nothing = content.edit_back_to(&text);
        let origin = self.reserve(text);
        if let (Some(nothing), Some(reserved)) = (nothing, &mut self.reserved) {
            reserved.kept = Some((content.title().to_owned(), nothing));
        }
        let go = WindowAction::Go(Location::of_document(content.kind(), origin));
        self.actions.push(Action::Window(window, go));
    }

    /// Takes the right to change a document, finds what was not saved, and reads it.
    pub(super) fn load_document(&mut self, document: DocumentId, kind: DocumentKind, origin: Origin) {
        let key = key_of(&origin);
        if let Some(other) = self.holder_of(&key) {
            if let Some(open) = self.state.documents.get(&other) {
                let instead = DocumentAction::OpenAs(open.kind(), open.origin.clone());
                self.answer(document, instead);
            }
            return;
        }
        let word = kind.word();
        let mut loading = Loading { document, kind, origin, unsaved: None, read_only: false };
        if let Some(Reserved { held, text, kept }) =
            self.reserved.take_if(|reserved| reserved.held.key == key)
        {
            self.held.insert(document, held);
            if let Some((title, nothing)) = kept
                // Edits are plain data: writing them as JSON cannot fail.
                && let Ok(row) = serde_json::to_string(&nothing)
            {
                self.journal(document, Unwritten::new(title, text.as_str().into(), row));
                loading.unsaved = Some(Unsaved::of_new(kind, text.clone(), nothing));
            }
            self.load_text(loading, text);
            return;
        }
        let held = match self.take(key.clone()) {
            Ok(held) => held,
            Err(locks::Elsewhere) => Held { key: key.clone(), _lock: None, elsewhere: true },
        };
        loading.read_only = held.elsewhere;
        self.held.insert(document, held);
        if !loading.read_only {
            loading.unsaved = self.unsaved(&key, kind);
        }
        match &loading.origin {
            Origin::Path(path) => {
                let path = path.clone();
                self.load_file(loading, path);
            }
            Origin::Template(id) => match document_files::template_text(kind, id) {
                Some(text) if loading.read_only => self.copy_template(document, kind, text),
                Some(text) => self.load_text(loading, text.to_owned()),
                None => self.fail(document, format!("There is no template called {id}.")),
            },
            _ => match &loading.unsaved {
                Some(unsaved) => {
                    let text = unsaved.base_without_file();
                    self.load_text(loading, text);
                }
                None if loading.read_only => {
                    self.fail(
                        document,
                        format!("This {word} was never saved and is open in another MLOps Atlas."),
                    );
                }
                None => {
                    self.fail(
                        document,
                        format!("This {word} was never saved and holds no changes any more."),
                    );
                }
            },
        }
    }

    /// A template is something to start from: nobody has to wait until another process is done with it.
    fn copy_template(&mut self, document: DocumentId, kind: DocumentKind, text: &str) {
        let origin = self.reserve(text.to_owned());
        let message = format!(
            "This template is being worked on in another MLOps Atlas, so this is a {} of its own.",
            kind.word()
        );
        let at = origin.name();
        self.answer(document, DocumentAction::OpenAs(kind, origin));
        self.actions.push(Action::Notice(Problem { severity: Severity::Info, message, at }));
    }

    /// The edits of a document that were not saved. Rows that cannot be read are told and set aside.
    fn unsaved(&mut self, key: &str, kind: DocumentKind) -> Option<Unsaved> {
        let unsaved = match self.db.journal(key) {
            Ok(journal) => Unsaved::read(journal?, kind),
            Err(error) => {
                self.complain(error.to_string(), key);
                return None;
            }
        };
        if unsaved.unreadable > 0 {
            let count = unsaved.unreadable;
            let sentence = format!(
                "The last {count} of its unsaved changes cannot be read by this version and are left out; they are \
                 kept in atlas.db for one that can."
            );
            self.complain(sentence, key);
            if let Err(error) = self.db.journal_set_aside(key, unsaved.readable()) {
                self.complain(error.to_string(), key);
            }
        }
        Some(unsaved)
    }
}
