//! What people type into one box: words, filters such as `stage:monitor`, `-k8s` or `category:"Feature store"`, and
//! what is wrong with them.
//!
//! [`parse`] reads it, [`write()`] writes a query so that it is read back, [`complete`] says
//! what may come next.

mod complete;
mod problem;
#[cfg(test)]
mod tests;

use std::ops::Range;

pub use complete::{Candidate, complete};
pub use problem::Wrong;

use super::{Facet, Judged, Known, Query, Value, Vocabulary, Wish};
use crate::catalog::words::Status;

/// A text of the box, read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parsed {
    /// The words and the filters that were understood.
    pub query: Query,
    /// What was not, in the order of the text.
    pub wrong: Vec<Wrong>,
}

/// A piece of a text without blanks outside quotes.
#[derive(Clone, Debug)]
struct Atom<'a> {
    range: Range<usize>,
    text: &'a str,
}

fn atoms(text: &str) -> impl Iterator<Item = Atom<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let from = at + text[at..].find(|c: char| !c.is_whitespace())?;
        let mut quoted = false;
        let ends = |c: char| {
            quoted ^= c == '"';
            !quoted && c.is_whitespace()
        };
        at = text[from..].find(ends).map_or(text.len(), |end| from + end);
        Some(Atom { range: from..at, text: &text[from..at] })
    })
}

fn unquoted(text: &str) -> String {
    text.replace('"', "")
}

/// The words of [`Query::text`], each as it stands, without quotes.
pub(super) fn free_words(text: &str) -> impl Iterator<Item = String> {
    atoms(text).map(|atom| unquoted(atom.text)).filter(|word| !word.is_empty())
}

/// Short words for single values: before the colon if there is one, after it, and the value.
fn shorts() -> [(&'static str, &'static str, Value); 14] {
    let k8s = || Value::Kubernetes(Known::Yes);
    [
        ("is", "alive", Value::Status(Status::Alive)),
        ("is", "idle", Value::Status(Status::Idle)),
        ("is", "archived", Value::Status(Status::Archived)),
        ("is", "air-gapped", Value::AirGap(Known::Yes)),
        ("is", "shortlisted", Value::Shortlisted),
        ("has", "claims", Value::Claims(Judged::Some)),
        ("has", "stale", Value::Claims(Judged::Stale)),
        ("needs", "k8s", k8s()),
        ("needs", "gpu", Value::Gpu(Known::Yes)),
        ("", "stale", Value::Claims(Judged::Stale)),
        ("", "shortlisted", Value::Shortlisted),
        ("", "k8s", k8s()),
        ("", "gpu", Value::Gpu(Known::Yes)),
        ("", "airgap", Value::AirGap(Known::Yes)),
    ]
}

/// These stand for a filter without a colon and without a minus too; the others are words that people search for.
const ALONE: [&str; 2] = ["stale", "shortlisted"];

fn short(before: &str, after: &str) -> Option<Value> {
    let is = |(key, word, _): &(&str, &str, Value)| {
        key.eq_ignore_ascii_case(before) && super::facets::folded(word) == super::facets::folded(after)
    };
    shorts().into_iter().find(is).map(|(.., value)| value)
}

/// What an atom means.
#[derive(Debug, PartialEq, Eq)]
enum Read<'a> {
    Word(String),
    /// `key:value`, not looked up yet.
    Filter {
        wish: Wish,
        key: &'a str,
        value: String,
    },
    /// A word for a value, without a colon.
    Short {
        wish: Wish,
        word: &'a str,
    },
}

fn read(text: &str) -> Read<'_> {
    let (wish, body) = text.strip_prefix('-').map_or((Wish::Wanted, text), |body| (Wish::Excluded, body));
    let is_key = |key: &str| {
        key.starts_with(|c: char| c.is_ascii_alphabetic())
            && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
    };
    if let Some((key, value)) = body.split_once(':').filter(|(key, _)| is_key(key)) {
        return Read::Filter { wish, key, value: unquoted(value) };
    }
    let stands_alone = ALONE.iter().any(|word| word.eq_ignore_ascii_case(body));
    match wish {
        Wish::Excluded if body.starts_with(|c: char| c.is_alphanumeric()) => Read::Short { wish, word: body },
        Wish::Wanted if stands_alone => Read::Short { wish, word: body },
        _ => Read::Word(unquoted(text)),
    }
}

/// Reads a text of the box. What is wrong in it takes no part in the query.
pub fn parse(text: &str, vocabulary: &Vocabulary) -> Parsed {
    let mut parsed = Parsed::default();
    let mut words: Vec<String> = Vec::new();
    for atom in atoms(text) {
        let found = match read(atom.text) {
            Read::Word(word) => {
                words.extend((!word.is_empty()).then(|| word_form(&word)));
                continue;
            }
            Read::Filter { wish, key, value } => value_of(key, &value, vocabulary)
                .map(|found| (found, wish))
                .ok_or_else(|| problem::of_filter(wish, key, &value, vocabulary)),
            Read::Short { wish, word } => {
                short("", word).map(|found| (found, wish)).ok_or_else(|| problem::of_short(word))
            }
        };
        match found {
            Ok((value, wish)) => {
                let before = parsed.query.chosen.insert(value, wish);
                if before.is_some_and(|before| before != wish) {
                    let message = format!("{} is asked for and excluded; the last one counts", atom.text);
                    let brief = format!("{} is also asked otherwise", atom.text);
                    parsed.wrong.push(Wrong { at: atom.range, message, brief, instead: None });
                }
            }
            Err(problem::Said { message, brief, instead }) => {
                parsed.wrong.push(Wrong { at: atom.range, message, brief, instead });
            }
        }
    }
    parsed.query.text = words.join(" ");
    parsed
}

fn value_of(key: &str, value: &str, vocabulary: &Vocabulary) -> Option<Value> {
    match Facet::from_key(key) {
        Some(facet) => vocabulary.find(facet, value).cloned(),
        None => short(key, value),
    }
}

/// A word as it is typed, so that it is read as a word.
fn word_form(word: &str) -> String {
    let plain = !word.contains(char::is_whitespace) && read(word) == Read::Word(word.to_owned());
    if plain { word.to_owned() } else { format!("\"{word}\"") }
}

/// A filter as it is typed.
pub fn filter_form(value: &Value, wish: Wish) -> String {
    let (sign, key, word) =
        (if wish == Wish::Excluded { "-" } else { "" }, value.facet().key(), unquoted(value.word()));
    let quote = if word.contains(char::is_whitespace) { "\"" } else { "" };
    format!("{sign}{key}:{quote}{word}{quote}")
}

/// The words of a query as they are typed.
pub fn words_form(text: &str) -> String {
    free_words(text).map(|word| word_form(&word)).collect::<Vec<_>>().join(" ")
}

/// A query as it is typed: the filters, then the words.
pub fn write(query: &Query) -> String {
    let filters = query.chosen.iter().map(|(value, wish)| filter_form(value, *wish));
    let words = Some(words_form(&query.text)).filter(|words| !words.is_empty());
    filters.chain(words).collect::<Vec<_>>().join(" ")
}
