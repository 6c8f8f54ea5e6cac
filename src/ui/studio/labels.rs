//! The names of what flows, written beside the flows that somebody looks at: on their lines, where they hide no card and
//! no other name.

use egui::{Align2, FontId, Painter, Pos2, Rect, Vec2, vec2};

use super::canvas::Scene;
use super::flows::Named;
use crate::ui::widgets::{Ink, paint_text};

/// Names the flows; one for which there is no room stays without, unless the pointer is on it.
pub(super) fn labels(painter: &Painter, scene: &Scene<'_>, named: &[Named<'_>]) {
    if named.is_empty() {
        return;
    }
    let theme = scene.theme;
    let scale = if scene.is_printed { scene.camera.zoom } else { 1.0 };
    let nodes = scene.drawing.architecture.nodes.keys();
    let cards = nodes.filter_map(|id| Some(scene.camera.rect_to_view(scene.view, scene.node_rect(id)?)));
    let cards: Vec<Rect> = cards.filter(|card| card.intersects(scene.view)).collect();
    let mut taken: Vec<Rect> = Vec::new();
    // Whoever points at a flow wants to know that one.
    let mut ordered: Vec<&Named<'_>> = named.iter().collect();
    ordered.sort_by_key(|flow| !flow.is_pointed_at);
    for flow in ordered {
        let text = flow.artifact.replace('_', " ");
        let ink = Ink::new(FontId::proportional(11.0 * scale), theme.color.text);
        let galley = painter.layout_no_wrap(text.clone(), ink.font.clone(), ink.color);
        let size = galley.size() + vec2(10.0, 4.0) * scale;
        let near = Rect::from_points(&flow.points).expand2(size);
        let in_the_way: Vec<Rect> =
            cards.iter().chain(&taken).filter(|other| other.intersects(near)).copied().collect();
        let free = free_place(&flow.points, size, &in_the_way, scene.view);
        let Some(ground) = free.or_else(|| flow.is_pointed_at.then(|| middle(&flow.points, size))?) else {
            continue;
        };
        painter.rect_filled(ground, 4.0 * scale, theme.color.panel);
        paint_text(painter, ground.center(), Align2::CENTER_CENTER, &text, &ink, f32::INFINITY);
        taken.push(ground);
    }
}

/// The middle of the longest stretch.
fn middle(points: &[Pos2], size: Vec2) -> Option<Rect> {
    let [from, to] = *stretches(points).first()?;
    Some(Rect::from_center_size(from.lerp(to, 0.5), size))
}

/// The straight pieces, the longest first.
fn stretches(points: &[Pos2]) -> Vec<[Pos2; 2]> {
    let mut all: Vec<[Pos2; 2]> = points.windows(2).map(|pair| [pair[0], pair[1]]).collect();
    all.sort_by(|a, b| b[0].distance_sq(b[1]).total_cmp(&a[0].distance_sq(a[1])));
    all
}

/// A place on the line, wholly in `view`, that nothing else has: in the middle of a long stretch rather than at its end.
fn free_place(points: &[Pos2], size: Vec2, in_the_way: &[Rect], view: Rect) -> Option<Rect> {
    /// Where along a stretch, the best first.
    const ALONG: [f32; 9] = [0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8, 0.1, 0.9];
    let stretches = stretches(points);
    let places = stretches.iter().flat_map(|[from, to]| {
        ALONG.iter().map(move |along| Rect::from_center_size(from.lerp(*to, *along), size))
    });
    let is_free = |place: &Rect| {
        view.contains_rect(*place) && !in_the_way.iter().any(|other| other.expand(1.0).intersects(*place))
    };
    places.into_iter().find(is_free)
}

#[cfg(test)]
mod tests {
    use egui::pos2;

    use super::*;

    const VIEW: Rect = Rect { min: Pos2::ZERO, max: pos2(400.0, 400.0) };
    const SIZE: Vec2 = vec2(40.0, 16.0);

    #[test]
    fn a_name_stands_in_the_middle_of_the_longest_stretch_that_is_free() {
        let line = [pos2(20.0, 50.0), pos2(220.0, 50.0), pos2(220.0, 150.0), pos2(300.0, 150.0)];
        let at = |in_the_way: &[Rect]| free_place(&line, SIZE, in_the_way, VIEW).map(|place| place.center());
        assert_eq!(at(&[]), Some(pos2(120.0, 50.0)));
        let card = Rect::from_center_size(pos2(120.0, 50.0), vec2(10.0, 10.0));
        // 0.4 of the way still lies on the card, and 0.6; 0.3 does not: 20 + 60, less 20, is far enough from 115.
        assert_eq!(at(&[card]), Some(pos2(80.0, 50.0)));
        let row = Rect::from_min_max(pos2(0.0, 40.0), pos2(400.0, 60.0));
        assert_eq!(at(&[row]), Some(pos2(220.0, 100.0)), "the next longest");
        assert_eq!(at(&[VIEW]), None);
    }

    #[test]
    fn a_name_is_never_cut_by_the_edge() {
        let line = [pos2(0.0, 5.0), pos2(390.0, 5.0), pos2(390.0, 200.0)];
        let place = free_place(&line, SIZE, &[], VIEW);
        assert_eq!(place, None, "on both stretches it would stick out");
        assert_eq!(
            middle(&line, SIZE).unwrap().center(),
            pos2(195.0, 5.0),
            "pointed at, it is there all the same"
        );
    }
}
