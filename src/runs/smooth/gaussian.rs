//! The mean of the points around, weighted by a Gaussian.

use super::GAUSSIAN_DIRECT;

/// Weights are taken as far as this many σ away, as SciPy does.
const TRUNCATE: f64 = 4.0;

/// The mean around each number; what is no number stays. σ is in points and positive.
pub fn smoothed(values: &[f64], sigma: f64) -> Vec<f64> {
    if sigma <= GAUSSIAN_DIRECT {
        let numbers: Vec<f64> =
            values.iter().map(|value| if value.is_finite() { *value } else { 0.0 }).collect();
        let counts: Vec<f64> = values.iter().map(|value| f64::from(value.is_finite())).collect();
        let weights = weights(sigma, values.len());
        let mean = |at: usize| {
            if values[at].is_finite() { mean_at(&numbers, &counts, &weights, at) } else { values[at] }
        };
        return (0..values.len()).map(mean).collect();
    }
    on_a_grid(values, sigma)
}

/// The weights of points 0, 1, 2… away, as far as there can be points. Those on both sides together make ½, so that no sum of
/// numbers becomes an infinity.
fn weights(sigma: f64, len: usize) -> Vec<f64> {
    let radius = ((TRUNCATE * sigma + 0.5) as usize).min(len.saturating_sub(1));
    let mut weights: Vec<f64> =
        (0..=radius).map(|away| (-0.5 * (away as f64 / sigma).powi(2)).exp()).collect();
    let whole = 2.0 * (2.0 * weights.iter().sum::<f64>() - weights[0]);
    for weight in &mut weights {
        *weight /= whole;
    }
    weights
}

/// The weighted sum of the numbers around a place over that of their counts.
fn mean_at(sums: &[f64], counts: &[f64], weights: &[f64], at: usize) -> f64 {
    let radius = weights.len() - 1;
    let before = at.min(radius);
    let behind = (sums.len() - 1 - at).min(radius);
    let (mut weighted, mut whole) = (0.0, 0.0);
    let sides = [(at - before..at, before, true), (at..at + behind + 1, 0, false)];
    for (range, first, is_before) in sides {
        for (step, place) in range.enumerate() {
            let weight = weights[if is_before { first - step } else { step }];
            whole += weight * counts[place];
            weighted += weight * sums[place];
        }
    }
    // Rounding may take the greatest numbers one too far.
    (weighted / whole).clamp(f64::MIN, f64::MAX)
}

/// The same where the weights are many: points are shared out between the two nodes of a coarse grid beside them, in
/// proportion to how near they are (linear binning, Fan and Marron 1994), and means are read off the line between nodes.
fn on_a_grid(values: &[f64], sigma: f64) -> Vec<f64> {
    let wide = ((sigma / GAUSSIAN_DIRECT) as usize).clamp(1, values.len().max(1));
    let nodes = values.len() / wide + 2;
    let place = |at: usize| (at / wide, (at % wide) as f64 / wide as f64);
    let (mut sums, mut counts) = (vec![0.0; nodes], vec![0.0; nodes]);
    // A node gets half a number at the most, so that no sum becomes an infinity.
    let most = 2.0 * wide as f64;
    for (at, value) in values.iter().enumerate().filter(|(_, value)| value.is_finite()) {
        let (node, part) = place(at);
        for (node, share) in [(node, (1.0 - part) / most), (node + 1, part / most)] {
            sums[node] += share * value;
            counts[node] += share;
        }
    }
    let weights = weights(sigma / wide as f64, nodes);
    let means: Vec<f64> = (0..nodes).map(|at| mean_at(&sums, &counts, &weights, at)).collect();
    let mean = |(at, value): (usize, &f64)| {
        let (node, part) = place(at);
        if value.is_finite() { means[node] * (1.0 - part) + means[node + 1] * part } else { *value }
    };
    values.iter().enumerate().map(mean).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// By hand: weights 1, e^−½, e^−2 where σ is 1, and those of the points that exist make up the whole.
    #[test]
    fn near_an_end_and_a_gap_the_weights_of_what_exists_make_up_the_whole() {
        let (near, far) = ((-0.5_f64).exp(), (-2.0_f64).exp());
        let own = smoothed(&[1.0, 5.0, f64::NAN], 1.0);
        assert!((own[0] - (1.0 + 5.0 * near) / (1.0 + near)).abs() < 1e-12);
        assert!(own[2].is_nan());
        let own = smoothed(&[1.0, f64::INFINITY, 4.0], 1.0);
        assert!((own[2] - (4.0 + far) / (1.0 + far)).abs() < 1e-12 && own[1] == f64::INFINITY);
        assert!(smoothed(&[], 40.0).is_empty() && (smoothed(&[3.0], 1e9)[0] - 3.0).abs() < 1e-12);
    }

    #[test]
    fn the_greatest_numbers_have_a_mean() {
        for sigma in [3.0, 80.0] {
            let own = smoothed(&[f64::MAX; 500], sigma);
            assert!(own.iter().all(|value| (value / f64::MAX - 1.0).abs() < 1e-12), "{sigma}");
        }
    }

    /// Every weight for every point.
    fn exact(values: &[f64], sigma: f64) -> Vec<f64> {
        let reach = TRUNCATE * sigma + 0.5;
        let mean = |at: usize| {
            let (mut sum, mut whole) = (0.0, 0.0);
            for (other, value) in values.iter().enumerate().filter(|(_, value)| value.is_finite()) {
                let away = at.abs_diff(other) as f64;
                if away <= reach {
                    let weight = (-0.5 * (away / sigma).powi(2)).exp();
                    (sum, whole) = (sum + weight * value, whole + weight);
                }
            }
            sum / whole
        };
        (0..values.len()).map(|at| if values[at].is_finite() { mean(at) } else { values[at] }).collect()
    }

    fn value() -> impl Strategy<Value = f64> {
        prop_oneof![9 => -1.0..1.0, 1 => Just(f64::NAN)]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(40))]

        #[test]
        fn a_grid_differs_from_every_weight_by_less_than_is_told(
            values in prop::collection::vec(value(), 1..1_500),
            sigma in 33.0..400.0_f64,
        ) {
            for (own, exact) in smoothed(&values, sigma).iter().zip(exact(&values, sigma)) {
                let is_same = own.to_bits() == exact.to_bits() || (own - exact).abs() < 2.0 / 1_000.0;
                prop_assert!(is_same, "{own} is not {exact}");
            }
        }

        /// A step of the height of the whole range is the worst that there is.
        #[test]
        fn so_does_that_of_a_step(len in 2_usize..1_500, at in 0.0..1.0_f64, sigma in 33.0..400.0_f64) {
            let step = (len as f64 * at) as usize;
            let values: Vec<f64> = (0..len).map(|at| f64::from(at >= step)).collect();
            for (own, exact) in smoothed(&values, sigma).iter().zip(exact(&values, sigma)) {
                prop_assert!((own - exact).abs() < 1.0 / 1_000.0, "{own} is not {exact}");
            }
        }
    }
}
