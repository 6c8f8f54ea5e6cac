//! The tools of a drawing that the catalog does not have, with the boxes that name them.

use egui::Ui;

use crate::action::DocumentId;
use crate::state::Drawing;
use crate::ui::studio::select;
use crate::ui::theme::Theme;
use crate::ui::widgets::{Ink, ListRow, section_head, wrapped};
use crate::ui::{View, icons};

/// More than these are counted.
const MOST: usize = 8;

pub(super) fn strangers_ui(ui: &mut Ui, view: &mut View<'_>, id: DocumentId, drawing: Drawing<'_>) {
    let found = view.memory.studio.asked.strangers(view.state, id, drawing);
    if found.is_empty() {
        return;
    }
    let theme = Theme::of(ui);
    ui.add_space(8.0);
    let text = match found.len() {
        1 => "1 tool is not in the catalog".to_owned(),
        count => format!("{count} tools are not in the catalog"),
    };
    section_head(ui, &text);
    for stranger in found.iter().take(MOST) {
        let row = ListRow {
            icon: icons::QUESTION,
            icon_color: None,
            text: &stranger.name,
            caption: &stranger.places,
            selected: false,
        };
        if row.show(ui).on_hover_text(&stranger.places).clicked() {
            view.memory.studio.reveal = true;
            select(view, stranger.nodes.iter().cloned());
        }
    }
    if found.len() > MOST {
        let text = format!("And {} more.", found.len() - MOST);
        wrapped(ui, &text, &Ink::new(theme.small(), theme.color.text_3));
    }
}
