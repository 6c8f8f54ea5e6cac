//! The table of runs: only the cells in sight are drawn, so ten thousand rows cost what thirty do. Names stay in sight while
//! the other columns scroll sideways.

mod bar;
mod choose;
mod filter;
mod groups;
mod head;
mod menu;
mod rows;

pub(super) use bar::filter_ui;
pub(super) use filter::wrong_ui;

use egui::{Rect, ScrollArea, Ui};

use groups::Line;

use super::{ChartMemory, Wish, mapping};
use crate::address::{RunColumns, StoreLocation};
use crate::runs::{Field, RunSet, Table, TableColumn};
use crate::state::Source;
use crate::ui::icons;
use crate::ui::theme::Theme;
use crate::ui::widgets::empty_state;

pub use choose::TableMemory;

/// The place of the tick before a name.
const TICK: f32 = 34.0;
/// How wide names are where nobody says otherwise, and where there is more room.
const NAME: f32 = 170.0;
const MOST_NAME: f32 = 240.0;
/// A column of which less is in sight only clutters the edge.
const GLIMPSE: f32 = 36.0;
/// The word of the column that is always there.
const NAME_WORD: &str = "name";

/// The width of a column where nobody chose one.
fn own_width(field: &Field) -> f32 {
    match field {
        Field::Duration => 76.0,
        Field::StartTime | Field::EndTime => 126.0,
        Field::Status | Field::Metric(_) | Field::Param(_) => 92.0,
        _ => 140.0,
    }
}

fn width_of(columns: &RunColumns, column: &TableColumn) -> f32 {
    columns.width(&column.word).map_or_else(|| own_width(&column.field), f32::from)
}

/// Whether its cells are figures, which stand at the right.
fn is_figure(column: &TableColumn) -> bool {
    matches!(column.field, Field::Metric(_) | Field::Param(_) | Field::Duration)
}

/// A column of which something is in sight.
struct Seen<'a> {
    column: &'a TableColumn,
    /// Among the columns of the table.
    place: usize,
    /// On the screen.
    left: f32,
    width: f32,
}

/// How the table lies on the screen in this frame.
struct Shape<'a> {
    runs: &'a RunSet,
    /// The edges of what stays in sight: tick and name.
    name: egui::Rangef,
    /// Behind the name, from the left.
    seen: Vec<Seen<'a>>,
    clip: Rect,
}

impl<'a> Shape<'a> {
    fn of(runs: &'a RunSet, table: &'a Table, columns: &RunColumns, left: f32, clip: Rect) -> Self {
        let name = egui::Rangef::new(clip.left(), clip.left() + TICK + name_width(columns, table));
        let mut seen = Vec::new();
        let mut at = left + TICK + name_width(columns, table);
        for (place, column) in table.columns.iter().enumerate() {
            let width = width_of(columns, column);
            if at + width > name.max && at < clip.right() {
                seen.push(Seen { column, place, left: at, width });
            }
            at += width;
        }
        Self { runs, name, seen, clip }
    }
}

/// Where there are few other columns, names get their room.
fn name_width(columns: &RunColumns, table: &Table) -> f32 {
    const MANY: usize = 4;
    let own = if table.columns.len() < MANY { MOST_NAME } else { NAME };
    columns.width(NAME_WORD).map_or(own, f32::from)
}

/// Returns what its bar was pressed for.
pub(super) fn table_ui(
    ui: &mut Ui,
    (source, memory, charts): (&Source, &mut TableMemory, &ChartMemory),
    (runs, table): (&RunSet, &Table),
    store: &mut StoreLocation,
) -> Option<Wish> {
    let mut wish = bar::bar_ui(ui, (source, memory), (runs, table), store);
    if runs.mapping.as_deref().is_some_and(|mapped| mapping::line_ui(ui, mapped)) {
        wish = Some(Wish::Mapping);
    }
    if table.rows.is_empty() {
        if store.filter.is_empty() {
            empty_state(ui, icons::CHART_LINE, "No runs here", "This experiment has no active runs.", None);
        } else {
            let action = Some((icons::X, "Clear the filter"));
            if empty_state(ui, icons::FUNNEL, "No run fits", "The filter leaves out all of them.", action) {
                store.filter.clear();
            }
        }
        return wish;
    }
    let height = Theme::of(ui).size.row;
    let others: f32 = table.columns.iter().map(|column| width_of(&store.columns, column)).sum();
    let width = TICK + name_width(&store.columns, table) + others + 12.0;
    ui.spacing_mut().item_spacing.y = 0.0;
    ScrollArea::horizontal().auto_shrink(false).id_salt("runs sideways").show(ui, |ui| {
        ui.set_min_width(width.max(ui.available_width()));
        let (left, clip) = (ui.cursor().left(), ui.clip_rect());
        let shape = Shape::of(runs, table, &store.columns, left, clip);
        head::head_ui(ui, store, &shape);
        let area = ScrollArea::vertical().auto_shrink(false).id_salt("runs rows");
        let lines = memory.folds.lines(table);
        area.show_rows(ui, height, lines.len(), |ui, range| {
            for line in lines.between(range) {
                match line {
                    Line::Group(at) => {
                        groups::group_ui(ui, &mut memory.folds, (at, &table.groups[at]), &shape);
                    }
                    Line::Row(row) => {
                        let run = table.rows.get(row).and_then(|at| runs.runs.get(*at as usize));
                        if let Some(run) = run {
                            rows::row_ui(ui, run, &shape, charts.color_of(store, &run.id), store);
                        }
                    }
                }
            }
        });
    });
    wish
}
