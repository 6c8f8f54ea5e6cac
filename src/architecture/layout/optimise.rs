//! Chooses rows: barycentre sweeps, median placement, then exchanges of two cells of a column for as
//! long as they make flows shorter, straighter or less crossed.

use std::collections::BTreeMap;

use super::super::model::{Architecture, NodeId};
use super::grid::Grid;

/// Above this many flows, crossings are no longer counted pair by pair.
const COUNT_CROSSINGS: usize = 150;

struct Board {
    /// Per column the node in each row.
    cells: Vec<Vec<Option<usize>>>,
    /// Column and row of each node.
    at: Vec<(usize, usize)>,
    flows: Vec<(usize, usize)>,
    /// The flows of each node.
    of: Vec<Vec<usize>>,
}

/// Rearranges the cells inside each column of `grid`.
pub(super) fn arrange(drawing: &Architecture, grid: &mut Grid) {
    let ids: Vec<&NodeId> = drawing.nodes.keys().collect();
    let index: BTreeMap<&NodeId, usize> = ids.iter().enumerate().map(|(i, id)| (*id, i)).collect();
    let mut board = Board {
        cells: Vec::new(),
        at: vec![(0, 0); ids.len()],
        flows: Vec::new(),
        of: vec![Vec::new(); ids.len()],
    };
    for column in grid.lanes.iter().flat_map(|lane| &lane.columns) {
        let cells: Vec<_> =
            column.iter().map(|cell| cell.as_ref().and_then(|id| index.get(id).copied())).collect();
        board.cells.push(cells);
    }
    for flow in &drawing.flows {
        if let (Some(&from), Some(&to)) = (index.get(&flow.from), index.get(&flow.to))
            && from != to
        {
            board.of[from].push(board.flows.len());
            board.of[to].push(board.flows.len());
            board.flows.push((from, to));
        }
    }
    board.note_all();
    for sweep in 0..8 {
        board.sweep(sweep % 2 == 0);
    }
    for _ in 0..12 {
        if !board.exchange() {
            break;
        }
    }
    let mut columns = board.cells.into_iter();
    for column in grid.lanes.iter_mut().flat_map(|lane| &mut lane.columns) {
        if let Some(cells) = columns.next() {
            *column =
                cells.iter().map(|cell| cell.and_then(|i| ids.get(i)).map(|id| (*id).clone())).collect();
        }
    }
}

impl Board {
    fn note_all(&mut self) {
        for column in 0..self.cells.len() {
            self.note(column);
        }
    }

    fn note(&mut self, column: usize) {
        for (row, cell) in self.cells[column].iter().enumerate() {
            if let Some(node) = *cell {
                self.at[node] = (column, row);
            }
        }
    }

    /// Sorts each column by the mean row of its neighbours elsewhere, then puts each node as near to
    /// their median row as the order leaves room for.
    fn sweep(&mut self, forward: bool) {
        let count = self.cells.len();
        for step in 0..count {
            let column = if forward { step } else { count - 1 - step };
            let rows = self.cells[column].len();
            let mut wishes: Vec<(f64, usize, usize)> = Vec::new();
            for (row, cell) in self.cells[column].iter().enumerate() {
                let Some(node) = *cell else { continue };
                let mut others: Vec<usize> = self.of[node]
                    .iter()
                    .map(|flow| self.flows[*flow])
                    .map(|(from, to)| self.at[if from == node { to } else { from }])
                    .filter(|(other, _)| *other != column)
                    .map(|(_, row)| row)
                    .collect();
                others.sort_unstable();
                let mean = others.iter().sum::<usize>() as f64 / others.len().max(1) as f64;
                let median = others.get(others.len() / 2).copied().unwrap_or(row);
                wishes.push((if others.is_empty() { row as f64 } else { mean }, node, median));
            }
            wishes.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
            let mut cells = vec![None; rows];
            let mut first = 0;
            let total = wishes.len();
            for (place, (_, node, median)) in wishes.into_iter().enumerate() {
                let last = rows - (total - place);
                let row = median.clamp(first, last);
                cells[row] = Some(node);
                first = row + 1;
            }
            self.cells[column] = cells;
            self.note(column);
        }
    }

    /// One pass of exchanges; whether any helped.
    fn exchange(&mut self) -> bool {
        let mut helped = false;
        for column in 0..self.cells.len() {
            let rows = self.cells[column].len();
            for upper in 0..rows {
                for lower in upper + 1..rows {
                    let pair = [self.cells[column][upper], self.cells[column][lower]];
                    if pair == [None, None] {
                        continue;
                    }
                    let before = self.cost(pair);
                    self.swap(column, upper, lower);
                    if self.cost(pair) + 1e-9 < before {
                        helped = true;
                    } else {
                        self.swap(column, upper, lower);
                    }
                }
            }
        }
        helped
    }

    fn swap(&mut self, column: usize, upper: usize, lower: usize) {
        self.cells[column].swap(upper, lower);
        for row in [upper, lower] {
            if let Some(node) = self.cells[column][row] {
                self.at[node] = (column, row);
            }
        }
    }

    /// What the flows of two cells cost, and, for a small drawing, all the others that a box may stand
    /// in the way of.
    fn cost(&self, pair: [Option<usize>; 2]) -> f64 {
        if self.flows.len() <= COUNT_CROSSINGS {
            let all = self.flows.iter().map(|flow| self.length(*flow)).sum::<f64>();
            return all + self.crossings(pair) as f64;
        }
        let own = pair.iter().flatten().flat_map(|node| &self.of[*node]);
        own.map(|flow| self.length(self.flows[*flow])).sum()
    }

    fn length(&self, (from, to): (usize, usize)) -> f64 {
        let ((c1, r1), (c2, r2)) = (self.at[from], self.at[to]);
        let rise = r1.abs_diff(r2) as f64;
        if c1 == c2 {
            let between = r1.min(r2) + 1..r1.max(r2);
            let blocked = self.cells[c1][between].iter().any(Option::is_some);
            return rise + if blocked { 1.5 } else { 0.0 };
        }
        let between = c1.min(c2) + 1..c1.max(c2);
        let blocked = |row: usize| self.cells[between.clone()].iter().any(|column| column[row].is_some());
        let detour = if blocked(r1) && blocked(r2) { 1.5 } else { 0.0 };
        rise + detour + if r1 == r2 { 0.0 } else { 0.6 }
    }

    fn crossings(&self, pair: [Option<usize>; 2]) -> usize {
        let own: Vec<usize> = pair.iter().flatten().flat_map(|node| self.of[*node].iter().copied()).collect();
        own.iter().map(|flow| (0..self.flows.len()).filter(|other| self.crosses(*flow, *other)).count()).sum()
    }

    /// Whether the straight lines between the cells of two flows cross.
    fn crosses(&self, one: usize, two: usize) -> bool {
        let ends = |flow: usize| (self.at[self.flows[flow].0], self.at[self.flows[flow].1]);
        let ((a, b), (c, d)) = (ends(one), ends(two));
        let side = |p: (usize, usize), q: (usize, usize), r: (usize, usize)| {
            let [px, py, qx, qy, rx, ry] = [p.0, p.1, q.0, q.1, r.0, r.1].map(|v| v as i64);
            ((qx - px) * (ry - py) - (qy - py) * (rx - px)).signum()
        };
        side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0
    }
}
