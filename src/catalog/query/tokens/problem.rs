//! What is said of a filter that is not understood: what there is instead, and what was probably meant.

use std::ops::Range;

use super::{Facet, Vocabulary, filter_form, shorts};
use crate::catalog::query::Wish;
use crate::catalog::query::facets::folded;

/// A filter that was not understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// Its bytes in the text.
    pub at: Range<usize>,
    /// One sentence: what there is, and what was probably meant.
    pub message: String,
    /// The same in a few words, for one narrow line beside what was probably meant.
    pub brief: String,
    /// What was probably meant, as it is typed.
    pub instead: Option<String>,
}

impl Wrong {
    /// What was probably meant, without the key where `text`, in which this is wrong, has the same one.
    pub fn instead_in<'a>(&'a self, text: &str) -> Option<&'a str> {
        let instead = self.instead.as_deref()?;
        let typed = text.get(self.at.clone())?.split_once(':').map(|(key, _)| key);
        let rest = instead.split_once(':').filter(|(key, _)| Some(*key) == typed).map(|(_, value)| value);
        Some(rest.map_or(instead, |value| value.trim_matches('"')))
    }
}

/// How many values of a long list are named.
const NAMED: usize = 10;

/// What is said of a filter: in a sentence, in a few words, and what to type instead.
pub(super) struct Said {
    pub message: String,
    pub brief: String,
    pub instead: Option<String>,
}

/// What of `key` there is not.
fn brief(key: &str, value: &str) -> String {
    if value.is_empty() { format!("{key}: lacks a value") } else { format!("no such {key}") }
}

pub(super) fn of_filter(wish: Wish, key: &str, value: &str, vocabulary: &Vocabulary) -> Said {
    let sign = if wish == Wish::Excluded { "-" } else { "" };
    let of_key: Vec<&str> =
        shorts().into_iter().filter(|(k, ..)| *k == key).map(|(_, word, _)| word).collect();
    if let Some(facet) = Facet::from_key(key) {
        let values = vocabulary.of(facet);
        let words: Vec<&str> = values.iter().map(|value| value.word()).collect();
        let near = nearest(value, &words).map(|at| &values[at]);
        return Said {
            message: said(facet.key(), value, &words, near.map(|value| value.word())),
            brief: brief(facet.key(), value),
            instead: near.map(|value| filter_form(value, wish)),
        };
    }
    if !of_key.is_empty() {
        let near = nearest(value, &of_key).map(|at| of_key[at]);
        return Said {
            message: said(key, value, &of_key, near),
            brief: format!("no such word after {key}:"),
            instead: near.map(|word| format!("{sign}{key}:{word}")),
        };
    }
    let keys: Vec<&str> = Facet::ALL.iter().map(|facet| facet.key()).chain(["is", "has", "needs"]).collect();
    let near = nearest(key, &keys).map(|at| keys[at]);
    let meant = near.map_or_else(String::new, |near| format!("; did you mean {near}:?"));
    let message = format!(
        "{key}: is no filter, put a word with a colon in quotes; filters are {}{meant}",
        keys.join(", ")
    );
    let instead = near.map(|near| format!("{sign}{near}:{value}"));
    Said { message, brief: "no such filter".to_owned(), instead }
}

pub(super) fn of_short(word: &str) -> Said {
    let words: Vec<&str> =
        shorts().into_iter().filter(|(key, ..)| key.is_empty()).map(|(_, word, _)| word).collect();
    let near = nearest(word, &words).map(|at| words[at]);
    let meant = near.map_or_else(String::new, |near| format!("; did you mean -{near}?"));
    let list = words.iter().map(|word| format!("-{word}")).collect::<Vec<_>>().join(", ");
    Said {
        message: format!("-{word} excludes nothing: a minus goes before a filter or is one of {list}{meant}"),
        brief: format!("-{word} excludes nothing"),
        instead: near.map(|near| format!("-{near}")),
    }
}

fn said(key: &str, value: &str, words: &[&str], near: Option<&str>) -> String {
    let list = words.iter().take(NAMED).copied().collect::<Vec<_>>().join(", ");
    let more = if words.len() > NAMED { ", …" } else { "" };
    let wrong = if value.is_empty() { String::new() } else { format!(", not “{value}”") };
    let meant = near.map_or_else(String::new, |near| format!("; did you mean {near}?"));
    format!("{key}: knows {list}{more}{wrong}{meant}")
}

/// The likeliest of some words: one that begins with it, one that holds it, else one that few letters turn into it.
fn nearest(typed: &str, words: &[&str]) -> Option<usize> {
    let typed = folded(typed);
    if typed.is_empty() {
        return None;
    }
    let words: Vec<String> = words.iter().map(|word| folded(word)).collect();
    let near = || {
        let distances = words.iter().map(|word| distance(&typed, word)).enumerate();
        let most = (typed.chars().count() / 3).clamp(1, 3);
        distances.filter(|(_, far)| *far <= most).min_by_key(|(_, far)| *far).map(|(at, _)| at)
    };
    let holds = || words.iter().position(|word| typed.len() > 2 && word.contains(&typed));
    words.iter().position(|word| word.starts_with(&typed)).or_else(near).or_else(holds)
}

/// Letters to add, drop or change (Levenshtein).
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.chars().enumerate() {
        let mut corner = i;
        row[0] = i + 1;
        for (j, to) in b.iter().enumerate() {
            let change = corner + usize::from(from != *to);
            corner = row[j + 1];
            row[j + 1] = change.min(corner + 1).min(row[j] + 1);
        }
    }
    row.last().copied().unwrap_or_default()
}
