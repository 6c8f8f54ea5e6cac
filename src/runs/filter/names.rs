//! The name on the left of a comparison, as MLflow reads it: a kind of thing before the first point, a key behind it.

use std::ops::Range;
use std::sync::Arc;

use super::clause::{ATTRIBUTES, Attribute, DatasetPart, Operand};
use super::error::FilterError;
use super::lexer::unescaped;
use super::mlflow;
use crate::nearest::nearest;

/// A name that is understood, and why MLflow would not.
pub(super) struct Named {
    pub operand: Operand,
    pub refused: Option<FilterError>,
}

/// All kinds of things by their words.
const KINDS: [(&str, &str); 14] = [
    ("metrics", "metrics"),
    ("metric", "metrics"),
    ("params", "params"),
    ("param", "params"),
    ("parameters", "params"),
    ("parameter", "params"),
    ("tags", "tags"),
    ("tag", "tags"),
    ("attributes", "attributes"),
    ("attribute", "attributes"),
    ("attr", "attributes"),
    ("run", "attributes"),
    ("dataset", "dataset"),
    ("datasets", "dataset"),
];

fn inner(text: &str, quote: char) -> Option<&str> {
    text.strip_prefix(quote)?.strip_suffix(quote)
}

/// A key without its quotes. None where its escapes make no sense.
fn key_of(raw: &str) -> Option<String> {
    if let Some(escaped) = raw.strip_prefix(['E', 'e']).and_then(|rest| inner(rest, '\'')) {
        return unescaped(escaped);
    }
    let bare = inner(raw, '"').unwrap_or(raw);
    Some(inner(bare, '`').unwrap_or(bare).to_owned())
}

/// Whether a word names a kind of thing and a key, so that it cannot be meant as a bare text.
pub(super) fn is_typed(raw: &str) -> bool {
    raw.split_once('.').is_some_and(|(kind, _)| KINDS.iter().any(|(word, _)| *word == kind))
}

fn attribute(key: &str) -> Option<Attribute> {
    let known = ATTRIBUTES.iter().find(|(_, word)| *word == key).map(|(attribute, _)| *attribute);
    known.or(match key {
        "created" | "Created" => Some(Attribute::StartTime),
        "run name" | "Run name" | "Run Name" | "name" => Some(Attribute::RunName),
        "id" => Some(Attribute::RunId),
        "user" => Some(Attribute::UserId),
        _ => None,
    })
}

fn unknown_attribute(key: &str, at: Range<usize>) -> FilterError {
    let error = FilterError::new(at, format!("`{key}` is nothing that every run has"));
    if key == "lifecycle_stage" {
        return error.hint("runs that were deleted are left out before a filter is asked");
    }
    let near = nearest(key, ATTRIBUTES.iter().map(|(_, word)| (*word, *word)));
    match near.first() {
        Some(near) => error.hint(format!("did you mean {near}, params.{key} or metrics.{key}?")),
        None => error.hint(format!("write params.{key}, metrics.{key} or tags.{key}")),
    }
}

/// What a name stands for; `at` is its place.
pub(super) fn named(raw: &str, at: &Range<usize>) -> Result<Named, FilterError> {
    let refused = |message: String| FilterError::new(at.clone(), message);
    let no_escape =
        || refused("a backslash stands before what it cannot".to_owned()).hint("write \\\\ for one");
    let (kind, raw_key) = match raw.split_once('.') {
        Some((kind, key)) => (inner(kind, '`').unwrap_or(kind), key),
        None => ("attributes", raw),
    };
    let Some((_, kind)) = KINDS.iter().find(|(word, _)| *word == kind) else {
        let near = nearest(kind, KINDS.iter().copied());
        let hint = match near.first() {
            Some(near) => format!("did you mean {near}.{raw_key}?"),
            None => "use metrics.KEY, params.KEY, tags.KEY, dataset.name or an attribute such as status"
                .to_owned(),
        };
        return Err(refused(format!("`{kind}` is no kind of thing that a run has")).hint(hint));
    };
    let key = key_of(raw_key).ok_or_else(no_escape)?;
    // The word is one of SQL's, and only a letter behind the point makes a name of it.
    let is_word_of_sql = (raw.starts_with("parameter.") || raw.starts_with("parameters."))
        && raw_key.starts_with(|first: char| first.is_ascii_digit());
    let mut why = (is_word_of_sql || !mlflow::is_key(raw_key)).then(|| {
        refused(format!("MLflow does not read the name {raw}"))
            .hint(format!("it wants a key with other letters than A-Z, 0-9 and _ in backticks: `{key}`"))
    });
    let operand = match *kind {
        "metrics" => Operand::Metric(key),
        "params" => Operand::Param(key),
        "tags" => Operand::Tag(key),
        "dataset" => {
            let part = DatasetPart::ALL.iter().find(|(_, word)| *word == key);
            let (part, _) = part.ok_or_else(|| {
                refused(format!("`{key}` is nothing that is known of a dataset"))
                    .hint("use dataset.name, dataset.digest or dataset.context")
            })?;
            Operand::Dataset(*part)
        }
        _ => {
            let attribute = attribute(&key).ok_or_else(|| unknown_attribute(&key, at.clone()))?;
            let is_alias = matches!(key.as_str(), "name" | "id" | "user");
            if is_alias || !attribute.is_mlflow() || attribute == Attribute::Duration {
                let hint = if is_alias {
                    format!("it calls it {}", attribute.word())
                } else {
                    "it has run_id, run_name, status, user_id, artifact_uri, start_time and end_time"
                        .to_owned()
                };
                why = Some(refused(format!("MLflow does not search `{key}`")).hint(hint));
            }
            Operand::Attribute(attribute)
        }
    };
    Ok(Named { operand, refused: why })
}

/// The keys that are most like one which nothing has.
pub(super) fn nearest_key<'a>(key: &str, names: &'a [Arc<str>]) -> Vec<&'a str> {
    nearest(key, names.iter().map(|name| (&**name, &**name)))
}

impl Operand {
    /// The same of another key.
    pub(super) fn with_key(&self, key: &str) -> Self {
        match self {
            Self::Metric(_) => Self::Metric(key.to_owned()),
            Self::Aggregate(what, _) => Self::Aggregate(*what, key.to_owned()),
            Self::Param(_) => Self::Param(key.to_owned()),
            Self::Tag(_) => Self::Tag(key.to_owned()),
            other => other.clone(),
        }
    }
}
