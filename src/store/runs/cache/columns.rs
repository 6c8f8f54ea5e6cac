//! Points as bytes: blocks of columns, each column in the shortest of three forms, with a checksum at the end.
//!
//! A block is, in little endian: the number of points (`u32`), the steps, the times, the values (`f64` each), and the CRC-32C
//! of all that and of the number under which it is kept. A column of whole numbers begins with its form: `0`, first and stride (16 bytes in all); `1`, least, unit
//! and a `u32` for each point, how many units it lies above the least; `2`, an `i64` for each point. So a point takes 8
//! to 24 bytes, and mostly 12.

use crate::runs::Series;

/// How many points a block holds, but for the last one of a series.
pub(super) const POINTS: usize = 4_096;

/// The bytes of points `from..to` of a series, to be kept under a number.
pub(super) fn encode(series: &Series, from: usize, to: usize, id: i64) -> Vec<u8> {
    let mut bytes = Vec::with_capacity((to - from) * 12 + 64);
    bytes.extend(((to - from) as u32).to_le_bytes());
    encode_whole(&series.steps[from..to], &mut bytes);
    encode_whole(&series.times[from..to], &mut bytes);
    for value in &series.values[from..to] {
        bytes.extend(value.to_bits().to_le_bytes());
    }
    let sum = sum(&bytes, id);
    bytes.extend(sum.to_le_bytes());
    bytes
}

fn sum(bytes: &[u8], id: i64) -> u32 {
    crc32c::crc32c_append(crc32c::crc32c(bytes), &id.to_le_bytes())
}

fn encode_whole(numbers: &[i64], bytes: &mut Vec<u8>) {
    let first = numbers.first().copied().unwrap_or_default();
    let second = numbers.get(1).copied().unwrap_or(first);
    if let Some(stride) = second.checked_sub(first)
        && numbers.windows(2).all(|pair| pair[1].checked_sub(pair[0]) == Some(stride))
    {
        bytes.push(0);
        bytes.extend(first.to_le_bytes());
        bytes.extend(stride.to_le_bytes());
        return;
    }
    let least = numbers.iter().copied().min().unwrap_or_default();
    // Trackers count milliseconds, and microseconds of them fit into 32 bits only when they are divided again.
    let unit = numbers.iter().fold(0, |unit, number| greatest_divisor(number.abs_diff(least), unit)).max(1);
    let offset = |number: &i64| u32::try_from(number.abs_diff(least) / unit).ok();
    if numbers.iter().all(|number| offset(number).is_some()) {
        bytes.push(1);
        bytes.extend(least.to_le_bytes());
        bytes.extend(unit.to_le_bytes());
        bytes.extend(numbers.iter().filter_map(offset).flat_map(u32::to_le_bytes));
        return;
    }
    bytes.push(2);
    bytes.extend(numbers.iter().flat_map(|number| number.to_le_bytes()));
}

fn greatest_divisor(mut a: u64, mut b: u64) -> u64 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

/// Adds the points of a block to a series; nothing where the bytes are not what [`encode`] made for this number.
pub(super) fn decode(bytes: &[u8], id: i64, series: &mut Series) -> Option<()> {
    let (content, expected) = bytes.split_last_chunk::<4>()?;
    if sum(content, id) != u32::from_le_bytes(*expected) {
        return None;
    }
    let (count, rest) = content.split_first_chunk::<4>()?;
    let count = u32::from_le_bytes(*count) as usize;
    let mut block = Series::default();
    let rest = decode_whole(rest, count, &mut block.steps)?;
    let rest = decode_whole(rest, count, &mut block.times)?;
    let (values, rest) = rest.as_chunks::<8>();
    if values.len() != count || !rest.is_empty() {
        return None;
    }
    series.steps.append(&mut block.steps);
    series.times.append(&mut block.times);
    series.values.extend(values.iter().map(|bytes| f64::from_bits(u64::from_le_bytes(*bytes))));
    Some(())
}

fn decode_whole<'a>(bytes: &'a [u8], count: usize, numbers: &mut Vec<i64>) -> Option<&'a [u8]> {
    let (form, rest) = bytes.split_first()?;
    if *form == 2 {
        let (own, rest) = rest.split_at_checked(count.checked_mul(8)?)?;
        numbers.extend(own.as_chunks::<8>().0.iter().map(|bytes| i64::from_le_bytes(*bytes)));
        return Some(rest);
    }
    let (least, rest) = rest.split_first_chunk::<8>()?;
    let (unit, rest) = rest.split_first_chunk::<8>()?;
    let least = i64::from_le_bytes(*least);
    match form {
        0 if count <= POINTS => {
            let stride = i64::from_le_bytes(*unit);
            numbers.extend((0..count as i64).map(|at| least.wrapping_add(stride.wrapping_mul(at))));
            Some(rest)
        }
        1 => {
            let unit = u64::from_le_bytes(*unit);
            let (own, rest) = rest.split_at_checked(count.checked_mul(4)?)?;
            let offsets = own.as_chunks::<4>().0.iter().map(|bytes| u64::from(u32::from_le_bytes(*bytes)));
            numbers.extend(offsets.map(|offset| least.wrapping_add_unsigned(unit.wrapping_mul(offset))));
            Some(rest)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::runs::Point;

    fn series(points: &[(i64, i64, f64)]) -> Series {
        let point = |&(step, time, value): &_| Point { step, time, value };
        Series::from_points(points.iter().map(point).collect())
    }

    fn bits(series: &Series) -> Vec<(i64, i64, u64)> {
        series.points().map(|point| (point.step, point.time, point.value.to_bits())).collect()
    }

    proptest! {
        #[test]
        fn every_point_comes_back(
            points in prop::collection::vec((any::<i64>(), any::<i64>(), any::<u64>()), 0..300),
            few in prop::collection::vec((-5..900_i64, 0..4_i64, any::<f64>()), 0..300),
        ) {
            let odd: Vec<_> = points.into_iter().map(|(step, time, bits)| (step, time, f64::from_bits(bits))).collect();
            for points in [odd, few] {
                let whole = series(&points);
                let mut back = Series::default();
                decode(&encode(&whole, 0, whole.len(), 7), 7, &mut back).unwrap();
                prop_assert_eq!(bits(&back), bits(&whole));
            }
        }

        #[test]
        fn what_was_changed_is_refused(at in 0..200_usize, bit in 0..8_u32, length in 0..200_usize) {
            let points: Vec<_> = (0..9).map(|at| (at * at, at, at as f64)).collect();
            let whole = series(&points);
            let bytes = encode(&whole, 0, whole.len(), 7);
            prop_assert!(decode(&bytes, 8, &mut Series::default()).is_none());
            let mut changed = bytes.clone();
            let at = at % bytes.len();
            changed[at] ^= 1 << bit;
            prop_assert!(decode(&changed, 7, &mut Series::default()).is_none());
            let length = length % bytes.len();
            prop_assert!(decode(&bytes[..length], 7, &mut Series::default()).is_none());
        }
    }

    /// What trackers write takes 12 bytes a point, and nothing more than the 24 that it has, but for 39 of the block.
    #[test]
    fn points_take_few_bytes() {
        let size = |points: Vec<(i64, i64, f64)>| {
            let whole = series(&points);
            encode(&whole, 0, whole.len(), 7).len()
        };
        let time = |at: i64| 1_700_000_000_000_000 + at * 10_000 + at % 7 * 1_000;
        assert_eq!(size((0..4_096).map(|at| (at, time(at), 0.5)).collect()), 4 + 17 + 17 + 4_096 * 12 + 4);
        let wild = |at: i64| at.wrapping_mul(0x9E37_79B9_7F4A_7C15_u64 as i64);
        assert_eq!(
            size((0..4_096).map(|at| (wild(at), wild(at + 9), 0.5)).collect()),
            4 + 2 + 4_096 * 24 + 4
        );
    }
}
