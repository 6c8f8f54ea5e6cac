//! A series ready to be drawn at any zoom.

use super::{Pyramid, Series};

/// A series, the same reduced for drawing, and what is odd in it. Made once, off the thread that draws.
#[derive(Clone, Debug)]
pub struct Curve {
    series: Series,
    pyramid: Pyramid,
    repeated: usize,
}

impl Curve {
    /// Reduces a series; its cost grows with the points.
    pub fn new(series: Series) -> Self {
        let pyramid = Pyramid::build(&series);
        let repeated = series.repeated_steps(0);
        Self { series, pyramid, repeated }
    }

    /// The points.
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
        if self.series.append(tail) {
            self.pyramid.append(&self.series);
            self.repeated += self.series.repeated_steps(before);
        } else {
            self.pyramid = Pyramid::build(&self.series);
            self.repeated = self.series.repeated_steps(0);
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
    fn late_points_are_cheap_only_where_there_are_few() {
        let short = Curve::new(series(0..100));
        let long = Curve::new(series(0..30_000));
        assert!(short.takes_cheaply(&series([-1])) && short.takes_cheaply(&series([100])));
        assert!(!long.takes_cheaply(&series([-1])) && long.takes_cheaply(&series([30_000])));
    }
}
