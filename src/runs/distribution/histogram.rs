//! Values counted in bins of one width, as NumPy's `histogram` counts them.

use super::quantiles;

/// How many bins a histogram has at the most.
pub const MOST_BINS: usize = 1_000;

/// How many bins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Bins {
    /// As many as the values ask for, by the rule of Freedman and Diaconis (1981): a bin is 2·IQR / ∛n wide.
    ///
    /// There are no fewer bins than by the rule of Sturges (1926), log₂ n + 1, and no more than 2·√n, as NumPy's `auto` has
    /// it, nor than [`MOST_BINS`].
    #[default]
    Auto,
    /// So many, 1 to [`MOST_BINS`].
    Count(usize),
}

/// How many values lie between two edges.
#[derive(Clone, Debug, PartialEq)]
pub struct Histogram {
    /// One more than there are bins, ascending. A bin has its lower edge, and only the last one its upper edge as well.
    pub edges: Vec<f64>,
    /// How many values each bin has.
    pub counts: Vec<u64>,
    /// How many values are no finite numbers.
    pub left_out: usize,
}

/// Counts values; none where no value is finite. Its cost grows with the values.
///
/// Equal values get a bin from half below to half above. Where numbers are so close or so large that edges would be the
/// same, there are fewer bins than were asked for.
pub fn histogram(values: &[f64], bins: Bins) -> Option<Histogram> {
    let mut finite: Vec<f64> = values.iter().copied().filter(|value| value.is_finite()).collect();
    let left_out = values.len() - finite.len();
    let [least, greatest] = quantiles(&mut finite, [0.0, 1.0])?;
    let mut count = match bins {
        Bins::Auto => automatic(&mut finite, greatest - least),
        Bins::Count(count) => count,
    }
    .clamp(1, MOST_BINS);
    // Half below and half above, or as little as a double of that size can tell.
    let half = if least == greatest { 0.5_f64.max(least.abs() * f64::EPSILON) } else { 0.0 };
    let (first, last) = ((least - half).max(f64::MIN), (greatest + half).min(f64::MAX));
    let mut edges = edges(first, last, count);
    while count > 1 && !edges.is_sorted_by(|a, b| a < b) {
        count /= 2;
        edges = self::edges(first, last, count);
    }
    let mut counts = vec![0_u64; count];
    for value in finite {
        // Of halves, since the range of all doubles is no double.
        let part = (value / 2.0 - first / 2.0) / (last / 2.0 - first / 2.0);
        let mut at = ((part * count as f64) as usize).min(count - 1);
        // What was rounded over an edge goes back.
        if value < edges[at] && at > 0 {
            at -= 1;
        } else if at + 1 < count && value >= edges[at + 1] {
            at += 1;
        }
        counts[at] += 1;
    }
    Some(Histogram { edges, counts, left_out })
}

fn edges(first: f64, last: f64, count: usize) -> Vec<f64> {
    let range = last - first;
    let edge = |at: usize| match at {
        at if at == count => last,
        at if range.is_finite() => at as f64 * (range / count as f64) + first,
        at => {
            let part = at as f64 / count as f64;
            first * (1.0 - part) + last * part
        }
    };
    (0..=count).map(edge).collect()
}

fn automatic(finite: &mut [f64], range: f64) -> usize {
    let len = finite.len() as f64;
    let Some([low, high]) = quantiles(finite, [0.25, 0.75]) else { return 1 };
    let freedman_diaconis = 2.0 * (high - low) / len.cbrt();
    let sturges = range / (len.log2() + 1.0);
    let half_of_root = range / len.sqrt() / 2.0;
    let width = freedman_diaconis.max(half_of_root).min(sturges);
    // A range without end has bins of a width without end.
    let count = (range / width).ceil();
    if count.is_finite() { count as usize } else { 1 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_finite_value_is_in_one_bin_and_the_others_are_told() {
        let values = [f64::NAN, 0.0, 1.0, 2.0, 3.0, 4.0, f64::INFINITY, f64::NEG_INFINITY];
        let own = histogram(&values, Bins::Count(2)).unwrap();
        assert_eq!(
            (own.edges.as_slice(), own.counts.as_slice()),
            ([0.0, 2.0, 4.0].as_slice(), [2, 3].as_slice())
        );
        assert_eq!(own.left_out, 3);
        assert_eq!(histogram(&[f64::NAN], Bins::Auto), None);
        let own = histogram(&values, Bins::Count(0)).unwrap();
        assert_eq!(own.counts, [5]);
    }

    #[test]
    fn equal_close_and_huge_values_have_edges_that_ascend() {
        assert_eq!(histogram(&[3.0; 4], Bins::Auto).unwrap().edges, [2.5, 3.5]);
        let next = f64::from_bits(1.0_f64.to_bits() + 1);
        for values in [[1.0, next], [-f64::MAX, f64::MAX], [1e17, 1e17], [0.0, 5e-324]] {
            for bins in [Bins::Auto, Bins::Count(7), Bins::Count(1_000_000)] {
                let own = histogram(&values, bins).unwrap();
                assert!(own.edges.is_sorted_by(|a, b| a < b), "{values:?} {bins:?}: {:?}", own.edges);
                assert_eq!(own.counts.iter().sum::<u64>(), 2, "{values:?} {bins:?}");
            }
        }
    }

    /// On every edge and just below: as NumPy 2.4.6 counts them, though a division alone would put six of them in other bins.
    #[test]
    fn a_value_on_an_edge_is_in_the_bin_above() {
        let edges = histogram(&[-1.0, 0.6], Bins::Count(8)).unwrap().edges;
        let below = edges[1..8].iter().map(|edge| edge.next_down());
        let values: Vec<f64> = edges.iter().copied().chain(below).collect();
        assert_eq!(histogram(&values, Bins::Count(8)).unwrap().counts, [2; 8]);
    }

    /// One value far away would ask for a billion bins.
    #[test]
    fn the_number_of_bins_is_bounded() {
        let mut values: Vec<f64> = (0..1_000_000).map(f64::from).collect();
        values[0] = 1e15;
        let own = histogram(&values, Bins::Auto).unwrap();
        assert_eq!(own.counts.len(), MOST_BINS);
        assert_eq!(own.counts.iter().sum::<u64>(), 1_000_000);
    }
}
