//! The inspector of the Studio: the selected node, or the drawing and the parts that can be added.

mod add_flow;
mod flows;
mod links;
mod node;
mod parts;
mod props;
mod strangers;
mod tools;

use egui::{RichText, Sense, Ui};

use super::typed::Typed;
use super::{guide, limits, select};
use crate::action::{Action, Ask, DocumentId};
use crate::address::Origin;
use crate::architecture::{NodeId, kinds};
use crate::command::Command;
use crate::state::Drawing;
use crate::ui::theme::Theme;
use crate::ui::widgets::{Ink, Kind, ListRow, button, fact, section_head, tell_target, wrapped};
use crate::ui::{View, icons, shortcuts};

/// What the inspector remembers of the node that is selected.
#[derive(Clone, Debug, Default)]
pub struct InspectorMemory {
    /// Which node all this is of.
    of: Option<(DocumentId, NodeId)>,
    /// The half-typed name of a tool.
    tool: Typed,
    /// The flow that is being added.
    flow: Option<add_flow::Draft>,
    /// What is shown of the links, and the one that is being typed.
    links: links::LinksMemory,
}

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
            Some(node) => node::node_ui(ui, view, (id, drawing), (one, node)),
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
    own_ui(ui, view, drawing);
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
    strangers::strangers_ui(ui, view, id, drawing);
    limits::limits_ui(ui, view, id, drawing);
    ui.add_space(8.0);
    parts::legend_ui(ui);
    if !drawing.is_fixed() {
        ui.add_space(8.0);
        parts::parts_ui(ui, view, id, drawing);
    }
}

/// What becomes of changes of a template, and the ways out.
fn own_ui(ui: &mut Ui, view: &mut View<'_>, drawing: Drawing<'_>) {
    let is_template = matches!(drawing.document.origin, Origin::Template(_));
    if !is_template || !drawing.document.is_dirty() {
        return;
    }
    let theme = Theme::of(ui);
    ui.add_space(4.0);
    let text = "You are changing the template, for yourself alone: it comes back changed until you discard that. \
                Make it a drawing of your own to keep both.";
    wrapped(ui, text, &Ink::new(theme.body(), theme.color.warn));
    ui.add_space(4.0);
    ui.horizontal_wrapped(|ui| {
        if button(ui, icons::COPY, "Make it my own", Kind::Plain).clicked() {
            shortcuts::execute(view, Command::StartFrom);
        }
        if button(ui, icons::ARROW_U_UP_LEFT, "Discard", Kind::Quiet).clicked() {
            shortcuts::execute(view, Command::Discard);
        }
    });
    ui.add_space(4.0);
}

/// A source, opened at the passage by a press.
pub(super) fn source_ui(ui: &mut Ui, view: &mut View<'_>, url: &str) {
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
    if !drawing.is_fixed() && button(ui, icons::TRASH, "Delete", Kind::Plain).clicked() {
        shortcuts::execute(view, Command::Delete);
    }
}
