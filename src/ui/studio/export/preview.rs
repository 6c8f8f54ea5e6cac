//! What a file will look like: the page itself, drawn small, or the beginning of a text.

use egui::{Align2, Painter, Rect, ScrollArea, Stroke, StrokeKind, Ui, pos2, vec2};

use super::Item;
use crate::architecture::export::{Beside, Fitted, Format, Page, PictureForm, Taken, Target, picture_name};
use crate::ui::studio::sheet::Sheet;
use crate::ui::theme::Theme;
use crate::ui::widgets::{Ink, inside, paint_text};

/// With more boxes than these a preview would cost a frame: blocks stand for boxes, and texts are not made.
const MOST_BOXES: usize = 250;
/// Lines of a text that are shown.
const MOST_LINES: usize = 400;
/// Letters of a line that are shown.
const MOST_LETTERS: usize = 240;

/// The ground of the preview, and the room in it.
fn ground(ui: &Ui, rect: Rect) -> Rect {
    let c = &Theme::of(ui).color;
    ui.painter().rect_filled(rect, 6.0, c.canvas);
    ui.painter().rect_stroke(rect, 6.0, Stroke::new(1.0, c.line), StrokeKind::Inside);
    rect.shrink(16.0)
}

/// The page of a picture.
pub(super) fn picture_ui(ui: &Ui, sheet: &Sheet, form: PictureForm, rect: Rect) {
    let room = ground(ui, rect);
    let size = sheet.size();
    let page = if form == PictureForm::Pdf { sheet.options().page } else { Page::Drawing };
    let Fitted { page, at, factor } = page.fit([size.x, size.y]);
    let page = vec2(page[0], page[1]);
    let zoom = (room.width() / page.x).min(room.height() / page.y).min(1.0);
    let paper = Rect::from_center_size(room.center(), page * zoom);
    let painter = ui.painter().with_clip_rect(paper.intersect(ui.clip_rect()));
    if form != PictureForm::Pdf && sheet.options().transparent {
        chequered(&painter, sheet.theme(), paper);
    } else {
        painter.rect_filled(paper, 0.0, sheet.grounds()[0]);
    }
    let is_fine = sheet.boxes() <= MOST_BOXES;
    sheet.paint(&painter, paper.min + vec2(at[0], at[1]) * zoom, zoom * factor, is_fine);
    let line = Theme::of(ui).color.line_strong;
    ui.painter().rect_stroke(paper, 0.0, Stroke::new(1.0, line), StrokeKind::Outside);
}

/// What stands for no ground at all.
fn chequered(painter: &Painter, theme: &Theme, rect: Rect) {
    // Coarse: there may be a whole sheet of it.
    const SIDE: f32 = 16.0;
    painter.rect_filled(rect, 0.0, theme.color.surface);
    let (columns, rows) = ((rect.width() / SIDE).ceil() as usize, (rect.height() / SIDE).ceil() as usize);
    for row in 0..rows {
        for column in (row % 2..columns).step_by(2) {
            let at = rect.min + vec2(column as f32, row as f32) * SIDE;
            painter.rect_filled(Rect::from_min_size(at, vec2(SIDE, SIDE)), 0.0, theme.color.panel);
        }
    }
}

/// The beginning of a text, which is made once.
pub(super) fn text_ui(
    ui: &mut Ui,
    (made, item): (&mut Option<(Item, String)>, Item),
    rect: Rect,
    make: impl FnOnce() -> Option<String>,
) {
    made.take_if(|(of, _)| *of != item);
    let (_, text) =
        made.get_or_insert_with(|| (item, make().map(|text| beginning(&text)).unwrap_or_default()));
    if text.is_empty() {
        nothing_ui(ui, rect, "There is much of it: it is made when it is saved");
        return;
    }
    let room = ground(ui, rect);
    let theme = Theme::of(ui);
    let ink = Ink::new(egui::FontId::monospace(11.5), theme.color.text_2);
    inside(ui, room, egui::Layout::top_down(egui::Align::Min), |ui| {
        ScrollArea::both().auto_shrink(false).show(ui, |ui| {
            let text = egui::RichText::new(text.as_str()).font(ink.font.clone()).color(ink.color);
            let text = text.line_height(Some(16.0));
            ui.add(egui::Label::new(text).extend());
        });
    });
}

/// What will be in the file of a drawing; none where it would take longer than a frame.
pub(super) fn text_of(taken: &Taken, format: Format) -> Option<String> {
    if taken.drawing.nodes.len() > MOST_BOXES {
        return None;
    }
    let export = taken.export();
    if format != Format::Markdown {
        return Some(export.text(format).text);
    }
    let report = taken.file_name(Target::Text(format));
    Some(
        export.report_with(Beside { name: &picture_name(report.trim_end_matches(".md"), 1), shows: "" }).text,
    )
}

/// The first lines, none of them long.
fn beginning(text: &str) -> String {
    let mut out = String::new();
    let mut lines = text.lines();
    for line in lines.by_ref().take(MOST_LINES) {
        let end = line.char_indices().nth(MOST_LETTERS).map_or(line.len(), |(at, _)| at);
        out.push_str(&line[..end]);
        out.push_str(if end < line.len() { "…\n" } else { "\n" });
    }
    let rest = lines.count();
    if rest > 0 {
        out.extend(["… and ", &rest.to_string(), " more lines\n"]);
    }
    out
}

/// A sentence where there is nothing to preview.
pub(super) fn nothing_ui(ui: &Ui, rect: Rect, words: &str) {
    let room = ground(ui, rect);
    let theme = Theme::of(ui);
    let ink = Ink::new(theme.body(), theme.color.text_3);
    let at = pos2(room.center().x, room.center().y);
    paint_text(ui.painter(), at, Align2::CENTER_CENTER, words, &ink, room.width());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_preview_holds_the_first_lines_and_says_what_is_left() {
        assert_eq!(beginning("a\nb\n"), "a\nb\n");
        let long = "x\n".repeat(MOST_LINES + 7);
        assert!(beginning(&long).ends_with("x\n… and 7 more lines\n"));
        let wide = beginning(&"é".repeat(MOST_LETTERS + 1));
        assert_eq!((wide.chars().count(), wide.ends_with("é…\n")), (MOST_LETTERS + 2, true));
    }
}
