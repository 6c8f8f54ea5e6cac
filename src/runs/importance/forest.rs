//! A random forest for regression (Breiman 2001) on columns of few bins, and how much worse it is with one of them shuffled.

use super::column::{Column, MOST_BINS};
use super::random::Random;

/// What the forest says.
pub struct Answer {
    /// How much larger the squared error on runs that a tree has not seen becomes with each column shuffled.
    pub gains: Vec<f64>,
    /// The part of the variance that is told of runs from trees which have not seen them.
    pub explained: f64,
}

/// A leaf has at least this many runs, those that were drawn again counted again; of many runs one more for each…
const LEAST_LEAF: usize = 3;
/// … of so many.
const LEAF_STEP: usize = 400;
/// No tree is deeper.
const DEEPEST: u8 = 14;
/// About so many cells of the table are looked at for each level of all trees.
const CELLS: usize = 4_000_000;
const FEWEST_TREES: usize = 40;
const MOST_TREES: usize = 256;

/// Ranks from −½ to ½; equal values share the mean of theirs.
pub fn ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|a, b| values[*a].total_cmp(&values[*b]));
    let mut ranks = vec![0.0; values.len()];
    let mut from = 0;
    while from < order.len() {
        let same = order[from..].iter().take_while(|at| values[**at] == values[order[from]]).count();
        let middle = from as f64 + (same - 1) as f64 / 2.0;
        for at in &order[from..from + same] {
            ranks[*at] = middle / (values.len() - 1) as f64 - 0.5;
        }
        from += same;
    }
    ranks
}

/// Grows the forest on at least two runs and one column; the target is one number for each run.
pub fn answer(columns: &[Column], target: &[f64]) -> Answer {
    let rows = target.len();
    let trees = (CELLS / (rows * columns.len()).max(1)).clamp(FEWEST_TREES, MOST_TREES);
    let mut random = Random::new(0x6d6c_6f70_7361_746c);
    let mut grower = Grower {
        columns,
        target,
        order: (0..columns.len()).collect(),
        least: LEAST_LEAF + rows / LEAF_STEP,
        nodes: Vec::new(),
    };
    let mut gains = vec![0.0; columns.len()];
    let mut told = vec![(0.0, 0_u32); rows];
    let mut counted = 0_u32;
    for _ in 0..trees {
        let mut drawn: Vec<u32> = (0..rows).map(|_| random.below(rows) as u32).collect();
        let mut is_drawn = vec![false; rows];
        for row in &drawn {
            is_drawn[*row as usize] = true;
        }
        let unseen: Vec<u32> = (0..rows as u32).filter(|row| !is_drawn[*row as usize]).collect();
        grower.grow(&mut drawn, &mut random);
        // One run has nothing to be shuffled with.
        if unseen.len() < 2 {
            continue;
        }
        counted += 1;
        let error = |value: f64, row: u32| (value - target[row as usize]).powi(2);
        let mut plain = 0.0;
        for row in &unseen {
            let value = grower.tell(*row, None);
            plain += error(value, *row);
            told[*row as usize].0 += value;
            told[*row as usize].1 += 1;
        }
        for column in grower.used() {
            let mut others = unseen.clone();
            random.shuffle(&mut others, unseen.len());
            let shuffled: f64 = unseen
                .iter()
                .zip(&others)
                .map(|(row, other)| error(grower.tell(*row, Some((column, *other))), *row))
                .sum();
            gains[column] += (shuffled - plain) / unseen.len() as f64;
        }
    }
    for gain in &mut gains {
        *gain /= f64::from(counted.max(1));
    }
    Answer { gains, explained: explained(&told, target) }
}

fn explained(told: &[(f64, u32)], target: &[f64]) -> f64 {
    let known: Vec<(f64, f64)> = told
        .iter()
        .zip(target)
        .filter(|((_, count), _)| *count > 0)
        .map(|((sum, count), target)| (sum / f64::from(*count), *target))
        .collect();
    let mean = known.iter().map(|(_, target)| target).sum::<f64>() / known.len() as f64;
    let off: f64 = known.iter().map(|(value, target)| (value - target).powi(2)).sum();
    let all: f64 = known.iter().map(|(_, target)| (target - mean).powi(2)).sum();
    if all > 0.0 { 1.0 - off / all } else { 0.0 }
}

/// A node of a tree; children are places in its list.
enum Node {
    Leaf(f64),
    Fork { column: usize, left_bins: u64, left: u32, right: u32 },
}

/// A part of the runs that becomes a node.
struct Part {
    from: usize,
    to: usize,
    depth: u8,
    node: usize,
}

/// Where runs are divided.
struct Cut {
    column: usize,
    left_bins: u64,
    gain: f64,
}

struct Grower<'a> {
    columns: &'a [Column],
    target: &'a [f64],
    order: Vec<usize>,
    least: usize,
    nodes: Vec<Node>,
}

impl Grower<'_> {
    /// Grows a tree on these runs, which are put in another order.
    fn grow(&mut self, rows: &mut [u32], random: &mut Random) {
        self.nodes.clear();
        self.nodes.push(Node::Leaf(0.0));
        let mut parts = vec![Part { from: 0, to: rows.len(), depth: 0, node: 0 }];
        while let Some(Part { from, to, depth, node }) = parts.pop() {
            let own = &mut rows[from..to];
            let sum: f64 = own.iter().map(|row| self.target[*row as usize]).sum();
            let mean = sum / own.len() as f64;
            let cut = if depth < DEEPEST { self.cut(own, sum, random) } else { None };
            let Some(Cut { column, left_bins, .. }) = cut else {
                self.nodes[node] = Node::Leaf(mean);
                continue;
            };
            let bins = &self.columns[column].bins;
            let mut middle = 0;
            for at in 0..own.len() {
                if left_bins >> bins[own[at] as usize] & 1 == 1 {
                    own.swap(at, middle);
                    middle += 1;
                }
            }
            let left = self.nodes.len();
            self.nodes.push(Node::Leaf(mean));
            self.nodes.push(Node::Leaf(mean));
            self.nodes[node] = Node::Fork { column, left_bins, left: left as u32, right: left as u32 + 1 };
            parts.push(Part { from, to: from + middle, depth: depth + 1, node: left });
            parts.push(Part { from: from + middle, to, depth: depth + 1, node: left + 1 });
        }
    }

    /// The best cut by a third of the columns, at least three, drawn anew for each node; none where no cut makes runs more
    /// alike.
    fn cut(&mut self, rows: &[u32], sum: f64, random: &mut Random) -> Option<Cut> {
        if rows.len() < 2 * self.least {
            return None;
        }
        let tried = self.columns.len().div_ceil(3).max(3).min(self.columns.len());
        random.shuffle(&mut self.order, tried);
        let mut best: Option<Cut> = None;
        for column in &self.order[..tried] {
            let found = self.cut_by(*column, rows, sum);
            if let Some(found) = found.filter(|found| best.as_ref().is_none_or(|best| found.gain > best.gain))
            {
                best = Some(found);
            }
        }
        best
    }

    /// The best cut by one column. Without an order of their own bins are put in that of their means, in which the best cut
    /// of all lies (Fisher 1958).
    fn cut_by(&self, column: usize, rows: &[u32], sum: f64) -> Option<Cut> {
        let Column { bins, count, is_ordered, .. } = &self.columns[column];
        let mut sums = [(0.0_f64, 0_usize); MOST_BINS];
        for row in rows {
            let (sum, count) = &mut sums[usize::from(bins[*row as usize])];
            *sum += self.target[*row as usize];
            *count += 1;
        }
        let mut order = [0_u8; MOST_BINS];
        let mut filled = 0;
        // Bins that none of these runs is in, and others may be.
        let mut empty = 0_u64;
        for (bin, (_, size)) in sums.iter().enumerate().take(*count) {
            if *size == 0 {
                empty |= 1 << bin;
            } else {
                order[filled] = bin as u8;
                filled += 1;
            }
        }
        let order = &mut order[..filled];
        if !is_ordered {
            let mean = |bin: u8| sums[usize::from(bin)].0 / sums[usize::from(bin)].1 as f64;
            order.sort_by(|a, b| mean(*a).total_cmp(&mean(*b)));
        }
        let whole = sum * sum / rows.len() as f64;
        let mut best: Option<Cut> = None;
        let (mut left, mut size, mut left_bins) = (0.0, 0, 0_u64);
        for pair in order.windows(2) {
            let (own, count) = sums[usize::from(pair[0])];
            left += own;
            size += count;
            left_bins |= 1 << pair[0];
            let rest = rows.len() - size;
            if size < self.least || rest < self.least {
                continue;
            }
            let gain = left * left / size as f64 + (sum - left).powi(2) / rest as f64 - whole;
            if gain > 1e-12 && best.as_ref().is_none_or(|best| gain > best.gain) {
                let left_bins = match () {
                    // Halfway to the next number.
                    () if *is_ordered => u64::MAX >> (63 - pair[0].midpoint(pair[1])),
                    () if size > rest => left_bins | empty,
                    () => left_bins,
                };
                best = Some(Cut { column, left_bins, gain });
            }
        }
        best
    }

    /// What the tree says of a run; of one column it may read the value of another run.
    fn tell(&self, row: u32, shuffled: Option<(usize, u32)>) -> f64 {
        let mut at = 0;
        loop {
            match &self.nodes[at] {
                Node::Leaf(value) => return *value,
                Node::Fork { column, left_bins, left, right } => {
                    let row = shuffled.filter(|(own, _)| own == column).map_or(row, |(_, other)| other);
                    let bin = self.columns[*column].bins[row as usize];
                    at = if left_bins >> bin & 1 == 1 { *left } else { *right } as usize;
                }
            }
        }
    }

    /// The columns that the tree reads, in ascending order.
    fn used(&self) -> Vec<usize> {
        let forks = self.nodes.iter().filter_map(|node| match node {
            Node::Fork { column, .. } => Some(*column),
            Node::Leaf(_) => None,
        });
        let mut used: Vec<usize> = forks.collect();
        used.sort_unstable();
        used.dedup();
        used
    }
}
