//! What is not saved: the journal while documents are edited, the list of drafts, and quitting with them.

use std::sync::Arc;

use super::documents::key_of;
use super::{App, Wish};
use crate::action::{Action, DocumentAction, DocumentId, Draft, Drafts};
use crate::address::{Location, Origin};
use crate::problem::{Problem, Severity};
use crate::store::atlas_db::{DraftRow, Entry};
use crate::store::{document_files, locks};

/// An edit on its way into the journal.
#[derive(Debug)]
pub(super) struct Unwritten {
    title: String,
    base: Arc<str>,
    edit: String,
    /// When it was made, in microseconds since 1970.
    at: i64,
}

impl Unwritten {
    /// An edit that was made now.
    pub(super) fn new(title: String, base: Arc<str>, edit: String) -> Self {
        Self { title, base, edit, at: jiff::Timestamp::now().as_microsecond() }
    }
}

impl App {
    /// Commits one edit: when this returns without complaint, a crash cannot lose it.
    ///
    /// What could not be written goes first the next time: a journal with a gap would put later edits onto
    /// something else than they were made on.
    pub(super) fn journal(&mut self, document: DocumentId, edit: Unwritten) {
        let Some(key) = self.held.get(&document).map(|held| held.key.clone()) else { return };
        let waiting = self.unwritten.entry(document).or_default();
        let had_gap = !waiting.is_empty();
        waiting.push_back(edit);
        let (mut is_new, mut failure) = (false, None);
        while let Some(Unwritten { title, base, edit, at }) = waiting.front() {
            match self.db.journal_append(&Entry { document: &key, title, base, edit, at: *at }) {
                Ok(is_first) => is_new |= is_first,
                Err(error) => {
                    failure = Some(error.to_string());
                    break;
                }
            }
            waiting.pop_front();
        }
        let has_gap = !waiting.is_empty();
        if had_gap != has_gap {
            self.actions.push(Action::Document(document, DocumentAction::Journaled(!has_gap)));
        }
        if let Some(sentence) = failure {
            self.complain(sentence, key);
        }
        if is_new {
            self.refresh_drafts();
        }
    }

    pub(super) fn clear_journal(&mut self, document: DocumentId) {
        let Some(key) = self.held.get(&document).map(|held| held.key.clone()) else { return };
        if self.unwritten.remove(&document).is_some_and(|waiting| !waiting.is_empty()) {
            self.actions.push(Action::Document(document, DocumentAction::Journaled(true)));
        }
        if let Err(error) = self.db.journal_clear(&key) {
            self.complain(error.to_string(), key);
        }
        self.refresh_drafts();
    }

    /// What is not saved, without what another process is changing right now.
    fn drafts(&mut self) -> Drafts {
        let rows = match self.db.drafts() {
            Ok(rows) => rows,
            Err(error) => {
                self.complain(error.to_string(), "unsaved changes");
                Vec::new()
            }
        };
        let mut documents = Vec::new();
        for row in rows {
            let is_here = self.held.values().any(|held| held.key == row.document);
            if is_here || locks::lock(&self.profile, &row.document).is_ok() {
                documents.push(draft(row));
            }
        }
        Drafts { documents, outlive_the_program: self.db.is_kept() }
    }

    pub(super) fn refresh_drafts(&mut self) {
        let drafts = self.drafts();
        self.actions.push(Action::Drafts(drafts));
    }

    /// Says at the start what an earlier session left unsaved, but for what is opened anyway.
    pub(super) fn tell_drafts(&mut self, opened: &[Origin]) {
        let keys: Vec<String> = opened.iter().map(key_of).collect();
        let drafts = self.drafts();
        let titles: Vec<String> = drafts
            .documents
            .iter()
            .filter(|draft| !keys.contains(&draft.origin.to_string()))
            .map(|draft| format!("“{}”", draft.title))
            .collect();
        if !titles.is_empty() {
            let message = format!(
                "Changes that were not saved are still here: {}. Home lists them under Continue.",
                titles.join(", ")
            );
            let at = "unsaved changes".to_owned();
            self.actions.push(Action::Notice(Problem { severity: Severity::Info, message, at }));
        }
        self.actions.push(Action::Drafts(drafts));
    }

    /// Lets the window close, as somebody asks it to. Only where nothing can be kept, unsaved changes stop it once, with a warning.
    pub(super) fn watch_close(&mut self) {
        let is_kept = self.db.is_kept() && self.unwritten.values().all(|waiting| waiting.is_empty());
        if is_kept {
            return;
        }
        let mut revisions = 0;
        let mut is_dirty = !self.state.drafts.documents.is_empty();
        for document in self.state.documents.values() {
            revisions += document.revision;
            is_dirty |= document.is_dirty();
        }
        if is_dirty && self.close_warned_at != Some(revisions) {
            self.close_warned_at = Some(revisions);
            self.wishes.push(Wish::StayOpen);
            let message = "Changes are not saved, and nothing can be kept for the next start. Save them, or \
                           quit again to lose them.";
            self.actions.push(Action::Notice(Problem::warning(message, "unsaved changes")));
        }
    }
}

/// A draft as Home lists it.
fn draft(row: DraftRow) -> Draft {
    let origin = Origin::parse(&row.document);
    let by_text = row.base_begins.as_deref().and_then(document_files::kind_in);
    let by_name = || Location::of_origin(origin.clone()).document().map(|(kind, _)| kind);
    let kind = by_text.or_else(by_name).unwrap_or_default();
    let title = if row.title.is_empty() { origin.name() } else { row.title };
    Draft { kind, origin, title, changed_at: row.changed_at }
}
