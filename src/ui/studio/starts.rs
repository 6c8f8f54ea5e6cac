//! The two views that the Studio starts with: drawings to choose from, and what they have in common.

use egui::Ui;

use super::consensus::COMMON_PRACTICE;
use crate::address::{ConsensusLocation, GalleryLocation, Location};
use crate::ui::widgets::{icon_button, tab};
use crate::ui::{View, icons};

/// Their tabs, the present one lit; as icons alone where there is little room.
pub(super) fn starts_ui(ui: &mut Ui, view: &mut View<'_>) {
    let is_gallery = matches!(view.location(), Location::Drawings(_));
    let has_words = ui.available_width() > 300.0;
    let mut start = |ui: &mut Ui, icon: &str, title: &str, is_on: bool, to: fn() -> Location| {
        let response =
            if has_words { tab(ui, icon, title, is_on) } else { icon_button(ui, icon, title, is_on) };
        if response.clicked() && !is_on {
            view.go(to());
        }
    };
    start(ui, icons::SQUARES_FOUR, "Gallery", is_gallery, || Location::Drawings(GalleryLocation::default()));
    start(ui, icons::STACK, COMMON_PRACTICE, !is_gallery, || {
        Location::Consensus(ConsensusLocation::default())
    });
}
