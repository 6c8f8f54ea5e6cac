//! What models learn from: checked, versioned, labelled and protected.

use super::{
    Artifacts, CONSUMER, Check, DATA, FEEDBACK, Found, Graph, Kinds, PREDICTIONS, SERVING, SOURCES, TRAINING,
    artifacts, kinds,
};

/// The checks of this group.
pub(super) const CHECKS: &[(&str, Check)] = &[
    ("DAT01", unvalidated),
    ("DAT02", unstable_dependency),
    ("DAT03", underutilised),
    ("DAT04", no_labels),
    ("DAT05", self_labelling),
    ("DAT06", unversioned),
    ("DAT07", unprotected),
];

fn unvalidated(g: &Graph<'_>, found: &mut Found<'_, '_>) {
    let trains = g.leads_to(TRAINING, DATA.or(FEEDBACK), kinds(&["data_validation"]));
    found.nodes_where(g.of(SOURCES), |source| trains[source]);
}

fn unstable_dependency(g: &Graph<'_>, found: &mut Found<'_, '_>) {
    const FREEZES: Kinds = kinds(&["data_versioning"]);
    let trains = g.leads_to_around(TRAINING, DATA, |node| g.is(node, FREEZES) || g.set(node, "versioned"));
    found.nodes_where(g.of(SOURCES), |source| trains[source] && g.set(source, "external"));
}

fn underutilised(g: &Graph<'_>, found: &mut Found<'_, '_>) {
    const INPUTS: Kinds = SOURCES.or(kinds(&["transformation", "embedding"]));
    let used = g.leads_to(SERVING.or(TRAINING).or(kinds(&["vector_index"])), DATA, Kinds::NONE);
    found.nodes_where(g.of(INPUTS), |node| !used[node]);
}

fn no_labels(g: &Graph<'_>, found: &mut Found<'_, '_>) {
    const ANSWERS: Artifacts = artifacts(&["labels", "feedback"]);
    let answered: Vec<bool> =
        (0..g.len()).map(|node| g.gets(node, ANSWERS, Kinds::ANY) || g.set(node, "labelled")).collect();
    let below = g.reach(&answered, DATA.or(FEEDBACK));
    found.nodes_where(g.of(TRAINING), |training| {
        g.says(training, "paradigm", "supervised") && !answered[training] && !below[training]
    });
}

fn self_labelling(g: &Graph<'_>, found: &mut Found<'_, '_>) {
    const PEOPLE: Kinds = CONSUMER.or(kinds(&["labeling", "feedback_collector"]));
    let over = DATA.or(FEEDBACK).or(PREDICTIONS);
    let (served, judged) = (g.reach(&g.marked(SERVING), over), g.reach(&g.marked(PEOPLE), over));
    found.nodes_where(g.of(TRAINING), |training| served[training] && !judged[training]);
}

fn unversioned(g: &Graph<'_>, found: &mut Found<'_, '_>) {
    const VERSIONED: Kinds = kinds(&["data_versioning", "feature_store"]);
    let kept: Vec<bool> =
        (0..g.len()).map(|node| g.is(node, VERSIONED) || g.set(node, "versioned")).collect();
    let below = g.reach(&kept, DATA);
    found.nodes_where(g.of(TRAINING), |training| !below[training]);
}

fn unprotected(g: &Graph<'_>, found: &mut Found<'_, '_>) {
    let trains = g.leads_to(TRAINING, DATA, kinds(&["privacy"]));
    let personal = g.domain == "healthcare";
    found.nodes_where(g.of(SOURCES), |source| trains[source] && (personal || g.set(source, "pii")));
}
