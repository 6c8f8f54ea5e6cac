//! A remark of a list that may take several lines: a sign, a sentence, what is said below it. It can be pressed.

use egui::accesskit::Role;
use egui::{Align2, Color32, Rect, Response, Sense, Ui, WidgetInfo, pos2, vec2};

use super::text::{Ink, line, paint_text, paragraph};
use crate::ui::theme::Theme;

/// Room of the sign at the left.
pub const SIGN: f32 = 24.0;

/// A remark. Its name is its sentence.
#[derive(Clone, Debug)]
pub struct Note<'a> {
    /// The sign's glyph and colour.
    pub sign: (&'a str, Color32),
    /// The sentence, which may wrap.
    pub text: &'a str,
    /// A word at the right of its first line.
    pub caption: &'a str,
    /// What is said below it in small letters, each in its colour.
    pub below: &'a [(String, Color32)],
    /// Whether more follows that belongs to it, so that no hairline parts them.
    pub goes_on: bool,
}

impl Note<'_> {
    /// Draws it over the whole width.
    pub fn show(&self, ui: &mut Ui) -> Response {
        const AIR: f32 = 5.0;
        const GAP: f32 = 1.0;
        let theme = Theme::of(ui);
        let c = &theme.color;
        let inner = (ui.available_width() - SIGN - 4.0).max(40.0);
        let ink = Ink::new(theme.small(), c.text_3);
        let caption = line(ui.painter(), self.caption, &ink, inner * 0.5);
        let beside = if self.caption.is_empty() { 0.0 } else { caption.size().x + 10.0 };
        let head = paragraph(ui, self.text, &Ink::new(theme.body(), c.text), inner - beside);
        let below: Vec<_> = self
            .below
            .iter()
            .map(|(text, color)| (paragraph(ui, text, &Ink::new(theme.small(), *color), inner), *color))
            .collect();
        let tall = head.size().y + below.iter().map(|(galley, _)| GAP + galley.size().y).sum::<f32>();
        let size = vec2(ui.available_width(), (tall + 2.0 * AIR).max(theme.size.row));
        let (rect, response) = ui.allocate_exact_size(size, Sense::click());
        let name = self.text.to_owned();
        response.widget_info(move || WidgetInfo::labeled(Role::Button, true, name.clone()));
        if ui.is_rect_visible(rect) {
            if response.hovered() || response.has_focus() {
                ui.painter().rect_filled(rect, 4.0, c.raised);
            }
            if !self.goes_on {
                ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, (1.0, c.line));
            }
            let mut at = pos2(rect.left() + SIGN, rect.center().y - tall / 2.0);
            let sign = Ink::new(theme.icon(15.0), self.sign.1);
            let middle = pos2(rect.left() + 8.0, at.y + 9.0);
            paint_text(ui.painter(), middle, Align2::CENTER_CENTER, self.sign.0, &sign, 20.0);
            let right = pos2(rect.right() - 2.0 - caption.size().x, at.y + 9.0 - caption.size().y / 2.0);
            ui.painter().galley(right, caption, c.text_3);
            let height = head.size().y;
            ui.painter().galley(at, head, c.text);
            at.y += height + GAP;
            for (line, (galley, color)) in below.into_iter().enumerate() {
                let size = galley.size();
                // Read after the sentence; only hovered, so that the press stays with the whole.
                let of = ui.interact(Rect::from_min_size(at, size), response.id.with(line), Sense::hover());
                let told = self.below.get(line).map(|(text, _)| text.clone()).unwrap_or_default();
                of.widget_info(move || WidgetInfo::labeled(Role::Label, true, told.clone()));
                ui.painter().galley(at, galley, color);
                at.y += size.y + GAP;
            }
        }
        response.on_hover_cursor(egui::CursorIcon::PointingHand)
    }
}
