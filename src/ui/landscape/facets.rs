//! Search box and three facets with live counts: or within a facet, and between them.

use std::collections::BTreeSet;

use egui::accesskit::Role;
use egui::{Align2, RichText, ScrollArea, Sense, TextEdit, Ui, WidgetInfo, pos2, vec2};

use super::cleared;
use crate::address::TableLocation;
use crate::catalog::{LicenseClass, Stage};
use crate::ui::theme::Theme;
use crate::ui::widgets::{Ink, check, license_mark, paint_text, section_head, stage_dot};
use crate::ui::{View, icons};

pub(super) fn facets_ui(ui: &mut Ui, view: &mut View<'_>, table: &mut TableLocation) {
    search(ui, view, table);
    ui.add_space(6.0);
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        let facets = &view.here().tools.facets;
        head(ui, table, "Stage");
        for stage in Stage::ALL.iter().copied() {
            let count = facets.stages.get(&stage).copied().unwrap_or(0);
            let mark = |ui: &Ui, at| stage_dot(ui, at, stage);
            row(ui, &mut table.query.stages, stage, stage.title(), count, Some(mark));
        }
        ui.add_space(10.0);
        section_head(ui, "Licence");
        for class in LicenseClass::ALL.iter().copied() {
            let count = facets.licenses.get(&class).copied().unwrap_or(0);
            let mark = |ui: &Ui, at| license_mark(ui, at, class);
            row(ui, &mut table.query.licenses, class, class.title(), count, Some(mark));
        }
        ui.add_space(10.0);
        section_head(ui, "Foundation");
        for (name, count) in &facets.foundations {
            row(ui, &mut table.query.foundations, name.clone(), name, *count, NO_MARK);
        }
        ui.add_space(12.0);
    });
}

fn search(ui: &mut Ui, view: &mut View<'_>, table: &mut TableLocation) {
    let theme = Theme::of(ui);
    let mut text = table.query.text.clone();
    let hint = format!("{}  Name, category, claim…", icons::MAGNIFYING_GLASS);
    let field = ui.add(
        TextEdit::singleline(&mut text)
            .hint_text(hint)
            .desired_width(ui.available_width() - 8.0)
            .margin(egui::Margin::symmetric(8, 5))
            .font(theme.body()),
    );
    field.widget_info(|| WidgetInfo::labeled(Role::SearchInput, true, "Search tools"));
    if std::mem::take(&mut view.memory.focus_filter) {
        field.request_focus();
    }
    if text != table.query.text {
        table.query.text = text;
        table.column = Default::default();
        table.descending = false;
    }
}

fn head(ui: &mut Ui, table: &mut TableLocation, title: &str) {
    let theme = Theme::of(ui);
    let filtered = *table != cleared(table);
    ui.horizontal(|ui| {
        ui.set_width(ui.available_width() - 8.0);
        ui.scope(|ui| {
            ui.set_max_width(100.0);
            section_head(ui, title);
        });
        if filtered {
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                let text = RichText::new("clear all").font(theme.small()).color(theme.color.accent);
                if ui.link(text).clicked() {
                    *table = cleared(table);
                }
            });
        }
    });
}

/// For rows that need none.
const NO_MARK: Option<fn(&Ui, egui::Pos2)> = None;

fn row<T: Ord + Clone>(
    ui: &mut Ui,
    chosen: &mut BTreeSet<T>,
    value: T,
    name: &str,
    count: usize,
    mark: Option<impl FnOnce(&Ui, egui::Pos2)>,
) {
    let theme = Theme::of(ui);
    let c = &theme.color;
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width() - 8.0, 24.0), Sense::click());
    let on = chosen.contains(&value);
    if response.hovered() {
        ui.painter().rect_filled(rect.expand2(vec2(4.0, 0.0)), 4.0, c.raised);
    }
    let square = egui::Rect::from_min_size(rect.min, vec2(16.0, rect.height()));
    let pressed = check(ui, square, response.id.with("box"), on, c.accent, name);
    let owned = name.to_owned();
    response.widget_info(move || WidgetInfo::labeled(Role::Label, true, format!("{owned}: {count}")));
    let left = if mark.is_some() { 40.0 } else { 24.0 };
    if let Some(mark) = mark {
        mark(ui, pos2(rect.left() + 28.0, rect.center().y));
    }
    let dim = count == 0 && !on;
    let ink = Ink::new(theme.mono(), c.text_3);
    let at = rect.right_center();
    let (drawn, _) = paint_text(ui.painter(), at, Align2::RIGHT_CENTER, &count.to_string(), &ink, 60.0);
    let ink = Ink::new(theme.body(), if dim { c.text_3 } else { c.text_2 });
    let at = pos2(rect.left() + left, rect.center().y);
    let (_, cut) = paint_text(ui.painter(), at, Align2::LEFT_CENTER, name, &ink, drawn.left() - at.x - 6.0);
    let clicked = response.clicked();
    if cut {
        response.on_hover_text(name);
    }
    if (pressed || clicked) && !chosen.remove(&value) {
        chosen.insert(value);
    }
}
