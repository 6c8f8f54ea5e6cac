//! The facets with live counts, in groups that fold: or within a facet, and between them, and what is excluded.

use std::collections::BTreeSet;

use egui::accesskit::Role;
use egui::{Align2, Key, Rect, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use super::search;
use crate::address::LandscapeLocation;
use crate::catalog::Facets;
use crate::catalog::query::{Facet, Query, Value, Wish};
use crate::shown::grouped;
use crate::ui::theme::Theme;
use crate::ui::widgets::{Ink, check, facet_head, facet_more, license_mark, paint_text, stage_dot};
use crate::ui::{View, icons};

/// Which groups of facets are folded, and which of the long ones are shown whole.
#[derive(Clone, Debug)]
pub struct FacetGroups {
    folded: BTreeSet<Facet>,
    whole: BTreeSet<Facet>,
}

impl Default for FacetGroups {
    fn default() -> Self {
        let open = [Facet::Stage, Facet::License, Facet::Foundation];
        let folded = Facet::ALL.into_iter().filter(|facet| !open.contains(facet)).collect();
        Self { folded, whole: BTreeSet::new() }
    }
}

fn toggle(set: &mut BTreeSet<Facet>, facet: Facet) {
    if !set.remove(&facet) {
        set.insert(facet);
    }
}

/// So many values of a long list are shown before somebody asks for more.
const MOST: usize = 10;

pub(super) fn facets_ui(ui: &mut Ui, view: &mut View<'_>, table: &mut LandscapeLocation) {
    search::search_ui(ui, view, table);
    ui.add_space(4.0);
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        let facets = &view.here().tools.facets;
        for facet in Facet::ALL {
            group(ui, &mut view.memory.facet_groups, facets, &mut table.query, facet);
        }
        ui.add_space(12.0);
    });
}

fn group(ui: &mut Ui, groups: &mut FacetGroups, facets: &Facets, query: &mut Query, facet: Facet) {
    let open = !groups.folded.contains(&facet);
    if facet_head(ui, facet.title(), open, query.of(facet).count()) {
        toggle(&mut groups.folded, facet);
    }
    if !open {
        return;
    }
    let (all, whole) = (facets.of(facet).count(), groups.whole.contains(&facet));
    let most = if whole || all <= MOST + 1 { all } else { MOST };
    // What is chosen stays in sight, and what the catalog does not have can be given up.
    for (at, (value, count)) in facets.of(facet).enumerate() {
        if at < most || query.wish(value).is_some() {
            row(ui, query, value, count);
        }
    }
    let strange = |value: &&Value| !facets.vocabulary().of(facet).contains(*value);
    let strangers: Vec<Value> = query.of(facet).map(|(value, _)| value).filter(strange).cloned().collect();
    for value in &strangers {
        row(ui, query, value, 0);
    }
    if most < all || whole {
        let text = if whole { "fewer".to_owned() } else { format!("{} more", all - most) };
        let name = format!("{}: {text}", facet.title());
        if facet_more(ui, &text, name) {
            toggle(&mut groups.whole, facet);
        }
    }
    ui.add_space(6.0);
}

/// One value: pressed it is wanted; pressed with Alt, by its minus, or by the minus key it is excluded.
fn row(ui: &mut Ui, query: &mut Query, value: &Value, count: usize) {
    let theme = Theme::of(ui);
    let c = &theme.color;
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width() - 8.0, 24.0), Sense::click());
    let (wish, name) = (query.wish(value), value.title());
    let excluded = wish == Some(Wish::Excluded);
    let hovered = ui.rect_contains_pointer(rect);
    if hovered {
        ui.painter().rect_filled(rect.expand2(vec2(4.0, 0.0)), 4.0, c.raised);
    }
    let square = Rect::from_min_size(rect.min, vec2(16.0, rect.height()));
    let id = response.id.with("box");
    let said = if excluded { format!("{name}, excluded") } else { name.to_owned() };
    let pressed = check(ui, square, id, wish == Some(Wish::Wanted), c.accent, &said);
    let owned = said.clone();
    response.widget_info(move || WidgetInfo::labeled(Role::Label, true, format!("{owned}: {count}")));
    let middle = rect.center().y;
    if excluded {
        let ink = Ink::new(theme.icon(11.0), c.error);
        paint_text(ui.painter(), square.center(), Align2::CENTER_CENTER, icons::MINUS, &ink, 14.0);
    }
    let left = rect.left() + if mark(ui, value, pos2(rect.left() + 28.0, middle)) { 40.0 } else { 24.0 };
    let ink = Ink::new(theme.mono(), c.text_3);
    let at = rect.right_center();
    let (drawn, _) = paint_text(ui.painter(), at, Align2::RIGHT_CENTER, &grouped(count), &ink, 60.0);
    let by_minus = hovered && minus(ui, pos2(drawn.left() - 12.0, middle), id.with("minus"), name);
    let dim = excluded || (count == 0 && wish.is_none());
    let ink = Ink::new(theme.body(), if dim { c.text_3 } else { c.text_2 });
    let room = drawn.left() - left - if hovered { 24.0 } else { 6.0 };
    let (text, cut) = paint_text(ui.painter(), pos2(left, middle), Align2::LEFT_CENTER, name, &ink, room);
    if excluded {
        ui.painter().hline(text.x_range(), middle + 0.5, (1.0, c.text_3));
    }
    let clicked = response.clicked();
    if cut {
        response.on_hover_text(name);
    }
    let focused = ui.memory(|memory| memory.has_focus(id));
    let by_key = focused && ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, Key::Minus));
    let pressed = pressed || clicked;
    let by_alt = pressed && ui.input(|input| input.modifiers.alt);
    if by_minus || by_key || by_alt || (pressed && excluded) {
        query.toggle(value, Wish::Excluded);
    } else if pressed {
        query.toggle(value, Wish::Wanted);
    }
}

/// The minus of the row under the pointer.
fn minus(ui: &Ui, center: egui::Pos2, id: egui::Id, name: &str) -> bool {
    let theme = Theme::of(ui);
    let rect = Rect::from_center_size(center, vec2(18.0, 18.0));
    let response = ui.interact(rect, id, Sense::CLICK);
    let label = format!("Exclude {name}");
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &label));
    let color = if response.hovered() { theme.color.error } else { theme.color.text_3 };
    let ink = Ink::new(theme.icon(12.0), color);
    paint_text(ui.painter(), center, Align2::CENTER_CENTER, icons::MINUS, &ink, 16.0);
    response.on_hover_text(format!("{label} (Alt-click, or − on the keyboard)")).clicked()
}

/// The mark before a value's name, if it has one.
fn mark(ui: &Ui, value: &Value, at: egui::Pos2) -> bool {
    match value {
        Value::Stage(stage) => stage_dot(ui, at, *stage),
        Value::License(class) => license_mark(ui, at, *class),
        _ => return false,
    }
    true
}
