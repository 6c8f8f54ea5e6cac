//! The box in which runs are filtered: completed from the keys and values of the very runs, and what is wrong is said below it.

use std::sync::Arc;

use egui::accesskit::Role;
use egui::{Align2, EventFilter, Id, Key, Margin, Stroke, TextEdit, Ui, WidgetInfo, pos2, vec2};

use super::TableMemory;
use crate::address::{Origin, StoreLocation};
use crate::runs::filter::{Suggestion, SuggestionKind, complete};
use crate::runs::{Filter, FilterError, Grammar, RunSet};
use crate::ui::icons;
use crate::ui::theme::Theme;
use crate::ui::widgets::{Completions, Ink, Offered, byte_of, keeping_focus, paint_text, set_cursor};

/// What is being typed, and what came of it.
#[derive(Clone, Debug, Default)]
pub struct FilterMemory {
    text: String,
    /// The store whose runs it filters.
    of: Option<Origin>,
    /// What the location held when it was looked at last.
    seen: String,
    /// The text that was read last, and what is wrong with it.
    read: String,
    wrong: Option<FilterError>,
    /// Where the cursor is, in bytes.
    cursor: usize,
    list: Completions<Suggestion>,
    offered_for: (String, usize),
    /// Filters that found something, the last one first.
    history: Vec<String>,
}

impl Offered for Suggestion {
    fn words(&self) -> &str {
        self.text.trim()
    }

    fn told(&self) -> &str {
        &self.text
    }

    fn detail(&self) -> String {
        self.detail.clone()
    }
}

impl FilterMemory {
    /// Takes over what somebody else made of the filter: an address, going back, another store.
    fn follow(&mut self, origin: &Origin, filter: &str) {
        if self.seen != filter || self.of.as_ref() != Some(origin) {
            self.of = Some(origin.clone());
            filter.clone_into(&mut self.seen);
            filter.clone_into(&mut self.text);
        }
        self.judge();
    }

    fn judge(&mut self) {
        if self.read != self.text {
            self.read.clone_from(&self.text);
            self.wrong = Filter::parse(&self.text, Grammar::Extended).err();
        }
    }

    fn take(&mut self, ui: &Ui, id: Id, taken: &Suggestion) {
        if self.text.get(taken.replace.clone()).is_none() {
            return;
        }
        let rest = &self.text[taken.replace.end..];
        let blank = if rest.starts_with(' ') || taken.text.ends_with(['(', ' ']) { "" } else { " " };
        self.text.replace_range(taken.replace.clone(), &format!("{}{blank}", taken.text));
        self.cursor = taken.replace.start + taken.text.len() + 1;
        self.cursor = self.cursor.min(self.text.len());
        set_cursor(ui, id, &self.text, self.cursor);
    }

    fn refresh_offers(&mut self, runs: &RunSet) {
        let (text, at) = &self.offered_for;
        if *text == self.text && *at == self.cursor {
            return;
        }
        let mut offered = complete(&self.text, self.cursor, runs);
        if self.text.is_empty() {
            let whole = |text: &String| Suggestion {
                text: text.clone(),
                replace: 0..0,
                kind: SuggestionKind::Word,
                detail: "before".to_owned(),
            };
            offered.splice(0..0, self.history.iter().take(4).map(whole));
        }
        self.list.offer(offered, true);
        self.offered_for = (self.text.clone(), self.cursor);
    }

    /// Keeps a filter that was used.
    fn remember(&mut self) {
        const KEPT: usize = 20;
        let text = self.text.trim().to_owned();
        if text.is_empty() || self.wrong.is_some() {
            return;
        }
        self.history.retain(|known| *known != text);
        self.history.insert(0, text);
        self.history.truncate(KEPT);
    }
}

/// Draws the box over the whole width but for `beside`, where the count of rows stands.
pub(super) fn filter_ui(
    ui: &mut Ui,
    memory: &mut FilterMemory,
    (runs, is_bare, asked): (&Arc<RunSet>, bool, bool),
    store: &mut StoreLocation,
    beside: f32,
) {
    let theme = Theme::of(ui);
    memory.follow(&store.origin, &store.filter);
    let id = ui.make_persistent_id("filter runs");
    let is_open = memory.list.is_open() && ui.memory(|memory| memory.has_focus(id));
    if is_open && let Some(taken) = memory.list.keys(ui) {
        memory.take(ui, id, &taken);
    }
    let edit = TextEdit::singleline(&mut memory.text)
        .id(id)
        // What the list is told by Tab and Escape must not take the keyboard away first.
        .event_filter(EventFilter {
            tab: is_open,
            escape: is_open,
            horizontal_arrows: true,
            vertical_arrows: true,
        })
        .hint_text(format!("{}  metrics.loss < 0.1 AND params.model = 'svc', or a word", icons::FUNNEL))
        .desired_width((ui.available_width() - beside).max(120.0))
        .margin(Margin::symmetric(8, 5))
        .font(theme.mono());
    let stays = is_open && memory.list.is_pointed_at(ui);
    let shown = keeping_focus(ui, stays, |ui| edit.show(ui));
    let field = shown.response.response;
    field.widget_info(|| WidgetInfo::labeled(Role::SearchInput, true, "Filter runs"));
    if asked {
        field.request_focus();
    }
    memory.judge();
    // A filter that is not finished leaves the table alone.
    if memory.wrong.is_none() && memory.text.trim() != store.filter {
        memory.text.trim().clone_into(&mut store.filter);
        memory.seen.clone_from(&store.filter);
    }
    memory.list.typing = field.has_focus() && (memory.list.typing || field.changed() || field.gained_focus());
    let cursor = shown.cursor_range.filter(|range| range.is_empty()).map(|range| range.primary.index.0);
    memory.cursor = cursor.map_or(memory.text.len(), |at| byte_of(&memory.text, at));
    if memory.list.typing {
        memory.refresh_offers(runs);
    }
    if memory.list.is_open() && !is_bare {
        if let Some(taken) = memory.list.show(ui, id, field.rect) {
            memory.take(ui, id, &taken);
        }
    } else {
        memory.list.close();
    }
    if field.lost_focus() || (field.has_focus() && ui.input(|input| input.key_pressed(Key::Enter))) {
        memory.remember();
    }
    if let Some(wrong) = &memory.wrong {
        underline(ui, &shown.galley, shown.galley_pos, (&memory.text, wrong));
    }
}

/// A line under what makes no sense.
fn underline(ui: &Ui, galley: &egui::Galley, at: egui::Pos2, (text, wrong): (&str, &FilterError)) {
    let place = |byte: usize| {
        let letters = text.get(..byte).unwrap_or(text).chars().count();
        galley.pos_from_cursor(egui::text::CCursor::new(letters)).min
    };
    let (from, to) = (place(wrong.at.start), place(wrong.at.end));
    let y = at.y + galley.size().y;
    let line = [pos2(at.x + from.x, y), pos2(at.x + to.x.max(from.x + 6.0), y)];
    ui.painter().line_segment(line, Stroke::new(1.5, Theme::of(ui).color.error));
}

/// Says below the box what is wrong, where something is.
pub(in crate::ui::runs) fn wrong_ui(ui: &mut Ui, memory: &TableMemory) {
    let Some(wrong) = &memory.filter.wrong else { return };
    let theme = Theme::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 24.0), egui::Sense::hover());
    let text = format!("{} {wrong}", icons::WARNING);
    let ink = Ink::new(theme.small(), theme.color.error);
    let at = rect.left_center() + vec2(12.0, 0.0);
    let (_, cut) = paint_text(ui.painter(), at, Align2::LEFT_CENTER, &text, &ink, rect.width() - 20.0);
    let told = text.clone();
    response.widget_info(move || WidgetInfo::labeled(Role::Alert, true, told.clone()));
    if cut {
        response.on_hover_text(text);
    }
}
