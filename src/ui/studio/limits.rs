//! What an organisation allows in a drawing, and what of it does not keep that.

use egui::{Ui, vec2};

use super::{edit, select};
use crate::action::DocumentId;
use crate::architecture::constraints::Standing;
use crate::architecture::{Constraints, Edit};
use crate::catalog::LicenseClass;
use crate::state::Drawing;
use crate::ui::theme::Theme;
use crate::ui::widgets::{Ink, ListRow, chip, section_head, wrapped};
use crate::ui::{View, icons};

/// More lines than these nobody reads one by one.
const MOST: usize = 12;

pub(super) fn limits_ui(ui: &mut Ui, view: &mut View<'_>, id: DocumentId, drawing: Drawing<'_>) {
    let theme = Theme::of(ui);
    let allowed = &drawing.architecture.constraints;
    ui.add_space(8.0);
    section_head(ui, "Allowed");
    let mut change: Option<Constraints> = None;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(6.0, 6.0);
        let mut switch = |ui: &mut Ui, text: &str, is_on: bool, turn: &dyn Fn(&mut Constraints)| {
            let told = if is_on { format!("{text}, asked") } else { text.to_owned() };
            let mark = is_on.then_some((icons::CHECK, theme.color.ok));
            if chip(ui, mark, &told, false).clicked() {
                let mut next = allowed.clone();
                turn(&mut next);
                change = Some(next);
            }
        };
        for class in [LicenseClass::Osi, LicenseClass::OpenCore, LicenseClass::SourceAvailable] {
            let is_on = allowed.licenses.iter().any(|word| word == class.id());
            switch(ui, class.title(), is_on, &|next| {
                if is_on {
                    next.licenses.retain(|word| word != class.id());
                } else {
                    next.licenses.push(class.id().to_owned());
                }
            });
        }
        switch(ui, "Air-gapped", allowed.air_gapped, &|next| next.air_gapped = !next.air_gapped);
        switch(ui, "Without Kubernetes", allowed.without_kubernetes, &|next| {
            next.without_kubernetes = !next.without_kubernetes;
        });
    });
    if let Some(next) = change
        && !drawing.document.read_only
    {
        edit(view, id, Edit::SetConstraints(next));
    }
    if allowed.is_empty() {
        wrapped(ui, "Anything: no limit is set.", &Ink::new(theme.small(), theme.color.text_3));
        return;
    }
    ui.add_space(4.0);
    let breaches = view.memory.studio.asked.breaches(view.state, id, drawing);
    let of = |standing| breaches.iter().filter(move |breach| breach.is == standing);
    let unknown = of(Standing::Unknown).count();
    let broken: Vec<_> = of(Standing::Broken).cloned().collect();
    let mut go = None;
    for breach in broken.iter().take(MOST) {
        let row = ListRow {
            icon: icons::WARNING,
            icon_color: Some(theme.color.warn),
            text: &breach.message,
            caption: "",
            selected: false,
        };
        if row.show(ui).on_hover_text(&breach.message).clicked() {
            go.clone_from(&breach.node);
        }
    }
    let text = match (broken.len(), unknown) {
        (0, 0) => "All of it is kept.".to_owned(),
        (0, unknown) => {
            format!("Nothing breaks it, as far as the catalog knows; {unknown} facts it does not know.")
        }
        (broken, unknown) if broken > MOST => {
            format!("And {} more; {unknown} facts the catalog does not know.", broken - MOST)
        }
        (_, 0) => String::new(),
        (_, unknown) => format!("{unknown} facts the catalog does not know."),
    };
    if !text.is_empty() {
        wrapped(ui, &text, &Ink::new(theme.small(), theme.color.text_3));
    }
    if let Some(node) = go {
        view.memory.studio.reveal = true;
        select(view, [node]);
    }
}
