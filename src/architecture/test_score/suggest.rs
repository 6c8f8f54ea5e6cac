//! Which tests of the rubric a drawing lets one expect: candidates for a person to confirm, never answers.

#[cfg(test)]
mod tests;

use crate::architecture::model::{Architecture, Flow, Node, NodeId};

/// A test that the drawing lets one expect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// The id of the test.
    pub test: &'static str,
    /// What in the drawing suggests it, in a sentence.
    pub reason: &'static str,
    /// The boxes that suggest it, never empty.
    pub at: Vec<NodeId>,
}

const SERVING: [&str; 4] = ["serving_online", "serving_batch", "serving_stream", "edge_runtime"];
const LEARNING: [&str; 2] = ["training", "federated_coordinator"];

/// The candidates, in the order of the rubric.
///
/// Whether a feature pays, what staleness costs and whether a model can be debugged or stays finite does not show in
/// boxes and flows: these tests are never suggested.
pub fn suggest(drawing: &Architecture) -> Vec<Suggestion> {
    let look = Look { drawing };
    let rules: [(&'static str, &'static str, Vec<NodeId>); 22] = [
        (
            "data-1",
            "A box validates data, or a schema flows: what features may look like is written down somewhere.",
            any([look.of_kind(&["data_validation"]), look.flows(&[], &["schema"], &[])]),
        ),
        ("data-5", "A box controls privacy or access.", look.of_kind(&["privacy"])),
        ("data-6", "A feature store lets a new feature serve every model.", look.of_kind(&["feature_store"])),
        (
            "data-7",
            "Continuous integration takes code, and boxes compute features.",
            all([
                look.flows(&["code_repo"], &["code"], &["ci"]),
                look.of_kind(&["transformation", "feature_store", "embedding"]),
            ]),
        ),
        (
            "model-1",
            "What defines the model comes to training from a repository.",
            look.flows(&["code_repo"], &["code", "config", "pipeline"], &LEARNING),
        ),
        (
            "model-2",
            "Versions meet real traffic side by side, and outcomes come back to where quality is measured.",
            all([
                look.of_kind(&["traffic_control"]),
                look.flows(&[], &["feedback", "labels"], &["evaluation", "monitoring"]),
            ]),
        ),
        ("model-3", "A box tunes hyperparameters.", look.of_kind(&["tuning"])),
        ("model-5", "Evaluation compares with a baseline.", look.checking("baseline")),
        ("model-6", "Evaluation looks at slices of the data.", look.checking("slices")),
        ("model-7", "Evaluation looks for bias between groups.", look.checking("bias")),
        (
            "infra-1",
            "Data are versioned, code comes from a repository, and runs are recorded.",
            all([
                look.versioned(),
                look.flows(&["code_repo"], &["code"], &LEARNING),
                look.flows(&LEARNING, &["metadata", "metrics"], &["experiment_tracking", "metadata_store"]),
            ]),
        ),
        (
            "infra-2",
            "Continuous integration takes the code that defines models.",
            look.flows(&["code_repo"], &["code"], &["ci"]),
        ),
        (
            "infra-3",
            "Continuous integration hands a whole pipeline or package on.",
            look.flows(&["ci"], &["pipeline", "package"], &[]),
        ),
        ("infra-4", "Evaluation takes the model and lets it through.", look.gates()),
        ("infra-6", "A box splits traffic between versions.", look.of_kind(&["traffic_control"])),
        (
            "infra-7",
            "A registry keeps versions that delivery or serving takes from it.",
            look.flows(&["model_registry"], &["model", "package"], &[&["cd"][..], &SERVING].concat()),
        ),
        (
            "monitor-1",
            "A source or a check of data tells of a change.",
            any([
                look.flows(&["source_batch", "source_stream"], &["schema"], &[]),
                look.flows(&["data_validation"], &["alert"], &[]),
            ]),
        ),
        (
            "monitor-2",
            "Monitoring sees the inputs.",
            look.flows(&[], &["features", "online_features", "events", "raw_data"], &["monitoring"]),
        ),
        ("monitor-3", "One feature store gives to training and to serving.", look.both_sides()),
        (
            "monitor-4",
            "Training starts on a schedule or when monitoring asks for it.",
            any([look.scheduled(), look.flows(&["monitoring", "alerting"], &["trigger"], &[])]),
        ),
        (
            "monitor-6",
            "Serving sends telemetry to monitoring.",
            look.flows(&SERVING, &["telemetry"], &["monitoring"]),
        ),
        (
            "monitor-7",
            "Monitoring gets outcomes to hold predictions against.",
            look.flows(&[], &["feedback", "labels"], &["monitoring"]),
        ),
    ];
    let found = rules.into_iter().filter(|(.., at)| !at.is_empty());
    found.map(|(test, reason, at)| Suggestion { test, reason, at }).collect()
}

/// Looks for things in a drawing; every answer is the boxes where it was found.
struct Look<'a> {
    drawing: &'a Architecture,
}

impl Look<'_> {
    fn nodes(&self, is_wanted: impl Fn(&Node) -> bool) -> Vec<NodeId> {
        self.drawing.nodes.values().filter(|node| is_wanted(node)).map(|node| node.id.clone()).collect()
    }

    fn of_kind(&self, kinds: &[&str]) -> Vec<NodeId> {
        self.nodes(|node| kinds.contains(&node.kind.as_str()))
    }

    /// The kind of an existing end.
    fn kind(&self, id: &NodeId) -> Option<&str> {
        self.drawing.nodes.get(id).map(|node| node.kind.as_str())
    }

    /// Both ends of the flows of these artifacts from and to these kinds; an empty list of kinds means any.
    fn flows(&self, from: &[&str], artifacts: &[&str], to: &[&str]) -> Vec<NodeId> {
        let fits = |kinds: &[&str], id: &NodeId| {
            self.kind(id).is_some_and(|kind| kinds.is_empty() || kinds.contains(&kind))
        };
        let is_wanted = |flow: &&Flow| {
            artifacts.contains(&flow.artifact.as_str()) && fits(from, &flow.from) && fits(to, &flow.to)
        };
        any([self
            .drawing
            .flows
            .iter()
            .filter(is_wanted)
            .flat_map(|f| [f.from.clone(), f.to.clone()])
            .collect()])
    }

    /// Evaluations whose `checks` hold a word.
    fn checking(&self, word: &str) -> Vec<NodeId> {
        self.nodes(|node| {
            let checks = node.props.get("checks").and_then(|checks| checks.as_array());
            node.kind == "evaluation" && checks.into_iter().flatten().any(|check| check == word)
        })
    }

    fn has_set(node: &Node, prop: &str) -> bool {
        node.props.get(prop).and_then(serde_json::Value::as_bool) == Some(true)
    }

    fn versioned(&self) -> Vec<NodeId> {
        self.nodes(|node| {
            node.kind == "data_versioning" || node.kind == "data_store" && Self::has_set(node, "versioned")
        })
    }

    fn scheduled(&self) -> Vec<NodeId> {
        self.nodes(|node| node.kind == "orchestrator" && Self::has_set(node, "schedule"))
    }

    /// Evaluations that a model goes into and out of.
    fn gates(&self) -> Vec<NodeId> {
        let models = || self.drawing.flows.iter().filter(|flow| flow.artifact == "model");
        self.nodes(|node| {
            node.kind == "evaluation"
                && models().any(|flow| flow.to == node.id)
                && models().any(|flow| flow.from == node.id)
        })
    }

    /// Feature stores from which features go both to training and to serving.
    fn both_sides(&self) -> Vec<NodeId> {
        let artifacts = ["features", "online_features", "training_set"];
        let learning = self.flows(&["feature_store"], &artifacts, &LEARNING);
        let serving = self.flows(&["feature_store"], &artifacts, &SERVING);
        self.nodes(|node| {
            node.kind == "feature_store" && learning.contains(&node.id) && serving.contains(&node.id)
        })
    }
}

/// The boxes of all findings, sorted, each once.
fn any<const N: usize>(found: [Vec<NodeId>; N]) -> Vec<NodeId> {
    let mut all: Vec<_> = found.into_iter().flatten().collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// The boxes of all findings if none of them is empty.
fn all<const N: usize>(found: [Vec<NodeId>; N]) -> Vec<NodeId> {
    if found.iter().any(Vec::is_empty) { Vec::new() } else { any(found) }
}
