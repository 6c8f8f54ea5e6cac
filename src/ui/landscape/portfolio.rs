//! The portfolio: foundations against the lifecycle, and who could fill their gaps.

mod candidates;

use egui::{Frame, Margin, Panel, Ui};

use super::grid::{self, Row, Sheet};
use super::heading::{Heading, counting_switch, heading_ui};
use super::leads;
use crate::address::LandscapeLocation;
use crate::catalog::portfolio::{Cell, Project};
use crate::catalog::query::Query;
use crate::catalog::{Catalog, Counting, Gap, GroupBy, Maturity, Portfolio, Stage};
use crate::ui::theme::Theme;
use crate::ui::widgets::{empty_state, inspector_edge};
use crate::ui::{View, icons};

const TITLE: &str = "Where the foundations have something, and where nothing";
/// The name of the last row.
const NONE: &str = "No foundation";

/// Draws the portfolio of the window's tools; pressing a project's cell leads to its tools, a gap to who could fill it.
pub(super) fn portfolio_ui(ui: &mut Ui, view: &mut View<'_>, table: &mut LandscapeLocation) {
    let tools = &view.here().tools;
    let Some(portfolio) = &tools.portfolio else { return };
    if tools.rows.is_empty() {
        let text = "No tool has all of this. Take a filter away, or search for fewer words.";
        if empty_state(ui, icons::FUNNEL, "Nothing fits", text, Some((icons::X, "Clear the filter"))) {
            *table = super::cleared(table);
        }
        return;
    }
    if let Some(found) = &tools.candidates {
        let room = ui.available_size();
        let panel = if room.x >= 860.0 {
            Panel::right("candidates").exact_size((room.x * 0.36).clamp(340.0, 460.0))
        } else {
            Panel::bottom("candidates").exact_size((room.y * 0.58).round())
        };
        let frame = Frame::new().fill(Theme::of(ui).color.panel).inner_margin(Margin::same(14));
        panel.resizable(false).show_separator_line(false).frame(frame).show(ui, |ui| {
            candidates::candidates_ui(ui, view, found, table);
        });
        inspector_edge(ui);
    }
    let is_filtered = table.query != Query::default();
    let note = note(portfolio.counting, is_filtered);
    let switches = [counting_switch(portfolio.counting)];
    if let Some((_, choice)) = heading_ui(ui, &Heading { title: TITLE, note: &note, switches: &switches }) {
        table.counting = Counting::BOTH[choice];
    }
    let keys = grid::keys(ui, view);
    let memory = &mut view.memory.portfolio;
    let sheet = memory.sheet.take().filter(|sheet| sheet.revision == tools.revision);
    let sheet =
        sheet.unwrap_or_else(|| sheet_of(&view.state.catalog, portfolio, (tools.revision, is_filtered)));
    let row_of = |org: &str| portfolio.rows.iter().position(|row| row.org == org);
    let marked = table.gap.as_ref().and_then(|gap| Some((row_of(&gap.org)?, gap.stage)));
    let pressed = grid::grid_ui(ui, (&sheet, memory.moving()), keys, marked);
    memory.sheet = Some(sheet);
    let Some((row, stage)) = pressed else { return };
    match portfolio.rows.get(row) {
        Some(row) if row.at(stage).is_gap() => {
            let gap = Some(Gap { org: row.org.clone(), stage });
            table.gap = if table.gap == gap { None } else { gap };
        }
        Some(row) => view.go(leads::tools_of(table, stage, GroupBy::Foundation, Some(&row.org))),
        None => view.go(leads::tools_of(table, stage, GroupBy::Foundation, None)),
    }
}

fn note(counting: Counting, is_filtered: bool) -> String {
    let counts = match counting {
        Counting::All => {
            "A project counts in each of its stages, and once in the totals. The bar in a cell tells graduated, \
             incubating, sandbox and other projects apart, the furthest in full colour."
        }
        Counting::First => {
            "A project counts in its first stage only; its cell leads to all projects of that stage."
        }
    };
    let gaps = if is_filtered {
        "Only the filtered tools are counted: a dashed cell has none of them, which is no gap yet."
    } else {
        "A dashed cell is a gap: choose it to see which tools without a foundation could fill it."
    };
    format!("{counts} {gaps}")
}

fn sheet_of(catalog: &Catalog, portfolio: &Portfolio, (revision, is_filtered): (u64, bool)) -> Sheet {
    let row = |row: &crate::catalog::portfolio::Row| Row {
        title: row.org.clone(),
        note: if row.archived > 0 { format!("{} archived", row.archived) } else { String::new() },
        cells: Stage::ALL
            .iter()
            .map(|stage| cell(catalog, (&row.org, is_filtered), row.at(*stage), *stage))
            .collect(),
        total: row.living,
    };
    let mut rows: Vec<Row> = portfolio.rows.iter().map(row).collect();
    let unhosted = Stage::ALL.iter().zip(&portfolio.unhosted);
    rows.push(Row {
        title: NONE.to_owned(),
        note: String::new(),
        cells: unhosted.map(|(stage, rows)| unhosted_cell(catalog, rows, *stage)).collect(),
        total: portfolio.unhosted_all,
    });
    Sheet { revision, rows, totals: portfolio.totals.clone(), most: portfolio.most }
}

fn cell(catalog: &Catalog, (org, is_filtered): (&str, bool), cell: &Cell, stage: Stage) -> grid::Cell {
    let name = |project: &&Project| catalog.tools().get(project.row).map(|tool| tool.name.as_str());
    let with_level = |project: &Project| {
        let said = project.raw.as_deref().filter(|_| project.maturity == Maturity::Hosted);
        Some(format!("{} ({})", name(&project)?, said.unwrap_or_else(|| project.maturity.id())))
    };
    let list = |of: &[&Project]| of.iter().filter_map(|p| with_level(p)).collect::<Vec<_>>().join(", ");
    let (living, archived): (Vec<&Project>, Vec<&Project>) =
        cell.projects.iter().partition(|project| project.maturity != Maturity::Archived);
    let also = if archived.is_empty() {
        String::new()
    } else {
        format!("; {} archived: {}", archived.len(), list(&archived))
    };
    if living.is_empty() {
        let empty = grid::empty(is_filtered);
        let told = format!("{org}, {}: {empty}{also}", stage.title());
        let list = format!("{told}. Shows who could fill it.");
        let names = if archived.is_empty() {
            empty.to_owned()
        } else {
            format!("{empty}, {} archived", archived.len())
        };
        return grid::Cell { names, told, list, leads: true, ..grid::Cell::default() };
    }
    let told = format!("{org}, {}: {}: {}{also}", stage.title(), grid::tools(living.len()), list(&living));
    let levels = [Maturity::Graduated, Maturity::Incubating, Maturity::Sandbox, Maturity::Hosted];
    grid::Cell {
        count: living.len(),
        names: living.iter().take(6).filter_map(name).collect::<Vec<_>>().join(", "),
        parts: levels.iter().map(|level| cell.count(*level)).collect(),
        list: told.clone(),
        told,
        leads: true,
    }
}

fn unhosted_cell(catalog: &Catalog, rows: &[usize], stage: Stage) -> grid::Cell {
    let (names, list) = grid::list_of(catalog, rows);
    let told = format!("{NONE}, {}: {}: {list}", stage.title(), grid::tools(rows.len()));
    if rows.is_empty() {
        let told = format!("{NONE}, {}: no tool", stage.title());
        return grid::Cell { names: "none".to_owned(), list: told.clone(), told, ..grid::Cell::default() };
    }
    grid::Cell { count: rows.len(), names, parts: Vec::new(), list: told.clone(), told, leads: true }
}
