//! Which names and values are the most common among runs.

use std::collections::HashMap;

use crate::runs::filter::bound::label;
use crate::runs::filter::clause::{Attribute, DatasetPart, Operand};
use crate::runs::{Key, Run, RunSet};

/// As many runs are looked at; of more the first.
const RUNS: usize = 20_000;
/// As many values are told apart.
const VALUES: usize = 4_096;
/// Longer texts are nobody's choice.
const LETTERS: usize = 120;

fn looked_at(set: &RunSet) -> &[Run] {
    &set.runs[..set.runs.len().min(RUNS)]
}

/// How many runs have each key.
fn counted<'a, T: 'a>(set: &'a RunSet, count: usize, of: impl Fn(&'a Run) -> &'a [(Key, T)]) -> Vec<usize> {
    let mut counts = vec![0; count];
    for (key, _) in looked_at(set).iter().flat_map(of) {
        if let Some(count) = counts.get_mut(*key as usize) {
            *count += 1;
        }
    }
    counts
}

/// How many runs have each metric, parameter and tag.
pub(super) fn keys(set: &RunSet) -> [Vec<usize>; 3] {
    [
        counted(set, set.metric_keys.len(), |run| run.metrics.as_slice()),
        counted(set, set.param_keys.len(), |run| run.params.as_slice()),
        counted(set, set.tag_keys.len(), |run| run.tags.as_slice()),
    ]
}

/// The texts that runs have there, each with how many have it, the most common first.
pub(super) fn texts<'a>(operand: &Operand, set: &'a RunSet) -> Vec<(&'a str, usize)> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    let mut add = |text: &'a str| {
        let is_choice = text.len() <= LETTERS && !text.contains(['\n', '\r']);
        if is_choice && (counts.len() < VALUES || counts.contains_key(text)) {
            *counts.entry(text).or_default() += 1;
        }
    };
    let (param, tag) = match operand {
        Operand::Param(key) => (set.param_key(key), None),
        Operand::Tag(key) => (None, set.tag_key(key)),
        Operand::Attribute(Attribute::RunName) => (None, set.tag_key("mlflow.runName")),
        Operand::Attribute(Attribute::Source) => (None, set.tag_key("mlflow.source.name")),
        _ => (None, None),
    };
    for run in looked_at(set) {
        match operand {
            Operand::Param(_) => param.and_then(|key| run.param(key)).into_iter().for_each(|text| add(text)),
            Operand::Tag(_) => tag.and_then(|key| run.tag(key)).into_iter().for_each(|text| add(text)),
            Operand::Attribute(attribute) => label(*attribute, tag, set, run).into_iter().for_each(&mut add),
            Operand::Dataset(part) => {
                for dataset in &run.datasets {
                    add(match part {
                        DatasetPart::Name => &dataset.name,
                        DatasetPart::Digest => &dataset.digest,
                        DatasetPart::Context => &dataset.context,
                    });
                }
            }
            Operand::Metric(_) | Operand::Aggregate(..) | Operand::Anything => {}
        }
    }
    let mut all: Vec<(&str, usize)> = counts.into_iter().collect();
    all.sort_unstable_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    all
}

/// The least, the middle and the greatest of a metric's latest values.
pub(super) fn numbers(key: &str, set: &RunSet) -> Vec<(f64, &'static str)> {
    let Some(key) = set.metric_key(key) else { return Vec::new() };
    let mut all: Vec<f64> = looked_at(set).iter().filter_map(|run| run.metric(key)).collect();
    all.retain(|value| value.is_finite());
    all.sort_unstable_by(f64::total_cmp);
    let (Some(least), Some(greatest)) = (all.first(), all.last()) else { return Vec::new() };
    let mut told =
        vec![(all[all.len() / 2], "the middle one"), (*least, "the least"), (*greatest, "the greatest")];
    told.dedup_by(|a, b| a.0 == b.0);
    told
}
