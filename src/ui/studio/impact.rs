//! What changes with the selected node: how much, who has to act, who is not guarded, and how far it goes.

use egui::{Align2, Color32, Rect, Sense, Ui, pos2, vec2};

use super::{panel, select};
use crate::action::Ask;
use crate::architecture::{Impact, NodeId, impact_report};
use crate::state::{Drawing, WhatIf};
use crate::ui::theme::Theme;
use crate::ui::widgets::{
    Ink, Kind, ListRow, button, chip, empty_state, fact_with, paint_text, section_head, wrapped,
};
use crate::ui::{View, icons};

pub(super) fn impact_ui(ui: &mut Ui, view: &mut View<'_>, drawing: Drawing<'_>) {
    let Some(asked) = &view.here().what_if else {
        let text =
            "Select a node to see what has to be trained, checked and delivered again when it changes.";
        empty_state(ui, icons::FLOW_ARROW, "What if something changes?", text, None);
        return;
    };
    let theme = Theme::of(ui);
    let c = &theme.color;
    let name = |id: &NodeId| name_of(drawing, id);
    let shown = asked.without.as_ref().map_or(&asked.impact, |(_, impact)| impact);
    let title = format!("If {} changes…", name(&asked.node));
    wrapped(ui, &title, &Ink::new(theme.strong(theme.text.heading), c.text));
    figures_ui(ui, shown);
    people(ui, "Retrain", &shown.retrain, drawing, None);
    people(ui, "Revalidate", &shown.revalidate, drawing, None);
    people(ui, "Redeploy", &shown.redeploy, drawing, None);
    people(ui, "Consumers", &shown.consumers, drawing, None);
    let alarm = if shown.unguarded_consumers.is_empty() { c.ok } else { c.error };
    people(ui, "Unguarded", &shown.unguarded_consumers, drawing, Some(alarm));
    let (text, color) = if shown.in_loop { ("comes back to it", c.warn) } else { ("no", c.text) };
    fact_with(ui, "In a loop", |ui| {
        wrapped(ui, text, &Ink::new(theme.medium(), color));
    });
    if !shown.via_feedback.is_empty() {
        people(ui, "By feedback", &shown.via_feedback, drawing, None);
    }
    if !shown.notified.is_empty() {
        people(ui, "Only told", &shown.notified, drawing, None);
    }
    if !shown.undeclared.is_empty() {
        people(ui, "Unknown reach", &shown.undeclared, drawing, Some(c.warn));
        let text = "Who reads there is not drawn, so nobody can say how far the change goes.";
        wrapped(ui, text, &Ink::new(theme.small(), c.text_3));
    }
    gates_ui(ui, view, drawing, asked);
    ui.add_space(12.0);
    ui.horizontal(|ui| {
        let report =
            impact_report::Report { drawing: drawing.architecture, node: &asked.node, impact: shown };
        if button(ui, icons::EXPORT, "Report", Kind::Plain).clicked() {
            let name = format!("impact-{}.md", asked.node);
            view.ask(Ask::SaveText { name, numbered_in: None, text: report.markdown() });
        }
        if button(ui, icons::TABLE, "CSV", Kind::Plain).clicked() {
            view.save_rows(&report.rows());
        }
    });
    rings_ui(ui, view, drawing, shown);
}

fn name_of(drawing: Drawing<'_>, id: &NodeId) -> String {
    drawing.architecture.nodes.get(id).map_or_else(|| id.to_string(), |node| node.title().to_owned())
}

/// The two numbers that one remembers.
fn figures_ui(ui: &mut Ui, shown: &Impact) {
    let theme = Theme::of(ui);
    let c = &theme.color;
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 78.0), Sense::hover());
    let share = format!("{:.0} %", shown.cace * 100.0);
    let direct = shown.direct.to_string();
    let figures = [(share, "of the rest, in the end"), (direct, "nodes before feedback")];
    for (at, (number, caption)) in figures.into_iter().enumerate() {
        let left = rect.left() + rect.width() * 0.5 * at as f32;
        let cell = Rect::from_min_size(pos2(left, rect.top()), vec2(rect.width() / 2.0 - 8.0, rect.height()));
        let response = ui.interact(cell, ui.scope_id().with(("figure", at)), Sense::hover());
        let told = format!("{number} {caption}");
        response
            .widget_info(move || egui::WidgetInfo::labeled(egui::accesskit::Role::Label, true, told.clone()));
        let ink = Ink::new(theme.strong(30.0), c.text);
        paint_text(
            ui.painter(),
            pos2(left, rect.top() + 28.0),
            Align2::LEFT_CENTER,
            &number,
            &ink,
            cell.width(),
        );
        let ink = Ink::new(theme.small(), c.text_3);
        paint_text(
            ui.painter(),
            pos2(left, rect.top() + 58.0),
            Align2::LEFT_CENTER,
            caption,
            &ink,
            cell.width(),
        );
    }
}

/// A line of nodes by their names.
fn people(ui: &mut Ui, name: &str, nodes: &[NodeId], drawing: Drawing<'_>, color: Option<Color32>) {
    let theme = Theme::of(ui);
    let names: Vec<String> = nodes.iter().map(|id| name_of(drawing, id)).collect();
    let text = if names.is_empty() { "none".to_owned() } else { names.join(", ") };
    let plain = if names.is_empty() { theme.color.text_3 } else { theme.color.text };
    fact_with(ui, name, |ui| {
        wrapped(ui, &text, &Ink::new(theme.medium(), color.unwrap_or(plain)));
    });
}

/// The gates that hold the change up, each taken out in thought by a press.
fn gates_ui(ui: &mut Ui, view: &mut View<'_>, drawing: Drawing<'_>, asked: &WhatIf) {
    let theme = Theme::of(ui);
    ui.add_space(10.0);
    if let Some((gate, without)) = &asked.without {
        let gained: Vec<String> = without
            .unguarded_consumers
            .iter()
            .filter(|consumer| !asked.impact.unguarded_consumers.contains(consumer))
            .map(|consumer| name_of(drawing, consumer))
            .collect();
        let gate = name_of(drawing, gate);
        let text = match gained.len() {
            0 => format!("Without {gate} nobody else is reached unguarded."),
            1 => format!("Without {gate}, {} is reached without any gate.", gained[0]),
            _ => format!("Without {gate}, these are reached without any gate: {}.", gained.join(", ")),
        };
        let color = if gained.is_empty() { theme.color.text_2 } else { theme.color.error };
        wrapped(ui, &text, &Ink::new(theme.body(), color));
        ui.add_space(4.0);
        if button(ui, icons::ARROW_U_UP_LEFT, &format!("Put {gate} back"), Kind::Plain).clicked() {
            panel::change(view, |here| here.without = None);
        }
        return;
    }
    if asked.gates.is_empty() {
        return;
    }
    section_head(ui, "What if a gate were missing");
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(6.0, 6.0);
        for gate in &asked.gates {
            let text = format!("without {}", name_of(drawing, gate));
            if chip(ui, None, &text, false).clicked() {
                let gate = gate.to_string();
                panel::change(view, |here| here.without = Some(gate));
            }
        }
    });
}

fn rings_ui(ui: &mut Ui, view: &mut View<'_>, drawing: Drawing<'_>, shown: &Impact) {
    for (ring, nodes) in &shown.rings {
        ui.add_space(8.0);
        section_head(ui, &if *ring == 1 { "After 1 flow".to_owned() } else { format!("After {ring} flows") });
        for id in nodes {
            let text = name_of(drawing, id);
            let row =
                ListRow { icon: icons::CIRCLE, icon_color: None, text: &text, caption: "", selected: false };
            if row.show(ui).clicked() {
                select(view, [id.clone()]);
            }
        }
    }
}
