//! The boxes as the router sees them: columns of boxes with box-free vertical channels between them.

use std::ops::Range;

use super::super::layout::Bounds;

/// An interval of coordinates, both ends included.
pub(super) type Span = (i32, i32);

/// Boxes that are nearer to each other sideways than this share a column.
const SAME_COLUMN: i32 = 44;
/// Lines keep this distance from boxes they pass.
pub(super) const CLEAR: i32 = 8;
/// A strip past a box that is narrower than this is not worth squeezing through.
const PASSAGE: i32 = 10;
/// Room outside the outermost boxes.
pub(super) const OUTSIDE: i32 = 600;

/// A maximal group of boxes whose horizontal extents touch.
#[derive(Clone, Debug)]
pub(super) struct Column {
    pub(super) left: i32,
    pub(super) right: i32,
    /// From top to bottom.
    boxes: Vec<usize>,
    /// How far down the boxes reach, up to each of them.
    deepest: Vec<i32>,
    /// Where no line can cross it: disjoint, from top to bottom.
    blocks: Vec<Span>,
}

/// All boxes and their columns from left to right. Channel `c` is left of column `c`.
#[derive(Clone, Debug, Default)]
pub(super) struct Scene {
    pub(super) boxes: Vec<Bounds>,
    pub(super) columns: Vec<Column>,
    pub(super) column_of: Vec<usize>,
    pub(super) top: i32,
    pub(super) bottom: i32,
}

impl Column {
    fn of(boxes: &[Bounds], mut members: Vec<usize>) -> Self {
        members.sort_unstable_by_key(|i| (boxes[*i].y, *i));
        let mut column =
            Self { left: i32::MAX, right: i32::MIN, boxes: members, deepest: Vec::new(), blocks: Vec::new() };
        for i in &column.boxes {
            let b = boxes[*i];
            column.left = column.left.min(b.x);
            column.right = column.right.max(b.right());
            let before = column.deepest.last().copied().unwrap_or(i32::MIN);
            column.deepest.push(before.max(b.bottom()));
            let block = (b.y - CLEAR, b.bottom() + CLEAR);
            match column.blocks.last_mut() {
                Some(last) if block.0 < last.1 => last.1 = last.1.max(block.1),
                _ => column.blocks.push(block),
            }
        }
        column
    }

    /// The boxes that come near `span`, and few others.
    fn near<'a>(&'a self, boxes: &'a [Bounds], span: Span) -> impl Iterator<Item = (usize, Bounds)> + 'a {
        let first = self.deepest.partition_point(|deepest| deepest + CLEAR <= span.0);
        let near = self.boxes.get(first..).unwrap_or_default().iter().map(|i| (*i, boxes[*i]));
        near.take_while(move |(_, b)| b.y - CLEAR < span.1)
    }

    /// The blocks that have a part inside `span`.
    fn blocks(&self, span: Span) -> impl Iterator<Item = Span> + '_ {
        let first = self.blocks.partition_point(|block| block.1 <= span.0);
        let near = self.blocks.get(first..).unwrap_or_default().iter().copied();
        near.take_while(move |block| block.0 < span.1)
    }
}

impl Scene {
    pub(super) fn of(boxes: Vec<Bounds>) -> Self {
        let mut order: Vec<usize> = (0..boxes.len()).collect();
        order.sort_unstable_by_key(|i| (boxes[*i].x, *i));
        let mut members: Vec<Vec<usize>> = Vec::new();
        let mut column_of = vec![0; boxes.len()];
        let mut right = i32::MIN;
        for i in order {
            let b = boxes[i];
            match members.last_mut() {
                Some(last) if b.x < right + SAME_COLUMN => last.push(i),
                _ => members.push(vec![i]),
            }
            right = right.max(b.right());
            column_of[i] = members.len() - 1;
        }
        let top = boxes.iter().map(|b| b.y).min().unwrap_or_default();
        let bottom = boxes.iter().map(Bounds::bottom).max().unwrap_or_default();
        let columns = members.into_iter().map(|members| Column::of(&boxes, members)).collect();
        Self { boxes, columns, column_of, top, bottom }
    }

    /// Where vertical lines may run in a channel.
    pub(super) fn channel(&self, index: usize) -> Span {
        let left = index.checked_sub(1).and_then(|before| self.columns.get(before)).map(|c| c.right);
        let right = self.columns.get(index).map(|c| c.left);
        match (left, right) {
            (Some(left), Some(right)) => {
                let margin = 14.min((right - left) / 3);
                (left + margin, right - margin)
            }
            (Some(left), None) => (left + 14, left + OUTSIDE),
            (None, Some(right)) => (right - OUTSIDE, right - 14),
            (None, None) => (0, 0),
        }
    }

    /// The part of `span` that a horizontal line can take across some columns: the longest piece that no
    /// box of these columns comes near.
    pub(super) fn across(&self, span: Span, columns: Range<usize>) -> Option<Span> {
        longest(span, self.columns.get(columns)?.iter().flat_map(|column| column.blocks(span)).collect())
    }

    /// The same inside the own column of box `of`: from its border to the channel on one side, past all boxes but
    /// `except`.
    pub(super) fn out_of(&self, of: usize, to_right: bool, span: Span, except: [usize; 2]) -> Option<Span> {
        let own = self.boxes[of];
        let column = &self.columns[self.column_of[of]];
        let beyond = |b: &Bounds| if to_right { b.right() > own.right() } else { b.x < own.x };
        let others = column.near(&self.boxes, span).filter(|(i, b)| !except.contains(i) && beyond(b));
        longest(span, others.map(|(_, b)| (b.y - CLEAR, b.bottom() + CLEAR)).collect())
    }

    /// Whether a vertical line anywhere between `x` can run along `y` inside the column of `of`.
    pub(super) fn down(&self, of: usize, x: Span, y: Span, except: [usize; 2]) -> bool {
        let column = &self.columns[self.column_of[of]];
        column
            .near(&self.boxes, y)
            .filter(|(i, b)| !except.contains(i) && b.bottom() + CLEAR > y.0)
            .all(|(_, b)| b.right() + CLEAR <= x.0 || b.x - CLEAR >= x.1)
    }

    /// The first box-free horizontal strip across some columns that holds `y` or lies beyond it in one direction.
    pub(super) fn strip(&self, columns: &Range<usize>, mut y: i32, down: bool) -> Option<Span> {
        let columns = self.columns.get(columns.clone()).unwrap_or_default();
        let (top, bottom) = (self.top - OUTSIDE, self.bottom + OUTSIDE);
        while (top..=bottom).contains(&y) {
            let mut is_free = true;
            let mut strip = (top, bottom);
            for column in columns {
                let next = column.blocks.partition_point(|block| block.1 <= y);
                match column.blocks.get(next) {
                    Some(block) if block.0 < y => {
                        y = if down { block.1 } else { block.0 };
                        is_free = false;
                    }
                    Some(block) => strip.1 = strip.1.min(block.0),
                    None => {}
                }
                if let Some(before) = next.checked_sub(1).and_then(|before| column.blocks.get(before)) {
                    strip.0 = strip.0.max(before.1);
                }
            }
            if is_free && strip.1 - strip.0 >= 2 {
                return Some(strip);
            }
            if is_free {
                y = if down { strip.1 + 1 } else { strip.0 - 1 };
            }
        }
        None
    }
}

fn longest(span: Span, mut blocked: Vec<Span>) -> Option<Span> {
    if blocked.is_empty() {
        return (span.0 <= span.1).then_some(span);
    }
    blocked.sort_unstable();
    let widest = pieces(span, &blocked).into_iter().max_by_key(|piece| (piece.1 - piece.0, -piece.0))?;
    (widest == span || widest.1 - widest.0 >= PASSAGE).then_some(widest)
}

/// `span` without the sorted `blocked`, leaving out what is narrower than two units.
fn pieces(span: Span, blocked: &[Span]) -> Vec<Span> {
    let mut free = Vec::new();
    let mut from = span.0;
    for block in blocked {
        let until = block.0.min(span.1);
        if until - from >= 2 {
            free.push((from, until));
        }
        from = from.max(block.1);
    }
    if span.1 - from >= 2 {
        free.push((from, span.1));
    }
    free
}
