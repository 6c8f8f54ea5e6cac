//! A tool's page: what speaks for and against it, each with its source; its facts; where it is used.

mod claims;
mod facts;
mod layer;
mod relations;
mod remark;
mod used_in;

use std::sync::Arc;

use egui::{Align2, Margin, Rect, RichText, ScrollArea, Sense, Ui, pos2, vec2};

use crate::address::Location;
use crate::catalog::compare::with_alternatives;
use crate::catalog::{Field, Stage, Tool};
use crate::state::State;
use crate::ui::theme::Theme;
use crate::ui::widgets::{Ink, Kind, button, columns, empty_state, monogram, paint_text, wrapped};
use crate::ui::{View, icons};

pub(super) use claims::claim_ui;
pub(in crate::ui) use claims::sources_ui;
use relations::Relations;

pub(super) use facts::{category_text, license_text, status_text};

/// Draws the page.
pub fn tool_ui(ui: &mut Ui, view: &mut View<'_>) {
    let Location::Tool(id) = view.location() else { return };
    let state = view.state;
    let Some(tool) = state.catalog.get(id) else {
        let text = format!("The catalog has no tool with the id {id}.");
        let action = Some((icons::SQUARES_FOUR, "Show all tools"));
        if empty_state(ui, icons::QUESTION, "No such tool", &text, action) {
            view.go(Location::start_of(crate::address::Place::Landscape));
        }
        return;
    };
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        egui::Frame::new().inner_margin(Margin::symmetric(36, 22)).show(ui, |ui| {
            let wide = ui.available_width() > 980.0;
            if wide {
                let facts = 330.0;
                let gutter = 28.0;
                let text = ui.available_width() - facts - 2.0 * gutter;
                let least = ui.available_height();
                ui.horizontal_top(|ui| {
                    let gap = std::mem::take(&mut ui.spacing_mut().item_spacing.x);
                    let left = ui.vertical(|ui| {
                        ui.spacing_mut().item_spacing.x = gap;
                        ui.set_width(text);
                        page_ui(ui, view, tool);
                    });
                    ui.add_space(2.0 * gutter);
                    let right = ui.vertical(|ui| {
                        ui.spacing_mut().item_spacing.x = gap;
                        ui.set_width(facts);
                        facts::facts_ui(ui, view, tool);
                        ui.add_space(14.0);
                        used_in::used_in_ui(ui, view, tool);
                        ui.add_space(14.0);
                        remark::remark_ui(ui, view, tool);
                    });
                    let (left, right) = (left.response.rect, right.response.rect);
                    let height = left.height().max(right.height()).max(least);
                    let line = Theme::of(ui).color.line;
                    ui.painter().vline(left.right() + gutter, left.top()..=left.top() + height, (1.0, line));
                });
            } else {
                page_ui(ui, view, tool);
                ui.add_space(18.0);
                facts::facts_ui(ui, view, tool);
                ui.add_space(14.0);
                used_in::used_in_ui(ui, view, tool);
                ui.add_space(14.0);
                remark::remark_ui(ui, view, tool);
            }
        });
    });
}

/// Room for the buttons beside the name.
const BUTTONS: f32 = 270.0;

fn page_ui(ui: &mut Ui, view: &mut View<'_>, tool: &Tool) {
    let theme = Theme::of(ui);
    let mut compare = false;
    ui.horizontal(|ui| {
        let (tile, _) = ui.allocate_exact_size(vec2(52.0, 52.0), Sense::hover());
        monogram(ui, tile, &tool.name, tool.stages.first().copied());
        ui.add_space(6.0);
        ui.vertical(|ui| {
            ui.horizontal(|ui| {
                let width = (ui.available_width() - BUTTONS).max(80.0);
                ui.scope(|ui| {
                    ui.set_max_width(width);
                    ui.spacing_mut().item_spacing.x = 10.0;
                    ui.label(RichText::new(&tool.name).font(theme.strong(theme.text.title)));
                    layer::name_mark(ui, view.state, tool);
                });
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    compare = button(ui, icons::SCALES, "Compare", Kind::Plain).clicked();
                    ui.add_space(6.0);
                    remark::shortlist_ui(ui, view, tool);
                });
            });
            let summary = tool.summary.as_deref().unwrap_or_else(|| category_text(tool));
            let ink = Ink::new(egui::FontId::proportional(theme.text.emphasis), theme.color.text_2);
            wrapped(ui, summary, &ink);
            layer::field_mark(ui, view.state, tool, &[Field::Summary], "Summary");
        });
    });
    if compare {
        view.go(Location::Compare(with_alternatives(&view.state.catalog, &tool.id)));
    }
    ui.add_space(14.0);
    stages_ui(ui, view.state, tool);
    ui.add_space(18.0);
    judgement_ui(ui, view, tool);
}

/// The least width of two lists side by side.
const TWO_LISTS: f32 = 400.0;

/// What speaks for the tool, over what it works with; beside that what speaks against it, over what stands instead. The
/// lists of a column follow each other, so that a short one leaves no hole.
fn judgement_ui(ui: &mut Ui, view: &mut View<'_>, tool: &Tool) {
    let catalog = Arc::clone(&view.state.catalog);
    let mut relations = Relations::of(&catalog, tool);
    let is_judged = !tool.claims.is_empty();
    if !is_judged {
        claims::none_ui(ui);
    }
    if ui.available_width() < TWO_LISTS {
        if is_judged {
            claims::for_ui(ui, view, tool);
            ui.add_space(12.0);
            claims::against_ui(ui, view, tool);
            claims::facts_ui(ui, view, tool);
        }
        relations.works_ui(ui, view, tool);
        relations.instead_ui(ui, view, tool);
    } else {
        columns(ui, 28.0, |[left, right]| {
            if is_judged {
                claims::for_ui(left, view, tool);
                claims::against_ui(right, view, tool);
                claims::facts_ui(left, view, tool);
            }
            relations.works_ui(left, view, tool);
            relations.instead_ui(right, view, tool);
        });
    }
    relations.more_ui(ui, &catalog, tool);
    if let Some(id) = relations.go {
        view.go(Location::Tool(id));
    }
}

fn stages_ui(ui: &mut Ui, state: &State, tool: &Tool) {
    let theme = Theme::of(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 26.0), Sense::hover());
    let gap = 8.0;
    let count = Stage::ALL.len() as f32;
    let width = (rect.width() - gap * (count - 1.0)) / count;
    for (index, stage) in Stage::ALL.iter().copied().enumerate() {
        let lit = tool.stages.contains(&stage);
        let left = rect.left() + index as f32 * (width + gap);
        let bar = Rect::from_min_size(pos2(left, rect.top()), vec2(width, 7.0));
        let color = if lit { theme.stage(stage) } else { theme.color.raised };
        ui.painter().rect_filled(bar, 3.0, color);
        let ink = Ink::new(theme.small(), if lit { theme.color.text } else { theme.color.text_3 });
        let at = pos2(left, rect.top() + 18.0);
        paint_text(ui.painter(), at, Align2::LEFT_CENTER, stage.title(), &ink, width);
    }
    layer::field_mark(ui, state, tool, &[Field::Stages], "Stages");
}
