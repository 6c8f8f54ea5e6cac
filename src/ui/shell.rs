//! The window's frame: rail, top bar, status bar, notices, and the place between them.

mod rail;
mod status;
mod top;

use egui::{CentralPanel, Frame, Panel, Stroke, Ui};

use crate::ui::View;
use crate::ui::theme::Theme;
use crate::ui::view_state::Overlay;
use crate::ui::widgets::forget_target;

pub(super) use top::title_of;

/// Draws the frame and `place` inside it.
pub(super) fn shell_ui(ui: &mut Ui, view: &mut View<'_>, place: impl FnOnce(&mut Ui, &mut View<'_>)) {
    let theme = Theme::of(ui);
    let panel = Frame::new().fill(theme.color.panel);
    let bar = Frame::new().fill(theme.color.surface);
    Panel::left("rail")
        .exact_size(theme.size.rail)
        .resizable(false)
        .show_separator_line(false)
        .frame(panel)
        .show(ui, |ui| {
            edge(ui, Edge::Right);
            rail::rail_ui(ui, view);
        });
    Panel::top("top bar")
        .exact_size(theme.size.top_bar)
        .resizable(false)
        .show_separator_line(false)
        .frame(bar)
        .show(ui, |ui| {
            edge(ui, Edge::Bottom);
            top::top_bar_ui(ui, view);
        });
    Panel::bottom("status bar")
        .exact_size(theme.size.status_bar)
        .resizable(false)
        .show_separator_line(false)
        .frame(panel)
        .show(ui, |ui| {
            edge(ui, Edge::Top);
            status::status_bar_ui(ui, view);
        });
    CentralPanel::no_frame().frame(bar).show(ui, |ui| place(ui, view));
    forget_target(ui.ctx());
    if view.memory.overlay != Overlay::Bare {
        status::notices_ui(ui, view);
    }
}

/// A side of a region.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edge {
    /// Towards the content right of it.
    Right,
    /// Towards the content below.
    Bottom,
    /// Towards the content above.
    Top,
}

/// The one hairline between two regions.
pub fn edge(ui: &Ui, edge: Edge) {
    let stroke = Stroke::new(1.0, Theme::of(ui).color.line);
    let rect = ui.max_rect();
    match edge {
        Edge::Right => ui.painter().vline(rect.right() - 0.5, rect.y_range(), stroke),
        Edge::Bottom => ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, stroke),
        Edge::Top => ui.painter().hline(rect.x_range(), rect.top() + 0.5, stroke),
    };
}
