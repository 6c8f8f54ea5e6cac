//! A window without a screen, for journeys through Runs.

use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use mlops_atlas::address::{Location, Origin, StoreLocation};
use mlops_atlas::app::{App, Start};

use crate::headless;
use std::path::Path;

/// The whole program, at one location.
pub fn start(location: Location) -> Harness<'static, App> {
    headless::open(Start { locations: vec![location], ..Start::default() })
}

/// A store with runs ticked and metrics chosen.
pub fn store(file: &Path, ticked: &[&str], metrics: &[&str]) -> Location {
    let texts = |list: &[&str]| list.iter().map(|text| (*text).to_owned()).collect();
    Location::Store(Box::new(StoreLocation {
        ticked: texts(ticked),
        metrics: texts(metrics),
        ..StoreLocation::of(Origin::Path(file.to_path_buf()))
    }))
}

/// Frames until the picture shows something; one that never comes fails the journey instead of hanging it.
pub fn until(harness: &mut Harness<'_, App>, what: &str, shows: impl Fn(&Harness<'_, App>) -> bool) {
    for _ in 0..20_000 {
        harness.run_steps(1);
        if shows(harness) {
            return;
        }
    }
    panic!("never seen: {what}");
}

/// Whether anything in the picture has this in its accessible name.
pub fn shows(harness: &Harness<'_, App>, label: &str) -> bool {
    harness.query_all_by_label_contains(label).count() > 0
}
