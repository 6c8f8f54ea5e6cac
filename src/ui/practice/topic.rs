//! A page of the data-centric view: its text, its loop as a picture, its table, its advice.

use egui::accesskit::Role;
use egui::{Rect, Sense, Shape, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use super::page::{advice_ui, columns_ui, sources_ui, strip_ui, text_ui, title_ui, tools_ui};
use crate::practice::Topic;
use crate::ui::View;
use crate::ui::theme::Theme;
use crate::ui::widgets::{Ink, paragraph};

/// Draws the page.
pub(super) fn topic_ui(ui: &mut Ui, view: &mut View<'_>, topic: &Topic) {
    columns_ui(
        ui,
        view,
        |ui, view| {
            title_ui(ui, "Data-centric view", &topic.title, "");
            strip_ui(ui, view, &topic.stages);
            text_ui(ui, &topic.text);
            loop_ui(ui, &topic.steps);
            table_ui(ui, &topic.table_head, &topic.table_rows);
            advice_ui(ui, view, "Worth knowing", &topic.points, &topic.sources);
        },
        |ui, view| {
            tools_ui(ui, view, "Tools", &topic.tools, &topic.other_tools);
            sources_ui(ui, view, &topic.sources);
        },
    );
}

/// Boxes from left to right with arrows between them; the last step is written on the way back to the first.
fn loop_ui(ui: &mut Ui, steps: &[String]) {
    let [boxes @ .., back] = steps else { return };
    if boxes.is_empty() {
        return;
    }
    let theme = Theme::of(ui);
    let c = &theme.color;
    let (gap, height) = (36.0, 42.0);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), height + 34.0), Sense::hover());
    let name = format!("A loop: {}, from there to the first", steps.join(", "));
    response.widget_info(move || WidgetInfo::labeled(Role::Image, true, name.clone()));
    let count = boxes.len() as f32;
    let width = (rect.width() - gap * (count - 1.0)) / count;
    let stroke = Stroke::new(1.5, c.text_3);
    let ink = Ink::new(theme.medium(), c.text);
    for (index, step) in boxes.iter().enumerate() {
        let left = rect.left() + index as f32 * (width + gap);
        let own = Rect::from_min_size(pos2(left, rect.top()), vec2(width, height));
        let line = Stroke::new(1.0, c.line_strong);
        ui.painter().rect(own, theme.size.radius, c.raised, line, StrokeKind::Inside);
        let words = paragraph(ui, step, &ink, width - 16.0);
        ui.painter().galley(own.center() - words.size() / 2.0, words, c.text);
        if index > 0 {
            arrow(ui, &[pos2(left - gap + 4.0, own.center().y), pos2(left - 4.0, own.center().y)], stroke);
        }
    }
    let (first, last) = (rect.left() + width / 2.0, rect.right() - width / 2.0);
    let (top, low) = (rect.top() + height + 4.0, rect.top() + height + 22.0);
    arrow(ui, &[pos2(last, top), pos2(last, low), pos2(first, low), pos2(first, top)], stroke);
    let words = paragraph(ui, back, &Ink::new(theme.small(), c.text_2), rect.width());
    let at = pos2(f32::midpoint(first, last), low);
    let ground = Rect::from_center_size(at, words.size() + vec2(16.0, 0.0));
    ui.painter().rect_filled(ground, 0.0, c.surface);
    ui.painter().galley(at - words.size() / 2.0, words, c.text_2);
    ui.add_space(12.0);
}

/// A line of straight pieces with a head at its end.
fn arrow(ui: &Ui, points: &[egui::Pos2], stroke: Stroke) {
    let [.., before, end] = points else { return };
    let along = (*end - *before).normalized();
    let back = *end - along * 7.0;
    let side = along.rot90() * 4.0;
    ui.painter().add(Shape::line(points.to_vec(), stroke));
    ui.painter().add(Shape::convex_polygon(vec![*end, back + side, back - side], stroke.color, Stroke::NONE));
}

/// A table whose cells wrap; the first column names the row.
fn table_ui(ui: &mut Ui, head: &[String], rows: &[Vec<String>]) {
    if head.is_empty() {
        return;
    }
    let theme = Theme::of(ui);
    let c = &theme.color;
    let gap = 18.0;
    let width = (ui.available_width() - gap * (head.len() - 1) as f32) / head.len() as f32;
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for (index, row) in std::iter::once(head).chain(rows.iter().map(Vec::as_slice)).enumerate() {
            let is_head = index == 0;
            let cells = row.iter().enumerate().map(|(column, cell)| {
                let (font, color) = match (is_head, column) {
                    (true, _) => (theme.strong(theme.text.small), c.text_3),
                    (false, 0) => (theme.body(), c.text),
                    (false, _) => (theme.body(), c.text_2),
                };
                paragraph(ui, cell, &Ink::new(font, color), width)
            });
            let cells: Vec<_> = cells.collect();
            let tall = cells.iter().map(|cell| cell.size().y).fold(0.0, f32::max);
            let (rect, response) =
                ui.allocate_exact_size(vec2(ui.available_width(), tall + 12.0), Sense::hover());
            let name = row.join(": ");
            response.widget_info(move || WidgetInfo::labeled(Role::Row, true, name.clone()));
            for (column, cell) in cells.into_iter().enumerate() {
                ui.painter().galley(rect.min + vec2(column as f32 * (width + gap), 6.0), cell, c.text);
            }
            let line = if is_head { c.line_strong } else { c.line };
            ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, (1.0, line));
        }
    });
    ui.add_space(14.0);
}
