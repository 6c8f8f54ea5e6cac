//! Where things stand: rectangles of their own, bars, columns, hairlines.

use egui::{Panel, Sense, Ui, Vec2, vec2};

use crate::ui::theme::Theme;

/// Draws into a rectangle of its own, without moving what comes next in `ui`.
pub fn inside<R>(ui: &mut Ui, rect: egui::Rect, layout: egui::Layout, draw: impl FnOnce(&mut Ui) -> R) -> R {
    let mut child = ui.new_child(egui::UiBuilder::new().max_rect(rect).layout(layout));
    draw(&mut child)
}

/// The bar above a table or charts, 40 points high, closed by a hairline; what does not fit is cut.
pub fn tool_bar(ui: &mut Ui, draw: impl FnOnce(&mut Ui)) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 40.0), Sense::hover());
    let line = Theme::of(ui).color.line;
    ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, (1.0, line));
    let room = rect.shrink2(vec2(12.0, 0.0));
    inside(ui, room, egui::Layout::left_to_right(egui::Align::Center), |ui| {
        ui.shrink_clip_rect(room);
        draw(ui);
    });
}

/// The panel of an inspector: at the right; at the foot where the content beside it would be too narrow; none where
/// that would be too low as well, since the content comes first.
pub fn inspector(room: Vec2, width: f32) -> Option<Panel> {
    /// The least of the content.
    const CONTENT: Vec2 = vec2(280.0, 300.0);
    let panel = if room.x >= width + CONTENT.x {
        Panel::right("inspector").exact_size(width)
    } else if room.y >= 2.0 * CONTENT.y {
        Panel::bottom("inspector").exact_size((room.y * 0.45).round())
    } else {
        return None;
    };
    Some(panel.resizable(false).show_separator_line(false))
}

/// The hairlines between an inspector, wherever it is, and the content that is drawn next.
pub fn inspector_edge(ui: &Ui) {
    let (edge, line) = (ui.available_rect_before_wrap(), Theme::of(ui).color.line);
    ui.painter().vline(edge.right() + 0.5, edge.y_range(), (1.0, line));
    ui.painter().hline(edge.x_range(), edge.bottom() + 0.5, (1.0, line));
}

/// A hairline over the whole width, with air on both sides.
pub fn hairline(ui: &mut Ui) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 9.0), Sense::hover());
    ui.painter().hline(rect.x_range(), rect.center().y, (1.0, Theme::of(ui).color.line));
}

/// Columns of equal width with a gutter of `gap` points, wider than that between controls.
pub fn columns<const N: usize>(ui: &mut Ui, gap: f32, draw: impl FnOnce([&mut Ui; N])) {
    let inner = ui.spacing().item_spacing;
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.x = gap;
        ui.columns_const(|columns: &mut [Ui; N]| {
            for column in columns.iter_mut() {
                column.spacing_mut().item_spacing = inner;
            }
            draw(columns.each_mut());
        });
    });
}
