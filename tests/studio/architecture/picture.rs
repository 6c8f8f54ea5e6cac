//! Placement and routing of all templates, of a large drawing and of drawings with stored positions.

use std::collections::BTreeMap;

use mlops_atlas::architecture::layout::Bounds;
use mlops_atlas::architecture::{Architecture, Flow, Node, Placement, Point, Route, place, route};
use mlops_atlas::store::architecture_files::templates;

use super::random::{numbers, random};

pub type Step = (Point, Point);

pub fn steps(route: &Route) -> impl Iterator<Item = Step> + '_ {
    route.points.windows(2).map(|pair| (pair[0], pair[1]))
}

fn ordered(a: i32, b: i32) -> (i32, i32) {
    (a.min(b), a.max(b))
}

/// Whether a step runs through the inside of a box.
pub fn enters((a, b): Step, node: &Bounds) -> bool {
    let (x, y) = (ordered(a.x, b.x), ordered(a.y, b.y));
    x.0 < node.right() && x.1 > node.x && y.0 < node.bottom() && y.1 > node.y
}

/// How long two steps lie on each other.
pub fn shared((a, b): Step, (c, d): Step) -> i32 {
    let along = |p: (i32, i32), q: (i32, i32)| p.1.min(q.1) - p.0.max(q.0);
    if a.x == b.x && c.x == d.x && a.x == c.x {
        along(ordered(a.y, b.y), ordered(c.y, d.y))
    } else if a.y == b.y && c.y == d.y && a.y == c.y {
        along(ordered(a.x, b.x), ordered(c.x, d.x))
    } else {
        0
    }
}

fn cross(one: Step, two: Step) -> bool {
    let ((h1, h2), (v1, v2)) = if one.0.y == one.1.y { (one, two) } else { (two, one) };
    if h1.y != h2.y || v1.x != v2.x {
        return false;
    }
    let (x, y) = (ordered(h1.x, h2.x), ordered(v1.y, v2.y));
    x.0 < v1.x && v1.x < x.1 && y.0 < h1.y && h1.y < y.1
}

fn on_border(point: Point, node: &Bounds) -> bool {
    let beside =
        (point.x == node.x || point.x == node.right()) && node.y < point.y && point.y < node.bottom();
    let above = (point.y == node.y || point.y == node.bottom()) && node.x < point.x && point.x < node.right();
    beside || above
}

struct Figures {
    bends: usize,
    crossings: usize,
}

/// Fails unless every line is orthogonal, begins and ends on its nodes, keeps out of all boxes and shares
/// no piece with another line.
fn assert_readable(drawing: &Architecture, placement: &Placement, routes: &[Route]) -> Figures {
    let name = &drawing.id;
    let mut figures = Figures { bends: 0, crossings: 0 };
    for (index, line) in routes.iter().enumerate() {
        let flow = &drawing.flows[line.flow];
        let key = flow.key();
        let ends = [&flow.from, &flow.to].map(|id| placement.node(id).unwrap());
        assert!(on_border(line.points[0], &ends[0]), "{name}: {key} begins off its node");
        assert!(on_border(*line.points.last().unwrap(), &ends[1]), "{name}: {key} ends off its node");
        figures.bends += line.points.len() - 2;
        for step in steps(line) {
            assert!((step.0.x == step.1.x) != (step.0.y == step.1.y), "{name}: {key} is not orthogonal");
            for id in drawing.nodes.keys() {
                assert!(!enters(step, &placement.node(id).unwrap()), "{name}: {key} runs through {id}");
            }
        }
        for other in &routes[..index] {
            for (one, two) in steps(line).flat_map(|one| steps(other).map(move |two| (one, two))) {
                let both = drawing.flows[other.flow].key();
                assert!(shared(one, two) <= 4, "{name}: {key} and {both} share a line at {one:?}");
                figures.crossings += usize::from(cross(one, two));
            }
        }
    }
    figures
}

fn assert_placed(drawing: &Architecture, placement: &Placement) {
    let boxes: BTreeMap<_, _> = drawing.nodes.keys().map(|id| (id, placement.node(id).unwrap())).collect();
    for (one, a) in &boxes {
        for (two, b) in &boxes {
            assert!(one == two || !a.overlaps(b), "{}: {one} lies on {two}", drawing.id);
        }
    }
    for pair in placement.lanes.windows(2) {
        assert!(pair[0].x + pair[0].width <= pair[1].x, "{}: lanes overlap", drawing.id);
    }
}

fn assert_in_lanes(drawing: &Architecture, placement: &Placement) {
    for node in drawing.nodes.values() {
        let (at, lane) = (
            placement.node(&node.id).unwrap(),
            placement.lanes.iter().find(|lane| lane.stage == node.stage).unwrap(),
        );
        assert!(lane.x <= at.x && at.right() <= lane.x + lane.width, "{} is outside its lane", node.id);
    }
}

#[test]
fn every_template_is_readable_as_placed() {
    let (mut flows, mut bends, mut crossings) = (0, 0, 0);
    for drawing in templates() {
        let placement = place(&drawing);
        assert_placed(&drawing, &placement);
        assert_in_lanes(&drawing, &placement);
        let routes = route(&drawing, &placement);
        assert_eq!(routes.len(), drawing.flows.len());
        let figures = assert_readable(&drawing, &placement, &routes);
        flows += routes.len();
        bends += figures.bends;
        crossings += figures.crossings;
    }
    // Ceilings a little above what was judged readable by eye, so that no change makes pictures worse unseen.
    assert!(bends * 10 <= flows * 16, "{bends} bends in {flows} flows");
    assert!(crossings * 10 <= flows * 13, "{crossings} crossings in {flows} flows");
}

#[test]
fn known_lanes_come_in_order_and_unknown_ones_last() {
    let mut drawing = templates().remove(0);
    drawing.nodes.insert("x".into(), Node { id: "x".into(), stage: "attic".to_owned(), ..Node::default() });
    let placement = place(&drawing);
    let titles: Vec<_> = placement.lanes.iter().map(|lane| lane.title.as_str()).collect();
    let known = ["Sources", "Data", "Features", "Train", "Evaluate", "Deliver", "Operate", "Platform"];
    assert_eq!(titles[..8], known);
    assert_eq!(titles[8..], ["attic"]);
    assert_eq!(placement.lanes[8].hue, None);
    assert_placed(&drawing, &placement);
    assert_in_lanes(&drawing, &placement);
}

#[test]
fn a_large_drawing_is_placed_without_overlap_and_routed_whole() {
    let drawing = random(1_000, 2_000, 0);
    let placement = place(&drawing);
    assert_placed(&drawing, &placement);
    assert_in_lanes(&drawing, &placement);
    let routes = route(&drawing, &placement);
    assert_eq!(routes.len(), 2_000);
    for line in &routes {
        for step in steps(line) {
            for id in drawing.nodes.keys() {
                let inside = enters(step, &placement.node(id).unwrap());
                assert!(!inside, "{} runs through {id}", drawing.flows[line.flow].key());
            }
        }
    }
}

#[test]
fn the_same_drawing_always_gives_the_same_picture() {
    for drawing in templates().iter().chain([&random(120, 200, 0)]) {
        let (one, two) = (place(drawing), place(&drawing.clone()));
        assert_eq!(one, two);
        assert_eq!(route(drawing, &one), route(drawing, &two));
    }
}

#[test]
fn stored_positions_win_and_the_others_keep_clear_of_them() {
    let mut next = numbers(3);
    for mut drawing in templates() {
        let free = place(&drawing);
        let ids: Vec<_> = drawing.nodes.keys().cloned().collect();
        for id in ids.iter().step_by(2) {
            let at = free.positions[id];
            drawing
                .layout
                .insert(id.clone(), Point::new(at.x + next(40) as i32 - 20, at.y + next(40) as i32 - 20));
        }
        let placement = place(&drawing);
        for (id, at) in &drawing.layout {
            assert_eq!(placement.positions[id], *at);
        }
        assert_placed(&drawing, &placement);
        let routes = route(&drawing, &placement);
        assert_eq!(routes.len(), drawing.flows.len());
        assert_readable(&drawing, &placement, &routes);
    }
}

#[test]
fn hostile_positions_and_sizes_do_no_harm() {
    let mut drawing = templates().remove(0);
    let ids: Vec<_> = drawing.nodes.keys().cloned().collect();
    for (i, id) in ids.iter().enumerate() {
        let far = [i32::MIN, i32::MAX, 0][i % 3];
        drawing.layout.insert(id.clone(), Point::new(far, i32::MAX));
        drawing.size.insert(id.clone(), mlops_atlas::architecture::Size { w: far, h: -5 });
    }
    let placement = place(&drawing);
    assert_eq!(placement.positions.len(), ids.len());
    assert_eq!(route(&drawing, &placement).len(), drawing.flows.len());
    assert_eq!(place(&Architecture::default()).positions.len(), 0);
}

#[test]
fn flows_without_ends_and_from_a_node_to_itself_are_no_trouble() {
    let mut drawing = templates().remove(0);
    let own = |from: &str, to: &str| Flow {
        from: from.into(),
        to: to.into(),
        artifact: "zz".to_owned(),
        ..Flow::default()
    };
    let whole = drawing.flows.len();
    let id = drawing.nodes.keys().next().unwrap().to_string();
    drawing.flows.push(own(&id, &id));
    drawing.flows.push(own(&id, "nowhere"));
    drawing.flows.sort_by_key(Flow::key);
    let placement = place(&drawing);
    let routes = route(&drawing, &placement);
    assert_eq!(routes.len(), whole + 1);
    assert_readable(&drawing, &placement, &routes);
}
