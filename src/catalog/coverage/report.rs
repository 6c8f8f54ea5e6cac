//! The coverage in words: sentences for machines' lists, a short table for people.

use super::{Coverage, Split};
use crate::catalog::words::Polarity;

impl Coverage {
    /// One sentence per kind of count.
    pub(super) fn sentences(&self) -> Vec<String> {
        let split = |s: Split| format!("{} complete, {} partial, {} basic", s.complete, s.partial, s.basic);
        let mut out = vec![
            format!("{} tools: {}", self.total.all(), split(self.total)),
            format!(
                "{} claims: {}; {} drafts, {} stale",
                self.claims(),
                self.sides(),
                self.drafts.len(),
                self.stale.len()
            ),
            format!("{} relations, {} of them with what passes", self.relations, self.relations_with_via),
        ];
        out.extend(self.by_stage.iter().map(|(stage, s)| format!("stage {}: {}", stage.id(), split(*s))));
        out.extend(self.by_category.iter().map(|(name, s)| format!("category {name}: {}", split(*s))));
        out.extend(self.unknown_by_field.iter().map(|u| {
            format!(
                "{} is unknown for {} of {} complete tools and {} of {} in all",
                u.field,
                u.complete,
                self.total.complete,
                u.all,
                self.total.all()
            )
        }));
        out.extend(self.lacking.iter().map(|(field, n)| format!("{n} partial tools lack {field}")));
        out
    }

    /// Reviewed claims by what they say: `150 pros, 120 cons, 40 caveats, 3 facts`.
    fn sides(&self) -> String {
        let noun = |p| match p {
            Polarity::Pro => "pros",
            Polarity::Con => "cons",
            Polarity::Caveat => "caveats",
            Polarity::Fact => "facts",
        };
        let parts = self.polarity.iter().map(|(p, read, _)| format!("{read} reviewed {}", noun(*p)));
        parts.collect::<Vec<_>>().join(", ")
    }
}
