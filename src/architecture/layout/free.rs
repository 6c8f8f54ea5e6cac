//! The heights at which a column has room beside boxes that stand already.

use std::collections::BTreeMap;

use super::{Bounds, ROW_GAP};
use crate::architecture::model::Size;

/// What stands in the way of boxes of one width at one place across; made once for all boxes of a column.
pub(super) struct FreeHeights {
    x: i32,
    w: i32,
    /// Disjoint heights from top to bottom: where one begins, and where it ends.
    taken: BTreeMap<i32, i32>,
}

impl FreeHeights {
    /// What the boxes leave free for others of width `w` at `x`.
    pub(super) fn beside(boxes: &[Bounds], x: i32, w: i32) -> Self {
        let mut free = Self { x, w, taken: BTreeMap::new() };
        for other in boxes {
            free.take(other);
        }
        free
    }

    /// Whether it tells of this width at this place.
    pub(super) fn is_of(&self, x: i32, w: i32) -> bool {
        (self.x, self.w) == (x, w)
    }

    /// Notes one more box, if it is in the way.
    pub(super) fn take(&mut self, other: &Bounds) {
        if self.x >= other.right() || other.x >= self.x + self.w {
            return;
        }
        let (mut top, mut bottom) = (other.y, other.bottom());
        while let Some((start, end)) = self.last_before(bottom + 1).filter(|(_, end)| *end >= top) {
            (top, bottom) = (top.min(start), bottom.max(end));
            self.taken.remove(&start);
        }
        self.taken.insert(top, bottom);
    }

    fn last_before(&self, y: i32) -> Option<(i32, i32)> {
        self.taken.range(..y).next_back().map(|(start, end)| (*start, *end))
    }

    /// What a box of this height at `y` would come too near to.
    fn meets(&self, y: i32, h: i32) -> Option<(i32, i32)> {
        let (top, bottom) = (y - ROW_GAP / 2, y + h + ROW_GAP / 2);
        self.last_before(bottom).filter(|(_, end)| *end > top)
    }

    /// The free height nearest to `wish`: in a row (ascending) that others are in, if one is near enough.
    pub(super) fn nearest(&self, rows: &[i32], wish: i32, size: Size) -> i32 {
        let near = 2 * (size.h + ROW_GAP);
        let first = rows.partition_point(|y| *y < wish - near);
        let close = rows.get(first..).unwrap_or_default().iter().take_while(|y| **y <= wish + near);
        let row = close.filter(|y| self.meets(**y, size.h).is_none());
        if let Some(row) = row.min_by_key(|y| ((**y - wish).abs(), **y)) {
            return *row;
        }
        let (mut above, mut below) = (wish, wish);
        while let Some((top, _)) = self.meets(above, size.h) {
            above = top - ROW_GAP - size.h;
        }
        while let Some((_, bottom)) = self.meets(below, size.h) {
            below = bottom + ROW_GAP;
        }
        if wish - above < below - wish { above } else { below }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The same, looked for unit by unit among all boxes.
    fn slow(boxes: &[Bounds], rows: &[i32], own: Bounds, wish: i32) -> i32 {
        let is_free = |y: i32| {
            let wide = Bounds { y: y - ROW_GAP / 2, h: own.h + ROW_GAP, ..own };
            !boxes.iter().any(|other| other.overlaps(&wide))
        };
        let row = rows.iter().filter(|y| is_free(**y)).min_by_key(|y| ((**y - wish).abs(), **y));
        if let Some(row) = row.filter(|row| (**row - wish).abs() <= 2 * (own.h + ROW_GAP)) {
            return *row;
        }
        // A box stands half a gap farther from what is in its way than it has to: both halves are kept free.
        let end = |step: i32| {
            let mut y = wish;
            while !is_free(y) {
                y += step;
            }
            if y == wish { y } else { y + step * (ROW_GAP - ROW_GAP / 2) }
        };
        let (above, below) = (end(-1), end(1));
        if wish - above < below - wish { above } else { below }
    }

    proptest! {
        #[test]
        fn the_nearest_free_height_is_that_of_a_plain_search(
            boxes in prop::collection::vec((-2..3_i32, -30..30_i32, 1..4_i32, 1..6_i32), 0..12),
            rows in prop::collection::btree_set(-300..300_i32, 0..5),
            wish in -300..300_i32,
        ) {
            // Far enough apart that half a gap more meets nothing else.
            let boxes: Vec<Bounds> = boxes.iter().map(|(x, y, w, h)| Bounds {
                x: x * 100, y: y * 400, w: w * 90, h: h * 20,
            }).collect();
            let rows: Vec<i32> = rows.into_iter().collect();
            let own = Bounds { x: 0, y: 0, w: 190, h: 64 };
            let free = FreeHeights::beside(&boxes, own.x, own.w);
            let size = Size { w: own.w, h: own.h };
            prop_assert_eq!(free.nearest(&rows, wish, size), slow(&boxes, &rows, own, wish));
        }
    }
}
