//! The rail: the program's mark, seven places, and the settings at the foot.

use egui::accesskit::Role;
use egui::{Align2, Pos2, Rect, Sense, Shape, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use crate::address::{Location, Place};
use crate::catalog::Stage;
use crate::command::Command;
use crate::ui::theme::Theme;
use crate::ui::widgets::{Ink, paint_text};
use crate::ui::{View, icons};

pub(super) fn rail_ui(ui: &mut Ui, view: &mut View<'_>) {
    ui.vertical_centered(|ui| {
        ui.spacing_mut().item_spacing.y = 4.0;
        ui.add_space(8.0);
        // Places come before the mark, and icons before their words, where the window is low.
        let items = Place::ALL.len() as f32 + 1.0;
        let height_of = |room: f32| ((room - 8.0) / items - 4.0).min(48.0);
        let below_mark = height_of(ui.available_height() - 40.0);
        let has_mark = below_mark >= 40.0;
        let height = if has_mark { below_mark } else { height_of(ui.available_height()).max(22.0) };
        if has_mark {
            let (rect, _) = ui.allocate_exact_size(vec2(28.0, 28.0), Sense::hover());
            mark(ui, rect);
            ui.add_space(4.0);
        }
        let present = view.location().place();
        for place in Place::ALL {
            let name = place.title();
            if item(ui, icon_of(place), name, present == Some(place), height, Command::Go(place)) {
                view.go(Location::start_of(place));
            }
        }
        ui.add_space((ui.available_height() - height - 8.0).max(0.0));
        let on = *view.location() == Location::Settings;
        if item(ui, icons::GEAR, "Settings", on, height, Command::Settings) {
            view.go(Location::Settings);
        }
    });
}

/// The icon of a place.
pub(super) fn icon_of(place: Place) -> &'static str {
    match place {
        Place::Home => icons::COMPASS,
        Place::Landscape => icons::SQUARES_FOUR,
        Place::Studio => icons::TREE_STRUCTURE,
        Place::Runs => icons::CHART_LINE,
        Place::Data => icons::TABLE,
        Place::Practice => icons::BOOK_OPEN,
        Place::Present => icons::PRESENTATION_CHART,
    }
}

fn item(ui: &mut Ui, icon: &str, name: &'static str, on: bool, height: f32, command: Command) -> bool {
    let theme = Theme::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(58.0, height), Sense::click());
    let has_word = height >= 38.0;
    response.widget_info(move || WidgetInfo::selected(Role::Tab, true, on, name));
    let c = &theme.color;
    if on || response.hovered() {
        ui.painter().rect_filled(rect, theme.size.radius, if on { c.selected } else { c.raised });
    }
    if response.has_focus() {
        let stroke = Stroke::new(2.0, c.accent);
        ui.painter().rect_stroke(rect, theme.size.radius, stroke, StrokeKind::Inside);
    }
    let color = if on { c.text } else { c.text_2 };
    let font = if on { theme.icon_fill(20.0) } else { theme.icon(20.0) };
    let at = rect.center() - vec2(0.0, if has_word { 8.0 } else { 0.0 });
    paint_text(ui.painter(), at, Align2::CENTER_CENTER, icon, &Ink::new(font, color), 30.0);
    let ink = Ink::new(egui::FontId::proportional(10.5), color);
    if has_word {
        let at = rect.center() + vec2(0.0, 14.0);
        paint_text(ui.painter(), at, Align2::CENTER_CENTER, name, &ink, 58.0);
    }
    let keys = command.shortcuts().first().map(|keys| keys.text()).unwrap_or_default();
    response.on_hover_text(format!("{name}  {keys}")).clicked()
}

/// The program's mark: ten stage hues around a hole.
fn mark(ui: &Ui, rect: Rect) {
    let theme = Theme::of(ui);
    let (outer, inner) = (rect.width() * 0.43, rect.width() * 0.2);
    let count = Stage::ALL.len() as f32;
    for (index, stage) in Stage::ALL.iter().copied().enumerate() {
        let turn =
            |share: f32| std::f32::consts::TAU * (index as f32 + share) / count - std::f32::consts::FRAC_PI_2;
        let at = |radius: f32, share: f32| -> Pos2 {
            let angle = turn(share);
            pos2(rect.center().x + radius * angle.cos(), rect.center().y + radius * angle.sin())
        };
        let points = vec![at(inner, 0.06), at(outer, 0.06), at(outer, 0.5), at(outer, 0.94), at(inner, 0.94)];
        ui.painter().add(Shape::convex_polygon(points, theme.stage(stage), Stroke::NONE));
    }
}
