//! What is told of a run, by MLflow's words: the columns of a list, and what it is sorted by.

use super::run::{Key, Run, RunSet};
use super::{Pattern, csv};
use crate::rows::number;

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Field {
    /// Its id.
    Id,
    /// Its name.
    Name,
    /// The name of its experiment.
    Experiment,
    /// What it says of itself.
    Status,
    /// When it started.
    StartTime,
    /// When it ended.
    EndTime,
    /// How long it took.
    Duration,
    /// The run it belongs to.
    Parent,
    /// Where its files lie.
    ArtifactUri,
    /// The datasets that it read, each as `name (digest)`, by name.
    Dataset,
    /// Who started it.
    UserId,
    /// The latest value of a metric.
    Metric(String),
    /// A parameter.
    Param(String),
    /// A tag.
    Tag(String),
}

/// The words of all columns that every run has.
pub const FIELDS: [&str; 11] = [
    "id",
    "name",
    "experiment",
    "status",
    "start_time",
    "end_time",
    "duration",
    "parent",
    "artifact_uri",
    "dataset",
    "user_id",
];

impl Field {
    /// Reads MLflow's words: `start_time`, `metrics.KEY`, `params.KEY`, `tags.KEY`, the key bare, in
    /// backticks or in double quotes. None for a column that does not exist.
    pub fn parse(text: &str) -> Option<Self> {
        let unquoted = |key: &str| {
            let inner = |quote: char| key.strip_prefix(quote).and_then(|key| key.strip_suffix(quote));
            inner('`').or_else(|| inner('"')).unwrap_or(key).to_owned()
        };
        Some(match text.split_once('.') {
            Some(("metrics" | "metric", key)) => Self::Metric(unquoted(key)),
            Some(("params" | "param" | "parameters" | "parameter", key)) => Self::Param(unquoted(key)),
            Some(("tags" | "tag", key)) => Self::Tag(unquoted(key)),
            Some(("attributes" | "attribute" | "attr" | "run", key)) => return Self::parse(key),
            _ => match text {
                "start_time" | "created" | "Created" => Self::StartTime,
                "end_time" => Self::EndTime,
                "duration" => Self::Duration,
                "run_name" | "name" => Self::Name,
                "run_id" | "id" => Self::Id,
                "status" => Self::Status,
                "experiment" => Self::Experiment,
                "parent" => Self::Parent,
                "artifact_uri" => Self::ArtifactUri,
                "dataset" | "datasets" => Self::Dataset,
                "user_id" => Self::UserId,
                _ => return None,
            },
        })
    }

    /// All columns that a word stands for: one, or those of the keys that fit a pattern such as `metrics.val/*`. None
    /// where no run has any.
    pub fn all(text: &str, set: &RunSet) -> Option<Vec<Self>> {
        let field = Self::parse(text)?;
        let (key, names, of): (&str, _, fn(String) -> Self) = match &field {
            Self::Metric(key) => (key, &set.metric_keys, Self::Metric),
            Self::Param(key) => (key, &set.param_keys, Self::Param),
            Self::Tag(key) => (key, &set.tag_keys, Self::Tag),
            _ => return Some(vec![field]),
        };
        // A key in quotes is the very key.
        let is_quoted = text.ends_with(['`', '"']);
        let pattern = Pattern::new(key);
        let fitting =
            names.iter().filter(|name| if is_quoted { ***name == *key } else { pattern.fits(name) });
        let found: Vec<Self> = fitting.map(|name| of(name.to_string())).collect();
        (!found.is_empty()).then_some(found)
    }

    /// The word at the head of its column, as in the table of all runs as CSV.
    pub fn head(&self) -> String {
        match self {
            Self::Id => "run_id".to_owned(),
            Self::Name => "run_name".to_owned(),
            Self::Duration => "duration_s".to_owned(),
            _ => self.word(),
        }
    }

    /// The word that [`Field::parse`] reads.
    pub fn word(&self) -> String {
        match self {
            Self::Id => "id".to_owned(),
            Self::Name => "name".to_owned(),
            Self::Experiment => "experiment".to_owned(),
            Self::Status => "status".to_owned(),
            Self::StartTime => "start_time".to_owned(),
            Self::EndTime => "end_time".to_owned(),
            Self::Duration => "duration".to_owned(),
            Self::Parent => "parent".to_owned(),
            Self::ArtifactUri => "artifact_uri".to_owned(),
            Self::Dataset => "dataset".to_owned(),
            Self::UserId => "user_id".to_owned(),
            Self::Metric(key) => format!("metrics.{key}"),
            Self::Param(key) => format!("params.{key}"),
            Self::Tag(key) => format!("tags.{key}"),
        }
    }

    /// The key of a metric, parameter or tag in a set.
    pub(super) fn key(&self, set: &RunSet) -> Option<Key> {
        match self {
            Self::Metric(name) => set.metric_key(name),
            Self::Param(name) => set.param_key(name),
            Self::Tag(name) => set.tag_key(name),
            _ => None,
        }
    }

    /// What a cell of a text table says: in every digit, times as RFC 3339 in UTC, a duration in seconds; empty for what
    /// the run does not have.
    pub fn text(&self, set: &RunSet, run: &Run) -> String {
        let key = self.key(set);
        let text = |found: Option<&std::sync::Arc<str>>| found.map(ToString::to_string).unwrap_or_default();
        match self {
            Self::Id => run.id.to_string(),
            Self::Name => run.name.to_string(),
            Self::Experiment => run.experiment_name(set).to_owned(),
            Self::Status => run.status.word().to_owned(),
            Self::StartTime => csv::time(run.start_time),
            Self::EndTime => csv::time(run.end_time),
            Self::Duration => run.duration().map(csv::seconds).unwrap_or_default(),
            Self::Parent => text(run.parent.as_ref()),
            Self::ArtifactUri => text(run.artifact_uri.as_ref()),
            Self::Dataset => datasets(run),
            Self::UserId => text(run.user.as_ref()),
            Self::Metric(_) => key.and_then(|key| run.metric(key)).map(number).unwrap_or_default(),
            Self::Param(_) => text(key.and_then(|key| run.param(key))),
            Self::Tag(_) => text(key.and_then(|key| run.tag(key))),
        }
    }
}

/// The datasets of a run as one text, the same for every order in which it read them.
fn datasets(run: &Run) -> String {
    let mut all: Vec<String> = run.datasets.iter().map(super::DatasetUse::label).collect();
    all.sort();
    all.dedup();
    all.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runs::Keys;

    fn set() -> RunSet {
        let mut keys = [Keys::default(), Keys::default(), Keys::default()];
        for key in ["val/loss", "val/acc", "loss", "a*b"] {
            keys[0].place(key);
        }
        keys[1].place("lr");
        RunSet::collected(Vec::new(), keys, vec![Run::bare("r")])
    }

    #[test]
    fn a_word_stands_for_a_column_or_for_all_that_fit() {
        let set = set();
        let words = |text: &str| -> Option<Vec<String>> {
            Some(Field::all(text, &set)?.iter().map(Field::word).collect())
        };
        for (text, expected) in [
            ("run_name", Some(vec!["name"])),
            ("attributes.end_time", Some(vec!["end_time"])),
            ("metrics.val/*", Some(vec!["metrics.val/acc", "metrics.val/loss"])),
            ("metric.`loss`", Some(vec!["metrics.loss"])),
            ("metrics.`a*b`", Some(vec!["metrics.a*b"])),
            ("metrics.`val/*`", None),
            ("params.*", Some(vec!["params.lr"])),
            ("params.momentum", None),
            ("tags.*", None),
            ("colour", None),
        ] {
            let expected = expected.map(|words| words.into_iter().map(ToOwned::to_owned).collect());
            assert_eq!(words(text), expected, "{text}");
        }
        for word in FIELDS {
            assert_eq!(words(word), Some(vec![word.to_owned()]));
        }
    }
}
