//! What one run has in a row, and whether all runs have the same.

use std::borrow::Cow;
use std::sync::Arc;

use crate::rows::number;
use crate::runs::csv;
use crate::runs::spelling::canonical;
use crate::runs::words::words;

/// What one run has.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Nothing.
    Missing,
    /// A text, which may be empty.
    Text(Arc<str>),
    /// A number; may be NaN or infinite.
    Number(f64),
    /// A moment in microseconds since 1970.
    Moment(i64),
    /// A time that something took, in microseconds.
    Span(i64),
}

impl Cell {
    pub(super) fn of_text(text: Option<&Arc<str>>) -> Self {
        text.map_or(Self::Missing, |text| Self::Text(Arc::clone(text)))
    }

    /// Whether the run has nothing here.
    pub fn is_missing(&self) -> bool {
        matches!(self, Self::Missing)
    }

    /// What it says in every digit, times as RFC 3339 in UTC, a duration in seconds. What is missing is an empty text,
    /// and a text that is empty is `(empty)`.
    pub fn text(&self) -> Cow<'_, str> {
        match self {
            Self::Missing => "".into(),
            Self::Text(text) if text.is_empty() => "(empty)".into(),
            Self::Text(text) => (&**text).into(),
            Self::Number(value) => number(*value).into(),
            Self::Moment(time) => csv::time(Some(*time)).into(),
            Self::Span(span) => csv::seconds(*span).into(),
        }
    }

    /// NaN is NaN, and zero has no sign.
    fn is(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Number(a), Self::Number(b)) => a == b || (a.is_nan() && b.is_nan()),
            _ => self == other,
        }
    }

    fn is_spelled_as(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Text(a), Self::Text(b)) => canonical(a) == canonical(b),
            _ => self.is(other),
        }
    }
}

/// Whether runs have the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sameness {
    /// All have the same.
    Same,
    /// All have the same number in different spellings: `0.1` and `0.10`.
    Respelled,
    /// Some have something else, or nothing.
    Differs,
}

impl Sameness {
    /// Of these cells; where spelling counts `1.10` is another text than `1.1`.
    pub(super) fn of(cells: &[Cell], counts_spelling: bool) -> Self {
        let Some((first, rest)) = cells.split_first() else { return Self::Same };
        match () {
            () if rest.iter().all(|cell| cell.is(first)) => Self::Same,
            () if !counts_spelling && rest.iter().all(|cell| cell.is_spelled_as(first)) => Self::Respelled,
            () => Self::Differs,
        }
    }
}

/// Whether what stands under a key is a name, though it may look like a number: version 1.10 is not version 1.1.
pub(super) fn is_name(key: &str) -> bool {
    const NAMES: &[&str] = &[
        "version", "ver", "release", "revision", "commit", "hash", "sha", "digest", "id", "uuid", "tag",
        "name",
    ];
    words(key).iter().any(|word| NAMES.contains(&word.as_str()))
}
