//! What foundations ask of a project that wants to enter: rules with their sources, read from `foundations.toml`.

use super::entry::{Evidence, ToolId};
use super::words::{Maturity, ToldBy, Verdict};

/// A foundation that projects can enter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Host {
    /// The name that tools' files use.
    pub org: String,
    /// The level at which a project enters.
    pub level: Maturity,
    /// Who decides, in a sentence.
    pub decides: String,
    /// What it asks for, what entries can tell first.
    pub criteria: Vec<Criterion>,
}

/// Something that a foundation asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Criterion {
    /// Stable within its foundation.
    pub id: String,
    /// What is asked for, in our words.
    pub text: String,
    /// What in an entry can tell whether it is met.
    pub told_by: ToldBy,
    /// SPDX ids that fit; only for [`ToldBy::Licenses`].
    pub licenses: Vec<String>,
    /// Whether `licenses` are examples, so that another one may fit too.
    pub examples: bool,
    /// Claims of the catalog that settle it for single tools.
    pub readings: Vec<Reading>,
    /// Where the foundation says so.
    pub source: Evidence,
}

/// A reviewed claim that settles a criterion for its tool.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The tool.
    pub tool: ToolId,
    /// The id of the claim within the tool.
    pub claim: String,
    /// What it says of the criterion.
    pub verdict: Verdict,
    /// The line in `foundations.toml`, from 1.
    pub line: usize,
}
