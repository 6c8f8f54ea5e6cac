//! What may come next in a box that is typed into, in a list under it: arrows choose, Tab and Enter take, Escape closes.
//!
//! The keyboard stays in the box the whole time, and the list is as wide as the box, so that what the filter gives
//! stays in sight beside it.

use egui::accesskit::Role;
use egui::text::{CCursor, CCursorRange};
use egui::text_edit::TextEditState;
use egui::{
    Align2, Area, Frame, Id, Key, Margin, Order, Rect, ScrollArea, Sense, SurrenderFocusOn, Ui, WidgetInfo,
    pos2, vec2,
};

use crate::ui::theme::Theme;
use crate::ui::widgets::{Ink, paint_text};

/// Something that may come next.
pub trait Offered: Clone {
    /// What it is called in the list.
    fn words(&self) -> &str;

    /// The whole of it, for those who hear it.
    fn told(&self) -> &str;

    /// What stands at the right, such as how many there are.
    fn detail(&self) -> String;
}

/// What is offered, and which of it is lit.
#[derive(Clone, Debug)]
pub struct Completions<T> {
    offered: Vec<T>,
    lit: usize,
    /// Whether something is being typed: a list that nobody asked for would be in the way.
    pub typing: bool,
    /// Where the list was drawn.
    rect: Rect,
}

impl<T> Default for Completions<T> {
    fn default() -> Self {
        Self { offered: Vec::new(), lit: 0, typing: false, rect: Rect::NOTHING }
    }
}

impl<T: Offered> Completions<T> {
    /// Whether there is something to choose from.
    pub fn is_open(&self) -> bool {
        self.typing && !self.offered.is_empty()
    }

    /// Whether the pointer is on the list, and takes nothing away from the box.
    pub fn is_pointed_at(&self, ui: &Ui) -> bool {
        ui.input(|input| input.pointer.interact_pos()).is_some_and(|at| self.rect.contains(at))
    }

    /// Takes the keys of an open list before the box sees them. Returns what was taken.
    pub fn keys(&mut self, ui: &Ui) -> Option<T> {
        if ui.input(|input| input.modifiers.any()) {
            return None;
        }
        let last = self.offered.len().saturating_sub(1);
        let pressed = |key: Key| ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, key));
        if pressed(Key::ArrowDown) {
            self.lit = if self.lit == last { 0 } else { self.lit + 1 };
        }
        if pressed(Key::ArrowUp) {
            self.lit = self.lit.checked_sub(1).unwrap_or(last);
        }
        if pressed(Key::Escape) {
            self.typing = false;
        }
        let is_taken = pressed(Key::Tab) || pressed(Key::Enter);
        is_taken.then(|| self.offered.get(self.lit).cloned()).flatten()
    }

    /// Offers something else; `anew` lights the first of it.
    pub fn offer(&mut self, offered: Vec<T>, anew: bool) {
        self.offered = offered;
        self.lit = if anew { 0 } else { self.lit.min(self.offered.len().saturating_sub(1)) };
    }

    /// Draws the list under the box. Returns what was pressed.
    pub fn show(&mut self, ui: &Ui, id: Id, field: Rect) -> Option<T> {
        /// Between the box and the list, and below it.
        const GAP: f32 = 4.0;
        let room = ui.ctx().content_rect().bottom() - field.bottom() - 4.0 * GAP;
        let height = (self.offered.len() as f32 * Theme::of(ui).size.row).min(room.max(60.0));
        let mut taken = None;
        let area = Area::new(id.with("completions"))
            .order(Order::Foreground)
            .fixed_pos(field.left_bottom() + vec2(0.0, GAP))
            .constrain(false)
            .show(ui.ctx(), |ui| {
                Frame::popup(ui.style()).inner_margin(Margin::same(4)).show(ui, |ui| {
                    ui.set_width(field.width() - 10.0);
                    ui.spacing_mut().item_spacing.y = 0.0;
                    // Its height is told: an area would keep that of the list before.
                    let list = ScrollArea::vertical().min_scrolled_height(height).max_height(height);
                    list.show(ui, |ui| {
                        for (at, offered) in self.offered.iter().enumerate() {
                            if row(ui, offered, at == self.lit) {
                                taken = Some(offered.clone());
                            }
                        }
                    });
                });
            });
        self.rect = area.response.rect;
        taken
    }

    /// Forgets where it was, once it is closed.
    pub fn close(&mut self) {
        self.rect = Rect::NOTHING;
    }
}

/// One way to go on. True when it is pressed.
fn row(ui: &mut Ui, offered: &impl Offered, lit: bool) -> bool {
    let theme = Theme::of(ui);
    // Without taking the keyboard, which stays in the box.
    let (rect, response) =
        ui.allocate_exact_size(vec2(ui.available_width(), theme.size.row), Sense::CLICK | Sense::HOVER);
    let name = offered.told().to_owned();
    response.widget_info(move || WidgetInfo::selected(Role::ListBoxOption, true, lit, name.clone()));
    if lit || response.hovered() {
        let fill = if lit { theme.color.selected } else { theme.color.raised };
        ui.painter().rect_filled(rect, theme.size.radius - 2.0, fill);
    }
    if lit {
        ui.scroll_to_rect(rect, None);
    }
    let detail = offered.detail();
    let ink = Ink::new(theme.mono(), theme.color.text_3);
    let at = pos2(rect.right() - 8.0, rect.center().y);
    let (detail, _) = paint_text(ui.painter(), at, Align2::RIGHT_CENTER, &detail, &ink, 90.0);
    let at = pos2(rect.left() + 8.0, rect.center().y);
    let ink = Ink::new(theme.body(), theme.color.text);
    paint_text(ui.painter(), at, Align2::LEFT_CENTER, offered.words(), &ink, detail.left() - at.x - 8.0);
    response.on_hover_cursor(egui::CursorIcon::PointingHand).clicked()
}

/// Draws a box so that a press on its list does not take the keyboard from it.
pub fn keeping_focus<R>(ui: &mut Ui, stays: bool, draw: impl FnOnce(&mut Ui) -> R) -> R {
    if !stays {
        return draw(ui);
    }
    let ctx = ui.ctx().clone();
    let before = ctx.options(|options| options.input_options.surrender_focus_on);
    ctx.options_mut(|options| options.input_options.surrender_focus_on = SurrenderFocusOn::Never);
    let drawn = draw(ui);
    ctx.options_mut(|options| options.input_options.surrender_focus_on = before);
    drawn
}

/// Puts the cursor of a box to a place in its text, in bytes.
pub fn set_cursor(ui: &Ui, id: Id, text: &str, byte: usize) {
    let mut state = TextEditState::load(ui.ctx(), id).unwrap_or_default();
    let letters = text.get(..byte).unwrap_or(text).chars().count();
    state.cursor.set_char_range(Some(CCursorRange::one(CCursor::new(letters))));
    state.store(ui.ctx(), id);
}

/// Where a letter begins, in bytes.
pub fn byte_of(text: &str, letter: usize) -> usize {
    text.char_indices().nth(letter).map_or(text.len(), |(at, _)| at)
}
