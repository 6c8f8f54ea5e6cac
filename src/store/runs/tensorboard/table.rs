//! The runs of a store as a table.

use std::path::Path;

use super::index::Index;
use super::store::Store;
use crate::problem::Problem;
use crate::runs::{Keys, Run, RunSet};
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
    Ok((RunSet::collected(Vec::new(), keys, runs), problems))
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
    let latest = index.tags.iter().filter_map(|tag| Some((metrics.place(&tag.name), tag.latest()?)));
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
