//! The pages of Practice and how each is looked up.
//!
//! The field names are the keys of the TOML files. A key that is no field is told by [`super::read`], not ignored.

use serde::Deserialize;

use super::marks::{Basis, Evidence, Provenance, SourceKind};

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
    /// The Studio's rules that the debts name.
    pub rules: Vec<Rule>,
    /// The data-centric view: the loop, its techniques, what drift figures mean.
    pub data_centric: Vec<Topic>,
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
    /// What was read of it.
    pub evidence: Evidence,
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

/// One thing to do or to know, with what it rests on.
#[derive(Debug, Default, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Solution {
    /// What to do.
    pub text: String,
    /// Whether a source reports it, with its `tools`, or it is suggested here.
    pub basis: Basis,
    /// The title of the page's source that reports it; use cases leave it out, their sources stand for all.
    pub source: Option<String>,
    /// Ids of catalog tools, on the same basis as the text.
    #[serde(default)]
    pub tools: Vec<String>,
    /// Ids of catalog tools that are suggested here beside a text that is reported.
    #[serde(default)]
    pub suggested_tools: Vec<String>,
    /// Names of such tools that the catalog lacks.
    #[serde(default)]
    pub other_tools: Vec<String>,
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
    /// Its place among the fifteen, from 1.
    pub number: u8,
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
    pub help: Vec<Solution>,
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
    /// Ids of the stages where it grows: our reading, the paper names none.
    #[serde(default)]
    pub stages: Vec<String>,
    /// How it arises and what it costs.
    pub text: String,
    /// Ids of the [`Rule`]s that look for it.
    #[serde(default)]
    pub rules: Vec<String>,
    /// Where this was read.
    #[serde(default)]
    pub sources: Vec<Source>,
}

/// A rule by which the Studio looks for a debt in a drawing.
#[derive(Debug, Default, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Three letters and two digits, unique.
    pub id: String,
    /// What it finds, in a few words.
    pub title: String,
}

/// A page of the data-centric view.
#[derive(Debug, Default, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Topic {
    /// Unique among the topics.
    pub id: String,
    /// What it is about.
    pub title: String,
    /// Ids of the stages where it matters.
    #[serde(default)]
    pub stages: Vec<String>,
    /// The matter in full.
    pub text: String,
    /// The steps of a loop; the last is what is done on the way back from the one before it to the first.
    #[serde(default)]
    pub steps: Vec<String>,
    /// Ids of catalog tools it is about.
    #[serde(default)]
    pub tools: Vec<String>,
    /// Names of such tools that the catalog lacks.
    #[serde(default)]
    pub other_tools: Vec<String>,
    /// The heads of a table's columns; empty where there is none.
    #[serde(default)]
    pub table_head: Vec<String>,
    /// The table's rows, each as long as its head.
    #[serde(default)]
    pub table_rows: Vec<Vec<String>>,
    /// What to know or to do.
    #[serde(default)]
    pub points: Vec<Solution>,
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
    /// Ids of the catalog tools it is about.
    #[serde(default)]
    pub tools: Vec<String>,
    /// Names of such tools that the catalog lacks.
    #[serde(default)]
    pub other_tools: Vec<String>,
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
    /// Whether it foretells instead of counting.
    #[serde(default)]
    pub prediction: bool,
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
    /// When it appeared, as far as its address or text tells: `2022`, `2022-08` or `2022-08-19`.
    pub published: Option<String>,
    /// The month it was read in, `2026-11`; none where it was not read.
    pub read: Option<String>,
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

    /// A debt by id.
    pub fn debt(&self, id: &str) -> Option<&Debt> {
        self.debts.iter().find(|debt| debt.id == id)
    }

    /// A rule by id.
    pub fn rule(&self, id: &str) -> Option<&Rule> {
        self.rules.iter().find(|rule| rule.id == id)
    }

    /// A page of the data-centric view by id.
    pub fn topic(&self, id: &str) -> Option<&Topic> {
        self.data_centric.iter().find(|topic| topic.id == id)
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
