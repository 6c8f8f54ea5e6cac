//! Groups of tools that do the same job, and the questions that tell the tools of a group apart.

use super::entry::ToolId;
use super::words::Stage;

/// A group of tools that do the same job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Category {
    /// Stable slug, for addresses.
    pub id: String,
    /// The name that people read.
    pub name: String,
    /// The lifecycle stage that its tools mostly serve.
    pub stage: Stage,
    /// What belongs in it, in one or two sentences.
    pub definition: Option<String>,
    /// Names of categories that were merged into this one; the files of tools may still use them.
    pub former: Vec<String>,
    /// How to choose among its tools, in the order of asking.
    pub choose: Vec<Question>,
    /// The line in `categories.toml`, from 1.
    pub line: usize,
}

impl Category {
    /// Whether a tool's file means this category by `name`.
    pub fn is_called(&self, name: &str) -> bool {
        self.name == name || self.former.iter().any(|former| former == name)
    }
}

/// One step on the way to a tool.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// What to ask oneself.
    pub question: String,
    /// The answers, each with the tools that it leads to.
    pub answers: Vec<Answer>,
    /// The line in `categories.toml`, from 1.
    pub line: usize,
}

/// One answer to a [`Question`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The answer in a few words.
    pub answer: String,
    /// The tools that fit.
    pub tools: Vec<ToolId>,
    /// The fact about them that makes them fit.
    pub because: String,
}
