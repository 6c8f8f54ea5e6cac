//! Where the nodes stand: those in the middle in the middle, the others at both sides in sectors by relation type.
//!
//! What is one relation away stands in the first column of its side, in groups under their headings; what was found
//! from it stands beyond it, in rows that belong to it alone. Lines therefore leave a card outwards, run between the
//! rows and cross no other card. Few nodes stand on an arc, many in as many columns as make the picture largest.

mod line;
mod side;

use super::{Group, Neighbourhood};

/// A point, in units of the drawing (a point of the window at 100 %).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// To the right.
    pub x: f32,
    /// Downwards.
    pub y: f32,
}

/// A rectangle in the same units.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Place {
    /// Its left edge.
    pub x: f32,
    /// Its upper edge.
    pub y: f32,
    /// Its width.
    pub w: f32,
    /// Its height.
    pub h: f32,
}

impl Place {
    pub(super) fn right(&self) -> f32 {
        self.x + self.w
    }

    pub(super) fn bottom(&self) -> f32 {
        self.y + self.h
    }

    /// The point in its middle.
    pub fn middle(&self) -> Point {
        Point { x: self.x + self.w / 2.0, y: self.y + self.h / 2.0 }
    }

    /// The smallest rectangle that holds both.
    fn union(&self, other: &Self) -> Self {
        let (x, y) = (self.x.min(other.x), self.y.min(other.y));
        let (right, bottom) = (self.right().max(other.right()), self.bottom().max(other.bottom()));
        Self { x, y, w: right - x, h: bottom - y }
    }

    /// The same on the other side of the middle.
    fn mirrored(&self) -> Self {
        Self { x: -self.right(), ..*self }
    }
}

/// The words above a group of nodes.
#[derive(Clone, Debug, PartialEq)]
pub struct Heading {
    /// Where there is room for them.
    pub place: Place,
    /// The group.
    pub group: Group,
    /// How many nodes of the group stand below it.
    pub count: usize,
    /// Whether the words end at the right edge, towards the middle.
    pub is_left: bool,
}

/// Every node, heading and edge in its place.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Layout {
    /// A card for each node.
    pub cards: Vec<Place>,
    /// The headings.
    pub headings: Vec<Heading>,
    /// A line of at least two points for each edge.
    pub lines: Vec<Vec<Point>>,
    /// Whether each edge leads from a node outwards to one that was found from it or stands around the middle. The
    /// others join what was found in two ways, and pass behind cards.
    pub outward: Vec<bool>,
    /// All of it.
    pub bounds: Place,
}

/// Height of a card.
const CARD: f32 = 25.0;
/// Between two rows; lines run there.
const GAP: f32 = 8.0;
/// Height of a card in the middle, and from one to the next.
const CENTRE: (f32, f32) = (36.0, 56.0);
/// More columns than these are no picture any more.
const MOST_COLUMNS: usize = 8;
/// The shape of the room in which a picture is to be as large as possible.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Room {
    /// About that of a window of 1600×1000 with its inspector.
    Tall,
    /// About that of a window of 1280×720, of which little is left below the heads.
    Wide,
}

impl Room {
    fn size(self) -> (f32, f32) {
        match self {
            Self::Tall => (1100.0, 740.0),
            Self::Wide => (1100.0, 480.0),
        }
    }
}

/// The width of a card with this name. Longer names are cut.
fn width_of(name: &str) -> f32 {
    (38.0 + 7.2 * name.chars().count() as f32).clamp(80.0, 184.0)
}

/// Where a node of a side stands.
#[derive(Clone, Copy, Debug)]
struct Spot {
    node: usize,
    place: Place,
    /// Where the lines from the middle leave the space between the columns to run on between two rows; none for the
    /// first card of a row, at which they end.
    lane: Option<Point>,
}

/// Everything in its place but the lines.
struct Plan {
    cards: Vec<Place>,
    lanes: Vec<Option<Point>>,
    headings: Vec<Heading>,
    bounds: Place,
    is_arc: bool,
}

impl Plan {
    /// How large the picture can be.
    fn scale(&self, room: Room) -> f32 {
        let (width, height) = room.size();
        (width / self.bounds.w).min(height / self.bounds.h).min(1.0)
    }
}

/// Who was found from whom.
struct Tree {
    centres: Vec<usize>,
    /// Found from those in the middle, in the order of their groups.
    first: Vec<usize>,
    /// Found from each node.
    kids: Vec<Vec<usize>>,
}

impl Tree {
    fn new(found: &Neighbourhood) -> Self {
        let mut tree =
            Self { centres: Vec::new(), first: Vec::new(), kids: vec![Vec::new(); found.nodes.len()] };
        for (at, node) in found.nodes.iter().enumerate() {
            let parent = node.parent.filter(|parent| *parent < at);
            match parent.and_then(|parent| Some((parent, found.nodes.get(parent)?.group))) {
                None => tree.centres.push(at),
                Some((_, Group::Centre)) => tree.first.push(at),
                Some((parent, _)) => tree.kids[parent].push(at),
            }
        }
        tree
    }
}

impl Layout {
    /// Places a neighbourhood, as large as it can be drawn in such a room; the same one is always placed the same.
    pub fn new(found: &Neighbourhood, room: Room) -> Self {
        let tree = Tree::new(found);
        let has_kids = tree.kids.iter().any(|kids| !kids.is_empty());
        let mut plan = plan(found, &tree, if has_kids { 2 } else { 1 });
        for columns in 2..=MOST_COLUMNS {
            let other = self::plan(found, &tree, columns);
            // A further column must be worth it.
            if other.scale(room) > plan.scale(room) * 1.02 {
                plan = other;
            }
        }
        let (lines, outward) = line::lines(found, &plan);
        Self { cards: plan.cards, headings: plan.headings, lines, outward, bounds: plan.bounds }
    }
}

fn plan(found: &Neighbourhood, tree: &Tree, columns: usize) -> Plan {
    let mut cards = vec![Place::default(); found.nodes.len()];
    let mut lanes = vec![None; found.nodes.len()];
    let name = |node: usize| found.nodes.get(node).map_or("", |node| node.name.as_str());
    let width = tree.centres.iter().map(|node| width_of(name(*node)) + 24.0).fold(0.0, f32::max);
    let above = (tree.centres.len() as f32 - 1.0) / 2.0;
    for (at, node) in tree.centres.iter().enumerate() {
        let (height, apart) = CENTRE;
        let y = (at as f32 - above) * apart - height / 2.0;
        cards[*node] = Place { x: -width / 2.0, y, w: width, h: height };
    }
    let (right, left) = side::units(found, tree, columns);
    let mut headings = Vec::new();
    for (units, is_left) in [(right, false), (left, true)] {
        let side = side::side(found, tree, &units, columns, width / 2.0);
        for spot in side.spots {
            let turn = |at: Point| if is_left { Point { x: -at.x, ..at } } else { at };
            cards[spot.node] = if is_left { spot.place.mirrored() } else { spot.place };
            lanes[spot.node] = spot.lane.map(turn);
        }
        headings.extend(side.headings.into_iter().map(|(place, group, count)| Heading {
            place: if is_left { place.mirrored() } else { place },
            group,
            count,
            is_left,
        }));
    }
    let places = cards.iter().chain(headings.iter().map(|heading| &heading.place)).copied();
    let bounds = places.reduce(|all, place| all.union(&place)).unwrap_or_default();
    Plan { cards, lanes, headings, bounds, is_arc: columns == 1 }
}
