//! The table: a row for each kind of box by lane, then for each kind of flow; a dot for each drawing that has it.

use std::f32::consts::FRAC_PI_2;

use egui::accesskit::Role;
use egui::epaint::TextShape;
use egui::{Align2, Color32, Rect, Response, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use super::flows;
use crate::address::{ConsensusLocation, Location};
use crate::architecture::kinds::Lane;
use crate::state::CommonPractice;
use crate::state::consensus::SharedRow;
use crate::ui::View;
use crate::ui::studio::lane_hue;
use crate::ui::theme::{Theme, mix};
use crate::ui::widgets::{Ink, line, paint_text, vertical_tick};

/// At the left of names and at the right of tools.
const MARGIN: f32 = 16.0;
/// Least and most height of the names of the drawings.
const HEAD: [f32; 2] = [56.0, 140.0];
/// Width of `12 of 15`.
const FIGURES: f32 = 66.0;
/// Width of the bar with its air.
const BAR: f32 = 84.0;
/// Least width of the tools.
const DETAIL: f32 = 150.0;

/// Where everything is, in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Measures {
    name: f32,
    /// Width of a drawing's column.
    column: f32,
    /// How many drawings have a column.
    pub columns: usize,
    /// Height of the names of the drawings.
    head: f32,
}

impl Measures {
    /// For so much room, and for drawings of which the longest name has so many letters.
    pub fn new(width: f32, drawings: usize, letters: usize) -> Self {
        /// A letter of a caption, on average.
        const LETTER: f32 = 6.5;
        let name = (width * 0.26).clamp(150.0, 300.0);
        let room = (width - 2.0 * MARGIN - name - FIGURES - BAR - DETAIL).max(0.0);
        let column = (room / drawings.max(1) as f32).clamp(16.0, 26.0);
        let fitting = (room / column).floor().max(0.0) as usize;
        let head = (letters as f32 * LETTER + 18.0).clamp(HEAD[0], HEAD[1]);
        Self { name, column, columns: drawings.min(fitting), head }
    }

    /// Where the columns of the drawings begin, from the left of a row.
    fn dots(&self) -> f32 {
        MARGIN + self.name + FIGURES + BAR
    }

    fn center(&self, rect: Rect, drawing: usize) -> f32 {
        rect.left() + self.dots() + self.column * (drawing as f32 + 0.5)
    }

    fn detail(&self) -> f32 {
        self.dots() + self.column * self.columns as f32 + 14.0
    }
}

pub(super) fn matrix_ui(
    ui: &mut Ui,
    view: &mut View<'_>,
    practice: &CommonPractice,
    next: &mut ConsensusLocation,
    measures: &Measures,
) {
    let pointed = head_ui(ui, view, practice, measures);
    ScrollArea::vertical().auto_shrink(false).id_salt("common practice").show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for (lane, rows) in &practice.boxes {
            lane_ui(ui, *lane);
            for row in rows {
                let Some(shared) = practice.found.kinds.get(row.at) else { continue };
                let is_selected = next.selected.as_deref() == Some(shared.what.as_str());
                let has = |drawing: usize| shared.has(drawing);
                let shown = Shown { row, count: shared.with.len(), is_selected: Some(is_selected), pointed };
                if row_ui(ui, practice, next.percent, measures, &shown, &has).clicked() {
                    next.selected = (!is_selected).then(|| shared.what.clone());
                }
            }
            ui.add_space(8.0);
        }
        flows::flows_ui(ui, view, practice, next.percent, (measures, pointed));
        ui.add_space(24.0);
    });
}

/// The names of the drawings, each leading to it. Gives the column that is pointed at.
fn head_ui(
    ui: &mut Ui,
    view: &mut View<'_>,
    practice: &CommonPractice,
    measures: &Measures,
) -> Option<usize> {
    let theme = Theme::of(ui);
    let c = &theme.color;
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), measures.head), Sense::hover());
    let middle = rect.bottom() - 14.0;
    let ink = Ink::new(theme.small(), c.text_3);
    let left = rect.left() + MARGIN;
    paint_text(ui.painter(), pos2(left, middle), Align2::LEFT_CENTER, "Kind", &ink, measures.name);
    let left = left + measures.name;
    paint_text(ui.painter(), pos2(left, middle), Align2::LEFT_CENTER, "Drawings", &ink, FIGURES + BAR);
    let mut go = None;
    let seen = ui.clip_rect();
    for (drawing, member) in practice.members.iter().take(measures.columns).enumerate() {
        let center = measures.center(rect, drawing);
        let cell =
            Rect::from_center_size(pos2(center, rect.center().y), vec2(measures.column, rect.height() - 8.0));
        let response = ui.interact(cell, ui.scope_id().with(("drawing", drawing)), Sense::click());
        let told = format!("Open {}", member.name);
        response.widget_info(|| WidgetInfo::labeled(Role::Link, true, &told));
        let is_hot = response.hovered() || response.has_focus();
        let ink = Ink::new(theme.small(), if is_hot { c.text } else { c.text_2 });
        let galley = line(ui.painter(), &member.name, &ink, cell.height() - 6.0);
        let at = pos2(center - galley.size().y / 2.0, rect.bottom() - 8.0);
        ui.painter().add(TextShape::new(at, galley, ink.color).with_angle(-FRAC_PI_2));
        if response.has_focus() {
            ui.painter().rect_stroke(cell, 3.0, (2.0, c.accent), egui::StrokeKind::Inside);
        }
        let title = practice.found.drawings.get(drawing).map_or("", |voice| voice.title.as_str());
        let response = response.on_hover_text(title).on_hover_cursor(egui::CursorIcon::PointingHand);
        if response.clicked() {
            go = Some(member.origin.clone());
        }
    }
    let at = pos2(rect.left() + measures.detail(), middle);
    let room = rect.right() - MARGIN - at.x;
    let hidden = practice.members.len() - measures.columns;
    let tools = if practice.found.rests_on_sources() { "Tools drawn there, no evidence" } else { "Tools" };
    let text = if hidden == 0 { tools.to_owned() } else { format!("+{hidden} more · tools") };
    paint_text(ui.painter(), at, Align2::LEFT_CENTER, &text, &ink, room);
    ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, (1.0, c.line));
    if let Some(origin) = go {
        view.go(Location::drawing(origin));
    }
    let pointer = ui.ctx().pointer_hover_pos().filter(|at| seen.contains(*at))?;
    let column = ((pointer.x - rect.left() - measures.dots()) / measures.column).floor();
    (column >= 0.0 && (column as usize) < measures.columns).then_some(column as usize)
}

fn lane_ui(ui: &mut Ui, lane: Option<&'static Lane>) {
    let theme = Theme::of(ui);
    let hue = lane.map_or(theme.color.text_3, |lane| lane_hue(theme, &lane.id));
    head_row(ui, lane.map_or("Kinds of no known lane", |lane| lane.title.as_str()), Some(hue));
}

/// A section of the table.
pub(super) fn head_row(ui: &mut Ui, text: &str, hue: Option<Color32>) {
    let theme = Theme::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 28.0), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Heading, true, text));
    let mut left = rect.left() + MARGIN;
    if let Some(hue) = hue {
        vertical_tick(ui, pos2(left, rect.center().y), 12.0, hue);
        left += 10.0;
    }
    let ink = Ink::new(theme.strong(theme.text.small), theme.color.text_3);
    let at = pos2(left, rect.center().y);
    paint_text(ui.painter(), at, Align2::LEFT_CENTER, &text.to_uppercase(), &ink, rect.width());
}

/// One row, and how it is shown.
pub(super) struct Shown<'a> {
    pub row: &'a SharedRow,
    /// How many drawings have it.
    pub count: usize,
    /// Whether it is chosen; none where it cannot be.
    pub is_selected: Option<bool>,
    /// The column that is pointed at.
    pub pointed: Option<usize>,
}

pub(super) fn row_ui(
    ui: &mut Ui,
    practice: &CommonPractice,
    percent: u8,
    measures: &Measures,
    shown: &Shown<'_>,
    has: &dyn Fn(usize) -> bool,
) -> Response {
    let theme = Theme::of(ui);
    let c = &theme.color;
    let Shown { row, count, is_selected, pointed } = *shown;
    let sense = if is_selected.is_some() { Sense::click() } else { Sense::hover() };
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), theme.size.row), sense);
    let is_on = is_selected == Some(true);
    response.widget_info(|| match is_selected {
        Some(is_on) => WidgetInfo::selected(Role::Button, true, is_on, &row.told),
        None => WidgetInfo::labeled(Role::Label, true, &row.told),
    });
    if !ui.is_rect_visible(rect) {
        return response;
    }
    let painter = ui.painter();
    let is_hot = is_selected.is_some() && (response.hovered() || response.has_focus());
    let ground = if is_on {
        c.selected
    } else if is_hot {
        c.raised
    } else {
        c.surface
    };
    if ground != c.surface {
        painter.rect_filled(rect.shrink2(vec2(6.0, 0.0)), 4.0, ground);
    }
    if let Some(drawing) = pointed {
        let band = Rect::from_center_size(
            pos2(measures.center(rect, drawing), rect.center().y),
            vec2(measures.column, rect.height()),
        );
        painter.rect_filled(band, 0.0, if is_on { c.line_strong } else { c.raised });
    }
    let all = practice.members.len();
    let is_kept = count * 100 >= usize::from(percent) * all;
    let (ink, soft) = if is_kept { (c.text, c.text_2) } else { (c.text_3, c.text_3) };
    let y = rect.center().y;
    let at = pos2(rect.left() + MARGIN, y);
    let name = Ink::new(if is_kept { theme.medium() } else { theme.body() }, ink);
    let (_, is_cut) = paint_text(painter, at, Align2::LEFT_CENTER, &row.name, &name, measures.name - 10.0);
    let at = pos2(at.x + measures.name, y);
    let figures = Ink::new(theme.mono(), ink);
    paint_text(painter, pos2(at.x + 18.0, y), Align2::RIGHT_CENTER, &count.to_string(), &figures, 24.0);
    let of = Ink::new(theme.small(), c.text_3);
    paint_text(painter, pos2(at.x + 24.0, y), Align2::LEFT_CENTER, &format!("of {all}"), &of, FIGURES - 24.0);
    bar_ui(ui, pos2(at.x + FIGURES, y), count as f32 / all.max(1) as f32, percent, is_kept);
    let hue = row.lane.map_or(c.text_3, |lane| lane_hue(theme, &lane.id));
    let hue = if is_kept { hue } else { mix(ground, hue, 0.45) };
    for drawing in 0..measures.columns {
        let center = pos2(measures.center(rect, drawing), y);
        if has(drawing) {
            painter.circle_filled(center, 4.5, hue);
        } else {
            painter.circle_filled(center, 2.0, c.line_strong);
        }
    }
    let left = rect.left() + measures.detail();
    let room = rect.right() - MARGIN - left;
    let detail = Ink::new(theme.small(), soft);
    let (_, cut) = paint_text(painter, pos2(left, y), Align2::LEFT_CENTER, &row.detail, &detail, room);
    if response.has_focus() {
        let frame = rect.shrink2(vec2(6.0, 0.0));
        painter.rect_stroke(frame, 4.0, (2.0, c.accent), egui::StrokeKind::Inside);
    }
    let response = if is_selected.is_some() {
        response.on_hover_cursor(egui::CursorIcon::PointingHand)
    } else {
        response
    };
    match (is_cut, cut) {
        (false, false) => response,
        _ => response.on_hover_ui(|ui| {
            ui.label(&row.name);
            ui.label(&row.detail);
        }),
    }
}

/// A share as a bar, with a mark at the share that is asked for.
fn bar_ui(ui: &Ui, left: egui::Pos2, share: f32, percent: u8, is_kept: bool) {
    const HEIGHT: f32 = 6.0;
    let c = &Theme::of(ui).color;
    let width = BAR - 20.0;
    let rail = Rect::from_min_size(left - vec2(0.0, HEIGHT / 2.0), vec2(width, HEIGHT));
    ui.painter().rect_filled(rail, HEIGHT / 2.0, c.raised);
    let fill = Rect::from_min_size(rail.min, vec2((width * share).max(2.0), HEIGHT));
    ui.painter().rect_filled(fill, HEIGHT / 2.0, if is_kept { c.text_2 } else { c.line_strong });
    let mark = rail.left() + width * f32::from(percent) / 100.0;
    ui.painter().vline(mark, rail.top() - 3.0..=rail.bottom() + 3.0, (1.0, c.text_3));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_drawing_has_a_column_as_long_as_there_is_room() {
        let measures = Measures::new(1_170.0, 15, 12);
        assert_eq!(measures.head, 96.0);
        assert_eq!((measures.columns, measures.column), (15, 26.0));
        assert!(measures.detail() + DETAIL <= 1_170.0);
        let many = Measures::new(1_170.0, 200, 12);
        // 1,170 less margins (32), a name (300), figures (66), a bar (84) and tools (150) are 538: 33 columns of 16.
        assert_eq!((many.columns, many.column), (33, 16.0));
        assert_eq!(Measures::new(300.0, 5, 12).columns, 0, "the counts are what is left");
    }
}
