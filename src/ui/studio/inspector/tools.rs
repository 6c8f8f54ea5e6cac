//! The tools of the selected node: taken away by the cross of their chip, added by typing.

use egui::{RichText, Ui, vec2};

use crate::action::DocumentId;
use crate::address::Location;
use crate::architecture::fill::entry;
use crate::architecture::{Edit, Node};
use crate::catalog::Tool;
use crate::state::{Drawing, State};
use crate::ui::View;
use crate::ui::studio::edit;
use crate::ui::studio::typed::{FoundIn, Offer};
use crate::ui::theme::Theme;
use crate::ui::widgets::{Ink, chip, removable_chip, section_head, wrapped};

/// As many as are worth reading.
const OFFERS: usize = 8;

pub(super) fn tools_ui(
    ui: &mut Ui,
    view: &mut View<'_>,
    (id, drawing): (DocumentId, Drawing<'_>),
    node: &Node,
) {
    let theme = Theme::of(ui);
    ui.add_space(8.0);
    section_head(ui, "Tools");
    if node.tools.is_empty() {
        wrapped(ui, "No tool chosen yet.", &Ink::new(theme.body(), theme.color.text_3));
    } else if node.is_reported() {
        let text = "That the box is reported does not say so of its tools: nobody noted on what these rest.";
        wrapped(ui, text, &Ink::new(theme.small(), theme.color.text_3));
    }
    let (mut go, mut change) = (None, None);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(6.0, 6.0);
        for (at, name) in node.tools.iter().enumerate() {
            let tool = entry(&view.state.catalog, name);
            let hue = tool.map_or(theme.color.text_3, |tool| {
                tool.stages.first().map_or(theme.color.text_3, |stage| theme.stage(*stage))
            });
            let (mark, text) = match tool {
                Some(tool) => (("●", hue), tool.name.as_str()),
                None => (("?", hue), name.as_str()),
            };
            let (response, removed) = if drawing.is_fixed() {
                (chip(ui, Some(mark), text, false), false)
            } else {
                ui.push_id(at, |ui| removable_chip(ui, mark, text, &format!("Remove {text}"))).inner
            };
            match tool {
                Some(tool) if response.clicked() => go = Some(Location::Tool(tool.id.clone())),
                Some(_) => {}
                None => {
                    response.on_hover_text(RichText::new("Not in the catalog: nothing is known of it."));
                }
            }
            if removed {
                let mut tools = node.tools.clone();
                tools.remove(at);
                change = Some(tools);
            }
        }
    });
    if !drawing.is_fixed() {
        ui.add_space(6.0);
        let state = view.state;
        let find = |text: &str| offers(state, &node.tools, text);
        let within = FoundIn::of(state, id, drawing);
        let typed = &mut view.memory.studio.inspector.tool;
        if let Some(tool) = typed.show(ui, ("Add a tool", "Add a tool…"), &within, find) {
            change = Some(node.tools.iter().cloned().chain([tool]).collect());
        }
    }
    if let Some(tools) = change {
        edit(view, id, Edit::SetTools { node: node.id.clone(), tools });
    }
    if let Some(location) = go {
        view.go(location);
    }
}

/// The tools of the catalog whose name, id or alias a text may be a part of, the likeliest first, and the text itself
/// where no tool is called so.
fn offers(state: &State, there: &[String], text: &str) -> Vec<Offer> {
    let is_there = |value: &str| there.iter().any(|tool| tool == value);
    let wanted = text.to_lowercase();
    let rank = |tool: &Tool| {
        let called = [tool.name.as_str(), tool.id.as_str()].into_iter();
        let called = called.chain(tool.aliases.iter().map(String::as_str)).map(str::to_lowercase);
        called.filter_map(|name| likeness(&name, &wanted)).min()
    };
    let tools = state.catalog.tools().iter().filter(|tool| !is_there(tool.id.as_str()));
    let mut found: Vec<(u8, &Tool)> = tools.filter_map(|tool| Some((rank(tool)?, tool))).collect();
    found.sort_by_key(|(rank, _)| *rank);
    let mut offers: Vec<Offer> = found
        .into_iter()
        .take(OFFERS)
        .map(|(_, tool)| Offer {
            value: tool.id.to_string(),
            text: tool.name.clone(),
            caption: tool.category.clone().unwrap_or_default(),
        })
        .collect();
    if state.catalog.find_by_name(text).is_none() && !is_there(text) {
        let text = text.to_owned();
        offers.push(Offer { value: text.clone(), text, caption: "not in the catalog".to_owned() });
    }
    offers
}

/// How well a name is meant by what was typed, both in lower case: 0 is the name itself.
fn likeness(name: &str, wanted: &str) -> Option<u8> {
    let at = name.find(wanted)?;
    let begins_word = !name[..at].ends_with(char::is_alphanumeric);
    Some(match (at, begins_word) {
        (0, _) if name.len() == wanted.len() => 0,
        (0, _) => 1,
        (_, true) => 2,
        (_, false) => 3,
    })
}

#[cfg(test)]
mod tests {
    use super::likeness;

    #[test]
    fn a_name_that_begins_so_is_meant_before_one_that_has_it_in_the_middle() {
        let told = ["flow", "flower", "ml flow", "mlflow", "feast"].map(|name| likeness(name, "flow"));
        assert_eq!(told, [Some(0), Some(1), Some(2), Some(3), None]);
    }
}
