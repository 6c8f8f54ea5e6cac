//! What a drawing is good for, and how much of it its source reports.

use egui::Ui;

use super::panel;
use crate::address::Location;
use crate::state::Drawing;
use crate::ui::View;
use crate::ui::theme::Theme;
use crate::ui::widgets::{Ink, fact, paint_text, section_head, tab, wrapped};

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
    let Some(evidence) = drawing.architecture.evidence() else { return };
    let theme = Theme::of(ui);
    ui.add_space(8.0);
    section_head(ui, "Evidence");
    let of = |part: usize, all: usize| format!("{part} of {all} reported by the sources");
    fact(ui, "Nodes", &of(evidence.nodes, drawing.architecture.nodes.len()));
    fact(ui, "Flows", &of(evidence.flows, drawing.architecture.flows.len()));
    if let Some([errors, warnings, hints]) = drawing.judged.reported {
        let counted = |count: usize, word: &str| match count {
            1 => format!("1 {word}"),
            count => format!("{count} {word}s"),
        };
        let text = format!(
            "{}, {}, {}",
            counted(errors, "error"),
            counted(warnings, "warning"),
            counted(hints, "hint")
        );
        fact(ui, "That alone", &text);
    }
    let text = "What was added so that the drawing is complete is dashed.";
    wrapped(ui, text, &Ink::new(theme.small(), theme.color.text_3));
    ui.add_space(4.0);
    let is_reported = is_reported(view);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        if tab(ui, "", "Complete", !is_reported).clicked() {
            panel::change(view, |here| here.reported = false);
        }
        if tab(ui, "", "As reported", is_reported).clicked() {
            panel::change(view, |here| here.reported = true);
        }
    });
}

/// Whether only what the source reports is shown.
pub(super) fn is_reported(view: &View<'_>) -> bool {
    matches!(view.location(), Location::Drawing(drawing) if drawing.reported)
}
