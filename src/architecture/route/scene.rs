//! The boxes as the router sees them: columns of boxes with box-free vertical channels between them.

use super::super::layout::Bounds;

/// An interval of coordinates, both ends included.
pub(super) type Span = (i32, i32);

/// Boxes that are nearer to each other sideways than this share a column.
const SAME_COLUMN: i32 = 16;
/// Lines keep this distance from boxes they pass.
const CLEAR: i32 = 8;
/// A strip past a box that is narrower than this is not worth squeezing through.
const PASSAGE: i32 = 10;
/// Room outside the outermost boxes.
pub(super) const OUTSIDE: i32 = 600;

/// A maximal group of boxes whose horizontal extents touch.
pub(super) struct Column {
    pub(super) left: i32,
    pub(super) right: i32,
    boxes: Vec<usize>,
}

/// All boxes and their columns from left to right. Channel `c` is left of column `c`.
pub(super) struct Scene {
    pub(super) boxes: Vec<Bounds>,
    pub(super) columns: Vec<Column>,
    pub(super) column_of: Vec<usize>,
    top: i32,
    bottom: i32,
}

impl Scene {
    pub(super) fn of(boxes: Vec<Bounds>) -> Self {
        let mut order: Vec<usize> = (0..boxes.len()).collect();
        order.sort_by_key(|i| (boxes[*i].x, *i));
        let mut columns: Vec<Column> = Vec::new();
        let mut column_of = vec![0; boxes.len()];
        for i in order {
            let b = boxes[i];
            match columns.last_mut() {
                Some(last) if b.x < last.right + SAME_COLUMN => {
                    last.right = last.right.max(b.right());
                    last.boxes.push(i);
                }
                _ => columns.push(Column { left: b.x, right: b.right(), boxes: vec![i] }),
            }
            column_of[i] = columns.len() - 1;
        }
        let top = boxes.iter().map(|b| b.y).min().unwrap_or_default();
        let bottom = boxes.iter().map(Bounds::bottom).max().unwrap_or_default();
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
    /// box of these columns, other than `except`, comes near.
    pub(super) fn across(
        &self,
        span: Span,
        columns: std::ops::Range<usize>,
        except: [usize; 2],
    ) -> Option<Span> {
        let blocked = self.columns.get(columns)?.iter().flat_map(|column| &column.boxes);
        let blocked = blocked.filter(|i| !except.contains(i)).map(|i| self.boxes[*i]);
        longest(span, blocked.map(|b| (b.y - CLEAR, b.bottom() + CLEAR)).collect())
    }

    /// The same inside the own column of box `of`: from its border to the channel on one side.
    pub(super) fn out_of(&self, of: usize, to_right: bool, span: Span, except: [usize; 2]) -> Option<Span> {
        let own = self.boxes[of];
        let column = &self.columns[self.column_of[of]];
        let beyond = |b: &Bounds| if to_right { b.right() > own.right() } else { b.x < own.x };
        let others = column.boxes.iter().filter(|i| **i != of && !except.contains(i)).map(|i| self.boxes[*i]);
        longest(span, others.filter(beyond).map(|b| (b.y - CLEAR, b.bottom() + CLEAR)).collect())
    }

    /// Whether a vertical line anywhere between `x` can run along `y` inside the column of `of`.
    pub(super) fn down(&self, of: usize, x: Span, y: Span, except: [usize; 2]) -> bool {
        let column = &self.columns[self.column_of[of]];
        column.boxes.iter().filter(|i| !except.contains(i)).map(|i| self.boxes[*i]).all(|b| {
            b.right() + CLEAR <= x.0 || b.x - CLEAR >= x.1 || b.bottom() + CLEAR <= y.0 || b.y - CLEAR >= y.1
        })
    }

    /// All box-free horizontal strips across some columns, from top to bottom, the outer two included.
    pub(super) fn gaps(&self, columns: std::ops::Range<usize>) -> Vec<Span> {
        let boxes = self.columns.get(columns).unwrap_or_default().iter().flat_map(|column| &column.boxes);
        let mut blocked: Vec<Span> =
            boxes.map(|i| (self.boxes[*i].y - CLEAR, self.boxes[*i].bottom() + CLEAR)).collect();
        blocked.sort_unstable();
        pieces((self.top - OUTSIDE, self.bottom + OUTSIDE), &blocked)
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
