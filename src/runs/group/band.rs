//! Several curves as one: their mean, and how far they lie apart.

use std::ops::Range;

use crate::runs::pyramid::first_place;
use crate::runs::{Plotted, student_t};

/// How far a band reaches.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Spread {
    /// One standard deviation of a sample above and below the mean.
    Std,
    /// One standard error of the mean above and below it.
    Stderr,
    /// From the least value to the greatest.
    #[default]
    MinMax,
    /// The 95 % interval of the mean, by Student's t distribution.
    Ci95,
}

/// The mean of several curves and what lies around it, at some x; the columns have the same length.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Band {
    /// Ascending, each once.
    pub x: Vec<f64>,
    /// The mean of the curves that have a value there; NaN where none has.
    pub mean: Vec<f64>,
    /// The lower edge; NaN where there is none, as of the deviation of a single curve.
    pub low: Vec<f64>,
    /// The upper edge, as the lower.
    pub high: Vec<f64>,
    /// How many curves have a value there.
    pub count: Vec<u32>,
    /// How many values were read off the line between two points, since the curves logged at different x.
    pub interpolated: usize,
}

impl Band {
    /// What is to be said of it, if anything.
    pub fn note(&self) -> Option<&'static str> {
        (self.interpolated > 0).then_some(
            "The runs logged at different places; between its points a run counts by a straight line",
        )
    }
}

/// One curve at one x.
struct Here {
    /// The last number there.
    value: f64,
    /// The least and the greatest there, where several points have this x.
    least: f64,
    greatest: f64,
    is_interpolated: bool,
}

/// A curve that is walked from left to right.
struct Walk<'a, P> {
    curve: &'a P,
    at: usize,
}

impl<P: Plotted> Walk<'_, P> {
    /// The first place from here on that is `behind` a bound: doubling strides, then halving.
    fn seek(&self, behind: impl Fn(f64) -> bool) -> usize {
        let len = self.curve.values().len();
        let (mut low, mut high, mut stride) = (self.at, self.at, 1);
        while high < len && !behind(self.curve.x(high)) {
            low = high + 1;
            high = (high + stride).min(len);
            stride *= 2;
        }
        while low < high {
            let middle = usize::midpoint(low, high);
            if behind(self.curve.x(middle)) { high = middle } else { low = middle + 1 }
        }
        low
    }

    /// What the curve has at an x no less than that of the last call: the numbers of its points there; otherwise the height of
    /// the line between the points around, if both are numbers. Nothing outside of its own range.
    fn look(&mut self, x: f64) -> Option<Here> {
        let values = self.curve.values();
        self.at = self.seek(|own| own >= x);
        let at = self.at;
        if at < values.len() && self.curve.x(at) == x {
            let end = self.seek(|own| own > x);
            let mut found: Option<Here> = None;
            for value in values[at..end].iter().copied().filter(|value| value.is_finite()) {
                let (least, greatest) =
                    found.as_ref().map_or((value, value), |here| (here.least, here.greatest));
                let (least, greatest) = (least.min(value), greatest.max(value));
                found = Some(Here { value, least, greatest, is_interpolated: false });
            }
            return found;
        }
        let (before, behind) = (at.checked_sub(1)?, at);
        let (low, high) = (values[before], *values.get(behind)?);
        if !low.is_finite() || !high.is_finite() {
            return None;
        }
        let part = (x - self.curve.x(before)) / (self.curve.x(behind) - self.curve.x(before));
        let value = low * (1.0 - part) + high * part;
        Some(Here { value, least: value, greatest: value, is_interpolated: true })
    }
}

/// The places of a curve between two x, these included.
fn inside<P: Plotted>(curve: &P, from: f64, to: f64) -> Range<usize> {
    let len = curve.values().len();
    let start = first_place(len, |at| curve.x(at) >= from);
    start..first_place(len, |at| curve.x(at) > to).max(start)
}

/// The band of some curves over `from..=to`, at no more than `most` x (2 a pixel are as many as can be seen).
///
/// Its x are those at which any curve has a point. A curve that has none there counts by the straight line between its own
/// points, and not at all before its first and behind its last, nor beside what is no number; nothing is carried on. Where
/// several points of a curve have one x the last number counts, and all of them for the least and the greatest. Every number
/// of the band is one of its very x, never of a stretch.
///
/// Where there are more x than `most`, the range is cut into buckets as M4 does (Jugel et al., VLDB 2014), and of each those
/// x are kept at which any curve has the least and the greatest value of all; so a spike of any of them stays in
/// [`Spread::MinMax`]. Its cost grows with the points, and with the x times the curves.
pub fn band<P: Plotted>(curves: &[&P], how: Spread, from: f64, to: f64, most: usize) -> Band {
    let x = places(curves, from, to, most.max(4));
    let mut walks: Vec<Walk<'_, P>> = curves.iter().map(|curve| Walk { curve: *curve, at: 0 }).collect();
    let mut band = Band::default();
    let mut factors = vec![f64::NAN; curves.len() + 1];
    for x in x {
        let (mut count, mut mean, mut squares) = (0_u32, 0.0, 0.0);
        let (mut least, mut greatest) = (f64::INFINITY, f64::NEG_INFINITY);
        for here in walks.iter_mut().filter_map(|walk| walk.look(x)) {
            // Welford 1962: no square is taken from another.
            count += 1;
            let away = here.value - mean;
            mean += away / f64::from(count);
            squares += away * (here.value - mean);
            (least, greatest) = (least.min(here.least), greatest.max(here.greatest));
            band.interpolated += usize::from(here.is_interpolated);
        }
        let std = if count > 1 { (squares / f64::from(count - 1)).sqrt() } else { f64::NAN };
        let stderr = std / f64::from(count).sqrt();
        let (low, high) = match how {
            _ if count == 0 => (f64::NAN, f64::NAN),
            Spread::MinMax => (least, greatest),
            Spread::Std => (mean - std, mean + std),
            Spread::Stderr => (mean - stderr, mean + stderr),
            Spread::Ci95 => {
                let factor = &mut factors[count as usize];
                if factor.is_nan() {
                    *factor = student_t::quantile(0.975, f64::from(count) - 1.0);
                }
                (mean - *factor * stderr, mean + *factor * stderr)
            }
        };
        band.x.push(x);
        band.mean.push(if count == 0 { f64::NAN } else { mean });
        band.low.push(low);
        band.high.push(high);
        band.count.push(count);
    }
    band
}

/// The x of a band, ascending, each once.
fn places<P: Plotted>(curves: &[&P], from: f64, to: f64, most: usize) -> Vec<f64> {
    let ranges: Vec<_> = curves.iter().map(|curve| (*curve, inside(*curve, from, to))).collect();
    let distinct = |curve: &P, range: Range<usize>| {
        let start = range.start;
        range.filter(move |at| *at == start || curve.x(*at) != curve.x(*at - 1)).count()
    };
    let few = ranges.iter().all(|(curve, range)| distinct(curve, range.clone()) <= most);
    if few {
        let mut all = Vec::new();
        for (curve, range) in &ranges {
            let start = all.len();
            for at in range.clone() {
                let x = curve.x(at);
                if all.len() == start || all.last() != Some(&x) {
                    all.push(x);
                }
            }
        }
        all.sort_by(f64::total_cmp);
        all.dedup();
        if all.len() <= most {
            return all;
        }
    }
    chosen(&ranges, most)
}

/// What a bucket keeps: an x and the value that it is kept for.
#[derive(Clone, Copy, Default)]
struct Bucket {
    least: Option<(f64, f64)>,
    greatest: Option<(f64, f64)>,
    /// Where a point is no number, for a bucket without any: the line ends there.
    gap: Option<f64>,
}

fn chosen<P: Plotted>(ranges: &[(&P, Range<usize>)], most: usize) -> Vec<f64> {
    let held = || ranges.iter().filter(|(_, range)| !range.is_empty());
    let first = held().map(|(curve, range)| curve.x(range.start)).fold(f64::INFINITY, f64::min);
    let last = held().map(|(curve, range)| curve.x(range.end - 1)).fold(f64::NEG_INFINITY, f64::max);
    // The two ends are kept besides.
    let count = ((most - 2) / 2).max(1);
    let width = ((last - first) / count as f64).max(f64::MIN_POSITIVE);
    let mut buckets = vec![Bucket::default(); count];
    for (curve, range) in ranges {
        for at in range.clone() {
            let (x, value) = (curve.x(at), curve.values()[at]);
            let bucket = &mut buckets[(((x - first) / width) as usize).min(count - 1)];
            if !value.is_finite() {
                bucket.gap = bucket.gap.or(Some(x));
                continue;
            }
            if bucket.least.is_none_or(|(_, least)| value < least) {
                bucket.least = Some((x, value));
            }
            if bucket.greatest.is_none_or(|(_, greatest)| value > greatest) {
                bucket.greatest = Some((x, value));
            }
        }
    }
    let mut x = vec![first, last];
    for bucket in buckets {
        let kept = [bucket.least, bucket.greatest].into_iter().flatten().map(|(x, _)| x);
        x.extend(kept.chain(bucket.gap.filter(|_| bucket.least.is_none())));
    }
    x.sort_by(f64::total_cmp);
    x.dedup();
    x
}

#[cfg(test)]
mod tests;
