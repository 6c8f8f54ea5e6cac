//! What several drawings of such systems agree on: which kinds of boxes and of flows how many of them have, and the
//! drawing of what a chosen share of them has.

mod rows;
#[cfg(test)]
mod tests;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;

use super::kinds;
use super::lacks::{FlowKind, flow_kind};
use super::model::{Architecture, Flow, Node, NodeId};
use crate::shown::counted;

/// Which parts of a drawing count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Counted {
    /// All of them.
    #[default]
    All,
    /// Those that the drawing's source reports: not those whose basis is `added`, and no flow that ends at one.
    Reported,
}

/// One of the drawings, as far as it matters here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Voice {
    /// Its title, or its id if it has none.
    pub title: String,
    /// Its domain.
    pub domain: String,
    /// Where its design is described.
    pub source: Vec<String>,
}

/// How many of the drawings have something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shared<T> {
    /// What they have: a kind, or a kind of flow.
    pub what: T,
    /// Those that have it, as places in [`Consensus::drawings`], ascending.
    pub with: Vec<usize>,
    /// Those that have it not, likewise.
    pub without: Vec<usize>,
}

impl<T> Shared<T> {
    /// Whether the drawing at this place has it.
    pub fn has(&self, drawing: usize) -> bool {
        self.with.binary_search(&drawing).is_ok()
    }
}

/// What drawings have in common.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Consensus {
    /// The drawings in the order in which they were given.
    pub drawings: Vec<Voice>,
    /// Every kind that one of them has, the most common first, then in the order of the vocabulary.
    pub kinds: Vec<Shared<String>>,
    /// Every kind of flow likewise, then by its parts.
    pub flows: Vec<Shared<FlowKind>>,
    /// The tools of each kind with the number of drawings that name them there, the most frequent first. Those in boxes
    /// that a source reports are no evidence: of tools it may tell nothing.
    pub tools: BTreeMap<String, Vec<(String, usize)>>,
    counted: Counted,
    /// Whether some drawing tells what its source reports of it, and only that counts.
    rests_on_sources: bool,
}

/// Whether a box of one of the drawings takes part.
pub fn takes_part(node: &Node, counted: Counted) -> bool {
    counted == Counted::All || !node.is_added()
}

/// Counts what the drawings have.
pub fn consensus<'a>(drawings: impl IntoIterator<Item = &'a Architecture>, counted: Counted) -> Consensus {
    let drawings: Vec<&Architecture> = drawings.into_iter().collect();
    let rests_on_sources =
        counted == Counted::Reported && drawings.iter().any(|drawing| drawing.evidence().is_some());
    let mut kinds: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    let mut flows: BTreeMap<FlowKind, BTreeSet<usize>> = BTreeMap::new();
    let mut tools: BTreeMap<String, BTreeMap<String, BTreeSet<usize>>> = BTreeMap::new();
    for (at, drawing) in drawings.iter().enumerate() {
        let is_counted = |id: &NodeId| drawing.nodes.get(id).is_some_and(|node| takes_part(node, counted));
        for node in drawing.nodes.values().filter(|node| takes_part(node, counted) && !node.kind.is_empty()) {
            kinds.entry(node.kind.clone()).or_default().insert(at);
            let of_kind = tools.entry(node.kind.clone()).or_default();
            for tool in &node.tools {
                of_kind.entry(tool.clone()).or_default().insert(at);
            }
        }
        let reported = |flow: &&Flow| counted == Counted::All || !flow.is_added();
        let between = |flow: &&Flow| is_counted(&flow.from) && is_counted(&flow.to);
        let flowing = drawing.flows.iter().filter(reported).filter(between);
        for flow in flowing.filter_map(|flow| flow_kind(drawing, flow)) {
            flows.entry(flow).or_default().insert(at);
        }
    }
    let voice = |drawing: &Architecture| Voice {
        title: if drawing.title.is_empty() { &drawing.id } else { &drawing.title }.clone(),
        domain: drawing.domain.clone(),
        source: drawing.source.clone(),
    };
    let mut kinds = shared(kinds, drawings.len());
    kinds.sort_by_key(|kind| (Reverse(kind.with.len()), place_of(&kind.what)));
    let mut flows = shared(flows, drawings.len());
    flows.sort_by_key(|flow| Reverse(flow.with.len()));
    let ranked = |of_kind: BTreeMap<String, BTreeSet<usize>>| {
        let mut all: Vec<_> = of_kind.into_iter().map(|(tool, by)| (tool, by.len())).collect();
        all.sort_by_key(|(_, count)| Reverse(*count));
        all
    };
    Consensus {
        drawings: drawings.iter().map(|drawing| voice(drawing)).collect(),
        kinds,
        flows,
        tools: tools.into_iter().map(|(kind, of_kind)| (kind, ranked(of_kind))).collect(),
        counted,
        rests_on_sources,
    }
}

/// Where a kind stands in the vocabulary; what it does not know comes last.
fn place_of(kind: &str) -> usize {
    kinds::kinds().iter().position(|known| known.id == kind).unwrap_or(usize::MAX)
}

fn shared<T>(found: BTreeMap<T, BTreeSet<usize>>, all: usize) -> Vec<Shared<T>> {
    let found = found.into_iter().map(|(what, with)| Shared {
        what,
        without: (0..all).filter(|at| !with.contains(at)).collect(),
        with: with.into_iter().collect(),
    });
    found.collect()
}

impl Consensus {
    /// The tools that stand in boxes of a kind with the number of drawings that name them there, the most frequent
    /// first.
    pub fn tools_of(&self, kind: &str) -> &[(String, usize)] {
        self.tools.get(kind).map_or(&[], Vec::as_slice)
    }

    /// Whether only what sources report counts, and some drawing tells what that is: its tools are then no evidence.
    pub fn rests_on_sources(&self) -> bool {
        self.rests_on_sources
    }

    /// Which share of the drawings has it, 0 to 1.
    pub fn share<T>(&self, shared: &Shared<T>) -> f64 {
        shared.with.len() as f64 / self.drawings.len().max(1) as f64
    }

    /// The drawing of what at least this share (0 to 1) of the drawings has: a box for each kind, with the tools that
    /// at least two of them name there, and the flows between those boxes. Where it [rests on
    /// sources](Self::rests_on_sources) the boxes are empty: that a box is reported does not say so of the tools in it.
    pub fn derive(&self, min: f64) -> Architecture {
        let kept = self.kinds.iter().filter(|kind| self.share(kind) >= min);
        let nodes: BTreeMap<NodeId, Node> = kept
            .map(|kind| {
                let node = self.node(&kind.what);
                (node.id.clone(), node)
            })
            .collect();
        let id = |kind: &str| NodeId::from(kind);
        let kept = self.flows.iter().filter(|flow| {
            self.share(flow) >= min
                && nodes.contains_key(&id(&flow.what.from))
                && nodes.contains_key(&id(&flow.what.to))
        });
        let mut flows: Vec<_> = kept
            .map(|flow| Flow {
                from: id(&flow.what.from),
                to: id(&flow.what.to),
                artifact: flow.what.artifact.clone(),
                ..Flow::default()
            })
            .collect();
        flows.sort_by_key(Flow::key);
        let titles: Vec<_> = self.drawings.iter().map(|voice| voice.title.as_str()).collect();
        let mut drawing = Architecture {
            id: "consensus".to_owned(),
            title: self.title(),
            summary: self.summary(min, nodes.len(), flows.len()),
            domain: self.domain(),
            source: self
                .drawings
                .iter()
                .flat_map(|v| &v.source)
                .cloned()
                .collect::<BTreeSet<_>>()
                .into_iter()
                .collect(),
            nodes,
            flows,
            ..Architecture::default()
        };
        drawing.extra.insert("notes".to_owned(), json!([format!("Counted in: {}.", titles.join("; "))]));
        drawing
    }

    fn node(&self, kind: &str) -> Node {
        let named = self.tools_of(kind).iter().filter(|_| !self.rests_on_sources);
        Node {
            id: kind.into(),
            kind: kind.to_owned(),
            stage: kinds::kind(kind).map(|known| known.stage.clone()).unwrap_or_default(),
            tools: named.filter(|(_, count)| *count >= 2).map(|(tool, _)| tool.clone()).collect(),
            label: kinds::label(kind).to_owned(),
            ..Node::default()
        }
    }

    fn title(&self) -> String {
        match self.drawings.as_slice() {
            [one] => format!("The kinds of boxes in {}", one.title),
            all => format!("What {} designs agree on", all.len()),
        }
    }

    fn summary(&self, min: f64, nodes: usize, flows: usize) -> String {
        let parts = match self.counted {
            Counted::All => "have",
            Counted::Reported => "report",
        };
        format!(
            "The {} and {} that at least {} % of {} designs {parts}, by kind.",
            counted(nodes, "node", "nodes"),
            counted(flows, "flow", "flows"),
            (min * 1000.0).round() / 10.0,
            self.drawings.len()
        )
    }

    /// The domain that all have, else `general`.
    fn domain(&self) -> String {
        let domains: BTreeSet<_> = self.drawings.iter().map(|voice| voice.domain.as_str()).collect();
        match domains.iter().next() {
            Some(one) if domains.len() == 1 && !one.is_empty() => (*one).to_owned(),
            _ => "general".to_owned(),
        }
    }
}
