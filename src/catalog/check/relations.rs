//! Rules about relations: between two tools that exist, told once, and nothing takes its own place.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::Judge;
use crate::catalog::entry::ToolId;
use crate::catalog::read::Place;
use crate::catalog::words::{ClaimStatus, RelationKind};

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
            if relation.kind == RelationKind::Supersedes
                && let Some(circle) = self.circle_from(target)
            {
                let message = format!("`supersedes` goes round in a circle, {circle}: take one of them away");
                self.error("supersedes-cycle", place, message);
            }
            if !seen.insert((relation.kind, target)) {
                let message = format!("{} {target} is told twice in this file", relation.kind.id());
                self.error("duplicate-relation", place, message);
            }
            let what = format!("the relation {} {target}", relation.kind.id());
            self.sources_of(&relation.evidence, ClaimStatus::Reviewed, place, &what);
        }
    }

    /// The shortest way by which `target` takes the place of this entry's tool again, as `a > b > a`; none if there
    /// is no such way, or the two are one.
    /// A circle of more tools than anybody would write is not followed to its end.
    fn circle_from(&self, target: &ToolId) -> Option<String> {
        /// Tools that are looked at; in all entries together the work grows with their number alone.
        const MOST_VISITED: usize = 100;
        let start = &self.file.entry.id;
        if target == start {
            return None;
        }
        let mut came_from: BTreeMap<&ToolId, &ToolId> = BTreeMap::new();
        let mut waiting = VecDeque::from([target]);
        while let Some(id) = waiting.pop_front() {
            if id == start || came_from.len() > MOST_VISITED {
                break;
            }
            let relations = self.catalog.get(id).into_iter().flat_map(|tool| &tool.relations);
            for next in relations.filter(|r| r.kind == RelationKind::Supersedes).map(|r| &r.target) {
                if next != target && !came_from.contains_key(next) {
                    came_from.insert(next, id);
                    waiting.push_back(next);
                }
            }
        }
        let mut way = vec![start];
        while way.last() != Some(&target) {
            way.push(came_from.get(way.last()?)?);
        }
        way.push(start);
        Some(way.iter().rev().map(|id| id.as_str()).collect::<Vec<_>>().join(" > "))
    }
}
