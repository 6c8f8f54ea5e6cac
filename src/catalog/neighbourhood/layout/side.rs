//! One side of the picture: rows under the headings of their groups, in columns or on an arc.

use super::{CARD, GAP, Place, Point, Spot, Tree, width_of};
use crate::catalog::neighbourhood::{Group, Neighbourhood};

/// Height of a heading.
const HEADING: f32 = 26.0;
/// Between two columns.
const APART: f32 = 44.0;
/// Above and below the rows of a card with others beyond it.
const AIR: f32 = 5.0;

/// What takes rows of its own in the first column.
pub(super) enum Unit {
    /// Cards with nobody beyond them, side by side.
    Leaves(Vec<usize>),
    /// A card with others beyond it.
    Branch(usize),
}

/// A side, as if it was the right one.
pub(super) struct Side {
    pub spots: Vec<Spot>,
    pub headings: Vec<(Place, Group, usize)>,
}

/// In how many rows so many stand.
fn rows(count: usize, columns: usize) -> usize {
    count.div_ceil(columns.max(1))
}

fn height(unit: &Unit, tree: &Tree, columns: usize) -> f32 {
    let row = CARD + GAP;
    match unit {
        Unit::Leaves(_) => row,
        Unit::Branch(node) => {
            let beyond = rows(tree.kids.get(*node).map_or(0, Vec::len), columns - 1);
            beyond.max(1) as f32 * row + 2.0 * AIR
        }
    }
}

fn group_of(found: &Neighbourhood, unit: &Unit) -> Group {
    let node = match unit {
        Unit::Leaves(nodes) => nodes.first().copied(),
        Unit::Branch(node) => Some(*node),
    };
    node.and_then(|node| found.nodes.get(node)).map_or(Group::Centre, |node| node.group)
}

/// The units of the right and of the left side, about equally high: the relations in the order of their groups, the
/// first half of them at the right; then the standards, the highest first, each where there is more room.
pub(super) fn units(found: &Neighbourhood, tree: &Tree, columns: usize) -> (Vec<Unit>, Vec<Unit>) {
    let (mut told, mut derived): (Vec<Unit>, Vec<Unit>) = (Vec::new(), Vec::new());
    let group = |node: &usize| found.nodes.get(*node).map(|node| node.group);
    for of_group in tree.first.chunk_by(|a, b| group(a) == group(b)) {
        let has_kids = |node: &&usize| tree.kids.get(**node).is_some_and(|kids| !kids.is_empty());
        let branches = of_group.iter().filter(has_kids).map(|node| Unit::Branch(*node));
        let leaves: Vec<usize> = of_group.iter().filter(|node| !has_kids(node)).copied().collect();
        let leaves = leaves.chunks(columns).map(|row| Unit::Leaves(row.to_vec()));
        let is_derived = of_group.first().and_then(group) == Some(Group::Derived);
        if is_derived { &mut derived } else { &mut told }.extend(branches.chain(leaves));
    }
    let high = |unit: &Unit| height(unit, tree, columns);
    let half = told.iter().map(high).sum::<f32>() / 2.0;
    let (mut right, mut left) = (0.0, 0.0);
    let mut sides = (Vec::new(), Vec::new());
    for unit in told {
        // The one in the middle goes where it makes less of a difference.
        if sides.1.is_empty() && right + high(&unit) / 2.0 <= half {
            right += high(&unit);
            sides.0.push(unit);
        } else {
            left += high(&unit);
            sides.1.push(unit);
        }
    }
    derived.sort_by(|a, b| high(b).total_cmp(&high(a)));
    for unit in derived {
        if right <= left {
            right += high(&unit);
            sides.0.push(unit);
        } else {
            left += high(&unit);
            sides.1.push(unit);
        }
    }
    sides
}

/// Places the units of a side below each other, the first column beyond the `edge` of the cards in the middle.
pub(super) fn side(found: &Neighbourhood, tree: &Tree, units: &[Unit], columns: usize, edge: f32) -> Side {
    let heading_above = |at: usize| {
        let group = group_of(found, &units[at]);
        at == 0 || group_of(found, &units[at - 1]) != group
    };
    let total: f32 = (0..units.len())
        .map(|at| height(&units[at], tree, columns) + if heading_above(at) { HEADING } else { 0.0 })
        .sum();
    let shape = Shape::new(found, tree, units, columns, edge, total);
    let mut side = Side { spots: Vec::new(), headings: Vec::new() };
    let mut top = -total / 2.0;
    for (at, unit) in units.iter().enumerate() {
        let group = group_of(found, unit);
        if heading_above(at) {
            let same = units[at..].iter().take_while(|unit| group_of(found, unit) == group);
            let count = same.map(|unit| if let Unit::Leaves(nodes) = unit { nodes.len() } else { 1 }).sum();
            // Close to the first card, which stands in the middle of the rows beyond it.
            let below = match unit {
                Unit::Leaves(_) => 0.0,
                Unit::Branch(_) => (height(unit, tree, columns) - GAP - CARD) / 2.0,
            };
            let x = shape.first(top + below + HEADING / 2.0);
            let place = Place { x, y: top + below, w: heading_width(found, group), h: HEADING - 4.0 };
            side.headings.push((place, group, count));
            top += HEADING;
        }
        let high = height(unit, tree, columns);
        match unit {
            Unit::Leaves(nodes) => row(&mut side.spots, &shape, nodes, (top, 0)),
            Unit::Branch(node) => {
                let y = top + (high - GAP - CARD) / 2.0;
                row(&mut side.spots, &shape, &[*node], (y, 0));
                let kids = tree.kids.get(*node).map(Vec::as_slice).unwrap_or_default();
                for (at, kids) in kids.chunks((columns - 1).max(1)).enumerate() {
                    let y = top + AIR + at as f32 * (CARD + GAP);
                    row(&mut side.spots, &shape, kids, (y, 1));
                }
            }
        }
        top += high;
    }
    side
}

/// Places cards side by side, in the columns from `from` on.
fn row(spots: &mut Vec<Spot>, shape: &Shape, nodes: &[usize], (top, from): (f32, usize)) {
    let lane = Point { x: shape.column(from, top) - 10.0, y: top + CARD + GAP / 2.0 };
    for (at, node) in nodes.iter().enumerate() {
        let column = from + at;
        let place = Place { x: shape.column(column, top), y: top, w: shape.width(column), h: CARD };
        spots.push(Spot { node: *node, place, lane: (at > 0).then_some(lane) });
    }
}

/// The width of a group's words with its count.
fn heading_width(found: &Neighbourhood, group: Group) -> f32 {
    7.0 * (group.title(found.centres()).chars().count() + 6) as f32
}

/// Where the columns of a side begin, and how wide they are: cards below each other are equally wide.
struct Shape {
    columns: Vec<f32>,
    widths: Vec<f32>,
    /// Half the height of the arc and how far it bulges, where there is one.
    arc: Option<(f32, f32)>,
}

impl Shape {
    fn new(
        found: &Neighbourhood,
        tree: &Tree,
        units: &[Unit],
        columns: usize,
        edge: f32,
        height: f32,
    ) -> Self {
        let mut widths = vec![0.0_f32; columns];
        let mut note = |column: usize, node: usize| {
            let name = found.nodes.get(node).map_or("", |node| node.name.as_str());
            if let Some(width) = widths.get_mut(column) {
                *width = width.max(width_of(name));
            }
        };
        for unit in units {
            match unit {
                Unit::Leaves(nodes) => nodes.iter().enumerate().for_each(|(at, node)| note(at, *node)),
                Unit::Branch(node) => {
                    note(0, *node);
                    let kids = tree.kids.get(*node).map(Vec::as_slice).unwrap_or_default();
                    for (at, kid) in kids.iter().enumerate() {
                        note(1 + at % (columns - 1).max(1), *kid);
                    }
                }
            }
        }
        // A heading must not reach into what stands beyond the first column.
        let heading =
            units.iter().map(|unit| heading_width(found, group_of(found, unit))).fold(0.0, f32::max);
        if let Some(first) = widths.first_mut().filter(|_| columns > 1) {
            *first = first.max(heading - APART + 8.0);
        }
        if columns == 1 {
            let bulge = (height * 0.26).min(200.0);
            let arc = Some((height / 2.0 + 30.0, bulge));
            return Self { columns: vec![edge + 110.0], widths, arc };
        }
        let mut x = edge + (70.0 + height * 0.12).min(190.0);
        let columns = widths
            .iter()
            .map(|width| {
                let here = x;
                x += width + APART;
                here
            })
            .collect();
        Self { columns, widths, arc: None }
    }

    fn width(&self, column: usize) -> f32 {
        self.widths.get(column).copied().unwrap_or_default()
    }

    /// Where the first column begins at this height.
    fn first(&self, y: f32) -> f32 {
        self.column_at(0, y)
    }

    /// Where a column begins beside a card whose upper edge is at `top`.
    fn column(&self, column: usize, top: f32) -> f32 {
        self.column_at(column, top + CARD / 2.0)
    }

    fn column_at(&self, column: usize, y: f32) -> f32 {
        let x = self.columns.get(column).copied().unwrap_or_default();
        let bulge = self.arc.map_or(0.0, |(half, bulge)| bulge * (1.0 - (y / half).powi(2)).max(0.0).sqrt());
        x + bulge
    }
}
