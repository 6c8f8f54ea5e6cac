//! How well words fit the tools' texts: their names (fuzzily as well), their other names, and what is said of them.

use memchr::memmem::Finder;
use nucleo_matcher::{Config, Matcher, Utf32String};

use super::texts::{Column, Prose};
use super::tokens;
use crate::catalog::tool::Tool;

/// The texts of all tools, in lower case.
#[derive(Clone, Debug, Default)]
pub(super) struct Texts {
    names: Column,
    /// The names for the fuzzy matcher, which wants characters.
    fuzzy: Vec<Utf32String>,
    /// Which letters and digits each name has: refuses most names before the fuzzy matcher sees them.
    letters: Vec<u64>,
    /// Id, aliases and former repositories, one a line.
    aliases: Column,
    /// Summary, category, tags and claims, one a line.
    said: Prose,
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
    Nowhere,
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
            Rank::Nowhere => {}
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

impl Texts {
    pub fn new(tools: &[Tool]) -> Self {
        let mut texts = Self::default();
        let mut said = Vec::with_capacity(tools.len());
        for tool in tools {
            let name = tool.name.to_lowercase();
            texts.names.push(&name);
            texts.letters.push(letters(&name));
            texts.fuzzy.push(Utf32String::from(name));
            let alias = std::iter::once(tool.id.as_str())
                .chain(tool.aliases.iter().map(String::as_str))
                .chain(tool.repo_aliases.iter().map(String::as_str));
            texts.aliases.push(&alias.collect::<Vec<_>>().join("\n").to_lowercase());
            let rest = tool
                .summary
                .iter()
                .chain(&tool.category)
                .chain(&tool.also_in)
                .chain(&tool.tags)
                .chain(tool.claims.iter().map(|c| &c.text))
                .map(String::as_str);
            said.push(rest.collect::<Vec<_>>().join("\n").to_lowercase());
        }
        texts.said = Prose::new(&said);
        texts
    }

    /// For every row the rank of the worst word of a search in it. `None` if there is no word to look for.
    pub fn ranks(&self, text: &str) -> Option<Vec<Rank>> {
        let mut words = tokens::free_words(text).map(|word| word.to_lowercase());
        let mut ranks = self.ranks_of(&words.next()?);
        for word in words {
            let further = self.ranks_of(&word);
            ranks.iter_mut().zip(further).for_each(|(rank, further)| *rank = further.max(*rank));
        }
        Some(ranks)
    }

    fn ranks_of(&self, word: &str) -> Vec<Rank> {
        let mut ranks = vec![Rank::Nowhere; self.letters.len()];
        self.said.rows_with(word).rows().for_each(|row| ranks[row] = Rank::Rest);
        let finder = Finder::new(word);
        self.aliases.each_with(&finder, |row, _| ranks[row] = Rank::Alias);
        self.names.each_with(&finder, |row, is_prefix| {
            ranks[row] = if is_prefix { Rank::NamePrefix } else { Rank::NameContains };
        });
        self.liken(word, &mut ranks);
        ranks
    }

    /// Ranks the names that are only alike, among the rows without a better place.
    fn liken(&self, word: &str, ranks: &mut [Rank]) {
        let (mut matcher, wanted) = (Matcher::new(Config::DEFAULT), letters(word));
        let word = Utf32String::from(word);
        // Two letters occur in order in almost every name, and scattered letters are no likeness.
        if word.len() < 3 {
            return;
        }
        for ((rank, letters), name) in ranks.iter_mut().zip(&self.letters).zip(&self.fuzzy) {
            if *rank <= Rank::Alias || wanted & !letters != 0 {
                continue;
            }
            let score = matcher.fuzzy_match(name.slice(..), word.slice(..));
            if let Some(score) = score.filter(|score| usize::from(*score) >= word.len() * MIN_SCORE_PER_CHAR)
            {
                *rank = Rank::FuzzyName(u16::MAX - score);
            }
        }
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
