//! The searchable form of a catalog: lower-case texts and facet values side by side, made once.

use std::collections::{BTreeMap, BTreeSet};

use nucleo_matcher::{Config, Matcher, Utf32String};

use super::{Facets, Query};
use crate::catalog::collection::Catalog;
use crate::catalog::tool::Tool;
use crate::catalog::words::{LicenseClass, Stage};

/// The searchable form of a catalog, built once per catalog.
#[derive(Clone, Debug, Default)]
pub struct Index {
    rows: Vec<Row>,
    /// The names behind [`Row::foundations`], in order.
    foundations: Vec<String>,
}

#[derive(Clone, Debug)]
struct Row {
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
    stages: u16,
    license: LicenseClass,
    foundations: Vec<u16>,
}

/// How good a place a word was found in; smaller is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    NamePrefix,
    NameContains,
    Alias,
    /// With what the score lacks, so that better ones come first.
    FuzzyName(u16),
    Rest,
}

/// Rows that match, by rank; those of one rank stay in the order of names, in which the rows lie.
#[derive(Default)]
struct Hits {
    prefix: Vec<usize>,
    name: Vec<usize>,
    alias: Vec<usize>,
    /// With what the score lacks.
    fuzzy: Vec<(u16, usize)>,
    rest: Vec<usize>,
}

impl Hits {
    fn add(&mut self, rank: Rank, row: usize) {
        match rank {
            Rank::NamePrefix => self.prefix.push(row),
            Rank::NameContains => self.name.push(row),
            Rank::Alias => self.alias.push(row),
            Rank::FuzzyName(lack) => self.fuzzy.push((lack, row)),
            Rank::Rest => self.rest.push(row),
        }
    }

    fn into_rows(mut self) -> Vec<usize> {
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

impl Index {
    /// Prepares a catalog for searching.
    pub fn new(catalog: &Catalog) -> Self {
        let orgs = catalog.tools().iter().flat_map(|t| t.foundations.iter().map(|f| f.org.as_str()));
        let orgs: Vec<&str> = orgs.collect::<BTreeSet<_>>().into_iter().collect();
        let number = |org: &str| orgs.binary_search(&org).ok().and_then(|i| u16::try_from(i).ok());
        let rows = catalog.tools().iter().map(|tool| Row::new(tool, number)).collect();
        Self { rows, foundations: orgs.into_iter().map(str::to_owned).collect() }
    }

    /// The places in [`Catalog::tools`] of the tools that match, best first; in order of name without a text.
    pub fn search(&self, query: &Query) -> Vec<usize> {
        self.search_with_facets(query).0
    }

    /// The live counts beside each facet value; a facet's own counts ignore its own selection.
    pub fn facet_counts(&self, query: &Query) -> Facets {
        self.search_with_facets(query).1
    }

    /// Both at once, with one scan.
    pub fn search_with_facets(&self, query: &Query) -> (Vec<usize>, Facets) {
        let words = words(&query.text);
        let mut matcher = (!words.is_empty()).then(|| Matcher::new(Config::DEFAULT));
        let wanted_stages = query.stages.iter().fold(0, |mask, stage| mask | bit(*stage));
        let wanted_orgs: Vec<u16> = query
            .foundations
            .iter()
            .filter_map(|org| self.foundations.binary_search(org).ok().and_then(|i| u16::try_from(i).ok()))
            .collect();
        let mut counts = Counts::new(self.foundations.len());
        let mut hits = Hits::default();
        for (i, row) in self.rows.iter().enumerate() {
            let Some(rank) = row.rank(&words, matcher.as_mut()) else { continue };
            let stage = query.stages.is_empty() || row.stages & wanted_stages != 0;
            let license = query.licenses.is_empty() || query.licenses.contains(&row.license);
            let org = query.foundations.is_empty() || row.foundations.iter().any(|f| wanted_orgs.contains(f));
            counts.add(row, [stage, license, org]);
            if stage && license && org {
                hits.add(rank, i);
            }
        }
        (hits.into_rows(), counts.into_facets(&self.foundations))
    }
}

impl Row {
    fn new(tool: &Tool, number: impl Fn(&str) -> Option<u16>) -> Self {
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
        Self {
            fuzzy: Utf32String::from(name.as_str()),
            letters: letters(&name),
            pairs,
            alias,
            rest,
            stages: tool.stages.iter().fold(0, |mask, stage| mask | bit(*stage)),
            license: tool.license_class(),
            foundations: tool.foundations.iter().filter_map(|f| number(&f.org)).collect(),
            name,
        }
    }

    /// The rank of the worst word, or `None` if a word is nowhere.
    fn rank(&self, words: &[Word], mut matcher: Option<&mut Matcher>) -> Option<Rank> {
        let mut worst = Rank::NamePrefix;
        for word in words {
            worst = worst.max(self.rank_of(word, matcher.as_deref_mut())?);
        }
        Some(worst)
    }

    fn rank_of(&self, word: &Word, matcher: Option<&mut Matcher>) -> Option<Rank> {
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

    fn fuzzy_score(&self, word: &Word, matcher: Option<&mut Matcher>) -> Option<u16> {
        // Two letters occur in order in almost every name, and scattered letters are no likeness.
        let chars = word.fuzzy.len();
        if chars < 3 || word.letters & !self.letters != 0 {
            return None;
        }
        let score = matcher?.fuzzy_match(self.fuzzy.slice(..), word.fuzzy.slice(..))?;
        (usize::from(score) >= chars * MIN_SCORE_PER_CHAR).then_some(score)
    }
}

/// The matcher gives 16 for a letter found and takes 3 for a gap, 1 for each further letter of it.
const MIN_SCORE_PER_CHAR: usize = 14;

fn words(text: &str) -> Vec<Word> {
    text.split_whitespace()
        .map(|word| {
            let text = word.to_lowercase();
            let mut pairs = Pairs::default();
            pairs.add(&text);
            Word { fuzzy: Utf32String::from(text.as_str()), letters: letters(&text), pairs, text }
        })
        .collect()
}

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

fn bit(stage: Stage) -> u16 {
    1 << stage as u16
}

struct Counts {
    stages: [usize; 16],
    licenses: BTreeMap<LicenseClass, usize>,
    foundations: Vec<usize>,
}

impl Counts {
    fn new(foundations: usize) -> Self {
        let licenses = LicenseClass::ALL.iter().map(|c| (*c, 0)).collect();
        Self { stages: [0; 16], licenses, foundations: vec![0; foundations] }
    }

    /// Counts a row that matches the text, where each facet lets it through or not.
    fn add(&mut self, row: &Row, [stage, license, org]: [bool; 3]) {
        if license && org {
            for (i, count) in self.stages.iter_mut().enumerate() {
                *count += usize::from(row.stages >> i & 1);
            }
        }
        if stage
            && org
            && let Some(count) = self.licenses.get_mut(&row.license)
        {
            *count += 1;
        }
        if stage && license {
            for org in &row.foundations {
                if let Some(count) = self.foundations.get_mut(usize::from(*org)) {
                    *count += 1;
                }
            }
        }
    }

    fn into_facets(self, names: &[String]) -> Facets {
        Facets {
            stages: Stage::ALL.iter().map(|s| (*s, self.stages[*s as usize])).collect(),
            licenses: self.licenses,
            foundations: names.iter().cloned().zip(self.foundations).collect(),
        }
    }
}
