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
    in_blocks(values, sigma)
}

/// The weights of points 0, 1, 2… away, as far as there can be points. Those on both sides together make 1, so that no sum of
/// numbers becomes an infinity.
fn weights(sigma: f64, len: usize) -> Vec<f64> {
    let radius = ((TRUNCATE * sigma + 0.5) as usize).min(len.saturating_sub(1));
    let mut weights: Vec<f64> =
        (0..=radius).map(|away| (-0.5 * (away as f64 / sigma).powi(2)).exp()).collect();
    let whole = 2.0 * weights.iter().sum::<f64>() - weights[0];
    weights.iter_mut().for_each(|weight| *weight /= whole);
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
    weighted / whole
}

/// The same where the weights are many: of blocks of points, with a straight line between the middles of blocks.
fn in_blocks(values: &[f64], sigma: f64) -> Vec<f64> {
    let len = values.len();
    let wide = ((sigma / GAUSSIAN_DIRECT) as usize).clamp(1, len.max(1));
    let finite =
        |block: &[f64]| block.iter().copied().filter(|value| value.is_finite()).collect::<Vec<f64>>();
    let blocks: Vec<Vec<f64>> = values.chunks(wide).map(finite).collect();
    let part = |sum: f64| sum / wide as f64;
    let counts: Vec<f64> = blocks.iter().map(|block| part(block.len() as f64)).collect();
    let sums: Vec<f64> = blocks.iter().map(|block| block.iter().copied().map(part).sum()).collect();
    let weights = weights(sigma / wide as f64, blocks.len());
    let means: Vec<f64> = (0..blocks.len()).map(|at| mean_at(&sums, &counts, &weights, at)).collect();
    let middle = |block: usize| (block * wide + ((block + 1) * wide).min(len) - 1) as f64 / 2.0;
    let mean = |at: usize| {
        if !values[at].is_finite() {
            return values[at];
        }
        let own = at / wide;
        // The block on the other side of the point, and at an end the one that there is.
        let other = if (at as f64) < middle(own) { own.checked_sub(1) } else { Some(own + 1) };
        let other = other.filter(|other| *other < blocks.len()).unwrap_or(own);
        if other == own || means[other].is_nan() {
            return means[own];
        }
        let part = (at as f64 - middle(own)) / (middle(other) - middle(own));
        means[own] + part * (means[other] - means[own])
    };
    (0..len).map(mean).collect()
}
