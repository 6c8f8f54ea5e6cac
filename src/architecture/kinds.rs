//! The vocabulary of drawings: lanes, artifacts and kinds, and the icon of each kind.
//!
//! The tables are `data/architecture/kinds.json`; a test holds them complete.

use std::sync::LazyLock;

use serde::Deserialize;

/// A column of the drawing. Not a lifecycle stage: it only borrows the hue of one.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Lane {
    /// What a node's `stage` says.
    pub id: String,
    /// What is written above the column.
    pub title: String,
    /// The lifecycle stage whose hue the lane has.
    pub lifecycle: String,
}

/// Groups artifacts; each class has its own line style.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ArtifactClass {
    /// What is learned from.
    Data,
    /// What is learned, and what it answers.
    Model,
    /// What starts, steers or permits.
    Control,
    /// What is seen of the system.
    Observation,
}

/// What flows along an edge.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Artifact {
    /// What a flow's `artifact` says.
    pub id: String,
    /// Its class.
    pub class: ArtifactClass,
}

/// What a node is.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Kind {
    /// What a node's `kind` says.
    pub id: String,
    /// Its name in words.
    pub label: String,
    /// The lane in which it usually is.
    pub stage: String,
    /// Artifacts that may come in.
    pub accepts: Vec<String>,
    /// Artifacts that may go out.
    pub emits: Vec<String>,
}

#[derive(Default, Deserialize)]
struct Tables {
    lanes: Vec<Lane>,
    artifacts: Vec<Artifact>,
    kinds: Vec<Kind>,
}

/// An unreadable table would be empty; the test below fails before that is ever shipped.
static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../../data/architecture/kinds.json")).unwrap_or_default()
});

/// The eight lanes from left to right, platform last.
pub fn lanes() -> &'static [Lane] {
    &TABLES.lanes
}

/// The 24 artifacts, grouped by class.
pub fn artifacts() -> &'static [Artifact] {
    &TABLES.artifacts
}

/// The 38 kinds in lane order.
pub fn kinds() -> &'static [Kind] {
    &TABLES.kinds
}

/// The lane with this id.
pub fn lane(id: &str) -> Option<&'static Lane> {
    lanes().iter().find(|lane| lane.id == id)
}

/// The artifact with this id.
pub fn artifact(id: &str) -> Option<&'static Artifact> {
    artifacts().iter().find(|artifact| artifact.id == id)
}

/// The kind with this id.
pub fn kind(id: &str) -> Option<&'static Kind> {
    kinds().iter().find(|kind| kind.id == id)
}

/// What people call a kind; one that this version does not know by its id.
pub fn label(id: &str) -> &str {
    kind(id).map_or(id, |kind| &kind.label)
}

/// The name of a kind's icon in the Phosphor set; a plain circle for a kind this version does not know.
pub fn icon(kind: &str) -> &'static str {
    match kind {
        "source_batch" => "database",
        "source_stream" => "waves",
        "source_documents" => "files",
        "source_device" => "device-mobile",
        "ingestion" => "download-simple",
        "data_store" => "hard-drives",
        "data_versioning" => "git-branch",
        "data_validation" => "shield-check",
        "privacy" => "lock-key",
        "labeling" => "pencil-line",
        "transformation" => "funnel",
        "feature_store" => "stack",
        "embedding" => "vector-three",
        "vector_index" => "magnifying-glass",
        "experiment" => "flask",
        "training" => "cpu",
        "tuning" => "sliders",
        "federated_coordinator" => "share-network",
        "experiment_tracking" => "chart-line",
        "evaluation" => "gauge",
        "governance" => "seal-check",
        "model_registry" => "archive",
        "packaging" => "package",
        "cd" => "rocket-launch",
        "serving_online" => "broadcast",
        "serving_batch" => "calendar-check",
        "serving_stream" => "wave-sine",
        "edge_runtime" => "device-tablet",
        "guardrails" => "shield-warning",
        "traffic_control" => "shuffle",
        "consumer" => "users",
        "monitoring" => "eye",
        "feedback_collector" => "arrow-u-up-left",
        "alerting" => "bell",
        "orchestrator" => "flow-arrow",
        "code_repo" => "git-fork",
        "ci" => "git-merge",
        "metadata_store" => "tag",
        _ => "circle",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_vocabulary_is_whole_and_consistent() {
        assert_eq!((lanes().len(), artifacts().len(), kinds().len()), (8, 24, 38));
        assert_eq!(lanes().last().map(|lane| lane.id.as_str()), Some("platform"));
        for kind in kinds() {
            assert!(lane(&kind.stage).is_some(), "{} is in an unknown lane", kind.id);
            for name in kind.accepts.iter().chain(&kind.emits) {
                assert!(artifact(name).is_some(), "{} has the unknown artifact {name}", kind.id);
            }
        }
    }

    #[test]
    fn every_kind_has_an_icon_of_its_own() {
        let icons: std::collections::BTreeSet<_> = kinds().iter().map(|kind| icon(&kind.id)).collect();
        assert!(!icons.contains("circle"), "a kind has no icon");
        assert_eq!(icons.len(), kinds().len(), "two kinds share an icon");
    }
}
