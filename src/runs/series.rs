//! One metric of one run over its steps.

use std::cmp::Ordering;

/// One logged value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// The step; may be negative.
    pub step: i64,
    /// Microseconds since 1970.
    pub time: i64,
    /// The value; may be NaN or infinite.
    pub value: f64,
}

impl Point {
    /// Milliseconds since 1970, as trackers count them; none for a time that microseconds cannot hold.
    pub fn time_ms(&self) -> Option<i64> {
        let is_held = self.time != i64::MIN && self.time != i64::MAX;
        is_held.then_some(self.time / 1_000)
    }

    fn order(&self, other: &Self) -> Ordering {
        (self.step, self.time).cmp(&(other.step, other.time)).then_with(|| self.value.total_cmp(&other.value))
    }
}

/// Rows of a store that are no points, since their step, value or time is no number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// How many; at least one.
    pub count: usize,
    /// The least step of theirs; none where no step is an integer.
    pub first_step: Option<i64>,
}

impl LeftOut {
    /// What to say of them.
    pub fn sentence(self) -> String {
        match (self.count, self.first_step) {
            (1, Some(step)) => format!("A point at step {step} is no number and is left out"),
            (1, None) => "A point whose step is no integer is left out".to_owned(),
            (count, Some(step)) => {
                format!("{count} points are no numbers and are left out, the first at step {step}")
            }
            (count, None) => format!("{count} points whose steps are no integers are left out"),
        }
    }

    /// Both together.
    pub fn and(self, other: Self) -> Self {
        let first_step = match (self.first_step, other.first_step) {
            (Some(own), Some(other)) => Some(own.min(other)),
            (own, other) => own.or(other),
        };
        Self { count: self.count + other.count, first_step }
    }
}

/// Points by step, then time, then value; the three columns have the same length.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Series {
    /// Steps, ascending; the same step may repeat.
    pub steps: Vec<i64>,
    /// Microseconds since 1970.
    pub times: Vec<i64>,
    /// Values.
    pub values: Vec<f64>,
    /// What the store holds of this series besides.
    pub left_out: Option<LeftOut>,
    /// How many points have a time that no date can show. Where microseconds cannot hold it, it is the least or the
    /// greatest number, and [`Point::time_ms`] gives none.
    pub beyond: usize,
}

impl Series {
    /// A series of points in any order.
    pub fn from_points(mut points: Vec<Point>) -> Self {
        if !points.is_sorted_by(|a, b| a.order(b).is_le()) {
            points.sort_unstable_by(Point::order);
        }
        let mut series = Self::default();
        for point in points {
            series.push(point);
        }
        series
    }

    /// A series of columns of one length whose points are in any order; nothing is copied where they are in theirs.
    pub fn from_columns(steps: Vec<i64>, times: Vec<i64>, values: Vec<f64>) -> Self {
        let series = Self { steps, times, values, ..Self::default() };
        let is_sorted = series.points().is_sorted_by(|a, b| a.order(b).is_le());
        if is_sorted { series } else { Self::from_points(series.points().collect()) }
    }

    fn push(&mut self, point: Point) {
        self.steps.push(point.step);
        self.times.push(point.time);
        self.values.push(point.value);
    }

    /// What is odd in it, a sentence each.
    pub fn oddities(&self) -> Vec<String> {
        let beyond = match self.beyond {
            0 => None,
            1 => Some("A point has a time beyond the years that a date can show".to_owned()),
            count => Some(format!("{count} points have times beyond the years that a date can show")),
        };
        self.left_out.map(LeftOut::sentence).into_iter().chain(beyond).collect()
    }

    /// How many points there are.
    pub fn len(&self) -> usize {
        self.steps.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }

    /// The point at a place, if there is one.
    pub fn point(&self, at: usize) -> Option<Point> {
        Some(Point { step: *self.steps.get(at)?, time: self.times[at], value: self.values[at] })
    }

    /// How many points have the same step as the one before, from place `from` on.
    pub fn repeated_steps(&self, from: usize) -> usize {
        let steps = self.steps.get(from.saturating_sub(1)..).unwrap_or_default();
        steps.windows(2).filter(|pair| pair[0] == pair[1]).count()
    }

    /// All points, in order.
    pub fn points(&self) -> impl Iterator<Item = Point> + '_ {
        (0..self.len()).filter_map(|at| self.point(at))
    }

    /// Whether all points of the other belong behind the last one.
    pub fn is_followed_by(&self, tail: &Self) -> bool {
        let last = self.len().checked_sub(1).and_then(|at| self.point(at));
        match (last, tail.point(0)) {
            (Some(last), Some(first)) => last.order(&first).is_le(),
            _ => true,
        }
    }

    /// Adds later points. Returns whether they all belong at the end; if not, everything was sorted again.
    pub fn append(&mut self, tail: &Self) -> bool {
        let at_end = self.is_followed_by(tail);
        self.steps.extend(&tail.steps);
        self.times.extend(&tail.times);
        self.values.extend(&tail.values);
        let left_out = match (self.left_out, tail.left_out) {
            (Some(own), Some(other)) => Some(own.and(other)),
            (own, other) => own.or(other),
        };
        let beyond = self.beyond + tail.beyond;
        if !at_end {
            *self = Self::from_points(self.points().collect());
        }
        (self.left_out, self.beyond) = (left_out, beyond);
        at_end
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn series(steps: &[i64]) -> Series {
        Series::from_points(steps.iter().map(|step| Point { step: *step, time: 0, value: 0.5 }).collect())
    }

    #[test]
    fn repeated_steps_are_counted_from_the_new_points_on() {
        let mut known = series(&[3, 0, 0, 2, 3, 3]);
        assert_eq!(known.repeated_steps(0), 3);
        let before = known.len();
        assert!(known.append(&series(&[3, 4, 4])));
        assert_eq!(known.repeated_steps(before), 2);
        assert_eq!(known.repeated_steps(0), 5);
        assert_eq!(series(&[]).repeated_steps(0), 0);
    }

    #[test]
    fn what_was_left_out_is_added_up_in_whatever_order_points_come() {
        let mut known = series(&[5]);
        known.left_out = Some(LeftOut { count: 2, first_step: Some(7) });
        let mut early = series(&[1]);
        early.left_out = Some(LeftOut { count: 1, first_step: Some(4) });
        assert!(!known.append(&early));
        assert_eq!(
            (known.steps.as_slice(), known.left_out),
            ([1, 5].as_slice(), Some(LeftOut { count: 3, first_step: Some(4) }))
        );
        assert!(known.append(&series(&[6])));
        assert_eq!(known.left_out.map(|left_out| left_out.count), Some(3));
    }
}
