//! What the list is filtered by, as chips that take it away again.

use egui::{Color32, Frame, Margin, RichText, ScrollArea, Ui, vec2};

use super::cleared;
use crate::address::LandscapeLocation;
use crate::catalog::query::{Value, Wish};
use crate::ui::icons;
use crate::ui::theme::Theme;
use crate::ui::widgets::chip;

/// Draws the chips above the list; nothing where nothing is chosen.
pub(super) fn chips_ui(ui: &mut Ui, table: &mut LandscapeLocation) {
    if table.query == Default::default() {
        return;
    }
    let theme = Theme::of(ui);
    let (mut removed, mut words, mut all) = (None, false, false);
    let shown = Frame::new().inner_margin(Margin { left: 12, right: 12, top: 8, bottom: 7 }).show(ui, |ui| {
        // In a low window many chips must not push the list out of it.
        ScrollArea::vertical().id_salt("chips").max_height(82.0).auto_shrink([false, true]).show(ui, |ui| {
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing = vec2(6.0, 6.0);
                if !table.query.text.is_empty() {
                    words = chip(ui, None, &format!("“{}”", table.query.text), true).clicked();
                }
                for (value, wish) in &table.query.chosen {
                    if chip(ui, mark(theme, value, *wish), &label(value, *wish), true).clicked() {
                        removed = Some(value.clone());
                    }
                }
                let text = RichText::new("clear all").font(theme.small()).color(theme.color.accent);
                all = ui.link(text).clicked();
            });
        });
    });
    let edge = shown.response.rect;
    let line = ui.available_rect_before_wrap().x_range();
    ui.painter().hline(line, edge.bottom() + 0.5, (1.0, theme.color.line));
    if all {
        *table = cleared(table);
    }
    if words {
        table.query.text.clear();
    }
    if let Some(value) = removed {
        table.query.chosen.remove(&value);
    }
}

/// `stage: monitor`, `not needs Kubernetes: yes`.
pub(super) fn label(value: &Value, wish: Wish) -> String {
    let not = if wish == Wish::Excluded { "not " } else { "" };
    let mut facet = value.facet().title().chars();
    let first: String = facet.next().into_iter().flat_map(char::to_lowercase).collect();
    format!("{not}{first}{}: {}", facet.as_str(), value.word())
}

fn mark(theme: &Theme, value: &Value, wish: Wish) -> Option<(&'static str, Color32)> {
    match (wish, value) {
        (Wish::Excluded, _) => Some((icons::MINUS, theme.color.error)),
        (Wish::Wanted, Value::Stage(stage)) => Some(("●", theme.stage(*stage))),
        (Wish::Wanted, _) => None,
    }
}
