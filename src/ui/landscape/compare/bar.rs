//! The bar above the columns: what is compared, how much is folded, and the ways to take it away.

use egui::{Align, Frame, Label, Layout, Margin, Popup, RichText, Sense, Ui};

use super::add::add_ui;
use crate::catalog::ToolId;
use crate::catalog::compare::Comparison;
use crate::command::Command;
use crate::ui::theme::Theme;
use crate::ui::widgets::{Kind, button, icon_button};
use crate::ui::{View, icons, shortcuts};

/// With less room the buttons are icons and stand below the title.
const WIDE: f32 = 860.0;
/// In a window as low as this the title makes room for the rows.
const LOW: f32 = 440.0;

/// Draws the bar, and carries out what was asked for there or by a command.
pub(super) fn bar_ui(ui: &mut Ui, view: &mut View<'_>, comparison: &Comparison, after: &mut Vec<ToolId>) {
    let is_wide = ui.available_width() >= WIDE;
    let mut asked = None;
    let margin = Margin { left: 24, right: 24, top: if is_wide { 16 } else { 8 }, bottom: 4 };
    Frame::new().inner_margin(margin).show(ui, |ui| {
        if is_wide {
            ui.horizontal(|ui| {
                title_ui(ui, comparison);
                folded_ui(ui, view, comparison);
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    let pressed = export_ui(ui, comparison, true);
                    asked = asked.or(pressed);
                    relations_ui(ui, view, comparison, true);
                    add_ui(ui, view, comparison, 180.0, after);
                });
            });
            return;
        }
        if ui.ctx().content_rect().height() >= LOW {
            title_ui(ui, comparison);
        }
        ui.horizontal(|ui| {
            add_ui(ui, view, comparison, (ui.available_width() - 136.0).clamp(80.0, 220.0), after);
            let pressed = export_ui(ui, comparison, false);
            asked = asked.or(pressed);
            relations_ui(ui, view, comparison, false);
        });
        folded_ui(ui, view, comparison);
    });
    if let Some(command) = asked.filter(|_| comparison.is_enough()) {
        shortcuts::execute(view, command);
    }
}

fn title_ui(ui: &mut Ui, comparison: &Comparison) {
    let theme = Theme::of(ui);
    let title = comparison.category.as_deref().unwrap_or("Comparison");
    let title = RichText::new(title).font(theme.strong(theme.text.title)).color(theme.color.text);
    ui.add(Label::new(title).truncate());
}

/// How the rows are ordered, and how many are folded: pressing unfolds them.
fn folded_ui(ui: &mut Ui, view: &mut View<'_>, comparison: &Comparison) {
    let theme = Theme::of(ui);
    if !comparison.is_enough() {
        return;
    }
    let count = comparison.equalities().len();
    let state = if view.memory.compare.unfolded { "shown below" } else { "folded" };
    let rows = equal_rows(count);
    let text = format!("differences first · {rows} {state}");
    let text = RichText::new(text).font(theme.body()).color(theme.color.text_3);
    let response = ui.add(Label::new(text).truncate().sense(Sense::click()));
    if response.on_hover_cursor(egui::CursorIcon::PointingHand).clicked() {
        view.memory.compare.unfolded = !view.memory.compare.unfolded;
        view.memory.compare.reveal = view.memory.compare.unfolded;
    }
}

/// `1 equal row`, `6 equal rows`.
pub(super) fn equal_rows(count: usize) -> String {
    if count == 1 { "1 equal row".to_owned() } else { format!("{count} equal rows") }
}

/// The way to the graph of what the compared tools work with, together.
fn relations_ui(ui: &mut Ui, view: &mut View<'_>, comparison: &Comparison, is_wide: bool) {
    if comparison.tools.is_empty() {
        return;
    }
    let name = "Relations";
    let response = if is_wide {
        button(ui, icons::GRAPH, name, Kind::Plain)
    } else {
        icon_button(ui, icons::GRAPH, name, false)
    };
    if response.on_hover_text(Command::Relations.title()).clicked() {
        shortcuts::execute(view, Command::Relations);
    }
}

/// From the right: Export with its two formats, and the decision record.
fn export_ui(ui: &mut Ui, comparison: &Comparison, is_wide: bool) -> Option<Command> {
    let mut asked = None;
    ui.add_enabled_ui(comparison.is_enough(), |ui| {
        let one = |ui: &mut Ui, icon: &str, name: &str| {
            if is_wide { button(ui, icon, name, Kind::Plain) } else { icon_button(ui, icon, name, false) }
        };
        let export = one(ui, icons::EXPORT, "Export");
        Popup::menu(&export).show(|ui| {
            for (name, command) in [("Markdown", Command::ExportMarkdown), ("CSV", Command::ExportCsv)] {
                if button(ui, icons::FILE, name, Kind::Quiet).on_hover_text(command.title()).clicked() {
                    asked = Some(command);
                }
            }
        });
        let record = one(ui, icons::NOTE_PENCIL, "Decision record");
        if record.on_hover_text(Command::DecisionRecord.title()).clicked() {
            asked = Some(Command::DecisionRecord);
        }
    });
    asked
}
