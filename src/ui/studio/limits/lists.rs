//! Languages and foundations that are allowed: added by typing, taken away by the cross of their chip.

use std::collections::BTreeMap;

use egui::{Ui, vec2};

use crate::architecture::Constraints;
use crate::catalog::Tool;
use crate::state::State;
use crate::ui::View;
use crate::ui::studio::typed::{FoundIn, Offer, Typed};
use crate::ui::theme::Theme;
use crate::ui::widgets::{fact_with, removable_chip};

/// As many as are worth reading.
const OFFERS: usize = 8;

pub(super) fn lists_ui(
    ui: &mut Ui,
    view: &mut View<'_>,
    allowed: &Constraints,
    within: &FoundIn,
) -> Option<Constraints> {
    let mut change = None;
    let state = view.state;
    let memory = &mut view.memory.studio.limits;
    let words = |tool: &Tool| tool.languages.clone();
    let find = |text: &str| offers(state, &allowed.languages, text, words);
    if let Some(languages) = list_ui(
        ui,
        &mut memory.language,
        ("Languages", "Allow a language"),
        &allowed.languages,
        (within, find),
    ) {
        change = Some(Constraints { languages, ..allowed.clone() });
    }
    let words = |tool: &Tool| tool.foundations.iter().map(|foundation| foundation.org.clone()).collect();
    let find = |text: &str| offers(state, &allowed.foundations, text, words);
    if let Some(foundations) = list_ui(
        ui,
        &mut memory.foundation,
        ("Foundations", "Allow a foundation"),
        &allowed.foundations,
        (within, find),
    ) {
        change = Some(Constraints { foundations, ..allowed.clone() });
    }
    change
}

/// The words of the list as chips, and the field that adds one. Answers with the list as it is to be.
fn list_ui(
    ui: &mut Ui,
    typed: &mut Typed,
    (name, label): (&str, &str),
    list: &[String],
    (within, find): (&FoundIn, impl FnOnce(&str) -> Vec<Offer>),
) -> Option<Vec<String>> {
    let theme = Theme::of(ui);
    let mut change = None;
    fact_with(ui, name, |ui| {
        if !list.is_empty() {
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing = vec2(6.0, 6.0);
                for (at, word) in list.iter().enumerate() {
                    let mark = ("●", theme.color.text_3);
                    let chip = |ui: &mut Ui| removable_chip(ui, mark, word, &format!("Allow {word} no more"));
                    if ui.push_id((name, at), chip).inner.1 {
                        let mut next = list.to_vec();
                        next.remove(at);
                        change = Some(next);
                    }
                }
            });
            ui.add_space(4.0);
        }
        if let Some(word) = typed.show(ui, (label, "Any"), within, find) {
            change = Some(list.iter().cloned().chain([word]).collect());
        }
    });
    ui.add_space(4.0);
    change
}

/// What tools of the catalog have that contains the text, the most common first; the text itself where none is called so.
fn offers(state: &State, there: &[String], text: &str, words: impl Fn(&Tool) -> Vec<String>) -> Vec<Offer> {
    let is_same = |one: &str, other: &str| one.to_lowercase() == other.to_lowercase();
    let is_there = |word: &str| there.iter().any(|known| is_same(known, word));
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for word in state.catalog.tools().iter().flat_map(words) {
        *counts.entry(word).or_default() += 1;
    }
    let is_called = counts.keys().any(|word| is_same(word, text));
    let lower = text.to_lowercase();
    let mut found: Vec<(String, usize)> = counts
        .into_iter()
        .filter(|(word, _)| word.to_lowercase().contains(&lower) && !is_there(word))
        .collect();
    found.sort_by_key(|(word, count)| (!is_same(word, text), std::cmp::Reverse(*count)));
    let mut offers: Vec<Offer> = found
        .into_iter()
        .take(OFFERS)
        .map(|(word, count)| Offer {
            value: word.clone(),
            text: word,
            caption: if count == 1 { "1 tool".to_owned() } else { format!("{count} tools") },
        })
        .collect();
    if !is_called && !is_there(text) {
        let text = text.to_owned();
        offers.push(Offer { value: text.clone(), text, caption: "no tool has it".to_owned() });
    }
    offers
}
