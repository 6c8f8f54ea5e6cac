//! The relations graph: what stands around some tools, by relation type, each line with its source.

mod canvas;
mod inspector;
mod legend;
mod lists;
mod marks;
mod scene;
mod small;
mod start;

use egui::{Frame, Margin, Ui};

use super::heading::{Heading, heading_ui};
use crate::address::{GraphItem, GraphLocation, Location};
use crate::command::Command;
use crate::state::Graph;
use crate::ui::theme::Theme;
use crate::ui::widgets::{inspector as inspector_panel, inspector_edge};
use crate::ui::{NARROW, View};

pub use canvas::GraphMemory;
pub(super) use small::small_ui;

/// Where the graph begins: around what the present view shows or has selected, else with nothing in the middle yet.
pub fn graph_from(view: &View<'_>) -> Location {
    let centres = match view.location() {
        Location::Tool(id) => vec![id.clone()],
        Location::Landscape(table) => table.selected.iter().cloned().collect(),
        Location::Compare(ids) => ids.clone(),
        _ => Vec::new(),
    };
    Location::Graph(GraphLocation::of(centres))
}

/// Draws the graph that the location names.
pub fn graph_ui(ui: &mut Ui, view: &mut View<'_>) {
    let Location::Graph(before) = view.location() else { return };
    let Some(graph) = &view.here().graph else { return };
    let mut after = before.clone();
    if graph.found.nodes.is_empty() {
        start::start_ui(ui, view, graph);
        return;
    }
    if view.take_asked(&[Command::Recentre]).is_some() {
        recentre(view);
    }
    head_ui(ui, view, graph, &mut after);
    let wide = ui.max_rect().width() + Theme::of(ui).size.rail >= NARROW;
    let width = if wide { Theme::of(ui).size.inspector } else { 300.0 };
    let panel = inspector_panel(ui.available_size(), width);
    let presenting = view.here().presenting.on;
    let wanted =
        view.memory.inspector && !presenting && !graph.found.is_alone() && (wide || after.selected.is_some());
    if let Some(panel) = panel.filter(|_| wanted) {
        panel.frame(Frame::new().fill(Theme::of(ui).color.panel).inner_margin(Margin::same(16))).show(
            ui,
            |ui| {
                inspector::inspector_ui(ui, view, graph, &mut after);
            },
        );
        inspector_edge(ui);
    }
    if graph.found.is_alone() {
        start::alone_ui(ui, view, graph, &mut after);
    } else {
        canvas::canvas_ui(ui, view, graph, &mut after);
    }
    if after != *before {
        view.narrow(Location::Graph(after));
    }
}

fn head_ui(ui: &mut Ui, view: &View<'_>, graph: &Graph, after: &mut GraphLocation) {
    let names: Vec<&str> = graph
        .found
        .nodes
        .iter()
        .filter(|node| node.parent.is_none())
        .map(|node| node.name.as_str())
        .collect();
    let title = match names.as_slice() {
        [one] => format!("What {one} works with, and what stands instead of it"),
        [first @ .., last] => format!("Relations of {} and {last}", first.join(", ")),
        [] => String::new(),
    };
    let depth = vec![("1 step", after.wish.depth < 2), ("2 steps", after.wish.depth > 1)];
    let note = "A solid line is a relation that an entry tells with its source. A dashed one is derived: two entries name \
                the same standard.";
    if let Some((_, choice)) = heading_ui(ui, &Heading { title: &title, note, switches: &[depth] }) {
        after.wish.depth = if choice == 0 { 1 } else { 2 };
    }
    legend::legend_ui(ui, view, graph, after);
}

/// Goes to the graph around the selected tool.
fn recentre(view: &mut View<'_>) {
    let Location::Graph(graph) = view.location() else { return };
    if let Some(GraphItem::Tool(id)) = &graph.selected {
        let mut next = graph.clone();
        next.wish.centres = vec![id.clone()];
        next.selected = None;
        view.go(Location::Graph(next));
    }
}
