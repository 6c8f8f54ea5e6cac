//! Chooses the shape of each line: which sides it leaves and enters by, and through which channels and
//! gaps it goes. Exact coordinates come later, when all shapes are known.

use std::collections::BTreeMap;

use super::scene::{OUTSIDE, Scene, Span};

/// One straight piece of a line whose coordinate across is still open.
#[derive(Clone, Copy, Debug)]
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
#[derive(Clone, Debug)]
pub(super) struct Shape {
    pub(super) ends: [usize; 2],
    pub(super) segments: Vec<Segment>,
    /// Coordinates of the borders along the first and the last segment.
    pub(super) borders: [i32; 2],
}

/// One bend is worth this much length.
const BEND: i32 = 70;
/// Another line in the same channel is worth this much length.
const CROWD: i32 = 4;
/// Strips narrower than this are looked at for room; wider ones rarely fill up.
const NARROW: i32 = 40;
/// Each line too many for a strip is worth this much length.
const FULL: i32 = 1_500;
/// See [`Load`].
const STRETCH: i32 = 64;
/// Ports keep away from the corners of a box.
const CORNER: i32 = 8;

/// How much is used already.
pub(super) struct Load {
    channels: Vec<i32>,
    /// Range and reach of the horizontal pieces that somebody chose.
    /// Each is filed under every stretch of [`STRETCH`] units that its range touches.
    lines: BTreeMap<i32, Vec<(Span, Span)>>,
}

impl Load {
    pub(super) fn new(scene: &Scene) -> Self {
        Self { channels: vec![0; scene.columns.len() + 1], lines: BTreeMap::new() }
    }

    fn channel(&self, index: usize) -> i32 {
        self.channels.get(index).copied().unwrap_or(0)
    }

    /// What it costs to be one more horizontal piece there: much, when there is no track left.
    fn line(&self, range: Span, reach: Span) -> i32 {
        let first = range.0.div_euclid(STRETCH);
        let near = self.lines.range(first..=range.1.div_euclid(STRETCH));
        let met = near.flat_map(|(stretch, lines)| lines.iter().map(move |line| (*stretch, line))).filter(
            // A line that is filed under several of these stretches counts in the first of them only.
            |(stretch, (y, x))| {
                *stretch == first.max(y.0.div_euclid(STRETCH)) && meets(*y, range) && meets(*x, reach)
            },
        );
        let used = met.count() as i32;
        let room = (range.1 - range.0) / 5 + 1;
        used * CROWD + (used + 1 - room).max(0) * FULL
    }

    /// Books a chosen shape.
    pub(super) fn take(&mut self, shape: &Shape) {
        for (index, segment) in shape.segments.iter().enumerate() {
            if let Some(channel) = segment.channel
                && let Some(count) = self.channels.get_mut(channel)
            {
                *count += 1;
            }
            if !segment.vertical {
                let (range, reach) = (segment.range, shape.reach(index));
                for stretch in range.0.div_euclid(STRETCH)..=range.1.div_euclid(STRETCH) {
                    self.lines.entry(stretch).or_default().push((range, reach));
                }
            }
        }
    }
}

impl Shape {
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

fn middle(span: Span) -> i32 {
    i32::midpoint(span.0, span.1)
}

fn common(a: Span, b: Span) -> Option<Span> {
    let both = (a.0.max(b.0), a.1.min(b.1));
    (both.1 - both.0 >= 2).then_some(both)
}

struct Chooser<'a> {
    scene: &'a Scene,
    load: &'a Load,
    ends: [usize; 2],
    best: Option<(i32, Shape)>,
}

/// The cheapest shape for a line from one box to another. Only when the boxes leave no way at all does
/// it cross some.
pub(super) fn choose(scene: &Scene, load: &Load, from: usize, to: usize) -> Shape {
    let mut chooser = Chooser { scene, load, ends: [from, to], best: None };
    let (a, b) = (scene.column_of[from], scene.column_of[to]);
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
    chooser.best.map_or_else(|| through(scene, from, to), |(_, shape)| shape)
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
fn side(start: i32, length: i32) -> Span {
    let margin = CORNER.min(length / 4);
    (start + margin, start + length - margin)
}

fn horizontal(range: Span) -> Segment {
    Segment { vertical: false, range, at: middle(range), channel: None }
}

impl Chooser<'_> {
    /// Keeps the shape if it is the cheapest so far; answers whether all of it has room.
    fn offer(&mut self, segments: Vec<Segment>, borders: [i32; 2], extra: i32) -> bool {
        let shape = Shape { ends: self.ends, segments, borders };
        let mut cost = BEND * (shape.segments.len() as i32 - 1) + extra;
        let mut has_room = true;
        for (index, segment) in shape.segments.iter().enumerate() {
            let reach = shape.reach(index);
            cost += reach.1 - reach.0;
            if !segment.vertical && segment.range.1 - segment.range.0 < NARROW {
                let price = self.load.line(segment.range, reach);
                has_room &= price < FULL;
                cost += price;
            }
        }
        if self.best.as_ref().is_none_or(|(least, _)| cost < *least) {
            self.best = Some((cost, shape));
        }
        has_room
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
            && let Some(y) = scene.across(y, columns, self.ends)
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
        let y = scene.across(y, columns, self.ends)?;
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
                let Some(rest) = scene.across(reach, crossed, [usize::MAX; 2]) else { break };
                reach = rest;
            }
            if let Some(entry) = scene.across(into, between(k, entry_channel), [usize::MAX; 2]) {
                let lines = self.load.channel(k);
                let down = self.channel(k, borders);
                found |= self.offer(vec![horizontal(reach), down, horizontal(entry)], borders, CROWD * lines);
            }
        }
        if found {
            return;
        }
        let along = ordered(middle(scene.channel(exit_channel)), middle(scene.channel(entry_channel)));
        for gap in scene.gaps(between(exit_channel, entry_channel)) {
            let y = i32::midpoint(middle(out), middle(into))
                .clamp(ordered(gap.0 + 4, gap.1 - 4).0, gap.1.max(gap.0 + 4));
            let range = (gap.0.max(y - 60), gap.1.min(y + 60));
            let detour = (middle(out) - y).abs() + (middle(into) - y).abs() + along.1 - along.0 + 4 * BEND;
            if self.best.as_ref().is_some_and(|(least, _)| *least <= detour) {
                continue;
            }
            let mut extra = CROWD * (self.load.channel(exit_channel) + self.load.channel(entry_channel));
            if range.1 - range.0 >= NARROW {
                extra += self.load.line(range, along);
            }
            let gap = Segment { at: y, ..horizontal(range) };
            let (down, up) = (self.channel(exit_channel, borders), self.channel(entry_channel, borders));
            self.offer(vec![horizontal(out), down, gap, up, horizontal(into)], borders, extra);
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
