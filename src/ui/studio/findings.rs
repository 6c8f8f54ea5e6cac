//! What the rules found in a drawing, as cards: what is wrong where, why it hurts, and what to do.

mod aside;
mod card;
mod rules;
mod shown;
mod summary;

use std::collections::BTreeSet;
use std::sync::Arc;

use egui::{Color32, Sense, Ui, vec2};

use super::limits;
use crate::action::DocumentId;
use crate::architecture::lint::{self, Fix};
use crate::architecture::{Finding, NodeId, Place};
use crate::problem::Severity;
use crate::state::Drawing;
use crate::ui::theme::Theme;
use crate::ui::widgets::{Ink, chip, empty_state, wrapped};
use crate::ui::{View, icons};
use shown::Shown;

/// What the list of findings remembers of a window.
#[derive(Clone, Debug, Default)]
pub struct FindingsMemory {
    /// The rule and place of the finding that is looked at.
    at: Option<Key>,
    /// Severities that are left out.
    hidden: BTreeSet<Severity>,
    /// Whether the reasons of the finding are unfolded.
    why: bool,
    /// Whether the list is to bring it into sight.
    scrolls: bool,
    /// The half-typed reason to live with it, once asked for.
    reason: Option<(DocumentId, Key, String)>,
    /// What could be done about it, for one revision of one document.
    fixes: Option<(DocumentId, Revision, Key, Vec<Fix>)>,
    /// The bill of materials of one revision of one document and of one catalog.
    bill: Option<(BillKey, Vec<(&'static str, usize)>)>,
    /// The cards in their order, as they were made last.
    shown: Option<Arc<Shown>>,
    /// What is unfolded below the cards.
    rules: rules::RulesMemory,
}

/// What tells a state of a drawing from the others, and the part that is reported from the whole.
type Revision = (u64, bool);
/// The rule and place of a finding: what it is known by from one edit to the next.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Key {
    rule: &'static str,
    place: Place,
}

impl Key {
    fn of(finding: &Finding) -> Self {
        Self { rule: &finding.rule.id, place: finding.place.clone() }
    }

    fn is(&self, finding: &Finding) -> bool {
        self.rule == finding.rule.id && self.place == finding.place
    }
}

/// A state of a document and of the catalog.
type BillKey = (DocumentId, (u64, bool), u64);

/// The sign of a severity, which differs by shape as well as by colour.
pub(super) fn sign(theme: &Theme, severity: Severity) -> (&'static str, Color32) {
    match severity {
        Severity::Error => (icons::WARNING_CIRCLE, theme.color.error),
        Severity::Warning => (icons::WARNING, theme.color.warn),
        Severity::Info => (icons::INFO, theme.color.info),
    }
}

fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "Error",
        Severity::Warning => "Warning",
        Severity::Info => "Hint",
    }
}

/// The finding after, or before, the one that is looked at, among those that are shown; looks at it.
pub(super) fn step(view: &mut View<'_>, drawing: Drawing<'_>, forward: bool) {
    let memory = &mut view.memory.findings;
    let shown: Vec<&Finding> =
        drawing.judged.findings.iter().filter(|finding| !memory.hidden.contains(&finding.severity)).collect();
    if shown.is_empty() {
        return;
    }
    let at = memory.at.as_ref().and_then(|at| shown.iter().position(|finding| at.is(finding)));
    let next = match (at, forward) {
        (None, true) => 0,
        (None, false) => shown.len() - 1,
        (Some(at), true) => (at + 1) % shown.len(),
        (Some(at), false) => (at + shown.len() - 1) % shown.len(),
    };
    look_at(view, shown[next]);
}

/// Selects what a finding is about, and shows the list with it.
fn look_at(view: &mut View<'_>, finding: &Finding) {
    let memory = &mut view.memory.findings;
    memory.at = Some(Key::of(finding));
    (memory.why, memory.reason, memory.scrolls) = (false, None, true);
    view.memory.studio.reveal = true;
    let mut nodes: Vec<String> = finding.place.nodes().into_iter().map(ToString::to_string).collect();
    nodes.sort_unstable();
    nodes.dedup();
    super::panel::change(view, |here| {
        here.selected = nodes;
        here.panel = crate::address::DrawingPanel::Findings;
    });
}

pub(super) fn findings_ui(
    ui: &mut Ui,
    view: &mut View<'_>,
    id: DocumentId,
    drawing: Drawing<'_>,
    selected: &[NodeId],
) {
    if drawing.is_unjudged {
        let text = "A large drawing takes a moment.";
        empty_state(ui, icons::CIRCLE_NOTCH, "Holding it against the rules", text, None);
        return;
    }
    limits::breaches_ui(ui, view, id, drawing);
    let shown = Shown::of(&mut view.memory.findings, id, drawing, selected);
    if drawing.judged.findings.is_empty() {
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 180.0), Sense::hover());
        crate::ui::widgets::inside(ui, rect, egui::Layout::top_down(egui::Align::Min), |ui| {
            let lived_with = drawing.judged.lived_with.len();
            let text = match lived_with {
                0 => format!(
                    "None of the {} rules has anything to say about this drawing.",
                    lint::rules().len()
                ),
                _ => "Everything that was found is lived with, for the reasons below.".to_owned(),
            };
            empty_state(ui, icons::SEAL_CHECK, "Nothing to act on", &text, None);
        });
        after_ui(ui, view, id, drawing, &shown);
        return;
    }
    severities_ui(ui, view, drawing);
    for (index, card) in shown.cards.iter().enumerate() {
        let Some(finding) = drawing.judged.findings.get(card.at) else { continue };
        ui.add_space(8.0);
        card::card_ui(ui, view, id, drawing, (finding, card, index == shown.open));
    }
    if !shown.more.is_empty() {
        ui.add_space(8.0);
        wrapped(ui, &shown.more, &Ink::new(Theme::of(ui).body(), Theme::of(ui).color.text_3));
    }
    after_ui(ui, view, id, drawing, &shown);
}

/// What stands below the cards.
fn after_ui(ui: &mut Ui, view: &mut View<'_>, id: DocumentId, drawing: Drawing<'_>, shown: &Shown) {
    aside::lived_with_ui(ui, view, id, drawing, shown);
    aside::rule_sets_ui(ui, view, id, drawing);
    rules::rules_ui(ui, view, id, drawing);
    summary::summary_ui(ui, view, id, drawing);
}

/// How many of each, pressed away and back.
fn severities_ui(ui: &mut Ui, view: &mut View<'_>, drawing: Drawing<'_>) {
    let theme = Theme::of(ui);
    let all = [Severity::Error, Severity::Warning, Severity::Info];
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        for (severity, count) in all.into_iter().zip(drawing.judged.counts()) {
            if count == 0 {
                continue;
            }
            let (icon, color) = sign(theme, severity);
            let is_hidden = view.memory.findings.hidden.contains(&severity);
            let plural = if count == 1 { "" } else { "s" };
            let text = format!("{count} {}{plural}", word(severity).to_lowercase());
            let text = if is_hidden { format!("{text}, hidden") } else { text };
            let mark = if is_hidden { theme.color.text_3 } else { color };
            if chip(ui, Some((icon, mark)), &text, false).clicked() {
                let hidden = &mut view.memory.findings.hidden;
                if !hidden.remove(&severity) {
                    hidden.insert(severity);
                }
            }
        }
    });
}

/// Selects the nodes of a rule's findings, and shows the list.
pub(super) fn show_rule(view: &mut View<'_>, drawing: Drawing<'_>, rule: &str) {
    if let Some(finding) = drawing.judged.findings.iter().find(|finding| finding.rule.id == rule) {
        look_at(view, finding);
    } else {
        // It is lived with: the list tells so.
        super::panel::show(view, crate::address::DrawingPanel::Findings);
    }
}
