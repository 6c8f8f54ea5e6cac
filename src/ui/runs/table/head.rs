//! The head of the table of runs: sorting, widths, and the menu of a column.

use egui::accesskit::Role;
use egui::{Align2, CursorIcon, Rect, Sense, Ui, WidgetInfo, pos2, vec2};

use super::{GLIMPSE, NAME_WORD, Shape, TICK, is_figure, menu};
use crate::address::{SortKey, StoreLocation};
use crate::runs::{Field, TableColumn};
use crate::ui::icons;
use crate::ui::theme::Theme;
use crate::ui::widgets::{Ink, paint_text};

/// Half the width of what takes hold of a column's edge.
const HOLD: f32 = 4.0;

/// What a column is called.
pub(super) fn title(column: &TableColumn) -> &str {
    match &column.field {
        Field::Id => "Id",
        Field::Name => "Run",
        Field::Experiment => "Experiment",
        Field::Status => "State",
        Field::StartTime => "Started",
        Field::EndTime => "Ended",
        Field::Duration => "Duration",
        Field::Parent => "Parent",
        Field::ArtifactUri => "Artifacts",
        Field::Dataset => "Datasets",
        Field::UserId => "User",
        Field::Metric(name) | Field::Param(name) | Field::Tag(name) => name,
    }
}

/// A head and where it stands.
struct Head<'a> {
    word: &'a str,
    title: &'a str,
    cell: Rect,
    /// Whether its cells stand at the right.
    is_figure: bool,
}

pub(super) fn head_ui(ui: &mut Ui, store: &mut StoreLocation, shape: &Shape<'_>) {
    let theme = Theme::of(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), theme.size.row), Sense::hover());
    ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, (1.0, theme.color.line));
    let name = egui::Rangef::new(shape.name.min + TICK, shape.name.max);
    let cell = Rect::from_x_y_ranges(name, rect.y_range());
    one_ui(ui, store, &Head { word: NAME_WORD, title: "Run", cell, is_figure: false }, None, shape);
    for seen in &shape.seen {
        let cell = Rect::from_min_size(pos2(seen.left, rect.top()), vec2(seen.width, rect.height()));
        if shape.clip.right() - cell.left() < GLIMPSE || cell.right() - shape.name.max < GLIMPSE {
            continue;
        }
        let column = seen.column;
        let head = Head { word: &column.word, title: title(column), cell, is_figure: is_figure(column) };
        one_ui(ui, store, &head, Some(column), shape);
    }
}

fn one_ui(
    ui: &Ui,
    store: &mut StoreLocation,
    head: &Head<'_>,
    column: Option<&TableColumn>,
    shape: &Shape<'_>,
) {
    let theme = Theme::of(ui);
    let Head { word, title, cell, .. } = *head;
    let from = if column.is_some() { shape.name.max } else { shape.name.min };
    let seen = Rect::from_min_max(pos2(cell.left().max(from), cell.top()), cell.max);
    let response = ui.interact(seen, ui.scope_id().with(("head", word)), Sense::click());
    let name = format!("Sort by {title}");
    response.widget_info(move || WidgetInfo::labeled(Role::ColumnHeader, true, name.clone()));
    let sorted = store.order.iter().position(|order| order.key == word);
    let is_lit = sorted.is_some() || response.hovered() || response.has_focus();
    let color = if is_lit { theme.color.text } else { theme.color.text_3 };
    let ink = Ink::new(egui::FontId::new(theme.text.small, theme.medium().family), color);
    let arrow = match sorted.map(|at| store.order[at].descending) {
        None => "",
        Some(true) => icons::CARET_DOWN,
        Some(false) => icons::CARET_UP,
    };
    // At the edge of the table a title ends there, with the sign that it goes on.
    let right = head.is_figure && cell.right() <= shape.clip.right() && cell.left() >= from;
    let (at, anchor) = if right {
        (cell.right_center() - vec2(8.0, 0.0), Align2::RIGHT_CENTER)
    } else {
        (seen.left_center(), Align2::LEFT_CENTER)
    };
    let room = seen.right().min(shape.clip.right()) - seen.left();
    let room = room - if arrow.is_empty() { 10.0 } else { 24.0 };
    let (drawn, cut) = paint_text(ui.painter(), at, anchor, title, &ink, room);
    let beside =
        if right { drawn.left_center() - vec2(14.0, 0.0) } else { drawn.right_center() + vec2(3.0, 0.0) };
    paint_text(ui.painter(), beside, Align2::LEFT_CENTER, arrow, &ink, 16.0);
    if let (Some(at), true) = (sorted, store.order.len() > 1) {
        let small = Ink::new(theme.figures(9.0), color);
        let at_place = beside + vec2(if right { -7.0 } else { 12.0 }, -3.0);
        paint_text(ui.painter(), at_place, Align2::LEFT_CENTER, &(at + 1).to_string(), &small, 12.0);
    }
    edge_ui(ui, store, head, shape);
    menu::menu_ui(store, word, title, &response);
    let response = if cut { response.on_hover_text(title) } else { response };
    if response.on_hover_cursor(CursorIcon::PointingHand).clicked() {
        let adds = ui.input(|input| input.modifiers.shift);
        sort(store, word, adds);
    }
}

/// Takes hold of a column's right edge; a double press gives it its own width again.
fn edge_ui(ui: &Ui, store: &mut StoreLocation, head: &Head<'_>, shape: &Shape<'_>) {
    let at = head.cell.right();
    if at > shape.clip.right() {
        return;
    }
    let hold =
        Rect::from_min_max(pos2(at - HOLD, head.cell.top() + 4.0), pos2(at + HOLD, head.cell.bottom() - 4.0));
    let response = ui.interact(hold, ui.scope_id().with(("edge", head.word)), Sense::click_and_drag());
    if response.hovered() || response.dragged() {
        ui.painter().vline(at - 0.5, hold.y_range(), (1.0, Theme::of(ui).color.line_strong));
    }
    if response.double_clicked() {
        store.columns.set_width(head.word, None);
    } else if let Some(pointer) = response.interact_pointer_pos().filter(|_| response.dragged()) {
        let width = (pointer.x - head.cell.left()).round().max(0.0);
        store.columns.set_width(head.word, Some(width as u16));
    }
    response.on_hover_cursor(CursorIcon::ResizeHorizontal);
}

/// Three presses walk up, down, off; `adds` keeps the keys before.
fn sort(store: &mut StoreLocation, word: &str, adds: bool) {
    let now = store.order.iter().position(|order| order.key == word);
    let next = match now.map(|at| store.order[at].descending) {
        None => Some(false),
        Some(false) => Some(true),
        Some(true) => None,
    };
    if !adds {
        store.order.retain(|order| order.key == word);
    }
    let now = store.order.iter().position(|order| order.key == word);
    match (now, next) {
        (Some(at), Some(descending)) => store.order[at].descending = descending,
        (Some(at), None) => drop(store.order.remove(at)),
        (None, Some(descending)) => store.order.push(SortKey { key: word.to_owned(), descending }),
        (None, None) => {}
    }
}
