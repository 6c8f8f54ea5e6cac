//! The portfolio: foundations against the lifecycle.

use egui::Ui;

use crate::address::TableLocation;
use crate::ui::widgets::empty_state;
use crate::ui::{View, icons};

pub(super) fn portfolio_ui(ui: &mut Ui, _view: &mut View<'_>, _table: &mut TableLocation) {
    empty_state(ui, icons::GRID_NINE, "Not here yet", "This view is being made.", None);
}
