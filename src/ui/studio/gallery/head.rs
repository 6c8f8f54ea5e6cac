//! What stands above the drawings: the two views of the start, how many there are, and what they are filtered by.

use egui::{Frame, Margin, RichText, ScrollArea, Ui, vec2};

use crate::address::GalleryLocation;
use crate::command::Command;
use crate::state::gallery::{Choice, Facet};
use crate::ui::studio::starts::starts_ui;
use crate::ui::theme::Theme;
use crate::ui::widgets::{Kind, button, chip, icon_button, tool_bar};
use crate::ui::{View, icons, shortcuts};

/// The bar with the two views of the start.
pub(super) fn bar_ui(ui: &mut Ui, view: &mut View<'_>, folds: bool) {
    tool_bar(ui, |ui| {
        if folds && icon_button(ui, icons::FUNNEL, "Show the filters", false).clicked() {
            view.memory.facets = true;
        }
        starts_ui(ui, view);
        ui.add_space(8.0);
        // What can be pressed comes first: the count gives way.
        if ui.available_width() > 390.0 {
            count_ui(ui, view);
        }
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let has_words = ui.available_width() > 250.0;
            let mut press = |ui: &mut Ui, icon: &str, text: &str, command: Command| {
                let pressed = if has_words {
                    button(ui, icon, text, Kind::Plain)
                } else {
                    icon_button(ui, icon, text, false)
                };
                if pressed.clicked() {
                    shortcuts::execute(view, command);
                }
            };
            press(ui, icons::FOLDER_OPEN, "Open…", Command::Open);
            press(ui, icons::PLUS, "Empty drawing", Command::NewDrawing);
        });
    });
}

fn count_ui(ui: &mut Ui, view: &View<'_>) {
    let Some(shown) = &view.here().gallery else { return };
    let theme = Theme::of(ui);
    let (fitting, all) = (shown.rows.len(), shown.gallery.exhibits.len());
    let text =
        if fitting == all { super::drawings(all) } else { format!("{fitting} of {}", super::drawings(all)) };
    ui.label(RichText::new(text).font(theme.strong(theme.text.body)).color(theme.color.text));
}

/// What is asked, as chips that take it away again; nothing where nothing is.
pub(super) fn chips_ui(ui: &mut Ui, view: &View<'_>, asked: &mut GalleryLocation) {
    let Some(shown) = &view.here().gallery else { return };
    if asked.is_everything() {
        return;
    }
    let theme = Theme::of(ui);
    let (mut taken, mut words, mut all) = (None, false, false);
    let frame = Frame::new().inner_margin(Margin { left: 12, right: 12, top: 8, bottom: 7 });
    let drawn = frame.show(ui, |ui| {
        ScrollArea::vertical().id_salt("chips").max_height(82.0).auto_shrink([false, true]).show(ui, |ui| {
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing = vec2(6.0, 6.0);
                if !asked.text.trim().is_empty() {
                    words = chip(ui, None, &format!("“{}”", asked.text.trim()), true).clicked();
                }
                let chosen = |(facet, choices): &'_ (Facet, Vec<Choice>)| {
                    let chosen = choices.iter().filter(|choice| choice.is_chosen).cloned();
                    chosen.map(|choice| (*facet, choice)).collect::<Vec<_>>()
                };
                for (facet, choice) in shown.facets.iter().flat_map(chosen) {
                    let text = format!("{}: {}", facet.word(), choice.title);
                    if chip(ui, None, &text, true).clicked() {
                        taken = Some((facet, choice.value));
                    }
                }
                let text = RichText::new("clear all").font(theme.small()).color(theme.color.accent);
                all = ui.link(text).clicked();
            });
        });
    });
    let line = ui.available_rect_before_wrap().x_range();
    ui.painter().hline(line, drawn.response.rect.bottom() + 0.5, (1.0, theme.color.line));
    if words {
        asked.text.clear();
    }
    if let Some((facet, value)) = taken {
        facet.toggle(asked, &value);
    }
    if all {
        *asked = super::cleared();
    }
}
