//! Rows against the ten stages: cells shaded by their counts, gaps dashed. Names, stages and totals stay in sight
//! while the cells scroll; the arrow keys walk from cell to cell.

mod cell;

use egui::{Align2, FocusDirection, Key, Layout, Modifiers, Rect, ScrollArea, Sense, Ui, Vec2, pos2, vec2};

use crate::catalog::Stage;
use crate::shown::grouped;
use crate::ui::View;
use crate::ui::theme::Theme;
use crate::ui::view_state::Overlay;
use crate::ui::widgets::{Ink, inside, paint_text};

pub(super) use cell::{Cell, list_of, tools};

/// Height of the stages above the cells.
const HEAD: f32 = 42.0;
/// Width of the totals at the right.
const TOTALS: f32 = 54.0;
/// Between cells.
const GAP: f32 = 5.0;
/// At the left of names and at the right of totals.
const MARGIN: f32 = 16.0;

/// One row, ready to be drawn.
pub(super) struct Row {
    /// Its name.
    pub title: String,
    /// A few words below it; may be empty.
    pub note: String,
    /// One cell a stage.
    pub cells: Vec<Cell>,
    /// Its tools, each counted once.
    pub total: usize,
}

/// Everything that is drawn, made when the rows change and never in a frame.
pub(super) struct Sheet {
    /// The revision of the rows that it was made of.
    pub revision: u64,
    /// The rows.
    pub rows: Vec<Row>,
    /// What stands below each stage.
    pub totals: Vec<usize>,
    /// The count that is shaded most.
    pub most: usize,
}

/// What a grid remembers of a window.
#[derive(Default)]
pub struct GridMemory {
    pub(super) sheet: Option<Sheet>,
    /// Row and stage of the cell that has the keyboard.
    at: Option<(usize, usize)>,
    scroll: Vec2,
}

/// Without the sheet: its texts belong to the fonts of one context.
impl Clone for GridMemory {
    fn clone(&self) -> Self {
        Self { sheet: None, at: self.at, scroll: self.scroll }
    }
}

impl GridMemory {
    /// The cell with the keyboard and the scrolling, which drawing changes.
    pub(super) fn moving(&mut self) -> (&mut Option<(usize, usize)>, &mut Vec2) {
        (&mut self.at, &mut self.scroll)
    }
}

impl std::fmt::Debug for GridMemory {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("GridMemory")
            .field("at", &self.at)
            .field("scroll", &self.scroll)
            .finish_non_exhaustive()
    }
}

/// Where everything is, in points.
struct Measures {
    names: f32,
    cell: Vec2,
    /// The cells that are in sight.
    body: Rect,
}

impl Measures {
    /// `bar` is the width that a scroll bar takes.
    fn new(room: Rect, rows: usize, bar: f32) -> Self {
        let names = match room.width() {
            ..480.0 => 92.0,
            ..900.0 => 132.0,
            _ => 168.0,
        };
        let body = Rect::from_min_max(room.min + vec2(MARGIN + names, HEAD), room.max - vec2(TOTALS, 0.0));
        let share = (body.width() - bar) / Stage::ALL.len() as f32;
        // Few rows have room for more names.
        let height = (body.height() - bar) / rows.max(1) as f32;
        Self { names, cell: vec2(share.max(62.0), height.clamp(56.0, 84.0)), body }
    }

    fn content(&self, rows: usize) -> Vec2 {
        vec2(self.cell.x * Stage::ALL.len() as f32, self.cell.y * rows as f32)
    }

    /// A cell's place in the scrolled content.
    fn place(&self, (row, stage): (usize, usize)) -> Rect {
        let min = pos2(stage as f32 * self.cell.x, row as f32 * self.cell.y);
        Rect::from_min_size(min, self.cell)
    }

    /// The least scrolling that brings a cell into sight.
    fn reveal(&self, scroll: Vec2, at: (usize, usize)) -> Vec2 {
        let place = self.place(at);
        let least = place.max.to_vec2() - self.body.size();
        scroll.max(least).min(place.min.to_vec2())
    }
}

/// The cell with the keyboard and the scrolling.
type Moving<'a> = (&'a mut Option<(usize, usize)>, &'a mut Vec2);

/// What an empty cell is: a gap of the field, or with a filter on only none of the filtered tools.
pub(super) fn empty(is_filtered: bool) -> &'static str {
    if is_filtered { "none" } else { "gap" }
}

/// Draws a sheet over the room there is. Gives the row and stage of the cell that was pressed.
pub(super) fn grid_ui(
    ui: &mut Ui,
    (sheet, (at, scroll)): (&Sheet, Moving<'_>),
    keys: Option<(isize, isize)>,
    marked: Option<(usize, Stage)>,
) -> Option<(usize, Stage)> {
    let room = ui.available_rect_before_wrap();
    let bar = ui.spacing().scroll.allocated_width();
    let measures = Measures::new(room, sheet.rows.len(), bar);
    let moved = keys.map(|by| step(*at, by, sheet.rows.len()));
    if let Some(next) = moved {
        *at = Some(next);
        *scroll = measures.reveal(*scroll, next);
    }
    let mut pressed = None;
    let output = inside(ui, measures.body, Layout::top_down(egui::Align::Min), |ui| {
        let mut area = ScrollArea::both().auto_shrink(false).id_salt("cells");
        if moved.is_some() {
            area = area.scroll_offset(*scroll);
        }
        area.show_viewport(ui, |ui, seen| {
            ui.set_min_size(measures.content(sheet.rows.len()));
            let origin = ui.min_rect().min.to_vec2();
            for (row, each) in sheet.rows.iter().enumerate() {
                let foot = origin.y + (row + 1) as f32 * measures.cell.y;
                ui.painter().hline(ui.clip_rect().x_range(), foot, (1.0, Theme::of(ui).color.line));
                for (column, (cell, stage)) in each.cells.iter().zip(Stage::ALL).enumerate() {
                    let place = measures.place((row, column));
                    if !seen.intersects(place) {
                        continue;
                    }
                    let rect = place.translate(origin).shrink(GAP / 2.0);
                    let id = ui.scope_id().with(("cell", row, column));
                    if moved == Some((row, column)) {
                        ui.memory_mut(|memory| memory.request_focus(id));
                    }
                    let is_marked = marked == Some((row, *stage));
                    let response = cell::cell_ui(ui, id, rect, cell, *stage, sheet.most, is_marked);
                    if response.has_focus() {
                        *at = Some((row, column));
                    }
                    if response.clicked() {
                        pressed = Some((row, *stage));
                    }
                }
            }
        })
    });
    *scroll = output.state.clamped_offset();
    edges_ui(ui, sheet, &measures, room, *scroll);
    pressed
}

/// The cell beside, at the edge the same one; the first if there was none.
fn step(at: Option<(usize, usize)>, (down, right): (isize, isize), rows: usize) -> (usize, usize) {
    let Some((row, column)) = at else { return (0, 0) };
    let within = |at: usize, by: isize, len: usize| at.saturating_add_signed(by).min(len.saturating_sub(1));
    (within(row, down, rows), within(column, right, Stage::ALL.len()))
}

/// The arrow key that was pressed while no field has the keyboard, as rows down and stages to the right.
pub(super) fn keys(ui: &Ui, view: &View<'_>) -> Option<(isize, isize)> {
    if ui.ctx().text_edit_focused() || view.memory.overlay != Overlay::None {
        return None;
    }
    let arrows = [
        (Key::ArrowUp, (-1, 0)),
        (Key::ArrowDown, (1, 0)),
        (Key::ArrowLeft, (0, -1)),
        (Key::ArrowRight, (0, 1)),
    ];
    let step = ui.input_mut(|input| {
        arrows.into_iter().find_map(|(key, by)| input.consume_key(Modifiers::NONE, key).then_some(by))
    })?;
    // The focus would move one widget further by itself.
    ui.memory_mut(|memory| memory.move_focus(FocusDirection::None));
    Some(step)
}

/// Names at the left, stages above, totals at the right: they scroll one way only.
fn edges_ui(ui: &mut Ui, sheet: &Sheet, measures: &Measures, room: Rect, scroll: Vec2) {
    let theme = Theme::of(ui);
    let c = &theme.color;
    let body = measures.body;
    let head = ui.painter().with_clip_rect(Rect::from_x_y_ranges(body.x_range(), room.top()..=body.top()));
    for (column, (stage, total)) in Stage::ALL.iter().zip(&sheet.totals).enumerate() {
        let left = body.left() + column as f32 * measures.cell.x - scroll.x + GAP / 2.0;
        if left > body.right() || left + measures.cell.x < body.left() {
            continue;
        }
        // The longest name has to be read whole in the narrowest cell.
        let is_narrow = measures.cell.x < 88.0;
        let (dot, words) = if is_narrow { (5.0, theme.small()) } else { (11.0, theme.medium()) };
        let dot = pos2(left + dot, room.top() + 13.0);
        head.circle_filled(dot, if is_narrow { 3.0 } else { 4.0 }, theme.stage(*stage));
        let at = dot + vec2(if is_narrow { 6.0 } else { 10.0 }, 0.0);
        let wide = left + measures.cell.x - GAP - at.x;
        paint_text(&head, at, Align2::LEFT_CENTER, stage.title(), &Ink::new(words, c.text_2), wide);
        let at = pos2(at.x, room.top() + 30.0);
        let ink = Ink::new(theme.figures(theme.text.small), c.text_3);
        paint_text(&head, at, Align2::LEFT_CENTER, &grouped(*total), &ink, wide);
    }
    let at = pos2(room.right() - MARGIN, room.top() + 13.0);
    let all = Ink::new(theme.medium(), c.text_2);
    paint_text(ui.painter(), at, Align2::RIGHT_CENTER, "All", &all, TOTALS);
    ui.painter().hline(room.x_range(), body.top() - 0.5, (1.0, c.line));
    let side = ui.painter().with_clip_rect(Rect::from_x_y_ranges(room.x_range(), body.y_range()));
    let title = Ink::new(theme.strong(theme.text.body), c.text);
    let note = Ink::new(theme.small(), c.text_3);
    let figures = Ink::new(theme.mono(), c.text);
    for (index, row) in sheet.rows.iter().enumerate() {
        let top = body.top() + index as f32 * measures.cell.y - scroll.y;
        if top > body.bottom() || top + measures.cell.y < body.top() {
            continue;
        }
        let middle = top + measures.cell.y / 2.0;
        let name = Rect::from_min_size(
            pos2(room.left() + MARGIN, top + 4.0),
            vec2(measures.names - 12.0, measures.cell.y - 8.0),
        );
        cell::name_ui(&side, name, (&row.title, &title), (&row.note, &note));
        let at = pos2(room.right() - MARGIN, middle);
        paint_text(&side, at, Align2::RIGHT_CENTER, &grouped(row.total), &figures, TOTALS - MARGIN);
        for ends in [room.left()..=body.left(), body.right()..=room.right()] {
            side.hline(ends, top + measures.cell.y, (1.0, c.line));
        }
    }
    ui.allocate_rect(room, Sense::hover());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_arrow_keys_stay_on_the_grid() {
        assert_eq!(step(None, (1, 0), 5), (0, 0), "the first key shows where one is");
        assert_eq!(step(Some((0, 0)), (1, 0), 5), (1, 0));
        assert_eq!(step(Some((4, 9)), (1, 0), 5), (4, 9));
        assert_eq!(step(Some((4, 9)), (0, 1), 5), (4, 9));
        assert_eq!(step(Some((0, 0)), (-1, -1), 5), (0, 0));
        assert_eq!(step(Some((3, 2)), (0, 0), 2), (1, 2), "rows may have gone");
    }

    #[test]
    fn a_cell_is_brought_into_sight_with_the_least_scrolling() {
        let room = Rect::from_min_size(pos2(0.0, 0.0), vec2(500.0, 300.0));
        let measures = Measures::new(room, 40, 8.0);
        // 298 by 258 points are in sight; a cell has 62 by 56.
        assert_eq!(measures.body.size(), vec2(298.0, 258.0));
        assert_eq!(measures.reveal(Vec2::ZERO, (0, 0)), Vec2::ZERO);
        assert_eq!(measures.reveal(Vec2::ZERO, (4, 4)), vec2(12.0, 22.0));
        assert_eq!(measures.reveal(vec2(12.0, 22.0), (1, 1)), vec2(12.0, 22.0));
        assert_eq!(measures.reveal(vec2(100.0, 100.0), (0, 0)), Vec2::ZERO);
    }
}
