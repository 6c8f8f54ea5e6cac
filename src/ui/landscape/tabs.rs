//! The tabs of the views over the filtered tools, with their count and the chips of the filter.

use egui::{RichText, Ui};

use crate::address::{LandscapeView, Location, TableLocation};
use crate::ui::theme::Theme;
use crate::ui::widgets::{Kind, button, icon_button, tab, tool_bar};
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
        count(ui, view);
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if ui.available_width() > 170.0
                && button(ui, icons::GAUGE, super::COVERAGE, Kind::Quiet).clicked()
            {
                view.go(Location::Coverage);
            }
        });
    });
    super::chips::chips_ui(ui, table);
}

fn count(ui: &mut Ui, view: &View<'_>) {
    let theme = Theme::of(ui);
    let (shown, all) = (view.here().tools.rows.len(), view.state.catalog.tools().len());
    let count = if shown == all { format!("{all} tools") } else { format!("{shown} of {all} tools") };
    ui.label(RichText::new(count).font(theme.strong(theme.text.body)));
}
