//! One of several, chosen from a list that opens below the present one.

use egui::accesskit::Role;
use egui::{Align2, Popup, Response, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use super::{Ink, ListRow, fact_with, line, paint_text};
use crate::ui::icons;
use crate::ui::theme::Theme;

/// Draws the name and the present value; answers with the place of what was chosen in `offers` (icon and words).
pub fn choice_ui(ui: &mut Ui, name: &str, shown: &str, offers: &[(&str, &str)]) -> Option<usize> {
    let mut chosen = None;
    fact_with(ui, name, |ui| chosen = choice(ui, name, shown, offers));
    chosen
}

/// The same without the name, which is told to those who hear it.
pub fn choice(ui: &mut Ui, name: &str, shown: &str, offers: &[(&str, &str)]) -> Option<usize> {
    let mut chosen = None;
    let head = head_ui(ui, name, shown);
    Popup::menu(&head).accessible_name(name).show(|ui| {
        ui.set_width(204.0);
        ui.spacing_mut().item_spacing.y = 0.0;
        ScrollArea::vertical().max_height(360.0).show(ui, |ui| {
            for (at, (icon, text)) in offers.iter().enumerate() {
                let selected = *text == shown;
                let row = ListRow { icon, icon_color: None, text, caption: "", selected };
                let response = row.show(ui);
                if selected && head.clicked() {
                    response.scroll_to_me(Some(egui::Align::Center));
                }
                if response.clicked() {
                    chosen = Some(at);
                    ui.close();
                }
            }
        });
    });
    chosen
}

/// The present value, its letters in line with those of other facts, and a caret.
fn head_ui(ui: &mut Ui, name: &str, shown: &str) -> Response {
    let theme = Theme::of(ui);
    let c = &theme.color;
    let ink = Ink::new(theme.body(), c.text);
    let galley = line(ui.painter(), shown, &ink, ui.available_width() - 22.0);
    let (rect, response) = ui.allocate_exact_size(vec2(galley.size().x + 20.0, 18.0), Sense::click());
    let told = format!("{name}: {shown}");
    response.widget_info(move || WidgetInfo::labeled(Role::ComboBox, true, told.clone()));
    if response.hovered() || response.has_focus() {
        ui.painter().rect_filled(rect.expand2(vec2(6.0, 1.0)), 4.0, c.raised);
    }
    let at = pos2(rect.left(), rect.center().y - galley.size().y / 2.0);
    ui.painter().galley(at, galley, ink.color);
    let caret = Ink::new(theme.icon(11.0), c.text_3);
    let at = pos2(rect.right() - 6.0, rect.center().y);
    paint_text(ui.painter(), at, Align2::CENTER_CENTER, icons::CARET_DOWN, &caret, 14.0);
    response.on_hover_cursor(egui::CursorIcon::PointingHand)
}
