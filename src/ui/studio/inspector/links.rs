//! Where the selected node leads and who is in charge: pages open by a press, runs are shown, each is changed in its place.

mod draft;
mod row;
mod shown;

use egui::{Align2, Popup, Sense, Ui, vec2};

use crate::action::DocumentId;
use crate::architecture::{Edit, Node, NodeLinks};
use crate::state::Drawing;
use crate::ui::studio::edit;
use crate::ui::theme::Theme;
use crate::ui::widgets::{Ink, ListRow, paint_text, section_head};
use crate::ui::{View, icons};
use draft::{Draft, Outcome};
use shown::{Shown, Slot};

/// What is shown of the links of the selected node, and the one that is being typed.
#[derive(Clone, Debug, Default)]
pub(super) struct LinksMemory {
    shown: Option<Shown>,
    draft: Option<Draft>,
}

pub(super) fn links_ui(
    ui: &mut Ui,
    view: &mut View<'_>,
    (id, drawing): (DocumentId, Drawing<'_>),
    node: &Node,
) {
    let mut memory = std::mem::take(&mut view.memory.studio.inspector.links);
    if drawing.is_fixed() {
        memory.draft = None;
    }
    memory.shown.take_if(|shown| !shown.is_of(drawing));
    let rows = &memory.shown.get_or_insert_with(|| Shown::of(drawing, node)).rows;
    if rows.is_empty() && drawing.is_fixed() {
        view.memory.studio.inspector.links = memory;
        return;
    }
    ui.add_space(8.0);
    if !rows.is_empty() || memory.draft.is_some() {
        section_head(ui, "Links");
    }
    let (mut typed, mut begun) = (None, None);
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        for row in rows {
            match &mut memory.draft {
                Some(draft) if draft.slot == row.slot => {
                    typed = Some((draft.slot, field_ui(ui, draft, row.slot.head())));
                }
                _ => {
                    let pressed = row::row_ui(ui, view, row, !drawing.is_fixed());
                    begun = begun.or(pressed);
                }
            }
        }
        // One that is new stands below all others.
        if typed.is_none()
            && let Some(draft) = &mut memory.draft
        {
            typed = Some((draft.slot, field_ui(ui, draft, draft.slot.name())));
        }
    });
    if !drawing.is_fixed() {
        let added = add_ui(ui, &node.links);
        begun = begun.or(added);
    }
    match typed {
        Some((slot, Outcome::Kept(text))) => {
            memory.draft = None;
            edit(view, id, Edit::SetLinks { node: node.id.clone(), links: slot.with(&node.links, &text) });
        }
        Some((_, Outcome::Left)) => memory.draft = None,
        Some((_, Outcome::Open)) | None => {}
    }
    if let Some(slot) = begun {
        memory.draft = Some(Draft::new(slot, slot.text(&node.links).unwrap_or_default()));
    }
    view.memory.studio.inspector.links = memory;
}

fn field_ui(ui: &mut Ui, draft: &mut Draft, head: &str) -> Outcome {
    let theme = Theme::of(ui);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        let (rect, _) = ui.allocate_exact_size(vec2(row::INDENT, theme.size.control), Sense::hover());
        let ink = Ink::new(theme.body(), theme.color.text_3);
        paint_text(ui.painter(), rect.left_center(), Align2::LEFT_CENTER, head, &ink, row::INDENT - 4.0);
        draft.show(ui)
    })
    .inner
}

/// The quiet row that adds one of those that there may be.
fn add_ui(ui: &mut Ui, links: &NodeLinks) -> Option<Slot> {
    let offers = [
        (icons::LINK_SIMPLE, Some(Slot::Link(links.links.len()))),
        (icons::USERS, Some(Slot::Owner(links.owners.len()))),
        (icons::GIT_BRANCH, links.repository.is_none().then_some(Slot::Repository)),
        (icons::CHART_LINE, links.runs.is_none().then_some(Slot::Runs)),
    ];
    let caption = if links.is_empty() { "owner, repository, run store" } else { "" };
    let row = ListRow { icon: icons::PLUS, icon_color: None, text: "Add link", caption, selected: false };
    let head = row.show(ui);
    let mut chosen = None;
    Popup::menu(&head).accessible_name("Add link").show(|ui| {
        ui.set_width(204.0);
        ui.spacing_mut().item_spacing.y = 0.0;
        for (icon, slot) in offers {
            let Some(slot) = slot else { continue };
            let row = ListRow { icon, icon_color: None, text: slot.name(), caption: "", selected: false };
            if row.show(ui).clicked() {
                chosen = Some(slot);
                ui.close();
            }
        }
    });
    chosen
}
