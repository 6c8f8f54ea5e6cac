//! What a tool works with and what it stands instead of, each with its source; and its neighbours.

use egui::accesskit::Role;
use egui::{RichText, Sense, Ui, WidgetInfo, vec2};

use super::claims::source_ui;
use crate::address::Location;
use crate::catalog::{Relation, RelationKind, Tool, ToolId};
use crate::ui::View;
use crate::ui::theme::Theme;
use crate::ui::widgets::{Ink, chip, columns, hairline, section_head, wrapped};

/// Relations beside alternatives, then who names it, then its category.
pub(super) fn relations_ui(ui: &mut Ui, view: &mut View<'_>, tool: &Tool) {
    let mut go = None;
    let is_alternative = |relation: &&Relation| relation.kind == RelationKind::AlternativeTo;
    if !tool.relations.is_empty() {
        ui.add_space(18.0);
        columns(ui, 28.0, |[left, right]| {
            let works = tool.relations.iter().filter(|relation| !is_alternative(relation));
            list_ui(left, view, "Works with", works, &mut go);
            list_ui(right, view, "Instead of it", tool.relations.iter().filter(is_alternative), &mut go);
        });
    }
    let related = |id: &ToolId| tool.relations.iter().any(|relation| relation.target == *id);
    let naming = view.state.catalog.naming(&tool.id).filter(|other| !related(&other.id));
    chips_ui(ui, "Named by", naming, &mut go);
    let same = |other: &&Tool| other.category == tool.category && other.id != tool.id && !related(&other.id);
    chips_ui(ui, "In the same category", view.state.catalog.tools().iter().filter(same).take(14), &mut go);
    if let Some(id) = go {
        view.go(Location::Tool(id));
    }
}

fn list_ui<'r>(
    ui: &mut Ui,
    view: &mut View<'_>,
    title: &str,
    relations: impl Iterator<Item = &'r Relation>,
    go: &mut Option<ToolId>,
) {
    section_head(ui, title);
    let mut any = false;
    for relation in relations {
        if any {
            hairline(ui);
        }
        any = true;
        relation_ui(ui, view, relation, go);
    }
    if !any {
        let theme = Theme::of(ui);
        wrapped(ui, "Nothing written down yet.", &Ink::new(theme.body(), theme.color.text_3));
    }
}

fn relation_ui(ui: &mut Ui, view: &mut View<'_>, relation: &Relation, go: &mut Option<ToolId>) {
    let theme = Theme::of(ui);
    let c = &theme.color;
    let target = view.state.catalog.get(&relation.target);
    let name = target.map_or(relation.target.as_str(), |tool| tool.name.as_str());
    ui.spacing_mut().item_spacing.y = 2.0;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 8.0;
        let label = egui::Label::new(RichText::new(name).font(theme.strong(theme.text.body)).color(c.text));
        let response = ui.add(label.sense(Sense::click()));
        let said = format!("Open {name}");
        response.widget_info(move || WidgetInfo::labeled(Role::Link, true, said.clone()));
        if response.on_hover_cursor(egui::CursorIcon::PointingHand).clicked() {
            *go = Some(relation.target.clone());
        }
        let words = words_of(relation);
        if !words.is_empty() {
            let text = RichText::new(words).font(theme.small()).color(c.text_3);
            ui.add(egui::Label::new(text).truncate());
        }
    });
    if let Some(how) = &relation.how {
        wrapped(ui, how, &Ink::new(theme.body(), c.text_2));
    }
    for evidence in &relation.evidence {
        source_ui(ui, evidence, view.actions);
    }
    ui.add_space(3.0);
}

/// How it stands to the other, what passes through what, and since when.
fn words_of(relation: &Relation) -> String {
    let mut words = Vec::new();
    if relation.kind != RelationKind::AlternativeTo {
        words.push(relation.kind.title().to_owned());
    }
    if let Some(via) = &relation.via {
        words.push(match (&via.artifact, &via.interface) {
            (Some(artifact), Some(interface)) => format!("{artifact} over {interface}"),
            (Some(one), None) | (None, Some(one)) => one.clone(),
            (None, None) => String::new(),
        });
    }
    if let Some(since) = &relation.since {
        words.push(format!("since {since}"));
    }
    words.retain(|word| !word.is_empty());
    words.join(" · ")
}

fn chips_ui<'t>(ui: &mut Ui, title: &str, tools: impl Iterator<Item = &'t Tool>, go: &mut Option<ToolId>) {
    let theme = Theme::of(ui);
    let mut tools = tools.peekable();
    if tools.peek().is_none() {
        return;
    }
    ui.add_space(14.0);
    section_head(ui, title);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(6.0, 6.0);
        for other in tools {
            let hue = other.stages.first().map_or(theme.color.text_3, |stage| theme.stage(*stage));
            if chip(ui, Some(("●", hue)), &other.name, false).clicked() {
                *go = Some(other.id.clone());
            }
        }
    });
}
