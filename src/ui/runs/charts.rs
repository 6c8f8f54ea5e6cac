//! One panel for each chosen metric, with a line for each ticked run or for each group of them.

mod axis;
mod bar;
mod bars;
mod draw;
mod groups;
mod hover;
mod legend;
mod lines;
mod look;
mod panel;
mod scale;
mod select;

use std::collections::BTreeMap;

use egui::{Frame, Margin, ScrollArea, Ui};

use groups::Grouped;
use lines::Panel;

use crate::action::SourceId;
use crate::address::StoreLocation;
use crate::runs::{RunSet, Table};
use crate::state::Source;
use crate::ui::widgets::empty_state;
use crate::ui::{View, icons};

/// The selected points of every panel.
#[derive(Clone, Debug, Default)]
pub struct ChartMemory {
    panels: BTreeMap<(SourceId, String), Panel>,
    /// Which ticked runs are drawn as one.
    pub grouped: Grouped,
    /// The line that the pointer was near in the last frame, by its place among the colours.
    pointed: Option<usize>,
    picking: bool,
}

impl ChartMemory {
    /// The place among the colours of a ticked run.
    pub(super) fn color_of(&self, store: &StoreLocation, run: &str) -> Option<usize> {
        self.grouped.color_of(store, run)
    }

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
    bar::bar(ui, view, runs, store);
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
    look::look_ui(ui, runs, store);
    let mut pointed = None;
    Frame::new().inner_margin(Margin { left: 14, right: 14, top: 8, bottom: 2 }).show(ui, |ui| {
        let grouped = std::mem::take(&mut view.memory.charts.grouped);
        pointed = legend::legend_ui(ui, runs, &grouped, store);
        view.memory.charts.grouped = grouped;
    });
    ScrollArea::vertical().auto_shrink(false).id_salt("charts").show(ui, |ui| {
        Frame::new().inner_margin(Margin { left: 10, right: 10, top: 4, bottom: 10 }).show(ui, |ui| {
            pointed = panels_ui(ui, view, id, (source, runs), store).or(pointed);
        });
    });
    if view.memory.charts.pointed != pointed {
        view.memory.charts.pointed = pointed;
        ui.ctx().request_repaint();
    }
}

/// Returns the line that the pointer is near, by its place among the colours.
fn panels_ui(
    ui: &mut Ui,
    view: &mut View<'_>,
    id: SourceId,
    (source, runs): (&Source, &RunSet),
    store: &mut StoreLocation,
) -> Option<usize> {
    const GAP: f32 = 10.0;
    /// A panel is no narrower where two stand beside each other.
    const LEAST: f32 = 340.0;
    let alone = store.charts.alone.clone().filter(|alone| store.metrics.contains(alone));
    let shown = alone.map_or_else(|| store.metrics.clone(), |alone| vec![alone]);
    let fitting = ((ui.available_width() + GAP) / (LEAST + GAP)).floor().max(1.0) as usize;
    let columns = fitting.min(shown.len()).min(3);
    let width = (ui.available_width() - GAP * (columns as f32 - 1.0)) / columns as f32;
    let rows = shown.len().div_ceil(columns);
    // Few charts take the room there is.
    let height = ((ui.clip_rect().height() - 20.0) / rows as f32 - GAP).clamp(236.0, 420.0);
    let height = if rows == 1 && columns == 1 { ui.clip_rect().height() - 20.0 } else { height };
    let (mut pointed, mut wishes) = (None, Vec::new());
    for metrics in shown.chunks(columns) {
        // The last ones share the row.
        let width = if metrics.len() < columns {
            (ui.available_width() - GAP * (metrics.len() as f32 - 1.0)) / metrics.len() as f32
        } else {
            width
        };
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = GAP;
            for metric in metrics {
                ui.vertical(|ui| {
                    ui.set_width(width);
                    let (near, wish) = panel::panel_ui(ui, view, id, (source, runs, store), metric, height);
                    pointed = near.or(pointed);
                    wishes.extend(wish.map(|wish| (metric.clone(), wish)));
                });
            }
        });
        ui.add_space(GAP);
    }
    for (metric, wish) in wishes {
        match wish {
            panel::Wish::Instead(other) => {
                if let Some(at) = store.metrics.iter().position(|own| *own == metric) {
                    store.metrics[at] = other.to_string();
                }
            }
            panel::Wish::Alone => {
                let is_alone = store.charts.alone.as_ref() == Some(&metric);
                store.charts.alone = (!is_alone).then_some(metric);
            }
            panel::Wish::Remove => store.metrics.retain(|own| *own != metric),
        }
    }
    pointed
}
