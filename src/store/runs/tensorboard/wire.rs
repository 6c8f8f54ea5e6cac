//! The fields of a protobuf message, borrowed from its bytes: of a million events nothing is copied but numbers.

/// What a field holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Held<'a> {
    /// An integer, a flag or a word of an enumeration.
    Varint(u64),
    /// Eight bytes.
    Fixed64(u64),
    /// Four bytes.
    Fixed32(u32),
    /// A text, bytes, a message or packed numbers.
    Bytes(&'a [u8]),
}

impl<'a> Held<'a> {
    /// Bytes, or none at all.
    pub fn bytes(self) -> &'a [u8] {
        if let Self::Bytes(bytes) = self { bytes } else { &[] }
    }
}

/// The bytes are no message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Malformed;

/// The fields of a message, in their order, with their numbers.
#[derive(Clone, Debug)]
pub(super) struct Fields<'a> {
    rest: &'a [u8],
}

impl<'a> Fields<'a> {
    pub fn of(message: &'a [u8]) -> Self {
        Self { rest: message }
    }

    fn field(&mut self) -> Option<(u64, Held<'a>)> {
        let key = self.varint()?;
        let held = match key & 7 {
            0 => Held::Varint(self.varint()?),
            1 => {
                let (bytes, rest) = self.rest.split_first_chunk()?;
                self.rest = rest;
                Held::Fixed64(u64::from_le_bytes(*bytes))
            }
            2 => {
                let length = usize::try_from(self.varint()?).ok()?;
                let (bytes, rest) = self.rest.split_at_checked(length)?;
                self.rest = rest;
                Held::Bytes(bytes)
            }
            5 => {
                let (bytes, rest) = self.rest.split_first_chunk()?;
                self.rest = rest;
                Held::Fixed32(u32::from_le_bytes(*bytes))
            }
            // Groups, which none of these messages has.
            _ => return None,
        };
        Some((key >> 3, held))
    }

    fn varint(&mut self) -> Option<u64> {
        let mut number = 0;
        for (at, byte) in self.rest.iter().take(10).enumerate() {
            number |= u64::from(byte & 0x7f) << (7 * at);
            if byte & 0x80 == 0 {
                self.rest = &self.rest[at + 1..];
                return Some(number);
            }
        }
        None
    }
}

impl<'a> Iterator for Fields<'a> {
    type Item = Result<(u64, Held<'a>), Malformed>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.rest.is_empty() {
            return None;
        }
        let field = self.field();
        if field.is_none() {
            self.rest = &[];
        }
        Some(field.ok_or(Malformed))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The bytes of the examples in "Protocol Buffers: Encoding".
    #[test]
    fn fields_are_read_as_the_encoding_says() {
        let all = |bytes: &'static [u8]| Fields::of(bytes).collect::<Vec<_>>();
        assert_eq!(all(&[0x08, 0x96, 0x01]), [Ok((1, Held::Varint(150)))]);
        assert_eq!(all(b"\x12\x07testing"), [Ok((2, Held::Bytes(b"testing")))]);
        let minus_two = [0x08, 0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01];
        assert_eq!(Fields::of(&minus_two).collect::<Vec<_>>(), [Ok((1, Held::Varint(-2_i64 as u64)))]);
        assert_eq!(all(b"\x15\0\0\x80\x3f"), [Ok((2, Held::Fixed32(1_f32.to_bits())))]);
        assert_eq!(all(b"\x09\0\0\0\0\0\0\xf0\x3f"), [Ok((1, Held::Fixed64(1_f64.to_bits())))]);
    }

    #[test]
    fn what_ends_early_is_told_once() {
        for bytes in [&b"\x08"[..], b"\x12\x08testing", b"\x15\0\0\x80", b"\x0b", &[0x80; 12]] {
            assert_eq!(Fields::of(bytes).collect::<Vec<_>>(), [Err(Malformed)], "{bytes:?}");
        }
    }
}
