//! Keys collected in the order they are met, and put in order once all are known.

use std::collections::HashMap;
use std::sync::Arc;

use super::{Experiment, Key, Run, RunSet};

/// Names of metrics, parameters or tags, in the order they were met.
#[derive(Debug, Default)]
pub struct Keys {
    places: HashMap<Arc<str>, Key>,
    names: Vec<Arc<str>>,
}

impl Keys {
    /// The place of a name, for [`RunSet::collected`]; a new one where it was not met before.
    pub fn place(&mut self, name: &str) -> Key {
        if let Some(place) = self.places.get(name) {
            return *place;
        }
        let name: Arc<str> = name.into();
        let place = self.names.len() as Key;
        self.places.insert(Arc::clone(&name), place);
        self.names.push(name);
        place
    }

    /// The place of a name that was met.
    pub fn find(&self, name: &str) -> Option<Key> {
        self.places.get(name).copied()
    }

    /// The sorted names, and for every place met its place among them.
    fn sorted(self) -> (Vec<Arc<str>>, Vec<Key>) {
        let mut order: Vec<Key> = (0..self.names.len() as Key).collect();
        order.sort_by(|a, b| self.names[*a as usize].cmp(&self.names[*b as usize]));
        let mut new = vec![0; order.len()];
        for (at, old) in order.iter().enumerate() {
            new[*old as usize] = at as Key;
        }
        let names = order.iter().map(|old| Arc::clone(&self.names[*old as usize])).collect();
        (names, new)
    }
}

fn renumber<T>(list: &mut [(Key, T)], new: &[Key]) {
    for (key, _) in &mut *list {
        *key = new[*key as usize];
    }
    list.sort_by_key(|(key, _)| *key);
}

impl RunSet {
    /// A set of runs whose metrics, parameters and tags have the places that these `keys` (in that order) gave them, in any
    /// order.
    pub fn collected(experiments: Vec<Experiment>, keys: [Keys; 3], mut runs: Vec<Run>) -> Self {
        let [(metrics, new_metrics), (params, new_params), (tags, new_tags)] = keys.map(Keys::sorted);
        for run in &mut runs {
            renumber(&mut run.metrics, &new_metrics);
            renumber(&mut run.params, &new_params);
            renumber(&mut run.tags, &new_tags);
        }
        Self::new(experiments, [metrics, params, tags], runs)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_sorted_by_name_whatever_order_they_were_met_in() {
        let mut keys = [Keys::default(), Keys::default(), Keys::default()];
        let [metrics, params, tags] = &mut keys;
        let mut run = |id: &str, names: [&str; 2]| Run {
            metrics: names.iter().zip([1.0, 2.0]).map(|(name, value)| (metrics.place(name), value)).collect(),
            params: vec![(params.place(names[0]), "p".into())],
            tags: vec![(tags.place(names[1]), "t".into())],
            ..Run::bare(id)
        };
        let runs = vec![run("a", ["z", "b"]), run("b", ["b", "a"])];
        let set = RunSet::collected(Vec::new(), keys, runs);
        let names = |keys: &[Arc<str>]| keys.iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(names(&set.metric_keys), ["a", "b", "z"]);
        assert_eq!(
            (names(&set.param_keys), names(&set.tag_keys)),
            (names(&["b".into(), "z".into()]), names(&["a".into(), "b".into()]))
        );
        assert_eq!(set.runs[0].metrics, [(1, 2.0), (2, 1.0)]);
        assert_eq!(set.runs[1].metrics, [(0, 2.0), (1, 1.0)]);
    }
}
