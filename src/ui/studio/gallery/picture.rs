//! A drawing as small as a stamp: lanes as faint columns, boxes in the hues of their lanes, lines as they run.

use egui::{Align2, Pos2, Rect, Shape, Stroke, Ui, pos2};

use crate::architecture::Point;
use crate::architecture::gallery::Miniature;
use crate::architecture::layout::Bounds;
use crate::ui::studio::camera::bounds_rect;
use crate::ui::studio::lane_hue;
use crate::ui::theme::{Theme, mix};
use crate::ui::widgets::{Ink, paint_text};

/// Never larger than this: a drawing of two boxes would fill the card.
const MOST_ZOOM: f32 = 0.16;

/// Draws it into `room`, whose lanes reach to its borders.
pub(super) fn picture_ui(ui: &Ui, picture: &Miniature, room: Rect, margin: f32) {
    let theme = Theme::of(ui);
    let c = &theme.color;
    let painter = ui.painter().with_clip_rect(room.intersect(ui.clip_rect()));
    let inner = room.shrink(margin);
    if picture.is_left_out {
        let ink = Ink::new(theme.small(), c.text_3);
        let text = "Too large to draw this small";
        paint_text(&painter, inner.center(), Align2::CENTER_CENTER, text, &ink, inner.width());
        return;
    }
    let bounds = bounds_rect(picture.bounds);
    let zoom = (inner.width() / bounds.width().max(1.0)).min(inner.height() / bounds.height().max(1.0));
    let zoom = zoom.min(MOST_ZOOM);
    let to_view = |at: Pos2| inner.center() + (at - bounds.center()) * zoom;
    let band = mix(c.canvas, c.surface, 0.75);
    for (x, width) in &picture.lanes {
        let left = to_view(pos2(*x as f32, 0.0)).x;
        let lane = Rect::from_x_y_ranges(left..=left + *width as f32 * zoom, room.y_range());
        painter.rect_filled(lane, 0.0, band);
    }
    let stroke = Stroke::new(0.8, mix(c.canvas, c.text_3, 0.6));
    let corner = |at: &Point| to_view(pos2(at.x as f32, at.y as f32));
    painter.extend(picture.lines.iter().map(|line| Shape::line(line.iter().map(corner).collect(), stroke)));
    for (at, lane) in &picture.boxes {
        let shown = |at: &Bounds| {
            let rect = bounds_rect(*at);
            Rect::from_min_max(to_view(rect.min), to_view(rect.max))
        };
        painter.rect_filled(shown(at), 1.5, lane_hue(theme, lane));
    }
}
