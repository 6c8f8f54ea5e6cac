//! Proposals about one node: how models are judged, released and watched, and what is left over.

use super::Fix;
use super::draft::Scene;
use super::links::{from_nearest, new_node, to_nearest};
use super::parts;
use super::proposals::{
    EVALUATION, FEATURES, LEARNED, METADATA, MONITORING, ORCHESTRATOR, REGISTRY, ROUTER, STORE,
};
use crate::architecture::graph::kinds;
use crate::architecture::lint::checks::{CONSUMER, SERVING, needed_checks};

/// Evaluation, governance, delivery, operation, debt and language models.
pub(super) fn proposals(scene: &Scene<'_>, rule: &str, node: usize) -> Vec<Fix> {
    let g = &scene.graph;
    let first = |kinds| scene.nearest(node, kinds).first().copied();
    let mut fixes = Vec::new();
    match rule {
        "EVA03" => fixes.push(parts::checks(scene, node, needed_checks(g.domain))),
        "EVA04" => {
            let keepers =
                FEATURES.or(STORE).or(kinds(&["data_validation", "data_versioning", "vector_index"]));
            fixes.extend(from_nearest(scene, node, keepers, &LEARNED));
            fixes.extend(from_nearest(scene, node, kinds(&["transformation", "labeling"]), &LEARNED));
        }
        "GOV02" => {
            fixes.extend(to_nearest(scene, node, METADATA, &["metadata"]));
            fixes.extend(new_node(scene, "metadata_store", node, &[(node, "metadata")], &[]));
        }
        "DEP02" => {
            let starts: Vec<(usize, &str)> =
                first(ORCHESTRATOR).map(|start| (start, "pipeline")).into_iter().collect();
            fixes.extend(to_nearest(scene, node, kinds(&["ci"]), &["code"]));
            fixes.extend(new_node(scene, "ci", node, &[(node, "code")], &starts));
        }
        "MON01" => {
            fixes.extend(to_nearest(scene, node, MONITORING, &["telemetry", "predictions"]));
            let acts = kinds(&["alerting"]);
            let told: Vec<(usize, &str)> = first(acts)
                .map(|alerting| (alerting, "alert"))
                .or_else(|| first(ORCHESTRATOR).map(|start| (start, "trigger")))
                .into_iter()
                .collect();
            let seen = [(node, "telemetry"), (node, "features"), (node, "events")];
            fixes.extend(new_node(scene, "monitoring", node, &seen, &told));
        }
        "MON02" => {
            let inputs = ["features", "online_features", "events", "raw_data"];
            fixes.extend(from_nearest(scene, node, SERVING, &inputs));
            fixes.extend(from_nearest(scene, node, FEATURES.or(kinds(&["data_validation"])), &inputs));
            fixes.extend(from_nearest(scene, node, STORE.or(kinds(&["transformation"])), &inputs));
        }
        "MON03" => {
            fixes.extend(to_nearest(scene, node, kinds(&["alerting"]), &["alert"]));
            fixes.extend(to_nearest(scene, node, ORCHESTRATOR, &["trigger", "alert"]));
            fixes.extend(new_node(scene, "alerting", node, &[(node, "alert")], &[]));
        }
        "DEB04" => {
            let routed = ["predictions"];
            fixes.extend(to_nearest(scene, node, CONSUMER.or(ROUTER).or(kinds(&["guardrails"])), &routed));
            fixes.extend(new_node(scene, "consumer", node, &[(node, "predictions")], &[]));
        }
        "DEB07" => {
            fixes.extend(to_nearest(scene, node, REGISTRY.or(EVALUATION), &["model"]));
            fixes.extend(new_node(scene, "model_registry", node, &[(node, "model")], &[]));
            let label = format!("Declare that “{}” is experimental", scene.title(node));
            fixes.push(parts::property(scene, node, "status", "experimental".into(), label));
            fixes.push(parts::without(scene, node));
        }
        "LLM02" => {
            fixes.extend(from_nearest(scene, node, ORCHESTRATOR, &["trigger"]));
            fixes.extend(new_node(scene, "orchestrator", node, &[], &[(node, "trigger")]));
        }
        "LLM03" => {
            fixes.extend(to_nearest(scene, node, EVALUATION, &["context"]));
            fixes.extend(new_node(scene, "evaluation", node, &[(node, "context")], &[]));
        }
        _ => {}
    }
    fixes
}
