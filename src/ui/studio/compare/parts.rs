//! In what two drawings differ: changed boxes with before and after, and what only one of them has.

use egui::{Sense, Ui, vec2};

use super::MOST;
use crate::address::{DrawingLocation, Location, Origin};
use crate::state::Held;
use crate::state::compared::{ChangedBox, PartRow, PartRows};
use crate::ui::studio::select;
use crate::ui::theme::Theme;
use crate::ui::widgets::{Ink, ListRow, facet_more, section_head, wrapped};
use crate::ui::{View, icons};

/// A section of the panel that can be long.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Section {
    Missing,
    Changed,
    Here,
    There,
}

pub(super) fn parts_ui(ui: &mut Ui, view: &mut View<'_>, held: &Held, against: &Origin) {
    let theme = Theme::of(ui);
    if held.shared == 0 {
        ui.add_space(12.0);
        let text = "The two were not made from each other, so all of their boxes differ. What is missing above goes by \
                    kinds, and counts all the same.";
        wrapped(ui, text, &Ink::new(theme.small(), theme.color.text_3));
    }
    changed_ui(ui, view, held);
    if let Some(row) = only_ui(ui, view, ("Only here", Section::Here), &held.here, held.shared > 0) {
        view.memory.studio.reveal = true;
        select(view, row.nodes.iter().cloned());
    }
    if let Some(row) = only_ui(ui, view, ("Only in the other", Section::There), &held.there, held.shared > 0)
    {
        let selected = row.nodes.iter().map(ToString::to_string).collect();
        view.memory.studio.reveal = true;
        view.go(Location::Drawing(DrawingLocation { selected, ..DrawingLocation::of(against.clone()) }));
    }
}

/// How many rows are shown, and what shows the others.
fn most(view: &View<'_>, section: Section, count: usize, folded: bool) -> usize {
    let whole = view.memory.studio.compare.whole.contains(&section);
    match (whole, folded) {
        (true, _) => count,
        (false, true) => 0,
        (false, false) if count <= MOST + 2 => count,
        (false, false) => MOST,
    }
}

fn more_ui(ui: &mut Ui, view: &mut View<'_>, section: Section, left: usize, title: &str) {
    if left > 0 && facet_more(ui, &format!("{left} more"), format!("{title}: {left} more")) {
        view.memory.studio.compare.whole.insert(section);
    }
}

fn changed_ui(ui: &mut Ui, view: &mut View<'_>, held: &Held) {
    let count = held.changed.len();
    if count == 0 {
        return;
    }
    ui.add_space(12.0);
    let title = "Changed";
    section_head(ui, &format!("{title} · {count}"));
    let most = most(view, Section::Changed, count, false);
    for changed in &held.changed[..most] {
        changed_box_ui(ui, view, changed);
    }
    more_ui(ui, view, Section::Changed, count - most, title);
}

fn changed_box_ui(ui: &mut Ui, view: &mut View<'_>, changed: &ChangedBox) {
    let theme = Theme::of(ui);
    let c = &theme.color;
    let row =
        ListRow { icon: "≠", icon_color: Some(c.warn), text: &changed.title, caption: "", selected: false };
    if row.show(ui).clicked() {
        view.memory.studio.reveal = true;
        select(view, [changed.id.clone()]);
    }
    for (field, before, after) in &changed.fields {
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = 0.0;
            let (name, _) = ui.allocate_exact_size(vec2(104.0, 20.0), Sense::hover());
            let ink = Ink::new(theme.small(), c.text_3);
            let at = name.left_center() + vec2(24.0, 0.0);
            crate::ui::widgets::paint_text(ui.painter(), at, egui::Align2::LEFT_CENTER, field, &ink, 78.0);
            ui.vertical(|ui| {
                ui.spacing_mut().item_spacing.y = 1.0;
                ui.add_space(1.0);
                wrapped(ui, &format!("{before} → {after}"), &Ink::new(theme.small(), c.text_2));
            });
        });
    }
    ui.add_space(4.0);
}

/// What only one of the drawings has; the row that was pressed.
fn only_ui<'a>(
    ui: &mut Ui,
    view: &mut View<'_>,
    (title, section): (&str, Section),
    parts: &'a PartRows,
    are_related: bool,
) -> Option<&'a PartRow> {
    if parts.is_empty() {
        return None;
    }
    ui.add_space(12.0);
    let told = |count: usize, noun: &str| match count {
        0 => String::new(),
        1 => format!(" · 1 {noun}"),
        count => format!(" · {count} {noun}s"),
    };
    let (boxes, flows) = (parts.nodes.len(), parts.flows.len());
    let plural = if boxes == 1 { "box".to_owned() } else { format!("{boxes} boxes") };
    let boxes = match boxes {
        0 => String::new(),
        1 => format!(" · 1 {plural}"),
        _ => format!(" · {plural}"),
    };
    section_head(ui, &format!("{title}{boxes}{}", told(flows, "flow")));
    let most = most(view, section, parts.len(), !are_related);
    let mut pressed = None;
    let rows = parts.nodes.iter().map(|row| (icons::SQUARE, row));
    let rows = rows.chain(parts.flows.iter().map(|row| (icons::FLOW_ARROW, row)));
    for (icon, row) in rows.take(most) {
        let shown =
            ListRow { icon, icon_color: None, text: &row.title, caption: &row.caption, selected: false };
        if shown.show(ui).clicked() {
            pressed = Some(row);
        }
    }
    more_ui(ui, view, section, parts.len() - most, title);
    pressed
}
