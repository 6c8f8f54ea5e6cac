//! How well words fit a tool's texts: its name (fuzzily as well), its other names, and what is said of it.

use nucleo_matcher::{Config, Matcher, Utf32String};

use super::tokens;
use crate::catalog::tool::Tool;

/// The texts of one tool, in lower case.
#[derive(Clone, Debug)]
pub(super) struct Row {
    name: String,
    /// The name for the fuzzy matcher, which wants characters.
    fuzzy: Utf32String,
    /// Which letters and digits the name has: refuses most names before the fuzzy matcher sees them.
    letters: u64,
    /// The pairs of bytes in all texts: refuses most rows before a text is looked at.
    pairs: Pairs,
    /// Id, aliases and former repositories, one a line.
    alias: String,
    /// Summary, category, tags and claims, one a line.
    rest: String,
}

/// How good a place a word was found in; smaller is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
    NamePrefix,
    NameContains,
    Alias,
    /// With what the score lacks, so that better ones come first.
    FuzzyName(u16),
    Rest,
}

/// Rows that match, by rank; those of one rank stay in the order of names, in which the rows lie.
#[derive(Default)]
pub(super) struct Hits {
    prefix: Vec<usize>,
    name: Vec<usize>,
    alias: Vec<usize>,
    /// With what the score lacks.
    fuzzy: Vec<(u16, usize)>,
    rest: Vec<usize>,
}

impl Hits {
    pub fn add(&mut self, rank: Rank, row: usize) {
        match rank {
            Rank::NamePrefix => self.prefix.push(row),
            Rank::NameContains => self.name.push(row),
            Rank::Alias => self.alias.push(row),
            Rank::FuzzyName(lack) => self.fuzzy.push((lack, row)),
            Rank::Rest => self.rest.push(row),
        }
    }

    pub fn into_rows(mut self) -> Vec<usize> {
        self.fuzzy.sort_unstable();
        let mut rows = self.prefix;
        rows.append(&mut self.name);
        rows.append(&mut self.alias);
        rows.extend(self.fuzzy.into_iter().map(|(_, row)| row));
        rows.append(&mut self.rest);
        rows
    }
}

struct Word {
    text: String,
    fuzzy: Utf32String,
    letters: u64,
    pairs: Pairs,
}

/// A set of neighbouring bytes, each pair hashed to one of 512 bits.
///
/// Where a word's pairs are not all in a text's set, the word is not in the text.
#[derive(Clone, Copy, Debug, Default)]
struct Pairs([u64; 8]);

impl Pairs {
    fn add(&mut self, text: &str) {
        for pair in text.as_bytes().windows(2) {
            // Multiplicative hashing (Knuth): the upper nine bits choose the bit.
            let number = u32::from(pair[0]) << 8 | u32::from(pair[1]);
            let hash = number.wrapping_mul(0x9E37_79B1) >> 23;
            self.0[(hash / 64) as usize] |= 1 << (hash % 64);
        }
    }

    fn may_hold(&self, word: &Self) -> bool {
        self.0.iter().zip(word.0).all(|(all, some)| some & !all == 0)
    }
}

/// The words of a search, prepared for many rows.
pub(super) struct Search {
    words: Vec<Word>,
    matcher: Matcher,
}

impl Search {
    /// `None` if there is no word to look for.
    pub fn new(text: &str) -> Option<Self> {
        let word = |text: String| {
            let mut pairs = Pairs::default();
            pairs.add(&text);
            Word { fuzzy: Utf32String::from(text.as_str()), letters: letters(&text), pairs, text }
        };
        let words: Vec<Word> = tokens::free_words(text).map(|text| word(text.to_lowercase())).collect();
        (!words.is_empty()).then(|| Self { words, matcher: Matcher::new(Config::DEFAULT) })
    }

    /// The rank of the worst word in a row, or `None` if a word is nowhere.
    pub fn rank(&mut self, row: &Row) -> Option<Rank> {
        let mut worst = Rank::NamePrefix;
        for word in &self.words {
            worst = worst.max(row.rank_of(word, &mut self.matcher)?);
        }
        Some(worst)
    }
}

impl Row {
    pub fn new(tool: &Tool) -> Self {
        let name = tool.name.to_lowercase();
        let alias = std::iter::once(tool.id.as_str())
            .chain(tool.aliases.iter().map(String::as_str))
            .chain(tool.repo_aliases.iter().map(String::as_str));
        let rest = tool
            .summary
            .iter()
            .chain(&tool.category)
            .chain(&tool.also_in)
            .chain(&tool.tags)
            .chain(tool.claims.iter().map(|c| &c.text))
            .map(String::as_str);
        let alias = alias.collect::<Vec<_>>().join("\n").to_lowercase();
        let rest = rest.collect::<Vec<_>>().join("\n").to_lowercase();
        let mut pairs = Pairs::default();
        for text in [&name, &alias, &rest] {
            pairs.add(text);
        }
        Self { fuzzy: Utf32String::from(name.as_str()), letters: letters(&name), pairs, alias, rest, name }
    }

    fn rank_of(&self, word: &Word, matcher: &mut Matcher) -> Option<Rank> {
        let text = word.text.as_str();
        let held = self.pairs.may_hold(&word.pairs);
        if held {
            if self.name.starts_with(text) {
                return Some(Rank::NamePrefix);
            }
            if self.name.contains(text) {
                return Some(Rank::NameContains);
            }
            if self.alias.contains(text) {
                return Some(Rank::Alias);
            }
        }
        if let Some(score) = self.fuzzy_score(word, matcher) {
            return Some(Rank::FuzzyName(u16::MAX - score));
        }
        (held && self.rest.contains(text)).then_some(Rank::Rest)
    }

    fn fuzzy_score(&self, word: &Word, matcher: &mut Matcher) -> Option<u16> {
        // Two letters occur in order in almost every name, and scattered letters are no likeness.
        let chars = word.fuzzy.len();
        if chars < 3 || word.letters & !self.letters != 0 {
            return None;
        }
        let score = matcher.fuzzy_match(self.fuzzy.slice(..), word.fuzzy.slice(..))?;
        (usize::from(score) >= chars * MIN_SCORE_PER_CHAR).then_some(score)
    }
}

/// The matcher gives 16 for a letter found and takes 3 for a gap, 1 for each further letter of it.
const MIN_SCORE_PER_CHAR: usize = 14;

/// One bit per letter a-z and digit; other characters share one.
fn letters(text: &str) -> u64 {
    text.chars().fold(0, |mask, c| {
        mask | match c {
            'a'..='z' => 1 << (u32::from(c) - u32::from('a')),
            '0'..='9' => 1 << (26 + u32::from(c) - u32::from('0')),
            _ => 1 << 36,
        }
    })
}
