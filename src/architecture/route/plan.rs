//! All lines of a drawing together: what each depends on, which shapes were chosen, and the coordinates of their
//! pieces.

use std::sync::Arc;

use super::super::layout::{Bounds, Placement};
use super::super::model::{Architecture, NodeId};
use super::Demand;
use super::choose::{Line, Load, Seen, Shape, choose};
use super::scene::{CLEAR, Scene};
use super::tracks::{Assigned, Piece};

/// See the module.
#[derive(Clone, Debug, Default)]
pub(super) struct Plan {
    /// The boxes' nodes.
    ids: Arc<[NodeId]>,
    /// The flows between them as the drawing has them, for those that follow.
    flows: Arc<[(NodeId, NodeId)]>,
    /// Index of the flow, and its line.
    lines: Arc<[(usize, Line)]>,
    scene: Scene,
    choices: Vec<Arc<Choice>>,
    /// What it is given.
    shapes: Vec<Shape>,
    vertical: Direction,
    horizontal: Direction,
}

/// What a line would choose if it were alone.
#[derive(Debug)]
struct Choice {
    shape: Shape,
    seen: Seen,
}

/// The pieces of one direction.
#[derive(Clone, Debug, Default)]
struct Direction {
    /// The first piece of each shape, and the number of all.
    first: Vec<usize>,
    assigned: Assigned,
}

impl Plan {
    pub(super) fn of(drawing: &Architecture, placement: &Placement) -> Self {
        let placed = placement.boxes();
        let ids: Arc<[NodeId]> = placed.iter().map(|(id, _)| (*id).clone()).collect();
        let index = |id: &NodeId| ids.binary_search(id).ok();
        let ends: Vec<(usize, usize, usize)> = drawing
            .flows
            .iter()
            .enumerate()
            .filter_map(|(flow, of)| Some((flow, index(&of.from)?, index(&of.to)?)))
            .collect();
        let (mut out, mut into) = (vec![0; ids.len()], vec![0; ids.len()]);
        for (_, from, to) in &ends {
            out[*from] += 1;
            into[*to] += 1;
        }
        let line = |(flow, from, to)| (flow, Line { from, to, late: out[from] < into[to] });
        let lines = ends.into_iter().map(line).collect();
        let flows = drawing.flows.iter().map(|flow| (flow.from.clone(), flow.to.clone())).collect();
        let boxes = placed.into_iter().map(|(_, b)| b).collect();
        let empty = Self { ids, flows, lines, ..Self::default() };
        empty.with(boxes, None)
    }

    /// The plan after boxes moved; nothing if more than that changed.
    pub(super) fn moved(&self, drawing: &Architecture, placement: &Placement) -> Option<Self> {
        let placed = placement.boxes();
        let same_boxes =
            placed.len() == self.ids.len() && placed.iter().zip(&*self.ids).all(|(b, id)| b.0 == id);
        let same_flows = drawing.flows.len() == self.flows.len()
            && drawing
                .flows
                .iter()
                .zip(&*self.flows)
                .all(|(flow, (from, to))| flow.from == *from && flow.to == *to);
        if !same_boxes || !same_flows {
            return None;
        }
        let boxes = placed.into_iter().map(|(_, b)| b).collect();
        let empty = Self {
            ids: Arc::clone(&self.ids),
            flows: Arc::clone(&self.flows),
            lines: Arc::clone(&self.lines),
            ..Self::default()
        };
        Some(empty.with(boxes, Some(self)))
    }

    /// Leads all lines between these boxes, with the help of what was found for others.
    fn with(mut self, boxes: Vec<Bounds>, before: Option<&Self>) -> Self {
        self.scene = Scene::of(boxes);
        let news = before.map(|before| News::between(&before.scene, &self.scene));
        self.choices = (0..self.lines.len())
            .map(|at| {
                let line = self.lines[at].1;
                let old = before.zip(news.as_ref()).and_then(|(before, news)| {
                    news.still(&before.scene, &self.scene, line, before.choices.get(at)?)
                });
                old.unwrap_or_else(|| {
                    let (shape, seen) = choose(&self.scene, None, line);
                    Arc::new(Choice { shape, seen })
                })
            })
            .collect();
        self.book();
        guess_ports(&mut self.shapes);
        let vertical = self.settle(true, before.map(|before| &before.vertical));
        self.vertical = vertical;
        let horizontal = self.settle(false, before.map(|before| &before.horizontal));
        self.horizontal = horizontal;
        self
    }

    /// Gives each line its choice, as long as there is room in narrow strips; short lines choose first, since they
    /// have the fewest ways.
    fn book(&mut self) {
        self.shapes = self.choices.iter().map(|choice| choice.shape.clone()).collect();
        let is_narrow = |at: &usize| self.shapes[*at].narrow().next().is_some();
        let mut waiting: Vec<(i32, usize)> = (0..self.shapes.len())
            .filter(is_narrow)
            .map(|at| {
                let line = self.lines[at].1;
                let (a, b) = (self.scene.boxes[line.from], self.scene.boxes[line.to]);
                ((a.x - b.x).abs() + (a.y - b.y).abs(), at)
            })
            .collect();
        waiting.sort_unstable();
        let mut load = Load::default();
        for (_, at) in waiting {
            // A way among the boxes is the only one.
            if self.choices[at].seen.window.is_none() && !load.has_room(&self.shapes[at]) {
                self.shapes[at] = choose(&self.scene, Some(&load), self.lines[at].1).0;
            }
            load.take(&self.shapes[at]);
        }
    }

    /// Gives all segments of one direction their coordinates.
    fn settle(&mut self, vertical: bool, before: Option<&Direction>) -> Direction {
        let (mut first, mut pieces) = (Vec::with_capacity(self.shapes.len() + 1), Vec::new());
        for shape in &self.shapes {
            first.push(pieces.len());
            for (at, segment) in shape.segments.iter().enumerate() {
                if segment.vertical == vertical {
                    pieces.push(piece(shape, at, vertical));
                }
            }
        }
        first.push(pieces.len());
        let assigned = match before {
            None => Assigned::of(pieces),
            Some(before) => {
                let mut same = vec![None; pieces.len()];
                for (new, old) in first.windows(2).zip(before.first.windows(2)) {
                    if new[1] - new[0] == old[1] - old[0] {
                        for at in 0..new[1] - new[0] {
                            same[new[0] + at] = Some(old[0] + at);
                        }
                    }
                }
                Assigned::after(&before.assigned, pieces, &same)
            }
        };
        let segments = self.shapes.iter_mut().flat_map(|shape| &mut shape.segments);
        for (segment, (at, _)) in segments.filter(|segment| segment.vertical == vertical).zip(&assigned.found)
        {
            segment.at = *at;
        }
        Direction { first, assigned }
    }

    /// Index of each flow, and its line.
    pub(super) fn shapes(&self) -> impl Iterator<Item = (usize, &Shape)> {
        self.lines.iter().map(|(flow, _)| *flow).zip(&self.shapes)
    }

    /// The ends of each line, their boxes, and the line.
    pub(super) fn known(&self) -> impl Iterator<Item = ((&NodeId, &NodeId), [Bounds; 2], &Shape)> {
        self.lines.iter().zip(&self.shapes).map(|((_, line), shape)| {
            let [from, to] = [line.from, line.to].map(|end| &self.ids[end]);
            ((from, to), [line.from, line.to].map(|end| self.scene.boxes[end]), shape)
        })
    }

    /// What the lines need.
    pub(super) fn demand(&self) -> Demand {
        let mut demand = Demand { columns: vec![0; self.scene.columns.len() + 1], rows: Vec::new() };
        for (index, shape) in self.shapes.iter().enumerate() {
            let (mut down, mut across) = (self.vertical.first[index], self.horizontal.first[index]);
            for (at, segment) in shape.segments.iter().enumerate() {
                if segment.vertical {
                    let tracks = self.vertical.assigned.found[down].1;
                    down += 1;
                    if let Some(count) = segment.channel.and_then(|channel| demand.columns.get_mut(channel)) {
                        *count = (*count).max(tracks);
                    }
                } else {
                    let tracks = self.horizontal.assigned.found[across].1;
                    across += 1;
                    if at > 0 && at + 1 < shape.segments.len() {
                        demand.rows.push((segment.at, tracks));
                    }
                }
            }
        }
        demand
    }
}

/// What differs between two scenes of the same boxes.
struct News {
    /// For each column of both scenes the heights of boxes that are not any more, or not yet, what they were.
    old: Vec<Vec<(i32, i32)>>,
    new: Vec<Vec<(i32, i32)>>,
    /// Where these boxes were and are.
    places: Vec<Bounds>,
}

impl News {
    fn between(before: &Scene, now: &Scene) -> Self {
        let mut news = Self {
            old: vec![Vec::new(); before.columns.len()],
            new: vec![Vec::new(); now.columns.len()],
            places: Vec::new(),
        };
        for (at, (old, new)) in before.boxes.iter().zip(&now.boxes).enumerate() {
            if old != new {
                news.old[before.column_of[at]].push((old.y - CLEAR, old.bottom() + CLEAR));
                news.new[now.column_of[at]].push((new.y - CLEAR, new.bottom() + CLEAR));
                news.places.extend([*old, *new]);
            }
        }
        news
    }

    /// The same shape in the new scene, if nothing of what it depends on has changed.
    fn still(&self, before: &Scene, now: &Scene, line: Line, choice: &Arc<Choice>) -> Option<Arc<Choice>> {
        let seen = &choice.seen;
        let same_box = |at: usize| before.boxes[at] == now.boxes[at];
        let ends = [line.from, line.to].map(|end| now.column_of[end]);
        let (first, last) = (ends[0].min(ends[1]), ends[0].max(ends[1]));
        let (old_first, old_last) = seen.columns;
        let shift = first as isize - old_first as isize;
        let meets = |spans: &[(i32, i32)]| spans.iter().any(|span| span.0 < seen.y.1 && seen.y.0 < span.1);
        let border = |scene: &Scene, at: isize| {
            let column = usize::try_from(at).ok().and_then(|at| scene.columns.get(at));
            column.map(|column| (column.left, column.right))
        };
        let same_borders = || {
            (old_first as isize - 1..=old_last as isize + 1)
                .all(|at| border(before, at) == border(now, at + shift))
        };
        let in_window = || seen.window.is_some_and(|window| self.places.iter().any(|b| b.overlaps(&window)));
        let is_same = last - first == old_last - old_first
            && same_box(line.from)
            && same_box(line.to)
            && same_borders()
            && !self.old[old_first..=old_last].iter().any(|spans| meets(spans))
            && !self.new[first..=last].iter().any(|spans| meets(spans))
            && !in_window();
        if !is_same || shift == 0 {
            return is_same.then(|| Arc::clone(choice));
        }
        let (mut shape, mut seen) = (choice.shape.clone(), seen.clone());
        seen.columns = (first, last);
        for segment in &mut shape.segments {
            segment.channel = segment.channel.and_then(|channel| channel.checked_add_signed(shift));
        }
        Some(Arc::new(Choice { shape, seen }))
    }
}

/// Spreads the lines of each side of a box in the order of where they go, as a first guess.
fn guess_ports(shapes: &mut [Shape]) {
    /// Box, direction and border.
    type Side = (usize, bool, i32);
    // The side, where the line goes, the shape and its segment.
    let mut ports: Vec<(Side, i32, usize, usize)> = Vec::with_capacity(2 * shapes.len());
    for (index, shape) in shapes.iter().enumerate() {
        let last = shape.segments.len() - 1;
        for (end, segment, further) in [(0, 0, 2.min(last)), (1, last, last.saturating_sub(2))] {
            let vertical = shape.segments[segment].vertical;
            let goal = if last == 1 {
                // One bend: the line goes on to where its other end is.
                shape.borders[1 - end]
            } else {
                shape.segments[further].at
            };
            ports.push(((shape.ends[end], vertical, shape.borders[end]), goal, index, segment));
        }
    }
    ports.sort_unstable();
    for side in ports.chunk_by(|a, b| a.0 == b.0) {
        let count = side.len() as i32;
        for (place, (_, _, shape, segment)) in side.iter().enumerate() {
            let segment = &mut shapes[*shape].segments[*segment];
            let (low, high) = segment.range;
            segment.at = low + (high - low) * (place as i32 + 1) / (count + 1);
        }
    }
}

/// A segment as the track assignment sees it. A vertical one is taken as long as its neighbours can make
/// it; a horizontal one ends where its neighbours are by now.
fn piece(shape: &Shape, index: usize, as_long_as_possible: bool) -> Piece {
    let own = shape.segments[index];
    let end = |neighbour: Option<usize>, border: i32, beyond: i32| {
        let Some(next) = neighbour.and_then(|i| shape.segments.get(i)) else {
            return ((border, border), (border, 0));
        };
        let span = if as_long_as_possible { next.range } else { (next.at, next.at) };
        (span, (next.at, (beyond - own.at).signum()))
    };
    let far = |step: isize, border: i32| {
        let over = index.checked_add_signed(step).and_then(|i| shape.segments.get(i));
        over.map_or(border, |segment| segment.at)
    };
    let before = index.checked_sub(1);
    let (a, first) = end(before, shape.borders[0], far(-2, shape.borders[0]));
    let (b, last) = end(Some(index + 1), shape.borders[1], far(2, shape.borders[1]));
    let reach = (a.0.min(b.0), a.1.max(b.1));
    Piece { range: own.range, wish: own.at, reach, ends: [first, last] }
}
