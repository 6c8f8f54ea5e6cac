//! Sets of runs made by hand.

use std::sync::Arc;

use mlops_atlas::runs::{DatasetUse, Experiment, Key, Keys, Run, RunSet};

/// A set of runs of the one experiment `demo`.
#[derive(Default)]
pub struct Made {
    keys: [Keys; 3],
    runs: Vec<Run>,
}

fn texts(keys: &mut Keys, texts: &[(&str, &str)]) -> Vec<(Key, Arc<str>)> {
    texts.iter().map(|(key, text)| (keys.place(key), (*text).into())).collect()
}

impl Made {
    /// One more run, with metrics, parameters and tags.
    pub fn run(
        &mut self,
        id: &str,
        metrics: &[(&str, f64)],
        params: &[(&str, &str)],
        tags: &[(&str, &str)],
    ) -> &mut Run {
        let [metric_keys, param_keys, tag_keys] = &mut self.keys;
        let run = Run {
            metrics: metrics.iter().map(|(key, value)| (metric_keys.place(key), *value)).collect(),
            params: texts(param_keys, params),
            tags: texts(tag_keys, tags),
            ..Run::bare(id)
        };
        self.runs.push(run);
        self.runs.last_mut().unwrap()
    }

    /// The set.
    pub fn set(self) -> RunSet {
        let experiment = Experiment { id: "1".to_owned(), name: "demo".to_owned() };
        RunSet::collected(vec![experiment], self.keys, self.runs)
    }
}

/// A dataset as a run used it.
pub fn dataset(name: &str, digest: &str, context: &str) -> DatasetUse {
    DatasetUse { name: name.into(), digest: digest.into(), context: context.into() }
}
