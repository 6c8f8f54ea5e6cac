//! Every kind of store, broken in many ways: what can be read is the answer, what cannot is told in a sentence, the exit
//! status says which, and nothing of the store is touched.
//!
//! `MLOPS_ATLAS_FUZZ_SECONDS` makes the random part go on for so long, with other numbers each time.

#![expect(clippy::unwrap_used, reason = "a test that cannot make its file has failed")]

#[path = "stores/listing.rs"]
mod listing;

use std::cell::Cell;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use listing::listing;
use mlops_atlas::cli::runs::{Format, ListArgs, RunsArgs, RunsCommand, SeriesArgs, run};
use mlops_atlas::store::runs::open;
use rusqlite::Connection;
use serde_json::Value;

/// Stores by the real clients: a name, what is copied, and the file in it that is broken.
const STORES: [(&str, &str, &str); 9] = [
    ("MLflow 1", "mlflow/mlflow1.db", ""),
    ("MLflow 3", "mlflow/mlflow3.db", ""),
    ("Optuna", "optuna/optuna5.db", ""),
    ("Trackio", "trackio/demo-project.db", ""),
    ("mlruns", "mlruns/sample", "meta.yaml"),
    ("mlruns, a metric", "mlruns/sample", "loss"),
    ("TensorBoard", "tensorboard/logs", "tfevents"),
    ("CSV", "tables/wide.csv", ""),
    ("JSON lines", "tables/lines.jsonl", ""),
];

/// A copy of a store.
struct Place {
    folder: tempfile::TempDir,
    store: PathBuf,
    /// The file that is broken, and what it held.
    file: PathBuf,
    whole: Vec<u8>,
}

impl Place {
    fn of((_, fixture, part): (&str, &str, &str)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let from = Path::new("tests/fixtures").join(fixture);
        let store = folder.path().join(from.file_name().unwrap());
        copy(&from, &store);
        let file = if part.is_empty() { store.clone() } else { largest(&store, part) };
        let whole = fs::read(&file).unwrap();
        Self { folder, store, file, whole }
    }

    /// What list and all series say once the file holds this, after a check of everything that every answer must keep to.
    fn answers(&self, bytes: &[u8], what: &str) -> [(u8, Value); 2] {
        fs::write(&self.file, bytes).unwrap();
        self.asked(what)
    }

    fn asked(&self, what: &str) -> [(u8, Value); 2] {
        let before = listing(self.folder.path());
        let list = ListArgs { source: vec![self.store.clone()], json: true, ..Default::default() };
        let series = SeriesArgs {
            source: self.store.clone(),
            all_runs: true,
            all_metrics: true,
            format: Format::Json,
            ..Default::default()
        };
        let answers = [RunsCommand::List(list), RunsCommand::Series(series)].map(|command| {
            let (mut out, mut err) = (Vec::new(), Vec::new());
            let outcome = run(&RunsArgs { command, map: None, copy: false }, &mut out, &mut err);
            match outcome {
                Ok(status) => {
                    let value = serde_json::from_slice(&out);
                    let value: Value = value.unwrap_or_else(|error| panic!("{what}: {error}"));
                    // How a table was guessed, and which plugins nobody reads, is only worth knowing.
                    let said = String::from_utf8_lossy(&err);
                    let is_note = |line: &str| {
                        line.starts_with("mlops-atlas: Read as: ")
                            || line.contains("of plugins that are not read here")
                    };
                    let is_told = said.lines().any(|line| !is_note(line));
                    assert!(status <= 1 && (status == 1) == is_told, "{what}: {status}, {said}");
                    (status, value)
                }
                Err(error) => {
                    let sentence = error.to_string();
                    let name = self.store.file_name().unwrap().to_string_lossy();
                    assert!(!sentence.contains('\n') && sentence.contains(&*name), "{what}: {sentence}");
                    (2, Value::Null)
                }
            }
        });
        assert!(listing(self.folder.path()) == before, "{what}: the store was touched");
        answers
    }
}

fn copy(from: &Path, to: &Path) {
    if from.is_dir() {
        fs::create_dir_all(to).unwrap();
        for entry in fs::read_dir(from).unwrap() {
            let entry = entry.unwrap();
            copy(&entry.path(), &to.join(entry.file_name()));
        }
    } else {
        fs::write(to, fs::read(from).unwrap()).unwrap();
    }
}

/// The largest file below a folder whose name holds a word.
fn largest(folder: &Path, word: &str) -> PathBuf {
    let files = listing(folder).into_iter();
    let named = files.filter(|(path, _)| path.file_name().unwrap().to_string_lossy().contains(word));
    named.max_by_key(|(_, bytes)| bytes.len()).unwrap().0
}

/// Numbers that look like chance and are the same each time (Vigna, "splitmix64").
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((mixed ^ (mixed >> 31)) % most.max(1) as u64) as usize
    }
}

#[test]
fn a_store_that_is_cut_short_anywhere_gives_what_is_left() {
    for store in STORES {
        let place = Place::of(store);
        for part in 0..20 {
            let length = place.whole.len() * part / 20;
            place.answers(&place.whole[..length], &format!("{} cut to {length} bytes", store.0));
        }
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
        assert!(answers == whole || answers.iter().all(|(status, _)| *status > 0), "byte {at} is not told");
    }
}

/// Longer, with other numbers each time, and several breaks at once; only where it is asked for.
#[test]
fn whatever_is_broken_by_chance_is_told() {
    let seconds = std::env::var("MLOPS_ATLAS_FUZZ_SECONDS").ok().and_then(|text| text.parse().ok());
    let Some(seconds) = seconds else { return };
    let begun = Instant::now();
    let places: Vec<_> = STORES.map(|store| (store.0, Place::of(store))).into();
    let seed = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_nanos() as u64;
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

/// Tables and columns that are gone, one at a time, and versions of a schema that nobody has written yet.
#[test]
fn a_schema_without_some_of_its_parts_is_read_as_far_as_it_goes() {
    for store in &STORES[..4] {
        let parts: Vec<(String, Option<String>)> = {
            let place = Place::of(*store);
            let connection = Connection::open(&place.store).unwrap();
            let names: Vec<String> = connection
                .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'")
                .unwrap()
                .query_map([], |row| row.get(0))
                .unwrap()
                .map(Result::unwrap)
                .collect();
            let column = |table: &String| -> Vec<String> {
                let mut statement = connection.prepare("SELECT name FROM pragma_table_info(?1)").unwrap();
                statement.query_map([table], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
            };
            let columns = names
                .iter()
                .flat_map(|table| column(table).into_iter().map(|column| (table.clone(), Some(column))));
            names.iter().map(|table| (table.clone(), None)).chain(columns).collect()
        };
        let mut tried = 0;
        for (table, column) in parts {
            let place = Place::of(*store);
            let writer = Connection::open(&place.store).unwrap();
            let statement = match &column {
                None => format!("PRAGMA foreign_keys = OFF; DROP TABLE \"{table}\""),
                // Under another name it is gone as well, and SQLite lets every column be renamed.
                Some(column) => format!("ALTER TABLE \"{table}\" RENAME COLUMN \"{column}\" TO \"gone\""),
            };
            if writer.execute_batch(&statement).is_err() {
                continue;
            }
            drop(writer);
            tried += 1;
            place.asked(&format!("{} without {table} {column:?}", store.0));
        }
        assert!(tried > 15, "{}: {tried}", store.0);
        let place = Place::of(*store);
        let writer = Connection::open(&place.store).unwrap();
        let whole = place.asked(store.0);
        if writer.execute("UPDATE alembic_version SET version_num = 'ffffffffffff'", []).is_ok() {
            drop(writer);
            assert_eq!(place.asked("a foreign version"), whole, "{}: versions are not compared", store.0);
        }
    }
}

/// Texts that are no UTF-8, ten thousand metrics, a parameter of a megabyte: all of it is read.
#[test]
fn odd_and_large_values_are_read() {
    let place = Place::of(STORES[1]);
    let writer = Connection::open(&place.store).unwrap();
    let run: String = writer
        .query_row("SELECT run_uuid FROM runs WHERE lifecycle_stage = 'active' LIMIT 1", [], |row| row.get(0))
        .unwrap();
    let before = place.asked("before").map(|(status, _)| status);
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
    assert_eq!(place.asked("after").map(|(status, _)| status)[0], before[0]);
}

/// Somebody removes the store in the midst of a reading.
#[test]
fn a_store_that_disappears_while_it_is_read_is_told() {
    for store in STORES {
        for gone_at in 0..4 {
            let place = Place::of(store);
            let Ok(mut reader) = open(&place.store) else { panic!("{}", store.0) };
            let calls = Cell::new(0);
            let keep_going = |_| {
                if calls.replace(calls.get() + 1) == gone_at {
                    let removed = if place.store.is_dir() {
                        fs::remove_dir_all(&place.store)
                    } else {
                        fs::remove_file(&place.store)
                    };
                    removed.unwrap();
                }
                true
            };
            // Either everything was read by then, or it is told; what comes after has nothing to read.
            if let Err(error) = reader.runs_while(false, &keep_going) {
                assert!(!error.to_string().contains('\n'), "{}: {error}", store.0);
            }
            if !place.store.exists() {
                let after = reader.runs(false);
                let is_told = after
                    .as_ref()
                    .map_or(true, |(set, problems)| set.runs.is_empty() || !problems.is_empty());
                assert!(is_told, "{}: runs of a store that is gone", store.0);
            }
        }
    }
}
