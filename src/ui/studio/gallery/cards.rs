//! The drawings that fit, in rows of cards; where none does, what to give up.

use egui::{Margin, ScrollArea, Ui, vec2};

use super::card::Press;
use super::grid::Grid;
use crate::address::{DrawingLocation, DrawingPanel, GalleryLocation, Location, Origin};
use crate::document::Content;
use crate::state::gallery::Shown;
use crate::ui::theme::Theme;
use crate::ui::widgets::{Ink, Kind, ListRow, button, empty_state, section_head, wrapped};
use crate::ui::{View, icons};

pub(super) fn cards_ui(ui: &mut Ui, view: &mut View<'_>, asked: &mut GalleryLocation) {
    let Some(shown) = &view.here().gallery else { return };
    if shown.rows.is_empty() {
        nothing_ui(ui, shown, asked);
        return;
    }
    let mine = view.state.last_drawing(view.window).map(|(_, document)| document.origin.clone());
    let mut grid = Grid::new(ui, shown, mine.as_ref(), &view.memory.gallery.keyboard);
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        egui::Frame::new().inner_margin(Margin { left: 16, right: 16, top: 12, bottom: 16 }).show(ui, |ui| {
            let own = shown.rows.iter().take_while(|at| **at < shown.gallery.own).count();
            let (own, templates) = (0..own, own..shown.rows.len());
            if let Some(workspace) = &view.state.workspace {
                // A head for what is not there would only be in the way.
                if !own.is_empty() {
                    section_head(ui, &format!("{} · {}", workspace.name, own.len()));
                    grid.show(ui, own);
                    ui.add_space(8.0);
                }
                if asked.is_everything() {
                    unread_ui(ui, view, shown);
                }
                if !templates.is_empty() {
                    section_head(ui, &format!("Templates · {}", templates.len()));
                }
            }
            grid.show(ui, templates);
        });
    });
    let (keyboard, pressed) = grid.done();
    view.memory.gallery.keyboard = keyboard;
    match pressed {
        Some((at, Press::Open)) => view.go(Location::drawing(shown.gallery.origins[at].clone())),
        Some((at, Press::Start)) => start_from(view, shown, at),
        Some((at, Press::Compare)) => {
            if let Some(mine) = mine {
                let against = Some(shown.gallery.origins[at].clone());
                let panel = DrawingPanel::Compare;
                view.memory.inspector = true;
                view.go(Location::Drawing(DrawingLocation { panel, against, ..DrawingLocation::of(mine) }));
            }
        }
        None => {}
    }
}

/// Starts a document of one's own from a drawing, which stays as it is.
fn start_from(view: &mut View<'_>, shown: &Shown, at: usize) {
    let origin = &shown.gallery.origins[at];
    if let Some(drawing) = view.state.drawing_at(origin) {
        let copy = Content::Drawing(drawing).copied(&origin.name());
        view.act(crate::action::WindowAction::NewFrom(copy));
    }
}

/// Drawings of the workspace that nobody could read; each leads to where it says why.
fn unread_ui(ui: &mut Ui, view: &mut View<'_>, shown: &Shown) {
    let unread = &shown.gallery.unread;
    if unread.is_empty() {
        return;
    }
    let theme = Theme::of(ui);
    section_head(ui, &format!("Cannot be shown · {}", unread.len()));
    for (title, path) in unread {
        let row = ListRow {
            icon: icons::WARNING,
            icon_color: Some(theme.color.warn),
            text: title,
            caption: "open it to see why",
            selected: false,
        };
        if row.show(ui).clicked() {
            view.go(Location::drawing(Origin::Path(path.clone())));
        }
    }
    ui.add_space(12.0);
}

/// Which part of what is asked keeps everything out.
fn nothing_ui(ui: &mut Ui, shown: &Shown, asked: &mut GalleryLocation) {
    let theme = Theme::of(ui);
    let text = if shown.looser.is_empty() {
        "No single filter is to blame: take several away."
    } else {
        "Give one of these up to see some again."
    };
    let height = 150.0 + 34.0 * shown.looser.len() as f32;
    ui.add_space(((ui.available_height() - height) * 0.36).max(0.0));
    let (room, _) = ui.allocate_exact_size(vec2(ui.available_width(), 128.0), egui::Sense::hover());
    crate::ui::widgets::inside(ui, room, egui::Layout::top_down(egui::Align::Min), |ui| {
        empty_state(ui, icons::FUNNEL, "No drawing has all of this", text, None);
    });
    ui.vertical_centered(|ui| {
        ui.spacing_mut().item_spacing.y = 6.0;
        for (looser, part, count) in &shown.looser {
            let label = format!("Without {part}: {}", super::drawings(*count));
            if button(ui, icons::X, &label, Kind::Plain).clicked() {
                *asked = looser.clone();
            }
        }
        if button(ui, "", "Clear all filters", Kind::Quiet).clicked() {
            *asked = super::cleared();
        }
    });
    if shown.gallery.exhibits.is_empty() {
        wrapped(ui, "There are no drawings.", &Ink::new(theme.body(), theme.color.text_3));
    }
}
