//! Rows, heads and emptiness: the vertical rhythm of lists and inspectors.

use egui::accesskit::Role;
use egui::{Align2, Color32, Response, Sense, Ui, WidgetInfo, pos2, vec2};

use super::button::{Kind, button};
use super::text::{Ink, paint_text, wrapped};
use crate::ui::theme::Theme;

/// A section's head: small capitals with letter spacing.
pub fn section_head(ui: &mut Ui, text: &str) {
    let theme = Theme::of(ui);
    let mut job = egui::text::LayoutJob::default();
    let format = egui::TextFormat {
        font_id: theme.strong(theme.text.small),
        color: theme.color.text_3,
        extra_letter_spacing: 0.5,
        ..Default::default()
    };
    job.append(&text.to_uppercase(), 0.0, format);
    let galley = ui.painter().layout_job(job);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 22.0), Sense::hover());
    let at = pos2(rect.left(), rect.center().y - galley.size().y / 2.0);
    ui.painter().galley(at, galley, theme.color.text_3);
    let name = text.to_owned();
    response.widget_info(move || WidgetInfo::labeled(Role::Heading, true, name.clone()));
}

/// A line of an inspector: a grey name and its value, which may wrap.
pub fn fact(ui: &mut Ui, name: &str, value: &str) {
    let ink = Theme::of(ui);
    fact_with(ui, name, |ui| {
        wrapped(ui, value, &Ink::new(ink.body(), ink.color.text));
    });
}

/// A line of an inspector whose value is drawn by the caller.
pub fn fact_with(ui: &mut Ui, name: &str, value: impl FnOnce(&mut Ui)) {
    let theme = Theme::of(ui);
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        let (rect, _) = ui.allocate_exact_size(vec2(104.0, 20.0), Sense::hover());
        let ink = Ink::new(theme.body(), theme.color.text_3);
        paint_text(ui.painter(), rect.left_center(), Align2::LEFT_CENTER, name, &ink, 100.0);
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 1.0;
            ui.add_space(2.0);
            value(ui);
        });
    });
}

/// A row of a list that can be pressed: icon, words, a grey caption at the right, a hairline below.
#[derive(Clone, Debug)]
pub struct ListRow<'a> {
    /// The icon's glyph; may be empty.
    pub icon: &'a str,
    /// The icon's colour; grey when absent.
    pub icon_color: Option<Color32>,
    /// The words.
    pub text: &'a str,
    /// The caption at the right.
    pub caption: &'a str,
    /// Whether it is the one shown.
    pub selected: bool,
}

impl ListRow<'_> {
    /// Draws it over the whole width. Cut words are told whole in a tooltip.
    pub fn show(&self, ui: &mut Ui) -> Response {
        let theme = Theme::of(ui);
        let size = vec2(ui.available_width(), theme.size.row);
        let (rect, mut response) = ui.allocate_exact_size(size, Sense::click());
        let (name, selected) = (self.text.to_owned(), self.selected);
        response.widget_info(move || WidgetInfo::selected(Role::Button, true, selected, name.clone()));
        if ui.is_rect_visible(rect) {
            let c = &theme.color;
            if self.selected || response.hovered() || response.has_focus() {
                let fill = if self.selected { c.selected } else { c.raised };
                ui.painter().rect_filled(rect, 4.0, fill);
            }
            ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, (1.0, c.line));
            let mut left = rect.left() + if self.selected || response.hovered() { 6.0 } else { 0.0 };
            if !self.icon.is_empty() {
                let ink = Ink::new(theme.icon(15.0), self.icon_color.unwrap_or(c.text_3));
                paint_text(
                    ui.painter(),
                    pos2(left, rect.center().y),
                    Align2::LEFT_CENTER,
                    self.icon,
                    &ink,
                    20.0,
                );
                left += 24.0;
            }
            let mut right = rect.right() - 2.0;
            if !self.caption.is_empty() {
                let ink = Ink::new(theme.small(), c.text_3);
                let at = pos2(right, rect.center().y);
                let room = (rect.width() * 0.6).max(40.0);
                let (drawn, _) = paint_text(ui.painter(), at, Align2::RIGHT_CENTER, self.caption, &ink, room);
                right = drawn.left() - 10.0;
            }
            let ink = Ink::new(theme.body(), c.text);
            let at = pos2(left, rect.center().y);
            let (_, cut) = paint_text(ui.painter(), at, Align2::LEFT_CENTER, self.text, &ink, right - left);
            if cut {
                response = response.on_hover_text(self.text);
            }
        }
        response.on_hover_cursor(egui::CursorIcon::PointingHand)
    }
}

/// What an empty view says: an icon, one title, one sentence and at most one button, which tells when pressed.
pub fn empty_state(ui: &mut Ui, icon: &str, title: &str, text: &str, action: Option<(&str, &str)>) -> bool {
    let theme = Theme::of(ui);
    let height = 170.0;
    ui.add_space(((ui.available_height() - height) * 0.42).max(16.0));
    ui.vertical_centered(|ui| {
        ui.set_max_width(ui.available_width().min(460.0));
        ui.label(egui::RichText::new(icon).font(theme.icon(36.0)).color(theme.color.text_3));
        ui.add_space(6.0);
        ui.label(egui::RichText::new(title).font(theme.strong(theme.text.heading)).color(theme.color.text));
        ui.add_space(2.0);
        ui.label(egui::RichText::new(text).font(theme.body()).color(theme.color.text_2));
        ui.add_space(10.0);
        action.is_some_and(|(icon, label)| button(ui, icon, label, Kind::Primary).clicked())
    })
    .inner
}
