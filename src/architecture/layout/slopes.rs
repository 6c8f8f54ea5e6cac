//! Counts crossings of straight lines fast, for lines whose columns stay while their rows change. The exact count of
//! a finished placement is in `crossings`.

use std::ops::Range;

/// Two lines nearer to each other than this (in rows) meet in an end.
const SAME: f32 = 1e-3;

/// Lines between cells; a column is one wide and a row one high. Lines that lean come first, then those inside one
/// column.
#[derive(Debug, Default)]
pub(super) struct Slopes {
    /// Where they begin and end (in columns), the left end first.
    left: Vec<f32>,
    right: Vec<f32>,
    /// Whether the first end of a line is its left one.
    first_is_left: Vec<bool>,
    /// Rows for each column, and the row where a line would cut column 0.
    slope: Vec<f32>,
    base: Vec<f32>,
    upright: Uprights,
}

/// Lines inside one column.
#[derive(Debug, Default)]
struct Uprights {
    x: Vec<f32>,
    top: Vec<f32>,
    bottom: Vec<f32>,
}

/// Lines that may cross one line.
#[derive(Clone, Debug, Default)]
pub(super) struct Near {
    /// Those that lean.
    pub(super) leaning: Range<usize>,
    /// Those inside one column, counted from 0.
    pub(super) upright: Range<usize>,
}

impl Near {
    /// How many there are.
    pub(super) fn len(&self) -> u64 {
        (self.leaning.len() + self.upright.len()) as u64
    }
}

impl Slopes {
    /// Adds a line between two ends by their `x` (in columns) and rows; all that lean are added first.
    pub(super) fn push(&mut self, x: [f32; 2], rows: [usize; 2]) {
        if x[0] == x[1] {
            self.upright.x.push(x[0]);
            self.upright.top.push(0.0);
            self.upright.bottom.push(0.0);
        } else {
            let first_is_left = x[0] < x[1];
            self.left.push(x[usize::from(!first_is_left)]);
            self.right.push(x[usize::from(first_is_left)]);
            self.first_is_left.push(first_is_left);
            self.slope.push(0.0);
            self.base.push(0.0);
        }
        self.set(self.left.len() + self.upright.x.len() - 1, rows[0], rows[1]);
    }

    /// Moves the ends of a line to other rows.
    pub(super) fn set(&mut self, line: usize, first: usize, last: usize) {
        let Some(first_is_left) = self.first_is_left.get(line) else {
            let at = line - self.left.len();
            self.upright.top[at] = first.min(last) as f32;
            self.upright.bottom[at] = first.max(last) as f32;
            return;
        };
        let (left, right) =
            if *first_is_left { (first as f32, last as f32) } else { (last as f32, first as f32) };
        let slope = (right - left) / (self.right[line] - self.left[line]);
        self.slope[line] = slope;
        self.base[line] = left - slope * self.left[line];
    }

    /// How many of the lines in `near` cross `line` between its ends.
    #[expect(clippy::needless_bitwise_bool, reason = "without branches many lines are tested at once")]
    pub(super) fn count(&self, line: usize, near: &Near) -> u32 {
        let leaning = [&self.left, &self.right, &self.slope, &self.base];
        let others = leaning.map(|all| &all[near.leaning.clone()]);
        let [left, right, slope, base] = others;
        let all = left.iter().zip(right).zip(slope).zip(base);
        let mut count = 0;
        if line >= self.left.len() {
            let at = line - self.left.len();
            let Uprights { x, top, bottom } = &self.upright;
            let (x, top, bottom) = (x[at], top[at] + SAME, bottom[at] - SAME);
            for (((left, right), slope), base) in all {
                let y = slope * x + base;
                count += u32::from((*left < x) & (x < *right) & (top < y) & (y < bottom));
            }
            return count;
        }
        let [own_left, own_right, own_slope, own_base] = leaning.map(|all| all[line]);
        for (((left, right), slope), base) in all {
            // The order of both at the ends of what they share.
            let from = if *left > own_left { *left } else { own_left };
            let to = if *right < own_right { *right } else { own_right };
            let (steeper, higher) = (own_slope - slope, own_base - base);
            let (before, after) = (steeper * from + higher, steeper * to + higher);
            let falls = (before > SAME) & (after < -SAME);
            let rises = (before < -SAME) & (after > SAME);
            count += u32::from((from < to) & (falls | rises));
        }
        let Uprights { x, top, bottom } = &self.upright;
        let [x, top, bottom] = [x, top, bottom].map(|all| &all[near.upright.clone()]);
        for ((x, top), bottom) in x.iter().zip(top).zip(bottom) {
            let y = own_slope * x + own_base;
            count += u32::from((own_left < *x) & (*x < own_right) & (*top + SAME < y) & (y < *bottom - SAME));
        }
        count
    }
}
