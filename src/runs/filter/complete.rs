//! What may stand at the caret of a filter: names and values of the very runs.

use std::ops::Range;

use super::RunSet;

/// What a suggestion is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SuggestionKind {
    /// What is compared.
    Name,
    /// How.
    Operator,
    /// With what.
    Value,
    /// `AND` and the like.
    Word,
}

/// What may stand at the caret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// The text to put there.
    pub text: String,
    /// The bytes that it replaces.
    pub replace: Range<usize>,
    /// What it is.
    pub kind: SuggestionKind,
    /// How many runs have it, or what it does.
    pub detail: String,
}

/// What may stand at a caret, a byte of the text, the best first; at most twelve.
pub fn complete(text: &str, caret: usize, set: &RunSet) -> Vec<Suggestion> {
    let (_, _, _) = (text, caret, set);
    Vec::new()
}
