//! Runs that differ by nothing but their seed: what they have in common, and whether two such groups differ.

mod difference;

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use super::spelling::canonical;
use super::words::words;
use super::{Key, Run, RunSet};

pub use difference::{Difference, Summary, difference};

/// Whether a parameter or tag is a seed by its name: `seed`, `data_seed`, `random_state`, `seed_everything`.
pub fn is_seed(key: &str) -> bool {
    let words = words(key);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    matches!(
        words.as_slice(),
        [.., "seed" | "randomstate" | "rng"] | [.., "random", "state"] | [.., "seed", "everything"]
    ) && !matches!(words.as_slice(), ["num" | "n" | "number" | "max" | "min", ..])
}

/// What sets the runs of a group apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Apart {
    /// Each has a seed.
    Seeds,
    /// None has a seed: the same was run again.
    Repeats,
    /// Some have a seed.
    Some,
}

/// Runs of one experiment with the same parameters, whatever their seeds are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeedGroup {
    /// Their places in [`RunSet::runs`], at least two, in the order in which they were given.
    pub rows: Vec<u32>,
    /// What sets them apart.
    pub apart: Apart,
    /// How many of them have the same seeds as one before them.
    pub repeated: usize,
    /// The parameters that all of them have, without seeds; numbers as the first of them spells them.
    pub params: Vec<(Key, Arc<str>)>,
}

impl SeedGroup {
    /// What sets its runs apart, as a sentence.
    pub fn sentence(&self) -> String {
        let count = self.rows.len();
        let mut sentence = match self.apart {
            Apart::Seeds => format!("{count} runs with the same parameters and a seed each"),
            Apart::Repeats => {
                format!("{count} runs with the same parameters; none has a seed, so they are repeats")
            }
            Apart::Some => format!("{count} runs with the same parameters; not all have a seed"),
        };
        match self.repeated {
            0 => {}
            1 => sentence.push_str("; 1 has the seed of another one"),
            more => sentence.extend(["; ", &more.to_string(), " have the seed of another one"]),
        }
        sentence
    }
}

/// Parameters without seeds, each with the number of its value.
type Same = Vec<(Key, u32)>;

/// Numbers of values: the same for texts that are the same number.
#[derive(Default)]
struct Values<'a> {
    by_text: HashMap<(Key, &'a str), u32>,
    by_value: HashMap<(Key, Cow<'a, str>), u32>,
}

impl<'a> Values<'a> {
    fn number(&mut self, key: Key, text: &'a str) -> u32 {
        let next = self.by_value.len() as u32;
        let by_value = &mut self.by_value;
        *self
            .by_text
            .entry((key, text))
            .or_insert_with(|| *by_value.entry((key, canonical(text))).or_insert(next))
    }
}

/// Seeds, tags behind parameters.
type Seeds<'a> = Vec<(bool, Key, Cow<'a, str>)>;

/// Groups of at least two runs with the same parameters beside the seed, the largest first, then in the order of first runs.
///
/// Runs without any parameter belong to none, since nothing says that they are the same. Numbers count as numbers.
pub fn groups(set: &RunSet, rows: &[u32]) -> Vec<SeedGroup> {
    let is_seed_of = |keys: &[Arc<str>]| -> Vec<bool> { keys.iter().map(|key| is_seed(key)).collect() };
    let (params, tags) = (is_seed_of(&set.param_keys), is_seed_of(&set.tag_keys));
    let is_one = |list: &[bool], key: Key| list.get(key as usize).is_some_and(|is| *is);
    let mut values = Values::default();
    let mut places: HashMap<(u32, Same), usize> = HashMap::new();
    let mut found: Vec<(SeedGroup, Vec<Seeds<'_>>)> = Vec::new();
    for row in rows {
        let Some(run) = set.runs.get(*row as usize) else { continue };
        let own = || run.params.iter().filter(|(key, _)| !is_one(&params, *key));
        let same: Same = own().map(|(key, text)| (*key, values.number(*key, text))).collect();
        if run.params.is_empty() {
            continue;
        }
        let place = *places.entry((run.experiment, same)).or_insert_with(|| {
            let params = own().cloned().collect();
            found.push((
                SeedGroup { rows: Vec::new(), apart: Apart::Repeats, repeated: 0, params },
                Vec::new(),
            ));
            found.len() - 1
        });
        let (group, seeds) = &mut found[place];
        group.rows.push(*row);
        seeds.push(seeds_of(run, |key| is_one(&params, key), |key| is_one(&tags, key)));
    }
    let mut groups: Vec<SeedGroup> =
        found.into_iter().filter(|(group, _)| group.rows.len() > 1).map(finished).collect();
    groups.sort_by_key(|group| std::cmp::Reverse(group.rows.len()));
    groups
}

fn finished((mut group, seeds): (SeedGroup, Vec<Seeds<'_>>)) -> SeedGroup {
    let seeded = seeds.iter().filter(|seeds| !seeds.is_empty()).count();
    group.apart = match seeded {
        0 => Apart::Repeats,
        all if all == seeds.len() => Apart::Seeds,
        _ => Apart::Some,
    };
    let mut distinct: Vec<&Seeds<'_>> = seeds.iter().filter(|seeds| !seeds.is_empty()).collect();
    distinct.sort();
    distinct.dedup();
    group.repeated = seeded - distinct.len();
    group
}

/// The seeds of a run; none that says that there is none.
fn seeds_of(run: &Run, is_param: impl Fn(Key) -> bool, is_tag: impl Fn(Key) -> bool) -> Seeds<'_> {
    let is_set = |text: &str| !matches!(text.trim(), "" | "None" | "none" | "null");
    let of = |list: &'_ [(Key, Arc<str>)], is_one: &dyn Fn(Key) -> bool, is_tag: bool| -> Vec<_> {
        let own = list.iter().filter(|(key, text)| is_one(*key) && is_set(text));
        own.map(|(key, text)| (is_tag, *key, Cow::Owned(canonical(text).into_owned()))).collect()
    };
    let mut seeds = of(&run.params, &is_param, false);
    seeds.extend(of(&run.tags, &is_tag, true));
    seeds
}
