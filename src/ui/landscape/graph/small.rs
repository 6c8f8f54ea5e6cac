//! The small, still graph of a tool's page: its nearest neighbours, and the way to all of them.

use egui::accesskit::Role;
use egui::{Align2, Rect, Sense, Stroke, StrokeKind, Ui, WidgetInfo, vec2};

use super::scene::{Scene, fit, rect_of};
use crate::address::{GraphLocation, Location};
use crate::catalog::Tool;
use crate::catalog::neighbourhood::Group;
use crate::ui::View;
use crate::ui::icons;
use crate::ui::theme::Theme;
use crate::ui::widgets::{Camera, Ink, paint_text};

/// Draws the picture over the whole width; pressing it leads to the full graph. Draws nothing for a tool that stands
/// alone.
pub(in crate::ui::landscape) fn small_ui(ui: &mut Ui, view: &mut View<'_>, tool: &Tool) {
    /// More height would push the relations out of sight.
    const HIGHEST: f32 = 330.0;
    let Some(graph) = view.here().graph.as_ref().filter(|graph| !graph.found.is_alone()) else { return };
    let theme = Theme::of(ui);
    let c = &theme.color;
    let layout = graph.layout(ui.available_width(), HIGHEST);
    let bounds = rect_of(&layout.bounds);
    let width = ui.available_width();
    let scale = ((width - 72.0) / bounds.width()).min(1.0);
    let height = (bounds.height() * scale + 76.0).clamp(120.0, HIGHEST);
    let (rect, response) = ui.allocate_exact_size(vec2(width, height), Sense::click());
    let shown = graph.found.nodes.iter().filter(|node| node.group != Group::Centre).count();
    let all = shown + graph.found.left_out.len();
    let count = if shown == all { all.to_string() } else { format!("{shown} of {all}") };
    let told = format!("Relations of {} as a graph, {count} neighbours", tool.name);
    response.widget_info(move || WidgetInfo::labeled(Role::Button, true, told.clone()));
    if ui.is_rect_visible(rect) {
        let is_hot = response.hovered() || response.has_focus();
        ui.painter().rect_filled(rect, theme.size.radius, c.canvas);
        let stroke =
            Stroke::new(if response.has_focus() { 2.0 } else { 1.0 }, if is_hot { c.accent } else { c.line });
        ui.painter().rect_stroke(rect, theme.size.radius, stroke, StrokeKind::Inside);
        let room = Rect::from_min_max(rect.min, rect.max - vec2(0.0, 22.0));
        let fitted = fit(layout, room);
        let camera = Camera { zoom: fitted.zoom.min(1.0), ..fitted };
        let scene = Scene { graph, layout, camera, view: room, selected: None, hovered: None };
        let painter = ui.painter_at(rect.shrink(1.0));
        scene.lines(ui, &painter);
        scene.headings(ui, &painter);
        for (at, node) in graph.found.nodes.iter().enumerate() {
            scene.card_ui(ui, &painter, at, node, false);
        }
        let at = rect.right_bottom() - vec2(12.0, 15.0);
        let ink = Ink::new(theme.small(), if is_hot { c.text } else { c.text_3 });
        let words = if shown == all {
            format!("Open the graph {}", icons::ARROWS_OUT)
        } else {
            format!("and {} more in the graph {}", all - shown, icons::ARROWS_OUT)
        };
        paint_text(&painter, at, Align2::RIGHT_CENTER, &words, &ink, rect.width() - 24.0);
    }
    if response.on_hover_cursor(egui::CursorIcon::PointingHand).clicked() {
        view.go(Location::Graph(GraphLocation::of(vec![tool.id.clone()])));
    }
}
