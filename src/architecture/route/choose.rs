//! Chooses the shape of each line: which sides it leaves and enters by, and through which channels and
//! gaps it goes. Exact coordinates come later, when all shapes are known.

use std::collections::BTreeMap;

use super::super::layout::Bounds;
use super::maze;
use super::scene::{CLEAR, OUTSIDE, Scene, Span};

/// One straight piece of a line whose coordinate across is still open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Segment {
    pub(super) vertical: bool,
    /// Allowed coordinates (x of a vertical piece, y of a horizontal one).
    pub(super) range: Span,
    /// The likely coordinate, then the final one.
    pub(super) at: i32,
    /// Which channel a vertical piece runs in, for the count of tracks.
    pub(super) channel: Option<usize>,
}

/// The shape of one line: segments of alternating direction between two borders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Shape {
    pub(super) ends: [usize; 2],
    pub(super) segments: Vec<Segment>,
    /// Coordinates of the borders along the first and the last segment.
    pub(super) borders: [i32; 2],
}

/// One bend is worth this much length.
pub(super) const BEND: i32 = 70;
/// A turn one channel away from the better one is worth this much length.
const AWAY: i32 = 4;
/// Strips narrower than this are looked at for room; wider ones rarely fill up.
const NARROW: i32 = 40;
/// Each line too many for a strip is worth this much length.
const FULL: i32 = 1_500;
/// How far above and below its likely place a line in a gap between rows may run.
const SWAY: i32 = 60;
/// Ports keep away from the corners of a box.
pub(super) const CORNER: i32 = 8;

/// A piece that runs in a narrow strip.
#[derive(Clone, Copy, Debug)]
pub(super) struct Narrow {
    vertical: bool,
    range: Span,
    /// Where it begins and ends along itself, as far as known.
    reach: Span,
}

/// The narrow strips that are used already.
#[derive(Default)]
pub(super) struct Load {
    /// What runs in them, by direction and by where the range begins, in steps that no range is wider than.
    pieces: BTreeMap<(bool, i32), Vec<Narrow>>,
}

/// The step in which a piece is found.
fn step(piece: &Narrow) -> (bool, i32) {
    (piece.vertical, piece.range.0.div_euclid(NARROW))
}

impl Load {
    /// What it costs to be one more piece there: much, when there is no track left.
    fn price(&self, piece: Narrow) -> i32 {
        let shares = |other: &&Narrow| meets(other.range, piece.range) && meets(other.reach, piece.reach);
        let (vertical, at) = step(&piece);
        let near = self.pieces.range((vertical, at - 1)..=(vertical, at + 1)).flat_map(|(_, pieces)| pieces);
        let used = near.filter(shares).count() as i32;
        let room = (piece.range.1 - piece.range.0) / 5 + 1;
        (used + 1 - room).max(0) * FULL
    }

    /// Whether there is a track left for all of a shape.
    pub(super) fn has_room(&self, shape: &Shape) -> bool {
        shape.narrow().all(|piece| self.price(piece) == 0)
    }

    /// Books a chosen shape.
    pub(super) fn take(&mut self, shape: &Shape) {
        for piece in shape.narrow() {
            self.pieces.entry(step(&piece)).or_default().push(piece);
        }
    }
}

impl Shape {
    /// The pieces that run in narrow strips: all ports on one side of a low box, all lines of a thin channel.
    pub(super) fn narrow(&self) -> impl Iterator<Item = Narrow> + '_ {
        let is_narrow = |segment: &Segment| segment.range.1 - segment.range.0 < NARROW;
        let all = self.segments.iter().enumerate().filter(move |(_, segment)| is_narrow(segment));
        all.map(|(index, segment)| Narrow {
            vertical: segment.vertical,
            range: segment.range,
            reach: self.reach(index),
        })
    }

    /// Where a segment begins and ends along itself, as far as known.
    fn reach(&self, index: usize) -> Span {
        let before = index.checked_sub(1).and_then(|i| self.segments.get(i));
        let after = self.segments.get(index + 1);
        ordered(before.map_or(self.borders[0], |s| s.at), after.map_or(self.borders[1], |s| s.at))
    }
}

fn meets(a: Span, b: Span) -> bool {
    a.0 <= b.1 && b.0 <= a.1
}

pub(super) fn ordered(a: i32, b: i32) -> Span {
    (a.min(b), a.max(b))
}

pub(super) fn middle(span: Span) -> i32 {
    i32::midpoint(span.0, span.1)
}

fn common(a: Span, b: Span) -> Option<Span> {
    let both = (a.0.max(b.0), a.1.min(b.1));
    (both.1 - both.0 >= 2).then_some(both)
}

/// What a flow's shape depends on.
#[derive(Clone, Debug)]
pub(super) struct Seen {
    /// The first and the last column whose boxes were looked at; of the next ones outside only the borders.
    pub(super) columns: (usize, usize),
    /// The heights that were looked at.
    pub(super) y: Span,
    /// The window in which a way was searched among the boxes, if one was.
    pub(super) window: Option<Bounds>,
}

/// A line to be led from one box to another.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line {
    pub(super) from: usize,
    pub(super) to: usize,
    /// Whether it rather turns near its end, where more lines come together than part at its start.
    pub(super) late: bool,
}

struct Chooser<'a> {
    scene: &'a Scene,
    load: Option<&'a Load>,
    line: Line,
    ends: [usize; 2],
    best: Option<(i32, Shape)>,
    seen: Seen,
}

/// The cheapest shape for a line, and what it depends on beside `load`. Only when the boxes leave no way at all does
/// it cross some.
pub(super) fn choose(scene: &Scene, load: Option<&Load>, line: Line) -> (Shape, Seen) {
    let (from, to) = (line.from, line.to);
    let (a, b) = (scene.column_of[from], scene.column_of[to]);
    let (upper, lower) = (scene.boxes[from], scene.boxes[to]);
    let y = (upper.y.min(lower.y) - CLEAR, upper.bottom().max(lower.bottom()) + CLEAR);
    let seen = Seen { columns: (a.min(b), a.max(b)), y, window: None };
    let mut chooser = Chooser { scene, load, line, ends: [from, to], best: None, seen };
    chooser.straight();
    chooser.corners();
    let natural = match a.cmp(&b) {
        std::cmp::Ordering::Less => vec![(true, false)],
        std::cmp::Ordering::Equal => vec![(true, true), (false, false)],
        std::cmp::Ordering::Greater => vec![(false, true)],
    };
    for (exit, entry) in natural {
        chooser.around([exit, entry]);
    }
    if chooser.best.is_none() {
        for (exit, entry) in [(true, false), (false, true), (true, true), (false, false)] {
            chooser.around([exit, entry]);
        }
    }
    let Chooser { best, mut seen, .. } = chooser;
    if let Some((_, shape)) = best {
        return (shape, seen);
    }
    let (found, window) = maze::search(scene, from, to);
    seen.window = Some(window);
    (found.unwrap_or_else(|| through(scene, from, to)), seen)
}

/// A plain elbow that avoids nothing, for boxes that lie on or beside each other without a channel.
fn through(scene: &Scene, from: usize, to: usize) -> Shape {
    let (a, b) = (scene.boxes[from], scene.boxes[to]);
    let right = a.x + a.w / 2 <= b.x + b.w / 2;
    let borders = if right { [a.right(), b.x] } else { [a.x, b.right()] };
    let x = ordered(borders[0], borders[1]);
    let segments = vec![
        horizontal(side(a.y, a.h)),
        Segment { vertical: true, range: x, at: middle(x), channel: None },
        horizontal(side(b.y, b.h)),
    ];
    Shape { ends: [from, to], segments, borders }
}

/// Where ports may be on a side.
pub(super) fn side(start: i32, length: i32) -> Span {
    let margin = CORNER.min(length / 4);
    (start + margin, start + length - margin)
}

pub(super) fn horizontal(range: Span) -> Segment {
    Segment { vertical: false, range, at: middle(range), channel: None }
}

impl Chooser<'_> {
    /// Keeps the shape if it is the cheapest so far; answers whether all of it has room.
    fn offer(&mut self, segments: Vec<Segment>, borders: [i32; 2], extra: i32) -> bool {
        let shape = Shape { ends: self.ends, segments, borders };
        let full = self.load.map_or(0, |load| shape.narrow().map(|piece| load.price(piece)).sum());
        let length: i32 = (0..shape.segments.len()).map(|index| shape.reach(index)).map(|(a, b)| b - a).sum();
        let cost = BEND * (shape.segments.len() as i32 - 1) + extra + length + full;
        if self.best.as_ref().is_none_or(|(least, _)| cost < *least) {
            self.best = Some((cost, shape));
        }
        full == 0
    }

    /// No bend: side by side, or one above the other.
    fn straight(&mut self) {
        let [from, to] = self.ends;
        if from == to {
            return;
        }
        let (scene, a, b) = (self.scene, self.scene.boxes[from], self.scene.boxes[to]);
        let (left, right) = if a.x <= b.x { (from, to) } else { (to, from) };
        let (l, r) = (scene.boxes[left], scene.boxes[right]);
        let columns = scene.column_of[left] + 1..scene.column_of[right];
        if l.right() < r.x
            && scene.column_of[left] < scene.column_of[right]
            && let Some(y) = common(side(a.y, a.h), side(b.y, b.h))
            && let Some(y) = scene.across(y, columns)
            && let Some(y) = scene.out_of(left, true, y, self.ends)
            && let Some(y) = scene.out_of(right, false, y, self.ends)
        {
            let borders = if left == from { [l.right(), r.x] } else { [r.x, l.right()] };
            self.offer(vec![horizontal(y)], borders, 0);
        }
        let (upper, lower) = if a.y <= b.y { (a, b) } else { (b, a) };
        if scene.column_of[from] == scene.column_of[to]
            && upper.bottom() < lower.y
            && let Some(x) = common(side(a.x, a.w), side(b.x, b.w))
            && scene.down(from, x, (upper.bottom(), lower.y), self.ends)
        {
            let borders = if a.y <= b.y { [a.bottom(), b.y] } else { [a.y, b.bottom()] };
            self.offer(vec![Segment { vertical: true, range: x, at: middle(x), channel: None }], borders, 0);
        }
    }

    /// One bend: out at the side and in from above or below, or the reverse.
    fn corners(&mut self) {
        let [from, to] = self.ends;
        if self.scene.column_of[from] == self.scene.column_of[to] {
            return;
        }
        if let Some((segments, borders)) = self.corner(from, to) {
            self.offer(segments.to_vec(), borders, 0);
        }
        if let Some(([first, last], [start, end])) = self.corner(to, from) {
            self.offer(vec![last, first], [end, start], 0);
        }
    }

    /// Along the row of `one`, then up or down its column into `two`.
    fn corner(&self, one: usize, two: usize) -> Option<([Segment; 2], [i32; 2])> {
        let (scene, a, b) = (self.scene, self.scene.boxes[one], self.scene.boxes[two]);
        let right = scene.column_of[one] < scene.column_of[two];
        let columns = if right {
            scene.column_of[one] + 1..scene.column_of[two]
        } else {
            scene.column_of[two] + 1..scene.column_of[one]
        };
        let y = scene.out_of(one, right, side(a.y, a.h), self.ends)?;
        let y = scene.across(y, columns)?;
        let x = side(b.x, b.w);
        let reach = if y.1 + 12 < b.y {
            (y.0, b.y)
        } else if b.bottom() + 12 < y.0 {
            (b.bottom(), y.1)
        } else {
            return None;
        };
        let column = &scene.columns[scene.column_of[two]];
        let width = if right { (column.left, x.1) } else { (x.0, column.right) };
        scene.down(two, x, reach, self.ends).then_some(())?;
        scene.down(two, width, y, self.ends).then_some(())?;
        let end = if reach.1 == b.y { b.y } else { b.bottom() };
        let into = Segment { vertical: true, range: x, at: middle(x), channel: None };
        Some(([horizontal(y), into], [if right { a.right() } else { a.x }, end]))
    }

    /// Two bends through one channel, or four through two channels and a gap between rows. The flags say
    /// whether the line leaves and enters on the right side.
    fn around(&mut self, [exit, entry]: [bool; 2]) {
        let [from, to] = self.ends;
        let (scene, a, b) = (self.scene, self.scene.boxes[from], self.scene.boxes[to]);
        let exit_channel = scene.column_of[from] + usize::from(exit);
        let entry_channel = scene.column_of[to] + usize::from(entry);
        let Some(out) = scene.out_of(from, exit, side(a.y, a.h), self.ends) else { return };
        let Some(into) = scene.out_of(to, entry, side(b.y, b.h), self.ends) else { return };
        let borders = [if exit { a.right() } else { a.x }, if entry { b.right() } else { b.x }];
        let between = |x: usize, y: usize| x.min(y)..x.max(y);
        let mut found = false;
        let mut reach = out;
        let channels: Vec<usize> = if exit_channel <= entry_channel {
            (exit_channel..=entry_channel).collect()
        } else {
            (entry_channel..=exit_channel).rev().collect()
        };
        for k in channels {
            if k != exit_channel {
                // A line that runs on past its own neighbours also has to pass the column before `k`.
                let crossed = if exit_channel <= entry_channel { k - 1..k } else { k..k + 1 };
                let Some(rest) = scene.across(reach, crossed) else { break };
                reach = rest;
            }
            if let Some(entry) = scene.across(into, between(k, entry_channel)) {
                let better = if self.line.late { entry_channel } else { exit_channel };
                let extra = AWAY * k.abs_diff(better) as i32;
                let down = self.channel(k, borders);
                found |= self.offer(vec![horizontal(reach), down, horizontal(entry)], borders, extra);
            }
        }
        if !found {
            self.over(out, into, [exit_channel, entry_channel], borders);
        }
    }

    /// Four bends: through both channels and the gap between rows that makes the least detour.
    fn over(&mut self, out: Span, into: Span, channels: [usize; 2], borders: [i32; 2]) {
        let [exit, entry] = channels;
        let columns = exit.min(entry)..exit.max(entry);
        let [first, last] = channels.map(|channel| middle(self.scene.channel(channel)));
        let wish = i32::midpoint(middle(out), middle(into));
        for down in [false, true] {
            let mut from = wish;
            while let Some(gap) = self.scene.strip(&columns, from, down) {
                let inset = 4.min((gap.1 - gap.0) / 2);
                let y = wish.clamp(gap.0 + inset, gap.1 - inset);
                let near = ordered(wish, y);
                self.seen.y =
                    (self.seen.y.0.min(near.0 - SWAY - CLEAR), self.seen.y.1.max(near.1 + SWAY + CLEAR));
                let detour =
                    (middle(out) - y).abs() + (middle(into) - y).abs() + (first - last).abs() + 4 * BEND;
                if self.best.as_ref().is_some_and(|(least, _)| *least <= detour) {
                    break;
                }
                let range = (gap.0.max(y - SWAY), gap.1.min(y + SWAY));
                let gap_line = Segment { at: y, ..horizontal(range) };
                let (leave, enter) = (self.channel(exit, borders), self.channel(entry, borders));
                let segments = vec![horizontal(out), leave, gap_line, enter, horizontal(into)];
                self.offer(segments, borders, 0);
                from = if down { gap.1 + 1 } else { gap.0 - 1 };
            }
        }
    }

    fn channel(&self, index: usize, borders: [i32; 2]) -> Segment {
        let range = self.scene.channel(index);
        // The outermost channels are wide open: lines stay near the boxes.
        let at = if range.1 - range.0 < OUTSIDE - 100 {
            middle(range)
        } else if index == 0 {
            range.1.min(borders[0].min(borders[1]))
        } else {
            range.0.max(borders[0].max(borders[1]))
        };
        Segment { vertical: true, range, at, channel: Some(index) }
    }
}
