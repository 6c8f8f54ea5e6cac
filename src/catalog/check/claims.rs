//! Rules about claims: one checkable fact each, said once, in words of its own.

use std::collections::BTreeSet;

use super::{Judge, wording};
use crate::catalog::entry::{Claim, ToolId};
use crate::catalog::read::Place;
use crate::catalog::words::ClaimStatus;
use crate::problem::Severity;

/// The shortest and the longest text of a claim, in characters.
pub const CLAIM_CHARS: std::ops::RangeInclusive<usize> = 20..=240;

/// What a claim can be about, with the days for which a review of it may count as fresh.
///
/// Terms, owners and prices change within months, behaviour from release to release, a design seldom.
pub const TOPICS: &[(&str, i32)] = &[
    ("ops", 366),
    ("scale", 366),
    ("performance", 366),
    ("api", 366),
    ("feature", 366),
    ("integration", 366),
    ("security", 181),
    ("license", 181),
    ("community", 181),
    ("governance", 181),
    ("cost", 181),
    ("design", 731),
];

impl Judge<'_> {
    pub(super) fn claims(&mut self) {
        let claims = &self.file.entry.claims;
        let mut seen = BTreeSet::new();
        for (i, claim) in claims.iter().enumerate() {
            let place = Place::Claim(i);
            if ToolId::new(&claim.id).is_err() {
                let message = format!(
                    "a claim's id has lower-case letters, digits and hyphens between them, {:?} does not",
                    claim.id
                );
                self.error("claim-id", place, message);
            }
            if !seen.insert(&claim.id) {
                let message = format!("the claim id {:?} is used twice in this file", claim.id);
                self.error("duplicate-claim", place, message);
            }
            self.topic(claim, place);
            self.text(claim, place);
            self.sources_of(&claim.evidence, claim.status, place, &format!("the claim {:?}", claim.id));
            if let Some(earlier) = claims.iter().take(i).find(|c| wording::alike(&c.text, &claim.text)) {
                let message = format!("the claim {:?} says much the same as {:?}", claim.id, earlier.id);
                self.warning("near-duplicate", place, message);
            }
        }
    }

    /// Drafts are notes that nobody read again: what is wrong with their words is told and does not fail the check.
    fn wrong(&mut self, rule: &'static str, claim: &Claim, place: Place, message: String) {
        let draft = claim.status == ClaimStatus::Draft;
        self.find(rule, if draft { Severity::Warning } else { Severity::Error }, place, message);
    }

    fn topic(&mut self, claim: &Claim, place: Place) {
        if TOPICS.iter().any(|(topic, _)| *topic == claim.topic) {
            return;
        }
        let list = TOPICS.iter().map(|(topic, _)| *topic).collect::<Vec<_>>().join(", ");
        let message = format!("{:?} is no topic of a claim: use one of {list}", claim.topic);
        self.wrong("unknown-topic", claim, place, message);
    }

    fn text(&mut self, claim: &Claim, place: Place) {
        let (id, text) = (&claim.id, &claim.text);
        let chars = text.chars().count();
        if chars > *CLAIM_CHARS.end() {
            let message = format!(
                "a claim says one fact in at most {} characters, {id:?} has {chars}",
                CLAIM_CHARS.end()
            );
            self.wrong("claim-too-long", claim, place, message);
        }
        if chars < *CLAIM_CHARS.start() {
            let message = format!(
                "a claim is a sentence of at least {} characters, {id:?} has {chars}",
                CLAIM_CHARS.start()
            );
            self.wrong("claim-too-short", claim, place, message);
        }
        if text.contains('\n') {
            let message = format!("a claim is written in one line, {id:?} is not");
            self.wrong("claim-lines", claim, place, message);
        }
        if !text.ends_with('.') {
            let message = format!("a claim ends with a full stop, {id:?} does not");
            self.wrong("claim-full-stop", claim, place, message);
        }
        if let Some(phrase) = wording::generic(text) {
            let message = format!("{phrase:?} in the claim {id:?} is nothing that a reader could check");
            self.wrong("generic-phrase", claim, place, message);
        }
        let bare = |text: &str| text.trim_end_matches('.').to_lowercase();
        let quotes = claim.evidence.iter().flat_map(|e| e.title.iter().chain(&e.locator));
        if quotes.into_iter().any(|quote| bare(quote) == bare(text)) {
            let message = format!("the claim {id:?} repeats a title or locator: say the fact in own words");
            self.warning("claim-copied", place, message);
        }
    }
}
