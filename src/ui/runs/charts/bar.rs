//! The chosen metrics as chips, and the list to add one from.

use std::sync::Arc;

use egui::accesskit::Role;
use egui::{ScrollArea, TextEdit, Ui, WidgetInfo};

use crate::address::StoreLocation;
use crate::runs::RunSet;
use crate::ui::widgets::{Kind, button, chip, tool_bar};
use crate::ui::{View, icons};

/// The chosen metrics as chips, and the list to add one from.
pub(super) fn bar(ui: &mut Ui, view: &mut View<'_>, runs: &RunSet, store: &mut StoreLocation) {
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
