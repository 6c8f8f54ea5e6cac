//! What drawings can be asked for: domains, maturity, kinds of boxes and tools, each with how many there would be.

use std::collections::BTreeMap;

use crate::address::GalleryLocation;
use crate::architecture::gallery::{Exhibit, Value, Wish, find, tool};
use crate::architecture::kinds;
use crate::catalog::Catalog;

/// What is asked of drawings beside words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Facet {
    /// The field that they are for.
    Domain,
    /// Their level on Google's scale.
    Level,
    /// The kinds of their boxes.
    Kind,
    /// Their tools.
    Tool,
}

impl Facet {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 4] = [Self::Domain, Self::Level, Self::Kind, Self::Tool];

    /// What it is called.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Domain => "Domain",
            Self::Level => "Maturity",
            Self::Kind => "Parts",
            Self::Tool => "Tools",
        }
    }

    /// How it is called in front of a value: `domain: finance`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Domain => "domain",
            Self::Level => "maturity",
            Self::Kind => "part",
            Self::Tool => "tool",
        }
    }

    /// Whether a drawing has this value where it is asked for together with others: one of them is enough for domains
    /// and levels, kinds and tools must all be there.
    pub const fn narrows(self) -> bool {
        matches!(self, Self::Kind | Self::Tool)
    }

    /// Asks for a value, or no longer.
    pub fn toggle(self, asked: &mut GalleryLocation, value: &str) {
        let list = match self {
            Self::Domain => &mut asked.domains,
            Self::Kind => &mut asked.kinds,
            Self::Tool => &mut asked.tools,
            Self::Level => {
                if let Ok(level) = value.parse::<u8>() {
                    turn(&mut asked.levels, level);
                }
                return;
            }
        };
        turn(list, value.to_owned());
    }

    fn is_asked(self, asked: &GalleryLocation, value: &str) -> bool {
        let holds = |list: &[String]| list.iter().any(|other| other == value);
        match self {
            Self::Domain => holds(&asked.domains),
            Self::Level => asked.levels.iter().any(|level| level.to_string() == value),
            Self::Kind => holds(&asked.kinds),
            Self::Tool => holds(&asked.tools),
        }
    }

    fn asked(self, asked: &GalleryLocation) -> Vec<String> {
        match self {
            Self::Domain => asked.domains.clone(),
            Self::Level => asked.levels.iter().map(u8::to_string).collect(),
            Self::Kind => asked.kinds.clone(),
            Self::Tool => asked.tools.clone(),
        }
    }

    fn value(self, word: &str) -> Option<Value> {
        Some(match self {
            Self::Domain => Value::Domain(word.to_owned()),
            Self::Level => Value::Level(word.parse().ok()?),
            Self::Kind => Value::Kind(word.to_owned()),
            Self::Tool => Value::Tool(word.to_owned()),
        })
    }
}

fn turn<T: PartialEq>(list: &mut Vec<T>, value: T) {
    match list.iter().position(|other| *other == value) {
        Some(at) => {
            list.remove(at);
        }
        None => list.push(value),
    }
}

/// A value that can be asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// It in addresses.
    pub value: String,
    /// It in words.
    pub title: String,
    /// The same in small letters, for searching.
    pub lower: String,
    /// How many drawings there would be.
    pub count: usize,
    /// Whether it is asked for.
    pub is_chosen: bool,
}

impl Choice {
    fn new(value: String, title: String, count: usize) -> Self {
        Self { value, lower: title.to_lowercase(), title, count, is_chosen: false }
    }
}

/// What each level of Google's scale means.
const LEVELS: [&str; 3] = ["Level 0: by hand", "Level 1: pipeline", "Level 2: delivery"];

/// A domain with a capital letter; what has none is told so.
fn domain_title(domain: &str) -> String {
    let mut letters = domain.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => "None given".to_owned(),
    }
}

/// Every value that some drawing has, with how many have it: levels in their order, the others the most frequent
/// first.
pub(super) fn of(exhibits: &[Exhibit], catalog: &Catalog) -> Vec<(Facet, Vec<Choice>)> {
    let mut found: BTreeMap<Facet, Vec<Choice>> = BTreeMap::new();
    for (value, count) in find(exhibits, &Wish::default()).counts {
        let (facet, choice) = match value {
            // It could not be asked for in an address.
            Value::Domain(domain) if domain.is_empty() => continue,
            Value::Domain(domain) => {
                let title = domain_title(&domain);
                (Facet::Domain, Choice::new(domain, title, count))
            }
            Value::Level(level) => {
                let title = LEVELS.get(usize::from(level)).copied().unwrap_or_default();
                (Facet::Level, Choice::new(level.to_string(), title.to_owned(), count))
            }
            Value::Kind(kind) => {
                let title = kinds::label(&kind).to_owned();
                (Facet::Kind, Choice::new(kind, title, count))
            }
            Value::Tool(name) => {
                let title = tool(catalog, &name).map_or_else(|| name.clone(), |tool| tool.name.clone());
                (Facet::Tool, Choice::new(name, title, count))
            }
        };
        found.entry(facet).or_default().push(choice);
    }
    for (facet, choices) in &mut found {
        if *facet != Facet::Level {
            choices.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.lower.cmp(&b.lower)));
        }
    }
    Facet::ALL.into_iter().map(|facet| (facet, found.remove(&facet).unwrap_or_default())).collect()
}

/// The same with the counts of what is asked; what is asked and nothing has is among them, so that it can be given
/// up.
pub(super) fn counted(
    all: &[(Facet, Vec<Choice>)],
    counts: &BTreeMap<Value, usize>,
    asked: &GalleryLocation,
) -> Vec<(Facet, Vec<Choice>)> {
    let mut counted = all.to_vec();
    for (facet, choices) in &mut counted {
        let strange = facet.asked(asked).into_iter();
        let strange = strange.filter(|word| choices.iter().all(|choice| choice.value != *word));
        let strange: Vec<Choice> = strange.map(|word| Choice::new(word.clone(), word, 0)).collect();
        choices.extend(strange);
        for choice in choices {
            choice.count =
                facet.value(&choice.value).and_then(|value| counts.get(&value)).copied().unwrap_or(0);
            choice.is_chosen = facet.is_asked(asked, &choice.value);
        }
    }
    counted
}
