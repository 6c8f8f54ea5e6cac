//! The lines of the edges: outwards between the rows, or across from card to card.

use super::{Neighbourhood, Place, Plan, Point};
use crate::catalog::neighbourhood::Group;

/// Into so many pieces a curve is cut.
const PIECES: usize = 14;

/// A line for each edge, and whether it leads outwards.
pub(super) fn lines(found: &Neighbourhood, plan: &Plan) -> (Vec<Vec<Point>>, Vec<bool>) {
    let node = |at: usize| found.nodes.get(at);
    let is_centre = |at: usize| node(at).is_some_and(|node| node.group == Group::Centre);
    let of_edge = |edge: &crate::catalog::neighbourhood::Edge| {
        let (from, to) = (place(plan, edge.from), place(plan, edge.to));
        let is_first = node(edge.to).and_then(|node| node.parent).is_some_and(is_centre);
        let outward = (is_centre(edge.from) && is_first)
            || node(edge.to).is_some_and(|node| node.parent == Some(edge.from));
        if outward {
            (out(&from, &to, plan.lanes.get(edge.to).copied().flatten(), plan.is_arc), true)
        } else {
            (across(&from, &to), is_centre(edge.from) && is_centre(edge.to))
        }
    };
    found.edges.iter().map(of_edge).unzip()
}

fn place(plan: &Plan, node: usize) -> Place {
    plan.cards.get(node).copied().unwrap_or_default()
}

/// From the outer edge of a card to the inner edge of one beyond it, straight on to an arc.
fn out(from: &Place, to: &Place, lane: Option<Point>, is_straight: bool) -> Vec<Point> {
    let is_left = to.middle().x < from.middle().x;
    let (start, end) = if is_left { (from.x, to.right()) } else { (from.right(), to.x) };
    let (start, end) = (Point { x: start, y: from.middle().y }, Point { x: end, y: to.middle().y });
    if is_straight {
        return vec![start, end];
    }
    let Some(lane) = lane else { return curve(start, end) };
    let mut line = curve(start, lane);
    let turn = if is_left { end.x + 9.0 } else { end.x - 9.0 };
    line.push(Point { x: turn, y: lane.y });
    line.push(end);
    line
}

/// A curve that leaves and arrives sideways.
fn curve(start: Point, end: Point) -> Vec<Point> {
    let middle = f32::midpoint(start.x, end.x);
    bezier([start, Point { x: middle, y: start.y }, Point { x: middle, y: end.y }, end])
}

/// A cubic Bézier curve as a polyline.
fn bezier(controls: [Point; 4]) -> Vec<Point> {
    let at = |piece: usize| {
        let done = piece as f32 / PIECES as f32;
        let left = 1.0 - done;
        let weights =
            [left * left * left, 3.0 * left * left * done, 3.0 * left * done * done, done * done * done];
        let sum = |of: fn(&Point) -> f32| weights.iter().zip(&controls).map(|(w, at)| w * of(at)).sum();
        Point { x: sum(|at| at.x), y: sum(|at| at.y) }
    };
    (0..=PIECES).map(at).collect()
}

/// Between two cards anywhere: from edge to edge where one is beside the other, else bowed around, towards the middle.
fn across(one: &Place, other: &Place) -> Vec<Point> {
    let at = |x: f32, place: &Place| Point { x, y: place.middle().y };
    if one.right() + 12.0 <= other.x {
        return curve(at(one.right(), one), at(other.x, other));
    }
    if other.right() + 12.0 <= one.x {
        return curve(at(one.x, one), at(other.right(), other));
    }
    let is_left = one.middle().x + other.middle().x < 0.0;
    let bow = 24.0 + (one.middle().y - other.middle().y).abs().min(240.0) * 0.2;
    let edge = |place: &Place| at(if is_left { place.right() } else { place.x }, place);
    let (start, end) = (edge(one), edge(other));
    let x = if is_left { start.x.max(end.x) + bow } else { start.x.min(end.x) - bow };
    bezier([start, Point { x, y: start.y }, Point { x, y: end.y }, end])
}
