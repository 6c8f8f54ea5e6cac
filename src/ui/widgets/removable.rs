//! A chip that leads somewhere and has a cross of its own that takes it away.

use egui::accesskit::Role;
use egui::{Align2, Color32, Rect, Response, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use super::button::{focus_ring, width_of};
use super::text::{Ink, paint_text};
use crate::shown::one_line;
use crate::ui::icons;
use crate::ui::theme::Theme;

/// Room of the cross at the right.
const CROSS: f32 = 22.0;

/// A chip with a mark before its words, and a cross that is called `remove`. Tells of the words what was done, and
/// whether the cross was pressed.
pub fn removable_chip(ui: &mut Ui, mark: (&str, Color32), text: &str, remove: &str) -> (Response, bool) {
    let theme = Theme::of(ui);
    let c = &theme.color;
    let text = &*one_line(text);
    let wanted = width_of(ui, text, theme.small()) + 14.0 + 13.0 + CROSS;
    let size = vec2(wanted.min(ui.available_width().max(60.0)), 22.0);
    let (rect, whole) = ui.allocate_exact_size(size, Sense::hover());
    let words = Rect::from_min_max(rect.min, pos2(rect.right() - CROSS, rect.bottom()));
    let cross = Rect::from_min_max(pos2(words.right(), rect.top()), rect.max);
    let mut response = ui.interact(words, whole.id.with("words"), Sense::click());
    let name = text.to_owned();
    response.widget_info(move || WidgetInfo::labeled(Role::Button, true, name.clone()));
    let close = ui.interact(cross, whole.id.with("cross"), Sense::click());
    let name = remove.to_owned();
    close.widget_info(move || WidgetInfo::labeled(Role::Button, true, name.clone()));
    if ui.is_rect_visible(rect) {
        if response.hovered() || close.hovered() {
            ui.painter().rect_filled(rect, 11.0, c.raised);
        }
        ui.painter().rect_stroke(rect, 11.0, Stroke::new(1.0, c.line_strong), StrokeKind::Inside);
        let at = pos2(rect.left() + 9.0, rect.center().y);
        paint_text(ui.painter(), at, Align2::LEFT_CENTER, mark.0, &Ink::new(theme.icon(9.0), mark.1), 14.0);
        let at = at + vec2(14.0, 0.0);
        let ink = Ink::new(theme.small(), c.text_2);
        let (_, cut) = paint_text(ui.painter(), at, Align2::LEFT_CENTER, text, &ink, words.right() - at.x);
        if cut {
            response = response.on_hover_text(text);
        }
        let ink = Ink::new(theme.icon(11.0), if close.hovered() { c.text } else { c.text_3 });
        paint_text(ui.painter(), cross.center(), Align2::CENTER_CENTER, icons::X, &ink, 14.0);
        focus_ring(ui, &response, rect, 11.0);
        focus_ring(ui, &close, cross, 11.0);
    }
    let pressed = close.on_hover_text(remove).on_hover_cursor(egui::CursorIcon::PointingHand).clicked();
    (response.on_hover_cursor(egui::CursorIcon::PointingHand), pressed)
}
