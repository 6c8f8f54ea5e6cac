//! One panel for each chosen metric, with a line for each ticked run.

mod axis;
mod lines;

use std::collections::BTreeMap;
use std::sync::Arc;

use egui::accesskit::Role;
use egui::{ScrollArea, TextEdit, Ui, WidgetInfo, vec2};
use egui_plot::{Plot, PlotMemory};

use lines::{Panel, Wanted};

use super::notes::Pressed;
use super::{color_of, number_text};
use crate::action::{Action, SourceAction, SourceId};
use crate::address::StoreLocation;
use crate::runs::{RunSet, Table};
use crate::state::Source;
use crate::ui::theme::Theme;
use crate::ui::widgets::{Ink, Kind, button, chip, empty_state, icon_button, paint_text, tool_bar};
use crate::ui::{View, icons};

/// The selected points of every panel.
#[derive(Clone, Debug, Default)]
pub struct ChartMemory {
    panels: BTreeMap<(SourceId, String), Panel>,
    picking: bool,
    /// Whether the charts stand in the place of the runs where there is no room for both.
    pub in_front: bool,
}

impl ChartMemory {
    /// Forgets what was selected of a source that is closed or read again.
    pub fn forget(&mut self, source: SourceId) {
        self.panels.retain(|(of, _), _| *of != source);
    }
}

pub(super) fn charts_ui(
    ui: &mut Ui,
    view: &mut View<'_>,
    id: SourceId,
    (source, runs, table): (&Source, &RunSet, &Table),
    store: &mut StoreLocation,
) {
    bar(ui, view, runs, store);
    if store.ticked.is_empty() {
        let text = "Tick runs in the table to draw their metrics here.";
        let action = Some((icons::CHECK_SQUARE, "Tick the first five"));
        if empty_state(ui, icons::CHART_LINE, "Nothing drawn yet", text, action) {
            for row in table.rows.iter().take(5) {
                super::toggle(store, &runs.runs[*row as usize].id, &runs.columns);
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
        let room = (ui.available_width() - 40.0).max(20.0);
        let (rect, _) = ui.allocate_exact_size(vec2(room, 26.0), egui::Sense::hover());
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
    let width = ui.available_width() as usize;
    panel.select(&Wanted { source, runs, store, metric }, shown, width, theme.series_len().max(1));
    let closer = panel.closer.drain(..);
    let closer = closer.map(|(key, steps)| Action::Source(id, SourceAction::LookCloser { key, steps }));
    closer.for_each(|action| view.actions.push(action));
    let mut plot = Plot::new(plot_id)
        .id(plot_id)
        .height(height)
        .show_background(false)
        .show_grid([false, !panel.notes.is_blank()])
        .show_axes(!panel.notes.is_blank())
        .grid_color(theme.color.line)
        .grid_spacing(egui::Rangef::new(34.0, 300.0))
        // There is no half a step.
        .x_grid_spacer(spacer(LABEL_WIDTHS, 1.0))
        .y_grid_spacer(spacer(1.0, 0.0))
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
    let columns = panel.columns();
    let response = plot.show(ui, |plot_ui| {
        for line in &panel.lines {
            line.draw(plot_ui, color_of(theme, store, &line.run).unwrap_or(theme.color.text_3), columns);
        }
    });
    let count = panel.points();
    let name = format!("Chart of {metric}: {} lines, {count} points", panel.lines.len());
    response.response.widget_info(move || WidgetInfo::labeled(Role::Image, true, name.clone()));
    let over = panel.notes.over_ui(ui, response.response.rect);
    let below = panel.notes.below_ui(ui);
    view.memory.charts.panels.insert(key, panel);
    match over.or(below) {
        Some(Pressed::Instead(other)) => return Some(other),
        Some(Pressed::Again) => view.actions.push(Action::Source(id, SourceAction::Retry)),
        None => {}
    }
    None
}
