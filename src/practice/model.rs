//! The pages of Practice and how each is looked up.
//!
//! The field names are the keys of the TOML files, so a misspelt key is refused and not ignored.

use serde::Deserialize;

/// All pages, each section in the order of its file.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct Practice {
    /// The stages of the lifecycle.
    pub stages: Vec<StagePage>,
    /// What organisations did, by domain.
    pub usecases: Vec<UseCase>,
    /// How organisations built their platforms.
    pub approaches: Vec<Approach>,
    /// Difficulties met again and again.
    pub issues: Vec<Issue>,
    /// What surveys and analysts said.
    pub statistics: Vec<Statistic>,
    /// Kinds of hidden technical debt.
    pub debts: Vec<Debt>,
    /// Where people who do this work meet and write.
    pub communities: Vec<Community>,
    /// Facts about LF AI & Data and its neighbours.
    pub committee: Vec<CommitteeFact>,
}

/// One stage of the lifecycle.
#[derive(Debug, Default, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StagePage {
    /// The id of a [`crate::catalog::Stage`].
    pub id: String,
    /// The words for people.
    pub title: String,
    /// What is done at the stage.
    pub definition: String,
    /// What the stage leaves behind.
    #[serde(default)]
    pub artefacts: Vec<String>,
    /// Who does it.
    #[serde(default)]
    pub roles: Vec<String>,
    /// Where this was read.
    #[serde(default)]
    pub sources: Vec<Source>,
}

/// What one organisation (or study) did with machine learning.
#[derive(Debug, Default, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UseCase {
    /// Unique among the use cases.
    pub id: String,
    /// The field of work, in lower case.
    pub domain: String,
    /// Who did it.
    pub organisation: String,
    /// What it is about.
    pub title: String,
    /// The year of the account, if known.
    pub year: Option<i16>,
    /// What was to be solved.
    pub problem: String,
    /// How it was solved.
    pub approach: String,
    /// Ids of the stages it tells about.
    #[serde(default)]
    pub stages: Vec<String>,
    /// Ids of catalog tools that were used.
    #[serde(default)]
    pub tools: Vec<String>,
    /// Names of used tools that the catalog lacks.
    #[serde(default)]
    pub other_tools: Vec<String>,
    /// Habits worth copying.
    #[serde(default)]
    pub practices: Vec<String>,
    /// What was missing or hurt.
    #[serde(default)]
    pub gaps_reported: Vec<String>,
    /// What could fill the gaps.
    #[serde(default)]
    pub solutions: Vec<Solution>,
    /// Where this was read.
    #[serde(default)]
    pub sources: Vec<Source>,
}

/// What could fill a gap of a use case.
#[derive(Debug, Default, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Solution {
    /// What to do.
    pub text: String,
    /// Whether the source reports it or it is suggested here.
    pub basis: String,
}

/// How one organisation built its platform.
#[derive(Debug, Default, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Approach {
    /// Unique among the approaches.
    pub id: String,
    /// Whose platform it is.
    pub organisation: String,
    /// What the platform is called.
    pub name: Option<String>,
    /// When it began, as the source says it.
    pub since: Option<String>,
    /// What is told about it.
    #[serde(default)]
    pub points: Vec<String>,
    /// Ids of catalog tools that the organisation published or builds on.
    #[serde(default)]
    pub open_tools: Vec<String>,
    /// Names of such tools that the catalog lacks.
    #[serde(default)]
    pub other_tools: Vec<String>,
    /// Where this was read.
    #[serde(default)]
    pub sources: Vec<Source>,
}

/// A difficulty met again and again.
#[derive(Debug, Default, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Issue {
    /// Unique among the issues.
    pub id: String,
    /// The difficulty in a few words.
    pub title: String,
    /// Ids of the stages where it is met.
    #[serde(default)]
    pub stages: Vec<String>,
    /// The difficulty in full.
    pub text: String,
    /// What helps.
    #[serde(default)]
    pub solutions: Vec<String>,
    /// Ids of catalog tools that help.
    #[serde(default)]
    pub tools: Vec<String>,
    /// Names of helpful tools that the catalog lacks.
    #[serde(default)]
    pub other_tools: Vec<String>,
    /// Where this was read.
    #[serde(default)]
    pub sources: Vec<Source>,
}

/// A kind of hidden technical debt.
#[derive(Debug, Default, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Debt {
    /// Unique among the debts.
    pub id: String,
    /// The kind in a few words.
    pub title: String,
    /// How it arises and what it costs.
    pub text: String,
    /// Where this was read.
    #[serde(default)]
    pub sources: Vec<Source>,
}

/// A place where people who do this work meet and write.
#[derive(Debug, Default, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Community {
    /// Unique among the communities.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// What is found there.
    pub text: String,
    /// Where this was read.
    #[serde(default)]
    pub sources: Vec<Source>,
}

/// A fact about LF AI & Data or a neighbour.
#[derive(Debug, Default, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CommitteeFact {
    /// Unique among the facts.
    pub id: String,
    /// What it is about.
    pub title: String,
    /// The fact, with its date.
    pub text: String,
    /// Where this was read.
    #[serde(default)]
    pub sources: Vec<Source>,
}

/// What one survey or analyst said. Two of them never make a trend.
#[derive(Debug, Default, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Statistic {
    /// Unique among the statistics.
    pub id: String,
    /// The year of the survey or, failing that, of its publication.
    pub year: Option<i16>,
    /// What was asked or found.
    pub title: String,
    /// Who said it.
    pub source: String,
    /// How many answered, if told.
    pub sample_size: Option<u32>,
    /// Who answered, if told.
    pub sample: Option<String>,
    /// How far the figures can be trusted to be the source's own.
    pub provenance: Provenance,
    /// What to keep in mind beside the figures.
    pub note: Option<String>,
    /// The figures; none where the source shows none that can be read.
    #[serde(default)]
    pub values: Vec<Value>,
    /// Where this was read.
    #[serde(default)]
    pub sources: Vec<Source>,
}

/// One figure of a [`Statistic`].
#[derive(Debug, Default, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Value {
    /// What the figure counts.
    pub label: String,
    /// In percent, 0 to 100.
    pub percent: f64,
}

/// How the figures of a [`Statistic`] came here.
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

/// Where something was read.
#[derive(Debug, Default, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// What it is called.
    pub title: String,
    /// Its address, `http` or `https`, if it has one that is known.
    pub url: Option<String>,
    /// How it was read.
    pub kind: SourceKind,
}

/// How a [`Source`] was read.
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

impl Practice {
    /// The page of a stage.
    pub fn stage(&self, id: &str) -> Option<&StagePage> {
        self.stages.iter().find(|page| page.id == id)
    }

    /// A use case by id.
    pub fn usecase(&self, id: &str) -> Option<&UseCase> {
        self.usecases.iter().find(|case| case.id == id)
    }

    /// An approach by id.
    pub fn approach(&self, id: &str) -> Option<&Approach> {
        self.approaches.iter().find(|approach| approach.id == id)
    }

    /// An issue by id.
    pub fn issue(&self, id: &str) -> Option<&Issue> {
        self.issues.iter().find(|issue| issue.id == id)
    }

    /// A statistic by id.
    pub fn statistic(&self, id: &str) -> Option<&Statistic> {
        self.statistics.iter().find(|statistic| statistic.id == id)
    }

    /// The use cases that tell about a stage.
    pub fn usecases_at<'a>(&'a self, stage: &'a str) -> impl Iterator<Item = &'a UseCase> {
        self.usecases.iter().filter(move |case| case.stages.iter().any(|id| id == stage))
    }

    /// The use cases in which a tool was used.
    pub fn usecases_of_tool<'a>(&'a self, id: &'a str) -> impl Iterator<Item = &'a UseCase> {
        self.usecases.iter().filter(move |case| case.tools.iter().any(|tool| tool == id))
    }
}
