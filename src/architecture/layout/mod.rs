//! Gives every node a place: lanes are columns, a file's own positions win, the rest is placed.
//!
//! `grid` puts the nodes of each lane into sub-columns and rows so that flows are short and seldom
//! cross; here cells become coordinates, with channels as wide as the flows in them need.

mod bands;
mod crossings;
mod free;
mod grid;
mod optimise;
mod slopes;

use std::collections::BTreeMap;

use super::model::{Architecture, NodeId, Point, Size};
use super::route;
pub use crossings::crossings;
use free::FreeHeights;
use grid::Grid;

/// A lane as drawn: a column of the canvas.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LaneBand {
    /// The `stage` of its nodes.
    pub stage: String,
    /// What is written above it.
    pub title: String,
    /// The lifecycle stage whose hue it has; `None` for a lane this version does not know.
    pub hue: Option<String>,
    /// Its left border.
    pub x: i32,
    /// Its width.
    pub width: i32,
}

/// A rectangle: top-left corner and size.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Bounds {
    /// Left border.
    pub x: i32,
    /// Upper border.
    pub y: i32,
    /// Width, 0 or more.
    pub w: i32,
    /// Height, 0 or more.
    pub h: i32,
}

impl Bounds {
    /// The right border.
    pub fn right(&self) -> i32 {
        self.x + self.w
    }

    /// The lower border.
    pub fn bottom(&self) -> i32 {
        self.y + self.h
    }

    /// Whether the two share more than a border.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.x < other.right() && other.x < self.right() && self.y < other.bottom() && other.y < self.bottom()
    }
}

/// Where everything is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Placement {
    /// Top-left corner of every node.
    pub positions: BTreeMap<NodeId, Point>,
    /// Width and height of every node.
    pub sizes: BTreeMap<NodeId, Size>,
    /// Disjoint, from left to right in stage order; unknown stages last.
    pub lanes: Vec<LaneBand>,
    /// Holds all nodes and lanes.
    pub bounds: Bounds,
}

impl Placement {
    /// The box of a node.
    pub fn node(&self, id: &NodeId) -> Option<Bounds> {
        let (at, size) = (self.positions.get(id)?, self.sizes.get(id)?);
        Some(box_at(*at, *size))
    }

    /// The boxes of all nodes, by id.
    pub(super) fn boxes(&self) -> Vec<(&NodeId, Bounds)> {
        let sizes = &mut self.sizes.iter().peekable();
        let size_of = |id: &NodeId| {
            // Both maps are in the order of ids: nothing has to be searched for.
            while sizes.next_if(|(other, _)| *other < id).is_some() {}
            sizes.next_if(|(other, _)| *other == id).map(|(_, size)| *size)
        };
        let mut size_of = size_of;
        self.positions.iter().filter_map(|(id, at)| Some((id, box_at(*at, size_of(id)?)))).collect()
    }
}

/// Between two columns of nodes, at least.
pub(super) const COLUMN_GAP: i32 = 84;
/// Between two rows of nodes, at least.
pub(super) const ROW_GAP: i32 = 60;
/// Room above and below everything, for titles and the lines that go round the outside.
const AROUND: i32 = 80;
/// Width of a lane without nodes: its title has room at half size.
const EMPTY_LANE: i32 = 144;
/// A track of a channel, when there is room for it.
const TRACK: i32 = 11;
/// Positions beyond this are drawn at it, so that sums of coordinates cannot overflow.
const FAR: i32 = 1_000_000;

/// Places all nodes; the same drawing always gives the same placement.
///
/// Stored positions are kept (up to a million units from the origin); a node without one is put into its
/// lane where no other node is.
pub fn place(drawing: &Architecture) -> Placement {
    let sizes: BTreeMap<_, _> =
        drawing.nodes.keys().map(|id| (id.clone(), bounded(drawing.size_of(id)))).collect();
    let mut placement = Placement { sizes, ..Placement::default() };
    let stored = drawing.nodes.keys().filter(|id| drawing.layout.contains_key(id)).count();
    if stored == drawing.nodes.len() {
        let at = |id: &NodeId| drawing.layout.get(id).map(|at| kept(*at));
        placement.positions = drawing.nodes.keys().filter_map(|id| Some((id.clone(), at(id)?))).collect();
    } else if stored > 0 {
        let grid = Grid::of(drawing);
        placement.positions = grid.positions(&placement.sizes, &[], &[]);
        placement.positions = around_stored(drawing, &grid, &placement);
    } else {
        let grid = Grid::of(drawing);
        placement.positions = grid.positions(&placement.sizes, &[], &[]);
        // Channels get the width that the flows in them ask for; a second look is enough, because the
        // choice of channels hardly depends on their width.
        let demand = route::demand(drawing, &placement);
        let columns = grid.per_column(&placement, &demand.columns);
        let rows = grid.per_row(&placement, &demand.rows);
        placement.positions = grid.positions(&placement.sizes, &columns, &rows);
    }
    placement.lanes = bands::bands(drawing, &placement);
    placement.bounds = bounds(&placement);
    placement
}

/// What can be said at once of where a changed drawing's nodes are: stored positions are kept, the others are where
/// they were `before`, and nodes that are new and have no position are nowhere.
pub(super) fn place_roughly(drawing: &Architecture, before: &Placement) -> Placement {
    let mut placement = Placement::default();
    for id in drawing.nodes.keys() {
        let at = drawing.layout.get(id).map(|at| kept(*at)).or_else(|| before.positions.get(id).copied());
        if let Some(at) = at {
            placement.positions.insert(id.clone(), at);
            placement.sizes.insert(id.clone(), bounded(drawing.size_of(id)));
        }
    }
    placement.lanes = bands::bands(drawing, &placement);
    placement.bounds = bounds(&placement);
    placement
}

fn kept(at: Point) -> Point {
    Point::new(at.x.clamp(-FAR, FAR), at.y.clamp(-FAR, FAR))
}

fn bounded(size: Size) -> Size {
    Size { w: size.w.clamp(40, 2_000), h: size.h.clamp(24, 2_000) }
}

/// Keeps stored positions; puts the others where the stored ones of their lane are, as near to their neighbours as
/// there is room.
fn around_stored(drawing: &Architecture, grid: &Grid, free: &Placement) -> BTreeMap<NodeId, Point> {
    let mut placed = BTreeMap::new();
    let mut shifts: Vec<Option<i32>> = Vec::new();
    for lane in &grid.lanes {
        let mut by: Vec<i32> = Vec::new();
        for id in lane.columns.iter().flatten().flatten() {
            if let (Some(stored), Some(own)) = (drawing.layout.get(id), free.positions.get(id)) {
                let at = kept(*stored);
                by.push(at.x - own.x);
                placed.insert(id.clone(), at);
            }
        }
        by.sort_unstable();
        shifts.push(by.get(by.len() / 2).copied());
    }
    let mut rows: Vec<i32> = placed.values().map(|at| at.y).collect();
    rows.sort_unstable();
    rows.dedup();
    let mut neighbours: BTreeMap<&NodeId, Vec<&NodeId>> = BTreeMap::new();
    for flow in drawing.flows.iter().filter(|flow| flow.from != flow.to) {
        neighbours.entry(&flow.from).or_default().push(&flow.to);
        neighbours.entry(&flow.to).or_default().push(&flow.from);
    }
    let mut taken: Vec<Bounds> =
        placed.iter().filter_map(|(id, at)| Some(box_at(*at, *free.sizes.get(id)?))).collect();
    let mut last = shifts.iter().flatten().next().copied().unwrap_or_default();
    let mut free_heights: Option<FreeHeights> = None;
    for (lane, shift) in grid.lanes.iter().zip(&shifts) {
        last = shift.unwrap_or(last);
        for id in lane.columns.iter().flatten().flatten() {
            let (Some(own), Some(size)) = (free.positions.get(id), free.sizes.get(id)) else { continue };
            if placed.contains_key(id) {
                continue;
            }
            let x = own.x + last;
            let near = neighbours.get(id).map(Vec::as_slice).unwrap_or_default();
            let mut wishes: Vec<i32> = near.iter().filter_map(|id| Some(placed.get(*id)?.y)).collect();
            wishes.sort_unstable();
            let wish = wishes.get(wishes.len() / 2).copied().unwrap_or(own.y);
            let heights = match &mut free_heights {
                Some(known) if known.is_of(x, size.w) => known,
                other => other.insert(FreeHeights::beside(&taken, x, size.w)),
            };
            let at = Point::new(x, heights.nearest(&rows, wish, *size));
            let own = box_at(at, *size);
            heights.take(&own);
            taken.push(own);
            placed.insert(id.clone(), at);
        }
    }
    placed
}

fn box_at(at: Point, size: Size) -> Bounds {
    Bounds { x: at.x, y: at.y, w: size.w, h: size.h }
}

fn bounds(placement: &Placement) -> Bounds {
    let boxes: Vec<_> = placement.positions.keys().filter_map(|id| placement.node(id)).collect();
    let left = boxes.iter().map(|b| b.x).chain(placement.lanes.iter().map(|lane| lane.x)).min();
    let right =
        boxes.iter().map(Bounds::right).chain(placement.lanes.iter().map(|lane| lane.x + lane.width)).max();
    let top = boxes.iter().map(|b| b.y).min();
    let bottom = boxes.iter().map(Bounds::bottom).max();
    let (x, y) = (left.unwrap_or_default(), top.unwrap_or_default() - AROUND);
    Bounds { x, y, w: right.unwrap_or(x) - x, h: bottom.unwrap_or(y) + AROUND - y }
}
