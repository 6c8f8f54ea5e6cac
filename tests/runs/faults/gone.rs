//! Stores that are removed in the midst of a reading.

use std::cell::Cell;
use std::fs;
use std::path::Path;

use mlops_atlas::problem::Problem;
use mlops_atlas::runs::RunSet;
use mlops_atlas::store::runs::open;

use super::STORES;
use super::place::Place;
use crate::tensorboard;

/// Reading asks before each of so many slices, at most, whether to go on.
const SLICES: u64 = 12;

/// What is compared of an answer.
fn told(set: &RunSet) -> String {
    let runs = set.runs.iter().map(|run| format!("{} {:?} {:?}", run.id, run.metrics, run.params));
    format!("{:?}", (&set.metric_keys, runs.collect::<Vec<_>>()))
}

fn remove(store: &Path) {
    if store.is_dir() { fs::remove_dir_all(store) } else { fs::remove_file(store) }.unwrap();
}

/// Either everything was read by then, or it is told; what comes after has nothing to read.
#[test]
fn a_store_that_disappears_while_it_is_read_is_told() {
    for store in STORES {
        let mut removed = 0;
        for gone_at in 0..SLICES {
            let place = Place::of(store);
            if place.store.ends_with("logs") {
                // Longer than what the program reads without asking.
                let file = place.store.join("run_0/train/events.out.tfevents.1795403732.host");
                let head = tensorboard::version(tensorboard::BEGUN);
                tensorboard::append(&file, &[head, tensorboard::points("long", 0..40_000)].concat());
            }
            let what = format!("{} that is removed at slice {gone_at}", store.0);
            let whole = told(&open(&place.store).unwrap().runs(false).unwrap().0);
            let mut reader = open(&place.store).unwrap();
            let calls = Cell::new(0);
            let keep_going = |_| {
                if calls.replace(calls.get() + 1) == gone_at {
                    remove(&place.store);
                }
                true
            };
            let is_told = |answer: &Result<(RunSet, Vec<Problem>), _>| match answer {
                Ok((_, problems)) => !problems.is_empty(),
                Err(_) => true,
            };
            let read = reader.runs_while(false, &keep_going);
            if place.store.exists() {
                break;
            }
            removed += 1;
            let is_whole = read.as_ref().is_ok_and(|(set, _)| told(set) == whole);
            assert!(is_whole || is_told(&read), "{what}: {:?}", read.map(|(set, _)| told(&set)));
            for _ in 0..2 {
                let after = reader.runs(false);
                assert!(is_told(&after), "{what}, and afterwards: {:?}", after.map(|(set, _)| told(&set)));
            }
            assert!(open(&place.store).is_err(), "{what}");
        }
        // How often a reading asks depends on how fast the machine is.
        assert!(removed > 0, "{}", store.0);
    }
}
