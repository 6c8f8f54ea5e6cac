//! Smoothing of a series, by the formulas that other programs have.
//!
//! All kinds are taken over the points in their order, however far apart their steps are, and leave NaN and infinities where
//! they are: what is no number is neither changed nor taken into account, as TensorBoard has it.

mod gaussian;
mod running_mean;

use super::Series;

/// How a series is smoothed.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Smoothing {
    /// Not at all.
    #[default]
    None,
    /// The exponential moving average of TensorBoard, by its weight: from 0, which changes nothing, to 0.999.
    ///
    /// With the n-th number yₙ: sₙ = w·sₙ₋₁ + (1 − w)·yₙ, s₀ = 0, and what is drawn is sₙ / (1 − wⁿ), which takes away the
    /// bias towards 0 (`classicSmoothing` in TensorBoard's `line_chart_v2/data_transformer.ts`). A series of one value
    /// throughout stays as it is. The same as `ewm(alpha=1-w, adjust=True, ignore_na=True).mean()` of pandas.
    Ema(f64),
    /// The mean of the points around, each weighted by exp(−d² / 2σ²) where d is how many points it is away and σ the number
    /// here, up to 4σ away: Weights & Biases' "Gaussian smoothing", and inside of a series `gaussian_filter1d` of SciPy.
    ///
    /// At the ends, and beside what is no number, the weights of the points that exist make up the whole. With σ beyond
    /// [`GAUSSIAN_DIRECT`] the mean is computed on a grid about that many times finer than σ, and is straight between its
    /// nodes: this differs from the exact mean by less than a thousandth of the range of the values.
    Gaussian(f64),
    /// The mean of so many points, as many before as behind (one more before where the number is even), and fewer at the
    /// ends: `rolling(window, center=True, min_periods=1).mean()` of pandas.
    RunningMean(usize),
}

/// The greatest σ in points for which every weight is computed for every point.
pub const GAUSSIAN_DIRECT: f64 = 32.0;

/// The greatest weight of [`Smoothing::Ema`].
pub const EMA_MOST: f64 = 0.999;

impl Smoothing {
    /// Whether it changes nothing, whatever the values are.
    pub fn is_none(self) -> bool {
        match self {
            Self::None => true,
            Self::Ema(weight) => weight.is_nan() || weight <= 0.0,
            Self::Gaussian(sigma) => sigma.is_nan() || sigma <= 0.0,
            Self::RunningMean(window) => window <= 1,
        }
    }

    /// As many values. Numbers out of range are taken for the nearest in it, and what is no number for no smoothing.
    ///
    /// Its cost grows with the values alone, times at most 8 × [`GAUSSIAN_DIRECT`] for [`Smoothing::Gaussian`].
    pub fn values(self, values: &[f64]) -> Vec<f64> {
        if self.is_none() {
            return values.to_vec();
        }
        match self {
            Self::None => values.to_vec(),
            Self::Ema(weight) => ema(values, weight.min(EMA_MOST)),
            Self::Gaussian(sigma) => gaussian::smoothed(values, sigma),
            Self::RunningMean(window) => running_mean::smoothed(values, window),
        }
    }
}

fn ema(values: &[f64], weight: f64) -> Vec<f64> {
    let is_constant = values.first().is_some_and(|first| values.iter().all(|value| value == first));
    if is_constant {
        return values.to_vec();
    }
    let (mut last, mut numbers) = (0.0, 0.0);
    let mut debias = 0.0;
    let mut smooth = |value: f64| {
        if !value.is_finite() {
            return value;
        }
        last = last * weight + (1.0 - weight) * value;
        numbers += 1.0;
        // It only grows; once it is 1 it stays that.
        if debias < 1.0 {
            debias = 1.0 - f64::powf(weight, numbers);
        }
        last / debias
    };
    values.iter().map(|value| smooth(*value)).collect()
}

impl Series {
    /// The same steps and times with smoothed values, of all points.
    pub fn smoothed(&self, smoothing: Smoothing) -> Self {
        Self { values: smoothing.values(&self.values), ..self.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(own: &[f64], expected: &[f64]) {
        assert_eq!(own.len(), expected.len());
        for (own, expected) in own.iter().zip(expected) {
            let is_same = own.to_bits() == expected.to_bits() || (own - expected).abs() < 1e-12;
            assert!(is_same, "{own} is not {expected}");
        }
    }

    /// By hand: s₁ = 0.5·2 = 1, over 1 − 0.5; s₂ = 0.5·1 + 0.5·4 = 2.5, over 1 − 0.25; s₃ = 0.5·2.5 + 0.5·6 = 4.25, over 0.875.
    #[test]
    fn the_first_values_of_an_average_are_not_drawn_to_nothing() {
        let values = [2.0, f64::NAN, 4.0, f64::INFINITY, 6.0];
        let expected = [2.0, f64::NAN, 2.5 / 0.75, f64::INFINITY, 4.25 / 0.875];
        close(&Smoothing::Ema(0.5).values(&values), &expected);
    }

    #[test]
    fn one_value_throughout_stays_what_it_is() {
        assert_eq!(Smoothing::Ema(0.9).values(&[0.1; 50]), [0.1; 50]);
        assert_eq!(Smoothing::Ema(0.9).values(&[]), [0.0; 0]);
    }

    /// By hand, over two points before and one behind: pandas puts an even window so.
    #[test]
    fn a_running_mean_has_as_many_points_before_as_behind() {
        let values = [1.0, 2.0, 6.0, 7.0, 14.0];
        close(&Smoothing::RunningMean(3).values(&values), &[1.5, 3.0, 5.0, 9.0, 10.5]);
        close(&Smoothing::RunningMean(4).values(&values), &[1.5, 3.0, 4.0, 7.25, 9.0]);
        close(&Smoothing::RunningMean(99).values(&values), &[6.0; 5]);
        let gaps = [1.0, f64::NAN, 5.0, f64::NEG_INFINITY, 9.0];
        close(&Smoothing::RunningMean(3).values(&gaps), &[1.0, f64::NAN, 5.0, f64::NEG_INFINITY, 9.0]);
        close(&Smoothing::RunningMean(5).values(&gaps), &[3.0, f64::NAN, 5.0, f64::NEG_INFINITY, 7.0]);
    }

    /// Sums that are taken from each other would keep the error of a number that is long out of the window.
    #[test]
    fn a_huge_number_is_forgotten_behind_its_window() {
        let mut values = vec![1.0; 60];
        values[10] = 1e300;
        let mean = Smoothing::RunningMean(5).values(&values);
        assert!(mean[..8].iter().chain(&mean[13..]).all(|value| *value == 1.0), "{mean:?}");
        let greatest = [f64::MAX, f64::MAX, -f64::MAX, f64::MAX];
        assert!(Smoothing::RunningMean(3).values(&greatest).iter().all(|value| value.is_finite()));
        assert_eq!(Smoothing::RunningMean(3).values(&greatest)[0], f64::MAX);
    }

    #[test]
    fn what_is_out_of_range_is_the_nearest_or_nothing() {
        let values = [1.0, 5.0, 2.0];
        for none in [
            Smoothing::None,
            Smoothing::Ema(0.0),
            Smoothing::Ema(-1.0),
            Smoothing::Ema(f64::NAN),
            Smoothing::Gaussian(0.0),
            Smoothing::Gaussian(f64::NAN),
            Smoothing::RunningMean(0),
            Smoothing::RunningMean(1),
        ] {
            assert!(none.is_none());
            assert_eq!(none.values(&values), values, "{none:?}");
        }
        assert_eq!(Smoothing::Ema(1.0).values(&values), Smoothing::Ema(EMA_MOST).values(&values));
    }
}
