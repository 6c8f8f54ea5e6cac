//! What a drawing is good for, and how much of it its source reports.

use egui::Ui;

use super::{REPORTED, panel};
use crate::shown::counted;
use crate::state::Drawing;
use crate::ui::theme::Theme;
use crate::ui::widgets::{Ink, Kind, button, fact, hairline, paint_text, section_head, tab, wrapped};
use crate::ui::{View, icons};

/// When to take it and when not.
pub(super) fn guide_ui(ui: &mut Ui, drawing: Drawing<'_>) {
    let theme = Theme::of(ui);
    let Some(guide) = &drawing.architecture.guide else { return };
    if !guide.purpose.is_empty() {
        ui.add_space(8.0);
        wrapped(ui, &guide.purpose, &Ink::new(theme.medium(), theme.color.text));
    }
    for (title, sign, reasons, color) in [
        ("Take it when", "+", &guide.use_when, theme.color.ok),
        ("Rather not when", "−", &guide.avoid_when, theme.color.error),
    ] {
        if reasons.is_empty() {
            continue;
        }
        ui.add_space(8.0);
        section_head(ui, title);
        for reason in reasons {
            ui.horizontal_top(|ui| {
                ui.spacing_mut().item_spacing.x = 8.0;
                let (at, _) = ui.allocate_exact_size(egui::vec2(8.0, 18.0), egui::Sense::hover());
                let ink = Ink::new(theme.strong(theme.text.body), color);
                paint_text(ui.painter(), at.center(), egui::Align2::CENTER_CENTER, sign, &ink, 12.0);
                ui.vertical(|ui| wrapped(ui, reason, &Ink::new(theme.body(), theme.color.text_2)));
            });
        }
    }
}

/// How much the source reports, what the rules say of that alone, and the switch that hides the rest.
pub(super) fn evidence_ui(ui: &mut Ui, view: &mut View<'_>, drawing: Drawing<'_>) {
    let (Some(whole), Some(part)) = (drawing.document.drawing(), drawing.document.reported_drawing()) else {
        return;
    };
    let theme = Theme::of(ui);
    ui.add_space(8.0);
    section_head(ui, "Evidence");
    let of = |part: usize, all: usize| format!("{part} of {all} reported by the sources");
    if let Some(evidence) = whole.architecture.evidence() {
        fact(ui, "Nodes", &of(evidence.nodes, whole.architecture.nodes.len()));
        fact(ui, "Flows", &of(evidence.flows, whole.architecture.flows.len()));
    }
    let [errors, warnings, hints] = part.judged.counts();
    let [errors, warnings, hints] =
        [(errors, "error", "errors"), (warnings, "warning", "warnings"), (hints, "hint", "hints")]
            .map(|(count, one, many)| counted(count, one, many));
    let text = format!("{errors}, {warnings}, {hints}");
    fact(ui, "That alone", &text);
    let text = "What was added so that the drawing is complete has a dashed border, or is a pale line.";
    wrapped(ui, text, &Ink::new(theme.small(), theme.color.text_3));
    ui.add_space(4.0);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        if tab(ui, "", "Complete", !drawing.is_reported).clicked() {
            show_complete(view);
        }
        if tab(ui, "", "As reported", drawing.is_reported).clicked() {
            panel::change(view, |here| here.reported = true);
        }
    });
}

fn show_complete(view: &mut View<'_>) {
    panel::change(view, |here| here.reported = false);
}

/// That only what the sources report is shown, and the way to all of it.
pub(super) fn reported_ui(ui: &mut Ui, view: &mut View<'_>, drawing: Drawing<'_>) {
    if !drawing.is_reported {
        return;
    }
    let theme = Theme::of(ui);
    wrapped(ui, REPORTED, &Ink::new(theme.body(), theme.color.text_2));
    ui.add_space(2.0);
    if button(ui, icons::EYE, "Show the complete drawing", Kind::Plain).clicked() {
        show_complete(view);
    }
    ui.add_space(8.0);
    hairline(ui);
    ui.add_space(8.0);
}
