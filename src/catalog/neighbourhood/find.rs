//! Who is in reach, who of them has room, and what joins those.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::{Counts, Edge, Group, Neighbourhood, Node, Subject, Tie, Wish, group_of};
use crate::catalog::collection::Catalog;
use crate::catalog::compare::{Between, between};
use crate::catalog::standard::{Speakers, standards};
use crate::catalog::words::RelationKind;

/// Whom each tool has relations with, from either end, and of which types.
type Adjacent = Vec<BTreeMap<usize, BTreeSet<RelationKind>>>;

/// How far away a tool is, the nearest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Ring {
    Centre,
    /// A relation with one in the middle.
    Related,
    /// A standard in common with one in the middle.
    Derived,
    /// Two relations away.
    Second,
}

/// A standard with its speakers.
type Shared<'s> = (&'s String, &'s Speakers);

pub(super) fn find(catalog: &Catalog, wish: &Wish, most: usize) -> Neighbourhood {
    let mut centres = Vec::new();
    let mut unknown = Vec::new();
    for id in &wish.centres {
        match catalog.position(id) {
            Some(row) if !centres.contains(&row) => centres.push(row),
            Some(_) => {}
            None => unknown.push(id.clone()),
        }
    }
    let adjacent = adjacent(catalog);
    let standards = standards(catalog);
    let is_spoken = |speakers: &Speakers| centres.iter().any(|row| speakers.contains_key(row));
    let shared: Vec<Shared<'_>> = standards.iter().filter(|(_, speakers)| is_spoken(speakers)).collect();
    let counts = counts(wish, &adjacent, &centres, &shared);
    let rings = rings(wish, &adjacent, &centres, if wish.derived { &shared } else { &[] });
    // Standards are few, and what joins all the others.
    let room = most.saturating_sub(if wish.derived { shared.len() } else { 0 });
    let (kept, left_out) = choose(catalog, &adjacent, &rings, wish, room);
    let mut found = Neighbourhood { counts, left_out, unknown, ..Neighbourhood::default() };
    place_tools(catalog, &adjacent, wish, &kept, &centres, &mut found);
    if wish.derived {
        place_standards(catalog, &shared, &kept, &centres, &mut found);
    }
    found
}

fn adjacent(catalog: &Catalog) -> Adjacent {
    let mut all: Adjacent = vec![BTreeMap::new(); catalog.tools().len()];
    for (row, tool) in catalog.tools().iter().enumerate() {
        for relation in &tool.relations {
            if let Some(other) = catalog.position(&relation.target).filter(|other| *other != row) {
                for (a, b) in [(row, other), (other, row)] {
                    all[a].entry(b).or_default().insert(relation.kind);
                }
            }
        }
    }
    all
}

/// The tools one step further by relations that `allows` lets through.
fn step(
    adjacent: &Adjacent,
    from: &BTreeSet<usize>,
    allows: impl Fn(RelationKind) -> bool,
) -> BTreeSet<usize> {
    let near = from.iter().filter_map(|row| adjacent.get(*row)).flatten();
    near.filter(|(_, kinds)| kinds.iter().any(|kind| allows(*kind))).map(|(row, _)| *row).collect()
}

fn rings(
    wish: &Wish,
    adjacent: &Adjacent,
    centres: &[usize],
    shared: &[Shared<'_>],
) -> BTreeMap<usize, Ring> {
    let mut rings: BTreeMap<usize, Ring> = centres.iter().map(|row| (*row, Ring::Centre)).collect();
    let middle: BTreeSet<usize> = centres.iter().copied().collect();
    let first = step(adjacent, &middle, |kind| wish.wants(kind));
    for row in &first {
        rings.entry(*row).or_insert(Ring::Related);
    }
    for (_, speakers) in shared {
        for row in speakers.keys() {
            rings.entry(*row).or_insert(Ring::Derived);
        }
    }
    if wish.depth > 1 {
        for row in step(adjacent, &first, |kind| wish.wants(kind)) {
            rings.entry(row).or_insert(Ring::Second);
        }
    }
    rings
}

/// What there is of each type, whatever is switched off.
fn counts(wish: &Wish, adjacent: &Adjacent, centres: &[usize], shared: &[Shared<'_>]) -> Counts {
    let all = Wish { kinds: None, ..wish.clone() };
    let reach = rings(&all, adjacent, centres, &[]);
    let mut told: BTreeMap<RelationKind, usize> = BTreeMap::new();
    for row in reach.keys() {
        let near = adjacent.get(*row).into_iter().flatten();
        for kind in near.filter(|(other, _)| row < *other && reach.contains_key(other)).flat_map(|(_, k)| k) {
            *told.entry(*kind).or_default() += 1;
        }
    }
    let with_shared = rings(&all, adjacent, centres, shared);
    let derived = with_shared.values().filter(|ring| **ring == Ring::Derived).count();
    Counts { told, derived }
}

/// Those who have room, and those who have not, the most relevant first.
fn choose(
    catalog: &Catalog,
    adjacent: &Adjacent,
    rings: &BTreeMap<usize, Ring>,
    wish: &Wish,
    most: usize,
) -> (BTreeMap<usize, Ring>, Vec<usize>) {
    let relevance = |row: usize, ring: Ring| {
        let near = adjacent.get(row).into_iter().flatten();
        let nearer = near
            .filter(|(other, kinds)| {
                rings.get(other).is_some_and(|other| *other < ring) && kinds.iter().any(|k| wish.wants(*k))
            })
            .count();
        let claims = catalog.tools().get(row).map_or(0, |tool| tool.claims.len());
        (ring, Reverse(nearer), Reverse(claims), row)
    };
    let mut all: Vec<_> = rings.iter().map(|(row, ring)| relevance(*row, *ring)).collect();
    all.sort_unstable();
    let left_out = all.iter().skip(most).map(|(.., row)| *row).collect();
    (all.iter().take(most).map(|(ring, _, _, row)| (*row, *ring)).collect(), left_out)
}

/// The relations between two tools that are wanted.
fn told(catalog: &Catalog, wish: &Wish, one: usize, other: usize) -> Vec<Between> {
    let (Some(a), Some(b)) = (catalog.tools().get(one), catalog.tools().get(other)) else {
        return Vec::new();
    };
    let mut all = between::of(&[a, b]);
    all.retain(|between| wish.wants(between.kind));
    all.sort_by_key(|between| between.kind);
    all
}

fn tool_node(catalog: &Catalog, row: usize, steps: u8, found: (Option<usize>, Group)) -> Option<Node> {
    let tool = catalog.tools().get(row)?;
    Some(Node {
        subject: Subject::Tool(row),
        name: tool.name.clone(),
        stage: tool.stages.first().copied(),
        steps,
        parent: found.0,
        group: found.1,
    })
}

/// Those in the middle, then ring by ring in the order of their groups and names, with the relations among them all.
fn place_tools(
    catalog: &Catalog,
    adjacent: &Adjacent,
    wish: &Wish,
    kept: &BTreeMap<usize, Ring>,
    centres: &[usize],
    found: &mut Neighbourhood,
) {
    let mut at: BTreeMap<usize, usize> = BTreeMap::new();
    for row in centres.iter().filter(|row| kept.contains_key(row)) {
        at.insert(*row, found.nodes.len());
        found.nodes.extend(tool_node(catalog, *row, 0, (None, Group::Centre)));
    }
    for (ring, steps) in [(Ring::Related, 1), (Ring::Second, 2)] {
        let mut next: Vec<(usize, Group, usize)> = Vec::new();
        for (row, _) in kept.iter().filter(|(_, its)| **its == ring) {
            let near = adjacent.get(*row).into_iter().flatten();
            let parents = near
                .filter(|(_, kinds)| kinds.iter().any(|kind| wish.wants(*kind)))
                .filter_map(|(other, _)| Some((*at.get(other)?, *other)));
            // Of several the first, as it stands in the picture.
            let Some((parent, other)) = parents.min() else { continue };
            let Some(tool) = catalog.tools().get(other) else { continue };
            next.push((parent, group_of(&told(catalog, wish, other, *row), &tool.id), *row));
        }
        // The tools lie in the order of their names.
        next.sort_unstable_by_key(|(parent, group, row)| {
            if ring == Ring::Related { (0, *group, *parent, *row) } else { (*parent, *group, 0, *row) }
        });
        for (parent, group, row) in next {
            at.insert(row, found.nodes.len());
            found.nodes.extend(tool_node(catalog, row, steps, (Some(parent), group)));
        }
    }
    for (row, node) in &at {
        let near = adjacent.get(*row).into_iter().flatten();
        for (other, other_node) in near.filter_map(|(other, _)| Some((*other, *at.get(other)?))) {
            if *node < other_node {
                let relations = told(catalog, wish, *row, other);
                if !relations.is_empty() {
                    found.edges.push(Edge { from: *node, to: other_node, tie: Tie::Told(relations) });
                }
            }
        }
    }
    found.edges.sort_unstable_by_key(|edge| (edge.from, edge.to));
}

/// The standards that join somebody who is shown with one in the middle, each with those who speak it too.
fn place_standards(
    catalog: &Catalog,
    shared: &[Shared<'_>],
    kept: &BTreeMap<usize, Ring>,
    centres: &[usize],
    found: &mut Neighbourhood,
) {
    for (name, speakers) in shared {
        let speaking: Vec<usize> = centres.iter().copied().filter(|row| speakers.contains_key(row)).collect();
        let others: Vec<usize> = speakers.keys().copied().filter(|row| kept.contains_key(row)).collect();
        let Some(first) = speaking.first().and_then(|row| found.node_of(*row)) else { continue };
        if others.len() < 2 {
            continue;
        }
        let standard = found.nodes.len();
        found.nodes.push(Node {
            subject: Subject::Standard,
            name: (*name).clone(),
            stage: None,
            steps: 1,
            parent: Some(first),
            group: Group::Derived,
        });
        for row in others {
            let node = found.node_of(row).unwrap_or_else(|| {
                let node = tool_node(catalog, row, 1, (Some(standard), Group::Derived));
                found.nodes.extend(node);
                found.nodes.len() - 1
            });
            let is_centre = found.nodes.get(node).is_some_and(|node| node.group == Group::Centre);
            let (from, to) = if is_centre { (node, standard) } else { (standard, node) };
            let says = speakers.get(&row).cloned().unwrap_or_default();
            found.edges.push(Edge { from, to, tie: Tie::Speaks(says) });
        }
    }
}
