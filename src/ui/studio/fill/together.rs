//! What is known of the tools at the two ends of each flow. What nobody recorded is unknown, and not missing.

use std::ops::Range;

use egui::{Color32, Ui};

use super::fewest::below_ui;
use super::folded::{rest_ui, shown};
use super::{name_of, reveal, title_of};
use crate::action::DocumentId;
use crate::architecture::fill::{FlowIntegration, Known, Pair, Record, entry, integrations};
use crate::architecture::{Architecture, FlowKey};
use crate::catalog::Catalog;
use crate::shown::counted;
use crate::state::Drawing;
use crate::ui::landscape::sources_ui;
use crate::ui::theme::Theme;
use crate::ui::widgets::{Ink, Note, section_head, wrapped};
use crate::ui::{View, icons};

/// More flows than these are folded, in each group.
const MOST: usize = 5;
/// More lines than these are counted, at each flow.
const LINES: usize = 3;

/// What is known of the flows of a drawing.
#[derive(Debug)]
pub(in crate::ui::studio) struct Together {
    /// Flows with tools at both ends, what needs attention first.
    flows: Vec<FlowIntegration>,
    /// Those of which as much is known; none is empty.
    groups: Vec<(Known, Range<usize>)>,
    /// Flows of which an end names no tool.
    unfilled: Vec<FlowKey>,
    /// Of how many flows the catalog tells.
    told: usize,
}

impl Together {
    /// Asks the catalog.
    pub fn of(drawing: &Architecture, catalog: &Catalog) -> Self {
        let found = integrations(drawing, catalog);
        let mut flows = found.flows;
        flows.sort_by_cached_key(FlowIntegration::known);
        let mut groups = Vec::new();
        for group in flows.chunk_by(|one, other| one.known() == other.known()) {
            let start = groups.last().map_or(0, |(_, before): &(Known, Range<usize>)| before.end);
            groups.extend(group.first().map(|first| (first.known(), start..start + group.len())));
        }
        let told = groups.iter().filter(|(known, _)| *known == Known::Told).map(|(_, at)| at.len()).sum();
        Self { flows, groups, unfilled: found.unfilled, told }
    }
}

pub(super) fn together_ui(ui: &mut Ui, view: &mut View<'_>, id: DocumentId, drawing: Drawing<'_>) {
    let theme = Theme::of(ui);
    section_head(ui, "Do they work together?");
    let found = view.memory.studio.asked.together(view.state, id, drawing);
    let text = if found.flows.is_empty() {
        "No flow has tools at both of its ends yet.".to_owned()
    } else {
        format!(
            "The catalog tells of {} of {}. Of the others it has no record, which is not a no.",
            found.told,
            counted(found.flows.len(), "flow", "flows")
        )
    };
    wrapped(ui, &text, &Ink::new(theme.body(), theme.color.text_2));
    for (known, at) in &found.groups {
        let (known, flows) = (*known, &found.flows[at.clone()]);
        ui.add_space(10.0);
        section_head(ui, &format!("{} · {}", head(known), flows.len()));
        let key = head(known);
        for flow in flows.iter().take(shown(view, key, flows.len(), MOST)) {
            flow_ui(ui, view, drawing, flow, known);
        }
        rest_ui(ui, view, key, flows.len(), MOST);
    }
    if !found.unfilled.is_empty() {
        ui.add_space(10.0);
        let key = "An end names no tool";
        section_head(ui, &format!("{key} · {}", found.unfilled.len()));
        for flow in found.unfilled.iter().take(shown(view, key, found.unfilled.len(), MOST)) {
            let sign = (icons::CIRCLE, theme.color.text_3);
            row_ui(ui, view, drawing, flow, &Row { sign, below: &[], goes_on: false });
        }
        rest_ui(ui, view, key, found.unfilled.len(), MOST);
    }
}

fn head(known: Known) -> &'static str {
    match known {
        Known::Nothing => "No record",
        Known::NoEntry => "Not in the catalog",
        Known::Standard => "A standard in common",
        Known::Told => "Told to work together",
    }
}

/// The flow as a row that leads to its nodes.
fn row_ui(ui: &mut Ui, view: &mut View<'_>, drawing: Drawing<'_>, flow: &FlowKey, row: &Row<'_>) {
    let text = format!("{} → {}", title_of(drawing, &flow.from), title_of(drawing, &flow.to));
    let caption = flow.artifact.replace('_', " ");
    let &Row { sign, below, goes_on } = row;
    if (Note { sign, text: &text, caption: &caption, below, goes_on }).show(ui).clicked() {
        reveal(view, [flow.from.clone(), flow.to.clone()]);
    }
}

/// What is shown of a flow beside itself.
struct Row<'a> {
    sign: (&'a str, Color32),
    below: &'a [(String, Color32)],
    goes_on: bool,
}

fn flow_ui(ui: &mut Ui, view: &mut View<'_>, drawing: Drawing<'_>, flow: &FlowIntegration, known: Known) {
    let c = &Theme::of(ui).color;
    let sign = match known {
        Known::Told => (icons::CHECK, c.ok),
        Known::Standard => (icons::PLUGS_CONNECTED, c.text_3),
        Known::Nothing | Known::NoEntry => (icons::QUESTION, c.text_3),
    };
    let catalog = &view.state.catalog;
    let mut texts = match known {
        Known::Nothing => unrecorded(catalog, flow),
        Known::NoEntry => vec![without_entry(catalog, flow)],
        Known::Standard => flow.pairs.iter().filter_map(|pair| shared(catalog, pair)).collect(),
        Known::Told => Vec::new(),
    };
    if texts.len() > LINES {
        let more = format!("And {}.", counted(texts.len() - LINES, "more pair", "more pairs"));
        texts.truncate(LINES);
        texts.push(more);
    }
    let below: Vec<_> = texts.into_iter().map(|text| (text, c.text_2)).collect();
    let goes_on = known == Known::Told;
    row_ui(ui, view, drawing, &flow.flow, &Row { sign, below: &below, goes_on });
    if goes_on {
        below_ui(ui, |ui| told_ui(ui, view, flow));
    }
}

/// The pairs with entries of which nothing is recorded, those of one tool together.
fn unrecorded(catalog: &Catalog, flow: &FlowIntegration) -> Vec<String> {
    let mut found: Vec<(&str, Vec<&str>)> = Vec::new();
    for pair in flow.pairs.iter().filter(|pair| pair.record == Record::None) {
        let (from, to) = (name_of(catalog, &pair.from), name_of(catalog, &pair.to));
        match found.iter_mut().find(|(known, _)| *known == from) {
            Some((_, others)) => others.push(to),
            None => found.push((from, vec![to])),
        }
    }
    found.into_iter().map(|(from, others)| format!("{from} with {}", others.join(", "))).collect()
}

/// The tools of the flow that have no entry.
fn without_entry(catalog: &Catalog, flow: &FlowIntegration) -> String {
    let mut names: Vec<&str> = Vec::new();
    for id in flow.pairs.iter().flat_map(|pair| [&pair.from, &pair.to]) {
        if entry(catalog, id).is_none() && !names.contains(&id.as_str()) {
            names.push(id);
        }
    }
    format!("{} {} not in the catalog.", names.join(", "), if names.len() == 1 { "is" } else { "are" })
}

/// The standards that both tools of a pair speak.
fn shared(catalog: &Catalog, pair: &Pair) -> Option<String> {
    let Record::Standards(names) = &pair.record else { return None };
    let (from, to) = (name_of(catalog, &pair.from), name_of(catalog, &pair.to));
    Some(format!("{from} and {to}: {}", names.join(", ")))
}

/// What is told of the pairs that work together, with who says so. Those of which nothing is told need nobody then.
fn told_ui(ui: &mut Ui, view: &mut View<'_>, flow: &FlowIntegration) {
    let theme = Theme::of(ui);
    let ink = Ink::new(theme.small(), theme.color.text_2);
    let is_of = |pair: &&Pair| matches!(pair.record, Record::Same | Record::Told(_));
    for pair in flow.pairs.iter().filter(is_of).take(LINES) {
        let Record::Told(relations) = &pair.record else {
            wrapped(ui, &format!("{} is at both ends.", name_of(&view.state.catalog, &pair.from)), &ink);
            continue;
        };
        for relation in relations {
            let details = relation.details();
            let details = if details.is_empty() { details } else { format!(": {details}") };
            wrapped(ui, &format!("{}{details}.", relation.sentence()), &ink);
            sources_ui(ui, &relation.sources, view.actions);
        }
    }
}
