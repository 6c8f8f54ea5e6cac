//! The values that a catalog has, and how many tools each of them would give.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Facet, Value};
use crate::catalog::collection::Catalog;

/// Every value of every facet of one catalog, in the order of panels.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    /// Facet by facet; a closed list in its order, texts by how many tools have them.
    values: Vec<Value>,
    places: BTreeMap<Value, usize>,
    /// Other words for values, folded.
    others: BTreeMap<(Facet, String), usize>,
}

/// A word without what people write differently: case, blanks, hyphens, ampersands.
pub(super) fn folded(word: &str) -> String {
    let plain = |c: &char| !c.is_whitespace() && !['-', '_', '&', '/', ',', '"'].contains(c);
    word.chars().filter(plain).flat_map(char::to_lowercase).collect()
}

impl Vocabulary {
    /// The values with how many tools have each; the order of equals is that of the values.
    pub(super) fn new(catalog: &Catalog, totals: &BTreeMap<Value, usize>) -> Self {
        let mut values: Vec<&Value> = totals.keys().collect();
        let unknown = |value: &Value| [Value::UNKNOWN, Value::NONE].contains(&value.word());
        values.sort_by_key(|value| {
            let last = value.facet().is_open() && unknown(value);
            let total = if value.facet().is_open() { totals[*value] } else { 0 };
            (value.facet(), last, std::cmp::Reverse(total))
        });
        let values: Vec<Value> = values.into_iter().cloned().collect();
        let places: BTreeMap<Value, usize> =
            values.iter().enumerate().map(|(at, value)| (value.clone(), at)).collect();
        let mut others = BTreeMap::new();
        for (at, value) in values.iter().enumerate() {
            for word in [value.word(), value.title()] {
                others.entry((value.facet(), folded(word))).or_insert(at);
            }
        }
        for category in catalog.categories() {
            if let Some(at) = places.get(&Value::Category(category.name.clone())) {
                for word in category.former.iter().chain([&category.id]) {
                    others.entry((Facet::Category, folded(word))).or_insert(*at);
                }
            }
        }
        for (word, short) in [("kubernetes", "k8s"), ("cluster", "k8s"), ("docker", "container")] {
            if let Some(at) = places.get(&Value::Deploy(short.to_owned())) {
                others.entry((Facet::Deploy, word.to_owned())).or_insert(*at);
            }
        }
        Self { values, places, others }
    }

    /// The values of one facet.
    pub fn of(&self, facet: Facet) -> &[Value] {
        let from = self.values.partition_point(|value| value.facet() < facet);
        let to = self.values.partition_point(|value| value.facet() <= facet);
        &self.values[from..to]
    }

    /// All values.
    pub fn values(&self) -> &[Value] {
        &self.values
    }

    /// The value that somebody means by a word, in any case, with or without blanks and hyphens.
    pub fn find(&self, facet: Facet, word: &str) -> Option<&Value> {
        let exact = Value::from_word(facet, word).and_then(|value| self.place(&value));
        exact.or_else(|| self.others.get(&(facet, folded(word))).copied()).map(|at| &self.values[at])
    }

    /// Where a value stands in [`Self::values`].
    pub(super) fn place(&self, value: &Value) -> Option<usize> {
        self.places.get(value).copied()
    }
}

/// How many tools each value would give, under the text and the *other* facets.
#[derive(Clone, Debug, Default)]
pub struct Facets {
    pub(super) vocabulary: Arc<Vocabulary>,
    /// Beside [`Vocabulary::values`].
    pub(super) counts: Vec<usize>,
}

impl Facets {
    /// All values that there are.
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// How many tools a value would give; 0 for one that the catalog does not have.
    pub fn count(&self, value: &Value) -> usize {
        self.vocabulary.place(value).and_then(|at| self.counts.get(at)).copied().unwrap_or_default()
    }

    /// The values of a facet with their counts, in the order of panels.
    pub fn of(&self, facet: Facet) -> impl Iterator<Item = (&Value, usize)> {
        let from = self.vocabulary.values.partition_point(|value| value.facet() < facet);
        let counts = self.counts.iter().skip(from).copied();
        self.vocabulary.of(facet).iter().zip(counts)
    }
}
