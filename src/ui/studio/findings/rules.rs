//! The rules in detail: what each set does, and what this drawing says of single rules.

use egui::Ui;

use super::sign;
use crate::action::DocumentId;
use crate::architecture::Edit;
use crate::architecture::lint::{Change, Choice, Group, Rule, rule_sets, rules, severity, severity_by_sets};
use crate::problem::Severity;
use crate::state::Drawing;
use crate::ui::studio::edit;
use crate::ui::theme::Theme;
use crate::ui::widgets::{Ink, Kind, ListRow, button, section_head, tab, wrapped};
use crate::ui::{View, icons};

/// What the list of rules remembers.
#[derive(Clone, Debug, Default)]
pub(super) struct RulesMemory {
    /// Whether the rules are listed.
    is_open: bool,
    /// The rule that is unfolded.
    rule: Option<&'static str>,
    /// The set that is unfolded.
    set: Option<&'static str>,
    /// Whether it is to be brought into sight.
    scrolls: bool,
}

impl RulesMemory {
    /// Unfolds one rule.
    pub fn show(&mut self, rule: &'static Rule) {
        *self = Self { is_open: true, rule: Some(&rule.id), scrolls: true, set: self.set };
    }
}

pub(super) fn rules_ui(ui: &mut Ui, view: &mut View<'_>, id: DocumentId, drawing: Drawing<'_>) {
    let is_open = view.memory.findings.rules.is_open;
    ui.add_space(4.0);
    let (icon, text) = if is_open {
        (icons::CARET_DOWN, "Hide the rules")
    } else {
        (icons::CARET_RIGHT, "All rules, one by one")
    };
    if button(ui, icon, text, Kind::Quiet).clicked() {
        view.memory.findings.rules = RulesMemory { is_open: !is_open, ..RulesMemory::default() };
    }
    if !is_open {
        return;
    }
    sets_ui(ui, view, drawing);
    own_ui(ui, view, id, drawing);
    let mut group = None;
    for rule in rules() {
        if group.replace(rule.group) != Some(rule.group) {
            ui.add_space(10.0);
            section_head(ui, Group::title(rule.group));
        }
        rule_ui(ui, view, id, drawing, rule);
    }
}

/// What each set does, rule by rule: those that are chosen, and one that somebody asks about.
fn sets_ui(ui: &mut Ui, view: &mut View<'_>, drawing: Drawing<'_>) {
    let theme = Theme::of(ui);
    ui.add_space(10.0);
    section_head(ui, "What the sets do");
    let mut go = None;
    for set in rule_sets() {
        let is_on = drawing.architecture.ruleset.contains(&set.id);
        let memory = &mut view.memory.findings.rules;
        let is_open = memory.set == Some(set.id.as_str());
        let icon = if is_open { icons::CARET_DOWN } else { icons::CARET_RIGHT };
        let caption = if is_on { "on" } else { "" };
        let row = ListRow { icon, icon_color: None, text: &set.title, caption, selected: false };
        if ui.push_id(("set", &set.id), |ui| row.show(ui)).inner.clicked() {
            memory.set = (!is_open).then_some(set.id.as_str());
        }
        if !is_open {
            continue;
        }
        wrapped(ui, &set.summary, &Ink::new(theme.body(), theme.color.text_2));
        for (rule, change) in set.changes() {
            let (icon, color, caption) = match change {
                Change::Off => (icons::X, theme.color.text_3, "off"),
                Change::On => (icons::CHECK, theme.color.text_3, "stays on"),
                Change::Stricter(severity) | Change::Looser(severity) => {
                    let (icon, color) = sign(theme, severity);
                    (icon, color, now(change, severity))
                }
            };
            let row = ListRow { icon, icon_color: Some(color), text: &rule.name, caption, selected: false };
            if ui.push_id((&set.id, &rule.id), |ui| row.show(ui)).inner.clicked() {
                go = Some(rule);
            }
        }
        ui.add_space(6.0);
    }
    if let Some(rule) = go {
        view.memory.findings.rules.show(rule);
    }
}

fn now(change: Change, severity: Severity) -> &'static str {
    match (change, severity) {
        (Change::Looser(_), Severity::Info) => "only a hint",
        (Change::Looser(_), Severity::Warning) => "only a warning",
        (_, Severity::Info) => "a hint",
        (_, Severity::Warning) => "a warning now",
        (_, Severity::Error) => "an error now",
    }
}

/// How many rules this drawing changes by itself, and the way back.
fn own_ui(ui: &mut Ui, view: &mut View<'_>, id: DocumentId, drawing: Drawing<'_>) {
    let theme = Theme::of(ui);
    let own = drawing.architecture.rules.len();
    ui.add_space(10.0);
    section_head(ui, "For this drawing only");
    let text = match own {
        0 if drawing.is_fixed() => "No rule is changed for this drawing.".to_owned(),
        0 => "Choose a rule to make it stricter or looser here, or to turn it off. It is kept in the file."
            .to_owned(),
        1 => "1 rule is changed for this drawing.".to_owned(),
        own => format!("{own} rules are changed for this drawing."),
    };
    wrapped(ui, &text, &Ink::new(theme.small(), theme.color.text_2));
    if own > 0
        && !drawing.is_fixed()
        && button(ui, icons::ARROW_U_UP_LEFT, "Take all changes back", Kind::Quiet).clicked()
    {
        edit(view, id, Edit::SetRules(Default::default()));
    }
}

/// One rule: how much it matters here, and once unfolded how much it could.
fn rule_ui(ui: &mut Ui, view: &mut View<'_>, id: DocumentId, drawing: Drawing<'_>, rule: &'static Rule) {
    let theme = Theme::of(ui);
    let own = Choice::of(drawing.architecture, rule);
    let is = severity(rule, drawing.architecture);
    let (icon, color) = is.map_or((icons::CIRCLE, theme.color.text_3), |severity| sign(theme, severity));
    let caption = match (is, own.is_some()) {
        (None, true) => "off here",
        (None, false) => "off",
        (Some(_), true) => "changed",
        (Some(_), false) => "",
    };
    let is_open = view.memory.findings.rules.rule == Some(rule.id.as_str());
    let row = ListRow { icon, icon_color: Some(color), text: &rule.name, caption, selected: is_open };
    let response = ui.push_id(("rule", &rule.id), |ui| row.show(ui)).inner;
    let memory = &mut view.memory.findings.rules;
    if is_open && std::mem::take(&mut memory.scrolls) {
        ui.scroll_to_rect(response.rect, Some(egui::Align::Center));
    }
    if response.clicked() {
        memory.rule = (!is_open).then_some(rule.id.as_str());
    }
    if !is_open {
        return;
    }
    wrapped(ui, &rule.explanation, &Ink::new(theme.body(), theme.color.text_2));
    let given = match severity_by_sets(rule, &drawing.architecture.ruleset) {
        Some(Severity::Error) => "As it is given it is an error.",
        Some(Severity::Warning) => "As it is given it is a warning.",
        Some(Severity::Info) => "As it is given it is a hint.",
        None => "As it is given it is off.",
    };
    wrapped(ui, given, &Ink::new(theme.small(), theme.color.text_3));
    if !rule.can_be_off() {
        let text = "The maturity reads it, so it cannot be off.";
        wrapped(ui, text, &Ink::new(theme.small(), theme.color.text_3));
    }
    if drawing.is_fixed() {
        return;
    }
    let mut next = None;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        if tab(ui, "", "As given", own.is_none()).clicked() {
            next = Some(None);
        }
        let choices = Choice::ALL.into_iter().filter(|choice| *choice != Choice::Off || rule.can_be_off());
        for choice in choices {
            if tab(ui, "", title(choice), own == Some(choice)).clicked() {
                next = Some(Some(choice));
            }
        }
    });
    ui.add_space(6.0);
    if let Some(choice) = next {
        let mut rules = drawing.architecture.rules.clone();
        match choice {
            Some(choice) => rules.insert(rule.id.clone(), choice.word().to_owned()),
            None => rules.remove(&rule.id),
        };
        edit(view, id, Edit::SetRules(rules));
    }
}

fn title(choice: Choice) -> &'static str {
    match choice {
        Choice::Severity(severity) => super::word(severity),
        Choice::Off => "Off",
    }
}
