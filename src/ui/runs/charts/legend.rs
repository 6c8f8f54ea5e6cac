//! Which colour is which run or group, above the charts: it covers none of them.

use egui::accesskit::Role;
use egui::{Sense, Ui, WidgetInfo, vec2};
use egui_plot::MarkerShape;

use super::groups::Grouped;
use super::lines::shape_of;
use crate::address::StoreLocation;
use crate::runs::RunSet;
use crate::ui::theme::Theme;
use crate::ui::widgets::{Ink, line};

/// So many are named, in so many rows; the rest is counted.
const MOST: usize = 24;
const ROWS: usize = 3;
/// Between two names.
const GAP: f32 = 14.0;

/// The mark that a line carries besides its colour.
fn mark_ui(ui: &Ui, center: egui::Pos2, shape: MarkerShape, color: egui::Color32) {
    let size = 3.5;
    let at = |x: f32, y: f32| center + vec2(x, y) * size;
    let corners = match shape {
        MarkerShape::Square => vec![at(-1.0, -1.0), at(1.0, -1.0), at(1.0, 1.0), at(-1.0, 1.0)],
        MarkerShape::Diamond => vec![at(0.0, -1.3), at(1.3, 0.0), at(0.0, 1.3), at(-1.3, 0.0)],
        MarkerShape::Up => vec![at(-1.1, 0.9), at(0.0, -1.1), at(1.1, 0.9)],
        _ => {
            ui.painter().circle_filled(center, size, color);
            return;
        }
    };
    ui.painter().add(egui::Shape::convex_polygon(corners, color, egui::Stroke::NONE));
}

/// Returns the place among the colours of what the pointer is on.
pub(super) fn legend_ui(
    ui: &mut Ui,
    runs: &RunSet,
    grouped: &Grouped,
    store: &mut StoreLocation,
) -> Option<usize> {
    let theme = Theme::of(ui);
    let mut pointed = None;
    let mut selected = None;
    let mut left_out = 0;
    let names: Vec<(String, String)> = if grouped.groups().is_empty() {
        let name = |id: &String| {
            let shown = runs.run(id).map_or(id.as_str(), |run| run.shown_name());
            (id.clone(), shown.to_owned())
        };
        store.ticked.iter().take(MOST).map(name).collect()
    } else {
        let first = |runs: &[String]| runs.first().cloned().unwrap_or_default();
        grouped.groups().iter().take(MOST).map(|group| (first(&group.runs), group.label.clone())).collect()
    };
    let all = if grouped.groups().is_empty() { store.ticked.len() } else { grouped.groups().len() };
    let room = ui.available_width();
    let (mut left, mut row) = (0.0, 0);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(GAP, 2.0);
        for (at, (run, name)) in names.iter().enumerate() {
            let ink = Ink::new(theme.small(), theme.color.text_2);
            let galley = line(ui.painter(), name, &ink, 190.0);
            let width = galley.size().x + 16.0;
            if left > 0.0 && left + width > room {
                (left, row) = (0.0, row + 1);
            }
            left += width + GAP;
            // The last row keeps room for what is said of the rest.
            if row >= ROWS || (row == ROWS - 1 && left > room - 90.0 && at + 1 < all) {
                left_out = all - at;
                break;
            }
            let (rect, response) = ui.allocate_exact_size(vec2(width, 18.0), Sense::click());
            let told = format!("Look at {name}");
            response.widget_info(move || WidgetInfo::labeled(Role::Link, true, told.clone()));
            let swatch = egui::Rect::from_center_size(rect.left_center() + vec2(5.0, 0.0), vec2(10.0, 3.0));
            ui.painter().rect_filled(swatch, 1.0, theme.series(at));
            if let Some(shape) = shape_of(at, theme.series_len()) {
                mark_ui(ui, swatch.center(), shape, theme.series(at));
            }
            let place = rect.left_center() + vec2(16.0, -galley.size().y * 0.5);
            ui.painter().galley(place, galley, theme.color.text_2);
            if response.hovered() || response.has_focus() {
                pointed = Some(at);
            }
            if response.on_hover_text(name).clicked() {
                selected = Some(run.clone());
            }
        }
        let left_out = left_out.max(all.saturating_sub(MOST));
        if left_out > 0 {
            let text = format!("and {left_out} more");
            ui.label(egui::RichText::new(text).font(theme.small()).color(theme.color.text_3));
        }
    });
    if selected.is_some() {
        store.selected = selected;
    }
    pointed
}
