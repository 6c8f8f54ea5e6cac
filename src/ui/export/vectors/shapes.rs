//! Each shape of egui as elements, in the order they were painted; what lies outside its clip is left out.

use egui::Rect;
use egui::emath::TSTransform;
use egui::epaint::{ClippedShape, Shape};

use super::book::Book;
use super::pen::Pen;
use super::{curves, lines, meshes, rects, texts};

/// Draws everything that a pass painted.
pub(super) fn draw(pen: &mut Pen, book: &mut Book, shapes: &[ClippedShape]) {
    for ClippedShape { clip_rect, shape, transform_after_tessellation } in shapes {
        if *transform_after_tessellation == TSTransform::IDENTITY {
            draw_one(pen, book, *clip_rect, shape);
        } else {
            let mut moved = shape.clone();
            moved.transform(*transform_after_tessellation);
            draw_one(pen, book, *clip_rect, &moved);
        }
    }
}

fn draw_one(pen: &mut Pen, book: &mut Book, clip: Rect, shape: &Shape) {
    match shape {
        Shape::Noop => return,
        Shape::Vec(shapes) => {
            for shape in shapes {
                draw_one(pen, book, clip, shape);
            }
            return;
        }
        _ => {}
    }
    let bounds = match shape {
        // Of characters that no font has, nothing may be seen; the words are there all the same.
        Shape::Text(text) if text.galley.num_vertices == 0 => text.galley.rect.translate(text.pos.to_vec2()),
        _ => shape.visual_bounding_rect(),
    };
    // Also false for what has no bounds at all, and for what is nowhere.
    if !bounds.intersects(clip) || !bounds.is_finite() {
        return;
    }
    pen.clip_to((!clip.contains_rect(bounds)).then_some(clip));
    match shape {
        Shape::Rect(rect) => rects::draw(pen, rect),
        Shape::Text(text) => texts::draw(pen, book, clip, text),
        Shape::LineSegment { points, stroke } => lines::segment(pen, *points, *stroke),
        Shape::Path(path) => lines::path(pen, path),
        Shape::Band(band) => lines::band(pen, band),
        Shape::Circle(circle) => curves::circle(pen, circle),
        Shape::Ellipse(ellipse) => curves::ellipse(pen, ellipse),
        Shape::QuadraticBezier(curve) => curves::quadratic(pen, curve),
        Shape::CubicBezier(curve) => curves::cubic(pen, curve),
        Shape::Mesh(mesh) => meshes::draw(pen, mesh),
        Shape::Callback(_) => pen.left_out += 1,
        Shape::Noop | Shape::Vec(_) => {}
    }
}
