//! Event files made byte by byte, as the formats `TFRecord` and `event.proto` say.

#![allow(
    dead_code,
    clippy::allow_attributes,
    reason = "every test target is a crate of its own and uses a part"
)]

use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::Path;

/// The time of the first event, in seconds since 1970.
pub const BEGUN: f64 = 1_700_000_000.0;

fn masked(bytes: &[u8]) -> [u8; 4] {
    crc32c::crc32c(bytes).rotate_right(15).wrapping_add(0xa282_ead8).to_le_bytes()
}

/// A record around data.
pub fn record(data: &[u8]) -> Vec<u8> {
    let length = (data.len() as u64).to_le_bytes();
    [&length[..], &masked(&length), data, &masked(data)].concat()
}

fn varint(mut number: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    while number > 0x7f {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
    bytes
}

/// A field that holds bytes.
pub fn field(number: u64, bytes: &[u8]) -> Vec<u8> {
    [&varint(number << 3 | 2), &varint(bytes.len() as u64), bytes].concat()
}

/// The first record of every file.
pub fn version(seconds: f64) -> Vec<u8> {
    record(&[&b"\x09"[..], &seconds.to_le_bytes(), &field(3, b"brain.Event:2")].concat())
}

/// An event with a summary of some values.
pub fn event(step: i64, seconds: f64, values: &[Vec<u8>]) -> Vec<u8> {
    let summary: Vec<u8> = values.iter().flat_map(|value| field(1, value)).collect();
    let head = [&b"\x09"[..], &seconds.to_le_bytes(), b"\x10", &varint(step as u64)].concat();
    record(&[head, field(5, &summary)].concat())
}

/// A value that is a number of the old kind.
pub fn number(tag: &str, value: f32) -> Vec<u8> {
    [field(1, tag.as_bytes()), vec![0x15], value.to_le_bytes().to_vec()].concat()
}

/// A point: its step, at one second a step.
pub fn point(tag: &str, step: i64) -> Vec<u8> {
    event(step, BEGUN + step as f64, &[number(tag, step as f32 / 2.0)])
}

/// Some points in a row.
pub fn points(tag: &str, steps: impl IntoIterator<Item = i64>) -> Vec<u8> {
    steps.into_iter().flat_map(|step| point(tag, step)).collect()
}

/// Writes bytes behind what a file holds; the file and its folder are made where they are not there.
pub fn append(file: &Path, bytes: &[u8]) {
    std::fs::create_dir_all(file.parent().unwrap()).unwrap();
    OpenOptions::new().create(true).append(true).open(file).unwrap().write_all(bytes).unwrap();
}
