//! Why a text is no filter.

use std::fmt;
use std::ops::Range;

/// What is wrong with a filter, where, and what to write instead.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct FilterError {
    /// The place in the text, in bytes, on borders of letters; empty at the end where something is missing.
    pub at: Range<usize>,
    /// What is wrong, a sentence without its full stop.
    pub message: String,
    /// What to write instead; may be empty.
    pub hint: String,
}

impl FilterError {
    pub(super) fn new(at: Range<usize>, message: impl Into<String>) -> Self {
        Self { at, message: message.into(), hint: String::new() }
    }

    pub(super) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }

    /// The letter of the text at which it begins, counted from 1.
    pub fn character(&self, text: &str) -> usize {
        text.char_indices().take_while(|(at, _)| *at < self.at.start).count() + 1
    }
}

impl fmt::Display for FilterError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        if self.hint.is_empty() { Ok(()) } else { write!(f, "; {}", self.hint) }
    }
}
