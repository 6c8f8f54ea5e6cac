//! In front of others: full screen, blank, spotlight, and bookmarks of prepared views.
//!
//! A view is presented in its own window, or in a further one that its window *leads*: there the audience sees one
//! view in full screen, while the speaker looks up whatever is needed in the first. As with the presenter's view of
//! slide programs, the speaker's window steps what the audience sees (next, previous, a bookmark, blank, the end); all
//! else in it stays its own. The further window is there for presenting only: with the end it closes.

use crate::action::{Effect, PresentAction, WindowId};
use crate::address::{DrawingLocation, Location};
use crate::problem::{Problem, Severity};
use crate::settings::Settings;
use crate::state::{State, Window, windows};

/// How a window presents.
#[derive(Clone, Copy, Debug, Default)]
pub struct Presenting {
    /// Whether the view fills the screen without chrome.
    pub on: bool,
    /// Whether the screen is blank.
    pub blank: bool,
    /// Whether the pointer's surroundings are lit.
    pub spotlight: bool,
    /// The window that it was opened from to present, and that steps it.
    pub led_by: Option<WindowId>,
}

/// The digits of a keyboard without the zero: bookmarks 1-9 are reached by them.
pub const MOST_BOOKMARKS: usize = 9;

/// The views that were prepared in an earlier session; addresses that are none any more are left out.
pub(super) fn remembered(settings: &Settings) -> Vec<Location> {
    let bookmarks = settings.bookmarks.iter().filter_map(|text| text.parse().ok());
    bookmarks.take(MOST_BOOKMARKS).collect()
}

/// Keeps the bookmarks for the next start.
pub(super) fn remember(state: &mut State, effects: &mut Vec<Effect>) {
    let bookmarks = state.bookmarks.iter().map(ToString::to_string).collect();
    if state.settings.bookmarks == bookmarks {
        return;
    }
    state.settings.bookmarks = bookmarks;
    effects.push(Effect::SaveSettings(state.settings.clone()));
}

impl State {
    /// The window that presents what this one steps, if this one leads another and does not present itself.
    pub fn led_from(&self, id: WindowId) -> Option<WindowId> {
        if self.window(id).presenting.on {
            return None;
        }
        self.windows().find(|(_, window)| window.presenting.led_by == Some(id)).map(|(led, _)| led)
    }
}

pub(super) fn apply(state: &mut State, id: WindowId, action: PresentAction, effects: &mut Vec<Effect>) {
    let id = match action {
        PresentAction::End | PresentAction::Blank | PresentAction::Step(_) | PresentAction::Jump(_) => {
            state.led_from(id).unwrap_or(id)
        }
        _ => id,
    };
    let Window { presenting, navigation, .. } = state.windows.get_mut(id);
    match action {
        PresentAction::Start => {
            presenting.on = true;
            effects.push(Effect::Fullscreen(id, true));
        }
        PresentAction::Elsewhere => {
            let here = navigation.current().clone();
            // What is presented in a window of its own is there already.
            if presenting.led_by.is_none() {
                elsewhere(state, id, here, effects);
            }
        }
        PresentAction::End if presenting.led_by.is_some() => windows::close(state, id, effects),
        PresentAction::End => {
            presenting.on = false;
            presenting.blank = false;
            presenting.spotlight = false;
            effects.push(Effect::Fullscreen(id, false));
        }
        PresentAction::Blank => presenting.blank = presenting.on && !presenting.blank,
        PresentAction::Spotlight => presenting.spotlight = presenting.on && !presenting.spotlight,
        PresentAction::Bookmark => {
            let location = navigation.current().clone();
            let (severity, message) = if state.bookmarks.contains(&location) {
                (Severity::Info, "This view is bookmarked already.".to_owned())
            } else if state.bookmarks.len() == MOST_BOOKMARKS {
                (
                    Severity::Warning,
                    "All nine bookmarks are taken: forget one under Present first.".to_owned(),
                )
            } else {
                state.bookmarks.push(location.clone());
                let number = state.bookmarks.len();
                (Severity::Info, format!("Bookmark {number}: press {number} while presenting."))
            };
            state.notice(Problem { severity, message, at: location.to_string() });
            remember(state, effects);
        }
        PresentAction::Forget(index) => {
            if index < state.bookmarks.len() {
                state.bookmarks.remove(index);
                remember(state, effects);
            }
        }
        PresentAction::Step(forward) => {
            if !step_change(state, id, forward) {
                let next = next_bookmark(state, state.location(id), forward);
                apply(state, id, PresentAction::Jump(next), effects);
            }
        }
        PresentAction::Jump(index) => {
            if let Some(location) = state.bookmarks.get(index).cloned() {
                state.windows.get_mut(id).presenting.blank = false;
                state.go(id, location, effects);
            }
        }
    }
}

/// Shows one ring more, or one less, of the change that a window shows step by step; false where there is none left.
fn step_change(state: &mut State, id: WindowId, forward: bool) -> bool {
    let window = state.windows.get_mut(id);
    let (Location::Drawing(here), Some(asked)) = (window.navigation.current(), window.what_if()) else {
        return false;
    };
    let ring = here.ring.map(|ring| ring.min(asked.steps.last));
    let next = match (ring, forward) {
        (Some(ring), true) if ring < asked.steps.last => ring + 1,
        (Some(ring), false) if ring > 0 => ring - 1,
        _ => return false,
    };
    let next = Location::Drawing(DrawingLocation { ring: Some(next), ..here.clone() });
    window.navigation.narrow(next);
    window.presenting.blank = false;
    true
}

/// The place of the bookmark after the present view, or before it. A change that was stepped through is still the view
/// that was bookmarked.
fn next_bookmark(state: &State, here: &Location, forward: bool) -> usize {
    let is_here = |bookmark: &Location| bookmark == here;
    let is_step_of_here = |bookmark: &Location| match (bookmark, here) {
        (Location::Drawing(bookmark), Location::Drawing(here)) => {
            bookmark.ring.is_some() && *bookmark == DrawingLocation { ring: bookmark.ring, ..here.clone() }
        }
        _ => false,
    };
    let at = state.bookmarks.iter().position(is_here);
    let at = at.or_else(|| state.bookmarks.iter().position(is_step_of_here));
    match (at, forward) {
        (Some(at), true) => (at + 1).min(state.bookmarks.len().saturating_sub(1)),
        (Some(at), false) => at.saturating_sub(1),
        (None, _) => 0,
    }
}

/// Shows a view in the window that this one leads, opened for it if there is none.
fn elsewhere(state: &mut State, leader: WindowId, view: Location, effects: &mut Vec<Effect>) {
    let led =
        state.windows().find(|(_, window)| window.presenting.led_by == Some(leader)).map(|(led, _)| led);
    if let Some(led) = led {
        state.windows.get_mut(led).presenting.blank = false;
        state.go(led, view, effects);
    } else if let Some(led) = windows::open(state, view, effects) {
        let presenting = &mut state.windows.get_mut(led).presenting;
        (presenting.on, presenting.led_by) = (true, Some(leader));
        effects.push(Effect::Fullscreen(led, true));
    }
}
