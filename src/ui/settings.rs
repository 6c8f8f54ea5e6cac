//! The settings: theme, size, projector, and where private things are kept.

use egui::{RichText, Ui};

use crate::action::Action;
use crate::settings::ThemeChoice;
use crate::ui::View;
use crate::ui::theme::Theme;
use crate::ui::widgets::{check_row, section_head, tab};

pub(super) fn settings_ui(ui: &mut Ui, view: &mut View<'_>) {
    let theme = Theme::of(ui);
    let mut settings = view.state.settings.clone();
    let margin = egui::Margin::symmetric(36, 20);
    in_scroll(ui, |ui| {
        egui::Frame::new().inner_margin(margin).show(ui, |ui| {
        ui.set_max_width(ui.available_width().min(640.0));
        ui.label(RichText::new("Settings").font(theme.strong(theme.text.title)));
        ui.add_space(12.0);
        section_head(ui, "Theme");
        ui.horizontal(|ui| {
            for (choice, name) in
                [(ThemeChoice::System, "System"), (ThemeChoice::Light, "Light"), (ThemeChoice::Dark, "Dark")]
            {
                if tab(ui, "", name, settings.theme == choice).clicked() {
                    settings.theme = choice;
                }
            }
        });
        ui.add_space(12.0);
        section_head(ui, "Size");
        ui.horizontal_wrapped(|ui| {
            for percent in [80, 100, 125, 150, 200, 300] {
                if tab(ui, "", &format!("{percent} %"), settings.zoom_percent == percent).clicked() {
                    settings.zoom_percent = percent;
                }
            }
        });
        note(ui, "Ctrl and + or − go in steps of 10, from 80 to 300 %. On a drawing they zoom the drawing.");
        ui.add_space(12.0);
        section_head(ui, "Projector");
        if check_row(ui, settings.projector, "Everything larger, as while presenting") {
            settings.projector = !settings.projector;
        }
        ui.add_space(12.0);
        section_head(ui, "Private things");
        note(
            ui,
            "Recent documents, the journal of unsaved edits and these settings stay on this machine, in the \
             data folder of your account, or in the folder that MLOPS_ATLAS_HOME names. Nothing is sent \
             anywhere.",
        );
    })
    });
    if settings != view.state.settings {
        view.actions.push(Action::Settings(settings));
    }
}

/// A window may be lower than the page.
fn in_scroll<R>(ui: &mut Ui, draw: impl FnOnce(&mut Ui) -> R) {
    egui::ScrollArea::vertical().auto_shrink(false).show(ui, draw);
}

fn note(ui: &mut Ui, text: &str) {
    let theme = Theme::of(ui);
    ui.label(RichText::new(text).font(theme.small()).color(theme.color.text_3));
}
