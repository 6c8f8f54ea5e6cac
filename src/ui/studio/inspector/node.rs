//! The selected node: what it is, what rules read of it, its tools and flows.

use egui::Ui;

use super::{InspectorMemory, flows, links, props, source_ui, title, tools};
use crate::action::DocumentId;
use crate::architecture::{Edit, Node, NodeId, kinds};
use crate::command::Command;
use crate::state::Drawing;
use crate::ui::studio::{candidates, edit};
use crate::ui::widgets::{Kind, button, choice_ui, fact};
use crate::ui::{View, icons, shortcuts};

pub(super) fn node_ui(
    ui: &mut Ui,
    view: &mut View<'_>,
    (document, drawing): (DocumentId, Drawing<'_>),
    (id, node): (&NodeId, &Node),
) {
    let of = Some((document, id.clone()));
    if view.memory.studio.inspector.of != of {
        view.memory.studio.inspector = InspectorMemory { of, ..InspectorMemory::default() };
    }
    title(ui, node.title());
    ui.add_space(4.0);
    kind_ui(ui, view, (document, drawing), node);
    lane_ui(ui, view, (document, drawing), node);
    props::props_ui(ui, view, (document, drawing), node);
    match &node.basis {
        Some(_) if node.is_reported() => fact(ui, "Basis", "the sources report this box"),
        Some(_) if node.is_added() => fact(ui, "Basis", "added, so that the drawing is complete"),
        Some(basis) => fact(ui, "Basis", basis),
        None => {}
    }
    for address in &node.source {
        source_ui(ui, view, address);
    }
    links::links_ui(ui, view, (document, drawing), node);
    tools::tools_ui(ui, view, (document, drawing), node);
    candidates::candidates_ui(ui, view, (document, drawing), (id, node));
    for incoming in [true, false] {
        flows::flows_ui(ui, view, (document, drawing), node, incoming);
    }
    if drawing.is_fixed() {
        return;
    }
    ui.add_space(12.0);
    ui.horizontal(|ui| {
        if button(ui, icons::PENCIL_LINE, "Rename", Kind::Plain).clicked() {
            shortcuts::execute(view, Command::Rename);
        }
        if button(ui, icons::TRASH, "Delete", Kind::Plain).clicked() {
            shortcuts::execute(view, Command::Delete);
        }
    });
}

fn kind_ui(ui: &mut Ui, view: &mut View<'_>, (id, drawing): (DocumentId, Drawing<'_>), node: &Node) {
    let shown = kinds::kind(&node.kind).map_or(node.kind.as_str(), |kind| kind.label.as_str());
    if drawing.is_fixed() {
        return fact(ui, "Kind", shown);
    }
    let icon = |kind: &kinds::Kind| icons::by_name(kinds::icon(&kind.id)).unwrap_or(icons::CIRCLE);
    let offers: Vec<(&str, &str)> =
        kinds::kinds().iter().map(|kind| (icon(kind), kind.label.as_str())).collect();
    if let Some(at) = choice_ui(ui, "Kind", shown, &offers)
        && let Some(kind) = kinds::kinds().get(at)
    {
        let mut edits = vec![Edit::SetKind { node: node.id.clone(), kind: kind.id.clone() }];
        // A label that only said what it was would now say what it is not.
        if node.label == shown {
            edits.push(Edit::Rename { node: node.id.clone(), label: kind.label.clone() });
        }
        edit(view, id, Edit::Batch(edits));
    }
}

fn lane_ui(ui: &mut Ui, view: &mut View<'_>, (id, drawing): (DocumentId, Drawing<'_>), node: &Node) {
    let shown = kinds::lane(&node.stage).map_or(node.stage.as_str(), |lane| lane.title.as_str());
    if drawing.is_fixed() {
        return fact(ui, "Lane", shown);
    }
    let offers: Vec<(&str, &str)> = kinds::lanes().iter().map(|lane| ("", lane.title.as_str())).collect();
    if let Some(at) = choice_ui(ui, "Lane", shown, &offers)
        && let Some(lane) = kinds::lanes().get(at)
        && let Some(change) = Edit::to_lane(drawing.architecture, &node.id, &lane.id)
    {
        edit(view, id, change);
    }
}
