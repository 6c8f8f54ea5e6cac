//! Every kind of store, broken in many ways: what can be read is the answer, what cannot is told in a sentence, the exit
//! status says which, and nothing of the store is touched.
//!
//! `MLOPS_ATLAS_FUZZ_SECONDS` makes the random part go on for so long, with other numbers each time; it prints what they
//! came from, and `MLOPS_ATLAS_FUZZ_SEED` takes that in to try the same again.

mod gone;
mod place;
mod schema;

use std::time::{Duration, Instant};

use mlops_atlas::store::runs::open;
use place::{Chance, Part, Place, Store, are_among};
use rusqlite::Connection;

const STORES: [Store; 9] = [
    ("MLflow 1", "mlflow/mlflow1.db", Part::Database),
    ("MLflow 3", "mlflow/mlflow3.db", Part::Database),
    ("Optuna", "optuna/optuna5.db", Part::Database),
    ("Trackio", "trackio/demo-project.db", Part::Database),
    ("mlruns", "mlruns/sample", Part::Meta("meta.yaml")),
    ("mlruns, a metric", "mlruns/sample", Part::Points("loss")),
    ("TensorBoard", "tensorboard/logs", Part::Points("tfevents")),
    ("CSV", "tables/wide.csv", Part::Table),
    ("JSON lines", "tables/lines.jsonl", Part::Table),
];

#[test]
fn a_store_that_is_cut_short_anywhere_gives_what_is_left() {
    const CUTS: usize = 20;
    for store in STORES {
        let (name, _, part) = store;
        let place = Place::of(store);
        let whole = place.asked(None, name);
        let (ids, all) = (whole.ids().unwrap(), whole.points().unwrap());
        // A guess may be another when only a few rows are left.
        let mapping = open(&place.store).unwrap().mapping().map(|mapped| mapped.mapping);
        let count = |points: &place::Points| points.values().map(Vec::len).sum::<usize>();
        let mut most = 0;
        for cut in 0..CUTS {
            let bytes = &place.whole[..place.whole.len() * cut / CUTS];
            let what = format!("{name} cut to {} bytes", bytes.len());
            let mut left = place.answers(bytes, &what);
            if mapping.is_some() {
                left = place.asked(mapping.as_ref(), &what);
            }
            let has_rows = bytes.split(|byte| *byte == b'\n').count() > 2;
            match part {
                Part::Database if left.statuses().contains(&0) => assert_eq!(left, whole, "{what}"),
                Part::Table if !has_rows => {}
                Part::Database => {}
                _ => assert!(!left.statuses().contains(&2), "{what}: nothing is told of what is left"),
            }
            assert!(left.ids().is_none_or(|left| left.is_subset(&ids)), "{what}: {:?}", left.ids());
            let Some(points) = left.points() else { continue };
            let is_first = matches!(part, Part::Table | Part::Points(_));
            assert!(are_among(&points, &all, is_first), "{what}: {points:?}");
            if is_first {
                assert!(count(&points) >= most, "{what}: less is told than of a shorter file");
                most = count(&points);
            }
        }
        if matches!(part, Part::Table | Part::Points(_)) {
            let whole = count(&all);
            assert!(most <= whole && most >= whole * 9 / 10, "{name}: {most} of {whole} points are left");
        }
    }
}

/// What ends with a whole row is whole: nothing is missing, and nothing is told to be.
#[test]
fn a_table_that_is_cut_between_rows_is_a_shorter_table() {
    for store in [STORES[7], STORES[8]] {
        let place = Place::of(store);
        let mapping = open(&place.store).unwrap().mapping().unwrap().mapping;
        let (whole, mut most) = (place.asked(None, store.0), 0);
        let ends = place.whole.iter().enumerate().filter(|(_, byte)| **byte == b'\n').map(|(at, _)| at + 1);
        for end in ends.skip(1) {
            let what = format!("{} cut to {end} bytes", store.0);
            std::fs::write(&place.file, &place.whole[..end]).unwrap();
            let left = place.asked(Some(&mapping), &what);
            let (points, all) = (left.points().unwrap(), whole.points().unwrap());
            let count = points.values().map(Vec::len).sum::<usize>();
            assert!(are_among(&points, &all, true) && count > most, "{what}: {points:?}");
            // A key that no line has yet is told, where somebody chose it.
            assert!(left.statuses() == [0, 0] || store.0 == "JSON lines", "{what}");
            most = count;
        }
        assert_eq!(place.asked(Some(&mapping), store.0).points(), whole.points());
    }
}

#[test]
fn a_hundred_wrong_bytes_do_no_harm() {
    for store in STORES {
        let place = Place::of(store);
        let mut chance = Chance(7);
        for _ in 0..100 {
            flip(&place, &mut chance, store.0);
        }
    }
}

fn flip(place: &Place, chance: &mut Chance, name: &str) {
    let (at, bit) = (chance.below(place.whole.len()), chance.below(8));
    let mut bytes = place.whole.clone();
    bytes[at] ^= 1 << bit;
    place.answers(&bytes, &format!("{name}, bit {bit} of byte {at}"));
}

/// In event files every byte has a checksum: a wrong one is told, or changes nothing that anybody asks for.
#[test]
fn no_wrong_byte_of_an_event_file_is_taken_for_a_value() {
    let place = Place::of(STORES[6]);
    let whole = place.answers(&place.whole, "the whole store");
    let mut chance = Chance(11);
    for _ in 0..100 {
        let at = chance.below(place.whole.len());
        let mut bytes = place.whole.clone();
        bytes[at] ^= 0x10;
        let answers = place.answers(&bytes, &format!("byte {at}"));
        assert!(answers == whole || !answers.statuses().contains(&0), "byte {at} is not told");
    }
}

/// Longer, with other numbers each time, and several breaks at once; only where it is asked for.
#[test]
fn whatever_is_broken_by_chance_is_told() {
    let number = |name| std::env::var(name).ok().map(|text| text.parse::<u64>().expect(name));
    let Some(seconds) = number("MLOPS_ATLAS_FUZZ_SECONDS") else { return };
    let begun = Instant::now();
    let places: Vec<_> = STORES.map(|store| (store.0, Place::of(store))).into();
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_nanos() as u64;
    let seed = number("MLOPS_ATLAS_FUZZ_SEED").unwrap_or(now);
    println!("seed {seed}");
    let mut chance = Chance(seed);
    let mut tries = 0;
    while begun.elapsed() < Duration::from_secs(seconds) {
        let (name, place) = &places[chance.below(places.len())];
        let mut bytes = place.whole.clone();
        for _ in 0..=chance.below(8) {
            if bytes.is_empty() {
                break;
            }
            let at = chance.below(bytes.len());
            match chance.below(5) {
                0 => bytes[at] = chance.below(256) as u8,
                1 => bytes.truncate(at),
                2 => bytes.insert(at, chance.below(256) as u8),
                3 => {
                    let end = (at + chance.below(64)).min(bytes.len());
                    bytes.drain(at..end);
                }
                _ => {
                    let end = (at + chance.below(4_096)).min(bytes.len());
                    let again = bytes[at..end].to_vec();
                    bytes.splice(at..at, again);
                }
            }
        }
        tries += 1;
        place.answers(&bytes, &format!("{name}, try {tries} of seed {seed}"));
    }
    println!("{tries} tries");
}

/// Texts that are no UTF-8, ten thousand metrics, a parameter of a megabyte: all of it is read.
#[test]
fn odd_and_large_values_are_read() {
    let place = Place::of(STORES[1]);
    let writer = Connection::open(&place.store).unwrap();
    let run: String = writer
        .query_row("SELECT run_uuid FROM runs WHERE lifecycle_stage = 'active' LIMIT 1", [], |row| row.get(0))
        .unwrap();
    let before = place.asked(None, "before").list.0;
    let insert = "INSERT INTO params (key, value, run_uuid) VALUES (?1, ?2, ?3)";
    writer.execute(insert, ("large", "x".repeat(1_000_000), &run)).unwrap();
    writer.execute("INSERT INTO tags (key, value, run_uuid) VALUES (CAST(x'6bff' AS TEXT), CAST(x'c328' AS TEXT), ?1)", [&run]).unwrap();
    let many = "INSERT INTO latest_metrics (key, value, timestamp, step, is_nan, run_uuid)
                WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number LIMIT 10000)
                SELECT 'many/' || n, n, 0, 0, 0, ?1 FROM number";
    writer.execute(many, [&run]).unwrap();
    drop(writer);
    let (set, problems) = open(&place.store).unwrap().runs(false).unwrap();
    assert!(problems.is_empty(), "{problems:?}");
    let own = set.run(&run).unwrap();
    assert_eq!(own.param(set.param_key("large").unwrap()).unwrap().len(), 1_000_000);
    assert_eq!(own.metric(set.metric_key("many/10000").unwrap()), Some(10_000.0));
    assert!(
        own.tags
            .iter()
            .any(|(key, value)| &*set.tag_keys[*key as usize] == "k\u{fffd}" && &**value == "\u{fffd}(")
    );
    assert_eq!(place.asked(None, "after").list.0, before);
}
