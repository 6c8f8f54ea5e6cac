//! The tabs of the views over the filtered tools, with the count and what is filtered.

use egui::{RichText, Ui};

use crate::address::{LandscapeView, Location, TableLocation};
use crate::ui::theme::Theme;
use crate::ui::widgets::{Kind, button, chip, icon_button, tab, tool_bar};
use crate::ui::{View, icons};

fn icon(view: LandscapeView) -> &'static str {
    match view {
        LandscapeView::Board => icons::SQUARES_FOUR,
        LandscapeView::Table => icons::TABLE,
        LandscapeView::Lifecycle => icons::GRID_NINE,
        LandscapeView::Portfolio => icons::CHART_BAR,
    }
}

/// A tab keeps the filter: the same tools are seen another way.
pub(super) fn tabs_ui(ui: &mut Ui, view: &mut View<'_>, table: &mut TableLocation, folds: bool) {
    tool_bar(ui, |ui| {
        if folds && icon_button(ui, icons::FUNNEL, "Show the filters", false).clicked() {
            view.memory.facets = true;
        }
        for each in LandscapeView::ALL {
            if tab(ui, icon(each), each.title(), table.view == each).clicked() {
                table.view = each;
            }
        }
        ui.add_space(8.0);
        count_and_chips(ui, view, table);
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if ui.available_width() > 170.0
                && button(ui, icons::GAUGE, super::COVERAGE, Kind::Quiet).clicked()
            {
                view.go(Location::Coverage);
            }
        });
    });
}

fn count_and_chips(ui: &mut Ui, view: &View<'_>, table: &mut TableLocation) {
    let theme = Theme::of(ui);
    let (shown, all) = (view.here().tools.rows.len(), view.state.catalog.tools().len());
    let count = if shown == all { format!("{all} tools") } else { format!("{shown} of {all} tools") };
    ui.label(RichText::new(count).font(theme.strong(theme.text.body)));
    ui.add_space(4.0);
    let query = &mut table.query;
    if !query.text.is_empty() && chip(ui, None, &format!("“{}”", query.text), true).clicked() {
        query.text.clear();
    }
    if !query.stages.is_empty() {
        let names: Vec<_> = query.stages.iter().map(|stage| stage.title()).collect();
        if chip(ui, None, &names.join(", "), true).clicked() {
            query.stages.clear();
        }
    }
    if !query.licenses.is_empty() {
        let names: Vec<_> = query.licenses.iter().map(|class| class.title()).collect();
        if chip(ui, None, &names.join(", "), true).clicked() {
            query.licenses.clear();
        }
    }
    if !query.foundations.is_empty() {
        let names: Vec<_> = query.foundations.iter().map(String::as_str).collect();
        if chip(ui, None, &names.join(", "), true).clicked() {
            query.foundations.clear();
        }
    }
}
