//! Drawings between the model, their files, the journal and other windows.

use std::path::PathBuf;

use super::App;
use super::recovery::{Fate, Unsaved};
use crate::action::{Action, DocumentId, DrawingAction, Effect, Owner};
use crate::address::{Location, Origin};
use crate::architecture::{Architecture, ReadError};
use crate::problem::{Problem, Severity};
use crate::state::Document;
use crate::store::{architecture_files, locks};

/// An open drawing as the journal and other windows know it.
#[derive(Debug)]
pub(super) struct Held {
    /// Its name in the journal: absolute path, `template:ID` or `untitled:N`.
    pub(super) key: String,
    /// The right to change it; none where nothing can be locked, or where another window has it.
    _lock: Option<locks::Lock>,
    /// Whether another window has the right.
    pub(super) elsewhere: bool,
}

/// A new drawing that is about to be opened.
#[derive(Debug)]
pub(super) struct Reserved {
    held: Held,
    /// What it starts from.
    text: String,
}

/// What the journal and the locks call a drawing, however its path was written.
pub(super) fn key_of(origin: &Origin) -> String {
    match origin {
        Origin::Path(path) => architecture_files::identity(path).display().to_string(),
        other => other.to_string(),
    }
}

impl App {
    fn answer(&mut self, document: DocumentId, action: DrawingAction) {
        self.actions.push(Action::Drawing(document, action));
    }

    fn fail(&mut self, document: DocumentId, sentence: &str) {
        self.answer(document, DrawingAction::Failed(sentence.to_owned()));
    }

    /// Takes the right to change a drawing, if nobody else has it.
    pub(super) fn take(&self, key: String) -> Result<Held, locks::Elsewhere> {
        locks::lock(&self.profile, &key).map(|lock| Held { key, _lock: lock, elsewhere: false })
    }

    /// The document of this window that is this drawing.
    pub(super) fn holder_of(&self, key: &str) -> Option<DocumentId> {
        self.held.iter().find(|(_, held)| held.key == key).map(|(document, _)| *document)
    }

    /// Finds a number that no drawing has: none in the journal, none in this or another window.
    pub(super) fn reserve_number(&mut self) -> (u64, Held) {
        loop {
            self.last_untitled += 1;
            let key = key_of(&Origin::Untitled(self.last_untitled));
            // A journal that cannot be read holds nothing that could be mixed up with a new drawing.
            let is_taken = self.db.journal(&key).is_ok_and(|journal| journal.is_some());
            if !is_taken && let Ok(held) = self.take(key) {
                return (self.last_untitled, held);
            }
        }
    }

    /// Prepares a new drawing that starts from `text`, and says where it is.
    fn reserve(&mut self, text: String) -> Origin {
        let (number, held) = self.reserve_number();
        self.reserved = Some(Reserved { held, text });
        Origin::Untitled(number)
    }

    pub(super) fn new_drawing(&mut self) {
        let origin = self.reserve(Architecture::default().to_json());
        self.actions.push(Action::Go(Location::Drawing { origin, selected: Vec::new() }));
    }

    /// Takes the right to change a drawing, finds what was not saved, and reads it.
    pub(super) fn load_drawing(&mut self, document: DocumentId, origin: &Origin) {
        let key = key_of(origin);
        if let Some(other) = self.holder_of(&key) {
            if let Some(Document::Drawing(drawing)) = self.state.documents.get(&other) {
                let origin = drawing.origin.clone();
                self.answer(document, DrawingAction::OpenAs(origin));
            }
            return;
        }
        if let Some(Reserved { held, text }) = self.reserved.take_if(|reserved| reserved.held.key == key) {
            self.held.insert(document, held);
            self.load_text(document, text, None, false);
            return;
        }
        let held = match self.take(key.clone()) {
            Ok(held) => held,
            Err(locks::Elsewhere) => Held { key: key.clone(), _lock: None, elsewhere: true },
        };
        let read_only = held.elsewhere;
        self.held.insert(document, held);
        let unsaved = if read_only { None } else { self.unsaved(&key) };
        match origin {
            Origin::Path(path) => self.load_file(document, path.clone(), unsaved, read_only),
            Origin::Template(id) => match architecture_files::template_text(id) {
                Some(text) if read_only => self.copy_template(document, text),
                Some(text) => self.load_text(document, text.to_owned(), unsaved, read_only),
                None => self.fail(document, &format!("There is no template called {id}.")),
            },
            _ => match unsaved {
                Some(unsaved) => {
                    let text = unsaved.base_without_file();
                    self.load_text(document, text, Some(unsaved), read_only);
                }
                None if read_only => {
                    self.fail(document, "This drawing was never saved and is open in another window.");
                }
                None => self.fail(document, "This drawing was never saved and holds no changes any more."),
            },
        }
    }

    /// A template is something to start from: nobody has to wait until another window is done with it.
    fn copy_template(&mut self, document: DocumentId, text: &str) {
        let origin = self.reserve(text.to_owned());
        let message = "This template is being worked on in another window, so this is a drawing of its own.";
        let at = origin.name();
        self.answer(document, DrawingAction::OpenAs(origin));
        let severity = Severity::Info;
        self.actions.push(Action::Notice(Problem { severity, message: message.to_owned(), at }));
    }

    /// The edits of a drawing that were not saved. Rows that cannot be read are told and dropped.
    fn unsaved(&mut self, key: &str) -> Option<Unsaved> {
        let unsaved = match self.db.journal(key) {
            Ok(journal) => Unsaved::from(journal?),
            Err(error) => {
                self.complain(error.to_string(), key);
                return None;
            }
        };
        if unsaved.unreadable > 0 {
            let count = unsaved.unreadable;
            let sentence =
                format!("The last {count} of its unsaved changes cannot be read and are left out.");
            self.complain(sentence, key);
            if let Err(error) = self.db.journal_truncate(key, unsaved.readable()) {
                self.complain(error.to_string(), key);
            }
        }
        Some(unsaved)
    }

    fn load_file(&mut self, document: DocumentId, path: PathBuf, unsaved: Option<Unsaved>, read_only: bool) {
        let name = Origin::Path(path.clone()).name();
        self.jobs.start(format!("reading {name}"), Some(Owner::Document(document)), move |job| {
            let actions = match architecture_files::open_with_text(&path) {
                Ok(file) => opened(document, file, unsaved, read_only),
                Err(error) => {
                    let can_be_kept = unsaved.is_some_and(|unsaved| unsaved.has_base());
                    let keep = can_be_kept.then_some(Action::Ask(Effect::KeepCopy(document)));
                    let failed = DrawingAction::Failed(error.to_string());
                    keep.into_iter().chain([Action::Drawing(document, failed)]).collect()
                }
            };
            for action in actions {
                job.send(action);
            }
        });
    }

    fn load_text(&mut self, document: DocumentId, text: String, unsaved: Option<Unsaved>, read_only: bool) {
        let parsed: Result<_, ReadError> = Architecture::from_json(&text);
        match parsed {
            Ok((drawing, problems)) => {
                let file = architecture_files::Opened { drawing, text, problems };
                for action in opened(document, file, unsaved, read_only) {
                    self.actions.push(action);
                }
            }
            Err(error) => self.fail(document, &error.to_string()),
        }
    }
}

/// What a drawing and its unsaved edits become; what happens to the journal comes first, since the drawing can
/// be edited as soon as it is there.
fn opened(
    document: DocumentId,
    file: architecture_files::Opened,
    unsaved: Option<Unsaved>,
    read_only: bool,
) -> Vec<Action> {
    let architecture_files::Opened { drawing, text, problems } = file;
    let (before, journal) = match unsaved.map(|unsaved| unsaved.fate(&text, &drawing)) {
        None => (None, Vec::new()),
        Some(Fate::Replay(edits)) => (None, edits),
        Some(Fate::Saved) => (Some(Effect::ClearJournal(document)), Vec::new()),
        Some(Fate::Apart) => (Some(Effect::KeepCopy(document)), Vec::new()),
    };
    let architecture = Box::new(drawing);
    let opened = DrawingAction::Opened { architecture, text: text.into(), problems, journal, read_only };
    before.map(Action::Ask).into_iter().chain([Action::Drawing(document, opened)]).collect()
}
