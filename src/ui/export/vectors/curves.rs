//! Circles, ellipses and Bézier curves.

use egui::epaint::{CircleShape, CubicBezierShape, EllipseShape, QuadraticBezierShape};
use egui::{Color32, Pos2, Stroke, Vec2};

use super::lines::plain;
use super::number::{Ink, Number, Place};
use super::pen::{Pen, stroked};

pub(super) fn circle(pen: &mut Pen, shape: &CircleShape) {
    let radius = Vec2::splat(shape.radius);
    round(pen, shape.center, radius, shape.fill, shape.stroke, "");
}

pub(super) fn ellipse(pen: &mut Pen, shape: &EllipseShape) {
    let turn = if shape.angle == 0.0 {
        String::new()
    } else {
        let degrees = Number(shape.angle.to_degrees());
        format!(" transform=\"rotate({degrees} {})\"", Place(shape.center))
    };
    round(pen, shape.center, shape.radius, shape.fill, shape.stroke, &turn);
}

fn round(pen: &mut Pen, center: Pos2, radius: Vec2, fill: Color32, stroke: Stroke, more: &str) {
    if radius.min_elem() <= 0.0 {
        return;
    }
    let (x, y) = (Number(center.x), Number(center.y));
    // egui puts the stroke around a circle, SVG onto its border.
    let (radius, line) = if stroke.is_empty() {
        (radius, String::new())
    } else {
        (radius + Vec2::splat(stroke.width / 2.0), stroked(stroke))
    };
    let ink = Ink("fill", fill);
    let (rx, ry) = (Number(radius.x), Number(radius.y));
    if radius.x == radius.y {
        pen.put(format_args!("<circle cx=\"{x}\" cy=\"{y}\" r=\"{rx}\"{ink}{line}{more}/>"));
    } else {
        pen.put(format_args!("<ellipse cx=\"{x}\" cy=\"{y}\" rx=\"{rx}\" ry=\"{ry}\"{ink}{line}{more}/>"));
    }
}

pub(super) fn quadratic(pen: &mut Pen, shape: &QuadraticBezierShape) {
    let [from, control, to] = shape.points.map(Place);
    let close = if shape.closed { "Z" } else { "" };
    let stroke = plain(&shape.stroke, shape.points[1]);
    pen.path(&format!("M{from}Q{control} {to}{close}"), shape.fill, stroke, "");
}

pub(super) fn cubic(pen: &mut Pen, shape: &CubicBezierShape) {
    let [from, first, second, to] = shape.points.map(Place);
    let close = if shape.closed { "Z" } else { "" };
    let stroke = plain(&shape.stroke, shape.points[1]);
    pen.path(&format!("M{from}C{first} {second} {to}{close}"), shape.fill, stroke, "");
}
