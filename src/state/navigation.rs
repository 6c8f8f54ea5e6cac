//! Back and forward through everything visited.

use crate::address::{Location, Origin};

/// The visited locations with the present one among them.
#[derive(Clone, Debug)]
pub struct Navigation {
    visited: Vec<Location>,
    present: usize,
}

impl Navigation {
    /// A history that starts here.
    pub fn new(start: Location) -> Self {
        Self { visited: vec![start], present: 0 }
    }

    /// Where we are.
    pub fn current(&self) -> &Location {
        // `present` always points into `visited`, which is never empty.
        &self.visited[self.present]
    }

    /// Whether there is a step back.
    pub fn can_go_back(&self) -> bool {
        self.present > 0
    }

    /// Whether there is a step forward.
    pub fn can_go_forward(&self) -> bool {
        self.present + 1 < self.visited.len()
    }

    pub(super) fn go(&mut self, location: Location) {
        /// As browsers do: enough for a day, small in memory.
        const MOST: usize = 200;
        if *self.current() == location {
            return;
        }
        self.visited.truncate(self.present + 1);
        self.visited.push(location);
        if self.visited.len() > MOST {
            self.visited.remove(0);
        }
        self.present = self.visited.len() - 1;
    }

    pub(super) fn narrow(&mut self, location: Location) {
        if self.current().same_view(&location) {
            self.visited[self.present] = location;
        } else {
            self.go(location);
        }
    }

    /// Replaces the present entry: what it showed was closed.
    pub(super) fn leave(&mut self, location: Location) {
        self.visited[self.present] = location;
    }

    /// Follows a document that was saved to another place: going back must not lead to where it is no more.
    pub(super) fn rename(&mut self, from: &Origin, to: &Origin) {
        for location in &mut self.visited {
            location.rename_document(from, to);
        }
    }

    /// The same where it only stands beside what was shown.
    pub(super) fn rename_reference(&mut self, from: &Origin, to: &Origin) {
        for location in &mut self.visited {
            location.rename_reference(from, to);
        }
    }

    /// What was shown up to now, the last first.
    pub fn before(&self) -> impl Iterator<Item = &Location> {
        self.visited[..=self.present].iter().rev()
    }

    pub(super) fn back(&mut self) -> bool {
        let can = self.can_go_back();
        self.present -= usize::from(can);
        can
    }

    pub(super) fn forward(&mut self) -> bool {
        let can = self.can_go_forward();
        self.present += usize::from(can);
        can
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::address::Place;

    #[test]
    fn going_elsewhere_adds_a_step_and_narrowing_replaces_it() {
        let mut navigation = Navigation::new(Location::Home(None));
        navigation.go(Location::start_of(Place::Studio));
        navigation.go(Location::Data);
        navigation.narrow(Location::Data);
        assert!(navigation.back() && navigation.back() && !navigation.back());
        assert_eq!(*navigation.current(), Location::Home(None));
        assert!(navigation.forward());
        navigation.go(Location::Present);
        assert!(!navigation.can_go_forward());
        navigation.narrow(Location::Settings);
        assert!(navigation.back());
        assert_eq!(*navigation.current(), Location::Present);
    }
}
