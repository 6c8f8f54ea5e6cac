//! Rectangles: sharp or rounded, with their stroke where egui puts it, and shadows.

use egui::emath::GuiRounding as _;
use egui::epaint::{CornerRadiusF32, RectShape, StrokeKind};
use egui::{Color32, Pos2, Rect, Stroke, pos2};

use super::lines;
use super::number::{Ink, Number, Place};
use super::pen::{Pen, stroked};

/// What egui adds to each radius, since its corners look too sharp otherwise.
const RADIUS_TWEAK: f32 = 0.4;

/// Fewest and most layers of a shadow.
const LAYERS: (f32, f32) = (2.0, 12.0);

pub(super) fn draw(pen: &mut Pen, shape: &RectShape) {
    let everywhere = Rect::from_min_max(pos2(-1e7, -1e7), pos2(1e7, 1e7));
    let mut rect = shape.rect.intersect(everywhere);
    if shape.brush.is_some() {
        pen.left_out += 1;
    }
    let (mut fill, mut stroke) = (shape.fill, shape.stroke);
    if !stroke.is_empty() {
        let outer = rect.expand(outside(stroke, shape.stroke_kind));
        // Where the stroke covers the whole rectangle, egui fills with its colour.
        if outer.size().min_elem() <= 2.0 * stroke.width + 0.5 * pen.pixel() {
            (rect, fill, stroke) = (outer, stroke.color, Stroke::NONE);
        }
    }
    if shape.angle == 0.0 && stroke.is_empty() && shape.blur_width == 0.0 {
        // Thin ones are lines to egui, which puts them on whole pixels.
        if rect.width() <= 2.0 * pen.pixel() {
            lines::segment(pen, [rect.center_top(), rect.center_bottom()], Stroke::new(rect.width(), fill));
            return;
        }
        if rect.height() <= 2.0 * pen.pixel() {
            lines::segment(pen, [rect.left_center(), rect.right_center()], Stroke::new(rect.height(), fill));
            return;
        }
    }
    if shape.round_to_pixels.unwrap_or(true) {
        rect = on_pixels(rect, stroke, shape.stroke_kind, pen.pixels_per_point);
    }
    let turn = if shape.angle == 0.0 {
        String::new()
    } else {
        let degrees = Number(shape.angle.to_degrees());
        format!(" transform=\"rotate({degrees} {})\"", Place(rect.center()))
    };
    let radius = CornerRadiusF32::from(shape.corner_radius);
    if shape.blur_width > 0.0 {
        shadow(pen, rect, radius, fill, shape.blur_width);
        return;
    }
    // From here on the rectangle is the outer border of the stroke.
    let out = outside(stroke, shape.stroke_kind);
    let rect = rect.expand(out);
    let radius =
        each(
            radius,
            |radius| {
                if radius == 0.0 { 0.0 } else { (radius + out + RADIUS_TWEAK).max(stroke.width + 0.1) }
            },
        );
    if stroke.is_empty() {
        one(pen, rect, radius, fill, Stroke::NONE, &turn);
        return;
    }
    let middle = rect.shrink(stroke.width / 2.0);
    let middle_radius = each(radius, |radius| (radius - stroke.width / 2.0).max(0.0));
    if stroke.color.is_opaque() || fill == Color32::TRANSPARENT {
        one(pen, middle, middle_radius, fill, stroke, &turn);
    } else {
        // The fill must not shine through the inner half of the stroke.
        let inner_radius = each(radius, |radius| (radius - stroke.width).max(0.0));
        one(pen, rect.shrink(stroke.width), inner_radius, fill, Stroke::NONE, &turn);
        one(pen, middle, middle_radius, Color32::TRANSPARENT, stroke, &turn);
    }
}

/// How far a stroke reaches over the rectangle it belongs to.
fn outside(stroke: Stroke, kind: StrokeKind) -> f32 {
    match kind {
        _ if stroke.is_empty() => 0.0,
        StrokeKind::Inside => 0.0,
        StrokeKind::Middle => stroke.width / 2.0,
        StrokeKind::Outside => stroke.width,
    }
}

/// Where the tessellator puts a rectangle, so that its edges are sharp.
fn on_pixels(rect: Rect, stroke: Stroke, kind: StrokeKind, pixels_per_point: f32) -> Rect {
    if kind == StrokeKind::Middle && !stroke.is_empty() {
        let put = |place: Pos2| {
            let (mut x, mut y) = (place.x, place.y);
            stroke.round_center_to_pixel(pixels_per_point, &mut x);
            stroke.round_center_to_pixel(pixels_per_point, &mut y);
            pos2(x, y)
        };
        return Rect::from_min_max(put(rect.min), put(rect.max));
    }
    rect.round_to_pixels(pixels_per_point)
}

fn each(radius: CornerRadiusF32, change: impl Fn(f32) -> f32) -> CornerRadiusF32 {
    CornerRadiusF32 {
        nw: change(radius.nw),
        ne: change(radius.ne),
        sw: change(radius.sw),
        se: change(radius.se),
    }
}

/// One rectangle whose stroke lies on its border.
fn one(pen: &mut Pen, rect: Rect, radius: CornerRadiusF32, fill: Color32, stroke: Stroke, more: &str) {
    let most = rect.size().min_elem() / 2.0;
    let radius = each(radius, |radius| radius.min(most));
    if radius != CornerRadiusF32::same(radius.nw) {
        pen.path(&rounded(rect, radius), fill, stroke, more);
        return;
    }
    let (x, y, width, height) =
        (Number(rect.min.x), Number(rect.min.y), Number(rect.width()), Number(rect.height()));
    let corner = if radius.nw > 0.0 { format!(" rx=\"{}\"", Number(radius.nw)) } else { String::new() };
    let line = if stroke.is_empty() { String::new() } else { stroked(stroke) };
    let ink = Ink("fill", fill);
    pen.put(format_args!(
        "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"{corner}{ink}{line}{more}/>"
    ));
}

/// Path data of a rectangle with a radius of its own at each corner.
fn rounded(rect: Rect, radius: CornerRadiusF32) -> String {
    let arc = |radius: f32, to: Pos2| format!("A{0} {0} 0 0 1 {1}", Number(radius), Place(to));
    let (left, top, right, bottom) = (rect.left(), rect.top(), rect.right(), rect.bottom());
    format!(
        "M{}H{}{}V{}{}H{}{}V{}{}Z",
        Place(pos2(left + radius.nw, top)),
        Number(right - radius.ne),
        arc(radius.ne, pos2(right, top + radius.ne)),
        Number(bottom - radius.se),
        arc(radius.se, pos2(right - radius.se, bottom)),
        Number(left + radius.sw),
        arc(radius.sw, pos2(left, bottom - radius.sw)),
        Number(top + radius.nw),
        arc(radius.nw, pos2(left + radius.nw, top)),
    )
}

/// A blurred rectangle as a stack of translucent ones: a filter would be pixels in a PDF.
fn shadow(pen: &mut Pen, rect: Rect, radius: CornerRadiusF32, color: Color32, blur: f32) {
    let blur = blur.min(rect.size().min_elem() - 0.1).max(0.0);
    let layers = (blur / 2.0).clamp(LAYERS.0, LAYERS.1).round();
    let whole = f32::from(color.a()) / 255.0;
    let mut before = 0.0;
    for layer in 0..layers as u32 {
        let share = (layer as f32 + 0.5) / layers;
        // What this layer adds, so that all up to it cover as much as the blur does here.
        let wanted = whole * share;
        let alpha = 1.0 - (1.0 - wanted) / (1.0 - before);
        before = wanted;
        let grown = blur * (0.5 - share);
        let ink = color.to_opaque().gamma_multiply(alpha);
        let radius = each(radius, |radius| (radius + 0.5 * blur + grown).max(0.0));
        one(pen, rect.expand(grown), radius, ink, Stroke::NONE, "");
    }
}
