//! Where an axis has its marks: at 1, 2 or 5 times a power of ten, as people divide a scale.

use egui_plot::GridMark;

/// The least step of 1, 2 or 5 times a power of ten that is not below `least` (above 0).
pub(super) fn nice_step(least: f64) -> f64 {
    let least = least.max(f64::MIN_POSITIVE * 1e4);
    let power = 10_f64.powf(least.log10().floor());
    [1.0, 2.0, 5.0]
        .into_iter()
        .map(|times| times * power)
        // A hair's breadth, for steps that are such numbers already.
        .find(|step| *step >= least * (1.0 - 1e-9))
        .unwrap_or(10.0 * power)
}

/// Marks of a logarithmic axis between two places on it, no nearer to each other than `apart`: at powers of ten; where there is
/// room also at 2 and 5 times those, and in a narrow range at round numbers.
pub(super) fn decades((from, to): (f64, f64), apart: f64) -> Vec<GridMark> {
    /// The marks of a decade, the fewest first, each with the least distance between two of them.
    const WITHIN: [(&[f64], f64); 3] = [(&[1.0, 2.0, 5.0], 0.3), (&[1.0, 3.0], 0.47), (&[1.0], 1.0)];
    let apart = apart.max(1e-9);
    if to - from < 0.7 {
        let (low, high) = (10_f64.powf(from), 10_f64.powf(to));
        let step = nice_step(low * (10_f64.powf(apart) - 1.0));
        let first = (low / step).ceil() as i64;
        let places = (first..).map(|at| at as f64 * step).take_while(|value| *value <= high).take(100);
        let mark = |value: f64| GridMark { value: value.log10(), step_size: apart };
        return places.filter(|value| *value > 0.0).map(mark).collect();
    }
    let (first, last) = (from.floor() as i32, to.ceil() as i32);
    // Of many decades only some have a mark.
    let (every, within) = match WITHIN.iter().find(|(_, distance)| *distance >= apart) {
        Some((within, _)) => (1, *within),
        None => (apart.ceil() as i32, &[1.0][..]),
    };
    let mut marks = Vec::new();
    for decade in (first..=last).filter(|decade| decade.rem_euclid(every) == 0).take(400) {
        for times in within {
            let value = f64::from(decade) + times.log10();
            if from <= value && value <= to {
                marks.push(GridMark { value, step_size: f64::from(every) });
            }
        }
    }
    marks
}

/// The largest number that is drawn; larger ones are drawn at it, so that the range between two stays a number.
pub(super) const FARTHEST: f64 = 1e300;

/// A range that can be drawn: what is a single value, or nearly, gets room around it.
pub(super) fn roomy(least: f64, greatest: f64) -> (f64, f64) {
    /// Below this, what a plot divides by its range overflows.
    const NARROWEST: f64 = 1e-290;
    let (least, greatest) = (least.clamp(-FARTHEST, FARTHEST), greatest.clamp(-FARTHEST, FARTHEST));
    let size = least.abs().max(greatest.abs());
    // Doubles have 16 digits; marks on a range in the last of them could not be told apart.
    if greatest - least > (size * 1e-12).max(NARROWEST) {
        return (least, greatest);
    }
    let room = if size < NARROWEST { 1.0 } else { size * 0.05 };
    (least - room, greatest + room)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_range_has_room_and_every_step_is_one() {
        for (least, greatest) in [
            (0.001, 0.001),
            (0.0, 0.0),
            (0.0, 1e-308),
            (5e-324, 5e-322),
            (-1.7e308, 1.7e308),
            (f64::MIN, f64::MIN),
            (1.795e18, 1.795e18),
            (-3.0, 4.0),
        ] {
            let (low, high) = roomy(least, greatest);
            let span = high - low;
            assert!(span.is_finite() && span > 0.0 && low < high, "{least} {greatest}: {low} {high}");
            let steps = span / nice_step(span / 10.0);
            assert!((1.0..=10.5).contains(&steps), "{least} {greatest}: {steps} steps");
        }
        assert_eq!(roomy(-3.0, 4.0), (-3.0, 4.0));
        assert!(roomy(0.001, 0.001).0 > 0.0, "a constant's axis does not reach down to zero");
        assert!(nice_step(0.0) > 0.0);
    }

    #[test]
    fn a_logarithmic_axis_is_marked_at_round_numbers() {
        let values = |from: f64, to: f64, apart: f64| -> Vec<f64> {
            let marks = decades((from.log10(), to.log10()), apart);
            marks.iter().map(|mark| 10_f64.powf(mark.value)).map(|v| (v * 1e9).round() / 1e9).collect()
        };
        assert_eq!(values(0.05, 30.0, 0.25), [0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0]);
        assert_eq!(values(0.01, 100.0, 0.8), [0.01, 0.1, 1.0, 10.0, 100.0]);
        assert_eq!(values(1.0, 1e6, 1.5), [1.0, 100.0, 10_000.0, 1_000_000.0]);
        assert_eq!(values(0.63, 1.0, 0.05), [0.7, 0.8, 0.9, 1.0]);
    }

    #[test]
    fn steps_are_one_two_or_five_times_a_power_of_ten() {
        for (least, step) in [
            (1.0, 1.0),
            (1.01, 2.0),
            (2.0, 2.0),
            (4.0, 5.0),
            (5.1, 10.0),
            (0.013, 0.02),
            (0.05, 0.05),
            (730.0, 1000.0),
        ] {
            let found = nice_step(least);
            assert!((found / step - 1.0).abs() < 1e-9, "{least}: {found} for {step}");
        }
    }
}
