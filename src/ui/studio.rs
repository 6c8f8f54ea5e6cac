//! The Studio: templates to start from, and the canvas with its inspector.

mod asked;
mod badge;
pub mod camera;
mod candidates;
mod canvas;
mod card;
mod findings;
mod flows;
mod guide;
mod impact;
mod inspector;
mod lanes;
mod limits;
mod maturity;
mod minimap;
mod motion;
mod panel;
mod score;
mod start;
mod tools;

use egui::{Frame, Margin, Ui};

use crate::action::{Action, DocumentAction, DocumentId};
use crate::address::{DrawingLocation, DrawingPanel, Location};
use crate::architecture::{Edit, NodeId, kinds};
use crate::catalog::Stage;
use crate::state::DocumentState;
use crate::ui::theme::Theme;
use crate::ui::widgets::{empty_state, inspector, inspector_edge};
use crate::ui::{NARROW, View, icons};

pub use findings::FindingsMemory;
pub use start::start_ui;

/// What the Studio remembers of a window beside its canvases.
#[derive(Clone, Debug, Default)]
pub struct StudioMemory {
    /// Whether the canvas is to bring the selected nodes into sight.
    reveal: bool,
    /// What the panels asked last.
    asked: asked::AskedMemory,
}

/// Draws the open drawing that the location names.
pub fn drawing_ui(ui: &mut Ui, view: &mut View<'_>) {
    let Some((id, drawing)) = view.focused_drawing() else { return };
    match &drawing.document.state {
        DocumentState::Loading => {
            empty_state(
                ui,
                icons::CIRCLE_NOTCH,
                "Reading the drawing",
                &drawing.document.origin.to_string(),
                None,
            );
            return;
        }
        DocumentState::Failed(sentence) => {
            let action = Some((icons::TREE_STRUCTURE, "Show the templates"));
            if empty_state(ui, icons::WARNING_CIRCLE, "This drawing cannot be opened", sentence, action) {
                view.go(Location::Drawings);
            }
            return;
        }
        DocumentState::Ready => {}
    }
    let theme = Theme::of(ui);
    let wide = ui.max_rect().width() + theme.size.rail >= NARROW;
    // Beside less than this a drawing would have no room.
    let has_room = ui.max_rect().width() >= 1_000.0;
    let selected = selection(view);
    let presenting = view.here().presenting.on;
    let panel = inspector(ui.available_size(), if wide { theme.size.inspector } else { 336.0 });
    if let Some(panel) = panel.filter(|_| {
        view.memory.inspector
            && !presenting
            && (has_room || !selected.is_empty() || panel::shown(view) != DrawingPanel::Selection)
    }) {
        panel
            .frame(Frame::new().fill(theme.color.panel).inner_margin(Margin::same(16)))
            .show(ui, |ui| panel::panel_ui(ui, view, id, drawing, &selected));
        inspector_edge(ui);
    }
    canvas::canvas_ui(ui, view, id, drawing, &selected);
}

/// The ids of the selected nodes, as the location has them.
fn selection(view: &View<'_>) -> Vec<NodeId> {
    match view.location() {
        Location::Drawing(drawing) => drawing.selected.iter().map(|id| NodeId(id.clone())).collect(),
        _ => Vec::new(),
    }
}

/// The hue of a lane; grey for a lane this version does not know.
fn lane_hue(theme: &Theme, lane: &str) -> egui::Color32 {
    kinds::lane(lane)
        .and_then(|lane| Stage::from_id(&lane.lifecycle))
        .map_or(theme.color.text_3, |stage| theme.stage(stage))
}

/// Selects exactly these nodes.
fn select(view: &mut View<'_>, nodes: impl IntoIterator<Item = NodeId>) {
    let mut selected: Vec<String> = nodes.into_iter().map(|id| id.to_string()).collect();
    selected.sort_unstable();
    selected.dedup();
    let Location::Drawing(here) = view.location() else { return };
    let location = Location::Drawing(DrawingLocation { selected, without: None, ..here.clone() });
    if location != *view.location() {
        view.narrow(location);
    }
}

fn edit(view: &mut View<'_>, id: DocumentId, edit: Edit) {
    view.actions.push(Action::Document(id, DocumentAction::Edit(edit.into())));
}
