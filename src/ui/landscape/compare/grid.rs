//! Columns of equal width behind row names; where these have no room, each name stands above its row.

use egui::accesskit::Role;
use egui::{Align2, Layout, Rect, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use crate::ui::theme::Theme;
use crate::ui::widgets::{Ink, paint_text};

/// Air at the left and right of everything.
const MARGIN: f32 = 24.0;
/// Width of the row names.
const NAMES: f32 = 132.0;
/// The least width of a tool's column.
const COLUMN: f32 = 190.0;
/// Air between columns.
const GAP: f32 = 20.0;
/// Air above and below what a row holds.
const AIR: f32 = 8.0;
/// Taller than any cell; the row ends where its cells do.
const TALL: f32 = 100_000.0;

/// Where the columns of a comparison are.
#[derive(Clone, Copy, Debug)]
pub(super) struct Grid {
    names: f32,
    column: f32,
    columns: usize,
}

impl Grid {
    /// Columns for this many tools in `room` points.
    pub(super) fn new(room: f32, columns: usize) -> Self {
        let room = room - 2.0 * MARGIN;
        let of = |names: f32| ((room - names) / columns.max(1) as f32).floor();
        let names = if of(NAMES) >= COLUMN { NAMES } else { 0.0 };
        Self { names, column: of(names).max(COLUMN), columns }
    }

    /// The width of all, margins included.
    pub(super) fn total(self) -> f32 {
        2.0 * MARGIN + self.names + self.column * self.columns as f32
    }

    fn left(ui: &Ui) -> f32 {
        ui.max_rect().left() + MARGIN
    }

    /// A row of one cell for each tool under a hairline; `cell` draws the one of the given number.
    pub(super) fn row(self, ui: &mut Ui, name: &str, mut cell: impl FnMut(&mut Ui, usize)) {
        self.place(ui, name, |grid, ui, top| {
            let left = Self::left(ui) + grid.names;
            let cells = (0..grid.columns).map(|at| {
                let corner = pos2(left + at as f32 * grid.column, top);
                child(ui, (name, at), corner, grid.column - GAP, |ui| cell(ui, at))
            });
            cells.fold(top, f32::max)
        });
    }

    /// A row whose one cell goes over all columns, as far as they are in sight.
    pub(super) fn wide_row(self, ui: &mut Ui, name: &str, cell: impl FnOnce(&mut Ui)) {
        self.place(ui, name, |grid, ui, top| {
            let left = ui.clip_rect().left().max(Self::left(ui) + grid.names);
            let right = ui.clip_rect().right().min(Self::left(ui) + grid.total() - 2.0 * MARGIN);
            child(ui, (name, 0), pos2(left, top), (right - left - GAP).max(COLUMN), cell)
        });
    }

    fn place(self, ui: &mut Ui, name: &str, draw: impl FnOnce(Self, &mut Ui, f32) -> f32) {
        let theme = Theme::of(ui);
        let start = ui.cursor().top();
        let left = Self::left(ui);
        let mut top = start + AIR;
        if !name.is_empty() {
            // A name above its row stays in sight where the row scrolls sideways.
            let at = pos2(left.max(ui.clip_rect().left() + 12.0), top + 9.0);
            let (ink, room) = if self.names > 0.0 {
                (Ink::new(theme.body(), theme.color.text_3), self.names - 12.0)
            } else {
                (Ink::new(theme.strong(theme.text.small), theme.color.text_3), 300.0)
            };
            let at = if self.names > 0.0 { pos2(left, at.y) } else { at };
            let (drawn, cut) = paint_text(ui.painter(), at, Align2::LEFT_CENTER, name, &ink, room);
            let response = ui.interact(drawn, ui.scope_id().with(("row", name)), Sense::hover());
            let owned = name.to_owned();
            response.widget_info(move || WidgetInfo::labeled(Role::RowHeader, true, owned.clone()));
            if cut {
                response.on_hover_text(name);
            }
            if self.names == 0.0 {
                top += 20.0;
            }
        }
        let bottom = draw(self, ui, top).max(top + 18.0) + AIR;
        let rect = Rect::from_min_max(pos2(left, start), pos2(left + self.total() - 2.0 * MARGIN, bottom));
        ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, (1.0, theme.color.line));
        ui.advance_cursor_after_rect(rect);
    }
}

/// Draws into a place of its own and says where it ends.
fn child(
    ui: &mut Ui,
    salt: (&str, usize),
    corner: egui::Pos2,
    width: f32,
    draw: impl FnOnce(&mut Ui),
) -> f32 {
    let rect = Rect::from_min_size(corner, vec2(width, TALL));
    let place = UiBuilder::new().id_salt(salt).max_rect(rect).layout(Layout::top_down(egui::Align::Min));
    let mut inner = ui.new_child(place);
    draw(&mut inner);
    inner.min_rect().bottom()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_leave_before_columns_become_too_narrow() {
        for (room, columns, has_names, scrolls) in [
            (1532.0, 3, true, false),
            (1212.0, 5, true, false),
            (532.0, 2, false, false),
            (532.0, 5, false, true),
        ] {
            let grid = Grid::new(room, columns);
            assert_eq!((grid.names > 0.0, grid.total() > room), (has_names, scrolls), "{columns} in {room}");
            assert!(grid.column >= COLUMN);
        }
    }
}
