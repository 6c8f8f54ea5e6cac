//! The numbers of a box: quartiles, whiskers and what lies outside of them (Tukey, Exploratory Data Analysis, 1977).

use super::quantiles;

/// What a box plot shows.
#[derive(Clone, Debug, PartialEq)]
pub struct FiveNumbers {
    /// The least value.
    pub least: f64,
    /// A quarter of the values lies below, as NumPy's `percentile` has it.
    pub first_quartile: f64,
    /// Half of the values lie below.
    pub median: f64,
    /// A quarter of the values lies above.
    pub third_quartile: f64,
    /// The greatest value.
    pub greatest: f64,
    /// The outermost values no farther from the box than 1.5 times its length; its ends where there is none outside of it.
    pub whiskers: (f64, f64),
    /// The values beyond the whiskers, ascending.
    pub outliers: Vec<f64>,
    /// How many values there are.
    pub count: usize,
    /// How many others are no finite numbers.
    pub left_out: usize,
}

/// The numbers of a box; none without a finite value. Its cost grows with the values, and with the outliers by their order.
pub fn five_numbers(values: &[f64]) -> Option<FiveNumbers> {
    /// How many lengths of the box a whisker may have.
    const REACH: f64 = 1.5;
    let mut finite: Vec<f64> = values.iter().copied().filter(|value| value.is_finite()).collect();
    let left_out = values.len() - finite.len();
    let [least, first_quartile, median, third_quartile, greatest] =
        quantiles(&mut finite, [0.0, 0.25, 0.5, 0.75, 1.0])?;
    let reach = REACH * (third_quartile - first_quartile);
    let (lowest, highest) = (first_quartile - reach, third_quartile + reach);
    let is_inside = |value: &&f64| (lowest..=highest).contains(*value);
    let mut whiskers = (first_quartile, third_quartile);
    for value in finite.iter().filter(is_inside) {
        whiskers = (whiskers.0.min(*value), whiskers.1.max(*value));
    }
    let mut outliers: Vec<f64> = finite.iter().copied().filter(|value| !is_inside(&value)).collect();
    outliers.sort_by(f64::total_cmp);
    let count = finite.len();
    Some(FiveNumbers {
        least,
        first_quartile,
        median,
        third_quartile,
        greatest,
        whiskers,
        outliers,
        count,
        left_out,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By hand: the quartiles of 1 to 9 and 100 are 3.25 and 7.75, so whiskers reach no farther than −3.5 and 14.5.
    #[test]
    fn what_is_far_from_the_box_is_an_outlier() {
        let values = [9.0, 100.0, 2.0, 3.0, f64::NAN, 4.0, 5.0, 6.0, 7.0, 8.0, 1.0];
        let own = five_numbers(&values).unwrap();
        assert_eq!((own.first_quartile, own.median, own.third_quartile), (3.25, 5.5, 7.75));
        assert_eq!((own.least, own.greatest, own.whiskers), (1.0, 100.0, (1.0, 9.0)));
        assert_eq!((own.outliers.as_slice(), own.count, own.left_out), ([100.0].as_slice(), 10, 1));
        assert_eq!(five_numbers(&[f64::INFINITY]), None);
    }
}
