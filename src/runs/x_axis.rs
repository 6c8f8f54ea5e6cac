//! What a series is drawn over: its steps, time, or another metric.

use super::Series;

/// What can be drawn as a line: values over an ascending x.
pub trait Plotted {
    /// The values, one for each point; may be NaN or infinite.
    fn values(&self) -> &[f64];

    /// The x of a point: finite, and never less than that of the point before.
    ///
    /// # Panics
    /// Where there is no such point.
    fn x(&self, at: usize) -> f64;
}

impl Plotted for Series {
    fn values(&self) -> &[f64] {
        &self.values
    }

    fn x(&self, at: usize) -> f64 {
        self.steps[at] as f64
    }
}

/// What a chart has from left to right.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum XAxis {
    /// The steps that the run logged.
    #[default]
    Step,
    /// Seconds since the run began.
    Relative,
    /// Seconds since 1970.
    Wall,
    /// The value of another metric at the same step.
    Metric(String),
}

/// A series over an axis of its own choice, ready to be drawn.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Trace {
    /// Finite and ascending; the same x may repeat. Seconds where it is a time.
    pub x: Vec<f64>,
    /// As many values.
    pub values: Vec<f64>,
    /// Points that have no x here: their time is none that can be shown, or the other metric has no number at their step.
    pub left_out: usize,
    /// Points whose x is less than that of the step before, as where a run was started again. The line goes by x.
    pub turned_back: usize,
}

impl Plotted for Trace {
    fn values(&self) -> &[f64] {
        &self.values
    }

    fn x(&self, at: usize) -> f64 {
        self.x[at]
    }
}

impl Trace {
    /// A trace of points whose x is in any order, and none where it is not finite. Those of one x keep their order.
    fn from_pairs(len: usize, pairs: impl Iterator<Item = (f64, f64)>) -> Self {
        let (mut x, mut values) = (Vec::with_capacity(len), Vec::with_capacity(len));
        let mut turned_back = 0;
        for (own, value) in pairs.filter(|(x, _)| x.is_finite()) {
            turned_back += usize::from(x.last().is_some_and(|last| own < *last));
            x.push(own);
            values.push(value);
        }
        let left_out = len - x.len();
        if turned_back > 0 {
            let mut order: Vec<usize> = (0..x.len()).collect();
            order.sort_by(|a, b| x[*a].total_cmp(&x[*b]));
            x = order.iter().map(|at| x[*at]).collect();
            values = order.iter().map(|at| values[*at]).collect();
        }
        Self { x, values, left_out, turned_back }
    }

    /// What is odd in it, a sentence each.
    pub fn oddities(&self, axis: &XAxis) -> Vec<String> {
        let points = |count: usize| {
            if count == 1 { "1 point".to_owned() } else { format!("{count} points") }
        };
        let (are, have) = if self.left_out == 1 { ("is", "has") } else { ("are", "have") };
        let left_out = match axis {
            XAxis::Step => String::new(),
            XAxis::Relative | XAxis::Wall => {
                format!("{} {have} no time that can be shown and {are} left out", points(self.left_out))
            }
            XAxis::Metric(key) => {
                format!("{} {are} left out: {key} has no number at the same step", points(self.left_out))
            }
        };
        let goes = if self.turned_back == 1 { "goes" } else { "go" };
        let turned_back = format!(
            "{} {goes} back on this axis; the line is drawn from left to right",
            points(self.turned_back)
        );
        let said = [(self.left_out, left_out), (self.turned_back, turned_back)];
        said.into_iter()
            .filter(|(count, text)| *count > 0 && !text.is_empty())
            .map(|(_, text)| text)
            .collect()
    }
}

/// Seconds of microseconds; none for a time that no date can show.
fn seconds(micros: i64) -> f64 {
    if micros == i64::MIN || micros == i64::MAX { f64::NAN } else { micros as f64 / 1e6 }
}

impl Series {
    /// This series over an axis.
    ///
    /// `start` is where [`XAxis::Relative`] begins, in microseconds since 1970: the start of the run, so that all its
    /// metrics agree; without one, the earliest point. `other` are the points of the metric that [`XAxis::Metric`] names:
    /// of several at one step the last one counts. Points that come out of their order are sorted and counted, those
    /// without an x left out and counted. Its cost grows with the points of both.
    pub fn over(&self, axis: &XAxis, start: Option<i64>, other: Option<&Self>) -> Trace {
        let values = self.values.iter().copied();
        match axis {
            XAxis::Step => {
                Trace::from_pairs(self.len(), self.steps.iter().map(|step| *step as f64).zip(values))
            }
            XAxis::Wall => {
                Trace::from_pairs(self.len(), self.times.iter().map(|at| seconds(*at)).zip(values))
            }
            XAxis::Relative => {
                let earliest = || self.times.iter().copied().filter(|at| seconds(*at).is_finite()).min();
                let start = start.or_else(earliest).unwrap_or_default();
                let since = |at: &i64| {
                    // Whole microseconds are subtracted, so that no digit is lost.
                    if seconds(*at).is_nan() {
                        f64::NAN
                    } else {
                        (i128::from(*at) - i128::from(start)) as f64 / 1e6
                    }
                };
                Trace::from_pairs(self.len(), self.times.iter().map(since).zip(values))
            }
            XAxis::Metric(_) => {
                let none = Self::default();
                let other = other.unwrap_or(&none);
                let mut behind = 0;
                let x = self.steps.iter().map(|step| {
                    // Both ascend, so each is walked once.
                    while other.steps.get(behind).is_some_and(|other| other <= step) {
                        behind += 1;
                    }
                    let last = behind.checked_sub(1).filter(|at| other.steps[*at] == *step);
                    last.map_or(f64::NAN, |at| other.values[at])
                });
                Trace::from_pairs(self.len(), x.zip(values))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runs::Point;

    fn series(points: &[(i64, i64, f64)]) -> Series {
        let point = |(step, time, value): &(i64, i64, f64)| Point { step: *step, time: *time, value: *value };
        Series::from_points(points.iter().map(point).collect())
    }

    #[test]
    fn steps_and_times_are_taken_as_they_are() {
        let one = series(&[(0, 1_500_000, 5.0), (1, 2_000_000, f64::NAN), (2, 9_250_000, 7.0)]);
        assert_eq!(one.over(&XAxis::Step, None, None).x, [0.0, 1.0, 2.0]);
        assert_eq!(one.over(&XAxis::Wall, None, None).x, [1.5, 2.0, 9.25]);
        assert_eq!(one.over(&XAxis::Relative, None, None).x, [0.0, 0.5, 7.75]);
        let since_start = one.over(&XAxis::Relative, Some(500_000), None);
        assert_eq!((since_start.x.as_slice(), since_start.values[2]), ([1.0, 1.5, 8.75].as_slice(), 7.0));
        assert!(since_start.oddities(&XAxis::Relative).is_empty());
    }

    /// A run that was started again at step 1 logged step 1 once more, long after step 2.
    #[test]
    fn a_run_that_was_started_again_goes_from_left_to_right() {
        let one = series(&[(0, 0, 1.0), (1, 1_000_000, 2.0), (2, 2_000_000, 3.0), (1, 60_000_000, 4.0)]);
        let wall = one.over(&XAxis::Wall, None, None);
        assert_eq!(wall.x, [0.0, 1.0, 2.0, 60.0]);
        assert_eq!(wall.values, [1.0, 2.0, 3.0, 4.0]);
        assert_eq!((wall.turned_back, wall.left_out), (1, 0));
        assert_eq!(
            wall.oddities(&XAxis::Wall),
            ["1 point goes back on this axis; the line is drawn from left to right"]
        );
    }

    #[test]
    fn another_metric_is_met_at_the_same_step_by_its_last_value() {
        let loss = series(&[(0, 0, 0.9), (1, 0, 0.8), (2, 0, 0.7), (2, 1, 0.6), (3, 0, 0.5), (4, 0, 0.4)]);
        let epoch =
            series(&[(-1, 0, 9.0), (0, 0, 0.0), (1, 0, 5.0), (1, 1, 2.0), (2, 0, 1.0), (4, 0, f64::NAN)]);
        let axis = XAxis::Metric("epoch".to_owned());
        let trace = loss.over(&axis, None, Some(&epoch));
        assert_eq!(trace.x, [0.0, 1.0, 1.0, 2.0]);
        assert_eq!(trace.values, [0.9, 0.7, 0.6, 0.8]);
        assert_eq!((trace.left_out, trace.turned_back), (2, 1));
        assert_eq!(trace.oddities(&axis)[0], "2 points are left out: epoch has no number at the same step");
        let nothing = loss.over(&axis, None, None);
        assert_eq!((nothing.x.len(), nothing.left_out), (0, 6));
    }

    #[test]
    fn a_time_that_nothing_can_show_is_left_out_and_told() {
        let one =
            series(&[(0, i64::MAX, 1.0), (1, i64::MIN, 2.0), (2, i64::MAX - 1, 3.0), (3, 5_000_000, 4.0)]);
        let trace = one.over(&XAxis::Relative, Some(-5_000_000), None);
        assert_eq!((trace.x[0], trace.values.as_slice(), trace.left_out), (10.0, [4.0, 3.0].as_slice(), 2));
        assert_eq!(
            trace.oddities(&XAxis::Relative)[0],
            "2 points have no time that can be shown and are left out"
        );
    }
}
