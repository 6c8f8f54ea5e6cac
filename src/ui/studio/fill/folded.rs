//! Lists that are long only when somebody wants them whole.

use egui::Ui;
use egui::accesskit::Role;
use egui::{Sense, WidgetInfo, vec2};

use crate::ui::theme::Theme;
use crate::ui::widgets::{Ink, ListRow, paragraph, wrapped};
use crate::ui::{View, icons};

/// Names that are read at a glance.
pub(super) const NAMES: usize = 4;

/// Words and names after them: how many there are, and each of them. Of many the first are told, with how many more
/// there are; pressed, all are.
pub(in crate::ui::studio) fn names_ui<'n>(
    ui: &mut Ui,
    view: &mut View<'_>,
    (key, before): (&str, &str),
    (count, name): (usize, &dyn Fn(usize) -> &'n str),
    ink: &Ink,
) {
    let theme = Theme::of(ui);
    let first = |count: usize| (0..count).map(name).collect::<Vec<_>>().join(", ");
    // One more name is as short as "and 1 more".
    if count <= NAMES + 1 {
        wrapped(ui, &format!("{before}{}", first(count)), ink);
        return;
    }
    let is_whole = view.memory.studio.fill.unfolded.contains(key);
    let text = if is_whole {
        format!("{before}{}", first(count))
    } else {
        format!("{before}{} and {} more", first(NAMES), count - NAMES)
    };
    let galley = paragraph(ui, &text, ink, ui.available_width());
    let size = vec2(ui.available_width().min(galley.size().x), galley.size().y);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(move || WidgetInfo::selected(Role::Button, true, is_whole, text.clone()));
    if response.hovered() || response.has_focus() {
        ui.painter().rect_filled(rect.expand2(vec2(4.0, 1.0)), 4.0, theme.color.raised);
    }
    ui.painter().galley(rect.min, galley, ink.color);
    if response.on_hover_cursor(egui::CursorIcon::PointingHand).clicked() {
        toggle(view, key);
    }
}

/// How many of a list to draw now: all of a short one, and of one that was unfolded.
pub(in crate::ui::studio) fn shown(view: &View<'_>, key: &str, count: usize, most: usize) -> usize {
    let is_whole = count <= most + 1 || view.memory.studio.fill.unfolded.contains(key);
    if is_whole { count } else { most }
}

/// Below the list: what unfolds it, or folds it again.
pub(in crate::ui::studio) fn rest_ui(ui: &mut Ui, view: &mut View<'_>, key: &str, count: usize, most: usize) {
    if count <= most + 1 {
        return;
    }
    let is_whole = view.memory.studio.fill.unfolded.contains(key);
    let text = if is_whole { "Show fewer".to_owned() } else { format!("And {} more", count - most) };
    let icon = if is_whole { icons::CARET_UP } else { icons::CARET_DOWN };
    let row = ListRow { icon, icon_color: None, text: &text, caption: "", selected: false };
    if ui.push_id(key, |ui| row.show(ui)).inner.clicked() {
        toggle(view, key);
    }
}

pub(super) fn toggle(view: &mut View<'_>, key: &str) {
    let unfolded = &mut view.memory.studio.fill.unfolded;
    if !unfolded.remove(key) {
        unfolded.insert(key.to_owned());
    }
}
