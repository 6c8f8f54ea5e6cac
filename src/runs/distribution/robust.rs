//! The range that most values lie in, for a chart that single outliers do not squeeze.

use crate::runs::Plotted;
use crate::runs::pyramid::first_place;

/// The range from the 5th to the 95th percentile of the finite values, and of all where there are no more than two; none
/// without any. Its cost grows with the values.
///
/// As TensorBoard's "ignore outliers in chart scaling": of the sorted values y₀ … yₙ₋₁ those at ⌈0.05·(n − 1)⌉ and
/// ⌊0.95·(n − 1)⌋ (`computeDataSeriesExtent` in its `line_chart_v2/line_chart_internal_utils.ts`). Of few values both ends
/// may be the same.
pub fn robust_range(values: impl IntoIterator<Item = f64>) -> Option<(f64, f64)> {
    let mut finite: Vec<f64> = values.into_iter().filter(|value| value.is_finite()).collect();
    let last = finite.len().checked_sub(1)?;
    if last < 2 {
        let (first, second) = (finite[0], finite[last]);
        return Some((first.min(second), first.max(second)));
    }
    let low = (0.05 * last as f64).ceil() as usize;
    let high = (0.95 * last as f64).floor() as usize;
    let mut at = |place: usize| *finite.select_nth_unstable_by(place, f64::total_cmp).1;
    Some((at(low), at(high)))
}

/// The same of several curves, of their points between two x, these included.
///
/// Of each at most 1,000 points are looked at, evenly chosen in their order, so that a curve costs the same however long it
/// is; TensorBoard has no more of any.
pub fn robust_range_of<P: Plotted>(curves: &[&P], from: f64, to: f64) -> Option<(f64, f64)> {
    const SAMPLE: usize = 1_000;
    let sample = |curve: &P| {
        let values = curve.values();
        let start = first_place(values.len(), |at| curve.x(at) >= from);
        let end = first_place(values.len(), |at| curve.x(at) > to).max(start);
        let count = end - start;
        let taken = count.min(SAMPLE);
        (0..taken).map(|at| values[start + at * count / taken]).collect::<Vec<f64>>()
    };
    robust_range(curves.iter().flat_map(|curve| sample(curve)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runs::{Point, Series};

    #[test]
    fn single_outliers_do_not_count_and_infinities_never() {
        let mut values: Vec<f64> = (0..100).map(f64::from).collect();
        (values[3], values[60]) = (1e9, f64::INFINITY);
        // Of the 99 finite ones in order, those at places 5 and 93: 3 and 60 are no longer at theirs.
        assert_eq!(robust_range(values), Some((6.0, 95.0)));
        assert_eq!(robust_range([5.0, -1.0]), Some((-1.0, 5.0)));
        assert_eq!(robust_range([f64::NAN]), None);
    }

    #[test]
    fn a_long_curve_is_looked_at_in_a_thousand_places_of_the_window() {
        let curve = |len: i64| {
            let point = |step| Point { step, time: 0, value: step as f64 };
            Series::from_points((0..len).map(point).collect())
        };
        let (long, short) = (curve(1_000_000), curve(11));
        let (low, high) = robust_range_of(&[&long], 100_000.0, 199_999.0).unwrap();
        assert!((low - 105_000.0).abs() < 200.0 && (high - 195_000.0).abs() < 200.0, "{low}, {high}");
        assert_eq!(robust_range_of(&[&short], 0.0, 10.0), Some((1.0, 9.0)));
        assert_eq!(robust_range_of(&[&short, &long], 0.0, 10.0), Some((1.0, 9.0)));
        assert_eq!(robust_range_of(&[&short], 20.0, 30.0), None);
    }
}
