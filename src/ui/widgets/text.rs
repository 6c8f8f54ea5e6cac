//! Text as galleys: one line cut with an ellipsis, or wrapped.

use std::sync::Arc;

use crate::shown::{lines, one_line};
use egui::text::{LayoutJob, TextWrapping};
use egui::{Align2, Color32, FontId, Galley, Painter, Pos2, Rect, Response, Ui, vec2};

/// Font and colour of a piece of text.
#[derive(Clone, Debug)]
pub struct Ink {
    /// The font.
    pub font: FontId,
    /// The colour.
    pub color: Color32,
}

impl Ink {
    /// A font in a colour.
    pub fn new(font: FontId, color: Color32) -> Self {
        Self { font, color }
    }
}

/// More letters than any line of a screen holds.
const LINE: usize = 1_000;
/// More letters than anybody reads in one paragraph.
const PARAGRAPH: usize = 20_000;

/// The beginning of a text: laying out what a hostile store calls a name would take gigabytes.
fn beginning(text: &str, letters: usize) -> String {
    match text.char_indices().nth(letters) {
        None => text.to_owned(),
        Some((end, _)) => format!("{}…", &text[..end]),
    }
}

/// One line laid out, cut to `max_width` points.
pub fn line(painter: &Painter, text: &str, ink: &Ink, max_width: f32) -> Arc<Galley> {
    let mut job = LayoutJob::simple_singleline(beginning(&one_line(text), LINE), ink.font.clone(), ink.color);
    job.wrap = TextWrapping::truncate_at_width(max_width.max(1.0));
    painter.layout_job(job)
}

/// Paints one line at `pos`, cut to `max_width` points. Returns where it is and whether it was cut.
pub fn paint_text(
    painter: &Painter,
    pos: Pos2,
    anchor: Align2,
    text: &str,
    ink: &Ink,
    max_width: f32,
) -> (Rect, bool) {
    let galley = line(painter, text, ink, max_width);
    let rect = anchor.anchor_size(pos, galley.size());
    let elided = galley.elided;
    painter.galley(rect.min, galley, ink.color);
    (rect, elided)
}

/// A paragraph laid out to wrap at `width`, with the line height of running text.
pub fn paragraph(ui: &Ui, text: &str, ink: &Ink, width: f32) -> Arc<Galley> {
    let mut job = LayoutJob::simple(beginning(&lines(text), PARAGRAPH), ink.font.clone(), ink.color, width);
    for section in &mut job.sections {
        section.format.line_height = Some((ink.font.size * 1.42).round());
    }
    ui.painter().layout_job(job)
}

/// A wrapped paragraph as wide as there is room; selectable by nobody, read by screen readers.
pub fn wrapped(ui: &mut Ui, text: &str, ink: &Ink) -> Response {
    let width = ui.available_width();
    let galley = paragraph(ui, text, ink, width);
    let (rect, response) =
        ui.allocate_exact_size(vec2(width.min(galley.size().x), galley.size().y), egui::Sense::hover());
    ui.painter().galley(rect.min, galley, ink.color);
    let owned = beginning(&lines(text), PARAGRAPH);
    response
        .widget_info(move || egui::WidgetInfo::labeled(egui::accesskit::Role::Label, true, owned.clone()));
    response
}

#[cfg(test)]
mod tests {
    use super::beginning;

    #[test]
    fn a_long_text_is_cut_between_letters() {
        assert_eq!(beginning("ünïcödé", 7), "ünïcödé");
        assert_eq!(beginning("ünïcödé", 3), "ünï…");
        assert_eq!(beginning("", 0), "");
    }
}
