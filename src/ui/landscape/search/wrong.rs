//! What is wrong in the box, in one line under it, and what was probably meant as a button.

use egui::accesskit::Role;
use egui::{Align2, Rect, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use crate::catalog::query::tokens::Wrong;
use crate::ui::icons;
use crate::ui::theme::Theme;
use crate::ui::widgets::{Ink, paint_text};

/// Says the first of what is wrong in `text`. True when it is to be mended.
pub(super) fn wrong_ui(ui: &mut Ui, wrong: &Wrong, text: &str) -> bool {
    let theme = Theme::of(ui);
    ui.add_space(4.0);
    let size = vec2(ui.available_width() - 8.0, theme.size.control);
    let (rect, response) = ui.allocate_exact_size(size, Sense::HOVER);
    let whole = wrong.message.clone();
    response.widget_info(move || WidgetInfo::labeled(Role::Label, true, whole.clone()));
    let mut right = rect.right();
    let mut pressed = false;
    if let (Some(instead), Some(shown)) = (&wrong.instead, wrong.instead_in(text)) {
        let most = rect.width() * 0.5;
        let button = button(ui, rect, (shown, &format!("Use {instead}")), most);
        (right, pressed) = (button.0 - 6.0, button.1);
    }
    let ink = Ink::new(theme.icon(14.0), theme.color.error);
    let at = rect.left_center();
    paint_text(ui.painter(), at, Align2::LEFT_CENTER, icons::WARNING, &ink, 20.0);
    let at = pos2(rect.left() + 20.0, rect.center().y);
    let ink = Ink::new(theme.small(), theme.color.error);
    paint_text(ui.painter(), at, Align2::LEFT_CENTER, &wrong.brief, &ink, right - at.x);
    response.on_hover_text(&wrong.message);
    pressed
}

/// A button at the right end of a line, at most `most` points wide; it shows one word and is called another. Returns
/// its left end and whether it was pressed.
fn button(ui: &Ui, line: Rect, (shown, name): (&str, &str), most: f32) -> (f32, bool) {
    const PAD: f32 = 8.0;
    let theme = Theme::of(ui);
    let ink = Ink::new(theme.medium(), theme.color.text);
    let wide = ui.painter().layout_no_wrap(shown.to_owned(), ink.font.clone(), ink.color).size().x;
    let width = (wide + 2.0 * PAD).min(most);
    let rect = Rect::from_min_max(pos2(line.right() - width, line.top()), line.max);
    let response = ui.interact(rect, ui.scope_id().with("mend the filter"), Sense::click());
    let owned = name.to_owned();
    response.widget_info(move || WidgetInfo::labeled(Role::Button, true, owned.clone()));
    let fill = if response.hovered() { theme.color.selected } else { theme.color.raised };
    ui.painter().rect_filled(rect, theme.size.radius, fill);
    if response.has_focus() {
        let stroke = Stroke::new(2.0, theme.color.accent);
        ui.painter().rect_stroke(rect, theme.size.radius, stroke, StrokeKind::Inside);
    }
    let at = pos2(rect.left() + PAD, rect.center().y);
    paint_text(ui.painter(), at, Align2::LEFT_CENTER, shown, &ink, width - 2.0 * PAD + 1.0);
    let response = response.on_hover_cursor(egui::CursorIcon::PointingHand).on_hover_text(name);
    (rect.left(), response.clicked())
}
