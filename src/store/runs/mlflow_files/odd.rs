//! What is odd in a store, told once for each kind of it.

use std::collections::BTreeMap;
use std::path::Path;

use super::name;
use crate::problem::Problem;

/// What is odd, each with how often and where first.
#[derive(Debug, Default)]
pub(super) struct Odd(BTreeMap<&'static str, (usize, String)>);

impl Odd {
    /// One more of its kind.
    pub fn add(&mut self, what: &'static str, at: &Path) {
        self.add_at(what, 1, || name(at));
    }

    /// Several of them, the first at a place.
    pub fn add_at(&mut self, what: &'static str, count: usize, place: impl FnOnce() -> String) {
        self.0.entry(what).or_insert_with(|| (0, place())).0 += count;
    }

    /// A sentence for each kind.
    pub fn problems(self) -> impl Iterator<Item = Problem> {
        self.0.into_iter().map(|(what, (count, place))| {
            let first = if count > 1 { "; the first of them here" } else { "" };
            Problem::warning(format!("{count} {what}{first}"), place)
        })
    }
}
