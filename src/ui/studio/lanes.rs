//! Lanes: barely different grounds, and titles that stay at the top of the view.

use egui::{Align2, Color32, Painter, Rect, pos2, vec2};

use super::canvas::Scene;
use super::lane_hue;
use crate::ui::theme::{Theme, mix};
use crate::ui::widgets::{Ink, paint_text};

/// How high the titles are, in points.
pub(super) const HEAD: f32 = 30.0;

/// The ground of every other lane.
pub(super) fn band(theme: &Theme) -> Color32 {
    mix(theme.color.canvas, theme.color.surface, 0.62)
}

/// The alternating grounds, `band` being the other one.
pub(super) fn lanes(painter: &Painter, scene: &Scene<'_>, band: Color32) {
    for (index, lane) in scene.drawing.placement.lanes.iter().enumerate() {
        if index % 2 == 1 {
            let left = scene.to_view(pos2(lane.x as f32, 0.0)).x;
            let right = scene.to_view(pos2((lane.x + lane.width) as f32, 0.0)).x;
            let rect = Rect::from_x_y_ranges(left..=right, scene.view.y_range());
            painter.rect_filled(rect, 0.0, band);
        }
    }
}

/// The titled ticks, above the cards; those on a page are as large as everything there.
pub(super) fn heads(painter: &Painter, scene: &Scene<'_>) {
    let theme = scene.theme;
    let scale = if scene.is_printed { scene.camera.zoom } else { 1.0 };
    for (index, lane) in scene.drawing.placement.lanes.iter().enumerate() {
        let left = scene.to_view(pos2(lane.x as f32, 0.0)).x;
        let right = scene.to_view(pos2((lane.x + lane.width) as f32, 0.0)).x;
        let width = right - left;
        if right < scene.view.left() || left > scene.view.right() || width < 26.0 * scale {
            continue;
        }
        // On a page nothing is scrolled below them.
        if !scene.is_printed {
            let ground = if index % 2 == 1 { band(theme) } else { theme.color.canvas };
            let head = Rect::from_min_max(pos2(left, scene.view.top()), pos2(right, scene.view.top() + HEAD));
            painter.rect_filled(head, 0.0, ground);
        }
        let hue = lane_hue(theme, &lane.stage);
        let at = pos2(left.max(scene.view.left()) + 10.0 * scale, scene.view.top() + 17.0 * scale);
        let tick = Rect::from_center_size(at, vec2(3.0, 14.0) * scale);
        painter.rect_filled(tick, 1.5 * scale, hue);
        let ink = Ink::new(theme.strong(12.5 * scale), theme.color.text_2);
        let room = right - at.x - 14.0 * scale;
        paint_text(painter, at + vec2(8.0 * scale, 0.0), Align2::LEFT_CENTER, &lane.title, &ink, room);
    }
}
