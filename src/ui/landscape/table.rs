//! The tool table: columns that are chosen, moved, pinned and resized, groups that fold, ticks. Only the lines and the
//! columns in sight are drawn.

mod cells;
mod head;
mod keys;
mod menu;
mod places;
mod rows;
mod ticks;
mod tools;

use egui::{Id, Rect, ScrollArea, Sense, Ui, Vec2, pos2, vec2};

use crate::action::Action;
use crate::address::{LandscapeLocation, Location, ToolColumns};
use crate::catalog::{Column, Stage, ToolId};
use crate::state::landscape::Line;
use crate::ui::theme::Theme;
use crate::ui::widgets::empty_state;
use crate::ui::{View, icons};
use places::Places;
use rows::{Done, Strip};

pub(super) use tools::tools_ui;

/// What the table remembers of a window, and may lose.
#[derive(Clone, Debug, Default)]
pub struct TableMemory {
    /// The line that the keyboard is on.
    at: Option<usize>,
    /// The selected tool, as it was drawn last.
    known: Option<ToolId>,
    /// The line that was ticked last: a range begins there.
    anchor: Option<ToolId>,
    /// The widget of that line, while it has the keyboard.
    focused: Option<Id>,
    /// Whether a head has the keyboard.
    head_focused: bool,
    /// How far the lines are scrolled.
    scroll: Vec2,
    /// How far the keyboard asks to scroll sideways.
    sideways: f32,
    /// How many lines are in sight.
    page: usize,
    /// Widths that somebody is about to choose: that of the dragged edge last, before it those of the columns at its
    /// left, so that the edge stays under the pointer.
    resizing: Vec<(Column, f32)>,
    /// A head that is being dragged.
    moving: Option<Column>,
    /// What was typed to find a column.
    search: String,
}

/// Chooses columns: here, and wherever a table is shown without a word on its columns.
fn choose(view: &mut View<'_>, table: &mut LandscapeLocation, columns: ToolColumns) {
    if columns == table.shown_columns() {
        return;
    }
    table.set_columns(columns);
    let mut settings = view.state.settings.clone();
    settings.table_columns = table.columns.as_ref().map(ToString::to_string).unwrap_or_default();
    view.actions.push(Action::Settings(settings));
}

/// Draws the table.
pub(super) fn table_ui(ui: &mut Ui, view: &mut View<'_>, table: &mut LandscapeLocation) {
    ticks::bar_ui(ui, view, table);
    let theme = Theme::of(ui);
    let height = theme.size.row;
    ui.spacing_mut().item_spacing.y = 0.0;
    let moved = keys::keys_ui(ui, view, table);
    let reveal = moved.or_else(|| keys::arrived(view, table));
    let room = ui.available_width();
    let (head, _) = ui.allocate_exact_size(vec2(room, height), Sense::hover());
    let room = room - ui.spacing().scroll.allocated_width();
    let places = Places::new(&view.here().tools.table.columns, room, &view.memory.table.resizing);
    if view.here().tools.rows.is_empty() {
        head::head_ui(ui, view, table, &places, (head, 0.0));
        empty_ui(ui, table);
        return;
    }
    let lines = view.here().tools.table.lines.len();
    let sight = ui.available_rect_before_wrap();
    let memory = &mut view.memory.table;
    memory.page = (sight.height() / height) as usize;
    let mut area = ScrollArea::both().auto_shrink(false).id_salt("tools");
    let sideways = std::mem::take(&mut memory.sideways);
    if reveal.is_some() || sideways != 0.0 {
        let most = vec2((places.total - room).max(0.0), f32::INFINITY);
        let mut scroll = (memory.scroll + vec2(sideways, 0.0)).clamp(Vec2::ZERO, most);
        if let Some(at) = reveal {
            let top = at as f32 * height;
            let bar = if places.total > room { ui.spacing().scroll.allocated_width() } else { 0.0 };
            let least = (top + height - sight.height() + bar).max(0.0);
            // Where nobody walked, what is around it is worth seeing as well.
            let middle = (top - sight.height() / 2.0).max(0.0);
            let is_seen = (least..=top).contains(&scroll.y);
            scroll.y = if moved.is_none() && !is_seen { middle } else { scroll.y.max(least).min(top) };
        }
        area = area.scroll_offset(scroll);
    }
    let output = area.show_viewport(ui, |ui, seen| {
        ui.set_min_size(vec2(places.total, lines as f32 * height));
        let left_top = ui.min_rect().min;
        let first = (seen.top() / height).max(0.0) as usize;
        let last = ((seen.bottom() / height).ceil().max(0.0) as usize).min(lines);
        for at in first..last {
            let top = left_top.y + at as f32 * height;
            let rect = Rect::from_min_size(pos2(left_top.x + seen.left(), top), vec2(seen.width(), height));
            line_ui(ui, view, table, &places, (at, at == first), (rect, seen.left(), moved == Some(at)));
        }
    });
    let scroll = output.state.clamped_offset();
    view.memory.table.scroll = scroll;
    if view.memory.table.known != table.selected {
        view.memory.table.known.clone_from(&table.selected);
    }
    if scroll.x > 0.5 {
        let x = head.left() + places.pinned - 6.0;
        let reach = head.top()..=output.inner_rect.bottom();
        ui.painter().vline(x, reach, (1.0, theme.color.line_strong));
    }
    head::head_ui(ui, view, table, &places, (head, scroll.x));
}

fn line_ui(
    ui: &mut Ui,
    view: &mut View<'_>,
    table: &mut LandscapeLocation,
    places: &Places,
    (at, is_first): (usize, bool),
    (rect, scroll, takes_focus): (Rect, f32, bool),
) {
    let tools = &view.here().tools;
    let Some(line) = tools.table.lines.get(at).copied() else { return };
    let is_here = view.memory.table.at.map_or(is_first, |here| here == at) || takes_focus;
    let id = ui.scope_id().with(("line", at));
    let strip = Strip { id, rect, scroll, is_here, takes_focus };
    let done: Done = match line {
        Line::Tool(row) => {
            let Some(tool) = view.state.catalog.tools().get(row) else { return };
            let is_marked = view.state.is_of_workspace(tool);
            rows::tool_row_ui(ui, &strip, tools, (row, tool, is_marked), places, table)
        }
        Line::Group(group) => {
            let Some(group) = tools.table.groups.get(group) else { return };
            let all = view.state.catalog.tools();
            let is_ticked =
                !table.ticked.is_empty() && group.rows.iter().all(|row| table.ticked.contains(&all[*row].id));
            rows::group_row_ui(ui, &strip, (group, is_ticked), places.total)
        }
    };
    if done.response.has_focus() {
        view.memory.table.focused = Some(id);
    }
    if done.ticked {
        let range = ui.input(|input| input.modifiers.shift);
        keys::tick(view, table, at, range);
        return;
    }
    if done.response.double_clicked()
        && let Line::Tool(row) = line
    {
        view.go(Location::Tool(view.state.catalog.tools()[row].id.clone()));
    } else if done.response.clicked() {
        keys::go_to(view, table, at);
        if let Line::Group(group) = line {
            table.folds.toggle(&tools.table.groups[group].title);
        }
    }
}

fn empty_ui(ui: &mut Ui, table: &mut LandscapeLocation) {
    let text = "No tool has all of this. Take a filter away, or search for fewer words.";
    let action = Some((icons::X, "Clear the filter"));
    if empty_state(ui, icons::MAGNIFYING_GLASS, "Nothing found", text, action) {
        *table = super::cleared(table);
    }
}

/// The lifecycle stages of a tool as words.
pub(super) fn stage_words(stages: &[Stage]) -> String {
    if stages.is_empty() {
        return "unknown".to_owned();
    }
    stages.iter().map(|stage| stage.title()).collect::<Vec<_>>().join(" · ")
}
