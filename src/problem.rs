//! A defect met while reading foreign or hand-written input: shown to a person, never fatal.

use serde::{Deserialize, Serialize};

/// How much a [`Problem`] matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing, nothing is wrong.
    Info,
    /// Probably wrong, everything still works.
    Warning,
    /// Wrong: some of the input could not be used.
    Error,
}

/// One sentence a person can act on, with the place it is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// How much it matters.
    pub severity: Severity,
    /// The sentence.
    pub message: String,
    /// The file and the place in it, as far as known: `tools/feast.toml:12`.
    pub at: String,
}

impl Problem {
    /// A problem that made part of the input unusable.
    pub fn error(message: impl Into<String>, at: impl Into<String>) -> Self {
        Self { severity: Severity::Error, message: message.into(), at: at.into() }
    }

    /// A problem that left all of the input usable.
    pub fn warning(message: impl Into<String>, at: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, message: message.into(), at: at.into() }
    }
}
