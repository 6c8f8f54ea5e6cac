//! The pyramid against a plain loop over all points.

use std::collections::BTreeSet;

use mlops_atlas::runs::{Point, Pyramid, Series, XAxis};
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
        let column = |step: f64| ((step - from) / ((to - from) / pixels as f64)).floor() as i64;
        let infinite = series.points().filter(|point| point.value.is_infinite());
        let all: BTreeSet<_> = infinite.map(|point| (column(point.step as f64), point.value > 0.0)).collect();
        let marked: Vec<_> = selection.infinities.iter().map(|(step, sign)| (column(*step), *sign)).collect();
        prop_assert_eq!(marked.len(), all.len());
        prop_assert_eq!(marked.into_iter().collect::<BTreeSet<_>>(), all);
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

#[test]
fn points_of_one_step_are_one_column() {
    // What a metric logged without steps looks like.
    let values: Vec<(i64, f64)> = (0..50_000).map(|at| (5, f64::from(at))).collect();
    let series = series(&values);
    let selection = Pyramid::build(&series).select(&series, 5.0, 5.0, 100);
    assert_eq!(selection.stretches.concat(), [(5.0, 0.0), (5.0, 49_999.0)]);
}

#[test]
fn a_point_just_outside_hides_no_spike_of_the_first_column() {
    let mut values: Vec<(i64, f64)> = (0..10_000).map(|step| (step, 0.0)).collect();
    values[999].1 = 100.0;
    values[1_003].1 = 50.0;
    let series = series(&values);
    let selection = Pyramid::build(&series).select(&series, 1_000.0, 8_999.0, 100);
    let drawn = selection.stretches.concat();
    assert_eq!(drawn[0], (999.0, 100.0), "the line goes on to the edge");
    assert!(drawn.contains(&(1_003.0, 50.0)));
}

#[test]
fn infinities_are_marked_over_the_whole_width() {
    let values: Vec<(i64, f64)> = (0..100_000)
        .map(|step| (step, if step % 2 == 0 { f64::INFINITY } else { f64::NEG_INFINITY }))
        .collect();
    let series = series(&values);
    let marks = Pyramid::build(&series).select(&series, 0.0, 99_999.0, 50).infinities;
    assert_eq!(marks.len(), 100, "one of each sign a column");
    assert!(marks.iter().any(|(step, _)| *step >= 98_000.0));
    assert!(marks.is_sorted_by(|a, b| a.0 <= b.0));
}

#[test]
fn values_decide_the_order_of_one_instant() {
    let at = |step, time, value| Point { step, time, value };
    let whole = Series::from_points(vec![at(0, 0, 3.0), at(0, 0, 1.0), at(1, 0, 2.0)]);
    assert_eq!(whole.values, [1.0, 3.0, 2.0]);
    let mut grown = Series::from_points(vec![at(0, 5, 1.0)]);
    assert!(!grown.append(&Series::from_points(vec![at(0, 3, 2.0)])));
    assert_eq!(grown.times, [3, 5]);
}

proptest! {
    /// Over whatever axis: points in any order of x keep the least and the greatest of every column, and all marks.
    #[test]
    fn a_line_over_another_axis_keeps_as_much(
        points in prop::collection::vec((0_i64..2_000_000_000, value()), 1..2_000),
        pixels in 1_usize..60,
    ) {
        let points = points.into_iter().enumerate();
        let points = points.map(|(step, (time, value))| Point { step: step as i64, time, value });
        let series = Series::from_points(points.collect());
        let trace = series.over(&XAxis::Wall, None, None);
        prop_assert!(trace.x.is_sorted() && trace.x.len() == series.len());
        let pyramid = Pyramid::build(&trace);
        let (from, to) = (0.0, 2_000.0);
        let selection = pyramid.select(&trace, from, to, pixels);
        let column = |x: f64| ((x - from) / ((to - from) / pixels as f64)).floor() as i64;
        let mut all = std::collections::BTreeMap::new();
        let mut marks = BTreeSet::new();
        for point in series.points() {
            let column = column(point.time as f64 / 1e6);
            if point.value.is_infinite() {
                marks.insert((column, point.value > 0.0));
            } else if !point.value.is_nan() {
                let (least, greatest) = all.entry(column).or_insert((point.value, point.value));
                (*least, *greatest) = (least.min(point.value), greatest.max(point.value));
            }
        }
        let mut drawn = std::collections::BTreeMap::new();
        for (x, value) in selection.stretches.iter().flatten() {
            let (least, greatest) = drawn.entry(column(*x)).or_insert((*value, *value));
            (*least, *greatest) = (least.min(*value), greatest.max(*value));
        }
        prop_assert_eq!(drawn, all);
        let marked: Vec<_> = selection.infinities.iter().map(|(x, sign)| (column(*x), *sign)).collect();
        prop_assert_eq!(marked.len(), marks.len());
        prop_assert_eq!(marked.into_iter().collect::<BTreeSet<_>>(), marks);
    }

    /// Over steps a trace is what the series is.
    #[test]
    fn a_line_over_steps_is_drawn_as_the_series(
        points in prop::collection::vec((-500_i64..5_000, value()), 1..2_000),
        pixels in 1_usize..80,
        from in -600.0..4_000.0_f64,
    ) {
        let series = series(&points);
        let trace = series.over(&XAxis::Step, None, None);
        let own = Pyramid::build(&trace).select(&trace, from, from + 900.0, pixels);
        prop_assert_eq!(own, Pyramid::build(&series).select(&series, from, from + 900.0, pixels));
    }
}
