//! Runs: stores to open, the table of runs, and charts of what is ticked.

mod charts;
mod compare;
mod inspector;
mod mapping;
mod notes;
mod page;
mod save;
mod start;
mod table;

use std::sync::Arc;

use egui::{Frame, Margin, Panel, Ui};

use crate::action::{Action, SourceAction, SourceId};
use crate::address::{Location, StoreLocation, StoreView, TextForm};
use crate::runs::{RunColumn, RunSet, Table};
use crate::state::{Source, SourceState};
use crate::ui::theme::Theme;
use crate::ui::view_state::Overlay;
use crate::ui::widgets::{empty_state, icon_tab, inspector, inspector_edge, tab, tool_bar};
use crate::ui::{NARROW, View, icons};

pub use charts::ChartMemory;
pub use compare::CompareMemory;
pub use mapping::MappingMemory;
pub(super) use mapping::sheet_ui as mapping_ui;
pub use page::PageMemory;
pub(super) use save::save;
pub use start::start_ui;
pub use table::TableMemory;

/// Draws the open store that the location names.
pub fn store_ui(ui: &mut Ui, view: &mut View<'_>) {
    let theme = Theme::of(ui);
    let Location::Store(before) = view.location() else { return };
    let Some((id, source)) = view.focused_source() else { return };
    let Some((runs, table)) = view.here().runs.of(id) else {
        match &source.state {
            SourceState::Failed(sentence) => {
                let (icon, label, wish) = if source.asks_for_a_copy {
                    (icons::COPY, "Open a copy", SourceAction::Copy)
                } else {
                    (icons::ARROWS_CLOCKWISE, "Try again", SourceAction::Reload)
                };
                let title = "This store cannot be opened";
                if empty_state(ui, icons::WARNING_CIRCLE, title, sentence, Some((icon, label))) {
                    view.actions.push(Action::Source(id, wish));
                }
            }
            _ => {
                empty_state(ui, icons::CIRCLE_NOTCH, "Reading the runs", &source.origin.to_string(), None);
            }
        }
        return;
    };
    if runs.runs.is_empty() {
        if runs.mapping.as_deref().is_some_and(|mapped| mapping::line_ui(ui, mapped)) {
            mapping::open_sheet(view.memory);
        }
        let text =
            "The store was read and holds no active runs yet. It is watched: the first run shows up here.";
        empty_state(ui, icons::CHART_LINE, "No runs yet", text, None);
        return;
    }
    let mut after = before.clone();
    view.memory.charts.grouped.refresh(source.revision, runs, before);
    if !view.here().presenting.on {
        tabs_ui(ui, view, (runs, table), &mut after);
    }
    let wide = ui.max_rect().width() + theme.size.rail >= NARROW;
    let presenting = view.here().presenting.on;
    let panel = inspector(ui.available_size(), if wide { 320.0 } else { 270.0 });
    if let Some(panel) = panel.filter(|_| {
        after.selected.is_some() && before.view != StoreView::Run && view.memory.inspector && !presenting
    }) {
        panel
            .frame(Frame::new().fill(theme.color.panel).inner_margin(Margin::same(14)))
            .show(ui, |ui| inspector::inspector_ui(ui, view, runs, &mut after));
        inspector_edge(ui);
    }
    let room = ui.available_width();
    let of = (id, source.revision);
    let wish = match before.view {
        StoreView::Table if room < BESIDE => {
            let memory = (source, &mut view.memory.runs, &view.memory.charts);
            table::table_ui(ui, memory, (runs, table), &mut after)
        }
        StoreView::Table => both(ui, view, id, (source, runs, table), &mut after),
        StoreView::Charts => {
            charts::charts_ui(ui, view, id, (source, runs, table), &mut after);
            None
        }
        StoreView::Compare => {
            compare::compare_ui(ui, &mut view.memory.compared_runs, of, runs, &mut after);
            None
        }
        StoreView::Run => {
            page::page_ui(ui, &mut view.memory.run_page, of, runs, &mut after);
            None
        }
    };
    match wish {
        Some(Wish::ReadAgain) => view.actions.push(Action::Source(id, SourceAction::Reload)),
        Some(Wish::Csv) => save(view, TextForm::Csv),
        Some(Wish::Mapping) => mapping::open_sheet(view.memory),
        None => {}
    }
    if after.view != before.view {
        view.go(Location::Store(after));
    } else if after != *before {
        view.narrow(Location::Store(after));
    }
}

/// With less room than this table and charts do not stand side by side.
const BESIDE: f32 = 620.0;

/// What the bar of the table was pressed for.
#[derive(Clone, Copy, Debug)]
enum Wish {
    /// The store is to be read again.
    ReadAgain,
    /// The table is to be saved as CSV.
    Csv,
    /// It is to be read in another way.
    Mapping,
}

/// A source with its runs and their table.
type Shown<'a> = (&'a Source, &'a Arc<RunSet>, &'a Table);

/// The views of a store; a press goes to another. Beside them the filter of the table.
fn tabs_ui(
    ui: &mut Ui,
    view: &mut View<'_>,
    (runs, table): (&Arc<RunSet>, &Table),
    store: &mut StoreLocation,
) {
    let icon = |view: StoreView| match view {
        StoreView::Table => icons::TABLE,
        StoreView::Charts => icons::CHART_LINE,
        StoreView::Compare => icons::SCALES,
        StoreView::Run => icons::ARTICLE,
    };
    let asked = asked(view);
    let is_table = store.view == StoreView::Table;
    tool_bar(ui, |ui| {
        let narrow = ui.available_width() < NARROW_BAR;
        for of in StoreView::ALL {
            let selected = store.view == of;
            let pressed = if narrow {
                icon_tab(ui, icon(of), of.title(), "", selected)
            } else {
                tab(ui, icon(of), of.title(), selected)
            };
            if pressed.clicked() {
                store.view = of;
            }
        }
        if is_table {
            ui.add_space(8.0);
            table::filter_ui(ui, &mut view.memory.runs, (runs, table), asked, store);
        }
    });
    if is_table {
        table::wrong_ui(ui, &view.memory.runs);
    }
}

/// With less room the tabs are icons, so that the filter can be read.
const NARROW_BAR: f32 = 900.0;

/// Whether nothing may float over the view, and whether the filter is to have the keyboard.
fn asked(view: &mut View<'_>) -> (bool, bool) {
    (view.memory.overlay == Overlay::Bare, std::mem::take(&mut view.memory.focus_filter))
}

/// The table at the left, the charts at the right.
fn both(
    ui: &mut Ui,
    view: &mut View<'_>,
    id: SourceId,
    (source, runs, table): Shown<'_>,
    after: &mut StoreLocation,
) -> Option<Wish> {
    let theme = Theme::of(ui);
    let room = ui.available_width();
    // While nothing is drawn the columns are what there is to see.
    let (name, part) = if after.ticked.is_empty() { ("runs alone", 0.72) } else { ("runs table", 0.46) };
    let beside = Panel::left(name)
        .default_size((room * part).max(360.0))
        .size_range(300.0..=(room - 260.0).max(301.0))
        .resizable(true)
        .show_separator_line(false)
        .frame(Frame::new().fill(theme.color.surface))
        .show(ui, |ui| {
            table::table_ui(ui, (source, &mut view.memory.runs, &view.memory.charts), (runs, table), after)
        });
    let edge = ui.available_rect_before_wrap();
    ui.painter().vline(edge.left() - 0.5, edge.y_range(), (1.0, theme.color.line));
    charts::charts_ui(ui, view, id, (source, runs, table), after);
    beside.inner
}

/// Ticks or unticks a run; the first one ticked brings the metrics that most runs have.
fn toggle(store: &mut StoreLocation, run: &str, columns: &[RunColumn]) {
    /// More lines than this in one chart are a carpet.
    const MOST_TICKED: usize = 50;
    if let Some(at) = store.ticked.iter().position(|ticked| ticked == run) {
        store.ticked.remove(at);
        return;
    }
    if store.ticked.len() < MOST_TICKED {
        store.ticked.push(run.to_owned());
    }
    if store.metrics.is_empty() {
        let metrics = columns.iter().filter(|column| column.is_metric);
        store.metrics = metrics.take(4).map(|column| column.name.to_string()).collect();
    }
}

/// A value in at most five significant digits, without a long tail.
pub(super) fn number_text(value: f64) -> String {
    let size = value.abs();
    if value.is_nan() {
        "NaN".to_owned()
    } else if value.is_infinite() {
        if value > 0.0 { "∞".to_owned() } else { "−∞".to_owned() }
    } else if value == 0.0 {
        "0".to_owned()
    } else if !(1e-4..1e7).contains(&size) {
        let text = format!("{value:.3e}");
        let (digits, power) = text.split_once('e').unwrap_or((&text, "0"));
        format!("{}e{power}", digits.trim_end_matches('0').trim_end_matches('.'))
    } else if value.fract() == 0.0 {
        format!("{value}")
    } else {
        let digits = (4 - size.log10().floor() as i32).clamp(0, 8) as usize;
        let text = format!("{value:.digits$}");
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    }
}

/// A length of time for people.
pub(super) fn duration_text(micros: i64) -> String {
    let seconds = micros.div_euclid(1_000_000);
    match seconds {
        ..0 => "–".to_owned(),
        0 => format!("{} ms", micros / 1_000),
        1..60 => format!("{seconds} s"),
        60..3_600 => format!("{}m {:02}s", seconds / 60, seconds % 60),
        _ => format!("{}h {:02}m", seconds / 3_600, seconds / 60 % 60),
    }
}

/// A moment as date and time, UTC.
pub(super) fn time_text(micros: i64) -> String {
    jiff::Timestamp::from_microsecond(micros)
        .map_or_else(|_| "–".to_owned(), |time| time.strftime("%Y-%m-%d %H:%M").to_string())
}

/// The names of the experiments that have runs, in order.
fn experiments(runs: &RunSet) -> impl Iterator<Item = &str> {
    runs.experiments.iter().map(|experiment| experiment.name.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_times_are_short() {
        let numbers = [
            (0.061, "0.061"),
            (0.123_456_789, "0.12346"),
            (123.456_789, "123.46"),
            (400.0, "400"),
            (1e-9, "1e-9"),
            (1.25e-7, "1.25e-7"),
            (-0.5, "-0.5"),
            (f64::NAN, "NaN"),
            (f64::NEG_INFINITY, "−∞"),
        ];
        for (value, text) in numbers {
            assert_eq!(number_text(value), text);
        }
        for (micros, text) in [(350_000, "350 ms"), (59_000_000, "59 s"), (558_000_000, "9m 18s"), (-1, "–")]
        {
            assert_eq!(duration_text(micros), text);
        }
        assert_eq!(time_text(1_700_000_000_000_000), "2023-11-14 22:13");
    }
}
