//! How models are judged, released and delivered.

use serde_json::Value;

use super::{
    Artifacts, CONSUMER, Check, DATA, FEEDBACK, Found, Graph, Kinds, MODEL, PREDICTIONS, SERVING, TRAINING,
    artifacts, kinds,
};
use crate::architecture::graph::Direction;

/// The checks of evaluation, governance and delivery.
pub(super) const CHECKS: &[(&str, Check)] = &[
    ("EVA01", no_gate),
    ("EVA02", no_registry),
    ("EVA03", thin_evaluation),
    ("EVA04", no_independent_data),
    ("GOV01", no_approval),
    ("GOV02", no_lineage),
    ("DEP01", big_bang),
    ("DEP02", no_ci),
    ("DEP03", prototype),
];

const REGISTRY: Kinds = kinds(&["model_registry"]);
const EVALUATION: Kinds = kinds(&["evaluation"]);

fn no_gate(g: &Graph<'_>, found: &mut Found<'_, '_>) {
    let serves = g.leads_to(SERVING, MODEL, EVALUATION);
    found.nodes_where(g.of(TRAINING), |training| serves[training]);
}

fn no_registry(g: &Graph<'_>, found: &mut Found<'_, '_>) {
    let serves = g.leads_to(SERVING, MODEL, REGISTRY);
    found.nodes_where(g.of(TRAINING), |training| serves[training]);
}

/// The checks that an evaluation is to name in `checks`, a list of words.
pub(in crate::architecture::lint) fn needed_checks(domain: &str) -> &'static [&'static str] {
    if matches!(domain, "healthcare" | "finance" | "social") {
        &["baseline", "bias", "slices"]
    } else {
        &["baseline", "slices"]
    }
}

fn thin_evaluation(g: &Graph<'_>, found: &mut Found<'_, '_>) {
    let needed = needed_checks(g.domain);
    for evaluation in g.of(EVALUATION) {
        let named = g.nodes[evaluation].props.get("checks").and_then(Value::as_array);
        let named = |word: &str| named.is_some_and(|all| all.iter().any(|check| check == word));
        let missing: Vec<&str> = needed.iter().copied().filter(|word| !named(word)).collect();
        match missing.as_slice() {
            [] => {}
            [one] => found.node_with(evaluation, one),
            [rest @ .., last] => found.node_with(evaluation, &format!("{} and {last}", rest.join(", "))),
        }
    }
}

fn no_independent_data(g: &Graph<'_>, found: &mut Found<'_, '_>) {
    const JUDGED_BY: Artifacts = DATA.or(FEEDBACK).or(PREDICTIONS);
    found.nodes_where(g.of(EVALUATION), |evaluation| !g.gets(evaluation, JUDGED_BY, Kinds::ANY));
}

fn no_approval(g: &Graph<'_>, found: &mut Found<'_, '_>) {
    const APPROVAL: Artifacts = artifacts(&["approval"]);
    let regulated = matches!(g.domain, "healthcare" | "finance");
    if regulated && !g.links.iter().any(|link| link.artifact.meets(APPROVAL)) {
        found.graph(g.domain);
    }
}

fn no_lineage(g: &Graph<'_>, found: &mut Found<'_, '_>) {
    const METADATA: Artifacts = artifacts(&["metadata"]);
    found.nodes_where(g.of(REGISTRY), |registry| {
        !g.sends(registry, METADATA, Kinds::ANY) && !g.gets(registry, METADATA, Kinds::ANY)
    });
}

fn big_bang(g: &Graph<'_>, found: &mut Found<'_, '_>) {
    const LIVE: Kinds = kinds(&["serving_online", "serving_stream", "edge_runtime"]);
    const ROUTER: Kinds = kinds(&["traffic_control"]);
    let answers = g.leads_to(CONSUMER, PREDICTIONS, ROUTER);
    found.nodes_where(g.of(LIVE), |serving| answers[serving] && !g.gets(serving, Artifacts::ANY, ROUTER));
}

fn no_ci(g: &Graph<'_>, found: &mut Found<'_, '_>) {
    found.nodes_where(g.of(kinds(&["code_repo"])), |repo| !g.sends(repo, Artifacts::ANY, kinds(&["ci"])));
}

fn prototype(g: &Graph<'_>, found: &mut Found<'_, '_>) {
    const PRODUCTION: Kinds = SERVING.or(REGISTRY).or(kinds(&["cd"]));
    for notebook in g.of(kinds(&["experiment"])) {
        for hop in g.hops(notebook, Direction::Down) {
            if g.is(hop.node, PRODUCTION) {
                found.flow(notebook, hop.node, "");
            }
        }
    }
}
