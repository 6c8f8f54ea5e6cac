//! One cell: its count, its first names, and how its tools are spread; or a gap.

use egui::accesskit::Role;
use egui::text::{LayoutJob, TextWrapping};
use egui::{
    Align2, Color32, Id, Painter, Rect, Response, Sense, Shape, Stroke, StrokeKind, Ui, WidgetInfo, pos2,
    vec2,
};

use crate::catalog::{Catalog, Stage};
use crate::ui::theme::{Theme, mix};
use crate::ui::widgets::{Ink, paint_text};

/// What a cell shows, says and tells.
#[derive(Debug, Default)]
pub(in crate::ui::landscape) struct Cell {
    /// How many tools are in it; none is a gap.
    pub count: usize,
    /// The first names, or a word about a gap.
    pub names: String,
    /// How many of the tools are of each kind, the first in full colour; empty where they are of one.
    pub parts: Vec<usize>,
    /// What a screen reader says.
    pub told: String,
    /// The whole list, for the tooltip.
    pub list: String,
    /// Whether pressing it leads somewhere.
    pub leads: bool,
}

/// `1 tool`, `3 tools`.
pub(in crate::ui::landscape) fn tools(count: usize) -> String {
    if count == 1 { "1 tool".to_owned() } else { format!("{count} tools") }
}

/// More names than a tooltip can show.
const LISTED: usize = 60;

/// Names with commas between them, for the cell (its first ones) and for the tooltip.
pub(in crate::ui::landscape) fn list_of(catalog: &Catalog, rows: &[usize]) -> (String, String) {
    let names: Vec<&str> =
        rows.iter().filter_map(|row| catalog.tools().get(*row)).map(|tool| tool.name.as_str()).collect();
    let few = names.iter().take(6).copied().collect::<Vec<_>>().join(", ");
    let mut list = names.iter().take(LISTED).copied().collect::<Vec<_>>().join(", ");
    if names.len() > LISTED {
        list = format!("{list} and {} more", names.len() - LISTED);
    }
    (few, list)
}

/// The ground of a cell: the more tools, the more of the stage's hue, never so much that words are hard to read.
fn shade(theme: &Theme, stage: Stage, count: usize, most: usize) -> Color32 {
    let strongest = if theme.dark { 0.42 } else { 0.6 };
    // Roots, so that one cell with many tools does not make all others look alike.
    let share = (count as f32 / most.max(1) as f32).sqrt().min(1.0);
    mix(theme.color.surface, theme.stage(stage), 0.1 + (strongest - 0.1) * share)
}

pub(super) fn cell_ui(
    ui: &Ui,
    id: Id,
    rect: Rect,
    cell: &Cell,
    stage: Stage,
    most: usize,
    is_marked: bool,
) -> Response {
    let theme = Theme::of(ui);
    let c = &theme.color;
    let response = ui.interact(rect, id, Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Button, cell.leads, is_marked, &cell.told));
    let painter = ui.painter().with_clip_rect(rect.expand(1.0).intersect(ui.clip_rect()));
    let is_gap = cell.count == 0;
    let hot = cell.leads && response.hovered();
    if is_gap {
        if hot || is_marked {
            painter.rect_filled(rect, theme.size.radius, if is_marked { c.selected } else { c.raised });
        }
        dashed(&painter, rect, if hot { c.text_3 } else { c.line_strong });
        let at = rect.min + vec2(8.0, 8.0);
        let ink = Ink::new(theme.small(), c.text_3);
        paint_lines(&painter, Rect::from_min_max(at, rect.max - vec2(6.0, 4.0)), &cell.names, &ink);
    } else {
        let ground = shade(theme, stage, cell.count, most);
        painter.rect_filled(rect, theme.size.radius, ground);
        if hot {
            painter.rect_stroke(rect, theme.size.radius, (1.0, theme.stage(stage)), StrokeKind::Inside);
        }
        let at = rect.min + vec2(8.0, 14.0);
        let ink = Ink::new(theme.strong(theme.text.emphasis + 1.0), c.text);
        paint_text(&painter, at, Align2::LEFT_CENTER, &cell.count.to_string(), &ink, rect.width() - 16.0);
        let foot = if cell.parts.is_empty() { 4.0 } else { 9.0 };
        let names = Rect::from_min_max(rect.min + vec2(8.0, 25.0), rect.max - vec2(5.0, foot));
        paint_names(&painter, names, &cell.names, &Ink::new(theme.small(), c.text));
        parts_ui(&painter, rect, &cell.parts, ground, theme.stage(stage));
    }
    if response.has_focus() || is_marked {
        painter.rect_stroke(rect, theme.size.radius, Stroke::new(2.0, c.accent), StrokeKind::Inside);
    }
    let response =
        if cell.leads { response.on_hover_cursor(egui::CursorIcon::PointingHand) } else { response };
    response.on_hover_text(&cell.list)
}

/// A thin bar at the foot: the first kind in full colour, each further one fainter.
fn parts_ui(painter: &Painter, rect: Rect, parts: &[usize], ground: Color32, hue: Color32) {
    let all: usize = parts.iter().sum();
    let bar = Rect::from_min_max(pos2(rect.left() + 8.0, rect.bottom() - 7.0), rect.max - vec2(8.0, 4.0));
    let mut left = bar.left();
    for (at, count) in parts.iter().enumerate() {
        let width = bar.width() * *count as f32 / all.max(1) as f32;
        let part = Rect::from_min_max(pos2(left, bar.top()), pos2(left + width, bar.bottom()));
        painter.rect_filled(part, 0.0, mix(ground, hue, 1.0 - 0.28 * at as f32));
        left += width;
    }
}

fn dashed(painter: &Painter, rect: Rect, color: Color32) {
    let rect = rect.shrink(0.5);
    let corners =
        [rect.left_top(), rect.right_top(), rect.right_bottom(), rect.left_bottom(), rect.left_top()];
    painter.extend(Shape::dashed_line(&corners, Stroke::new(1.0, color), 4.0, 3.0));
}

/// As many lines as a rectangle has room for, the last one cut with an ellipsis.
fn paint_lines(painter: &Painter, rect: Rect, text: &str, ink: &Ink) {
    let line = (ink.font.size * 1.3).round();
    let mut job = LayoutJob::simple(text.to_owned(), ink.font.clone(), ink.color, rect.width().max(1.0));
    let rows = (rect.height() / line).floor().max(1.0) as usize;
    // In a single line, as much as fits; in several, whole words.
    let (max_width, break_anywhere) = (rect.width().max(1.0), rows == 1);
    job.wrap = TextWrapping { max_rows: rows, max_width, break_anywhere, ..TextWrapping::default() };
    for section in &mut job.sections {
        section.format.line_height = Some(line);
    }
    painter.galley(rect.min, painter.layout_job(job), ink.color);
}

/// A name a line, as many as a rectangle has room for, each cut where it is too long.
fn paint_names(painter: &Painter, rect: Rect, names: &str, ink: &Ink) {
    let line = (ink.font.size * 1.3).round();
    let lines = (rect.height() / line).floor().max(1.0) as usize;
    for (at, name) in names.split(", ").take(lines).enumerate() {
        let at = rect.min + vec2(0.0, line * (at as f32 + 0.5));
        paint_text(painter, at, Align2::LEFT_CENTER, name, ink, rect.width());
    }
}

/// A row's name, which may take as many lines as there is room for, with a note below.
pub(super) fn name_ui(painter: &Painter, rect: Rect, (name, ink): (&str, &Ink), (note, small): (&str, &Ink)) {
    let line = (ink.font.size * 1.3).round();
    let rows = ((rect.height() - if note.is_empty() { 0.0 } else { line }) / line).floor().max(1.0) as usize;
    let mut job = LayoutJob::simple(name.to_owned(), ink.font.clone(), ink.color, rect.width());
    job.wrap = TextWrapping { max_rows: rows, ..TextWrapping::wrap_at_width(rect.width()) };
    let galley = painter.layout_job(job);
    let height = galley.size().y;
    let top = rect.center().y - f32::midpoint(height, if note.is_empty() { 0.0 } else { line });
    painter.galley(pos2(rect.left(), top), galley, ink.color);
    let at = pos2(rect.left(), top + height + line / 2.0);
    paint_text(painter, at, Align2::LEFT_CENTER, note, small, rect.width());
}

#[cfg(test)]
mod tests {
    use super::*;

    /// WCAG 2.2 contrast.
    fn contrast(a: Color32, b: Color32) -> f64 {
        let part = |channel: u8| {
            let value = f64::from(channel) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        let light = |c: Color32| 0.2126 * part(c.r()) + 0.7152 * part(c.g()) + 0.0722 * part(c.b());
        let (a, b) = (light(a), light(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn words_can_be_read_on_every_shade_and_more_tools_are_never_paler() {
        for theme in [Theme::of_mode(true), Theme::of_mode(false)] {
            for stage in Stage::ALL {
                let mut before = 1.0;
                for count in [1, 5, 25, 50] {
                    let ground = shade(theme, *stage, count, 50);
                    let ratio = contrast(theme.color.text, ground);
                    assert!(ratio >= 4.5, "{} on {count}: {ratio:.2}, dark: {}", stage.id(), theme.dark);
                    let from_surface = contrast(ground, theme.color.surface);
                    assert!(from_surface > before, "{} {count}", stage.id());
                    before = from_surface;
                }
            }
        }
    }
}
