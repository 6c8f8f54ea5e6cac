//! Every change a person can make to a drawing. An edit is a value that can be stored; applying it gives
//! its inverse, so undo, the history panel and the crash journal all hold the same thing.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::constraints::Constraints;
use super::links::NodeLinks;
use super::model::{Architecture, Flow, FlowKey, Node, NodeId, Point, Size, Suppression};
use super::test_score::{Answer, rubric};
use crate::shown::counted;

/// One change. Whatever names a node or flow that does not exist changes nothing there.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Edit {
    /// Puts nodes somewhere; `None` gives a node back to the automatic layout.
    Move {
        /// New top-left corners.
        positions: BTreeMap<NodeId, Option<Point>>,
    },
    /// Sizes nodes; `None` gives a node the usual size.
    Resize {
        /// New sizes.
        sizes: BTreeMap<NodeId, Option<Size>>,
    },
    /// Writes another label on a card.
    Rename {
        /// Which node.
        node: NodeId,
        /// Its new label.
        label: String,
    },
    /// Makes a node another kind of thing; its lane stays.
    SetKind {
        /// Which node.
        node: NodeId,
        /// Its new kind.
        kind: String,
    },
    /// Puts a node into another lane.
    SetStage {
        /// Which node.
        node: NodeId,
        /// Its new lane.
        stage: String,
    },
    /// Replaces the tools of a node.
    SetTools {
        /// Which node.
        node: NodeId,
        /// Catalog ids, or free text.
        tools: Vec<String>,
    },
    /// Replaces the properties of a node.
    SetProps {
        /// Which node.
        node: NodeId,
        /// All of its properties.
        props: Map<String, Value>,
    },
    /// Replaces where a node leads and who is in charge. What the file had there and could not be read makes way.
    SetLinks {
        /// Which node.
        node: NodeId,
        /// All that it says.
        links: NodeLinks,
    },
    /// Adds a node, unless its id is taken.
    AddNode(Node, Option<Point>),
    /// Adds a flow, unless it exists or an end does not.
    AddFlow(Flow),
    /// Removes nodes with their flows, positions and sizes, and further flows.
    Remove {
        /// Which nodes.
        nodes: BTreeSet<NodeId>,
        /// Which flows, beside those of the nodes.
        flows: BTreeSet<FlowKey>,
    },
    /// Replaces the title.
    SetTitle(String),
    /// Replaces the summary.
    SetSummary(String),
    /// Replaces the domain.
    SetDomain(String),
    /// Replaces the findings that are told no more.
    SetSuppressed(Vec<Suppression>),
    /// Replaces the names of the rule sets.
    SetRuleset(Vec<String>),
    /// Replaces what is said of single rules.
    SetRules(BTreeMap<String, String>),
    /// Replaces what is allowed in the drawing.
    SetConstraints(Constraints),
    /// Answers a test of the ML Test Score; `None` takes the answer away. What is no test of the rubric is not answered.
    SetTestAnswer {
        /// The id of the test.
        test: String,
        /// How it is run.
        answer: Option<Answer>,
    },
    /// Puts parts into exactly the given state; what the inverses of other edits are made of.
    Restore(Parts),
    /// Several edits as one step.
    Batch(Vec<Self>),
}

/// The state of some parts of a drawing; `None` stands for "not there".
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Parts {
    /// Nodes.
    pub nodes: BTreeMap<NodeId, Option<Node>>,
    /// Flows, each identity once.
    pub flows: Vec<(FlowKey, Option<Flow>)>,
    /// Positions.
    pub positions: BTreeMap<NodeId, Option<Point>>,
    /// Sizes.
    pub sizes: BTreeMap<NodeId, Option<Size>>,
}

impl Architecture {
    /// Applies an edit and returns the one that takes it back exactly.
    pub fn apply(&mut self, edit: Edit) -> Edit {
        match edit {
            Edit::SetTitle(text) => Edit::SetTitle(std::mem::replace(&mut self.title, text)),
            Edit::SetSummary(text) => Edit::SetSummary(std::mem::replace(&mut self.summary, text)),
            Edit::SetDomain(text) => Edit::SetDomain(std::mem::replace(&mut self.domain, text)),
            Edit::SetSuppressed(all) => Edit::SetSuppressed(std::mem::replace(&mut self.suppressed, all)),
            Edit::SetRuleset(names) => Edit::SetRuleset(std::mem::replace(&mut self.ruleset, names)),
            Edit::SetRules(rules) => Edit::SetRules(std::mem::replace(&mut self.rules, rules)),
            Edit::SetConstraints(allowed) => {
                Edit::SetConstraints(std::mem::replace(&mut self.constraints, allowed))
            }
            Edit::SetTestAnswer { test, answer } => {
                let known = rubric().test(&test).and(answer);
                let before = match known {
                    Some(answer) => self.test_score.of.insert(test.clone(), answer),
                    None => self.test_score.of.remove(&test),
                };
                Edit::SetTestAnswer { test, answer: before }
            }
            // The inverse is of the same kind, so that taking it back keeps the meaning, too.
            Edit::SetLinks { node, mut links } if !self.has_unread(&node, &links) => {
                if let Some(found) = self.nodes.get_mut(&node) {
                    std::mem::swap(&mut *found.links, &mut links);
                }
                Edit::SetLinks { node, links }
            }
            Edit::Batch(edits) => {
                let mut inverses: Vec<_> = edits.into_iter().map(|edit| self.apply(edit)).collect();
                inverses.reverse();
                Edit::Batch(inverses)
            }
            other => {
                let parts = self.parts_after(other);
                Edit::Restore(self.put(parts))
            }
        }
    }

    /// Whether a node keeps something under a key of these links that could not be read.
    fn has_unread(&self, node: &NodeId, links: &NodeLinks) -> bool {
        let node = self.nodes.get(node);
        node.is_some_and(|node| links.keys().any(|key| node.extra.contains_key(key)))
    }

    /// What an edit of nodes and flows leaves behind, for the parts that it touches.
    fn parts_after(&self, edit: Edit) -> Parts {
        let mut parts = Parts::default();
        let mut change = |id: &NodeId, with: &dyn Fn(&mut Node)| {
            if let Some(node) = self.nodes.get(id) {
                let mut node = node.clone();
                with(&mut node);
                parts.nodes.insert(id.clone(), Some(node));
            }
        };
        match edit {
            Edit::Rename { node, label } => change(&node, &|n| n.label.clone_from(&label)),
            Edit::SetKind { node, kind } => change(&node, &|n| n.kind.clone_from(&kind)),
            Edit::SetStage { node, stage } => change(&node, &|n| n.stage.clone_from(&stage)),
            Edit::SetTools { node, tools } => change(&node, &|n| n.tools.clone_from(&tools)),
            Edit::SetProps { node, props } => change(&node, &|n| n.props.clone_from(&props)),
            Edit::SetLinks { node, links } => change(&node, &|n| {
                (*n.links).clone_from(&links);
                n.extra.retain(|key, _| !links.keys().any(|said| said == key));
            }),
            Edit::Move { positions } => {
                parts.positions = positions;
                parts.positions.retain(|id, _| self.nodes.contains_key(id));
            }
            Edit::Resize { sizes } => {
                parts.sizes = sizes;
                parts.sizes.retain(|id, _| self.nodes.contains_key(id));
            }
            Edit::AddNode(node, at) if !self.nodes.contains_key(&node.id) => {
                if at.is_some() {
                    parts.positions.insert(node.id.clone(), at);
                }
                parts.nodes.insert(node.id.clone(), Some(node));
            }
            Edit::AddFlow(flow) if self.has_ends(&flow) && self.flow(&flow.key()).is_none() => {
                parts.flows.push((flow.key(), Some(flow)));
            }
            Edit::Remove { nodes, flows } => self.removed(nodes, &flows, &mut parts),
            Edit::Restore(given) => parts = given,
            _ => {}
        }
        parts
    }

    fn removed(&self, nodes: BTreeSet<NodeId>, flows: &BTreeSet<FlowKey>, parts: &mut Parts) {
        for id in nodes.into_iter().filter(|id| self.nodes.contains_key(id)) {
            parts.positions.insert(id.clone(), None);
            parts.sizes.insert(id.clone(), None);
            parts.nodes.insert(id, None);
        }
        for flow in &self.flows {
            let key = flow.key();
            let loses_end = parts.nodes.contains_key(&flow.from) || parts.nodes.contains_key(&flow.to);
            if loses_end || flows.contains(&key) {
                parts.flows.push((key, None));
            }
        }
    }

    /// Puts parts in place and returns what was there.
    fn put(&mut self, parts: Parts) -> Parts {
        let flows = parts.flows.into_iter().map(|(key, flow)| self.put_flow(key, flow)).collect::<Vec<_>>();
        Parts {
            nodes: swap(&mut self.nodes, parts.nodes),
            positions: swap(&mut self.layout, parts.positions),
            sizes: swap(&mut self.size, parts.sizes),
            flows: flows.into_iter().rev().collect(),
        }
    }

    fn put_flow(&mut self, key: FlowKey, flow: Option<Flow>) -> (FlowKey, Option<Flow>) {
        let before = match (self.flow_index(&key), flow) {
            (Ok(at), None) => Some(self.flows.remove(at)),
            (Ok(at), Some(flow)) => self.flows.get_mut(at).map(|old| std::mem::replace(old, flow)),
            (Err(at), Some(flow)) => {
                self.flows.insert(at, flow);
                None
            }
            (Err(_), None) => None,
        };
        (key, before)
    }
}

fn swap<T>(state: &mut BTreeMap<NodeId, T>, new: BTreeMap<NodeId, Option<T>>) -> BTreeMap<NodeId, Option<T>> {
    new.into_iter()
        .map(|(id, value)| {
            let before = match value {
                Some(value) => state.insert(id.clone(), value),
                None => state.remove(&id),
            };
            (id, before)
        })
        .collect()
}

/// The parts in which two maps differ, as the second one has them.
fn difference<T: Clone + PartialEq>(
    from: &BTreeMap<NodeId, T>,
    to: &BTreeMap<NodeId, T>,
) -> BTreeMap<NodeId, Option<T>> {
    from.keys()
        .chain(to.keys())
        .filter(|id| from.get(*id) != to.get(*id))
        .map(|id| (id.clone(), to.get(id).cloned()))
        .collect()
}

impl Edit {
    /// Whether anything may stand elsewhere after it: words on cards and beside them move nothing.
    pub fn touches_geometry(&self) -> bool {
        match self {
            Self::Rename { .. }
            | Self::SetKind { .. }
            | Self::SetTools { .. }
            | Self::SetProps { .. }
            | Self::SetLinks { .. }
            | Self::SetTitle(_)
            | Self::SetSummary(_)
            | Self::SetDomain(_)
            | Self::SetSuppressed(_)
            | Self::SetRuleset(_)
            | Self::SetRules(_)
            | Self::SetConstraints(_)
            | Self::SetTestAnswer { .. } => false,
            Self::Batch(edits) => edits.iter().any(Self::touches_geometry),
            Self::Move { .. }
            | Self::Resize { .. }
            | Self::SetStage { .. }
            | Self::AddNode(..)
            | Self::AddFlow(_)
            | Self::Remove { .. }
            | Self::Restore(_) => true,
        }
    }

    /// Whether nodes, flows and what is allowed stay as they are: it puts boxes elsewhere, or writes beside them.
    pub fn keeps_meaning(&self) -> bool {
        match self {
            Self::Move { .. }
            | Self::Resize { .. }
            | Self::SetTitle(_)
            | Self::SetSummary(_)
            | Self::SetLinks { .. }
            | Self::SetTestAnswer { .. } => true,
            Self::Restore(parts) => parts.nodes.is_empty() && parts.flows.is_empty(),
            Self::Batch(edits) => edits.iter().all(Self::keeps_meaning),
            _ => false,
        }
    }

    /// Gives all nodes back to the automatic layout.
    pub fn tidy(drawing: &Architecture) -> Self {
        Self::Move { positions: drawing.layout.keys().map(|id| (id.clone(), None)).collect() }
    }

    /// Gives some nodes back to the automatic layout and keeps all others where `placed` has them.
    pub fn tidy_some(placed: &BTreeMap<NodeId, Point>, some: &[NodeId]) -> Self {
        let keep = |(id, at): (&NodeId, &Point)| (id.clone(), (!some.contains(id)).then_some(*at));
        Self::Move { positions: placed.iter().map(keep).collect() }
    }

    /// Puts a node into another lane, where the automatic layout finds its place: the one that somebody chose was in the
    /// lane that it leaves. None where it is there already, or where there is no such node.
    pub fn to_lane(drawing: &Architecture, node: &NodeId, stage: &str) -> Option<Self> {
        drawing.nodes.get(node).filter(|node| node.stage != stage)?;
        let into = Self::SetStage { node: node.clone(), stage: stage.to_owned() };
        Some(Self::Batch(vec![into, Self::Move { positions: [(node.clone(), None)].into() }]))
    }

    /// The edit that makes `from` equal to `to` in all that edits can change.
    pub fn between(from: &Architecture, to: &Architecture) -> Self {
        let flow_keys: BTreeSet<FlowKey> = from.flows.iter().chain(&to.flows).map(Flow::key).collect();
        let parts = Parts {
            nodes: difference(&from.nodes, &to.nodes),
            positions: difference(&from.layout, &to.layout),
            sizes: difference(&from.size, &to.size),
            flows: flow_keys
                .into_iter()
                .filter(|key| from.flow(key) != to.flow(key))
                .map(|key| {
                    let flow = to.flow(&key).cloned();
                    (key, flow)
                })
                .collect(),
        };
        let (old, new) = (&from.test_score.of, &to.test_score.of);
        let answered: BTreeSet<_> = old.keys().chain(new.keys()).collect();
        let answers = answered.into_iter().filter(|test| old.get(*test) != new.get(*test));
        let mut edits = vec![
            Self::SetTitle(to.title.clone()),
            Self::SetSummary(to.summary.clone()),
            Self::SetDomain(to.domain.clone()),
            Self::SetSuppressed(to.suppressed.clone()),
            Self::SetRuleset(to.ruleset.clone()),
            Self::SetRules(to.rules.clone()),
            Self::SetConstraints(to.constraints.clone()),
            Self::Restore(parts),
        ];
        edits.extend(
            answers.map(|test| Self::SetTestAnswer { test: test.clone(), answer: new.get(test).copied() }),
        );
        Self::Batch(edits)
    }

    /// Whether applying this to `drawing` would leave it as it is.
    pub fn is_noop_on(&self, drawing: &Architecture) -> bool {
        match self {
            Self::SetTitle(text) => *text == drawing.title,
            Self::SetSummary(text) => *text == drawing.summary,
            Self::SetDomain(text) => *text == drawing.domain,
            Self::SetSuppressed(all) => *all == drawing.suppressed,
            Self::SetRuleset(names) => *names == drawing.ruleset,
            Self::SetRules(rules) => *rules == drawing.rules,
            Self::SetConstraints(allowed) => *allowed == drawing.constraints,
            Self::SetTestAnswer { test, answer } => {
                rubric().test(test).and(*answer) == drawing.test_score.of.get(test).copied()
            }
            Self::Batch(edits) => {
                // Later edits see what earlier ones did, so only trying it out tells.
                edits.iter().all(|edit| edit.is_noop_on(drawing)) || {
                    let mut after = drawing.clone();
                    after.apply(self.clone());
                    after == *drawing
                }
            }
            other => {
                let parts = drawing.parts_after(other.clone());
                parts.nodes.iter().all(|(id, node)| drawing.nodes.get(id) == node.as_ref())
                    && parts.positions.iter().all(|(id, at)| drawing.layout.get(id) == at.as_ref())
                    && parts.sizes.iter().all(|(id, of)| drawing.size.get(id) == of.as_ref())
                    && parts.flows.iter().all(|(key, flow)| drawing.flow(key) == flow.as_ref())
            }
        }
    }

    /// What the history panel calls it: "Move 3 nodes", "Rename to Feature store".
    pub fn label(&self) -> String {
        match self {
            Self::Move { positions } if positions.values().any(Option::is_none) => {
                format!(
                    "Tidy {}",
                    counted(positions.values().filter(|at| at.is_none()).count(), "node", "nodes")
                )
            }
            Self::Move { positions } => format!("Move {}", counted(positions.len(), "node", "nodes")),
            Self::Resize { sizes } => format!("Resize {}", counted(sizes.len(), "node", "nodes")),
            Self::Rename { label, .. } => format!("Rename to {label}"),
            Self::SetKind { node, kind } => format!("Make {node} a {kind}"),
            Self::SetStage { node, stage } => format!("Put {node} into {stage}"),
            Self::SetTools { node, .. } => format!("Set tools of {node}"),
            Self::SetProps { node, .. } => format!("Set properties of {node}"),
            Self::SetLinks { node, .. } => format!("Set links of {node}"),
            Self::AddNode(node, _) => format!("Add {}", node.label),
            Self::AddFlow(flow) => format!("Connect {} to {}", flow.from, flow.to),
            Self::Remove { nodes, flows } => format!("Remove {}", both(nodes.len(), flows.len())),
            Self::SetTitle(title) => format!("Set title to {title}"),
            Self::SetSummary(_) => "Set summary".to_owned(),
            Self::SetDomain(domain) => format!("Set domain to {domain}"),
            Self::SetSuppressed(all) => match all.len() {
                0 => "Suppress nothing".to_owned(),
                count => format!("Suppress {}", counted(count, "finding", "findings")),
            },
            Self::SetRuleset(names) if names.is_empty() => "Use the rules as they are".to_owned(),
            Self::SetRuleset(names) => format!("Use the rules of {}", names.join(", ")),
            Self::SetRules(rules) if rules.is_empty() => "Change no rule by itself".to_owned(),
            Self::SetRules(rules) => format!("Change {} by itself", counted(rules.len(), "rule", "rules")),
            Self::SetConstraints(_) => "Set constraints".to_owned(),
            Self::SetTestAnswer { test, .. } => format!("Answer {test}"),
            Self::Restore(parts) => {
                let touched: BTreeSet<_> =
                    parts.nodes.keys().chain(parts.positions.keys()).chain(parts.sizes.keys()).collect();
                format!("Restore {}", both(touched.len(), parts.flows.len()))
            }
            Self::Batch(edits) => match edits.as_slice() {
                [] => "Nothing".to_owned(),
                [one] => one.label(),
                [first, rest @ ..] => format!("{} and {} more", first.label(), rest.len()),
            },
        }
    }
}

fn both(nodes: usize, flows: usize) -> String {
    match (nodes, flows) {
        (0, flows) => counted(flows, "flow", "flows"),
        (nodes, 0) => counted(nodes, "node", "nodes"),
        (nodes, flows) => format!("{}, {}", counted(nodes, "node", "nodes"), counted(flows, "flow", "flows")),
    }
}
