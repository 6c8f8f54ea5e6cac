//! Lines of a metric's file as points: `milliseconds value step`, in the oldest files without the step, and since 3.0
//! with the name and digest of a dataset behind it.

use crate::runs::{LeftOut, Point, Series};

/// A point as it stands in the file.
#[derive(Clone, Copy, Debug)]
pub(super) struct Logged {
    step: i64,
    /// Milliseconds since 1970.
    time: i64,
    pub value: f64,
}

impl Logged {
    /// Reads a line; an error with the step, where that is a number, when it is no point.
    pub fn parse(line: &[u8]) -> Result<Self, Option<i64>> {
        let line = std::str::from_utf8(line).ok().ok_or(None)?.trim();
        let mut parts = line.split(' ');
        let (time, value, step) = (parts.next(), parts.next(), parts.next());
        let step = step.map_or(Some(0), |text| text.parse().ok()).ok_or(None)?;
        let time = time.and_then(|text| text.parse().ok());
        let value = value.and_then(|text| text.parse().ok());
        match (time, value) {
            (Some(time), Some(value)) => Ok(Self { step, time, value }),
            (None, None) => Err(None),
            _ => Err(Some(step)),
        }
    }

    /// Whether it takes the place of another as the latest one: of the points with the greatest step and then time the
    /// greatest, where NaN is neither greater nor less, so that the first one stays. That is how the clients choose.
    fn replaces(&self, other: &Self) -> bool {
        let (own, others) = ((self.step, self.time), (other.step, other.time));
        own > others || (own == others && self.value > other.value)
    }

    fn point(self) -> (Point, bool) {
        let is_beyond = jiff::Timestamp::from_millisecond(self.time).is_err();
        (Point { step: self.step, time: self.time.saturating_mul(1_000), value: self.value }, is_beyond)
    }
}

/// The points of a series as they are read.
#[derive(Debug, Default)]
pub(super) struct Points {
    list: Vec<Point>,
    left_out: Option<LeftOut>,
    beyond: usize,
}

impl Points {
    /// Takes a line.
    pub fn take(&mut self, line: &[u8]) {
        match Logged::parse(line) {
            Ok(logged) => {
                let (point, is_beyond) = logged.point();
                self.list.push(point);
                self.beyond += usize::from(is_beyond);
            }
            Err(first_step) => {
                let odd = LeftOut { count: 1, first_step };
                self.left_out = Some(self.left_out.map_or(odd, |before| before.and(odd)));
            }
        }
    }

    /// Whether no line was taken.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty() && self.left_out.is_none()
    }

    /// The sorted series.
    pub fn into_series(self) -> Series {
        Series { left_out: self.left_out, beyond: self.beyond, ..Series::from_points(self.list) }
    }
}

/// The latest point of a metric, and how many lines are none.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Latest {
    pub best: Option<Logged>,
    /// Lines that are no points, and where the first of them begins.
    pub odd: Option<(usize, u64)>,
}

impl Latest {
    /// Takes a line that begins at a place.
    pub fn take(&mut self, line: &[u8], at: u64) {
        if let Ok(logged) = Logged::parse(line) {
            if self.best.is_none_or(|best| logged.replaces(&best)) {
                self.best = Some(logged);
            }
        } else {
            let (count, first) = self.odd.unwrap_or((0, at));
            self.odd = Some((count + 1, first));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn latest(lines: &[&str]) -> f64 {
        let mut latest = Latest::default();
        for line in lines {
            latest.take(line.as_bytes(), 0);
        }
        latest.best.unwrap().value
    }

    /// What Python's `max` over tuples gives.
    #[test]
    fn the_latest_is_the_greatest_of_the_last_step_and_time() {
        assert_eq!(latest(&["5 1 2", "9 9 1", "4 3 2"]), 1.0);
        assert_eq!(latest(&["5 1 2", "5 3 2", "5 2 2"]), 3.0);
        assert!(latest(&["5 nan 2", "5 3 2"]).is_nan());
        assert_eq!(latest(&["5 3 2", "5 nan 2"]), 3.0);
        assert_eq!(latest(&["5 3 -2", "5 4 -3"]), 3.0);
    }

    #[test]
    fn lines_are_read_in_every_form_that_clients_wrote() {
        let point = |line: &str| Logged::parse(line.as_bytes()).map(|logged| logged.point().0);
        assert_eq!(
            point("1700000000001 0.5 7"),
            Ok(Point { step: 7, time: 1_700_000_000_001_000, value: 0.5 })
        );
        assert_eq!(point("1 -inf -3\r").unwrap().value, f64::NEG_INFINITY);
        assert_eq!(point("1 1e-05").unwrap(), Point { step: 0, time: 1_000, value: 1e-5 });
        assert_eq!(point("1 2.5 4 train set 0a1b").unwrap().step, 4);
        assert_eq!(point("1 x 4"), Err(Some(4)));
        assert_eq!(point("1 2 4.5"), Err(None));
        assert_eq!(point(""), Err(None));
        assert_eq!(point("1 2 99999999999999999999"), Err(None));
    }
}
