//! The two numbers of a change that one remembers.

use egui::accesskit::Role;
use egui::{Align2, Rect, Sense, Ui, WidgetInfo, pos2, vec2};

use crate::architecture::Impact;
use crate::ui::theme::Theme;
use crate::ui::widgets::{Ink, paint_text, paragraph};

/// How much of the drawing changes in the end, and how much before feedback. `others` boxes do not change themselves.
pub(super) fn figures_ui(ui: &mut Ui, shown: &Impact, others: usize) {
    const NUMBER: f32 = 48.0;
    let theme = Theme::of(ui);
    let c = &theme.color;
    let width = ui.available_width() / 2.0;
    let caption = Ink::new(theme.small(), c.text_2);
    let boxes = if shown.changed.is_empty() { "boxes" } else { "other boxes" };
    let figures = [
        (
            format!("{:.0} %", shown.cace * 100.0),
            format!("{} of {others} {boxes} change in the end", shown.full),
        ),
        (shown.direct.to_string(), "of them before any feedback comes back".to_owned()),
    ]
    .map(|(number, text)| {
        let galley = paragraph(ui, &text, &caption, width - 16.0);
        (number, text, galley)
    });
    let below = figures.iter().map(|(.., galley)| galley.size().y).fold(0.0, f32::max);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), NUMBER + below + 12.0), Sense::hover());
    for (at, (number, text, galley)) in figures.into_iter().enumerate() {
        let left = rect.left() + width * at as f32;
        let cell = Rect::from_min_size(pos2(left, rect.top()), vec2(width - 8.0, rect.height()));
        let response = ui.interact(cell, ui.scope_id().with(("figure", at)), Sense::hover());
        let told = format!("{number} {text}");
        response.widget_info(move || WidgetInfo::labeled(Role::Label, true, told.clone()));
        let ink = Ink::new(theme.strong(30.0), c.text);
        let middle = pos2(left, rect.top() + NUMBER / 2.0);
        paint_text(ui.painter(), middle, Align2::LEFT_CENTER, &number, &ink, cell.width());
        ui.painter().galley(pos2(left, rect.top() + NUMBER), galley, c.text_2);
    }
}
