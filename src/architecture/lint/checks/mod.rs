//! The condition of every rule in code, by group, and the sets of kinds and artifacts that rules share.

mod data;
mod debt;
mod features;
mod llm;
mod operation;
mod release;
mod structure;
mod training;

pub(in crate::architecture) use debt::undeclared;
pub(super) use release::needed_checks;
pub(super) use structure::may_go_back;

use super::found::Found;
use crate::architecture::graph::{Artifacts, Graph, Kinds, artifacts, kinds};

/// Looks at a drawing and tells what it finds.
pub(super) type Check = fn(&Graph<'_>, &mut Found<'_, '_>);

/// The check of the rule with this id.
pub(super) fn check(id: &str) -> Option<Check> {
    [
        structure::CHECKS,
        data::CHECKS,
        features::CHECKS,
        training::CHECKS,
        release::CHECKS,
        operation::CHECKS,
        debt::CHECKS,
        llm::CHECKS,
    ]
    .into_iter()
    .flatten()
    .find(|(known, _)| *known == id)
    .map(|(_, check)| *check)
}

/// Where data comes from.
pub(in crate::architecture) const SOURCES: Kinds =
    kinds(&["source_batch", "source_stream", "source_documents", "source_device"]);
/// What answers.
pub(in crate::architecture) const SERVING: Kinds =
    kinds(&["serving_online", "serving_batch", "serving_stream", "edge_runtime"]);
/// What makes models.
pub(in crate::architecture) const TRAINING: Kinds = kinds(&["training"]);
/// Who uses the answers.
pub(in crate::architecture) const CONSUMER: Kinds = kinds(&["consumer"]);

/// What is learned from.
pub(in crate::architecture) const DATA: Artifacts = artifacts(&[
    "raw_data",
    "events",
    "documents",
    "labels",
    "training_set",
    "features",
    "online_features",
    "embeddings",
    "context",
]);
/// What is learned, without its answers.
pub(in crate::architecture) const MODEL: Artifacts = artifacts(&["model", "package", "model_update"]);
/// What comes back from the world.
pub(in crate::architecture) const FEEDBACK: Artifacts = artifacts(&["feedback"]);
/// The answers.
pub(in crate::architecture) const PREDICTIONS: Artifacts = artifacts(&["predictions"]);
/// What starts a pipeline.
pub(in crate::architecture) const STARTS: Artifacts = artifacts(&["trigger", "pipeline"]);
/// What changes whatever it flows into: neither observations nor mere starts and permissions.
pub(in crate::architecture) const INFLUENCE: Artifacts =
    DATA.or(MODEL).or(PREDICTIONS).or(FEEDBACK).or(artifacts(&["code", "config", "schema"]));
