//! Writes texts that are no documents: exports and records. A place is asked for, the rest happens in the background.

use std::path::PathBuf;

use super::{App, files};
use crate::action::Action;
use crate::problem::{Problem, Severity};
use crate::store::whole_file::write_whole;
use crate::store::workspace;

impl App {
    /// Asks where a text is to be kept, and writes it there.
    pub(super) fn save_text(&mut self, name: String, numbered_in: Option<&'static str>, text: String) {
        let folder = self.folder.clone();
        let proposed = move || match numbered_in {
            Some(numbered_in) => workspace::numbered(folder.as_deref(), numbered_in, &name),
            None => PathBuf::from(name),
        };
        if !self.windowed {
            let message = "Nothing was saved: there is no window to ask for a place.";
            self.actions.push(told(message.to_owned(), &proposed()));
            return;
        }
        self.jobs.start("choosing where to save", None, move |job| {
            let proposed = proposed();
            job.send(match files::pick_text(&proposed) {
                None => told(files::NO_PLACE.to_owned(), &proposed),
                Some(path) => match write_whole(&path, text.as_bytes()) {
                    Ok(()) => told("The file is written.".to_owned(), &path),
                    Err(error) => {
                        let sentence = format!("The file could not be written: {error}.");
                        Action::Notice(Problem::error(sentence, path.display().to_string()))
                    }
                },
            });
        });
    }
}

fn told(message: String, at: &std::path::Path) -> Action {
    Action::Notice(Problem { severity: Severity::Info, message, at: at.display().to_string() })
}
