//! Performs the effects: files, dialogs, browser. What only the window can do is wished for.

use super::drafts::Unwritten;
use super::saving::Saving;
use super::{App, Wish, files};
use crate::action::{
    Action, Ask, Dialog, DocumentAction, DocumentId, Effect, Owner, RemarkAction, WindowAction, WindowId,
    WorkspaceAction,
};
use crate::address::DocumentKind;
use crate::catalog::link;
use crate::jobs::JobId;
use crate::problem::{Problem, Severity};
use crate::store::atlas_db;

impl App {
    pub(super) fn perform(&mut self, effect: Effect) {
        match effect {
            Effect::Asked(ask) => self.answer_view(ask),
            Effect::Open(window, paths) => self.open_paths(window, paths),
            Effect::ReadWorkspace { path, request, today, known } => {
                self.read_workspace(path, request, today, known);
            }
            Effect::LookAtWorkspace { path, fingerprint, request } => {
                self.look_at_workspace(path, fingerprint, request);
            }
            Effect::CloseWorkspace => self.close_workspace(),
            Effect::CatalogReplaced => self.windows.forget_places(),
            Effect::PickSave { document, kind, name } => self.pick_save(document, kind, name),
            Effect::New(window, kind) => self.new_document(window, kind),
            Effect::NewFrom(window, content) => self.new_from(window, &content),
            Effect::LoadDocument { document, kind, origin } => self.load_document(document, kind, origin),
            Effect::ReadReference { path, kind, request, known } => {
                self.read_reference(path, kind, request, known);
            }
            Effect::Arrange { document, revision, content } => {
                let label = format!("arranging a {}", content.kind().word());
                self.jobs.start(label, Some(Owner::Document(document)), move |job| {
                    let arranged = content.arrange();
                    // Whoever stopped it meanwhile has it all the same: it would be asked for anew.
                    job.send_last(Action::Document(
                        document,
                        DocumentAction::Arranged { revision, arranged },
                    ));
                });
            }
            Effect::SaveDocument { document, path, content, over } => {
                self.save_document(Saving { document, path, content, over });
            }
            Effect::Journal { document, title, base, edit } => {
                self.journal(document, Unwritten::new(title, base, edit));
            }
            Effect::ClearJournal(document) => self.clear_journal(document),
            Effect::KeepCopy(document) => self.keep_copy(document),
            Effect::LoadSource { source, origin, mapping, request } => {
                self.load_source(source, (origin, mapping), request);
            }
            Effect::OrderRuns { window, source, request, runs, wish } => {
                self.order_runs(source, wish, (window, request, runs));
            }
            Effect::CopySource { source, path } => self.copy_source(source, path),
            Effect::LoadSeries { source, request, keys, most } => {
                self.load_series(source, request, keys, most);
            }
            Effect::LookAt { source, request, look, most, wanted } => {
                self.look_at(source, request, (look, most), wanted);
            }
            Effect::LoadWindow { source, request, key, steps } => {
                self.load_window(source, request, key, steps);
            }
            Effect::Follow { source, keys, forgotten, in_sight } => {
                if let Some(watched) = self.watched.get(&source) {
                    watched.follow(keys, &forgotten, in_sight);
                }
            }
            Effect::MergeSeries { source, request, turn, key, curve, points } => {
                self.merge_series(source, (request, turn), key, curve, points);
            }
            Effect::CloseSource(source) => {
                self.jobs.cancel_owner(Owner::Source(source));
                self.watched.remove(&source);
                self.windows.forget_source(source);
            }
            Effect::CloseDocument(document) => {
                self.jobs.cancel_owner(Owner::Document(document));
                self.held.remove(&document);
                self.windows.forget_document(document);
                self.unwritten.remove(&document);
            }
            Effect::Fullscreen(WindowId::MAIN, on) => self.wishes.push(Wish::Fullscreen(on)),
            // A further window is opened again in every frame, as large as it is to be.
            Effect::Fullscreen(..) => {}
            Effect::CloseWindow(window) => self.windows.forget(window),
            Effect::SaveSettings(settings) => {
                if let Err(error) = atlas_db::save_settings(&self.profile, &settings) {
                    self.complain(error.to_string(), "settings");
                }
            }
            Effect::KeepRemarks(edits) => {
                if let Err(error) = self.db.keep_remarks(&edits) {
                    let tools: Vec<&str> = edits.iter().map(|edit| edit.tool.as_str()).collect();
                    self.complain(error.to_string(), tools.join(", "));
                }
            }
            Effect::PickShortlist(summary) => self.pick_shortlist(summary),
            Effect::WriteShortlist { path, list } => self.write_shortlist(path, list),
            Effect::ReadShortlist { window, path } => self.read_shortlist(window, path),
            Effect::Remember(recent) => {
                let now = jiff::Timestamp::now().as_microsecond();
                if let Err(error) = self.db.push_recent(&recent.address, &recent.title, now) {
                    self.complain(error.to_string(), "recents");
                }
                self.refresh_recents();
            }
        }
    }

    fn answer_view(&mut self, ask: Ask) {
        match ask {
            Ask::Pick(window, dialog) => self.pick(window, dialog),
            Ask::PickExport(window, extent, form) => self.pick_export(window, extent, form),
            Ask::Export(window, path, extent) => self.wish_for_export(window, path, extent),
            Ask::OpenUrl(url) => self.open_url(&url),
            Ask::OpenFile(path) => self.open_file(&path),
            Ask::Copy(text) => self.wishes.push(Wish::Copy(text)),
            Ask::SaveText { name, numbered_in, text } => self.save_text(name, numbered_in, text),
            Ask::SaveRuns { name, runs, table } => self.save_runs(name, runs, table),
            Ask::SaveDrawing(taken, target, options) => self.save_drawing(taken, target, options),
            Ask::CopyDrawing(taken, target, options) => self.copy_drawing(taken, target, options),
            Ask::CopyPixels { size, rgba } => self.wishes.push(Wish::CopyPixels(size, rgba)),
            Ask::SavePoints { name, source, series } => self.save_points(name, source, series),
            Ask::CancelJob(id) => self.jobs.cancel(JobId(id)),
            Ask::Quit => self.wishes.push(Wish::Close),
        }
    }

    pub(super) fn complain(&mut self, sentence: String, at: impl Into<String>) {
        self.actions.push(Action::Notice(Problem::error(sentence, at)));
    }

    /// Only web addresses that are what they look like are opened: a catalog or document may come from anywhere.
    fn open_url(&mut self, url: &str) {
        if let Err(refusal) = link::judge(url) {
            self.complain(format!("This address is not opened: {refusal}."), link::shown(url));
        } else if self.windowed
            && let Err(error) = opener::open_browser(url)
        {
            self.complain(format!("The browser could not be started: {error}"), url);
        }
    }

    fn pick(&mut self, window: WindowId, dialog: Dialog) {
        if !self.windowed {
            return;
        }
        self.jobs.start("choosing a file", None, move |job| {
            if let Some(path) = files::pick(dialog) {
                job.send(match dialog {
                    Dialog::Workspace => WorkspaceAction::Open(path).into(),
                    Dialog::Shortlist => Action::Remark(RemarkAction::Import(window, path)),
                    Dialog::File | Dialog::Folder => Action::Window(window, WindowAction::Open(vec![path])),
                });
            }
        });
    }

    fn pick_save(&mut self, document: DocumentId, kind: DocumentKind, name: String) {
        if !self.windowed {
            return;
        }
        self.jobs.start("choosing where to save", Some(Owner::Document(document)), move |job| {
            let answer = files::pick_save(kind, &name).map_or_else(
                || {
                    let message = files::NO_PLACE.to_owned();
                    Action::Notice(Problem { severity: Severity::Info, message, at: name.clone() })
                },
                |path| Action::Document(document, DocumentAction::SaveTo(path)),
            );
            job.send(answer);
        });
    }
}
