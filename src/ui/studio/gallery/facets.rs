//! The filters of the gallery with live counts, in groups that fold; the long ones can be searched.

use std::collections::BTreeMap;

use egui::accesskit::Role;
use egui::{Margin, ScrollArea, TextEdit, Ui, WidgetInfo};

use super::GalleryMemory;
use crate::address::GalleryLocation;
use crate::state::gallery::{Choice, Facet};
use crate::ui::theme::Theme;
use crate::ui::widgets::{Ink, facet_head, facet_more, facet_row, wrapped};
use crate::ui::{View, icons};

/// So many values of a long list are shown before somebody asks for more.
const MOST: usize = 8;
/// A list that is longer can be searched.
const SEARCHED: usize = 12;

pub(super) fn facets_ui(ui: &mut Ui, view: &mut View<'_>, asked: &mut GalleryLocation) {
    search_ui(ui, view, asked);
    ui.add_space(4.0);
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        let Some(shown) = &view.here().gallery else { return };
        for (facet, choices) in &shown.facets {
            group(ui, &mut view.memory.gallery, *facet, choices, asked);
        }
        ui.add_space(12.0);
    });
}

/// The field for words.
fn search_ui(ui: &mut Ui, view: &mut View<'_>, asked: &mut GalleryLocation) {
    let edit = TextEdit::singleline(&mut asked.text)
        .hint_text(format!("{}  Title, purpose, tool…", icons::MAGNIFYING_GLASS))
        .desired_width(ui.available_width() - 8.0)
        .margin(Margin::symmetric(8, 5))
        .font(Theme::of(ui).body());
    let field = ui.add(edit);
    field.widget_info(|| WidgetInfo::labeled(Role::SearchInput, true, "Search drawings"));
    if std::mem::take(&mut view.memory.focus_filter) {
        field.request_focus();
    }
}

fn group(
    ui: &mut Ui,
    memory: &mut GalleryMemory,
    facet: Facet,
    choices: &[Choice],
    asked: &mut GalleryLocation,
) {
    let open = !memory.folded.contains(&facet);
    let chosen = choices.iter().filter(|choice| choice.is_chosen).count();
    if facet_head(ui, facet.title(), open, chosen) && !memory.folded.remove(&facet) {
        memory.folded.insert(facet);
    }
    if !open {
        return;
    }
    let whole = memory.whole.contains(&facet);
    let words = if choices.len() > SEARCHED { find_ui(ui, &mut memory.searches, facet) } else { "" };
    let all = choices.iter().filter(|choice| choice.lower.contains(words)).count();
    let most = if whole || all <= SEARCHED { all } else { MOST };
    let mut pressed = None;
    let mut shown = 0;
    for choice in choices {
        let fits = choice.lower.contains(words);
        // What is asked stays in sight.
        let is_shown = choice.is_chosen || (fits && shown < most);
        if is_shown && facet_row(ui, choice.is_chosen, &choice.title, choice.count) {
            pressed = Some(choice.value.as_str());
        }
        shown += usize::from(fits);
    }
    if all == 0 {
        let text = if words.is_empty() { "Nothing here yet." } else { "Nothing has this name." };
        wrapped(ui, text, &Ink::new(Theme::of(ui).small(), Theme::of(ui).color.text_3));
    }
    if most < all || (whole && all > SEARCHED) {
        let text = if whole { "fewer".to_owned() } else { format!("{} more", all - most) };
        let name = format!("{}: {text}", facet.title());
        if facet_more(ui, &text, name) && !memory.whole.remove(&facet) {
            memory.whole.insert(facet);
        }
    }
    if let Some(value) = pressed {
        facet.toggle(asked, value);
    }
    ui.add_space(6.0);
}

/// The field that searches a long group; what is looked for, in small letters.
fn find_ui<'a>(ui: &mut Ui, searches: &'a mut BTreeMap<Facet, String>, facet: Facet) -> &'a str {
    let text = searches.entry(facet).or_default();
    let hint = format!("Find in {}…", facet.title().to_lowercase());
    let edit = TextEdit::singleline(text)
        .hint_text(hint)
        .desired_width(ui.available_width() - 8.0)
        .margin(Margin::symmetric(8, 3))
        .font(Theme::of(ui).small());
    let field = ui.add(edit);
    let name = format!("Find in {}", facet.title());
    field.widget_info(move || WidgetInfo::labeled(Role::SearchInput, true, name.clone()));
    if field.changed() {
        *text = text.to_lowercase();
    }
    ui.add_space(4.0);
    text.trim()
}
