//! Lanes: barely different grounds, and titles that stay at the top of the view.

use egui::{Align2, Rect, Ui, pos2, vec2};

use super::canvas::Scene;
use super::lane_hue;
use crate::ui::theme::{Theme, mix};
use crate::ui::widgets::{Ink, paint_text};

/// The alternating grounds.
pub(super) fn lanes_ui(ui: &Ui, scene: &Scene<'_>) {
    let theme = Theme::of(ui);
    let band = mix(theme.color.canvas, theme.color.surface, 0.62);
    for (index, lane) in scene.drawing.placement.lanes.iter().enumerate() {
        if index % 2 == 1 {
            let left = scene.to_view(pos2(lane.x as f32, 0.0)).x;
            let right = scene.to_view(pos2((lane.x + lane.width) as f32, 0.0)).x;
            let rect = Rect::from_x_y_ranges(left..=right, scene.view.y_range());
            ui.painter().rect_filled(rect, 0.0, band);
        }
    }
}

/// The titled ticks, above the cards.
pub(super) fn heads_ui(ui: &Ui, scene: &Scene<'_>) {
    let theme = Theme::of(ui);
    for (index, lane) in scene.drawing.placement.lanes.iter().enumerate() {
        let left = scene.to_view(pos2(lane.x as f32, 0.0)).x;
        let right = scene.to_view(pos2((lane.x + lane.width) as f32, 0.0)).x;
        let width = right - left;
        if right < scene.view.left() || left > scene.view.right() || width < 26.0 {
            continue;
        }
        let ground = if index % 2 == 1 {
            mix(theme.color.canvas, theme.color.surface, 0.62)
        } else {
            theme.color.canvas
        };
        let head = Rect::from_min_max(pos2(left, scene.view.top()), pos2(right, scene.view.top() + 30.0));
        ui.painter().rect_filled(head, 0.0, ground);
        let hue = lane_hue(theme, &lane.stage);
        let at = pos2(left.max(scene.view.left()) + 10.0, scene.view.top() + 17.0);
        let tick = Rect::from_center_size(at, vec2(3.0, 14.0));
        ui.painter().rect_filled(tick, 1.5, hue);
        let ink = Ink::new(theme.strong(12.5), theme.color.text_2);
        let room = right - at.x - 14.0;
        paint_text(ui.painter(), at + vec2(8.0, 0.0), Align2::LEFT_CENTER, &lane.title, &ink, room);
    }
}
