//! One entry of the links of a node: what it says, what a press on it does, and the pencil that changes it.

use egui::accesskit::Role;
use egui::{Align2, CursorIcon, Rect, Response, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use super::shown::{Leads, Row, Slot};
use crate::action::{Action, Ask};
use crate::ui::theme::Theme;
use crate::ui::widgets::{Ink, fact_with, paint_text, small_button, tell_target, wrapped};
use crate::ui::{View, icons};

/// Where values begin, as in [`fact_with`].
pub(super) const INDENT: f32 = 104.0;

/// Draws an entry; answers with its slot where it is to be changed.
pub(super) fn row_ui(ui: &mut Ui, view: &mut View<'_>, row: &Row, can_change: bool) -> Option<Slot> {
    let theme = Theme::of(ui);
    let c = &theme.color;
    let (rect, whole) =
        ui.allocate_exact_size(vec2(ui.available_width(), theme.size.row_compact), Sense::hover());
    let ink = Ink::new(theme.body(), c.text_3);
    paint_text(ui.painter(), rect.left_center(), Align2::LEFT_CENTER, row.slot.head(), &ink, INDENT - 4.0);
    let pencil = if can_change { rect.height() } else { 0.0 };
    let value = Rect::from_min_max(pos2(rect.left() + INDENT, rect.top()), rect.max - vec2(pencil, 0.0));
    if let Leads::Web(url) = &row.leads {
        let response = web_ui(ui, whole.id.with((row.slot.name(), "open")), value, &row.text);
        response.widget_info(|| WidgetInfo::labeled(Role::Link, true, format!("Open {url}")));
        tell_target(&response, url);
        if response.on_hover_text(url).clicked() {
            view.actions.push(Action::Ask(Ask::OpenUrl(url.clone())));
        }
    } else {
        let ink = Ink::new(theme.body(), c.text);
        let (_, is_cut) = paint_text(
            ui.painter(),
            value.left_center(),
            Align2::LEFT_CENTER,
            &row.text,
            &ink,
            value.width(),
        );
        let label = ui.interact(value, whole.id.with((row.slot.name(), "text")), Sense::hover());
        label.widget_info(|| WidgetInfo::labeled(Role::Label, true, &row.text));
        if is_cut {
            label.on_hover_text(&row.text);
        }
    }
    let mut change = None;
    if can_change {
        let at = Rect::from_min_max(pos2(value.right(), rect.top()), rect.max);
        let name = format!("Change the {} {}", row.slot.name().to_lowercase(), row.text);
        if pencil_ui(ui, whole.id.with((row.slot.name(), "change")), at, &name).clicked() {
            change = Some(row.slot);
        }
    }
    below_ui(ui, view, row);
    change
}

/// What an entry does beside being read, or why it does nothing.
fn below_ui(ui: &mut Ui, view: &mut View<'_>, row: &Row) {
    let theme = Theme::of(ui);
    match &row.leads {
        Leads::Runs(location) => fact_with(ui, "", |ui| {
            let told = format!("Show the runs of {}", row.text);
            ui.horizontal(|ui| {
                // Its icon stands below the letters of the path.
                ui.add_space(-8.0);
                if small_button(ui, icons::CHART_LINE, "Show the runs", &told).clicked() {
                    view.go(location.as_ref().clone());
                }
            });
        }),
        Leads::Refused(why) => fact_with(ui, "", |ui| {
            wrapped(ui, why, &Ink::new(theme.small(), theme.color.text_3));
            ui.add_space(4.0);
        }),
        Leads::Nowhere | Leads::Web(_) => {}
    }
}

/// The words of an address, which can be pressed.
fn web_ui(ui: &Ui, id: egui::Id, rect: Rect, text: &str) -> Response {
    let theme = Theme::of(ui);
    let response = ui.interact(rect, id, Sense::click());
    let is_hot = response.hovered() || response.has_focus();
    let color = if is_hot { theme.color.accent } else { theme.color.text };
    let ink = Ink::new(theme.icon(13.0), color);
    paint_text(ui.painter(), rect.left_center(), Align2::LEFT_CENTER, icons::LINK_SIMPLE, &ink, 16.0);
    let at = rect.left_center() + vec2(18.0, 0.0);
    let ink = Ink::new(theme.body(), color);
    paint_text(ui.painter(), at, Align2::LEFT_CENTER, text, &ink, rect.right() - at.x - 4.0);
    ring(ui, &response);
    response.on_hover_cursor(CursorIcon::PointingHand)
}

fn pencil_ui(ui: &Ui, id: egui::Id, rect: Rect, name: &str) -> Response {
    let theme = Theme::of(ui);
    let response = ui.interact(rect, id, Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
    let is_hot = response.hovered() || response.has_focus();
    let color = if is_hot { theme.color.text } else { theme.color.text_3 };
    let ink = Ink::new(theme.icon(13.0), color);
    paint_text(ui.painter(), rect.center(), Align2::CENTER_CENTER, icons::PENCIL_LINE, &ink, 16.0);
    ring(ui, &response);
    response.on_hover_text(name).on_hover_cursor(CursorIcon::PointingHand)
}

fn ring(ui: &Ui, response: &Response) {
    if response.has_focus() {
        let stroke = Stroke::new(2.0, Theme::of(ui).color.accent);
        ui.painter().rect_stroke(response.rect, 4.0, stroke, StrokeKind::Inside);
    }
}
