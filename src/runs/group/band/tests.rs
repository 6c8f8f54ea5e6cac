//! A band has the mean of its curves, keeps every spike, and carries nothing on.

use proptest::prelude::*;

use super::*;
use crate::runs::{Point, Series, Trace};

fn series(points: &[(i64, f64)]) -> Series {
    Series::from_points(
        points.iter().map(|(step, value)| Point { step: *step, time: 0, value: *value }).collect(),
    )
}

fn whole(curves: &[&Series], how: Spread) -> Band {
    band(curves, how, f64::NEG_INFINITY, f64::INFINITY, 1_000)
}

/// By hand: the second curve has 15 halfway between its points, and neither has anything outside of its own range.
#[test]
fn a_curve_counts_by_a_straight_line_inside_of_its_range() {
    let (one, other) =
        (series(&[(0, 1.0), (1, 2.0), (2, 3.0), (3, 4.0)]), series(&[(1, 10.0), (3, 20.0), (5, 0.0)]));
    let own = whole(&[&one, &other], Spread::MinMax);
    assert_eq!(own.x, [0.0, 1.0, 2.0, 3.0, 5.0]);
    assert_eq!(own.mean, [1.0, 6.0, 9.0, 12.0, 0.0]);
    assert_eq!(own.low, [1.0, 2.0, 3.0, 4.0, 0.0]);
    assert_eq!(own.high, [1.0, 10.0, 15.0, 20.0, 0.0]);
    assert_eq!((own.count.as_slice(), own.interpolated), ([1, 2, 2, 2, 1].as_slice(), 1));
    assert!(own.note().is_some() && whole(&[&one, &one], Spread::Std).note().is_none());
}

/// By hand: 2 and 6 deviate by √8 of each other, 2 of the mean; t₀.₉₇₅ with one degree is 12.7062047361747.
#[test]
fn a_band_reaches_as_far_as_was_asked() {
    let (one, other) = (series(&[(0, 2.0), (1, 5.0)]), series(&[(0, 6.0)]));
    for (how, reach) in [
        (Spread::Std, 8.0_f64.sqrt()),
        (Spread::Stderr, 2.0),
        (Spread::MinMax, 2.0),
        (Spread::Ci95, 2.0 * 12.706_204_736_174_7),
    ] {
        let own = whole(&[&one, &other], how);
        assert!((own.low[0] - (4.0 - reach)).abs() < 1e-9, "{how:?}: {}", own.low[0]);
        assert!((own.high[0] - (4.0 + reach)).abs() < 1e-9, "{how:?}: {}", own.high[0]);
        // A single curve has a value, and no deviation.
        assert_eq!(own.mean[1], 5.0);
        assert_eq!(own.low[1].is_nan(), how != Spread::MinMax);
    }
}

#[test]
fn what_is_no_number_is_a_gap_and_no_line_goes_through_it() {
    let one = series(&[(0, 1.0), (2, f64::NAN), (4, 3.0), (6, f64::INFINITY), (8, 5.0)]);
    let other = series(&[(1, 7.0), (2, 7.0), (5, 7.0), (8, 7.0)]);
    let own = whole(&[&one, &other], Spread::MinMax);
    assert_eq!(own.x, [0.0, 1.0, 2.0, 4.0, 5.0, 6.0, 8.0]);
    assert_eq!(own.count, [1, 1, 1, 2, 1, 1, 2]);
    let alone = whole(&[&one], Spread::Std);
    assert!(alone.mean[1].is_nan() && alone.low[1].is_nan() && alone.count[1] == 0);
}

/// A run that was started again logged step 1 twice: its last number counts, and both for the least and the greatest.
#[test]
fn of_several_points_at_one_step_the_last_number_counts() {
    let mut one = series(&[(0, 0.0), (1, 9.0), (1, 3.0), (1, 4.0)]);
    one.values = vec![0.0, 9.0, 3.0, f64::NAN];
    let own = whole(&[&one], Spread::MinMax);
    assert_eq!((own.mean[1], own.low[1], own.high[1]), (3.0, 3.0, 9.0));
    let same_step: Vec<(i64, f64)> = (0..50_000).map(|at| (5, f64::from(at))).collect();
    let own = band(&[&series(&same_step)], Spread::MinMax, 0.0, 9.0, 100);
    assert_eq!((own.x.as_slice(), own.low[0], own.high[0]), ([5.0].as_slice(), 0.0, 49_999.0));
}

#[test]
fn a_spike_among_a_million_points_stays() {
    let curve = |spike: usize| {
        let mut values: Vec<(i64, f64)> = (0..200_000).map(|step| (step, 0.25)).collect();
        values[spike].1 = 9.0;
        values[spike + 1_000].1 = -9.0;
        series(&values)
    };
    let curves = [12_345, 77_777, 123_456, 150_001, 198_000].map(curve);
    let curves: Vec<&Series> = curves.iter().collect();
    let own = band(&curves, Spread::MinMax, 0.0, 199_999.0, 1_600);
    assert!(own.x.len() <= 1_600, "{}", own.x.len());
    for spike in [12_345.0, 77_777.0, 123_456.0, 150_001.0, 198_000.0] {
        let at = own.x.iter().position(|x| *x == spike).unwrap();
        assert_eq!((own.high[at], own.mean[at]), (9.0, (9.0 + 4.0 * 0.25) / 5.0));
        let at = own.x.iter().position(|x| *x == spike + 1_000.0).unwrap();
        assert_eq!(own.low[at], -9.0);
    }
    assert_eq!((own.x.first(), own.x.last()), (Some(&0.0), Some(&199_999.0)));
}

#[test]
fn a_window_has_what_lies_in_it() {
    let one = series(&[(0, 0.0), (10, 10.0), (20, 20.0)]);
    let other = series(&[(0, 0.0), (5, 5.0), (12, 12.0), (20, 20.0)]);
    let own = band(&[&one, &other], Spread::MinMax, 4.0, 13.0, 1_000);
    assert_eq!(
        (own.x.as_slice(), own.mean.as_slice()),
        ([5.0, 10.0, 12.0].as_slice(), [5.0, 10.0, 12.0].as_slice())
    );
    assert!(band(&[&one], Spread::Std, 30.0, 40.0, 100).x.is_empty());
    assert!(band::<Series>(&[], Spread::Std, 0.0, 40.0, 100).x.is_empty());
    let trace = Trace { x: vec![0.5, 1.5], values: vec![1.0, 2.0], ..Trace::default() };
    assert_eq!(band(&[&trace], Spread::MinMax, 0.0, 2.0, 100).x, [0.5, 1.5]);
}

fn value() -> impl Strategy<Value = f64> {
    prop_oneof![8 => -1e3..1e3, 1 => Just(f64::NAN), 1 => Just(f64::INFINITY)]
}

proptest! {
    /// However few x a band may have: it keeps the least and the greatest, and each of its numbers is what the band of all x
    /// has there.
    #[test]
    fn fewer_x_are_some_of_all(
        curves in prop::collection::vec(prop::collection::vec((0_i64..400, value()), 0..200), 1..5),
        most in 4_usize..60,
    ) {
        let curves: Vec<Series> = curves.iter().map(|points| series(points)).collect();
        let curves: Vec<&Series> = curves.iter().collect();
        let all = band(&curves, Spread::MinMax, 0.0, 400.0, 10_000);
        let few = band(&curves, Spread::MinMax, 0.0, 400.0, most);
        prop_assert!(few.x.len() <= most);
        prop_assert!(few.x.is_sorted_by(|a, b| a < b));
        for (at, x) in few.x.iter().enumerate() {
            let same = all.x.iter().position(|other| other == x).unwrap();
            prop_assert_eq!(few.count[at], all.count[same]);
            prop_assert_eq!(few.mean[at].to_bits(), all.mean[same].to_bits());
            prop_assert_eq!(few.high[at].to_bits(), all.high[same].to_bits());
        }
        let extremes = |band: &Band| {
            let least = band.low.iter().copied().fold(f64::INFINITY, f64::min);
            (least, band.high.iter().copied().fold(f64::NEG_INFINITY, f64::max))
        };
        prop_assert_eq!(extremes(&few), extremes(&all));
    }
}
