//! Which tools of the catalog could fill a box, each with why; a press puts one in.

use egui::Ui;

use super::edit;
use crate::action::DocumentId;
use crate::architecture::{Edit, Node, NodeId};
use crate::state::Drawing;
use crate::ui::theme::Theme;
use crate::ui::widgets::{Ink, ListRow, section_head, wrapped};
use crate::ui::{View, icons};

/// As many as one compares at a glance.
const MOST: usize = 6;

pub(super) fn candidates_ui(
    ui: &mut Ui,
    view: &mut View<'_>,
    (id, drawing): (DocumentId, Drawing<'_>),
    (node_id, node): (&NodeId, &Node),
) {
    if drawing.is_fixed() {
        return;
    }
    let asked = &mut view.memory.studio.asked;
    let Some(found) = asked.candidates(view.state, id, drawing, node_id) else { return };
    if found.tools.is_empty() {
        return;
    }
    let theme = Theme::of(ui);
    ui.add_space(10.0);
    section_head(ui, if node.tools.is_empty() { "Tools that fit" } else { "Could stand here too" });
    if found.of_language_models {
        let text = "For language models, since the drawing shows some.";
        wrapped(ui, text, &Ink::new(theme.small(), theme.color.text_3));
    }
    let mut chosen = None;
    for candidate in found.tools.iter().take(MOST) {
        let reasons: Vec<&str> = candidate.reasons.iter().map(|reason| reason.text.as_str()).collect();
        let caption = match candidate.neighbours {
            0 => String::new(),
            1 => "works with 1 here".to_owned(),
            count => format!("works with {count} here"),
        };
        let row = ListRow {
            icon: icons::PLUS,
            icon_color: None,
            text: &candidate.name,
            caption: &caption,
            selected: false,
        };
        if row.show(ui).on_hover_text(reasons.join("\n")).clicked() {
            chosen = Some(candidate.tool.to_string());
        }
    }
    if !found.excluded.is_empty() {
        let text = format!("{} more are kept out by what is allowed.", found.excluded.len());
        wrapped(ui, &text, &Ink::new(theme.small(), theme.color.text_3));
    }
    if let Some(tool) = chosen {
        let mut tools = node.tools.clone();
        tools.push(tool);
        edit(view, id, Edit::SetTools { node: node_id.clone(), tools });
    }
}
