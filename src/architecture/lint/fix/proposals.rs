//! What each rule's suggestion means for a drawing. A proposal may fail; it is tried before it is offered.

use super::Fix;
use super::bridge::bridges;
use super::draft::{Draft, Scene};
use super::gates::{Paths, gates};
use super::links::{new_node, to_nearest};
use super::{making, parts, running};
use crate::architecture::graph::{Artifacts, Direction, Kinds, kinds};
use crate::architecture::kinds as vocabulary;
use crate::architecture::lint::checks::{
    CONSUMER, DATA, FEEDBACK, MODEL, PREDICTIONS, SERVING, TRAINING, may_go_back,
};
use crate::architecture::lint::finding::{Finding, Place};
use crate::architecture::model::Architecture;

pub(super) const REPOSITORY: Kinds = kinds(&["code_repo"]);
pub(super) const ORCHESTRATOR: Kinds = kinds(&["orchestrator"]);
pub(super) const MONITORING: Kinds = kinds(&["monitoring"]);
pub(super) const EVALUATION: Kinds = kinds(&["evaluation"]);
pub(super) const REGISTRY: Kinds = kinds(&["model_registry"]);
pub(super) const METADATA: Kinds = kinds(&["metadata_store"]);
pub(super) const OUTCOMES: Kinds = kinds(&["feedback_collector"]);
pub(super) const ROUTER: Kinds = kinds(&["traffic_control"]);
pub(super) const STORE: Kinds = kinds(&["data_store"]);
pub(super) const FEATURES: Kinds = kinds(&["feature_store"]);

/// What is learned from, the most prepared first.
pub(super) const LEARNED: [&str; 9] = [
    "training_set",
    "features",
    "labels",
    "embeddings",
    "context",
    "raw_data",
    "documents",
    "events",
    "online_features",
];

/// Every proposal for a finding, the least intrusive first.
pub(super) fn proposals(drawing: &Architecture, finding: &Finding) -> Vec<Fix> {
    let scene = Scene::new(drawing);
    let numbers: Vec<usize> =
        finding.place.nodes().into_iter().filter_map(|id| scene.graph.number(id)).collect();
    match (&finding.place, numbers.as_slice()) {
        (Place::Graph, _) => whole(&scene, &finding.rule.id),
        (Place::Node(_), [node]) => {
            let mut proposals = of_paths(&scene, &finding.rule.id, *node);
            proposals.extend(making::proposals(&scene, &finding.rule.id, *node));
            proposals.extend(running::proposals(&scene, &finding.rule.id, *node));
            proposals
        }
        (Place::Flow { artifact, .. }, [from, to]) => {
            of_flow(&scene, &finding.rule.id, *from, *to, artifact.as_deref())
        }
        (Place::Nodes(_), nodes) => of_nodes(&scene, &finding.rule.id, nodes),
        _ => Vec::new(),
    }
}

/// Rules that ask for a gate on the paths from a node.
fn of_paths(scene: &Scene<'_>, rule: &str, node: usize) -> Vec<Fix> {
    let paths = |artifacts, targets, gate| {
        let late = !matches!(gate, "privacy" | "evaluation" | "guardrails");
        gates(scene, &Paths { start: node, artifacts, targets, gate, late })
    };
    match rule {
        "DAT01" => paths(DATA.or(FEEDBACK), TRAINING, "data_validation"),
        "DAT02" => {
            let mut fixes = making::versioned(scene, node, Direction::Down);
            fixes.extend(paths(DATA, TRAINING, "data_versioning"));
            fixes
        }
        "DAT07" => paths(DATA, TRAINING, "privacy"),
        "EVA01" => paths(MODEL, SERVING, "evaluation"),
        "EVA02" => paths(MODEL, SERVING, "model_registry"),
        "DEP01" => paths(PREDICTIONS, CONSUMER, "traffic_control"),
        "LLM01" => paths(PREDICTIONS, CONSUMER, "guardrails"),
        "MON05" => {
            let any = Kinds::ANY;
            let mut fixes = to_nearest(scene, node, kinds(&["data_validation", "monitoring"]), &LEARNED);
            fixes.extend(paths(DATA, any, "data_validation"));
            fixes
        }
        _ => Vec::new(),
    }
}

/// Rules about a connection.
fn of_flow(scene: &Scene<'_>, rule: &str, from: usize, to: usize, word: Option<&str>) -> Vec<Fix> {
    let mut fixes = Vec::new();
    match (rule, word) {
        ("STR02", Some(word)) => {
            fixes.extend(parts::retyped(scene, from, to, word));
            fixes.extend(parts::translated(scene, from, to, word));
            fixes.push(parts::without_flows(scene, from, to, &[word]));
        }
        ("STR03", _) => {
            let lane = |node: usize| scene.graph.nodes[node].stage.as_str();
            let usual = |node: usize| {
                let kind = vocabulary::kind(&scene.graph.nodes[node].kind)?;
                (kind.stage != lane(node)).then_some(kind.stage.as_str())
            };
            fixes.extend(usual(from).map(|lane| parts::moved(scene, from, lane)));
            fixes.extend(usual(to).map(|lane| parts::moved(scene, to, lane)));
            // Both stand where they usually do: then it is rather the flow that is odd.
            // What may go back stays: it is not what the finding names.
            let between = scene.graph.links.iter().filter(|link| (link.from, link.to) == (from, to));
            let words: Vec<&str> =
                between.filter(|link| !may_go_back(&scene.graph, link)).map(|link| link.word).collect();
            if let [word] = words.as_slice() {
                fixes.extend(parts::retyped(scene, from, to, word));
            }
            fixes.push(parts::without_flows(scene, from, to, &words));
            fixes.push(parts::moved(scene, to, lane(from)));
            fixes.push(parts::moved(scene, from, lane(to)));
        }
        ("DEP03", _) => {
            let mut draft = Draft::new(scene.drawing);
            for word in scene.words(from, to, Artifacts::ANY) {
                draft.remove_flow(scene.id(from), scene.id(to), word);
            }
            let repository = scene.nearest(from, REPOSITORY);
            let label = if let Some(repository) = repository.first() {
                draft.flow(scene.id(from), scene.id(*repository), "code");
                format!("Hand “{}” over to “{}” as code", scene.title(from), scene.title(*repository))
            } else {
                let repository = draft.add("code_repo");
                draft.flow(scene.id(from), &repository, "code");
                format!("Hand “{}” over to a new Code & config repository", scene.title(from))
            };
            fixes.push(draft.done(label));
            fixes.push(parts::without_flows(scene, from, to, &scene.words(from, to, Artifacts::ANY)));
        }
        ("DEB03", _) => {
            fixes.push(parts::without_flows(scene, from, to, &scene.words(from, to, PREDICTIONS)));
        }
        _ => {}
    }
    fixes
}

/// Rules about several nodes together.
fn of_nodes(scene: &Scene<'_>, rule: &str, nodes: &[usize]) -> Vec<Fix> {
    let g = &scene.graph;
    match rule {
        "STR05" => g
            .links
            .iter()
            .filter(|link| nodes.contains(&link.from) && nodes.contains(&link.to))
            .filter(|link| link.artifact.meets(DATA))
            .take(8)
            .map(|link| {
                parts::without_flows(scene, link.from, link.to, &scene.words(link.from, link.to, DATA))
            })
            .collect(),
        "DEB01" => nodes
            .iter()
            .filter(|node| g.is(**node, SERVING))
            .flat_map(|node| {
                let (start, artifacts, targets) = (*node, PREDICTIONS, CONSUMER);
                gates(scene, &Paths { start, artifacts, targets, gate: "traffic_control", late: true })
            })
            .collect(),
        "DEB10" => g
            .of(ROUTER)
            .take(3)
            .map(|router| {
                let label = format!("Declare a held-out slice at “{}”", scene.title(router));
                parts::property(scene, router, "holdout", true.into(), label)
            })
            .collect(),
        "DEB09" => nodes.iter().take(3).map(|kept| parts::merged(scene, *kept, nodes)).collect(),
        _ => Vec::new(),
    }
}

/// Rules about the drawing as a whole.
fn whole(scene: &Scene<'_>, rule: &str) -> Vec<Fix> {
    let g = &scene.graph;
    let all = |kinds: Kinds| g.of(kinds).take(3);
    let mut fixes = Vec::new();
    match rule {
        "STR04" => fixes.extend(bridges(scene)),
        "GOV01" => {
            let permits = REGISTRY.or(kinds(&["cd"]));
            for board in all(kinds(&["governance"])) {
                fixes.extend(to_nearest(scene, board, permits, &["approval"]));
            }
            if let Some(permitted) = g.of(REGISTRY).chain(g.of(kinds(&["cd"]))).next() {
                let evidence: Vec<(usize, &str)> = all(EVALUATION).map(|gate| (gate, "metrics")).collect();
                fixes.extend(new_node(scene, "governance", permitted, &evidence, &[(permitted, "approval")]));
            }
        }
        "MON04" => {
            for consumer in all(CONSUMER) {
                fixes.extend(to_nearest(scene, consumer, MONITORING, &["feedback"]));
            }
            for collector in all(OUTCOMES) {
                fixes.extend(to_nearest(scene, collector, MONITORING, &["feedback", "labels"]));
                fixes.extend(to_nearest(scene, collector, EVALUATION, &["labels", "feedback"]));
            }
            let judge = g.of(MONITORING).chain(g.of(EVALUATION)).next();
            if let (Some(consumer), Some(judge)) = (all(CONSUMER).next(), judge) {
                let fix = new_node(
                    scene,
                    "feedback_collector",
                    consumer,
                    &[(consumer, "feedback")],
                    &[(judge, "feedback")],
                );
                fixes.extend(fix);
            }
        }
        _ => {}
    }
    fixes
}
