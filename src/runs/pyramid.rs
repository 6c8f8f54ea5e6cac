//! A line reduced for any zoom: least and greatest value of every pixel column, found through a pyramid of
//! blocks, so that the work grows with the pixels and hardly with the points.

use std::ops::Range;

use super::x_axis::Plotted;

/// Points, or blocks, in one block of the next level.
const FACTOR: usize = 16;

/// Where a block's least and greatest finite values stand; `NONE` when it has no finite value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Extremes {
    least: u32,
    greatest: u32,
}

const NONE: Extremes = Extremes { least: u32::MAX, greatest: u32::MAX };

/// Blocks of blocks over a [`Plotted`] line, such as a [`super::Series`], and where its infinities stand.
#[derive(Clone, Debug, Default)]
pub struct Pyramid {
    levels: Vec<Vec<Extremes>>,
    /// Where −∞ stands, and where +∞.
    infinities: [Vec<u32>; 2],
    len: usize,
}

/// What to draw of a line.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Selection {
    /// Stretches of points (x, value); between two stretches there is a gap.
    pub stretches: Vec<Vec<(f64, f64)>>,
    /// Each x with an infinite value, and whether it is +∞: ascending, at most one of each sign a column.
    pub infinities: Vec<(f64, bool)>,
}

impl Selection {
    /// How many points there are in all stretches.
    pub fn len(&self) -> usize {
        self.stretches.iter().map(Vec::len).sum()
    }

    /// Whether there is nothing to draw.
    pub fn is_empty(&self) -> bool {
        self.stretches.is_empty() && self.infinities.is_empty()
    }
}

fn better(values: &[f64], a: Extremes, b: Extremes) -> Extremes {
    if a == NONE {
        return b;
    }
    if b == NONE {
        return a;
    }
    let value = |at: u32| values[at as usize];
    Extremes {
        least: if value(b.least) < value(a.least) { b.least } else { a.least },
        greatest: if value(b.greatest) > value(a.greatest) { b.greatest } else { a.greatest },
    }
}

fn of_point(values: &[f64], at: usize) -> Extremes {
    if values[at].is_finite() { Extremes { least: at as u32, greatest: at as u32 } } else { NONE }
}

impl Pyramid {
    /// Reads a whole line once. One longer than `u32::MAX` points keeps the first of them.
    pub fn build(line: &impl Plotted) -> Self {
        let mut pyramid = Self::default();
        pyramid.append(line);
        pyramid
    }

    /// Takes in the points that were added at the end of the line since.
    pub fn append(&mut self, line: &impl Plotted) {
        let values = line.values();
        let len = values.len().min(u32::MAX as usize - 1);
        for (marks, infinity) in self.infinities.iter_mut().zip([f64::NEG_INFINITY, f64::INFINITY]) {
            let infinite = |at: &u32| values[*at as usize] == infinity;
            marks.extend((self.len as u32..len as u32).filter(infinite));
        }
        let mut first = self.len;
        let mut below = len;
        let mut level = 0;
        while below > 1 {
            // The block that was half full before is made again.
            let from = first / FACTOR;
            let count = below.div_ceil(FACTOR);
            if self.levels.len() == level {
                self.levels.push(Vec::new());
            }
            let (lower, upper) = self.levels.split_at_mut(level);
            let blocks = &mut upper[0];
            blocks.truncate(from);
            for block in from..count {
                let children = block * FACTOR..((block + 1) * FACTOR).min(below);
                let extremes = match lower.last() {
                    None => children.map(|at| of_point(values, at)).fold(NONE, |a, b| better(values, a, b)),
                    Some(lower) => lower[children].iter().fold(NONE, |a, b| better(values, a, *b)),
                };
                blocks.push(extremes);
            }
            first = from;
            below = count;
            level += 1;
        }
        self.len = len;
    }

    /// The least and greatest finite value among these points.
    fn extremes(&self, values: &[f64], range: Range<usize>) -> Extremes {
        let (mut start, mut end) = (range.start, range.end);
        let mut found = NONE;
        let mut take = |extremes: Extremes| found = better(values, found, extremes);
        let block = |level: usize, at: usize| match level {
            0 => of_point(values, at),
            level => self.levels[level - 1][at],
        };
        let mut level = 0;
        while start < end {
            if level == self.levels.len() {
                (start..end).for_each(|at| take(block(level, at)));
                break;
            }
            while start < end && start % FACTOR != 0 {
                take(block(level, start));
                start += 1;
            }
            while start < end && end % FACTOR != 0 {
                end -= 1;
                take(block(level, end));
            }
            start /= FACTOR;
            end /= FACTOR;
            level += 1;
        }
        found
    }

    /// The least and greatest finite value of the whole line.
    pub fn value_range(&self, line: &impl Plotted) -> Option<(f64, f64)> {
        let values = line.values();
        let extremes = self.extremes(values, 0..self.len);
        (extremes != NONE).then(|| (values[extremes.least as usize], values[extremes.greatest as usize]))
    }

    /// Whether any point has a value to draw: a number, or an infinity to mark.
    pub fn has_value(&self, line: &impl Plotted) -> bool {
        self.infinities.iter().any(|marks| !marks.is_empty()) || self.value_range(line).is_some()
    }

    /// What to draw of x `from..=to` on `pixels` columns: at most 2 points a column, and all points
    /// where there are no more than that. NaN makes a gap; the points just outside keep the line going to
    /// the edge.
    pub fn select(&self, line: &impl Plotted, from: f64, to: f64, pixels: usize) -> Selection {
        let inner = first_place(self.len, |at| line.x(at) >= from);
        let start = inner.saturating_sub(1);
        let inner_end = first_place(self.len, |at| line.x(at) > to).max(inner);
        let end = (inner_end + 1).min(self.len);
        let columns = Columns::new(from, to, pixels);
        let mut selection =
            Selection { infinities: self.infinities_in(line, to, columns), ..Default::default() };
        if start >= end || pixels == 0 {
            return selection;
        }
        let mut pen = Pen { out: &mut selection.stretches, down: false };
        if end - start <= 2 * pixels {
            for at in start..end {
                pen.point(line, at);
            }
            return selection;
        }
        // The points before and behind must not compete with what stands in the outer columns.
        if start < inner {
            pen.point(line, start);
        }
        let mut at = inner;
        while at < inner_end {
            // Columns without points cost nothing: the next point tells which column is next.
            let column = columns.of(line.x(at));
            let next = gallop(at, inner_end, |at| columns.of(line.x(at)) <= column);
            let extremes = self.extremes(line.values(), at..next);
            if extremes == NONE {
                pen.down = false;
            } else {
                let (a, b) = (extremes.least.min(extremes.greatest), extremes.least.max(extremes.greatest));
                pen.point(line, a as usize);
                if a != b {
                    pen.point(line, b as usize);
                }
            }
            at = next;
        }
        if inner_end < end {
            pen.point(line, inner_end);
        }
        selection
    }

    fn infinities_in(&self, line: &impl Plotted, to: f64, columns: Columns) -> Vec<(f64, bool)> {
        let x = |at: u32| line.x(at as usize);
        let mut found = Vec::new();
        for (marks, positive) in self.infinities.iter().zip([false, true]) {
            let end = marks.partition_point(|at| x(*at) <= to);
            let mut at = marks.partition_point(|at| x(*at) < columns.from);
            while at < end {
                found.push((x(marks[at]), positive));
                let column = columns.of(x(marks[at]));
                at = gallop(at, end, |at| columns.of(x(marks[at])) <= column);
            }
        }
        found.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        found
    }
}

/// Pixel columns over a range of x.
#[derive(Clone, Copy)]
struct Columns {
    from: f64,
    width: f64,
    last: i64,
}

impl Columns {
    fn new(from: f64, to: f64, pixels: usize) -> Self {
        let pixels = pixels.max(1);
        Self { from, width: (to - from).max(f64::MIN_POSITIVE) / pixels as f64, last: pixels as i64 - 1 }
    }

    /// Which column an x falls into; never falls as x grows.
    fn of(self, x: f64) -> i64 {
        // The right edge itself is still in the last column.
        (((x - self.from) / self.width).floor() as i64).min(self.last)
    }
}

/// The first of `len` places that is `behind` a bound, by halving; `len` where none is.
pub fn first_place(len: usize, behind: impl Fn(usize) -> bool) -> usize {
    let (mut low, mut high) = (0, len);
    while low < high {
        let middle = usize::midpoint(low, high);
        if behind(middle) { high = middle } else { low = middle + 1 }
    }
    low
}

/// The first place after `at` that is no longer `inside`: doubling strides, then halving.
fn gallop(at: usize, end: usize, inside: impl Fn(usize) -> bool) -> usize {
    let mut stride = 1;
    let mut low = at;
    while low + stride < end && inside(low + stride) {
        low += stride;
        stride *= 2;
    }
    let mut high = (low + stride).min(end);
    while low + 1 < high {
        let middle = usize::midpoint(low, high);
        if inside(middle) { low = middle } else { high = middle }
    }
    high
}

/// Draws stretches: a point that is no number lifts it.
struct Pen<'a> {
    out: &'a mut Vec<Vec<(f64, f64)>>,
    down: bool,
}

impl Pen<'_> {
    fn point(&mut self, line: &impl Plotted, at: usize) {
        let value = line.values()[at];
        if !value.is_finite() {
            self.down = false;
            return;
        }
        if !self.down {
            self.out.push(Vec::new());
            self.down = true;
        }
        if let Some(stretch) = self.out.last_mut() {
            stretch.push((line.x(at), value));
        }
    }
}
