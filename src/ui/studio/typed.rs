//! A field with what may be meant below it: arrows choose, Enter takes.

use std::sync::Arc;

use egui::accesskit::Role;
use egui::{Key, Margin, Modifiers, PopupCloseBehavior, TextEdit, Ui, WidgetInfo};

use crate::action::DocumentId;
use crate::catalog::Catalog;
use crate::state::{Drawing, State};
use crate::ui::theme::Theme;
use crate::ui::widgets::{Ink, ListRow, wrapped};

/// What offers are found in: a state of a document, and a catalog.
#[derive(Clone, Debug)]
pub(super) struct FoundIn {
    document: DocumentId,
    meaning: (u64, bool),
    catalog: Arc<Catalog>,
}

impl FoundIn {
    pub fn of(state: &State, document: DocumentId, drawing: Drawing<'_>) -> Self {
        Self { document, meaning: drawing.meaning(), catalog: Arc::clone(&state.catalog) }
    }

    fn is(&self, other: &Self) -> bool {
        (self.document, self.meaning) == (other.document, other.meaning)
            && Arc::ptr_eq(&self.catalog, &other.catalog)
    }
}

/// Something that may be meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Offer {
    /// What is taken.
    pub value: String,
    /// What is read.
    pub text: String,
    /// What is said of it at the right.
    pub caption: String,
}

/// A half-typed text and what it may mean.
#[derive(Clone, Debug, Default)]
pub(super) struct Typed {
    text: String,
    /// The text that the offers were found for, and in what.
    found: Option<(String, FoundIn)>,
    offers: Vec<Offer>,
    lit: usize,
}

impl Typed {
    /// Draws the field, called `name`, with what `find` offers for its text in what `within` tells. Answers with what was taken.
    pub fn show(
        &mut self,
        ui: &mut Ui,
        (name, hint): (&str, &str),
        within: &FoundIn,
        find: impl FnOnce(&str) -> Vec<Offer>,
    ) -> Option<String> {
        let theme = Theme::of(ui);
        let edit = TextEdit::singleline(&mut self.text)
            .id_salt(name)
            .hint_text(hint)
            .desired_width(f32::INFINITY)
            .margin(Margin::symmetric(8, 5))
            .font(theme.body());
        let field = ui.add(edit);
        field.widget_info(|| WidgetInfo::labeled(Role::SearchInput, true, name));
        let text = self.text.trim();
        if text.is_empty() {
            return None;
        }
        let is_known = |(found, known): &(String, FoundIn)| found == text && known.is(within);
        if !self.found.as_ref().is_some_and(is_known) {
            (self.offers, self.lit) = (find(text), 0);
            self.found = Some((text.to_owned(), within.clone()));
        }
        let last = self.offers.len().saturating_sub(1);
        let mut taken = None;
        if field.has_focus() || field.lost_focus() {
            ui.input_mut(|input| {
                if input.consume_key(Modifiers::NONE, Key::ArrowDown) {
                    self.lit = (self.lit + 1).min(last);
                }
                if input.consume_key(Modifiers::NONE, Key::ArrowUp) {
                    self.lit = self.lit.saturating_sub(1);
                }
                if input.key_pressed(Key::Enter) {
                    taken = self.offers.get(self.lit).map(|offer| offer.value.clone());
                }
            });
        }
        let mut open = true;
        egui::Popup::from_response(&field)
            .open_bool(&mut open)
            .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
            .accessible_name(name)
            .show(|ui| {
                ui.set_width(field.rect.width().max(280.0));
                ui.spacing_mut().item_spacing.y = 0.0;
                for (at, offer) in self.offers.iter().enumerate() {
                    let (text, caption) = (&*offer.text, &*offer.caption);
                    let row = ListRow { icon: "", icon_color: None, text, caption, selected: at == self.lit };
                    if row.show(ui).clicked() {
                        taken = Some(offer.value.clone());
                    }
                }
                if self.offers.is_empty() {
                    let ink = Ink::new(theme.body(), theme.color.text_3);
                    wrapped(ui, "It is there already.", &ink);
                }
            });
        // A click into the field itself is outside of the list, and no reason to forget what was typed.
        if taken.is_some() || (!open && !field.contains_pointer()) {
            self.text.clear();
            self.found = None;
        }
        taken
    }
}
