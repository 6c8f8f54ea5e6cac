//! What one catalog file says of one tool, before the layers are looked through.

use jiff::civil::Date;
use serde::Serialize;

use super::words::{ClaimStatus, Kind, Layer, LicenseClass, Polarity, RelationKind, Stage, Status};

/// The stable name of a tool: lower-case letters, digits and single hyphens, such as `great-expectations`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct ToolId(String);

/// A text that cannot be a tool's id.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an id has 1 to 80 lower-case letters, digits and hyphens between them, and this is none: {0:?}")]
pub struct ToolIdError(pub String);

impl ToolId {
    /// Takes a text that already is an id.
    pub fn new(text: &str) -> Result<Self, ToolIdError> {
        let good = (1..=80).contains(&text.len())
            && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
            && !text.starts_with('-')
            && !text.ends_with('-')
            && !text.contains("--");
        if good { Ok(Self(text.to_owned())) } else { Err(ToolIdError(text.to_owned())) }
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for ToolId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// Where a claim can be read for oneself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// An `http:` or `https:` address.
    pub url: String,
    /// What the page is called.
    pub title: Option<String>,
    /// The first and last words of the passage, or file and line.
    pub locator: Option<String>,
    /// The day on which somebody read it; `None` if nobody read it again since it was written down.
    pub accessed: Option<Date>,
}

/// One fact about a tool, with its sources.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// Stable within its tool; a claim of a later layer with the same id replaces this one.
    pub id: String,
    /// Which way it speaks.
    pub polarity: Polarity,
    /// What it is about, such as `ops`, `scale`, `api`, `license`, `community`, `security`, `cost`.
    pub topic: String,
    /// One fact in at most 240 characters.
    pub text: String,
    /// The versions that it is true of, in words.
    pub applies_to: Option<String>,
    /// Its sources: a good catalog has at least one.
    pub evidence: Vec<Evidence>,
    /// Who wrote it down.
    pub author: Option<String>,
    /// Who read its sources again.
    pub reviewer: Option<String>,
    /// The day of that second reading.
    pub reviewed_on: Option<Date>,
    /// The last day on which it may be shown as fresh.
    pub stale_after: Option<Date>,
    /// How far it has been checked.
    pub status: ClaimStatus,
    /// Where it comes from: not in the file, set by [`super::Catalog::new`].
    pub layer: Layer,
}

/// What passes between two tools.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Via {
    /// The thing that passes, such as `model` or `lineage events`.
    pub artifact: Option<String>,
    /// The interface that it passes through, such as `S3`.
    pub interface: Option<String>,
}

/// How a tool stands to another one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relation {
    /// How it stands.
    pub kind: RelationKind,
    /// The other tool.
    pub target: ToolId,
    /// What passes between them.
    pub via: Option<Via>,
    /// The version or day since when, in words.
    pub since: Option<String>,
    /// How it is set up, in a sentence.
    pub how: Option<String>,
    /// Its sources.
    pub evidence: Vec<Evidence>,
    /// Where it comes from: not in the file, set by [`super::Catalog::new`].
    pub layer: Layer,
}

/// What is known of a tool's licence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct License {
    /// An SPDX expression, as read in the licence file.
    pub spdx: Option<String>,
    /// How open it is.
    pub class: LicenseClass,
    /// What else is known of it, or only said of it.
    pub note: Option<String>,
    /// The address of the file that was read.
    pub source: Option<String>,
    /// The day on which it was read.
    pub checked_on: Option<Date>,
}

impl License {
    /// The licence of a tool whose licence file nobody read.
    pub const UNKNOWN: Self =
        Self { spdx: None, class: LicenseClass::Unknown, note: None, source: None, checked_on: None };
}

/// A foundation that hosts the tool; a tool may have two.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Foundation {
    /// The foundation's name.
    pub org: String,
    /// The maturity it gives, such as `sandbox`, `incubating`, `graduated`, `archived` or `hosted`.
    pub maturity: Option<String>,
    /// The maturity in the source's own spelling, where it differs.
    pub raw: Option<String>,
    /// The day of acceptance.
    pub accepted: Option<Date>,
    /// The day on which it became incubating.
    pub incubating: Option<Date>,
    /// The day on which it graduated.
    pub graduated: Option<Date>,
    /// The day on which it was archived.
    pub archived: Option<Date>,
    /// The address that says so.
    pub source: Option<String>,
    /// The day of what was seen there.
    pub seen_on: Option<Date>,
}

/// A source repository.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repo {
    /// Its address.
    pub url: String,
    /// Whether it is the main one.
    pub primary: bool,
    /// Its main branch, where it matters.
    pub branch: Option<String>,
}

/// Whether the project is worked on, and when that was seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    /// What was seen.
    pub status: Status,
    /// The day of what was seen, not the day of looking.
    pub seen_on: Option<Date>,
}

impl Seen {
    /// Nobody looked.
    pub const UNKNOWN: Self = Self { status: Status::Unknown, seen_on: None };
}

/// Where the tool stands in a foundation's landscape file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LandscapeRef {
    /// The landscape file's address.
    pub file: String,
    /// Its category there.
    pub category: Option<String>,
    /// Its subcategory there.
    pub subcategory: Option<String>,
    /// Its name there.
    pub name: Option<String>,
}

/// The standards that a tool speaks, such as `OpenLineage`, `ONNX` or `S3`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Interfaces {
    /// What it implements.
    pub implements: Vec<String>,
    /// What it reads.
    pub consumes: Vec<String>,
    /// What it writes.
    pub produces: Vec<String>,
}

/// What one file of one layer says of one tool; `None` and empty lists mean that it says nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The tool.
    pub id: ToolId,
    /// Its name as its makers write it.
    pub name: Option<String>,
    /// One sentence of at most 140 characters, in our own words.
    pub summary: Option<String>,
    /// What sort of thing it is.
    pub kind: Option<Kind>,
    /// The name of its category in `categories.toml`.
    pub category: Option<String>,
    /// Names of further categories.
    pub also_in: Option<Vec<String>>,
    /// The lifecycle stages that it serves.
    pub stages: Option<Vec<Stage>>,
    /// Free words.
    pub tags: Option<Vec<String>>,
    /// 1 core, 2 further, 3 hosted by a foundation but outside MLOps.
    pub tier: Option<u8>,
    /// Other and former names.
    pub aliases: Option<Vec<String>>,
    /// Its site.
    pub homepage: Option<String>,
    /// Its documentation.
    pub docs: Option<String>,
    /// Former and other places of its repository, as `owner/name`.
    pub repo_aliases: Option<Vec<String>>,
    /// Programming languages.
    pub languages: Option<Vec<String>>,
    /// Ways to run it, such as `library`, `local server`, `k8s`, `managed`.
    pub deploy: Option<Vec<String>>,
    /// The year of its first release.
    pub first_release_year: Option<i16>,
    /// Whether it works without a network.
    pub air_gap: Option<bool>,
    /// Whether it needs a GPU.
    pub gpu: Option<bool>,
    /// Whether it needs Kubernetes.
    pub kubernetes: Option<bool>,
    /// Anything else worth knowing.
    pub note: Option<String>,
    /// Its licence.
    pub license: Option<License>,
    /// Whether it is worked on.
    pub status: Option<Seen>,
    /// Where a landscape file has it.
    pub landscape: Option<LandscapeRef>,
    /// The standards that it speaks.
    pub interfaces: Option<Interfaces>,
    /// Its repositories.
    pub repos: Option<Vec<Repo>>,
    /// The foundations that host it.
    pub foundations: Option<Vec<Foundation>>,
    /// Relations to others.
    pub relations: Vec<Relation>,
    /// Claims.
    pub claims: Vec<Claim>,
}

impl Entry {
    /// An entry that says nothing yet.
    pub fn new(id: ToolId) -> Self {
        Self {
            id,
            name: None,
            summary: None,
            kind: None,
            category: None,
            also_in: None,
            stages: None,
            tags: None,
            tier: None,
            aliases: None,
            homepage: None,
            docs: None,
            repo_aliases: None,
            languages: None,
            deploy: None,
            first_release_year: None,
            air_gap: None,
            gpu: None,
            kubernetes: None,
            note: None,
            license: None,
            status: None,
            landscape: None,
            interfaces: None,
            repos: None,
            foundations: None,
            relations: Vec::new(),
            claims: Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_strict() {
        for good in ["feast", "h2o-3", "1chipml", "llama-cpp"] {
            assert_eq!(ToolId::new(good).map(|id| id.to_string()), Ok(good.to_owned()));
        }
        for bad in ["", "Feast", "a b", "-a", "a-", "a--b", "../x", "a/b", "é", &"x".repeat(81)] {
            assert!(ToolId::new(bad).is_err(), "{bad:?} must not be an id");
        }
    }
}
