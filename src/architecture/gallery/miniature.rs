//! A drawing as small as a stamp: boxes, lines and lanes without words.

use crate::architecture::layout::{Bounds, place};
use crate::architecture::model::{Architecture, Point};
use crate::architecture::route::route;

/// Flows of more than these would be one grey patch.
const MOST_LINES: usize = 400;
/// Boxes of more than these would be smaller than a point, and take as long to place as a whole canvas.
const MOST_BOXES: usize = 500;

/// Where everything of a drawing is, for a picture in which nothing can be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Miniature {
    /// Holds all of it, without the room that a canvas leaves around.
    pub bounds: Bounds,
    /// Left border and width of every second lane, which has another ground.
    pub lanes: Vec<(i32, i32)>,
    /// The boxes, each with its lane.
    pub boxes: Vec<(Bounds, String)>,
    /// The corners of the lines; none where there are too many.
    pub lines: Vec<Vec<Point>>,
    /// Whether there is none of all this, since nothing could be made out in it.
    pub is_left_out: bool,
}

impl Miniature {
    /// Places and routes a drawing, unless it is too large to be made out.
    pub fn of(drawing: &Architecture) -> Self {
        if drawing.nodes.len() > MOST_BOXES {
            return Self { is_left_out: true, ..Self::default() };
        }
        let placement = place(drawing);
        let routes = if drawing.flows.len() > MOST_LINES { Vec::new() } else { route(drawing, &placement) };
        let placed = drawing.nodes.values().filter_map(|node| {
            let at = placement.node(&node.id)?;
            Some((at, node.stage.clone()))
        });
        let boxes: Vec<_> = placed.collect();
        let heights = boxes.iter().flat_map(|(at, _)| [at.y, at.bottom()]);
        let heights = heights.chain(routes.iter().flat_map(|route| route.points.iter().map(|at| at.y)));
        let (top, bottom) =
            heights.fold((i32::MAX, i32::MIN), |(top, bottom), y| (top.min(y), bottom.max(y)));
        let (top, bottom) = if top > bottom { (0, 0) } else { (top, bottom) };
        let lanes = placement.lanes.iter().skip(1).step_by(2).map(|lane| (lane.x, lane.width));
        Self {
            bounds: Bounds { y: top, h: bottom - top, ..placement.bounds },
            lanes: lanes.collect(),
            boxes,
            lines: routes.into_iter().map(|route| route.points).collect(),
            is_left_out: false,
        }
    }
}
