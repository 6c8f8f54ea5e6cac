//! What may come next in the box, in a list under it: arrows choose, Tab and Enter take, Escape closes.
//!
//! The keyboard stays in the box the whole time, and the list is as wide as the box, so that what the filter gives
//! stays in sight beside it.

use egui::accesskit::Role;
use egui::{
    Align2, Area, Frame, Id, Key, Margin, Order, Rect, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2,
};

use crate::catalog::query::tokens::{self, Candidate};
use crate::catalog::query::{Query, Value, Vocabulary};
use crate::ui::theme::Theme;
use crate::ui::widgets::{Ink, paint_text};

/// What is offered, and which of it is lit.
#[derive(Clone, Debug)]
pub(super) struct Completions {
    offered: Vec<Candidate>,
    /// The text, the cursor in bytes, and the query, that it was found for.
    found_for: (String, usize, Query),
    lit: usize,
    /// Whether something is being typed: a list that nobody asked for would be in the way.
    pub typing: bool,
    /// Where the list was drawn.
    rect: Rect,
}

impl Default for Completions {
    fn default() -> Self {
        let found_for = Default::default();
        Self { offered: Vec::new(), found_for, lit: 0, typing: false, rect: Rect::NOTHING }
    }
}

impl Completions {
    /// Whether there is something to choose from.
    pub(super) fn is_open(&self) -> bool {
        self.typing && !self.offered.is_empty()
    }

    /// Whether the pointer is on the list, and takes nothing away from the box.
    pub(super) fn is_pointed_at(&self, ui: &Ui) -> bool {
        ui.input(|input| input.pointer.interact_pos()).is_some_and(|at| self.rect.contains(at))
    }

    /// Takes the keys of an open list before the box sees them. Returns what was taken.
    pub(super) fn keys(&mut self, ui: &Ui) -> Option<Candidate> {
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

    /// Looks again for what may come next, if anything that it depends on has changed.
    pub(super) fn refresh(
        &mut self,
        text: &str,
        cursor: usize,
        query: &Query,
        vocabulary: &Vocabulary,
        count: impl Fn(&Value) -> usize,
    ) {
        let (known, at, of) = &self.found_for;
        if known == text && *at == cursor && of == query {
            return;
        }
        if known != text || *at != cursor {
            self.lit = 0;
        }
        self.offered = tokens::complete(text, cursor, vocabulary, count);
        self.lit = self.lit.min(self.offered.len().saturating_sub(1));
        self.found_for = (text.to_owned(), cursor, query.clone());
    }

    /// Draws the list under the box. Returns what was pressed.
    pub(super) fn show(&mut self, ui: &Ui, id: Id, field: Rect) -> Option<Candidate> {
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
                        for (at, candidate) in self.offered.iter().enumerate() {
                            if row(ui, candidate, at == self.lit) {
                                taken = Some(candidate.clone());
                            }
                        }
                    });
                });
            });
        self.rect = area.response.rect;
        taken
    }

    /// Forgets where it was, once it is closed.
    pub(super) fn close(&mut self) {
        self.rect = Rect::NOTHING;
    }
}

/// One way to go on, and how many tools it would give. True when it is pressed.
fn row(ui: &mut Ui, candidate: &Candidate, lit: bool) -> bool {
    let theme = Theme::of(ui);
    // Without taking the keyboard, which stays in the box.
    let (rect, response) =
        ui.allocate_exact_size(vec2(ui.available_width(), theme.size.row), Sense::CLICK | Sense::HOVER);
    let name = candidate.text.clone();
    response.widget_info(move || WidgetInfo::selected(Role::ListBoxOption, true, lit, name.clone()));
    if lit || response.hovered() {
        let fill = if lit { theme.color.selected } else { theme.color.raised };
        ui.painter().rect_filled(rect, theme.size.radius - 2.0, fill);
    }
    if lit {
        ui.scroll_to_rect(rect, None);
    }
    let count = candidate.count.map(|count| count.to_string()).unwrap_or_default();
    let ink = Ink::new(theme.mono(), theme.color.text_3);
    let at = pos2(rect.right() - 8.0, rect.center().y);
    let (count, _) = paint_text(ui.painter(), at, Align2::RIGHT_CENTER, &count, &ink, 60.0);
    let at = pos2(rect.left() + 8.0, rect.center().y);
    let ink = Ink::new(theme.body(), theme.color.text);
    // The key of a value stands in the box already.
    let text = candidate.text.split_once(':').filter(|(_, value)| !value.is_empty());
    let text = text.map_or(candidate.text.as_str(), |(_, value)| value.trim_matches('"'));
    paint_text(ui.painter(), at, Align2::LEFT_CENTER, text, &ink, count.left() - at.x - 8.0);
    response.on_hover_cursor(egui::CursorIcon::PointingHand).clicked()
}
