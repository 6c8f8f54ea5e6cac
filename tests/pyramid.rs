//! The pyramid against a plain loop over all points.

use mlops_atlas::runs::{Point, Pyramid, Series};
use proptest::prelude::*;

fn series(values: &[(i64, f64)]) -> Series {
    Series::from_points(
        values.iter().map(|(step, value)| Point { step: *step, time: 0, value: *value }).collect(),
    )
}

fn value() -> impl Strategy<Value = f64> {
    prop_oneof![8 => -1e3..1e3, 1 => Just(f64::NAN), 1 => Just(f64::INFINITY), 1 => Just(f64::NEG_INFINITY)]
}

proptest! {
    #[test]
    fn every_column_keeps_its_least_and_greatest(
        points in prop::collection::vec((-500_i64..5_000, value()), 1..3_000),
        pixels in 1_usize..80,
    ) {
        let series = series(&points);
        let pyramid = Pyramid::build(&series);
        let (from, to) = (-500.0, 5_000.0);
        let selection = pyramid.select(&series, from, to, pixels);
        let drawn: Vec<(f64, f64)> = selection.stretches.concat();
        prop_assert!(drawn.len() <= 2 * pixels + 6);
        let finite = || series.points().filter(|point| point.value.is_finite()).map(|point| point.value);
        let least = finite().fold(f64::INFINITY, f64::min);
        let greatest = finite().fold(f64::NEG_INFINITY, f64::max);
        if least.is_finite() {
            prop_assert_eq!(pyramid.value_range(&series), Some((least, greatest)));
            prop_assert!(drawn.iter().any(|(_, value)| *value == least));
            prop_assert!(drawn.iter().any(|(_, value)| *value == greatest));
        }
        prop_assert!(drawn.is_sorted_by(|a, b| a.0 <= b.0));
        let infinite = series.points().filter(|point| point.value.is_infinite()).count();
        prop_assert_eq!(selection.infinities.len(), infinite);
    }

    #[test]
    fn growing_gives_what_building_gives(
        points in prop::collection::vec((0_i64..9_000, value()), 2..900),
        cut in 0.0..1.0_f64,
    ) {
        let whole = series(&points);
        let at = (whole.len() as f64 * cut) as usize;
        let head = Series::from_points(whole.points().take(at).collect());
        let mut pyramid = Pyramid::build(&head);
        pyramid.append(&whole);
        let fresh = Pyramid::build(&whole);
        for pixels in [1, 7, 200] {
            prop_assert_eq!(
                pyramid.select(&whole, 0.0, 9_000.0, pixels),
                fresh.select(&whole, 0.0, 9_000.0, pixels)
            );
        }
    }
}

#[test]
fn a_nan_makes_a_gap_and_a_spike_survives() {
    let mut values: Vec<(i64, f64)> = (0..10).map(|step| (step, step as f64)).collect();
    values[4].1 = f64::NAN;
    let series_ = series(&values);
    let selection = Pyramid::build(&series_).select(&series_, 0.0, 9.0, 100);
    let lengths: Vec<usize> = selection.stretches.iter().map(Vec::len).collect();
    assert_eq!(lengths, [4, 5]);
    let mut long: Vec<(i64, f64)> = (0..100_000).map(|step| (step, 0.0)).collect();
    long[54_321].1 = 9.0;
    let long = series(&long);
    let selection = Pyramid::build(&long).select(&long, 0.0, 99_999.0, 300);
    assert!(selection.len() <= 604, "{}", selection.len());
    assert!(selection.stretches.concat().contains(&(54_321.0, 9.0)));
}
