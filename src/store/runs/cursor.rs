//! How far a series or a store was read, and what came since.

use std::sync::Arc;

use crate::runs::Series;

/// How far a series was read: words that only the reader which made them understands. They mean the same in every
/// build. None at all stand for the beginning.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cursor(Vec<u64>);

impl Cursor {
    /// Of a reader's own words.
    pub fn new(words: impl Into<Vec<u64>>) -> Self {
        Self(words.into())
    }

    /// The reader's own words.
    pub fn words(&self) -> &[u64] {
        &self.0
    }
}

/// A series that is followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known<'a> {
    /// The run's id.
    pub run: &'a str,
    /// The metric's key.
    pub metric: &'a str,
    /// How far it was read.
    pub cursor: &'a Cursor,
}

/// What came to a series.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// Nothing.
    Nothing,
    /// More points, of whatever steps.
    Added(Series),
    /// Points were taken away or renumbered: the series as it is now.
    Whole(Series),
}

/// What came to a store since it was read: one slice of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tail {
    /// Whether what was read before does not stand any more: then this begins with the first points of all.
    pub is_anew: bool,
    /// New points of series, in whatever order; each series once. Of deleted runs too.
    pub came: Vec<Came>,
    /// How far the store is read now.
    pub end: Cursor,
    /// Whether there is more behind that already.
    pub has_more: bool,
}

/// What came to one series.
#[derive(Clone, Debug, PartialEq)]
pub struct Came {
    /// The run's id.
    pub run: Arc<str>,
    /// The metric's key.
    pub metric: Arc<str>,
    /// The points, and what of them was left out.
    pub points: Series,
}

/// FNV-1a with 64 bits, for cursors: the standard library's hashers do not promise the same in every version.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fingerprint(u64);

impl Fingerprint {
    /// Of nothing yet.
    pub fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    /// Takes bytes in; their number is a part of them.
    pub fn add(self, bytes: &[u8]) -> Self {
        const PRIME: u64 = 0x0100_0000_01b3;
        let length = (bytes.len() as u64).to_le_bytes();
        let all = length.iter().chain(bytes);
        Self(all.fold(self.0, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(PRIME)))
    }

    /// Goes on from a word.
    pub fn of(word: u64) -> Self {
        Self(word)
    }

    /// Takes bytes in that go on where those before ended: in whatever pieces they come, the word is the same.
    pub fn add_more(self, bytes: &[u8]) -> Self {
        const PRIME: u64 = 0x0100_0000_01b3;
        Self(bytes.iter().fold(self.0, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(PRIME)))
    }

    /// The word.
    pub fn word(self) -> u64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A cursor that was kept must fit the next version.
    #[test]
    fn fingerprints_are_the_same_in_every_build() {
        let of = |parts: &[&str]| {
            parts.iter().fold(Fingerprint::new(), |hash, part| hash.add(part.as_bytes())).word()
        };
        assert_eq!(of(&[]), 0xcbf2_9ce4_8422_2325);
        assert_eq!(of(&["loss", "r"]), 0xd82c_b897_be65_13df);
        assert_ne!(of(&["ab", "c"]), of(&["a", "bc"]));
    }
}
