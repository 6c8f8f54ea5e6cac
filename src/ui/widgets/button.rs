//! Things to press: buttons, icon buttons, tabs, chips, check rows.

use std::sync::Arc;

use egui::accesskit::Role;
use egui::{
    Align2, Color32, CornerRadius, Rect, Response, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2,
};

use super::text::{Ink, paint_text};
use crate::shown::{clipped, one_line};
use crate::ui::icons;
use crate::ui::theme::Theme;

/// How much a button asks to be pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The one next step of a view.
    Primary,
    /// Any other.
    Plain,
    /// Looks like text until it is hovered.
    Quiet,
}

/// A ring around what has the keyboard.
pub(super) fn focus_ring(ui: &Ui, response: &Response, rect: Rect, radius: f32) {
    if response.has_focus() {
        let stroke = Stroke::new(2.0, Theme::of(ui).color.accent);
        ui.painter().rect_stroke(rect, radius, stroke, StrokeKind::Inside);
    }
}

pub(super) fn width_of(ui: &Ui, text: &str, font: egui::FontId) -> f32 {
    ui.painter().layout_no_wrap(text.to_owned(), font, Color32::PLACEHOLDER).size().x
}

/// The words of a button, in as few rows as they need; nobody reads more than three on one.
fn rows(ui: &Ui, text: &str, font: egui::FontId, width: f32) -> Arc<egui::Galley> {
    let mut job = egui::text::LayoutJob::simple(
        one_line(&clipped(text)).into_owned(),
        font,
        Color32::PLACEHOLDER,
        width.ceil() + 1.0,
    );
    job.wrap.max_rows = 3;
    ui.painter().layout_job(job)
}

/// A button with an icon (may be empty) and a word.
pub fn button(ui: &mut Ui, icon: &str, text: &str, kind: Kind) -> Response {
    let theme = Theme::of(ui);
    let font = theme.medium();
    let icon_width = if icon.is_empty() { 0.0 } else { 22.0 };
    // In a narrow panel the words wrap.
    let room = ui.available_width().max(theme.size.control);
    let wanted = width_of(ui, text, font.clone()) + icon_width + 24.0;
    let most = if ui.layout().is_vertical() { wanted.min(room) } else { wanted };
    let galley = rows(ui, text, font, most - icon_width - 24.0);
    let size = vec2(most, theme.size.control.max(galley.size().y.ceil() + 10.0));
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let is_cut = galley.elided;
    let name = text.to_owned();
    let enabled = ui.is_enabled();
    response.widget_info(move || WidgetInfo::labeled(Role::Button, enabled, name.clone()));
    if ui.is_rect_visible(rect) {
        let c = &theme.color;
        let hot = response.hovered() || response.is_pointer_button_down_on();
        let (fill, ink) = match kind {
            Kind::Primary => (c.accent, c.on_accent),
            Kind::Plain if hot => (c.selected, c.text),
            Kind::Plain => (c.raised, c.text),
            Kind::Quiet if hot => (c.raised, c.text),
            Kind::Quiet => (Color32::TRANSPARENT, c.text_2),
        };
        let ink = if enabled { ink } else { c.text_3 };
        if fill != Color32::TRANSPARENT {
            ui.painter().rect_filled(rect, theme.size.radius, fill);
        }
        if !icon.is_empty() {
            let at = pos2(rect.left() + 12.0, rect.center().y);
            paint_text(ui.painter(), at, Align2::LEFT_CENTER, icon, &Ink::new(theme.icon(15.0), ink), 20.0);
        }
        let at = pos2(rect.left() + 12.0 + icon_width, rect.center().y - galley.size().y / 2.0);
        ui.painter().galley(at, galley, ink);
        focus_ring(ui, &response, rect, theme.size.radius);
    }
    let response = if is_cut { response.on_hover_text(text) } else { response };
    response.on_hover_cursor(egui::CursorIcon::PointingHand)
}

/// One of many buttons that are alike: small and quiet, and `told` says to those who hear it of which thing it is.
pub fn small_button(ui: &mut Ui, icon: &str, text: &str, told: &str) -> Response {
    let theme = Theme::of(ui);
    let c = &theme.color;
    let size = vec2(width_of(ui, text, theme.small()) + 34.0, theme.size.row_compact);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let enabled = ui.is_enabled();
    response.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, told));
    if ui.is_rect_visible(rect) {
        let hot = response.hovered() || response.has_focus();
        if hot {
            ui.painter().rect_filled(rect, theme.size.radius, c.selected);
        }
        let ink = if hot { c.text } else { c.text_2 };
        let at = pos2(rect.left() + 8.0, rect.center().y);
        paint_text(ui.painter(), at, Align2::LEFT_CENTER, icon, &Ink::new(theme.icon(13.0), ink), 18.0);
        let at = pos2(rect.left() + 26.0, rect.center().y);
        paint_text(ui.painter(), at, Align2::LEFT_CENTER, text, &Ink::new(theme.small(), ink), size.x);
        focus_ring(ui, &response, rect, theme.size.radius);
    }
    response.on_hover_cursor(egui::CursorIcon::PointingHand)
}

/// A square button with an icon only; `name` is its tooltip and its accessible name.
pub fn icon_button(ui: &mut Ui, icon: &str, name: &str, selected: bool) -> Response {
    let theme = Theme::of(ui);
    let (rect, response) =
        ui.allocate_exact_size(vec2(theme.size.control, theme.size.control), Sense::click());
    let owned = name.to_owned();
    let enabled = ui.is_enabled();
    response.widget_info(move || WidgetInfo::selected(Role::Button, enabled, selected, owned.clone()));
    if ui.is_rect_visible(rect) {
        let c = &theme.color;
        if selected || response.hovered() {
            let fill = if selected { c.selected } else { c.raised };
            ui.painter().rect_filled(rect, theme.size.radius, fill);
        }
        let ink = match (enabled, selected || response.hovered()) {
            (false, _) => c.line_strong,
            (true, true) => c.text,
            (true, false) => c.text_2,
        };
        let ink = Ink::new(theme.icon(16.0), ink);
        paint_text(ui.painter(), rect.center(), Align2::CENTER_CENTER, icon, &ink, f32::INFINITY);
        focus_ring(ui, &response, rect, theme.size.radius);
    }
    response.on_hover_text(name)
}

/// One of several views of the same thing.
pub fn tab(ui: &mut Ui, icon: &str, text: &str, selected: bool) -> Response {
    let theme = Theme::of(ui);
    let text = &*one_line(text);
    let font = theme.medium();
    let icon_width = if icon.is_empty() { 0.0 } else { 22.0 };
    let size = vec2(width_of(ui, text, font.clone()) + icon_width + 20.0, theme.size.control);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let name = text.to_owned();
    response.widget_info(move || WidgetInfo::selected(Role::Tab, true, selected, name.clone()));
    if ui.is_rect_visible(rect) {
        let c = &theme.color;
        if selected || response.hovered() {
            ui.painter().rect_filled(rect, theme.size.radius, c.raised);
        }
        let ink = if selected { c.text } else { c.text_2 };
        let at = pos2(rect.left() + 10.0, rect.center().y);
        if !icon.is_empty() {
            paint_text(ui.painter(), at, Align2::LEFT_CENTER, icon, &Ink::new(theme.icon(15.0), ink), 20.0);
        }
        let at = at + vec2(icon_width, 0.0);
        paint_text(ui.painter(), at, Align2::LEFT_CENTER, text, &Ink::new(font, ink), f32::INFINITY);
        focus_ring(ui, &response, rect, theme.size.radius);
    }
    response
}

/// A tab that shows its word only while it is on, for rows in which all words have no room: else an icon, with a short
/// `figure` beside it, and the word as its tooltip.
pub fn icon_tab(ui: &mut Ui, icon: &str, text: &str, figure: &str, selected: bool) -> Response {
    let theme = Theme::of(ui);
    let text = &*one_line(text);
    let shown = if selected { text } else { figure };
    let (font, ink) =
        if selected { (theme.medium(), theme.color.text) } else { (theme.small(), theme.color.text_2) };
    let words = if shown.is_empty() { 0.0 } else { width_of(ui, shown, font.clone()) + 6.0 };
    let (rect, response) = ui.allocate_exact_size(vec2(words + 34.0, theme.size.control), Sense::click());
    let name = text.to_owned();
    response.widget_info(move || WidgetInfo::selected(Role::Tab, true, selected, name.clone()));
    if ui.is_rect_visible(rect) {
        let c = &theme.color;
        if selected || response.hovered() {
            ui.painter().rect_filled(rect, theme.size.radius, c.raised);
        }
        let ink = if response.hovered() { c.text } else { ink };
        let at = pos2(rect.left() + 9.0, rect.center().y);
        paint_text(ui.painter(), at, Align2::LEFT_CENTER, icon, &Ink::new(theme.icon(16.0), ink), 20.0);
        let at = at + vec2(22.0, 0.0);
        paint_text(ui.painter(), at, Align2::LEFT_CENTER, shown, &Ink::new(font, ink), f32::INFINITY);
        focus_ring(ui, &response, rect, theme.size.radius);
    }
    let response = if selected { response } else { response.on_hover_text(text) };
    response.on_hover_cursor(egui::CursorIcon::PointingHand)
}

/// A rounded chip. `mark` is drawn before the words in `mark_color`; `closes` shows a cross.
pub fn chip(ui: &mut Ui, mark: Option<(&str, Color32)>, text: &str, closes: bool) -> Response {
    let theme = Theme::of(ui);
    let text = &*one_line(text);
    let mark_width = if mark.is_some() { 14.0 } else { 0.0 };
    let cross = if closes { 16.0 } else { 0.0 };
    let wanted = width_of(ui, text, theme.small()) + mark_width + cross + 18.0;
    let size = vec2(wanted.min(ui.available_width().max(60.0)), 22.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let name = if closes { format!("Remove filter {text}") } else { text.to_owned() };
    response.widget_info(move || WidgetInfo::labeled(Role::Button, true, name.clone()));
    if ui.is_rect_visible(rect) {
        let c = &theme.color;
        if response.hovered() {
            ui.painter().rect_filled(rect, 11.0, c.raised);
        }
        ui.painter().rect_stroke(rect, 11.0, Stroke::new(1.0, c.line_strong), StrokeKind::Inside);
        let mut at = pos2(rect.left() + 9.0, rect.center().y);
        if let Some((mark, color)) = mark {
            paint_text(ui.painter(), at, Align2::LEFT_CENTER, mark, &Ink::new(theme.icon(9.0), color), 14.0);
            at.x += mark_width;
        }
        let room = rect.right() - at.x - 9.0 - cross;
        paint_text(ui.painter(), at, Align2::LEFT_CENTER, text, &Ink::new(theme.small(), c.text_2), room);
        if closes {
            let at = pos2(rect.right() - 8.0, rect.center().y);
            let ink = Ink::new(theme.icon(11.0), c.text_3);
            paint_text(ui.painter(), at, Align2::RIGHT_CENTER, icons::X, &ink, 14.0);
        }
        focus_ring(ui, &response, rect, 11.0);
    }
    response.on_hover_cursor(egui::CursorIcon::PointingHand)
}

/// A check box of 14 points with an invisible label; true when it was pressed.
pub fn check(ui: &mut Ui, rect: Rect, id: egui::Id, on: bool, fill: Color32, name: &str) -> bool {
    let response = ui.interact(rect, id, Sense::click());
    check_in(ui, &response, on, fill, name)
}

/// A check box in a place that was made for it, which decides whether the Tab key stops there.
pub fn check_in(ui: &Ui, response: &Response, on: bool, fill: Color32, name: &str) -> bool {
    let theme = Theme::of(ui);
    let rect = response.rect;
    let owned = name.to_owned();
    response.widget_info(move || WidgetInfo::selected(Role::CheckBox, true, on, owned.clone()));
    let square = Rect::from_center_size(rect.center(), vec2(14.0, 14.0));
    let radius = CornerRadius::same(3);
    let c = &theme.color;
    if on {
        ui.painter().rect_filled(square, radius, fill);
        let ink = Ink::new(theme.icon(11.0), c.on_accent);
        paint_text(ui.painter(), square.center(), Align2::CENTER_CENTER, icons::CHECK, &ink, 14.0);
    } else {
        let color = if response.hovered() { c.text_3 } else { c.line_strong };
        ui.painter().rect_stroke(square, radius, Stroke::new(1.0, color), StrokeKind::Inside);
    }
    focus_ring(ui, response, square.expand(2.0), 4.0);
    response.clicked()
}

/// A check box with its words, which can be pressed as well. Returns whether it was pressed.
pub fn check_row(ui: &mut Ui, on: bool, text: &str) -> bool {
    let theme = Theme::of(ui);
    let (rect, response) =
        ui.allocate_exact_size(vec2(ui.available_width().min(460.0), theme.size.row_compact), Sense::click());
    let square = Rect::from_min_size(rect.min, vec2(16.0, rect.height()));
    let pressed = check(ui, square, response.id.with("box"), on, theme.color.accent, text);
    let ink = Ink::new(theme.body(), theme.color.text);
    let at = egui::pos2(rect.left() + 24.0, rect.center().y);
    paint_text(ui.painter(), at, Align2::LEFT_CENTER, text, &ink, rect.width() - 24.0);
    pressed || response.clicked()
}
