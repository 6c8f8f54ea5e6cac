//! Common practice: drawings laid over each other, what they have in common and who does otherwise, and the template
//! that a share of them gives.

mod chosen;
mod derive;
mod flows;
mod matrix;
mod picture;

use egui::{Align, Frame, Layout, Margin, RichText, ScrollArea, Ui};

use crate::address::{ConsensusLocation, ConsensusOf, GalleryLocation, Location};
use crate::command::Command;
use crate::shown::counted;
use crate::state::{CommonPractice, Workspace};
use crate::ui::theme::Theme;
use crate::ui::widgets::{Ink, empty_state, icon_button, inspector, inspector_edge, tab, tool_bar, wrapped};
use crate::ui::{NARROW, View, icons, shortcuts};

use super::starts::starts_ui;

pub use flows::ConsensusMemory;
use matrix::Measures;

/// The view's name in tabs and crumbs.
pub const COMMON_PRACTICE: &str = Location::COMMON_PRACTICE;

/// Draws the view.
pub fn consensus_ui(ui: &mut Ui, view: &mut View<'_>) {
    let Location::Consensus(here) = view.location() else { return };
    let mut next = here.clone();
    let practice = view.here().common_practice.as_ref();
    bar_ui(ui, view, practice.is_some_and(|practice| !practice.members.is_empty()));
    match practice.filter(|practice| !practice.members.is_empty()) {
        Some(practice) => counted_ui(ui, view, practice, &mut next),
        None => nothing_ui(ui, view, &mut next),
    }
    if next != *here {
        view.narrow(Location::Consensus(next));
    }
}

/// The bar with the two views of the start.
fn bar_ui(ui: &mut Ui, view: &mut View<'_>, has_rows: bool) {
    tool_bar(ui, |ui| {
        starts_ui(ui, view);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if has_rows && icon_button(ui, icons::EXPORT, Command::ExportCsv.title(), false).clicked() {
                shortcuts::execute(view, Command::ExportCsv);
            }
        });
    });
}

fn counted_ui(ui: &mut Ui, view: &mut View<'_>, practice: &CommonPractice, next: &mut ConsensusLocation) {
    let theme = Theme::of(ui);
    let is_wide = ui.max_rect().width() + theme.size.rail >= NARROW;
    let panel = inspector(ui.available_size(), if is_wide { theme.size.inspector } else { 320.0 });
    if let Some(panel) = panel.filter(|_| view.memory.inspector && !view.here().presenting.on) {
        let frame = Frame::new().fill(theme.color.panel).inner_margin(Margin::same(16));
        panel.frame(frame).show(ui, |ui| {
            ScrollArea::vertical().auto_shrink(false).id_salt("derive").show(ui, |ui| {
                ui.set_max_width(ui.available_width() - 6.0);
                derive::derive_ui(ui, view, practice, next);
                chosen::chosen_ui(ui, view, practice, next);
            });
        });
        inspector_edge(ui);
    }
    let letters = practice.members.iter().map(|member| member.name.chars().count()).max().unwrap_or(0);
    let bar = ui.spacing().scroll.allocated_width();
    let measures = Measures::new(ui.available_width() - bar, practice.members.len(), letters);
    heading_ui(ui, practice, next, measures.columns);
    matrix::matrix_ui(ui, view, practice, next, &measures);
}

/// What was counted, how to read it, and the switches between whose drawings and which parts.
fn heading_ui(ui: &mut Ui, practice: &CommonPractice, next: &mut ConsensusLocation, columns: usize) {
    let theme = Theme::of(ui);
    let margin = Margin { left: 16, right: 16, top: 12, bottom: 8 };
    Frame::new().inner_margin(margin).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 4.0;
        let title = title(practice.members.len(), next.of);
        let font = theme.strong(theme.text.heading);
        // A title and both switches stand in one line where there is room.
        let width = width_of(ui, &title, font.clone()) + switches_width(ui) + APART;
        if ui.available_width() >= width {
            ui.horizontal(|ui| {
                ui.label(RichText::new(title).font(font).color(theme.color.text));
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    let size = egui::vec2(switches_width(ui), theme.size.control);
                    let layout = Layout::left_to_right(Align::Center);
                    ui.allocate_ui_with_layout(size, layout, |ui| switches_ui(ui, next));
                });
            });
        } else {
            wrapped(ui, &title, &Ink::new(font, theme.color.text));
            ui.horizontal_wrapped(|ui| switches_ui(ui, next));
        }
        let note = match practice.members.len() {
            1 => "One drawing agrees with itself: put a second one into the folder to see what both have."
                .to_owned(),
            all => {
                let columns_shown = if columns < all {
                    format!(" The first {columns} of them have a column; all are counted.")
                } else {
                    String::new()
                };
                let unread = match practice.unread() {
                    0 => String::new(),
                    count => {
                        let drawings = counted(count, "drawing", "drawings");
                        format!(" {drawings} more cannot be read: the gallery names them.")
                    }
                };
                format!("{HOW_TO_READ}{columns_shown}{unread}")
            }
        };
        wrapped(ui, &note, &Ink::new(theme.body(), theme.color.text_2));
    });
}

const HOW_TO_READ: &str = "A dot: this drawing has such a box or flow. Grey rows are in fewer drawings than the \
                           share asks for. Choose a row to see who has it and who has not.";

fn title(drawings: usize, of: ConsensusOf) -> String {
    match (of, drawings) {
        (ConsensusOf::Templates, _) => format!("What {drawings} bundled designs have in common"),
        (ConsensusOf::Workspace, 1) => "What the drawing of the workspace has".to_owned(),
        (ConsensusOf::Workspace, _) => {
            format!("What the {drawings} drawings of the workspace have in common")
        }
    }
}

/// Whose drawings, in words.
const WHOSE: [(ConsensusOf, &str); 2] =
    [(ConsensusOf::Templates, "Templates"), (ConsensusOf::Workspace, "Workspace")];
/// Which parts of them, and what that means.
const WHICH: [(bool, &str, &str); 2] = [
    (true, "As reported", "Only what the sources of the drawings say; not what was added to complete them"),
    (false, "All that is drawn", "Also what was added so that the drawings are complete"),
];
/// Between the two switches.
const APART: f32 = 18.0;

fn switches_ui(ui: &mut Ui, next: &mut ConsensusLocation) {
    ui.spacing_mut().item_spacing.x = 0.0;
    for (of, text) in WHOSE {
        if tab(ui, "", text, next.of == of).clicked() {
            next.of = of;
        }
    }
    ui.add_space(APART);
    for (reported, text, hint) in WHICH {
        if tab(ui, "", text, next.reported == reported).on_hover_text(hint).clicked() {
            next.reported = reported;
        }
    }
}

fn width_of(ui: &Ui, text: &str, font: egui::FontId) -> f32 {
    ui.painter().layout_no_wrap(text.to_owned(), font, egui::Color32::PLACEHOLDER).size().x
}

fn switches_width(ui: &Ui) -> f32 {
    let texts = WHOSE.iter().map(|(_, text)| *text).chain(WHICH.iter().map(|(_, text, _)| *text));
    // As wide as `tab` makes them.
    texts.map(|text| width_of(ui, text, Theme::of(ui).medium()) + 20.0).sum::<f32>() + APART
}

/// Nothing can be counted: why, and what to do about it.
fn nothing_ui(ui: &mut Ui, view: &mut View<'_>, next: &mut ConsensusLocation) {
    Frame::new().inner_margin(Margin { left: 16, right: 16, top: 12, bottom: 0 }).show(ui, |ui| {
        ui.horizontal_wrapped(|ui| switches_ui(ui, next));
    });
    match &view.state.workspace {
        None => {
            let text = "A workspace is a folder. Open one with several *.architecture.json files to see what they \
                        have in common.";
            let action = Some((icons::FOLDER_OPEN, Command::OpenWorkspace.title()));
            if empty_state(ui, icons::FOLDER, "No workspace is open", text, action) {
                shortcuts::execute(view, Command::OpenWorkspace);
            }
        }
        Some(Workspace { is_reading: true, name, .. }) => {
            empty_state(
                ui,
                icons::CIRCLE_NOTCH,
                &format!("Reading {name}"),
                "Its drawings are counted next.",
                None,
            );
        }
        Some(Workspace { name, .. }) => {
            let title = format!("{name} has no drawings that can be read");
            let text = "Put *.architecture.json files into its top folder. Common practice is what several drawings have.";
            if empty_state(
                ui,
                icons::TREE_STRUCTURE,
                &title,
                text,
                Some((icons::SQUARES_FOUR, "Start from a template")),
            ) {
                view.go(Location::Drawings(GalleryLocation::default()));
            }
        }
    }
}
