//! Processor time of an export once the view stands: its shapes as SVG, as PDF, and as pixels.

#![expect(clippy::unwrap_used, reason = "a bench that cannot start says so by failing")]

mod support;

use std::hint::black_box;
use std::time::Duration;

use mlops_atlas::app::{Look, picture};
use mlops_atlas::ui::export::vectors::Missing;
use support::{cpu_each, figure, shown};

const SAMPLES: usize = 7;
const EXPORTS: u32 = 20;

fn cost(mut work: impl FnMut() -> usize) -> Duration {
    cpu_each(SAMPLES, EXPORTS, || {
        black_box(work());
    })
}

fn main() {
    for (what, address) in [
        ("landscape", "atlas:landscape"),
        ("drawing of 22 nodes", "atlas:studio/drawing?file=template:rag-ops"),
    ] {
        let look = Look { size: [1600, 1000], scale: 1.0, dark: false };
        let view = picture(address.parse().unwrap(), &[], look, None).unwrap().view;
        let svg = cost(|| view.drawing(what, Missing::Keep).svg().len());
        let pdf = cost(|| view.drawing(what, Missing::Replace).pdf().unwrap().len());
        let png = cost(|| view.picture().to_png().unwrap().len());
        for (form, time) in [("SVG", svg), ("PDF", pdf), ("PNG", png)] {
            figure(&format!("export, {what}, {form}"), &shown(time));
        }
    }
}
