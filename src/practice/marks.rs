//! The marks of honesty: how a source was read, where figures come from, what a line rests on.

use serde::Deserialize;

/// How the figures of a [`super::Statistic`] came here.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Provenance {
    /// The committee's deck states them; the survey behind it was not read.
    Deck,
    /// They were read in the publication of those who counted.
    Primary,
    /// They were read in somebody's report of the publication.
    Secondary,
    /// Nothing that was read confirms them.
    #[default]
    Unverified,
}

impl Provenance {
    /// The words for people.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Deck => "as stated in the deck of 2021",
            Self::Primary => "read in the original",
            Self::Secondary => "read in a report of the original",
            Self::Unverified => "not verified",
        }
    }
}

/// How a [`super::Source`] was read.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SourceKind {
    /// The original itself was read.
    Primary,
    /// A summary by others was read.
    Secondary,
    /// It is named by others and was not read.
    #[default]
    Unverified,
}

impl SourceKind {
    /// The words for people.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Primary => "original",
            Self::Secondary => "summary by others",
            Self::Unverified => "not read",
        }
    }
}

/// What a line of advice rests on.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Basis {
    /// A source reports it.
    Reported,
    /// A source reports the need, not this answer.
    Need,
    /// It is suggested here.
    #[default]
    Suggested,
}

impl Basis {
    /// The words for people.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Reported => "reported",
            Self::Need => "need reported",
            Self::Suggested => "our suggestion",
        }
    }
}

/// What was read of a [`super::UseCase`].
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Evidence {
    /// Originals.
    Primary,
    /// Originals for a part, summaries by others for the rest.
    PrimaryAndSecondary,
    /// Summaries by others only.
    #[default]
    Secondary,
    /// The abstract of a paper.
    Abstract,
    /// The abstract of a paper and a digest of it by others.
    AbstractAndDigest,
}

impl Evidence {
    /// The words for people.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Primary => "originals were read",
            Self::PrimaryAndSecondary => "originals and summaries by others were read",
            Self::Secondary => "only summaries by others were read",
            Self::Abstract => "only an abstract was read",
            Self::AbstractAndDigest => "an abstract and a digest by others were read",
        }
    }
}
