//! What the values of all metrics and parameters are like in some rows: found in one walk over the runs, each of which has its
//! values beside each other.

use std::sync::Arc;

use crate::runs::{Key, Run, RunSet, cell};

/// What the values of one key are like.
#[derive(Clone, Copy, Debug)]
struct Seen<T> {
    first: Option<T>,
    is_same: bool,
    count: usize,
    least: f64,
    greatest: f64,
    is_text: bool,
}

impl<T: PartialEq> Seen<T> {
    const NONE: Self = Self {
        first: None,
        is_same: true,
        count: 0,
        least: f64::INFINITY,
        greatest: f64::NEG_INFINITY,
        is_text: false,
    };

    fn take(&mut self, value: T) {
        self.count += 1;
        if self.first.is_none() {
            self.first = Some(value);
        } else if self.is_same && self.first.as_ref() != Some(&value) {
            self.is_same = false;
        }
    }

    fn number(&mut self, value: f64) {
        if value.is_finite() {
            (self.least, self.greatest) = (self.least.min(value), self.greatest.max(value));
        }
    }

    /// Whether all rows have the same, or none has any. Of a single row everything is the same.
    fn is_constant(&self, rows: usize) -> bool {
        rows > 1 && self.is_same && (self.count == rows || self.count == 0)
    }

    fn range(&self) -> Option<(f64, f64)> {
        (!self.is_text && self.least < self.greatest).then_some((self.least, self.greatest))
    }
}

/// What all values are like.
pub(super) struct Scan<'a> {
    rows: usize,
    metrics: Vec<Seen<u64>>,
    params: Vec<Seen<&'a Arc<str>>>,
}

impl<'a> Scan<'a> {
    /// Of the runs at some places; `reads_numbers` tells of which parameters the range is asked for, since reading texts as
    /// numbers is what costs.
    pub fn of(set: &'a RunSet, rows: &[u32], reads_numbers: impl Fn(Key) -> bool) -> Self {
        let mut found = Self {
            rows: rows.len(),
            metrics: vec![Seen::NONE; set.metric_keys.len()],
            params: vec![Seen::NONE; set.param_keys.len()],
        };
        let is_read: Vec<bool> = (0..set.param_keys.len()).map(|key| reads_numbers(key as Key)).collect();
        for run in rows.iter().filter_map(|row| set.runs.get(*row as usize)) {
            found.add(run, &is_read);
        }
        found
    }

    fn add(&mut self, run: &'a Run, is_read: &[bool]) {
        for (key, value) in &run.metrics {
            if let Some(seen) = self.metrics.get_mut(*key as usize) {
                seen.take(value.to_bits());
                seen.number(*value);
            }
        }
        for (key, text) in &run.params {
            let Some(seen) = self.params.get_mut(*key as usize) else { continue };
            seen.take(text);
            // A parameter with one text among its numbers is a text.
            if !seen.is_text && is_read[*key as usize] {
                match cell::number(text) {
                    Some(value) => seen.number(value),
                    None => seen.is_text = !cell::is_blank(text),
                }
            }
        }
    }

    /// Whether a metric is the same in all rows.
    pub fn has_constant_metric(&self, key: Key) -> bool {
        self.metrics.get(key as usize).is_some_and(|seen| seen.is_constant(self.rows))
    }

    /// Whether a parameter is the same in all rows.
    pub fn has_constant_param(&self, key: Key) -> bool {
        self.params.get(key as usize).is_some_and(|seen| seen.is_constant(self.rows))
    }

    /// Least and greatest finite value of a metric, unless they are the same.
    pub fn metric_range(&self, key: Key) -> Option<(f64, f64)> {
        self.metrics.get(key as usize)?.range()
    }

    /// The same of a parameter whose numbers were read.
    pub fn param_range(&self, key: Key) -> Option<(f64, f64)> {
        self.params.get(key as usize)?.range()
    }
}
