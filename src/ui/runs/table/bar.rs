//! The bar above the table: how many runs there are, what stands in the way of newer ones, experiments and columns.

use egui::{RichText, Ui};

use super::choose;
use crate::address::StoreLocation;
use crate::command::Command;
use crate::runs::{RunSet, Table};
use crate::shown::counted;
use crate::state::{Source, SourceState};
use crate::ui::icons;
use crate::ui::runs::{TableMemory, Wish, experiments};
use crate::ui::theme::Theme;
use crate::ui::widgets::{icon_button, tab, tool_bar};

/// Counts, what stands in the way of newer ones, and the experiments to choose from. Returns what was pressed for.
pub(super) fn bar(
    ui: &mut Ui,
    (source, memory): (&Source, &mut TableMemory),
    (runs, table): (&RunSet, &Table),
    store: &mut StoreLocation,
) -> Option<Wish> {
    let theme = Theme::of(ui);
    let mut wish = None;
    tool_bar(ui, |ui| {
        let (all, shown) = (runs.runs.len(), table.rows.len());
        let count = if shown == all { counted(all, "run", "runs") } else { format!("{shown} of {all} runs") };
        ui.label(RichText::new(count).font(theme.strong(theme.text.body)));
        if !store.ticked.is_empty() {
            ui.label(RichText::new(format!("{} drawn", store.ticked.len())).color(theme.color.text_3));
            if ui.link(RichText::new("clear").color(theme.color.accent)).clicked() {
                store.ticked.clear();
            }
        }
        match &source.state {
            SourceState::Failed(sentence) => {
                let text = format!("{} As last read", icons::WARNING);
                ui.label(RichText::new(text).color(theme.color.warn)).on_hover_text(sentence);
                if ui.link(RichText::new("read again").color(theme.color.accent)).clicked() {
                    wish = Some(Wish::ReadAgain);
                }
            }
            SourceState::Loading => {
                ui.label(RichText::new("reading again").color(theme.color.text_3));
            }
            SourceState::Ready => {}
        }
        if icon_button(ui, icons::EXPORT, Command::ExportCsv.title(), false).clicked() {
            wish = Some(Wish::Csv);
        }
        let columns = icon_button(ui, icons::COLUMNS, "Columns", false);
        choose::choose_ui(memory, &columns, (runs, table), store);
        ui.add_space(6.0);
        if runs.experiments.len() > 1 {
            if tab(ui, "", "All", store.experiment.is_none()).clicked() {
                store.experiment = None;
            }
            for name in experiments(runs).take(12) {
                if tab(ui, "", name, store.experiment.as_deref() == Some(name)).clicked() {
                    store.experiment = Some(name.to_owned());
                }
            }
        }
    });
    wish
}
