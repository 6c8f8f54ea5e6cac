//! The menu of a column's head: what can be done with it by the pointer, and by the keyboard alone.

use egui::{Popup, PopupKind, Response, SetOpenCommand, Ui};

use super::choose;
use super::head::fitting;
use super::places::Place;
use crate::address::LandscapeLocation;
use crate::catalog::{Column, GroupBy, SortBy};
use crate::ui::widgets::{Kind, button, hairline};
use crate::ui::{View, icons};

/// How far *Wider* and *Narrower* go, in points.
const STEP: f32 = 24.0;

#[derive(Clone, Copy)]
enum Choice {
    Sort { descending: bool, adds: bool },
    Unsort,
    Group(GroupBy),
    Pin(usize),
    Step { to_the_right: bool },
    Width(f32),
    Fit,
    OwnWidth,
    Hide,
}

/// Draws the menu while it is open; `asked` opens it by the keyboard.
pub(super) fn menu_ui(
    ui: &Ui,
    view: &mut View<'_>,
    table: &mut LandscapeLocation,
    (place, head): (&Place, &Response),
    asked: bool,
) {
    let command = if head.secondary_clicked() || asked {
        Some(SetOpenCommand::Bool(true))
    } else if head.clicked() || head.drag_started() {
        Some(SetOpenCommand::Bool(false))
    } else {
        None
    };
    let mut chosen = None;
    let name = format!("Column {}", place.column.title());
    Popup::menu(head).kind(PopupKind::Menu).open_memory(command).accessible_name(name).show(|ui| {
        ui.set_width(200.0);
        ui.spacing_mut().item_spacing.y = 0.0;
        let mut is_first = true;
        for (icon, text, choice) in choices(table, place.column) {
            let Some(choice) = choice else {
                hairline(ui);
                continue;
            };
            let response = button(ui, icon, &text, Kind::Quiet);
            if std::mem::take(&mut is_first) && asked {
                response.request_focus();
            }
            if response.clicked() {
                chosen = Some(choice);
            }
        }
    });
    if let Some(choice) = chosen {
        apply(ui, view, table, place, choice);
    }
}

type Offer = (&'static str, String, Option<Choice>);

fn choices(table: &LandscapeLocation, column: Column) -> Vec<Offer> {
    let columns = table.shown_columns();
    let at = columns.position(column).unwrap_or_default();
    let (is_pinned, last) = (at < columns.pinned(), columns.shown().len() - 1);
    let sort = |descending, adds| Some(Choice::Sort { descending, adds });
    let mut out: Vec<Offer> = vec![
        (icons::SORT_ASCENDING, "Sort ascending".to_owned(), sort(false, false)),
        (icons::SORT_DESCENDING, "Sort descending".to_owned(), sort(true, false)),
    ];
    let sorted = table.sorted_by(column);
    if sorted.is_none() && !table.sort.is_empty() {
        out.push((icons::PLUS, "Then ascending".to_owned(), sort(false, true)));
        out.push((icons::PLUS, "Then descending".to_owned(), sort(true, true)));
    }
    if sorted.is_some() {
        out.push((icons::X, "Do not sort by this".to_owned(), Some(Choice::Unsort)));
    }
    if let Some(by) = group_of(column).filter(|by| table.group != Some(*by)) {
        out.push((icons::STACK, "Group by this".to_owned(), Some(Choice::Group(by))));
    }
    out.push(("", String::new(), None));
    if is_pinned {
        out.push((icons::LOCK_SIMPLE, "Unpin".to_owned(), Some(Choice::Pin(at))));
    } else {
        out.push((icons::LOCK_SIMPLE, "Pin up to here".to_owned(), Some(Choice::Pin(at + 1))));
    }
    if at > 0 {
        out.push((icons::CARET_LEFT, "Move left".to_owned(), Some(Choice::Step { to_the_right: false })));
    }
    if at < last {
        out.push((icons::CARET_RIGHT, "Move right".to_owned(), Some(Choice::Step { to_the_right: true })));
    }
    out.push((icons::PLUS, "Wider".to_owned(), Some(Choice::Width(STEP))));
    out.push((icons::MINUS, "Narrower".to_owned(), Some(Choice::Width(-STEP))));
    out.push((icons::ARROWS_OUT, "Fit to its cells".to_owned(), Some(Choice::Fit)));
    if columns.shown()[at].width.is_some() {
        out.push((icons::ARROW_U_UP_LEFT, "Width by itself".to_owned(), Some(Choice::OwnWidth)));
    }
    if column != Column::Name {
        out.push(("", String::new(), None));
        out.push((icons::EYE, "Hide".to_owned(), Some(Choice::Hide)));
    }
    out
}

fn group_of(column: Column) -> Option<GroupBy> {
    match column {
        Column::Stage => Some(GroupBy::Stage),
        Column::Category => Some(GroupBy::Category),
        Column::License | Column::LicenseClass => Some(GroupBy::License),
        Column::Foundation => Some(GroupBy::Foundation),
        Column::Language => Some(GroupBy::Language),
        Column::Status => Some(GroupBy::Status),
        _ => None,
    }
}

fn apply(ui: &Ui, view: &mut View<'_>, table: &mut LandscapeLocation, place: &Place, choice: Choice) {
    let column = place.column;
    let mut columns = table.shown_columns();
    match choice {
        Choice::Sort { descending, adds } => {
            if !adds {
                table.sort.clear();
            }
            table.sort.push(SortBy { column, descending });
        }
        Choice::Unsort => table.sort.retain(|by| by.column != column),
        Choice::Group(by) => {
            table.group = Some(by);
            table.folds = Default::default();
        }
        Choice::Pin(count) => columns.pin(count),
        Choice::Step { to_the_right } => columns.step(column, to_the_right),
        Choice::Width(by) => columns.set_width(column, Some((place.width + by).max(0.0).round() as u16)),
        Choice::Fit => columns.set_width(column, Some(fitting(ui, view, column).round() as u16)),
        Choice::OwnWidth => columns.set_width(column, None),
        Choice::Hide => {
            columns.toggle(column);
            table.sort.retain(|by| by.column != column);
        }
    }
    choose(view, table, columns);
}
