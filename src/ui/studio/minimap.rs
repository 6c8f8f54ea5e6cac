//! The minimap: the whole drawing small, with the view as a frame that can be dragged.

use egui::accesskit::Role;
use egui::{Rect, Sense, Stroke, StrokeKind, Ui, WidgetInfo, vec2};

use super::camera::Camera;
use super::canvas::Scene;
use super::lane_hue;
use crate::ui::theme::Theme;

/// Draws it unless all of the drawing is in sight anyway.
pub(super) fn minimap_ui(ui: &Ui, scene: &Scene<'_>, bounds: Rect, camera: &mut Camera) {
    let seen = Rect::from_min_max(
        camera.to_drawing(scene.view, scene.view.min),
        camera.to_drawing(scene.view, scene.view.max),
    );
    if seen.contains_rect(bounds) || scene.view.width() < 560.0 {
        return;
    }
    let theme = Theme::of(ui);
    let c = &theme.color;
    let size = vec2(190.0, 120.0);
    let frame = Rect::from_min_size(scene.view.max - size - vec2(14.0, 14.0), size);
    let response = ui.interact(frame, ui.scope_id().with("minimap"), Sense::click_and_drag());
    response.widget_info(|| WidgetInfo::labeled(Role::ScrollBar, true, "Minimap"));
    ui.painter().rect_filled(frame, 6.0, c.panel);
    ui.painter().rect_stroke(frame, 6.0, Stroke::new(1.0, c.line_strong), StrokeKind::Inside);
    let room = frame.shrink(8.0);
    let factor = (room.width() / bounds.width().max(1.0)).min(room.height() / bounds.height().max(1.0));
    let small = Camera { center: bounds.center(), zoom: factor };
    for (id, node) in &scene.drawing.architecture.nodes {
        if let Some(rect) = scene.node_rect(id) {
            let hue = lane_hue(theme, &node.stage);
            ui.painter().rect_filled(small.rect_to_view(room, rect), 1.0, hue);
        }
    }
    let shown = small.rect_to_view(room, seen).intersect(frame);
    ui.painter().rect_stroke(shown, 2.0, Stroke::new(1.5, c.accent), StrokeKind::Inside);
    if (response.clicked() || response.dragged())
        && let Some(at) = response.interact_pointer_pos()
    {
        camera.center = small.to_drawing(room, at);
    }
}
