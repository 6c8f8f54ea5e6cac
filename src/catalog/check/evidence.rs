//! Rules about sources: a claim or relation that counts as read can be read again by anybody.

use super::Judge;
use crate::catalog::entry::Evidence;
use crate::catalog::read::Place;
use crate::catalog::words::ClaimStatus;

impl Judge<'_> {
    /// A draft needs a source; everything else also the passage in it and the day on which it was read.
    pub(super) fn sources_of(
        &mut self,
        evidence: &[Evidence],
        status: ClaimStatus,
        place: Place,
        what: &str,
    ) {
        let rule = |of_claim, of_relation| match place {
            Place::Relation(_) => of_relation,
            Place::Claim(_) | Place::Key(_) => of_claim,
        };
        if evidence.is_empty() {
            let message = format!("{what} has no evidence: add a source");
            self.error(rule("claim-without-evidence", "relation-without-evidence"), place, message);
        }
        for source in evidence {
            if let Some(locator) = &source.locator
                && is_local(locator)
            {
                let message = format!(
                    "the locator of {what} is a path of one machine, name the file within its source: {locator}"
                );
                self.error("local-path", place, message);
            }
            if status == ClaimStatus::Draft {
                continue;
            }
            if source.locator.is_none() {
                let message =
                    format!("{what} needs a `locator` that finds the passage in its source: {}", source.url);
                self.error("no-locator", place, message);
            }
            if source.accessed.is_none() {
                let message =
                    format!("{what} needs `accessed`, the day on which its source was read: {}", source.url);
                self.error("not-accessed", place, message);
            }
        }
    }
}

/// Whether a locator is the absolute path of a file: `/srv/a.md:3`, `~/a`, `C:\a`. A path of an API, `/v1/traces`,
/// is none.
fn is_local(locator: &str) -> bool {
    let drive = locator.starts_with(|c: char| c.is_ascii_alphabetic()) && locator.get(1..3) == Some(":\\");
    let (path, line) = locator.rsplit_once(':').unwrap_or((locator, ""));
    let rooted = path.starts_with('/') && line.starts_with(|c: char| c.is_ascii_digit());
    drive || rooted || locator.starts_with("~/")
}
