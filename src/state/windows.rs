//! All windows of the program: the first, which is always there, and those opened beside it.

use std::collections::BTreeMap;

use super::State;
use super::navigation::Navigation;
use super::window::Window;
use crate::action::{Effect, WindowId};
use crate::address::Location;
use crate::catalog::query::Context;
use crate::problem::{Problem, Severity};

/// The windows by their ids, which are never given twice.
#[derive(Debug)]
pub(super) struct Windows {
    main: Window,
    others: BTreeMap<WindowId, Window>,
}

impl Windows {
    pub(super) fn new(main: Window) -> Self {
        Self { main, others: BTreeMap::new() }
    }

    pub(super) fn has(&self, id: WindowId) -> bool {
        id == WindowId::MAIN || self.others.contains_key(&id)
    }

    /// The first one in place of one that was closed.
    pub(super) fn get(&self, id: WindowId) -> &Window {
        self.others.get(&id).unwrap_or(&self.main)
    }

    /// The first one in place of one that was closed: ask [`Self::has`] before doing something in it.
    pub(super) fn get_mut(&mut self, id: WindowId) -> &mut Window {
        self.others.get_mut(&id).unwrap_or(&mut self.main)
    }

    /// The first one first.
    pub(super) fn iter(&self) -> impl Iterator<Item = (WindowId, &Window)> {
        std::iter::once((WindowId::MAIN, &self.main))
            .chain(self.others.iter().map(|(id, other)| (*id, other)))
    }

    pub(super) fn iter_mut(&mut self) -> impl Iterator<Item = &mut Window> {
        std::iter::once(&mut self.main).chain(self.others.values_mut())
    }

    pub(super) fn navigations(&mut self) -> impl Iterator<Item = &mut Navigation> {
        self.iter_mut().map(|window| &mut window.navigation)
    }
}

/// All are drawn whenever one is: more would make each of them slow. A key that is held down stops here, too.
pub const MOST_WINDOWS: usize = 8;

/// Opens one more window, unless there are too many.
pub(super) fn open(state: &mut State, location: Location, effects: &mut Vec<Effect>) -> Option<WindowId> {
    if state.windows().count() >= MOST_WINDOWS {
        let message = format!("{MOST_WINDOWS} windows are open: close one of them first.");
        state.notice(Problem { severity: Severity::Info, message, at: String::new() });
        return None;
    }
    let id = WindowId(state.new_id());
    let window = Window::new(location, &state.landscape, &Context { today: state.today, shortlist: &[] });
    state.windows.others.insert(id, window);
    state.arrive(id, effects);
    Some(id)
}

/// Closes a window. What it showed stays open, as when one goes elsewhere.
pub(super) fn close(state: &mut State, id: WindowId, effects: &mut Vec<Effect>) {
    if state.windows.others.remove(&id).is_none() {
        let message = "This window closes with the program only: Ctrl+Q quits.".to_owned();
        state.notice(Problem { severity: Severity::Info, message, at: String::new() });
        return;
    }
    for window in state.windows.iter_mut() {
        window.presenting.led_by.take_if(|leader| *leader == id);
    }
    effects.push(Effect::CloseWindow(id));
}

#[cfg(test)]
mod tests;
