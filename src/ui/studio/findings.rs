//! What the rules found in a drawing, as cards: what is wrong where, why it hurts, and what to do.

mod aside;
mod card;
mod summary;

use std::collections::BTreeSet;

use egui::{Color32, Sense, Ui, vec2};

use crate::action::DocumentId;
use crate::architecture::lint::{Fix, rules};
use crate::architecture::{Finding, NodeId};
use crate::problem::Severity;
use crate::state::Drawing;
use crate::ui::theme::Theme;
use crate::ui::widgets::{Ink, chip, empty_state, wrapped};
use crate::ui::{View, icons};

/// More cards than these nobody reads one by one.
const MOST: usize = 60;

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
    fixes: Option<(DocumentId, u64, Key, Vec<Fix>)>,
    /// The bill of materials of one revision of one document and of one catalog.
    bill: Option<(BillKey, Vec<(&'static str, usize)>)>,
}

/// The rule and place of a finding: what it is known by from one edit to the next.
type Key = (String, Vec<String>);
/// A revision of a document, and the address of the catalog.
type BillKey = (DocumentId, u64, usize);

fn key(finding: &Finding) -> Key {
    (finding.rule.id.clone(), finding.place.at())
}

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
    let at = memory.at.as_ref().and_then(|at| shown.iter().position(|finding| key(finding) == *at));
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
    memory.at = Some(key(finding));
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
    if drawing.judged.findings.is_empty() {
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 180.0), Sense::hover());
        crate::ui::widgets::inside(ui, rect, egui::Layout::top_down(egui::Align::Min), |ui| {
            let lived_with = drawing.judged.lived_with.len();
            let text = match lived_with {
                0 => format!("None of the {} rules has anything to say about this drawing.", rules().len()),
                _ => "Everything that was found is lived with, for the reasons below.".to_owned(),
            };
            empty_state(ui, icons::SEAL_CHECK, "Nothing to act on", &text, None);
        });
        after_ui(ui, view, id, drawing);
        return;
    }
    severities_ui(ui, view, drawing);
    let hidden = view.memory.findings.hidden.clone();
    let mut shown: Vec<&Finding> =
        drawing.judged.findings.iter().filter(|finding| !hidden.contains(&finding.severity)).collect();
    // What is said of the selected nodes comes first.
    let is_here = |finding: &Finding| finding.place.nodes().iter().any(|node| selected.contains(node));
    let is_at = |finding: &Finding| view.memory.findings.at.as_ref() == Some(&key(finding));
    // Stepping through must not shuffle the list: only what nobody steps through is put in front.
    if !shown.iter().any(|finding| is_at(finding) && is_here(finding)) {
        shown.sort_by_key(|finding| !is_here(finding));
    }
    // Something is always open, so that one sees what can be done.
    let at = view.memory.findings.at.clone();
    let open = shown.iter().position(|finding| at.as_ref() == Some(&key(finding))).unwrap_or(0);
    for (index, finding) in shown.iter().take(MOST).enumerate() {
        ui.add_space(8.0);
        card::card_ui(ui, view, id, drawing, (finding, index == open));
    }
    if shown.len() > MOST {
        ui.add_space(8.0);
        let text = format!("And {} more: mend some of these first.", shown.len() - MOST);
        wrapped(ui, &text, &Ink::new(Theme::of(ui).body(), Theme::of(ui).color.text_3));
    }
    after_ui(ui, view, id, drawing);
}

/// What stands below the cards.
fn after_ui(ui: &mut Ui, view: &mut View<'_>, id: DocumentId, drawing: Drawing<'_>) {
    aside::lived_with_ui(ui, view, id, drawing);
    aside::rule_sets_ui(ui, view, id, drawing);
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
