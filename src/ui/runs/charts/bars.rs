//! Metrics with a single number for each run, as bars.

use egui::accesskit::Role;
use egui::{Align2, Rect, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use super::lines::Panel;
use super::scale::Scale;
use crate::ui::runs::number_text;
use crate::ui::theme::{Theme, mix};
use crate::ui::widgets::{Ink, paint_text};

/// How high a bar with its words is.
const ROW: f32 = 24.0;

/// One bar for each line, from 0; the longest takes the room.
pub(super) fn bars_ui(ui: &mut Ui, panel: &Panel, scale: Scale, pointed: Option<usize>, height: f32) {
    let first = panel.lines.iter().filter_map(|line| line.picked.all().next());
    let values: Vec<f64> = first.map(|point| scale.y_at(point.y)).collect();
    let (least, greatest) =
        values.iter().fold((0.0_f64, 0.0_f64), |(least, greatest), v| (least.min(*v), greatest.max(*v)));
    let range = (greatest - least).max(f64::MIN_POSITIVE);
    ScrollArea::vertical().max_height(height).auto_shrink(false).id_salt("bars").show_rows(
        ui,
        ROW,
        values.len(),
        |ui, rows| {
            ui.spacing_mut().item_spacing.y = 0.0;
            for at in rows {
                bar_ui(ui, panel, (at, values[at]), (least, range), pointed);
            }
        },
    );
}

fn bar_ui(
    ui: &mut Ui,
    panel: &Panel,
    (at, value): (usize, f64),
    (least, range): (f64, f64),
    pointed: Option<usize>,
) {
    let theme = Theme::of(ui);
    let line = &panel.lines[at];
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
    let told = format!("{}: {}", line.name, number_text(value));
    response.widget_info(move || WidgetInfo::labeled(Role::Label, true, told.clone()));
    let is_dim = pointed.is_some_and(|pointed| pointed != line.color);
    let color = theme.series(line.color);
    let color = if is_dim { mix(theme.color.panel, color, 0.3) } else { color };
    let names = (rect.width() * 0.34).min(190.0);
    let body = Ink::new(theme.small(), theme.color.text_2);
    let left = pos2(rect.left(), rect.center().y);
    let (_, cut) = paint_text(ui.painter(), left, Align2::LEFT_CENTER, &line.name, &body, names - 10.0);
    let figure = 76.0;
    let room = rect.width() - names - figure;
    let zero = rect.left() + names + (-least / range) as f32 * room;
    let end = rect.left() + names + ((value - least) / range) as f32 * room;
    let bar = Rect::from_two_pos(pos2(zero, rect.top() + 6.0), pos2(end, rect.bottom() - 6.0));
    ui.painter().rect_filled(bar, 1.0, color);
    ui.painter().vline(zero, rect.y_range(), (1.0, theme.color.line_strong));
    let mono = Ink::new(theme.mono(), theme.color.text);
    let right = pos2(rect.right() - 2.0, rect.center().y);
    paint_text(ui.painter(), right, Align2::RIGHT_CENTER, &number_text(value), &mono, figure);
    if cut {
        response.on_hover_text(&line.name);
    }
}
