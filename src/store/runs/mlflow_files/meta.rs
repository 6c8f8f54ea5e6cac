//! The `meta.yaml` files of the store. Only the keys that are read are named; every scalar is taken as the text that
//! stands in the file, so that an id of digits or a name such as `yes` or `1e5` stays what it is.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read as _;
use std::path::Path;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::stamp::Stamp;

/// MLflow's own files have less than a kilobyte, and a dataset's profile some more.
const LONGEST: u64 = 1 << 20;

/// A scalar as it stands in the file; none where it is null or missing.
pub(super) type Text = Option<String>;

/// Of an experiment.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct ExperimentMeta {
    pub experiment_id: Text,
    pub name: Text,
    pub artifact_location: Text,
}

/// Of a run.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct RunMeta {
    pub run_id: Text,
    /// The same, before 1.0.
    pub run_uuid: Text,
    pub experiment_id: Text,
    pub run_name: Text,
    /// A number since 0.9, a word before.
    pub status: Text,
    pub start_time: Text,
    pub end_time: Text,
    pub lifecycle_stage: Text,
    pub artifact_uri: Text,
    pub user_id: Text,
}

impl RunMeta {
    /// Whether somebody deleted it.
    pub fn is_deleted(&self) -> bool {
        self.lifecycle_stage.as_deref() == Some("deleted")
    }

    /// MLflow's word for its status: the file has the number of its protocol, and none at all stands for a run that
    /// runs.
    pub fn status(&self) -> &str {
        match self.status.as_deref() {
            None | Some("1") => "RUNNING",
            Some("2") => "SCHEDULED",
            Some("3") => "FINISHED",
            Some("4") => "FAILED",
            Some("5") => "KILLED",
            Some(word) => word,
        }
    }
}

/// What a run read.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct InputMeta {
    pub source_type: Text,
    pub source_id: Text,
    pub tags: Option<BTreeMap<String, Text>>,
}

/// Of a dataset.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct DatasetMeta {
    pub name: Text,
    pub digest: Text,
}

/// Of a model that a run logged.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct LoggedMeta {
    pub model_id: Text,
    pub name: Text,
    pub status: Text,
    pub source_run_id: Text,
    pub artifact_location: Text,
    pub lifecycle_stage: Text,
}

/// Of a version of a registered model.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct VersionMeta {
    pub name: Text,
    pub version: Text,
    pub run_id: Text,
    pub status: Text,
    pub current_stage: Text,
    pub source: Text,
}

/// Why a `meta.yaml` gave nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Unread {
    /// There is none.
    Absent,
    /// It is empty: a client that writes it anew has just begun.
    Empty,
    /// What the system or the YAML reader says.
    Odd(String),
}

/// Reads the file that a stamp was taken of.
pub(super) fn read<T: DeserializeOwned>(path: &Path, stamp: Option<Stamp>) -> Result<T, Unread> {
    let Some(stamp) = stamp else { return Err(Unread::Absent) };
    if stamp.length == 0 {
        return Err(Unread::Empty);
    }
    if stamp.length > LONGEST {
        return Err(Unread::Odd(format!("it has {} bytes, which is too many", stamp.length)));
    }
    let mut bytes = Vec::with_capacity(stamp.length as usize);
    let read = fs::File::open(path).and_then(|file| file.take(LONGEST).read_to_end(&mut bytes));
    read.map_err(|error| Unread::Odd(error.to_string()))?;
    parse(&bytes)
}

fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Unread> {
    if bytes.trim_ascii().is_empty() {
        return Err(Unread::Empty);
    }
    let options = serde_saphyr::options! {
        // A bare `y` is a text.
        strict_booleans: true,
        // MLflow writes neither anchors nor depth.
        budget: serde_saphyr::budget! { max_depth: 16, max_aliases: 0, max_anchors: 0, max_events: 20_000 },
    };
    serde_saphyr::from_slice_with_options(bytes, options).map_err(|error| {
        let text = error.to_string();
        Unread::Odd(text.lines().next().unwrap_or_default().to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scalars_stay_the_texts_that_they_are() {
        let meta: RunMeta = parse(
            b"artifact_uri: file:///data/runs/a b\nend_time: null\nexperiment_id: 0\nrun_name: y\n\
              run_uuid: 1e5\nstatus: 3\nstart_time: 1700000000000\ntags: []\nunknown:\n  deep: [1, 2]\n",
        )
        .unwrap();
        assert_eq!(meta.run_name.as_deref(), Some("y"));
        assert_eq!((meta.run_uuid.as_deref(), meta.experiment_id.as_deref()), (Some("1e5"), Some("0")));
        assert_eq!((meta.end_time.as_deref(), meta.status()), (None, "FINISHED"));
        // As PyYAML folds what is longer than a line.
        let meta: RunMeta = parse(b"run_name: 'it''s a\n  long\n\n  name'\nstatus: FAILED\n").unwrap();
        assert_eq!((meta.run_name.as_deref(), meta.status()), (Some("it's a long\nname"), "FAILED"));
        assert_eq!(RunMeta::default().status(), "RUNNING");
    }

    #[test]
    fn hostile_files_are_refused() {
        let bomb = "a: &a [1,1]\nb: &b [*a,*a]\nrun_id: x\n";
        assert!(matches!(parse::<RunMeta>(bomb.as_bytes()), Err(Unread::Odd(_))));
        let deep = format!("run_id: x\ntags: {}{}\n", "[".repeat(100), "]".repeat(100));
        assert!(matches!(parse::<RunMeta>(deep.as_bytes()), Err(Unread::Odd(_))));
        assert!(matches!(parse::<RunMeta>(b"\xff\xfe\x00"), Err(Unread::Odd(_))));
        assert!(matches!(parse::<RunMeta>(b"- a\n- b\n"), Err(Unread::Odd(_))));
        assert_eq!(parse::<RunMeta>(b"  \n").unwrap_err(), Unread::Empty);
    }
}
