//! The list of all columns that a table of runs could have, of which there may be thousands: found by name, pinned, put away.

use std::sync::Arc;

use egui::accesskit::Role;
use egui::{Popup, PopupCloseBehavior, Response, ScrollArea, TextEdit, Ui, WidgetInfo};

use super::filter::FilterMemory;
use super::groups::Folds;
use crate::address::{RunColumns, StoreLocation};
use crate::runs::{FIELDS, RunSet, Table};
use crate::shown::counted;
use crate::ui::icons;
use crate::ui::theme::Theme;
use crate::ui::widgets::{Ink, check_row, icon_button, line};

/// What the list of columns remembers.
#[derive(Clone, Debug, Default)]
pub struct TableMemory {
    /// Which groups are folded.
    pub(super) folds: Folds,
    /// The box of the filter.
    pub(super) filter: FilterMemory,
    is_open: bool,
    search: String,
    /// What was found, and for what.
    found: Option<(String, Arc<str>, Vec<String>)>,
}

/// All words with a text in them, attributes first.
fn found(runs: &RunSet, search: &str) -> Vec<String> {
    let wanted = search.trim().to_lowercase();
    let fits = |word: &String| wanted.is_empty() || word.to_lowercase().contains(&wanted);
    let of = |prefix: &'static str, names: &[Arc<str>]| -> Vec<String> {
        names.iter().map(|name| format!("{prefix}.{name}")).filter(fits).collect()
    };
    let attributes = FIELDS.iter().filter(|word| **word != super::NAME_WORD).map(|word| (*word).to_owned());
    let mut words: Vec<String> = attributes.filter(fits).collect();
    words.extend(of("metrics", &runs.metric_keys));
    words.extend(of("params", &runs.param_keys));
    words.extend(of("tags", &runs.tag_keys));
    words
}

/// Which set of keys the list was made of; equal stores have equal ones.
fn mark(runs: &RunSet) -> Arc<str> {
    let counts = [runs.metric_keys.len(), runs.param_keys.len(), runs.tag_keys.len()];
    format!("{counts:?}").into()
}

/// The button's list.
pub(super) fn choose_ui(
    memory: &mut TableMemory,
    pressed: &Response,
    (runs, table): (&RunSet, &Table),
    store: &mut StoreLocation,
) {
    if pressed.clicked() {
        memory.is_open = !memory.is_open;
    }
    if !memory.is_open {
        return;
    }
    let mut open = true;
    Popup::from_response(pressed)
        .open_bool(&mut open)
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
        .accessible_name("Choose columns")
        .show(|ui| {
            ui.set_width(320.0);
            list_ui(ui, memory, (runs, table), &mut store.columns);
        });
    if !open && !pressed.clicked() {
        memory.is_open = false;
        memory.found = None;
    }
}

fn list_ui(
    ui: &mut Ui,
    memory: &mut TableMemory,
    (runs, table): (&RunSet, &Table),
    columns: &mut RunColumns,
) {
    let theme = Theme::of(ui);
    let field = TextEdit::singleline(&mut memory.search).hint_text("Find a column").desired_width(310.0);
    let field = ui.add(field);
    field.widget_info(|| WidgetInfo::labeled(Role::SearchInput, true, "Find a column"));
    let constant = match table.constant {
        0 => "Leave out what is the same in all rows".to_owned(),
        count => format!("Leave out what is the same in all rows ({count})"),
    };
    if check_row(ui, columns.without_constant, &constant) {
        columns.without_constant = !columns.without_constant;
    }
    if check_row(ui, columns.only_chosen, "Show the pinned ones only") {
        columns.only_chosen = !columns.only_chosen;
    }
    if !columns.hidden.is_empty() {
        let text = format!("Bring back {}", counted(columns.hidden.len(), "hidden column", "hidden columns"));
        if ui.link(egui::RichText::new(text).color(theme.color.accent)).clicked() {
            columns.hidden.clear();
        }
    }
    let mark = mark(runs);
    if !memory.found.as_ref().is_some_and(|(search, of, _)| *search == memory.search && *of == mark) {
        memory.found = Some((memory.search.clone(), mark, found(runs, &memory.search)));
    }
    let Some((_, _, words)) = &memory.found else { return };
    ui.add_space(4.0);
    let height = 26.0;
    ScrollArea::vertical().max_height(340.0).show_rows(ui, height, words.len(), |ui, range| {
        for word in &words[range] {
            word_ui(ui, word, columns);
        }
    });
}

/// A column: whether it is pinned, its word, and whether it was put away.
fn word_ui(ui: &mut Ui, word: &str, columns: &mut RunColumns) {
    let theme = Theme::of(ui);
    ui.horizontal(|ui| {
        let (is_chosen, is_hidden) = (columns.has_chosen(word), columns.has_hidden(word));
        let (icon, told) = if is_chosen { (icons::PUSH_PIN, "Unpin") } else { (icons::PUSH_PIN, "Pin") };
        if icon_button(ui, icon, &format!("{told} {word}"), is_chosen).clicked() {
            if is_chosen { columns.release(word) } else { columns.choose(word) }
        }
        let told = if is_hidden { "Show" } else { "Hide" };
        let icon = if is_hidden { icons::EYE_SLASH } else { icons::EYE };
        if icon_button(ui, icon, &format!("{told} {word}"), false).clicked() {
            if is_hidden { columns.release(word) } else { columns.hide(word) }
        }
        let color = if is_hidden { theme.color.text_3 } else { theme.color.text };
        let room = ui.available_width();
        let galley = line(ui.painter(), word, &Ink::new(theme.body(), color), room);
        ui.add(egui::Label::new(galley)).on_hover_text(word);
    });
}
