//! Chooses rows: barycentre sweeps from several starts, then exchanges of two cells of a column for as long as they
//! make flows shorter, straighter or less crossed. Ends by counted work, never by a clock, so that the same drawing
//! gives the same rows everywhere.

use std::collections::BTreeMap;

use super::super::model::{Architecture, NodeId};
use super::grid::Grid;
use super::slopes::{Near, Slopes};

/// Up to this many flows, every exchange inside a column is tried and judged by the whole picture.
const SMALL: usize = 150;
/// How many pairs of lines may be compared in one arrangement.
const WORK: u64 = 40_000_000;
/// Sweeps from each start.
const SWEEPS: usize = 8;
/// A crossing costs as much as this many rows of height.
const CROSSING: f64 = 1.5;
/// Passes of exchanges at most.
const PASSES: usize = 12;

struct Board {
    /// Per column the node in each row.
    cells: Vec<Vec<Option<usize>>>,
    /// Column and row of each node.
    at: Vec<(usize, usize)>,
    /// Both ends; first the flows between columns, in both parts those that begin furthest left first.
    flows: Vec<(usize, usize)>,
    /// The flows of each node.
    of: Vec<Vec<usize>>,
    /// The flows as lines from cell to cell.
    lines: Slopes,
    /// For each flow, those that may share a column with it.
    near: Vec<Near>,
    /// Pairs of lines that were compared.
    work: u64,
}

/// Which neighbours a sweep looks at.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Look {
    /// Those in the columns that were sorted before.
    Back,
    /// Those of both sides.
    Around,
}

/// Rearranges the cells inside each column of `grid`; `x` is where each column's middle is.
pub(super) fn arrange(drawing: &Architecture, grid: &mut Grid, x: &[f32]) {
    let ids: Vec<&NodeId> = drawing.nodes.keys().collect();
    let mut board = Board::of(drawing, grid, &ids, x);
    board.improve();
    let mut columns = board.cells.into_iter();
    for column in grid.lanes.iter_mut().flat_map(|lane| &mut lane.columns) {
        if let Some(cells) = columns.next() {
            *column =
                cells.iter().map(|cell| cell.and_then(|i| ids.get(i)).map(|id| (*id).clone())).collect();
        }
    }
}

impl Board {
    fn of(drawing: &Architecture, grid: &Grid, ids: &[&NodeId], x: &[f32]) -> Self {
        let index: BTreeMap<&NodeId, usize> = ids.iter().enumerate().map(|(i, id)| (*id, i)).collect();
        let mut at = vec![(0, 0); ids.len()];
        let mut cells = Vec::new();
        for column in grid.lanes.iter().flat_map(|lane| &lane.columns) {
            let own: Vec<_> =
                column.iter().map(|cell| cell.as_ref().and_then(|id| index.get(id).copied())).collect();
            for (row, node) in own.iter().enumerate() {
                if let Some(node) = *node {
                    at[node] = (cells.len(), row);
                }
            }
            cells.push(own);
        }
        let ends = drawing.flows.iter().filter_map(|flow| {
            let (from, to) = (*index.get(&flow.from)?, *index.get(&flow.to)?);
            (from != to).then_some((from, to))
        });
        let mut flows: Vec<(usize, usize)> = ends.collect();
        let span = |(from, to): (usize, usize)| {
            let (a, b): (usize, usize) = (at[from].0, at[to].0);
            (a.min(b), a.max(b))
        };
        flows.sort_by_key(|flow| (span(*flow).0 == span(*flow).1, span(*flow), *flow));
        let mut of = vec![Vec::new(); ids.len()];
        let mut lines = Slopes::default();
        for (flow, (from, to)) in flows.iter().enumerate() {
            of[*from].push(flow);
            of[*to].push(flow);
            let x = [*from, *to].map(|node| x.get(at[node].0).copied().unwrap_or_default());
            lines.push(x, [at[*from].1, at[*to].1]);
        }
        let spans: Vec<(usize, usize)> = flows.iter().map(|flow| span(*flow)).collect();
        let near = near(&spans);
        Self { cells, at, flows, of, lines, near, work: 0 }
    }

    fn put(&mut self, node: usize, column: usize, row: usize) {
        self.at[node] = (column, row);
        for flow in &self.of[node] {
            let (from, to) = self.flows[*flow];
            self.lines.set(*flow, self.at[from].1, self.at[to].1);
        }
    }

    fn fill(&mut self, column: usize, cells: Vec<Option<usize>>) {
        for (row, cell) in cells.iter().enumerate() {
            if let Some(node) = *cell {
                self.put(node, column, row);
            }
        }
        self.cells[column] = cells;
    }

    /// Sweeps and exchanges from several starts, and keeps the best arrangement. In a large drawing only the start
    /// with the fewest crossings is worth exchanges.
    fn improve(&mut self) {
        let given = self.cells.clone();
        let is_small = self.flows.len() <= SMALL;
        let mut best: Option<(f64, Vec<Vec<Option<usize>>>)> = None;
        for (turned, look) in
            [(false, Look::Around), (true, Look::Around), (false, Look::Back), (true, Look::Back)]
        {
            if self.work > WORK / 8 {
                break;
            }
            for (column, cells) in given.iter().enumerate() {
                let mut cells = cells.clone();
                if turned {
                    cells.reverse();
                }
                self.fill(column, cells);
            }
            for sweep in 0..SWEEPS {
                self.sweep(sweep % 2 == 0, look);
            }
            if is_small {
                self.exchange_all();
            }
            let cost = self.whole();
            if best.as_ref().is_none_or(|(least, _)| cost < *least) {
                best = Some((cost, self.cells.clone()));
            }
        }
        for (column, cells) in best.into_iter().flat_map(|(_, cells)| cells).enumerate() {
            self.fill(column, cells);
        }
        if !is_small {
            self.exchange_all();
        }
    }

    fn exchange_all(&mut self) {
        for _ in 0..PASSES {
            if !self.exchange() {
                break;
            }
        }
    }

    /// Sorts each column by the mean row of its neighbours elsewhere, then puts each node as near to
    /// their median row as the order leaves room for.
    fn sweep(&mut self, forward: bool, look: Look) {
        let count = self.cells.len();
        for step in 0..count {
            let column = if forward { step } else { count - 1 - step };
            let rows = self.cells[column].len();
            let mut wishes: Vec<(f64, usize, usize)> = Vec::new();
            for (row, cell) in self.cells[column].iter().enumerate() {
                let Some(node) = *cell else { continue };
                let others = self.neighbours(node).filter(|(other, _)| match look {
                    Look::Around => *other != column,
                    Look::Back if forward => *other < column,
                    Look::Back => *other > column,
                });
                let mut others: Vec<usize> = others.map(|(_, row)| row).collect();
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
            self.fill(column, cells);
        }
    }

    /// Column and row of everything that `node` has a flow with.
    fn neighbours(&self, node: usize) -> impl Iterator<Item = (usize, usize)> {
        self.of[node].iter().map(move |flow| {
            let (from, to) = self.flows[*flow];
            self.at[if from == node { to } else { from }]
        })
    }

    /// One pass of exchanges; whether any helped and there is work left to spend.
    fn exchange(&mut self) -> bool {
        let mut helped = false;
        for column in 0..self.cells.len() {
            let rows = self.cells[column].len();
            for upper in 0..rows {
                for lower in self.partners(column, upper) {
                    if self.work > WORK {
                        return false;
                    }
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

    /// The rows that a cell is exchanged with: all further down; in a large drawing the next one and where its
    /// neighbours are, if that promises anything.
    fn partners(&self, column: usize, row: usize) -> Vec<usize> {
        let rows = self.cells[column].len();
        if self.flows.len() <= SMALL {
            return (row + 1..rows).collect();
        }
        let mut partners = vec![row + 1];
        if let Some(node) = self.cells[column][row] {
            let mut others: Vec<usize> = self.neighbours(node).map(|(_, row)| row).collect();
            others.sort_unstable();
            partners.extend(others.get(others.len() / 2));
        }
        partners.retain(|other| *other != row && *other < rows && self.promises(column, row, *other));
        partners
    }

    /// Whether exchanging two cells makes their flows shorter, or less crossed among themselves.
    fn promises(&self, column: usize, one: usize, two: usize) -> bool {
        let rows = |row: usize| {
            let node = self.cells[column][row];
            node.into_iter().flat_map(|node| self.neighbours(node)).map(|(_, row)| row)
        };
        let length = |from: usize, to: usize| rows(from).map(|row| row.abs_diff(to)).sum::<usize>();
        if length(one, two) + length(two, one) < length(one, one) + length(two, two) {
            return true;
        }
        let (mut now, mut then) = (0, 0);
        for a in rows(one.min(two)) {
            for b in rows(one.max(two)) {
                now += usize::from(a > b);
                then += usize::from(a < b);
            }
        }
        then < now
    }

    fn swap(&mut self, column: usize, upper: usize, lower: usize) {
        self.cells[column].swap(upper, lower);
        for row in [upper, lower] {
            if let Some(node) = self.cells[column][row] {
                self.put(node, column, row);
            }
        }
    }

    /// What the flows of two cells cost, and, for a small drawing, all the others that a box may stand
    /// in the way of.
    fn cost(&mut self, pair: [Option<usize>; 2]) -> f64 {
        let own: Vec<usize> = pair.iter().flatten().flat_map(|node| self.of[*node].iter().copied()).collect();
        let mut crossed = 0;
        for flow in &own {
            self.work += self.near[*flow].len();
            crossed += self.lines.count(*flow, &self.near[*flow]);
        }
        let lengths: f64 = if self.flows.len() <= SMALL {
            self.flows.iter().map(|flow| self.length(*flow)).sum()
        } else {
            own.iter().map(|flow| self.length(self.flows[*flow])).sum()
        };
        lengths + CROSSING * f64::from(crossed)
    }

    /// What all flows cost.
    fn whole(&mut self) -> f64 {
        let mut crossed = 0;
        for (flow, near) in self.near.iter().enumerate() {
            self.work += near.len();
            crossed += self.lines.count(flow, near);
        }
        CROSSING * f64::from(crossed) / 2.0 + self.flows.iter().map(|flow| self.length(*flow)).sum::<f64>()
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
}

/// For each flow, by the columns of its ends, those that share a column with it.
fn near(spans: &[(usize, usize)]) -> Vec<Near> {
    let (leaning, upright) = spans.split_at(spans.partition_point(|span| span.0 != span.1));
    let part = |of: &[(usize, usize)], (first, last): (usize, usize)| {
        let end = of.partition_point(|other| other.0 <= last);
        of.iter().position(|other| other.1 >= first).unwrap_or(end).min(end)..end
    };
    spans.iter().map(|span| Near { leaning: part(leaning, *span), upright: part(upright, *span) }).collect()
}
