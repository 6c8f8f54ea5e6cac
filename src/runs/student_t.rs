//! Quantiles of Student's t distribution.
//!
//! The area under the density is a regularised incomplete beta function (Abramowitz and Stegun, 26.7.1), computed by its
//! continued fraction (NIST Digital Library of Mathematical Functions, 8.17.22, by Lentz's method); the quantile is where
//! Newton's method finds that area. With very many degrees of freedom the normal quantile (Wichura 1988, algorithm AS 241) is
//! corrected instead (Abramowitz and Stegun, 26.7.5).

mod normal;

use std::f64::consts::PI;

/// From here on the corrected normal quantile is exact to the last digits.
const MANY_DEGREES: f64 = 1e5;

/// The value below which a variable of Student's t distribution lies with probability `p`.
///
/// `degrees` of freedom may be a fraction, or infinite for the normal distribution. NaN where `p` is no probability or
/// `degrees` is not positive.
pub fn quantile(p: f64, degrees: f64) -> f64 {
    if !(0.0..=1.0).contains(&p) || degrees.is_nan() || degrees <= 0.0 {
        return f64::NAN;
    }
    let from_middle = p - 0.5;
    let tail = if p < 0.5 { p } else { 1.0 - p };
    let size = if tail == 0.0 {
        f64::INFINITY
    } else if degrees >= MANY_DEGREES {
        nearly_normal(tail, degrees)
    } else if from_middle.abs() < 0.25 {
        from_area(from_middle.abs(), degrees)
    } else {
        from_tail(tail, degrees)
    };
    size.copysign(from_middle)
}

/// Where a tail above begins, by the first terms in 1/ν.
fn nearly_normal(tail: f64, degrees: f64) -> f64 {
    let x = normal::upper_quantile(tail);
    let square = x * x;
    let first = (square + 1.0) / 4.0;
    let second = ((5.0 * square + 16.0) * square + 3.0) / 96.0;
    let third = (((3.0 * square + 19.0) * square + 17.0) * square - 15.0) / 384.0;
    let fourth = ((((79.0 * square + 776.0) * square + 1482.0) * square - 1920.0) * square - 945.0) / 92160.0;
    x * (1.0 + (first + (second + (third + fourth / degrees) / degrees) / degrees) / degrees)
}

/// Γ(a + ½) / Γ(a): the asymptotic series, for small arguments reached by the recurrence of Γ.
fn gamma_ratio(a: f64) -> f64 {
    const FAR: f64 = 64.0;
    let mut at = a;
    let mut factor = 1.0;
    while at < FAR {
        factor *= at / (at + 0.5);
        at += 1.0;
    }
    let terms = [-399.0 / 262_144.0, -21.0 / 32_768.0, 5.0 / 1024.0, 1.0 / 128.0, -1.0 / 8.0, 1.0];
    factor * at.sqrt() * terms.iter().fold(0.0, |sum, term| sum / at + term)
}

/// The logarithm of the density at t ≥ 0.
fn ln_density(t: f64, degrees: f64) -> f64 {
    let half = degrees / 2.0;
    let in_the_middle = gamma_ratio(half) / (PI * degrees).sqrt();
    in_the_middle.ln() - (half + 0.5) * ln_1_plus_square(t / degrees.sqrt())
}

/// ln(1 + r²) for every r ≥ 0.
fn ln_1_plus_square(r: f64) -> f64 {
    if r > 1e100 { 2.0 * r.ln() } else { (r * r).ln_1p() }
}

/// The area between 0 and t, and the logarithm of that beyond t. Both are halves of an incomplete beta function of
/// t² / (ν + t²) and of what is left to 1.
struct Areas {
    from_middle: f64,
    ln_tail: f64,
}

fn areas(t: f64, degrees: f64) -> Areas {
    let root = t / degrees.sqrt();
    let ln_rest = -ln_1_plus_square(root);
    let (a, b) = (degrees / 2.0, 0.5);
    // (t² / (ν + t²))^½ · (ν / (ν + t²))^a / B(½, a), as a logarithm: it may be less than any number.
    let part = root / 1.0_f64.hypot(root);
    let ln_front = part.ln() + a * ln_rest + (gamma_ratio(a) / PI.sqrt()).ln();
    let part = part * part;
    if part < (b + 1.0) / (a + b + 2.0) {
        let from_middle = 0.5 * ln_front.exp() / b * continued_fraction(b, a, part);
        Areas { from_middle, ln_tail: (0.5 - from_middle).ln() }
    } else {
        let ln_tail = ln_front + (0.5 / a * continued_fraction(a, b, ln_rest.exp())).ln();
        Areas { from_middle: 0.5 - ln_tail.exp(), ln_tail }
    }
}

/// The continued fraction of the incomplete beta function; converges fast for x < (a + 1) / (a + b + 2).
fn continued_fraction(a: f64, b: f64, x: f64) -> f64 {
    const LEAST: f64 = 1e-300;
    const TERMS: usize = 20_000;
    let kept = |value: f64| if value.abs() < LEAST { LEAST } else { value };
    let mut numerator = 1.0;
    let mut denominator = 1.0 / kept(1.0 - (a + b) * x / (a + 1.0));
    let mut value = denominator;
    for term in 1..TERMS {
        let m = term as f64;
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        denominator = 1.0 / kept(1.0 + even * denominator);
        numerator = kept(1.0 + even / numerator);
        value *= denominator * numerator;
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        denominator = 1.0 / kept(1.0 + odd * denominator);
        numerator = kept(1.0 + odd / numerator);
        let change = denominator * numerator;
        value *= change;
        if (change - 1.0).abs() <= f64::EPSILON {
            break;
        }
    }
    value
}

/// Newton's method stops after this many steps at the latest.
const STEPS: usize = 400;

/// What is wrong is squared by a step, so behind one as small as this nothing is.
const LAST_STEP: f64 = 1e-8;

/// t by the area between 0 and t. That area is concave, so Newton's steps from 0 never go too far.
fn from_area(area: f64, degrees: f64) -> f64 {
    let mut t = area / ln_density(0.0, degrees).exp();
    for _ in 0..STEPS {
        if t == 0.0 {
            break;
        }
        let step = (area - areas(t, degrees).from_middle) / ln_density(t, degrees).exp();
        t += step;
        if step.abs() <= LAST_STEP * t {
            break;
        }
    }
    t
}

/// t by the area beyond it. Its logarithm is nearly straight over that of t where tails are heavy.
fn from_tail(tail: f64, degrees: f64) -> f64 {
    /// One step is no longer than this: far from the place the line is not straight.
    const LONGEST: f64 = 2.0;
    let wanted = tail.ln();
    let mut ln_t = 0.0_f64;
    for _ in 0..STEPS {
        let t = ln_t.exp();
        if t.is_infinite() {
            // With a small fraction of a degree the quantile is greater than any number.
            return t;
        }
        let ln_tail = areas(t, degrees).ln_tail;
        let slope = -(ln_t + ln_density(t, degrees) - ln_tail).exp();
        let step = ((wanted - ln_tail) / slope).clamp(-LONGEST, LONGEST);
        ln_t += step;
        if step.abs() <= LAST_STEP {
            break;
        }
    }
    ln_t.exp()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(own: f64, expected: f64) {
        assert!((own - expected).abs() <= 1e-13 * expected.abs(), "{own} is not {expected}");
    }

    /// With 1 degree of freedom the quantile is −cot πp, with 2 it is (2p − 1) / √(2p(1 − p)), with 4 that of Shaw (2006).
    #[test]
    fn quantiles_are_those_that_have_a_formula() {
        for p in [1e-9, 0.003, 0.2, 0.2499, 0.2501, 0.4, 0.46, 0.6, 0.75, 0.975, 0.999] {
            close(quantile(p, 1.0), -1.0 / (PI * p).tan());
            close(quantile(p, 2.0), (2.0 * p - 1.0) / (2.0 * p * (1.0 - p)).sqrt());
        }
        for p in [0.001_f64, 0.025, 0.2] {
            let alpha = 4.0 * p * (1.0 - p);
            let q = (alpha.sqrt().acos() / 3.0).cos() / alpha.sqrt();
            close(quantile(p, 4.0), -2.0 * (q - 1.0).sqrt());
        }
    }

    /// Those of the normal distribution are in every table.
    #[test]
    fn with_many_degrees_it_is_the_normal_quantile() {
        close(quantile(0.975, f64::INFINITY), 1.959_963_984_540_054_2);
        close(quantile(0.3, f64::INFINITY), -0.524_400_512_708_040_9);
        close(quantile(1e-20, f64::INFINITY), -9.262_340_089_798_408);
        assert!((quantile(0.3, 1e5 - 1.0) / quantile(0.3, 1e5) - 1.0).abs() < 1e-9);
    }

    #[test]
    fn the_edges_are_infinite_the_middle_is_0_and_what_is_out_of_range_is_no_number() {
        assert_eq!([quantile(0.0, 3.0), quantile(1.0, 3.0)], [f64::NEG_INFINITY, f64::INFINITY]);
        assert_eq!([quantile(0.5, 3.0), quantile(0.5, 1e9)], [0.0, 0.0]);
        for (p, degrees) in
            [(-0.1, 1.0), (1.1, 1.0), (f64::NAN, 1.0), (0.9, 0.0), (0.9, -1.0), (0.9, f64::NAN)]
        {
            assert!(quantile(p, degrees).is_nan(), "{p}, {degrees}");
        }
    }

    #[test]
    fn every_probability_has_a_quantile_and_they_ascend() {
        for degrees in [0.05, 0.5, 1.0, 3.3, 60.0, 9_999.0, 99_999.0, 1e7] {
            let ascending = [1e-300, 1e-100, 1e-12, 0.01, 0.2, 0.3, 0.5 - 1e-9, 0.5 + 1e-9, 0.7, 0.8, 0.99];
            let all = ascending.map(|p| quantile(p, degrees));
            assert!(
                all.is_sorted_by(|a, b| a < b || (*a == f64::NEG_INFINITY && a == b)),
                "{degrees}: {all:?}"
            );
        }
    }
}
