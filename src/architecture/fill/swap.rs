//! What a drawing gains and loses when one tool takes the place of another, as far as the catalog tells.

use std::collections::BTreeSet;

use super::integrations::{Record, entry, record};
use crate::architecture::constraints::ToolBreach;
use crate::architecture::model::{Architecture, FlowKey, NodeId};
use crate::catalog::compare::{Between, Cell, Fact};
use crate::catalog::standard::{Speakers, standards};
use crate::catalog::{Catalog, Tool};

/// The facts that decide whether a tool can stand where another stood.
const FACTS: [Fact; 5] = [Fact::License, Fact::LicenseClass, Fact::Status, Fact::Kubernetes, Fact::AirGap];

/// One tool in the place of another, wherever boxes name it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Swap {
    /// The boxes that name the tool that goes, sorted; never empty.
    pub nodes: Vec<NodeId>,
    /// Which of the two has no entry in the catalog, so that nothing is known of it: the one that goes, the one that
    /// comes.
    pub strangers: [bool; 2],
    /// Licence, its class, status, Kubernetes and air gap of both, in this order; empty if either has no entry.
    pub facts: Vec<Compared>,
    /// What of the drawing's constraints the tool that comes breaks, and what the catalog does not tell of it.
    pub limits: Vec<ToolBreach>,
    /// Relations at flows of these boxes that are told of the tool that goes, and of which no record exists for the one
    /// that comes: not known, which is not the same as missing.
    pub lost: Vec<Lost>,
    /// How many pairs at these flows are told of both tools.
    pub kept: usize,
    /// How many pairs at these flows are told of the tool that comes only.
    pub gained: usize,
    /// How many pairs at these flows are told of neither.
    pub unknown: usize,
}

/// A fact of both tools.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compared {
    /// Which.
    pub fact: Fact,
    /// What is known of the tool that goes.
    pub from: Cell,
    /// What is known of the tool that comes.
    pub to: Cell,
}

/// How two facts stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Both are known and the same.
    Same,
    /// Both are known and differ.
    Differs,
    /// One of them, or both, are not known.
    Unknown,
}

impl Compared {
    /// How the two stand to each other.
    pub fn standing(&self) -> Standing {
        match (self.from.is_known(), self.to.is_known()) {
            (true, true) if self.from.text() == self.to.text() => Standing::Same,
            (true, true) => Standing::Differs,
            _ => Standing::Unknown,
        }
    }
}

/// Tools that are told to work together, of which one goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lost {
    /// The flow between their boxes.
    pub flow: FlowKey,
    /// The tool at the other end, as its box names it.
    pub other: String,
    /// What is told of it and the tool that goes, with the sources.
    pub relations: Vec<Between>,
    /// Standards that it and the tool that comes both speak: perhaps they can be joined through one.
    pub standards: Vec<String>,
}

/// What changes with the tool `from` giving place to `to`; nothing when no box names it.
pub fn swap(drawing: &Architecture, from: &str, to: &str, catalog: &Catalog) -> Option<Swap> {
    let is_changed =
        |id: &NodeId| drawing.nodes.get(id).is_some_and(|node| node.tools.iter().any(|tool| tool == from));
    let nodes: Vec<NodeId> = drawing.nodes.keys().filter(|id| is_changed(id)).cloned().collect();
    if nodes.is_empty() {
        return None;
    }
    let tools = [entry(catalog, from), entry(catalog, to)];
    let mut found = Swap {
        nodes,
        strangers: tools.map(|tool| tool.is_none()),
        facts: facts(tools),
        limits: tools[1].map(|tool| drawing.constraints.judge(tool)).unwrap_or_default(),
        lost: Vec::new(),
        kept: 0,
        gained: 0,
        unknown: 0,
    };
    let standards: Vec<(String, Speakers)> = standards(catalog).into_iter().collect();
    for flow in &drawing.flows {
        // Who stands at the other end of the flow, seen from each end that changes.
        let ends = [(&flow.from, &flow.to), (&flow.to, &flow.from)];
        let others: BTreeSet<&String> = ends
            .into_iter()
            .filter(|(end, _)| is_changed(end))
            .filter_map(|(_, other)| drawing.nodes.get(other))
            .flat_map(|other| &other.tools)
            // It changes there, too, and goes on working with itself.
            .filter(|tool| *tool != from)
            .collect();
        for other in others {
            let [before, after] = [from, to].map(|tool| record(tool, other, catalog, &standards));
            match (before, after) {
                (Record::Told(_), after) if is_told(&after) => found.kept += 1,
                (Record::Told(relations), after) => {
                    let standards = if let Record::Standards(names) = after { names } else { Vec::new() };
                    found.lost.push(Lost { flow: flow.key(), other: other.clone(), relations, standards });
                }
                (_, after) if is_told(&after) => found.gained += 1,
                _ => found.unknown += 1,
            }
        }
    }
    Some(found)
}

fn is_told(record: &Record) -> bool {
    matches!(record, Record::Same | Record::Told(_))
}

fn facts(tools: [Option<&Tool>; 2]) -> Vec<Compared> {
    let [Some(from), Some(to)] = tools else { return Vec::new() };
    FACTS.iter().map(|fact| Compared { fact: *fact, from: fact.of(from), to: fact.of(to) }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::architecture::sketch::{catalog, sketch};

    fn some() -> Catalog {
        catalog(&[
            "id = \"a\"\nname = \"A\"\nkubernetes = false\n[license]\nspdx = \"MIT\"\nclass = \"osi\"\n\
             source = \"https://example.org/LICENSE\"\n\
             [[relation]]\ntype = \"integrates_with\"\ntarget = \"s\"\n\
             [[relation.evidence]]\nurl = \"https://example.org/a-s\"\n\
             [[relation]]\ntype = \"exports_to\"\ntarget = \"w\"\n\
             [[relation]]\ntype = \"alternative_to\"\ntarget = \"b\"\n",
            "id = \"b\"\nname = \"B\"\nkubernetes = true\n[license]\nspdx = \"Elastic-2.0\"\nclass = \"source-available\"\n\
             [interfaces]\nproduces = [\"OpenLineage\"]\n[[relation]]\ntype = \"integrates_with\"\ntarget = \"w\"\n",
            "id = \"s\"\nname = \"S\"\n[interfaces]\nconsumes = [\"OpenLineage\"]\n",
            "id = \"w\"\nname = \"W\"\n",
        ])
    }

    #[test]
    fn what_is_told_of_the_one_and_not_of_the_other_is_named_with_its_sources() {
        let drawing = sketch(
            "x:feature_store=a y:serving_online=s+w z:feature_store=a v:ci u:training=w; \
             x->y:online_features x->z:features z->v:metadata u->x:features u->y:model",
        );
        let found = swap(&drawing, "a", "b", &some()).unwrap();
        assert_eq!(found.nodes, ["x".into(), "z".into()]);
        // At x->y: with s only A is told, with w both. At x->z the tool meets itself. At u->x: with w both.
        let lost: Vec<_> =
            found.lost.iter().map(|lost| (lost.flow.to_string(), lost.other.as_str())).collect();
        assert_eq!(lost, [("x->y:online_features".to_owned(), "s")]);
        assert_eq!(found.lost[0].relations[0].sources[0].url, "https://example.org/a-s");
        assert_eq!(found.lost[0].standards, ["OpenLineage"]);
        assert_eq!([found.kept, found.gained, found.unknown], [2, 0, 0]);
        let back = swap(&sketch("x:ci=b y:ci=s; x->y:code"), "b", "a", &some()).unwrap();
        assert_eq!(([back.kept, back.gained, back.unknown], back.lost.len()), ([0, 1, 0], 0));
    }

    #[test]
    fn facts_are_held_beside_each_other_and_the_unknown_stays_unknown() {
        let drawing = sketch("x:feature_store=a");
        let told = |found: &Swap| -> Vec<String> {
            let line = |each: &Compared| {
                let (fact, from, to) = (each.fact.title(), each.from.text(), each.to.text());
                format!("{fact}: {from} / {to}: {:?}", each.standing())
            };
            found.facts.iter().map(line).collect()
        };
        let found = swap(&drawing, "a", "b", &some()).unwrap();
        assert_eq!(
            told(&found),
            [
                "Licence: MIT / Elastic-2.0: Differs",
                "Licence class: OSI approved / Source available: Differs",
                "Status: unknown / unknown: Unknown",
                "Kubernetes: not needed / needed: Differs",
                "Air-gapped: unknown / unknown: Unknown",
            ]
        );
        assert_eq!(found.facts[0].from.sources[0].url, "https://example.org/LICENSE");
        let stranger = swap(&drawing, "a", "nobody", &some()).unwrap();
        assert_eq!((stranger.strangers, stranger.facts.len()), ([false, true], 0));
        assert_eq!(swap(&drawing, "b", "a", &some()), None, "no box names it");
    }

    #[test]
    fn the_limits_of_the_drawing_are_asked_of_the_tool_that_comes() {
        let mut drawing = sketch("x:feature_store=a");
        drawing.constraints.without_kubernetes = true;
        let found = swap(&drawing, "a", "b", &some()).unwrap();
        let told: Vec<&str> = found.limits.iter().map(|judged| judged.message.as_str()).collect();
        assert_eq!(told, ["B needs Kubernetes."]);
    }
}
