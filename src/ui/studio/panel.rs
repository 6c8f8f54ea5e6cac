//! What stands beside the canvas: the selection, what the rules found, what a change does, how mature the drawing is.

use egui::{ScrollArea, Ui};

use super::{compare, fill, findings, guide, impact, inspector, maturity};
use crate::action::DocumentId;
use crate::address::{DrawingLocation, DrawingPanel, Location};
use crate::architecture::NodeId;
use crate::state::Drawing;
use crate::ui::widgets::icon_tab;
use crate::ui::{View, icons};

pub(super) fn panel_ui(
    ui: &mut Ui,
    view: &mut View<'_>,
    id: DocumentId,
    drawing: Drawing<'_>,
    selected: &[NodeId],
) {
    let shown = shown(view);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        for panel in DrawingPanel::ALL {
            let figure = match (panel, drawing.judged.findings.len()) {
                (DrawingPanel::Findings, 1..) => drawing.judged.findings.len().to_string(),
                _ => String::new(),
            };
            let (icon, title) = (icon(panel, selected), title(panel, drawing, selected));
            if icon_tab(ui, icon, &title, &figure, panel == shown).clicked() {
                show(view, panel);
            }
        }
    });
    ui.add_space(10.0);
    guide::reported_ui(ui, view, drawing);
    ScrollArea::vertical().auto_shrink(false).id_salt(shown.id()).show(ui, |ui| {
        ui.set_max_width(ui.available_width() - 6.0);
        match shown {
            DrawingPanel::Selection => inspector::selection_ui(ui, view, id, drawing, selected),
            DrawingPanel::Findings => findings::findings_ui(ui, view, id, drawing, selected),
            DrawingPanel::Impact => impact::impact_ui(ui, view, id, drawing),
            DrawingPanel::Maturity => maturity::maturity_ui(ui, view, id, drawing),
            DrawingPanel::Tools => fill::fill_ui(ui, view, id, drawing),
            DrawingPanel::Compare => compare::compare_ui(ui, view, id, drawing),
        }
    });
}

/// The panel that the location names.
pub(super) fn shown(view: &View<'_>) -> DrawingPanel {
    match view.location() {
        Location::Drawing(drawing) => drawing.panel,
        _ => DrawingPanel::default(),
    }
}

/// Shows another panel.
pub(super) fn show(view: &mut View<'_>, panel: DrawingPanel) {
    change(view, |here| here.panel = panel);
}

/// Changes what is shown of the drawing.
pub(super) fn change(view: &mut View<'_>, change: impl FnOnce(&mut DrawingLocation)) {
    let Location::Drawing(here) = view.location() else { return };
    let mut there = here.clone();
    change(&mut there);
    if there != *here {
        view.narrow(Location::Drawing(there));
    }
}

fn icon(panel: DrawingPanel, selected: &[NodeId]) -> &'static str {
    match panel {
        DrawingPanel::Selection if selected.is_empty() => icons::TREE_STRUCTURE,
        DrawingPanel::Selection => icons::CURSOR,
        DrawingPanel::Findings => icons::WARNING,
        DrawingPanel::Impact => icons::FLOW_ARROW,
        DrawingPanel::Maturity => icons::GAUGE,
        DrawingPanel::Tools => icons::PACKAGE,
        DrawingPanel::Compare => icons::SCALES,
    }
}

fn title(panel: DrawingPanel, drawing: Drawing<'_>, selected: &[NodeId]) -> String {
    match panel {
        DrawingPanel::Selection => if selected.is_empty() { "Drawing" } else { "Node" }.to_owned(),
        DrawingPanel::Findings if drawing.is_unjudged => "Findings…".to_owned(),
        DrawingPanel::Findings => match drawing.judged.findings.len() {
            0 => "Findings".to_owned(),
            count => format!("Findings {count}"),
        },
        DrawingPanel::Impact => "Impact".to_owned(),
        DrawingPanel::Maturity => "Maturity".to_owned(),
        DrawingPanel::Tools => "Tools".to_owned(),
        DrawingPanel::Compare => "Compare".to_owned(),
    }
}
