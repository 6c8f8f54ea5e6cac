//! M4 (Jugel et al., VLDB 2014): first, least, greatest and last point of every bucket, so that a line drawn
//! through them has the same pixels as one through all points.

use super::series::{Point, Series};

/// At most 4 × `buckets` points, in order, each once. Buckets divide the range of steps evenly. NaN is never
/// least or greatest, but is kept as first or last; infinities count as values.
pub fn m4(series: &Series, buckets: usize) -> Vec<Point> {
    let (Some(first), Some(last)) = (series.steps.first(), series.steps.last()) else { return Vec::new() };
    let buckets = buckets.max(1) as i128;
    let range = i128::from(*last) - i128::from(*first) + 1;
    let bucket = |at: usize| (i128::from(series.steps[at]) - i128::from(*first)) * buckets / range;
    let mut chosen = Vec::new();
    let mut start = 0;
    while start < series.len() {
        let own = bucket(start);
        let mut end = start;
        let (mut least, mut greatest) = (None, None);
        while end < series.len() && bucket(end) == own {
            let value = series.values[end];
            if !value.is_nan() {
                if least.is_none_or(|at: usize| value < series.values[at]) {
                    least = Some(end);
                }
                if greatest.is_none_or(|at: usize| value > series.values[at]) {
                    greatest = Some(end);
                }
            }
            end += 1;
        }
        let mut four = [Some(start), least, greatest, Some(end - 1)];
        four.sort_unstable();
        let from = chosen.len();
        for at in four.into_iter().flatten() {
            if chosen[from..].last() != Some(&at) {
                chosen.push(at);
            }
        }
        start = end;
    }
    chosen.into_iter().filter_map(|at| series.point(at)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn series(values: &[f64]) -> Series {
        let points = values.iter().enumerate();
        Series::from_points(
            points.map(|(step, value)| Point { step: step as i64, time: 0, value: *value }).collect(),
        )
    }

    #[test]
    fn every_bucket_keeps_its_four_points_once() {
        let chosen = m4(&series(&[5.0, 1.0, 9.0, 4.0, 2.0, 2.0, f64::NAN, 7.0]), 2);
        let steps: Vec<i64> = chosen.iter().map(|point| point.step).collect();
        assert_eq!(steps, [0, 1, 2, 3, 4, 7]);
    }

    #[test]
    fn a_spike_is_never_lost() {
        let mut values = vec![0.0; 10_000];
        values[7_321] = 50.0;
        let chosen = m4(&series(&values), 10);
        assert!(chosen.iter().any(|point| point.step == 7_321 && point.value == 50.0));
        assert!(chosen.len() <= 40);
        assert!(m4(&Series::default(), 10).is_empty());
    }
}
