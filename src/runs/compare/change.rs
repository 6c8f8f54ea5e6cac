//! How the value of a metric changed from one run to another, and whether that is good.

use crate::runs::direction::Direction;

/// What a change means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// It is better.
    Better,
    /// It is worse.
    Worse,
    /// Nothing changed.
    Same,
    /// One of both is no number, or nobody knows whether more is better.
    Unknown,
}

impl Turn {
    /// Its word in a file.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Better => "better",
            Self::Worse => "worse",
            Self::Same => "same",
            Self::Unknown => "unknown",
        }
    }
}

/// A change from one value to another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Change {
    /// The difference; none where it is no finite number.
    pub absolute: Option<f64>,
    /// The difference in percent of the size of the earlier value; none where that is zero or not finite, or the answer is.
    pub percent: Option<f64>,
    /// What it means.
    pub turn: Turn,
}

impl Change {
    /// From one value to another; both may be NaN or infinite.
    pub fn of(from: f64, to: f64, direction: Direction) -> Self {
        let finite = |value: f64| Some(value).filter(|value| value.is_finite());
        let absolute = finite(to - from);
        // Equal infinities have no difference, yet nothing changed.
        let turn = match (to.partial_cmp(&from), direction) {
            (Some(std::cmp::Ordering::Equal), _) => Turn::Same,
            (None, _) | (_, Direction::Unknown) => Turn::Unknown,
            (Some(std::cmp::Ordering::Greater), Direction::Higher)
            | (Some(std::cmp::Ordering::Less), Direction::Lower) => Turn::Better,
            _ => Turn::Worse,
        };
        let percent = absolute.and_then(|change| finite(change / from.abs() * 100.0));
        Self { absolute, percent, turn }
    }
}
