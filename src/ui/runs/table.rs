//! The table of runs: only the cells in sight are drawn, so ten thousand rows cost what thirty do.

use std::borrow::Cow;

use egui::accesskit::Role;
use egui::{Align2, Rect, RichText, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use super::{Wish, color_of, duration_text, experiments, mapping, number_text, time_text, toggle};
use crate::address::{SortKey, StoreLocation};
use crate::command::Command;
use crate::runs::{Phase, Run, RunColumn, RunSet, Status};
use crate::shown::counted;
use crate::state::{Source, SourceState};
use crate::ui::icons;
use crate::ui::theme::Theme;
use crate::ui::widgets::{Ink, check, empty_state, icon_button, paint_text, tab, tool_bar};

/// The columns before those of values: by what they are sorted, what they are called, and how wide they are.
const FIXED: [(&str, &str, f32); 4] = [
    ("name", "Run", 170.0),
    ("status", "State", 92.0),
    ("duration", "Duration", 76.0),
    ("start_time", "Started", 118.0),
];
const TICK: f32 = 34.0;
const VALUE: f32 = 92.0;
/// A column of which less is in sight only clutters the edge.
const GLIMPSE: f32 = 36.0;

/// The widths of [`FIXED`]: a column of which no run says anything is not there, and leaves its room to the names.
fn fixed_widths(runs: &RunSet) -> [f32; 4] {
    /// A longer name has its tooltip; values are what one looks for.
    const MOST_NAME: f32 = 240.0;
    let [name, state, duration, started] = FIXED.map(|(_, _, width)| width);
    let filled = runs.filled;
    // What is drawn, and what is left to the names.
    let room = |is_filled: bool, width: f32| if is_filled { (width, 0.0) } else { (0.0, width) };
    let [state, duration, started] =
        [room(filled.status, state), room(filled.duration, duration), room(filled.start_time, started)];
    let name = (name + state.1 + duration.1 + started.1).min(MOST_NAME);
    [name, state.0, duration.0, started.0]
}

/// The columns, and which of those of values are in sight.
struct Columns<'a> {
    fixed: [f32; 4],
    all: &'a [RunColumn],
    seen: &'a [RunColumn],
    /// From the left of the table to the first one in sight.
    offset: f32,
}

impl<'a> Columns<'a> {
    /// Those between two distances from the left of the table.
    fn in_sight(all: &'a [RunColumn], fixed: [f32; 4], left: f32, right: f32) -> Self {
        let before = TICK + fixed.iter().sum::<f32>();
        let place = |at: f32| ((at - before) / VALUE).clamp(0.0, all.len() as f32);
        let (first, last) = (place(left).floor() as usize, place(right).ceil() as usize);
        let seen = all.get(first..last.max(first)).unwrap_or_default();
        Self { fixed, all, seen, offset: before + first as f32 * VALUE }
    }
}

/// Returns what its bar was pressed for.
pub(super) fn table_ui(
    ui: &mut Ui,
    source: &Source,
    runs: &RunSet,
    rows: &[u32],
    store: &mut StoreLocation,
) -> Option<Wish> {
    let mut wish = bar(ui, source, runs, rows.len(), store);
    if runs.mapping.as_deref().is_some_and(|mapped| mapping::line_ui(ui, mapped)) {
        wish = Some(Wish::Mapping);
    }
    let theme = Theme::of(ui);
    let columns = &runs.columns;
    let fixed = fixed_widths(runs);
    let width = TICK + fixed.iter().sum::<f32>() + columns.len() as f32 * VALUE + 12.0;
    if rows.is_empty() {
        empty_state(ui, icons::CHART_LINE, "No runs here", "This experiment has no active runs.", None);
        return wish;
    }
    let height = theme.size.row;
    ui.spacing_mut().item_spacing.y = 0.0;
    ScrollArea::horizontal().auto_shrink(false).id_salt("runs sideways").show(ui, |ui| {
        ui.set_min_width(width.max(ui.available_width()));
        let clip = ui.clip_rect();
        let left = ui.cursor().left();
        let columns = Columns::in_sight(columns, fixed, clip.left() - left, clip.right() - left);
        head(ui, store, &columns, clip);
        ScrollArea::vertical().auto_shrink(false).id_salt("runs rows").show_rows(
            ui,
            height,
            rows.len(),
            |ui, range| {
                for row in range {
                    let Some(run) = rows.get(row).and_then(|at| runs.runs.get(*at as usize)) else {
                        continue;
                    };
                    row_ui(ui, run, &columns, store, clip);
                }
            },
        );
    });
    wish
}

/// Counts, what stands in the way of newer ones, and the experiments to choose from. Returns what was pressed for.
fn bar(ui: &mut Ui, source: &Source, runs: &RunSet, shown: usize, store: &mut StoreLocation) -> Option<Wish> {
    let theme = Theme::of(ui);
    let mut wish = None;
    tool_bar(ui, |ui| {
        let all = runs.runs.len();
        let count = if shown == all { counted(all, "run", "runs") } else { format!("{shown} of {all} runs") };
        ui.label(RichText::new(count).font(theme.strong(theme.text.body)));
        if !store.ticked.is_empty() {
            ui.label(RichText::new(format!("{} drawn", store.ticked.len())).color(theme.color.text_3));
            if ui.link(RichText::new("clear").color(theme.color.accent)).clicked() {
                store.ticked.clear();
            }
        }
        match &source.state {
            SourceState::Failed(sentence) => {
                let text = format!("{} As last read", icons::WARNING);
                ui.label(RichText::new(text).color(theme.color.warn)).on_hover_text(sentence);
                if ui.link(RichText::new("read again").color(theme.color.accent)).clicked() {
                    wish = Some(Wish::ReadAgain);
                }
            }
            SourceState::Loading => {
                ui.label(RichText::new("reading again").color(theme.color.text_3));
            }
            SourceState::Ready => {}
        }
        if icon_button(ui, icons::EXPORT, Command::ExportCsv.title(), false).clicked() {
            wish = Some(Wish::Csv);
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
    wish
}

fn head(ui: &mut Ui, store: &mut StoreLocation, columns: &Columns<'_>, clip: Rect) {
    let theme = Theme::of(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), theme.size.row), Sense::hover());
    ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, (1.0, theme.color.line));
    let lefts = columns.fixed.iter().scan(TICK, |left, width| {
        let own = *left;
        *left += width;
        Some((*width, own))
    });
    let fixed = FIXED.iter().zip(lefts).filter(|(_, (width, _))| *width > 0.0);
    let fixed =
        fixed.map(|((sort, title, _), (width, left))| (*sort, *title, width, *sort == "duration", left));
    let values = columns.seen.iter().enumerate().map(|(at, column)| {
        (column.sort.as_str(), &*column.name, VALUE, true, columns.offset + at as f32 * VALUE)
    });
    for (sort, title, width, right, left) in fixed.chain(values) {
        let cell = Rect::from_min_size(pos2(rect.left() + left, rect.top()), vec2(width, rect.height()));
        if !cell.intersects(clip) || clip.right() - cell.left() < GLIMPSE {
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
        // At the edge of the table a title ends there, with the sign that it goes on.
        let is_whole = cell.right() <= clip.right();
        let (at, anchor) = if right && is_whole {
            (cell.right_center() - vec2(8.0, 0.0), Align2::RIGHT_CENTER)
        } else {
            (cell.left_center(), Align2::LEFT_CENTER)
        };
        let seen = width.min(clip.right() - cell.left());
        let room = seen - if arrow.is_empty() { 10.0 } else { 24.0 };
        let (drawn, cut) = paint_text(ui.painter(), at, anchor, title, &ink, room);
        let beside = if right && is_whole {
            drawn.left_center() - vec2(14.0, 0.0)
        } else {
            drawn.right_center() + vec2(3.0, 0.0)
        };
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

fn row_ui(ui: &mut Ui, run: &Run, columns: &Columns<'_>, store: &mut StoreLocation, clip: Rect) {
    let theme = Theme::of(ui);
    let c = &theme.color;
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), theme.size.row), Sense::click());
    let on = store.selected.as_deref() == Some(&*run.id);
    response.widget_info(|| {
        let name = format!("{}, {}", run.shown_name(), state_word(&run.status));
        WidgetInfo::selected(Role::Row, true, on, name)
    });
    if on || response.hovered() || response.has_focus() {
        ui.painter().rect_filled(rect, 0.0, if on { c.selected } else { c.raised });
    }
    ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, (1.0, c.line));
    let color = color_of(theme, store, &run.id);
    let square = Rect::from_min_size(rect.min, vec2(TICK, rect.height()));
    let label = format!("Draw {}", run.shown_name());
    if check(ui, square, response.id.with("tick"), color.is_some(), color.unwrap_or(c.accent), &label) {
        toggle(store, &run.id, columns.all);
    } else if response.clicked() {
        store.selected = if on { None } else { Some(run.id.to_string()) };
    }
    let mut left = rect.left() + TICK;
    // Only what is in sight is put into words.
    let mut cell = |width: f32| {
        let cell = Rect::from_min_size(pos2(left, rect.top()), vec2(width, rect.height()));
        left += width;
        (width > 0.0 && cell.intersects(clip)).then_some(cell)
    };
    let [name, state, duration, started] = columns.fixed.map(&mut cell);
    let quiet = Ink::new(theme.mono(), c.text_2);
    if let Some(cell) = name {
        let body = Ink::new(theme.body(), c.text);
        let indent = if run.parent.is_some() { 12.0 } else { 0.0 };
        let at = cell.left_center() + vec2(indent, 0.0);
        let room = cell.width() - 12.0 - indent;
        let (_, cut) = paint_text(ui.painter(), at, Align2::LEFT_CENTER, run.shown_name(), &body, room);
        if cut {
            response.on_hover_text(run.shown_name());
        }
    }
    if let Some(cell) = state {
        state_ui(ui, run, cell.left_center());
    }
    if let Some(cell) = duration {
        let text = run.duration().map_or_else(|| "–".to_owned(), duration_text);
        let at = cell.right_center() - vec2(8.0, 0.0);
        paint_text(ui.painter(), at, Align2::RIGHT_CENTER, &text, &quiet, cell.width());
    }
    if let Some(cell) = started {
        let text = run.start_time.map_or_else(|| "–".to_owned(), time_text);
        paint_text(ui.painter(), cell.left_center(), Align2::LEFT_CENTER, &text, &quiet, cell.width());
    }
    let mono = Ink::new(theme.mono(), c.text);
    for (at, column) in columns.seen.iter().enumerate() {
        let right = rect.left() + columns.offset + (at + 1) as f32 * VALUE - 8.0;
        let text = if column.is_metric {
            run.metric(column.key).map(|value| Cow::Owned(number_text(value)))
        } else {
            run.param(column.key).map(|text| Cow::Borrowed(&**text))
        };
        if let Some(text) = text {
            let ink = if column.is_metric { &mono } else { &quiet };
            let at = pos2(right, rect.center().y);
            let edge = ui.clip_rect().right();
            if right > edge {
                // A figure without its last digits would be another figure.
                if edge - (right - VALUE + 8.0) >= GLIMPSE {
                    let at = pos2(edge - 4.0, at.y);
                    paint_text(ui.painter(), at, Align2::RIGHT_CENTER, "…", &quiet, VALUE);
                }
                continue;
            }
            paint_text(ui.painter(), at, Align2::RIGHT_CENTER, &text, ink, VALUE - 14.0);
        }
    }
}

/// The tracker's own word as the table shows it; a dash where it tells no state.
fn state_word(status: &Status) -> String {
    match status.phase() {
        Phase::Untold => "–".to_owned(),
        _ => status.word().to_lowercase(),
    }
}

fn state_ui(ui: &Ui, run: &Run, at: egui::Pos2) {
    let theme = Theme::of(ui);
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
        ui.painter().circle_filled(at + vec2(4.0, 0.0), 3.5, color);
        at.x += 13.0;
    }
    paint_text(ui.painter(), at, Align2::LEFT_CENTER, &word, &Ink::new(theme.body(), color), 78.0);
}
