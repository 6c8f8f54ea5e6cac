//! Records against bytes that TensorFlow's writer made, and against everything that is none.

use std::io::Cursor;

use proptest::prelude::*;

use super::*;

/// The first record of a file of tensorboardX 2.6.5.
const FIRST: &[u8] =
    b"\x18\0\0\0\0\0\0\0\xa3\x7f\x4b\x22\x09\xe2\x6d\xd2\xf4\xeb\xc0\xda\x41\x1a\x0dbrain.Event:2\
    \xdb\xe6\x8f\x0e";

fn record(data: &[u8]) -> Vec<u8> {
    let length = (data.len() as u64).to_le_bytes();
    let parts = [&length[..], &checksum(&length).to_le_bytes(), data, &checksum(data).to_le_bytes()];
    parts.concat()
}

/// What a walk over bytes tells, in words, and where it ends.
fn walk(bytes: &[u8], chunk: usize) -> Vec<String> {
    let mut records = Records::from(Cursor::new(bytes), 0, bytes.len() as u64, chunk).unwrap();
    let mut told = Vec::new();
    loop {
        let next = format!("{:?}", records.next().unwrap());
        let is_last = next.starts_with("End") || next.starts_with("Lost");
        told.push(format!("{next} {} {}", records.at(), records.mark()));
        if is_last {
            return told;
        }
    }
}

#[test]
fn a_record_of_the_real_writer_is_one_and_what_is_written_here_is_the_same() {
    let mut records = Records::from(Cursor::new(FIRST), 0, FIRST.len() as u64, CHUNK).unwrap();
    assert_eq!(records.next().unwrap(), Next::Record { at: 0, data: &FIRST[12..36] });
    assert_eq!(records.mark(), u32::from_le_bytes([0xdb, 0xe6, 0x8f, 0x0e]));
    assert_eq!(records.next().unwrap(), Next::End { left: 0 });
    assert_eq!(records.next().unwrap(), Next::End { left: 0 });
    assert_eq!(record(&FIRST[12..36]), FIRST);
}

#[test]
fn damaged_data_cost_one_record_and_a_damaged_length_the_rest() {
    let mut bytes = [record(b"first"), record(b"second"), record(b"third")].concat();
    bytes[21 + 13] ^= 1;
    let told = walk(&bytes, 7);
    assert_eq!(told.len(), 4, "{told:?}");
    assert!(told[1].starts_with("Damaged { at: 21 }"), "{told:?}");
    assert!(told[2].starts_with("Record { at: 43, "), "{told:?}");
    bytes[21 + 2] ^= 1;
    let told = walk(&bytes, 7);
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[1].starts_with("Lost { at: 21 }"), "{told:?}");
}

/// A file need not hold what a record says of its length.
#[test]
fn any_length_at_all_is_waited_for_or_passed_over() {
    for length in [u64::MAX, u64::MAX - 15, 1 << 40] {
        let length = length.to_le_bytes();
        let bytes = [record(b"first"), [&length[..], &checksum(&length).to_le_bytes()].concat()].concat();
        let told = walk(&bytes, CHUNK);
        assert_eq!(told.len(), 2);
        assert!(told[1].starts_with("End { left: 12 } 21 "), "{told:?}");
    }
}

#[test]
fn a_record_too_long_to_be_read_is_passed_over() {
    let long = vec![7; LONGEST as usize + 1];
    let bytes = [record(b"first"), record(&long), record(b"third")].concat();
    let told = walk(&bytes, CHUNK);
    assert!(told[1].starts_with("TooLong { at: 21 } "), "{}", told[1]);
    let mark = checksum(&long);
    assert!(told[1].ends_with(&format!(" {mark}")), "{}", told[1]);
    assert!(told[2].starts_with("Record"), "{}", told[2]);
    assert_eq!(told.len(), 4);
}

proptest! {
    #[test]
    fn chunks_of_any_size_give_the_same(
        lengths in prop::collection::vec(0_usize..80, 0..12),
        damaged in prop::option::of(0_usize..400),
        cut in 0_usize..30,
        chunk in 1_usize..100,
    ) {
        let mut bytes: Vec<u8> = lengths.iter().flat_map(|length| record(&vec![*length as u8; *length])).collect();
        if let Some(byte) = damaged.and_then(|at| bytes.get_mut(at)) {
            *byte ^= 0x10;
        }
        bytes.truncate(bytes.len().saturating_sub(cut));
        prop_assert_eq!(walk(&bytes, chunk), walk(&bytes, CHUNK));
    }

    #[test]
    fn a_walk_from_where_another_ended_goes_on(
        lengths in prop::collection::vec(0_usize..40, 1..10),
        cut in 0.0..1.0_f64,
    ) {
        let bytes: Vec<u8> = lengths.iter().flat_map(|length| record(&vec![*length as u8; *length])).collect();
        let end = (bytes.len() as f64 * cut) as u64;
        let mut told = Vec::new();
        let mut at = 0;
        for end in [end, bytes.len() as u64] {
            let mut records = Records::from(Cursor::new(&bytes), at, end, 16).unwrap();
            while let Next::Record { at, data } = records.next().unwrap() {
                told.push((at, data.to_vec()));
            }
            at = records.at();
        }
        prop_assert_eq!(at, bytes.len() as u64);
        prop_assert_eq!(told.len(), lengths.len());
        prop_assert!(told.iter().zip(&lengths).all(|((_, data), length)| data.len() == *length));
    }

    #[test]
    fn random_bytes_come_to_an_end(bytes in prop::collection::vec(any::<u8>(), 0..200), chunk in 1_usize..50) {
        walk(&bytes, chunk);
    }
}
