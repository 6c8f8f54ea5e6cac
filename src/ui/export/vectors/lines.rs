//! Straight lines, polylines, polygons and bands.

use egui::emath::{GuiRounding as _, Rot2};
use egui::epaint::{BandShape, ColorMode, PathShape, PathStroke};
use egui::{Color32, Pos2, Stroke, pos2};

use super::number::{Place, append};
use super::pen::Pen;

/// Points nearer to the one before, in points, are left out.
const NEAR: f32 = 0.05;

/// A line between two places; upright and level ones are put on whole pixels, as the tessellator does.
pub(super) fn segment(pen: &mut Pen, [mut a, mut b]: [Pos2; 2], stroke: Stroke) {
    if stroke.is_empty() {
        return;
    }
    let (pixel, scale) = (pen.pixel(), pen.pixels_per_point);
    // The tessellator ends a line half a pixel after its last place.
    let ends = |from: f32, to: f32| {
        let way = if from < to { 1.0 } else { -1.0 };
        let end = |place: f32, way: f32| {
            (place - way * 0.25 * pixel).round_to_pixel_center(scale) + way * 0.5 * pixel
        };
        (end(from, -way), end(to, way))
    };
    if a.x == b.x {
        stroke.round_center_to_pixel(scale, &mut a.x);
        b.x = a.x;
        (a.y, b.y) = ends(a.y, b.y);
    } else if a.y == b.y {
        stroke.round_center_to_pixel(scale, &mut a.y);
        b.y = a.y;
        (a.x, b.x) = ends(a.x, b.x);
    }
    pen.line([a, b], stroke);
}

/// A polyline, or a polygon. A stroke that lies beside its path is drawn on it.
pub(super) fn path(pen: &mut Pen, shape: &PathShape) {
    let Some(first) = shape.points.first() else { return };
    let mut data = format!("M{}", Place(*first));
    let mut last = *first;
    let count = shape.points.len();
    for (index, point) in shape.points.iter().enumerate().skip(1) {
        if point.distance(last) >= NEAR || index + 1 == count {
            append(&mut data, format_args!("L{}", Place(*point)));
            last = *point;
        }
    }
    if shape.closed {
        data.push('Z');
    }
    let stroke = plain(&shape.stroke, shape.points[count / 2]);
    pen.path(&data, shape.fill, stroke, "");
}

/// A stroke in one colour; one whose colour depends on the place takes that of `place`.
pub(super) fn plain(stroke: &PathStroke, place: Pos2) -> Stroke {
    let color = match &stroke.color {
        ColorMode::Solid(color) => *color,
        ColorMode::UV(color_at) => color_at(egui::Rect::from_pos(place), place),
    };
    Stroke::new(stroke.width, color)
}

/// A band: the outline of each of its stretches, filled.
pub(super) fn band(pen: &mut Pen, shape: &BandShape) {
    let turn = Rot2::from_angle(shape.angle);
    let place = |x: f32, y: f32| Place((turn * pos2(x, y).to_vec2()).to_pos2());
    for stretch in shape.points.split(|point| !point.is_finite()).filter(|stretch| stretch.len() > 1) {
        let mut data = String::new();
        for (index, point) in stretch.iter().enumerate() {
            append(
                &mut data,
                format_args!("{}{}", if index == 0 { 'M' } else { 'L' }, place(point.x, point.y.min)),
            );
        }
        for point in stretch.iter().rev() {
            append(&mut data, format_args!("L{}", place(point.x, point.y.max)));
        }
        data.push('Z');
        let stroke =
            if shape.stroke.is_empty() { Stroke::new(0.0, Color32::TRANSPARENT) } else { shape.stroke };
        pen.path(&data, shape.fill, stroke, "");
    }
}
