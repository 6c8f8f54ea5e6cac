//! Text in which what was searched for is marked: a tint behind the letters, the letters as they were.

use std::ops::Range;

use egui::{Align2, Galley, Pos2, Rect, Response, Ui, Vec2, WidgetInfo, accesskit::Role, vec2};

use super::text::{Ink, line, paragraph};
use crate::ui::theme::{Theme, mix};

/// Paints one line whose left middle is at `pos`, cut to `max_width` points, the `marks` (ranges of bytes of `text`)
/// tinted. Returns where it is and whether it was cut.
pub fn marked_text(
    ui: &Ui,
    pos: Pos2,
    text: &str,
    marks: &[Range<usize>],
    ink: &Ink,
    max_width: f32,
) -> (Rect, bool) {
    let galley = line(ui.painter(), text, ink, max_width);
    let rect = Align2::LEFT_CENTER.anchor_size(pos, galley.size());
    tint(ui, &galley, rect.min, text, marks);
    let elided = galley.elided;
    ui.painter().galley(rect.min, galley, ink.color);
    (rect, elided)
}

/// The same for a wrapped paragraph as wide as there is room.
pub fn marked_paragraph(ui: &mut Ui, text: &str, marks: &[Range<usize>], ink: &Ink) -> Response {
    let width = ui.available_width();
    let galley = paragraph(ui, text, ink, width);
    let size = vec2(width.min(galley.size().x), galley.size().y);
    let (rect, response) = ui.allocate_exact_size(size, egui::Sense::hover());
    tint(ui, &galley, rect.min, text, marks);
    ui.painter().galley(rect.min, galley, ink.color);
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, text));
    response
}

fn tint(ui: &Ui, galley: &Galley, at: Pos2, text: &str, marks: &[Range<usize>]) {
    if marks.is_empty() {
        return;
    }
    let color = &Theme::of(ui).color;
    let fill = mix(color.surface, color.accent, 0.25);
    for mark in marks {
        for rect in places(galley, text, mark) {
            ui.painter().rect_filled(rect.translate(at.to_vec2()).expand2(vec2(1.0, 0.0)), 2.0, fill);
        }
    }
}

/// Where the letters of a range of bytes stand in a galley of the text: a rectangle for each row that has some.
fn places(galley: &Galley, text: &str, range: &Range<usize>) -> Vec<Rect> {
    // What is laid out may be the text made visible, longer than the text; then its letters are not those of the range.
    if !galley.text().starts_with(text.get(..range.end).unwrap_or("\0")) {
        return Vec::new();
    }
    let count = |end: usize| text[..end].chars().count();
    let (from, to) = (count(range.start), count(range.end));
    let mut next = 0;
    let mut rects = Vec::new();
    for row in &galley.rows {
        let first = next;
        next += row.glyphs.len() + usize::from(row.ends_with_newline);
        let inside = |(at, _): &(usize, &egui::epaint::text::Glyph)| from <= first + at && first + at < to;
        let glyphs = row.glyphs.iter().enumerate().filter(inside).map(|(_, glyph)| glyph);
        let ends = glyphs.map(|glyph| (glyph.pos.x, glyph.max_x()));
        if let Some((left, right)) = ends.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1))) {
            let height = row.rect().height().min(18.0);
            let middle = row.rect().center().y;
            let min = Pos2::new(row.pos.x + left, middle - height / 2.0);
            rects.push(Rect::from_min_size(min, Vec2::new(right - left, height)));
        }
    }
    rects
}
