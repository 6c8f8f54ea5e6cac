//! What tags tell of where a run came from: its code, and the environment that it ran in.

use super::words::words;

/// Declares what is told, in the order in which it is shown.
macro_rules! origins {
    ($($(#[$doc:meta])+ $variant:ident = $title:literal;)+) => {
        /// What a tag tells of where a run came from.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Origin { $($(#[$doc])+ $variant,)+ }

        impl Origin {
            /// What it is called.
            pub const fn title(self) -> &'static str {
                match self { $(Self::$variant => $title,)+ }
            }
        }
    };
}

origins! {
    /// The commit of its code.
    Commit = "Commit";
    /// Whether its code had changes that were not committed.
    Uncommitted = "Uncommitted changes";
    /// Those changes.
    Diff = "Diff";
    /// The branch of its code.
    Branch = "Branch";
    /// Where its code is kept.
    Repository = "Repository";
    /// The file or notebook that was run.
    Source = "Source";
    /// What kind of source that is.
    SourceKind = "Kind of source";
    /// The entry point of a project.
    EntryPoint = "Entry point";
    /// The command line.
    Command = "Command";
    /// The image of its container.
    Image = "Image";
    /// What manages its packages, such as `conda` or `docker`.
    Environment = "Environment";
    /// What ran it, such as `local` or `kubernetes`.
    Backend = "Backend";
    /// The version of a language, a library or a driver.
    Software = "Software";
    /// The machine.
    Machine = "Machine";
}

/// Names that trackers and their extensions give, as their sources say.
const KNOWN: [(&str, Origin); 18] = [
    ("mlflow.source.git.commit", Origin::Commit),
    ("mlflow.databricks.gitRepoCommit", Origin::Commit),
    ("mlflow.source.git.dirty", Origin::Uncommitted),
    ("mlflow.source.git.diff", Origin::Diff),
    ("mlflow.source.git.branch", Origin::Branch),
    ("mlflow.gitBranchName", Origin::Branch),
    ("mlflow.source.git.repoURL", Origin::Repository),
    ("mlflow.gitRepoURL", Origin::Repository),
    ("mlflow.databricks.gitRepoUrl", Origin::Repository),
    ("mlflow.source.name", Origin::Source),
    ("mlflow.databricks.notebookPath", Origin::Source),
    ("mlflow.source.type", Origin::SourceKind),
    ("mlflow.project.entryPoint", Origin::EntryPoint),
    ("mlflow.docker.image.uri", Origin::Image),
    ("mlflow.docker.image.id", Origin::Image),
    ("mlflow.project.env", Origin::Environment),
    ("mlflow.project.backend", Origin::Backend),
    ("mlflow.databricks.cluster.id", Origin::Machine),
];

impl Origin {
    /// What a tag tells by its name: one that trackers give, or one that people use.
    pub fn of(tag: &str) -> Option<Self> {
        if let Some((_, origin)) = KNOWN.iter().find(|(name, _)| *name == tag) {
            return Some(*origin);
        }
        if tag.starts_with("mlflow.") {
            return None;
        }
        let words = words(tag);
        let has = |word: &str| words.iter().any(|own| own == word);
        let any = |list: &[&str]| list.iter().any(|word| has(word));
        let is = |list: &[&str]| list.contains(&words.join("_").as_str());
        if any(&["dirty", "uncommitted"]) {
            return Some(if any(&["diff", "patch"]) { Self::Diff } else { Self::Uncommitted });
        }
        if has("git") && any(&["diff", "patch"]) {
            return Some(Self::Diff);
        }
        let is_other =
            any(&["data", "dataset", "model", "message", "author", "date", "time", "count", "url", "branch"]);
        if !is_other && (has("commit") || (has("git") && any(&["sha", "hash", "rev", "revision", "head"]))) {
            return Some(Self::Commit);
        }
        Some(match () {
            () if is(&["branch", "git_branch"]) => Self::Branch,
            () if (has("git") && any(&["repo", "repository", "url", "remote"]))
                || is(&["repo", "repo_url", "repository"]) =>
            {
                Self::Repository
            }
            () if is(&["script", "program", "main_file", "notebook"]) => Self::Source,
            () if is(&["entry_point", "entrypoint"]) => Self::EntryPoint,
            () if is(&["command", "cmd", "command_line", "cmdline", "argv", "cli_args"]) => Self::Command,
            () if any(&["docker", "container"]) && has("image") => Self::Image,
            () if is(&["python", "python_version", "cuda", "cuda_version", "driver_version"]) => {
                Self::Software
            }
            () if words.len() == 2 && words[1] == "version" && LIBRARIES.contains(&words[0].as_str()) => {
                Self::Software
            }
            () if is(&[
                "host", "hostname", "node", "machine", "gpu", "gpu_name", "gpu_type", "platform", "os",
            ]) =>
            {
                Self::Machine
            }
            () => return None,
        })
    }

    /// Whether it tells of the code; otherwise of the environment.
    pub const fn is_code(self) -> bool {
        matches!(
            self,
            Self::Commit
                | Self::Uncommitted
                | Self::Diff
                | Self::Branch
                | Self::Repository
                | Self::Source
                | Self::SourceKind
                | Self::EntryPoint
                | Self::Command
        )
    }
}

/// Libraries whose version people keep with a run.
const LIBRARIES: [&str; 14] = [
    "torch",
    "pytorch",
    "tensorflow",
    "keras",
    "jax",
    "numpy",
    "pandas",
    "sklearn",
    "xgboost",
    "lightgbm",
    "transformers",
    "lightning",
    "cudnn",
    "mlflow",
];

/// Whether a tag is one that a tracker writes for itself: MLflow, Trackio, and Optuna with its samplers and pruners.
pub fn is_system(tag: &str) -> bool {
    const PREFIXES: [&str; 13] = [
        "mlflow.",
        "system_attrs:",
        "tpe:",
        "gp:",
        "cma:",
        "sepcma:",
        "nsga2:",
        "NSGAIISampler:",
        "NSGAIIISampler:",
        "BaseGASampler:",
        "completed_rung_",
        "terminator:",
        "artifacts:",
    ];
    const NAMES: [&str; 9] = [
        "_Username",
        "_Created",
        "_Group",
        "grid_id",
        "search_space",
        "fixed_params",
        "constraints",
        "failed_trial",
        "retry_history",
    ];
    PREFIXES.iter().any(|prefix| tag.starts_with(prefix)) || NAMES.contains(&tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_known_by_the_names_of_trackers_and_of_people() {
        for (tag, origin) in [
            ("mlflow.source.git.commit", Some(Origin::Commit)),
            ("_commit", Some(Origin::Commit)),
            ("git_commit", Some(Origin::Commit)),
            ("gitSha", Some(Origin::Commit)),
            ("commit_message", None),
            ("git.branch", Some(Origin::Branch)),
            ("git_dirty", Some(Origin::Uncommitted)),
            ("uncommitted_diff", Some(Origin::Diff)),
            ("mlflow.source.git.diff", Some(Origin::Diff)),
            ("git_remote_url", Some(Origin::Repository)),
            ("docker_image", Some(Origin::Image)),
            ("torch_version", Some(Origin::Software)),
            ("dataset_version", None),
            ("hostname", Some(Origin::Machine)),
            ("mlflow.user", None),
            ("mlflow.runName", None),
            ("team", None),
        ] {
            assert_eq!(Origin::of(tag), origin, "{tag}");
        }
    }

    #[test]
    fn what_a_tracker_writes_for_itself_is_told_from_what_people_write() {
        for tag in ["mlflow.user", "_Username", "tpe:relative_params:0", "grid_id", "completed_rung_0"] {
            assert!(is_system(tag), "{tag}");
        }
        for tag in ["team", "error.message", "mlflow_team", "constraints_met", "_commit"] {
            assert!(!is_system(tag), "{tag}");
        }
    }
}
