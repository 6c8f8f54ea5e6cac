//! In front of others: full screen, blank, spotlight, and bookmarks of prepared views.

use crate::action::{Effect, PresentAction};
use crate::address::Location;
use crate::problem::{Problem, Severity};
use crate::settings::Settings;
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

impl Presenting {
    /// What was prepared in an earlier session; addresses that are none any more are left out.
    pub(super) fn remembered(settings: &Settings) -> Self {
        let bookmarks = settings.bookmarks.iter().filter_map(|text| text.parse().ok());
        Self { bookmarks: bookmarks.take(MOST_BOOKMARKS).collect(), ..Self::default() }
    }
}

fn remember(state: &mut State, effects: &mut Vec<Effect>) {
    state.settings.bookmarks = state.presenting.bookmarks.iter().map(ToString::to_string).collect();
    effects.push(Effect::SaveSettings(state.settings.clone()));
}

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
            remember(state, effects);
        }
        PresentAction::Forget(index) => {
            if index < presenting.bookmarks.len() {
                presenting.bookmarks.remove(index);
                remember(state, effects);
            }
        }
        PresentAction::Step(forward) => {
            let count = presenting.bookmarks.len();
            let here =
                presenting.bookmarks.iter().position(|bookmark| bookmark == state.navigation.current());
            let next = match (here, forward) {
                (Some(at), true) => (at + 1).min(count.saturating_sub(1)),
                (Some(at), false) => at.saturating_sub(1),
                (None, _) => 0,
            };
            apply(state, PresentAction::Jump(next), effects);
        }
        PresentAction::Jump(index) => {
            if let Some(location) = presenting.bookmarks.get(index).cloned() {
                presenting.blank = false;
                state.go(location, effects);
            }
        }
    }
}
