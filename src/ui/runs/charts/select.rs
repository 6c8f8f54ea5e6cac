//! The points of one line that are drawn: chosen from its pyramid for the range in sight, and brought to the axes.

use egui_plot::PlotPoint;

use super::scale::Scale;
use crate::runs::pyramid::{Selection, first_place};
use crate::runs::{Plotted, Pyramid};

/// What is drawn of a line.
#[derive(Clone, Debug, Default)]
pub(super) struct Picked {
    /// Stretches of points between gaps.
    pub stretches: Vec<Vec<PlotPoint>>,
    /// Points between gaps: a stretch of one would be no line.
    pub singles: Vec<PlotPoint>,
    /// Where an infinite value stands, and whether it is +∞.
    pub infinities: Vec<(f64, bool)>,
    /// How many points have no place on a logarithmic axis.
    pub lost: usize,
}

impl Picked {
    /// How many points are drawn.
    pub fn points(&self) -> usize {
        self.singles.len() + self.stretches.iter().map(Vec::len).sum::<usize>()
    }

    /// Brings stretches of values to the axes.
    pub fn new(selection: Selection, scale: Scale) -> Self {
        let mut picked = Self::default();
        for stretch in selection.stretches {
            let mut points = Vec::with_capacity(stretch.len());
            for point in stretch {
                if let Some(point) = scale.point(point) {
                    points.push(point);
                } else {
                    picked.lost += 1;
                    picked.close(std::mem::take(&mut points));
                }
            }
            picked.close(points);
        }
        let infinities = selection.infinities.into_iter();
        picked.infinities = infinities.filter_map(|(x, up)| Some((scale.x(x)?, up))).collect();
        picked
    }

    fn close(&mut self, mut points: Vec<PlotPoint>) {
        // A value between two gaps: many of them are still one item of the plot.
        if points.len() == 1 {
            self.singles.append(&mut points);
        } else if !points.is_empty() {
            self.stretches.push(points);
        }
    }

    /// All that is drawn.
    pub fn all(&self) -> impl Iterator<Item = &PlotPoint> {
        self.stretches.iter().flatten().chain(&self.singles)
    }
}

/// Chooses the points of a line between two x for so many columns of pixels.
pub(super) fn pick(
    (pyramid, line): (&Pyramid, &impl Plotted),
    (from, to): (f64, f64),
    pixels: usize,
    scale: Scale,
) -> Picked {
    let selection = if scale.log_x {
        in_decades(pyramid, line, (from, to), pixels)
    } else {
        pyramid.select(line, from, to, pixels)
    };
    Picked::new(selection, scale)
}

/// The same for a logarithmic axis: its columns become wider from left to right, so the range is cut where that hardly
/// matters, each part having columns of its own.
fn in_decades(pyramid: &Pyramid, line: &impl Plotted, (from, to): (f64, f64), pixels: usize) -> Selection {
    const PARTS: i32 = 48;
    let len = line.values().len();
    let positive = first_place(len, |at| line.x(at) > 0.0);
    if positive == len {
        return Selection::default();
    }
    let from = if from > 0.0 { from } else { line.x(positive) };
    let to = to.max(from);
    let ratio = (to / from).powf(1.0 / f64::from(PARTS));
    let edge = |part: i32| if part == PARTS { to } else { from * ratio.powi(part) };
    let mut all = Selection::default();
    for part in 0..PARTS {
        let (low, high) = (edge(part), edge(part + 1));
        let last = part + 1 == PARTS;
        let own = pyramid.select(line, low, high, (pixels / PARTS as usize).max(2));
        for stretch in own.stretches {
            // A point before the part says that the line goes on from there.
            let goes_on = stretch.first().is_some_and(|first| first.0 < low) && !all.stretches.is_empty();
            if !goes_on {
                all.stretches.push(Vec::new());
            }
            let Some(into) = all.stretches.last_mut() else { continue };
            let known = if goes_on { into.last().map_or(0.0, |last| last.0) } else { 0.0 };
            into.extend(
                stretch
                    .into_iter()
                    .filter(|(x, _)| *x > 0.0 && (!goes_on || *x > known) && (last || *x < high)),
            );
        }
        all.infinities.extend(own.infinities.into_iter().filter(|(x, _)| *x >= low && (last || *x < high)));
    }
    all.stretches.retain(|stretch| !stretch.is_empty());
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runs::{Point, Series};

    fn series(values: impl IntoIterator<Item = (i64, f64)>) -> Series {
        let point = |(step, value)| Point { step, time: 0, value };
        Series::from_points(values.into_iter().map(point).collect())
    }

    fn steps(picked: &Picked) -> Vec<Vec<i64>> {
        let step = |point: &PlotPoint| 10_f64.powf(point.x).round() as i64;
        picked.stretches.iter().map(|stretch| stretch.iter().map(step).collect()).collect()
    }

    /// Where there are few points all are drawn, once, in one stretch; those at 0 and below have no place.
    #[test]
    fn a_logarithmic_axis_has_every_point_once() {
        let line = series((-3..40).map(|step| (step, 1.0)));
        let scale = Scale { log_x: true, log_y: false };
        let picked = pick((&Pyramid::build(&line), &line), (-3.0, 39.0), 2_000, scale);
        assert_eq!(steps(&picked), [(1..40).collect::<Vec<i64>>()]);
    }

    #[test]
    fn a_gap_stays_a_gap_and_a_spike_a_spike() {
        let mut values: Vec<(i64, f64)> = (1..100_000).map(|step| (step, 1.0)).collect();
        values[20].1 = f64::NAN;
        values[60_000].1 = 77.0;
        let line = series(values);
        let scale = Scale { log_x: true, log_y: true };
        let picked = pick((&Pyramid::build(&line), &line), (1.0, 99_999.0), 800, scale);
        let found = steps(&picked);
        assert_eq!(found.len(), 2, "one gap");
        assert_eq!((found[0].last(), found[1].first()), (Some(&20), Some(&22)));
        let top = picked.all().map(|point| point.y).fold(0.0, f64::max);
        assert!((top - 77_f64.log10()).abs() < 1e-12);
        assert!(picked.points() < 2_000, "{} points", picked.points());
    }

    #[test]
    fn what_is_not_above_nothing_breaks_a_line_of_logarithms() {
        let line = series([(0, 1.0), (1, 10.0), (2, 0.0), (3, -1.0), (4, 100.0)]);
        let scale = Scale { log_x: false, log_y: true };
        let picked = pick((&Pyramid::build(&line), &line), (0.0, 4.0), 100, scale);
        assert_eq!((picked.stretches.len(), picked.singles.len(), picked.lost), (1, 1, 2));
        assert_eq!(picked.singles[0].y, 2.0);
    }
}
