//! Filters in groups that fold: their heads, their values with counts, and what unfolds a long one.

use egui::accesskit::Role;
use egui::{Align2, Rect, Sense, Ui, WidgetInfo, pos2, vec2};

use super::button::check;
use super::text::{Ink, paint_text};
use crate::shown::grouped;
use crate::ui::icons;
use crate::ui::theme::Theme;

/// The head of a group: how many are chosen is told where it is folded. True when it was pressed.
pub fn facet_head(ui: &mut Ui, title: &str, open: bool, chosen: usize) -> bool {
    let theme = Theme::of(ui);
    let c = &theme.color;
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width() - 8.0, 26.0), Sense::click());
    let name = match chosen {
        0 => format!("Filter by {title}"),
        chosen => format!("Filter by {title}, {chosen} chosen"),
    };
    response.widget_info(move || WidgetInfo::selected(Role::DisclosureTriangle, true, open, name.clone()));
    let lit = response.hovered() || response.has_focus();
    let ink = if lit { c.text } else { c.text_3 };
    if response.has_focus() {
        ui.painter().rect_stroke(rect, 4.0, (2.0, c.accent), egui::StrokeKind::Inside);
    }
    let caret = if open { icons::CARET_DOWN } else { icons::CARET_RIGHT };
    let at = pos2(rect.left() + 6.0, rect.center().y);
    paint_text(ui.painter(), at, Align2::CENTER_CENTER, caret, &Ink::new(theme.icon(10.0), ink), 14.0);
    let at = pos2(rect.left() + 18.0, rect.center().y);
    let words = Ink::new(theme.strong(theme.text.small), ink);
    paint_text(ui.painter(), at, Align2::LEFT_CENTER, title, &words, rect.width() - 50.0);
    if chosen > 0 {
        let ink = Ink::new(theme.mono(), c.accent);
        let at = rect.right_center();
        paint_text(ui.painter(), at, Align2::RIGHT_CENTER, &chosen.to_string(), &ink, 30.0);
    }
    response.on_hover_cursor(egui::CursorIcon::PointingHand).clicked()
}

/// What shows more of a long group, or less; `name` says of which.
pub fn facet_more(ui: &mut Ui, text: &str, name: String) -> bool {
    let theme = Theme::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width() - 8.0, 22.0), Sense::click());
    response.widget_info(move || WidgetInfo::labeled(Role::Button, true, name.clone()));
    let lit = response.hovered() || response.has_focus();
    let ink = Ink::new(theme.small(), if lit { theme.color.text } else { theme.color.accent });
    let at = pos2(rect.left() + 24.0, rect.center().y);
    paint_text(ui.painter(), at, Align2::LEFT_CENTER, text, &ink, rect.width() - 24.0);
    response.on_hover_cursor(egui::CursorIcon::PointingHand).clicked()
}

/// A value with how much there would be of it; true when it was pressed.
pub fn facet_row(ui: &mut Ui, on: bool, title: &str, count: usize) -> bool {
    let theme = Theme::of(ui);
    let c = &theme.color;
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width() - 8.0, 24.0), Sense::click());
    if ui.rect_contains_pointer(rect) {
        ui.painter().rect_filled(rect.expand2(vec2(4.0, 0.0)), 4.0, c.raised);
    }
    let square = Rect::from_min_size(rect.min, vec2(16.0, rect.height()));
    let pressed = check(ui, square, response.id.with("box"), on, c.accent, title);
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, format!("{title}: {count}")));
    let middle = rect.center().y;
    let ink = Ink::new(theme.mono(), c.text_3);
    let figure = grouped(count);
    let (drawn, _) = paint_text(ui.painter(), rect.right_center(), Align2::RIGHT_CENTER, &figure, &ink, 60.0);
    let ink = Ink::new(theme.body(), if count == 0 && !on { c.text_3 } else { c.text_2 });
    let left = rect.left() + 24.0;
    let room = drawn.left() - left - 6.0;
    let (_, cut) = paint_text(ui.painter(), pos2(left, middle), Align2::LEFT_CENTER, title, &ink, room);
    let clicked = response.clicked();
    if cut {
        response.on_hover_text(title);
    }
    pressed || clicked
}
