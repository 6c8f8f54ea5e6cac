//! The graph as lists: neighbours by group, the speakers of a standard, and the tools that have no room.

use egui::{RichText, ScrollArea, Ui};

use super::canvas::item_of;
use super::inspector::statement_sources_ui;
use crate::address::{GraphItem, GraphLocation, Location};
use crate::catalog::neighbourhood::{Group, Subject, Tie};
use crate::state::Graph;
use crate::ui::View;
use crate::ui::icons;
use crate::ui::landscape::tool::category_text;
use crate::ui::theme::Theme;
use crate::ui::widgets::{Ink, ListRow, hairline, icon_button, section_head, wrapped};

fn title_ui(ui: &mut Ui, title: &str, text: &str) {
    let theme = Theme::of(ui);
    ui.label(RichText::new(title).font(theme.strong(theme.text.heading)));
    wrapped(ui, text, &Ink::new(theme.body(), theme.color.text_2));
    ui.add_space(8.0);
}

/// `1 tool`, `23 tools`.
fn tools(count: usize) -> String {
    if count == 1 { "1 tool".to_owned() } else { format!("{count} tools") }
}

/// Everybody one step away, by group: nothing is selected, and a list is read faster than a picture.
pub(super) fn neighbours_ui(ui: &mut Ui, view: &View<'_>, graph: &Graph, after: &mut GraphLocation) {
    let nodes = &graph.found.nodes;
    let around =
        nodes.iter().filter(|node| node.group != Group::Centre && node.subject != Subject::Standard).count();
    let told = graph.found.edges.iter().filter(|edge| !edge.is_derived()).count();
    let derived = graph.found.edges.len() - told;
    let derived = if derived > 0 { format!(", {derived} statements about standards") } else { String::new() };
    let text = format!(
        "{} around, {told} pairs with relations{derived}. Choose a card to see what is said, and by whom.",
        tools(around)
    );
    title_ui(ui, "Neighbours", &text);
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        ui.set_max_width(ui.available_width() - 6.0);
        ui.spacing_mut().item_spacing.y = 0.0;
        let mut last = None;
        for (at, node) in nodes.iter().enumerate() {
            let is_near = node.steps == 1 && (node.parent.is_some() || node.subject == Subject::Standard);
            if !is_near {
                continue;
            }
            if last.replace(node.group) != Some(node.group) {
                ui.add_space(8.0);
                section_head(ui, &node.group.title(graph.found.centres()));
            }
            let icon = if node.subject == Subject::Standard { icons::PLUGS_CONNECTED } else { "●" };
            let hue = node.stage.map(|stage| Theme::of(ui).stage(stage));
            let beyond = nodes.iter().filter(|other| other.parent == Some(at)).count();
            let caption = if beyond > 0 { format!("{beyond} beyond") } else { String::new() };
            let row = ListRow { icon, icon_color: hue, text: &node.name, caption: &caption, selected: false };
            if row.show(ui).clicked() {
                after.selected = item_of(view, graph, at);
            }
        }
    });
}

/// Who speaks a standard, each with the statement that says so.
pub(super) fn speakers_ui(
    ui: &mut Ui,
    view: &mut View<'_>,
    graph: &Graph,
    at: usize,
    after: &mut GraphLocation,
) {
    let edges: Vec<_> = graph.found.edges_of(at).collect();
    let text = format!(
        "{} here name it. That two tools speak the same standard does not say that they were tried together.",
        tools(edges.len())
    );
    let theme = Theme::of(ui);
    wrapped(ui, &text, &Ink::new(theme.body(), theme.color.text_2));
    ui.add_space(8.0);
    section_head(ui, "Who speaks it");
    for (index, edge) in edges.iter().enumerate() {
        if index > 0 {
            hairline(ui);
        }
        let Some(other) = edge.other(at).and_then(|other| Some((other, graph.found.nodes.get(other)?)))
        else {
            continue;
        };
        let label = egui::Label::new(
            RichText::new(&other.1.name).font(theme.strong(theme.text.body)).color(theme.color.text),
        );
        let response = ui.add(label.sense(egui::Sense::click()));
        let name = format!("Select {}", other.1.name);
        response
            .widget_info(move || egui::WidgetInfo::labeled(egui::accesskit::Role::Link, true, name.clone()));
        if response.on_hover_cursor(egui::CursorIcon::PointingHand).clicked() {
            after.selected = item_of(view, graph, other.0);
        }
        for sentence in graph.found.sentences(&view.state.catalog, edge) {
            wrapped(ui, &sentence, &Ink::new(theme.body(), theme.color.text_2));
        }
        if let Tie::Speaks(says) = &edge.tie {
            statement_sources_ui(ui, view, says);
        }
    }
}

/// The tools that have no room in the picture, the most relevant first.
pub(super) fn left_out_ui(ui: &mut Ui, view: &mut View<'_>, graph: &Graph, after: &mut GraphLocation) {
    let out = &graph.found.left_out;
    let text = format!(
        "{} in reach have no room. Shown are the nearest, of these the ones with the most relations to what is nearer \
         still, then those with the most claims. Fewer types or one step show the others.",
        tools(out.len())
    );
    ui.horizontal(|ui| {
        let theme = Theme::of(ui);
        ui.label(RichText::new("Not shown").font(theme.strong(theme.text.heading)));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if icon_button(ui, icons::X, "Close the selection", false).clicked() {
                after.selected = None;
            }
        });
    });
    let theme = Theme::of(ui);
    wrapped(ui, &text, &Ink::new(theme.body(), theme.color.text_2));
    ui.add_space(8.0);
    let catalog = std::sync::Arc::clone(&view.state.catalog);
    let high = theme.size.row;
    ui.spacing_mut().item_spacing.y = 0.0;
    ScrollArea::vertical().auto_shrink(false).show_rows(ui, high, out.len(), |ui, rows| {
        for row in rows {
            let Some(tool) = out.get(row).and_then(|row| catalog.tools().get(*row)) else { continue };
            let hue = tool.stages.first().map(|stage| Theme::of(ui).stage(*stage));
            let caption = category_text(tool);
            let line = ListRow { icon: "●", icon_color: hue, text: &tool.name, caption, selected: false };
            if line.show(ui).clicked() {
                view.go(Location::Tool(tool.id.clone()));
            }
        }
    });
    if out.is_empty() && after.selected == Some(GraphItem::LeftOut) {
        after.selected = None;
    }
}
