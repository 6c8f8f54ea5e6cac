//! The lines of a panel: selected from the pyramids when the range, the width, the data or the look changes, and borrowed in
//! every other frame.

use egui_plot::{MarkerShape, PlotBounds, PlotPoint};

use super::axis::roomy;
use super::groups::Grouped;
use super::scale::Scale;
use super::select::{Picked, pick};
use crate::action::SeriesKey;
use crate::address::{ChartLook, StoreLocation};
use crate::runs::distribution::robust_range_of;
use crate::runs::group::band;
use crate::runs::pyramid::Selection;
use crate::runs::{Line, Plotted, Pyramid, RunSet, Series, Trace};
use crate::state::Source;
use crate::state::sources::Drawn;
use crate::ui::runs::notes::Notes;

/// What a panel's points were selected for.
#[derive(Clone, Debug, PartialEq)]
struct Basis {
    revision: (u64, u64),
    ticked: Vec<String>,
    metrics: Vec<String>,
    charts: ChartLook,
    range: (f64, f64),
    pixels: usize,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Panel {
    basis: Option<Basis>,
    pub lines: Vec<DrawnLine>,
    /// Where all series lie, to fit them: left, bottom, right, top.
    pub bounds: Option<[f64; 4]>,
    /// Whether no series has more than one point.
    is_single: bool,
    /// What is missing, in words.
    pub notes: Notes,
    /// Thinned series of which all points are wanted between two steps.
    pub closer: Vec<(SeriesKey, (i64, i64))>,
}

/// The mean of a group, and what lies around it.
#[derive(Clone, Debug, Default)]
pub(super) struct Area {
    /// Where the edges are.
    pub x: Vec<f64>,
    /// The lower edge.
    pub low: Vec<f64>,
    /// The upper edge.
    pub high: Vec<f64>,
}

#[derive(Clone, Debug)]
pub(super) struct DrawnLine {
    /// What it is called.
    pub name: String,
    /// Its place among the colours.
    pub color: usize,
    /// What is drawn.
    pub picked: Picked,
    /// The same before it was smoothed.
    pub behind: Option<Picked>,
    /// How far a group reaches, in stretches between gaps.
    pub areas: Vec<Area>,
    /// Where the line carries a mark, and which: lines of one colour differ by it.
    pub marks: Option<(MarkerShape, Vec<PlotPoint>)>,
}

/// What tells lines of one colour apart: none the first time a colour is used, then a shape. Dashes would not do:
/// a spike in a gap would be lost, and a dash of a dense line costs as much as the line is long.
const SHAPES: [MarkerShape; 4] =
    [MarkerShape::Square, MarkerShape::Diamond, MarkerShape::Up, MarkerShape::Circle];

/// The mark of a line by its place among the colours, of which there are `series_len`.
pub(super) fn shape_of(at: usize, series_len: usize) -> Option<MarkerShape> {
    (at / series_len.max(1)).checked_sub(1).map(|turn| SHAPES[turn % SHAPES.len()])
}

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
    pub grouped: &'a Grouped,
    pub metric: &'a str,
}

/// A series as it is drawn: as it was logged, or in a look.
enum Held<'a> {
    Logged(&'a Pyramid, &'a Series),
    Looked(&'a Line),
}

impl Plotted for Held<'_> {
    fn values(&self) -> &[f64] {
        match self {
            Self::Logged(_, series) => series.values(),
            Self::Looked(line) => line.trace.values(),
        }
    }

    fn x(&self, at: usize) -> f64 {
        match self {
            Self::Logged(_, series) => series.x(at),
            Self::Looked(line) => Trace::x(&line.trace, at),
        }
    }
}

impl<'a> Held<'a> {
    /// What is drawn of a series, and what stands behind it; none where that is not made yet.
    fn of(drawn: &'a Drawn, charts: &ChartLook) -> Option<(Self, Option<Self>)> {
        let curve = drawn.curve.as_deref()?;
        if charts.look.is_plain() {
            return Some((Self::Logged(curve.pyramid(), curve.series()), None));
        }
        let looked = drawn.looked(&charts.look)?;
        Some((Self::Looked(&looked.line), looked.raw.as_ref().map(Self::Looked)))
    }

    fn pick(&self, range: (f64, f64), pixels: usize, scale: Scale) -> Picked {
        match self {
            Self::Logged(pyramid, series) => pick((pyramid, *series), range, pixels, scale),
            Self::Looked(line) => pick((&line.pyramid, &line.trace), range, pixels, scale),
        }
    }

    /// First and last x; none where there is no point.
    fn range(&self) -> Option<(f64, f64)> {
        let last = self.values().len().checked_sub(1)?;
        Some((self.x(0), self.x(last)))
    }

    fn value_range(&self) -> Option<(f64, f64)> {
        match self {
            Self::Logged(pyramid, series) => pyramid.value_range(*series),
            Self::Looked(line) => line.pyramid.value_range(&line.trace),
        }
    }

    /// Where all of it lies on the axes: left, bottom, right, top.
    fn bounds(&self, scale: Scale) -> Option<[f64; 4]> {
        /// As many columns find every extreme there is to see.
        const COLUMNS: usize = 512;
        if scale == Scale::default() {
            let ((first, last), (least, greatest)) = (self.range()?, self.value_range()?);
            return Some([first, least, last, greatest]);
        }
        let picked = self.pick(self.range()?, COLUMNS, scale);
        picked.all().map(|point| [point.x, point.y, point.x, point.y]).reduce(around)
    }
}

fn around(a: [f64; 4], b: [f64; 4]) -> [f64; 4] {
    [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])]
}

impl Panel {
    /// How many points are drawn.
    pub fn points(&self) -> usize {
        self.lines.iter().map(|line| line.picked.points()).sum()
    }

    /// Whether every line is a single number: a bar says more of it than a point on an axis.
    pub fn is_of_single_points(&self) -> bool {
        let is_single = |line: &DrawnLine| line.picked.points() == 1 && line.picked.infinities.is_empty();
        !self.lines.is_empty() && self.is_single && self.lines.iter().all(is_single)
    }

    /// How many columns the points were selected for; a stretch of as many is dense.
    pub fn columns(&self) -> usize {
        self.basis.as_ref().map_or(usize::MAX, |basis| basis.pixels)
    }

    /// Selects the points again if anything they depend on has changed: the range `shown`, the `pixels` there are,
    /// the data, the look. `series_len` is how many colours there are before they repeat.
    pub fn select(
        &mut self,
        wanted: &Wanted<'_>,
        shown: Option<PlotBounds>,
        pixels: usize,
        series_len: usize,
    ) {
        let Wanted { source, runs, store, metric, .. } = *wanted;
        let charts = &store.charts;
        let scale = Scale { log_x: charts.log_x, log_y: charts.log_y };
        let range = shown
            .filter(|bounds| bounds.is_finite_x() && bounds.width() > 0.0)
            .map_or((f64::NEG_INFINITY, f64::INFINITY), |bounds| {
                (scale.x_at(bounds.min()[0]), scale.x_at(bounds.max()[0]))
            });
        // Many lines share the points that a frame can afford; wider columns still keep every extreme.
        // Behind a smoothed line stands the raw one.
        let shares = if charts.look.smoothing.is_none() { 2 } else { 5 };
        let pixels = pixels.min(MOST_POINTS / (shares * store.ticked.len().max(1))).max(1);
        let revision = (source.revision, source.revision_of(metric));
        let is_same = |basis: &Basis| {
            (basis.revision, basis.range, basis.pixels) == (revision, range, pixels)
                && basis.ticked == store.ticked
                && basis.metrics == store.metrics
                && basis.charts == *charts
        };
        if self.basis.as_ref().is_some_and(is_same) {
            return;
        }
        *self = Self { notes: Notes::of(source, runs, store, metric), ..Self::default() };
        self.fit(wanted, scale);
        if wanted.grouped.groups().is_empty() {
            self.each_run(wanted, range, (pixels, scale), series_len);
        } else {
            self.each_group(wanted, range, (pixels, scale));
        }
        let lost = self.lines.iter().map(|line| line.picked.lost).sum();
        self.notes.tell_lost(lost);
        self.tell_left_out(wanted);
        let (ticked, metrics) = (store.ticked.clone(), store.metrics.clone());
        self.basis = Some(Basis { revision, ticked, metrics, charts: charts.clone(), range, pixels });
    }

    /// Tells which points have no place on another axis, or go back on it.
    fn tell_left_out(&mut self, wanted: &Wanted<'_>) {
        let Wanted { source, store, metric, .. } = *wanted;
        let mut all = Trace::default();
        for run in &store.ticked {
            let key = SeriesKey { run: run.clone(), metric: metric.to_owned() };
            if let Some(looked) = source.series.get(&key).and_then(|drawn| drawn.looked(&store.charts.look)) {
                all.left_out += looked.line.trace.left_out;
                all.turned_back += looked.line.trace.turned_back;
            }
        }
        for sentence in all.oddities(&store.charts.look.x) {
            self.notes.tell(&sentence);
        }
    }

    /// Finds where everything lies, or where most of it does.
    fn fit(&mut self, wanted: &Wanted<'_>, scale: Scale) {
        let Wanted { source, store, metric, .. } = *wanted;
        let all: Vec<Held<'_>> = store
            .ticked
            .iter()
            .filter_map(|run| {
                let key = SeriesKey { run: run.clone(), metric: metric.to_owned() };
                let (front, behind) = Held::of(source.series.get(&key)?, &store.charts)?;
                Some(behind.unwrap_or(front))
            })
            .collect();
        self.is_single = all.iter().all(|held| held.values().len() <= 1);
        let Some(mut bounds) = all.iter().filter_map(|held| held.bounds(scale)).reduce(around) else {
            return;
        };
        if store.charts.without_outliers {
            let curves: Vec<&Held<'_>> = all.iter().collect();
            if let Some((low, high)) = robust_range_of(&curves, f64::NEG_INFINITY, f64::INFINITY) {
                bounds[1] = scale.y(low).map_or(bounds[1], |low| low.max(bounds[1]));
                bounds[3] = scale.y(high).map_or(bounds[3], |high| high.min(bounds[3]));
            }
        }
        let ((left, right), (bottom, top)) = (roomy(bounds[0], bounds[2]), roomy(bounds[1], bounds[3]));
        self.bounds = Some([left, bottom, right, top]);
    }

    fn each_run(
        &mut self,
        wanted: &Wanted<'_>,
        range: (f64, f64),
        (pixels, scale): (usize, Scale),
        series_len: usize,
    ) {
        let Wanted { source, runs, store, metric, .. } = *wanted;
        for (at, run) in store.ticked.iter().enumerate() {
            let key = SeriesKey { run: run.clone(), metric: metric.to_owned() };
            let Some(drawn) = source.series.get(&key) else { continue };
            let Some((held, behind)) = Held::of(drawn, &store.charts) else { continue };
            let Some((first, last)) = held.range() else { continue };
            let (from, to) = (range.0.max(first), range.1.min(last));
            let window = drawn.window(from, to).filter(|_| store.charts.look.is_plain());
            let picked = match window {
                Some(window) => {
                    Held::Logged(window.pyramid(), window.series()).pick((from, to), pixels, scale)
                }
                None => held.pick((from, to), pixels, scale),
            };
            // Where stretches of what is thinned are wider than columns, somebody can tell.
            if let Held::Logged(_, series) = held
                && drawn.curve.as_ref().is_some_and(|curve| curve.is_thinned())
                && window.is_none()
                && from < to
                && series.count_between(from, to) / 4 < pixels
            {
                self.closer.push((key, (from.floor() as i64, to.ceil() as i64)));
            }
            let marks = shape_of(at, series_len).map(|shape| {
                let shown = (scale.x(from).unwrap_or(0.0), scale.x(to).unwrap_or(1.0));
                (shape, spread(&picked.stretches, shown, self.lines.len()))
            });
            self.lines.push(DrawnLine {
                name: runs.run(run).map_or_else(|| run.clone(), |run| run.shown_name().to_owned()),
                color: at,
                picked,
                behind: behind.map(|behind| behind.pick((from, to), pixels, scale)),
                areas: Vec::new(),
                marks,
            });
        }
    }

    fn each_group(&mut self, wanted: &Wanted<'_>, range: (f64, f64), (pixels, scale): (usize, Scale)) {
        let Wanted { source, store, grouped, metric, .. } = *wanted;
        for (at, group) in grouped.groups().iter().enumerate() {
            let held: Vec<Held<'_>> = group
                .runs
                .iter()
                .filter_map(|run| {
                    let key = SeriesKey { run: run.clone(), metric: metric.to_owned() };
                    Held::of(source.series.get(&key)?, &store.charts).map(|(front, _)| front)
                })
                .collect();
            if held.is_empty() {
                continue;
            }
            let curves: Vec<&Held<'_>> = held.iter().collect();
            let band = band(&curves, store.charts.spread, range.0, range.1, 2 * pixels);
            let mut mean = Selection { stretches: vec![Vec::new()], infinities: Vec::new() };
            let mut areas = vec![Area::default()];
            for (at, x) in band.x.iter().enumerate() {
                let place = |value: f64| scale.y(value).filter(|place| place.is_finite());
                match (band.mean[at].is_finite(), mean.stretches.last_mut()) {
                    (true, Some(stretch)) => stretch.push((*x, band.mean[at])),
                    _ => mean.stretches.push(Vec::new()),
                }
                match (scale.x(*x), place(band.low[at]), place(band.high[at]), areas.last_mut()) {
                    (Some(x), Some(low), Some(high), Some(area)) => {
                        area.x.push(x);
                        area.low.push(low);
                        area.high.push(high);
                    }
                    _ => areas.push(Area::default()),
                }
            }
            areas.retain(|area| area.x.len() > 1);
            self.lines.push(DrawnLine {
                name: format!("{} · {}", group.label, crate::shown::counted(held.len(), "run", "runs")),
                color: at,
                picked: Picked::new(mean, scale),
                behind: None,
                areas,
                marks: None,
            });
        }
    }
}
