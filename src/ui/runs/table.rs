//! The table of runs: only the cells in sight are drawn, so ten thousand rows cost what thirty do.

use egui::accesskit::Role;
use egui::{Align2, Rect, RichText, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use super::{color_of, duration_text, experiments, number_text, time_text, toggle};
use crate::address::{SortKey, StoreLocation};
use crate::runs::{Run, RunSet, Status};
use crate::state::Source;
use crate::state::sources::RunColumn;
use crate::ui::icons;
use crate::ui::theme::Theme;
use crate::ui::widgets::{Ink, check, empty_state, paint_text, tab, tool_bar};

/// The columns every store has.
const FIXED: [(&str, &str, f32); 4] = [
    ("name", "Run", 170.0),
    ("status", "State", 92.0),
    ("duration", "Duration", 76.0),
    ("start_time", "Started", 118.0),
];
const TICK: f32 = 34.0;
const VALUE: f32 = 92.0;

pub(super) fn table_ui(ui: &mut Ui, source: &Source, runs: &RunSet, store: &mut StoreLocation) {
    bar(ui, source, runs, store);
    let theme = Theme::of(ui);
    let columns = &source.columns;
    let fixed: f32 = FIXED.iter().map(|(_, _, width)| width).sum();
    let width = TICK + fixed + columns.len() as f32 * VALUE + 12.0;
    let rows = &source.rows;
    if rows.is_empty() {
        empty_state(ui, icons::CHART_LINE, "No runs here", "This experiment has no active runs.", None);
        return;
    }
    let height = theme.size.row;
    ui.spacing_mut().item_spacing.y = 0.0;
    ScrollArea::horizontal().auto_shrink(false).id_salt("runs sideways").show(ui, |ui| {
        ui.set_min_width(width.max(ui.available_width()));
        let clip = ui.clip_rect();
        head(ui, store, columns, clip);
        ScrollArea::vertical().auto_shrink(false).id_salt("runs rows").show_rows(
            ui,
            height,
            rows.len(),
            |ui, range| {
                for row in range {
                    let Some(run) = rows.get(row).and_then(|at| runs.runs.get(*at as usize)) else {
                        continue;
                    };
                    row_ui(ui, run, columns, store, clip);
                }
            },
        );
    });
}

/// Counts, and the experiments to choose from.
fn bar(ui: &mut Ui, source: &Source, runs: &RunSet, store: &mut StoreLocation) {
    let theme = Theme::of(ui);
    tool_bar(ui, |ui| {
        let (shown, all) = (source.rows.len(), runs.runs.len());
        let count = if shown == all { format!("{all} runs") } else { format!("{shown} of {all} runs") };
        ui.label(RichText::new(count).font(theme.strong(theme.text.body)));
        if !store.ticked.is_empty() {
            ui.label(RichText::new(format!("{} drawn", store.ticked.len())).color(theme.color.text_3));
            if ui.link(RichText::new("clear").color(theme.color.accent)).clicked() {
                store.ticked.clear();
            }
        }
        ui.add_space(6.0);
        if runs.experiments.len() > 1 {
            if tab(ui, "", "All", store.experiment.is_none()).clicked() {
                store.experiment = None;
            }
            for name in experiments(runs).take(12) {
                if tab(ui, "", name, store.experiment.as_deref() == Some(name)).clicked() {
                    store.experiment = Some(name.to_owned());
                }
            }
        }
    });
}

fn head(ui: &mut Ui, store: &mut StoreLocation, columns: &[RunColumn], clip: Rect) {
    let theme = Theme::of(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), theme.size.row), Sense::hover());
    ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, (1.0, theme.color.line));
    let mut left = rect.left() + TICK;
    let fixed = FIXED.iter().map(|(sort, title, width)| (*sort, *title, *width, *sort == "duration"));
    let values = columns.iter().map(|column| (column.sort.as_str(), &*column.name, VALUE, true));
    for (sort, title, width, right) in fixed.chain(values) {
        let cell = Rect::from_min_size(pos2(left, rect.top()), vec2(width, rect.height()));
        left += width;
        if !cell.intersects(clip) {
            continue;
        }
        let response = ui.interact(cell, ui.scope_id().with(("head", sort)), Sense::click());
        let name = format!("Sort by {title}");
        response.widget_info(move || WidgetInfo::labeled(Role::ColumnHeader, true, name.clone()));
        let sorted = store.order.first().filter(|order| order.key == sort);
        let color =
            if sorted.is_some() || response.hovered() { theme.color.text } else { theme.color.text_3 };
        let arrow = match sorted {
            None => "",
            Some(order) if order.descending => icons::CARET_DOWN,
            Some(_) => icons::CARET_UP,
        };
        let ink = Ink::new(egui::FontId::new(theme.text.small, theme.medium().family), color);
        let (at, anchor) = if right {
            (cell.right_center() - vec2(8.0, 0.0), Align2::RIGHT_CENTER)
        } else {
            (cell.left_center(), Align2::LEFT_CENTER)
        };
        let room = width - if arrow.is_empty() { 10.0 } else { 24.0 };
        let (drawn, cut) = paint_text(ui.painter(), at, anchor, title, &ink, room);
        let beside =
            if right { drawn.left_center() - vec2(14.0, 0.0) } else { drawn.right_center() + vec2(3.0, 0.0) };
        paint_text(ui.painter(), beside, Align2::LEFT_CENTER, arrow, &ink, 16.0);
        let response = if cut { response.on_hover_text(title) } else { response };
        if response.on_hover_cursor(egui::CursorIcon::PointingHand).clicked() {
            // Numbers are first wanted largest or smallest; three presses walk up, down, off.
            let next = match store.order.first().filter(|order| order.key == sort) {
                None => Some(false),
                Some(order) if !order.descending => Some(true),
                Some(_) => None,
            };
            store.order =
                next.map(|descending| SortKey { key: sort.to_owned(), descending }).into_iter().collect();
        }
    }
}

fn row_ui(ui: &mut Ui, run: &Run, columns: &[RunColumn], store: &mut StoreLocation, clip: Rect) {
    let theme = Theme::of(ui);
    let c = &theme.color;
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), theme.size.row), Sense::click());
    let on = store.selected.as_deref() == Some(&*run.id);
    let name = run.shown_name().to_owned();
    response.widget_info(move || WidgetInfo::selected(Role::Row, true, on, name.clone()));
    if on || response.hovered() || response.has_focus() {
        ui.painter().rect_filled(rect, 0.0, if on { c.selected } else { c.raised });
    }
    ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, (1.0, c.line));
    let middle = rect.center().y;
    let color = color_of(theme, store, &run.id);
    let square = Rect::from_min_size(rect.min, vec2(TICK, rect.height()));
    let label = format!("Draw {}", run.shown_name());
    if check(ui, square, response.id.with("tick"), color.is_some(), color.unwrap_or(c.accent), &label) {
        toggle(store, &run.id, columns);
    } else if response.clicked() {
        store.selected = if on { None } else { Some(run.id.to_string()) };
    }
    let mut left = rect.left() + TICK;
    let body = Ink::new(theme.body(), c.text);
    let indent = if run.parent.is_some() { 12.0 } else { 0.0 };
    let room = FIXED[0].2 - 12.0 - indent;
    let at = pos2(left + indent, middle);
    let (_, cut) = paint_text(ui.painter(), at, Align2::LEFT_CENTER, run.shown_name(), &body, room);
    if cut {
        response.on_hover_text(run.shown_name());
    }
    left += FIXED[0].2;
    state_ui(ui, run, pos2(left, middle));
    left += FIXED[1].2;
    let mono = Ink::new(theme.mono(), c.text);
    let quiet = Ink::new(theme.mono(), c.text_2);
    let duration = run.duration().map_or_else(|| "–".to_owned(), duration_text);
    let at = pos2(left + FIXED[2].2 - 8.0, middle);
    paint_text(ui.painter(), at, Align2::RIGHT_CENTER, &duration, &quiet, FIXED[2].2);
    left += FIXED[2].2;
    let started = run.start_time.map_or_else(|| "–".to_owned(), time_text);
    paint_text(ui.painter(), pos2(left, middle), Align2::LEFT_CENTER, &started, &quiet, FIXED[3].2);
    left += FIXED[3].2;
    for column in columns {
        let cell = Rect::from_min_size(pos2(left, rect.top()), vec2(VALUE, rect.height()));
        left += VALUE;
        if !cell.intersects(clip) {
            continue;
        }
        let text = if column.is_metric {
            run.metric(column.key).map(number_text)
        } else {
            run.param(column.key).map(ToString::to_string)
        };
        if let Some(text) = text {
            let at = cell.right_center() - vec2(8.0, 0.0);
            let ink = if column.is_metric { &mono } else { &quiet };
            paint_text(ui.painter(), at, Align2::RIGHT_CENTER, &text, ink, VALUE - 14.0);
        }
    }
}

fn state_ui(ui: &Ui, run: &Run, at: egui::Pos2) {
    let theme = Theme::of(ui);
    let c = &theme.color;
    let (word, color) = match &run.status {
        Status::Scheduled => ("scheduled", c.text_2),
        Status::Running => ("running", c.info),
        Status::Finished => ("finished", c.text_2),
        Status::Failed => ("failed", c.error),
        Status::Killed => ("killed", c.warn),
        Status::Other(word) => (word.as_str(), c.text_2),
    };
    let mut at = at;
    if run.status == Status::Running {
        ui.painter().circle_filled(at + vec2(4.0, 0.0), 3.5, color);
        at.x += 13.0;
    }
    paint_text(ui.painter(), at, Align2::LEFT_CENTER, word, &Ink::new(theme.body(), color), 78.0);
}
