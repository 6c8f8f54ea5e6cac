//! Searches a way among boxes that stand in each other's columns: the cheapest one along the borders of the boxes
//! of a window around both ends, which grows until there is one.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::super::layout::Bounds;
use super::choose::{BEND, CORNER, Segment, Shape, side};
use super::scene::{CLEAR, Scene, Span};

/// How far around both ends a way is searched, and how far it keeps from boxes.
const TRIES: [(i32, i32); 6] =
    [(120, CLEAR), (120, 2), (480, CLEAR), (480, 2), (1_000_000, CLEAR), (1_000_000, 2)];
/// A line may be moved this far from the way that was found.
const SWAY: i32 = 40;
/// What running through a box costs, in lengths, where there is no other way or the box lies on an end.
const THROUGH: i32 = 8;

/// The shape of the cheapest way, and the window whose boxes it depends on.
pub(super) fn search(scene: &Scene, from: usize, to: usize) -> (Option<Shape>, Bounds) {
    let (a, b) = (scene.boxes[from], scene.boxes[to]);
    let both = hull(a, b);
    let mut window = both;
    for (around, clear) in TRIES {
        window = inflated(both, around);
        if let Some(shape) = Maze::of(scene, [from, to], window, clear).and_then(|maze| maze.shape(false)) {
            return (Some(shape), window);
        }
    }
    let maze = Maze::of(scene, [from, to], window, 0);
    (maze.and_then(|maze| maze.shape(true)), window)
}

fn hull(a: Bounds, b: Bounds) -> Bounds {
    let (x, y) = (a.x.min(b.x), a.y.min(b.y));
    Bounds { x, y, w: a.right().max(b.right()) - x, h: a.bottom().max(b.bottom()) - y }
}

fn inflated(b: Bounds, by: i32) -> Bounds {
    Bounds { x: b.x - by, y: b.y - by, w: b.w + 2 * by, h: b.h + 2 * by }
}

/// More crossings of lines would take more memory than one line of a drawing is worth: some 60 bytes each.
const MOST_CROSSINGS: usize = 1_000_000;

struct Maze {
    ends: [usize; 2],
    /// Both ends as boxes.
    goals: [Bounds; 2],
    /// What is in the way, with the distance that is kept.
    walls: Vec<Bounds>,
    /// The lines that a way can follow.
    x: Vec<i32>,
    y: Vec<i32>,
    /// For each crossing of these lines what the step to the right, and the one down, costs for each unit; 0 for no
    /// way.
    right: Vec<u8>,
    down: Vec<u8>,
}

/// Where a search stands: a crossing of lines, and whether it was reached by a vertical step.
type Place = (usize, usize, bool);

impl Maze {
    fn of(scene: &Scene, ends: [usize; 2], window: Bounds, clear: i32) -> Option<Self> {
        if ends[0] == ends[1] {
            return None;
        }
        let goals = ends.map(|end| scene.boxes[end]);
        let others = scene.boxes.iter().enumerate().filter(|(i, b)| !ends.contains(i) && b.overlaps(&window));
        let (laps, walls): (Vec<Bounds>, Vec<Bounds>) =
            others.map(|(_, b)| *b).partition(|b| goals.iter().any(|goal| goal.overlaps(&inflated(*b, 1))));
        let walls: Vec<Bounds> = walls.into_iter().map(|b| inflated(b, clear)).collect();
        let (mut x, mut y) = (Vec::new(), Vec::new());
        for b in walls.iter().chain(&laps) {
            x.extend([b.x, b.right()]);
            y.extend([b.y, b.bottom()]);
        }
        for b in &goals {
            x.extend([b.x, b.x + b.w / 2, b.right()]);
            y.extend([b.y, b.y + b.h / 2, b.bottom()]);
            let (across, along) = (side(b.x, b.w), side(b.y, b.h));
            x.extend([across.0, across.1, b.x - CORNER, b.right() + CORNER]);
            y.extend([along.0, along.1, b.y - CORNER, b.bottom() + CORNER]);
        }
        for lines in [&mut x, &mut y] {
            lines.sort_unstable();
            lines.dedup();
        }
        let count = x.len() * y.len();
        if count > MOST_CROSSINGS {
            return None;
        }
        let mut maze = Self { ends, goals, walls, x, y, right: vec![1; count], down: vec![1; count] };
        for b in &laps {
            maze.fill(*b, THROUGH as u8, false);
        }
        for at in 0..maze.walls.len() {
            maze.fill(maze.walls[at], 0, false);
        }
        for goal in goals {
            maze.fill(goal, 0, true);
        }
        Some(maze)
    }

    /// Sets the price of all steps inside a box, and of those along its border if it is `closed`.
    fn fill(&mut self, b: Bounds, price: u8, closed: bool) {
        let at = |lines: &[i32], value: i32| lines.partition_point(|line| *line < value);
        let (left, right) = (at(&self.x, b.x), at(&self.x, b.right()));
        let (top, bottom) = (at(&self.y, b.y), at(&self.y, b.bottom()));
        let inner = usize::from(!closed);
        let width = self.x.len();
        for row in (top + inner)..=bottom.saturating_sub(inner).min(self.y.len() - 1) {
            for column in left..right {
                self.right[row * width + column] = price;
            }
        }
        for row in top..bottom {
            for column in (left + inner)..=right.saturating_sub(inner).min(width - 1) {
                self.down[row * width + column] = price;
            }
        }
    }

    /// The cheapest way as a shape; through boxes only if `through`.
    fn shape(&self, through: bool) -> Option<Shape> {
        let corners = self.way(through)?;
        let mut segments = Vec::new();
        for pair in corners.windows(2) {
            let vertical = pair[0].0 == pair[1].0;
            let at = if vertical { pair[0].0 } else { pair[0].1 };
            segments.push(Segment { vertical, range: (at, at), at, channel: None });
        }
        let border = |point: (i32, i32), vertical: bool| if vertical { point.1 } else { point.0 };
        let (first, last) = (segments.first()?.vertical, segments.last()?.vertical);
        let borders = [border(*corners.first()?, first), border(*corners.last()?, last)];
        let mut shape = Shape { ends: self.ends, segments, borders };
        if !through {
            self.widen(&mut shape);
        }
        Some(shape)
    }

    /// Lets each piece move as far as neither it nor the longer neighbours come near a box.
    fn widen(&self, shape: &mut Shape) {
        let last = shape.segments.len() - 1;
        for index in 0..shape.segments.len() {
            let own = shape.segments[index];
            let end = |neighbour: Option<usize>, border: i32| {
                neighbour.and_then(|i| shape.segments.get(i)).map_or((border, border), |next| next.range)
            };
            let (a, b) =
                (end(index.checked_sub(1), shape.borders[0]), end(Some(index + 1), shape.borders[1]));
            let along = (a.0.min(b.0), a.1.max(b.1));
            let mut range = (own.at - SWAY, own.at + SWAY);
            for (is_end, goal) in [(index == 0, self.goals[0]), (index == last, self.goals[1])] {
                if is_end {
                    let port = if own.vertical { side(goal.x, goal.w) } else { side(goal.y, goal.h) };
                    range = (range.0.max(port.0.min(own.at)), range.1.min(port.1.max(own.at)));
                }
            }
            let goals = self.goals.iter().enumerate().filter(|(end, _)| {
                // Its own end is where it comes from.
                !(*end == 0 && index == 0 || *end == 1 && index == last)
            });
            for b in self.walls.iter().chain(goals.map(|(_, goal)| goal)) {
                let (across, length): (Span, Span) = if own.vertical {
                    ((b.x, b.right()), (b.y, b.bottom()))
                } else {
                    ((b.y, b.bottom()), (b.x, b.right()))
                };
                if length.0 < along.1 && along.0 < length.1 {
                    if across.1 <= own.at {
                        range.0 = range.0.max(across.1);
                    } else if across.0 >= own.at {
                        range.1 = range.1.min(across.0);
                    } else {
                        range = (own.at, own.at);
                    }
                }
            }
            shape.segments[index].range = range;
        }
    }

    /// The corners of the cheapest way from the border of one end to that of the other.
    fn way(&self, through: bool) -> Option<Vec<(i32, i32)>> {
        let width = self.x.len();
        let key = |(column, row, vertical): Place| (row * width + column) * 2 + usize::from(vertical);
        let mut costs = vec![i32::MAX; width * self.y.len() * 2];
        let mut before: Vec<Option<Place>> = vec![None; costs.len()];
        let mut open = BinaryHeap::new();
        for start in self.ports(0) {
            costs[key(start)] = 0;
            open.push(Reverse((self.rest(start), 0, start)));
        }
        let goals: Vec<Place> = self.ports(1).collect();
        while let Some(Reverse((_, cost, place))) = open.pop() {
            if cost > costs[key(place)] {
                continue;
            }
            if goals.contains(&place) {
                return Some(self.corners(place, |place| before[key(place)]));
            }
            for (next, length, price) in self.steps(place) {
                let price = match price {
                    0 if through => THROUGH,
                    0 => continue,
                    price => i32::from(price),
                };
                let bend = if next.2 == place.2 { 0 } else { BEND };
                let then = cost.saturating_add(length.saturating_mul(price)).saturating_add(bend);
                if then < costs[key(next)] {
                    costs[key(next)] = then;
                    before[key(next)] = Some(place);
                    open.push(Reverse((then.saturating_add(self.rest(next)), then, next)));
                }
            }
        }
        None
    }

    /// Where lines can leave or reach an end: on each side where a line of the search meets it, off the corners.
    fn ports(&self, end: usize) -> impl Iterator<Item = Place> + '_ {
        let goal = self.goals[end];
        let (across, along) = (side(goal.x, goal.w), side(goal.y, goal.h));
        let at = |lines: &[i32], value: i32| lines.partition_point(|line| *line < value);
        let sides = [at(&self.x, goal.x), at(&self.x, goal.right())];
        let ends = [at(&self.y, goal.y), at(&self.y, goal.bottom())];
        let rows = (0..self.y.len()).filter(move |row| (along.0..=along.1).contains(&self.y[*row]));
        let columns =
            (0..self.x.len()).filter(move |column| (across.0..=across.1).contains(&self.x[*column]));
        let beside = rows.flat_map(move |row| sides.map(|column| (column, row, false)));
        beside.chain(columns.flat_map(move |column| ends.map(|row| (column, row, true))))
    }

    /// The steps from a place with their lengths and prices.
    fn steps(&self, (column, row, _): Place) -> impl Iterator<Item = (Place, i32, u8)> + '_ {
        let width = self.x.len();
        let here = row * width + column;
        let right = (column + 1 < width)
            .then(|| ((column + 1, row, false), self.x[column + 1] - self.x[column], self.right[here]));
        let left = column
            .checked_sub(1)
            .map(|before| ((before, row, false), self.x[column] - self.x[before], self.right[here - 1]));
        let down = (row + 1 < self.y.len())
            .then(|| ((column, row + 1, true), self.y[row + 1] - self.y[row], self.down[here]));
        let up = row
            .checked_sub(1)
            .map(|before| ((column, before, true), self.y[row] - self.y[before], self.down[here - width]));
        [right, left, down, up].into_iter().flatten()
    }

    /// The least that is still to go.
    fn rest(&self, (column, row, _): Place) -> i32 {
        let goal = self.goals[1];
        let off = |at: i32, (low, high): Span| (low - at).max(at - high).max(0);
        off(self.x[column], (goal.x, goal.right())) + off(self.y[row], (goal.y, goal.bottom()))
    }

    fn corners(&self, end: Place, before: impl Fn(Place) -> Option<Place>) -> Vec<(i32, i32)> {
        let point = |(column, row, _): Place| (self.x[column], self.y[row]);
        let mut corners = vec![point(end)];
        let mut place = end;
        while let Some(previous) = before(place) {
            // A bend is where the step into a place and the one out of it differ.
            if previous.2 != place.2 {
                corners.push(point(previous));
            }
            place = previous;
        }
        corners.push(point(place));
        corners.dedup();
        corners.reverse();
        corners
    }
}
