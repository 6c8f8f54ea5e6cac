//! Cards in lines of equal height, of which only those in sight are made, and those around the one that has the keyboard.

use std::ops::Range;

use egui::{Key, Modifiers, Rect, Ui, UiBuilder, pos2, vec2};

use super::card::{self, Done, Press};
use crate::address::Origin;
use crate::state::gallery::Shown;

/// Between two cards.
const GAP: f32 = 12.0;
/// No card is narrower, unless the window is.
const LEAST: f32 = 288.0;
/// From one line of cards to the next.
const STEP: f32 = card::HEIGHT + GAP;

/// The card that has the keyboard, and how far the keys go from it.
#[derive(Clone, Debug, Default)]
pub(super) struct Keyboard {
    /// Its place among all drawings.
    exhibit: Option<usize>,
    /// Cards in a line.
    columns: usize,
    /// Whole lines in sight.
    lines: usize,
}

/// The cards of a frame; places are those in [`Shown::rows`].
pub(super) struct Grid<'a> {
    shown: &'a Shown,
    mine: Option<&'a Origin>,
    /// The card that has the keyboard, or gets it now.
    at: Option<usize>,
    gets_it: bool,
    next: Keyboard,
    pressed: Option<(usize, Press)>,
}

impl<'a> Grid<'a> {
    /// Reads what the keys ask; `mine` is the drawing that others can be held against.
    pub(super) fn new(ui: &Ui, shown: &'a Shown, mine: Option<&'a Origin>, before: &Keyboard) -> Self {
        let at = before.exhibit.and_then(|exhibit| shown.rows.iter().position(|row| *row == exhibit));
        let moved = at.and_then(|at| step(ui, at, shown.rows.len() - 1, before));
        let next = Keyboard { exhibit: None, ..before.clone() };
        Self { shown, mine, at: moved.or(at), gets_it: moved.is_some(), next, pressed: None }
    }

    /// Draws the cards at these places.
    pub(super) fn show(&mut self, ui: &mut Ui, places: Range<usize>) {
        let room = ui.available_width();
        let columns = (((room + GAP) / (LEAST + GAP)).floor().max(1.0)) as usize;
        let width = ((room - GAP * (columns as f32 - 1.0)) / columns as f32).floor();
        let lines = places.len().div_ceil(columns);
        let (_, all) = ui.allocate_space(vec2(room, (lines as f32 * STEP - GAP).max(0.0)));
        let sight = ui.clip_rect();
        (self.next.columns, self.next.lines) = (columns, (sight.height() / STEP) as usize);
        for line in 0..lines {
            let top = all.top() + line as f32 * STEP;
            let first = places.start + line * columns;
            let cards = first..(first + columns).min(places.end);
            // The Tab key leads only to what is there: the cards beside the one that has the keyboard are made, too.
            let is_near = self.at.is_some_and(|at| cards.start <= at + columns && at < cards.end + columns);
            if !is_near && !sight.y_range().intersects((top..=top + card::HEIGHT).into()) {
                continue;
            }
            for (column, place) in cards.enumerate() {
                let left = all.left() + column as f32 * (width + GAP);
                self.card(ui, place, Rect::from_min_size(pos2(left, top), vec2(width, card::HEIGHT)));
            }
        }
    }

    fn card(&mut self, ui: &mut Ui, place: usize, rect: Rect) {
        let Some(exhibit) = self.shown.rows.get(place).copied() else { return };
        let compares = self.mine.is_some_and(|mine| *mine != self.shown.gallery.origins[exhibit]);
        let gets_it = self.gets_it && self.at == Some(place);
        // Named by the drawing alone: counted, what is on a card would lose the keyboard when another line is made.
        let scope = ui.scope_id().with(("card", exhibit));
        let mut cell = ui.new_child(UiBuilder::new().scope_id(scope).max_rect(rect));
        let done = card::card_ui(&mut cell, &self.shown.gallery, exhibit, (compares, gets_it));
        let Done { press, has_keyboard } = done;
        if has_keyboard {
            self.next.exhibit = Some(exhibit);
            if self.at != Some(place) || gets_it {
                ui.scroll_to_rect(rect, None);
            }
        }
        if let Some(press) = press {
            self.pressed = Some((exhibit, press));
        }
    }

    /// What to remember, and what was pressed on which drawing.
    pub(super) fn done(self) -> (Keyboard, Option<(usize, Press)>) {
        (self.next, self.pressed)
    }
}

/// Where the keys lead from a card: to its neighbours, by pages, and to the ends.
fn step(ui: &Ui, at: usize, last: usize, before: &Keyboard) -> Option<usize> {
    let (line, page) = (before.columns.max(1), before.columns.max(1) * before.lines.max(1));
    let keys = [
        (Key::ArrowRight, (at + 1).min(last)),
        (Key::ArrowLeft, at.saturating_sub(1)),
        (Key::ArrowDown, (at + line).min(last)),
        (Key::ArrowUp, at.saturating_sub(line)),
        (Key::PageDown, (at + page).min(last)),
        (Key::PageUp, at.saturating_sub(page)),
        (Key::Home, 0),
        (Key::End, last),
    ];
    let pressed =
        |key: Key| ui.input_mut(|input| input.modifiers.is_none() && input.consume_key(Modifiers::NONE, key));
    let (_, next) = keys.into_iter().find(|(key, _)| pressed(*key))?;
    // The focus would move one widget further by itself.
    ui.memory_mut(|memory| memory.move_focus(egui::FocusDirection::None));
    Some(next)
}
