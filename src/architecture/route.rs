//! Leads each flow around the boxes along horizontal and vertical lines.
//!
//! `scene` sees the boxes as columns with channels between them, `choose` gives each flow a shape through
//! these channels and the gaps between rows (`maze` where boxes stand in each other's columns), `tracks` then gives
//! all parallel pieces coordinates of their own: first the vertical ones, which are allowed for as long as they can
//! get, then the horizontal ones, ports included, whose ends are then known.
//!
//! A shape depends on the boxes near it alone, and coordinates on the pieces of one group alone: so after a move
//! only what it touched is found again, and the result is that of finding everything.

mod choose;
mod maze;
mod plan;
mod scene;
mod tracks;

use super::layout::{Bounds, Placement};
use super::model::{Architecture, Point};
use choose::Shape;
use plan::Plan;

/// The line of one flow: corners from the border of `from` to the border of `to`, each step horizontal
/// or vertical.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    /// Index into [`Architecture::flows`].
    pub flow: usize,
    /// At least two points.
    pub points: Vec<Point>,
}

/// The lines of a drawing, and what is needed to find the touched ones again after a move.
#[derive(Clone, Debug, Default)]
pub struct Routes {
    lines: Vec<Route>,
    plan: Plan,
    /// Whether the lines are not all those of the plan.
    is_sketch: bool,
}

impl Routes {
    /// Routes all flows whose two ends are placed; the same input always gives the same lines.
    pub fn of(drawing: &Architecture, placement: &Placement) -> Self {
        let plan = Plan::of(drawing, placement);
        let lines = plan.shapes().map(|(flow, shape)| Route { flow, points: points(shape) }).collect();
        Self { lines, plan, is_sketch: false }
    }

    /// Brings the lines up to date with another placement of the same drawing, or with another drawing. The result
    /// is that of [`Routes::of`]; where only boxes moved it costs what they touch.
    pub fn follow(&mut self, drawing: &Architecture, placement: &Placement) {
        let moved = if self.is_sketch { None } else { self.plan.moved(drawing, placement) };
        let Some(plan) = moved else {
            *self = Self::of(drawing, placement);
            return;
        };
        for ((line, (_, shape)), (_, before)) in
            self.lines.iter_mut().zip(plan.shapes()).zip(self.plan.shapes())
        {
            if shape != before {
                line.points = points(shape);
            }
        }
        self.plan = plan;
    }

    /// Keeps the lines whose ends did not move, and gives all others plain elbows that avoid nothing.
    pub fn sketch(&mut self, drawing: &Architecture, placement: &Placement) {
        let mut known = self.plan.known().peekable();
        let mut lines = Vec::with_capacity(drawing.flows.len());
        for (flow, of) in drawing.flows.iter().enumerate() {
            let (Some(a), Some(b)) = (placement.node(&of.from), placement.node(&of.to)) else { continue };
            let key = (&of.from, &of.to);
            // Both are sorted by their ends.
            while known.next_if(|(old, ..)| *old < key).is_some() {}
            let points = match known.next_if(|(old, ..)| *old == key) {
                Some((_, boxes, shape)) if boxes == [a, b] => points(shape),
                _ => elbow(a, b),
            };
            lines.push(Route { flow, points });
        }
        drop(known);
        self.lines = lines;
        self.is_sketch = true;
    }

    /// The lines in the order of the flows.
    pub fn lines(&self) -> &[Route] {
        &self.lines
    }
}

/// Routes all flows whose two ends are placed; the same input always gives the same lines.
pub fn route(drawing: &Architecture, placement: &Placement) -> Vec<Route> {
    Routes::of(drawing, placement).lines
}

/// How many lines run side by side, for the width of channels.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Demand {
    /// Tracks left of each column, and right of the last.
    pub(super) columns: Vec<usize>,
    /// Tracks of each horizontal gap in use, with a height in it.
    pub(super) rows: Vec<(i32, usize)>,
}

/// What the lines of a placement need; see [`Demand`].
pub(super) fn demand(drawing: &Architecture, placement: &Placement) -> Demand {
    Plan::of(drawing, placement).demand()
}

fn points(shape: &Shape) -> Vec<Point> {
    let mut corners = Vec::with_capacity(shape.segments.len() + 1);
    let along = |vertical: bool, at: i32, along: i32| {
        if vertical { Point::new(at, along) } else { Point::new(along, at) }
    };
    for (index, segment) in shape.segments.iter().enumerate() {
        let before = index.checked_sub(1).map_or(shape.borders[0], |i| shape.segments[i].at);
        corners.push(along(segment.vertical, segment.at, before));
    }
    if let Some(last) = shape.segments.last() {
        corners.push(along(last.vertical, last.at, shape.borders[1]));
    }
    tidy(corners)
}

/// From the middle of one side to the middle of another, with the vertical piece halfway.
fn elbow(a: Bounds, b: Bounds) -> Vec<Point> {
    let right = a.x + a.w / 2 <= b.x + b.w / 2;
    let (start, end) = if right { (a.right(), b.x) } else { (a.x, b.right()) };
    let (from, to) = (Point::new(start, a.y + a.h / 2), Point::new(end, b.y + b.h / 2));
    let middle = i32::midpoint(start, end);
    tidy(vec![from, Point::new(middle, from.y), Point::new(middle, to.y), to])
}

/// Drops corners that are none.
fn tidy(points: Vec<Point>) -> Vec<Point> {
    let mut kept: Vec<Point> = Vec::with_capacity(points.len());
    for point in points {
        if kept.last() == Some(&point) {
            continue;
        }
        if let [.., a, b] = kept.as_slice()
            && ((a.x == b.x && b.x == point.x) || (a.y == b.y && b.y == point.y))
        {
            kept.pop();
        }
        kept.push(point);
    }
    kept
}
