//! The tools of the table beside the tabs: its columns, its groups, the way to take it away.

use egui::accesskit::Role;
use egui::{Margin, Popup, PopupCloseBehavior, ScrollArea, SetOpenCommand, TextEdit, Ui, WidgetInfo};

use super::{choose, ticks};
use crate::address::{Folds, LandscapeLocation, ToolColumns};
use crate::catalog::{Column, GroupBy};
use crate::command::Command;
use crate::ui::theme::Theme;
use crate::ui::widgets::{Ink, Kind, button, check_row, hairline, icon_button, section_head, tab, wrapped};
use crate::ui::{View, icons, shortcuts};

/// Draws them from the right, and carries out what a command asked for.
pub(in crate::ui::landscape) fn tools_ui(ui: &mut Ui, view: &mut View<'_>, table: &mut LandscapeLocation) {
    let asked = view.take_asked(&[Command::ChooseColumns, Command::FoldGroups, Command::SelectAll]);
    match asked {
        Some(Command::FoldGroups) => fold_all(table),
        Some(Command::SelectAll) => ticks::tick_all(view, table),
        _ => {}
    }
    if icon_button(ui, icons::EXPORT, Command::ExportCsv.title(), false).clicked() {
        shortcuts::execute(view, Command::ExportCsv);
    }
    columns_ui(ui, view, table, asked == Some(Command::ChooseColumns));
    groups_ui(ui, table);
}

/// Folds all groups, or unfolds them where all are folded.
fn fold_all(table: &mut LandscapeLocation) {
    let are_folded = table.folds.all && table.folds.except.is_empty();
    table.folds = Folds { all: !are_folded, ..Folds::default() };
}

fn columns_ui(ui: &mut Ui, view: &mut View<'_>, table: &mut LandscapeLocation, asked: bool) {
    let head = icon_button(ui, icons::SLIDERS, "Columns", table.columns.is_some());
    let command = if asked { Some(SetOpenCommand::Bool(true)) } else { None };
    let command = command.or_else(|| head.clicked().then_some(SetOpenCommand::Toggle));
    let opens = command.is_some();
    let popup = Popup::menu(&head).open_memory(command);
    let popup = popup.close_behavior(PopupCloseBehavior::CloseOnClickOutside).accessible_name("Columns");
    popup.show(|ui| {
        ui.set_width(240.0);
        let search = &mut view.memory.table.search;
        if opens {
            search.clear();
        }
        let edit = TextEdit::singleline(search)
            .hint_text(format!("{}  Find a column…", icons::MAGNIFYING_GLASS))
            .desired_width(220.0)
            .margin(Margin::symmetric(8, 5));
        let field = ui.add(edit);
        field.widget_info(|| WidgetInfo::labeled(Role::SearchInput, true, "Find a column"));
        if opens {
            field.request_focus();
        }
        ui.add_space(4.0);
        let wanted = view.memory.table.search.trim().to_lowercase();
        let mut columns = table.shown_columns();
        let shown: Vec<Column> = columns.shown().iter().map(|shown| shown.column).collect();
        let hidden = Column::ALL.iter().copied().filter(|column| !shown.contains(column));
        let found: Vec<Column> = shown
            .iter()
            .copied()
            .chain(hidden)
            .filter(|column| column.title().to_lowercase().contains(&wanted))
            .collect();
        ScrollArea::vertical().max_height(330.0).auto_shrink([false, true]).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            for column in &found {
                if check_row(ui, columns.has(*column), column.title()) {
                    columns.toggle(*column);
                }
            }
            if found.is_empty() {
                let theme = Theme::of(ui);
                let ink = Ink::new(theme.body(), theme.color.text_3);
                wrapped(ui, "No column has this name. Try fewer letters.", &ink);
            }
        });
        hairline(ui);
        if button(ui, icons::ARROW_U_UP_LEFT, "Default columns", Kind::Quiet).clicked() {
            columns = ToolColumns::default();
        }
        if columns != table.shown_columns() {
            choose(view, table, columns);
        }
    });
}

fn groups_ui(ui: &mut Ui, table: &mut LandscapeLocation) {
    let head = icon_button(ui, icons::STACK, "Group", table.group.is_some());
    Popup::menu(&head).accessible_name("Group").show(|ui| {
        ui.set_width(200.0);
        ui.spacing_mut().item_spacing.y = 0.0;
        section_head(ui, "Group by");
        let choices = std::iter::once(None).chain(GroupBy::ALL.into_iter().map(Some));
        for by in choices {
            let text = by.map_or("Nothing", GroupBy::title);
            let is_chosen = table.group == by;
            // A blank keeps the words below each other.
            let icon = if is_chosen { icons::CHECK } else { " " };
            if tab(ui, icon, text, is_chosen).clicked() && !is_chosen {
                table.group = by;
                table.folds = Folds::default();
            }
        }
        if table.group.is_some() {
            hairline(ui);
            if tab(ui, icons::CARET_RIGHT, "Fold all", false).clicked() {
                table.folds = Folds { all: true, ..Folds::default() };
            }
            if tab(ui, icons::CARET_DOWN, "Unfold all", false).clicked() {
                table.folds = Folds::default();
            }
        }
    });
}
