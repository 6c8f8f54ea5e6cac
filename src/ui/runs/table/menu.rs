//! The menu of a column's head.

use egui::{Popup, PopupKind, Response, SetOpenCommand};

use super::NAME_WORD;
use crate::address::{SortKey, StoreLocation};
use crate::ui::icons;
use crate::ui::widgets::{Kind, button};

#[derive(Clone, Copy)]
enum Choice {
    Sort { descending: bool, adds: bool },
    Unsort,
    Choose,
    Release,
    Step { to_the_right: bool },
    OwnWidth,
    Hide,
}

type Offer = (&'static str, &'static str, Choice);

fn offers(store: &StoreLocation, word: &str) -> Vec<Offer> {
    let is_sorted = store.order.iter().any(|order| order.key == word);
    let sort = |descending, adds| Choice::Sort { descending, adds };
    let mut out: Vec<Offer> = vec![
        (icons::SORT_ASCENDING, "Sort ascending", sort(false, false)),
        (icons::SORT_DESCENDING, "Sort descending", sort(true, false)),
    ];
    if is_sorted {
        out.push((icons::X, "Do not sort by this", Choice::Unsort));
    } else if !store.order.is_empty() {
        out.push((icons::PLUS, "Then ascending", sort(false, true)));
        out.push((icons::PLUS, "Then descending", sort(true, true)));
    }
    if store.columns.width(word).is_some() {
        out.push((icons::ARROW_U_UP_LEFT, "Width by itself", Choice::OwnWidth));
    }
    if word == NAME_WORD {
        return out;
    }
    if store.columns.has_chosen(word) {
        out.push((icons::CARET_LEFT, "Move left", Choice::Step { to_the_right: false }));
        out.push((icons::CARET_RIGHT, "Move right", Choice::Step { to_the_right: true }));
        out.push((icons::PUSH_PIN, "Unpin", Choice::Release));
    } else {
        out.push((icons::PUSH_PIN, "Pin at the front", Choice::Choose));
    }
    out.push((icons::EYE_SLASH, "Hide", Choice::Hide));
    out
}

/// Draws the menu while it is open.
pub(super) fn menu_ui(store: &mut StoreLocation, word: &str, title: &str, head: &Response) {
    let command = if head.secondary_clicked() {
        Some(SetOpenCommand::Bool(true))
    } else if head.clicked() {
        Some(SetOpenCommand::Bool(false))
    } else {
        None
    };
    let mut chosen = None;
    let name = format!("Column {title}");
    Popup::menu(head).kind(PopupKind::Menu).open_memory(command).accessible_name(name).show(|ui| {
        ui.set_width(190.0);
        ui.spacing_mut().item_spacing.y = 0.0;
        for (icon, text, choice) in offers(store, word) {
            if button(ui, icon, text, Kind::Quiet).clicked() {
                chosen = Some(choice);
            }
        }
    });
    match chosen {
        None => {}
        Some(Choice::Sort { descending, adds }) => {
            if !adds {
                store.order.clear();
            }
            store.order.push(SortKey { key: word.to_owned(), descending });
        }
        Some(Choice::Unsort) => store.order.retain(|order| order.key != word),
        Some(Choice::Choose) => store.columns.choose(word),
        Some(Choice::Release) => store.columns.release(word),
        Some(Choice::Step { to_the_right }) => store.columns.step(word, to_the_right),
        Some(Choice::OwnWidth) => store.columns.set_width(word, None),
        Some(Choice::Hide) => {
            store.columns.hide(word);
            store.order.retain(|order| order.key != word);
        }
    }
}
