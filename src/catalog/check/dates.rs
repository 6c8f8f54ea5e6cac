//! Rules about days: nothing was read tomorrow, nothing seen after the looking, no review lasts for ever.

use jiff::Span;
use jiff::civil::Date;

use super::Judge;
use super::claims::TOPICS;
use crate::catalog::collection::is_stale;
use crate::catalog::entry::{Claim, Foundation};
use crate::catalog::read::Place;
use crate::catalog::words::ClaimStatus;

impl Judge<'_> {
    pub(super) fn dates(&mut self) {
        let entry = &self.file.entry;
        let mut read: Vec<(Place, &str, Date)> = Vec::new();
        let checked = entry.license.iter().filter_map(|l| l.checked_on);
        read.extend(checked.map(|day| (Place::Key("license"), "checked_on", day)));
        for (i, relation) in entry.relations.iter().enumerate() {
            let accessed = relation.evidence.iter().filter_map(|e| e.accessed);
            read.extend(accessed.map(|day| (Place::Relation(i), "accessed", day)));
        }
        for (i, claim) in entry.claims.iter().enumerate() {
            let accessed = claim.evidence.iter().filter_map(|e| e.accessed);
            read.extend(accessed.map(|day| (Place::Claim(i), "accessed", day)));
            read.extend(claim.reviewed_on.map(|day| (Place::Claim(i), "reviewed_on", day)));
        }
        let looked = read.iter().map(|(_, _, day)| *day).max();
        let seen = entry.foundations.iter().flatten().filter_map(|f| f.seen_on);
        read.extend(seen.map(|day| (Place::Key("foundation"), "seen_on", day)));
        let status = entry.status.and_then(|s| s.seen_on);
        read.extend(status.map(|day| (Place::Key("status"), "seen_on", day)));
        for (place, key, day) in read {
            if day > self.today {
                self.error("future-date", place, format!("`{key}` is the day {day}, which is still to come"));
            }
        }
        // The day of what was seen: nobody can see a commit that was made after the last look.
        if let (Some(seen), Some(looked)) = (status, looked)
            && seen > looked
        {
            let message = format!("`seen_on` is {seen}, but the last look at a source was on {looked}");
            self.error("seen-after-checked", Place::Key("status"), message);
        }
        if let Some(year) = entry.first_release_year
            && year > self.today.year()
        {
            let message = format!("`first_release_year` is {year}, which is still to come");
            self.error("future-date", Place::Key("first_release_year"), message);
        }
        for foundation in entry.foundations.iter().flatten() {
            self.maturity_days(foundation);
        }
        for (i, claim) in entry.claims.iter().enumerate() {
            self.freshness(claim, Place::Claim(i));
        }
    }

    /// A project is accepted, then incubating, then graduated, and archived last.
    fn maturity_days(&mut self, foundation: &Foundation) {
        let days = [foundation.accepted, foundation.incubating, foundation.graduated, foundation.archived];
        if !days.into_iter().flatten().is_sorted() {
            let message = format!("the days of {} are not in their order", foundation.org);
            self.error("date-order", Place::Key("foundation"), message);
        }
    }

    fn freshness(&mut self, claim: &Claim, place: Place) {
        let id = &claim.id;
        if claim.status == ClaimStatus::Reviewed
            && (claim.reviewed_on.is_none() || claim.stale_after.is_none())
        {
            let message = format!("the claim {id:?} is reviewed: it needs `reviewed_on` and `stale_after`");
            self.error("review-undated", place, message);
        }
        if let (Some(reviewed), Some(last)) = (claim.reviewed_on, claim.stale_after) {
            if last <= reviewed {
                let message = format!("the claim {id:?} would be stale on the day of its review");
                self.error("date-order", place, message);
            }
            let allowed = TOPICS.iter().find(|(topic, _)| *topic == claim.topic).map(|(_, days)| *days);
            if let Some(days) = allowed
                && reviewed.checked_add(Span::new().days(days)).is_ok_and(|end| last > end)
            {
                let message = format!(
                    "a claim about {} is fresh for at most {days} days, {id:?} says until {last}",
                    claim.topic
                );
                self.error("stale-too-late", place, message);
            }
        }
        let tool = self.catalog.get(&self.file.entry.id);
        // A claim that a later layer replaced is not shown, so it cannot be shown as fresh.
        let shown = tool.is_some_and(|t| t.claims.iter().any(|c| c.id == *id && c.text == claim.text));
        if shown && is_stale(claim, self.today) {
            let message = format!("the claim {id:?} is past its `stale_after`: read its source again");
            self.warning("stale-claim", place, message);
        }
    }
}
