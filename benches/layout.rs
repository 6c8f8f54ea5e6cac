//! Placing and routing drawings of up to 1,000 nodes and 1,500 flows, beside dagre on the same graphs.

#![expect(clippy::unwrap_used, reason = "a bench that cannot start says so by failing")]

mod support;

use std::hint::black_box;
use std::time::{Duration, Instant};

use mlops_atlas::architecture::{Architecture, NodeId, Point, Routes, crossings, place, route};
use mlops_atlas::store::architecture_files::templates;
use support::dagre::{dagre, folder};
use support::{content, figure, in_turns, not_run, ratio, row, shown};

/// Moves nodes of a drawing one by one; the median time in which what that touches is placed and routed.
fn moving(mut drawing: Architecture) -> Duration {
    let mut routes = Routes::of(&drawing, &place(&drawing));
    let ids: Vec<NodeId> = drawing.nodes.keys().cloned().collect();
    let mut numbers = content::Numbers(3);
    let mut times: Vec<Duration> = (0..201)
        .map(|step| {
            let id = &ids[numbers.below(ids.len())];
            let at = drawing.layout[id];
            let by = if step % 2 == 0 { (10, 30) } else { (-10, -25) };
            drawing.layout.insert(id.clone(), Point::new(at.x + by.0, at.y + by.1));
            let begun = Instant::now();
            let placement = place(&drawing);
            routes.follow(&drawing, &placement);
            begun.elapsed()
        })
        .collect();
    support::median(&mut times)
}

/// Time and crossings beside dagre's.
fn beside_dagre() {
    let folder = match folder() {
        Ok(folder) => folder,
        Err(why) => return not_run("layout beside dagre", &why),
    };
    let (mut ours, mut theirs) = (0, 0);
    for drawing in templates() {
        let placement = place(&drawing);
        let own = crossings(&drawing, &placement);
        match dagre(&folder, &drawing, &placement) {
            Ok((_, crossed)) => {
                figure(&format!("  crossings of {}, dagre's", drawing.id), &format!("{own}, {crossed}"));
                (ours, theirs) = (ours + own, theirs + crossed);
            }
            Err(why) => return not_run("layout beside dagre", &why),
        }
    }
    row("crossings of all templates", &format!("{ours}, dagre's {theirs}"), "no more", ours <= theirs);
    for nodes in [100, 300, 1_000] {
        let drawing = content::drawing(nodes);
        let [time] = in_turns(5, &mut [&mut || drop(black_box(place(&drawing)))]);
        let placement = place(&drawing);
        let own = crossings(&drawing, &placement);
        match dagre(&folder, &drawing, &placement) {
            Ok((their_time, crossed)) => {
                let times = ratio(their_time, time);
                let seen = format!("{times:.0} × ({}, {})", shown(time), shown(their_time));
                row(
                    &format!("lane layout of {nodes} nodes, faster than dagre"),
                    &seen,
                    "10 ×",
                    times >= 10.0,
                );
                let seen = format!("{own}, dagre's {crossed}");
                row(&format!("  crossings of {nodes} nodes"), &seen, "no more", own <= crossed);
            }
            Err(why) => return not_run("layout beside dagre", &why),
        }
    }
}

fn main() {
    let drawing = content::drawing(1_000);
    let by_hand = content::placed(drawing.clone());
    let placement = place(&drawing);
    let [placing, keeping, routing] = in_turns(
        11,
        &mut [
            &mut || drop(black_box(place(&drawing))),
            &mut || drop(black_box(place(&by_hand))),
            &mut || drop(black_box(route(&drawing, &placement))),
        ],
    );
    let (soon, later) = (Duration::from_millis(100), Duration::from_millis(200));
    row("lane layout, 1,000 nodes", &shown(placing), "100 ms", placing < soon);
    row("lane layout, 1,000 nodes with positions", &shown(keeping), "100 ms", keeping < soon);
    row("routes of 1,500 flows", &shown(routing), "200 ms", routing < later);
    let moved = moving(by_hand);
    row(
        "one of 1,000 nodes moved: placed and routed",
        &shown(moved),
        "4 ms",
        moved < Duration::from_millis(4),
    );
    beside_dagre();
}
