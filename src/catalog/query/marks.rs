//! Which letters of a text a search matched, so that they can be marked.

use std::ops::Range;

use super::tokens;

/// The words of a search, prepared for marking.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    words: Vec<Vec<char>>,
}

impl Marks {
    /// The words of [`super::Query::text`].
    pub fn new(text: &str) -> Self {
        let words = tokens::free_words(text).map(|word| word.chars().flat_map(char::to_lowercase).collect());
        Self { words: words.filter(|word: &Vec<char>| !word.is_empty()).collect() }
    }

    /// Whether there is nothing to mark anywhere.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The places in a text in which the words stand, as ranges of bytes in order that do not touch.
    pub fn in_text(&self, text: &str) -> Vec<Range<usize>> {
        if self.words.is_empty() {
            return Vec::new();
        }
        let letters = lower(text);
        joined(self.words.iter().flat_map(|word| whole(&letters, word)).collect())
    }

    /// The same for a name, which is searched tolerantly: a word that it does not hold whole is marked letter by
    /// letter where the letters stand close together.
    pub fn in_name(&self, name: &str) -> Vec<Range<usize>> {
        if self.words.is_empty() {
            return Vec::new();
        }
        let letters = lower(name);
        let word = |word: &Vec<char>| {
            let found = whole(&letters, word);
            if found.is_empty() { scattered(&letters, word) } else { found }
        };
        joined(self.words.iter().flat_map(word).collect())
    }
}

type Letter = (char, Range<usize>);

/// The letters in lower case with the bytes that they stand for; one letter may become several.
fn lower(text: &str) -> Vec<Letter> {
    let letters = text.char_indices().flat_map(|(at, letter)| {
        let range = at..at + letter.len_utf8();
        letter.to_lowercase().map(move |lower| (lower, range.clone()))
    });
    letters.collect()
}

fn whole(letters: &[Letter], word: &[char]) -> Vec<Range<usize>> {
    let is_here = |window: &&[Letter]| window.iter().map(|(letter, _)| letter).eq(word);
    let places = letters.windows(word.len()).filter(is_here);
    places.filter_map(|window| Some(window.first()?.1.start..window.last()?.1.end)).collect()
}

/// The letters of a word in their order, with at most one stranger for every three of them between.
fn scattered(letters: &[Letter], word: &[char]) -> Vec<Range<usize>> {
    let strangers = word.len() / 3;
    if strangers == 0 {
        return Vec::new();
    }
    let from = |start: usize| -> Option<Vec<Range<usize>>> {
        let window = letters.get(start..(start + word.len() + strangers).min(letters.len()))?;
        let mut rest = window.iter();
        word.iter()
            .map(|wanted| rest.find(|(letter, _)| letter == wanted).map(|(_, range)| range.clone()))
            .collect()
    };
    let mut starts = (0..letters.len()).filter(|at| letters[*at].0 == word[0]);
    starts.find_map(from).unwrap_or_default()
}

fn joined(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_unstable_by_key(|range| range.start);
    let mut joined: Vec<Range<usize>> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match joined.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => joined.push(range),
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(words: &str, text: &str) -> Vec<String> {
        Marks::new(words).in_text(text).into_iter().map(|range| text[range].to_owned()).collect()
    }

    #[test]
    fn every_place_of_every_word_is_marked_once() {
        assert_eq!(marked("drift", "Drift of drifting data"), ["Drift", "drift"]);
        assert_eq!(marked("store feat", "Feature store"), ["Feat", "store"]);
        assert_eq!(marked("feature eat ture", "feature"), ["feature"], "overlaps are one mark");
        assert_eq!(marked("\"a b\"", "a b ab"), ["a b"]);
        assert!(marked("", "all").is_empty() && marked("x", "").is_empty());
    }

    #[test]
    fn letters_that_change_their_length_are_marked_whole() {
        assert_eq!(marked("straße", "STRASSE Straße"), ["Straße"]);
        // One letter of two bytes that becomes two letters of three.
        assert_eq!(marked("i", "İx"), ["İ"]);
        assert_eq!(marked("ünï", "ÜNÏCÖDÉ"), ["ÜNÏ"]);
    }

    #[test]
    fn a_name_is_marked_where_it_is_only_alike() {
        let marked = |word: &str, name: &str| {
            let ranges = Marks::new(word).in_name(name);
            ranges.into_iter().map(|range| name[range].to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(marked("mlflw", "MLflow"), ["MLfl", "w"]);
        assert_eq!(marked("feast", "FarEastern"), Vec::<String>::new(), "too far apart");
        assert_eq!(marked("feast", "Feast"), ["Feast"]);
        assert_eq!(marked("ml", "Mxl"), Vec::<String>::new(), "two letters are no likeness");
    }
}
