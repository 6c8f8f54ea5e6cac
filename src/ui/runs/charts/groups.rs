//! Which ticked runs are drawn as one, and the colours of runs and groups.

use std::collections::{BTreeMap, BTreeSet};

use crate::address::StoreLocation;
use crate::runs::group::groups;
use crate::runs::seeds::{self, SeedGroup};
use crate::runs::{Field, Key, RunSet};

/// The word for groups of runs that have the same parameters but for a seed.
pub(super) const SEEDS: &str = "seeds";

/// Runs that share all parameters but a seed, called by the parameters that tell groups apart; the others each for itself.
fn by_seeds(runs: &RunSet, rows: &[u32]) -> Vec<(String, Vec<u32>)> {
    let found = seeds::groups(runs, rows);
    let mut values: BTreeMap<Key, BTreeSet<Option<&str>>> = BTreeMap::new();
    let keys: BTreeSet<Key> =
        found.iter().flat_map(|group| group.params.iter().map(|(key, _)| *key)).collect();
    for key in keys {
        let of =
            |group: &'_ SeedGroup| -> Option<usize> { group.params.iter().position(|(own, _)| *own == key) };
        let own = found.iter().map(|group| of(group).map(|at| &*group.params[at].1));
        values.insert(key, own.collect());
    }
    let tells = |key: Key| values.get(&key).is_some_and(|values| values.len() > 1);
    let mut named: Vec<(String, Vec<u32>)> = found
        .iter()
        .map(|group| {
            let own = group.params.iter().filter(|(key, _)| tells(*key));
            let words = own.map(|(key, text)| format!("{} {text}", runs.param_keys[*key as usize]));
            let label = words.collect::<Vec<_>>().join(", ");
            (if label.is_empty() { "same parameters".to_owned() } else { label }, group.rows.clone())
        })
        .collect();
    let grouped: BTreeSet<u32> = found.iter().flat_map(|group| group.rows.iter().copied()).collect();
    let alone = rows.iter().filter(|row| !grouped.contains(row));
    named.extend(alone.map(|row| (runs.runs[*row as usize].shown_name().to_owned(), vec![*row])));
    named
}

/// Ticked runs with the same values in the columns that were chosen.
#[derive(Clone, Debug)]
pub(in crate::ui::runs) struct DrawnGroup {
    /// What it is called.
    pub label: String,
    /// The ids of its runs.
    pub runs: Vec<String>,
}

/// The groups of the ticked runs; found when their basis changes.
#[derive(Clone, Debug, Default)]
pub struct Grouped {
    basis: (u64, Vec<String>, Vec<String>),
    groups: Vec<DrawnGroup>,
    place: BTreeMap<String, usize>,
}

impl Grouped {
    /// Groups the ticked runs anew where something about them has changed.
    pub fn refresh(&mut self, revision: u64, runs: &RunSet, store: &StoreLocation) {
        let by = &store.charts.group;
        if self.basis.0 == revision && self.basis.1 == store.ticked && self.basis.2 == *by {
            return;
        }
        self.basis = (revision, store.ticked.clone(), by.clone());
        (self.groups, self.place) = (Vec::new(), BTreeMap::new());
        let rows: Vec<u32> = store.ticked.iter().filter_map(|id| runs.row(id)).collect();
        if by.iter().any(|word| word == SEEDS) {
            return by_seeds(runs, &rows).into_iter().for_each(|(label, rows)| self.push(runs, label, &rows));
        }
        let fields: Vec<Field> = by.iter().filter_map(|word| Field::parse(word)).collect();
        if !fields.is_empty() {
            let found = groups(runs, &rows, &fields).into_iter();
            found.for_each(|group| self.push(runs, group.label(&fields), &group.rows));
        }
    }

    fn push(&mut self, runs: &RunSet, label: String, rows: &[u32]) {
        let ids: Vec<String> = rows.iter().map(|row| runs.runs[*row as usize].id.to_string()).collect();
        let at = self.groups.len();
        self.place.extend(ids.iter().map(|id| (id.clone(), at)));
        self.groups.push(DrawnGroup { label, runs: ids });
    }

    /// The groups; none where each run is drawn for itself.
    pub(in crate::ui::runs) fn groups(&self) -> &[DrawnGroup] {
        &self.groups
    }

    /// The place among the colours of a ticked run.
    pub(in crate::ui::runs) fn color_of(&self, store: &StoreLocation, run: &str) -> Option<usize> {
        if self.groups.is_empty() {
            store.ticked.iter().position(|ticked| ticked == run)
        } else {
            self.place.get(run).copied()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runs::{Keys, Run};

    /// Two of `lr` 0.1 and two of 0.2 that differ in their seeds alone, and one of another model.
    #[test]
    fn groups_of_seeds_are_called_by_what_tells_them_apart() {
        let mut keys = [Keys::default(), Keys::default(), Keys::default()];
        let [lr, model, seed] = ["lr", "model", "seed"].map(|key| keys[1].place(key));
        let run = |id: &str, own: [&str; 3]| {
            let params = [lr, model, seed].into_iter().zip(own.map(Into::into)).collect();
            Run { params, ..Run::bare(id) }
        };
        let runs = vec![
            run("a", ["0.1", "cnn", "1"]),
            run("b", ["0.1", "cnn", "2"]),
            run("c", ["0.2", "cnn", "1"]),
            run("d", ["0.2", "cnn", "2"]),
            run("e", ["0.2", "mlp", "1"]),
        ];
        let set = RunSet::collected(Vec::new(), keys, runs);
        let mut store = StoreLocation::of(crate::address::Origin::Demo);
        store.ticked = ["a", "b", "c", "d", "e", "gone"].map(ToOwned::to_owned).to_vec();
        let mut grouped = Grouped::default();
        grouped.refresh(1, &set, &store);
        assert_eq!((grouped.groups().len(), grouped.color_of(&store, "c")), (0, Some(2)));
        store.charts.group = vec![SEEDS.to_owned()];
        grouped.refresh(1, &set, &store);
        let labels: Vec<&str> = grouped.groups().iter().map(|group| group.label.as_str()).collect();
        assert_eq!(labels, ["lr 0.1", "lr 0.2", "e"]);
        let colors = ["a", "b", "c", "d", "e", "gone"].map(|run| grouped.color_of(&store, run));
        assert_eq!(colors, [Some(0), Some(0), Some(1), Some(1), Some(2), None]);
    }
}
