//! Two to five tools side by side: claims by topic, facts, what they are to each other. What differs comes first.

mod add;
mod bar;
mod grid;
mod rows;

use egui::{Margin, RichText, ScrollArea, Ui};

use crate::address::{LandscapeView, Location};
use crate::catalog::ToolId;
use crate::catalog::compare::{Comparison, FEWEST, MOST, with_alternatives};
use crate::ui::theme::Theme;
use crate::ui::widgets::{Ink, empty_state, icon_button, wrapped};
use crate::ui::{View, icons};
use grid::Grid;

pub use add::CompareMemory;

/// Where comparing begins: what is ticked in the table, else the tool of the present view with its alternatives, else
/// nothing yet.
pub fn comparison_from(view: &View<'_>) -> Location {
    if let Location::Landscape(table) = view.location()
        && table.view == LandscapeView::Table
        && (FEWEST..=MOST).contains(&table.ticked.len())
    {
        return Location::Compare(table.ticked.iter().cloned().collect());
    }
    let tool = match view.location() {
        Location::Tool(id) => Some(id),
        Location::Landscape(table) => table.selected.as_ref(),
        _ => None,
    };
    let tools = tool.map(|id| with_alternatives(&view.state.catalog, id)).unwrap_or_default();
    Location::Compare(tools)
}

/// Draws the comparison.
pub fn compare_ui(ui: &mut Ui, view: &mut View<'_>) {
    let Location::Compare(before) = view.location() else { return };
    let Some(comparison) = &view.here().comparison else { return };
    let mut after = before.clone();
    bar::bar_ui(ui, view, comparison, &mut after);
    oddities_ui(ui, comparison, &mut after);
    if comparison.is_enough() {
        table_ui(ui, view, comparison, &mut after);
    } else {
        too_few_ui(ui, view, comparison, &mut after);
    }
    if after != *before {
        view.narrow(Location::Compare(after));
    }
}

/// The heads stay while the rows scroll below them; what is wider than the window scrolls sideways with its heads.
fn table_ui(ui: &mut Ui, view: &mut View<'_>, comparison: &Comparison, after: &mut Vec<ToolId>) {
    let grid = Grid::new(ui.available_width(), comparison.tools.len());
    let draw = |ui: &mut Ui, view: &mut View<'_>, after: &mut Vec<ToolId>| {
        ui.spacing_mut().item_spacing.y = 0.0;
        rows::heads_ui(ui, view, grid, comparison, after);
        ScrollArea::vertical().auto_shrink(false).id_salt("compared").show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            rows::claims_ui(ui, view, grid, comparison);
            rows::facts_ui(ui, view, grid, comparison);
            rows::between_ui(ui, view, grid, comparison);
            rows::alternatives_ui(ui, view, grid, comparison, after);
            ui.add_space(24.0);
        });
    };
    if grid.total() <= ui.available_width() {
        return draw(ui, view, after);
    }
    ScrollArea::horizontal().auto_shrink(false).id_salt("compared sideways").show(ui, |ui| {
        ui.set_min_width(grid.total());
        draw(ui, view, after);
    });
}

/// What of the address is not compared, and what to do about it.
fn oddities_ui(ui: &mut Ui, comparison: &Comparison, after: &mut Vec<ToolId>) {
    let unknown = comparison.unknown.iter();
    let unknown = unknown.map(|id| (id, format!("The catalog has no tool with the id {id}.")));
    let left_out = comparison.left_out.iter().map(|id| {
        (id, format!("Five tools are the most; {id} is left out until one of the five is removed."))
    });
    let theme = Theme::of(ui);
    for (id, sentence) in unknown.chain(left_out) {
        egui::Frame::new().inner_margin(Margin::symmetric(24, 2)).show(ui, |ui| {
            ui.horizontal(|ui| {
                ui.label(RichText::new(icons::WARNING).font(theme.icon(15.0)).color(theme.color.warn));
                let name = format!("Take {id} out of the comparison");
                if icon_button(ui, icons::X, &name, false).clicked() {
                    after.retain(|other| other != id);
                }
                wrapped(ui, &sentence, &Ink::new(theme.body(), theme.color.text_2));
            });
        });
    }
}

/// Says what to do, and offers the alternatives of the only tool.
fn too_few_ui(ui: &mut Ui, view: &View<'_>, comparison: &Comparison, after: &mut Vec<ToolId>) {
    let title = "Compare two to five tools";
    let Some(tool) = comparison.tools.first() else {
        let text = "Search for a tool above; the ones that are added stand side by side here. A tool's page begins \
                    with its alternatives.";
        empty_state(ui, icons::SCALES, title, text, None);
        return;
    };
    let text = format!("{} stands alone. Search above for a tool to put beside it.", tool.name);
    let action = (!tool.alternatives.is_empty()).then_some((icons::PLUS, "Add its alternatives"));
    if empty_state(ui, icons::SCALES, title, &text, action) {
        *after = with_alternatives(&view.state.catalog, &tool.id);
    }
}
