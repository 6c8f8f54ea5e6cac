//! Runs as a table: interned keys, sorted columns.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::columns::{Filled, RunColumn, columns};
use super::{DatasetUse, Mapped, Model};
use crate::shown::one_line;

/// What kind of store something is; for display only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SourceKind {
    /// MLflow's SQLite store.
    MlflowSqlite,
    /// MLflow's file store.
    MlflowFiles,
    /// An Optuna study in SQLite.
    Optuna,
    /// An Optuna study in a journal: lines of what happened.
    OptunaJournal,
    /// A Trackio project.
    Trackio,
    /// TensorBoard event files.
    Tensorboard,
    /// A repository of Aim.
    Aim,
    /// A table in a text file, as Lightning and Keras log it.
    Csv,
    /// A JSON object for each line.
    Jsonl,
    /// Several stores of different kinds.
    Several,
}

impl SourceKind {
    /// The word on the command line.
    pub fn id(self) -> &'static str {
        match self {
            Self::MlflowSqlite => "mlflow-sqlite",
            Self::MlflowFiles => "mlflow-files",
            Self::Optuna => "optuna",
            Self::OptunaJournal => "optuna-journal",
            Self::Trackio => "trackio",
            Self::Tensorboard => "tensorboard",
            Self::Aim => "aim",
            Self::Csv => "csv",
            Self::Jsonl => "jsonl",
            Self::Several => "several",
        }
    }

    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::MlflowSqlite => "MLflow database",
            Self::MlflowFiles => "MLflow files",
            Self::Optuna => "Optuna database",
            Self::OptunaJournal => "Optuna journal",
            Self::Trackio => "Trackio database",
            Self::Tensorboard => "TensorBoard logs",
            Self::Aim => "Aim repository",
            Self::Csv => "table of values",
            Self::Jsonl => "JSON lines",
            Self::Several => "stores of several kinds",
        }
    }
}

/// A key's place in its list of a [`RunSet`].
pub type Key = u32;

/// A named group of runs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Experiment {
    /// Its id in the store.
    pub id: String,
    /// Its name.
    pub name: String,
}

/// What a run says of itself. A killed process stays `Running` for ever.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Status {
    /// Waits to start.
    Scheduled,
    /// Writes, or was killed while writing.
    Running,
    /// Ended well.
    Finished,
    /// Ended by an error.
    Failed,
    /// Was stopped.
    Killed,
    /// A word this version does not know.
    Other(String),
}

/// How a run stands, in the words of no tracker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// It has not begun.
    Waiting,
    /// It goes on, as far as anybody knows.
    Running,
    /// It ended well.
    Finished,
    /// It ended by an error.
    Failed,
    /// It was ended before its time.
    Stopped,
    /// The store does not say.
    Untold,
}

impl Status {
    /// Reads MLflow's word.
    pub fn parse(word: &str) -> Self {
        match word {
            "SCHEDULED" => Self::Scheduled,
            "RUNNING" => Self::Running,
            "FINISHED" => Self::Finished,
            "FAILED" => Self::Failed,
            "KILLED" => Self::Killed,
            other => Self::Other(other.to_owned()),
        }
    }

    /// How the run stands, whatever its tracker calls that: Optuna says `COMPLETE`, `PRUNED`, `FAIL` and `WAITING`, a session
    /// of TensorBoard `SUCCESS` and `FAILURE`.
    pub fn phase(&self) -> Phase {
        match self {
            Self::Scheduled => Phase::Waiting,
            Self::Running => Phase::Running,
            Self::Finished => Phase::Finished,
            Self::Failed => Phase::Failed,
            Self::Killed => Phase::Stopped,
            Self::Other(word) => match word.as_str() {
                "COMPLETE" | "SUCCESS" => Phase::Finished,
                "FAIL" | "FAILURE" => Phase::Failed,
                "PRUNED" => Phase::Stopped,
                "WAITING" => Phase::Waiting,
                _ => Phase::Untold,
            },
        }
    }

    /// The store's own word.
    pub fn word(&self) -> &str {
        match self {
            Self::Scheduled => "SCHEDULED",
            Self::Running => "RUNNING",
            Self::Finished => "FINISHED",
            Self::Failed => "FAILED",
            Self::Killed => "KILLED",
            Self::Other(word) => word,
        }
    }
}

/// One run.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Run {
    /// Its id in the store.
    pub id: Arc<str>,
    /// Its name; may be empty.
    pub name: Arc<str>,
    /// Its experiment's place in [`RunSet::experiments`].
    pub experiment: u32,
    /// What it says of itself.
    pub status: Status,
    /// Microseconds since 1970; none also where no date can show it, see [`RunSet::start_ms`].
    pub start_time: Option<i64>,
    /// Microseconds since 1970; none while it runs, and where no date can show it, see [`RunSet::end_ms`].
    pub end_time: Option<i64>,
    /// The run it belongs to.
    pub parent: Option<Arc<str>>,
    /// Who started it, where the store has a place for that.
    pub user: Option<Arc<str>>,
    /// Latest values, sorted by key. NaN and infinities as they are.
    pub metrics: Vec<(Key, f64)>,
    /// Parameters, sorted by key.
    pub params: Vec<(Key, Arc<str>)>,
    /// Tags, sorted by key.
    pub tags: Vec<(Key, Arc<str>)>,
    /// The datasets that it read.
    pub datasets: Vec<DatasetUse>,
    /// Where its files lie, as the store has it: a path or an address.
    pub artifact_uri: Option<Arc<str>>,
}

/// A key stands no later than at its own place, since none is there twice; where a run has all keys, at that very place.
fn find<T>(list: &[(Key, T)], key: Key) -> Option<&T> {
    let place = key as usize;
    match list.get(place) {
        Some((own, found)) if *own == key => return Some(found),
        _ => {}
    }
    let before = &list[..list.len().min(place)];
    before.binary_search_by_key(&key, |(key, _)| *key).ok().map(|at| &before[at].1)
}

impl Run {
    /// A running run with nothing but its id.
    pub fn bare(id: impl Into<Arc<str>>) -> Self {
        Self {
            id: id.into(),
            name: "".into(),
            experiment: 0,
            status: Status::Running,
            start_time: None,
            end_time: None,
            parent: None,
            user: None,
            metrics: Vec::new(),
            params: Vec::new(),
            tags: Vec::new(),
            datasets: Vec::new(),
            artifact_uri: None,
        }
    }

    /// The latest value of a metric.
    pub fn metric(&self, key: Key) -> Option<f64> {
        find(&self.metrics, key).copied()
    }

    /// A parameter.
    pub fn param(&self, key: Key) -> Option<&Arc<str>> {
        find(&self.params, key)
    }

    /// A tag.
    pub fn tag(&self, key: Key) -> Option<&Arc<str>> {
        find(&self.tags, key)
    }

    /// How long it took, in microseconds.
    pub fn duration(&self) -> Option<i64> {
        self.end_time?.checked_sub(self.start_time?)
    }

    /// The name of its experiment.
    pub fn experiment_name<'a>(&self, set: &'a RunSet) -> &'a str {
        set.experiments.get(self.experiment as usize).map_or("", |experiment| &experiment.name)
    }

    /// Its name, or the beginning of its id where it has none.
    pub fn shown_name(&self) -> &str {
        if self.name.is_empty() { self.id.get(..8).unwrap_or(&self.id) } else { &self.name }
    }
}

/// The runs of a store with their keys. Keys are sorted by name, so equal stores give equal sets.
#[derive(Clone, Debug, Default)]
pub struct RunSet {
    /// Experiments, by name.
    pub experiments: Vec<Experiment>,
    /// Names of metrics.
    pub metric_keys: Vec<Arc<str>>,
    /// Names of parameters.
    pub param_keys: Vec<Arc<str>>,
    /// Names of tags.
    pub tag_keys: Vec<Arc<str>>,
    /// The runs, in no promised order.
    pub runs: Vec<Run>,
    /// Metrics and parameters worth a column, the most common first.
    pub columns: Vec<RunColumn>,
    /// Which columns beside those are worth their room.
    pub filled: Filled,
    /// Models that runs made, and versions of registered ones.
    pub models: Vec<Model>,
    /// The kind of the store that they were read from; none as long as nobody said.
    pub kind: Option<SourceKind>,
    /// How they were read from a table; none where the store says itself what is a run.
    pub mapping: Option<Arc<Mapped>>,
    by_id: BTreeMap<Arc<str>, u32>,
    beyond: BTreeMap<Arc<str>, Beyond>,
}

/// A start and an end that no date can show, in milliseconds since 1970 as the store has them.
pub type Beyond = [Option<i64>; 2];

/// A key by its name, or by what is shown of it where the name holds what nobody can type.
fn named(names: &[Arc<str>], name: &str) -> Option<Key> {
    let exact = names.binary_search_by(|key| (**key).cmp(name)).ok();
    let shown = || names.iter().position(|key| one_line(key) == name);
    exact.or_else(|| name.contains('\\').then(shown).flatten()).map(|at| at as Key)
}

impl RunSet {
    /// A set whose runs are indexed by id. Keys are sorted, and those of the runs lie within them.
    pub fn new(experiments: Vec<Experiment>, keys: [Vec<Arc<str>>; 3], runs: Vec<Run>) -> Self {
        let [metric_keys, param_keys, tag_keys] = keys;
        let by_id = runs.iter().enumerate().map(|(at, run)| (Arc::clone(&run.id), at as u32)).collect();
        let (columns, filled) = (columns(&runs, &metric_keys, &param_keys), Filled::of(&runs));
        let beyond = BTreeMap::new();
        let (models, kind, mapping) = (Vec::new(), None, None);
        Self {
            experiments,
            metric_keys,
            param_keys,
            tag_keys,
            runs,
            columns,
            filled,
            models,
            kind,
            mapping,
            by_id,
            beyond,
        }
    }

    /// The same with models.
    pub fn with_models(self, models: Vec<Model>) -> Self {
        Self { models, ..self }
    }

    /// The same, of a store of some kind.
    pub fn with_kind(self, kind: SourceKind) -> Self {
        Self { kind: Some(kind), ..self }
    }

    /// The same, as read from a table.
    pub fn with_mapping(self, mapping: Option<Arc<Mapped>>) -> Self {
        Self { mapping, ..self }
    }

    /// The same with the times that no date can show, by the ids of their runs.
    pub fn with_beyond(self, beyond: BTreeMap<Arc<str>, Beyond>) -> Self {
        Self { beyond, ..self }
    }

    /// The times that no date can show, by the ids of their runs.
    pub fn beyond(&self) -> &BTreeMap<Arc<str>, Beyond> {
        &self.beyond
    }

    /// When a run started, in milliseconds since 1970, also where no date can show it.
    pub fn start_ms(&self, run: &Run) -> Option<i64> {
        run.start_time.map_or_else(|| self.beyond.get(&run.id)?[0], |time| Some(time / 1_000))
    }

    /// When a run ended, in milliseconds since 1970, also where no date can show it.
    pub fn end_ms(&self, run: &Run) -> Option<i64> {
        run.end_time.map_or_else(|| self.beyond.get(&run.id)?[1], |time| Some(time / 1_000))
    }

    /// A run by its id.
    pub fn run(&self, id: &str) -> Option<&Run> {
        self.by_id.get(id).and_then(|at| self.runs.get(*at as usize))
    }

    /// The place of a run in [`RunSet::runs`], by its id.
    pub fn row(&self, id: &str) -> Option<u32> {
        self.by_id.get(id).copied()
    }

    /// A metric's key, by its name or by what is shown of it.
    pub fn metric_key(&self, name: &str) -> Option<Key> {
        named(&self.metric_keys, name)
    }

    /// A parameter's key.
    pub fn param_key(&self, name: &str) -> Option<Key> {
        named(&self.param_keys, name)
    }

    /// A tag's key.
    pub fn tag_key(&self, name: &str) -> Option<Key> {
        named(&self.tag_keys, name)
    }

    /// Whether a run has a metric.
    pub fn has_metric(&self, run: &str, metric: &str) -> bool {
        let Some(key) = self.metric_key(metric) else { return false };
        self.run(run).is_some_and(|run| run.metric(key).is_some())
    }
}
