//! The tabs of the views over the filtered tools, with their count and the chips of the filter.

use egui::Ui;

use crate::address::{LandscapeLocation, LandscapeView, Location};
use crate::shown::grouped;
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
pub(super) fn tabs_ui(ui: &mut Ui, view: &mut View<'_>, table: &mut LandscapeLocation, folds: bool) {
    tool_bar(ui, |ui| {
        if folds && icon_button(ui, icons::FUNNEL, "Show the filters", false).clicked() {
            view.memory.facets = true;
        }
        // What a table can do besides stands in the same bar, and needs room too.
        let of_table = if table.view == LandscapeView::Table { 112.0 } else { 0.0 };
        let has_words = ui.available_width() - of_table > 528.0;
        let one = |ui: &mut Ui, icon: &str, title: &str, is_on: bool| {
            let tab =
                if has_words { tab(ui, icon, title, is_on) } else { icon_button(ui, icon, title, is_on) };
            tab.clicked()
        };
        for each in LandscapeView::ALL {
            if one(ui, icon(each), each.title(), table.view == each) {
                table.view = each;
            }
        }
        // It has its own address: what is around a tool does not follow the filter.
        if one(ui, icons::GRAPH, "Relations", false) {
            view.go(super::graph_from(view));
        }
        ui.add_space(8.0);
        // What can be pressed comes first: the count gives way.
        count(ui, view, ui.available_width() - of_table - 40.0);
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if table.view == LandscapeView::Table {
                super::table::tools_ui(ui, view, table);
            }
            let pressed = match ui.available_width() {
                170.0.. => button(ui, icons::GAUGE, super::COVERAGE, Kind::Quiet).clicked(),
                32.0.. => icon_button(ui, icons::GAUGE, super::COVERAGE, false).clicked(),
                _ => false,
            };
            if pressed {
                view.go(Location::Coverage);
            }
        });
    });
    super::chips::chips_ui(ui, table);
}

fn count(ui: &mut Ui, view: &View<'_>, room: f32) {
    let theme = Theme::of(ui);
    let (shown, all) = (view.here().tools.rows.len(), view.state.catalog.tools().len());
    let is_all = shown == all;
    let (shown, all) = (grouped(shown), grouped(all));
    let count = if is_all { format!("{all} tools") } else { format!("{shown} of {all} tools") };
    let count = ui.painter().layout_no_wrap(count, theme.strong(theme.text.body), theme.color.text);
    if count.size().x <= room {
        ui.label(count);
    }
}
