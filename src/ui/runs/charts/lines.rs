//! The lines of a panel: selected from the pyramid when the range, the width or the data changes, and borrowed in
//! every other frame.

use egui::Color32;
use egui_plot::{Line, MarkerShape, PlotPoint, PlotPoints, PlotUi, Points};

use super::axis::{FARTHEST, roomy};
use crate::action::SeriesKey;
use crate::address::StoreLocation;
use crate::runs::RunSet;
use crate::state::Source;
use crate::ui::runs::notes::Notes;

/// What a panel's points were selected for.
#[derive(Clone, Debug, PartialEq)]
struct Basis {
    revision: (u64, u64),
    ticked: Vec<String>,
    metrics: Vec<String>,
    range: (f64, f64),
    pixels: usize,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Panel {
    basis: Option<Basis>,
    pub lines: Vec<DrawnLine>,
    /// Range of steps and values of all series, to fit them.
    pub bounds: Option<[f64; 4]>,
    /// What is missing, in words.
    pub notes: Notes,
    /// Thinned series of which all points are wanted between two steps.
    pub closer: Vec<(SeriesKey, (i64, i64))>,
}

#[derive(Clone, Debug)]
pub(super) struct DrawnLine {
    pub run: String,
    name: String,
    stretches: Vec<Vec<PlotPoint>>,
    /// Points between gaps: a stretch of one would be no line.
    singles: Vec<PlotPoint>,
    infinities: Vec<(f64, bool)>,
    /// Where the line carries a mark, and which: lines of one colour differ by it.
    marks: Option<(MarkerShape, Vec<PlotPoint>)>,
}

/// What tells lines of one colour apart: none the first time a colour is used, then a shape. Dashes would not do:
/// a spike in a gap would be lost, and a dash of a dense line costs as much as the line is long.
const SHAPES: [MarkerShape; 4] =
    [MarkerShape::Square, MarkerShape::Diamond, MarkerShape::Up, MarkerShape::Circle];

/// The most points that a panel draws.
const MOST_POINTS: usize = 60_000;

/// Some points of a line, evenly spread over `range`, each line's a little further than the one before.
fn spread(stretches: &[Vec<PlotPoint>], range: (f64, f64), line: usize) -> Vec<PlotPoint> {
    const MARKS: f64 = 10.0;
    const STAGGER: f64 = 0.37;
    let step = (range.1 - range.0) / MARKS;
    let mut next = range.0 + step * (line as f64 * STAGGER).fract();
    let mut marks = Vec::new();
    for point in stretches.iter().flatten() {
        if point.x >= next {
            marks.push(*point);
            // Where points are far apart, the marks in between are not made up for.
            next = (next + step).max(point.x);
        }
    }
    marks
}

/// What a panel is to show.
pub(super) struct Wanted<'a> {
    pub source: &'a Source,
    pub runs: &'a RunSet,
    pub store: &'a StoreLocation,
    pub metric: &'a str,
}

impl Panel {
    /// How many points are drawn.
    pub fn points(&self) -> usize {
        self.lines
            .iter()
            .map(|line| line.singles.len() + line.stretches.iter().map(Vec::len).sum::<usize>())
            .sum()
    }

    /// How many columns the points were selected for; a stretch of as many is dense.
    pub fn columns(&self) -> usize {
        self.basis.as_ref().map_or(usize::MAX, |basis| basis.pixels)
    }

    /// Selects the points again if anything they depend on has changed: the range `shown`, the `pixels` there are,
    /// the data. `series_len` is how many colours there are before they repeat.
    pub fn select(
        &mut self,
        wanted: &Wanted<'_>,
        shown: Option<egui_plot::PlotBounds>,
        pixels: usize,
        series_len: usize,
    ) {
        let Wanted { source, runs, store, metric } = *wanted;
        let range = shown
            .filter(|bounds| bounds.is_finite_x() && bounds.width() > 0.0)
            .map_or((f64::NEG_INFINITY, f64::INFINITY), |bounds| (bounds.min()[0], bounds.max()[0]));
        // Many lines share the points that a frame can afford; wider columns still keep every extreme.
        let pixels = pixels.min(MOST_POINTS / (2 * store.ticked.len().max(1))).max(1);
        let revision = (source.revision, source.revision_of(metric));
        if self.basis.as_ref().is_some_and(|basis| {
            (basis.revision, basis.range, basis.pixels) == (revision, range, pixels)
                && basis.ticked == store.ticked
                && basis.metrics == store.metrics
        }) {
            return;
        }
        self.lines.clear();
        self.closer.clear();
        self.bounds = None;
        self.notes = Notes::of(source, runs, store, metric);
        for (at, run) in store.ticked.iter().enumerate() {
            let key = SeriesKey { run: run.clone(), metric: metric.to_owned() };
            let Some(drawn) = source.series.get(&key) else { continue };
            let Some(curve) = drawn.curve.as_deref() else { continue };
            let (series, pyramid) = (curve.series(), curve.pyramid());
            let (Some(first), Some(last)) = (series.steps.first(), series.steps.last()) else { continue };
            let (first, last) = (*first as f64, *last as f64);
            if let Some((least, greatest)) = pyramid.value_range(series) {
                let own = [first, least, last, greatest];
                self.bounds = Some(self.bounds.map_or(own, |all| {
                    [all[0].min(own[0]), all[1].min(own[1]), all[2].max(own[2]), all[3].max(own[3])]
                }));
            }
            let (from, to) = (range.0.max(first), range.1.min(last));
            let window = drawn.window(from, to);
            let selection = match window {
                Some(window) => window.pyramid().select(window.series(), from, to, pixels),
                None => pyramid.select(series, from, to, pixels),
            };
            // Where stretches of what is thinned are wider than columns, somebody can tell.
            if curve.is_thinned()
                && window.is_none()
                && from < to
                && series.count_between(from, to) / 4 < pixels
            {
                self.closer.push((key, (from.floor() as i64, to.ceil() as i64)));
            }
            let (mut stretches, mut singles) = (Vec::new(), Vec::new());
            for stretch in selection.stretches {
                let mut points: Vec<PlotPoint> = stretch
                    .into_iter()
                    .map(|(x, y)| PlotPoint::new(x, y.clamp(-FARTHEST, FARTHEST)))
                    .collect();
                // A value between two gaps: many of them are still one item of the plot.
                if points.len() == 1 { singles.append(&mut points) } else { stretches.push(points) }
            }
            let turn = at / series_len;
            let marks = turn.checked_sub(1).map(|turn| {
                let range = (range.0.max(first), range.1.min(last));
                (SHAPES[turn % SHAPES.len()], spread(&stretches, range, self.lines.len()))
            });
            self.lines.push(DrawnLine {
                run: run.clone(),
                name: runs.run(run).map_or_else(|| run.clone(), |run| run.shown_name().to_owned()),
                stretches,
                singles,
                infinities: selection.infinities,
                marks,
            });
        }
        self.bounds = self.bounds.map(|[left, bottom, right, top]| {
            let ((left, right), (bottom, top)) = (roomy(left, right), roomy(bottom, top));
            [left, bottom, right, top]
        });
        let (ticked, metrics) = (store.ticked.clone(), store.metrics.clone());
        self.basis = Some(Basis { revision, ticked, metrics, range, pixels });
    }
}

impl DrawnLine {
    /// Draws it in a plot whose points were selected for `columns` columns.
    pub fn draw<'a>(&'a self, plot_ui: &mut PlotUi<'a>, color: Color32, columns: usize) {
        let bounds = plot_ui.plot_bounds();
        for stretch in &self.stretches {
            let points = PlotPoints::Borrowed(stretch);
            let drawn = Line::new(self.name.as_str(), points).color(color).width(1.6);
            // Where points stand closer than pixels a band looks as the line would, for a tenth of the cost;
            // elsewhere it would fill what the line only encloses.
            plot_ui.line(drawn.allow_band(stretch.len() >= columns));
        }
        if !self.singles.is_empty() {
            let points = PlotPoints::Borrowed(&self.singles);
            plot_ui.points(Points::new(self.name.as_str(), points).color(color).radius(2.5));
        }
        if let Some((shape, marks)) = &self.marks {
            let points = PlotPoints::Borrowed(marks);
            plot_ui.points(Points::new(self.name.as_str(), points).shape(*shape).color(color).radius(4.0));
        }
        let inset = (bounds.max()[1] - bounds.min()[1]) * 0.03;
        for (up, shape, y) in [
            (true, MarkerShape::Up, bounds.max()[1] - inset),
            (false, MarkerShape::Down, bounds.min()[1] + inset),
        ] {
            let marks: Vec<PlotPoint> = self
                .infinities
                .iter()
                .filter(|mark| mark.1 == up)
                .map(|mark| PlotPoint::new(mark.0, y))
                .collect();
            if !marks.is_empty() {
                let name = format!("{} {}", self.name, if up { "∞" } else { "−∞" });
                plot_ui.points(
                    Points::new(name, PlotPoints::Owned(marks)).shape(shape).color(color).radius(4.0),
                );
            }
        }
    }
}
