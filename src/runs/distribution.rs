//! How values are spread: percentiles, histograms, boxes, and the range that most of them lie in.

mod boxed;
mod histogram;
mod robust;

pub use boxed::{FiveNumbers, five_numbers};
pub use histogram::{Bins, Histogram, MOST_BINS, histogram};
pub use robust::{robust_range, robust_range_of};

/// A part of the values lies below each answer, by a straight line between the two nearest: what NumPy's `quantile` gives.
///
/// `parts` lie between 0 and 1 and ascend. The values are finite, and left in another order; without values there is no
/// answer. Its cost grows with the values, not with their order.
pub fn quantiles<const N: usize>(values: &mut [f64], parts: [f64; N]) -> Option<[f64; N]> {
    let last = values.len().checked_sub(1)?;
    let mut from = 0;
    Some(parts.map(|part| {
        let place = part.clamp(0.0, 1.0) * last as f64;
        let below = (place.floor() as usize).min(last);
        // What was found before stands where it belongs, and all before it as well.
        let (_, low, above) = values[from..].select_nth_unstable_by(below - from, f64::total_cmp);
        let low = *low;
        let high = above.iter().copied().min_by(f64::total_cmp).unwrap_or(low);
        from = below;
        let part = place - below as f64;
        if !(high - low).is_finite() {
            return low * (1.0 - part) + high * part;
        }
        // From the nearer end, as NumPy does, so that equal ends give themselves.
        if part < 0.5 { low + (high - low) * part } else { high - (high - low) * (1.0 - part) }
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By hand: of 4 values the quarter stands at place 0.75, between the first and the second.
    #[test]
    fn a_quantile_lies_between_the_two_nearest_values() {
        let mut values = [40.0, 10.0, 30.0, 20.0];
        assert_eq!(quantiles(&mut values, [0.0, 0.25, 0.5, 0.75, 1.0]), Some([10.0, 17.5, 25.0, 32.5, 40.0]));
        assert_eq!(quantiles(&mut [7.0], [0.1, 0.9]), Some([7.0, 7.0]));
        assert_eq!(quantiles(&mut [], [0.5]), None);
    }
}
