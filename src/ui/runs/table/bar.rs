//! What stands above the table: the filter and how many runs fit, experiments and columns, what stands in the way of newer
//! runs.

use std::sync::Arc;

use egui::{RichText, Ui};

use super::{choose, filter};
use crate::address::StoreLocation;
use crate::command::Command;
use crate::runs::{RunSet, Table};
use crate::state::{Source, SourceState};
use crate::ui::icons;
use crate::ui::runs::{TableMemory, Wish, experiments};
use crate::ui::theme::Theme;
use crate::ui::widgets::{icon_button, tab, tool_bar};

/// The filter and how many runs fit it, in the room that is left of a bar.
pub(in crate::ui::runs) fn filter_ui(
    ui: &mut Ui,
    memory: &mut TableMemory,
    (runs, table): (&Arc<RunSet>, &Table),
    (is_bare, asked): (bool, bool),
    store: &mut StoreLocation,
) {
    let theme = Theme::of(ui);
    let (all, shown) = (runs.runs.len(), table.rows.len());
    let count = if shown == all { all.to_string() } else { format!("{shown} of {all}") };
    let beside = 30.0 + 7.5 * count.len() as f32;
    filter::filter_ui(ui, &mut memory.filter, (runs, is_bare, asked), store, beside);
    ui.label(RichText::new(count).font(theme.mono()).color(theme.color.text_2))
        .on_hover_text("Runs in the table, of all that were read");
}

/// Returns what was pressed for.
pub(super) fn bar_ui(
    ui: &mut Ui,
    (source, memory): (&Source, &mut TableMemory),
    (runs, table): (&RunSet, &Table),
    store: &mut StoreLocation,
) -> Option<Wish> {
    let theme = Theme::of(ui);
    let mut wish = None;
    tool_bar(ui, |ui| {
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if icon_button(ui, icons::EXPORT, Command::ExportCsv.title(), false).clicked() {
                wish = Some(Wish::Csv);
            }
            let columns = icon_button(ui, icons::COLUMNS, "Columns", false);
            choose::choose_ui(memory, &columns, (runs, table), store);
            if !store.ticked.is_empty() {
                if ui.link(RichText::new("clear").color(theme.color.accent)).clicked() {
                    store.ticked.clear();
                }
                ui.label(RichText::new(format!("{} drawn", store.ticked.len())).color(theme.color.text_3));
            }
            match &source.state {
                SourceState::Failed(sentence) => {
                    if ui.link(RichText::new("read again").color(theme.color.accent)).clicked() {
                        wish = Some(Wish::ReadAgain);
                    }
                    let text = format!("{} As last read", icons::WARNING);
                    ui.label(RichText::new(text).color(theme.color.warn)).on_hover_text(sentence);
                }
                SourceState::Loading => {
                    ui.label(RichText::new("reading again").color(theme.color.text_3));
                }
                SourceState::Ready => {}
            }
            // What is left of the bar; more experiments than fit are reached by scrolling.
            ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                let area = egui::ScrollArea::horizontal().id_salt("experiments").auto_shrink(false);
                let hidden = egui::scroll_area::ScrollBarVisibility::AlwaysHidden;
                area.scroll_bar_visibility(hidden).show(ui, |ui| experiments_ui(ui, runs, store));
            });
        });
    });
    wish
}

fn experiments_ui(ui: &mut Ui, runs: &RunSet, store: &mut StoreLocation) {
    /// More are found by the filter.
    const MOST: usize = 40;
    if runs.experiments.len() < 2 {
        return;
    }
    ui.horizontal(|ui| {
        if tab(ui, "", "All", store.experiment.is_none()).clicked() {
            store.experiment = None;
        }
        for name in experiments(runs).take(MOST) {
            if tab(ui, "", name, store.experiment.as_deref() == Some(name)).clicked() {
                store.experiment = Some(name.to_owned());
            }
        }
    });
}
