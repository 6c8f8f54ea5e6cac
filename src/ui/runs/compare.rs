//! Ticked runs side by side: what differs first, metrics with their change from a baseline.

use egui::accesskit::Role;
use egui::{Align2, Rect, RichText, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use super::{duration_text, number_text, time_text};
use crate::action::SourceId;
use crate::address::StoreLocation;
use crate::runs::RunSet;
use crate::runs::compare::{Cell, Change, Comparison, MOST, Row, Section, Turn};
use crate::runs::direction::Direction;
use crate::shown::counted;
use crate::ui::icons;
use crate::ui::theme::Theme;
use crate::ui::widgets::{Ink, empty_state, icon_button, paint_text, tab, tool_bar};

/// How wide the keys are, and the least width of a run.
const KEY: f32 = 220.0;
const LEAST: f32 = 168.0;

/// What a comparison was made for.
#[derive(Clone, Debug, PartialEq)]
struct Basis {
    source: SourceId,
    revision: u64,
    ticked: Vec<String>,
    baseline: Option<String>,
    directions: [Vec<String>; 2],
    only_different: bool,
}

/// A line of the view.
#[derive(Clone, Copy, Debug)]
enum Entry {
    Head(Section, usize),
    Row(usize),
}

/// The comparison that is shown; made when its basis changes.
#[derive(Clone, Debug, Default)]
pub struct CompareMemory {
    basis: Option<Basis>,
    comparison: Comparison,
    entries: Vec<Entry>,
}

impl CompareMemory {
    fn refresh(&mut self, (source, revision): (SourceId, u64), runs: &RunSet, store: &StoreLocation) {
        let compare = &store.compare;
        let basis = Basis {
            source,
            revision,
            ticked: store.ticked.clone(),
            baseline: compare.baseline.clone(),
            directions: [compare.higher.clone(), compare.lower.clone()],
            only_different: compare.only_different,
        };
        if self.basis.as_ref() == Some(&basis) {
            return;
        }
        let directions = compare.directions();
        self.comparison = Comparison::of(runs, &store.ticked, compare.baseline.as_deref(), &directions);
        self.entries.clear();
        for section in Section::ALL {
            let rows = self.comparison.rows.iter().enumerate();
            let own: Vec<usize> = rows
                .filter(|(_, row)| row.section == section && (row.differs() || !compare.only_different))
                .map(|(at, _)| at)
                .collect();
            if !own.is_empty() {
                let differing = own.iter().filter(|at| self.comparison.rows[**at].differs()).count();
                self.entries.push(Entry::Head(section, differing));
                self.entries.extend(own.into_iter().map(Entry::Row));
            }
        }
        self.basis = Some(basis);
    }
}

/// Draws the comparison of the ticked runs.
pub(super) fn compare_ui(
    ui: &mut Ui,
    memory: &mut CompareMemory,
    of: (SourceId, u64),
    runs: &RunSet,
    store: &mut StoreLocation,
) {
    memory.refresh(of, runs, store);
    let theme = Theme::of(ui);
    tool_bar(ui, |ui| {
        let differences = counted(memory.comparison.differences(), "difference", "differences");
        ui.label(RichText::new(differences).font(theme.strong(theme.text.body)));
        if tab(ui, "", "Differences only", store.compare.only_different).clicked() {
            store.compare.only_different = !store.compare.only_different;
        }
        let gone = memory.comparison.unknown.len();
        if gone > 0 {
            let text = format!("{} not in the store", counted(gone, "ticked run is", "ticked runs are"));
            ui.label(RichText::new(text).color(theme.color.warn));
            if ui.link(RichText::new("take out").color(theme.color.accent)).clicked() {
                store.ticked.retain(|id| runs.run(id).is_some());
            }
        }
        let left_out = memory.comparison.left_out.len();
        if left_out > 0 {
            let text = format!("{} left out: {MOST} are the most", counted(left_out, "run is", "runs are"));
            ui.label(RichText::new(text).color(theme.color.warn));
        }
    });
    if !memory.comparison.is_enough() {
        let text = "Tick two to twenty runs in the table; they stand side by side here.";
        empty_state(ui, icons::SCALES, "Compare runs", text, None);
        return;
    }
    let count = memory.comparison.runs.len() as f32;
    let width = ((ui.available_width() - KEY - 12.0) / count).clamp(LEAST, 360.0);
    ui.spacing_mut().item_spacing.y = 0.0;
    ScrollArea::horizontal().auto_shrink(false).id_salt("compared sideways").show(ui, |ui| {
        ui.set_min_width((KEY + width * count + 12.0).max(ui.available_width()));
        let shape = Shape { left: ui.cursor().left() + KEY, keys: ui.clip_rect().left(), width };
        heads_ui(ui, &memory.comparison, shape, store);
        let height = theme.size.row;
        let area = ScrollArea::vertical().auto_shrink(false).id_salt("compared");
        area.show_rows(ui, height, memory.entries.len(), |ui, range| {
            for entry in &memory.entries[range] {
                match entry {
                    Entry::Head(section, differing) => section_ui(ui, shape, *section, *differing),
                    Entry::Row(at) => row_ui(ui, &memory.comparison, *at, shape, store),
                }
            }
        });
    });
}

/// Where columns stand on the screen.
#[derive(Clone, Copy)]
struct Shape {
    /// Of the first run.
    left: f32,
    /// Of the keys, which stay in sight.
    keys: f32,
    width: f32,
}

impl Shape {
    fn cell(self, at: usize, row: Rect) -> Rect {
        let left = self.left + at as f32 * self.width;
        Rect::from_min_size(pos2(left, row.top()), vec2(self.width, row.height()))
    }

    /// What is not under the keys.
    fn beside(self, ui: &Ui) -> Rect {
        Rect::everything_right_of(self.keys + KEY).intersect(ui.clip_rect())
    }
}

fn heads_ui(ui: &mut Ui, comparison: &Comparison, shape: Shape, store: &mut StoreLocation) {
    let theme = Theme::of(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 40.0), Sense::hover());
    ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, (1.0, theme.color.line));
    let beside = shape.beside(ui);
    let (mut baseline, mut removed) = (None, None);
    for (at, run) in comparison.runs.iter().enumerate() {
        let cell = shape.cell(at, rect);
        if !cell.intersects(beside) {
            continue;
        }
        let is_base = at == comparison.baseline;
        let name = Rect::from_min_max(cell.min, pos2(cell.right() - 30.0, cell.bottom()));
        let response = ui.interact(name, ui.scope_id().with(("base", at)), Sense::click());
        let told = format!("Hold all against {}", run.title);
        response.widget_info(move || WidgetInfo::selected(Role::Button, true, is_base, told.clone()));
        let painter = ui.painter().with_clip_rect(beside);
        let swatch = Rect::from_center_size(pos2(cell.left() + 5.0, cell.top() + 14.0), vec2(10.0, 3.0));
        painter.rect_filled(swatch, 1.0, theme.series(at));
        let ink = Ink::new(theme.strong(theme.text.body), theme.color.text);
        let place = pos2(cell.left() + 16.0, cell.top() + 14.0);
        paint_text(&painter, place, Align2::LEFT_CENTER, &run.title, &ink, cell.width() - 50.0);
        let words = if is_base {
            "baseline"
        } else if response.hovered() {
            "make it the baseline"
        } else {
            ""
        };
        let small = Ink::new(theme.small(), if is_base { theme.color.accent } else { theme.color.text_3 });
        let place = pos2(cell.left() + 16.0, cell.top() + 30.0);
        paint_text(&painter, place, Align2::LEFT_CENTER, words, &small, cell.width() - 50.0);
        if response.on_hover_text(&run.title).clicked() {
            baseline = Some(run.id.to_string());
        }
        let close = Rect::from_center_size(pos2(cell.right() - 18.0, cell.top() + 16.0), vec2(22.0, 22.0));
        if beside.contains_rect(close) {
            let mut inner = ui.new_child(egui::UiBuilder::new().max_rect(close));
            if icon_button(&mut inner, icons::X, &format!("Take {} out", run.title), false).clicked() {
                removed = Some(run.id.to_string());
            }
        }
    }
    if let Some(id) = baseline {
        store.compare.baseline = Some(id);
    }
    if let Some(id) = removed {
        store.ticked.retain(|ticked| *ticked != id);
    }
}

fn section_ui(ui: &mut Ui, shape: Shape, section: Section, differing: usize) {
    let theme = Theme::of(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), theme.size.row), Sense::hover());
    ui.painter().rect_filled(rect, 0.0, theme.color.raised);
    let ink = Ink::new(theme.strong(theme.text.small), theme.color.text_2);
    let at = pos2(shape.keys + 14.0, rect.center().y);
    let (drawn, _) = paint_text(ui.painter(), at, Align2::LEFT_CENTER, section.title(), &ink, KEY);
    if differing > 0 {
        let small = Ink::new(theme.small(), theme.color.text_3);
        let text = format!("{differing} differ");
        paint_text(
            ui.painter(),
            drawn.right_center() + vec2(8.0, 0.0),
            Align2::LEFT_CENTER,
            &text,
            &small,
            90.0,
        );
    }
}

fn row_ui(ui: &mut Ui, comparison: &Comparison, at: usize, shape: Shape, store: &mut StoreLocation) {
    let theme = Theme::of(ui);
    let c = &theme.color;
    let row = &comparison.rows[at];
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), theme.size.row), Sense::hover());
    ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, (1.0, c.line));
    let beside = shape.beside(ui);
    for (run, cell) in row.cells.iter().enumerate() {
        let place = shape.cell(run, rect);
        if place.intersects(beside) {
            let change = row.changes.get(run).and_then(Option::as_ref);
            cell_ui(ui, (cell, change), place, beside, row.differs());
        }
    }
    let ink = Ink::new(theme.body(), if row.differs() { c.text } else { c.text_3 });
    let place = pos2(shape.keys + 14.0, rect.center().y);
    let room = KEY - 24.0 - if row.guess.is_some() { 24.0 } else { 0.0 };
    let (_, cut) = paint_text(ui.painter(), place, Align2::LEFT_CENTER, &row.key, &ink, room);
    let keys = Rect::from_min_size(pos2(shape.keys, rect.top()), vec2(KEY, rect.height()));
    if cut {
        ui.interact(keys, ui.scope_id().with(("key", at)), Sense::hover()).on_hover_text(&*row.key);
    }
    direction_ui(ui, row, keys, store);
}

/// Where a metric should go; a press says it oneself: guessed, more, less.
fn direction_ui(ui: &Ui, row: &Row, keys: Rect, store: &mut StoreLocation) {
    let Some(guess) = &row.guess else { return };
    let (icon, told) = match guess.direction {
        Direction::Higher => (icons::CARET_UP, "more is better"),
        Direction::Lower => (icons::CARET_DOWN, "less is better"),
        Direction::Unknown => (icons::MINUS, "not known"),
    };
    let rect = Rect::from_center_size(pos2(keys.right() - 18.0, keys.center().y), vec2(22.0, 22.0));
    let response = ui.interact(rect, ui.scope_id().with(("direction", &row.key)), Sense::click());
    let name = format!("Direction of {}: {told}", row.key);
    response.widget_info(move || WidgetInfo::labeled(Role::Button, true, name.clone()));
    let theme = Theme::of(ui);
    let key = row.key.to_string();
    let compare = &mut store.compare;
    let is_said = compare.higher.contains(&key) || compare.lower.contains(&key);
    let color = if response.hovered() || is_said { theme.color.text } else { theme.color.text_3 };
    let ink = Ink::new(theme.icon(12.0), color);
    paint_text(ui.painter(), rect.center(), Align2::CENTER_CENTER, icon, &ink, 20.0);
    let sentence = format!("{}. Press to say it yourself.", guess.sentence());
    if response.on_hover_text(sentence).clicked() {
        if compare.higher.contains(&key) {
            compare.higher.retain(|own| *own != key);
            compare.lower.push(key);
        } else if compare.lower.contains(&key) {
            compare.lower.retain(|own| *own != key);
        } else {
            compare.higher.push(key);
        }
    }
}

fn cell_ui(ui: &Ui, (cell, change): (&Cell, Option<&Change>), place: Rect, clip: Rect, differs: bool) {
    let theme = Theme::of(ui);
    let c = &theme.color;
    let painter = ui.painter().with_clip_rect(clip);
    let color = if differs { c.text } else { c.text_3 };
    let ink = Ink::new(theme.mono(), color);
    let left = place.left_center() + vec2(16.0, 0.0);
    let room = place.width() - 28.0;
    let text = match cell {
        Cell::Missing => {
            paint_text(&painter, left, Align2::LEFT_CENTER, "–", &Ink::new(theme.mono(), c.text_3), room);
            return;
        }
        Cell::Number(value) => number_text(*value),
        Cell::Moment(micros) => time_text(*micros),
        Cell::Span(micros) => duration_text(*micros),
        Cell::Text(_) => cell.text().into_owned(),
    };
    let (drawn, cut) = paint_text(&painter, left, Align2::LEFT_CENTER, &text, &ink, room);
    if cut {
        ui.interact(
            place,
            ui.scope_id().with(("cell", place.min.x as i64, place.min.y as i64)),
            Sense::hover(),
        )
        .on_hover_text(text);
        return;
    }
    if let Some(change) = change.filter(|change| change.turn != Turn::Same) {
        let words = match (change.percent, change.absolute) {
            (Some(percent), _) => format!("{percent:+.1} %"),
            (None, Some(absolute)) => {
                format!("{}{}", if absolute > 0.0 { "+" } else { "" }, number_text(absolute))
            }
            (None, None) => return,
        };
        let color = match change.turn {
            Turn::Better => c.ok,
            Turn::Worse => c.error,
            Turn::Same | Turn::Unknown => c.text_3,
        };
        let right = pos2(place.right() - 12.0, place.center().y);
        let room = right.x - drawn.right() - 8.0;
        paint_text(
            &painter,
            right,
            Align2::RIGHT_CENTER,
            &words,
            &Ink::new(theme.figures(11.0), color),
            room,
        );
    }
}
