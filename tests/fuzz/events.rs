//! Event files: records of real files, bent and framed again with right checksums so that what is in them is parsed, among
//! points that must all be found, and damage whose checksums are wrong.

use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use mlops_atlas::store::runs::open;
use proptest::prelude::*;
use proptest::sample::Index;

use super::tensorboard::{self, record};
use super::told::{Followed, Look, everything};
use super::{Damage, growth, tried};

/// What lies in a file, one after the other.
#[derive(Clone, Debug)]
enum Piece {
    /// A step of a metric that nothing else names.
    Point(i64),
    /// A record of a real file after some damage, its checksums right.
    Bent(Index, Vec<Damage>),
    /// A record of any bytes.
    Any(Vec<u8>),
    /// A record whose data do not fit their checksum.
    Wrong(Vec<u8>),
}

const TAG: &str = "fuzz/known";

fn piece() -> impl Strategy<Value = Piece> {
    prop_oneof![
        2 => (-9..1_000_i64).prop_map(Piece::Point),
        4 => (any::<Index>(), proptest::collection::vec(Damage::any(), 0..4)).prop_map(|(at, damage)| Piece::Bent(at, damage)),
        1 => proptest::collection::vec(any::<u8>(), 0..64).prop_map(Piece::Any),
        1 => proptest::collection::vec(any::<u8>(), 1..64).prop_map(Piece::Wrong),
    ]
}

/// The data of every record of the real files.
fn real() -> &'static [Vec<u8>] {
    static REAL: OnceLock<Vec<Vec<u8>>> = OnceLock::new();
    REAL.get_or_init(|| {
        let mut found = Vec::new();
        collect(Path::new("tests/fixtures/tensorboard"), &mut found);
        assert!(found.len() > 100);
        found
    })
}

fn collect(folder: &Path, found: &mut Vec<Vec<u8>>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, found);
        } else if path.to_string_lossy().contains("tfevents") {
            let bytes = fs::read(&path).unwrap();
            let mut rest = &bytes[..];
            while let Some((length, _)) = rest.split_first_chunk::<8>() {
                let length = u64::from_le_bytes(*length) as usize;
                found.push(rest[12..12 + length].to_vec());
                rest = &rest[length + 16..];
            }
        }
    }
}

/// The file, and the points that are certainly in it, in the order of steps as they came.
fn written(pieces: &[Piece], tail: &[u8]) -> (Vec<u8>, Vec<(i64, f64)>) {
    let (mut bytes, mut known) = (tensorboard::version(tensorboard::BEGUN), Vec::new());
    for piece in pieces {
        match piece {
            Piece::Point(step) => {
                known.push((*step, *step as f64 / 2.0));
                bytes.extend(tensorboard::point(TAG, *step));
            }
            Piece::Bent(at, damage) => {
                let mut data = at.get(real()).clone();
                for damage in damage {
                    damage.on(&mut data);
                }
                bytes.extend(record(&data));
            }
            Piece::Any(data) => bytes.extend(record(data)),
            Piece::Wrong(data) => {
                let mut wrong = record(data);
                wrong[12] ^= 0x40;
                bytes.extend(wrong);
            }
        }
    }
    bytes.extend(tail);
    known.sort_by_key(|(step, _)| *step);
    (bytes, known)
}

/// The file that grows, and a copy of it that nobody has read: all readers of one path share what they read.
fn read(pieces: &[Piece], tail: &[u8], growth: &[(usize, Look)]) {
    const NAME: &str = "run/events.out.tfevents.1700000000.host";
    let (bytes, known) = written(pieces, tail);
    let (folder, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let mut reached = growth[0].0.min(bytes.len());
    tensorboard::append(&folder.path().join(NAME), &bytes[..reached]);
    tensorboard::append(&other.path().join(NAME), &bytes);
    let mut fresh = open(other.path()).unwrap();
    let whole = everything(fresh.as_mut(), other.path()).unwrap();
    let points = whole.runs.iter().flat_map(|told| told.points(TAG)).collect::<Vec<_>>();
    assert_eq!(points, known);
    // Nothing is known yet of a file that does not hold its first record.
    let Ok(mut growing) = open(folder.path()) else { return };
    let mut followed = Followed::begin(growing.as_mut(), &[("run", TAG), ("run", "fuzz/none")]);
    for (at, (_, look)) in growth.iter().enumerate() {
        let end = growth.get(at + 1).map_or(bytes.len(), |(end, _)| (*end).min(bytes.len()));
        tensorboard::append(&folder.path().join(NAME), &bytes[reached..end]);
        reached = end;
        followed.look(growing.as_mut(), *look);
    }
    followed.is_all_of(fresh.as_mut(), "followed");
    let grown = everything(growing.as_mut(), folder.path()).unwrap();
    grown.is_like(&whole, &format!("the file grew by {growth:?}"));
}

#[test]
fn points_among_any_records_are_read() {
    let pieces = proptest::collection::vec(piece(), 1..24);
    let tail = proptest::collection::vec(any::<u8>(), 0..40);
    tried("event files", &(pieces, tail, growth(4_096)), |(pieces, tail, growth)| {
        read(&pieces, &tail, &growth);
    });
}
