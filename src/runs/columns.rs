//! Which metrics and parameters are worth a column of the runs table.

use std::cmp::Reverse;
use std::sync::Arc;

use super::{Key, Phase, Run};

/// A column of the runs table beside name, state and start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunColumn {
    /// `metrics.KEY` or `params.KEY`, MLflow's words for an order.
    pub sort: String,
    /// The key.
    pub name: Arc<str>,
    /// Its place among the metrics, or among the parameters.
    pub key: Key,
    /// Whether it is a metric.
    pub is_metric: bool,
}

/// In which of the columns before those some run has something.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Filled {
    /// Some run has a state.
    pub status: bool,
    /// Some run has ended.
    pub duration: bool,
    /// Of some run it is known when it began.
    pub start_time: bool,
}

impl Filled {
    pub(super) fn of(runs: &[Run]) -> Self {
        Self {
            status: runs.iter().any(|run| run.status.phase() != Phase::Untold),
            duration: runs.iter().any(|run| run.duration().is_some()),
            start_time: runs.iter().any(|run| run.start_time.is_some()),
        }
    }
}

/// Metrics, then parameters: of each the most common first, then by name; nobody would look through more.
pub(super) fn columns(runs: &[Run], metric_keys: &[Arc<str>], param_keys: &[Arc<str>]) -> Vec<RunColumn> {
    const MOST_METRICS: usize = 150;
    const MOST_PARAMS: usize = 50;
    let metrics = runs.iter().flat_map(|run| run.metrics.iter().map(|(key, _)| *key));
    let params = runs.iter().flat_map(|run| run.params.iter().map(|(key, _)| *key));
    let metrics = most_common(metrics, metric_keys.len(), MOST_METRICS).into_iter().map(|key| (key, true));
    let params = most_common(params, param_keys.len(), MOST_PARAMS).into_iter().map(|key| (key, false));
    metrics
        .chain(params)
        .map(|(key, is_metric)| {
            let name = Arc::clone(&if is_metric { metric_keys } else { param_keys }[key]);
            let sort = format!("{}.{name}", if is_metric { "metrics" } else { "params" });
            RunColumn { sort, name, key: key as Key, is_metric }
        })
        .collect()
}

fn most_common(keys: impl Iterator<Item = Key>, len: usize, most: usize) -> Vec<usize> {
    let mut counts = vec![0_u32; len];
    for key in keys {
        counts[key as usize] += 1;
    }
    let mut order: Vec<usize> = (0..len).collect();
    order.sort_by_key(|key| Reverse(counts[*key]));
    order.truncate(most);
    order
}
