//! Which parameters matter for a metric, told by a random forest.

mod column;
mod forest;
mod random;

use std::sync::Arc;

use super::{Key, RunSet};
use column::{Column, Made};

/// How it is told, as a sentence.
pub const METHOD: &str = "A random forest learns the order of the runs by the metric from their parameters; a parameter matters as \
     much as the forest is worse on runs that it has not seen when the values of that parameter are shuffled.";

/// What it does not tell, as a sentence.
pub const CAVEAT: &str = "It tells what goes together in these runs, not what causes what: parameters that were hardly varied, or that \
     always change together, cannot be told apart, and with few runs chance looks important.";

/// With fewer runs nothing is told.
pub const FEWEST_RUNS: usize = 8;
/// Of more runs that many are looked at, evenly spread.
pub const MOST_RUNS: usize = 2_000;
/// Of more parameters those that most runs have are looked at.
pub const MOST_PARAMS: usize = 100;
/// A forest that tells no more than this part of the variance of runs that it has not seen has learnt nothing.
const LEAST_EXPLAINED: f64 = 0.02;

/// Why a parameter is not looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Out {
    /// All runs have the same.
    Constant,
    /// Nearly each run has a text of its own, such as a path.
    Unique,
    /// It changes only together with another one, which counts for both.
    Together(Arc<str>),
    /// Others are in more runs, and there are too many.
    Rare,
}

impl Out {
    /// Why, as a sentence.
    pub fn sentence(&self) -> String {
        match self {
            Self::Constant => "It is the same in all runs".to_owned(),
            Self::Unique => "Nearly every run has a text of its own".to_owned(),
            Self::Together(other) => format!("It changes only together with {other}, which counts for both"),
            Self::Rare => format!("It is not among the {MOST_PARAMS} parameters that most runs have"),
        }
    }
}

/// How much a parameter matters.
#[derive(Clone, Debug, PartialEq)]
pub struct Share {
    /// The parameter's key in the set.
    pub key: Key,
    /// Its name.
    pub name: Arc<str>,
    /// Its part of all that matters, between 0 and 1; all parts together are 1.
    pub share: f64,
}

/// Which parameters matter for a metric.
#[derive(Clone, Debug, PartialEq)]
pub struct Importance {
    /// The parameters that were looked at, the most important first, then by name.
    pub shares: Vec<Share>,
    /// The others that any of the runs has, by name, and why.
    pub out: Vec<(Arc<str>, Out)>,
    /// How many runs were looked at.
    pub runs: usize,
    /// How many of the given runs were not: those without a finite value of the metric, and those beyond [`MOST_RUNS`].
    pub left_out: usize,
    /// Which part of the variance of the order of runs that it has not seen the forest tells, at most 1.
    pub explained: f64,
}

/// Tells which parameters matter for a metric over some runs of a set, given by their places in any order; a sentence where
/// nothing can be told. The same runs give the same answer.
pub fn importance(set: &RunSet, rows: &[u32], metric: Key) -> Result<Importance, String> {
    let mut rows = rows.to_vec();
    rows.sort_unstable();
    rows.dedup();
    let given = rows.len();
    let mut known: Vec<(u32, f64)> = rows
        .iter()
        .filter_map(|row| {
            let value = set.runs.get(*row as usize)?.metric(metric)?;
            value.is_finite().then_some((*row, value))
        })
        .collect();
    if known.len() < FEWEST_RUNS {
        let count = known.len();
        return Err(format!(
            "Importance needs {FEWEST_RUNS} runs with a value of the metric; here are {count}"
        ));
    }
    if known.len() > MOST_RUNS {
        let all = known.len();
        known = (0..MOST_RUNS).map(|at| known[at * all / MOST_RUNS]).collect();
    }
    let values: Vec<f64> = known.iter().map(|(_, value)| *value).collect();
    if values.iter().all(|value| *value == values[0]) {
        return Err(
            "All these runs have the same value of the metric, so no parameter matters for it".to_owned()
        );
    }
    let rows: Vec<u32> = known.into_iter().map(|(row, _)| row).collect();
    let (columns, out) = columns(set, &rows);
    if columns.is_empty() {
        return Err("No parameter varies over these runs in a way that could be compared".to_owned());
    }
    let (keys, columns): (Vec<Key>, Vec<Column>) = columns.into_iter().unzip();
    let forest::Answer { gains, explained } = forest::answer(&columns, &forest::ranks(&values));
    let sum: f64 = gains.iter().map(|gain| gain.max(0.0)).sum();
    if explained < LEAST_EXPLAINED || sum <= 0.0 {
        return Err("The parameters do not tell how these runs differ by the metric: what was learnt from some says nothing of the others".to_owned());
    }
    let name = |key: Key| Arc::clone(&set.param_keys[key as usize]);
    let shares = keys.iter().zip(&gains).map(|(key, gain)| Share {
        key: *key,
        name: name(*key),
        share: gain.max(0.0) / sum,
    });
    let mut shares: Vec<Share> = shares.collect();
    shares.sort_by(|a, b| b.share.total_cmp(&a.share).then_with(|| a.name.cmp(&b.name)));
    let left_out = given - rows.len();
    Ok(Importance { shares, out, runs: rows.len(), left_out, explained })
}

/// Parameters that are not looked at.
type Outs = Vec<(Arc<str>, Out)>;

/// The parameters to look at, and the others.
fn columns(set: &RunSet, rows: &[u32]) -> (Vec<(Key, Column)>, Outs) {
    let mut counts = vec![0_usize; set.param_keys.len()];
    for (key, _) in rows.iter().flat_map(|row| &set.runs[*row as usize].params) {
        counts[*key as usize] += 1;
    }
    let mut keys: Vec<usize> = (0..counts.len()).filter(|key| counts[*key] > 0).collect();
    keys.sort_by_key(|key| std::cmp::Reverse(counts[*key]));
    let rare = keys.split_off(keys.len().min(MOST_PARAMS));
    keys.sort_unstable();
    let name = |key: usize| Arc::clone(&set.param_keys[key]);
    let mut out: Outs = rare.into_iter().map(|key| (name(key), Out::Rare)).collect();
    let mut columns: Vec<(Key, Column)> = Vec::new();
    for key in keys {
        let texts = rows.iter().map(|row| set.runs[*row as usize].param(key as Key).map(|text| &**text));
        match column::of(&texts.collect::<Vec<_>>()) {
            Made::Constant => out.push((name(key), Out::Constant)),
            Made::Unique => out.push((name(key), Out::Unique)),
            Made::Column(column) => match columns.iter().find(|(_, other)| column.goes_with(other)) {
                Some((other, _)) => out.push((name(key), Out::Together(name(*other as usize)))),
                None => columns.push((key as Key, column)),
            },
        }
    }
    out.sort_by(|(a, _), (b, _)| a.cmp(b));
    (columns, out)
}
