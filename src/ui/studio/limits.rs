//! What an organisation allows in a drawing, and what of it does not keep that.

mod lists;

use std::collections::BTreeSet;

use egui::{Ui, vec2};

use super::typed::{FoundIn, Typed};
use super::{edit, select};
use crate::action::DocumentId;
use crate::architecture::{Architecture, Breach, Constraints, Edit};
use crate::catalog::LicenseClass;
use crate::shown::counted;
use crate::state::Drawing;
use crate::ui::theme::Theme;
use crate::ui::widgets::{Ink, Kind, Note, button, chip, fact_with, icon_button, section_head, wrapped};
use crate::ui::{View, icons};

/// More lines than these nobody reads one by one.
const MOST: usize = 12;

/// The half-typed names of what is to be allowed.
#[derive(Clone, Debug, Default)]
pub struct LimitsMemory {
    /// Which document they are of.
    of: Option<DocumentId>,
    language: Typed,
    foundation: Typed,
}

pub(super) fn limits_ui(ui: &mut Ui, view: &mut View<'_>, id: DocumentId, drawing: Drawing<'_>) {
    let theme = Theme::of(ui);
    if view.memory.studio.limits.of != Some(id) {
        view.memory.studio.limits = LimitsMemory { of: Some(id), ..LimitsMemory::default() };
    }
    let allowed = &drawing.architecture.constraints;
    ui.add_space(8.0);
    section_head(ui, "Allowed");
    let mut change = None;
    if drawing.is_fixed() {
        told_ui(ui, allowed);
    } else {
        let switched = switches_ui(ui, allowed);
        let listed = lists::lists_ui(ui, view, allowed, &FoundIn::of(view.state, id, drawing));
        let numbered = most_tools_ui(ui, drawing.architecture);
        change = switched.or(listed).or(numbered);
    }
    if let Some(next) = change {
        edit(view, id, Edit::SetConstraints(next));
    }
    ui.add_space(4.0);
    if allowed.is_empty() {
        wrapped(ui, "Anything: no limit is set.", &Ink::new(theme.small(), theme.color.text_3));
        return;
    }
    if !allowed.extra.is_empty() {
        let keys = allowed.extra.keys().map(String::as_str).collect::<Vec<_>>().join(", ");
        let text = format!("The file has limits that this version does not know and does not check: {keys}.");
        wrapped(ui, &text, &Ink::new(theme.small(), theme.color.warn));
    }
    let breaches = view.memory.studio.asked.breaches(view.state, id, drawing);
    broken_ui(ui, view, &breaches.broken, breaches.unknown);
}

/// What is not allowed, beside what the rules find; nothing where all that is allowed is kept.
pub(super) fn breaches_ui(ui: &mut Ui, view: &mut View<'_>, id: DocumentId, drawing: Drawing<'_>) {
    if drawing.architecture.constraints.is_empty() {
        return;
    }
    let breaches = view.memory.studio.asked.breaches(view.state, id, drawing);
    if breaches.broken.is_empty() {
        return;
    }
    section_head(ui, &format!("Not allowed · {}", breaches.broken.len()));
    broken_ui(ui, view, &breaches.broken, breaches.unknown);
    ui.add_space(8.0);
}

/// What is broken, and how much nobody knows.
fn broken_ui(ui: &mut Ui, view: &mut View<'_>, broken: &[Breach], unknown: usize) {
    let theme = Theme::of(ui);
    for breach in broken.iter().take(MOST) {
        let note = Note {
            sign: (icons::WARNING, theme.color.warn),
            text: &breach.message,
            caption: "",
            below: &[],
            goes_on: false,
        };
        if note.show(ui).clicked()
            && let Some(node) = &breach.node
        {
            view.memory.studio.reveal = true;
            select(view, [node.clone()]);
        }
    }
    let facts = format!("{} the catalog does not know", counted(unknown, "fact", "facts"));
    let text = match (broken.len(), unknown) {
        (0, 0) => "All of it is kept.".to_owned(),
        (0, _) => format!("Nothing breaks it for sure. {facts}."),
        (broken, _) if broken > MOST => format!("And {} more. {facts}.", broken - MOST),
        (_, 0) => String::new(),
        _ => format!("{facts}."),
    };
    if !text.is_empty() {
        wrapped(ui, &text, &Ink::new(theme.small(), theme.color.text_3));
    }
}

/// What is allowed, where nobody may change it.
fn told_ui(ui: &mut Ui, allowed: &Constraints) {
    let title = |word: &String| {
        LicenseClass::from_id(word).map_or_else(|| word.clone(), |class| class.title().to_owned())
    };
    let mut running = Vec::new();
    running.extend(allowed.air_gapped.then(|| "Air-gapped".to_owned()));
    running.extend(allowed.without_kubernetes.then(|| "Without Kubernetes".to_owned()));
    let lists = [
        ("Licences", allowed.licenses.iter().map(title).collect()),
        ("Running", running),
        ("Languages", allowed.languages.clone()),
        ("Foundations", allowed.foundations.clone()),
        ("Most tools", allowed.most_tools.iter().map(u32::to_string).collect()),
    ];
    for (name, words) in lists.into_iter().filter(|(_, words)| !words.is_empty()) {
        crate::ui::widgets::fact(ui, name, &words.join(", "));
    }
}

fn turn(list: &mut Vec<String>, word: &str) {
    let before = list.len();
    list.retain(|known| known != word);
    if list.len() == before {
        list.push(word.to_owned());
    }
}

/// Licence classes, and what tools may need.
fn switches_ui(ui: &mut Ui, allowed: &Constraints) -> Option<Constraints> {
    let theme = Theme::of(ui);
    let mut change = None;
    let mut switch = |ui: &mut Ui, text: &str, is_on: bool, turn: &dyn Fn(&mut Constraints)| {
        let told = if is_on { format!("{text}, asked") } else { text.to_owned() };
        let mark = is_on.then_some((icons::CHECK, theme.color.ok));
        if chip(ui, mark, &told, false).clicked() {
            let mut next = allowed.clone();
            turn(&mut next);
            change = Some(next);
        }
    };
    fact_with(ui, "Licences", |ui| {
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(6.0, 6.0);
            for class in [LicenseClass::Osi, LicenseClass::OpenCore, LicenseClass::SourceAvailable] {
                let is_on = allowed.licenses.iter().any(|word| word == class.id());
                switch(ui, class.title(), is_on, &|next| turn(&mut next.licenses, class.id()));
            }
        });
    });
    ui.add_space(4.0);
    fact_with(ui, "Running", |ui| {
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(6.0, 6.0);
            switch(ui, "Air-gapped", allowed.air_gapped, &|next| next.air_gapped = !next.air_gapped);
            switch(ui, "Without Kubernetes", allowed.without_kubernetes, &|next| {
                next.without_kubernetes = !next.without_kubernetes;
            });
        });
    });
    ui.add_space(4.0);
    change
}

/// How many different tools there may be: none until asked for, then counted up and down.
fn most_tools_ui(ui: &mut Ui, drawing: &Architecture) -> Option<Constraints> {
    let theme = Theme::of(ui);
    let allowed = &drawing.constraints;
    let mut next = allowed.most_tools;
    fact_with(ui, "Most tools", |ui| {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            let Some(most) = allowed.most_tools else {
                if button(ui, icons::PLUS, "Limit their number", Kind::Quiet).clicked() {
                    let named: BTreeSet<_> = drawing.nodes.values().flat_map(|node| &node.tools).collect();
                    next = Some(named.len() as u32);
                }
                return;
            };
            if icon_button(ui, icons::MINUS, "One tool fewer", false).clicked() {
                next = Some(most.saturating_sub(1));
            }
            let figure = egui::RichText::new(most.to_string()).font(theme.mono()).color(theme.color.text);
            ui.label(figure);
            if icon_button(ui, icons::PLUS, "One tool more", false).clicked() {
                next = Some(most.saturating_add(1));
            }
            if icon_button(ui, icons::X, "No limit on the number of tools", false).clicked() {
                next = None;
            }
        });
    });
    (next != allowed.most_tools).then(|| Constraints { most_tools: next, ..allowed.clone() })
}
