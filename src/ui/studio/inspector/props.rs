//! What rules read of a node, as switches; what they do not read is told as it is.

use egui::{Ui, vec2};
use serde_json::Value;

use crate::action::DocumentId;
use crate::architecture::props::{Property, Shape, properties};
use crate::architecture::{Edit, Node};
use crate::state::Drawing;
use crate::ui::studio::edit;
use crate::ui::theme::Theme;
use crate::ui::widgets::{check_row, chip, choice_ui, fact, fact_with};
use crate::ui::{View, icons};

/// What stands for no word.
const NOT_SAID: &str = "Not said";

pub(super) fn props_ui(
    ui: &mut Ui,
    view: &mut View<'_>,
    (id, drawing): (DocumentId, Drawing<'_>),
    node: &Node,
) {
    let read_only = drawing.is_fixed();
    let is_known = |key: &str| properties(&node.kind).any(|property| property.key == key);
    for (key, value) in node.props.iter().filter(|(key, _)| read_only || !is_known(key)) {
        let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        fact(ui, key, &value);
    }
    if read_only {
        return;
    }
    let mut change = None;
    // Words with their names at the left first, then the switches.
    for property in properties(&node.kind) {
        let changed = match property.shape {
            Shape::Word(words) => word_ui(ui, node, property, words),
            Shape::Words(words) => words_ui(ui, node, property, words),
            Shape::Flag | Shape::Says(_) => None,
        };
        change = change.or(changed);
    }
    ui.add_space(4.0);
    for property in properties(&node.kind) {
        if !matches!(property.shape, Shape::Flag | Shape::Says(_)) {
            continue;
        }
        let is_on = property.is_set(&node.props);
        let row = ui.push_id(property.key, |ui| check_row(ui, is_on, property.title));
        row.response.on_hover_text(property.explanation);
        if row.inner {
            change = Some(property.switched(&node.props, !is_on));
        }
    }
    if let Some(props) = change {
        edit(view, id, Edit::SetProps { node: node.id.clone(), props });
    }
}

type Props = serde_json::Map<String, Value>;

fn word_ui(ui: &mut Ui, node: &Node, property: &Property, words: &[(&str, &str)]) -> Option<Props> {
    let own = node.props.get(property.key).and_then(Value::as_str);
    let shown = own
        .map_or(NOT_SAID, |own| words.iter().find(|(word, _)| *word == own).map_or(own, |(_, name)| *name));
    let offers: Vec<(&str, &str)> =
        std::iter::once(("", NOT_SAID)).chain(words.iter().map(|(_, name)| ("", *name))).collect();
    let at = choice_ui(ui, property.title, shown, &offers)?;
    let word = at.checked_sub(1).and_then(|at| words.get(at));
    Some(property.with(&node.props, word.map(|(word, _)| (*word).into())))
}

fn words_ui(ui: &mut Ui, node: &Node, property: &Property, words: &[(&str, &str)]) -> Option<Props> {
    let theme = Theme::of(ui);
    let mut change = None;
    fact_with(ui, property.title, |ui| {
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(6.0, 6.0);
            for (word, name) in words {
                let is_on = property.lists(&node.props, word);
                let told = if is_on { format!("{name}, checked") } else { (*name).to_owned() };
                let mark = is_on.then_some((icons::CHECK, theme.color.ok));
                if chip(ui, mark, &told, false).on_hover_text(property.explanation).clicked() {
                    change = Some(property.with_word(&node.props, word, !is_on));
                }
            }
        });
    });
    change
}
