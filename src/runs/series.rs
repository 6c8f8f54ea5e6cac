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
    fn order(&self, other: &Self) -> Ordering {
        (self.step, self.time).cmp(&(other.step, other.time)).then_with(|| self.value.total_cmp(&other.value))
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

    fn push(&mut self, point: Point) {
        self.steps.push(point.step);
        self.times.push(point.time);
        self.values.push(point.value);
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

    /// All points, in order.
    pub fn points(&self) -> impl Iterator<Item = Point> + '_ {
        (0..self.len()).filter_map(|at| self.point(at))
    }

    /// Adds later points. Returns whether they all belong at the end; if not, everything was sorted again.
    pub fn append(&mut self, tail: &Self) -> bool {
        let last = self.len().checked_sub(1).and_then(|at| self.point(at));
        let at_end = match (last, tail.point(0)) {
            (Some(last), Some(first)) => last.order(&first).is_le(),
            _ => true,
        };
        self.steps.extend(&tail.steps);
        self.times.extend(&tail.times);
        self.values.extend(&tail.values);
        if !at_end {
            *self = Self::from_points(self.points().collect());
        }
        at_end
    }
}
