//! Beside the graph: why the selected tool or standard is there, with sources; else all neighbours as a list.

use egui::{RichText, ScrollArea, Sense, Ui, vec2};

use super::canvas::node_of;
use super::lists::{left_out_ui, neighbours_ui, speakers_ui};
use super::marks;
use crate::address::{GraphItem, GraphLocation, Location};
use crate::catalog::neighbourhood::{Edge, Group, Node, Subject, Tie};
use crate::catalog::standard::Says;
use crate::command::Command;
use crate::state::Graph;
use crate::ui::landscape::tool::{category_text, sources_ui};
use crate::ui::theme::Theme;
use crate::ui::widgets::{Ink, Kind, button, hairline, icon_button, monogram, section_head, wrapped};
use crate::ui::{View, icons, shortcuts};

/// Draws what is selected.
pub(super) fn inspector_ui(ui: &mut Ui, view: &mut View<'_>, graph: &Graph, after: &mut GraphLocation) {
    if after.selected == Some(GraphItem::LeftOut) {
        return left_out_ui(ui, view, graph, after);
    }
    let at = node_of(view, graph, after.selected.as_ref());
    let Some((at, node)) = at.and_then(|at| Some((at, graph.found.nodes.get(at)?))) else {
        return neighbours_ui(ui, view, graph, after);
    };
    head_ui(ui, view, node, after);
    ui.add_space(8.0);
    let is_tool = node.subject != Subject::Standard;
    let foot = if is_tool { 44.0 } else { 0.0 };
    ScrollArea::vertical().auto_shrink(false).max_height(ui.available_height() - foot).show(ui, |ui| {
        ui.set_max_width(ui.available_width() - 6.0);
        if is_tool {
            edges_ui(ui, view, graph, at, node);
        } else {
            speakers_ui(ui, view, graph, at, after);
        }
    });
    if is_tool {
        foot_ui(ui, view, graph, at);
    }
}

fn head_ui(ui: &mut Ui, view: &View<'_>, node: &Node, after: &mut GraphLocation) {
    let theme = Theme::of(ui);
    ui.horizontal(|ui| {
        let (tile, _) = ui.allocate_exact_size(vec2(36.0, 36.0), Sense::hover());
        let below = match node.subject {
            Subject::Tool(row) => {
                monogram(ui, tile, &node.name, node.stage);
                view.state.catalog.tools().get(row).map_or("", category_text)
            }
            Subject::Standard => {
                let ink = Ink::new(theme.icon(22.0), theme.color.text_2);
                let anchor = egui::Align2::CENTER_CENTER;
                crate::ui::widgets::paint_text(
                    ui.painter(),
                    tile.center(),
                    anchor,
                    icons::PLUGS_CONNECTED,
                    &ink,
                    36.0,
                );
                "a standard that tools share"
            }
        };
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 3.0;
            ui.set_width(ui.available_width() - 36.0);
            let name = RichText::new(&node.name).font(theme.strong(theme.text.heading));
            ui.add(egui::Label::new(name).truncate());
            ui.add(egui::Label::new(RichText::new(below).color(theme.color.text_2)).truncate());
        });
        if icon_button(ui, icons::X, "Close the selection", false).clicked() {
            after.selected = None;
        }
    });
}

fn foot_ui(ui: &mut Ui, view: &mut View<'_>, graph: &Graph, at: usize) {
    let Some(Node { subject: Subject::Tool(row), group, .. }) = graph.found.nodes.get(at) else { return };
    let Some(tool) = view.state.catalog.tools().get(*row) else { return };
    ui.add_space(8.0);
    ui.horizontal(|ui| {
        if button(ui, icons::ARROWS_OUT, "Open its page", Kind::Primary).clicked() {
            view.go(Location::Tool(tool.id.clone()));
        }
        let alone = *group == Group::Centre && graph.found.nodes.get(1).is_none_or(|n| n.parent.is_some());
        if !alone {
            let response = button(ui, icons::CROSSHAIR, "To the middle", Kind::Plain);
            let keys = Command::Recentre.shortcuts().first().map(|keys| keys.text()).unwrap_or_default();
            if response.on_hover_text(format!("{}  {keys}", Command::Recentre.title())).clicked() {
                shortcuts::execute(view, Command::Recentre);
            }
        }
    });
}

/// What joins a tool with others: towards the middle first, then with the rest that is shown.
fn edges_ui(ui: &mut Ui, view: &mut View<'_>, graph: &Graph, at: usize, node: &Node) {
    /// More than these are a wall of text; the cards that light up say the rest.
    const MOST: usize = 24;
    let theme = Theme::of(ui);
    let head = if node.group == Group::Centre { "Its relations" } else { "Why it is here" };
    section_head(ui, head);
    let mut count = 0;
    let (inward, others): (Vec<&Edge>, Vec<&Edge>) =
        graph.found.edges_of(at).partition(|edge| edge.to == at || node.group == Group::Centre);
    for (edges, is_more) in [(&inward, false), (&others, true)] {
        if is_more && !edges.is_empty() {
            ui.add_space(12.0);
            section_head(ui, "Also related, of those shown");
        }
        for (index, edge) in edges.iter().enumerate() {
            if index > 0 {
                hairline(ui);
            }
            count += 1;
            if count <= MOST {
                edge_ui(ui, view, graph, edge);
            }
        }
    }
    if count > MOST {
        let more = format!("and {} more, on its page", count - MOST);
        ui.label(RichText::new(more).color(theme.color.text_3));
    }
}

/// One edge: the sentence of each of its relations, what passes, how it is set up, and its sources.
fn edge_ui(ui: &mut Ui, view: &mut View<'_>, graph: &Graph, edge: &Edge) {
    let theme = Theme::of(ui);
    match &edge.tie {
        Tie::Told(between) => {
            for one in between {
                sentence_ui(ui, Some(one.kind), &one.sentence());
                let details = one.details();
                if !details.is_empty() {
                    wrapped(ui, &details, &Ink::new(theme.small(), theme.color.text_3));
                }
                for how in &one.how {
                    wrapped(ui, how, &Ink::new(theme.body(), theme.color.text_2));
                }
                if one.sources.is_empty() {
                    let text = "The entry names no source for this.";
                    wrapped(ui, text, &Ink::new(theme.small(), theme.color.warn));
                }
                sources_ui(ui, &one.sources, view.actions);
                ui.add_space(3.0);
            }
        }
        Tie::Speaks(says) => derived_ui(ui, view, graph, edge, says),
    }
}

/// A derived relation: that it is one, and the statements that it follows from.
fn derived_ui(ui: &mut Ui, view: &mut View<'_>, graph: &Graph, edge: &Edge, says: &[Says]) {
    for sentence in graph.found.sentences(&view.state.catalog, edge) {
        sentence_ui(ui, None, &sentence);
    }
    statement_sources_ui(ui, view, says);
    // Seen from a tool beyond the standard: who in the middle speaks it.
    let inwards = graph.found.edges_of(edge.from).filter(|inner| inner.to == edge.from && inner.is_derived());
    let mut is_told = true;
    for inner in inwards {
        is_told &= graph.found.is_told(inner.from, edge.to);
        for sentence in graph.found.sentences(&view.state.catalog, inner) {
            sentence_ui(ui, None, &sentence);
        }
        if let Tie::Speaks(says) = &inner.tie {
            statement_sources_ui(ui, view, says);
        }
    }
    if !is_told {
        let theme = Theme::of(ui);
        let text = "Derived from these statements. No entry says that the two work together.";
        wrapped(ui, text, &Ink::new(theme.small(), theme.color.text_3));
    }
    ui.add_space(3.0);
}

/// The sources of what makes a tool a speaker of a standard, where there are any.
pub(super) fn statement_sources_ui(ui: &mut Ui, view: &mut View<'_>, says: &[Says]) {
    let catalog = std::sync::Arc::clone(&view.state.catalog);
    let relations = says.iter().filter_map(|says| says.relation(&catalog));
    for (_, relation) in relations.take(2) {
        sources_ui(ui, &relation.evidence, view.actions);
    }
}

/// A sentence after a piece of its line.
fn sentence_ui(ui: &mut Ui, kind: Option<crate::catalog::RelationKind>, sentence: &str) {
    let theme = Theme::of(ui);
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 8.0;
        let (rect, _) = ui.allocate_exact_size(vec2(20.0, 19.0), Sense::hover());
        marks::sample(ui, rect, kind, true);
        wrapped(ui, sentence, &Ink::new(theme.medium(), theme.color.text));
    });
}
