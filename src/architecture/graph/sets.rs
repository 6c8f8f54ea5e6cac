//! Kinds and artifacts as bits, so that "is one of these" is one instruction.
//!
//! The sets that rules speak of are constants: a name that is not in the vocabulary does not compile.

/// A set of kinds. What this version does not know is a kind of its own that is only in [`Kinds::ANY`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::architecture) struct Kinds(u64);

/// A set of artifacts. What this version does not know is one of its own that is only in [`Artifacts::ANY`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::architecture) struct Artifacts(u64);

/// The kinds; a test holds them equal to the vocabulary.
const KINDS: [&str; 38] = [
    "source_batch",
    "source_stream",
    "source_documents",
    "source_device",
    "ingestion",
    "data_store",
    "data_versioning",
    "data_validation",
    "privacy",
    "labeling",
    "transformation",
    "feature_store",
    "embedding",
    "vector_index",
    "experiment",
    "training",
    "tuning",
    "federated_coordinator",
    "experiment_tracking",
    "evaluation",
    "governance",
    "model_registry",
    "packaging",
    "cd",
    "serving_online",
    "serving_batch",
    "serving_stream",
    "edge_runtime",
    "guardrails",
    "traffic_control",
    "consumer",
    "monitoring",
    "feedback_collector",
    "alerting",
    "orchestrator",
    "code_repo",
    "ci",
    "metadata_store",
];

/// The artifacts; a test holds them equal to the vocabulary.
const ARTIFACTS: [&str; 24] = [
    "raw_data",
    "events",
    "documents",
    "labels",
    "training_set",
    "features",
    "online_features",
    "embeddings",
    "context",
    "model",
    "model_update",
    "package",
    "predictions",
    "code",
    "config",
    "pipeline",
    "trigger",
    "approval",
    "schema",
    "metrics",
    "metadata",
    "telemetry",
    "alert",
    "feedback",
];

const UNKNOWN: u64 = 1 << 63;

/// The bits of some names among `known`; fails to compile where one is not among them.
const fn bits(known: &[&str], names: &[&str]) -> u64 {
    let (mut bits, mut at) = (0, 0);
    while at < names.len() {
        let mut place = 0;
        while !same(known[place].as_bytes(), names[at].as_bytes()) {
            place += 1;
        }
        bits |= 1 << place;
        at += 1;
    }
    bits
}

const fn same(a: &[u8], b: &[u8]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    let mut at = 0;
    while at < a.len() {
        if a[at] != b[at] {
            return false;
        }
        at += 1;
    }
    true
}

fn bit(known: &[&str], name: &str) -> u64 {
    known.iter().position(|known| *known == name).map_or(UNKNOWN, |place| 1 << place)
}

/// The kinds with these names.
pub(in crate::architecture) const fn kinds(names: &[&str]) -> Kinds {
    Kinds(bits(&KINDS, names))
}

/// The artifacts with these names.
pub(in crate::architecture) const fn artifacts(names: &[&str]) -> Artifacts {
    Artifacts(bits(&ARTIFACTS, names))
}

impl Kinds {
    /// Every kind, also those this version does not know.
    pub const ANY: Self = Self(u64::MAX);
    /// No kind.
    pub const NONE: Self = Self(0);

    /// The set with just this one.
    pub fn named(kind: &str) -> Self {
        Self(bit(&KINDS, kind))
    }

    /// Both together.
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether any is in both.
    pub const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// The names of all in it, in the order of the vocabulary.
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        KINDS.into_iter().enumerate().filter(move |(place, _)| self.0 >> place & 1 == 1).map(|(_, name)| name)
    }
}

impl Artifacts {
    /// Every artifact, also those this version does not know.
    pub const ANY: Self = Self(u64::MAX);

    /// The set with just this one.
    pub fn named(artifact: &str) -> Self {
        Self(bit(&ARTIFACTS, artifact))
    }

    /// Both together.
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether any is in both.
    pub const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::architecture::kinds as vocabulary;

    #[test]
    fn the_bits_are_those_of_the_vocabulary() {
        assert!(vocabulary::kinds().iter().map(|kind| kind.id.as_str()).eq(KINDS));
        assert!(vocabulary::artifacts().iter().map(|artifact| artifact.id.as_str()).eq(ARTIFACTS));
    }

    #[test]
    fn the_unknown_is_only_in_all() {
        const BOTH: Kinds = kinds(&["training", "ci"]);
        assert!(BOTH.meets(Kinds::named("ci")) && !BOTH.meets(Kinds::named("cd")));
        assert_eq!(BOTH.names().collect::<Vec<_>>(), ["training", "ci"]);
        assert!(!kinds(&KINDS).meets(Kinds::named("oracle")) && Kinds::ANY.meets(Kinds::named("oracle")));
        assert!(!artifacts(&ARTIFACTS).meets(Artifacts::named("gold")));
        assert!(Artifacts::ANY.meets(Artifacts::named("gold")));
    }
}
