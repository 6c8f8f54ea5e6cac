//! The flows that come into the selected node, or go out: each leads to the node at its other end, and can be removed.

use egui::{Layout, Ui, vec2};

use super::add_flow;
use crate::action::DocumentId;
use crate::architecture::{Edit, Flow, Node};
use crate::state::Drawing;
use crate::ui::studio::{edit, select};
use crate::ui::theme::Theme;
use crate::ui::widgets::{ListRow, icon_button, section_head};
use crate::ui::{View, icons};

pub(super) fn flows_ui(
    ui: &mut Ui,
    view: &mut View<'_>,
    (id, drawing): (DocumentId, Drawing<'_>),
    node: &Node,
    incoming: bool,
) {
    let architecture = drawing.architecture;
    let read_only = drawing.is_fixed();
    let is_own = |flow: &&Flow| if incoming { flow.to == node.id } else { flow.from == node.id };
    let flows: Vec<&Flow> = architecture.flows.iter().filter(is_own).collect();
    let can_add = !read_only && add_flow::can_add(node, incoming);
    if flows.is_empty() && !can_add {
        return;
    }
    ui.add_space(10.0);
    section_head(ui, if incoming { "Receives" } else { "Sends" });
    let mut remove = None;
    for flow in flows {
        let other = if incoming { &flow.from } else { &flow.to };
        let name = architecture.nodes.get(other).map_or(other.as_str(), Node::title);
        let icon = if incoming { icons::CARET_RIGHT } else { icons::FLOW_ARROW };
        let artifact = flow.artifact.replace('_', " ");
        let row = ListRow { icon, icon_color: None, text: name, caption: &artifact, selected: false };
        if read_only {
            if row.show(ui).clicked() {
                select(view, [other.clone()]);
            }
            continue;
        }
        let size = vec2(ui.available_width(), 28.0);
        let whole = ui.allocate_ui_with_layout(size, Layout::right_to_left(egui::Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = 0.0;
            let way = if incoming { "from" } else { "to" };
            if icon_button(ui, icons::X, &format!("Remove the flow {artifact} {way} {name}"), false).clicked()
            {
                remove = Some(flow.key());
            }
            if row.show(ui).clicked() {
                select(view, [other.clone()]);
            }
        });
        // The row's own hairline ends at the cross.
        let (rect, line) = (whole.response.rect, Theme::of(ui).color.line);
        ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, (1.0, line));
    }
    if can_add {
        let is_open = view.memory.studio.inspector.flow.as_ref().is_some_and(|d| d.incoming == incoming);
        if is_open {
            add_flow::draft_ui(ui, view, (id, drawing), node);
        } else {
            let text = if incoming { "Add a flow that comes in" } else { "Add a flow that goes out" };
            let row = ListRow { icon: icons::PLUS, icon_color: None, text, caption: "", selected: false };
            if row.show(ui).clicked() {
                view.memory.studio.inspector.flow = Some(add_flow::Draft::new(incoming));
            }
        }
    }
    if let Some(key) = remove {
        edit(view, id, Edit::Remove { nodes: [].into(), flows: [key].into() });
    }
}
