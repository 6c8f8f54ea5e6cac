//! Cells: which sub-column of its lane and which row a node is in.

use std::collections::{BTreeMap, BTreeSet};

use super::super::kinds;
use super::super::model::{Architecture, Flow, NodeId, Point, Size};
use super::{COLUMN_GAP, EMPTY_LANE, Placement, ROW_GAP, TRACK, optimise};

/// One lane: sub-columns of cells from top to bottom, some of them empty.
pub(super) struct Lane {
    pub(super) columns: Vec<Vec<Option<NodeId>>>,
}

/// All lanes; every column has `rows` cells.
pub(super) struct Grid {
    pub(super) lanes: Vec<Lane>,
    pub(super) rows: usize,
}

/// The stages of a drawing in the order of their lanes: the known ones, then unknown ones by their text.
pub(super) fn stages(drawing: &Architecture) -> Vec<String> {
    let unknown: BTreeSet<&str> = drawing
        .nodes
        .values()
        .map(|node| node.stage.as_str())
        .filter(|stage| kinds::lane(stage).is_none())
        .collect();
    kinds::lanes().iter().map(|lane| lane.id.as_str()).chain(unknown).map(str::to_owned).collect()
}

/// How tall a lane of a drawing of `nodes` nodes may grow before it gets another column: at least eight rows, and
/// so many that the whole is somewhat wider than tall.
fn rows_of(nodes: usize) -> usize {
    const WIDER: f64 = 0.5;
    let cell = f64::from(Size::NODE.w + COLUMN_GAP) / f64::from(Size::NODE.h + ROW_GAP);
    ((nodes as f64 * cell / WIDER).sqrt().ceil() as usize).max(8)
}

impl Grid {
    pub(super) fn of(drawing: &Architecture) -> Self {
        let stages = stages(drawing);
        let mut members: BTreeMap<&str, Vec<&NodeId>> = BTreeMap::new();
        for node in drawing.nodes.values() {
            members.entry(&node.stage).or_default().push(&node.id);
        }
        let tallest = members.values().map(Vec::len).max().unwrap_or(0);
        let rows = tallest.min(rows_of(drawing.nodes.len()));
        let wishes = wishes(drawing, &stages);
        let mut lanes = Vec::new();
        for stage in &stages {
            let mut ids = members.remove(stage.as_str()).unwrap_or_default();
            let wish = |id: &NodeId| wishes.get(id).copied().unwrap_or_default();
            ids.sort_by(|a, b| wish(a).total_cmp(&wish(b)).then(a.cmp(b)));
            let count = ids.len().div_ceil(rows.max(1));
            let height = ids.len().div_ceil(count.max(1)).max(1);
            let columns = ids
                .chunks(height)
                .map(|chunk| {
                    let mut cells: Vec<_> = chunk.iter().map(|id| Some((*id).clone())).collect();
                    cells.resize(rows, None);
                    cells
                })
                .collect();
            lanes.push(Lane { columns });
        }
        let mut grid = Self { lanes, rows };
        let x = grid.middles();
        optimise::arrange(drawing, &mut grid, &x);
        grid
    }

    /// Where the middle of each column is while all boxes and gaps have their usual widths, in columns.
    fn middles(&self) -> Vec<f32> {
        let mut middles = Vec::new();
        let mut x = 0.0;
        for lane in &self.lanes {
            if lane.columns.is_empty() {
                x += EMPTY_LANE as f32 / (Size::NODE.w + COLUMN_GAP) as f32;
            }
            for _ in &lane.columns {
                middles.push(x);
                x += 1.0;
            }
        }
        middles
    }

    /// Corners for all nodes. `columns` and `rows` hold how many tracks run in the gap after each column
    /// and row (before the first one too, at index 0); missing entries ask for the least gap.
    pub(super) fn positions(
        &self,
        sizes: &BTreeMap<NodeId, Size>,
        columns: &[usize],
        rows: &[usize],
    ) -> BTreeMap<NodeId, Point> {
        let gap = |tracks: Option<&usize>, least: i32| {
            least.max(tracks.map_or(0, |count| 28 + TRACK * (*count).min(40) as i32))
        };
        let mut heights = vec![Size::NODE.h; self.rows];
        for column in self.lanes.iter().flat_map(|lane| &lane.columns) {
            for (height, cell) in heights.iter_mut().zip(column) {
                *height = (*height).max(cell.as_ref().and_then(|id| sizes.get(id)).map_or(0, |size| size.h));
            }
        }
        let mut tops = Vec::new();
        let mut y = 0;
        for (row, height) in heights.iter().enumerate() {
            tops.push(y);
            y += height + gap(rows.get(row + 1), ROW_GAP);
        }
        let mut positions = BTreeMap::new();
        let (mut x, mut index) = (0, 0);
        for lane in &self.lanes {
            if lane.columns.is_empty() {
                x += EMPTY_LANE;
            }
            for column in &lane.columns {
                let members = || column.iter().zip(&tops).filter_map(|(id, top)| Some((id.as_ref()?, *top)));
                let width = members()
                    .filter_map(|(id, _)| sizes.get(id))
                    .map(|size| size.w)
                    .max()
                    .unwrap_or(Size::NODE.w);
                for (id, top) in members() {
                    let own = sizes.get(id).map_or(width, |size| size.w);
                    positions.insert(id.clone(), Point::new(x + (width - own) / 2, top));
                }
                index += 1;
                x += width + gap(columns.get(index), COLUMN_GAP);
            }
        }
        positions
    }

    /// Demand by the router's columns, which are those of this grid when nothing is stored; a safe guess
    /// (the least gaps) if ever they are not.
    pub(super) fn per_column(&self, placement: &Placement, demand: &[usize]) -> Vec<usize> {
        let columns = self.lanes.iter().map(|lane| lane.columns.len()).sum::<usize>();
        if demand.len() == columns + 1 && !placement.positions.is_empty() {
            demand.to_vec()
        } else {
            Vec::new()
        }
    }

    /// Demand by row, from the tracks that run at some height.
    pub(super) fn per_row(&self, placement: &Placement, demand: &[(i32, usize)]) -> Vec<usize> {
        let mut tops = vec![i32::MAX; self.rows];
        for column in self.lanes.iter().flat_map(|lane| &lane.columns) {
            for (top, cell) in tops.iter_mut().zip(column) {
                if let Some(at) = cell.as_ref().and_then(|id| placement.positions.get(id)) {
                    *top = (*top).min(at.y);
                }
            }
        }
        let mut rows = vec![0; self.rows + 1];
        for (y, count) in demand {
            let row = tops.iter().take_while(|top| *top < y).count();
            if let Some(tracks) = rows.get_mut(row) {
                *tracks = (*tracks).max(*count);
            }
        }
        rows
    }
}

/// Where each node wants to be from left to right, in lanes: between its neighbours, behind what flows into it and
/// before what it flows into.
fn wishes<'a>(drawing: &'a Architecture, stages: &[String]) -> BTreeMap<&'a NodeId, f64> {
    /// How much of a lane a flow is to lead on.
    const STEP: f64 = 0.25;
    const ROUNDS: usize = 8;
    let ids: Vec<&NodeId> = drawing.nodes.keys().collect();
    let index: BTreeMap<&NodeId, usize> = ids.iter().enumerate().map(|(i, id)| (*id, i)).collect();
    let lane = |id: &NodeId| {
        let stage = drawing.nodes.get(id).map(|node| &node.stage);
        stages.iter().position(|other| Some(other) == stage).unwrap_or_default() as f64
    };
    let lanes: Vec<f64> = ids.iter().map(|id| lane(id)).collect();
    let ends = |flow: &Flow| Some((*index.get(&flow.from)?, *index.get(&flow.to)?));
    let flows: Vec<(usize, usize)> = drawing.flows.iter().filter_map(ends).filter(|(a, b)| a != b).collect();
    let mut x = lanes.clone();
    for _ in 0..ROUNDS {
        // Itself counts as well, so that two that pull at each other come to rest.
        let mut sums: Vec<(f64, f64)> = x.iter().map(|x| (*x, 1.0)).collect();
        for (from, to) in &flows {
            for (node, wish) in [(*from, x[*to] - STEP), (*to, x[*from] + STEP)] {
                sums[node].0 += wish;
                sums[node].1 += 1.0;
            }
        }
        for ((x, (sum, count)), lane) in x.iter_mut().zip(&sums).zip(&lanes) {
            *x = (sum / count).clamp(lane - 0.5, lane + 0.5);
        }
    }
    ids.into_iter().zip(x).collect()
}
