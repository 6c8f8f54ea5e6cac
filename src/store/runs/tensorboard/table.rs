//! The runs of a store as a table.

use std::collections::BTreeMap;
use std::path::Path;

use super::index::Index;
use super::store::Store;
use crate::problem::{Problem, Severity};
use crate::runs::{Keys, Run, RunSet};
use crate::shown::{counted, listed};
use crate::store::runs::RunsAndProblems;

/// See [`Reader::runs_while`](crate::store::runs::Reader::runs_while).
pub(super) fn read(store: &mut Store, keep_going: &dyn Fn(u64) -> bool) -> RunsAndProblems {
    let survey = store.survey_again();
    let mut problems = survey.problems.clone();
    let names: Vec<String> = survey.runs.keys().cloned().collect();
    let mut keys = [Keys::default(), Keys::default(), Keys::default()];
    let (mut runs, mut walked) = (Vec::new(), 0);
    for name in names {
        // A folder may have gone since.
        if store.look_at(&name, false).is_none() {
            continue;
        }
        let read = std::cell::Cell::new(0);
        let going = |more| {
            read.set(more);
            keep_going(walked + more)
        };
        let Some(index) = store.read(&name, &mut (), &going)? else { continue };
        walked += read.get();
        runs.push(row(&name, index, &mut keys));
        problems.extend(problems_of(index));
    }
    problems.extend(unread(store));
    Ok((RunSet::collected(Vec::new(), keys, runs), problems))
}

/// What other plugins than those that are known wrote.
fn unread(store: &Store) -> Option<Problem> {
    let tags = store.indexes().flat_map(|index| &index.tags).filter(|tag| tag.latest().is_none());
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for plugin in tags.filter_map(|tag| tag.other.as_deref()) {
        *counts.entry(plugin).or_default() += 1;
    }
    let all = counts.values().sum();
    let plugins: Vec<&str> = counts.into_keys().collect();
    let message = format!(
        "{} of plugins that are not read here ({})",
        counted(all, "tag is", "tags are"),
        listed(&plugins, 6)
    );
    let at = store.root.display().to_string();
    (all > 0).then_some(Problem { severity: Severity::Info, message, at })
}

/// What is odd in a run's files.
pub(super) fn problems_of(index: &Index) -> Vec<Problem> {
    let mut problems = index.oddities.problems(&index.files);
    if index.more_artifacts > 0 {
        let file = index.files.first().map(|file| file.path.as_path());
        let folder = file.and_then(Path::parent).unwrap_or_else(|| Path::new("."));
        let message = format!(
            "{} more images, sounds, texts and histograms than can be listed are left out: {}",
            index.more_artifacts,
            folder.display()
        );
        problems.push(Problem::warning(message, folder.display().to_string()));
    }
    problems
}

fn row(name: &str, index: &Index, [metrics, params, tags]: &mut [Keys; 3]) -> Run {
    let session = &index.session;
    // What has no number is no metric.
    let numbers = index.tags.iter().filter_map(|tag| Some((tag, tag.latest()?)));
    let latest = numbers.map(|(tag, value)| (metrics.place(&tag.name), value));
    Run {
        name: name.into(),
        status: session.status(),
        // A run without hyperparameters begins with its first event; nothing tells that it has ended.
        start_time: session.start.or(index.began),
        end_time: session.end,
        metrics: latest.collect(),
        params: session.params.iter().map(|(key, text)| (params.place(key), text.as_str().into())).collect(),
        tags: session.tags.iter().map(|(key, text)| (tags.place(key), text.as_str().into())).collect(),
        ..Run::bare(name)
    }
}
