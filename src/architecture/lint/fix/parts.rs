//! Properties, lanes, artifacts and nodes that are changed or taken away.

use serde_json::{Value, json};

use super::Fix;
use super::draft::{Draft, Scene, accepts, emits};
use crate::architecture::graph::Artifacts;
use crate::architecture::kinds as vocabulary;

/// Sets a property that the rules read.
pub(super) fn property(scene: &Scene<'_>, node: usize, key: &str, value: Value, label: String) -> Fix {
    let mut draft = Draft::new(scene.drawing);
    draft.prop(scene.id(node), key, value);
    draft.done(label)
}

/// Names the checks that an evaluation lacks, beside those it names.
pub(super) fn checks(scene: &Scene<'_>, evaluation: usize, needed: &[&str]) -> Fix {
    let mut named: Vec<Value> = match scene.graph.nodes[evaluation].props.get("checks") {
        Some(Value::Array(named)) => named.clone(),
        _ => Vec::new(),
    };
    let missing: Vec<&str> = needed.iter().copied().filter(|word| !named.contains(&json!(word))).collect();
    named.extend(missing.iter().map(|word| json!(word)));
    let label = format!("Declare that “{}” checks {}", scene.title(evaluation), missing.join(" and "));
    property(scene, evaluation, "checks", Value::Array(named), label)
}

/// Takes a node away with its flows.
pub(super) fn without(scene: &Scene<'_>, node: usize) -> Fix {
    let mut draft = Draft::new(scene.drawing);
    draft.remove_node(scene.id(node));
    draft.done(format!("Remove “{}”", scene.title(node)))
}

/// Takes flows from one node to another away.
pub(super) fn without_flows(scene: &Scene<'_>, from: usize, to: usize, words: &[&str]) -> Fix {
    let mut draft = Draft::new(scene.drawing);
    for word in words {
        draft.remove_flow(scene.id(from), scene.id(to), word);
    }
    let what = words.join(" and ");
    draft.done(format!("Remove {what} from “{}” to “{}”", scene.title(from), scene.title(to)))
}

/// Puts a node into another lane.
pub(super) fn moved(scene: &Scene<'_>, node: usize, lane: &str) -> Fix {
    let mut draft = Draft::new(scene.drawing);
    draft.stage(scene.id(node), lane);
    let title = vocabulary::lane(lane).map_or(lane, |lane| &lane.title);
    draft.done(format!("Move “{}” into the lane {title}", scene.title(node)))
}

/// Lets something else flow: what both ends allow, of the same class first.
pub(super) fn retyped(scene: &Scene<'_>, from: usize, to: usize, word: &str) -> Vec<Fix> {
    let class = vocabulary::artifact(word).map(|artifact| artifact.class);
    let mut others: Vec<&vocabulary::Artifact> =
        vocabulary::artifacts().iter().filter(|artifact| artifact.id != word).collect();
    others.sort_by_key(|artifact| Some(artifact.class) != class);
    let ids: Vec<&str> = others.iter().map(|artifact| artifact.id.as_str()).collect();
    let present = |artifact: &str| {
        let own = Artifacts::named(artifact);
        !scene.words(from, to, own).is_empty()
    };
    scene
        .allowed(from, to, &ids)
        .into_iter()
        .filter(|artifact| !present(artifact))
        .take(3)
        .map(|artifact| {
            let mut draft = Draft::new(scene.drawing);
            draft.remove_flow(scene.id(from), scene.id(to), word);
            draft.flow(scene.id(from), scene.id(to), artifact);
            draft.done(format!("Let {artifact} flow instead of {word}"))
        })
        .collect()
}

/// Puts a node between two that do not understand each other: one that takes what the first emits and emits what the
/// second takes; those that keep the artifact on one side first.
pub(super) fn translated(scene: &Scene<'_>, from: usize, to: usize, word: &str) -> Vec<Fix> {
    let kind = |node: usize| vocabulary::kind(&scene.graph.nodes[node].kind);
    let (Some(before), Some(after)) = (kind(from), kind(to)) else { return Vec::new() };
    let mut ways: Vec<(bool, &str, &str, &str)> = Vec::new();
    for middle in vocabulary::kinds() {
        let first = |wanted: &dyn Fn(&str) -> bool, list: &'static [String]| {
            let kept = list.iter().find(|artifact| *artifact == word && wanted(artifact));
            kept.or_else(|| list.iter().find(|artifact| wanted(artifact))).map(String::as_str)
        };
        let taken = first(&|artifact| accepts(middle, artifact), &before.emits);
        let given = first(&|artifact| emits(middle, artifact), &after.accepts);
        if let (Some(taken), Some(given)) = (taken, given) {
            ways.push((taken != word && given != word, &middle.id, taken, given));
        }
    }
    ways.sort_by_key(|(changes_both, middle, _, _)| (*changes_both, *middle != "transformation"));
    ways.into_iter()
        .take(3)
        .map(|(_, middle, taken, given)| {
            let mut draft = Draft::new(scene.drawing);
            draft.remove_flow(scene.id(from), scene.id(to), word);
            let id = draft.add(middle);
            draft.flow(scene.id(from), &id, taken);
            draft.flow(&id, scene.id(to), given);
            let name = vocabulary::label(middle);
            draft.done(format!("Put {name} between “{}” and “{}”", scene.title(from), scene.title(to)))
        })
        .collect()
}

/// Makes one of several nodes: all flows and tools of the others become its own.
pub(super) fn merged(scene: &Scene<'_>, kept: usize, others: &[usize]) -> Fix {
    let g = &scene.graph;
    let mut draft = Draft::new(scene.drawing);
    let mut count = 0;
    let mut tools = g.nodes[kept].tools.clone();
    for &other in others.iter().filter(|other| **other != kept) {
        count += 1;
        let into = |node: usize| if others.contains(&node) { kept } else { node };
        for link in g.links.iter().filter(|link| link.from == other || link.to == other) {
            let (from, to) = (into(link.from), into(link.to));
            if from != to {
                draft.flow(scene.id(from), scene.id(to), link.word);
            }
        }
        for tool in &g.nodes[other].tools {
            if !tools.contains(tool) {
                tools.push(tool.clone());
            }
        }
        draft.remove_node(scene.id(other));
    }
    if tools != g.nodes[kept].tools {
        draft.tools(scene.id(kept), tools);
    }
    let word = if count == 1 { "the other one".to_owned() } else { format!("the {count} others") };
    draft.done(format!("Merge {word} into “{}”", scene.title(kept)))
}
