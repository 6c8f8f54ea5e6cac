//! The same without any index: each lack looks through the whole of both drawings.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::super::{FlowKind, Lack, Missing, flow_edit, flow_kind, is_allowed, named};
use crate::architecture::edit::Edit;
use crate::architecture::kinds;
use crate::architecture::model::{Architecture, Node, NodeId};

pub(super) fn lacks(mine: &Architecture, template: &Architecture) -> Vec<Lack> {
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

/// What is lacked first is added, and asked for again.
pub(super) fn complete(mine: &Architecture, template: &Architecture) -> Edit {
    let (mut grown, mut edits) = (mine.clone(), Vec::new());
    while let Some(first) = lacks(&grown, template).into_iter().next() {
        grown.apply(first.edit.clone());
        match first.edit {
            Edit::Batch(parts) => edits.extend(parts),
            other => edits.push(other),
        }
    }
    Edit::Batch(edits)
}

fn flow_kinds(drawing: &Architecture) -> BTreeSet<FlowKind> {
    drawing.flows.iter().filter_map(|flow| flow_kind(drawing, flow)).collect()
}

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
    let name = named(pattern, &str::to_owned);
    let message = format!("{} is missing; there it is {name}.", kinds::label(kind));
    Some(Lack { missing: Missing::Kind(kind.to_owned()), message, edit })
}

fn added(
    mine: &Architecture,
    template: &Architecture,
    pattern: &Node,
    wanted: impl Iterator<Item = FlowKind>,
) -> Edit {
    let takes = |id: &NodeId| *id != pattern.id && template.nodes.contains_key(id);
    let id = mine.free_id(&pattern.id.0, takes);
    let node = Node { id: id.clone(), basis: None, source: Vec::new(), ..pattern.clone() };
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

fn flow_lack(mine: &Architecture, template: &Architecture, flow: FlowKind) -> Option<Lack> {
    let own = by_kind(mine);
    let (from, to) = (own.get(flow.from.as_str())?, own.get(flow.to.as_str())?);
    let is_of = |id: &NodeId, kind: &str| mine.nodes.get(id).is_some_and(|node| node.kind == kind);
    let either_way = mine.flows.iter().flat_map(|flow| [(&flow.from, &flow.to), (&flow.to, &flow.from)]);
    let mut chosen: BTreeSet<(&NodeId, &NodeId)> =
        either_way.filter(|(a, b)| a != b && is_of(a, &flow.from) && is_of(b, &flow.to)).collect();
    if chosen.is_empty() {
        let firsts = from.iter().flat_map(|a| to.iter().map(move |b| (&a.id, &b.id)));
        chosen.extend(firsts.into_iter().find(|(a, b)| a != b));
    }
    let artifact = flow.artifact.replace('_', " ");
    let message =
        format!("No flow of {artifact} from {} to {}.", kinds::label(&flow.from), kinds::label(&flow.to));
    let edit = if chosen.is_empty() {
        let pattern = by_kind(template).remove(flow.to.as_str())?.pop()?;
        added(mine, template, pattern, std::iter::once(flow.clone()))
    } else {
        Edit::Batch(chosen.into_iter().map(|(a, b)| flow_edit(a, b, &flow.artifact)).collect())
    };
    Some(Lack { missing: Missing::Flow(flow), message, edit })
}
