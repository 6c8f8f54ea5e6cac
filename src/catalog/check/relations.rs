//! Rules about relations: between two tools that exist, told once.

use std::collections::BTreeSet;

use super::Judge;
use crate::catalog::read::Place;
use crate::catalog::words::ClaimStatus;

impl Judge<'_> {
    pub(super) fn relations(&mut self) {
        let mut seen = BTreeSet::new();
        for (i, relation) in self.file.entry.relations.iter().enumerate() {
            let place = Place::Relation(i);
            let target = &relation.target;
            if self.catalog.get(target).is_none() {
                self.error("relation-target", place, format!("{target} is no tool of the catalog"));
            }
            if *target == self.file.entry.id {
                let message = format!("{target} cannot stand in a relation to itself");
                self.error("self-relation", place, message);
            }
            if !seen.insert((relation.kind, target)) {
                let message = format!("{} {target} is told twice in this file", relation.kind.id());
                self.error("duplicate-relation", place, message);
            }
            let what = format!("the relation {} {target}", relation.kind.id());
            self.sources_of(&relation.evidence, ClaimStatus::Reviewed, place, &what);
        }
    }
}
