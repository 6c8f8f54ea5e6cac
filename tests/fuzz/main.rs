//! What strangers write into stores, by chance: event files, JSON in the rows of SQLite stores, tables and how they are
//! mapped to runs. Nothing of it stops the program, and what is whole is read whatever lies beside it.
//!
//! A few cases are tried each time, always the same. `MLOPS_ATLAS_FUZZ_SECONDS=600 cargo test --test fuzz` tries others
//! for so long; what it finds becomes a test of its own beside the property.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod blobs;
mod events;
mod filter;
mod mapping;
#[path = "../support/tensorboard.rs"]
mod tensorboard;
mod told;

use std::time::{Duration, Instant};

use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use told::Look;

/// Tries a property with some values, or with many for as long as somebody asks for.
#[expect(clippy::print_stdout, reason = "who searches for minutes wants to know how much was tried")]
fn tried<S: Strategy>(name: &str, values: &S, holds: impl Fn(S::Value)) {
    let config =
        Config { cases: 48, max_shrink_iters: 20_000, failure_persistence: None, ..Config::default() };
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

impl Look {
    fn any() -> impl Strategy<Value = Self> {
        any::<[bool; 2]>().prop_map(|[thorough, lists_first]| Self { thorough, lists_first })
    }
}

/// Up to where a file is written at first and later, and how it is looked at then.
fn growth(most: usize) -> impl Strategy<Value = Vec<(usize, Look)>> {
    let cuts = proptest::collection::vec((0..most, Look::any()), 1..4);
    cuts.prop_map(|mut cuts| {
        cuts.sort_by_key(|(at, _)| *at);
        cuts
    })
}
