//! Where something is to be written: asked for in a dialog, or answered beforehand.

use std::path::{Path, PathBuf};

use super::App;
use crate::action::Action;
use crate::problem::{Problem, Severity};

impl App {
    /// Answers the next question for a place to write to, instead of a dialog: for whoever drives the program without a
    /// desktop.
    pub fn answer_next_place(&mut self, path: PathBuf) {
        self.places.push_back(path);
    }

    /// The place that was answered beforehand; none within if it is to be asked for. Where nobody can be asked either, that is
    /// told with the name that would have been proposed.
    pub(super) fn place(&mut self, proposed: impl FnOnce() -> PathBuf) -> Option<Option<PathBuf>> {
        let place = self.places.pop_front();
        if place.is_none() && !self.windowed {
            let message = "Nothing was saved: there is no window to ask for a place.".to_owned();
            let at = shown(&proposed());
            self.actions.push(Action::Notice(Problem { severity: Severity::Info, message, at }));
            return None;
        }
        Some(place)
    }
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}
