//! A drawing as coloured blocks.

use egui::{Rect, Stroke, Ui};

use crate::state::CommonPractice;
use crate::ui::studio::camera::{Camera, bounds_rect, pos, size_vec};
use crate::ui::studio::lane_hue;
use crate::ui::theme::{Theme, mix};

/// Draws what the asked share gives.
pub(super) fn picture_ui(ui: &Ui, practice: &CommonPractice, room: Rect) {
    let theme = Theme::of(ui);
    let (drawing, placement) = (&practice.derived, &practice.placement);
    let bounds = bounds_rect(placement.bounds);
    let zoom =
        (room.width() / bounds.width().max(1.0)).min(room.height() / bounds.height().max(1.0)).min(0.4);
    let camera = Camera { center: bounds.center(), zoom };
    let line = mix(theme.color.canvas, theme.color.text_3, 0.4);
    let center = |id| {
        let at = placement.positions.get(id)?;
        Some(camera.to_view(room, pos(*at) + size_vec(drawing.size_of(id)) / 2.0))
    };
    for flow in &drawing.flows {
        if let (Some(from), Some(to)) = (center(&flow.from), center(&flow.to)) {
            ui.painter().line_segment([from, to], Stroke::new(0.6, line));
        }
    }
    for (id, node) in &drawing.nodes {
        let Some(at) = placement.positions.get(id) else { continue };
        let rect = Rect::from_min_size(pos(*at), size_vec(drawing.size_of(id)));
        ui.painter().rect_filled(camera.rect_to_view(room, rect), 1.5, lane_hue(theme, &node.stage));
    }
}
