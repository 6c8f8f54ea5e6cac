//! The inspector of the Studio: the selected node, or the drawing and the parts that can be added.

use std::collections::BTreeMap;

use egui::{RichText, Sense, Ui, vec2};

use super::{candidates, edit, guide, lane_hue, limits, select};
use crate::action::{Action, Ask, DocumentId};
use crate::address::Location;
use crate::architecture::{Edit, Node, NodeId, kinds};
use crate::catalog::ToolId;
use crate::command::Command;
use crate::state::Drawing;
use crate::ui::theme::Theme;
use crate::ui::widgets::{
    Ink, Kind, ListRow, button, chip, fact, paint_text, section_head, tell_target, wrapped,
};
use crate::ui::{View, icons, shortcuts};

pub(super) fn selection_ui(
    ui: &mut Ui,
    view: &mut View<'_>,
    id: DocumentId,
    drawing: Drawing<'_>,
    selected: &[NodeId],
) {
    match selected {
        [] => drawing_ui(ui, view, id, drawing),
        [one] => match drawing.architecture.nodes.get(one) {
            Some(node) => node_ui(ui, view, (id, drawing), (one, node)),
            None => drawing_ui(ui, view, id, drawing),
        },
        many => several_ui(ui, view, drawing, many),
    }
}

fn title(ui: &mut Ui, text: &str) {
    let theme = Theme::of(ui);
    let font = theme.strong(theme.text.heading);
    wrapped(ui, text, &Ink::new(font, theme.color.text));
}

fn drawing_ui(ui: &mut Ui, view: &mut View<'_>, id: DocumentId, drawing: Drawing<'_>) {
    let theme = Theme::of(ui);
    let architecture = drawing.architecture;
    title(ui, &drawing.document.title());
    if !architecture.summary.is_empty() {
        wrapped(ui, &architecture.summary, &Ink::new(theme.body(), theme.color.text_2));
    }
    ui.add_space(8.0);
    if !architecture.domain.is_empty() {
        fact(ui, "Domain", &architecture.domain);
    }
    if architecture.evidence().is_none() {
        fact(ui, "Nodes", &architecture.nodes.len().to_string());
        fact(ui, "Flows", &architecture.flows.len().to_string());
    }
    guide::guide_ui(ui, drawing);
    guide::evidence_ui(ui, view, drawing);
    if !architecture.source.is_empty() {
        ui.add_space(8.0);
        section_head(ui, "Sources");
        for url in &architecture.source {
            source_ui(ui, view, url);
        }
    }
    limits::limits_ui(ui, view, id, drawing);
    ui.add_space(8.0);
    legend_ui(ui);
    ui.add_space(8.0);
    section_head(ui, "Add a part");
    for lane in kinds::lanes() {
        let theme = Theme::of(ui);
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 24.0), Sense::hover());
        ui.painter().circle_filled(rect.left_center() + vec2(4.0, 0.0), 4.0, lane_hue(theme, &lane.id));
        let ink = Ink::new(theme.strong(theme.text.small), theme.color.text_2);
        let at = rect.left_center() + vec2(14.0, 0.0);
        paint_text(ui.painter(), at, egui::Align2::LEFT_CENTER, &lane.title, &ink, 200.0);
        for kind in kinds::kinds().iter().filter(|kind| kind.stage == lane.id) {
            let icon = icons::by_name(kinds::icon(&kind.id)).unwrap_or(icons::CIRCLE);
            let row = ListRow { icon, icon_color: None, text: &kind.label, caption: "", selected: false };
            if row.show(ui).clicked() {
                let node_id = free_id(&architecture.nodes, &kind.id);
                let node = Node {
                    id: node_id.clone(),
                    kind: kind.id.clone(),
                    stage: kind.stage.clone(),
                    label: kind.label.clone(),
                    ..Node::default()
                };
                edit(view, id, Edit::AddNode(node, None));
                select(view, [node_id]);
            }
        }
    }
}

/// A source, opened at the passage by a press.
fn source_ui(ui: &mut Ui, view: &mut View<'_>, url: &str) {
    let theme = Theme::of(ui);
    let shown = url.split("#:~:text=").next().unwrap_or(url).trim_start_matches("https://");
    let text = format!("{} {shown}", icons::LINK_SIMPLE);
    let label = egui::Label::new(RichText::new(text).font(theme.small()).color(theme.color.text_3));
    let response = ui.add(label.truncate().sense(Sense::click())).on_hover_text(url);
    tell_target(&response, url);
    if response.on_hover_cursor(egui::CursorIcon::PointingHand).clicked() {
        view.actions.push(Action::Ask(Ask::OpenUrl(url.to_owned())));
    }
}

/// The kind's id, numbered if a node has it already.
pub(super) fn free_id(nodes: &BTreeMap<NodeId, Node>, kind: &str) -> NodeId {
    let numbered = (2..).map(|number| NodeId(format!("{kind}-{number}")));
    let mut ids = std::iter::once(NodeId(kind.to_owned())).chain(numbered);
    ids.find(|id| !nodes.contains_key(id)).unwrap_or_default()
}

/// What the four kinds of lines mean.
fn legend_ui(ui: &mut Ui) {
    let theme = Theme::of(ui);
    section_head(ui, "Lines");
    let classes = [
        (crate::catalog::Stage::Serve, "Data", None),
        (crate::catalog::Stage::Monitor, "Models and predictions", None),
        (crate::catalog::Stage::Feature, "Metrics, metadata, feedback", Some((1.8, 4.0))),
    ];
    for (hue, text, dash) in classes {
        legend_line(ui, theme.stage(hue), text, dash);
    }
    legend_line(ui, theme.color.text_3, "Code, triggers, approvals", Some((5.0, 4.0)));
}

fn legend_line(ui: &mut Ui, color: egui::Color32, text: &str, dash: Option<(f32, f32)>) {
    let theme = Theme::of(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 20.0), Sense::hover());
    let line = [rect.left_center(), rect.left_center() + vec2(30.0, 0.0)];
    let stroke = egui::Stroke::new(1.8, color);
    match dash {
        Some((dash, gap)) => {
            ui.painter().extend(egui::Shape::dashed_line(&line, stroke, dash, gap));
        }
        None => {
            ui.painter().line_segment(line, stroke);
        }
    }
    let ink = Ink::new(theme.body(), theme.color.text_2);
    let at = rect.left_center() + vec2(40.0, 0.0);
    paint_text(ui.painter(), at, egui::Align2::LEFT_CENTER, text, &ink, rect.width() - 44.0);
}

fn node_ui(
    ui: &mut Ui,
    view: &mut View<'_>,
    (document, drawing): (DocumentId, Drawing<'_>),
    (id, node): (&NodeId, &Node),
) {
    let theme = Theme::of(ui);
    title(ui, node.title());
    let kind = kinds::kind(&node.kind);
    fact(ui, "Kind", kind.map_or(node.kind.as_str(), |kind| kind.label.as_str()));
    fact(ui, "Lane", kinds::lane(&node.stage).map_or(node.stage.as_str(), |lane| lane.title.as_str()));
    for (key, value) in &node.props {
        let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        fact(ui, key, &value);
    }
    if let Some(basis) = &node.basis {
        fact(ui, "Basis", basis);
    }
    for address in &node.source {
        source_ui(ui, view, address);
    }
    ui.add_space(8.0);
    section_head(ui, "Tools");
    if node.tools.is_empty() {
        wrapped(ui, "No tool chosen yet.", &Ink::new(theme.body(), theme.color.text_3));
    }
    let mut go = None;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(6.0, 6.0);
        for name in &node.tools {
            let tool = ToolId::new(name).ok().and_then(|id| view.state.catalog.get(&id));
            match tool {
                Some(tool) => {
                    let hue = tool.stages.first().map_or(theme.color.text_3, |stage| theme.stage(*stage));
                    if chip(ui, Some(("●", hue)), &tool.name, false).clicked() {
                        go = Some(Location::Tool(tool.id.clone()));
                    }
                }
                None => {
                    ui.label(RichText::new(name).color(theme.color.text_2))
                        .on_hover_text("Not in the catalog");
                }
            }
        }
    });
    candidates::candidates_ui(ui, view, (document, drawing), (id, node));
    flows_ui(ui, view, drawing, id, true);
    flows_ui(ui, view, drawing, id, false);
    ui.add_space(12.0);
    ui.horizontal(|ui| {
        if button(ui, icons::PENCIL_LINE, "Rename", Kind::Plain).clicked() {
            shortcuts::execute(view, Command::Rename);
        }
        if button(ui, icons::TRASH, "Delete", Kind::Plain).clicked() {
            shortcuts::execute(view, Command::Delete);
        }
    });
    if let Some(location) = go {
        view.go(location);
    }
}

/// The flows that come in, or go out, each leading to the node at its other end.
fn flows_ui(ui: &mut Ui, view: &mut View<'_>, drawing: Drawing<'_>, id: &NodeId, incoming: bool) {
    let architecture = drawing.architecture;
    let mut flows = architecture
        .flows
        .iter()
        .filter(|flow| if incoming { flow.to == *id } else { flow.from == *id })
        .peekable();
    if flows.peek().is_none() {
        return;
    }
    ui.add_space(10.0);
    section_head(ui, if incoming { "Receives" } else { "Sends" });
    for flow in flows {
        let other = if incoming { &flow.from } else { &flow.to };
        let name = architecture.nodes.get(other).map_or(other.as_str(), Node::title);
        let icon = if incoming { icons::CARET_RIGHT } else { icons::FLOW_ARROW };
        let artifact = flow.artifact.replace('_', " ");
        let row = ListRow { icon, icon_color: None, text: name, caption: &artifact, selected: false };
        if row.show(ui).clicked() {
            select(view, [other.clone()]);
        }
    }
}

fn several_ui(ui: &mut Ui, view: &mut View<'_>, drawing: Drawing<'_>, many: &[NodeId]) {
    title(ui, &format!("{} nodes", many.len()));
    for id in many {
        if let Some(node) = drawing.architecture.nodes.get(id) {
            let icon = icons::by_name(kinds::icon(&node.kind)).unwrap_or(icons::CIRCLE);
            let row = ListRow { icon, icon_color: None, text: node.title(), caption: "", selected: false };
            if row.show(ui).clicked() {
                select(view, [id.clone()]);
            }
        }
    }
    ui.add_space(12.0);
    if button(ui, icons::TRASH, "Delete", Kind::Plain).clicked() {
        shortcuts::execute(view, Command::Delete);
    }
}
