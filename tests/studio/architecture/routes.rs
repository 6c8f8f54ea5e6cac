//! Properties of routes over random drawings: lanes as placed, moved by hand, and scattered without any order.

use std::collections::BTreeSet;

use mlops_atlas::architecture::layout::Bounds;
use mlops_atlas::architecture::{Architecture, NodeId, Placement, Point, Route, Routes, place, route};
use mlops_atlas::store::architecture_files::templates;

use super::picture::{enters, shared, steps};
use super::random::{numbers, random, scattered};

/// A drawing as it is after its first move by hand: everything is where it was placed.
fn pinned(drawing: &Architecture) -> Architecture {
    let mut drawing = drawing.clone();
    drawing.layout = place(&drawing).positions;
    drawing
}

fn near(a: &Bounds, b: &Bounds, by: i32) -> bool {
    Bounds { x: a.x - by, y: a.y - by, w: a.w + 2 * by, h: a.h + 2 * by }.overlaps(b)
}

/// The boxes that a line runs through, other than its ends and those that lie on an end.
fn run_through<'a>(drawing: &'a Architecture, placement: &Placement, line: &Route) -> Vec<&'a NodeId> {
    let flow = &drawing.flows[line.flow];
    let ends = [&flow.from, &flow.to].map(|id| placement.node(id).unwrap());
    let is_other = |id: &&NodeId| {
        let b = placement.node(id).unwrap();
        **id != flow.from && **id != flow.to && !ends.iter().any(|end| near(end, &b, 1))
    };
    let others = drawing.nodes.keys().filter(is_other);
    others.filter(|id| steps(line).any(|step| enters(step, &placement.node(id).unwrap()))).collect()
}

/// How many pairs of lines lie on each other for more than a few units, and the first of them.
fn overlaps(drawing: &Architecture, routes: &[Route]) -> (usize, String) {
    let (mut count, mut first) = (0, String::new());
    for (index, line) in routes.iter().enumerate() {
        for other in &routes[..index] {
            let on_each_other = steps(line).any(|one| steps(other).any(|two| shared(one, two) > 4));
            if on_each_other {
                count += 1;
                let keys = [line, other].map(|line| drawing.flows[line.flow].key().to_string());
                first = keys.join(" and ");
            }
        }
    }
    (count, first)
}

#[test]
fn random_lanes_have_no_line_through_a_box_and_none_on_another() {
    for (nodes, flows, seed) in
        [(12, 16, 1), (30, 50, 2), (60, 90, 3), (100, 150, 4), (100, 300, 5), (300, 450, 6)]
    {
        let drawing = random(nodes, flows, seed);
        let placement = place(&drawing);
        let routes = route(&drawing, &placement);
        assert_eq!(routes.len(), flows);
        for line in &routes {
            let through = run_through(&drawing, &placement, line);
            assert!(
                through.is_empty(),
                "{}: {} runs through {through:?}",
                drawing.id,
                drawing.flows[line.flow].key()
            );
        }
        let (count, first) = overlaps(&drawing, &routes);
        assert_eq!(count, 0, "{}: {first} lie on each other", drawing.id);
    }
}

#[test]
fn scattered_boxes_are_gone_around() {
    for (nodes, flows, side, seed) in
        [(12, 18, 1_600, 1), (30, 45, 3_000, 2), (60, 90, 4_000, 3), (60, 90, 2_500, 4)]
    {
        let drawing = scattered(random(nodes, flows, seed), side, seed);
        let placement = place(&drawing);
        let routes = route(&drawing, &placement);
        assert_eq!(routes.len(), flows);
        let mut through = Vec::new();
        for line in &routes {
            through.extend(run_through(&drawing, &placement, line).into_iter().map(|id| (line, id)));
        }
        let (count, first) = overlaps(&drawing, &routes);
        assert_eq!(count, 0, "{}: {first} lie on each other", drawing.id);
        assert!(
            through.is_empty(),
            "{}: {} runs through {}",
            drawing.id,
            drawing.flows[through[0].0.flow].key(),
            through[0].1
        );
    }
}

#[test]
fn what_is_routed_again_after_a_move_is_what_routing_everything_gives() {
    let mut next = numbers(17);
    let random = [random(40, 60, 1), random(120, 200, 2), scattered(random(40, 60, 3), 2_500, 3)];
    for drawing in templates().into_iter().take(4).chain(random) {
        let mut drawing = pinned(&drawing);
        let ids: Vec<NodeId> = drawing.nodes.keys().cloned().collect();
        let mut routes = Routes::of(&drawing, &place(&drawing));
        for step in 0..60 {
            let id = &ids[next(ids.len())];
            let far = [12, 60, 400][step % 3];
            let at = drawing.layout[id];
            let by = [next(far * 2 + 1) as i32 - far as i32, next(far * 2 + 1) as i32 - far as i32];
            drawing.layout.insert(id.clone(), Point::new(at.x + by[0], at.y + by[1]));
            let placement = place(&drawing);
            routes.follow(&drawing, &placement);
            let whole = route(&drawing, &placement);
            let differ: BTreeSet<usize> =
                (0..whole.len()).filter(|at| routes.lines()[*at] != whole[*at]).collect();
            assert!(differ.is_empty(), "{}: moving {id} by {by:?} in step {step}: {differ:?}", drawing.id);
        }
        // Another drawing is routed as a whole.
        drawing.flows.remove(0);
        let placement = place(&drawing);
        routes.follow(&drawing, &placement);
        assert_eq!(routes.lines(), route(&drawing, &placement));
    }
}
