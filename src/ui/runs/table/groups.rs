//! Rows that were put together: their head with figures for each column, and which of them are folded.

use std::collections::BTreeSet;
use std::ops::Range;

use egui::accesskit::Role;
use egui::{Align2, Sense, Ui, WidgetInfo, pos2, vec2};

use super::{Shape, TICK};
use crate::runs::group::Statistics;
use crate::runs::{Field, Table, TableGroup};
use crate::shown::counted;
use crate::ui::icons;
use crate::ui::runs::{duration_text, number_text};
use crate::ui::theme::Theme;
use crate::ui::widgets::{Ink, paint_text};

/// A line of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Line {
    /// The head of a group, by its place.
    Group(usize),
    /// A run, by its place among the rows.
    Row(usize),
}

/// The groups that are folded, by what they are called; others are open.
#[derive(Clone, Debug, Default)]
pub(super) struct Folds(BTreeSet<String>);

/// Where each group begins among the lines.
pub(super) struct Lines {
    /// The first line of each group, its rows, and how many lines it has.
    starts: Vec<(usize, Range<usize>)>,
    /// Without groups, all rows.
    rows: usize,
    len: usize,
}

impl Folds {
    /// The lines that a table has now. Its cost grows with the groups, not with the rows.
    pub fn lines(&self, table: &Table) -> Lines {
        let mut starts = Vec::with_capacity(table.groups.len());
        let mut len = 0;
        for group in &table.groups {
            let rows = if self.0.contains(&group.label) { 0..0 } else { group.rows.clone() };
            starts.push((len, rows.clone()));
            len += 1 + rows.len();
        }
        let rows = table.rows.len();
        Lines { len: if starts.is_empty() { rows } else { len }, starts, rows }
    }

    fn toggle(&mut self, label: &str) {
        if !self.0.remove(label) {
            self.0.insert(label.to_owned());
        }
    }
}

impl Lines {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Those at some places.
    pub fn between(&self, range: Range<usize>) -> Vec<Line> {
        if self.starts.is_empty() {
            return range.filter(|row| *row < self.rows).map(Line::Row).collect();
        }
        range
            .filter(|line| *line < self.len)
            .map(|line| {
                let at = self.starts.partition_point(|(start, _)| *start <= line) - 1;
                let (start, rows) = &self.starts[at];
                if line == *start { Line::Group(at) } else { Line::Row(rows.start + line - start - 1) }
            })
            .collect()
    }
}

/// The head of a group; a press folds it.
pub(super) fn group_ui(ui: &mut Ui, folds: &mut Folds, (at, group): (usize, &TableGroup), shape: &Shape<'_>) {
    let theme = Theme::of(ui);
    let c = &theme.color;
    let is_folded = folds.0.contains(&group.label);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), theme.size.row), Sense::click());
    let count = counted(group.rows.len(), "run", "runs");
    let told = format!("{}: {count}", group.label);
    response.widget_info(move || WidgetInfo::selected(Role::Row, true, !is_folded, told.clone()));
    let is_lit = response.hovered() || response.has_focus();
    ui.painter().rect_filled(rect, 0.0, if is_lit { c.selected } else { c.raised });
    ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, (1.0, c.line));
    let beside = egui::Rect::everything_right_of(shape.name.max).intersect(ui.clip_rect());
    let painter = ui.painter().with_clip_rect(beside);
    let mono = Ink::new(theme.mono(), c.text_2);
    for seen in &shape.seen {
        let Some(Some(found)) = group.numbers.get(seen.place) else { continue };
        let words = figures(found, seen.column.field == Field::Duration);
        let right = pos2(seen.left + seen.width - 8.0, rect.center().y);
        if right.x <= beside.right() {
            let (_, cut) =
                paint_text(&painter, right, Align2::RIGHT_CENTER, &words, &mono, seen.width - 10.0);
            if cut || response.hovered() {
                let cell = egui::Rect::from_x_y_ranges(seen.left..=right.x, rect.y_range());
                let id = ui.scope_id().with(("figures", at, seen.place));
                ui.interact(cell, id, Sense::hover()).on_hover_text(all(found));
            }
        }
    }
    let icon = if is_folded { icons::CARET_RIGHT } else { icons::CARET_DOWN };
    let caret = pos2(shape.name.min + TICK * 0.5, rect.center().y);
    paint_text(ui.painter(), caret, Align2::CENTER_CENTER, icon, &Ink::new(theme.icon(12.0), c.text_2), 16.0);
    let left = pos2(shape.name.min + TICK, rect.center().y);
    let small = Ink::new(theme.figures(11.0), c.text_3);
    let right = pos2(shape.name.max - 8.0, rect.center().y);
    let number = group.rows.len().to_string();
    let (drawn, _) = paint_text(ui.painter(), right, Align2::RIGHT_CENTER, &number, &small, 60.0);
    let strong = Ink::new(theme.strong(theme.text.body), c.text);
    let room = drawn.left() - left.x - 8.0;
    let (_, cut) = paint_text(ui.painter(), left, Align2::LEFT_CENTER, &group.label, &strong, room);
    if response.clicked() {
        folds.toggle(&group.label);
    }
    if cut {
        response.on_hover_text(format!("{} · {count}", group.label));
    }
}

/// Mean and deviation in a few letters.
fn figures(found: &Statistics, is_duration: bool) -> String {
    let text = |value: f64| if is_duration { duration_text(value as i64) } else { number_text(value) };
    match (found.mean, found.std) {
        (Some(mean), Some(std)) if std > 0.0 && !is_duration => {
            format!("{}±{}", short(mean, 3), short(std, 2))
        }
        (Some(mean), _) => text(mean),
        (None, _) => String::new(),
    }
}

/// So few digits that a cell holds two numbers.
fn short(value: f64, digits: i32) -> String {
    let size = value.abs();
    if value == 0.0 || !(1e-3..1e4).contains(&size) {
        return if value == 0.0 { "0".to_owned() } else { format!("{value:.1e}") };
    }
    let digits = (digits - 1 - size.log10().floor() as i32).clamp(0, 5) as usize;
    let text = format!("{value:.digits$}");
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

/// All figures, a line each.
fn all(found: &Statistics) -> String {
    let line = |name: &str, value: Option<f64>| value.map(|value| format!("{name} {}", number_text(value)));
    let interval = found.ci95.map(|(low, high)| {
        format!("95 % interval of the mean {} to {}", number_text(low), number_text(high))
    });
    let lines = [
        Some(counted(found.count, "value", "values")),
        line("mean", found.mean),
        line("standard deviation", found.std),
        interval,
        line("least", found.min),
        line("median", found.median),
        line("greatest", found.max),
        (found.nan > 0).then(|| format!("{} NaN left out", found.nan)),
        (found.missing > 0).then(|| format!("{} without a value", found.missing)),
    ];
    lines.into_iter().flatten().collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_found_without_walking_over_the_rows() {
        let group = |label: &str, rows| TableGroup { label: label.to_owned(), rows, numbers: Vec::new() };
        let table = Table {
            rows: vec![7, 8, 9],
            groups: vec![group("a", 0..2), group("b", 2..3)],
            ..Table::default()
        };
        let mut folds = Folds::default();
        let lines = folds.lines(&table);
        use Line::{Group, Row};
        assert_eq!(lines.between(0..9), [Group(0), Row(0), Row(1), Group(1), Row(2)]);
        assert_eq!(lines.between(2..4), [Row(1), Group(1)]);
        folds.toggle("a");
        let lines = folds.lines(&table);
        assert_eq!((lines.len(), lines.between(0..9)), (3, vec![Group(0), Group(1), Row(2)]));
        let plain = Table { rows: vec![7, 8, 9], ..Table::default() };
        assert_eq!(folds.lines(&plain).between(1..9), [Row(1), Row(2)]);
    }

    #[test]
    fn figures_are_short() {
        for (value, text) in [
            (0.96543, "0.965"),
            (123.4, "123"),
            (1200.0, "1200"),
            (0.0, "0"),
            (2e-5, "2.0e-5"),
            (12.34, "12.3"),
        ] {
            assert_eq!(short(value, 3), text);
        }
        assert_eq!(short(0.01564, 2), "0.016");
    }
}
