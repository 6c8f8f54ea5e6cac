//! Where something is to be written: asked for in a dialog, or answered beforehand.

use std::path::PathBuf;

use super::App;
use crate::action::Action;
use crate::problem::{Problem, Severity};

impl App {
    /// Answers the next question for a place to write to, instead of a dialog: for whoever drives the program without a
    /// desktop.
    pub fn answer_next_place(&mut self, path: PathBuf) {
        self.places.push_back(path);
    }

    /// How a place is found. None where nobody can be asked, which is told with the name that would have been proposed.
    pub(super) fn place(&mut self, proposed: impl FnOnce() -> PathBuf) -> Option<Place> {
        if let Some(place) = self.places.pop_front() {
            return Some(Place::Answered(place));
        }
        if self.windowed {
            return Some(Place::ToAsk);
        }
        let message = "Nothing was saved: there is no window to ask for a place.".to_owned();
        let at = proposed().display().to_string();
        self.actions.push(Action::Notice(Problem { severity: Severity::Info, message, at }));
        None
    }
}

/// Where something is to be written.
pub(super) enum Place {
    /// It was answered beforehand.
    Answered(PathBuf),
    /// A dialog is to be shown.
    ToAsk,
}

impl Place {
    /// The place that was answered, or that a dialog gives; none where nothing was chosen in it.
    pub(super) fn or_else(self, ask: impl FnOnce() -> Option<PathBuf>) -> Option<PathBuf> {
        match self {
            Self::Answered(place) => Some(place),
            Self::ToAsk => ask(),
        }
    }
}
