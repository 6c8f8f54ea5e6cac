//! Drawings to choose from: what is told of each, which of them are what somebody looks for, and how many more there
//! would be if less were asked.

mod miniature;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::basis::Evidence;
use super::lint::lint;
use super::maturity::maturity;
use super::model::Architecture;
use crate::catalog::{Catalog, LicenseClass, Tool, ToolId};

pub use miniature::Miniature;

/// What is told of a drawing without opening it.
#[derive(Clone, Debug, PartialEq)]
pub struct Card {
    /// One line; empty where nobody wrote one.
    pub title: String,
    /// One or two sentences.
    pub summary: String,
    /// The field it is for, as the file says it.
    pub domain: String,
    /// What it is for, a sentence or two; empty where nobody wrote that down.
    pub purpose: String,
    /// When to take it, a sentence each.
    pub use_when: Vec<String>,
    /// When not to, a sentence each.
    pub avoid_when: Vec<String>,
    /// How many boxes there are.
    pub nodes: usize,
    /// How many flows there are.
    pub flows: usize,
    /// The level on Google's scale, 0 to 2, as estimated from what its sources report; from all that is drawn where
    /// nobody said what they report.
    pub level: u8,
    /// The same from all that is drawn.
    pub drawn_level: u8,
    /// How much its source reports.
    pub evidence: Option<Evidence>,
    /// The kinds of its boxes.
    pub kinds: BTreeSet<String>,
    /// The tools that its boxes name.
    pub tools: BTreeSet<String>,
    /// It small.
    pub picture: Miniature,
}

fn google(drawing: &Architecture) -> u8 {
    maturity(drawing, &lint(drawing)).google
}

impl Card {
    /// Places, routes and judges a drawing.
    pub fn of(drawing: &Architecture) -> Self {
        let guide = drawing.guide.clone().unwrap_or_default();
        let nodes = drawing.nodes.values();
        Self {
            title: drawing.title.clone(),
            summary: drawing.summary.clone(),
            domain: drawing.domain.clone(),
            purpose: guide.purpose,
            use_when: guide.use_when,
            avoid_when: guide.avoid_when,
            nodes: drawing.nodes.len(),
            flows: drawing.flows.len(),
            level: if drawing.evidence().is_some() {
                google(&drawing.as_reported())
            } else {
                google(drawing)
            },
            drawn_level: google(drawing),
            evidence: drawing.evidence(),
            kinds: nodes.clone().map(|node| node.kind.clone()).filter(|kind| !kind.is_empty()).collect(),
            tools: nodes.flat_map(|node| node.tools.iter().cloned()).collect(),
            picture: Miniature::of(drawing),
        }
    }

    /// The share of its boxes and flows that its source reports, 0 to 1; none where nobody said of any part on what it
    /// rests.
    pub fn reported(&self) -> Option<f32> {
        let evidence = self.evidence?;
        Some((evidence.nodes + evidence.flows) as f32 / (self.nodes + self.flows).max(1) as f32)
    }
}

/// A card with what the catalog knows of its tools.
#[derive(Clone, Debug)]
pub struct Exhibit {
    /// What is told of the drawing.
    pub card: Arc<Card>,
    /// How many of its tools are of each licence class, in the order of [`LicenseClass::ALL`].
    pub classes: Vec<usize>,
    /// How many of its tools the catalog does not have.
    pub strangers: usize,
    /// All that words are looked for in, in small letters.
    words: String,
}

impl Exhibit {
    /// Looks the tools up.
    pub fn of(card: Arc<Card>, catalog: &Catalog) -> Self {
        let known: Vec<&Tool> = card.tools.iter().filter_map(|name| tool(catalog, name)).collect();
        let of_class =
            |class: &LicenseClass| known.iter().filter(|tool| tool.license.class == *class).count();
        let texts = [&card.title, &card.summary, &card.purpose, &card.domain].into_iter();
        let texts = texts.chain(&card.tools).chain(known.iter().map(|tool| &tool.name));
        let words = texts.map(|text| text.to_lowercase()).collect::<Vec<_>>().join("\n");
        Self {
            classes: LicenseClass::ALL.iter().map(of_class).collect(),
            strangers: card.tools.len() - known.len(),
            words,
            card,
        }
    }
}

/// The tool of the catalog that a box names.
pub fn tool<'a>(catalog: &'a Catalog, name: &str) -> Option<&'a Tool> {
    catalog.get(&ToolId::new(name).ok()?)
}

/// What is looked for; what is empty is not asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wish {
    /// Words, all of which title, summary, purpose, domain or tools must hold.
    pub text: String,
    /// Domains, of which one.
    pub domains: Vec<String>,
    /// Levels on Google's scale, of which one.
    pub levels: Vec<u8>,
    /// Kinds of boxes, all of which.
    pub kinds: Vec<String>,
    /// Tools, all of which.
    pub tools: Vec<String>,
}

/// A part of a [`Wish`] that can be given up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// The words.
    Text,
    /// All domains.
    Domains,
    /// All levels.
    Levels,
    /// A kind of boxes.
    Kind(String),
    /// A tool.
    Tool(String),
}

/// Something that drawings can be asked for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Value {
    /// A domain.
    Domain(String),
    /// A level on Google's scale.
    Level(u8),
    /// A kind of boxes.
    Kind(String),
    /// A tool.
    Tool(String),
}

impl Wish {
    /// Its parts, in the order in which they are shown.
    pub fn parts(&self) -> Vec<Part> {
        let whole = [
            (self.text.trim().is_empty(), Part::Text),
            (self.domains.is_empty(), Part::Domains),
            (self.levels.is_empty(), Part::Levels),
        ];
        let whole = whole.into_iter().filter(|(is_empty, _)| !is_empty).map(|(_, part)| part);
        let kinds = self.kinds.iter().cloned().map(Part::Kind);
        whole.chain(kinds).chain(self.tools.iter().cloned().map(Part::Tool)).collect()
    }

    /// The same without a part.
    #[must_use]
    pub fn without(&self, part: &Part) -> Self {
        let mut left = self.clone();
        match part {
            Part::Text => left.text.clear(),
            Part::Domains => left.domains.clear(),
            Part::Levels => left.levels.clear(),
            Part::Kind(kind) => left.kinds.retain(|other| other != kind),
            Part::Tool(tool) => left.tools.retain(|other| other != tool),
        }
        left
    }

    /// The words in small letters.
    fn words(&self) -> Vec<String> {
        self.text.to_lowercase().split_whitespace().map(str::to_owned).collect()
    }

    fn fits(&self, words: &[String], exhibit: &Exhibit) -> bool {
        let card = &exhibit.card;
        words.iter().all(|word| exhibit.words.contains(word))
            && (self.domains.is_empty() || self.domains.contains(&card.domain))
            && (self.levels.is_empty() || self.levels.contains(&card.level))
            && self.kinds.iter().all(|kind| card.kinds.contains(kind))
            && self.tools.iter().all(|tool| card.tools.contains(tool))
    }
}

/// What fits a wish.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// The places of the exhibits that fit, in their order.
    pub rows: Vec<usize>,
    /// How many there would be with each further value: of a domain or level, if it were the only one that is asked of
    /// its sort; of a kind or tool, together with those that are asked. Values that nothing has are left out.
    pub counts: BTreeMap<Value, usize>,
    /// How many there would be without each part of the wish, the most first, without those that would bring nothing;
    /// only where nothing fits.
    pub looser: Vec<(Part, usize)>,
}

/// Looks for what fits.
pub fn find(exhibits: &[Exhibit], wish: &Wish) -> Found {
    let words = wish.words();
    let fitting = |wish: &Wish, words: &[String]| -> Vec<usize> {
        (0..exhibits.len()).filter(|at| wish.fits(words, &exhibits[*at])).collect()
    };
    let rows = fitting(wish, &words);
    let mut counts = BTreeMap::new();
    let mut count = |value: Value| *counts.entry(value).or_insert(0) += 1;
    for at in fitting(&wish.without(&Part::Domains), &words) {
        count(Value::Domain(exhibits[at].card.domain.clone()));
    }
    for at in fitting(&wish.without(&Part::Levels), &words) {
        count(Value::Level(exhibits[at].card.level));
    }
    for at in &rows {
        let card = &exhibits[*at].card;
        card.kinds.iter().cloned().for_each(|kind| count(Value::Kind(kind)));
        card.tools.iter().cloned().for_each(|tool| count(Value::Tool(tool)));
    }
    let mut looser = Vec::new();
    if rows.is_empty() {
        let without = |part: Part| {
            let left = wish.without(&part);
            let count = fitting(&left, &left.words()).len();
            (part, count)
        };
        looser.extend(wish.parts().into_iter().map(without).filter(|(_, count)| *count > 0));
        looser.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    }
    Found { rows, counts, looser }
}
