//! What changes with a node, an artifact or a tool: how much, who has to act, who is not guarded, and how far it goes.

mod choose;
mod figures;
mod steps;
mod swap;

use egui::{Color32, Ui, vec2};

use super::fill::{names_ui, rest_ui, shown};
use super::{panel, select};
use crate::action::DocumentId;
use crate::architecture::{Change, Impact, Node, NodeId, kinds};
use crate::command::Command;
use crate::shown::counted;
use crate::state::{Drawing, WhatIf};
use crate::ui::theme::Theme;
use crate::ui::widgets::{Ink, Kind, ListRow, button, chip, empty_state, fact_with, section_head, wrapped};
use crate::ui::{View, icons, shortcuts};

pub(super) use choose::ChooseMemory;
pub(super) use steps::caption_ui;

/// More boxes than these are folded, after each number of flows.
const MOST: usize = 12;

pub(super) fn impact_ui(ui: &mut Ui, view: &mut View<'_>, id: DocumentId, drawing: Drawing<'_>) {
    choose::choose_ui(ui, view, id, drawing);
    let Some(asked) = view.here().what_if() else {
        let text = "Choose a box here or in the drawing to see what has to be trained, checked and delivered again \
                    when it changes.";
        empty_state(ui, icons::FLOW_ARROW, "What if something changes?", text, None);
        return;
    };
    let theme = Theme::of(ui);
    let c = &theme.color;
    let shown = asked.shown();
    let title = format!("If {}…", asked.clause);
    wrapped(ui, &title, &Ink::new(theme.strong(theme.text.heading), c.text));
    figures::figures_ui(ui, shown, drawing.architecture.nodes.len() - shown.changed.len());
    steps::steps_ui(ui, view, drawing, asked);
    unknown_ui(ui, asked);
    if !matches!(asked.change(), Change::Node(_)) && !shown.changed.is_empty() {
        people(ui, view, "Named by", &shown.changed, drawing, None);
    }
    people(ui, view, "Retrain", &shown.retrain, drawing, None);
    people(ui, view, "Revalidate", &shown.revalidate, drawing, None);
    people(ui, view, "Redeploy", &shown.redeploy, drawing, None);
    people(ui, view, "Consumers", &shown.consumers, drawing, None);
    let alarm = if shown.unguarded_consumers.is_empty() { c.ok } else { c.error };
    people(ui, view, "Unguarded", &shown.unguarded_consumers, drawing, Some(alarm));
    let (text, color) = if shown.in_loop { ("comes back to where it began", c.warn) } else { ("no", c.text) };
    fact_with(ui, "In a loop", |ui| {
        wrapped(ui, text, &Ink::new(theme.medium(), color));
    });
    if !shown.via_feedback.is_empty() {
        people(ui, view, "By feedback", &shown.via_feedback, drawing, None);
    }
    if !shown.notified.is_empty() {
        people(ui, view, "Only told", &shown.notified, drawing, None);
    }
    if !shown.undeclared.is_empty() {
        people(ui, view, "Unknown reach", &shown.undeclared, drawing, Some(c.warn));
        let text = "Who reads there is not drawn, so nobody can say how far the change goes.";
        wrapped(ui, text, &Ink::new(theme.small(), c.text_3));
    }
    gates_ui(ui, view, drawing, asked);
    if let Some(found) = &asked.swap {
        swap::swap_ui(ui, view, drawing, found);
    }
    reports_ui(ui, view);
    rings_ui(ui, view, drawing, shown);
}

fn name_of<'a>(drawing: Drawing<'a>, id: &'a NodeId) -> &'a str {
    drawing.architecture.nodes.get(id).map_or(id.as_str(), Node::title)
}

/// Says where nothing can be followed, so that no effect is not taken for none.
fn unknown_ui(ui: &mut Ui, asked: &WhatIf) {
    let Change::Artifact(word) = asked.change() else { return };
    let theme = Theme::of(ui);
    let text = match kinds::artifact(word) {
        None => "This version does not know this artifact, so it cannot be followed: the effect is unknown.",
        Some(_) if asked.impact.full == 0 => {
            "It is only seen, starts or permits something: nothing is made from it."
        }
        Some(_) => return,
    };
    wrapped(ui, text, &Ink::new(theme.body(), theme.color.text_2));
}

/// A line of nodes by their names; of many only the first, until all are asked for.
fn people(
    ui: &mut Ui,
    view: &mut View<'_>,
    name: &str,
    nodes: &[NodeId],
    drawing: Drawing<'_>,
    color: Option<Color32>,
) {
    let theme = Theme::of(ui);
    let plain = if nodes.is_empty() { theme.color.text_3 } else { theme.color.text };
    let ink = Ink::new(theme.medium(), color.unwrap_or(plain));
    fact_with(ui, name, |ui| {
        if nodes.is_empty() {
            wrapped(ui, "none", &ink);
            return;
        }
        let key = format!("impact, {name}");
        names_ui(ui, view, (&key, ""), (nodes.len(), &|at| name_of(drawing, &nodes[at])), &ink);
    });
}

/// The gates that hold the change up, each taken out in thought by a press.
fn gates_ui(ui: &mut Ui, view: &mut View<'_>, drawing: Drawing<'_>, asked: &WhatIf) {
    let theme = Theme::of(ui);
    ui.add_space(10.0);
    if let Some((gate, without)) = &asked.without {
        let gained: Vec<&str> = without
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

/// The buttons that write all of it down.
fn reports_ui(ui: &mut Ui, view: &mut View<'_>) {
    ui.add_space(12.0);
    ui.horizontal(|ui| {
        if button(ui, icons::EXPORT, "Report", Kind::Plain).clicked() {
            shortcuts::execute(view, Command::ExportMarkdown);
        }
        if button(ui, icons::TABLE, "CSV", Kind::Plain).clicked() {
            shortcuts::execute(view, Command::ExportCsv);
        }
    });
}

fn rings_ui(ui: &mut Ui, view: &mut View<'_>, drawing: Drawing<'_>, found: &Impact) {
    for (ring, nodes) in &found.rings {
        ui.add_space(8.0);
        let head = format!("After {}", counted(*ring, "flow", "flows"));
        section_head(ui, &head);
        for id in nodes.iter().take(shown(view, &head, nodes.len(), MOST)) {
            let text = name_of(drawing, id);
            let row = ListRow { icon: icons::CIRCLE, icon_color: None, text, caption: "", selected: false };
            if row.show(ui).clicked() {
                select(view, [id.clone()]);
            }
        }
        rest_ui(ui, view, &head, nodes.len(), MOST);
    }
}
