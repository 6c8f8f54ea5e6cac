//! A small catalog by hand, and neighbourhoods of any shape: who is found, and that no two things lie over each other.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::{Counts, Edge, Group, Layout, MOST, Neighbourhood, Node, Place, Room, Subject, Tie, Wish};
use crate::catalog::standard::Says;
use crate::catalog::{Catalog, Layer, Relation, RelationKind, ToolId, read};

/// A relation of this type, without a source.
pub fn relation(kind: &str, target: &str) -> Relation {
    Relation {
        kind: RelationKind::from_id(kind).unwrap(),
        target: id(target),
        via: None,
        since: None,
        how: None,
        evidence: Vec::new(),
        layer: Layer::Bundled,
    }
}

fn id(text: &str) -> ToolId {
    ToolId::new(text).unwrap()
}

/// Ant works with Bee and stands instead of Cow; Cow and Dog run on Bee; Eel and Ant name S3; Fly is alone.
const TOOLS: [&str; 6] = [
    r#"
id = "ant"
name = "Ant"
stages = ["train"]
[interfaces]
consumes = ["Amazon S3"]
[[relation]]
type = "integrates_with"
target = "bee"
since = "2.0"
[[relation.evidence]]
url = "https://ant.dev/bee"
title = "Ant docs"
[[relation]]
type = "alternative_to"
target = "cow"
"#,
    "id = \"bee\"\nname = \"Bee\"\n[[relation]]\ntype = \"integrates_with\"\ntarget = \"ant\"\n",
    "id = \"cow\"\nname = \"Cow\"\n[[relation]]\ntype = \"runs_on\"\ntarget = \"bee\"\n",
    "id = \"dog\"\nname = \"Dog\"\n[[relation]]\ntype = \"runs_on\"\ntarget = \"bee\"\n",
    "id = \"eel\"\nname = \"Eel\"\n[interfaces]\nimplements = [\"S3\"]\n",
    "id = \"fly\"\nname = \"Fly\"\n[interfaces]\nimplements = [\"JSON\"]\n",
];

fn catalog(tools: &[impl AsRef<str>]) -> Catalog {
    let entries = tools.iter().map(|text| read::read_entry(text.as_ref(), "t.toml").unwrap().entry).collect();
    Catalog::new(Vec::new(), &[(Layer::Bundled, entries)]).0
}

fn names(found: &Neighbourhood) -> Vec<(&str, u8, String)> {
    found.nodes.iter().map(|node| (node.name.as_str(), node.steps, node.group.title(1))).collect()
}

fn wish(centres: &[&str], depth: u8) -> Wish {
    Wish { depth, ..Wish::of(centres.iter().map(|text| id(text)).collect()) }
}

#[test]
fn one_step_are_the_relations_from_either_end_in_the_order_of_their_types() {
    let catalog = catalog(&TOOLS);
    let found = Neighbourhood::of(&catalog, &wish(&["bee"], 1), MOST);
    let expected =
        [("Bee", 0, ""), ("Ant", 1, "Integrates with"), ("Cow", 1, "Runs on it"), ("Dog", 1, "Runs on it")];
    assert_eq!(names(&found), expected.map(|(name, steps, group)| (name, steps, group.to_owned())));
    // Told by both ends, but one line with one sentence, said from the middle; Ant and Cow are joined as well.
    assert_eq!(found.edges.len(), 4);
    assert_eq!(found.sentences(&catalog, &found.edges[0]), ["Bee integrates with Ant"]);
    assert_eq!(found.told(&catalog, 1), "Ant: Bee integrates with Ant, reported by Ant docs");
    assert_eq!(found.told(&catalog, 2), "Cow: Cow runs on Bee; Ant is an alternative to Cow");
    let counts: Vec<_> = found.counts.told.iter().map(|(kind, count)| (kind.id(), *count)).collect();
    assert_eq!(counts, [("integrates_with", 1), ("runs_on", 2), ("alternative_to", 1)]);
}

#[test]
fn two_steps_find_what_is_beyond_and_types_that_are_off_lead_nowhere() {
    let catalog = catalog(&TOOLS);
    let found = Neighbourhood::of(&catalog, &wish(&["ant"], 2), MOST);
    let expected = [("Ant", 0), ("Bee", 1), ("Cow", 1), ("Dog", 2)];
    assert_eq!(found.nodes.iter().map(|node| (node.name.as_str(), node.steps)).collect::<Vec<_>>(), expected);
    assert_eq!(found.nodes[3].parent, Some(1), "Dog was found from Bee");
    let only = |kinds: &[RelationKind]| {
        let wish = Wish { kinds: Some(kinds.iter().copied().collect()), ..wish(&["ant"], 2) };
        let found = Neighbourhood::of(&catalog, &wish, MOST);
        (found.nodes.iter().map(|node| node.name.clone()).collect::<Vec<_>>(), found.counts)
    };
    let all: Counts = found.counts.clone();
    assert_eq!(only(&[RelationKind::AlternativeTo]), (vec!["Ant".to_owned(), "Cow".to_owned()], all.clone()));
    assert_eq!(
        only(&[]),
        (vec!["Ant".to_owned()], all),
        "the counts stay, so that it can be switched on again"
    );
}

#[test]
fn a_shared_standard_joins_through_a_node_of_its_own_and_says_why() {
    let catalog = catalog(&TOOLS);
    let derived = Wish { derived: true, ..wish(&["ant"], 1) };
    let found = Neighbourhood::of(&catalog, &derived, MOST);
    let standard = found.node_of_standard("S3").unwrap();
    let eel = found.node_of(catalog.position(&id("eel")).unwrap()).unwrap();
    assert_eq!((found.nodes[eel].parent, found.nodes[eel].group), (Some(standard), Group::Derived));
    let says = |node: usize| found.told(&catalog, node);
    assert_eq!(says(standard), "S3, a standard: Ant reads S3, says its entry");
    assert_eq!(says(eel), "Eel: Eel implements S3, says its entry");
    assert_eq!(found.counts.derived, 1);
    // What is too common joins nobody, and nothing is derived unasked.
    assert!(Neighbourhood::of(&catalog, &Wish { derived: true, ..wish(&["fly"], 1) }, MOST).is_alone());
    assert!(Neighbourhood::of(&catalog, &wish(&["ant"], 1), MOST).node_of_standard("S3").is_none());
}

#[test]
fn several_in_the_middle_share_their_neighbours_and_unknown_ones_are_told() {
    let catalog = catalog(&TOOLS);
    let found = Neighbourhood::of(&catalog, &wish(&["cow", "dog", "cow", "gnu"], 1), MOST);
    let expected = [("Cow", 0), ("Dog", 0), ("Bee", 1), ("Ant", 1)];
    assert_eq!(found.nodes.iter().map(|node| (node.name.as_str(), node.steps)).collect::<Vec<_>>(), expected);
    assert_eq!(found.unknown, [id("gnu")]);
    assert!(found.edges.iter().filter(|edge| edge.to == 2).count() == 2, "Bee is joined with both");
}

#[test]
fn where_there_is_no_room_the_nearest_with_the_most_relations_stay() {
    // Around hub: a to e. Beyond: far, which three of them lead to, and lone, which one does.
    let mut tools = vec!["id = \"hub\"\nname = \"Hub\"\n".to_owned()];
    for name in ["a", "b", "c", "d", "e"] {
        let beyond = if name < "d" { "far" } else { "lone" };
        tools.push(format!(
            "id = \"{name}\"\nname = \"{name}\"\n[[relation]]\ntype = \"part_of\"\ntarget = \"hub\"\n\
             [[relation]]\ntype = \"runs_on\"\ntarget = \"{beyond}\"\n"
        ));
    }
    tools.push("id = \"far\"\nname = \"Far\"\n".to_owned());
    tools.push("id = \"lone\"\nname = \"Alone\"\n".to_owned());
    let catalog = catalog(&tools);
    for (most, shown, left_out) in
        [(8, 8, vec![]), (7, 7, vec!["Alone"]), (4, 4, vec!["d", "e", "Far", "Alone"])]
    {
        let found = Neighbourhood::of(&catalog, &wish(&["hub"], 2), most);
        let names: Vec<&str> = found.left_out.iter().map(|row| catalog.tools()[*row].name.as_str()).collect();
        assert_eq!((found.nodes.len(), names), (shown, left_out), "{most}");
    }
}

/// A neighbourhood of this shape: how many in the middle, and for each of the first step its type and how many tools
/// are beyond it; a type past the last is a standard.
fn shaped(centres: usize, around: &[(usize, usize)], names: &[String]) -> Neighbourhood {
    let mut found = Neighbourhood::default();
    let name = |at: usize| names[at % names.len()].clone();
    let push = |found: &mut Neighbourhood, parent: Option<usize>, group: Group, steps: u8| {
        let at = found.nodes.len();
        let subject =
            if group == Group::Derived && steps == 1 { Subject::Standard } else { Subject::Tool(at) };
        found.nodes.push(Node { subject, name: name(at), stage: None, steps, parent, group });
        if let Some(parent) = parent {
            let says = vec![Says::Related(0, 0)];
            found.edges.push(Edge { from: parent, to: at, tie: Tie::Speaks(says) });
        }
        at
    };
    for _ in 0..centres {
        push(&mut found, None, Group::Centre, 0);
    }
    let mut around = around.to_vec();
    around.sort_unstable();
    let mut beyond = Vec::new();
    for (at, (kind, count)) in around.iter().enumerate() {
        let group = RelationKind::ALL.get(*kind).map_or(Group::Derived, |kind| Group::Outward(*kind));
        let node = push(&mut found, Some(at % centres), group, 1);
        beyond.push((node, *count));
    }
    for (node, count) in beyond {
        for _ in 0..count {
            push(&mut found, Some(node), Group::Outward(RelationKind::RunsOn), 2);
        }
    }
    found
}

fn apart(a: &Place, b: &Place) -> bool {
    a.right() <= b.x || b.right() <= a.x || a.bottom() <= b.y || b.bottom() <= a.y
}

fn within(one: &Place, all: &Place) -> bool {
    let slack = 0.01;
    one.x >= all.x - slack
        && one.y >= all.y - slack
        && one.right() <= all.right() + slack
        && one.bottom() <= all.bottom() + slack
}

fn holds(place: &Place, at: super::Point, by: f32) -> bool {
    at.x > place.x + by && at.x < place.right() - by && at.y > place.y + by && at.y < place.bottom() - by
}

/// What must hold of every layout; gives what does not.
fn faults(found: &Neighbourhood) -> Vec<String> {
    [Room::Tall, Room::Wide].into_iter().flat_map(|room| faults_in(found, room)).collect()
}

fn faults_in(found: &Neighbourhood, room: Room) -> Vec<String> {
    let layout = Layout::new(found, room);
    let mut faults = Vec::new();
    if layout != Layout::new(found, room) {
        faults.push("another layout for the same neighbourhood".to_owned());
    }
    let headings = layout.headings.iter().map(|heading| heading.place);
    let all: Vec<Place> = layout.cards.iter().copied().chain(headings).collect();
    for (at, one) in all.iter().enumerate() {
        if !within(one, &layout.bounds) || one.w < 40.0 || one.h < 20.0 {
            faults.push(format!("{at} {one:?} is outside of {:?} or has no size", layout.bounds));
        }
        for (other, two) in all.iter().enumerate().skip(at + 1).filter(|(_, two)| !apart(one, two)) {
            faults.push(format!("{at} {one:?} lies over {other} {two:?}"));
        }
    }
    for ((edge, line), outward) in found.edges.iter().zip(&layout.lines).zip(&layout.outward) {
        let ends = [line.first(), line.last()].map(Option::unwrap);
        for (end, node) in ends.into_iter().zip([edge.from, edge.to]) {
            if !holds(&layout.cards[node], *end, -1.0) {
                faults.push(format!("a line of {node} ends at {end:?}"));
            }
        }
        for pair in line.windows(2).filter(|_| *outward) {
            for step in 0..4 {
                let t = step as f32 / 4.0;
                let at = super::Point {
                    x: pair[0].x + (pair[1].x - pair[0].x) * t,
                    y: pair[0].y + (pair[1].y - pair[0].y) * t,
                };
                let crossed = |node: &usize| *node != edge.from && *node != edge.to;
                for node in (0..layout.cards.len()).filter(crossed) {
                    if holds(&layout.cards[node], at, 1.0) {
                        faults.push(format!("the line {edge:?} crosses the card {node} at {at:?}"));
                    }
                }
            }
        }
    }
    if layout.cards.len() != found.nodes.len() || layout.lines.len() != found.edges.len() {
        faults.push("something has no place".to_owned());
    }
    faults
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]
    #[test]
    fn nothing_lies_over_anything_and_lines_cross_no_card(
        centres in 1_usize..4,
        around in prop::collection::vec((0_usize..8, prop_oneof![3 => Just(0_usize), 1 => 1_usize..14]), 0..40),
        names in prop::collection::vec("[A-Za-z ]{1,40}", 1..6),
    ) {
        let found = shaped(centres, &around, &names);
        prop_assert_eq!(faults(&found), Vec::<String>::new());
    }
}

#[test]
fn one_and_a_hundred_and_fifty_nodes_have_their_places() {
    let name = ["Kubernetes".to_owned(), "A tool with a rather long name".to_owned()];
    for (around, beyond) in [(0, 0), (1, 0), (149, 0), (20, 6), (1, 148), (74, 1)] {
        let around: Vec<(usize, usize)> = (0..around).map(|at| (at % 8, beyond)).collect();
        let found = shaped(1, &around, &name);
        assert!(found.nodes.len() <= 150);
        assert_eq!(faults(&found), Vec::<String>::new(), "{} nodes", found.nodes.len());
    }
}

#[test]
fn a_hundred_and_fifty_nodes_are_read_in_one_window() {
    let around: Vec<(usize, usize)> = (0..25).map(|at| (at / 5, if at < 5 { 0 } else { 6 })).collect();
    let found = shaped(1, &around, &["OpenMetadata".to_owned()]);
    assert!(found.nodes.len() > 140);
    // Names of 12.5 points are still 7 points high where a window of 1600×1000 leaves room, and 5 in a low one.
    for (room, width, height, least) in [(Room::Tall, 1100.0, 740.0, 0.56), (Room::Wide, 1100.0, 480.0, 0.42)]
    {
        let layout = Layout::new(&found, room);
        let scale = (width / layout.bounds.w).min(height / layout.bounds.h);
        assert!(scale >= least, "{scale}: {:?}", layout.bounds);
        let sides: BTreeSet<bool> = layout.cards.iter().map(|card| card.x > 0.0).collect();
        assert_eq!(sides.len(), 2, "on both sides");
    }
}
