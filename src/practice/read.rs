//! One TOML text into pages of [`Practice`].
//!
//! Every section has its own file with one kind of table: `stages.toml` holds `[[stage]]`, and so on.

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::Practice;

/// Why a text gives no pages.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// It is not TOML, or not of the shape of its section.
    #[error("{message}: {name}:{line}")]
    Toml {
        /// What is wrong, in one line.
        message: String,
        /// The name of the file.
        name: String,
        /// Where, from 1.
        line: usize,
    },
    /// No section is read from a file of this name.
    #[error("no section of Practice has this file: {name}")]
    Unknown {
        /// The name of the file.
        name: String,
    },
}

macro_rules! file {
    ($file:ident, $key:ident, $page:ty) => {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct $file {
            #[serde(default)]
            $key: Vec<$page>,
        }
    };
}

file!(StagesFile, stage, super::StagePage);
file!(UseCasesFile, usecase, super::UseCase);
file!(ApproachesFile, approach, super::Approach);
file!(IssuesFile, issue, super::Issue);
file!(StatisticsFile, statistic, super::Statistic);
file!(DebtFile, debt, super::Debt);
file!(CommunitiesFile, community, super::Community);
file!(CommitteeFile, fact, super::CommitteeFact);

/// Replaces the section that the file's name stands for by the pages of the text.
///
/// # Errors
///
/// The section stays as it was if the text is not of its shape or the name stands for none.
pub fn read_into(practice: &mut Practice, name: &str, text: &str) -> Result<(), ReadError> {
    match name {
        "stages.toml" => practice.stages = parse::<StagesFile>(name, text)?.stage,
        "usecases.toml" => practice.usecases = parse::<UseCasesFile>(name, text)?.usecase,
        "approaches.toml" => practice.approaches = parse::<ApproachesFile>(name, text)?.approach,
        "issues.toml" => practice.issues = parse::<IssuesFile>(name, text)?.issue,
        "statistics.toml" => practice.statistics = parse::<StatisticsFile>(name, text)?.statistic,
        "debt.toml" => practice.debts = parse::<DebtFile>(name, text)?.debt,
        "communities.toml" => practice.communities = parse::<CommunitiesFile>(name, text)?.community,
        "committee.toml" => practice.committee = parse::<CommitteeFile>(name, text)?.fact,
        _ => return Err(ReadError::Unknown { name: name.to_owned() }),
    }
    Ok(())
}

fn parse<T: DeserializeOwned>(name: &str, text: &str) -> Result<T, ReadError> {
    toml::from_str(text).map_err(|error| {
        let offset = error.span().map_or(0, |span| span.start.min(text.len()));
        let line = 1 + text.bytes().take(offset).filter(|byte| *byte == b'\n').count();
        let message = error.message().lines().collect::<Vec<_>>().join("; ");
        ReadError::Toml { message, name: name.to_owned(), line }
    })
}
