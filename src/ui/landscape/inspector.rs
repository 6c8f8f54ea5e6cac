//! The selected tool beside the table: the facts and the first claims.

use egui::{Rect, RichText, ScrollArea, Sense, Ui, vec2};

use super::table::stage_words;
use super::tool::{category_text, claim_ui, license_text, status_text};
use crate::address::{LandscapeLocation, Location};
use crate::catalog::Tool;
use crate::catalog::compare::with_alternatives;
use crate::ui::theme::Theme;
use crate::ui::widgets::{
    Ink, Kind, button, empty_state, fact, icon_button, lifecycle_strip, marked_paragraph, monogram,
    section_head, wrapped,
};
use crate::ui::{View, icons};

/// The first foundation with its maturity, or a dash.
pub(super) fn foundation_text(tool: &Tool) -> String {
    tool.foundations.first().map_or_else(
        || "–".to_owned(),
        |foundation| match &foundation.maturity {
            Some(maturity) => format!("{} · {maturity}", foundation.org),
            None => foundation.org.clone(),
        },
    )
}

pub(super) fn inspector_ui(ui: &mut Ui, view: &mut View<'_>, table: &mut LandscapeLocation) {
    let theme = Theme::of(ui);
    let tool = table.selected.as_ref().and_then(|id| view.state.catalog.get(id));
    let Some(tool) = tool else {
        let text =
            "Choose a tool to see its facts, its pros and cons with their sources, and where it is used.";
        empty_state(ui, icons::CURSOR, "No tool chosen", text, None);
        return;
    };
    let mut open = false;
    let mut close = false;
    ui.horizontal(|ui| {
        let (tile, _) = ui.allocate_exact_size(vec2(36.0, 36.0), Sense::hover());
        monogram(ui, tile, &tool.name, tool.stages.first().copied());
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 3.0;
            ui.set_width(ui.available_width() - 36.0);
            let name = RichText::new(&tool.name).font(theme.strong(theme.text.heading));
            ui.add(egui::Label::new(name).truncate());
            ui.add(egui::Label::new(RichText::new(category_text(tool)).color(theme.color.text_2)).truncate());
        });
        close = icon_button(ui, icons::X, "Close the inspector's tool", false).clicked();
    });
    ui.add_space(8.0);
    let (strip, _) = ui.allocate_exact_size(vec2(ui.available_width(), 6.0), Sense::hover());
    lifecycle_strip(ui, Rect::from_min_size(strip.min, strip.size()), &tool.stages, 3.0);
    ui.label(RichText::new(stage_words(&tool.stages)).font(theme.small()).color(theme.color.text_3));
    ui.add_space(4.0);
    ScrollArea::vertical().auto_shrink(false).max_height(ui.available_height() - 44.0).show(ui, |ui| {
        ui.set_max_width(ui.available_width() - 6.0);
        if let Some(summary) = &tool.summary {
            let marks = view.here().tools.marks.in_text(summary);
            marked_paragraph(ui, summary, &marks, &Ink::new(theme.body(), theme.color.text_2));
            ui.add_space(8.0);
        }
        fact(ui, "Licence", &license_text(tool));
        fact(ui, "Foundation", &foundation_text(tool));
        fact(ui, "Status", &status_text(tool));
        ui.add_space(10.0);
        section_head(ui, "Pros and cons");
        if tool.claims.is_empty() {
            wrapped(
                ui,
                "Nothing has been read and written down yet.",
                &Ink::new(theme.body(), theme.color.text_3),
            );
        }
        for claim in tool.claims.iter().take(6) {
            claim_ui(ui, view.state, (&tool.id, claim), view.actions);
        }
        if tool.claims.len() > 6 {
            let more = format!("and {} more on its page", tool.claims.len() - 6);
            ui.label(RichText::new(more).color(theme.color.text_3));
        }
    });
    ui.add_space(8.0);
    let mut compare = false;
    ui.horizontal(|ui| {
        open = button(ui, icons::ARROWS_OUT, "Open its page", Kind::Primary).clicked();
        compare = button(ui, icons::SCALES, "Compare", Kind::Plain).clicked();
    });
    if compare {
        view.go(Location::Compare(with_alternatives(&view.state.catalog, &tool.id)));
    }
    if open {
        view.go(Location::Tool(tool.id.clone()));
    }
    if close {
        table.selected = None;
    }
}
