//! What a run has of each thing that it takes to make it again.

use super::{Answer, Need};
use crate::runs::origin::Origin;
use crate::runs::seeds::is_seed;
use crate::runs::words::words;
use crate::runs::{Artifact, Run, RunSet, SourceKind};

/// Files that say which packages a run had, the most exact first.
const ENVIRONMENTS: [&str; 17] = [
    "uv.lock",
    "poetry.lock",
    "pdm.lock",
    "pixi.lock",
    "pipfile.lock",
    "conda-lock.yml",
    "renv.lock",
    "dockerfile",
    "pip_freeze.txt",
    "pip-freeze.txt",
    "requirements.lock",
    "requirements.txt",
    "conda.yaml",
    "conda.yml",
    "environment.yml",
    "environment.yaml",
    "python_env.yaml",
];

/// What is looked at.
pub(super) struct Seen<'a> {
    pub set: &'a RunSet,
    pub run: &'a Run,
    pub kind: SourceKind,
    pub artifacts: Option<&'a [Artifact]>,
}

/// A tag or parameter: its key, its text, and where it stands.
struct Said<'a> {
    key: &'a str,
    text: &'a str,
    of: &'static str,
}

impl Said<'_> {
    fn place(&self) -> String {
        format!("{} {}", self.of, self.key)
    }

    fn found(&self, what: impl Into<String>) -> Answer {
        Answer::Found { what: what.into(), place: self.place() }
    }
}

/// What a value of `…dirty` says.
fn truth(text: &str) -> Option<bool> {
    match text.trim().to_ascii_lowercase().as_str() {
        "true" | "1" | "yes" | "dirty" => Some(true),
        "false" | "0" | "no" | "clean" => Some(false),
        _ => None,
    }
}

/// Whether a text is the name of a commit, as Git prints it: a part of a hash, or what `git describe` says.
fn is_commit(text: &str) -> bool {
    let text = text.trim();
    let text = text.strip_suffix("-dirty").unwrap_or(text);
    let is_hash =
        |text: &str| (7..=64).contains(&text.len()) && text.bytes().all(|digit| digit.is_ascii_hexdigit());
    is_hash(text) || text.rsplit_once("-g").is_some_and(|(_, hash)| is_hash(hash))
}

fn is_blank(text: &str) -> bool {
    matches!(text.trim(), "" | "None" | "none" | "null" | "nan")
}

impl<'a> Seen<'a> {
    pub fn answers(&self) -> Vec<(Need, Answer)> {
        Need::ALL.iter().map(|need| (*need, self.answer(*need))).collect()
    }

    fn answer(&self, need: Need) -> Answer {
        match need {
            Need::Code => self.code(),
            Need::Changes => self.changes(),
            Need::Environment => self.environment(),
            Need::Command => self.command(),
            Need::Data => self.data(),
            Need::Seed => self.seed(),
        }
    }

    /// All tags, then all parameters.
    fn said(&self) -> impl Iterator<Item = Said<'a>> {
        let (set, run) = (self.set, self.run);
        let named =
            |keys: &'a [std::sync::Arc<str>], key: u32| keys.get(key as usize).map_or("", |name| &**name);
        let tags =
            run.tags.iter().map(move |(key, text)| Said { key: named(&set.tag_keys, *key), text, of: "tag" });
        let params = run.params.iter().map(move |(key, text)| Said {
            key: named(&set.param_keys, *key),
            text,
            of: "parameter",
        });
        tags.chain(params)
    }

    fn of_origin(&self, origin: Origin) -> impl Iterator<Item = Said<'a>> {
        self.said().filter(move |said| Origin::of(said.key) == Some(origin) && !is_blank(said.text))
    }

    fn is_mlflow(&self) -> bool {
        matches!(self.kind, SourceKind::MlflowSqlite | SourceKind::MlflowFiles)
    }

    /// How to keep a word of one's own with a run of this tracker.
    fn advice(&self, key: &str) -> String {
        match self.kind {
            SourceKind::MlflowSqlite | SourceKind::MlflowFiles => format!("set the tag {key}"),
            SourceKind::Optuna | SourceKind::OptunaJournal => format!("set the trial's user attribute {key}"),
            SourceKind::Trackio => format!("put {key} into the config"),
            SourceKind::Aim => format!("set {key} on the run"),
            _ => format!("log {key}"),
        }
    }

    /// What to say of what is not there: that it is missing, or that this kind of store has no place for it.
    fn absent(&self, what: &str, missing: String) -> Answer {
        match self.kind {
            SourceKind::Tensorboard | SourceKind::Csv | SourceKind::Jsonl | SourceKind::Several => {
                Answer::Unknown(format!(
                    "A store of this kind ({}) has no place for {what}",
                    self.kind.name()
                ))
            }
            _ => Answer::Missing(missing),
        }
    }

    fn code(&self) -> Answer {
        let mut odd = None;
        for said in self.of_origin(Origin::Commit) {
            if is_commit(said.text) {
                return said.found(said.text.trim());
            }
            odd = odd.or(Some(said));
        }
        if let Some(said) = odd {
            let place = said.place();
            return Answer::Missing(format!(
                "The {place} names no commit: next time put the hash of the commit there"
            ));
        }
        let advice = self.advice("git_commit");
        let missing = if self.is_mlflow() {
            format!(
                "No commit is recorded: next time start a script that Git tracks with GitPython installed, or {advice}"
            )
        } else {
            format!("No commit is recorded: next time {advice}")
        };
        self.absent("the version of the code", missing)
    }

    fn changes(&self) -> Answer {
        if let Some(said) = self.of_origin(Origin::Diff).next() {
            return said.found("the diff");
        }
        let is_diff = |artifact: &&Artifact| {
            let name = last(&artifact.path).to_lowercase();
            let ending = name.rsplit_once('.').map(|(_, ending)| ending);
            matches!(ending, Some("diff" | "patch")) || Origin::of(&name) == Some(Origin::Diff)
        };
        if let Some(artifact) = self.artifacts.into_iter().flatten().find(is_diff) {
            return in_artifact("the diff", artifact);
        }
        let by_commit = self.of_origin(Origin::Commit).find(|said| said.text.trim().ends_with("-dirty"));
        let by_word = self.of_origin(Origin::Uncommitted).find_map(|said| Some((truth(said.text)?, said)));
        match (by_commit, by_word) {
            (Some(said), _) | (None, Some((true, said))) => {
                let advice = "log the output of `git diff HEAD` as an artifact such as uncommitted.diff";
                let place = said.place();
                Answer::Missing(format!(
                    "The {place} says that not all was committed, and no diff is kept: commit first, or {advice}"
                ))
            }
            (None, Some((false, said))) => said.found("none"),
            (None, None) if self.of_origin(Origin::Commit).next().is_none() => {
                Answer::Unknown("Without a commit nobody can say what was changed since".to_owned())
            }
            (None, None) => {
                let advice =
                    self.advice(if self.is_mlflow() { "mlflow.source.git.dirty" } else { "git_dirty" });
                Answer::Unknown(format!("Nothing says whether all was committed: next time {advice}"))
            }
        }
    }

    fn environment(&self) -> Answer {
        if let Some(said) = self.of_origin(Origin::Image).next() {
            return said.found(said.text.trim());
        }
        let listed = self.artifacts.unwrap_or_default();
        let rank = |artifact: &Artifact| {
            let name = last(&artifact.path).to_lowercase();
            ENVIRONMENTS.iter().position(|known| *known == name)
        };
        let best = listed
            .iter()
            .filter_map(|artifact| Some((rank(artifact)?, artifact)))
            .min_by_key(|(rank, _)| *rank);
        if let Some((_, artifact)) = best {
            let folder = artifact.path.rsplit_once('/').map_or("", |(folder, _)| folder);
            let is_model = listed.iter().any(|other| other.path.strip_prefix(folder) == Some("/MLmodel"));
            let note = if is_model { " (what the model needs; training may have needed more)" } else { "" };
            return in_artifact(&format!("{}{note}", last(&artifact.path)), artifact);
        }
        if self.set.models.iter().any(|model| model.run.as_ref() == Some(&self.run.id)) {
            let why = "A model of this run lies beside its artifacts and may keep its environment; nobody looked there";
            return Answer::Unknown(why.to_owned());
        }
        if self.artifacts.is_none() {
            return Answer::Unknown(
                "Nobody listed the artifacts, where a file of packages may lie".to_owned(),
            );
        }
        let missing = "No file of packages is kept: next time log uv.lock, requirements.txt or conda.yaml as an artifact";
        self.absent("the environment", missing.to_owned())
    }

    fn command(&self) -> Answer {
        if let Some(said) = self.of_origin(Origin::Command).next() {
            return said.found(said.text.trim());
        }
        let entry = self.of_origin(Origin::EntryPoint).next();
        let mut vain = None;
        for said in self.of_origin(Origin::Source) {
            let text = said.text.trim();
            if text == "<console>" {
                vain = Some("The run was typed into a console: next time start a script");
            } else if text.ends_with("ipykernel_launcher.py") || text.ends_with("colab_kernel_launcher.py") {
                vain = Some(
                    "The run was started in a notebook, whose name is not kept: next time start a script",
                );
            } else {
                let entry =
                    entry.map(|entry| format!(", entry point {}", entry.text.trim())).unwrap_or_default();
                return said.found(format!("{text}{entry}"));
            }
        }
        if let Some(entry) = entry {
            return entry.found(entry.text.trim());
        }
        if let Some(vain) = vain {
            return Answer::Missing(vain.to_owned());
        }
        self.absent("the command", format!("No command is recorded: next time {}", self.advice("command")))
    }

    fn data(&self) -> Answer {
        let used = &self.run.datasets;
        if let Some(without) = used.iter().find(|used| is_blank(&used.digest)) {
            let name = &without.name;
            return Answer::Missing(format!("The dataset {name} has no digest: next time log one with it"));
        }
        if !used.is_empty() {
            let named: Vec<String> =
                used.iter().map(|used| format!("{} {}", used.name, used.digest)).collect();
            return Answer::Found { what: named.join(", "), place: "datasets".to_owned() };
        }
        let tells = |said: &Said<'_>| {
            let words = words(said.key);
            let has = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
            !is_blank(said.text)
                && has(&["data", "dataset", "dvc"])
                && has(&[
                    "version",
                    "hash",
                    "digest",
                    "sha",
                    "sha256",
                    "md5",
                    "revision",
                    "rev",
                    "commit",
                    "fingerprint",
                ])
        };
        if let Some(said) = self.said().find(tells) {
            return said.found(said.text.trim());
        }
        let advice = self.advice("data_version");
        let missing = if self.is_mlflow() {
            format!("No dataset is recorded: next time call mlflow.log_input, or {advice}")
        } else {
            format!("No dataset is recorded: next time {advice}")
        };
        self.absent("the data", missing)
    }

    fn seed(&self) -> Answer {
        let seed = |said: &Said<'_>| is_seed(said.key);
        if let Some(said) = self.said().find(|said| seed(said) && !is_blank(said.text)) {
            return said.found(said.text.trim());
        }
        if let Some(said) = self.said().find(seed) {
            return Answer::Missing(format!(
                "The {} says that no seed was set: next time set one",
                said.place()
            ));
        }
        let missing = "No seed is recorded: next time log it as the parameter seed".to_owned();
        // Parameters are what every store holds where it holds any.
        if self.run.params.is_empty() { self.absent("a seed", missing) } else { Answer::Missing(missing) }
    }
}

fn last(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

fn in_artifact(what: &str, artifact: &Artifact) -> Answer {
    Answer::Found { what: what.to_owned(), place: format!("artifact {}", artifact.path) }
}
