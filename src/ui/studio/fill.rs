//! Which tools fill a drawing, whether they fit together, and what they need to run.

mod fewest;
mod folded;
mod needs;
mod together;

use std::collections::BTreeSet;

use egui::Ui;

use crate::action::DocumentId;
use crate::architecture::fill::{Scope, entry};
use crate::architecture::{Node, NodeId};
use crate::catalog::Catalog;
use crate::state::Drawing;
use crate::ui::widgets::empty_state;
use crate::ui::{View, icons};

pub(super) use fewest::Fewest;
pub(super) use folded::{names_ui, rest_ui, shown};
pub(super) use together::Together;

/// What the questions about tools remember of a window.
#[derive(Clone, Debug, Default)]
pub struct FillMemory {
    /// For which boxes the fewest tools are looked for.
    scope: Scope,
    /// The lists that are shown whole.
    unfolded: BTreeSet<String>,
}

pub(super) fn fill_ui(ui: &mut Ui, view: &mut View<'_>, id: DocumentId, drawing: Drawing<'_>) {
    if drawing.architecture.nodes.is_empty() {
        let text = "Once there are boxes, this tells which tools of the catalog could fill them.";
        empty_state(ui, icons::TREE_STRUCTURE, "No boxes yet", text, None);
        return;
    }
    fewest::fewest_ui(ui, view, id, drawing);
    ui.add_space(18.0);
    together::together_ui(ui, view, id, drawing);
    ui.add_space(18.0);
    needs::needs_ui(ui, view, id, drawing);
}

/// The name of a tool; what a box calls it where it has no entry.
fn name_of<'a>(catalog: &'a Catalog, id: &'a str) -> &'a str {
    entry(catalog, id).map_or(id, |tool| tool.name.as_str())
}

/// What a box is called.
fn title_of<'a>(drawing: Drawing<'a>, id: &'a NodeId) -> &'a str {
    drawing.architecture.nodes.get(id).map_or(id.as_str(), Node::title)
}

/// Selects boxes and brings them into sight.
fn reveal(view: &mut View<'_>, nodes: impl IntoIterator<Item = NodeId>) {
    view.memory.studio.reveal = true;
    super::select(view, nodes);
}
