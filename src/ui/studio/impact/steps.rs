//! A change step by step: the buttons of the panel, and the words on the canvas that the audience reads.

use egui::accesskit::Role;
use egui::{Rect, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use super::panel;
use crate::address::Location;
use crate::state::{Drawing, WhatIf};
use crate::ui::theme::Theme;
use crate::ui::widgets::{Ink, Kind, button, icon_button, line, paragraph, wrapped};
use crate::ui::{View, icons};

/// How wide a line of the caption may be.
const WIDEST: f32 = 640.0;

/// The step that the location shows; none where all is shown at once.
fn step(view: &View<'_>, asked: &WhatIf) -> Option<usize> {
    let Location::Drawing(here) = view.location() else { return None };
    here.ring.map(|ring| ring.min(asked.steps.last))
}

pub(super) fn steps_ui(ui: &mut Ui, view: &mut View<'_>, drawing: Drawing<'_>, asked: &WhatIf) {
    let theme = Theme::of(ui);
    let Some(at) = step(view, asked) else {
        if button(ui, icons::PLAY, "Step through", Kind::Plain).clicked() {
            panel::change(view, |here| here.ring = Some(0));
        }
        ui.add_space(8.0);
        return;
    };
    let mut next = Some(at);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        ui.add_enabled_ui(at > 0, |ui| {
            if icon_button(ui, icons::CARET_LEFT, "Previous step", false).clicked() {
                next = Some(at - 1);
            }
        });
        ui.add_enabled_ui(at < asked.steps.last, |ui| {
            if icon_button(ui, icons::CARET_RIGHT, "Next step", false).clicked() {
                next = Some(at + 1);
            }
        });
        let place = asked.steps.place(at);
        ui.label(egui::RichText::new(place).font(theme.medium()).color(theme.color.text));
        if button(ui, icons::X, "Show all", Kind::Quiet).clicked() {
            next = None;
        }
    });
    let told = asked.shown().told(at, drawing.architecture, asked.change());
    wrapped(ui, &told, &Ink::new(theme.body(), theme.color.text_2));
    let hint = "While presenting, Page Down and Page Up step as well.";
    wrapped(ui, hint, &Ink::new(theme.small(), theme.color.text_3));
    ui.add_space(8.0);
    if next != Some(at) {
        panel::change(view, |here| here.ring = next);
    }
}

/// What a step shows, as a caption at the foot of the canvas; `foot` is what is taken there.
pub(in crate::ui::studio) fn caption_ui(
    ui: &Ui,
    view: &View<'_>,
    drawing: Drawing<'_>,
    canvas: Rect,
    foot: f32,
) {
    const MARGIN: egui::Vec2 = vec2(18.0, 12.0);
    const HEAD: f32 = 24.0;
    let Some(asked) = view.here().what_if() else { return };
    let Some(at) = step(view, asked) else { return };
    let theme = Theme::of(ui);
    let c = &theme.color;
    let head = format!("If {} · {}", asked.clause, asked.steps.place(at));
    let told = asked.shown().told(at, drawing.architecture, asked.change());
    let room = (canvas.width() - 64.0).min(WIDEST);
    let text = paragraph(ui, &told, &Ink::new(theme.body(), c.text_2), room - 2.0 * MARGIN.x);
    let ink = Ink::new(theme.strong(theme.text.heading), c.text);
    let title = line(ui.painter(), &head, &ink, room - 2.0 * MARGIN.x);
    let width = text.size().x.max(title.size().x).ceil();
    let size = vec2(width, HEAD + text.size().y) + 2.0 * MARGIN;
    let rect = Rect::from_min_size(
        pos2(canvas.center().x - size.x / 2.0, canvas.bottom() - foot - size.y).round(),
        size,
    );
    let response = ui.interact(rect, ui.scope_id().with("step of the change"), Sense::hover());
    let name = format!("{head}. {told}");
    response.widget_info(move || WidgetInfo::labeled(Role::Label, true, name.clone()));
    ui.painter().rect_filled(rect, theme.size.radius, c.panel);
    ui.painter().rect_stroke(rect, theme.size.radius, Stroke::new(1.0, c.line_strong), StrokeKind::Inside);
    ui.painter().galley(rect.min + MARGIN - vec2(0.0, 2.0), title, c.text);
    ui.painter().galley(rect.min + MARGIN + vec2(0.0, HEAD), text, c.text_2);
}
