//! Where the Studio starts: templates and the drawings of the workspace as pictures, found by what is in them.

mod card;
mod cards;
mod facets;
mod grid;
mod head;
mod picture;

use std::collections::{BTreeMap, BTreeSet};

use egui::{Frame, Margin, Panel, Ui};

use crate::address::{GalleryLocation, Location};
use crate::shown::counted;
use crate::state::gallery::Facet;
use crate::ui::theme::Theme;
use crate::ui::widgets::{Kind, button};
use crate::ui::{NARROW, View, icons};

/// What the gallery remembers of a window.
#[derive(Clone, Debug, Default)]
pub struct GalleryMemory {
    /// Groups that are folded.
    folded: BTreeSet<Facet>,
    /// Long groups that are shown whole.
    whole: BTreeSet<Facet>,
    /// What is searched for in long groups.
    searches: BTreeMap<Facet, String>,
    /// The card that has the keyboard.
    keyboard: grid::Keyboard,
}

/// With less room than this the filters fold.
const FOLDS: f32 = 560.0;

/// Draws the page.
pub fn start_ui(ui: &mut Ui, view: &mut View<'_>) {
    let Location::Drawings(before) = view.location() else {
        head::bar_ui(ui, view, false);
        return;
    };
    let mut after = before.clone();
    let room = ui.available_width();
    let folds = room < FOLDS;
    view.memory.facets |= view.memory.focus_filter;
    let unfolded = folds && view.memory.facets;
    if unfolded {
        done_ui(ui, view);
    }
    if !folds || unfolded {
        let theme = Theme::of(ui);
        let wide = room + theme.size.rail >= NARROW;
        let width = if wide { theme.size.facets } else { 200.0 };
        Panel::left("gallery filters")
            .exact_size(if folds { room } else { width })
            .resizable(false)
            .show_separator_line(false)
            .frame(Frame::new().fill(theme.color.surface).inner_margin(Margin {
                left: 12,
                right: 4,
                top: 10,
                bottom: 0,
            }))
            .show(ui, |ui| facets::facets_ui(ui, view, &mut after));
    }
    if !unfolded {
        let edge = ui.available_rect_before_wrap();
        ui.painter().vline(edge.left() - 0.5, edge.y_range(), (1.0, Theme::of(ui).color.line));
        head::bar_ui(ui, view, folds);
        head::chips_ui(ui, view, &mut after);
        cards::cards_ui(ui, view, &mut after);
    }
    if after != *before {
        view.narrow(Location::Drawings(after));
    }
}

/// What leads from the unfolded filters back to the drawings.
fn done_ui(ui: &mut Ui, view: &mut View<'_>) {
    let frame = Frame::new().fill(Theme::of(ui).color.surface).inner_margin(10);
    Panel::bottom("gallery filters done").exact_size(48.0).show_separator_line(false).frame(frame).show(
        ui,
        |ui| {
            let shown = view.here().gallery.as_ref().map_or(0, |shown| shown.rows.len());
            let label = format!("Show {}", drawings(shown));
            if button(ui, icons::CHECK_SQUARE, &label, Kind::Primary).clicked() {
                view.memory.facets = false;
            }
        },
    );
}

/// `1 drawing`, `15 drawings`.
fn drawings(count: usize) -> String {
    counted(count, "drawing", "drawings")
}

/// What is asked when nothing is.
fn cleared() -> GalleryLocation {
    GalleryLocation::default()
}
