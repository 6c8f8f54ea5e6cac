//! Everything about one run: its note, parameters, metrics and tags.

use egui::{RichText, ScrollArea, Ui};

use super::{duration_text, number_text, time_text};
use crate::address::{StoreLocation, StoreView};
use crate::runs::RunSet;
use crate::ui::theme::Theme;
use crate::ui::widgets::{Ink, Kind, button, fact, icon_button, section_head, wrapped};
use crate::ui::{View, icons};

pub(super) fn inspector_ui(ui: &mut Ui, _view: &View<'_>, runs: &RunSet, store: &mut StoreLocation) {
    let theme = Theme::of(ui);
    let Some(run) = store.selected.as_deref().and_then(|id| runs.run(id)) else {
        wrapped(ui, "This run is not in the store any more.", &Ink::new(theme.body(), theme.color.text_3));
        return;
    };
    let mut close = false;
    ui.horizontal(|ui| {
        ui.scope(|ui| {
            ui.set_width(ui.available_width() - 40.0);
            let name = RichText::new(run.shown_name()).font(theme.strong(theme.text.heading));
            ui.add(egui::Label::new(name).truncate()).on_hover_text(run.shown_name());
        });
        close = icon_button(ui, icons::X, "Close the run", false).clicked();
    });
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        ui.set_max_width(ui.available_width() - 6.0);
        ui.label(RichText::new(&*run.id).font(theme.mono()).color(theme.color.text_3));
        ui.add_space(6.0);
        if button(ui, icons::ARTICLE, "Open its page", Kind::Plain).clicked() {
            store.view = StoreView::Run;
        }
        ui.add_space(8.0);
        fact(ui, "Experiment", run.experiment_name(runs));
        fact(ui, "State", &run.status.word().to_lowercase());
        fact(ui, "Started", &run.start_time.map_or_else(|| "–".to_owned(), time_text));
        fact(ui, "Duration", &run.duration().map_or_else(|| "–".to_owned(), duration_text));
        let note = runs.tag_key("mlflow.note.content").and_then(|key| run.tag(key));
        if let Some(note) = note.filter(|note| !note.is_empty()) {
            ui.add_space(8.0);
            section_head(ui, "Note");
            wrapped(ui, note, &Ink::new(theme.body(), theme.color.text_2));
        }
        if !run.metrics.is_empty() {
            ui.add_space(8.0);
            section_head(ui, "Latest metrics");
            for (key, value) in &run.metrics {
                fact(ui, &runs.metric_keys[*key as usize], &number_text(*value));
            }
        }
        if !run.params.is_empty() {
            ui.add_space(8.0);
            section_head(ui, "Parameters");
            for (key, value) in &run.params {
                fact(ui, &runs.param_keys[*key as usize], value);
            }
        }
        let own = |name: &str| !name.starts_with("mlflow.");
        if run.tags.iter().any(|(key, _)| own(&runs.tag_keys[*key as usize])) {
            ui.add_space(8.0);
            section_head(ui, "Tags");
            for (key, value) in &run.tags {
                let name = &runs.tag_keys[*key as usize];
                if own(name) {
                    fact(ui, name, value);
                }
            }
        }
    });
    if close {
        store.selected = None;
    }
}
