//! Where an axis has its marks: at 1, 2 or 5 times a power of ten, as people divide a scale.

/// The least step of 1, 2 or 5 times a power of ten that is not below `least` (above 0).
pub(super) fn nice_step(least: f64) -> f64 {
    let power = 10_f64.powf(least.log10().floor());
    [1.0, 2.0, 5.0]
        .into_iter()
        .map(|times| times * power)
        // A hair's breadth, for steps that are such numbers already.
        .find(|step| *step >= least * (1.0 - 1e-9))
        .unwrap_or(10.0 * power)
}

#[cfg(test)]
mod tests {
    use super::*;

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
