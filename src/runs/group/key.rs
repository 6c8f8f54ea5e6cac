//! Which runs have the same values in some columns.

use std::cmp::Ordering;
use std::collections::HashMap;

use crate::runs::{Field, Key, Run, RunSet};

/// Runs that have the same values in the columns that were asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// The value of each column, as the first run of the group has it; none where its runs have none.
    pub key: Vec<Option<String>>,
    /// Places in [`RunSet::runs`], in the order in which they were given.
    pub rows: Vec<u32>,
}

impl Group {
    /// What it is called, such as `lr 0.1, optimizer adam`, by the columns that it was made by.
    pub fn label(&self, by: &[Field]) -> String {
        let part = |(field, value): (&Field, &Option<String>)| {
            let name = match field {
                Field::Metric(key) | Field::Param(key) | Field::Tag(key) => key.clone(),
                _ => field.word(),
            };
            format!("{name} {}", value.as_deref().unwrap_or("missing"))
        };
        by.iter().zip(&self.key).map(part).collect::<Vec<_>>().join(", ")
    }
}

/// A value as it tells groups apart and as it sorts: numbers, texts, NaN, what is missing.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Value {
    /// The bits of a number, of which there is only one 0.
    Number(u64),
    Text(String),
    NotANumber,
    Missing,
}

impl Value {
    fn rank(&self) -> u8 {
        match self {
            Self::Number(_) => 0,
            Self::Text(_) => 1,
            Self::NotANumber => 2,
            Self::Missing => 3,
        }
    }

    fn order(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Number(own), Self::Number(other)) => {
                f64::from_bits(*own).total_cmp(&f64::from_bits(*other))
            }
            (Self::Text(own), Self::Text(other)) => own.cmp(other),
            _ => self.rank().cmp(&other.rank()),
        }
    }

    fn of_number(value: f64) -> Self {
        // Adding 0 makes -0 the same.
        if value.is_nan() { Self::NotANumber } else { Self::Number((value + 0.0).to_bits()) }
    }

    /// What groups are told apart by, and what is shown of it.
    fn of(field: &Field, key: Option<Key>, set: &RunSet, run: &Run) -> (Self, Option<String>) {
        let has = match field {
            Field::Metric(_) => key.is_some_and(|key| run.metric(key).is_some()),
            Field::Param(_) => key.is_some_and(|key| run.param(key).is_some()),
            Field::Tag(_) => key.is_some_and(|key| run.tag(key).is_some()),
            _ => true,
        };
        let text = if has { field.text(set, run) } else { String::new() };
        let value = match field {
            _ if !has => Self::Missing,
            Field::Metric(_) => key.and_then(|key| run.metric(key)).map_or(Self::Missing, Self::of_number),
            Field::Param(_) | Field::Tag(_) => {
                text.trim().parse().map_or_else(|_| Self::Text(text.clone()), Self::of_number)
            }
            Field::Duration => run.duration().map_or(Self::Missing, |micros| Self::of_number(micros as f64)),
            _ if text.is_empty() => Self::Missing,
            _ => Self::Text(text.clone()),
        };
        let shown = (value != Self::Missing).then_some(text);
        (value, shown)
    }
}

/// Groups of these rows by the values of columns.
///
/// They are sorted by the first column, then the second, and so on: numbers as numbers, then texts, NaN, and what is
/// missing. A parameter or tag that reads as a number is one, so `0.1` and `0.10` are one group. Without columns all rows
/// are one group. Its cost grows with the rows, and with the groups by their order.
pub fn groups(set: &RunSet, rows: &[u32], by: &[Field]) -> Vec<Group> {
    let keys: Vec<Option<Key>> = by.iter().map(|field| field.key(set)).collect();
    let mut places: HashMap<Vec<Value>, usize> = HashMap::new();
    let mut found: Vec<(Vec<Value>, Group)> = Vec::new();
    for row in rows {
        let Some(run) = set.runs.get(*row as usize) else { continue };
        let cells = by.iter().zip(&keys).map(|(field, key)| Value::of(field, *key, set, run));
        let (values, shown): (Vec<Value>, Vec<Option<String>>) = cells.unzip();
        if let Some(place) = places.get(&values) {
            found[*place].1.rows.push(*row);
            continue;
        }
        places.insert(values.clone(), found.len());
        found.push((values, Group { key: shown, rows: vec![*row] }));
    }
    let order = |a: &[Value], b: &[Value]| {
        a.iter().zip(b).map(|(a, b)| a.order(b)).find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
    };
    found.sort_by(|(a, _), (b, _)| order(a, b));
    found.into_iter().map(|(_, group)| group).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runs::{DatasetUse, Experiment, Keys, Status};

    fn set(params: &[&[(&str, &str)]]) -> RunSet {
        let mut keys = [Keys::default(), Keys::default(), Keys::default()];
        let run = |(at, own): (usize, &&[(&str, &str)])| Run {
            params: own.iter().map(|(key, text)| (keys[1].place(key), (*text).into())).collect(),
            ..Run::bare(format!("{at}"))
        };
        let runs = params.iter().enumerate().map(run).collect();
        RunSet::collected(Vec::new(), keys, runs)
    }

    fn shown(set: &RunSet, by: &[Field]) -> Vec<(String, Vec<u32>)> {
        let rows: Vec<u32> = (0..set.runs.len() as u32).rev().collect();
        groups(set, &rows, by).into_iter().map(|group| (group.label(by), group.rows)).collect()
    }

    #[test]
    fn numbers_are_one_group_and_sorted_as_numbers_before_texts_and_what_is_missing() {
        let set = set(&[
            &[("lr", "10")],
            &[("lr", "auto")],
            &[],
            &[("lr", "9")],
            &[("lr", "nan")],
            &[("lr", "0.10")],
            &[("lr", "1e-1")],
            &[("lr", "-0")],
            &[("lr", "0.0")],
            &[("lr", "")],
        ]);
        let expected = [
            ("lr 0.0", vec![8, 7]),
            ("lr 1e-1", vec![6, 5]),
            ("lr 9", vec![3]),
            ("lr 10", vec![0]),
            ("lr ", vec![9]),
            ("lr auto", vec![1]),
            ("lr nan", vec![4]),
            ("lr missing", vec![2]),
        ];
        let expected = expected.map(|(label, rows)| (label.to_owned(), rows));
        assert_eq!(shown(&set, &[Field::Param("lr".to_owned())]), expected);
        assert_eq!(shown(&set, &[]), [(String::new(), (0..10).rev().collect())]);
        assert_eq!(shown(&set, &[Field::Tag("none".to_owned())]).len(), 1);
    }

    #[test]
    fn runs_are_grouped_by_what_every_run_has_and_by_their_datasets() {
        let mut set = set(&[&[], &[], &[]]);
        let used = |name: &str| DatasetUse { name: name.into(), digest: "d1".into(), context: "".into() };
        set.experiments = vec![Experiment { id: "0".to_owned(), name: "first".to_owned() }];
        set.runs[0].datasets = vec![used("b"), used("a")];
        set.runs[2].datasets = vec![used("a"), used("b"), used("a")];
        set.runs[1].status = Status::Failed;
        let by = [Field::Dataset, Field::Experiment, Field::Status];
        let expected = [
            ("dataset a (d1), b (d1), experiment first, status RUNNING".to_owned(), vec![2, 0]),
            ("dataset missing, experiment first, status FAILED".to_owned(), vec![1]),
        ];
        assert_eq!(shown(&set, &by), expected);
    }
}
