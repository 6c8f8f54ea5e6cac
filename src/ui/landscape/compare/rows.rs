//! The heads of the columns and the rows below them.

use egui::accesskit::Role;
use egui::{Label, RichText, Sense, Ui, WidgetInfo, vec2};

use super::bar::equal_rows;
use super::grid::Grid;
use crate::action::Actions;
use crate::address::Location;
use crate::catalog::compare::{Cell, Compared, Comparison, Fact, MOST, Row};
use crate::catalog::{Polarity, ToolId};
use crate::ui::landscape::tool::{claim_ui, sources_ui};
use crate::ui::theme::Theme;
use crate::ui::widgets::{
    Ink, Kind, button, chip, icon_button, license_mark, monogram, paragraph, section_head, wrapped,
};
use crate::ui::{View, icons};

/// Monogram, name and a cross for each tool.
pub(super) fn heads_ui(
    ui: &mut Ui,
    view: &mut View<'_>,
    grid: Grid,
    comparison: &Comparison,
    after: &mut Vec<ToolId>,
) {
    let theme = Theme::of(ui);
    let mut open = None;
    let size = if comparison.tools.len() > 3 { theme.text.emphasis } else { theme.text.heading };
    grid.row(ui, "", |ui, at| {
        let tool = &comparison.tools[at];
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 8.0;
            let (tile, _) = ui.allocate_exact_size(vec2(30.0, 30.0), Sense::hover());
            monogram(ui, tile, &tool.name, tool.stage);
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                let label = format!("Remove {} from the comparison", tool.name);
                if icon_button(ui, icons::X, &label, false).clicked() {
                    after.retain(|other| *other != tool.id);
                }
                ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                    let name = RichText::new(&tool.name).font(theme.strong(size));
                    let response = ui.add(Label::new(name).truncate().sense(Sense::click()));
                    let told = format!("Open {}", tool.name);
                    response.widget_info(move || WidgetInfo::labeled(Role::Link, true, told.clone()));
                    if response.on_hover_cursor(egui::CursorIcon::PointingHand).clicked() {
                        open = Some(tool.id.clone());
                    }
                });
            });
        });
    });
    if let Some(id) = open {
        view.go(Location::Tool(id));
    }
}

/// A heading over a part of the rows.
fn head(ui: &mut Ui, title: &str) {
    egui::Frame::new().inner_margin(egui::Margin { left: 24, right: 24, top: 16, bottom: 0 }).show(
        ui,
        |ui| {
            section_head(ui, title);
        },
    );
}

/// The facts that differ, then those that do not: one line until they are wanted.
pub(super) fn facts_ui(ui: &mut Ui, view: &mut View<'_>, grid: Grid, comparison: &Comparison) {
    head(ui, "Facts");
    for row in comparison.differences() {
        fact_ui(ui, view.actions, grid, comparison, row);
    }
    let same = comparison.equalities();
    if same.is_empty() {
        return;
    }
    let names: Vec<&str> = same.iter().map(|row| row.fact.title()).collect();
    let (icon, verb) =
        if view.memory.compare.unfolded { (icons::CARET_DOWN, "Fold") } else { (icons::CARET_RIGHT, "Show") };
    if std::mem::take(&mut view.memory.compare.reveal) {
        ui.scroll_to_cursor(Some(egui::Align::Min));
    }
    grid.wide_row(ui, "", |ui| {
        ui.horizontal(|ui| {
            if button(ui, icon, &format!("{verb} {}", equal_rows(same.len())), Kind::Quiet).clicked() {
                view.memory.compare.unfolded = !view.memory.compare.unfolded;
            }
            let theme = Theme::of(ui);
            let text = RichText::new(names.join(", ")).font(theme.small()).color(theme.color.text_3);
            ui.add(Label::new(text).truncate());
        });
    });
    if view.memory.compare.unfolded {
        for row in same {
            fact_ui(ui, view.actions, grid, comparison, row);
        }
    }
}

fn fact_ui(ui: &mut Ui, actions: &mut Actions, grid: Grid, comparison: &Comparison, row: &Row) {
    let theme = Theme::of(ui);
    grid.row(ui, row.fact.title(), |ui, at| {
        let (tool, cell) = (&comparison.tools[at], &row.cells[at]);
        ui.spacing_mut().item_spacing.y = 1.0;
        if matches!(row.fact, Fact::License | Fact::LicenseClass) {
            ui.horizontal_top(|ui| {
                ui.spacing_mut().item_spacing.x = 6.0;
                let (mark, _) = ui.allocate_exact_size(vec2(10.0, 18.0), Sense::hover());
                license_mark(ui, mark.center(), tool.license_class);
                value_ui(ui, tool, row.fact, cell);
            });
        } else {
            value_ui(ui, tool, row.fact, cell);
        }
        if let Some(note) = &cell.note {
            wrapped(ui, note, &Ink::new(theme.small(), theme.color.text_2));
        }
        if let Some(day) = cell.seen_on {
            wrapped(ui, &format!("seen {day}"), &Ink::new(theme.small(), theme.color.text_3));
        }
        // The class is read in the same file as the licence, whose row tells it.
        if row.fact != Fact::LicenseClass {
            sources_ui(ui, &cell.sources, actions);
        }
    });
}

/// The value, which tells those who cannot see the columns whose it is.
fn value_ui(ui: &mut Ui, tool: &Compared, fact: Fact, cell: &Cell) {
    let theme = Theme::of(ui);
    let color = if cell.is_known() { theme.color.text } else { theme.color.text_3 };
    let text = cell.text();
    let galley = paragraph(ui, &text, &Ink::new(theme.body(), color), ui.available_width());
    let (rect, response) = ui.allocate_exact_size(galley.size(), Sense::hover());
    ui.painter().galley(rect.min, galley, color);
    let told = format!("{}, {}: {text}", tool.name, fact.title());
    response.widget_info(move || WidgetInfo::labeled(Role::Label, true, told.clone()));
}

/// The claims on each topic beside each other.
pub(super) fn claims_ui(ui: &mut Ui, view: &mut View<'_>, grid: Grid, comparison: &Comparison) {
    let theme = Theme::of(ui);
    head(ui, "Pros and cons");
    for topic in &comparison.topics {
        grid.row(ui, &title_of(&topic.topic), |ui, at| {
            let claims = &topic.cells[at];
            // The first line of a claim stands lower than that of the row's name.
            ui.add_space(if claims.is_empty() { 0.0 } else { -3.0 });
            let start = ui.cursor().min;
            for claim in claims {
                claim_ui(ui, view.state, (&comparison.tools[at].id, claim), view.actions);
            }
            if claims.is_empty() {
                wrapped(ui, "nothing written down", &Ink::new(theme.body(), theme.color.text_3));
            }
            let count =
                |sides: &[Polarity]| claims.iter().filter(|claim| sides.contains(&claim.polarity)).count();
            let told = format!(
                "{} on {}: {} for it, {} against it",
                comparison.tools[at].name,
                topic.topic,
                count(&[Polarity::Pro]),
                count(&[Polarity::Con, Polarity::Caveat])
            );
            let cell = egui::Rect::from_min_size(start, vec2(ui.available_width(), 4.0));
            let response = ui.interact(cell, ui.scope_id().with("told"), Sense::hover());
            response.widget_info(move || WidgetInfo::labeled(Role::Cell, true, told.clone()));
        });
    }
    if comparison.topics.is_empty() {
        let text = "Nothing has been read and written down about these tools yet.";
        grid.wide_row(ui, "", |ui| {
            wrapped(ui, text, &Ink::new(theme.body(), theme.color.text_3));
        });
    }
}

/// A topic as the name of a row.
fn title_of(topic: &str) -> String {
    match topic {
        "api" => "API".to_owned(),
        "license" => "Licence".to_owned(),
        topic => {
            let mut letters = topic.chars();
            letters
                .next()
                .map_or_else(String::new, |first| format!("{}{}", first.to_uppercase(), letters.as_str()))
        }
    }
}

/// The relations among the tools.
pub(super) fn between_ui(ui: &mut Ui, view: &mut View<'_>, grid: Grid, comparison: &Comparison) {
    let theme = Theme::of(ui);
    head(ui, "Relations");
    grid.wide_row(ui, "Between them", |ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        for (at, relation) in comparison.between.iter().enumerate() {
            if at > 0 {
                ui.add_space(8.0);
            }
            ui.push_id(at, |ui| {
                let details = relation.details();
                let colon = if details.is_empty() { String::new() } else { format!(" · {details}") };
                let sentence = format!("{}{colon}", relation.sentence());
                wrapped(ui, &sentence, &Ink::new(theme.body(), theme.color.text));
                for how in &relation.how {
                    wrapped(ui, how, &Ink::new(theme.body(), theme.color.text_2));
                }
                sources_ui(ui, &relation.sources, view.actions);
            });
        }
        if comparison.between.is_empty() {
            let text = "No relation between them is written down.";
            wrapped(ui, text, &Ink::new(theme.body(), theme.color.text_3));
        }
    });
}

/// What stands instead of each tool: pressing adds it, or opens its page where five are compared already.
pub(super) fn alternatives_ui(
    ui: &mut Ui,
    view: &mut View<'_>,
    grid: Grid,
    comparison: &Comparison,
    after: &mut Vec<ToolId>,
) {
    let theme = Theme::of(ui);
    let has_room = comparison.tools.len() < MOST;
    let mut open = None;
    grid.row(ui, "Instead of it", |ui, at| {
        let tool = &comparison.tools[at];
        let is_compared = |id: &ToolId| comparison.tools.iter().any(|compared| compared.id == *id);
        let others: Vec<_> = tool.alternatives.iter().filter(|other| !is_compared(&other.id)).collect();
        if others.is_empty() {
            let text = if tool.alternatives.is_empty() { "unknown" } else { "none beside these" };
            wrapped(ui, text, &Ink::new(theme.body(), theme.color.text_3));
        }
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(6.0, 6.0);
            for other in others {
                let mark = has_room.then_some((icons::PLUS, theme.color.text_3));
                let response = chip(ui, mark, &other.name, false);
                let told = format!("{} {}", if has_room { "Add" } else { "Open" }, other.name);
                let named = told.clone();
                response.widget_info(move || WidgetInfo::labeled(Role::Button, true, named.clone()));
                if response.on_hover_text(told).clicked() {
                    if has_room {
                        after.push(other.id.clone());
                    } else {
                        open = Some(other.id.clone());
                    }
                }
            }
        });
    });
    if let Some(id) = open {
        view.go(Location::Tool(id));
    }
}
