//! The keyboard in the table: the arrow keys walk its lines, fold and scroll; Enter opens, the space bar ticks.

use egui::{Event, FocusDirection, Key, Modifiers, Popup, Ui};

use crate::address::{LandscapeLocation, Location};
use crate::catalog::ToolId;
use crate::state::landscape::{Line, ToolRows};
use crate::ui::View;
use crate::ui::view_state::Overlay;

/// How far Left and Right scroll where nothing is grouped, in points.
const SIDEWAYS: f32 = 120.0;

/// The line that the keyboard is on: where it was last, as long as that is still the selected tool or a group; else
/// the line of the selected tool.
fn present(view: &View<'_>, table: &LandscapeLocation) -> Option<usize> {
    let lines = &view.here().tools.table.lines;
    let tools = view.state.catalog.tools();
    let is_selected = |row: usize| table.selected.as_ref() == Some(&tools[row].id);
    let before = view.memory.table.at.filter(|at| match lines.get(*at) {
        Some(Line::Group(_)) => true,
        Some(Line::Tool(row)) => is_selected(*row),
        None => false,
    });
    before.or_else(|| lines.iter().position(|line| matches!(line, Line::Tool(row) if is_selected(*row))))
}

/// The line of a tool that was selected elsewhere, by a link or by going back: it has to come into sight.
pub(super) fn arrived(view: &View<'_>, table: &LandscapeLocation) -> Option<usize> {
    let is_known = table.selected.is_none() || view.memory.table.known == table.selected;
    if is_known { None } else { present(view, table) }
}

/// Puts the keyboard on a line; a tool is then selected.
pub(super) fn go_to(view: &mut View<'_>, table: &mut LandscapeLocation, at: usize) {
    view.memory.table.at = Some(at);
    if let Some(Line::Tool(row)) = view.here().tools.table.lines.get(at) {
        table.selected = Some(view.state.catalog.tools()[*row].id.clone());
    }
}

/// Does what the keys ask while nothing else has the keyboard. Returns the line that has to come into sight.
pub(super) fn keys_ui(ui: &Ui, view: &mut View<'_>, table: &mut LandscapeLocation) -> Option<usize> {
    let is_busy = ui.ctx().text_edit_focused()
        || view.memory.overlay != Overlay::None
        || Popup::is_any_open(ui.ctx())
        || view.here().tools.table.lines.is_empty();
    let has_keys = ui.input(|input| input.events.iter().any(|event| matches!(event, Event::Key { .. })));
    if is_busy || !has_keys {
        return None;
    }
    let focused = ui.ctx().memory(|memory| memory.focused());
    let memory = &view.memory.table;
    let on_line = focused.is_none() || focused == memory.focused;
    if !on_line && !memory.head_focused {
        return None;
    }
    let at = present(view, table);
    if on_line && let Some(at) = at {
        act_ui(ui, view, table, at);
    }
    let next = step_ui(ui, view, at, on_line)?;
    // The focus would move one widget further by itself.
    ui.memory_mut(|memory| memory.move_focus(FocusDirection::None));
    go_to(view, table, next);
    Some(next)
}

/// Whether a key was pressed alone: egui takes one with Shift for it too.
fn pressed(ui: &Ui, key: Key) -> bool {
    ui.input_mut(|input| input.modifiers.is_none() && input.consume_key(Modifiers::NONE, key))
}

/// Walks up and down, by pages and to the ends; Left from a tool to its group, Right into a group.
fn step_ui(ui: &Ui, view: &mut View<'_>, at: Option<usize>, on_line: bool) -> Option<usize> {
    let lines = &view.here().tools.table.lines;
    let page = view.memory.table.page.max(1);
    let last = lines.len() - 1;
    let by = |step: isize| at.map_or(0, |at| at.saturating_add_signed(step).min(last));
    let steps = [
        (Key::ArrowDown, by(1)),
        (Key::ArrowUp, by(-1)),
        (Key::PageDown, by(page as isize)),
        (Key::PageUp, by(-(page as isize))),
        (Key::Home, 0),
        (Key::End, last),
    ];
    for (key, next) in steps {
        if pressed(ui, key) {
            return Some(next);
        }
    }
    if !on_line {
        return None;
    }
    let line = at.and_then(|at| Some((at, *lines.get(at)?)));
    let is_grouped = view.here().tools.table.grouped_by.is_some();
    match line {
        Some((at, Line::Tool(_))) if is_grouped && pressed(ui, Key::ArrowLeft) => {
            lines[..at].iter().rposition(|line| matches!(line, Line::Group(_)))
        }
        Some((at, Line::Group(_))) if pressed(ui, Key::ArrowRight) => Some((at + 1).min(last)),
        _ if !is_grouped => {
            let right = pressed(ui, Key::ArrowRight);
            if right || pressed(ui, Key::ArrowLeft) {
                ui.memory_mut(|memory| memory.move_focus(FocusDirection::None));
                view.memory.table.sideways = if right { SIDEWAYS } else { -SIDEWAYS };
            }
            None
        }
        _ => None,
    }
}

/// What acts on the line itself.
fn act_ui(ui: &Ui, view: &mut View<'_>, table: &mut LandscapeLocation, at: usize) {
    let tools = &view.here().tools;
    match tools.table.lines[at] {
        Line::Tool(row) => {
            if pressed(ui, Key::Enter) {
                view.go(Location::Tool(view.state.catalog.tools()[row].id.clone()));
            }
            if pressed(ui, Key::Space) {
                tick(view, table, at, false);
            } else if ui.input_mut(|input| input.consume_key(Modifiers::SHIFT, Key::Space)) {
                tick(view, table, at, true);
            }
        }
        Line::Group(group) => {
            let group = &tools.table.groups[group];
            let folds = (group.is_folded && pressed(ui, Key::ArrowRight))
                || (!group.is_folded && pressed(ui, Key::ArrowLeft))
                || pressed(ui, Key::Enter);
            if folds {
                view.memory.table.at = Some(at);
                ui.memory_mut(|memory| memory.move_focus(FocusDirection::None));
                table.folds.toggle(&group.title);
            }
            if pressed(ui, Key::Space) {
                tick(view, table, at, false);
            }
        }
    }
}

/// Ticks a line, or takes its tick away; a whole group at once; with `range` all from the last one to this.
pub(super) fn tick(view: &mut View<'_>, table: &mut LandscapeLocation, at: usize, range: bool) {
    let tools = &view.here().tools;
    let Some(line) = tools.table.lines.get(at) else { return };
    let ids = |line: &Line| ids_of(view, tools, *line);
    // By its tool, wherever that is by now: another order, filter or catalog may have moved it or taken it away.
    let anchor = view.memory.table.anchor.as_ref().and_then(|anchor| {
        let row = view.state.catalog.position(anchor)?;
        tools.table.lines.iter().position(|line| *line == Line::Tool(row))
    });
    if let (true, Some(anchor)) = (range, anchor) {
        let (from, to) = (anchor.min(at), anchor.max(at));
        let tools_only = tools.table.lines[from..=to].iter().filter(|line| matches!(line, Line::Tool(_)));
        let ids: Vec<ToolId> = tools_only.flat_map(ids).collect();
        table.tick(ids, true);
        return;
    }
    let ids = ids(line);
    let on = !ids.iter().all(|id| table.ticked.contains(id));
    let anchor = ids.first().filter(|_| matches!(line, Line::Tool(_))).cloned();
    table.tick(ids, on);
    view.memory.table.anchor = anchor;
}

fn ids_of(view: &View<'_>, tools: &ToolRows, line: Line) -> Vec<ToolId> {
    let id = |row: &usize| view.state.catalog.tools()[*row].id.clone();
    match line {
        Line::Tool(row) => vec![id(&row)],
        Line::Group(group) => tools.table.groups[group].rows.iter().map(id).collect(),
    }
}
