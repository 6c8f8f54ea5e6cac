//! The closed lists of words that a catalog file may use: stages, licence classes, polarities and so on.

use serde::{Serialize, Serializer};

/// Declares an enum whose variants are words in a file: `ALL` in order, `id()`, `title()` and `from_id()`.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $id:literal, $title:literal;)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$vdoc])* $variant,)+ }

        impl $name {
            /// All of them, in their order.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The word in files, addresses and JSON.
            pub const fn id(self) -> &'static str {
                match self { $(Self::$variant => $id,)+ }
            }

            /// The words for people.
            pub const fn title(self) -> &'static str {
                match self { $(Self::$variant => $title,)+ }
            }

            /// The value for a word, or `None` if the word is not on the list.
            pub fn from_id(id: &str) -> Option<Self> {
                match id { $($id => Some(Self::$variant),)+ _ => None }
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.id())
            }
        }
    };
}

words! {
    /// A stage of the machine-learning lifecycle, in lifecycle order.
    Stage {
        /// Decide what decision to improve, and whether machine learning is needed.
        Frame = "frame", "Frame";
        /// Find, obtain and label data.
        Collect = "collect", "Collect";
        /// Validate, clean and version data.
        Prepare = "prepare", "Prepare";
        /// Define features once, serve them offline and online.
        Feature = "feature", "Feature";
        /// Experiment, tune, track.
        Train = "train", "Train";
        /// Test quality, fairness, robustness, explanation, cost.
        Evaluate = "evaluate", "Evaluate";
        /// Package, register, test and approve.
        Release = "release", "Release";
        /// Run batch, online, stream or edge inference.
        Serve = "serve", "Serve";
        /// Watch data, predictions, outcomes, cost.
        Monitor = "monitor", "Monitor";
        /// Lineage, access, audit, policy, retirement.
        Govern = "govern", "Govern";
    }
}

words! {
    /// How open a licence is. It is `Unknown` until the licence file at the newest release was read.
    LicenseClass {
        /// Approved by the Open Source Initiative.
        Osi = "osi", "OSI approved";
        /// An open core with parts under other terms.
        OpenCore = "open-core", "Open core";
        /// The source can be read, its use is restricted.
        SourceAvailable = "source-available", "Source available";
        /// Nobody read the licence file yet.
        Unknown = "unknown", "Unknown";
    }
}

words! {
    /// Which way a claim speaks.
    Polarity {
        /// Speaks for the tool.
        Pro = "pro", "Pro";
        /// Speaks against the tool.
        Con = "con", "Con";
        /// True only under conditions, or to be looked at again.
        Caveat = "caveat", "Caveat";
        /// Neither for nor against.
        Fact = "fact", "Fact";
    }
}

words! {
    /// How far a claim has been checked.
    ClaimStatus {
        /// Written down, its source not read again.
        Draft = "draft", "Draft";
        /// A second reading of the source confirmed it.
        Reviewed = "reviewed", "Reviewed";
        /// Somebody gave a reason to doubt it.
        Disputed = "disputed", "Disputed";
    }
}

words! {
    /// Whether a project is being worked on.
    Status {
        /// Work was seen recently.
        Alive = "alive", "Alive";
        /// No work was seen for long.
        Idle = "idle", "Idle";
        /// Its owners say that it has ended.
        Archived = "archived", "Archived";
        /// Nobody looked.
        Unknown = "unknown", "Unknown";
    }
}

words! {
    /// What sort of thing a tool is.
    Kind {
        /// A program that one runs.
        Tool = "tool", "Tool";
        /// Code that one calls.
        Library = "library", "Library";
        /// Several services that belong together.
        Platform = "platform", "Platform";
        /// A written agreement, such as a format or protocol.
        Spec = "spec", "Specification";
        /// Code that calls one's own.
        Framework = "framework", "Framework";
    }
}

words! {
    /// How one tool stands to another.
    RelationKind {
        /// The two have an integration.
        IntegratesWith = "integrates_with", "integrates with";
        /// Needs the other to run.
        RunsOn = "runs_on", "runs on";
        /// Writes what the other reads.
        ExportsTo = "exports_to", "exports to";
        /// Does the same job.
        AlternativeTo = "alternative_to", "alternative to";
        /// Is a piece of the other.
        PartOf = "part_of", "part of";
        /// Took the other's place.
        Supersedes = "supersedes", "supersedes";
        /// Follows the other, a specification.
        Implements = "implements", "implements";
    }
}

words! {
    /// How far a foundation has taken a project, in the words that most foundations use.
    Maturity {
        /// At the highest level.
        Graduated = "graduated", "Graduated";
        /// On the way there.
        Incubating = "incubating", "Incubating";
        /// At the level of entry.
        Sandbox = "sandbox", "Sandbox";
        /// Hosted, the level is not told or the foundation has none.
        Hosted = "hosted", "Hosted";
        /// Given up by the foundation.
        Archived = "archived", "Archived";
    }
}

words! {
    /// Whether a tool has what a foundation asks for, as far as its entry tells.
    Verdict {
        /// The entry says so.
        Met = "met", "Met";
        /// The entry says that it has not.
        Missing = "missing", "Missing";
        /// The entry does not settle it.
        Unknown = "unknown", "Unknown";
    }
}

impl Verdict {
    /// `+`, `-` or `?`.
    pub const fn sign(self) -> &'static str {
        match self {
            Self::Met => "+",
            Self::Missing => "-",
            Self::Unknown => "?",
        }
    }
}

words! {
    /// What in an entry can tell whether a criterion is met.
    ToldBy {
        /// The licence, against the list of the Open Source Initiative.
        OsiLicense = "osi-license", "OSI licence";
        /// The licence, against a list of the foundation's own.
        Licenses = "licenses", "Licence list";
        /// Claims about governance.
        Governance = "governance", "Governance";
        /// The state of the project.
        Activity = "activity", "Activity";
        /// The year of the first release.
        Age = "age", "Age";
        /// The repository.
        Code = "code", "Code";
        /// Relations with `PyTorch`.
        Pytorch = "pytorch", "PyTorch";
        /// Whether it runs on Kubernetes.
        Kubernetes = "kubernetes", "Kubernetes";
        /// A note that names the foundation.
        Note = "note", "Note";
        /// Nothing: no entry tells it.
        Nothing = "nothing", "Nothing";
    }
}

words! {
    /// How far a tool's entry has come.
    Depth {
        /// All that a tool's page promises is there, and read in its sources.
        Complete = "complete", "Complete";
        /// Somebody read its sources, and something is still missing.
        Partial = "partial", "Partial";
        /// A name and what it does: nobody judged it yet.
        Basic = "basic", "Basic";
    }
}

words! {
    /// Where a value comes from; a later layer is looked at first.
    Layer {
        /// Shipped with the program.
        Bundled = "bundled", "Bundled";
        /// Fetched since.
        Refreshed = "refreshed", "Refreshed";
        /// Written in the open workspace.
        Workspace = "workspace", "Workspace";
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stages_come_in_lifecycle_order_and_read_back() {
        let ids: Vec<&str> = Stage::ALL.iter().map(|s| s.id()).collect();
        assert_eq!(
            ids,
            [
                "frame", "collect", "prepare", "feature", "train", "evaluate", "release", "serve", "monitor",
                "govern"
            ]
        );
        for stage in Stage::ALL {
            assert_eq!(Stage::from_id(stage.id()), Some(*stage));
        }
        assert_eq!(Stage::from_id("Train"), None, "words in files are lower case");
    }

    #[test]
    fn later_layers_are_greater() {
        assert!(Layer::Bundled < Layer::Refreshed && Layer::Refreshed < Layer::Workspace);
    }
}
