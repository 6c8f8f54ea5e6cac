//! What a reference design has and one's own drawing lacks, by kinds of boxes and of flows, each with the edit that
//! adds it.

#[cfg(test)]
mod tests;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::edit::Edit;
use super::kinds;
use super::model::{Architecture, Flow, Node, NodeId};

/// A flow by what it joins: (kind of the box that emits, artifact, kind of the box that accepts).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FlowKind {
    /// The kind that emits.
    pub from: String,
    /// What flows.
    pub artifact: String,
    /// The kind that accepts.
    pub to: String,
}

/// What is missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Missing {
    /// No box is of this kind.
    Kind(String),
    /// There are boxes of both kinds, and no such flow between any of them.
    Flow(FlowKind),
}

/// Something that the reference design has and the drawing lacks.
#[derive(Clone, Debug, PartialEq)]
pub struct Lack {
    /// What is missing.
    pub missing: Missing,
    /// It in a sentence.
    pub message: String,
    /// Adds it to the drawing as it is now.
    pub edit: Edit,
}

/// The kinds of flows of a drawing; those with an end that does not exist or has no kind are of none.
pub(super) fn flow_kinds(drawing: &Architecture) -> BTreeSet<FlowKind> {
    drawing.flows.iter().filter_map(|flow| flow_kind(drawing, flow)).collect()
}

/// The kind of a flow, if both its ends exist and have one.
pub(super) fn flow_kind(drawing: &Architecture, flow: &Flow) -> Option<FlowKind> {
    let kind = |id| drawing.nodes.get(id).map(|node| node.kind.clone()).filter(|kind| !kind.is_empty());
    Some(FlowKind { from: kind(&flow.from)?, artifact: flow.artifact.clone(), to: kind(&flow.to)? })
}

/// What `template` has and `mine` lacks: kinds first, in the order of the vocabulary, then flows between kinds that
/// `mine` has.
///
/// Every edit stands alone. Once it was made, what is still missing is asked for again: two missing kinds that are
/// joined in the template give a missing flow as soon as both are there. Making the first edit again and again ends
/// with nothing missing.
pub fn lacks(mine: &Architecture, template: &Architecture) -> Vec<Lack> {
    let own = by_kind(mine);
    let mut missing: Vec<&str> =
        by_kind(template).into_keys().filter(|kind| !own.contains_key(kind)).collect();
    missing.sort_by_key(|id| (kinds::kinds().iter().position(|k| k.id == **id).unwrap_or(usize::MAX), *id));
    let has = flow_kinds(mine);
    let flows = flow_kinds(template).into_iter().filter(|flow| {
        !has.contains(flow) && own.contains_key(flow.from.as_str()) && own.contains_key(flow.to.as_str())
    });
    let kinds = missing.into_iter().filter_map(|kind| kind_lack(mine, template, kind));
    kinds.chain(flows.filter_map(|flow| flow_lack(mine, template, flow))).collect()
}

/// The nodes of each kind in the order of their ids; nodes without a kind are of none.
fn by_kind(drawing: &Architecture) -> BTreeMap<&str, Vec<&Node>> {
    let mut found: BTreeMap<&str, Vec<&Node>> = BTreeMap::new();
    for node in drawing.nodes.values().filter(|node| !node.kind.is_empty()) {
        found.entry(&node.kind).or_default().push(node);
    }
    found
}

fn kind_lack(mine: &Architecture, template: &Architecture, kind: &str) -> Option<Lack> {
    let degree = |node: &&Node| template.flows.iter().filter(|flow| flow.touches(&node.id)).count();
    let pattern =
        by_kind(template).remove(kind)?.into_iter().min_by_key(|node| (Reverse(degree(node)), &node.id))?;
    let flows = flow_kinds(template);
    let wanted =
        flows.into_iter().filter(|flow| (flow.from == kind) != (flow.to == kind) && is_allowed(flow));
    let edit = added(mine, template, pattern, wanted);
    let message = format!("No box is of the kind {}: {} is one.", kinds::label(kind), named(pattern));
    Some(Lack { missing: Missing::Kind(kind.to_owned()), message, edit })
}

fn named(node: &Node) -> String {
    let tools = if node.tools.is_empty() { String::new() } else { format!(" ({})", node.tools.join(", ")) };
    format!("\"{}\"{tools}", if node.label.is_empty() { node.id.as_str() } else { &node.label })
}

/// Whether the vocabulary lets this artifact go from one kind to the other.
fn is_allowed(flow: &FlowKind) -> bool {
    let holds = |list: Option<&Vec<String>>| list.is_some_and(|list| list.contains(&flow.artifact));
    holds(kinds::kind(&flow.from).map(|kind| &kind.emits))
        && holds(kinds::kind(&flow.to).map(|kind| &kind.accepts))
}

/// Adds a copy of `pattern` and joins it by the `wanted` kinds of flows with all nodes that are at their other ends.
fn added(
    mine: &Architecture,
    template: &Architecture,
    pattern: &Node,
    wanted: impl Iterator<Item = FlowKind>,
) -> Edit {
    let id = free_id(mine, template, &pattern.id);
    let node = Node {
        id: id.clone(),
        kind: pattern.kind.clone(),
        stage: pattern.stage.clone(),
        tools: pattern.tools.clone(),
        label: pattern.label.clone(),
        props: pattern.props.clone(),
        ..Node::default()
    };
    let mut edits = vec![Edit::AddNode(node, None)];
    let own = by_kind(mine);
    for flow in wanted {
        let is_outward = flow.from == pattern.kind;
        let other = if is_outward { &flow.to } else { &flow.from };
        for end in own.get(other.as_str()).into_iter().flatten() {
            let (from, to) = if is_outward { (&id, &end.id) } else { (&end.id, &id) };
            edits.push(flow_edit(from, to, &flow.artifact));
        }
    }
    Edit::Batch(edits)
}

fn flow_edit(from: &NodeId, to: &NodeId, artifact: &str) -> Edit {
    Edit::AddFlow(Flow {
        from: from.clone(),
        to: to.clone(),
        artifact: artifact.to_owned(),
        ..Flow::default()
    })
}

/// The template's id if it is free, else the first of `id-2`, `id-3`, … that neither drawing has.
fn free_id(mine: &Architecture, template: &Architecture, id: &NodeId) -> NodeId {
    let is_free = |id: &NodeId| !mine.nodes.contains_key(id);
    if is_free(id) {
        return id.clone();
    }
    let mut number = 2_u32;
    loop {
        let next = NodeId(format!("{id}-{number}"));
        if is_free(&next) && !template.nodes.contains_key(&next) {
            return next;
        }
        number += 1;
    }
}

fn flow_lack(mine: &Architecture, template: &Architecture, flow: FlowKind) -> Option<Lack> {
    let own = by_kind(mine);
    let (from, to) = (own.get(flow.from.as_str())?, own.get(flow.to.as_str())?);
    // Boxes that have to do with each other already; else the first ones.
    let is_of = |id: &NodeId, kind: &str| mine.nodes.get(id).is_some_and(|node| node.kind == kind);
    let either_way = mine.flows.iter().flat_map(|flow| [(&flow.from, &flow.to), (&flow.to, &flow.from)]);
    let mut chosen: BTreeSet<(&NodeId, &NodeId)> =
        either_way.filter(|(a, b)| a != b && is_of(a, &flow.from) && is_of(b, &flow.to)).collect();
    if chosen.is_empty() {
        let firsts = from.iter().flat_map(|a| to.iter().map(move |b| (&a.id, &b.id)));
        chosen.extend(firsts.into_iter().find(|(a, b)| a != b));
    }
    let message =
        format!("No {} goes from {} to {}.", flow.artifact, kinds::label(&flow.from), kinds::label(&flow.to));
    let edit = if chosen.is_empty() {
        // A flow from a kind to itself needs a second box.
        let pattern = by_kind(template).remove(flow.to.as_str())?.pop()?;
        added(mine, template, pattern, std::iter::once(flow.clone()))
    } else {
        Edit::Batch(chosen.into_iter().map(|(a, b)| flow_edit(a, b, &flow.artifact)).collect())
    };
    Some(Lack { missing: Missing::Flow(flow), message, edit })
}
