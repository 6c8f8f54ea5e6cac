//! Shortlists between the model and their files, in the background.

use std::path::PathBuf;
use std::sync::Arc;

use super::{App, files};
use crate::action::{Action, RemarkAction, WindowId};
use crate::problem::{Problem, Severity};
use crate::shortlist::Shortlist;
use crate::store::shortlist_files;

impl App {
    /// Asks where to write the shortlist; the title of the dialog says what would be in the file.
    pub(super) fn pick_shortlist(&mut self, summary: String) {
        if !self.windowed {
            return;
        }
        self.jobs.start("choosing where to export", None, move |job| {
            let nowhere = || {
                let (message, at) = (files::NO_PLACE.to_owned(), files::SHORTLIST_NAME.to_owned());
                Action::Notice(Problem { severity: Severity::Info, message, at })
            };
            let place = files::pick_shortlist(&summary);
            job.send(place.map_or_else(nowhere, |path| Action::Remark(RemarkAction::Export(path))));
        });
    }

    pub(super) fn write_shortlist(&mut self, path: PathBuf, list: Shortlist) {
        self.jobs.start("exporting the shortlist", None, move |job| {
            let at = path.display().to_string();
            job.send(Action::Notice(match shortlist_files::save(&path, &list) {
                Ok(()) => {
                    let message = format!("The shortlist is written: {}.", list.summary());
                    Problem { severity: Severity::Info, message, at }
                }
                Err(error) => Problem::error(format!("The shortlist was not exported: {error}"), at),
            }));
        });
    }

    pub(super) fn read_shortlist(&mut self, window: WindowId, path: PathBuf) {
        self.jobs.start("importing a shortlist", None, move |job| {
            job.send(match shortlist_files::open(&path) {
                Ok((list, problems)) => Action::Remark(RemarkAction::Imported {
                    window,
                    path: path.clone(),
                    list: Arc::new(list),
                    problems,
                }),
                Err(error) => Action::Notice(Problem::error(error.to_string(), path.display().to_string())),
            });
        });
    }
}
