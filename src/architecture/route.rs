//! Leads each flow around the boxes along horizontal and vertical lines.
//!
//! `scene` sees the boxes as columns with channels between them, `choose` gives each flow a shape through
//! these channels and the gaps between rows, `tracks` then gives all parallel pieces coordinates of their
//! own: first the vertical ones, which are allowed for as long as they can get, then the horizontal ones,
//! ports included, whose ends are then known.

mod choose;
mod scene;
mod tracks;

use std::collections::BTreeMap;

use super::layout::Placement;
use super::model::{Architecture, NodeId, Point};
use choose::{Load, Shape, choose};
use scene::Scene;
use tracks::{Piece, assign};

/// The line of one flow: corners from the border of `from` to the border of `to`, each step horizontal
/// or vertical.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    /// Index into [`Architecture::flows`].
    pub flow: usize,
    /// At least two points.
    pub points: Vec<Point>,
}

/// How many lines run side by side, for the width of channels.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Demand {
    /// Tracks left of each column, and right of the last.
    pub(super) columns: Vec<usize>,
    /// Tracks of each horizontal gap in use, with a height in it.
    pub(super) rows: Vec<(i32, usize)>,
}

/// Routes all flows whose two ends are placed; the same input always gives the same lines.
pub fn route(drawing: &Architecture, placement: &Placement) -> Vec<Route> {
    let mut plan = Plan::of(drawing, placement);
    plan.settle(true);
    plan.settle(false);
    plan.shapes.iter().map(|(flow, shape)| Route { flow: *flow, points: points(shape) }).collect()
}

/// What the lines of a placement need; see [`Demand`].
pub(super) fn demand(drawing: &Architecture, placement: &Placement) -> Demand {
    let mut plan = Plan::of(drawing, placement);
    let mut demand = Demand { columns: vec![0; plan.scene.columns.len() + 1], rows: Vec::new() };
    let vertical = plan.settle(true);
    for (shape, segment, tracks) in vertical {
        let channel = plan.shapes[shape].1.segments[segment].channel;
        if let Some(count) = channel.and_then(|channel| demand.columns.get_mut(channel)) {
            *count = (*count).max(tracks);
        }
    }
    for (shape, segment, tracks) in plan.settle(false) {
        let segments = &plan.shapes[shape].1.segments;
        if segment > 0 && segment + 1 < segments.len() {
            demand.rows.push((segments[segment].at, tracks));
        }
    }
    demand
}

struct Plan {
    scene: Scene,
    /// Index of the flow and its shape, in the order of the flows.
    shapes: Vec<(usize, Shape)>,
}

impl Plan {
    fn of(drawing: &Architecture, placement: &Placement) -> Self {
        let ids: Vec<&NodeId> = drawing.nodes.keys().filter(|id| placement.node(id).is_some()).collect();
        let scene = Scene::of(ids.iter().filter_map(|id| placement.node(id)).collect());
        let index: BTreeMap<&NodeId, usize> = ids.iter().enumerate().map(|(i, id)| (*id, i)).collect();
        let mut waiting: Vec<(i32, usize, usize, usize)> = Vec::new();
        for (flow, of) in drawing.flows.iter().enumerate() {
            if let (Some(&from), Some(&to)) = (index.get(&of.from), index.get(&of.to)) {
                let (a, b) = (scene.boxes[from], scene.boxes[to]);
                waiting.push(((a.x - b.x).abs() + (a.y - b.y).abs(), flow, from, to));
            }
        }
        // Short flows choose first: they have the fewest ways.
        waiting.sort_unstable();
        let mut load = Load::new(&scene);
        let mut shapes: Vec<(usize, Shape)> = Vec::new();
        for (_, flow, from, to) in waiting {
            let shape = choose(&scene, &load, from, to);
            load.take(&shape);
            shapes.push((flow, shape));
        }
        shapes.sort_by_key(|(flow, _)| *flow);
        let mut plan = Self { scene, shapes };
        plan.guess_ports();
        plan
    }

    /// Spreads the lines of each side of a box in the order of where they go, as a first guess.
    fn guess_ports(&mut self) {
        type Port = (usize, bool, i32);
        let mut ports: BTreeMap<Port, Vec<(i32, usize, usize)>> = BTreeMap::new();
        for (index, (_, shape)) in self.shapes.iter().enumerate() {
            let last = shape.segments.len() - 1;
            for (end, segment, further) in [(0, 0, 2.min(last)), (1, last, last.saturating_sub(2))] {
                let vertical = shape.segments[segment].vertical;
                let goal = if last == 1 {
                    // One bend: the line goes on to where its other end is.
                    shape.borders[1 - end]
                } else {
                    shape.segments[further].at
                };
                let port = (shape.ends[end], vertical, shape.borders[end]);
                ports.entry(port).or_default().push((goal, index, segment));
            }
        }
        for mut lines in ports.into_values() {
            lines.sort_unstable();
            let count = lines.len() as i32;
            for (place, (_, shape, segment)) in lines.into_iter().enumerate() {
                let segment = &mut self.shapes[shape].1.segments[segment];
                let (low, high) = segment.range;
                segment.at = low + (high - low) * (place as i32 + 1) / (count + 1);
            }
        }
    }

    /// Gives all segments of one direction their coordinates; answers (shape, segment, tracks of its
    /// group) for each.
    fn settle(&mut self, vertical: bool) -> Vec<(usize, usize, usize)> {
        let mut places = Vec::new();
        let mut pieces = Vec::new();
        for (index, (_, shape)) in self.shapes.iter().enumerate() {
            for (at, segment) in shape.segments.iter().enumerate() {
                if segment.vertical == vertical {
                    places.push((index, at));
                    pieces.push(piece(shape, at, vertical));
                }
            }
        }
        let found = assign(&pieces);
        let mut told = Vec::new();
        for ((shape, segment), (at, tracks)) in places.into_iter().zip(found) {
            self.shapes[shape].1.segments[segment].at = at;
            told.push((shape, segment, tracks));
        }
        told
    }
}

/// A segment as the track assignment sees it. A vertical one is taken as long as its neighbours can make
/// it; a horizontal one ends where its neighbours are by now.
fn piece(shape: &Shape, index: usize, as_long_as_possible: bool) -> Piece {
    let own = shape.segments[index];
    let end = |neighbour: Option<usize>, border: i32, beyond: i32| {
        let Some(next) = neighbour.and_then(|i| shape.segments.get(i)) else {
            return ((border, border), (border, 0));
        };
        let span = if as_long_as_possible { next.range } else { (next.at, next.at) };
        (span, (next.at, (beyond - own.at).signum()))
    };
    let far = |step: isize, border: i32| {
        let over = index.checked_add_signed(step).and_then(|i| shape.segments.get(i));
        over.map_or(border, |segment| segment.at)
    };
    let before = index.checked_sub(1);
    let (a, first) = end(before, shape.borders[0], far(-2, shape.borders[0]));
    let (b, last) = end(Some(index + 1), shape.borders[1], far(2, shape.borders[1]));
    let reach = (a.0.min(b.0), a.1.max(b.1));
    Piece { range: own.range, wish: own.at, reach, ends: [first, last] }
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
