//! The head of a view over the filtered tools: its one title, its switches at the right, and how to read it.

use egui::{Layout, Margin, Rect, RichText, Sense, Ui, vec2};

use crate::catalog::Counting;
use crate::ui::theme::Theme;
use crate::ui::widgets::{Ink, inside, tab, wrapped};

/// What a head says.
pub(super) struct Heading<'a> {
    /// The title, a sentence.
    pub title: &'a str,
    /// How to read what follows; left out where the window is low.
    pub note: &'a str,
    /// Switches, each with its choices: the words, and whether it is the present one.
    pub switches: &'a [Vec<(&'static str, bool)>],
}

/// With less height than this only the switches are left.
const LOW: f32 = 380.0;
/// Between two switches.
const APART: f32 = 18.0;

/// Draws the head; the switches stand at the right, or below the title where it leaves no room. Gives the switch and
/// the choice that was pressed.
pub(super) fn heading_ui(ui: &mut Ui, heading: &Heading<'_>) -> Option<(usize, usize)> {
    let theme = Theme::of(ui);
    let is_low = ui.available_height() < LOW;
    let margin = Margin { left: 16, right: 16, top: if is_low { 4 } else { 12 }, bottom: 6 };
    let frame = egui::Frame::new().inner_margin(margin).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 4.0;
        let font = theme.strong(theme.text.heading);
        let title = RichText::new(heading.title).font(font.clone());
        let title_width = width_of(ui, heading.title, font);
        let wanted = heading.switches.iter().map(|switch| switch_width(ui, switch)).sum::<f32>()
            + APART * heading.switches.len().saturating_sub(1) as f32;
        let room = ui.available_width();
        let pressed = if is_low || title_width + APART + wanted > room {
            if !is_low {
                ui.add(egui::Label::new(title).truncate());
            }
            ui.horizontal_wrapped(|ui| switches_ui(ui, heading.switches)).inner
        } else {
            let (row, _) = ui.allocate_exact_size(vec2(room, theme.size.control), Sense::hover());
            let layout = Layout::left_to_right(egui::Align::Center);
            inside(ui, row, layout, |ui| ui.label(title));
            let right = Rect::from_min_max(row.right_top() - vec2(wanted, 0.0), row.max);
            inside(ui, right, layout, |ui| switches_ui(ui, heading.switches))
        };
        if !is_low {
            wrapped(ui, heading.note, &Ink::new(theme.body(), theme.color.text_2));
        }
        pressed
    });
    frame.inner
}

fn width_of(ui: &Ui, text: &str, font: egui::FontId) -> f32 {
    ui.painter().layout_no_wrap(text.to_owned(), font, egui::Color32::PLACEHOLDER).size().x
}

fn switch_width(ui: &Ui, switch: &[(&str, bool)]) -> f32 {
    // As wide as `tab` makes them.
    switch.iter().map(|(text, _)| width_of(ui, text, Theme::of(ui).medium()) + 20.0).sum()
}

fn switches_ui(ui: &mut Ui, switches: &[Vec<(&'static str, bool)>]) -> Option<(usize, usize)> {
    ui.spacing_mut().item_spacing.x = 0.0;
    let mut pressed = None;
    for (at, switch) in switches.iter().enumerate() {
        if at > 0 {
            ui.add_space(APART);
        }
        for (choice, (text, is_on)) in switch.iter().enumerate() {
            if tab(ui, "", text, *is_on).clicked() {
                pressed = Some((at, choice));
            }
        }
    }
    pressed
}

/// The switch between all stages of a tool and its first only, in the order of [`Counting::BOTH`].
pub(super) fn counting_switch(counting: Counting) -> Vec<(&'static str, bool)> {
    let title = |each: Counting| match each {
        Counting::All => "All stages",
        Counting::First => "First stage",
    };
    Counting::BOTH.iter().map(|each| (title(*each), *each == counting)).collect()
}
