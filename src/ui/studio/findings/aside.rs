//! What people have decided to live with, each with its reason, and the rule sets of the drawing.

use egui::Ui;

use super::shown::Shown;
use super::sign;
use crate::action::DocumentId;
use crate::architecture::Edit;
use crate::architecture::lint::rule_sets;
use crate::state::Drawing;
use crate::ui::View;
use crate::ui::studio::edit;
use crate::ui::theme::Theme;
use crate::ui::widgets::{Ink, Kind, button, chip, section_head, wrapped};

/// Findings that are told no more.
pub(super) fn lived_with_ui(
    ui: &mut Ui,
    view: &mut View<'_>,
    id: DocumentId,
    drawing: Drawing<'_>,
    shown: &Shown,
) {
    let lived_with = &drawing.judged.lived_with;
    if lived_with.is_empty() {
        return;
    }
    let theme = Theme::of(ui);
    ui.add_space(18.0);
    section_head(ui, &format!("Lived with · {}", lived_with.len()));
    for one in &shown.lived_with {
        let Some(finding) = lived_with.get(one.at) else { continue };
        ui.add_space(4.0);
        wrapped(ui, &finding.rule.name, &Ink::new(theme.medium(), theme.color.text));
        wrapped(ui, &one.message, &Ink::new(theme.small(), theme.color.text_2));
        wrapped(ui, &one.reason, &Ink::new(theme.body(), theme.color.text_2));
        let again = ui.push_id((&finding.rule.id, &finding.place), |ui| {
            !drawing.is_fixed() && button(ui, "", "Tell it again", Kind::Quiet).clicked()
        });
        if again.inner {
            edit(view, id, finding.tell_again(drawing.architecture));
        }
    }
    if !shown.more_lived_with.is_empty() {
        wrapped(ui, &shown.more_lived_with, &Ink::new(theme.body(), theme.color.text_3));
    }
}

/// The sets of rules that apply, each switched by a press.
pub(super) fn rule_sets_ui(ui: &mut Ui, view: &mut View<'_>, id: DocumentId, drawing: Drawing<'_>) {
    let theme = Theme::of(ui);
    let sets = &drawing.architecture.ruleset;
    ui.add_space(18.0);
    section_head(ui, "Rules for");
    if drawing.is_fixed() {
        told_sets_ui(ui, sets);
    } else {
        switched_sets_ui(ui, view, id, sets);
    }
    let unknown: Vec<&str> =
        sets.iter().map(String::as_str).filter(|id| rule_sets().iter().all(|set| set.id != *id)).collect();
    if !unknown.is_empty() {
        let (_, color) = sign(theme, crate::problem::Severity::Warning);
        let text = format!("This version has no rules for {}: they do nothing.", unknown.join(", "));
        wrapped(ui, &text, &Ink::new(theme.body(), color));
    }
}

/// The sets that apply, where nobody may change that.
fn told_sets_ui(ui: &mut Ui, sets: &[String]) {
    let theme = Theme::of(ui);
    let on: Vec<&str> =
        rule_sets().iter().filter(|set| sets.contains(&set.id)).map(|set| set.title.as_str()).collect();
    let text = if on.is_empty() {
        "No set is on: the rules are as they are given.".to_owned()
    } else {
        on.join(", ")
    };
    wrapped(ui, &text, &Ink::new(theme.body(), theme.color.text_2));
}

fn switched_sets_ui(ui: &mut Ui, view: &mut View<'_>, id: DocumentId, sets: &[String]) {
    let theme = Theme::of(ui);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = egui::vec2(6.0, 6.0);
        for set in rule_sets() {
            let is_on = sets.contains(&set.id);
            let text = if is_on { format!("{}, on", set.title) } else { set.title.clone() };
            let mark = is_on.then_some((crate::ui::icons::CHECK, theme.color.ok));
            let pressed = chip(ui, mark, &text, false).on_hover_text(&set.summary).clicked();
            if pressed {
                let mut sets = sets.to_vec();
                if is_on {
                    sets.retain(|other| *other != set.id);
                } else {
                    sets.push(set.id.clone());
                }
                edit(view, id, Edit::SetRuleset(sets));
            }
        }
    });
}
