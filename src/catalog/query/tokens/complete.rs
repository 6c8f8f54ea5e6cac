//! What may come next in the box: the filters and values that exist, best first.

use std::cmp::Reverse;

use super::{ALONE, Facet, Value, Vocabulary, Wish, atoms, filter_form, shorts, unquoted};
use crate::catalog::query::facets::folded;

/// One way to go on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// What stands for the piece of the text that ends at the cursor: `stage:monitor`, or `stage:` for all of it.
    pub text: String,
    /// Where that piece begins, in bytes.
    pub start: usize,
    /// How many tools it would give; `None` if a value is still to come.
    pub count: Option<usize>,
}

/// More would be a list to search in.
const MOST: usize = 8;
/// Fewer letters of a bare word may become any word.
const LEAST: usize = 3;

/// The ways to go on with the piece that ends at `cursor` (in bytes), best first; none where it is complete or a word.
pub fn complete(
    text: &str,
    cursor: usize,
    vocabulary: &Vocabulary,
    count: impl Fn(&Value) -> usize,
) -> Vec<Candidate> {
    let Some(before) = text.get(..cursor) else { return Vec::new() };
    let Some(atom) = atoms(before).last().filter(|atom| atom.range.end == cursor) else { return Vec::new() };
    let (sign, wish, body) = match atom.text.strip_prefix('-') {
        Some(body) => ("-", Wish::Excluded, body),
        None => ("", Wish::Wanted, atom.text),
    };
    // Sorted by: how it fits, how many it gives, where it stands.
    let mut found: Vec<(usize, Reverse<usize>, String, Option<usize>)> = Vec::new();
    let mut add = |fit: Option<usize>, text: String, count: Option<usize>| {
        // A minus is mostly followed by a word of its own, a bare word by a value.
        let weight = count.unwrap_or(if sign.is_empty() { usize::MAX } else { 0 });
        found.extend(fit.map(|fit| (fit, Reverse(weight), text, count)));
    };
    if let Some((key, value)) = body.split_once(':') {
        let typed = folded(&unquoted(value));
        if let Some(facet) = Facet::from_key(key) {
            for value in vocabulary.of(facet) {
                let fit = fits(&typed, value.word()).or_else(|| fits(&typed, value.title()));
                add(fit, filter_form(value, wish), Some(count(value)));
            }
        }
        for (before, word, value) in shorts() {
            if !before.is_empty() && before.eq_ignore_ascii_case(key) {
                add(fits(&typed, word), format!("{sign}{before}:{word}"), Some(count(&value)));
            }
        }
    } else if !body.contains('"') && (body.len() >= LEAST || (!sign.is_empty() && !body.is_empty())) {
        let begins = |word: &str| fits(&folded(body), word).filter(|fit| *fit < HOLDS);
        for (before, word, value) in shorts() {
            if before.is_empty() && (wish == Wish::Excluded || ALONE.contains(&word)) {
                add(begins(word), format!("{sign}{word}"), Some(count(&value)));
            }
        }
        for key in Facet::ALL.iter().map(|facet| facet.key()).chain(["has", "needs"]) {
            add(begins(key), format!("{sign}{key}:"), None);
        }
    }
    found.sort();
    found.truncate(MOST);
    // A word that is a filter by itself is done, whatever else begins with it; a value may be the beginning of another.
    let is_first = found.first().is_some_and(|(_, _, text, _)| *text == atom.text);
    let is_done = is_first && (found.len() == 1 || !atom.text.contains(':'));
    let candidate = |(_, _, text, count)| Candidate { text, start: atom.range.start, count };
    if is_done { Vec::new() } else { found.into_iter().map(candidate).collect() }
}

const HOLDS: usize = 2;

/// How a word goes on from what was typed: it is it, begins with it, or holds it.
fn fits(typed: &str, word: &str) -> Option<usize> {
    let word = folded(word);
    if word == typed {
        Some(0)
    } else if word.starts_with(typed) {
        Some(1)
    } else {
        (typed.chars().count() > 1 && word.contains(typed)).then_some(HOLDS)
    }
}
