//! Search and facets over the whole catalog, fast enough for every keystroke.
//!
//! A [`Query`] is what is asked for, an [`Index`] answers it. [`tokens`] reads and completes what people type into
//! one box (`stage:monitor licence:osi -k8s drift`), [`Marks`] says which letters of a text matched, and the pairs of
//! addresses are read and written by the query itself.

mod bits;
pub mod facet;
mod facets;
mod index;
mod marks;
mod matching;
mod pairs;
#[cfg(test)]
mod tests;
mod texts;
pub mod tokens;

use std::collections::BTreeMap;

use jiff::civil::Date;

pub use facet::{Facet, Judged, Known, Value};
pub use facets::{Facets, Vocabulary};
pub use index::Index;
pub use marks::Marks;
pub use pairs::NotAValue;

/// What is asked of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Wish {
    /// Tools that have it, or another wanted value of the same facet.
    Wanted,
    /// No tool that has it.
    Excluded,
}

/// What is asked for: within a facet any of the wanted values and none of the excluded; between the facets and the
/// text all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// Words that must all occur, each as it stands; quotes keep blanks together. Empty matches all.
    pub text: String,
    /// What is asked of values, in the order of the facets; a facet without any is no restriction.
    pub chosen: BTreeMap<Value, Wish>,
}

/// What a search has to know from outside the catalog.
#[derive(Clone, Copy, Debug, Default)]
pub struct Context<'a> {
    /// The day on which claims are fresh or stale. The default is before all days: nothing is stale.
    pub today: Date,
    /// The rows on the shortlist.
    pub shortlist: &'a [usize],
}

impl Query {
    /// Only words.
    pub fn words(text: impl Into<String>) -> Self {
        Self { text: text.into(), chosen: BTreeMap::new() }
    }

    /// Only tools with one value, or another one of its facet.
    pub fn wanting(values: impl IntoIterator<Item = Value>) -> Self {
        Self { text: String::new(), chosen: values.into_iter().map(|value| (value, Wish::Wanted)).collect() }
    }

    /// What is asked of a value.
    pub fn wish(&self, value: &Value) -> Option<Wish> {
        self.chosen.get(value).copied()
    }

    /// Asks for a value, or takes the wish back when it is there already.
    pub fn toggle(&mut self, value: &Value, wish: Wish) {
        if self.chosen.insert(value.clone(), wish) == Some(wish) {
            self.chosen.remove(value);
        }
    }

    /// What is asked of one facet.
    pub fn of(&self, facet: Facet) -> impl Iterator<Item = (&Value, Wish)> {
        self.chosen
            .iter()
            .filter(move |(value, _)| value.facet() == facet)
            .map(|(value, wish)| (value, *wish))
    }
}
