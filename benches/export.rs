//! Processor time of an export once the view stands: its shapes as SVG, as PDF, and as pixels. Then a drawing of 1,000 boxes
//!
//! in every format by the clock on the wall, as the job does it that a window starts.

#![expect(clippy::unwrap_used, reason = "a bench that cannot start says so by failing")]

mod support;

use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use mlops_atlas::app::{Look, drawing_files, picture};
use mlops_atlas::architecture::export::{PictureOptions, Taken, Target};
use mlops_atlas::architecture::{Arrangement, Judged};
use mlops_atlas::store::catalog_files::bundled_catalog;
use mlops_atlas::ui::export::vectors::Missing;
use support::{content, cpu_each, figure, in_turns, row, shown};

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
    large();
}

/// Every format of 1,000 boxes and 1,500 flows.
fn large() {
    let drawing = content::drawing(1_000);
    let arrangement = Arrangement::of(&drawing);
    let taken = Arc::new(Taken {
        placement: Arc::clone(arrangement.placement()),
        routes: arrangement.routes().to_vec(),
        judged: Judged::of(&drawing),
        is_unjudged: false,
        drawing,
        catalog: Arc::new(bundled_catalog().0),
        is_reported: false,
        today: "2026-11-30".parse().unwrap(),
        marks: None,
    });
    for target in Target::all() {
        let mut bytes = 0;
        let [time] = in_turns(
            3,
            &mut [&mut || {
                let made = drawing_files(&taken, target, PictureOptions::default(), Path::new("a"));
                bytes = made.unwrap().files.iter().map(|(_, bytes)| bytes.len()).sum();
            }],
        );
        let most = if matches!(target, Target::Picture(_)) { 3 } else { 1 };
        let told = format!("{}, {} kB", shown(time), bytes / 1_000);
        row(
            &format!("drawing of 1,000 boxes as {}", target.title()),
            &told,
            &format!("< {most} s"),
            time < Duration::from_secs(most),
        );
    }
}
