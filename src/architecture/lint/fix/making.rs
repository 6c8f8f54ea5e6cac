//! Proposals about one node: what models learn from, and how they are made.

use super::Fix;
use super::draft::{Draft, Scene};
use super::links::{connection, from_nearest, new_node, to_nearest};
use super::parts;
use super::proposals::{FEATURES, LEARNED, METADATA, MONITORING, ORCHESTRATOR, OUTCOMES, REPOSITORY, STORE};
use crate::architecture::graph::{Artifacts, Condensed, Direction, Kinds, Link, artifacts, kinds};
use crate::architecture::lint::checks::{DATA, MODEL, SERVING, SOURCES, TRAINING};

const PEOPLE: Kinds = OUTCOMES.or(kinds(&["labeling"]));

/// Structure, data, features and training.
pub(super) fn proposals(scene: &Scene<'_>, rule: &str, node: usize) -> Vec<Fix> {
    let g = &scene.graph;
    let mut fixes = Vec::new();
    match rule {
        "STR01" => fixes.push(parts::without(scene, node)),
        "DAT03" => {
            let users = TRAINING.or(SERVING).or(FEATURES).or(kinds(&[
                "transformation",
                "data_validation",
                "vector_index",
                "embedding",
                "data_store",
            ]));
            fixes.extend(to_nearest(scene, node, users, &LEARNED));
            fixes.push(parts::without(scene, node));
        }
        "DAT04" => {
            fixes.extend(from_nearest(scene, node, PEOPLE, &["labels"]));
            fixes.extend(labelled_by_people(scene, node));
            let sources = scene.along(node, DATA, Direction::Up);
            for source in g.of(SOURCES).filter(|source| sources[*source]).take(2) {
                let label = format!("Declare that “{}” is labelled", scene.title(source));
                fixes.push(parts::property(scene, source, "labelled", true.into(), label));
            }
        }
        "DAT05" => {
            fixes.extend(from_nearest(scene, node, PEOPLE, &["labels"]));
            fixes.extend(labelled_by_people(scene, node));
        }
        "DAT06" => {
            fixes.extend(versioned(scene, node, Direction::Up));
            fixes.extend(versions_before(scene, node));
            fixes.extend(from_nearest(scene, node, FEATURES.or(kinds(&["data_versioning"])), &LEARNED));
            let keepers = FEATURES.or(STORE).or(kinds(&["transformation", "data_validation"]));
            fixes.extend(
                scene.nearest(node, keepers).into_iter().filter_map(|from| copied(scene, from, node)),
            );
        }
        "FEA01" => fixes.extend(shared_features(scene, node)),
        "FEA02" => fixes.extend(feature_view(scene, node)),
        "FEA03" => {
            fixes.extend(to_nearest(scene, node, SERVING, &["online_features", "features"]));
            fixes.extend(to_nearest(scene, node, TRAINING, &["training_set", "features"]));
            fixes.push(parts::without(scene, node));
        }
        "TRN01" => {
            let record = ["metrics", "metadata"];
            fixes.extend(to_nearest(scene, node, kinds(&["experiment_tracking"]), &record));
            fixes.extend(to_nearest(scene, node, METADATA, &record));
            fixes.extend(new_node(
                scene,
                "experiment_tracking",
                node,
                &[(node, "metrics"), (node, "metadata")],
                &[],
            ));
        }
        "TRN02" => {
            fixes.extend(from_nearest(scene, node, REPOSITORY, &["code", "config"]));
            fixes.extend(new_node(scene, "code_repo", node, &[], &[(node, "code"), (node, "config")]));
        }
        "TRN03" => {
            fixes.extend(from_nearest(scene, node, ORCHESTRATOR, &["trigger", "pipeline"]));
            fixes.extend(new_node(scene, "orchestrator", node, &[], &[(node, "trigger")]));
        }
        "TRN04" => fixes.extend(retrained(scene, node)),
        "TRN05" => {
            fixes.extend(from_nearest(scene, node, REPOSITORY, &["config"]));
            fixes.extend(from_nearest(scene, node, ORCHESTRATOR, &["pipeline"]));
            fixes.extend(new_node(scene, "code_repo", node, &[], &[(node, "config")]));
        }
        _ => {}
    }
    fixes
}

/// Stores after a node or before it that could keep versions.
pub(super) fn versioned(scene: &Scene<'_>, node: usize, direction: Direction) -> Vec<Fix> {
    let g = &scene.graph;
    let reached = scene.along(node, DATA, direction);
    g.of(STORE)
        .filter(|store| reached[*store])
        .take(2)
        .map(|store| {
            let label = format!("Keep versions in “{}”", scene.title(store));
            parts::property(scene, store, "versioned", true.into(), label)
        })
        .collect()
}

/// People who label what a training learns from.
fn labelled_by_people(scene: &Scene<'_>, training: usize) -> Option<Fix> {
    let g = &scene.graph;
    let above = scene.along(training, DATA, Direction::Up);
    const TO_LABEL: Artifacts = artifacts(&["raw_data", "documents", "events"]);
    let link = g.links.iter().filter(|link| above[link.from] && link.artifact.meets(TO_LABEL));
    // What is labelled must be in order first.
    let order = |link: &&Link<'_>| {
        (g.is(link.from, kinds(&["data_validation"])), g.is(link.from, kinds(&["privacy"]).or(STORE)))
    };
    let link = link.max_by_key(order)?;
    new_node(scene, "labeling", training, &[(link.from, link.word)], &[(training, "labels")])
}

/// A versioned copy of what comes to a training.
fn versions_before(scene: &Scene<'_>, training: usize) -> Vec<Fix> {
    let g = &scene.graph;
    let above = scene.along(training, DATA, Direction::Up);
    const KEPT: Artifacts = artifacts(&["raw_data", "labels", "training_set", "documents"]);
    g.links
        .iter()
        .filter(|link| (link.to == training || above[link.to]) && link.artifact.meets(KEPT))
        .take(3)
        .map(|link| {
            let mut draft = Draft::new(scene.drawing);
            let id = draft.add("data_versioning");
            draft.remove_flow(scene.id(link.from), scene.id(link.to), link.word);
            draft.flow(scene.id(link.from), &id, link.word);
            draft.flow(&id, scene.id(link.to), link.word);
            let (from, to) = (scene.title(link.from), scene.title(link.to));
            draft.done(format!("Put Data versioning between “{from}” and “{to}”"))
        })
        .collect()
}

/// A versioned copy between two nodes that have nothing to do with each other yet.
fn copied(scene: &Scene<'_>, from: usize, to: usize) -> Option<Fix> {
    let artifact = *scene.allowed(from, to, &["training_set", "raw_data", "labels", "documents"]).first()?;
    let mut draft = Draft::new(scene.drawing);
    let id = draft.add("data_versioning");
    draft.flow(scene.id(from), &id, artifact);
    draft.flow(&id, scene.id(to), artifact);
    Some(draft.done(format!("Put Data versioning between “{}” and “{}”", scene.title(from), scene.title(to))))
}

/// Lets a model be served from what its training learned from, or learn from what it is served from.
fn shared_features(scene: &Scene<'_>, serving: usize) -> Vec<Fix> {
    let g = &scene.graph;
    let trainings = scene.along(serving, MODEL, Direction::Up);
    let producers = Condensed::new(g, DATA).gather(
        Direction::Up,
        false,
        |node| g.is(node, TRAINING) && trainings[node],
        |a, b| a || b,
    );
    let mut found: Vec<usize> =
        g.of(FEATURES.or(kinds(&["transformation"]))).filter(|producer| producers[*producer]).collect();
    found.sort_by_key(|producer| !g.is(*producer, FEATURES));
    let inputs = ["online_features", "features", "events"];
    let to_serving = found.into_iter().filter_map(|producer| connection(scene, producer, serving, &inputs));
    // Or the other way: the model learns from what it is served from.
    let served = g.hops(serving, Direction::Up).iter().map(|hop| hop.node);
    let producers = served.filter(|node| g.is(*node, FEATURES.or(kinds(&["transformation"]))));
    let to_training = producers.flat_map(|producer| {
        let learners = g.of(TRAINING).filter(|training| trainings[*training]);
        learners.filter_map(move |training| connection(scene, producer, training, &LEARNED))
    });
    to_serving.take(3).chain(to_training.take(3)).collect()
}

/// One feature store between the transformations of a source and the trainings that they feed.
fn feature_view(scene: &Scene<'_>, source: usize) -> Option<Fix> {
    let g = &scene.graph;
    let below = scene.along(source, DATA, Direction::Down);
    let direct: Vec<_> = g
        .links
        .iter()
        .filter(|link| link.artifact.meets(DATA) && below[link.from])
        .filter(|link| g.is(link.from, kinds(&["transformation"])) && g.is(link.to, TRAINING))
        .collect();
    if direct.is_empty() {
        return None;
    }
    let mut draft = Draft::new(scene.drawing);
    let store = draft.add("feature_store");
    for link in direct {
        draft.remove_flow(scene.id(link.from), scene.id(link.to), link.word);
        draft.flow(scene.id(link.from), &store, "features");
        draft.flow(&store, scene.id(link.to), "training_set");
    }
    Some(draft.done(format!("Share what is made of “{}” in a Feature store", scene.title(source))))
}

/// Starts a training again: by a clock, or by what monitoring sees.
fn retrained(scene: &Scene<'_>, training: usize) -> Vec<Fix> {
    let mut fixes: Vec<Fix> = scene
        .nearest(training, ORCHESTRATOR)
        .into_iter()
        .map(|orchestrator| {
            let label = format!("Let “{}” run on a schedule", scene.title(orchestrator));
            parts::property(scene, orchestrator, "schedule", true.into(), label)
        })
        .collect();
    if let Some(orchestrator) = scene.nearest(training, ORCHESTRATOR).first() {
        let alarms = MONITORING.or(kinds(&["alerting"]));
        fixes.extend(from_nearest(scene, *orchestrator, alarms, &["trigger", "alert"]));
        if let Some(fix) = connection(scene, *orchestrator, training, &["trigger"]) {
            // Started by nobody so far: the clock is then missing too.
            let mut draft = Draft::new(scene.drawing);
            draft.flow(scene.id(*orchestrator), scene.id(training), "trigger");
            draft.prop(scene.id(*orchestrator), "schedule", true.into());
            fixes.push(fix);
            let label = format!("Let “{}” start it on a schedule", scene.title(*orchestrator));
            fixes.push(draft.done(label));
        }
    }
    let mut draft = Draft::new(scene.drawing);
    let clock = draft.add("orchestrator");
    draft.prop(&clock, "schedule", true.into());
    draft.flow(&clock, scene.id(training), "trigger");
    fixes.push(draft.done(format!("Add Orchestrator that starts “{}” on a schedule", scene.title(training))));
    fixes
}
