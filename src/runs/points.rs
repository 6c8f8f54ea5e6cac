//! The points of series as CSV: as many as were logged, in every digit.

use std::iter;
use std::sync::Arc;

use super::{Curve, Point};
use crate::rows::{csv_line, number};

/// A series with the names of its run and metric.
#[derive(Clone, Debug)]
pub struct NamedCurve {
    /// The id of the run.
    pub run: Arc<str>,
    /// Its name; empty where it has none.
    pub name: Arc<str>,
    /// The key of the metric.
    pub metric: String,
    /// The points.
    pub curve: Arc<Curve>,
}

const HEAD: [&str; 6] = ["run_id", "run_name", "metric", "step", "time", "value"];

/// The head, then a line for each point, series after series.
///
/// Times are RFC 3339 in UTC, and empty where no date can show them. Values are not rounded; `NaN` and infinities are
/// there as well.
pub fn point_lines(series: &[NamedCurve]) -> impl Iterator<Item = String> + '_ {
    iter::once(csv_line(HEAD)).chain(series.iter().flat_map(lines_of))
}

fn lines_of(one: &NamedCurve) -> impl Iterator<Item = String> + '_ {
    one.curve.series().points().map(move |point| line(one, point))
}

fn line(of: &NamedCurve, point: Point) -> String {
    let time = point.time_ms().and_then(|_| jiff::Timestamp::from_microsecond(point.time).ok());
    let time = time.map(|time| time.to_string()).unwrap_or_default();
    csv_line([&of.run, &of.name, &*of.metric, &point.step.to_string(), &time, &number(point.value)])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runs::Series;

    #[test]
    fn every_point_is_a_line_and_no_digit_is_lost() {
        let curve = |points: Vec<(i64, i64, f64)>| {
            let points = points.into_iter().map(|(step, time, value)| Point { step, time, value });
            Arc::new(Curve::new(Series::from_points(points.collect())))
        };
        let series = [
            NamedCurve {
                run: "a".into(),
                name: "=first, of all".into(),
                metric: "loss".to_owned(),
                // 2023-11-14 22:13:20 UTC, as `date -u -d @1700000000` says.
                curve: curve(vec![(1, 1_700_000_000_000_000, 0.1 + 0.2), (0, i64::MIN, f64::NAN)]),
            },
            NamedCurve {
                run: "b".into(),
                name: "".into(),
                metric: "loss".to_owned(),
                curve: curve(Vec::new()),
            },
            NamedCurve {
                run: "b".into(),
                name: "".into(),
                metric: "-x".to_owned(),
                curve: curve(vec![(-3, 0, -1e-7)]),
            },
        ];
        assert_eq!(
            point_lines(&series).collect::<String>(),
            "run_id,run_name,metric,step,time,value\n\
             a,\"'=first, of all\",loss,0,,NaN\n\
             a,\"'=first, of all\",loss,1,2023-11-14T22:13:20Z,0.30000000000000004\n\
             b,,'-x,-3,1970-01-01T00:00:00Z,-1e-7\n"
        );
    }
}
