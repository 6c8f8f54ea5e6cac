//! The runs of several stores as one table.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Beyond, Experiment, Key, Keys, Model, Run, RunSet};

/// The same text led by where it is from.
fn led(lead: &str, text: &str) -> Arc<str> {
    format!("{lead}{text}").into()
}

fn moved<T>(list: &mut [(Key, T)], names: &[Arc<str>], keys: &mut Keys) {
    for (key, _) in list {
        *key = keys.place(&names[*key as usize]);
    }
}

impl RunSet {
    /// All runs of several stores, each with what tells its ids and experiments from those of the others.
    pub fn together(sets: Vec<(&str, Self)>) -> Self {
        let mut experiments: Vec<Experiment> = Vec::new();
        let mut keys = [Keys::default(), Keys::default(), Keys::default()];
        let mut runs: Vec<Run> = Vec::new();
        let mut models = Vec::new();
        let mut beyond: BTreeMap<Arc<str>, Beyond> = BTreeMap::new();
        for (lead, set) in sets {
            let (first, own) = (experiments.len() as u32, set.experiments.len() as u32);
            for run in &set.runs {
                let times = [run.start_time.is_none(), run.end_time.is_none()];
                let start = set.start_ms(run).filter(|_| times[0]);
                let end = set.end_ms(run).filter(|_| times[1]);
                if start.is_some() || end.is_some() {
                    beyond.insert(led(lead, &run.id), [start, end]);
                }
            }
            experiments.extend(set.experiments.into_iter().map(|one| Experiment {
                id: format!("{lead}{}", one.id),
                name: format!("{lead}{}", one.name),
            }));
            models.extend(
                set.models
                    .into_iter()
                    .map(|model| Model { run: model.run.map(|run| led(lead, &run)), ..model }),
            );
            let names = [&set.metric_keys, &set.param_keys, &set.tag_keys];
            runs.extend(set.runs.into_iter().map(|mut run| {
                moved(&mut run.metrics, names[0], &mut keys[0]);
                moved(&mut run.params, names[1], &mut keys[1]);
                moved(&mut run.tags, names[2], &mut keys[2]);
                Run {
                    id: led(lead, &run.id),
                    parent: run.parent.as_deref().map(|parent| led(lead, parent)),
                    // Of a store without experiments a run's place is nobody's.
                    experiment: if run.experiment < own { first + run.experiment } else { u32::MAX },
                    ..run
                }
            }));
        }
        // By name, as those of one store are.
        let mut order: Vec<usize> = (0..experiments.len()).collect();
        order.sort_by(|a, b| experiments[*a].name.cmp(&experiments[*b].name));
        let mut places = vec![0; order.len()];
        for (place, at) in order.iter().enumerate() {
            places[*at] = place as u32;
        }
        for run in &mut runs {
            run.experiment = places.get(run.experiment as usize).copied().unwrap_or(u32::MAX);
        }
        let sorted = order.into_iter().map(|at| experiments[at].clone()).collect();
        Self::collected(sorted, keys, runs).with_models(models).with_beyond(beyond)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A store with one run `1` of the only experiment, which logged some metrics.
    fn set(experiment: &str, metrics: &[(&str, f64)]) -> RunSet {
        let mut keys = [Keys::default(), Keys::default(), Keys::default()];
        let run = Run {
            metrics: metrics.iter().map(|(key, value)| (keys[0].place(key), *value)).collect(),
            params: vec![(keys[1].place("lr"), experiment.into())],
            parent: Some("0".into()),
            ..Run::bare("1")
        };
        let experiments = vec![Experiment { id: "0".to_owned(), name: experiment.to_owned() }];
        let model = Model { name: "m".into(), run: Some("1".into()), ..Model::default() };
        RunSet::collected(experiments, keys, vec![run, Run { experiment: u32::MAX, ..Run::bare("2") }])
            .with_models(vec![model])
            .with_beyond([("2".into(), [Some(i64::MAX), None])].into())
    }

    #[test]
    fn a_run_of_a_store_without_experiments_has_none_of_the_others() {
        let bare = |id: &str| RunSet::collected(Vec::new(), Default::default(), vec![Run::bare(id)]);
        let all = RunSet::together(vec![("a/", bare("1")), ("b/", set("y", &[])), ("c/", bare("1"))]);
        let of = |run: &str| all.run(run).unwrap().experiment_name(&all).to_owned();
        assert_eq!([of("a/1"), of("b/1"), of("c/1")], ["", "b/y", ""]);
    }

    #[test]
    fn runs_of_several_stores_are_told_apart_and_keep_what_they_have() {
        let a = set("z", &[("loss", 1.0), ("acc", 2.0)]);
        let b = set("y", &[("zeta", 4.0), ("loss", 3.0)]);
        let all = RunSet::together(vec![("b/", a), ("a/", b)]);
        let names: Vec<&str> = all.experiments.iter().map(|one| one.name.as_str()).collect();
        assert_eq!(names, ["a/y", "b/z"]);
        assert_eq!(all.metric_keys.iter().map(|key| &**key).collect::<Vec<_>>(), ["acc", "loss", "zeta"]);
        let value = |run: &str, key: &str| all.run(run).unwrap().metric(all.metric_key(key).unwrap());
        assert_eq!(
            (value("b/1", "loss"), value("b/1", "acc"), value("b/1", "zeta")),
            (Some(1.0), Some(2.0), None)
        );
        assert_eq!((value("a/1", "loss"), value("a/1", "zeta")), (Some(3.0), Some(4.0)));
        let run = all.run("a/1").unwrap();
        assert_eq!((run.experiment_name(&all), run.parent.as_deref()), ("a/y", Some("a/0")));
        assert_eq!(run.param(0).map(|text| &**text), Some("y"));
        let other = all.run("b/2").unwrap();
        assert_eq!(
            (other.experiment_name(&all), all.start_ms(other), all.end_ms(other)),
            ("", Some(i64::MAX), None)
        );
        let models: Vec<_> = all.models.iter().map(|model| model.run.as_deref()).collect();
        assert_eq!(models, [Some("b/1"), Some("a/1")]);
    }
}
