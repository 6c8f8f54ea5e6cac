//! A series ready to be drawn at any zoom.

use super::{Pyramid, Series};

/// A series, the same reduced for drawing, and what is odd in it. Made once, off the thread that draws.
#[derive(Clone, Debug)]
pub struct Curve {
    series: Series,
    pyramid: Pyramid,
    repeated: usize,
    /// How many points there are of which those of the series are some; none where it has all.
    thinned_of: Option<usize>,
}

impl Curve {
    /// Reduces a series; its cost grows with the points.
    pub fn new(series: Series) -> Self {
        let pyramid = Pyramid::build(&series);
        let repeated = series.repeated_steps(0);
        Self { series, pyramid, repeated, thinned_of: None }
    }

    /// The same, thinned where it has more points than `most`: see [`Series::thinned`].
    pub fn of_at_most(series: Series, most: usize) -> Self {
        if series.len() <= most {
            return Self::new(series);
        }
        Self::of_thinned(series.thinned(), series.len(), series.repeated_steps(0))
    }

    /// Of a series that was thinned before: how many points there are in all, and how many of those repeat a step.
    pub fn of_thinned(thin: Series, points: usize, repeated: usize) -> Self {
        let pyramid = Pyramid::build(&thin);
        Self { series: thin, pyramid, repeated, thinned_of: Some(points) }
    }

    /// How many points there are in all.
    pub fn points(&self) -> usize {
        self.thinned_of.unwrap_or(self.series.len())
    }

    /// Whether only some of the points are here, which is the same to look at from afar.
    pub fn is_thinned(&self) -> bool {
        self.thinned_of.is_some()
    }

    /// The points, or some of them where it is thinned.
    pub fn series(&self) -> &Series {
        &self.series
    }

    /// The same reduced.
    pub fn pyramid(&self) -> &Pyramid {
        &self.pyramid
    }

    /// How many points have the same step as another.
    pub fn repeated(&self) -> usize {
        self.repeated
    }

    /// Whether more points cost as much as they are: either they belong at the end, or there are too few of all
    /// for it to matter.
    pub fn takes_cheaply(&self, tail: &Series) -> bool {
        /// Sorting and reducing these takes about a millisecond.
        const FEW: usize = 20_000;
        self.series.len() + tail.len() <= FEW || self.series.is_followed_by(tail)
    }

    /// Takes in more points, of whatever steps.
    pub fn append(&mut self, tail: &Series) {
        let before = self.series.len();
        self.thinned_of = self.thinned_of.map(|points| points + tail.len());
        let repeated = self.repeated;
        if self.series.append(tail) {
            self.pyramid.append(&self.series);
            self.repeated += self.series.repeated_steps(before);
        } else {
            self.pyramid = Pyramid::build(&self.series);
            self.repeated = self.series.repeated_steps(0);
        }
        if self.is_thinned() {
            // Most of those that repeat a step are not here.
            self.repeated = self.repeated.max(repeated);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runs::Point;

    fn series(steps: impl IntoIterator<Item = i64>) -> Series {
        let point = |step| Point { step, time: 0, value: step as f64 };
        Series::from_points(steps.into_iter().map(point).collect())
    }

    /// Whatever the pieces and their order: the curve is that of all points read at once.
    #[test]
    fn appended_pieces_make_the_curve_of_the_whole() {
        let pieces = [vec![5, 6, 6], vec![], vec![7, 9], vec![-3, 6], (10..400).collect(), vec![8, 500]];
        let mut curve = Curve::new(Series::default());
        let mut all = Vec::new();
        for piece in pieces {
            curve.append(&series(piece.clone()));
            all.extend(piece);
            let whole = Curve::new(series(all.clone()));
            assert_eq!((curve.series(), curve.repeated()), (whole.series(), whole.repeated()));
            for pixels in [3, 40] {
                let select = |curve: &Curve| curve.pyramid().select(curve.series(), -10.0, 600.0, pixels);
                assert_eq!(select(&curve), select(&whole));
            }
        }
    }

    #[test]
    fn a_thinned_curve_knows_what_it_stands_for_and_grows() {
        let whole = series((0..10_000).chain([77, 77]));
        assert!(!Curve::of_at_most(whole.clone(), 10_002).is_thinned());
        let mut curve = Curve::of_at_most(whole, 5_000);
        assert_eq!((curve.is_thinned(), curve.points(), curve.repeated()), (true, 10_002, 2));
        assert!(curve.series().len() <= 7 * 157);
        let before = curve.series().len();
        curve.append(&series([10_000, 10_001]));
        curve.append(&series([5]));
        assert_eq!((curve.points(), curve.series().len(), curve.repeated()), (10_005, before + 3, 2));
    }

    #[test]
    fn late_points_are_cheap_only_where_there_are_few() {
        let short = Curve::new(series(0..100));
        let long = Curve::new(series(0..30_000));
        assert!(short.takes_cheaply(&series([-1])) && short.takes_cheaply(&series([100])));
        assert!(!long.takes_cheaply(&series([-1])) && long.takes_cheaply(&series([30_000])));
    }
}
