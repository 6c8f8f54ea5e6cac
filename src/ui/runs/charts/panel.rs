//! One chart: a metric of all ticked runs, or of groups of them.

use std::sync::Arc;

use egui::accesskit::Role;
use egui::{Align2, Frame, Margin, Stroke, Ui, WidgetInfo, vec2};
use egui_plot::{AxisHints, Plot, PlotMemory};

use super::axis;
use super::bars::bars_ui;
use super::draw::Paint;
use super::hover::{axis_title, hover_ui, x_text};
use super::lines::{Panel, Wanted};
use super::scale::Scale;
use crate::action::{Action, SourceAction, SourceId};
use crate::address::{ChartLook, StoreLocation};
use crate::runs::{RunSet, Smoothing, XAxis};
use crate::state::Source;
use crate::ui::runs::notes::Pressed;
use crate::ui::runs::number_text;
use crate::ui::theme::Theme;
use crate::ui::widgets::{Ink, icon_button, paint_text};
use crate::ui::{View, icons};

/// What was pressed in a panel.
pub(super) enum Wish {
    /// Draw this metric in its place.
    Instead(Arc<str>),
    /// Show it alone, or all again.
    Alone,
    /// Take it away.
    Remove,
}

/// Numbers beside each other need more room than above each other.
const LABEL_WIDTHS: f64 = 2.2;

/// Marks at round steps, `apart` times as far from each other as the grid asks for and not nearer than `least`; those of
/// `egui_plot`, at powers of ten, leave a narrow range with a single one.
fn spacer(apart: f64, least: f64) -> impl Fn(egui_plot::GridInput) -> Vec<egui_plot::GridMark> {
    egui_plot::uniform_grid_spacer(move |input| {
        let step = axis::nice_step((input.base_step_size * apart).max(least));
        [step, step * 10.0, step * 100.0]
    })
}

/// The same on an axis of any kind.
fn marks(
    is_logarithmic: bool,
    apart: f64,
    least: f64,
) -> Box<dyn Fn(egui_plot::GridInput) -> Vec<egui_plot::GridMark>> {
    if is_logarithmic {
        Box::new(move |input| axis::decades(input.bounds, input.base_step_size * apart))
    } else {
        Box::new(spacer(apart, least))
    }
}

/// What all that is drawn has in common: `step · EMA 0.85 · log`.
fn caption(charts: &ChartLook) -> String {
    let mut parts = vec![axis_title(&charts.look.x)];
    match charts.look.smoothing {
        Smoothing::None => {}
        Smoothing::Ema(weight) => parts.push(format!("EMA {}", number_text(weight))),
        Smoothing::Gaussian(sigma) => parts.push(format!("Gaussian {}", number_text(sigma))),
        Smoothing::RunningMean(points) => parts.push(format!("mean of {points}")),
    }
    match (charts.log_x, charts.log_y) {
        (true, true) => parts.push("log x and y".to_owned()),
        (true, false) => parts.push("log x".to_owned()),
        (false, true) => parts.push("log y".to_owned()),
        (false, false) => {}
    }
    if charts.without_outliers {
        parts.push("outliers out of sight".to_owned());
    }
    parts.join(" · ")
}

/// Draws a chart; returns the line that the pointer is near, and what was pressed.
pub(super) fn panel_ui(
    ui: &mut Ui,
    view: &mut View<'_>,
    id: SourceId,
    (source, runs, store): (&Source, &RunSet, &StoreLocation),
    metric: &str,
    height: f32,
) -> (Option<usize>, Option<Wish>) {
    let theme = Theme::of(ui);
    let frame = Frame::new()
        .fill(theme.color.panel)
        .stroke(Stroke::new(1.0, theme.color.line))
        .corner_radius(theme.size.radius)
        .inner_margin(Margin { left: 10, right: 8, top: 4, bottom: 6 });
    /// The head, the notes and the air around.
    const AROUND: f32 = 46.0;
    let height = (height - AROUND).max(160.0);
    frame.show(ui, |ui| inside_ui(ui, view, id, (source, runs, store), metric, height)).inner
}

/// The head: what is drawn and how, and what can be done with it. Returns what was pressed, and whether all is to be seen.
fn head_ui(ui: &mut Ui, store: &StoreLocation, metric: &str) -> (Option<Wish>, bool) {
    let theme = Theme::of(ui);
    let (mut wish, mut reset) = (None, false);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        let room = (ui.available_width() - 92.0).max(20.0);
        let (rect, response) = ui.allocate_exact_size(vec2(room, 28.0), egui::Sense::hover());
        let ink = Ink::new(theme.strong(theme.text.body), theme.color.text);
        let (drawn, cut) =
            paint_text(ui.painter(), rect.left_center(), Align2::LEFT_CENTER, metric, &ink, rect.width());
        if cut {
            response.on_hover_text(metric);
        }
        let left = drawn.right() + 8.0;
        if rect.right() - left > 40.0 {
            let small = Ink::new(theme.small(), theme.color.text_3);
            let at = egui::pos2(left, rect.center().y);
            let caption = caption(&store.charts);
            paint_text(ui.painter(), at, Align2::LEFT_CENTER, &caption, &small, rect.right() - left);
        }
        reset = icon_button(ui, icons::CORNERS_OUT, &format!("Fit the chart of {metric}"), false).clicked();
        let is_alone = store.charts.alone.as_deref() == Some(metric);
        let name = if is_alone { "Show all charts".to_owned() } else { format!("Show {metric} alone") };
        if icon_button(ui, icons::ARROWS_OUT, &name, is_alone).clicked() {
            wish = Some(Wish::Alone);
        }
        if icon_button(ui, icons::X, &format!("Remove {metric}"), false).clicked() {
            wish = Some(Wish::Remove);
        }
    });
    (wish, reset)
}

fn inside_ui(
    ui: &mut Ui,
    view: &mut View<'_>,
    id: SourceId,
    (source, runs, store): (&Source, &RunSet, &StoreLocation),
    metric: &str,
    height: f32,
) -> (Option<usize>, Option<Wish>) {
    let theme = Theme::of(ui);
    let (wish, reset) = head_ui(ui, store, metric);
    let charts = &store.charts;
    let scale = Scale { log_x: charts.log_x, log_y: charts.log_y };
    // Another axis has other places, so nothing of where one was is of use.
    let plot_id = egui::Id::unique((
        "chart",
        view.window.0,
        id.0,
        metric,
        (super::hover::axis_title(&charts.look.x), charts.log_x, charts.log_y),
    ));
    let key = (id, metric.to_owned());
    let mut panel = view.memory.charts.panels.remove(&key).unwrap_or_default();
    let grouped = std::mem::take(&mut view.memory.charts.grouped);
    let shown = PlotMemory::load(ui.ctx(), plot_id).map(|memory| *memory.transform().bounds());
    let width = ui.available_width() as usize;
    let wanted = Wanted { source, runs, store, grouped: &grouped, metric };
    panel.select(&wanted, shown, width, theme.series_len().max(1));
    view.memory.charts.grouped = grouped;
    let closer = panel.closer.drain(..);
    let closer = closer.map(|(key, steps)| Action::Source(id, SourceAction::LookCloser { key, steps }));
    closer.for_each(|action| view.actions.push(action));
    let pointed = view.memory.charts.pointed;
    if panel.is_of_single_points() {
        let top = ui.cursor().min;
        bars_ui(ui, &panel, scale, pointed, height);
        let all = egui::Rect::from_min_max(top, ui.min_rect().max);
        let response = ui.interact(all, plot_id.with("bars"), egui::Sense::hover());
        tell(&response, metric, &panel);
        let below = panel.notes.below_ui(ui);
        view.memory.charts.panels.insert(key, panel);
        return (None, wish.or_else(|| answered(view, id, below)));
    }
    let columns = panel.columns();
    let mut plot = plot(plot_id, view, (charts, scale), &panel, height, theme);
    if reset {
        plot = plot.reset();
    }
    let paint = |color: usize| Paint {
        own: theme.series(color),
        ground: theme.color.panel,
        is_dim: pointed.is_some_and(|pointed| pointed != color),
    };
    let response = plot.show(ui, |plot_ui| {
        for line in &panel.lines {
            line.draw_behind(plot_ui, &paint(line.color), columns);
        }
        for line in &panel.lines {
            line.draw(plot_ui, &paint(line.color), columns);
        }
    });
    tell(&response.response, metric, &panel);
    let near = response.response.hover_pos().and_then(|pointer| {
        let line = hover_ui(ui, &panel, (&response.transform, pointer), (scale, &charts.look.x))?;
        Some(panel.lines[line].color)
    });
    let over = panel.notes.over_ui(ui, response.response.rect);
    let below = panel.notes.below_ui(ui);
    view.memory.charts.panels.insert(key, panel);
    (near, wish.or_else(|| answered(view, id, over.or(below))))
}

/// Tells those who hear it what is drawn.
fn tell(response: &egui::Response, metric: &str, panel: &Panel) {
    let (lines, points) = (panel.lines.len(), panel.points());
    let name = format!("Chart of {metric}: {lines} lines, {points} points");
    response.widget_info(move || WidgetInfo::labeled(Role::Image, true, name.clone()));
}

/// What was pressed in the notes.
fn answered(view: &mut View<'_>, id: SourceId, pressed: Option<Pressed>) -> Option<Wish> {
    match pressed? {
        Pressed::Instead(other) => Some(Wish::Instead(other)),
        Pressed::Again => {
            view.actions.push(Action::Source(id, SourceAction::Retry));
            None
        }
    }
}

fn plot<'a>(
    plot_id: egui::Id,
    view: &View<'_>,
    (charts, scale): (&'a ChartLook, Scale),
    panel: &Panel,
    height: f32,
    theme: &Theme,
) -> Plot<'a> {
    let axis = &charts.look.x;
    let is_whole = matches!(axis, XAxis::Step) && !charts.log_x;
    let group = egui::Id::unique(("charts", view.window.0, axis_title(axis), charts.log_x));
    let hints = |hints: AxisHints<'a>| {
        hints.tick_label_font(theme.figures(theme.text.small)).tick_label_color(theme.color.text_3)
    };
    let mut plot = Plot::new(plot_id)
        .id(plot_id)
        .height(height)
        .show_background(false)
        .show_grid([false, !panel.notes.is_blank()])
        .show_axes(!panel.notes.is_blank())
        .grid_color(theme.color.line)
        .grid_spacing(egui::Rangef::new(34.0, 300.0))
        // There is no half a step.
        .x_grid_spacer(marks(scale.log_x, LABEL_WIDTHS, if is_whole { 1.0 } else { 0.0 }))
        .y_grid_spacer(marks(scale.log_y, 1.0, 0.0))
        .allow_scroll(false)
        .cursor_color(theme.color.line_strong)
        .link_cursor(group, [true, false])
        .link_axis(group, [true, false])
        .custom_x_axes(vec![
            hints(AxisHints::new_x()).formatter(move |mark, _| x_text(axis, scale.x_at(mark.value))),
        ])
        .custom_y_axes(vec![
            hints(AxisHints::new_y()).formatter(move |mark, _| number_text(scale.y_at(mark.value))),
        ])
        .label_formatter(|_| None);
    if let Some([left, bottom, right, top]) = panel.bounds {
        plot = plot.include_x(left).include_x(right).include_y(bottom).include_y(top);
    }
    plot
}
