//! What tensors hold: one number, texts or blobs, the bins of a histogram.

use prost::Message as _;

use super::messages::{Histogram, Tensor};
use super::wire::{Fields, Held};
use crate::runs::Bin;

/// Types of elements, by TensorFlow's numbers.
mod dtype {
    pub const FLOAT: i32 = 1;
    pub const DOUBLE: i32 = 2;
    pub const INT32: i32 = 3;
    pub const UINT8: i32 = 4;
    pub const INT16: i32 = 5;
    pub const INT8: i32 = 6;
    pub const INT64: i32 = 9;
    pub const BOOL: i32 = 10;
    pub const BFLOAT16: i32 = 14;
    pub const UINT16: i32 = 17;
    pub const HALF: i32 = 19;
    pub const UINT32: i32 = 22;
    pub const UINT64: i32 = 23;
}

/// The number of a tensor that holds just one, whatever its rank.
pub(super) fn number(message: &[u8]) -> Option<f64> {
    let tensor = Tensor::decode(message).ok()?;
    let dims = tensor.shape.as_ref().map(|shape| shape.dims.as_slice()).unwrap_or_default();
    if dims.iter().any(|dim| dim.size != 1) {
        return None;
    }
    numbers(&tensor)?.first().copied()
}

/// All numbers of a tensor, in order; none where its elements are no real numbers.
fn numbers(tensor: &Tensor) -> Option<Vec<f64>> {
    if !tensor.content.is_empty() {
        return unpacked(tensor.dtype, &tensor.content);
    }
    let bits = tensor.halves.iter().map(|bits| *bits as u16);
    Some(match tensor.dtype {
        dtype::FLOAT => tensor.floats.iter().map(|value| f64::from(*value)).collect(),
        dtype::DOUBLE => tensor.doubles.clone(),
        dtype::INT32 | dtype::UINT8 | dtype::INT16 | dtype::INT8 | dtype::UINT16 => {
            tensor.ints.iter().map(|value| f64::from(*value)).collect()
        }
        dtype::INT64 => tensor.longs.iter().map(|value| *value as f64).collect(),
        dtype::BOOL => tensor.flags.iter().map(|flag| f64::from(u8::from(*flag))).collect(),
        dtype::BFLOAT16 => bits.map(bfloat16).collect(),
        dtype::HALF => bits.map(half).collect(),
        dtype::UINT32 => tensor.unsigned.iter().map(|value| f64::from(*value)).collect(),
        dtype::UINT64 => tensor.unsigned_longs.iter().map(|value| *value as f64).collect(),
        _ => return None,
    })
}

/// The elements that lie byte behind byte, little-endian.
fn unpacked(dtype: i32, bytes: &[u8]) -> Option<Vec<f64>> {
    Some(match dtype {
        dtype::FLOAT => each(bytes, |bytes| f64::from(f32::from_le_bytes(bytes))),
        dtype::DOUBLE => each(bytes, f64::from_le_bytes),
        dtype::INT32 => each(bytes, |bytes| f64::from(i32::from_le_bytes(bytes))),
        dtype::UINT8 | dtype::BOOL => each(bytes, |[byte]| f64::from(byte)),
        dtype::INT16 => each(bytes, |bytes| f64::from(i16::from_le_bytes(bytes))),
        dtype::INT8 => each(bytes, |bytes| f64::from(i8::from_le_bytes(bytes))),
        dtype::INT64 => each(bytes, |bytes| i64::from_le_bytes(bytes) as f64),
        dtype::BFLOAT16 => each(bytes, |bytes| bfloat16(u16::from_le_bytes(bytes))),
        dtype::UINT16 => each(bytes, |bytes| f64::from(u16::from_le_bytes(bytes))),
        dtype::HALF => each(bytes, |bytes| half(u16::from_le_bytes(bytes))),
        dtype::UINT32 => each(bytes, |bytes| f64::from(u32::from_le_bytes(bytes))),
        dtype::UINT64 => each(bytes, |bytes| u64::from_le_bytes(bytes) as f64),
        _ => return None,
    })
}

fn each<const N: usize>(bytes: &[u8], number: impl Fn([u8; N]) -> f64) -> Vec<f64> {
    let (elements, _) = bytes.as_chunks::<N>();
    elements.iter().map(|element| number(*element)).collect()
}

/// The upper half of a float.
fn bfloat16(bits: u16) -> f64 {
    f64::from(f32::from_bits(u32::from(bits) << 16))
}

/// IEEE 754's binary16: a sign, five bits of exponent, ten of fraction.
fn half(bits: u16) -> f64 {
    let sign = if bits >> 15 == 1 { -1.0 } else { 1.0 };
    let (exponent, fraction) = (i32::from(bits >> 10 & 0x1f), f64::from(bits & 0x3ff) / 1024.0);
    sign * match exponent {
        0 => fraction * 2_f64.powi(-14),
        0x1f if fraction == 0.0 => f64::INFINITY,
        0x1f => f64::NAN,
        _ => (1.0 + fraction) * 2_f64.powi(exponent - 15),
    }
}

/// The texts or blobs of a tensor, borrowed; what is malformed ends them.
pub(super) fn blobs(message: &[u8]) -> impl Iterator<Item = &[u8]> {
    Fields::of(message).filter_map(|field| match field {
        Ok((8, Held::Bytes(blob))) => Some(blob),
        _ => None,
    })
}

/// How many elements the last dimensions hold, behind the first: a row's length.
pub(super) fn row(message: &[u8]) -> usize {
    let mut sizes = Fields::of(message)
        .filter_map(|field| match field {
            Ok((2, Held::Bytes(shape))) => Some(Fields::of(shape)),
            _ => None,
        })
        .flatten()
        .filter_map(|field| match field {
            Ok((2, Held::Bytes(dim))) => Some(Fields::of(dim)),
            _ => None,
        })
        .map(|mut dim| match dim.next() {
            Some(Ok((1, Held::Varint(size)))) => usize::try_from(size).unwrap_or(usize::MAX),
            _ => 0,
        });
    sizes.next();
    sizes.fold(1, usize::saturating_mul).max(1)
}

/// The bins of a histogram that a tensor holds: rows of lower limit, upper limit and count.
pub(super) fn bins(message: &[u8]) -> Option<Vec<Bin>> {
    let numbers = numbers(&Tensor::decode(message).ok()?)?;
    let (rows, rest) = numbers.as_chunks::<3>();
    rest.is_empty()
        .then(|| rows.iter().map(|[from, to, count]| Bin { from: *from, to: *to, count: *count }).collect())
}

/// The bins of a histogram of its own: buckets that hold nothing at either end are left out, and the ends are the least and
/// the greatest value, since the outermost limits may be the largest numbers there are. TensorBoard shows the same.
pub(super) fn bins_of_histogram(message: &[u8]) -> Option<Vec<Bin>> {
    let histogram = Histogram::decode(message).ok()?;
    let counts = &histogram.counts;
    let is_full = |count: &f64| *count > 0.0;
    let (Some(first), Some(last)) = (counts.iter().position(is_full), counts.iter().rposition(is_full))
    else {
        return Some(Vec::new());
    };
    let inner = histogram.limits.get(first..last)?;
    let from = std::iter::once(histogram.min).chain(inner.iter().copied());
    let to = inner.iter().copied().chain([histogram.max]);
    let counts = counts[first..=last].iter();
    Some(from.zip(to).zip(counts).map(|((from, to), count)| Bin { from, to, count: *count }).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Halves as numpy shows them: `numpy.array([bits], 'uint16').view('float16')`.
    #[test]
    fn halves_are_what_numpy_says() {
        let known = [
            (0x3c00, 1.0),
            (0xc000, -2.0),
            (0x7bff, 65504.0),
            (0x0001, 5.960464477539063e-8),
            (0x03ff, 6.097555160522461e-5),
            (0x2e66, 0.0999755859375),
            (0xfc00, f64::NEG_INFINITY),
        ];
        for (bits, value) in known {
            assert_eq!(half(bits), value, "{bits:#x}");
        }
        assert!(half(0x7e00).is_nan());
        assert!(half(0x8000).is_sign_negative());
        assert_eq!(bfloat16(0x3f80), 1.0);
    }
}
