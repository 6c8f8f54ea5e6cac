//! One panel for each chosen metric, with a line for each ticked run. What is drawn is selected from the
//! pyramid when the range, the width or the data changes, and borrowed in every other frame.

use std::collections::BTreeMap;
use std::sync::Arc;

use egui::accesskit::Role;
use egui::{ScrollArea, TextEdit, Ui, WidgetInfo, vec2};
use egui_plot::{Line, MarkerShape, Plot, PlotMemory, PlotPoint, PlotPoints, Points};

use super::notes::{Notes, Pressed};
use super::{color_of, number_text};
use crate::action::{Action, SeriesKey, SourceAction, SourceId};
use crate::address::StoreLocation;
use crate::runs::RunSet;
use crate::state::Source;
use crate::state::sources::Drawn;
use crate::ui::theme::Theme;
use crate::ui::widgets::{Ink, Kind, button, chip, empty_state, icon_button, paint_text, tool_bar};
use crate::ui::{View, icons};

/// The selected points of every panel.
#[derive(Clone, Debug, Default)]
pub struct ChartMemory {
    panels: BTreeMap<(SourceId, String), Panel>,
    picking: bool,
}

/// What a panel's points were selected for.
#[derive(Clone, Debug, PartialEq)]
struct Basis {
    revision: u64,
    ticked: Vec<String>,
    metrics: Vec<String>,
    range: (f64, f64),
    pixels: usize,
}

#[derive(Clone, Debug, Default)]
struct Panel {
    basis: Option<Basis>,
    lines: Vec<DrawnLine>,
    /// Range of steps and values of all series, to fit them.
    bounds: Option<[f64; 4]>,
    notes: Notes,
}

#[derive(Clone, Debug)]
struct DrawnLine {
    run: String,
    name: String,
    stretches: Vec<Vec<PlotPoint>>,
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

pub(super) fn charts_ui(
    ui: &mut Ui,
    view: &mut View<'_>,
    id: SourceId,
    source: &Source,
    runs: &RunSet,
    store: &mut StoreLocation,
) {
    bar(ui, view, runs, store);
    if store.ticked.is_empty() {
        let text = "Tick runs in the table to draw their metrics here.";
        let action = Some((icons::CHECK_SQUARE, "Tick the first five"));
        if empty_state(ui, icons::CHART_LINE, "Nothing drawn yet", text, action) {
            for row in source.rows.iter().take(5) {
                super::toggle(store, &runs.runs[*row as usize].id, &source.columns);
            }
        }
        return;
    }
    if store.metrics.is_empty() {
        empty_state(ui, icons::CHART_LINE, "No metric chosen", "Add one with the button above.", None);
        return;
    }
    ScrollArea::vertical().auto_shrink(false).id_salt("charts").show(ui, |ui| {
        egui::Frame::new().inner_margin(egui::Margin::symmetric(14, 8)).show(ui, |ui| {
            let columns = if ui.available_width() > 760.0 && store.metrics.len() > 1 { 2 } else { 1 };
            let gap = 16.0;
            let width = (ui.available_width() - gap * (columns as f32 - 1.0)) / columns as f32;
            let mut instead = None;
            for (row, metrics) in store.metrics.chunks(columns).enumerate() {
                ui.horizontal_top(|ui| {
                    ui.spacing_mut().item_spacing.x = gap;
                    for (column, metric) in metrics.iter().enumerate() {
                        ui.vertical(|ui| {
                            ui.set_width(width);
                            let other = panel_ui(ui, view, id, source, runs, store, metric);
                            if let Some(other) = other {
                                instead = Some((row * columns + column, other));
                            }
                        });
                    }
                });
                ui.add_space(10.0);
            }
            if let Some((at, metric)) = instead {
                store.metrics[at] = metric.to_string();
            }
        });
    });
}

/// The chosen metrics as chips, and the list to add one from.
fn bar(ui: &mut Ui, view: &mut View<'_>, runs: &RunSet, store: &mut StoreLocation) {
    tool_bar(ui, |ui| {
        let add = button(ui, icons::PLUS, "Metric", Kind::Plain);
        let mut remove = None;
        for (at, metric) in store.metrics.iter().enumerate() {
            if chip(ui, None, metric, true).clicked() {
                remove = Some(at);
            }
        }
        if let Some(at) = remove {
            store.metrics.remove(at);
        }
        if add.clicked() {
            view.memory.charts.picking = !view.memory.charts.picking;
        }
        if view.memory.charts.picking {
            pick(view, &add, runs, store);
        }
    });
}

fn pick(view: &mut View<'_>, add: &egui::Response, runs: &RunSet, store: &mut StoreLocation) {
    let mut open = true;
    let search = &mut view.memory.metric_search;
    egui::Popup::from_response(add)
        .open_bool(&mut open)
        .close_behavior(egui::PopupCloseBehavior::CloseOnClickOutside)
        .accessible_name("Choose metrics")
        .show(|ui| {
            ui.set_width(280.0);
            let field = ui.add(TextEdit::singleline(search).hint_text("Find a metric").desired_width(270.0));
            field.widget_info(|| WidgetInfo::labeled(Role::SearchInput, true, "Find a metric"));
            let wanted = search.to_lowercase();
            let fits = |key: &str| wanted.is_empty() || key.to_lowercase().contains(&wanted);
            let fitting: Vec<&Arc<str>> = runs.metric_keys.iter().filter(|key| fits(key)).collect();
            ScrollArea::vertical().max_height(320.0).show_rows(ui, 24.0, fitting.len(), |ui, range| {
                for key in &fitting[range] {
                    let mut on = store.metrics.iter().any(|metric| **metric == ***key);
                    if ui.checkbox(&mut on, &***key).clicked() {
                        if on {
                            store.metrics.push(key.to_string());
                        } else {
                            store.metrics.retain(|metric| **metric != ***key);
                        }
                    }
                }
            });
        });
    if !open && !add.clicked() {
        view.memory.charts.picking = false;
    }
}

/// One chart; returns the metric that is to be drawn instead, if another was chosen.
fn panel_ui(
    ui: &mut Ui,
    view: &mut View<'_>,
    id: SourceId,
    source: &Source,
    runs: &RunSet,
    store: &StoreLocation,
    metric: &str,
) -> Option<Arc<str>> {
    let theme = Theme::of(ui);
    let mut reset = false;
    ui.horizontal(|ui| {
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width() - 40.0, 26.0), egui::Sense::hover());
        let ink = Ink::new(theme.strong(theme.text.emphasis), theme.color.text);
        paint_text(ui.painter(), rect.left_center(), egui::Align2::LEFT_CENTER, metric, &ink, rect.width());
        let name = format!("Fit the chart of {metric}");
        reset = icon_button(ui, icons::CORNERS_OUT, &name, false).clicked();
    });
    let plot_id = egui::Id::unique(("chart", view.window.0, id.0, metric));
    let height = if store.metrics.len() == 1 { (ui.available_height() - 60.0).max(240.0) } else { 220.0 };
    let key = (id, metric.to_owned());
    let mut panel = view.memory.charts.panels.remove(&key).unwrap_or_default();
    let shown = PlotMemory::load(ui.ctx(), plot_id).map(|memory| *memory.transform().bounds());
    select(
        &mut panel,
        source,
        runs,
        store,
        metric,
        shown,
        [ui.available_width() as usize, theme.series_len().max(1)],
    );
    let mut plot = Plot::new(plot_id)
        .id(plot_id)
        .height(height)
        .show_background(false)
        .show_grid([false, !panel.notes.is_blank()])
        .show_axes(!panel.notes.is_blank())
        .grid_color(theme.color.line)
        .grid_spacing(egui::Rangef::new(34.0, 300.0))
        .allow_scroll(false)
        .link_cursor(egui::Id::unique(("charts", view.window.0, id.0)), [true, false])
        .x_axis_formatter(|mark, _| number_text(mark.value))
        .y_axis_formatter(|mark, _| number_text(mark.value))
        .label_formatter(|hover| match hover {
            egui_plot::HoverPosition::NearDataPoint { plot_name, position, .. } => {
                Some(format!("{plot_name}\nstep {}\n{}", position.x, number_text(position.y)))
            }
            egui_plot::HoverPosition::Elsewhere { .. } => None,
        });
    if let Some([left, bottom, right, top]) = panel.bounds {
        plot = plot.include_x(left).include_x(right).include_y(bottom).include_y(top);
    }
    if reset {
        plot = plot.reset();
    }
    let columns = panel.basis.as_ref().map_or(usize::MAX, |basis| basis.pixels);
    let response = plot.show(ui, |plot_ui| {
        let bounds = plot_ui.plot_bounds();
        for line in &panel.lines {
            let color = color_of(theme, store, &line.run).unwrap_or(theme.color.text_3);
            for stretch in &line.stretches {
                if let [point] = stretch.as_slice() {
                    let one = PlotPoints::Owned(vec![*point]);
                    plot_ui.points(Points::new(line.name.as_str(), one).color(color).radius(2.5));
                } else {
                    let points = PlotPoints::Borrowed(stretch);
                    let drawn = Line::new(line.name.as_str(), points).color(color).width(1.6);
                    // Where points stand closer than pixels a band looks as the line would, for a tenth of the
                    // cost; elsewhere it would fill what the line only encloses.
                    plot_ui.line(drawn.allow_band(stretch.len() >= columns));
                }
            }
            if let Some((shape, marks)) = &line.marks {
                let points = PlotPoints::Borrowed(marks);
                plot_ui
                    .points(Points::new(line.name.as_str(), points).shape(*shape).color(color).radius(4.0));
            }
            let inset = (bounds.max()[1] - bounds.min()[1]) * 0.03;
            for (up, shape, y) in [
                (true, MarkerShape::Up, bounds.max()[1] - inset),
                (false, MarkerShape::Down, bounds.min()[1] + inset),
            ] {
                let marks: Vec<PlotPoint> = line
                    .infinities
                    .iter()
                    .filter(|mark| mark.1 == up)
                    .map(|mark| PlotPoint::new(mark.0, y))
                    .collect();
                if !marks.is_empty() {
                    let name = format!("{} {}", line.name, if up { "∞" } else { "−∞" });
                    plot_ui.points(
                        Points::new(name, PlotPoints::Owned(marks)).shape(shape).color(color).radius(4.0),
                    );
                }
            }
        }
    });
    let count: usize =
        panel.lines.iter().map(|line| line.stretches.iter().map(Vec::len).sum::<usize>()).sum();
    let name = format!("Chart of {metric}: {} lines, {count} points", panel.lines.len());
    response.response.widget_info(move || WidgetInfo::labeled(Role::Image, true, name.clone()));
    let over = panel.notes.over_ui(ui, response.response.rect);
    let below = panel.notes.below_ui(ui);
    view.memory.charts.panels.insert(key, panel);
    match over.or(below) {
        Some(Pressed::Instead(other)) => return Some(other),
        Some(Pressed::Again) => view.actions.push(Action::Source(id, SourceAction::Reload)),
        None => {}
    }
    None
}

/// Selects the points again if anything they depend on has changed.
fn select(
    panel: &mut Panel,
    source: &Source,
    runs: &RunSet,
    store: &StoreLocation,
    metric: &str,
    shown: Option<egui_plot::PlotBounds>,
    [pixels, series_len]: [usize; 2],
) {
    let range = shown
        .filter(|bounds| bounds.is_finite_x() && bounds.width() > 0.0)
        .map_or((f64::NEG_INFINITY, f64::INFINITY), |bounds| (bounds.min()[0], bounds.max()[0]));
    // Many lines share the points that a frame can afford; wider columns still keep every extreme.
    let pixels = pixels.min(MOST_POINTS / (2 * store.ticked.len().max(1))).max(1);
    let revision = source.revision;
    if panel.basis.as_ref().is_some_and(|basis| {
        (basis.revision, basis.range, basis.pixels) == (revision, range, pixels)
            && basis.ticked == store.ticked
            && basis.metrics == store.metrics
    }) {
        return;
    }
    panel.lines.clear();
    panel.bounds = None;
    panel.notes = Notes::of(source, runs, store, metric);
    for (at, run) in store.ticked.iter().enumerate() {
        let key = SeriesKey { run: run.clone(), metric: metric.to_owned() };
        let Some(Drawn::Ready { series, pyramid, .. }) = source.series.get(&key) else { continue };
        let (Some(first), Some(last)) = (series.steps.first(), series.steps.last()) else { continue };
        let (first, last) = (*first as f64, *last as f64);
        if let Some((least, greatest)) = pyramid.value_range(series) {
            let own = [first, least, last, greatest];
            panel.bounds = Some(panel.bounds.map_or(own, |all| {
                [all[0].min(own[0]), all[1].min(own[1]), all[2].max(own[2]), all[3].max(own[3])]
            }));
        }
        let selection = pyramid.select(series, range.0.max(first), range.1.min(last), pixels);
        let stretches: Vec<Vec<PlotPoint>> = selection
            .stretches
            .into_iter()
            .map(|stretch| stretch.into_iter().map(|(x, y)| PlotPoint::new(x, y)).collect())
            .collect();
        let turn = at / series_len;
        let marks = turn.checked_sub(1).map(|turn| {
            let range = (range.0.max(first), range.1.min(last));
            (SHAPES[turn % SHAPES.len()], spread(&stretches, range, panel.lines.len()))
        });
        panel.lines.push(DrawnLine {
            run: run.clone(),
            name: runs.run(run).map_or_else(|| run.clone(), |run| run.shown_name().to_owned()),
            stretches,
            infinities: selection.infinities,
            marks,
        });
    }
    let (ticked, metrics) = (store.ticked.clone(), store.metrics.clone());
    panel.basis = Some(Basis { revision, ticked, metrics, range, pixels });
}
