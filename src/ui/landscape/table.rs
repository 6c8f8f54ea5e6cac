//! The table itself: only the rows in sight are drawn.

use egui::accesskit::Role;
use egui::{Align2, Key, Modifiers, Rect, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use super::tool::category_text;
use crate::address::{Location, TableLocation, ToolColumn};
use crate::catalog::query::Marks;
use crate::catalog::{Polarity, Stage, Tool};
use crate::ui::theme::Theme;
use crate::ui::widgets::{
    Ink, empty_state, license_mark, lifecycle_strip, marked_text, monogram, paint_text,
};
use crate::ui::{View, icons};

/// A column: its head, its share of the width that is left, and its least width.
struct Column {
    sort: ToolColumn,
    title: &'static str,
    share: f32,
    least: f32,
    right: bool,
}

const COLUMNS: [Column; 6] = [
    Column { sort: ToolColumn::Name, title: "Tool", share: 0.30, least: 170.0, right: false },
    Column { sort: ToolColumn::Stage, title: "Stages", share: 0.0, least: 124.0, right: false },
    Column { sort: ToolColumn::Category, title: "Category", share: 0.30, least: 120.0, right: false },
    Column { sort: ToolColumn::License, title: "Licence", share: 0.10, least: 90.0, right: false },
    Column { sort: ToolColumn::Foundation, title: "Foundation", share: 0.30, least: 110.0, right: false },
    Column { sort: ToolColumn::Claims, title: "Claims", share: 0.0, least: 84.0, right: true },
];

pub(super) fn table_ui(ui: &mut Ui, view: &mut View<'_>, table: &mut TableLocation) {
    let least = COLUMNS.iter().map(|column| column.least).sum::<f32>() + 24.0;
    if ui.available_width() >= least {
        rows_ui(ui, view, table);
        return;
    }
    ScrollArea::horizontal().auto_shrink(false).id_salt("tools sideways").show(ui, |ui| {
        ui.set_min_width(least);
        rows_ui(ui, view, table);
    });
}

fn rows_ui(ui: &mut Ui, view: &mut View<'_>, table: &mut TableLocation) {
    let widths = widths(ui.available_width() - 24.0);
    head(ui, table, &widths);
    let tools = &view.here().tools;
    let (rows, marks) = (&tools.rows, &tools.marks);
    if rows.is_empty() {
        let text = "No tool has all of this. Take a filter away, or search for fewer words.";
        if empty_state(
            ui,
            icons::MAGNIFYING_GLASS,
            "Nothing found",
            text,
            Some((icons::X, "Clear the filter")),
        ) {
            *table = super::cleared(table);
        }
        return;
    }
    let moved = keys(ui, view, table);
    let theme = Theme::of(ui);
    let height = theme.size.row;
    let mut scroll = ScrollArea::vertical().auto_shrink(false).id_salt("tools");
    if moved && let Some(row) = selected_row(view, table) {
        let sight = ui.available_height();
        scroll = scroll.vertical_scroll_offset((row as f32 * height - sight / 2.0).max(0.0));
    }
    ui.spacing_mut().item_spacing.y = 0.0;
    let mut open = None;
    scroll.show_rows(ui, height, rows.len(), |ui, range| {
        for row in range {
            let tool = &view.state.catalog.tools()[rows[row]];
            let on = table.selected.as_ref() == Some(&tool.id);
            let response = row_ui(ui, tool, marks, &widths, on);
            if response.double_clicked() {
                open = Some(tool.id.clone());
            } else if response.clicked() {
                table.selected = Some(tool.id.clone());
            }
        }
    });
    if let Some(id) = open {
        view.go(Location::Tool(id));
    }
}

fn widths(room: f32) -> Vec<f32> {
    let least: f32 = COLUMNS.iter().map(|column| column.least).sum();
    let left = (room - least).max(0.0);
    COLUMNS.iter().map(|column| column.least + left * column.share).collect()
}

fn head(ui: &mut Ui, table: &mut TableLocation, widths: &[f32]) {
    let theme = Theme::of(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), theme.size.row), Sense::hover());
    ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, (1.0, theme.color.line));
    let mut left = rect.left() + 12.0;
    for (column, width) in COLUMNS.iter().zip(widths) {
        let cell = Rect::from_min_size(pos2(left, rect.top()), vec2(*width, rect.height()));
        let response = ui.interact(cell, ui.scope_id().with(column.title), Sense::click());
        let title = column.title;
        response
            .widget_info(move || WidgetInfo::labeled(Role::ColumnHeader, true, format!("Sort by {title}")));
        let sorted = table.column == column.sort;
        let color = if sorted || response.hovered() { theme.color.text } else { theme.color.text_3 };
        let arrow = match (sorted, table.descending) {
            (false, _) => "",
            (true, false) => icons::CARET_UP,
            (true, true) => icons::CARET_DOWN,
        };
        let ink = Ink::new(egui::FontId::new(theme.text.small, theme.medium().family), color);
        let text = format!("{title} {arrow}");
        let (at, anchor) = if column.right {
            (cell.right_center() - vec2(8.0, 0.0), Align2::RIGHT_CENTER)
        } else {
            (cell.left_center(), Align2::LEFT_CENTER)
        };
        paint_text(ui.painter(), at, anchor, text.trim_end(), &ink, width - 6.0);
        if response.on_hover_cursor(egui::CursorIcon::PointingHand).clicked() {
            table.descending = sorted && !table.descending;
            table.column = column.sort;
        }
        left += width;
    }
}

fn row_ui(ui: &mut Ui, tool: &Tool, marks: &Marks, widths: &[f32], on: bool) -> egui::Response {
    let theme = Theme::of(ui);
    let c = &theme.color;
    let size = vec2(ui.available_width(), theme.size.row);
    let (rect, mut response) = ui.allocate_exact_size(size, Sense::click());
    let name = tool.name.clone();
    response.widget_info(move || WidgetInfo::selected(Role::Row, true, on, name.clone()));
    if on || response.hovered() || response.has_focus() {
        ui.painter().rect_filled(rect, 0.0, if on { c.selected } else { c.raised });
    }
    ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, (1.0, c.line));
    let middle = rect.center().y;
    let mut left = rect.left() + 12.0;
    let mut cells = widths.iter().map(|width| {
        let cell = Rect::from_min_size(pos2(left, rect.top()), vec2(*width - 10.0, rect.height()));
        left += width;
        cell
    });
    let mut next = || cells.next().unwrap_or(rect);
    let body = Ink::new(theme.body(), c.text);
    let quiet = Ink::new(theme.body(), c.text_2);
    let cell = next();
    let tile = Rect::from_center_size(pos2(cell.left() + 10.0, middle), vec2(20.0, 20.0));
    monogram(ui, tile, &tool.name, tool.stages.first().copied());
    let at = pos2(cell.left() + 28.0, middle);
    let name = marks.in_name(&tool.name);
    let mut cut = marked_text(ui, at, &tool.name, &name, &body, cell.width() - 28.0).1;
    let cell = next();
    let strip = Rect::from_min_size(pos2(cell.left(), middle - 6.0), vec2(106.0, 12.0));
    lifecycle_strip(ui, strip, &tool.stages, 2.0);
    let cell = next();
    let at = pos2(cell.left(), middle);
    let category = category_text(tool);
    cut |= marked_text(ui, at, category, &marks.in_text(category), &quiet, cell.width()).1;
    let cell = next();
    license_mark(ui, pos2(cell.left() + 5.0, middle), tool.license.class);
    let at = pos2(cell.left() + 15.0, middle);
    // The mark says the class; the words the licence itself, where it was read.
    let license = tool.license.spdx.as_deref().unwrap_or_else(|| tool.license.class.title());
    paint_text(ui.painter(), at, Align2::LEFT_CENTER, license, &quiet, cell.width() - 15.0);
    let cell = next();
    let foundation = super::inspector::foundation_text(tool);
    let at = pos2(cell.left(), middle);
    cut |= paint_text(ui.painter(), at, Align2::LEFT_CENTER, &foundation, &quiet, cell.width()).1;
    claim_counts(ui, next(), tool);
    if cut {
        response = response.on_hover_text(format!("{}\n{}\n{foundation}", tool.name, category_text(tool)));
    }
    response
}

fn claim_counts(ui: &Ui, cell: Rect, tool: &Tool) {
    let theme = Theme::of(ui);
    let c = &theme.color;
    let count = |polarities: &[Polarity]| {
        tool.claims.iter().filter(|claim| polarities.contains(&claim.polarity)).count()
    };
    let (pros, cons) = (count(&[Polarity::Pro]), count(&[Polarity::Con, Polarity::Caveat]));
    let right = cell.right();
    let middle = cell.center().y;
    if pros + cons == 0 {
        let ink = Ink::new(theme.mono(), c.text_3);
        paint_text(ui.painter(), pos2(right, middle), Align2::RIGHT_CENTER, "–", &ink, 20.0);
        return;
    }
    let ink = Ink::new(theme.mono(), c.error);
    paint_text(ui.painter(), pos2(right, middle), Align2::RIGHT_CENTER, &format!("−{cons}"), &ink, 40.0);
    let ink = Ink::new(theme.mono(), c.ok);
    let at = pos2(right - 28.0, middle);
    paint_text(ui.painter(), at, Align2::RIGHT_CENTER, &format!("+{pros}"), &ink, 40.0);
}

fn selected_row(view: &View<'_>, table: &TableLocation) -> Option<usize> {
    let id = table.selected.as_ref()?;
    let tools = view.state.catalog.tools();
    view.here().tools.rows.iter().position(|row| tools[*row].id == *id)
}

/// Up, down and Enter walk the table while no field has the keyboard. True when the selection moved.
fn keys(ui: &Ui, view: &mut View<'_>, table: &mut TableLocation) -> bool {
    if ui.ctx().text_edit_focused() || view.memory.overlay != Default::default() {
        return false;
    }
    let step = ui.input_mut(|input| {
        let down = input.consume_key(Modifiers::NONE, Key::ArrowDown);
        let up = input.consume_key(Modifiers::NONE, Key::ArrowUp);
        i64::from(down) - i64::from(up)
    });
    let at = selected_row(view, table);
    if step == 0 {
        let enter = ui.input(|input| input.key_pressed(Key::Enter));
        let free = ui.ctx().memory(|memory| memory.focused().is_none());
        if let (true, true, Some(id)) = (enter, free, table.selected.clone()) {
            view.go(Location::Tool(id));
        }
        return false;
    }
    let rows = &view.here().tools.rows;
    let last = rows.len() as i64 - 1;
    let next = at.map_or(0, |row| (row as i64 + step).clamp(0, last)) as usize;
    table.selected = rows.get(next).map(|row| view.state.catalog.tools()[*row].id.clone());
    true
}

/// The lifecycle stages of a tool as words.
pub(super) fn stage_words(stages: &[Stage]) -> String {
    if stages.is_empty() {
        return "unknown".to_owned();
    }
    stages.iter().map(|stage| stage.title()).collect::<Vec<_>>().join(" · ")
}
