//! What strangers write into stores, by chance: event files, JSON in the rows of SQLite stores, tables and how they are
//! mapped to runs. Nothing of it stops the program, and what is whole is read whatever lies beside it.
//!
//! A few cases are tried each time, always the same. `MLOPS_ATLAS_FUZZ_SECONDS=600 cargo test --test fuzz` tries others
//! for so long; what it finds becomes a test of its own beside the property.

#![expect(clippy::unwrap_used, reason = "a test that cannot make its file has failed")]

#[path = "fuzz/blobs.rs"]
mod blobs;
#[path = "fuzz/events.rs"]
mod events;
#[path = "fuzz/mapping.rs"]
mod mapping;
mod tensorboard;

use std::time::{Duration, Instant};

use mlops_atlas::runs::Point;
use mlops_atlas::store::runs::Reader;
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

/// Tries a property with some values, or with many for as long as somebody asks for.
#[expect(clippy::print_stdout, reason = "who searches for minutes wants to know how much was tried")]
fn tried<S: Strategy>(name: &str, values: &S, holds: impl Fn(S::Value)) {
    let config = Config { cases: 48, failure_persistence: None, ..Config::default() };
    let holds = |value| {
        holds(value);
        Ok(())
    };
    let seconds = std::env::var("MLOPS_ATLAS_FUZZ_SECONDS").ok().and_then(|text| text.parse().ok());
    let Some(seconds) = seconds.map(Duration::from_secs) else {
        let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
        TestRunner::new_with_rng(config, rng).run(values, holds).unwrap_or_else(|error| panic!("{error}"));
        return;
    };
    let (begun, mut tries) = (Instant::now(), 0);
    while begun.elapsed() < seconds {
        tries += config.cases;
        TestRunner::new(config.clone()).run(values, holds).unwrap_or_else(|error| panic!("{error}"));
    }
    println!("{name}: {tries} tries in {} s", begun.elapsed().as_secs());
}

/// A small damage to bytes; places are anywhere in them.
#[derive(Clone, Debug)]
enum Damage {
    Set(Index, u8),
    Insert(Index, Vec<u8>),
    Remove(Index, usize),
    Repeat(Index, usize),
    Cut(Index),
}

impl Damage {
    fn any() -> impl Strategy<Value = Self> {
        let place = any::<Index>;
        prop_oneof![
            (place(), any::<u8>()).prop_map(|(at, byte)| Self::Set(at, byte)),
            (place(), proptest::collection::vec(any::<u8>(), 1..8))
                .prop_map(|(at, bytes)| Self::Insert(at, bytes)),
            (place(), 1..32_usize).prop_map(|(at, count)| Self::Remove(at, count)),
            (place(), 1..256_usize).prop_map(|(at, count)| Self::Repeat(at, count)),
            place().prop_map(Self::Cut),
        ]
    }

    fn on(&self, bytes: &mut Vec<u8>) {
        if bytes.is_empty() {
            return;
        }
        let length = bytes.len();
        match self {
            Self::Set(at, byte) => bytes[at.index(length)] = *byte,
            Self::Insert(at, more) => {
                let at = at.index(length);
                bytes.splice(at..at, more.iter().copied());
            }
            Self::Remove(at, count) => {
                let at = at.index(length);
                bytes.drain(at..(at + count).min(length));
            }
            Self::Repeat(at, count) => {
                let at = at.index(length);
                let again = bytes[at..(at + count).min(length)].to_vec();
                bytes.splice(at..at, again);
            }
            Self::Cut(at) => bytes.truncate(at.index(length)),
        }
    }
}

/// Everything that a reader tells of a store: per run its id, parameters, tags and series. Texts of problems and errors
/// are in one line.
fn everything(reader: &mut dyn Reader) -> Option<Vec<Told>> {
    let (set, problems) = match reader.runs(false) {
        Ok(read) => read,
        Err(error) => {
            assert!(!error.to_string().contains('\n'), "{error}");
            return None;
        }
    };
    for problem in problems {
        assert!(!problem.message.contains('\n'), "{}", problem.message);
    }
    let mut all = Vec::new();
    for run in &set.runs {
        let names: Vec<&str> = set.metric_keys.iter().map(|key| &**key).collect();
        let texts =
            |keys: &[std::sync::Arc<str>], values: &[(u32, std::sync::Arc<str>)]| -> Vec<(String, String)> {
                values.iter().map(|(key, text)| (keys[*key as usize].to_string(), text.to_string())).collect()
            };
        let read = reader.series_of(&run.id, &names, &|| true);
        let series = read.map(|(all, _)| all).unwrap_or_default();
        let points =
            |(series, _): &(mlops_atlas::runs::Series, _)| -> Vec<Point> { series.points().collect() };
        all.push(Told {
            run: run.id.to_string(),
            params: texts(&set.param_keys, &run.params),
            tags: texts(&set.tag_keys, &run.tags),
            series: names.iter().map(|name| (*name).to_owned()).zip(series.iter().map(points)).collect(),
        });
        let (artifacts, _) = reader.artifacts(&run.id).unwrap_or_default();
        for artifact in artifacts.iter().take(4) {
            if let Err(error) = reader.content(&run.id, artifact) {
                assert!(!error.to_string().contains('\n'), "{error}");
            }
        }
    }
    Some(all)
}

/// What is told of one run.
#[derive(Debug)]
struct Told {
    run: String,
    params: Vec<(String, String)>,
    tags: Vec<(String, String)>,
    series: Vec<(String, Vec<Point>)>,
}

impl Told {
    /// The steps and values of a metric.
    fn points(&self, metric: &str) -> Vec<(i64, f64)> {
        let named = self.series.iter().filter(|(name, _)| name == metric);
        named.flat_map(|(_, points)| points.iter().map(|point| (point.step, point.value))).collect()
    }
}
