//! The Studio: drawings to start from, and the canvas with its inspector.

mod asked;
mod badge;
pub mod camera;
mod candidates;
mod canvas;
mod card;
mod compare;
mod consensus;
mod export;
mod fill;
mod findings;
mod flows;
mod gallery;
mod guide;
mod impact;
mod inspector;
mod labels;
mod lanes;
mod limits;
mod maturity;
mod minimap;
mod motion;
mod panel;
mod score;
pub mod sheet;
mod starts;
mod tools;
mod typed;

use egui::{Frame, Margin, Ui};

use crate::action::{Action, DocumentAction, DocumentId};
use crate::address::{DrawingLocation, DrawingPanel, Location, Place};
use crate::architecture::{Edit, NodeId, kinds};
use crate::catalog::Stage;
use crate::problem::{Problem, Severity};
use crate::state::DocumentState;
use crate::ui::theme::Theme;
use crate::ui::widgets::{empty_state, inspector, inspector_edge};
use crate::ui::{NARROW, View, icons};

pub use consensus::{COMMON_PRACTICE, ConsensusMemory, consensus_ui};
pub use export::ExportMemory;
pub(super) use export::{copy, export_ui};
pub use findings::FindingsMemory;
pub use gallery::{GalleryMemory, start_ui};

/// What the Studio remembers of a window beside its canvases.
#[derive(Clone, Debug, Default)]
pub struct StudioMemory {
    /// Whether the canvas is to bring the selected nodes into sight.
    reveal: bool,
    /// What the panels asked last.
    asked: asked::AskedMemory,
    /// What the comparison searches for and has unfolded.
    compare: compare::CompareMemory,
    /// What is half done with the selected node.
    inspector: inspector::InspectorMemory,
    /// What is half typed of the limits.
    limits: limits::LimitsMemory,
    /// How the questions about tools are asked, and what is unfolded of the answers.
    fill: fill::FillMemory,
    /// What is chosen from to ask what changes with it.
    choose: impact::ChooseMemory,
}

impl StudioMemory {
    /// Forgets what was found in another catalog.
    pub(super) fn forget_found(&mut self) {
        self.choose.forget_found();
    }
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
                view.go(Location::start_of(Place::Studio));
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
    let location = Location::Drawing(DrawingLocation {
        selected,
        artifact: None,
        swap: None,
        without: None,
        ring: None,
        ..here.clone()
    });
    if location != *view.location() {
        view.narrow(location);
    }
}

/// Makes a change, unless only what the sources report is shown.
fn edit(view: &mut View<'_>, id: DocumentId, edit: Edit) {
    if !refuses(view) {
        view.actions.push(Action::Document(id, DocumentAction::Edit(edit.into())));
    }
}

/// Where a drawing is not shown as a whole and cannot be changed, what to do instead.
const REPORTED: &str = "This is what the sources report. Show the complete drawing to change it.";

/// Whether nothing may be changed, since only what the sources report is shown; then it is said, too.
pub(super) fn refuses(view: &mut View<'_>) -> bool {
    let Some((_, drawing)) = view.focused_drawing().filter(|(_, drawing)| drawing.is_reported) else {
        return false;
    };
    let at = drawing.document.origin.name();
    view.actions.push(Action::Notice(Problem { severity: Severity::Info, message: REPORTED.to_owned(), at }));
    true
}
