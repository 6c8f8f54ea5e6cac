//! The Landscape: the tool table with its facets, the pages of tools and categories, tools side by side, and the state
//! of the catalog.

mod board;
mod category;
mod chips;
mod compare;
mod coverage;
mod facets;
mod graph;
mod grid;
mod heading;
mod inspector;
mod leads;
mod lifecycle;
mod portfolio;
mod search;
mod split;
mod table;
mod tabs;
mod tool;

use egui::{Frame, Margin, Panel, Ui};

use crate::address::{LandscapeLocation, LandscapeView, Location};
use crate::catalog::{Catalog, Stage, Tool};
use crate::ui::theme::Theme;
use crate::ui::widgets::{Kind, button, inspector, inspector_edge};
use crate::ui::{NARROW, View, icons};

pub use board::{BoardMemory, poster_ui};
pub use category::category_ui;
pub use compare::{CompareMemory, compare_ui, comparison_from};
pub use coverage::{COVERAGE, CoverageMemory, coverage_ui};
pub use facets::FacetGroups;
pub use graph::{GraphMemory, graph_from, graph_ui};
pub use grid::GridMemory;
pub use search::SearchMemory;
pub use table::TableMemory;
pub(in crate::ui) use tool::sources_ui;
pub use tool::tool_ui;

/// With less room than this the facets fold.
const FOLDS: f32 = 500.0;

/// Draws a view over the filtered tools, with facets at the left and the inspector at the right.
pub fn table_ui(ui: &mut Ui, view: &mut View<'_>) {
    let theme = Theme::of(ui);
    let Location::Landscape(location) = view.location() else { return };
    let before = location.clone();
    let mut after = before.clone();
    let wide = ui.max_rect().width() + theme.size.rail >= NARROW;
    let side = Frame::new().fill(theme.color.surface);
    // In a narrow window the facets fold, and unfold over the table.
    let room = ui.available_width();
    let folds = room < FOLDS;
    view.memory.facets |= view.memory.focus_filter;
    if folds && view.memory.facets {
        Panel::bottom("facets done")
            .exact_size(48.0)
            .show_separator_line(false)
            .frame(side.inner_margin(10))
            .show(ui, |ui| {
                let label = format!("Show {} tools", view.here().tools.rows.len());
                if button(ui, icons::CHECK_SQUARE, &label, Kind::Primary).clicked() {
                    view.memory.facets = false;
                }
            });
    }
    if !folds || view.memory.facets {
        Panel::left("facets")
            .exact_size(if folds {
                room
            } else if wide {
                theme.size.facets
            } else {
                200.0
            })
            .resizable(false)
            .show_separator_line(false)
            .frame(side.inner_margin(Margin { left: 12, right: 4, top: 10, bottom: 0 }))
            .show(ui, |ui| {
                facets::facets_ui(ui, view, &mut after);
            });
    }
    if folds && view.memory.facets {
        if after != before {
            view.narrow(Location::Landscape(after));
        }
        return;
    }
    let facet_edge = ui.available_rect_before_wrap();
    ui.painter().vline(facet_edge.left() - 0.5, facet_edge.y_range(), (1.0, theme.color.line));
    let panel = inspector(ui.available_size(), if wide { theme.size.inspector } else { 300.0 });
    // The matrices select no tool and want the width.
    let inspects = matches!(after.view, LandscapeView::Board | LandscapeView::Table) && view.memory.inspector;
    if let Some(panel) = panel.filter(|_| inspects && (wide || after.selected.is_some())) {
        panel.frame(Frame::new().fill(theme.color.panel).inner_margin(Margin::same(16))).show(ui, |ui| {
            inspector::inspector_ui(ui, view, &mut after);
        });
        inspector_edge(ui);
    }
    tabs::tabs_ui(ui, view, &mut after, folds);
    match after.view {
        LandscapeView::Board => board::board_ui(ui, view, &mut after),
        LandscapeView::Table => table::table_ui(ui, view, &mut after),
        // Both draw a grid, which remembers where it was scrolled to.
        LandscapeView::Lifecycle => {
            ui.push_id("lifecycle", |ui| lifecycle::lifecycle_ui(ui, view, &mut after));
        }
        LandscapeView::Portfolio => {
            ui.push_id("portfolio", |ui| portfolio::portfolio_ui(ui, view, &mut after));
        }
    }
    if after != before {
        // A new filter starts with what fits best; a chosen order stays while only the selection moves.
        view.narrow(Location::Landscape(after));
    }
}

/// The tools of a stage that are worth showing first: those with claims, then the core ones.
pub fn prominent_at(catalog: &Catalog, stage: Stage) -> impl Iterator<Item = &Tool> {
    let at = move |tool: &&Tool| tool.stages.first() == Some(&stage);
    let judged = catalog.tools().iter().filter(at).filter(|tool| !tool.claims.is_empty());
    let core = |tool: &&Tool| tool.claims.is_empty() && tool.tier == Some(1);
    judged.chain(catalog.tools().iter().filter(at).filter(core))
}

/// `table` without any filter.
fn cleared(table: &LandscapeLocation) -> LandscapeLocation {
    LandscapeLocation { query: Default::default(), ..table.clone() }
}
