//! Which box of one drawing stands for which box of another.
//!
//! The same id and kind come first; of what is left, boxes of the same kind, those with more tools in common before
//! others. Ids tell versions of one drawing; drawings of different people have ids of their own, and kinds are what they
//! share.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::model::{Architecture, Flow, Node, NodeId};

/// A drawing whose boxes are called as those of another that they stand for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alike {
    /// It.
    pub drawing: Architecture,
    /// What each of its boxes is called in its own file.
    pub own: BTreeMap<NodeId, NodeId>,
}

/// `other` with each box that stands for one of `mine` called by the id that it has in `mine`. Boxes that stand for none
/// keep theirs, or get a free one where `mine` has it for something else.
pub fn called_alike(mine: &Architecture, other: &Architecture) -> Alike {
    let pairs = pairs(mine, other);
    let mut names: BTreeMap<&NodeId, NodeId> = BTreeMap::new();
    let mut taken: BTreeSet<NodeId> = mine.nodes.keys().chain(other.nodes.keys()).cloned().collect();
    for id in other.nodes.keys() {
        let name = match pairs.get(id) {
            Some(own) => (*own).clone(),
            None if mine.nodes.contains_key(id) => {
                let free = mine.free_id(id.as_str(), |id| taken.contains(id));
                taken.insert(free.clone());
                free
            }
            None => id.clone(),
        };
        names.insert(id, name);
    }
    let name = |id: &NodeId| names.get(id).unwrap_or(id).clone();
    let mut renamed = Architecture { nodes: BTreeMap::new(), flows: Vec::new(), ..other.clone() };
    renamed.nodes =
        other.nodes.iter().map(|(id, node)| (name(id), Node { id: name(id), ..node.clone() })).collect();
    renamed.flows = other
        .flows
        .iter()
        .map(|flow| Flow { from: name(&flow.from), to: name(&flow.to), ..flow.clone() })
        .collect();
    renamed.flows.sort_by_key(Flow::key);
    renamed.flows.dedup_by_key(|flow| flow.key());
    renamed.layout = other.layout.iter().map(|(id, at)| (name(id), *at)).collect();
    renamed.size = other.size.iter().map(|(id, size)| (name(id), *size)).collect();
    let own = names.iter().map(|(own, name)| (name.clone(), (*own).clone())).collect();
    Alike { drawing: renamed, own }
}

/// The box of `mine` that each box of `other` stands for.
fn pairs<'m>(mine: &'m Architecture, other: &Architecture) -> BTreeMap<NodeId, &'m NodeId> {
    let mut found = BTreeMap::new();
    let is_same = |id: &NodeId, node: &Node| mine.nodes.get(id).is_some_and(|own| own.kind == node.kind);
    let mut left: BTreeMap<&str, (Vec<&Node>, Vec<&'m Node>)> = BTreeMap::new();
    for (id, node) in &other.nodes {
        match mine.nodes.get_key_value(id) {
            Some((own, _)) if is_same(id, node) => {
                found.insert(id.clone(), own);
            }
            _ => left.entry(&node.kind).or_default().0.push(node),
        }
    }
    for (id, node) in &mine.nodes {
        let is_paired = other.nodes.get(id).is_some_and(|theirs| theirs.kind == node.kind);
        if let Some((_, own)) = left.get_mut(node.kind.as_str()).filter(|_| !is_paired) {
            own.push(node);
        }
    }
    for (kind, (theirs, own)) in left {
        // A box without a kind may be anything.
        if kind.is_empty() {
            continue;
        }
        let mut choices: Vec<(Reverse<usize>, bool, usize, usize)> = Vec::new();
        // Drawings with hundreds of boxes of one kind are paired in the order of their ids.
        let all = theirs.len().saturating_mul(own.len()) <= MOST;
        for (at, one) in theirs.iter().enumerate() {
            for (to, mine) in own.iter().enumerate().filter(|(to, _)| all || *to == at) {
                let common = one.tools.iter().filter(|tool| mine.tools.contains(tool)).count();
                choices.push((Reverse(common), one.label != mine.label, at, to));
            }
        }
        choices.sort_unstable();
        let (mut used, mut given) = (BTreeSet::new(), BTreeSet::new());
        for (_, _, at, to) in choices {
            if !used.contains(&at) && !given.contains(&to) {
                used.insert(at);
                given.insert(to);
                found.insert(theirs[at].id.clone(), &own[to].id);
            }
        }
    }
    found
}

/// More pairs of one kind than these are not weighed against each other.
const MOST: usize = 10_000;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::architecture::diff;
    use crate::architecture::sketch::sketch;

    fn ids(drawing: &Architecture) -> Vec<String> {
        drawing.nodes.keys().map(ToString::to_string).collect()
    }

    #[test]
    fn ids_pair_before_kinds_and_kinds_before_nothing() {
        let mine = sketch("tr:training=xgboost reg:model_registry=mlflow x:monitoring; tr->reg:model");
        let other = sketch(
            "train:training=xgboost reg:model_registry=aim x:orchestrator; train->reg:model x->train:trigger",
        );
        let alike = called_alike(&mine, &other).drawing;
        // `x` is something else here, so the other's gets a name of its own.
        assert_eq!(ids(&alike), ["reg", "tr", "x-2"]);
        let own = called_alike(&mine, &other).own;
        assert_eq!((own[&"tr".into()].as_str(), own[&"x-2".into()].as_str()), ("train", "x"));
        let told: Vec<String> = alike.flows.iter().map(|flow| flow.key().to_string()).collect();
        assert_eq!(told, ["tr->reg:model", "x-2->tr:trigger"]);
        let found = diff(&alike, &mine);
        assert_eq!(found.added.nodes, ["x".into()]);
        assert_eq!(found.removed.nodes, ["x-2".into()]);
        assert_eq!(found.changed.len(), 1, "another tool in the registry");
    }

    #[test]
    fn of_several_boxes_of_a_kind_those_with_common_tools_are_one() {
        let mine = sketch("a:training=xgboost b:training=pytorch");
        let other = sketch("p:training=pytorch q:training=xgboost r:training");
        let alike = called_alike(&mine, &other).drawing;
        assert_eq!(ids(&alike), ["a", "b", "r"]);
        assert!(diff(&alike, &mine).changed.is_empty());
        let plain = called_alike(&sketch("a b"), &sketch("c")).drawing;
        assert_eq!(ids(&plain), ["c"], "what has no kind stands for nothing");
    }

    proptest! {
        #[test]
        fn a_drawing_is_itself_and_every_box_keeps_what_it_is(
            mine in prop::collection::vec(0..4_usize, 0..6), other in prop::collection::vec(0..4_usize, 0..6),
        ) {
            const KINDS: [&str; 4] = ["training", "model_registry", "monitoring", "cd"];
            let drawn = |prefix: &str, kinds: &[usize]| {
                let nodes: Vec<String> =
                    kinds.iter().enumerate().map(|(at, kind)| format!("{prefix}{at}:{}", KINDS[*kind])).collect();
                sketch(&nodes.join(" "))
            };
            let (mine, other) = (drawn("m", &mine), drawn("o", &other));
            prop_assert_eq!(called_alike(&mine, &mine).drawing, mine.clone());
            let alike = called_alike(&mine, &other).drawing;
            prop_assert_eq!(alike.nodes.len(), other.nodes.len());
            for kind in KINDS {
                let count = |drawing: &Architecture| drawing.nodes.values().filter(|node| node.kind == kind).count();
                let shared = alike.nodes.values().filter(|node| node.kind == kind && mine.nodes.contains_key(&node.id));
                prop_assert_eq!(shared.count(), count(&mine).min(count(&other)), "{}", kind);
            }
        }
    }
}
