//! Placing and routing a drawing of 1,000 nodes and 1,500 flows.

#![expect(clippy::unwrap_used, reason = "a bench that cannot start says so by failing")]

mod support;

use std::hint::black_box;
use std::time::Duration;

use mlops_atlas::architecture::{place, route};
use support::{content, in_turns, row, shown};

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
}
