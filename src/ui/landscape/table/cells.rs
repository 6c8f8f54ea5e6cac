//! One cell of the table: figures at the right, marks with their words, a dash where nobody knows.

use egui::{Align2, Rect, Ui, pos2, vec2};

use crate::catalog::query::Marks;
use crate::catalog::{Column, Polarity, Status, Tool};
use crate::ui::icons;
use crate::ui::theme::Theme;
use crate::ui::widgets::{Ink, license_mark, lifecycle_strip, line, marked_text, monogram, paint_text};

/// Between a cell's end and the next one.
pub(super) const GAP: f32 = 12.0;
/// Between figures and the next column, whose words begin at its left.
pub(super) const FIGURES_GAP: f32 = 20.0;
/// Between the left of a name and its letters.
pub(super) const NAME_INDENT: f32 = 28.0;
/// Between the left of a cell with a mark and its letters.
pub(super) const MARK_INDENT: f32 = 15.0;

/// Draws what a column says of a tool. Returns whether the text was cut.
pub(super) fn cell_ui(
    ui: &Ui,
    cell: Rect,
    (column, text): (Column, Option<&str>),
    (tool, is_marked): (&Tool, bool),
    marks: &Marks,
) -> bool {
    let theme = Theme::of(ui);
    let c = &theme.color;
    let middle = cell.center().y;
    let room = cell.width() - GAP;
    let quiet = Ink::new(theme.body(), c.text_2);
    let at = pos2(cell.left(), middle);
    let right = pos2(cell.right() - FIGURES_GAP, middle);
    match column {
        Column::Name => {
            let tile = Rect::from_center_size(at + vec2(10.0, 0.0), vec2(20.0, 20.0));
            monogram(ui, tile, &tool.name, tool.stages.first().copied());
            let at = at + vec2(NAME_INDENT, 0.0);
            let ink = Ink::new(theme.body(), c.text);
            let mut room = room - NAME_INDENT;
            if is_marked {
                // The word where the name leaves room for it, else its sign.
                let name = line(ui.painter(), &tool.name, &ink, f32::INFINITY);
                let has_room = name.size().x + 80.0 < room;
                let (font, sign) =
                    if has_room { (theme.small(), "workspace") } else { (theme.icon(13.0), icons::FOLDER) };
                let ink = Ink::new(font, c.text_3);
                let (mark, _) = paint_text(ui.painter(), right, Align2::RIGHT_CENTER, sign, &ink, room / 2.0);
                room = mark.left() - at.x - 8.0;
            }
            marked_text(ui, at, &tool.name, &marks.in_name(&tool.name), &ink, room).1
        }
        Column::Stage if !tool.stages.is_empty() => {
            let strip = Rect::from_min_size(pos2(cell.left(), middle - 6.0), vec2(room.min(106.0), 12.0));
            lifecycle_strip(ui, strip, &tool.stages, 2.0);
            false
        }
        // The mark says the class; the words the licence itself, where it was read.
        Column::License | Column::LicenseClass => {
            license_mark(ui, at + vec2(5.0, 0.0), tool.license.class);
            let text = text.unwrap_or_else(|| tool.license.class.title());
            let at = at + vec2(MARK_INDENT, 0.0);
            paint_text(ui.painter(), at, Align2::LEFT_CENTER, text, &quiet, room - MARK_INDENT).1
        }
        Column::Claims if !tool.claims.is_empty() => {
            claim_counts(ui, right, tool);
            false
        }
        _ => {
            let Some(text) = text else {
                let ink = Ink::new(if column.is_figure() { theme.mono() } else { theme.body() }, c.text_3);
                let (at, anchor) = if column.is_figure() {
                    (right, Align2::RIGHT_CENTER)
                } else {
                    (at, Align2::LEFT_CENTER)
                };
                paint_text(ui.painter(), at, anchor, "–", &ink, 20.0);
                return false;
            };
            match column {
                Column::Status => {
                    let color = match tool.status.status {
                        Status::Alive => c.ok,
                        Status::Idle => c.warn,
                        Status::Archived => c.error,
                        Status::Unknown => c.text_3,
                    };
                    ui.painter().circle_filled(at + vec2(5.0, 0.0), 3.5, color);
                    let at = at + vec2(MARK_INDENT, 0.0);
                    paint_text(ui.painter(), at, Align2::LEFT_CENTER, text, &quiet, room - MARK_INDENT).1
                }
                Column::Shortlisted => {
                    let star = Ink::new(theme.icon_fill(14.0), c.accent);
                    paint_text(ui.painter(), at, Align2::LEFT_CENTER, icons::STAR, &star, 20.0);
                    let at = at + vec2(20.0, 0.0);
                    paint_text(ui.painter(), at, Align2::LEFT_CENTER, text, &quiet, room - 20.0).1
                }
                column if column.is_figure() => {
                    let ink = Ink::new(theme.mono(), c.text_2);
                    let room = cell.width() - FIGURES_GAP;
                    paint_text(ui.painter(), right, Align2::RIGHT_CENTER, text, &ink, room).1
                }
                _ => marked_text(ui, at, text, &marks.in_text(text), &quiet, room).1,
            }
        }
    }
}

/// `+4 −2`: pros, then cons and caveats.
fn claim_counts(ui: &Ui, right: egui::Pos2, tool: &Tool) {
    let (pros, cons) = (tool.count(Polarity::Pro), tool.count(Polarity::Con) + tool.count(Polarity::Caveat));
    for_and_against(ui, right, pros, cons);
}

/// Two figures with their signs, ending at a point.
pub(super) fn for_and_against(ui: &Ui, right: egui::Pos2, pros: usize, cons: usize) {
    let theme = Theme::of(ui);
    let ink =
        |count: usize, color| Ink::new(theme.mono(), if count == 0 { theme.color.text_3 } else { color });
    let (con, pro) = (ink(cons, theme.color.error), ink(pros, theme.color.ok));
    let (drawn, _) = paint_text(ui.painter(), right, Align2::RIGHT_CENTER, &format!("−{cons}"), &con, 60.0);
    let at = right - vec2(drawn.width().max(20.0) + 8.0, 0.0);
    paint_text(ui.painter(), at, Align2::RIGHT_CENTER, &format!("+{pros}"), &pro, 60.0);
}
