//! What the page of one run tells, in its order; all of it borrowed.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::origin::{Origin, is_system};
use super::{DatasetUse, Model, Run, RunSet};

/// Which runs belong to which: found once for a set.
#[derive(Clone, Debug, Default)]
pub struct Families {
    children: BTreeMap<Arc<str>, Vec<u32>>,
}

impl Families {
    /// Of all runs of a set; children in the order in which they began, those without a start last.
    pub fn of(set: &RunSet) -> Self {
        let mut children: BTreeMap<Arc<str>, Vec<u32>> = BTreeMap::new();
        for (row, run) in set.runs.iter().enumerate() {
            if let Some(parent) = &run.parent {
                children.entry(Arc::clone(parent)).or_default().push(row as u32);
            }
        }
        let order = |row: &u32| {
            let run = &set.runs[*row as usize];
            (run.start_time.is_none(), run.start_time, Arc::clone(&run.id))
        };
        for rows in children.values_mut() {
            rows.sort_by_key(order);
        }
        Self { children }
    }

    /// The places of a run's children in [`RunSet::runs`].
    pub fn children(&self, id: &str) -> &[u32] {
        self.children.get(id).map_or(&[], Vec::as_slice)
    }
}

/// The run that another one belongs to.
#[derive(Clone, Copy, Debug)]
pub struct Parent<'a> {
    /// Its id.
    pub id: &'a str,
    /// The run itself; none where the set does not have it.
    pub run: Option<&'a Run>,
}

/// A tag that tells of code or environment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Told<'a> {
    /// What it tells.
    pub origin: Origin,
    /// The tag.
    pub tag: &'a str,
    /// What it says.
    pub text: &'a str,
}

/// What the page of a run tells. Lists are by name where nothing else is said.
#[derive(Clone, Debug)]
pub struct Page<'a> {
    /// The run.
    pub run: &'a Run,
    /// What somebody wrote about it, in Markdown (MLflow's `mlflow.note.content`).
    pub note: Option<&'a str>,
    /// Parameters.
    pub params: Vec<(&'a str, &'a str)>,
    /// Latest values of metrics, without those of the system.
    pub metrics: Vec<(&'a str, f64)>,
    /// Tags that people wrote.
    pub own_tags: Vec<(&'a str, &'a str)>,
    /// Tags that the tracker wrote for itself.
    pub system_tags: Vec<(&'a str, &'a str)>,
    /// Latest values of `system/…`, by their whole keys.
    pub system_metrics: Vec<(&'a str, f64)>,
    /// The datasets that it read, in the store's order.
    pub datasets: &'a [DatasetUse],
    /// Models that it made, in the store's order.
    pub models: Vec<&'a Model>,
    /// The run that it belongs to.
    pub parent: Option<Parent<'a>>,
    /// Places of the runs that belong to it, in the order in which they began.
    pub children: &'a [u32],
    /// What tells of its code, the commit first.
    pub code: Vec<Told<'a>>,
    /// What tells of the environment that it ran in.
    pub environment: Vec<Told<'a>>,
}

impl<'a> Page<'a> {
    /// The facts of one run of a set, whose families are these. A tag that tells of code or environment, and the note,
    /// stand among the tags as well.
    pub fn of(set: &'a RunSet, families: &'a Families, run: &'a Run) -> Self {
        let named = |keys: &'a [Arc<str>], key: u32| keys.get(key as usize).map_or("", |name| &**name);
        let params = run.params.iter().map(|(key, text)| (named(&set.param_keys, *key), &**text)).collect();
        let metrics = run.metrics.iter().map(|(key, value)| (named(&set.metric_keys, *key), *value));
        let (system_metrics, metrics) = metrics.partition(|(key, _)| key.starts_with("system/"));
        let tags: Vec<(&str, &str)> =
            run.tags.iter().map(|(key, text)| (named(&set.tag_keys, *key), &**text)).collect();
        let told = tags.iter().filter_map(|(tag, text)| Some(Told { origin: Origin::of(tag)?, tag, text }));
        let (mut code, mut environment): (Vec<_>, Vec<_>) = told.partition(|told| told.origin.is_code());
        code.sort_by_key(|told| told.origin);
        environment.sort_by_key(|told| told.origin);
        let note = tags.iter().find(|(tag, _)| *tag == "mlflow.note.content").map(|(_, text)| *text);
        let (system_tags, own_tags) = tags.into_iter().partition(|(tag, _)| is_system(tag));
        Self {
            run,
            note: note.filter(|note| !note.trim().is_empty()),
            params,
            metrics,
            own_tags,
            system_tags,
            system_metrics,
            datasets: &run.datasets,
            models: set.models.iter().filter(|model| model.run.as_ref() == Some(&run.id)).collect(),
            parent: run.parent.as_deref().map(|id| Parent { id, run: set.run(id) }),
            children: families.children(&run.id),
            code,
            environment,
        }
    }
}
