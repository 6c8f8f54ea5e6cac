//! Events and the values of their summaries, as far as they are read.

use super::wire::{Fields, Held, Malformed};

/// An event: when, at which step, and the message itself for its values.
#[derive(Clone, Copy, Debug)]
pub(super) struct Event<'a> {
    /// Microseconds since 1970, and whether a date can show them.
    pub time: (i64, bool),
    pub step: i64,
    message: &'a [u8],
}

/// A plugin's name, and what it keeps beside a tag.
type Plugin<'a> = (&'a [u8], &'a [u8]);

/// A value of a summary.
#[derive(Clone, Copy, Debug)]
pub(super) struct Value<'a> {
    pub tag: &'a [u8],
    /// The plugin whose value it is; writers name it with a tag's first value only.
    pub plugin: Option<Plugin<'a>>,
    pub what: What<'a>,
}

/// What a value is; messages as their bytes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum What<'a> {
    Nothing,
    Number(f32),
    Image(&'a [u8]),
    Histogram(&'a [u8]),
    Audio(&'a [u8]),
    Tensor(&'a [u8]),
}

impl<'a> Event<'a> {
    pub fn of(message: &'a [u8]) -> Result<Self, Malformed> {
        let (mut seconds, mut step) = (0.0, 0);
        for field in Fields::of(message) {
            match field? {
                (1, Held::Fixed64(bits)) => seconds = f64::from_bits(bits),
                (2, Held::Varint(number)) => step = number as i64,
                _ => {}
            }
        }
        Ok(Self { time: micros(seconds), step, message })
    }

    /// The values of its summary. What is malformed ends them.
    pub fn values(&self) -> impl Iterator<Item = Result<Value<'a>, Malformed>> + use<'a> {
        let summaries = Fields::of(self.message).filter_map(|field| match field {
            Ok((5, Held::Bytes(summary))) => Some(summary),
            _ => None,
        });
        summaries.flat_map(Fields::of).filter_map(|field| match field {
            Ok((1, Held::Bytes(value))) => Some(Value::of(value)),
            Ok(_) => None,
            Err(malformed) => Some(Err(malformed)),
        })
    }
}

/// Seconds as microseconds, and whether a date can show them.
pub(super) fn micros(seconds: f64) -> (i64, bool) {
    // Beyond what can be held it is the least or the greatest number; what is no number is no time either.
    let micros = if seconds.is_nan() { i64::MIN } else { (seconds * 1e6).round() as i64 };
    (micros, jiff::Timestamp::from_microsecond(micros).is_ok())
}

impl<'a> Value<'a> {
    fn of(message: &'a [u8]) -> Result<Self, Malformed> {
        let mut value = Self { tag: &[], plugin: None, what: What::Nothing };
        let mut node = &[][..];
        for field in Fields::of(message) {
            match field? {
                (1, held) => value.tag = held.bytes(),
                (2, Held::Fixed32(bits)) => value.what = What::Number(f32::from_bits(bits)),
                (4, held) => value.what = What::Image(held.bytes()),
                (5, held) => value.what = What::Histogram(held.bytes()),
                (6, held) => value.what = What::Audio(held.bytes()),
                (7, held) => node = held.bytes(),
                (8, held) => value.what = What::Tensor(held.bytes()),
                (9, held) => value.plugin = plugin(held.bytes())?,
                _ => {}
            }
        }
        // Long ago tensors had no tag but the name of their node.
        if value.tag.is_empty() && matches!(value.what, What::Tensor(_)) {
            value.tag = node;
        }
        Ok(value)
    }
}

/// The plugin of some metadata; none where it is not named.
fn plugin(metadata: &[u8]) -> Result<Option<Plugin<'_>>, Malformed> {
    let (mut name, mut content) = (&[][..], &[][..]);
    for field in Fields::of(metadata) {
        if let (1, held) = field? {
            for field in Fields::of(held.bytes()) {
                match field? {
                    (1, held) => name = held.bytes(),
                    (2, held) => content = held.bytes(),
                    _ => {}
                }
            }
        }
    }
    Ok((!name.is_empty()).then_some((name, content)))
}
