//! The template that a share of the drawings gives: the share, a picture of it, and the button that draws it.

use egui::accesskit::Role;
use egui::{Sense, Slider, Ui, WidgetInfo, vec2};

use super::picture;
use crate::action::WindowAction;
use crate::address::ConsensusLocation;
use crate::document::Content;
use crate::shown::counted;
use crate::state::CommonPractice;
use crate::ui::theme::Theme;
use crate::ui::widgets::{Ink, Kind, button, section_head, wrapped};
use crate::ui::{View, icons};

pub(super) fn derive_ui(
    ui: &mut Ui,
    view: &mut View<'_>,
    practice: &CommonPractice,
    next: &mut ConsensusLocation,
) {
    let theme = Theme::of(ui);
    let c = &theme.color;
    section_head(ui, "Template of what they share");
    let all = practice.members.len();
    let asked = format!("At least {} %: {} of {all}", next.percent, practice.least());
    wrapped(ui, &asked, &Ink::new(theme.strong(theme.text.emphasis), c.text));
    ui.add_space(2.0);
    ui.spacing_mut().slider_width = ui.available_width() - 4.0;
    // Steps of five; a share that an address names may lie between them.
    let slider = Slider::new(&mut next.percent, 5..=100)
        .step_by(5.0)
        .show_value(false)
        .clamping(egui::SliderClamping::Edits);
    let response = ui.add(slider);
    let percent = f64::from(next.percent);
    response.widget_info(|| WidgetInfo {
        value: Some(percent),
        ..WidgetInfo::labeled(Role::Slider, true, "Least share of the drawings, in percent")
    });
    ui.add_space(6.0);
    let (nodes, flows) = (practice.derived.nodes.len(), practice.derived.flows.len());
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 168.0), Sense::hover());
    let counts = format!("{} and {}", counted(nodes, "box", "boxes"), counted(flows, "flow", "flows"));
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, format!("Picture of {counts}")));
    ui.painter().rect_filled(rect, theme.size.radius, c.canvas);
    picture::picture_ui(ui, practice, rect.shrink2(vec2(14.0, 14.0)));
    ui.add_space(6.0);
    wrapped(ui, &counts, &Ink::new(theme.medium(), c.text));
    if nodes == 0 {
        let text = "Nothing is in so many drawings. Lower the share.";
        wrapped(ui, text, &Ink::new(theme.body(), c.text_2));
    } else {
        let text = if practice.found.rests_on_sources() {
            "A box for each kind, without tools since the sources may tell nothing of these, and the flows between \
             them: a checklist rather than a design. Its notes say what it was counted in."
        } else {
            "A box for each kind, with the tools that at least two drawings name there, and the flows between them. \
             Its notes say what it was counted in."
        };
        wrapped(ui, text, &Ink::new(theme.body(), c.text_2));
    }
    ui.add_space(8.0);
    let derives = ui.add_enabled_ui(nodes > 0, |ui| {
        button(ui, icons::TREE_STRUCTURE, "Derive a template", Kind::Primary).clicked()
    });
    if derives.inner {
        let drawing = std::sync::Arc::new(practice.derived.clone());
        view.act(WindowAction::NewFrom(Content::Drawing(drawing)));
    }
}
