//! The heads of the columns: pressed to sort, with Shift to sort by one more; dragged to move; their edges dragged to
//! resize, or pressed twice to fit.

use egui::accesskit::Role;
use egui::{
    Align2, CursorIcon, Key, Modifiers, Rect, Response, Sense, StrokeKind, Ui, WidgetInfo, pos2, vec2,
};

use super::cells::{FIGURES_GAP, GAP, MARK_INDENT, NAME_INDENT};
use super::menu::menu_ui;
use super::places::{Place, Places, TICK, within};
use super::{TableMemory, choose};
use crate::address::LandscapeLocation;
use crate::catalog::{Column, SortBy};
use crate::ui::theme::Theme;
use crate::ui::widgets::{Ink, check, paint_text};
use crate::ui::{View, icons};

/// From the middle of an edge's handle to the end of its column.
const EDGE: f32 = 3.0;

/// Draws the heads over the lines, which are scrolled sideways by `scroll`.
pub(super) fn head_ui(
    ui: &mut Ui,
    view: &mut View<'_>,
    table: &mut LandscapeLocation,
    places: &Places,
    (rect, scroll): (Rect, f32),
) {
    let theme = Theme::of(ui);
    ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, (1.0, theme.color.line));
    tick_all_ui(ui, view, table, rect);
    view.memory.table.head_focused = false;
    let scrolled = places.scrolled(rect);
    within(ui, scrolled, |ui| {
        for place in places.all.iter().filter(|place| !place.is_pinned) {
            one_ui(ui, view, table, places, (place, place.cell(rect, scroll)));
        }
    });
    for place in places.all.iter().filter(|place| place.is_pinned) {
        one_ui(ui, view, table, places, (place, place.cell(rect, scroll)));
    }
    if let Some(moving) = view.memory.table.moving {
        drop_ui(ui, view, table, places, (rect, scroll), moving);
    }
}

/// The check box above those of the rows: all that is filtered, or none.
fn tick_all_ui(ui: &mut Ui, view: &View<'_>, table: &mut LandscapeLocation, rect: Rect) {
    let square = Rect::from_min_size(rect.min, vec2(TICK, rect.height()));
    let all = super::ticks::all_are_ticked(view, table);
    let id = ui.scope_id().with("tick all");
    if check(ui, square, id, all, Theme::of(ui).color.accent, "Tick all tools of the table") {
        super::ticks::tick_all(view, table);
    }
}

fn one_ui(
    ui: &Ui,
    view: &mut View<'_>,
    table: &mut LandscapeLocation,
    places: &Places,
    (place, cell): (&Place, Rect),
) {
    let sight = cell.intersect(ui.clip_rect());
    if !sight.is_positive() {
        return;
    }
    let column = place.column;
    let id = ui.scope_id().with(("head", column));
    let response = ui.interact(sight, id, Sense::click_and_drag());
    let (title, sorted) = (column.title(), table.sorted_by(column));
    let many = table.sort.len() > 1;
    response.widget_info(move || {
        let order = match sorted {
            None => String::new(),
            Some((at, descending)) => {
                let way = if descending { "descending" } else { "ascending" };
                if many { format!(", {way}, {}", at + 1) } else { format!(", {way}") }
            }
        };
        WidgetInfo::labeled(Role::ColumnHeader, true, format!("Sort by {title}{order}"))
    });
    paint(ui, view, (place, cell), &response, sorted, many);
    view.memory.table.head_focused |= response.has_focus();
    if response.clicked() {
        let adds = ui.input(|input| input.modifiers.shift);
        sort_by(table, column, adds);
    }
    if response.drag_started() {
        view.memory.table.moving = Some(column);
    }
    let asked = response.has_focus() && ui.input_mut(wants_menu);
    menu_ui(ui, view, table, (place, &response), asked);
    edge_ui(ui, view, table, places, (place, cell));
    let response = response.on_hover_cursor(CursorIcon::PointingHand);
    if !response.dragged() {
        response.on_hover_text(
            "Press to sort, with Shift to sort by one more; drag to move; right-click for more",
        );
    }
}

/// The keys that ask for a menu: the menu key, Shift+F10, Alt+Down.
fn wants_menu(input: &mut egui::InputState) -> bool {
    input.consume_key(Modifiers::NONE, Key::Menu)
        || input.consume_key(Modifiers::SHIFT, Key::F10)
        || input.consume_key(Modifiers::ALT, Key::ArrowDown)
}

fn paint(
    ui: &Ui,
    view: &View<'_>,
    (place, cell): (&Place, Rect),
    response: &Response,
    sorted: Option<(usize, bool)>,
    many: bool,
) {
    let theme = Theme::of(ui);
    let c = &theme.color;
    let is_moving = view.memory.table.moving == Some(place.column);
    if is_moving {
        ui.painter().rect_filled(cell, 0.0, c.raised);
    }
    let color = if sorted.is_some() || response.hovered() { c.text } else { c.text_3 };
    let ink = Ink::new(egui::FontId::new(theme.text.small, theme.medium().family), color);
    let order = sorted.map(|(at, descending)| {
        let arrow = if descending { icons::CARET_DOWN } else { icons::CARET_UP };
        if many { format!("{arrow} {}", at + 1) } else { arrow.to_owned() }
    });
    let mark = order.as_ref().map_or(0.0, |order| if order.len() > 4 { 24.0 } else { 14.0 });
    let is_right = place.column.is_figure();
    let gap = if is_right { FIGURES_GAP } else { GAP };
    let room = cell.width() - gap - mark;
    let (at, anchor) = if is_right {
        (cell.right_center() - vec2(gap, 0.0), Align2::RIGHT_CENTER)
    } else {
        (cell.left_center(), Align2::LEFT_CENTER)
    };
    let (drawn, _) = paint_text(ui.painter(), at, anchor, place.column.title(), &ink, room);
    if let Some(order) = order {
        let at = if is_right {
            drawn.left_center() - vec2(mark, 0.0)
        } else {
            drawn.right_center() + vec2(3.0, 0.0)
        };
        paint_text(ui.painter(), at, Align2::LEFT_CENTER, &order, &ink, mark + 6.0);
    }
    if response.has_focus() {
        ui.painter().rect_stroke(cell.shrink(2.0), 4.0, (2.0, c.accent), StrokeKind::Inside);
    }
}

/// One press walks up, down, off; of figures the largest are wanted first. With `adds` the other columns stay.
pub(super) fn sort_by(table: &mut LandscapeLocation, column: Column, adds: bool) {
    let first = column.is_figure();
    let next = match table.sorted_by(column) {
        None => Some(first),
        Some((_, descending)) => (descending == first).then_some(!first),
    };
    let by = next.map(|descending| SortBy { column, descending });
    if !adds {
        table.sort = by.into_iter().collect();
        return;
    }
    match (table.sort.iter().position(|sorted| sorted.column == column), by) {
        (Some(at), Some(by)) => table.sort[at] = by,
        (Some(at), None) => {
            table.sort.remove(at);
        }
        (None, by) => table.sort.extend(by),
    }
}

/// The edge between a head and the next one.
fn edge_ui(
    ui: &Ui,
    view: &mut View<'_>,
    table: &mut LandscapeLocation,
    places: &Places,
    (place, cell): (&Place, Rect),
) {
    let column = place.column;
    let handle = Rect::from_center_size(cell.right_center() - vec2(EDGE, 0.0), vec2(9.0, cell.height()));
    let id = ui.scope_id().with(("edge", column));
    // The menu has this for the keyboard.
    let response = ui.interact(handle.intersect(ui.clip_rect()), id, Sense::CLICK | Sense::DRAG);
    let name = format!("Width of {}", column.title());
    response.widget_info(move || WidgetInfo::labeled(Role::Splitter, true, name.clone()));
    if response.dragged() {
        let resizing = &mut view.memory.table.resizing;
        if resizing.last().is_none_or(|(own, _)| *own != column) {
            let until = places.all.iter().position(|other| other.column == column).unwrap_or_default();
            *resizing = places.all[..=until].iter().map(|place| (place.column, place.width)).collect();
        }
        if let (Some((_, width)), Some(pointer)) = (resizing.last_mut(), response.interact_pointer_pos()) {
            *width = pointer.x - cell.left() + EDGE;
        }
    }
    if response.hovered() || response.dragged() {
        let at = pos2(cell.right() - EDGE, cell.center().y);
        ui.painter().vline(at.x, cell.shrink(6.0).y_range(), (2.0, Theme::of(ui).color.line_strong));
    }
    let chosen = if response.double_clicked() {
        vec![(column, fitting(ui, view, column))]
    } else if response.drag_stopped() {
        std::mem::take(&mut view.memory.table.resizing)
    } else {
        Vec::new()
    };
    if !chosen.is_empty() {
        let mut columns = table.shown_columns();
        for (column, width) in chosen {
            columns.set_width(column, Some(width.round() as u16));
        }
        choose(view, table, columns);
    }
    response.on_hover_cursor(CursorIcon::ResizeHorizontal);
}

/// The width that the head and all cells of a column need.
pub(super) fn fitting(ui: &Ui, view: &View<'_>, column: Column) -> f32 {
    let theme = Theme::of(ui);
    let tools = &view.here().tools;
    let font = if column.is_figure() { theme.mono() } else { theme.body() };
    let width = |text: &str, font: egui::FontId| {
        ui.painter().layout_no_wrap(text.to_owned(), font, Theme::of(ui).color.text).size().x
    };
    let indent = match column {
        Column::Name => NAME_INDENT,
        Column::License | Column::LicenseClass | Column::Status => MARK_INDENT,
        _ => 0.0,
    };
    let at = tools.table.columns.position(column).unwrap_or_default();
    let mut texts: Vec<&str> = tools.rows.iter().filter_map(|row| tools.table.cell(at, *row)).collect();
    // The widest text is among the longest.
    texts.sort_unstable_by_key(|text| std::cmp::Reverse(text.chars().count()));
    let widest = match column {
        Column::Stage => 106.0,
        Column::Claims => 64.0,
        _ => texts.iter().take(40).map(|text| width(text, font.clone())).fold(0.0, f32::max),
    };
    let head = width(column.title(), theme.medium()) + 24.0;
    (widest + indent).max(head) + if column.is_figure() { FIGURES_GAP } else { GAP } + 2.0
}

/// Where a dragged head would be dropped; and the drop.
fn drop_ui(
    ui: &Ui,
    view: &mut View<'_>,
    table: &mut LandscapeLocation,
    places: &Places,
    (rect, scroll): (Rect, f32),
    moving: Column,
) {
    let pointer = ui.input(|input| input.pointer.interact_pos());
    let is_down = ui.input(|input| input.pointer.any_down());
    let target = pointer.map(|at| places.drop_at(at.x - rect.left(), scroll));
    if let (true, Some(target)) = (is_down, target) {
        let edge = places.all.get(target).map(|place| place.cell(rect, scroll).left());
        let last = places.all.last().map(|place| place.cell(rect, scroll).right());
        if let Some(x) = edge.or(last) {
            let reach = egui::Rangef::new(rect.top(), ui.max_rect().bottom());
            ui.painter().vline(x - 6.0, reach, (2.0, Theme::of(ui).color.accent));
        }
        return;
    }
    let memory: &mut TableMemory = &mut view.memory.table;
    memory.moving = None;
    let mut columns = table.shown_columns();
    if let Some(target) = target {
        columns.move_before(moving, target);
        choose(view, table, columns);
    }
}
