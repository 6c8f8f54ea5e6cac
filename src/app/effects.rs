//! Performs the effects: files, dialogs, clipboard, browser, windows.

use egui::{Context, ViewportCommand};

use super::{App, files};
use crate::action::{Action, Dialog, DocumentId, DrawingAction, Effect};
use crate::address::Origin;
use crate::jobs::JobId;
use crate::problem::Problem;
use crate::store::{architecture_files, atlas_db};

impl App {
    pub(super) fn perform(&mut self, ctx: &Context, effect: Effect) {
        match effect {
            Effect::Pick(dialog) => self.pick(dialog),
            Effect::PickSave { document, name } => self.pick_save(document, name),
            Effect::LoadDrawing(document, origin) => self.load_drawing(document, &origin),
            Effect::SaveDrawing { document, path, architecture } => {
                // Written at once, not in the background: closing the window right after must not lose it.
                match architecture_files::save(&path, &architecture) {
                    Ok(()) => self.actions.push(Action::Drawing(document, DrawingAction::Saved(path))),
                    Err(error) => self.complain(error.to_string(), path.display().to_string()),
                }
            }
            Effect::Journal { document, edit } => {
                if let Err(error) = self.db.journal_append(&document, &edit) {
                    self.complain(error.to_string(), document);
                }
            }
            Effect::ClearJournal(document) => {
                if let Err(error) = self.db.journal_clear(&document) {
                    self.complain(error.to_string(), document);
                }
            }
            Effect::LoadSource { source, origin, request } => self.load_source(source, origin, request),
            Effect::LoadSeries(source, keys) => self.load_series(source, keys),
            Effect::CancelJobs(owner) => {
                self.jobs.cancel_owner(owner);
                self.watched.remove(&crate::action::SourceId(owner));
            }
            Effect::CancelJob(id) => self.jobs.cancel(JobId(id)),
            Effect::OpenUrl(url) => self.open_url(&url),
            Effect::Copy(text) => ctx.copy_text(text),
            Effect::Fullscreen(on) => ctx.send_viewport_cmd(ViewportCommand::Fullscreen(on)),
            Effect::SaveSettings(settings) => {
                if let Err(error) = atlas_db::save_settings(&self.profile, &settings) {
                    self.complain(error.to_string(), "settings");
                }
            }
            Effect::Remember(recent) => {
                let now = jiff::Timestamp::now().as_microsecond();
                if let Err(error) = self.db.push_recent(&recent.address, &recent.title, now) {
                    self.complain(error.to_string(), "recents");
                }
                self.refresh_recents();
            }
            Effect::Quit => ctx.send_viewport_cmd(ViewportCommand::Close),
        }
    }

    fn complain(&mut self, sentence: String, at: impl Into<String>) {
        self.actions.push(Action::Notice(Problem::error(sentence, at)));
    }

    /// Only web addresses are opened: a catalog or drawing may come from anywhere.
    fn open_url(&mut self, url: &str) {
        if !(url.starts_with("https://") || url.starts_with("http://")) {
            self.complain("Only http and https addresses are opened from here.".to_owned(), url);
        } else if self.windowed
            && let Err(error) = opener::open_browser(url)
        {
            self.complain(format!("The browser could not be started: {error}"), url);
        }
    }

    fn pick(&mut self, dialog: Dialog) {
        if !self.windowed {
            return;
        }
        self.jobs.start("choosing a file", None, move |job| {
            if let Some(path) = files::pick(dialog) {
                job.send(Action::Open(vec![path]));
            }
        });
    }

    fn pick_save(&mut self, document: DocumentId, name: String) {
        if !self.windowed {
            return;
        }
        self.jobs.start("choosing where to save", Some(document.0), move |job| {
            if let Some(path) = files::pick_save(&name) {
                job.send(Action::Drawing(document, DrawingAction::SaveTo(path)));
            }
        });
    }

    fn load_drawing(&mut self, document: DocumentId, origin: &Origin) {
        let Origin::Path(path) = origin else { return };
        let path = path.clone();
        let journal = match self.db.journal(&origin.to_string()) {
            Ok(rows) => rows,
            Err(error) => {
                self.complain(error.to_string(), origin.to_string());
                Vec::new()
            }
        };
        self.jobs.start(format!("reading {}", origin.name()), Some(document.0), move |job| {
            let action = match architecture_files::open(&path) {
                Ok((architecture, problems)) => DrawingAction::Opened {
                    architecture: Box::new(architecture),
                    problems,
                    journal: journal.iter().filter_map(|row| serde_json::from_str(row).ok()).collect(),
                },
                Err(error) => DrawingAction::Failed(error.to_string()),
            };
            job.send(Action::Drawing(document, action));
        });
    }
}
