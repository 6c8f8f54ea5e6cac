//! What the tools of a drawing need to run, from the facts of the catalog; what it does not tell is counted.

use egui::Ui;

use super::fewest::below_ui;
use super::folded::{names_ui, rest_ui, shown, toggle};
use super::name_of;
use crate::action::DocumentId;
use crate::architecture::fill::{Need, Operations, Service};
use crate::shown::counted;
use crate::state::Drawing;
use crate::ui::landscape::sources_ui;
use crate::ui::theme::Theme;
use crate::ui::widgets::{Ink, ListRow, fact_with, section_head, wrapped};
use crate::ui::{View, icons};

/// More services than these are folded.
const MOST: usize = 8;
/// More languages or ways to run than these are folded.
const VALUES: usize = 5;

pub(super) fn needs_ui(ui: &mut Ui, view: &mut View<'_>, id: DocumentId, drawing: Drawing<'_>) {
    let theme = Theme::of(ui);
    section_head(ui, "What they need to run");
    let bill = view.memory.studio.asked.operations(view.state, id, drawing);
    let text = match bill.tools.len() {
        0 => "No box names a tool yet.".to_owned(),
        count => format!("{}, by what the catalog tells of them.", counted(count, "tool", "tools")),
    };
    wrapped(ui, &text, &Ink::new(theme.body(), theme.color.text_2));
    if bill.tools.is_empty() {
        return;
    }
    ui.add_space(6.0);
    for (what, need) in [("Kubernetes", &bill.kubernetes), ("GPU", &bill.gpu), ("Network", &bill.network)] {
        need_ui(ui, view, what, need);
        ui.add_space(6.0);
    }
    let lists = [
        ("Languages", "Not known of", &bill.languages, &bill.languages_unknown),
        ("Ways to run", "Not known of", &bill.deploy, &bill.deploy_unknown),
    ];
    for (head, unknown_head, known, unknown) in lists {
        ui.add_space(6.0);
        section_head(ui, head);
        // The most common first.
        let mut known: Vec<(&String, &Vec<String>)> = known.iter().collect();
        known.sort_by_key(|(_, by)| std::cmp::Reverse(by.len()));
        for (name, by) in known.iter().take(shown(view, head, known.len(), VALUES)) {
            let key = format!("{head} {name}");
            counted_ui(ui, view, (&key, name), by, theme.color.text_2);
        }
        rest_ui(ui, view, head, known.len(), VALUES);
        if !unknown.is_empty() {
            let key = format!("{head}, unknown");
            counted_ui(ui, view, (&key, unknown_head), unknown, theme.color.text_3);
        }
    }
    services_ui(ui, view, &bill);
}

/// Names of tools after some words.
fn tools_ui(
    ui: &mut Ui,
    view: &mut View<'_>,
    (key, before): (&str, &str),
    ids: &[String],
    color: egui::Color32,
) {
    let (ink, catalog) = (Ink::new(Theme::of(ui).body(), color), &view.state.catalog);
    names_ui(ui, view, (key, before), (ids.len(), &|at| name_of(catalog, &ids[at])), &ink);
}

/// Who needs something, who does not, and of whom nobody knows.
fn need_ui(ui: &mut Ui, view: &mut View<'_>, what: &str, need: &Need) {
    let c = &Theme::of(ui).color;
    fact_with(ui, what, |ui| {
        let groups = [
            ("Needed by", &need.yes, c.text),
            ("Not by", &need.no, c.text_2),
            ("Unknown of", &need.unknown, c.text_3),
        ];
        for (words, ids, color) in groups {
            if !ids.is_empty() {
                let (key, before) = (format!("{what} {words}"), format!("{words} {}: ", ids.len()));
                tools_ui(ui, view, (&key, &before), ids, color);
            }
        }
    });
}

/// A value with the tools that have it.
fn counted_ui(
    ui: &mut Ui,
    view: &mut View<'_>,
    (key, name): (&str, &str),
    by: &[String],
    color: egui::Color32,
) {
    fact_with(ui, name, |ui| tools_ui(ui, view, (key, ""), by, color));
}

/// What tools are told to run on, each with who says so once it is pressed.
fn services_ui(ui: &mut Ui, view: &mut View<'_>, bill: &Operations) {
    let theme = Theme::of(ui);
    ui.add_space(10.0);
    section_head(ui, "Services that they can run on");
    if bill.services.is_empty() {
        wrapped(ui, "The catalog tells of none.", &Ink::new(theme.body(), theme.color.text_3));
        return;
    }
    let key = "services";
    for service in bill.services.iter().take(shown(view, key, bill.services.len(), MOST)) {
        service_ui(ui, view, service);
    }
    rest_ui(ui, view, key, bill.services.len(), MOST);
}

fn service_ui(ui: &mut Ui, view: &mut View<'_>, service: &Service) {
    let theme = Theme::of(ui);
    let key = format!("service {}", service.tool);
    let is_open = view.memory.studio.fill.unfolded.contains(&key);
    let drawn = if service.is_drawn { "in the drawing" } else { "not in the drawing" };
    let caption = format!("{} · {drawn}", counted(service.by.len(), "tool", "tools"));
    let row = ListRow {
        icon: if is_open { icons::CARET_DOWN } else { icons::CARET_RIGHT },
        icon_color: None,
        text: &service.name,
        caption: &caption,
        selected: false,
    };
    if row.show(ui).clicked() {
        toggle(view, &key);
    }
    if !is_open {
        return;
    }
    below_ui(ui, |ui| {
        for (by, sources) in &service.by {
            let text = format!("{} can run on it.", name_of(&view.state.catalog, by));
            wrapped(ui, &text, &Ink::new(theme.small(), theme.color.text_2));
            sources_ui(ui, sources, view.actions);
        }
    });
}
