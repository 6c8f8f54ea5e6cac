//! A link that is being typed: Enter keeps it, an empty one is taken away, Escape leaves it as it was.

use egui::accesskit::Role;
use egui::{Key, Margin, Modifiers, TextEdit, Ui, WidgetInfo};

use super::shown::Slot;
use crate::ui::theme::Theme;

/// An entry and its text so far.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub slot: Slot,
    text: String,
    /// Whether the keyboard has come to the field.
    is_begun: bool,
}

/// What becomes of a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// It is still typed.
    Open,
    /// It is as this text says.
    Kept(String),
    /// Nothing.
    Left,
}

impl Draft {
    pub fn new(slot: Slot, text: &str) -> Self {
        Self { slot, text: text.to_owned(), is_begun: false }
    }

    /// Draws the field, which takes the keyboard when it is new.
    pub fn show(&mut self, ui: &mut Ui) -> Outcome {
        let (name, hint) = (self.slot.name(), hint(self.slot));
        let edit = TextEdit::singleline(&mut self.text)
            .id_salt("link")
            .hint_text(hint)
            .desired_width(f32::INFINITY)
            .margin(Margin::symmetric(8, 4))
            .font(Theme::of(ui).body());
        let field = ui.add(edit);
        field.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, name));
        if !self.is_begun {
            self.is_begun = true;
            field.request_focus();
            field.scroll_to_me(None);
            return Outcome::Open;
        }
        if !field.has_focus() && !field.lost_focus() {
            return Outcome::Open;
        }
        let is_left = ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape));
        if is_left {
            Outcome::Left
        } else if field.lost_focus() {
            Outcome::Kept(std::mem::take(&mut self.text))
        } else {
            Outcome::Open
        }
    }
}

fn hint(slot: Slot) -> &'static str {
    match slot {
        Slot::Owner(_) => "A team or a person",
        Slot::Repository | Slot::Link(_) => "https://…",
        Slot::Runs => "A path from the drawing on, or demo:",
    }
}
