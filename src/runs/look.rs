//! A series as a chart wants it: over an axis of its choice, smoothed, reduced for drawing.

use super::{Curve, Plotted as _, Pyramid, Series, Smoothing, Trace, XAxis};

/// How a chart wants its series.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Look {
    /// What they are drawn over.
    pub x: XAxis,
    /// How they are smoothed.
    pub smoothing: Smoothing,
}

impl Look {
    /// Whether series are drawn as they were logged.
    pub fn is_plain(&self) -> bool {
        self.x == XAxis::Step && self.smoothing.is_none()
    }
}

/// A trace, and the same reduced for drawing.
#[derive(Clone, Debug, Default)]
pub struct Line {
    /// The points.
    pub trace: Trace,
    /// The same reduced.
    pub pyramid: Pyramid,
}

impl Line {
    fn new(trace: Trace) -> Self {
        Self { pyramid: Pyramid::build(&trace), trace }
    }
}

/// A series in some look. Made once, off the thread that draws.
#[derive(Clone, Debug)]
pub struct Looked {
    /// What is drawn.
    pub line: Line,
    /// The same before it was smoothed, where it was, to be drawn behind.
    pub raw: Option<Line>,
    /// How many points there are of which those of the line are some; none where it has all.
    pub thinned_of: Option<usize>,
}

impl Looked {
    /// A series in a look, thinned where it has more points than `most`.
    ///
    /// Smoothing needs all points, so `series` is the whole. `start` and `other` are what [`Series::over`] takes. The cost
    /// grows with the points.
    pub fn of(
        series: &Series,
        look: &Look,
        (start, other): (Option<i64>, Option<&Series>),
        most: usize,
    ) -> Self {
        let len = series.len();
        let thinned = |series: Series| if len > most { series.thinned() } else { series };
        let over = |series: &Series| Line::new(series.over(&look.x, start, other));
        let thinned_of = (len > most).then_some(len);
        if look.smoothing.is_none() {
            return Self { line: over(&thinned(series.clone())), raw: None, thinned_of };
        }
        let line = over(&thinned(series.smoothed(look.smoothing)));
        Self { line, raw: Some(over(&thinned(series.clone()))), thinned_of }
    }

    /// Whether a look can be had from what is here of a series: what is thinned cannot be smoothed.
    pub fn needs_all_points(curve: &Curve, look: &Look) -> bool {
        curve.is_thinned() && !look.smoothing.is_none()
    }

    /// Least and greatest x; none where there is no point.
    pub fn range(&self) -> Option<(f64, f64)> {
        let trace = &self.line.trace;
        let last = trace.values().len().checked_sub(1)?;
        Some((trace.x(0), trace.x(last)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runs::Point;

    fn series(len: i64) -> Series {
        let point = |step: i64| Point { step, time: step * 2_000_000, value: (step % 7) as f64 };
        Series::from_points((0..len).map(point).collect())
    }

    /// By hand: the mean of three around, two at the ends.
    #[test]
    fn what_is_smoothed_keeps_the_raw_behind_it_over_the_same_axis() {
        let look = Look { x: XAxis::Relative, smoothing: Smoothing::RunningMean(3) };
        let looked = Looked::of(&series(4), &look, (None, None), 100);
        assert_eq!(looked.line.trace.x, [0.0, 2.0, 4.0, 6.0]);
        assert_eq!(looked.line.trace.values, [0.5, 1.0, 2.0, 2.5]);
        assert_eq!(
            looked.raw.as_ref().map(|raw| raw.trace.values.as_slice()),
            Some([0.0, 1.0, 2.0, 3.0].as_slice())
        );
        assert_eq!((looked.range(), looked.thinned_of), (Some((0.0, 6.0)), None));
        assert!(!look.is_plain() && Look::default().is_plain());
    }

    /// Of a long series smoothing takes all points, then those are thinned.
    #[test]
    fn a_long_series_is_smoothed_before_it_is_thinned() {
        let look = Look { x: XAxis::Step, smoothing: Smoothing::RunningMean(7) };
        let looked = Looked::of(&series(70_000), &look, (None, None), 10_000);
        assert_eq!(looked.thinned_of, Some(70_000));
        let inside = looked.line.trace.x.iter().zip(&looked.line.trace.values);
        let inside: Vec<f64> =
            inside.filter(|(x, _)| (10.0..69_900.0).contains(*x)).map(|(_, value)| *value).collect();
        assert!(inside.len() > 1_000 && inside.iter().all(|value| (value - 3.0).abs() < 1e-9));
    }
}
