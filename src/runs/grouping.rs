//! By what runs are put together: columns, or all parameters but a seed.

use std::collections::{BTreeMap, BTreeSet};

use super::group::groups;
use super::seeds::{self, SeedGroup};
use super::{Field, Key, RunSet};

/// The word for groups of runs that have the same parameters but for a seed.
pub const SEEDS: &str = "seeds";

/// By what runs are put together.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Grouping {
    /// Each stands for itself.
    #[default]
    None,
    /// Those with the same values in these columns.
    Fields(Vec<Field>),
    /// Those with the same parameters but for a seed.
    Seeds,
}

/// Runs that are put together: what they are called, and their places in [`RunSet::runs`].
pub type NamedGroup = (String, Vec<u32>);

impl Grouping {
    /// Reads MLflow's words for columns, or [`SEEDS`]; words that name nothing are left out.
    pub fn parse<T: AsRef<str>>(words: &[T]) -> Self {
        if words.iter().any(|word| word.as_ref() == SEEDS) {
            return Self::Seeds;
        }
        let fields: Vec<Field> = words.iter().filter_map(|word| Field::parse(word.as_ref())).collect();
        if fields.is_empty() { Self::None } else { Self::Fields(fields) }
    }

    /// The groups of these rows; none where each stands for itself.
    pub fn groups(&self, set: &RunSet, rows: &[u32]) -> Vec<NamedGroup> {
        match self {
            Self::None => Vec::new(),
            Self::Seeds => by_seeds(set, rows),
            Self::Fields(fields) => {
                let found = groups(set, rows, fields).into_iter();
                found.map(|group| (group.label(fields), group.rows)).collect()
            }
        }
    }
}

/// Runs that share all parameters but a seed, called by the parameters that tell groups apart; the others each for itself.
fn by_seeds(runs: &RunSet, rows: &[u32]) -> Vec<NamedGroup> {
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
    let mut named: Vec<NamedGroup> = found
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
        let of = |words: &[&str]| Grouping::parse(words).groups(&set, &[0, 1, 2, 3, 4]);
        assert_eq!(of(&[]), []);
        assert_eq!(of(&["no column"]), []);
        let named = |label: &str, rows: &[u32]| (label.to_owned(), rows.to_vec());
        assert_eq!(of(&[SEEDS]), [named("lr 0.1", &[0, 1]), named("lr 0.2", &[2, 3]), named("e", &[4])]);
        assert_eq!(of(&["params.model"]), [named("model cnn", &[0, 1, 2, 3]), named("model mlp", &[4])]);
    }
}
