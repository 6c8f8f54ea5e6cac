//! In front of others: full screen, blank, spotlight, and bookmarks of prepared views.

use crate::action::{Effect, PresentAction};
use crate::address::Location;
use crate::problem::{Problem, Severity};
use crate::state::State;

/// The presentation and its bookmarks. Bookmarks 1-9 are reached by their digit.
#[derive(Clone, Debug, Default)]
pub struct Presenting {
    /// Whether the view fills the screen without chrome.
    pub on: bool,
    /// Whether the screen is blank.
    pub blank: bool,
    /// Whether the pointer's surroundings are lit.
    pub spotlight: bool,
    /// Prepared views, at most nine.
    pub bookmarks: Vec<Location>,
}

/// The digits of a keyboard without the zero.
pub const MOST_BOOKMARKS: usize = 9;

pub(super) fn apply(state: &mut State, action: PresentAction, effects: &mut Vec<Effect>) {
    let presenting = &mut state.presenting;
    match action {
        PresentAction::Start => {
            presenting.on = true;
            effects.push(Effect::Fullscreen(true));
        }
        PresentAction::End => {
            presenting.on = false;
            presenting.blank = false;
            presenting.spotlight = false;
            effects.push(Effect::Fullscreen(false));
        }
        PresentAction::Blank => presenting.blank = presenting.on && !presenting.blank,
        PresentAction::Spotlight => presenting.spotlight = presenting.on && !presenting.spotlight,
        PresentAction::Bookmark => {
            let location = state.navigation.current().clone();
            let (severity, message) = if presenting.bookmarks.contains(&location) {
                (Severity::Info, "This view is bookmarked already.".to_owned())
            } else if presenting.bookmarks.len() == MOST_BOOKMARKS {
                (
                    Severity::Warning,
                    "All nine bookmarks are taken: forget one under Present first.".to_owned(),
                )
            } else {
                presenting.bookmarks.push(location.clone());
                let number = presenting.bookmarks.len();
                (Severity::Info, format!("Bookmark {number}: press {number} while presenting."))
            };
            state.notice(Problem { severity, message, at: location.to_string() });
        }
        PresentAction::Forget(index) => {
            if index < presenting.bookmarks.len() {
                presenting.bookmarks.remove(index);
            }
        }
        PresentAction::Jump(index) => {
            if let Some(location) = presenting.bookmarks.get(index).cloned() {
                presenting.blank = false;
                state.go(location, effects);
            }
        }
    }
}
