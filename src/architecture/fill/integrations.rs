//! Which of the tools at the ends of a flow are known to work together. What the catalog does not tell is unknown, and
//! not missing.

use crate::architecture::model::{Architecture, FlowKey};
use crate::catalog::compare::Between;
use crate::catalog::standard::{Speakers, standards};
use crate::catalog::{Catalog, RelationKind, Tool, ToolId};

/// What is known of the flows of a drawing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Integrations {
    /// The flows between two boxes that name tools, in the order of the drawing.
    pub flows: Vec<FlowIntegration>,
    /// The flows of which an end names no tool.
    pub unfilled: Vec<FlowKey>,
}

/// What is known of the tools at the ends of a flow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FlowIntegration {
    /// Which flow.
    pub flow: FlowKey,
    /// Every tool of the one end with every tool of the other.
    pub pairs: Vec<Pair>,
}

/// How much is known of a flow: what its best pair has, what needs attention first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Known {
    /// Both have entries, and nothing is recorded of the two.
    Nothing,
    /// An entry is missing, so nothing can be recorded.
    NoEntry,
    /// A standard in common.
    Standard,
    /// They are told to work together, or are the same.
    Told,
}

impl Known {
    /// All, what needs attention first.
    pub const ALL: [Self; 4] = [Self::Nothing, Self::NoEntry, Self::Standard, Self::Told];
}

impl FlowIntegration {
    /// What the best pair has: one that works together is enough.
    pub fn known(&self) -> Known {
        let of = |pair: &Pair| match pair.record {
            Record::Same | Record::Told(_) => Known::Told,
            Record::Standards(_) => Known::Standard,
            Record::None => Known::Nothing,
            Record::NoEntry => Known::NoEntry,
        };
        // A pair with entries and no record says more of a flow than one that lacks an entry.
        let rank = |known: &Known| if *known == Known::NoEntry { None } else { Some(*known) };
        self.pairs.iter().map(of).max_by_key(rank).unwrap_or(Known::NoEntry)
    }

    /// Whether the catalog tells of a pair that works together: one is enough.
    pub fn is_known(&self) -> bool {
        self.known() == Known::Told
    }
}

/// Two tools at the ends of a flow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// The tool of the box that emits.
    pub from: String,
    /// The tool of the box that accepts.
    pub to: String,
    /// What the catalog tells of the two.
    pub record: Record,
}

/// What the catalog tells of two tools.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Record {
    /// They are one and the same.
    Same,
    /// Relations, with their sources.
    Told(Vec<Between>),
    /// No relation, and standards that both speak: they can perhaps be joined through one.
    Standards(Vec<String>),
    /// Nothing.
    None,
    /// One of them, or both, have no entry.
    NoEntry,
}

/// What is known of every flow of the drawing; flows with an end that does not exist are left out.
pub fn integrations(drawing: &Architecture, catalog: &Catalog) -> Integrations {
    let standards: Vec<(String, Speakers)> = standards(catalog).into_iter().collect();
    let mut found = Integrations::default();
    for flow in &drawing.flows {
        let (Some(from), Some(to)) = (drawing.nodes.get(&flow.from), drawing.nodes.get(&flow.to)) else {
            continue;
        };
        if from.tools.is_empty() || to.tools.is_empty() {
            found.unfilled.push(flow.key());
            continue;
        }
        let pairs = from.tools.iter().flat_map(|one| to.tools.iter().map(move |other| (one, other)));
        let pairs = pairs.map(|(one, other)| Pair {
            from: one.clone(),
            to: other.clone(),
            record: record(one, other, catalog, &standards),
        });
        found.flows.push(FlowIntegration { flow: flow.key(), pairs: pairs.collect() });
    }
    found
}

/// The entry that a box means by the name of a tool.
pub fn entry<'c>(catalog: &'c Catalog, name: &str) -> Option<&'c Tool> {
    catalog.get(&ToolId::new(name).ok()?)
}

/// The relations of two tools, from either side.
pub(super) fn told(one: &Tool, other: &Tool) -> Vec<Between> {
    Between::among(&[one, other])
}

/// What the catalog tells of two tools.
pub(super) fn record(one: &str, other: &str, catalog: &Catalog, standards: &[(String, Speakers)]) -> Record {
    if one == other {
        return Record::Same;
    }
    let (Some(a), Some(b)) = (entry(catalog, one), entry(catalog, other)) else { return Record::NoEntry };
    let mut relations = told(a, b);
    relations
        .retain(|relation| !matches!(relation.kind, RelationKind::AlternativeTo | RelationKind::Supersedes));
    if !relations.is_empty() {
        return Record::Told(relations);
    }
    let rows = [catalog.position(&a.id), catalog.position(&b.id)];
    let is_shared = |speakers: &Speakers| rows.iter().flatten().all(|row| speakers.contains_key(row));
    let shared = standards.iter().filter(|(_, speakers)| is_shared(speakers)).map(|(name, _)| name.clone());
    let shared: Vec<_> = shared.collect();
    if shared.is_empty() { Record::None } else { Record::Standards(shared) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::architecture::sketch::{catalog, sketch};

    fn some() -> Catalog {
        catalog(&[
            "id = \"a\"\nname = \"A\"\n[interfaces]\nproduces = [\"OpenLineage\"]\n\
             [[relation]]\ntype = \"exports_to\"\ntarget = \"b\"\nvia = { artifact = \"metrics\" }\n\
             [[relation.evidence]]\nurl = \"https://example.org/a\"\n",
            "id = \"b\"\nname = \"B\"\n[[relation]]\ntype = \"alternative_to\"\ntarget = \"c\"\n",
            "id = \"c\"\nname = \"C\"\n[interfaces]\nconsumes = [\"openlineage\"]\n",
        ])
    }

    fn told_of(flow: &FlowIntegration) -> Vec<String> {
        let pairs = flow.pairs.iter().map(|pair| {
            let record = match &pair.record {
                Record::Same => "same".to_owned(),
                Record::Told(relations) => relations.iter().map(Between::sentence).collect(),
                Record::Standards(names) => format!("both {}", names.join("+")),
                Record::None => "nothing".to_owned(),
                Record::NoEntry => "no entry".to_owned(),
            };
            format!("{}-{}: {record}", pair.from, pair.to)
        });
        pairs.collect()
    }

    #[test]
    fn each_pair_at_a_flow_has_what_the_catalog_tells_of_it() {
        let drawing = sketch(
            "x:ci=b y:cd=a+c z:ci=b+stranger e:ci; x->y:model y->z:model z->x:model e->x:model x->ghost:model",
        );
        let found = integrations(&drawing, &some());
        let told: Vec<_> = found
            .flows
            .iter()
            .map(|flow| format!("{} {} {}", flow.flow, flow.is_known(), told_of(flow).join(", ")))
            .collect();
        assert_eq!(
            told,
            [
                "x->y:model true b-a: A exports to B, b-c: nothing",
                "y->z:model true a-b: A exports to B, a-stranger: no entry, c-b: nothing, c-stranger: no entry",
                "z->x:model true b-b: same, stranger-b: no entry",
            ]
        );
        assert_eq!(found.unfilled.iter().map(ToString::to_string).collect::<Vec<_>>(), ["e->x:model"]);
        let known = |text: &str| integrations(&sketch(text), &some()).flows[0].known();
        assert_eq!(known("x:ci=b y:cd=c+stranger; x->y:model"), Known::Nothing);
        assert_eq!(known("x:ci=stranger y:cd=c; x->y:model"), Known::NoEntry);
        assert_eq!(known("x:ci=a+b y:cd=c; x->y:model"), Known::Standard);
        assert_eq!(known("x:ci=a+b y:cd=a; x->y:model"), Known::Told);
        let Record::Told(relations) = &found.flows[0].pairs[0].record else { panic!("it is told") };
        assert_eq!(relations[0].sources[0].url, "https://example.org/a");
    }

    #[test]
    fn a_standard_in_common_is_told_and_is_no_integration() {
        let found = integrations(&sketch("x:ci=a y:cd=c; x->y:metadata"), &some());
        assert_eq!(told_of(&found.flows[0]), ["a-c: both OpenLineage"]);
        assert!(!found.flows[0].is_known());
    }
}
