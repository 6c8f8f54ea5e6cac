//! A series with fewer points that draws as the whole does: of every stretch of points what M4 keeps (Jugel et al., VLDB
//! 2014), and what M4 has no word for.

use super::Series;

/// How many points of a series stand for what is thinned of them.
pub const STRETCH: usize = 64;

impl Series {
    /// Of every [`STRETCH`] points the first, the last, the least, the greatest, the first NaN and the first infinity of each
    /// sign: true points, in their order, at most 7 of each stretch. So no spike, gap or infinity is lost, and where a
    /// stretch is no wider than a pixel the picture is the same.
    pub fn thinned(&self) -> Self {
        let mut thin = Self { left_out: self.left_out, beyond: self.beyond, ..Self::default() };
        for start in (0..self.len()).step_by(STRETCH) {
            let end = (start + STRETCH).min(self.len());
            let values = &self.values[start..end];
            let first_where = |fits: fn(f64) -> bool| values.iter().position(|value| fits(*value));
            let extreme = |is_better: fn(f64, f64) -> bool| {
                let finite = values.iter().enumerate().filter(|(_, value)| value.is_finite());
                let better = |best: Option<(usize, f64)>, (at, value): (usize, &f64)| match best {
                    Some((_, than)) if !is_better(*value, than) => best,
                    _ => Some((at, *value)),
                };
                finite.fold(None, better).map(|(at, _)| at)
            };
            let mut kept = [
                Some(0),
                Some(values.len() - 1),
                extreme(|value, than| value < than),
                extreme(|value, than| value > than),
                first_where(f64::is_nan),
                first_where(|value| value == f64::NEG_INFINITY),
                first_where(|value| value == f64::INFINITY),
            ];
            kept.sort_unstable();
            let mut last = None;
            for at in kept.into_iter().flatten().filter(|at| last.replace(*at) != Some(*at)) {
                thin.steps.push(self.steps[start + at]);
                thin.times.push(self.times[start + at]);
                thin.values.push(self.values[start + at]);
            }
        }
        thin
    }

    /// How many points have steps between two bounds, these included.
    pub fn count_between(&self, from: f64, to: f64) -> usize {
        let start = self.steps.partition_point(|step| (*step as f64) < from);
        self.steps.partition_point(|step| *step as f64 <= to).saturating_sub(start)
    }

    /// The points of the steps `from..=to`, and one more on each side so that a line goes on to the edge.
    pub fn between(&self, from: i64, to: i64) -> Self {
        let start = self.steps.partition_point(|step| *step < from).saturating_sub(1);
        let end = (self.steps.partition_point(|step| *step <= to) + 1).min(self.len()).max(start);
        Self {
            steps: self.steps[start..end].to_vec(),
            times: self.times[start..end].to_vec(),
            values: self.values[start..end].to_vec(),
            ..Self::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::runs::{Point, Pyramid};

    fn series(values: &[f64]) -> Series {
        let points = values.iter().zip(0..).map(|(value, step)| Point { step, time: 0, value: *value });
        Series::from_points(points.collect())
    }

    fn value() -> impl Strategy<Value = f64> {
        prop_oneof![8 => -1e3..1e3, 1 => Just(f64::NAN), 1 => Just(f64::INFINITY), 1 => Just(f64::NEG_INFINITY)]
    }

    proptest! {
        /// Where a column is as wide as some stretches, the extremes and marks of each are those of all points.
        #[test]
        fn the_picture_is_that_of_all_points(values in prop::collection::vec(value(), 1..4_000), wide in 1_usize..5) {
            let whole = series(&values);
            let thin = whole.thinned();
            let points: Vec<_> = thin.points().map(|point| (point.step, point.value.to_bits())).collect();
            prop_assert!(points.is_sorted_by(|a, b| a.0 < b.0));
            prop_assert!(points.iter().all(|(step, bits)| values[*step as usize].to_bits() == *bits));
            prop_assert!(thin.len() <= 7 * whole.len().div_ceil(STRETCH));
            let pixels = whole.len().div_ceil(STRETCH * wide);
            let to = (pixels * STRETCH * wide) as f64;
            let (all, few) = (Pyramid::build(&whole), Pyramid::build(&thin));
            prop_assert_eq!(all.value_range(&whole), few.value_range(&thin));
            let extremes = |selection: &crate::runs::pyramid::Selection| {
                let mut columns = std::collections::BTreeMap::new();
                for (step, value) in selection.stretches.iter().flatten() {
                    let column = (*step / (STRETCH * wide) as f64) as i64;
                    let (least, greatest) = columns.entry(column).or_insert((*value, *value));
                    (*least, *greatest) = (least.min(*value), greatest.max(*value));
                }
                columns
            };
            let drawn = |pyramid: &Pyramid, series: &Series| extremes(&pyramid.select(series, 0.0, to - 1e-9, pixels));
            prop_assert_eq!(drawn(&all, &whole), drawn(&few, &thin));
            let infinities = |selection: crate::runs::pyramid::Selection| -> Vec<(i64, bool)> {
                let column = |step: f64| (step / (STRETCH * wide) as f64) as i64;
                selection.infinities.into_iter().map(|(step, sign)| (column(step), sign)).collect()
            };
            let [all_marks, few_marks] = [
                infinities(all.select(&whole, 0.0, to - 1e-9, pixels)),
                infinities(few.select(&thin, 0.0, to - 1e-9, pixels)),
            ];
            let sorted = |mut marks: Vec<(i64, bool)>| { marks.sort_unstable(); marks };
            prop_assert_eq!(sorted(all_marks), sorted(few_marks));
        }
    }

    #[test]
    fn one_step_among_a_million_survives() {
        let mut values = vec![0.25; 1_000_000];
        values[654_321] = 9.0;
        values[123_456] = f64::NAN;
        let thin = series(&values).thinned();
        assert!(thin.len() < 40_000, "{}", thin.len());
        assert!(thin.points().any(|point| (point.step, point.value) == (654_321, 9.0)));
        assert!(thin.points().any(|point| point.step == 123_456 && point.value.is_nan()));
    }

    #[test]
    fn a_window_has_its_points_and_one_on_each_side() {
        let whole = series(&[0.0; 20]);
        assert_eq!(whole.between(5, 7).steps, [4, 5, 6, 7, 8]);
        assert_eq!(whole.between(-9, 0).steps, [0, 1]);
        assert_eq!(whole.between(19, 40).steps, [18, 19]);
        assert_eq!(whole.between(30, 40).steps, [19]);
        assert!(Series::default().between(0, 9).is_empty());
    }
}
