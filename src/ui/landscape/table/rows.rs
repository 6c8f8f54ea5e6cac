//! The lines of the table: a tool with its cells, or the head of a group with its sub-totals.

use egui::accesskit::Role;
use egui::{Align2, Id, Rangef, Rect, Response, Sense, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use super::cells::{FIGURES_GAP, cell_ui, for_and_against};
use super::places::{MARGIN, Places, TICK, within};
use crate::address::LandscapeLocation;
use crate::catalog::Tool;
use crate::state::landscape::{TableGroup, ToolRows};
use crate::ui::icons;
use crate::ui::theme::Theme;
use crate::ui::widgets::{Ink, check_in, paint_text, stage_dot};

/// Where a line is, and how it stands out.
pub(super) struct Strip {
    /// Its widget.
    pub id: Id,
    /// Its place in the window.
    pub rect: Rect,
    /// How far the columns are scrolled.
    pub scroll: f32,
    /// Whether the arrow keys are here: the one stop of the Tab key among all lines.
    pub is_here: bool,
    /// Whether it takes the keyboard now.
    pub takes_focus: bool,
}

/// What somebody did with a line.
pub(super) struct Done {
    /// The line itself.
    pub response: Response,
    /// Whether its check box was pressed.
    pub ticked: bool,
}

fn strip_ui(ui: &Ui, strip: &Strip, on: bool, label: impl Fn() -> String) -> Response {
    let theme = Theme::of(ui);
    let c = &theme.color;
    let sense = if strip.is_here { Sense::click() } else { Sense::CLICK };
    let response = ui.interact(strip.rect, strip.id, sense);
    if strip.takes_focus {
        response.request_focus();
    }
    response.widget_info(move || WidgetInfo::selected(Role::Row, true, on, label()));
    if on || response.hovered() || response.has_focus() {
        ui.painter().rect_filled(strip.rect, 0.0, if on { c.selected } else { c.raised });
    }
    ui.painter().hline(strip.rect.x_range(), strip.rect.bottom() - 0.5, (1.0, c.line));
    response
}

/// The check box at the left of a line: no stop of the Tab key, the space bar ticks where the arrow keys are.
fn tick_ui(ui: &Ui, strip: &Strip, on: bool, label: &str) -> bool {
    let square = Rect::from_min_size(strip.rect.min, vec2(TICK, strip.rect.height()));
    let response = ui.interact(square, strip.id.with("tick"), Sense::CLICK);
    check_in(ui, &response, on, Theme::of(ui).color.accent, label)
}

fn ring(ui: &Ui, strip: &Strip, response: &Response) {
    if response.has_focus() {
        let stroke = (1.0, Theme::of(ui).color.accent);
        ui.painter().rect_stroke(strip.rect.shrink(0.5), 2.0, stroke, StrokeKind::Inside);
    }
}

/// A tool, and whether the workspace says anything of it.
pub(super) fn tool_row_ui(
    ui: &mut Ui,
    strip: &Strip,
    tools: &ToolRows,
    (row, tool, is_marked): (usize, &Tool, bool),
    places: &Places,
    table: &LandscapeLocation,
) -> Done {
    let on = table.selected.as_ref() == Some(&tool.id);
    let mut response = strip_ui(ui, strip, on, || {
        if is_marked { format!("{}, with the workspace", tool.name) } else { tool.name.clone() }
    });
    let is_ticked = table.ticked.contains(&tool.id);
    let ticked = tick_ui(ui, strip, is_ticked, &format!("Tick {}", tool.name));
    let mut cut = None;
    let mut draw = |ui: &Ui, at: usize, sight: Rangef| {
        let place = &places.all[at];
        let cell = place.cell(strip.rect, strip.scroll);
        if !sight.intersects(cell.x_range()) {
            return;
        }
        let text = tools.table.cell(at, row);
        if cell_ui(ui, cell, (place.column, text), (tool, is_marked), &tools.marks)
            && ui.rect_contains_pointer(cell)
        {
            cut = text;
        }
    };
    let scrolled = places.scrolled(strip.rect);
    within(ui, scrolled, |ui| {
        (0..places.all.len()).filter(|at| !places.all[*at].is_pinned).for_each(|at| draw(ui, at, scrolled));
    });
    let all = strip.rect.x_range();
    (0..places.all.len()).filter(|at| places.all[*at].is_pinned).for_each(|at| draw(ui, at, all));
    ring(ui, strip, &response);
    if let Some(text) = cut {
        response = response.on_hover_text(text);
    }
    Done { response, ticked }
}

/// The head of a group; its sub-totals end where a table of this width ends, or where it is cut.
pub(super) fn group_row_ui(
    ui: &Ui,
    strip: &Strip,
    (group, is_ticked): (&TableGroup, bool),
    table_width: f32,
) -> Done {
    let theme = Theme::of(ui);
    let c = &theme.color;
    ui.painter().rect_filled(strip.rect, 0.0, c.panel);
    let response = strip_ui(ui, strip, false, || told(group));
    let ticked = tick_ui(ui, strip, is_ticked, &format!("Tick all of {}", group.title));
    let middle = strip.rect.center().y;
    let mut left = strip.rect.left() + TICK;
    let caret = if group.is_folded { icons::CARET_RIGHT } else { icons::CARET_DOWN };
    let ink = Ink::new(theme.icon(12.0), c.text_2);
    paint_text(ui.painter(), pos2(left, middle), Align2::LEFT_CENTER, caret, &ink, 16.0);
    left += 18.0;
    if let Some(stage) = group.stage {
        stage_dot(ui, pos2(left + 4.0, middle), stage);
        left += 16.0;
    }
    let end = subtotals_ui(ui, strip, group, table_width);
    let ink = Ink::new(theme.strong(theme.text.body), c.text);
    let at = pos2(left, middle);
    let room = end - left - 48.0;
    let (title, _) = paint_text(ui.painter(), at, Align2::LEFT_CENTER, &group.title, &ink, room);
    let ink = Ink::new(theme.mono(), c.text_3);
    let at = pos2(title.right() + 10.0, middle);
    paint_text(ui.painter(), at, Align2::LEFT_CENTER, &group.rows.len().to_string(), &ink, 40.0);
    ring(ui, strip, &response);
    Done { response: response.on_hover_cursor(egui::CursorIcon::PointingHand), ticked }
}

/// From the right: claims for and against, stale claims where there are any, complete tools; fewer where there is less
/// room. Returns where they begin.
fn subtotals_ui(ui: &Ui, strip: &Strip, group: &TableGroup, table_width: f32) -> f32 {
    let theme = Theme::of(ui);
    let c = &theme.color;
    let (middle, width) = (strip.rect.center().y, strip.rect.width().min(table_width));
    let mut right = strip.rect.left() + width - MARGIN - FIGURES_GAP;
    if group.pros + group.cons == 0 {
        let ink = Ink::new(theme.mono(), c.text_3);
        paint_text(ui.painter(), pos2(right, middle), Align2::RIGHT_CENTER, "–", &ink, 20.0);
    } else {
        for_and_against(ui, pos2(right, middle), group.pros, group.cons);
    }
    right -= 96.0;
    if group.stale > 0 {
        let (text, ink) = (format!("{} stale", group.stale), Ink::new(theme.body(), c.warn));
        paint_text(ui.painter(), pos2(right, middle), Align2::RIGHT_CENTER, &text, &ink, 80.0);
    }
    if width > 560.0 {
        right -= 84.0;
        let ink = Ink::new(theme.body(), if group.complete == 0 { c.text_3 } else { c.text_2 });
        let text = format!("{} complete", group.complete);
        paint_text(ui.painter(), pos2(right, middle), Align2::RIGHT_CENTER, &text, &ink, 90.0);
    }
    right - 96.0
}

/// `Serve, 36 tools: 12 complete, 40 pros, 22 cons, 3 stale; folded`.
fn told(group: &TableGroup) -> String {
    let TableGroup { title, rows, complete, pros, cons, stale, is_folded, .. } = group;
    let tools = if rows.len() == 1 { "1 tool".to_owned() } else { format!("{} tools", rows.len()) };
    let folded = if *is_folded { "; folded" } else { "" };
    format!("{title}, {tools}: {complete} complete, {pros} pros, {cons} cons, {stale} stale{folded}")
}
