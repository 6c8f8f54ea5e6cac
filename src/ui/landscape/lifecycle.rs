//! The lifecycle matrix: stages against categories, foundations or licences, in counts.

use egui::Ui;

use super::grid::{self, Row, Sheet};
use super::heading::{Heading, counting_switch, heading_ui};
use super::leads;
use crate::address::{LandscapeLocation, LandscapeView, Location};
use crate::catalog::query::Query;
use crate::catalog::{Catalog, Counting, Gap, GroupBy, Matrix, Stage};
use crate::ui::widgets::empty_state;
use crate::ui::{View, icons};

const TITLE: &str = "Where the lifecycle is crowded, and where it is empty";

/// What the rows can be.
const BY: [GroupBy; 4] = [GroupBy::Category, GroupBy::Foundation, GroupBy::License, GroupBy::Language];

/// Draws the matrix of the window's tools; pressing a cell leads to its tools.
pub(super) fn lifecycle_ui(ui: &mut Ui, view: &mut View<'_>, table: &mut LandscapeLocation) {
    let tools = &view.here().tools;
    let Some(matrix) = &tools.matrix else { return };
    let is_filtered = table.query != Query::default();
    let note = note(matrix, is_filtered);
    let by = BY.iter().map(|by| (by.title(), matrix.by == *by)).collect();
    let switches = [by, counting_switch(matrix.counting)];
    match heading_ui(ui, &Heading { title: TITLE, note: &note, switches: &switches }) {
        Some((0, choice)) => table.by = BY[choice],
        Some((_, choice)) => table.counting = Counting::BOTH[choice],
        None => {}
    }
    if matrix.rows.is_empty() {
        let text = "No tool has all of this. Take a filter away, or search for fewer words.";
        if empty_state(ui, icons::FUNNEL, "Nothing fits", text, Some((icons::X, "Clear the filter"))) {
            *table = super::cleared(table);
        }
        return;
    }
    let keys = grid::keys(ui, view);
    let memory = &mut view.memory.lifecycle;
    let sheet = memory.sheet.take().filter(|sheet| sheet.revision == tools.revision);
    let sheet = sheet.unwrap_or_else(|| sheet_of(&view.state.catalog, matrix, (tools.revision, is_filtered)));
    let pressed = grid::grid_ui(ui, (&sheet, memory.moving()), keys, None);
    memory.sheet = Some(sheet);
    if let Some(location) = pressed.and_then(|(row, stage)| location_of(matrix, table, row, stage)) {
        view.go(location);
    }
}

fn note(matrix: &Matrix, is_filtered: bool) -> String {
    let counts = match matrix.counting {
        Counting::All => "A tool counts in each of its stages, and once in the totals.",
        Counting::First => {
            "A tool counts in its first stage only; its cell leads to all tools of that stage."
        }
    };
    let gaps = if is_filtered {
        "Only the filtered tools are counted: a dashed cell has none of them, which is no gap yet."
    } else {
        "A dashed cell is a gap: no tool is there."
    };
    match matrix.without_stage {
        0 => format!("{counts} {gaps}"),
        without => {
            format!("{counts} {gaps} {} without a stage stand in the totals only.", grid::tools(without))
        }
    }
}

fn sheet_of(catalog: &Catalog, matrix: &Matrix, (revision, is_filtered): (u64, bool)) -> Sheet {
    let row = |row: &crate::catalog::matrix::Row| {
        let cells =
            Stage::ALL.iter().map(|stage| cell(catalog, (matrix.by, is_filtered), row, *stage)).collect();
        Row { title: row.title.clone(), note: String::new(), cells, total: row.total }
    };
    Sheet {
        revision,
        rows: matrix.rows.iter().map(row).collect(),
        totals: matrix.totals.clone(),
        most: matrix.most,
    }
}

fn cell(
    catalog: &Catalog,
    (by, is_filtered): (GroupBy, bool),
    row: &crate::catalog::matrix::Row,
    stage: Stage,
) -> grid::Cell {
    let rows = row.at(stage);
    let head = format!("{}, {}", row.title, stage.title());
    if rows.is_empty() {
        let names = grid::empty(is_filtered);
        let told = format!("{head}: {names}");
        let leads = by == GroupBy::Foundation && row.is_named;
        let list = if leads { format!("{told}. Shows who could fill it.") } else { told.clone() };
        return grid::Cell { names: names.to_owned(), told, list, leads, ..grid::Cell::default() };
    }
    let (names, list) = grid::list_of(catalog, rows);
    let list = format!("{head}: {}: {list}", grid::tools(rows.len()));
    grid::Cell { count: rows.len(), names, told: list.clone(), list, leads: true, ..grid::Cell::default() }
}

/// The tools of a cell in the table; for a gap of a foundation its candidates; nothing for another gap.
fn location_of(matrix: &Matrix, table: &LandscapeLocation, row: usize, stage: Stage) -> Option<Location> {
    let row = matrix.rows.get(row)?;
    if !row.at(stage).is_empty() {
        return Some(leads::tools_of(table, stage, matrix.by, row.is_named.then_some(&row.title)));
    }
    let gap = Gap { org: row.title.clone(), stage };
    let portfolio = LandscapeLocation { view: LandscapeView::Portfolio, gap: Some(gap), ..table.clone() };
    (matrix.by == GroupBy::Foundation && row.is_named).then_some(Location::Landscape(portfolio))
}
