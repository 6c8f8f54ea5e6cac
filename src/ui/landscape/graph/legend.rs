//! The types of relations with their counts: each can be switched off; and who has no room.

use std::collections::BTreeSet;

use egui::accesskit::Role;
use egui::{Align2, Frame, Margin, Rect, Response, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use super::marks;
use crate::address::{GraphItem, GraphLocation};
use crate::catalog::RelationKind;
use crate::state::Graph;
use crate::ui::View;
use crate::ui::theme::Theme;
use crate::ui::widgets::{Ink, chip, paint_text};

/// Draws the switches in a row that wraps.
pub(super) fn legend_ui(ui: &mut Ui, view: &View<'_>, graph: &Graph, after: &mut GraphLocation) {
    let counts = &graph.found.counts;
    if counts.told.is_empty() && counts.derived == 0 {
        return;
    }
    Frame::new().inner_margin(Margin { left: 16, right: 16, top: 2, bottom: 10 }).show(ui, |ui| {
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(6.0, 6.0);
            for kind in RelationKind::ALL.iter().copied() {
                let Some(count) = counts.told.get(&kind) else { continue };
                let is_on = after.wish.wants(kind);
                if switch(ui, Some(kind), kind.title(), *count, is_on).clicked() {
                    toggle(after, kind, graph);
                }
            }
            if counts.derived > 0 {
                let is_on = after.wish.derived;
                let response = switch(ui, None, "derived: shares a standard", counts.derived, is_on);
                let told = "Tools without a relation of their own with what stands in the middle, whose entries name \
                            the same standard.";
                if response.on_hover_text(told).clicked() {
                    after.wish.derived = !is_on;
                }
            }
            if !graph.found.left_out.is_empty() && !view.here().presenting.on {
                let more = format!("and {} more", graph.found.left_out.len());
                if chip(ui, None, &more, false).clicked() {
                    after.selected = Some(GraphItem::LeftOut);
                }
            }
        });
    });
    let line = Theme::of(ui).color.line;
    let edge = ui.available_rect_before_wrap();
    ui.painter().hline(edge.x_range(), edge.top() - 0.5, (1.0, line));
}

/// Switches a type off or on; with all of them on, none is named.
fn toggle(after: &mut GraphLocation, kind: RelationKind, graph: &Graph) {
    let all: BTreeSet<RelationKind> = RelationKind::ALL.iter().copied().collect();
    let mut kinds = after.wish.kinds.clone().unwrap_or_else(|| all.clone());
    if !kinds.remove(&kind) {
        kinds.insert(kind);
    }
    let there = |kind: &RelationKind| graph.found.counts.told.contains_key(kind);
    after.wish.kinds = if all.iter().filter(|kind| there(kind)).all(|kind| kinds.contains(kind)) {
        None
    } else {
        Some(kinds)
    };
}

/// A switch with a piece of the line, the words and how many there are.
fn switch(ui: &mut Ui, kind: Option<RelationKind>, words: &str, count: usize, is_on: bool) -> Response {
    const SAMPLE: f32 = 22.0;
    let theme = Theme::of(ui);
    let c = &theme.color;
    let wide =
        |text: &str, font: egui::FontId| ui.painter().layout_no_wrap(text.to_owned(), font, c.text).size().x;
    let figures = count.to_string();
    let small = theme.figures(theme.text.small);
    let width = wide(words, theme.small()) + wide(&figures, small.clone()) + SAMPLE + 40.0;
    let (rect, response) = ui.allocate_exact_size(vec2(width, 26.0), Sense::click());
    let told = format!("{words}, {count}");
    response.widget_info(move || WidgetInfo::selected(Role::CheckBox, true, is_on, told.clone()));
    if ui.is_rect_visible(rect) {
        if is_on || response.hovered() {
            ui.painter().rect_filled(rect, 13.0, if response.hovered() { c.selected } else { c.raised });
        }
        if !is_on {
            ui.painter().rect_stroke(rect, 13.0, Stroke::new(1.0, c.line), StrokeKind::Inside);
        }
        let left = pos2(rect.left() + 11.0, rect.top());
        marks::sample(ui, Rect::from_min_size(left, vec2(SAMPLE, rect.height())), kind, is_on);
        let ink = Ink::new(theme.small(), if is_on { c.text } else { c.text_3 });
        let at = pos2(left.x + SAMPLE + 8.0, rect.center().y);
        paint_text(ui.painter(), at, Align2::LEFT_CENTER, words, &ink, f32::INFINITY);
        let at = pos2(rect.right() - 10.0, rect.center().y);
        let ink = Ink::new(small, if is_on { c.text_2 } else { c.text_3 });
        paint_text(ui.painter(), at, Align2::RIGHT_CENTER, &figures, &ink, f32::INFINITY);
        if response.has_focus() {
            ui.painter().rect_stroke(rect, 13.0, Stroke::new(2.0, c.accent), StrokeKind::Inside);
        }
    }
    response.on_hover_cursor(egui::CursorIcon::PointingHand)
}
