//! Every shape that has a vector form, against the rasteriser; those that have none are counted.

use egui::epaint::{
    BandPoint, BandShape, CornerRadiusF32, CubicBezierShape, EllipseShape, QuadraticBezierShape, RectShape,
};
use egui::{Color32, CornerRadius, Direction, Rect, Shape, Stroke, StrokeKind, pos2, vec2};
use mlops_atlas::ui::export::image::compare;
use mlops_atlas::ui::export::vectors::Missing;

use super::small::view;

use crate::drawn::painted;

const INK: Color32 = Color32::from_rgb(180, 40, 60);
const GROUND: Color32 = Color32::from_rgb(40, 90, 160);

fn area() -> Rect {
    Rect::from_min_max(pos2(20.0, 20.0), pos2(180.0, 120.0))
}

/// Draws shapes both ways; returns the document.
fn both(what: &str, shapes: &[Shape], most_over_32: f64) -> String {
    let view = view(|ui| {
        ui.painter().extend(shapes.iter().cloned());
    });
    let drawing = view.drawing(what, Missing::Keep);
    assert_eq!(drawing.left_out(), 0, "{what}");
    let apart = compare(&painted(&drawing), &view.picture());
    assert!(apart.mean < 0.6 && apart.share_over_32 <= most_over_32, "{what}: {apart:?}\n{}", drawing.svg());
    drawing.svg().to_owned()
}

#[test]
fn rectangles_lie_on_the_same_pixels() {
    for kind in [StrokeKind::Inside, StrokeKind::Middle, StrokeKind::Outside] {
        for width in [0.0, 1.0, 2.0, 3.0] {
            for radius in [0, 6] {
                let stroke = Stroke::new(width, INK);
                let shape = RectShape::new(area(), CornerRadius::same(radius), GROUND, stroke, kind);
                both(&format!("{kind:?} {width} {radius}"), &[shape.into()], 0.001);
            }
        }
    }
    let uneven = CornerRadius { nw: 0, ne: 8, sw: 16, se: 30 };
    both("uneven corners", &[Shape::rect_filled(area(), uneven, INK)], 0.001);
    let faint = Stroke::new(4.0, INK.gamma_multiply(0.5));
    both("faint stroke", &[RectShape::new(area(), 0, GROUND, faint, StrokeKind::Inside).into()], 0.001);
    let thin = Rect::from_min_size(pos2(20.0, 20.0), vec2(1.0, 100.0));
    both("thin", &[Shape::rect_filled(thin, 0.0, INK)], 0.0);
    assert_eq!(CornerRadiusF32::from(uneven).se, 30.0);
}

#[test]
fn shadows_stay_vectors_and_look_like_the_blur() {
    let shadow =
        Shape::from(RectShape::filled(area(), 6, Color32::from_black_alpha(120)).with_blur_width(24.0));
    let svg = both("shadow", &[shadow], 0.0);
    assert!(!svg.contains("<filter") && !svg.contains("<image"));
}

#[test]
fn lines_and_curves_lie_on_the_same_places() {
    let stroke = Stroke::new(2.0, INK);
    let points = [pos2(20.0, 20.0), pos2(60.0, 120.0), pos2(120.0, 10.0), pos2(180.0, 100.0)];
    both("level", &[Shape::hline(20.0..=180.0, 50.0, Stroke::new(1.0, INK))], 0.0);
    both("upright", &[Shape::vline(50.3, 20.0..=120.0, Stroke::new(1.0, INK))], 0.0);
    both("sloped", &[Shape::line_segment([points[0], points[3]], stroke)], 0.003);
    both("polyline", &[Shape::line(points.to_vec(), stroke)], 0.003);
    both(
        "polygon",
        &[Shape::convex_polygon(vec![points[0], points[3], pos2(30.0, 150.0)], GROUND, stroke)],
        0.003,
    );
    both("circle", &[Shape::circle_filled(pos2(90.0, 80.0), 40.0, INK)], 0.003);
    both("ring", &[Shape::circle_stroke(pos2(90.0, 80.0), 40.0, stroke)], 0.003);
    let flat = EllipseShape::filled(pos2(90.0, 80.0), vec2(60.0, 20.0), INK);
    both("ellipse", &[flat.into()], 0.003);
    let cubic = CubicBezierShape::from_points_stroke(points, false, Color32::TRANSPARENT, stroke);
    both("cubic", &[cubic.into()], 0.003);
    let [a, b, c, _] = points;
    let quadratic = QuadraticBezierShape::from_points_stroke([a, b, c], false, Color32::TRANSPARENT, stroke);
    both("quadratic", &[quadratic.into()], 0.003);
    let samples = [(20.0, 40.0..=60.0), (90.0, 20.0..=90.0), (180.0, 70.0..=72.0)];
    let band = samples.map(|(x, y)| BandPoint::new(x, y)).to_vec();
    both("band", &[BandShape::filled(band, INK).into()], 0.003);
    let grid = (0..5).map(|at| Shape::hline(20.0..=180.0, 20.0 + at as f32 * 20.0, Stroke::new(1.0, INK)));
    let svg = both("grid", &grid.collect::<Vec<_>>(), 0.0);
    assert_eq!(svg.matches("<path").count(), 1, "neighbours of one stroke are one element");
}

#[test]
fn fades_are_gradients() {
    for direction in [Direction::TopDown, Direction::LeftToRight, Direction::BottomUp, Direction::RightToLeft]
    {
        let fade = Shape::gradient_rect(area(), direction, [INK, Color32::TRANSPARENT]);
        let svg = both(&format!("{direction:?}"), &[fade], 0.0);
        assert_eq!(svg.matches("<linearGradient").count(), 1);
    }
}

#[test]
fn what_is_cut_is_cut_and_what_is_out_of_sight_is_left_out() {
    let view = view(|ui| {
        let cut = ui.painter().with_clip_rect(area());
        cut.circle_filled(pos2(20.0, 20.0), 30.0, INK);
        cut.circle_filled(pos2(300.0, 150.0), 30.0, GROUND);
        ui.painter().circle_filled(pos2(300.0, 150.0), 10.0, INK);
    });
    let drawing = view.drawing("clip", Missing::Keep);
    assert_eq!(drawing.svg().matches("<circle").count(), 2, "{}", drawing.svg());
    assert_eq!(drawing.svg().matches("<g clip-path").count(), 1);
    let apart = compare(&painted(&drawing), &view.picture());
    assert!(apart.mean < 0.2, "{apart:?}");
}

#[test]
fn what_has_no_vector_form_is_counted() {
    let view = view(|ui| {
        let mut mesh = egui::Mesh::default();
        for (at, color) in
            [(pos2(1.0, 1.0), INK), (pos2(90.0, 1.0), GROUND), (pos2(1.0, 90.0), Color32::WHITE)]
        {
            mesh.colored_vertex(at, color);
        }
        mesh.add_triangle(0, 1, 2);
        ui.painter().add(mesh);
    });
    assert_eq!(view.drawing("mesh", Missing::Keep).left_out(), 1);
}
