//! A row of the list of Practice: its words wrap, so that no title is cut, and stay where they are when chosen.

use egui::accesskit::Role;
use egui::{Align2, Color32, CursorIcon, Response, Sense, Ui, WidgetInfo, pos2, vec2};

use crate::ui::theme::Theme;
use crate::ui::widgets::{Ink, paint_text, paragraph};

/// What a row shows.
pub(super) struct Row<'a> {
    pub text: &'a str,
    pub caption: &'a str,
    /// The hue of the dot before the words.
    pub hue: Option<Color32>,
    pub selected: bool,
}

impl Row<'_> {
    /// Draws it over the whole width.
    pub(super) fn show(&self, ui: &mut Ui) -> Response {
        let theme = Theme::of(ui);
        let c = &theme.color;
        let width = ui.available_width();
        let indent = if self.hue.is_some() { 18.0 } else { 0.0 };
        let caption = Ink::new(theme.small(), c.text_3);
        let room = if self.caption.is_empty() {
            0.0
        } else {
            let galley = ui.painter().layout_no_wrap(self.caption.to_owned(), caption.font.clone(), c.text_3);
            (galley.size().x + 12.0).min(width * 0.65)
        };
        let words = paragraph(ui, self.text, &Ink::new(theme.body(), c.text), width - indent - room);
        let height = (words.size().y + 10.0).max(theme.size.row);
        let (rect, response) = ui.allocate_exact_size(vec2(width, height), Sense::click());
        let (name, selected) = (self.text.to_owned(), self.selected);
        response.widget_info(move || WidgetInfo::selected(Role::Button, true, selected, name.clone()));
        if ui.is_rect_visible(rect) {
            if self.selected || response.hovered() || response.has_focus() {
                let fill = if self.selected { c.selected } else { c.raised };
                ui.painter().rect_filled(rect.expand2(vec2(6.0, 0.0)), 4.0, fill);
            }
            ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, (1.0, c.line));
            let top = rect.center().y - words.size().y / 2.0;
            if let Some(hue) = self.hue {
                ui.painter().circle_filled(pos2(rect.left() + 5.0, top + 9.0), 4.0, hue);
            }
            ui.painter().galley(pos2(rect.left() + indent, top), words, c.text);
            let at = pos2(rect.right(), top + 9.0);
            paint_text(ui.painter(), at, Align2::RIGHT_CENTER, self.caption, &caption, room.max(1.0));
        }
        response.on_hover_cursor(CursorIcon::PointingHand)
    }
}
