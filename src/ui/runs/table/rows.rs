//! A row of the table of runs.

use std::borrow::Cow;

use egui::accesskit::Role;
use egui::{Align2, Painter, Rect, Sense, Ui, WidgetInfo, pos2, vec2};

use super::{GLIMPSE, Seen, Shape, TICK, is_figure};
use crate::address::StoreLocation;
use crate::runs::{Field, Phase, Run, RunSet, Status, TableColumn};
use crate::ui::runs::{duration_text, number_text, time_text, toggle};
use crate::ui::theme::{Theme, mix};
use crate::ui::widgets::{Ink, check, paint_text};

/// `color` is the run's place among the colours, where it is ticked.
pub(super) fn row_ui(
    ui: &mut Ui,
    run: &Run,
    shape: &Shape<'_>,
    color: Option<usize>,
    store: &mut StoreLocation,
) {
    let theme = Theme::of(ui);
    let c = &theme.color;
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), theme.size.row), Sense::click());
    let on = store.selected.as_deref() == Some(&*run.id);
    response.widget_info(|| {
        let name = format!("{}, {}", run.shown_name(), state_word(&run.status));
        WidgetInfo::selected(Role::Row, true, on, name)
    });
    let ground = match (on, response.hovered() || response.has_focus()) {
        (true, _) => c.selected,
        (false, true) => c.raised,
        (false, false) => c.surface,
    };
    if ground != c.surface {
        ui.painter().rect_filled(rect, 0.0, ground);
    }
    // What is under the names is not to be seen.
    let beside = Rect::everything_right_of(shape.name.max).intersect(ui.clip_rect());
    let painter = ui.painter().with_clip_rect(beside);
    for seen in &shape.seen {
        cell_ui(&painter, theme, run, seen, (rect, shape, ground));
    }
    ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, (1.0, c.line));

    let color = color.map(|at| theme.series(at));
    let square = Rect::from_min_size(pos2(shape.name.min, rect.top()), vec2(TICK, rect.height()));
    let label = format!("Draw {}", run.shown_name());
    if check(ui, square, response.id.with("tick"), color.is_some(), color.unwrap_or(c.accent), &label) {
        toggle(store, &run.id, &shape.runs.columns);
    } else if response.clicked() {
        store.selected = if on { None } else { Some(run.id.to_string()) };
    }
    let body = Ink::new(theme.body(), c.text);
    let indent = if run.parent.is_some() { 12.0 } else { 0.0 };
    let at = pos2(shape.name.min + TICK + indent, rect.center().y);
    let room = shape.name.max - at.x - 12.0;
    let (_, cut) = paint_text(ui.painter(), at, Align2::LEFT_CENTER, run.shown_name(), &body, room);
    if cut {
        response.on_hover_text(run.shown_name());
    }
}

/// What a cell says.
fn words<'a>(column: &TableColumn, set: &'a RunSet, run: &'a Run) -> Option<Cow<'a, str>> {
    match &column.field {
        Field::Metric(_) => column.number(run).map(|value| Cow::Owned(number_text(value))),
        Field::Duration => run.duration().map(|micros| Cow::Owned(duration_text(micros))),
        Field::StartTime => run.start_time.map(|micros| Cow::Owned(time_text(micros))),
        Field::EndTime => run.end_time.map(|micros| Cow::Owned(time_text(micros))),
        Field::Dataset => Some(Cow::Owned(column.field.text(set, run))),
        _ => column.text(set, run).map(Cow::Borrowed),
    }
}

fn cell_ui(
    painter: &Painter,
    theme: &Theme,
    run: &Run,
    seen: &Seen<'_>,
    (row, shape, ground): (Rect, &Shape<'_>, egui::Color32),
) {
    let c = &theme.color;
    let Seen { column, left, width, .. } = *seen;
    let cell = Rect::from_min_size(pos2(left, row.top()), vec2(width, row.height()));
    if column.field == Field::Status {
        state_ui(painter, theme, run, cell.left_center());
        return;
    }
    let Some(words) = words(column, shape.runs, run) else { return };
    let is_metric = matches!(column.field, Field::Metric(_));
    let ink = Ink::new(theme.mono(), if is_metric { c.text } else { c.text_2 });
    if !is_figure(column) {
        paint_text(painter, cell.left_center(), Align2::LEFT_CENTER, &words, &ink, width - 10.0);
        return;
    }
    let right = cell.right() - 8.0;
    let edge = painter.clip_rect().right();
    if right <= edge {
        // Of all columns they would be a carpet.
        if column.is_chosen {
            bar_ui(painter, run, column, cell, mix(ground, c.accent, 0.45));
        }
        paint_text(painter, pos2(right, cell.center().y), Align2::RIGHT_CENTER, &words, &ink, width - 14.0);
    } else if edge - left >= GLIMPSE {
        // A figure without its last digits would be another figure.
        let quiet = Ink::new(theme.mono(), c.text_2);
        let at = pos2(edge - 4.0, cell.center().y);
        paint_text(painter, at, Align2::RIGHT_CENTER, "…", &quiet, width);
    }
}

/// Where a number lies between the least and the greatest of its column, as a line at the foot of the cell.
fn bar_ui(painter: &Painter, run: &Run, column: &TableColumn, cell: Rect, color: egui::Color32) {
    let (Some((least, greatest)), Some(value)) = (column.range, column.number(run)) else { return };
    if !value.is_finite() {
        return;
    }
    let share = ((value - least) / (greatest - least)) as f32;
    let room = cell.width() - 16.0;
    let from = pos2(cell.left() + 8.0, cell.bottom() - 3.0);
    let rect = Rect::from_min_size(from, vec2((room * share).max(1.0), 2.0));
    painter.rect_filled(rect, 0.0, color);
}

/// The tracker's own word as the table shows it; a dash where it tells no state.
fn state_word(status: &Status) -> String {
    match status.phase() {
        Phase::Untold => "–".to_owned(),
        _ => status.word().to_lowercase(),
    }
}

fn state_ui(painter: &Painter, theme: &Theme, run: &Run, at: egui::Pos2) {
    let c = &theme.color;
    let color = match run.status.phase() {
        Phase::Running => c.info,
        Phase::Failed => c.error,
        Phase::Stopped => c.warn,
        Phase::Waiting | Phase::Finished => c.text_2,
        Phase::Untold => c.text_3,
    };
    let word = state_word(&run.status);
    let mut at = at;
    if run.status == Status::Running {
        painter.circle_filled(at + vec2(4.0, 0.0), 3.5, color);
        at.x += 13.0;
    }
    paint_text(painter, at, Align2::LEFT_CENTER, &word, &Ink::new(theme.body(), color), 78.0);
}
