//! Rules about an entry as a whole: its name, its summary, its place, and whether it is one-sided.

use super::{Judge, wording};
use crate::catalog::coverage::{LEAST, completeness, reviewed};
use crate::catalog::read::Place;
use crate::catalog::tool::Tool;
use crate::catalog::words::Polarity;

/// The shortest and the longest summary, in characters.
pub const SUMMARY_CHARS: std::ops::RangeInclusive<usize> = 20..=140;

impl Judge<'_> {
    pub(super) fn entry(&mut self) {
        self.identity();
        self.summary();
        self.placement();
        if let Some(tool) = self.catalog.get(&self.file.entry.id) {
            self.balance(tool);
        }
    }

    /// That another file of the same layer has the same id: it would replace that one without a word.
    pub(super) fn same_id(&mut self, other: &str) {
        let message = format!(
            "{other} has the id {} as well and what is said here replaces what is said there: give one of them another \
             id, or write both into one file",
            self.file.entry.id
        );
        self.error("duplicate-id", Place::Key("id"), message);
    }

    fn identity(&mut self) {
        let id = &self.file.entry.id;
        let stem = self.file.file.rsplit('/').next().and_then(|name| name.strip_suffix(".toml"));
        if stem != Some(id.as_str()) {
            let message = format!("the file of {id} must be called {id}.toml");
            self.error("id-file-name", Place::Key("id"), message);
        }
        if self.catalog.get(id).is_none() {
            self.error("missing-field", Place::Key("id"), "a tool needs `name`".to_owned());
        }
    }

    fn summary(&mut self) {
        let Some(summary) = &self.file.entry.summary else { return };
        let place = Place::Key("summary");
        let chars = summary.chars().count();
        if chars > *SUMMARY_CHARS.end() {
            let message =
                format!("a summary has at most {} characters, this one {chars}", SUMMARY_CHARS.end());
            self.error("summary-too-long", place, message);
        }
        if chars < *SUMMARY_CHARS.start() {
            let message = format!(
                "a summary says what the tool does and for whom in at least {} characters, this one has {chars}",
                SUMMARY_CHARS.start()
            );
            self.error("summary-too-short", place, message);
        }
        if let Some(phrase) = wording::generic(summary) {
            let message = format!("{phrase:?} says nothing that a reader could check");
            self.warning("generic-phrase", place, message);
        }
    }

    fn placement(&mut self) {
        let named = self.file.entry.category.iter().map(|c| ("category", c));
        let also = self.file.entry.also_in.iter().flatten().map(|c| ("also_in", c));
        for (key, category) in named.chain(also).collect::<Vec<_>>() {
            if self.catalog.category_of_name(category).is_none() {
                let message = format!("{category:?} is no category of categories.toml");
                self.error("unknown-category", Place::Key(key), message);
            }
        }
    }

    /// Cons beside pros, and enough of both where somebody has begun to judge.
    fn balance(&mut self, tool: &Tool) {
        if tool.count(Polarity::Pro) >= 2 && tool.count(Polarity::Con) == 0 {
            let message =
                format!("{} has two or more pros and not one con: every tool has limits", tool.name);
            self.error("one-sided", Place::Key("claim"), message);
        }
        if reviewed(tool).next().is_none() {
            return;
        }
        let missing = completeness(tool, self.catalog).missing;
        for (field, what) in [("pros", "pros"), ("cons", "cons or caveats")] {
            if missing.contains(&field) {
                let message = format!("a complete tool has at least {LEAST} reviewed {what}");
                self.warning("few-claims", Place::Key("claim"), message);
            }
        }
        if missing.contains(&"alternative") {
            let message =
                "name an `alternative_to`, or say in `note` that no alternative is known".to_owned();
            self.warning("no-alternative", Place::Key("id"), message);
        }
    }
}
