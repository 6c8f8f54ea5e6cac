//! Flows by class: data solid, model heavier, control dashed, observation dotted; each with its arrow.

use egui::{Color32, Painter, Pos2, Rect, Shape, Stroke, pos2};

use super::camera::pos;
use super::canvas::Scene;
use super::card::BLOCKS_BELOW;
use crate::architecture::Flow;
use crate::architecture::kinds::ArtifactClass;
use crate::catalog::Stage;
use crate::ui::theme::{Theme, mix};

/// How a class of artifacts is drawn.
struct Pen {
    color: Color32,
    width: f32,
    /// Lengths of dash and gap in points; none for a solid line.
    dash: Option<(f32, f32)>,
}

fn pen(theme: &Theme, class: ArtifactClass) -> Pen {
    match class {
        ArtifactClass::Data => Pen { color: theme.stage(Stage::Serve), width: 1.6, dash: None },
        ArtifactClass::Model => Pen { color: theme.stage(Stage::Monitor), width: 2.2, dash: None },
        ArtifactClass::Control => Pen { color: theme.color.text_3, width: 1.3, dash: Some((5.0, 4.0)) },
        ArtifactClass::Observation => {
            Pen { color: theme.stage(Stage::Feature), width: 1.6, dash: Some((1.8, 4.0)) }
        }
    }
}

/// The same; what was added is pale, whatever its class.
fn pen_of(theme: &Theme, class: ArtifactClass, is_added: bool) -> Pen {
    let pen = pen(theme, class);
    let color = if is_added { mix(pen.color, theme.color.canvas, 0.45) } else { pen.color };
    Pen { color, ..pen }
}

/// A flow whose artifact is to be named once the nodes are drawn, whose cards would cut the words.
pub(super) struct Named<'a> {
    /// Its line in the window.
    pub points: Vec<Pos2>,
    /// What flows.
    pub artifact: &'a str,
    /// Whether the pointer is on it.
    pub is_pointed_at: bool,
}

/// Draws the flows in sight; returns those that somebody looks at, the one under the pointer among them.
pub(super) fn flows<'a>(painter: &Painter, scene: &Scene<'a>, pointer: Option<Pos2>) -> Vec<Named<'a>> {
    let theme = scene.theme;
    let drawing = scene.drawing;
    let flows = &drawing.architecture.flows;
    let mut hovered = None;
    let mut shapes = Vec::new();
    let mut lit = Vec::new();
    for route in drawing.routes {
        let Some(flow) = flows.get(route.flow) else { continue };
        let points = line_of(scene, flow, &route.points);
        let bounds = Rect::from_points(&points).expand(8.0);
        if points.len() < 2 || !bounds.intersects(scene.view) {
            continue;
        }
        let near = pointer.is_some_and(|at| bounds.contains(at) && distance(&points, at) < 5.0);
        if near && hovered.is_none() {
            hovered = Some(route.flow);
        }
        let is_off = scene.marks.dims(&flow.from) || scene.marks.dims(&flow.to);
        let touches = if scene.marks.is_change() {
            scene.marks.changes(flow)
        } else {
            scene.is_selected(&flow.from) || scene.is_selected(&flow.to)
        };
        let class = flow.class();
        if touches || near {
            lit.push((points, class, flow));
        } else {
            let faded = if scene.marks.is_change() { is_off } else { !scene.selected.is_empty() };
            draw(&mut shapes, theme, &points, &pen_of(theme, class, flow.is_added()), width_of(scene), faded);
        }
    }
    for (points, class, flow) in &lit {
        draw(&mut shapes, theme, points, &pen_of(theme, *class, flow.is_added()), width_of(scene), false);
    }
    painter.extend(shapes);
    // More names than these would hide the drawing.
    const MOST_LABELS: usize = 24;
    if lit.len() > MOST_LABELS {
        lit.clear();
    }
    let pointed_at = hovered.and_then(|at| flows.get(at));
    lit.into_iter()
        .map(|(points, _, flow)| Named {
            points,
            artifact: &flow.artifact,
            is_pointed_at: pointed_at.is_some_and(|pointed_at| std::ptr::eq(pointed_at, flow)),
        })
        .collect()
}

/// All flows, to be named on a page.
pub(super) fn all_named<'a>(scene: &Scene<'a>) -> Vec<Named<'a>> {
    let flows = &scene.drawing.architecture.flows;
    let named = scene.drawing.routes.iter().filter_map(|route| {
        let flow = flows.get(route.flow)?;
        let points = line_of(scene, flow, &route.points);
        Some(Named { points, artifact: &flow.artifact, is_pointed_at: false })
    });
    named.collect()
}

/// The routed points in the window; while an end moves, a plain elbow between the nodes.
fn line_of(scene: &Scene<'_>, flow: &Flow, route: &[crate::architecture::Point]) -> Vec<Pos2> {
    if scene.is_moving(&flow.from) || scene.is_moving(&flow.to) {
        let (Some(from), Some(to)) = (scene.node_rect(&flow.from), scene.node_rect(&flow.to)) else {
            return Vec::new();
        };
        let right = to.center().x >= from.center().x;
        let start = if right { from.right_center() } else { from.left_center() };
        let end = if right { to.left_center() } else { to.right_center() };
        let middle = f32::midpoint(start.x, end.x);
        return [start, pos2(middle, start.y), pos2(middle, end.y), end].map(|at| scene.to_view(at)).to_vec();
    }
    route.iter().map(|point| scene.to_view(pos(*point))).collect()
}

/// A line of a class on a page, as of what was added or not, from one point to another at a zoom.
pub(super) fn sample(
    painter: &Painter,
    theme: &Theme,
    class: ArtifactClass,
    is_added: bool,
    (ends, zoom): ([Pos2; 2], f32),
) {
    let mut shapes = Vec::new();
    draw(&mut shapes, theme, &ends, &pen_of(theme, class, is_added), Width::Printed(zoom), false);
    painter.extend(shapes);
}

/// How wide lines are drawn.
#[derive(Clone, Copy)]
enum Width {
    /// As they are seen best at a zoom.
    Seen(f32),
    /// At a zoom, as large as everything.
    Printed(f32),
}

fn width_of(scene: &Scene<'_>) -> Width {
    let zoom = scene.camera.zoom;
    if scene.is_printed { Width::Printed(zoom) } else { Width::Seen(zoom) }
}

fn draw(shapes: &mut Vec<Shape>, theme: &Theme, points: &[Pos2], pen: &Pen, width: Width, faded: bool) {
    let color = if faded { mix(pen.color, theme.color.canvas, 0.72) } else { pen.color };
    let (scale, dashes, least, is_far) = match width {
        Width::Seen(zoom) => {
            let scale = zoom.clamp(0.35, 1.6);
            (scale, scale.max(0.6), 0.8, zoom < BLOCKS_BELOW)
        }
        Width::Printed(zoom) => (zoom, zoom, 0.0, false),
    };
    let stroke = Stroke::new((pen.width * scale).max(least), color);
    match pen.dash {
        // Far away a dash is smaller than a pixel: a thin line says the same for less.
        Some((dash, gap)) if !is_far => {
            shapes.extend(Shape::dashed_line(points, stroke, dash * dashes, gap * dashes));
        }
        // Nor can a bend's curve be seen from there.
        _ if is_far => shapes.push(Shape::line(points.to_vec(), stroke)),
        _ => shapes.push(Shape::line(rounded(points, 6.0 * scale), stroke)),
    }
    if !is_far && let [.., before, tip] = points {
        let along = (*tip - *before).normalized();
        let across = along.rot90();
        let length = 8.0 * scale;
        let base = *tip - along * length;
        let head = vec![*tip, base + across * (length * 0.45), base - across * (length * 0.45)];
        shapes.push(Shape::convex_polygon(head, color, Stroke::NONE));
    }
}

/// The same line with its corners cut by short arcs, so that a bend reads as one line, not as a crossing.
fn rounded(points: &[Pos2], radius: f32) -> Vec<Pos2> {
    let mut out = Vec::with_capacity(points.len() * 4);
    for window in points.windows(3) {
        let (before, corner, after) = (window[0], window[1], window[2]);
        if out.is_empty() {
            out.push(before);
        }
        let r = radius.min((corner - before).length() / 2.0).min((after - corner).length() / 2.0);
        let (from, to) =
            (corner - (corner - before).normalized() * r, corner + (after - corner).normalized() * r);
        for step in 0..=4 {
            let t = step as f32 / 4.0;
            let (u, v) = (from.lerp(corner, t), corner.lerp(to, t));
            out.push(u.lerp(v, t));
        }
    }
    if let (Some(first), Some(last)) = (points.first(), points.last()) {
        if out.is_empty() {
            out.push(*first);
        }
        out.push(*last);
    }
    out
}

fn distance(points: &[Pos2], at: Pos2) -> f32 {
    points
        .windows(2)
        .map(|pair| {
            let (a, b) = (pair[0], pair[1]);
            let along = b - a;
            let t = ((at - a).dot(along) / along.length_sq().max(0.001)).clamp(0.0, 1.0);
            (at - (a + along * t)).length()
        })
        .fold(f32::INFINITY, f32::min)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounding_keeps_the_ends_and_stays_near_the_corner() {
        let points = [pos2(0.0, 0.0), pos2(100.0, 0.0), pos2(100.0, 50.0)];
        let line = rounded(&points, 6.0);
        assert_eq!((line.first(), line.last()), (points.first(), points.last()));
        assert!(line.iter().all(|at| distance(&points, *at) < 3.0));
        assert_eq!(rounded(&points[..2], 6.0), points[..2]);
    }
}
