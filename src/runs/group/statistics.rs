//! What a metric is like in a group of runs: the figures of pandas' `groupby().agg()`.

use crate::runs::distribution::quantiles;
use crate::runs::{Key, RunSet, student_t};

/// The figures of some values. A figure is none where pandas has NaN: all of them without a value, the deviation and what is
/// made of it with fewer than two, and what infinities leave undefined.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Statistics {
    /// How many values count: all but NaN, which is skipped as pandas does (`skipna`).
    pub count: usize,
    /// How many values are NaN.
    pub nan: usize,
    /// How many runs have none.
    pub missing: usize,
    /// The mean.
    pub mean: Option<f64>,
    /// The standard deviation of a sample: √(Σ(yᵢ − ȳ)² / (n − 1)).
    pub std: Option<f64>,
    /// The standard error of the mean: the deviation over √n.
    pub stderr: Option<f64>,
    /// The least value.
    pub min: Option<f64>,
    /// The greatest value.
    pub max: Option<f64>,
    /// The middle value, or the mean of the two middle ones.
    pub median: Option<f64>,
    /// The interval that covers the mean of all such runs in 95 of 100 samples, where their values are normally distributed:
    /// ȳ ± t₀.₉₇₅, ₙ₋₁ times the standard error (Student 1908).
    pub ci95: Option<(f64, f64)>,
}

/// The figures of the values of runs; none for a run that has no value. Their cost grows with the values.
pub fn statistics(values: impl IntoIterator<Item = Option<f64>>) -> Statistics {
    let mut found = Statistics::default();
    let mut numbers = Vec::new();
    for value in values {
        match value {
            None => found.missing += 1,
            Some(value) if value.is_nan() => found.nan += 1,
            Some(value) => numbers.push(value),
        }
    }
    found.count = numbers.len();
    if numbers.is_empty() {
        return found;
    }
    found.min = numbers.iter().copied().min_by(f64::total_cmp);
    found.max = numbers.iter().copied().max_by(f64::total_cmp);
    found.mean = defined(mean(&numbers));
    if let (Some(mean), 2..) = (found.mean.filter(|mean| mean.is_finite()), found.count) {
        let degrees = (found.count - 1) as f64;
        let std = (numbers.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / degrees).sqrt();
        let stderr = std / (found.count as f64).sqrt();
        let reach = student_t::quantile(0.975, degrees) * stderr;
        (found.std, found.stderr) = (defined(std), defined(stderr));
        found.ci95 = defined(reach).map(|reach| (mean - reach, mean + reach));
    }
    found.median = median(&mut numbers).and_then(defined);
    found
}

fn defined(value: f64) -> Option<f64> {
    (!value.is_nan()).then_some(value)
}

/// The mean, with what rounding takes from the sum given back at its end (Neumaier 1974).
pub(super) fn mean(numbers: &[f64]) -> f64 {
    let (mut sum, mut lost) = (0.0_f64, 0.0);
    for value in numbers {
        let next = sum + value;
        lost += if sum.abs() >= value.abs() { (sum - next) + value } else { (value - next) + sum };
        sum = next;
    }
    let whole = if sum.is_finite() { sum + lost } else { sum };
    whole / numbers.len() as f64
}

fn median(numbers: &mut [f64]) -> Option<f64> {
    if numbers.iter().all(|value| value.is_finite()) {
        return quantiles(numbers, [0.5]).map(|[median]| median);
    }
    // Between two infinities of one sign there is no line, but a mean.
    numbers.sort_by(f64::total_cmp);
    let (low, high) = (numbers[(numbers.len() - 1) / 2], numbers[numbers.len() / 2]);
    Some(if low == high { low } else { low / 2.0 + high / 2.0 })
}

impl super::Group {
    /// The figures of a metric's latest values in this group.
    pub fn statistics(&self, set: &RunSet, metric: Key) -> Statistics {
        statistics(self.rows.iter().map(|row| set.runs.get(*row as usize)?.metric(metric)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By hand: the deviations from 5 are −3, 0 and 3, so s² = 18 / 2; t₀.₉₇₅ with 2 degrees is 4.30265272974946.
    #[test]
    fn figures_skip_what_is_no_number_and_count_it() {
        let own = statistics([Some(2.0), None, Some(8.0), Some(f64::NAN), Some(5.0), None]);
        assert_eq!((own.count, own.nan, own.missing), (3, 1, 2));
        assert_eq!((own.mean, own.std, own.median), (Some(5.0), Some(3.0), Some(5.0)));
        assert_eq!((own.min, own.max, own.stderr), (Some(2.0), Some(8.0), Some(3.0 / 3.0_f64.sqrt())));
        let (low, high) = own.ci95.unwrap();
        let reach = 4.302_652_729_749_46 * 3.0 / 3.0_f64.sqrt();
        assert!((low - (5.0 - reach)).abs() < 1e-12 && (high - (5.0 + reach)).abs() < 1e-12);
    }

    #[test]
    fn one_value_has_no_deviation_and_no_value_nothing() {
        let one = statistics([Some(7.0)]);
        assert_eq!((one.count, one.mean, one.median), (1, Some(7.0), Some(7.0)));
        assert_eq!((one.std, one.stderr, one.ci95), (None, None, None));
        assert_eq!(statistics([None]), Statistics { missing: 1, ..Statistics::default() });
    }

    /// A sum of these in doubles is 0.
    #[test]
    fn a_mean_does_not_lose_what_is_small() {
        assert_eq!(statistics([1e100, 3.0, -1e100].map(Some)).mean, Some(1.0));
    }
}
