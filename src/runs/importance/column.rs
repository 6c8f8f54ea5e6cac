//! A parameter of all runs in few bins: numbers in their order, texts without any, what is missing by itself.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::runs::spelling::canonical;

/// As many bins as a set of them fits one word.
pub const MOST_BINS: usize = 64;
/// Numbers with more values than this share bins.
const NUMBER_BINS: usize = 48;

/// A parameter of all runs.
#[derive(Clone, Debug)]
pub struct Column {
    /// The bin of each run.
    pub bins: Vec<u8>,
    /// How many bins there are, at most [`MOST_BINS`].
    pub count: usize,
    /// Whether bins stand in the order of numbers.
    pub is_ordered: bool,
    /// For each run the number of its value, in the order in which values are met.
    partition: Vec<u32>,
    /// How many values there are.
    values: usize,
}

impl Column {
    /// Whether two parameters only change together, so that nobody can tell them apart: they divide the runs alike, and where
    /// nearly each run has a number of its own these stand in one order, or one is turned round.
    pub fn goes_with(&self, other: &Self) -> bool {
        if self.partition != other.partition {
            return false;
        }
        let turned = || self.bins.iter().zip(&other.bins).all(|(a, b)| usize::from(a + b) + 1 == self.count);
        let in_order = || self.is_ordered && other.is_ordered && (self.bins == other.bins || turned());
        self.values * 2 <= self.partition.len() || in_order()
    }
}

/// What became of a parameter.
pub enum Made {
    /// All runs have the same.
    Constant,
    /// Nearly each run has a text of its own.
    Unique,
    /// A column.
    Column(Column),
}

/// A value that runs can share.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Value<'a> {
    Missing,
    Text(Cow<'a, str>),
}

/// Whether a text says that there is no value, where all others are numbers.
fn is_blank(text: &str) -> bool {
    matches!(text.trim(), "" | "None" | "none" | "null" | "nan" | "NaN")
}

fn finite(text: &str) -> Option<f64> {
    text.trim().parse().ok().filter(|value: &f64| value.is_finite())
}

/// The texts of one parameter in all runs.
pub fn of(texts: &[Option<&str>]) -> Made {
    let mut places: HashMap<Value<'_>, u32> = HashMap::new();
    let mut distinct: Vec<Value<'_>> = Vec::new();
    let partition: Vec<u32> = texts
        .iter()
        .map(|text| {
            let value = text.map_or(Value::Missing, |text| Value::Text(canonical(text)));
            *places.entry(value).or_insert_with_key(|value| {
                distinct.push(value.clone());
                distinct.len() as u32 - 1
            })
        })
        .collect();
    if distinct.len() < 2 {
        return Made::Constant;
    }
    let mut counts = vec![0_usize; distinct.len()];
    for at in &partition {
        counts[*at as usize] += 1;
    }
    let is_number = distinct.iter().all(|value| match value {
        Value::Missing => true,
        Value::Text(text) => is_blank(text) || finite(text).is_some(),
    });
    let has_numbers = distinct.iter().any(|value| matches!(value, Value::Text(text) if !is_blank(text)));
    if is_number && has_numbers {
        return Made::Column(ordered(&distinct, &counts, partition));
    }
    let with: usize = texts.iter().flatten().count();
    let own = distinct.iter().filter(|value| **value != Value::Missing).count();
    if own * 10 >= with * 9 && with > 2 {
        return Made::Unique;
    }
    Made::Column(unordered(&counts, partition))
}

/// Bins of numbers of about the same size in ascending order; what is missing, and what is blank, before all numbers.
fn ordered(distinct: &[Value<'_>], counts: &[usize], partition: Vec<u32>) -> Column {
    let mut bin_of = vec![0_u8; distinct.len()];
    let mut numbers: Vec<(f64, usize)> = Vec::new();
    let is_there = |wanted: &dyn Fn(&Value<'_>) -> bool| u8::from(distinct.iter().any(wanted));
    let missing = is_there(&|value| *value == Value::Missing);
    let blank = is_there(&|value| matches!(value, Value::Text(text) if is_blank(text)));
    for (at, value) in distinct.iter().enumerate() {
        match value {
            Value::Missing => {}
            Value::Text(text) if is_blank(text) => bin_of[at] = missing,
            Value::Text(text) => numbers.extend(finite(text).map(|number| (number, at))),
        }
    }
    numbers.sort_by(|a, b| a.0.total_cmp(&b.0));
    let rows: usize = numbers.iter().map(|(_, at)| counts[*at]).sum();
    let (mut before, mut bin, mut last) = (0, missing + blank, 0);
    for (place, (_, at)) in numbers.iter().enumerate() {
        let slot = if numbers.len() <= NUMBER_BINS { place } else { before * NUMBER_BINS / rows };
        before += counts[*at];
        if slot != last {
            (bin, last) = (bin + 1, slot);
        }
        bin_of[*at] = bin;
    }
    let bins = partition.iter().map(|at| bin_of[*at as usize]).collect();
    Column { bins, count: usize::from(bin) + 1, is_ordered: true, values: distinct.len(), partition }
}

/// A bin for each of the most common texts, and one for all others.
fn unordered(counts: &[usize], partition: Vec<u32>) -> Column {
    let mut order: Vec<usize> = (0..counts.len()).collect();
    order.sort_by_key(|at| std::cmp::Reverse(counts[*at]));
    let mut bin_of = vec![0_u8; counts.len()];
    for (place, at) in order.iter().enumerate() {
        bin_of[*at] = place.min(MOST_BINS - 1) as u8;
    }
    let bins = partition.iter().map(|at| bin_of[*at as usize]).collect();
    Column { bins, count: counts.len().min(MOST_BINS), is_ordered: false, values: counts.len(), partition }
}
